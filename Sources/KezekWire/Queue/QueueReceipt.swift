// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Parties
import Queue

/// `QueueReceipt`: what came of a command.
extension WireWriter {
    @inline(__always)
    func receipt(
        _ receipt: Receipt
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__QueueReceipt> {
        try message(kezek__v1__queue_receipt__init) { (message) throws(Full) in
            message.revision = receipt.revision
            if let booking = receipt.booking { message.booking = try self.booking(booking) }
            if let ticket = receipt.ticket { message.ticket = try self.ticket(ticket) }
            if let window = receipt.window { message.window = try text(window.description) }
            if let lease = receipt.lease { message.lease = try self.lease(lease) }
            if let effects = receipt.effects { message.effects = try self.effects(effects) }
        }
    }

    func effects(
        _ effects: OfficeEffects
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__QueueReceipt__OfficeEffects> {
        try message(kezek__v1__queue_receipt__office_effects__init) { (message) throws(Full) in
            message.done = effects.isDone ? 1 : 0
            try column(effects.dates.map(\.dayNumber), &message.n_day, &message.day)
            try list(effects.displaced, &message.n_displaced, &message.displaced) {
                (displaced) throws(Full) in
                try self.message(kezek__v1__queue_receipt__office_effects__displaced__init) {
                    (inner) throws(Full) in
                    inner.booking = try booking(displaced.booking)
                    if let replacement = displaced.replacement {
                        inner.replacement = try booking(replacement)
                    }
                }
            }
            try list(effects.tickets, &message.n_tickets, &message.tickets) {
                (here) throws(Full) in try self.ticket(here.ticket)
            }
            try list(effects.leases, &message.n_leases, &message.leases) {
                (leased) throws(Full) in try self.lease(leased.lease)
            }
            try texts(
                effects.tickets.map { $0.office?.description ?? "" }, &message.n_ticket_office,
                &message.ticket_office)
            try texts(
                effects.leases.map { $0.office?.description ?? "" }, &message.n_lease_office,
                &message.lease_office)
        }
    }
}

extension WireReader {
    func receipt(_ message: Kezek__V1__QueueReceipt) throws(Refusal) -> Receipt {
        Receipt(
            revision: message.revision,
            booking: try message.booking.map { (inner) throws(Refusal) in
                try booking(inner.pointee)
            },
            ticket: try message.ticket.map { (inner) throws(Refusal) in
                try ticket(inner.pointee)
            }, window: try optionalWindow(message.window, "window"),
            lease: try message.lease.map { (inner) throws(Refusal) in try lease(inner.pointee) },
            effects: try message.effects.map { (inner) throws(Refusal) in
                try effects(inner.pointee)
            })
    }

    func effects(
        _ message: Kezek__V1__QueueReceipt__OfficeEffects
    ) throws(Refusal) -> OfficeEffects {
        var dates: [CivilDate] = []
        for day in column(message.n_day, message.day) {
            dates.append(try date(day, "effects.day"))
        }
        return OfficeEffects(
            isDone: message.done != 0, dates: dates,
            displaced: try list(message.n_displaced, message.displaced) {
                (inner) throws(Refusal) in
                OfficeEffects.Displaced(
                    booking: try given(inner.booking, "effects.displaced.booking", booking),
                    replacement: try inner.replacement.map { (replacement) throws(Refusal) in
                        try booking(replacement.pointee)
                    })
            },
            tickets: zip(
                try offices(message.n_ticket_office, message.ticket_office, of: message.n_tickets),
                try list(message.n_tickets, message.tickets) { (inner) throws(Refusal) in
                    try ticket(inner)
                }
            ).map { OfficeEffects.Here(office: $0, ticket: $1) },
            leases: zip(
                try offices(message.n_lease_office, message.lease_office, of: message.n_leases),
                try list(message.n_leases, message.leases) { (inner) throws(Refusal) in
                    try lease(inner)
                }
            ).map { OfficeEffects.Leased(office: $0, lease: $1) })
    }

    /// The office of each of so many; nil for all where none is told.
    private func offices(
        _ count: Int, _ texts: UnsafeMutablePointer<ProtobufCBinaryData>?, of all: Int
    ) throws(Refusal) -> [OfficeID?] {
        guard count > 0 else { return Array(repeating: nil, count: all) }
        guard count == all else { throw missing("effects.office") }
        var offices: [OfficeID?] = []
        for place in 0..<count {
            guard let text = texts?[place], text.len > 0 else {
                offices.append(nil)
                continue
            }
            offices.append(try office(text))
        }
        return offices
    }
}
