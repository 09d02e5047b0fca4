// SPDX-License-Identifier: Apache-2.0

import Queue
import Testing

/// Two services; the first window renders both, the second the first, the third the second.
private let plan = Plans.plan(
    [Plans.service("A"), Plans.service("B")],
    [Plans.window(1, [0, 1]), Plans.window(2, [0]), Plans.window(3, [1])])
private let ten = Plans.at(10)

@Suite struct LineTests {
    /// A desk at ten with all windows open.
    private func desk(_ plan: DayPlan = plan) throws -> Desk {
        var desk = Desk(plan, at: ten - 3_600)
        for window in plan.windows { try desk.order(.openWindow(window.id)) }
        desk.now = ten
        return desk
    }

    private func order(_ desk: Desk) -> [String] { desk.day.waiting.map(\.label.description) }

    @Test func walkInsAreCalledInTheOrderOfComing() throws {
        var desk = try desk()
        for service in ["a", "b", "a"] { try desk.take(service) }
        #expect(try desk.callNext(3) == "B1")
        #expect(try desk.callNext(1) == "A1")
        #expect(try desk.callNext(2) == "A2")
        #expect(desk.refusal(.callNext(2)) == .windowBusy(2, "A2"))
    }

    /// A booking at ten whose applicant comes at such a time, among walk-ins that take a ticket
    /// every five minutes from 9:50.
    @Test func aBookingsPlaceIsItsTimeWhenItComesWithinTheGrace() throws {
        let rows: [(Int32, [String])] = [
            // A-001 is the booking's ticket if it comes first, and so on.
            (ten - 900, ["A-002", "A-003", "A-001", "A-004", "A-005"]),
            (ten - 450, ["A-001", "A-003", "A-002", "A-004", "A-005"]),
            (ten, ["A-001", "A-002", "A-003", "A-004", "A-005"]),
            (ten + 450, ["A-001", "A-002", "A-003", "A-005", "A-004"]),
            (ten + 899, ["A-001", "A-002", "A-003", "A-005", "A-004"]),
        ]
        for (arrival, expected) in rows {
            var desk = Desk(plan)
            let booking = try desk.book("a", ten, by: 1)
            var events = [ten - 600, ten - 300, ten, ten + 300].map { ($0, false) }
            events.append((arrival, true))
            // At ten the booking comes after the walk-in of the same second.
            for (time, isBooking) in events.sorted(by: {
                ($0.0, $0.1 ? 1 : 0) < ($1.0, $1.1 ? 1 : 0)
            }) {
                desk.now = time
                if isBooking { try desk.arrive(booking) } else { try desk.take("a") }
            }
            if arrival == ten {
                #expect(order(desk) == ["A-001", "A-002", "A-003", "A-004", "A-005"])
                #expect(desk.day.waiting[3].booking == 1)
            } else {
                #expect(order(desk) == expected, "arrived at \(arrival - ten)")
            }
        }
    }

    @Test func anEarlyBookingIsCalledBeforeItsTimeOnlyWhenNobodyElseWaits() throws {
        var desk = Desk(plan)
        let booking = try desk.book("a", ten, by: 1)
        desk.now = ten - 1_200
        try desk.order(.openWindow(1))
        let early = try desk.arrive(booking)
        try desk.take("a")
        #expect(try desk.callNext(1) == "A2")
        try desk.order(.finish("A2", .served))
        #expect(try desk.callNext(1) == early)
    }

    @Test func aTransferredTicketKeepsItsPlace() throws {
        var desk = try desk()
        for service in ["a", "b", "b"] {
            try desk.take(service)
            desk.now += 60
        }
        #expect(try desk.callNext(2) == "A1")
        try desk.order(.transfer("A1", service: "b", window: nil))
        #expect(order(desk) == ["A-001", "B-001", "B-002"])
        #expect(try desk.callNext(3) == "A1")
    }

    @Test func aParkedTicketComesBackToItsPlaceAndASkippedOneToTheEnd() throws {
        for (leave, expected) in [
            (DayCommand.park("A1"), ["A-001", "A-002", "A-003"]),
            (.skip("A1"), ["A-002", "A-003", "A-001"]),
        ] {
            var desk = try desk()
            for _ in 0..<3 {
                try desk.take("a")
                desk.now += 60
            }
            try desk.callNext(1)
            try desk.order(leave)
            #expect(order(desk) == ["A-002", "A-003"])
            desk.now += 60
            try desk.order(.resume("A1"))
            #expect(order(desk) == expected)
        }
    }

    @Test func aParkedTicketMayBeCalledDirectlyAndASkippedOneMayNot() throws {
        var desk = try desk()
        try desk.take("a")
        try desk.take("a")
        try desk.callNext(1)
        try desk.order(.park("A1"))
        #expect(desk.refusal(.call("A1", 3)) == .notServed(3, "a"))
        #expect(desk.refusal(.call("A1", 2)) == nil)
        try desk.order(.skip("A1"))
        #expect(desk.refusal(.call("A1", 2)) == .ticketIs(.skipped, "A1"))
    }

    @Test func whoWaitsForOneWindowAloneIsCalledByNoOther() throws {
        var desk = try desk()
        try desk.take("a")
        try desk.take("a")
        try desk.order(.transfer("A1", service: nil, window: 1))
        #expect(try desk.callNext(2) == "A2")
        #expect(desk.refusal(.call("A1", 2)) == .windowBusy(2, "A2"))
        try desk.order(.finish("A2", .served))
        #expect(desk.refusal(.callNext(2)) == .nobodyWaiting(2))
        #expect(desk.refusal(.call("A1", 2)) == .notServed(2, "a"))
        #expect(desk.refusal(.transfer("A1", service: nil, window: 3)) == .notServed(3, "a"))
        #expect(try desk.callNext(1) == "A1")
    }

