// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// The hours of one day of an office, and what says so.
public struct HoursOfDay: Hashable, Sendable {
    /// Nil if the office is closed all day.
    public let hours: OpeningHours?
    public let ground: Ground

    public init(hours: OpeningHours?, ground: Ground) {
        self.hours = hours
        self.ground = ground
    }

    /// What the hours of a day, or their absence, follow from.
    public enum Ground: Hashable, Sendable {
        /// The schedule that the office has had from the beginning.
        case base
        /// The schedule that holds from a date on.
        case change(from: CivilDate, act: LocalizedText)
        /// The season that the day lies in, with its act where it has one.
        case season(first: MonthDay, last: MonthDay, act: LocalizedText?)
        /// What was said of this date alone.
        case date(act: LocalizedText)
        /// The calendar: a rest day of the week or a holiday.
        case calendar(DayStatus)
        /// An act of the calendar that makes the day shorter by so many minutes.
        case shortened(minutes: Int, act: Act)
    }
}

/// The days of an office: its book of hours on the days of a calendar, by what was known on a day.
///
/// This is the only place that says which hours a day has: terms in minutes, slots, rosters, shifts and
/// whoever asks when an office opens all come to it.
public struct OfficeDays: Sendable {
    public let calendar: WorkingCalendar
    public let book: HoursBook
    /// The day whose knowledge of the hours this is.
    public let asKnownOn: CivilDate
    private let state: HoursState

    /// The days by a book of hours, as it was known on a day: by default that of the calendar.
    public init(calendar: WorkingCalendar, hours book: HoursBook, asKnownOn known: CivilDate? = nil)
    {
        self.calendar = calendar
        self.book = book
        asKnownOn = known ?? calendar.asKnownOn
        state = HoursState(book, asKnownOn: asKnownOn)
    }

    /// The hours of a day, and what says so.
    ///
    /// In this order: what was said of the date; a holiday, on which the office is closed; the season of
    /// the schedule in force, or its week. A day that an act of the calendar shortens loses the end of
    /// its hours. A moved working day has the hours of the weekday it stands in for.
    ///
    /// - Throws: `yearNotPublished` where the calendar has no answer for the day.
    public func day(_ date: CivilDate) throws(CalendarError) -> HoursOfDay {
        try day(date, by: calendar)
    }

    /// The same were the days those of another calendar.
    func day(_ date: CivilDate, by days: WorkingCalendar) throws(CalendarError) -> HoursOfDay {
        state.day(date, try days.status(of: date))
    }

    func day(_ date: CivilDate, _ status: DayStatus) -> HoursOfDay { state.day(date, status) }

    /// From the opening of a day to its closing; on a day on which the office is closed, as by the hours
    /// that the schedule in force has for its weekday, or the whole day where there are none.
    public func span(of date: CivilDate) -> DayInterval {
        let open = (try? day(date))?.hours ?? state.week(of: date).week.hours(date.weekday)
        return DayInterval(start: open?.opening ?? .midnight, until: open?.closing ?? .midnight)!
    }

    /// The end of a day for whoever has until then: the closing of its hours; of a day on which the office
    /// is closed, that of the hours which the schedule in force has for its weekday; 23:59:59 where there
    /// are none.
    public func endOfDay(_ date: CivilDate) -> CivilDateTime {
        CivilDateTime(date, span(of: date).end.time)
    }
}

/// A book of hours as it was known on one day.
struct HoursState {
    private let base: HoursBook.Schedule
    /// Those that hold, in rising order of the days on which they begin.
    private let changes: [HoursBook.Change]
    private let dates: [CivilDate: HoursBook.Dated]

    init(_ book: HoursBook, asKnownOn known: CivilDate) {
        base = book.base
        var byDate: [CivilDate: HoursBook.Dated] = [:]
        for dated in book.dates where dated.known <= known {
            if let other = byDate[dated.date], other.known > dated.known { continue }
            byDate[dated.date] = dated
        }
        dates = byDate.filter { $0.value.hours != .takenBack }
        var byFrom: [CivilDate: HoursBook.Change] = [:]
        for change in book.changes where change.known <= known {
            if let other = byFrom[change.from], other.known > change.known { continue }
            byFrom[change.from] = change
        }
        changes = byFrom.values.filter { $0.schedule != nil }.sorted { $0.from < $1.from }
    }

    /// The week in force on a date, and what says so.
    func week(of date: CivilDate) -> (week: WeekHours, ground: HoursOfDay.Ground) {
        let change = self.change(on: date)
        let schedule = change?.schedule ?? base
        let day = MonthDay(date)
        if let season = schedule.seasons.first(where: { $0.contains(day) }) {
            return (
                season.week,
                .season(first: season.first, last: season.last, act: season.act ?? change?.act)
            )
        }
        return (schedule.week, change.map { .change(from: $0.from, act: $0.act) } ?? .base)
    }

    /// The change that brought the schedule in force on a date; nil for that of the beginning.
    private func change(on date: CivilDate) -> HoursBook.Change? {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].from <= date { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? changes[low - 1] : nil
    }

    func day(_ date: CivilDate, _ status: DayStatus) -> HoursOfDay {
        if let dated = dates[date] {
            let ground = HoursOfDay.Ground.date(act: dated.act)
            guard case .open(let hours) = dated.hours else {
                return HoursOfDay(hours: nil, ground: ground)
            }
            return HoursOfDay(hours: hours, ground: ground)
        }
        let (hours, ground) = ordinary(date, status)
        guard let hours else {
            // Where the calendar lets nobody work it says more than an empty place in a table.
            return HoursOfDay(hours: nil, ground: status.isWorking ? ground : .calendar(status))
        }
        guard let shortening = status.shortened else {
            return HoursOfDay(hours: hours, ground: ground)
        }
        return HoursOfDay(
            hours: hours.shortened(bySeconds: Int32(shortening.minutes) * 60),
            ground: .shortened(minutes: shortening.minutes, act: shortening.act))
    }

    /// The hours of a date by the schedule in force.
    private func ordinary(
        _ date: CivilDate, _ status: DayStatus
    ) -> (hours: OpeningHours?, ground: HoursOfDay.Ground) {
        let (week, ground) = week(of: date)
        switch status.kind {
        case .working: return (week.hours(date.weekday), ground)
        case .movedWorking:
            return (week.hours((status.counterpart ?? date).weekday), ground)
        case .weeklyRest:
            guard case .weekdays(let table) = week else { return (nil, ground) }
            return (table[date.weekday], ground)
        case .holiday, .substitute, .movedRest: return (nil, ground)
        }
    }
}
