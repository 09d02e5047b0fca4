// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The working time of an office: the hours of its book on the days of its calendar.
///
/// Each second of work has a number, counted from the calendar's first day, so adding and counting
/// working time is O(1), as with working days: where every working day has the same hours it is the rank
/// of the day times the seconds of a day, else a sum that is kept for each open day.
public final class OfficeClock: Sendable {
    public let days: OfficeDays
    /// The days on which the office is open; nil where these are the working days, and all have the hours
    /// `onlyHours`.
    private let table: OpenDays?
    /// The hours that every open day has; nil where days differ, or may.
    public let onlyHours: OpeningHours?
    private let secondsPerDay: Int64

    /// The clock of an office by a book of hours, as it was known on a day: by default that of the
    /// calendar.
    ///
    /// - Complexity: O(days of the calendar) where days differ.
    public init(calendar: WorkingCalendar, hours book: HoursBook, asKnownOn known: CivilDate? = nil)
    {
        days = OfficeDays(calendar: calendar, hours: book, asKnownOn: known)
        onlyHours = calendar.hasShortenedDays ? nil : book.onlyHours
        secondsPerDay = onlyHours?.secondsPerDay ?? 0
        table = onlyHours == nil ? OpenDays(days) : nil
    }

    /// The clock of an office that has the same hours on every working day.
    public convenience init(calendar: WorkingCalendar, hours: OpeningHours) {
        self.init(calendar: calendar, hours: HoursBook(everyWorkingDay: hours))
    }

    public var calendar: WorkingCalendar { days.calendar }

    /// The hours of a day, and what says so.
    public func day(_ date: CivilDate) throws(CalendarError) -> HoursOfDay { try days.day(date) }

    /// The hours of a day; nil if the office is closed.
    public func hours(on date: CivilDate) throws(CalendarError) -> OpeningHours? {
        let index = try calendar.index(of: date)
        guard let table else {
            return calendar.rank[index + 1] != calendar.rank[index] ? onlyHours : nil
        }
        return table.isOpen(index) ? table.hours(table.rank(index)) : nil
    }

    /// The end of a day for whoever has until then (``OfficeDays/endOfDay(_:)``).
    public func endOfDay(_ date: CivilDate) -> CivilDateTime {
        guard let onlyHours else { return days.endOfDay(date) }
        return CivilDateTime(date, onlyHours.closing.time)
    }

    // MARK: Open days by their number

    /// The number of open days before a day of the calendar.
    private func rank(_ index: Int) -> Int { table?.rank(index) ?? Int(calendar.rank[index]) }

    private var count: Int { table?.count ?? calendar.select.count }

    private func date(ofOpenDay day: Int) -> CivilDate {
        table?.date(day) ?? calendar.day(ofWorkingDay: day)
    }

    private func hours(ofOpenDay day: Int) -> OpeningHours { table?.hours(day) ?? onlyHours! }

    /// The first open day after a date.
    private func openDay(after date: CivilDate) throws(CalendarError) -> Int {
        let day = rank(try calendar.index(of: date) + 1)
        guard day < count else { throw calendar.uncoveredWorkingDay(after: true) }
        return day
    }

    /// The last open day before a date.
    private func openDay(before date: CivilDate) throws(CalendarError) -> Int {
        let day = rank(try calendar.index(of: date)) - 1
        guard day >= 0 else { throw calendar.uncoveredWorkingDay(after: false) }
        return day
    }

    // MARK: Working time

