// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The working days of one kind of week over some years, as known on one day, compiled into tables
/// that answer in constant time.
///
/// `rank[i]` is the number of working days before day `i`; `select[k]` is the k-th working day.
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
    /// The days in the covered years that may still move, in date order.
    public let estimates: [EstimatedDay]
    private let missingBefore: CalendarError.Missing
    private let missingAfter: CalendarError.Missing

    @usableFromInline let first: Int32
    @usableFromInline let rank: [Int32]
    @usableFromInline let select: [Int32]
    private let statusIndex: [UInt16]
    private let statuses: [DayStatus]

    init(
        calendar: String, week: WeekPattern, asKnownOn: CivilDate, first: CivilDate,
        days: [DayStatus], missingAfter: CalendarError.Missing,
        missingBefore: CalendarError.Missing, estimates: [EstimatedDay]
    ) {
        self.calendar = calendar
        self.week = week
        self.asKnownOn = asKnownOn
        self.covered = first...first.adding(days: days.count - 1)!
        self.estimates = estimates
        self.missingBefore = missingBefore
        self.missingAfter = missingAfter
        self.first = first.dayNumber
        var rank: [Int32] = [0]
        var select: [Int32] = []
        var statuses: [DayStatus] = []
        var known: [DayStatus: UInt16] = [:]
        var statusIndex: [UInt16] = []
        rank.reserveCapacity(days.count + 1)
        statusIndex.reserveCapacity(days.count)
        for (offset, status) in days.enumerated() {
            if status.isWorking { select.append(first.dayNumber + Int32(offset)) }
            rank.append(Int32(select.count))
            let index = known[status] ?? UInt16(statuses.count)
            if Int(index) == statuses.count {
                statuses.append(status)
                known[status] = index
            }
            statusIndex.append(index)
        }
        self.rank = rank
        self.select = select
        self.statuses = statuses
        self.statusIndex = statusIndex
    }

    /// What the day is, why, and by which act.
    /// - Throws: `yearNotPublished` outside the covered years.
    public func status(of date: CivilDate) throws(CalendarError) -> DayStatus {
        statuses[Int(statusIndex[try index(of: date)])]
    }

    /// The estimated days that leave some day of the range open. An answer that rests on the
    /// status of each day of the range is provisional if there is any.
    public func estimates(touching range: ClosedRange<CivilDate>) -> [EstimatedDay] {
        estimates.filter { $0.span.overlaps(range) }
    }

    /// The weekday whose hours a working day keeps: its own, or for a moved working day that of
    /// the day it stands in for.
    public func hoursWeekday(of date: CivilDate) throws(CalendarError) -> Weekday {
        let status = try status(of: date)
        guard status.kind == .movedWorking, let counterpart = status.counterpart else {
            return date.weekday
        }
        return counterpart.weekday
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
        // The first missing year is what must be published before any later one helps.
        date < covered.lowerBound
            ? .yearNotPublished(year: date.year, calendar: calendar, missing: missingBefore)
            : .yearNotPublished(
                year: covered.upperBound.year + 1, calendar: calendar, missing: missingAfter)
    }

    @usableFromInline
    func uncoveredWorkingDay(after: Bool) -> CalendarError {
        .yearNotPublished(
            year: after ? covered.upperBound.year + 1 : covered.lowerBound.year - 1,
            calendar: calendar, missing: after ? missingAfter : missingBefore)
    }
}
