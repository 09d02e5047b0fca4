// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Queue
import Texts
import WorkingDays

/// What messages of the queue have that no shape tells: hours, rosters, periods, columns of offices.
extension WireWriter {
    func hours(
        _ interval: DayInterval
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DayHours> {
        try message(kezek__v1__day_hours__init) {
            $0.start_second = UInt32(interval.start.second)
            $0.end_second = UInt32(interval.end.second)
        }
    }

    func officeWindow(
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

    func reportTicketsRequestTicket(
        _ ticket: ReportedTicket
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ReportTicketsRequest__Ticket> {
        try message(kezek__v1__report_tickets_request__ticket__init) { (message) throws(Full) in
            message.number = UInt32(ticket.number)
            guard let given = ticket.given else {
                message.voided = 1
                return
            }
            message.service = try text(given.service.description)
            message.taken_second = given.takenAt
            if let reason = given.reason { message.reason = try text(reason.description) }
        }
    }

    /// Tickets, and in a column beside them where each of them is.
    func ticketsHere(
        _ tickets: [OfficeEffects.Here], _ count: inout Int,
        _ target: inout UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__Ticket>?>?,
        _ offices: inout Int, _ names: inout UnsafeMutablePointer<ProtobufCBinaryData>?
    ) throws(Full) {
        try list(tickets, &count, &target) { (here) throws(Full) in try ticket(here.ticket) }
        try texts(tickets.map { $0.office?.description ?? "" }, &offices, &names)
    }

    func leasesHere(
        _ leases: [OfficeEffects.Leased], _ count: inout Int,
        _ target: inout UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__NumberLease>?>?,
        _ offices: inout Int, _ names: inout UnsafeMutablePointer<ProtobufCBinaryData>?
    ) throws(Full) {
        try list(leases, &count, &target) { (here) throws(Full) in try numberLease(here.lease) }
        try texts(leases.map { $0.office?.description ?? "" }, &offices, &names)
    }
}

extension WireReader {
    /// An office that can be planned with: whatever `QueueOffice.faults()` finds is refused.
    func sound(_ office: QueueOffice, _ message: Kezek__V1__Office) throws(Refusal) -> QueueOffice {
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

    /// A closure whose reason can be told to everybody; what was kept by an earlier version is read as it is.
    func sound(_ closure: Closure, _: Kezek__V1__OfficeClosure) throws(Refusal) -> Closure {
        guard isRequest else { return closure }
        for language in Language.allCases {
            try requireNoIIN(closure.reason[language], "reason")
        }
        return closure
    }

    func officeWindow(_ message: Kezek__V1__Office__Window) throws(Refusal) -> QueueWindow {
        try limit(message.n_services, QueueOffice.serviceLimit, "services")
        let services = try each(message.n_services, message.services, at: "services") {
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
                "\(field)", kk: "апта күні бір рет қана тұруы керек.",
                ru: "день недели может стоять только один раз.",
                en: "a weekday may stand only once.")
        }
        return weekday
    }

    func hours(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__DayHours>?>?,
        _ field: StaticString
    ) throws(Refusal) -> [DayInterval] {
        try limit(count, OfficeLimits.intervals, field)
        return try list(count, items, at: field) { (inner) throws(Refusal) in try interval(inner) }
    }

    func interval(_ message: Kezek__V1__DayHours) throws(Refusal) -> DayInterval {
        let start = try time(message.start_second, "start_second")
        let end = UInt32(
            try number(message.end_second, 0...Int(TimeOfDay.secondsPerDay), "end_second"))
        guard
            let interval = EndTime(second: Int32(end)).flatMap({
                DayInterval(start: start, until: $0)
            })
        else {
            throw invalid(
                "end_second", kk: "соңы басынан кеш болуы керек.",
                ru: "конец должен быть позже начала.", en: "the end must be later than the start.")
        }
        return interval
    }

    /// Two dates with at most so many days from the first to the last, both included.
    @inline(__always)
    func period(_ first: Int32, _ last: Int32, limit: Int) throws(Refusal) {
        let from = try date(first, "from_day")
        let to = try date(last, "to_day")
        guard from <= to else {
            throw invalid(
                "to_day", kk: "from_day күнінен ерте болмауы керек.",
                ru: "не может быть раньше from_day.", en: "must not be earlier than from_day.")
        }
        guard from.days(until: to) < limit else {
            throw Refusal(
                .tooManyRows, in: language, kk: "to_day: \(limit) күннен аспауы керек.",
                ru: "to_day: дней не больше \(limit).", en: "to_day: at most \(limit) days.",
                field: "to_day")
        }
    }

    /// The point in time that some calendar has a date for.
    func timestamp(_ second: Int64, _ field: StaticString) throws(Refusal) -> Timestamp {
        guard let timestamp = Timestamp(second: second) else { throw unknownValue("\(field)") }
        return timestamp
    }

    /// The name that a kiosk calls itself by.
    @discardableResult
    func kiosk(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> String {
        let kiosk = try line(bytes, field, limit: CallLimit.kioskNameBytes)
        guard !kiosk.isEmpty else { throw missing("\(field)") }
        return kiosk
    }

    /// A question about none of them would have no answer.
    func atLeastOne(_ count: Int, _ field: StaticString) throws(Refusal) {
        guard count > 0 else { throw missing("\(field)") }
    }

    /// To nowhere in particular, somebody who is being served would be sent back into the line.
    func goesSomewhere(
        _ service: ProtobufCBinaryData, _ window: ProtobufCBinaryData
    ) throws(Refusal) {
        guard service.len > 0 || window.len > 0 else { throw missing("service") }
    }

    /// A number that was given out, or of which no ticket comes: what would be lost with it is refused.
    func reportTicketsRequestTicket(
        _ message: Kezek__V1__ReportTicketsRequest__Ticket
    ) throws(Refusal) -> ReportedTicket {
        let number = UInt16(
            try number(message.number, 1...TicketLabel.numberLimit, "number"))
        guard message.voided != 0 else {
            return ReportedTicket(
                number: number, service: try service(message.service, "service"),
                takenAt: message.taken_second,
                reason: message.reason.len == 0 ? nil : try listed(message.reason, "reason"))
        }
        guard message.service.len == 0, message.taken_second == 0, message.reason.len == 0 else {
            throw invalid(
                "voided", kk: "жарамсыз нөмірде қызмет те, уақыт та болмайды.",
                ru: "у недействительного номера нет ни услуги, ни времени.",
                en: "a void number has neither a service nor a time.")
        }
        return ReportedTicket(void: number)
    }

    func ticketsHere(
        _ count: Int, _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__Ticket>?>?,
        _ offices: Int, _ names: UnsafeMutablePointer<ProtobufCBinaryData>?
    ) throws(Refusal) -> [OfficeEffects.Here] {
        zip(
            try self.offices(offices, names, of: count),
            try list(count, items) { (inner) throws(Refusal) in try ticket(inner) }
        ).map { OfficeEffects.Here(office: $0, ticket: $1) }
    }

    func leasesHere(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__NumberLease>?>?,
        _ offices: Int, _ names: UnsafeMutablePointer<ProtobufCBinaryData>?
    ) throws(Refusal) -> [OfficeEffects.Leased] {
        zip(
            try self.offices(offices, names, of: count),
            try list(count, items) { (inner) throws(Refusal) in try numberLease(inner) }
        ).map { OfficeEffects.Leased(office: $0, lease: $1) }
    }

    /// The office of each of so many; nil for all where none is told.
    private func offices(
        _ count: Int, _ texts: UnsafeMutablePointer<ProtobufCBinaryData>?, of all: Int
    ) throws(Refusal) -> [OfficeID?] {
        guard count > 0 else { return Array(repeating: nil, count: all) }
        guard count == all else { throw missing("effects.office") }
        return try each(count, texts) { (text) throws(Refusal) in
            text.len == 0 ? nil : try office(text)
        }
    }
}