    /// The seconds of work done before the moment, counted from the calendar's first day.
    private func elapsed(before moment: CivilDateTime) throws(CalendarError) -> Int64 {
        let index = try calendar.index(of: moment.date)
        guard let table else {
            let days = Int64(calendar.rank[index]) * secondsPerDay
            guard calendar.rank[index + 1] != calendar.rank[index] else { return days }
            return days + onlyHours!.seconds(before: moment.time)
        }
        return table.seconds(before: moment.time.second, of: index)
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
    /// provider's Monday (R7.1) stays Monday 18:30. Where the office closes at 24:00 that is the next
    /// day's midnight.
    public func shift(
        _ moment: CivilDateTime, bySeconds seconds: Int64
    ) throws(CalendarError) -> CivilDateTime {
        guard seconds != 0 else { return moment }
        let isForward = seconds > 0
        let elapsed = try elapsed(before: moment)
        let (target, overflow) = elapsed.addingReportingOverflow(seconds)
        let total = table?.total ?? Int64(calendar.select.count) * secondsPerDay
        guard !overflow, target >= 0, target <= total, total > 0 else {
            throw calendar.uncoveredWorkingDay(after: isForward)
        }
        let (date, second) =
            table?.moment(having: target, earliest: isForward) ?? alike(target, isForward)
        // An interval is never empty, so neither is at 0:00 of a day on which something was done.
        guard isForward, let end = EndTime(second: second) else {
            return CivilDateTime(date, TimeOfDay(second: second)!)
        }
        return end.moment(on: date)
    }

    /// The day and its second at which so much is done where all days are alike.
    private func alike(_ target: Int64, _ isForward: Bool) -> (date: CivilDate, second: Int32) {
        // Forward, the last second of a day belongs to that day; backward, to the next one's start.
        let day = Int((isForward ? target - 1 : target) / secondsPerDay)
        let worked = target - Int64(day) * secondsPerDay
        let hours = onlyHours!
        return (
            calendar.day(ofWorkingDay: day),
            isForward ? hours.earliestSecond(having: worked) : hours.latestSecond(having: worked)
        )
    }

    /// Whether the office is open at the moment.
    ///
    /// It is closed at the very moment of closing.
    public func isOpen(at moment: CivilDateTime) throws(CalendarError) -> Bool {
        try hours(on: moment.date)?.contains(moment.time) ?? false
    }

    /// The first moment at which the office is open: the moment itself if it is open then.
    public func opening(
        atOrAfter moment: CivilDateTime
    ) throws(CalendarError) -> CivilDateTime {
        try isOpen(at: moment) ? moment : nextOpening(after: moment)
    }

    /// The first moment strictly after this one at which the office opens, after a pause or in the
    /// morning.
    ///
    /// An office that is open through midnight does not open at 0:00.
    public func nextOpening(after moment: CivilDateTime) throws(CalendarError) -> CivilDateTime {
        if let hours = try hours(on: moment.date),
            let interval = hours.intervals.first(where: { $0.start > moment.time })
        {
            return CivilDateTime(moment.date, interval.start)
        }
        var day = try openDay(after: moment.date)
        while true {
            let (date, hours) = (date(ofOpenDay: day), hours(ofOpenDay: day))
            let isThrough = hours.opening == .midnight && isOpenUntilMidnight(before: date)
            guard isThrough else { return CivilDateTime(date, hours.opening) }
            if hours.intervals.count > 1 { return CivilDateTime(date, hours.intervals[1].start) }
            day += 1
            guard day < count else { throw calendar.uncoveredWorkingDay(after: true) }
        }
    }

    /// The first moment strictly after this one at which the office closes, for a pause or for the
    /// day.
    ///
    /// An office that is open through midnight does not close at 24:00.
    public func nextClosing(after moment: CivilDateTime) throws(CalendarError) -> CivilDateTime {
        if let hours = try hours(on: moment.date) {
            for interval in hours.intervals where interval.end.second > moment.time.second {
                if interval.end != .midnight || !isOpenFromMidnight(after: moment.date) {
                    return interval.end.moment(on: moment.date)
                }
            }
        }
        var day = try openDay(after: moment.date)
        while true {
            let (date, hours) = (date(ofOpenDay: day), hours(ofOpenDay: day))
            for interval in hours.intervals
            where interval.end != .midnight || !isOpenFromMidnight(after: date) {
                return interval.end.moment(on: date)
            }
            day += 1
            guard day < count else { throw calendar.uncoveredWorkingDay(after: true) }
        }
    }

    /// Whether the day before a date is open until 24:00.
    private func isOpenUntilMidnight(before date: CivilDate) -> Bool {
        guard let eve = date.adding(days: -1), let hours = try? hours(on: eve) else { return false }
        return hours.closing == .midnight
    }

    /// Whether the day after a date is open from 0:00 on.
    private func isOpenFromMidnight(after date: CivilDate) -> Bool {
        guard let next = date.adding(days: 1), let hours = try? hours(on: next) else {
            return false
        }
        return hours.opening == .midnight
    }

    /// The last second at which the office is open, at or before the moment.
    public func lastOpenSecond(
        atOrBefore moment: CivilDateTime
    ) throws(CalendarError) -> CivilDateTime {
        func last(_ interval: DayInterval, _ date: CivilDate) -> CivilDateTime {
            CivilDateTime(date, TimeOfDay(second: interval.end.second - 1)!)
        }
        if let hours = try hours(on: moment.date) {
            if hours.contains(moment.time) { return moment }
            if let interval = hours.intervals.last(where: { $0.end.second <= moment.time.second }) {
                return last(interval, moment.date)
            }
        }
        let day = try openDay(before: moment.date)
        let intervals = hours(ofOpenDay: day).intervals
        return last(intervals[intervals.count - 1], date(ofOpenDay: day))
    }

    /// The first moment, at one or after it, at which the office would be open if it worked in another week.
    /// - Complexity: O(days up to it).
    public func opening(
        atOrAfter moment: CivilDateTime, inWeekOf week: WorkingCalendar
    ) throws(CalendarError) -> CivilDateTime {
        var (date, time) = (moment.date, moment.time)
        while true {
            let hours = try days.day(date, by: week).hours
            if let interval = hours?.intervals.first(where: { $0.end.second > time.second }) {
                return CivilDateTime(date, max(time, interval.start))
            }
            guard let next = date.adding(days: 1) else { throw week.uncovered(date) }
            (date, time) = (next, .midnight)
        }
    }
}
