// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// The days on which an office is open, with the hours of each, in tables that answer in constant time.
///
/// Each open day has the seconds of work done before it, so the work between two moments is a difference of
/// two sums, and the day on which so much is done is found from `starts`: the open day in which each
/// stretch of so many seconds begins. What lies together is read together: a class, so that nothing of it
/// is copied, and the intervals of all kinds of day in one row.
final class OpenDays: Sendable {
    private struct Day {
        /// Seconds of work before it.
        let before: Int64
        let offset: UInt16
        /// Its kind, and where the intervals of that begin.
        let kind: UInt16
        let span: Int32
    }

    private struct Span {
        let start: Int32
        let end: Int32
    }

    private let first: Int32
    /// The number of open days before each day, and one more for the end.
    private let rank: [UInt16]
    /// The open days, and one more for the end.
    private let days: [Day]
    private let kinds: [OpeningHours]
    private let spans: [Span]
    /// A stretch of `starts` has two to the power of this seconds.
    private let power: Int64
    private let starts: [UInt16]

    /// The most parts of a stretch of `starts` to one open day.
    private static let partsPerDay = 4

    init(_ office: OfficeDays) {
        var places: [OpeningHours: (kind: UInt16, span: Int32)] = [:]
        var (kinds, spans): ([OpeningHours], [Span]) = ([], [])
        var (rank, days): ([UInt16], [Day]) = ([0], [])
        var (total, shortest) = (Int64(0), Int64.max)
        office.calendar.forEachDay { offset, date, status in
            if let hours = office.day(date, status).hours {
                let place = places[hours] ?? (UInt16(kinds.count), Int32(spans.count))
                if places[hours] == nil {
                    places[hours] = place
                    kinds.append(hours)
                    spans += hours.intervals.map {
                        Span(start: $0.start.second, end: $0.end.second)
                    }
                }
                days.append(
                    Day(before: total, offset: UInt16(offset), kind: place.kind, span: place.span))
                total += hours.secondsPerDay
                shortest = min(shortest, hours.secondsPerDay)
            }
            rank.append(UInt16(days.count))
        }
        days.append(Day(before: total, offset: 0, kind: 0, span: 0))
        // No wider than the shortest day, so that a stretch meets two open days at most, unless a very
        // short day would make too many stretches. A power of two, as a shift is faster than a division.
        let average = total / Int64(days.count * Self.partsPerDay)
        let widest = max(1, min(shortest, total), average)
        power = Int64(Int64.bitWidth - 1 - widest.leadingZeroBitCount)
        var starts: [UInt16] = []
        var day = 0
        for stretch in 0...total >> power {
            while day + 2 < days.count, days[day + 1].before <= stretch << power { day += 1 }
            starts.append(UInt16(day))
        }
        first = office.calendar.covered.lowerBound.dayNumber
        (self.rank, self.days, self.starts) = (rank, days, starts)
        (self.kinds, self.spans) = (kinds, spans)
    }

    var count: Int { days.count - 1 }
    var total: Int64 { days[days.count - 1].before }

    /// The number of open days before a day of the table.
    func rank(_ index: Int) -> Int { Int(rank[index]) }
    func isOpen(_ index: Int) -> Bool { rank[index + 1] != rank[index] }
    func date(_ day: Int) -> CivilDate { CivilDate(unchecked: first + Int32(days[day].offset)) }
    func hours(_ day: Int) -> OpeningHours { kinds[Int(days[day].kind)] }

    /// The seconds of work before a second of a day of the table.
    func seconds(before second: Int32, of index: Int) -> Int64 {
        let day = Int(rank[index])
        let before = days[day].before
        guard rank[index + 1] != rank[index] else { return before }
        var left = days[day + 1].before - before
        var (done, place) = (before, Int(days[day].span))
        while left > 0, spans[place].start < second {
            let span = spans[place]
            done += Int64(min(second, span.end) - span.start)
            left -= Int64(span.end - span.start)
            place += 1
        }
        return done
    }

    /// The day and its second at which so many seconds of work are done: the earliest, for 1 and more; the
    /// latest, for less than `total`.
    func moment(having target: Int64, earliest: Bool) -> (date: CivilDate, second: Int32) {
        // The last second of a day belongs to that day; for the latest, to the next one's start.
        let number = earliest ? target - 1 : target
        var day = Int(starts[Int(number >> power)])
        while days[day + 1].before <= number { day += 1 }
        var left = Int32(target - days[day].before)
        var place = Int(days[day].span)
        while true {
            let span = spans[place]
            let length = span.end - span.start
            if left < length || (earliest && left == length) {
                return (date(day), span.start + left)
            }
            left -= length
            place += 1
        }
    }
}

extension WorkingCalendar {
    func forEachDay(_ body: (_ offset: Int, CivilDate, DayStatus) -> Void) {
        for (offset, index) in statusIndex.enumerated() {
            body(offset, CivilDate(unchecked: first + Int32(offset)), statuses[Int(index)])
        }
    }
}
