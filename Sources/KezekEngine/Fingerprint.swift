// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekWire
import Parties
import Queue
import Texts
import WorkingDays

/// A hash of what a command asks for, the same in every run of the program (FNV-1a, 64 bits).
///
/// It tells a repeated command from another one under the same request id by mistake; it is no
/// defence against somebody who makes two commands collide on purpose, as both are theirs.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    private mutating func add(byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte: byte) }
        add(byte: 0xff)
    }

    mutating func add(_ number: some BinaryInteger) {
        // Eight bytes at once are mixed as well as one: the multiplication spreads them.
        value = (value ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01b3
        value ^= value >> 29
    }

    mutating func add(_ applicant: Applicant) {
        add(applicant.high)
        add(applicant.low)
    }

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { add(byte: byte) }
    }
}

extension Fingerprint {
    /// The fingerprint of a command on a day.
    init(_ command: DayCommand) {
        self.init()
        switch command {
        case .hold(let service, let start, let channel, let applicant, let further):
            add(1)
            add(service.description)
            add(start)
            add(channel.rawValue)
            add(applicant)
            // As what was not told, what is not asked for adds nothing.
            if let further {
                add([29, UInt32(further.services.count), further.isAtOneWindow ? 1 : 0])
                for service in further.services { add(service.description) }
            }
        case .confirm(let number): add([2, number])
        case .release(let number): add([3, number])
        case .cancel(let number, let by, let reason):
            add([4, number, UInt32(by.rawValue)])
            add(reason)
        case .arrive(let number): add([5, number])
        case .takeTicket(let service, let reason):
            add(6)
            add(service.description)
            add(told: reason?.description)
        case .leaseNumbers(let service, let count, let kiosk):
            add([7, UInt32(count)])
            add(service.description)
            add(kiosk)
        case .reportTickets(let lease, let tickets, let ends):
            add([8, lease, ends ? 1 : 0])
            for ticket in tickets {
                add(ticket.number)
                // No service has an empty name.
                add(ticket.given?.service.description ?? "")
                add(ticket.given?.takenAt ?? 0)
                add(told: ticket.given?.reason?.description)
            }
        case .openWindow(let window, let who):
            add(9, window)
            add(told: who?.description)
        case .closeWindow(let window): add(10, window)
        case .beginBreak(let window, let reason):
            add(11, window)
            add(told: reason?.description)
        case .endBreak(let window): add(12, window)
        case .callNext(let window): add(13, window)
        case .call(let label, let window):
            add(14, label)
            add(window.description)
        case .recall(let label): add(15, label)
        case .serve(let label): add(16, label)
        case .skip(let label): add(17, label)
        case .park(let label): add(18, label)
        case .resume(let label): add(19, label)
        case .transfer(let label, let service, let window):
            add(20, label)
            add(service?.description ?? "")
            add(window?.description ?? "")
        case .finish(let label, let outcome, let ending):
            add(21, label)
            add(outcome.rawValue)
            add(told: ending?.description)
        case .join(let entry):
            add(50)
            add(entry.service.description)
            add([UInt32(bitPattern: entry.from), UInt32(bitPattern: entry.to)])
            add(entry.channel.rawValue)
            add(entry.applicant)
            add(entry.booking?.date.dayNumber ?? 0)
            add(entry.booking?.number ?? 0)
        case .leaveWaitingList(let number): add([51, number])
        case .declineOffer(let number): add([52, number])
        // Not what is given up: that is found out.
        case .acceptOffer(let number, _): add([53, number])
        }
    }

    /// What was not told adds nothing, so that a command of before it could be is the same.
    private mutating func add(told text: String?) {
        guard let text else { return }
        add(28)
        add(text)
    }

    mutating func add(_ numbers: [UInt32]) {
        for number in numbers { add(number) }
    }

    private mutating func add(_ kind: UInt32, _ window: WindowID) {
        add(kind)
        add(window.description)
    }

    private mutating func add(_ kind: UInt32, _ label: TicketLabel) {
        add(kind)
        add(UInt32(label.letter) << 16 | UInt32(label.number))
    }

    /// The fingerprint of a move to another slot.
    init(move id: BookingID, to date: CivilDate, start: Int32) {
        self.init()
        add(id.date.dayNumber)
        add([22, id.number, UInt32(bitPattern: date.dayNumber), UInt32(bitPattern: start)])
    }

    /// The fingerprint of a change of an office: of what was asked for, not of what came of it.
    ///
    /// Only to be told of it is another command than to have it done.
    init(_ command: OfficeChangeCommand) {
        let change = command.change
        self.init()
        add(change.office.description)
        switch change {
        case .put(let office):
            add(23)
            let event = OfficeEvent(office: office, effects: OfficeEffects.none)
            add(OfficeEventCodec.encode(event, Arena(limit: 16 << 20)))
        case .close(_, let closure):
            add([24, UInt32(bitPattern: closure.date.dayNumber)])
            add(closure.hours?.start.second ?? -1)
            add(closure.hours?.end.second ?? -1)
            add(closure.reason.en)
        case .reopen(_, let date): add([25, UInt32(bitPattern: date.dayNumber)])
        case .recalculate: add(26)
        }
        if command.dryRun { add(27) }
    }
}
