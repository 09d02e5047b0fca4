// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

/// A standard with its clocks wound up for every state of knowledge of its calendar.
final class CompiledStandard: Sendable {
    /// The hours of an office on its own week.
    struct OfficeClocks: Sendable {
        let work: OfficeClock
        let reception: OfficeClock

        /// The clocks by the hours that were known on a day.
        init(_ office: Office, _ week: WorkingCalendar, asKnownOn known: CivilDate) {
            work = OfficeClock(calendar: week, hours: office.work.open, asKnownOn: known)
            reception =
                office.reception.open == office.work.open
                ? work
                : OfficeClock(calendar: week, hours: office.reception.open, asKnownOn: known)
        }

        /// The clocks by the calendars that an estimate leaves possible.
        init?(_ office: Office, _ doubt: Doubt, asKnownOn known: CivilDate) {
            guard let week = doubt.week(office.week) else { return nil }
            self.init(office, week, asKnownOn: known)
        }
    }

    /// A channel or an event's term.
    final class Clock: Sendable {
        let channel: Channel
        let office: Office
        let startsAtReception: Bool
        /// One per view of the calendar.
        let terms: [TermClock]

        init(
            channel: Channel, office: Office, startsAtReception: Bool, terms: [TermClock]
        ) {
            self.channel = channel
            self.office = office
            self.startsAtReception = startsAtReception
            self.terms = terms
        }

        /// The clock by the calendars that an estimate leaves possible.
        func term(_ doubt: Doubt, asKnownOn known: CivilDate) -> TermClock? {
            term(asKnownOn: known) { doubt.week($0) }
        }

        /// The clock by other calendars; nil if one of its weeks is not among them.
        func term(
            asKnownOn known: CivilDate, _ week: (String) -> WorkingCalendar?
        ) -> TermClock? {
            guard let own = week(office.week), let days = week(channel.termRule.week ?? office.week)
            else { return nil }
            let clocks = OfficeClocks(office, own, asKnownOn: known)
            return TermClock(
                term: channel.termRule.term, days: days, office: clocks.work,
                reception: startsAtReception ? clocks.reception : nil)
        }
    }

    let standard: ServiceStandard
    let views: CalendarViews
    let zone: TimeZoneRules
    let clocks: [String: Clock]
    /// By office, one per view of the calendar.
    let offices: [String: [OfficeClocks]]

    init(
        _ standard: ServiceStandard, views: CalendarViews, zone: TimeZoneRules
    ) throws(Library.DanglingReference) {
        self.standard = standard
        self.views = views
        self.zone = zone
        var offices: [String: [OfficeClocks]] = [:]
        for office in standard.offices {
            var perView: [OfficeClocks] = []
            for view in views.views {
                let week = try Self.week(
                    office.week, of: view, standard.id, field: "offices.\(office.id).week")
                perView.append(OfficeClocks(office, week, asKnownOn: view.from))
            }
            offices[office.id] = perView
        }
        self.offices = offices
        var clocks: [String: Clock] = [:]
        for channel in standard.channels {
            clocks[channel.id] = try Self.clock(
                channel, "channels", startsAtReception: true, standard, views, offices)
        }
        for channel in standard.eventTerms {
            clocks[channel.id] = try Self.clock(
                channel, "terms", startsAtReception: false, standard, views, offices)
        }
        self.clocks = clocks
    }

    private static func clock(
        _ channel: Channel, _ section: String, startsAtReception: Bool,
        _ standard: ServiceStandard, _ views: CalendarViews, _ offices: [String: [OfficeClocks]]
    ) throws(Library.DanglingReference) -> Clock {
        let place = "\(section).\(channel.id)"
        guard let hours = offices[channel.office],
            let office = standard.offices.first(where: { $0.id == channel.office })
        else {
            throw Library.DanglingReference(
                standard: standard.id, field: "\(place).office",
                expected: "one of \(standard.offices.map(\.id).joined(separator: ", "))")
        }
        var terms: [TermClock] = []
        for (view, hours) in zip(views.views, hours) {
            let days =
                if let name = channel.termRule.week {
                    try week(name, of: view, standard.id, field: "\(place).term.week")
                } else { hours.work.calendar }
            terms.append(
                TermClock(
                    term: channel.termRule.term, days: days, office: hours.work,
                    reception: startsAtReception ? hours.reception : nil))
        }
        return Clock(
            channel: channel, office: office, startsAtReception: startsAtReception, terms: terms)
    }

    private static func week(
        _ name: String, of view: CalendarViews.View, _ standard: String, field: String
    ) throws(Library.DanglingReference) -> WorkingCalendar {
        do { return try view.week(name) } catch {
            throw Library.DanglingReference(
                standard: standard, field: field,
                expected: "one of \(view.weeks.map(\.week.id).joined(separator: ", "))")
        }
    }
}
