// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Queue
import ServiceStandards
import WorkingDays

/// What the standards fix for queues: terms by standard and kind of office, and planners.
struct OfficeCatalog: Sendable {
    private let library: Library

    init(_ library: Library) { self.library = library }

    /// The terms of an office, in its own zone if it names one; nil if its standard, kind, calendar or
    /// zone is not known.
    func terms(for office: QueueOffice) -> OfficeTerms? {
        guard let standard = library.standards[office.standard],
            let kind = standard.offices.first(where: { $0.id == office.kind }),
            office.calendar.isEmpty || library.calendars(of: standard).contains(office.calendar),
            let zone = library.zone(office.zone.isEmpty ? standard.zone : office.zone)
        else { return nil }
        let policy: OfficeTerms.Policy =
            switch kind.queue.policy {
            case .walkInOnly: .walkInOnly
            case .electronicQueue:
                office.reception?.bookingsOnly == nil ? .electronicQueue : .bookingsOnly
            }
        return OfficeTerms(
            policy: policy, policyRule: kind.queue.rule.description, reception: kind.reception.open,
            longestWait: limit(kind.longestWait), longestService: limit(kind.longestService),
            zone: zone)
    }

    /// The first of an office's standard, kind and zone that is not known, with those that are.
    func unknownName(in office: QueueOffice) -> CommandFault {
        guard let standard = library.standards[office.standard] else {
            return .unknownName(
                field: "put.standard", office.standard, known: library.standards.keys.sorted())
        }
        let kinds = standard.offices.map(\.id)
        guard kinds.contains(office.kind) else {
            return .unknownName(field: "put.kind", office.kind, known: kinds)
        }
        let calendars = library.calendars(of: standard)
        guard office.calendar.isEmpty || calendars.contains(office.calendar) else {
            return .unknownName(field: "put.calendar", office.calendar, known: calendars)
        }
        return .unknownName(
            field: "put.zone", office.zone, known: library.zones.map(\.name).sorted())
    }

    private func limit(_ limit: Office.Limit?) -> OfficeTerms.Limit? {
        limit.map { OfficeTerms.Limit(minutes: $0.minutes, rule: $0.rule.description) }
    }

    /// A planner for the office by the calendar as known on a day.
    ///
    /// Nil if the standard or its week is not known, or no year of it is published yet.
    func planner(for office: QueueOffice, _ terms: OfficeTerms, knownOn day: CivilDate) -> Planner?
    {
        guard let standard = library.standards[office.standard],
            let kind = standard.offices.first(where: { $0.id == office.kind }),
            let view = try? library.calendars[
                office.calendar.isEmpty ? standard.calendar : office.calendar]?.view(
                    asKnownOn: day),
            let week = try? view.week(kind.week)
        else { return nil }
        var ahead: Planner.Ahead?
        if !week.covered.contains(day) {
            let name = OfficeName(standard: standard.id, office: kind.id)
            let own = library.working(by: office.calendar)
            ahead = own.officeCalendarAhead(name, asKnownOn: day).map {
                Planner.Ahead(calendar: $0, today: day)
            }
        }
        return Planner(
            office: office, terms: terms, calendar: week, calendarVersion: view.version,
            knownOn: day, ahead: ahead)
    }
}
