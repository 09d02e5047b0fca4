// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Parties
import Queue
import Texts
import WorkingDays

/// `Office`, as it travels and as it is kept.
extension WireWriter {
    func office(_ office: QueueOffice) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office> {
        try message(kezek__v1__office__init) { (message) throws(Full) in
            message.id = try text(office.id.description)
            message.title = try localized(office.title)
            message.address = try localized(office.address)
            message.standard = try text(office.standard)
            message.kind = try text(office.kind)
            message.zone = try text(office.zone)
            try list(office.services, &message.n_services, &message.services) {
                (service) throws(Full) in try self.service(service)
            }
            try list(office.windows, &message.n_windows, &message.windows) {
                (window) throws(Full) in try self.window(window)
            }
            try list(office.exceptions, &message.n_exceptions, &message.exceptions) {
                (exception) throws(Full) in try self.exception(exception)
            }
            try list(office.closures, &message.n_closures, &message.closures) {
                (closure) throws(Full) in try self.closure(closure)
            }
            message.rules = try rules(office.rules)
        }
    }

    private func service(
        _ service: QueueService
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office__Service> {
        try message(kezek__v1__office__service__init) { (message) throws(Full) in
            message.id = try text(service.id.description)
            message.letter = try letter(service.letter)
            message.title = try localized(service.title)
            message.minutes = UInt32(clamping: service.minutes ?? 0)
        }
    }

    private func window(
        _ window: QueueWindow
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office__Window> {
        try message(kezek__v1__office__window__init) { (message) throws(Full) in
            message.id = try text(window.id.description)
            try texts(window.services, &message.n_services, &message.services)
            // In the order of the week, so that one office has one encoding.
            let weekdays = Weekday.allCases.filter { window.roster[$0] != nil }
            try list(weekdays, &message.n_roster, &message.roster) { (weekday) throws(Full) in
                try self.message(kezek__v1__office__roster__init) { (inner) throws(Full) in
                    inner.weekday = UInt32(weekday.rawValue)
                    try list(window.roster[weekday] ?? [], &inner.n_hours, &inner.hours) {
                        (interval) throws(Full) in try hours(interval)
                    }
                }
            }
            try list(window.breaks, &message.n_breaks, &message.breaks) {
                (interval) throws(Full) in try hours(interval)
            }
        }
    }

    func hours(
        _ interval: DayInterval
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DayHours> {
        try message(kezek__v1__day_hours__init) {
            $0.start_second = UInt32(interval.start.second)
            $0.end_second = UInt32(interval.end.second)
        }
    }

    private func exception(
        _ exception: RosterException
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office__Exception> {
        try message(kezek__v1__office__exception__init) { (message) throws(Full) in
            message.day = exception.date.dayNumber
            message.window = try text(exception.window.description)
            try list(exception.hours, &message.n_hours, &message.hours) {
                (interval) throws(Full) in try hours(interval)
            }
        }
    }

    func closure(
        _ closure: Closure
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfficeClosure> {
        try message(kezek__v1__office_closure__init) { (message) throws(Full) in
            message.day = closure.date.dayNumber
            if let interval = closure.hours { message.hours = try hours(interval) }
            message.reason = try localized(closure.reason)
        }
    }

    func rules(
        _ rules: QueueRules
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office__Rules> {
        try message(kezek__v1__office__rules__init) {
            $0.hold_seconds = rules.holdSeconds
            $0.grace_seconds = rules.graceSeconds
            $0.lead_seconds = rules.leadSeconds
            $0.horizon_days = rules.horizonDays
            $0.rerelease_seconds = rules.rereleaseSeconds
            $0.slot_minutes = rules.slotMinutes
            $0.portal_percent = rules.portalPercent
            $0.kiosk_percent = rules.kioskPercent
            $0.call_limit = rules.callLimit
        }
    }
}

extension WireReader {
    /// An office that can be planned with: whatever `QueueOffice.faults()` finds is refused.
    func office(_ message: Kezek__V1__Office) throws(Refusal) -> QueueOffice {
        guard let rules = message.rules else { throw missing("rules") }
        try limit(message.n_services, QueueOffice.serviceLimit, "services")
        try limit(message.n_windows, QueueOffice.windowLimit, "windows")
        try limit(message.n_exceptions, OfficeLimits.exceptions, "exceptions")
        try limit(message.n_closures, OfficeLimits.closures, "closures")
        let office = QueueOffice(
            id: try office(message.id, "id"),
            title: try localized(message.title, "title", limit: OfficeLimits.text),
            address: try localized(message.address, "address", limit: OfficeLimits.text),
            standard: try name(message.standard, "standard"),
            kind: try name(message.kind, "kind"), zone: try name(message.zone, "zone"),
            services: try list(message.n_services, message.services, at: "services") {
                (inner) throws(Refusal) in try service(inner)
            },
            windows: try list(message.n_windows, message.windows, at: "windows") {
                (inner) throws(Refusal) in try window(inner)
            },
            exceptions: try list(message.n_exceptions, message.exceptions, at: "exceptions") {
                (inner) throws(Refusal) in
                RosterException(
                    date: try date(inner.day, "day"), window: try window(inner.window),
                    hours: try hours(inner.n_hours, inner.hours, "hours"))
            },
            closures: try list(message.n_closures, message.closures, at: "closures") {
                (inner) throws(Refusal) in try closure(inner)
            }, rules: self.rules(rules.pointee))
        if let fault = office.faults().first {
            throw invalid(place(of: fault, in: message), fault.expected)
        }
        return office
    }

    /// A fault's field in the message, where the hours of a weekday are those of an item of its list.
    private func place(of fault: OfficeFault, in message: Kezek__V1__Office) -> String {
        for window in 0..<message.n_windows {
            let roster = "windows[\(window)].roster"
            guard fault.field.hasPrefix("\(roster)."), let inner = message.windows[window]?.pointee
            else { continue }
            for day in 0..<inner.n_roster {
                let weekday = inner.roster[day].flatMap {
                    Weekday(rawValue: Int($0.pointee.weekday))
                }
                if let weekday, fault.field == "\(roster).\(weekday.name)" {
                    return "\(roster)[\(day)].hours"
                }
            }
        }
        return fault.field
    }

    private func service(_ message: Kezek__V1__Office__Service) throws(Refusal) -> QueueService {
        QueueService(
            id: try service(message.id, "id"), letter: try letter(message.letter, "letter"),
            title: try localized(message.title, "title", limit: OfficeLimits.text),
            minutes: message.minutes == 0
                ? nil : try number(message.minutes, OfficeLimits.serviceMinutes, "minutes"))
    }

    private func window(_ message: Kezek__V1__Office__Window) throws(Refusal) -> QueueWindow {
        try limit(message.n_services, QueueOffice.serviceLimit, "services")
        let services = try names(message.n_services, message.services, at: "services") {
            (name) throws(Refusal) in try service(name, "")
        }
        try limit(message.n_roster, Weekday.allCases.count, "roster")
        var roster: [Weekday: [DayInterval]] = [:]
        _ = try list(message.n_roster, message.roster, at: "roster") { (day) throws(Refusal) in
            let weekday = try weekday(day.weekday, "weekday") { roster[$0] == nil }
            roster[weekday] = try hours(day.n_hours, day.hours, "hours")
        }
        return QueueWindow(
            id: try window(message.id, "id"), services: services, roster: roster,
            breaks: try hours(message.n_breaks, message.breaks, "breaks"))
    }

    /// A weekday by its number, which may stand only once.
    func weekday(
        _ number: UInt32, _ field: StaticString, isNew: (Weekday) -> Bool
    ) throws(Refusal) -> Weekday {
        guard let weekday = Weekday(rawValue: try self.number(number, 1...7, field)),
            isNew(weekday)
        else {
            throw invalid(
                "\(field)",
                LocalizedText(
                    kk: "апта күні бір рет қана тұруы керек.",
                    ru: "день недели может стоять только один раз.",
                    en: "a weekday may stand only once."))
        }
        return weekday
    }

    private func hours(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__DayHours>?>?,
        _ field: StaticString
    ) throws(Refusal) -> [DayInterval] {
        try limit(count, OfficeLimits.intervals, field)
        return try list(count, items, at: field) { (inner) throws(Refusal) in try interval(inner) }
    }

    func interval(_ message: Kezek__V1__DayHours) throws(Refusal) -> DayInterval {
        guard
            let interval = DayInterval(
                start: try time(message.start_second, "start_second"),
                end: try time(message.end_second, "end_second"))
        else {
            throw invalid(
                "end_second",
                LocalizedText(
                    kk: "соңы басынан кеш болуы керек.", ru: "конец должен быть позже начала.",
                    en: "the end must be later than the start."))
        }
        return interval
    }

    func closure(_ message: Kezek__V1__OfficeClosure) throws(Refusal) -> Closure {
        Closure(
            date: try date(message.day, "day"),
            hours: try message.hours.map { (inner) throws(Refusal) in
                try within("hours") { () throws(Refusal) in try interval(inner.pointee) }
            },
            reason: try localized(message.reason, "reason", limit: OfficeLimits.text))
    }

    func rules(_ message: Kezek__V1__Office__Rules) -> QueueRules {
        var rules = QueueRules()
        rules.holdSeconds = message.hold_seconds
        rules.graceSeconds = message.grace_seconds
        rules.leadSeconds = message.lead_seconds
        rules.horizonDays = message.horizon_days
        rules.rereleaseSeconds = message.rerelease_seconds
        rules.slotMinutes = message.slot_minutes
        rules.portalPercent = message.portal_percent
        rules.kioskPercent = message.kiosk_percent
        rules.callLimit = message.call_limit
        return rules
    }
}
