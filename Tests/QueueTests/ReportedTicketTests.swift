// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing

/// Tickets of a kiosk that was offline are taken as `take_ticket` would have given them out.
@Suite struct ReportedTicketTests {
    private static let noon = [
        Plans.span(Plans.at(9), Plans.at(13)), Plans.span(Plans.at(14), Plans.at(18)),
    ]

    private func plan(_ hours: [DayPlan.Span] = noon) -> DayPlan {
        Plans.plan(
            [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0, 1])], hours: hours)
    }

    private func leased() throws -> Desk {
        var desk = Desk(plan(), at: Plans.at(8))
        try desk.order(.leaseNumbers(service: "a", count: 20, kiosk: "k1"))
        return desk
    }

    private func report(_ number: UInt16, at time: Int32, _ service: ServiceID = "a") -> DayCommand
    {
        .reportTickets(
            lease: 1, tickets: [ReportedTicket(number: number, service: service, takenAt: time)],
            ends: false)
    }

    @Test(arguments: [
        (Plans.at(8, 45), false), (Plans.at(8, 59, 59), false), (Plans.at(9), true),
        (Plans.at(12, 59, 59), true), (Plans.at(13), false), (Plans.at(13, 30), false),
        (Plans.at(14), true), (Plans.at(17, 59, 59), true), (Plans.at(18), false),
    ])
    func aTicketIsTakenIfTheOfficeReceivedThen(_ time: Int32, _ isTaken: Bool) throws {
        var desk = try leased()
        desk.now = Plans.at(19)
        #expect(
            desk.refusal(report(1, at: time)) == (isTaken ? nil : .takenOutsideReception(time)))
        // So would it have been with a connection.
        var online = Desk(plan(), at: time)
        #expect((online.refusal(.takeTicket(service: "a")) == nil) == isTaken)
    }

    @Test func thePlanOfThatTimeCounts() throws {
        for (time, isTaken) in [(Plans.at(10, 59, 59), true), (Plans.at(11), false)] {
            var desk = try leased()
            desk.now = Plans.at(11)
            let closed = Plans.plan(
                plan().services, [Plans.window(1, [0, 1])], hours: [], closed: Plans.closed)
            desk.commit([.planned(try desk.day.fitting(closed))])
            desk.now = Plans.at(12)
            #expect(
                desk.refusal(report(1, at: time))
                    == (isTaken ? nil : .takenOutsideReception(time)))
        }
    }

    @Test func aServiceThatNoWindowRenderedThenIsUnknown() throws {
        var desk = try leased()
        desk.now = Plans.at(11)
        let without = Plans.plan([Plans.service("B")], [Plans.window(1, [0])], hours: Self.noon)
        desk.commit([.planned(try desk.day.fitting(without))])
        desk.now = Plans.at(12)
        #expect(desk.refusal(report(1, at: Plans.at(10))) == nil)
        #expect(desk.refusal(report(2, at: Plans.at(11, 30))) == .unknownService("a", known: ["b"]))
    }

    /// A number that was given out when nobody received does not shut out those after it.
    @Test func aVoidNumberIsNoTicketAndTheNextOneIs() throws {
        var desk = try leased()
        desk.now = Plans.at(10)
        #expect(
            desk.refusal(report(1, at: Plans.at(8, 45))) == .takenOutsideReception(Plans.at(8, 45)))
        let told = [
            ReportedTicket(void: 1),
            ReportedTicket(number: 2, service: "a", takenAt: Plans.at(9, 5)),
            ReportedTicket(void: 3), ReportedTicket(void: 4),
        ]
        #expect(
            desk.refusal(.reportTickets(lease: 1, tickets: Array(told.dropFirst()), ends: false))
                == .notInLease(2))
        let events = try desk.order(.reportTickets(lease: 1, tickets: told, ends: true))
        #expect(events.last == .leaseEnded(1, used: 4))
        #expect(desk.day.tickets.map(\.label) == ["A2"])
        for label: TicketLabel in ["A1", "A3"] {
            #expect(desk.refusal(.finish(label, .left)) == .unknownTicket(label))
        }
        // Neither a void number nor one that was given out is given out again.
        #expect(try desk.take("a") == "A5")
    }

    @Test func moreNumbersThanAreLeasedAreNotVoid() throws {
        var desk = Desk(plan(), at: Plans.at(9))
        try desk.order(.leaseNumbers(service: "a", count: 1, kiosk: "k1"))
        let two = [ReportedTicket(void: 1), ReportedTicket(void: 2)]
        #expect(
            desk.refusal(.reportTickets(lease: 1, tickets: two, ends: false)) == .notInLease(2))
        #expect(
            desk.refusal(.reportTickets(lease: 1, tickets: [two[0]], ends: true)) == nil)
        #expect(
            desk.refusal(.reportTickets(lease: 1, tickets: [two[1]], ends: true))
                == .unknownLease(1))
    }

    @Test func aNumberOfAnotherLetterIsToldAsSuch() throws {
        var desk = try leased()
        desk.now = Plans.at(10)
        #expect(
            desk.refusal(report(1, at: Plans.at(9), "b"))
                == .otherSeries("b", UInt8(ascii: "A")))
        #expect(desk.refusal(report(2, at: Plans.at(9))) == .notInLease(2))
    }
}
