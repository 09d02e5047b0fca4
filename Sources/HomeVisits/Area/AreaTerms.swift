// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Visits
public import WorkingDays

/// What the standard and the calendar fix for an area: on which dates it works, and when.
public struct AreaTerms: Sendable {
    public let zone: TimeZoneRules
    public var calendar: WorkingCalendar { office.calendar }
    /// When the office works (R7.4).
    private let office: OfficeDays

    /// When the office works, as data.
    public var hours: HoursBook { office.book }

    /// The terms by a book of hours as it was known on a day: by default on that of the calendar.
    public init(
        zone: TimeZoneRules, hours: HoursBook, calendar: WorkingCalendar, knownOn: CivilDate? = nil
    ) {
        self.zone = zone
        office = OfficeDays(calendar: calendar, hours: hours, asKnownOn: knownOn)
    }

    /// The same hours on every working day.
    public init(zone: TimeZoneRules, hours: OpeningHours, calendar: WorkingCalendar) {
        self.init(zone: zone, hours: HoursBook(everyWorkingDay: hours), calendar: calendar)
    }

    /// The date on the area's clocks.
    func date(_ second: Int) -> CivilDate {
        guard let moment = Timestamp(second: Int64(second)) else { return .earliest }
        return zone.civil(at: moment).date
    }

    /// Seconds since the epoch at a time of a date.
    func second(_ date: CivilDate, _ time: TimeOfDay) -> Int {
        // Every zone has each time of the day but at its changes, where the day's own clock is taken.
        Int(
            zone.timestamp(CivilDateTime(date, time))?.second
                ?? Int64(date.dayNumber) * 86_400 + Int64(time.second))
    }

    /// Seconds since the epoch at the end of a stretch of a date.
    func second(_ date: CivilDate, _ end: EndTime) -> Int {
        let moment = end.moment(on: date)
        return second(moment.date, moment.time)
    }

    /// From the office's opening on a date to its closing, whether it works on it or not.
    func open(on date: CivilDate) -> TimeWindow {
        let span = office.span(of: date)
        // Opening hours end after they begin.
        return TimeWindow(second(date, span.start), second(date, span.end))!
    }

    /// When a crew may begin its lunch on a date; nil if there is none within its hours.
    func lunch(
        _ rules: VisitRules, on date: CivilDate, within hours: TimeWindow
    ) -> TimeWindow? {
        let length = rules.lunchMinutes * 60
        guard length > 0,
            let window = TimeWindow(
                second(date, rules.lunch.start), second(date, rules.lunch.end)),
            let within = TimeWindow(hours.start, hours.end - length)
        else { return nil }
        return window.intersection(within)
    }

    /// - Throws: that nobody has published the year of a date that somebody names.
    func requirePublished(_ date: CivilDate) throws(VisitRefusal) {
        do throws(CalendarError) { _ = try calendar.status(of: date) } catch {
            if case .yearNotPublished(let year, let calendar, _) = error {
                throw .yearNotPublished(year, calendar: calendar)
            }
        }
    }

    /// Whether the office works on the date; false where no act covers its year.
    func isWorking(_ date: CivilDate) -> Bool { (try? office.day(date))?.hours != nil }

    /// The weekday by whose shifts crews work on a date: its own or, on a rest day that an act makes working, that
    /// of the day that the act makes a rest day in exchange.
    func weekday(of date: CivilDate) -> Weekday {
        guard let status = try? calendar.status(of: date), status.kind == .movedWorking,
            let other = status.counterpart
        else { return date.weekday }
        return other.weekday
    }

    /// The days on which the office works from a date on, that date included if it is one.
    func workingDays(from first: CivilDate, count: Int) -> [CivilDate] {
        var days: [CivilDate] = []
        var date = first
        // No holidays last for two months; the end of the published years ends the list.
        for _ in 0..<count + 60 where days.count < count {
            if isWorking(date) { days.append(date) }
            guard let next = date.adding(days: 1) else { break }
            date = next
        }
        return days
    }

    /// The end of the office's hours on the so-many-th working day after a date; nil where no act
    /// covers it.
    func due(after date: CivilDate, days: Int) -> Int? {
        guard let last = try? calendar.shift(date, by: days) else { return nil }
        let end = office.endOfDay(last)
        return second(end.date, end.time)
    }
}
