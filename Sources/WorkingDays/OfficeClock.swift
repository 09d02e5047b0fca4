// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The working time of an office: its hours on the working days of its calendar.
///
/// The opening hours are the same on every working day, so a working second has a number: the rank
/// of its day times the seconds of a day, plus the seconds worked that day. That makes adding and
/// counting working time O(1), like working days.
public final class OfficeClock: Sendable {
    public let calendar: WorkingCalendar
    public let hours: OpeningHours

    public init(calendar: WorkingCalendar, hours: OpeningHours) {
        self.calendar = calendar
        self.hours = hours
    }

    /// The seconds of work done before the moment, counted from the calendar's first day.
    private func elapsed(before moment: CivilDateTime) throws(CalendarError) -> Int64 {
        let days = Int64(try calendar.rank(before: moment.date)) * hours.secondsPerDay
        guard try calendar.isWorkingDay(moment.date) else { return days }
        return days + hours.seconds(before: moment.time)
    }

    /// Seconds of work from one moment to another; negative if `end` is earlier.
    public func seconds(
        from start: CivilDateTime, to end: CivilDateTime
    ) throws(CalendarError) -> Int64 {
        try elapsed(before: end) - elapsed(before: start)
    }

    /// The earliest moment by which so many seconds of work are done after the start; for a
    /// negative number the latest moment that leaves so many before it.
    ///
    /// The moment itself for 0.
    ///
    /// A term that ends with the day ends at closing time, not at the next opening: the close of a
    /// provider's Monday (R7.1) stays Monday 18:30.
    public func shift(
        _ moment: CivilDateTime, bySeconds seconds: Int64
    ) throws(CalendarError) -> CivilDateTime {
        guard seconds != 0 else { return moment }
        let isForward = seconds > 0
        let elapsed = try elapsed(before: moment)
        let (target, overflow) = elapsed.addingReportingOverflow(seconds)
        let total = Int64(calendar.select.count) * hours.secondsPerDay
        guard !overflow, target >= 0, target <= total else {
            throw calendar.uncoveredWorkingDay(after: isForward)
        }
        // Forward, the last second of a day belongs to that day; backward, to the next one's start.
        let day = Int((isForward ? target - 1 : target) / hours.secondsPerDay)
        let worked = target - Int64(day) * hours.secondsPerDay
        let date = calendar.day(ofWorkingDay: day)
        let time =
            isForward ? hours.earliestTime(having: worked) : hours.latestTime(having: worked)
        return CivilDateTime(date, time)
    }

    /// Whether the office is open at the moment.
    ///
    /// It is closed at the very moment of closing.
    public func isOpen(at moment: CivilDateTime) throws(CalendarError) -> Bool {
        guard hours.contains(moment.time) else { return false }
        return try calendar.isWorkingDay(moment.date)
    }

    /// The first moment at which the office is open: the moment itself if it is open then.
    public func opening(
        atOrAfter moment: CivilDateTime
    ) throws(CalendarError) -> CivilDateTime {
        try isOpen(at: moment) ? moment : nextOpening(after: moment)
    }

    /// The first moment strictly after this one at which the office opens, after a pause or in the
    /// morning.
    public func nextOpening(after moment: CivilDateTime) throws(CalendarError) -> CivilDateTime {
        if try calendar.isWorkingDay(moment.date),
            let interval = hours.intervals.first(where: { $0.start > moment.time })
        {
            return CivilDateTime(moment.date, interval.start)
        }
        return CivilDateTime(try calendar.next(moment.date), hours.opening)
    }

    /// The first moment strictly after this one at which the office closes, for a pause or for the
    /// day.
    public func nextClosing(after moment: CivilDateTime) throws(CalendarError) -> CivilDateTime {
        if try calendar.isWorkingDay(moment.date),
            let interval = hours.intervals.first(where: { $0.end > moment.time })
        {
            return CivilDateTime(moment.date, interval.end)
        }
        return CivilDateTime(try calendar.next(moment.date), hours.intervals[0].end)
    }

    /// The last second at which the office is open, at or before the moment.
    public func lastOpenSecond(
        atOrBefore moment: CivilDateTime
    ) throws(CalendarError) -> CivilDateTime {
        if try isOpen(at: moment) { return moment }
        if try calendar.isWorkingDay(moment.date),
            let interval = hours.intervals.last(where: { $0.end <= moment.time })
        {
            return CivilDateTime(moment.date, TimeOfDay(second: interval.end.second - 1)!)
        }
        return CivilDateTime(
            try calendar.previous(moment.date), TimeOfDay(second: hours.closing.second - 1)!)
    }
}
