// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The working days of one kind of week over some years, as known on one day, compiled into tables
/// that answer in constant time.
///
/// `rank[i]` is the number of working days before day `i`; `select[k]` is the day of the k-th.
/// Counting is a difference of two ranks, and the N-th working day after a date is one look-up in
/// each table. A date outside the covered years is an error, never a guess.
public final class WorkingCalendar: Sendable {
    /// The short name of the book, such as `kz`.
    public let calendar: String
    public let week: WeekPattern
    /// The day whose knowledge this is.
    public let asKnownOn: CivilDate
    /// The days covered: whole years.
    public let covered: ClosedRange<CivilDate>
    /// The days that may still move and lie in the covered years or may come to, in date order.
    public let estimates: [EstimatedDay]
    let bookYears: ClosedRange<Int>
    /// The rules of the week as known, in rising order; each has two statuses at the beginning of the table.
    let weekRules: [WeekPattern.Standing]
    private let missingAfter: CalendarError.Missing

    @usableFromInline let first: Int32
    // Sixteen bits keep both tables of a decade in the processor's first cache.
    @usableFromInline let rank: [UInt16]
    @usableFromInline let select: [UInt16]
    let statusIndex: [UInt32]
    let statuses: [DayStatus]

    init(
        calendar: String, week: WeekPattern, asKnownOn: CivilDate,
        covered: ClosedRange<CivilDate>, days: ArraySlice<UInt32>, statuses: [DayStatus],
        weekRules: [WeekPattern.Standing], missingAfter: CalendarError.Missing,
        bookYears: ClosedRange<Int>,
        estimates: [EstimatedDay]
    ) {
        self.calendar = calendar
        self.week = week
        self.asKnownOn = asKnownOn
        self.covered = covered
        self.estimates = estimates
        self.bookYears = bookYears
        self.weekRules = weekRules
        self.missingAfter = missingAfter
        first = covered.lowerBound.dayNumber
        self.statuses = statuses
        statusIndex = Array(days)
        let works = statuses.map(\.isWorking)
        var rank: [UInt16] = [0]
        var select: [UInt16] = []
        rank.reserveCapacity(days.count + 1)
        select.reserveCapacity(days.count)
        var offset = 0
        while offset < statusIndex.count {
            if works[Int(statusIndex[offset])] { select.append(UInt16(offset)) }
            rank.append(UInt16(select.count))
            offset += 1
        }
        self.rank = rank
        self.select = select
    }

    /// What the day is, why, and by which act.
    /// - Throws: `yearNotPublished` outside the covered years.
    public func status(of date: CivilDate) throws(CalendarError) -> DayStatus {
        statuses[Int(statusIndex[try index(of: date)])]
    }

    /// The statuses of a range of days: each status once, and for each day its place among them.
    public func statuses(
        of range: ClosedRange<CivilDate>
    ) throws(CalendarError) -> (statuses: [DayStatus], places: [Int]) {
        let (first, last) = (try index(of: range.lowerBound), try index(of: range.upperBound))
        var found: [DayStatus] = []
        var places: [UInt32: Int] = [:]
        let all = statusIndex[first...last].map { index in
            if let place = places[index] { return place }
            places[index] = found.count
            found.append(statuses[Int(index)])
            return found.count - 1
        }
        return (found, all)
    }

    /// The days that are not as the week alone has them, in date order.
    public var exceptionalDays: [(date: CivilDate, status: DayStatus)] {
        var found: [(date: CivilDate, status: DayStatus)] = []
        var day = 0
        while day < statusIndex.count {
            if statusIndex[day] >= UInt32(2 * weekRules.count) {
                let date = CivilDate(unchecked: first + Int32(day))
                found.append((date, statuses[Int(statusIndex[day])]))
            }
            day += 1
        }
        return found
    }

    /// Whether an act makes some working day shorter.
    var hasShortenedDays: Bool { statuses.contains { $0.shortened != nil } }

    /// The weekday whose hours a working day keeps: its own, or for a moved working day that of
    /// the day it stands in for.
    public func hoursWeekday(of date: CivilDate) throws(CalendarError) -> Weekday {
        try hoursDate(of: date).weekday
    }

    /// The date itself, or for a moved working day the one it stands in for.
    func hoursDate(of date: CivilDate) throws(CalendarError) -> CivilDate {
        let status = try status(of: date)
        return status.kind == .movedWorking ? status.counterpart ?? date : date
    }

    /// Place of the date in the tables.
    @inlinable
    func index(of date: CivilDate) throws(CalendarError) -> Int {
        let index = Int(date.dayNumber) - Int(first)
        guard index >= 0, index < rank.count - 1 else { throw uncovered(date) }
        return index
    }

    @usableFromInline
    func uncovered(_ date: CivilDate) -> CalendarError {
        let year = date.year
        guard bookYears.contains(year) else {
            return .yearNotPublished(
                year: year, calendar: calendar, missing: .yearOutside(bookYears))
        }
        // Within the book, the first missing year must be known before any later one helps.
        return .yearNotPublished(
            year: covered.upperBound.year + 1, calendar: calendar, missing: missingAfter)
    }

    @usableFromInline
    func uncoveredWorkingDay(after: Bool) -> CalendarError {
        .yearNotPublished(
            year: after ? covered.upperBound.year + 1 : covered.lowerBound.year - 1,
            calendar: calendar, missing: after ? missingAfter : .yearOutside(bookYears))
    }
}
