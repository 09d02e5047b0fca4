// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Whoever comes when the office does not receive is told when it does, and is offered no slot.
@Suite struct NextOpeningTests {
    private static let a = ServiceID("a")!

    /// What belongs to the present day and needs reception.
    private static let commands: [DayCommand] = [
        .takeTicket(service: a), .leaseNumbers(service: a, count: 1, kiosk: "k"),
        .openWindow(WindowID("1")!),
    ]

    private func fault(_ body: () throws -> Void) throws -> CommandFault {
        do { try body() } catch { return try #require(error as? CommandFault) }
        throw CancellationError()
    }

    private func told(_ fault: CommandFault) -> (opening: CivilDateTime?, slots: [CivilDateTime]) {
        let refusal = fault.refusal(in: .en)
        return (refusal.nextOpening, refusal.alternatives)
    }

    /// On a Sunday, on a day that a closure takes, and on one that it takes from now on.
    @Test func onAClosedDayTheNextOpeningIsTold() throws {
        let rows: [(now: String, closed: (String, String?)?, opening: String?)] = [
            ("2026-11-29T05:00Z", nil, "2026-11-30T09:00"),
            ("2026-11-25T05:00Z", ("2026-11-25", nil), "2026-11-26T09:00"),
            ("2026-11-28T05:00Z", ("2026-11-28", nil), "2026-11-30T09:00"),
        ]
        for (now, closed, opening) in rows {
            var hall = try Hall(at: now)
            try hall.put(Hall.described())
            // The slot at that time is taken, and would be no place for somebody with a ticket.
            let next = moment(opening!)
            _ = try hall.hold("a", next.date, next.time)
            if let closed { try hall.close(closed.0, closed.1) }
            for command in Self.commands {
                let told = told(try fault { try hall.order(command) })
                #expect(told.opening == next && told.slots.isEmpty, "\(now) \(command)")
            }
            let asked = told(
                try fault {
                    _ = try hall.queue.answer(
                        .wait(Hall.office, .newcomer(Self.a)), now: hall.now)
                })
            #expect(asked.opening == next && asked.slots.isEmpty)
            // Of a slot there are others, and no opening.
            let slot = told(
                try fault { _ = try hall.hold("a", hall.time.date, TimeOfDay("15:00")!) })
            #expect(slot.opening == nil && !slot.slots.isEmpty && !slot.slots.contains(next))
        }
    }

    /// Outside reception, before it and after it; and while it lasts nothing is refused.
    @Test func outsideReceptionTheNextOpeningIsTold() throws {
        for (now, opening) in [
            ("2026-11-25T03:59:59Z", "2026-11-25T09:00"), ("2026-11-25T04:00Z", nil),
            ("2026-11-25T14:59:59Z", nil), ("2026-11-25T15:00Z", "2026-11-26T09:00"),
            ("2026-11-28T17:00Z", "2026-11-30T09:00"),
        ] as [(String, String?)] {
            var hall = try Hall(at: now)
            try hall.put(Hall.described())
            let question = QueueQuestion.wait(Hall.office, .newcomer(Self.a))
            guard let opening else {
                #expect(throws: Never.self) { try hall.queue.answer(question, now: hall.now) }
                #expect(throws: Never.self) { try hall.order(Self.commands[0]) }
                continue
            }
            let asked = told(try fault { _ = try hall.queue.answer(question, now: hall.now) })
            #expect(asked.opening == moment(opening) && asked.slots.isEmpty, "\(now)")
            let taken = told(try fault { try hall.order(Self.commands[0]) })
            #expect(taken.opening == moment(opening) && taken.slots.isEmpty, "\(now)")
        }
    }
}
