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
                channel, "channels", startsAtReception: true, standard, views)
        }
        for channel in standard.eventTerms {
            clocks[channel.id] = try Self.clock(
                channel, "terms", startsAtReception: false, standard, views)
        }
        self.clocks = clocks
    }

    private static func clock(
        _ channel: Channel, _ section: String, startsAtReception: Bool,
        _ standard: ServiceStandard, _ views: CalendarViews
    ) throws(Library.DanglingReference) -> Clock {
        let place = "\(section).\(channel.id)"
        func office(
            _ name: String, _ field: String
        ) throws(Library.DanglingReference) -> Office {
            guard let office = standard.offices.first(where: { $0.id == name }) else {
                throw Library.DanglingReference(
                    standard: standard.id, field: field,
                    expected: "one of \(standard.offices.map(\.id).joined(separator: ", "))")
            }
            return office
        }
        let own = try office(channel.office, "\(place).office")
        var stages: [Office] = []
        for stage in channel.stages {
            stages.append(try office(stage.office, "\(place).term"))
        }
        let plan = ClockPlan(
            channel: channel, office: own, stages: stages, startsAtReception: startsAtReception)
        var terms: [StagedClock] = []
        for view in views.views {
            let term = try plan.clock(asKnownOn: view.from) {
                (name) throws(Library.DanglingReference) in
                try week(name, of: view, standard.id, field: "\(place).term.week")
            }
            terms.append(term)
        }
        return Clock(plan: plan, terms: terms, words: ClockWords.InEach(plan, standard))
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
