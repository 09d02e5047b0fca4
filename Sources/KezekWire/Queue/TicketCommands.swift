// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import Parties
import Queue
import Texts

/// The commands on an office's present day: tickets, kiosks, windows and calls.
extension WireWriter {
    func fill(
        _ message: inout Kezek__V1__Request, _ office: OfficeID, _ command: DayCommand
    ) throws(Full) {
        switch command {
        // These name a booking by its date, too, and travel as commands on bookings.
        case .hold, .confirm, .release, .cancel, .arrive: throw Full()
        case .takeTicket(let service):
            message.call_case = KEZEK__V1__REQUEST__CALL_TAKE_TICKET
            message.take_ticket = try self.message(kezek__v1__take_ticket_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.service = try text(service.description)
            }
        case .leaseNumbers(let service, let count, let kiosk):
            message.call_case = KEZEK__V1__REQUEST__CALL_LEASE_NUMBERS
            message.lease_numbers = try self.message(kezek__v1__lease_numbers_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.service = try text(service.description)
                inner.count = UInt32(clamping: count)
                inner.kiosk = try text(kiosk)
            }
        case .reportTickets(let lease, let tickets, let ends):
            message.call_case = KEZEK__V1__REQUEST__CALL_REPORT_TICKETS
            message.report_tickets = try report(office, lease, tickets, ends)
        case .openWindow(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_OPEN_WINDOW
            message.open_window = try window(office, id)
        case .closeWindow(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_CLOSE_WINDOW
            message.close_window = try window(office, id)
        case .beginBreak(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_BEGIN_BREAK
            message.begin_break = try window(office, id)
        case .endBreak(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_END_BREAK
            message.end_break = try window(office, id)
        case .callNext(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_CALL_NEXT
            message.call_next = try window(office, id)
        case .call, .recall, .serve, .skip, .park, .resume, .transfer, .finish:
            try fillTicket(&message, office, command)
        }
    }

    private func fillTicket(
        _ message: inout Kezek__V1__Request, _ office: OfficeID, _ command: DayCommand
    ) throws(Full) {
        switch command {
        case .call(let label, let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_CALL_TICKET
            message.call_ticket = try self.message(kezek__v1__call_ticket_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.ticket = try self.label(label)
                inner.window = try text(id.description)
            }
        case .recall(let label):
            message.call_case = KEZEK__V1__REQUEST__CALL_RECALL
            message.recall = try ticket(office, label)
        case .serve(let label):
            message.call_case = KEZEK__V1__REQUEST__CALL_SERVE
            message.serve = try ticket(office, label)
        case .skip(let label):
            message.call_case = KEZEK__V1__REQUEST__CALL_SKIP
            message.skip = try ticket(office, label)
        case .park(let label):
            message.call_case = KEZEK__V1__REQUEST__CALL_PARK
            message.park = try ticket(office, label)
        case .resume(let label):
            message.call_case = KEZEK__V1__REQUEST__CALL_RESUME
            message.resume = try ticket(office, label)
        case .transfer(let label, let service, let window):
            message.call_case = KEZEK__V1__REQUEST__CALL_TRANSFER
            message.transfer = try self.message(kezek__v1__transfer_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.ticket = try self.label(label)
                inner.service = try text(service?.description ?? "")
                inner.window = try text(window?.description ?? "")
            }
        case .finish(let label, let outcome):
            message.call_case = KEZEK__V1__REQUEST__CALL_FINISH
            message.finish = try self.message(kezek__v1__finish_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.ticket = try self.label(label)
                inner.outcome = Kezek__V1__TicketOutcome(UInt32(outcome.rawValue))
            }
        default: throw Full()
        }
    }

    private func report(
        _ office: OfficeID, _ lease: UInt32, _ tickets: [ReportedTicket], _ ends: Bool
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ReportTicketsRequest> {
        try message(kezek__v1__report_tickets_request__init) { (message) throws(Full) in
            message.office = try text(office.description)
            message.lease = lease
            message.ends = ends ? 1 : 0
            try list(tickets, &message.n_tickets, &message.tickets) { (ticket) throws(Full) in
                try self.message(kezek__v1__report_tickets_request__ticket__init) {
                    (inner) throws(Full) in
                    inner.number = UInt32(ticket.number)
                    guard let given = ticket.given else {
                        inner.voided = 1
                        return
                    }
                    inner.service = try text(given.service.description)
                    inner.taken_second = given.takenAt
                }
            }
        }
    }

    private func window(
        _ office: OfficeID, _ window: WindowID
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WindowRequest> {
        try message(kezek__v1__window_request__init) { (message) throws(Full) in
            message.office = try text(office.description)
            message.window = try text(window.description)
        }
    }

    private func ticket(
        _ office: OfficeID, _ label: TicketLabel
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__TicketRequest> {
        try message(kezek__v1__ticket_request__init) { (message) throws(Full) in
            message.office = try text(office.description)
            message.ticket = try self.label(label)
        }
    }
}

extension WireReader {
    /// The call, if it is a command on an office's present day; nil for any other.
    func dayCommand(_ message: Kezek__V1__Request) throws(Refusal) -> QueueCommand? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_TAKE_TICKET:
            .today(
                try office(message.take_ticket.pointee.office),
                .takeTicket(service: try service(message.take_ticket.pointee.service)))
        case KEZEK__V1__REQUEST__CALL_LEASE_NUMBERS: try lease(message.lease_numbers.pointee)
        case KEZEK__V1__REQUEST__CALL_REPORT_TICKETS: try report(message.report_tickets.pointee)
        case KEZEK__V1__REQUEST__CALL_OPEN_WINDOW:
            try window(message.open_window, DayCommand.openWindow)
        case KEZEK__V1__REQUEST__CALL_CLOSE_WINDOW:
            try window(message.close_window, DayCommand.closeWindow)
        case KEZEK__V1__REQUEST__CALL_BEGIN_BREAK:
            try window(message.begin_break, DayCommand.beginBreak)
        case KEZEK__V1__REQUEST__CALL_END_BREAK:
            try window(message.end_break, DayCommand.endBreak)
        case KEZEK__V1__REQUEST__CALL_CALL_NEXT:
            try window(message.call_next, DayCommand.callNext)
        case KEZEK__V1__REQUEST__CALL_CALL_TICKET: try call(message.call_ticket.pointee)
        case KEZEK__V1__REQUEST__CALL_RECALL: try ticket(message.recall, DayCommand.recall)
        case KEZEK__V1__REQUEST__CALL_SERVE: try ticket(message.serve, DayCommand.serve)
        case KEZEK__V1__REQUEST__CALL_SKIP: try ticket(message.skip, DayCommand.skip)
        case KEZEK__V1__REQUEST__CALL_PARK: try ticket(message.park, DayCommand.park)
        case KEZEK__V1__REQUEST__CALL_RESUME: try ticket(message.resume, DayCommand.resume)
        case KEZEK__V1__REQUEST__CALL_TRANSFER: try transfer(message.transfer.pointee)
        case KEZEK__V1__REQUEST__CALL_FINISH: try finish(message.finish.pointee)
        default: nil
        }
    }

    private func window(
        _ message: UnsafeMutablePointer<Kezek__V1__WindowRequest>,
        _ command: (WindowID) -> DayCommand
    ) throws(Refusal) -> QueueCommand {
        .today(try office(message.pointee.office), command(try window(message.pointee.window)))
    }

    private func ticket(
        _ message: UnsafeMutablePointer<Kezek__V1__TicketRequest>,
        _ command: (TicketLabel) -> DayCommand
    ) throws(Refusal) -> QueueCommand {
        .today(try office(message.pointee.office), command(try label(message.pointee.ticket)))
    }

    private func lease(
        _ message: Kezek__V1__LeaseNumbersRequest
    ) throws(Refusal) -> QueueCommand {
        let kiosk = try line(message.kiosk, "kiosk", limit: CallLimit.kioskNameBytes)
        guard !kiosk.isEmpty else { throw missing("kiosk") }
        return .today(
            try office(message.office),
            .leaseNumbers(
                service: try service(message.service),
                count: try number(message.count, 1...OfficeDay.leaseLimit, "count"), kiosk: kiosk)
        )
    }

    private func report(
        _ message: Kezek__V1__ReportTicketsRequest
    ) throws(Refusal) -> QueueCommand {
        try limit(message.n_tickets, CallLimit.leaseNumbers, "tickets")
        let tickets = try list(message.n_tickets, message.tickets, at: "tickets") {
            (inner) throws(Refusal) in
            let number = UInt16(
                try number(inner.number, 1...TicketLabel.numberLimit, "number"))
            guard inner.voided == 0 else { return try void(number, inner) }
            return ReportedTicket(
                number: number, service: try service(inner.service, "service"),
                takenAt: inner.taken_second)
        }
        return .today(
            try office(message.office),
            .reportTickets(lease: message.lease, tickets: tickets, ends: message.ends != 0))
    }

    /// A number of which no ticket comes: what would be lost with it is refused.
    private func void(
        _ number: UInt16, _ ticket: Kezek__V1__ReportTicketsRequest__Ticket
    ) throws(Refusal) -> ReportedTicket {
        guard ticket.service.len == 0, ticket.taken_second == 0 else {
            throw invalid(
                "voided",
                LocalizedText(
                    kk: "жарамсыз нөмірде қызмет те, уақыт та болмайды.",
                    ru: "у недействительного номера нет ни услуги, ни времени.",
                    en: "a void number has neither a service nor a time."))
        }
        return ReportedTicket(void: number)
    }

    private func call(_ message: Kezek__V1__CallTicketRequest) throws(Refusal) -> QueueCommand {
        .today(
            try office(message.office), .call(try label(message.ticket), try window(message.window))
        )
    }

    private func transfer(
        _ message: Kezek__V1__TransferRequest
    ) throws(Refusal) -> QueueCommand {
        let service = try optionalService(message.service, "service")
        let window = try optionalWindow(message.window, "window")
        // To nowhere in particular, somebody who is being served would be sent back into the line.
        guard service != nil || window != nil else { throw missing("service") }
        return .today(
            try office(message.office),
            .transfer(try label(message.ticket), service: service, window: window))
    }

    private func finish(_ message: Kezek__V1__FinishRequest) throws(Refusal) -> QueueCommand {
        .today(
            try office(message.office),
            .finish(try label(message.ticket), try choice(message.outcome.rawValue, "outcome")))
    }
}
