// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Texts
public import WorkingDays

/// Makes the plan of an office's day from its description, its standard's terms and its calendar.
public struct Planner: Sendable {
    let office: QueueOffice
    let terms: OfficeTerms
    let calendar: WorkingCalendar
    let calendarVersion: String
    let knownOn: CivilDate
    let ahead: Ahead?

    /// The week as it goes on into years that nobody has published, for the days that have come.
    ///
    /// Whoever comes today is served today, whatever is not published. Nothing is promised for a later
    /// day by it.
    public struct Ahead: Sendable {
        let calendar: WorkingCalendar
        let today: CivilDate

        public init(calendar: WorkingCalendar, today: CivilDate) {
            self.calendar = calendar
            self.today = today
        }
    }

    /// A planner for an office by the calendar of its week, and by the hours that were known on a day: by
    /// default on that of the calendar.
    public init(
        office: QueueOffice, terms: OfficeTerms, calendar: WorkingCalendar,
        calendarVersion: String, knownOn: CivilDate? = nil, ahead: Ahead? = nil
    ) {
        self.knownOn = knownOn ?? calendar.asKnownOn
        self.ahead = ahead
        self.office = office
        self.terms = terms
        self.calendar = calendar
        self.calendarVersion = calendarVersion
    }

    /// The plan of a date; a day without hours where the calendar or a closure says so.
    ///
    /// Of a day that has come in a year that nobody has published the plan has no calendar version.
    ///
    /// - Throws: `yearNotPublished` where no act covers the date's year, and the day is yet to come.
    public func plan(_ date: CivilDate) throws(CalendarError) -> DayPlan {
        var (calendar, calendarVersion) = (calendar, calendarVersion)
        if !calendar.covered.contains(date), let ahead, date <= ahead.today,
            ahead.calendar.covered.contains(date)
        {
            (calendar, calendarVersion) = (ahead.calendar, "")
        }
        let day = try OfficeDays(
            calendar: calendar, hours: office.hours ?? terms.reception, asKnownOn: knownOn
        ).day(date)
        let closures = office.closures.filter { $0.date == date }
        let wholeDay = closures.first { $0.hours == nil }
        var (hours, slotHours): ([DayPlan.Span], [DayPlan.Span]) = ([], [])
        var because: LocalizedText?
        if let wholeDay, day.hours != nil {
            because = wholeDay.reason
        } else if day.hours == nil {
            because = reason(day.ground)
        } else {
            slotHours = spans(day.hours?.intervals ?? [])
            hours = closures.reduce(slotHours) { spans, closure in
                closure.hours.map { subtract($0, from: spans) } ?? spans
            }
        }
        let weekday = try calendar.hoursWeekday(of: date)
        let services = office.services.map { service in
            let minutes =
                service.minutes ?? terms.longestService?.minutes
                ?? OfficeTerms.serviceMinutesByDefault
            return DayPlan.Service(
                id: service.id, letter: service.letter, seconds: Int32(minutes) * 60)
        }
        let midnight = midnight(date)
        return DayPlan(
            midnight: midnight, policy: terms.policy, policyRule: terms.policyRule,
            hours: hours, closedBecause: because, services: services,
            windows: office.windows.map { window($0, date, weekday, hours) },
            rules: office.rules,
            waitLimit: Int32(terms.longestWait?.minutes ?? 0) * 60,
            serviceLimit: Int32(terms.longestService?.minutes ?? 0) * 60,
            calendarVersion: calendarVersion,
            clockChange: Timestamp(second: midnight).flatMap {
                ClockChange(date, terms.zone, from: $0)
            }, slotHours: slotHours, reception: office.reception?.under(terms.policy))
    }

    /// Why an office receives nobody on a day without hours.
    private func reason(_ ground: HoursOfDay.Ground) -> LocalizedText {
        switch ground {
        case .calendar(let status): status.name ?? Self.restDay
        case .date(let act): act
        case .base, .change, .season, .shortened: Self.closedDay
        }
    }

    private static let restDay = LocalizedText(
        kk: "демалыс күні", ru: "выходной день", en: "rest day")
    private static let closedDay = LocalizedText(
        kk: "кеңсе бұл күні қабылдамайды", ru: "в этот день приёма нет",
        en: "the office does not receive on this day")

    private func midnight(_ date: CivilDate) -> Int64 {
        // Every zone's midnight exists but at the ends of the calendar, where nothing is planned.
        terms.zone.timestamp(CivilDateTime(date, .midnight))?.second
            ?? Int64(date.dayNumber) * 86_400
    }

    private func window(
        _ window: QueueWindow, _ date: CivilDate, _ weekday: Weekday, _ hours: [DayPlan.Span]
    ) -> DayPlan.Window {
        let exception = office.exceptions.first { $0.date == date && $0.window == window.id }
        var present = hours
        if let exception {
            present = intersect(spans(exception.hours), hours)
        } else if !window.roster.isEmpty {
            present = intersect(spans(window.roster[weekday] ?? []), hours)
        }
        for pause in window.breaks { present = subtract(pause, from: present) }
        let services = office.services.enumerated().reduce(UInt8(0)) { mask, service in
            window.services.contains(service.element.id) ? mask | 1 << service.offset : mask
        }
        return DayPlan.Window(id: window.id, services: services, spans: present)
    }

    private func spans(_ intervals: [DayInterval]) -> [DayPlan.Span] {
        intervals.map { DayPlan.Span(start: $0.start.second, end: $0.end.second) }
    }

    private func intersect(_ a: [DayPlan.Span], _ b: [DayPlan.Span]) -> [DayPlan.Span] {
        a.flatMap { a in
            b.compactMap { b in
                let (start, end) = (max(a.start, b.start), min(a.end, b.end))
                return start < end ? DayPlan.Span(start: start, end: end) : nil
            }
        }
    }

    private func subtract(_ interval: DayInterval, from spans: [DayPlan.Span]) -> [DayPlan.Span] {
        let (from, to) = (interval.start.second, interval.end.second)
        return spans.flatMap { span in
            [
                DayPlan.Span(start: span.start, end: min(span.end, from)),
                DayPlan.Span(start: max(span.start, to), end: span.end),
            ].filter { $0.start < $0.end }
        }
    }
}