    /// Whatever comes between: called, parked and back, or skipped and back.
    @Test(arguments: [true, false])
    func whoIsSentToOneWindowStaysWithIt(isParked: Bool) throws {
        var desk = try desk()
        try desk.take("a")
        try desk.order(.transfer("A1", service: nil, window: 1))
        #expect(try desk.callNext(1) == "A1")
        try desk.order(isParked ? .park("A1") : .skip("A1"))
        if isParked { #expect(desk.refusal(.call("A1", 2)) == .notServed(2, "a")) }
        try desk.order(.resume("A1"))
        #expect(desk.refusal(.callNext(2)) == .nobodyWaiting(2))
        #expect(try desk.callNext(1) == "A1")
        #expect(desk.violation == nil)
    }

    /// In the same second too.
    @Test func whoIsSkippedAndComesBackIsBehindAllWhoAreThere() throws {
        var desk = try desk()
        for _ in 0..<2 { try desk.take("a") }
        try desk.callNext(1)
        try desk.order(.skip("A1"))
        try desk.order(.resume("A1"))
        #expect(order(desk) == ["A-002", "A-001"])
        try desk.take("a")
        #expect(order(desk) == ["A-002", "A-001", "A-003"])
        #expect(try desk.callNext(1) == "A2")
        #expect(desk.violation == nil)
    }

    @Test func nobodyIsCalledBeforeWhoComesFirstAndTheRefusalNamesTheRule() throws {
        for (policy, rule) in [
            (OfficeTerms.Policy.walkInOnly, "R7.3"), (.electronicQueue, "R7.5"),
        ] {
            var desk = try desk(
                Plans.plan(
                    plan.services, [Plans.window(1, [0, 1]), Plans.window(2, [1])],
                    policy: policy))
            for service in ["a", "b", "b"] { try desk.take(service) }
            #expect(desk.refusal(.call("B1", 1)) == .wouldOvertake("A1", rule: rule))
            #expect(desk.refusal(.call("B2", 2)) == .wouldOvertake("B1", rule: rule))
            // The second window may not call the first ticket, so the second is next there.
            #expect(desk.refusal(.call("B1", 2)) == nil)
        }
    }

    @Test func ticketsGoFromStateToStateAsTheyMay() throws {
        var desk = try desk()
        try desk.take("a")
        #expect(desk.refusal(.serve("A1")) == .ticketIs(.waiting, "A1"))
        #expect(desk.refusal(.finish("A1", .served)) == .ticketIs(.waiting, "A1"))
        #expect(desk.refusal(.serve("A2")) == .unknownTicket("A2"))
        try desk.callNext(1)
        #expect(desk.refusal(.recall("A1")) == nil)
        #expect(desk.refusal(.recall("A1")) == nil)
        #expect(desk.refusal(.recall("A1")) == .calledTooOften("A1", limit: 3))
        #expect(desk.refusal(.call("A1", 2)) == .ticketIs(.called, "A1"))
        #expect(desk.refusal(.resume("A1")) == .ticketIs(.called, "A1"))
        desk.now += 60
        try desk.order(.serve("A1"))
        #expect(desk.refusal(.skip("A1")) == .ticketIs(.serving, "A1"))
        desk.now += 300
        try desk.order(.finish("A1", .refused))
        let ticket = desk.day.tickets[0]
        #expect((ticket.calledAt, ticket.servedAt, ticket.finishedAt) == (ten, ten + 60, ten + 360))
        #expect(ticket.outcome == .refused)
        #expect(desk.refusal(.finish("A1", .left)) == .ticketIs(.finished, "A1"))
        #expect(desk.day.windows[0].busySeconds == 360)
    }

    @Test func windowsOpenBreakAndCloseInTurn() throws {
        var desk = Desk(plan, at: ten)
        #expect(desk.refusal(.callNext(1)) == .windowIs(.closed, 1))
        #expect(desk.refusal(.beginBreak(1)) == .windowIs(.closed, 1))
        #expect(desk.refusal(.openWindow(9)) == .unknownWindow(9, known: plan.windows.map(\.id)))
        try desk.order(.openWindow(1))
        #expect(desk.refusal(.openWindow(1)) == .windowIs(.open, 1))
        #expect(desk.refusal(.callNext(1)) == .nobodyWaiting(1))
        desk.now += 600
        try desk.order(.beginBreak(1))
        #expect(desk.refusal(.callNext(1)) == .windowIs(.onBreak, 1))
        #expect(desk.refusal(.openWindow(1)) == .windowIs(.onBreak, 1))
        desk.now += 600
        try desk.order(.endBreak(1))
        try desk.take("a")
        try desk.callNext(1)
        for command: DayCommand in [.closeWindow(1), .beginBreak(1), .callNext(1)] {
            #expect(desk.refusal(command) == .windowBusy(1, "A1"))
        }
        desk.now += 600
        try desk.order(.finish("A1", .left))
        try desk.order(.closeWindow(1))
        #expect(desk.day.windows[0].openSeconds == 1_200)
        desk.now = Plans.at(24)
        #expect(desk.refusal(.openWindow(1)) == .notToday)
    }

    @Test func atMidnightEverythingStillOpenEnds() throws {
        var desk = try desk()
        for _ in 0..<3 { try desk.take("a") }
        try desk.callNext(1)
        try desk.callNext(2)
        try desk.order(.park("A2"))
        desk.now = Plans.at(24)
        desk.sweep()
        #expect(desk.day.tickets.allSatisfy { $0.state == .finished && $0.outcome == .left })
        #expect(desk.day.windows.allSatisfy { $0.state == .closed })
        #expect(desk.day.nextDueTime == nil)
    }
}
