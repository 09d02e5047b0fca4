// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// The days on which an office is open, with the hours of each, in tables that answer in constant time.
///
/// `before[k]` is the seconds of work done before the k-th open day, so the work between two moments is a
/// difference of two sums, and the day on which so much is done is found from `starts`: the open day in
/// which each stretch of so many seconds begins.
struct OpenDays: Sendable {
    private let first: Int32
    /// The number of open days before each day, and one more for the end.
    private let rank: [UInt16]
    /// The k-th open day.
    private let select: [UInt16]
    /// What it has of `spans`: a day class.
    private let kind: [UInt16]
    private let before: [Int64]
    private let kinds: [OpeningHours]
    private let width: Int64
    private let starts: [UInt16]

    /// The most parts of a stretch of `starts` to one open day.
    private static let partsPerDay = 4

    init(_ days: OfficeDays) {
        let calendar = days.calendar
        var kinds: [OpeningHours: UInt16] = [:]
        var (rank, select, kind): ([UInt16], [UInt16], [UInt16]) = ([0], [], [])
        var before: [Int64] = [0]
        var shortest = Int64.max
        calendar.forEachDay { offset, date, status in
            if let hours = days.day(date, status).hours {
                let seconds = hours.secondsPerDay
                select.append(UInt16(offset))
                kind.append(kinds[hours] ?? UInt16(kinds.count))
                if kinds[hours] == nil { kinds[hours] = UInt16(kinds.count) }
                before.append(before[before.count - 1] + seconds)
                shortest = min(shortest, seconds)
            }
            rank.append(UInt16(select.count))
        }
        first = calendar.covered.lowerBound.dayNumber
        self.kinds = kinds.sorted { $0.value < $1.value }.map(\.key)
        // As wide as the shortest day, so that a stretch meets two open days at most, unless a very
        // short day would make too many stretches.
        let total = before[before.count - 1]
        let average = total / Int64(max(1, select.count * Self.partsPerDay))
        width = max(1, min(shortest, total), average)
        var starts: [UInt16] = []
        var day = 0
        for stretch in 0...total / width {
            while day + 1 < select.count, before[day + 1] <= stretch * width { day += 1 }
            starts.append(UInt16(day))
        }
        (self.rank, self.select, self.kind) = (rank, select, kind)
        (self.before, self.starts) = (before, starts)
    }

    var count: Int { select.count }
    var total: Int64 { before[select.count] }

    /// The number of open days before a day of the table.
    func rank(_ index: Int) -> Int { Int(rank[index]) }
    func isOpen(_ index: Int) -> Bool { rank[index + 1] != rank[index] }
    func date(_ day: Int) -> CivilDate { CivilDate(unchecked: first + Int32(select[day])) }
    func hours(_ day: Int) -> OpeningHours { kinds[Int(kind[day])] }
    func seconds(before day: Int) -> Int64 { before[day] }

    /// The open day that has the second of work of this number, counted from 0, less than `total`.
    func day(ofSecond number: Int64) -> Int {
        var day = Int(starts[Int(number / width)])
        while before[day + 1] <= number { day += 1 }
        return day
    }
}

extension WorkingCalendar {
    func forEachDay(_ body: (_ offset: Int, CivilDate, DayStatus) -> Void) {
        for (offset, index) in statusIndex.enumerated() {
            body(offset, CivilDate(unchecked: first + Int32(offset)), statuses[Int(index)])
        }
    }
}
