// SPDX-License-Identifier: Apache-2.0

import Queue
import Testing

/// Two services with one letter, one with another.
private let plan = Plans.plan(
    [
        Plans.service("A"),
        DayPlan.Service(id: "also-a", letter: UInt8(ascii: "A"), seconds: 600),
        Plans.service("B"),
    ], [Plans.window(1, [0, 1, 2])],
    hours: [Plans.span(Plans.at(9), Plans.at(13)), Plans.span(Plans.at(14), Plans.at(18))])
private let ten = Plans.at(10)

@Suite struct NumberTests {
    private func lease(_ desk: inout Desk, _ count: Int) throws -> NumberLease {
        try desk.order(.leaseNumbers(service: "a", count: count, kiosk: "k"))
        return try #require(desk.day.leases.last).lease
    }

    private func report(
        _ lease: UInt32, _ numbers: [UInt16], at: Int32 = ten, _ service: ServiceID = "a",
        ends: Bool = false
    ) -> DayCommand {
        .reportTickets(
            lease: lease,
            tickets: numbers.map { ReportedTicket(number: $0, service: service, takenAt: at) },
            ends: ends)
    }

    @Test func numbersCountFromOneForEachLetter() throws {
        var desk = Desk(plan, at: ten)
        let labels = try ["a", "b", "also-a", "b", "a"].map { try desk.take($0).description }
        #expect(labels == ["A-001", "B-001", "A-002", "B-002", "A-003"])
    }

    @Test func ticketsAreTakenWithinReceptionOnly() {
        let rows: [(Int32, QueueRefusal?)] = [
            (-1, .notToday), (Plans.at(24), .notToday),
            (Plans.at(9) - 1, .outsideReception), (Plans.at(9), nil),
            (Plans.at(13) - 1, nil), (Plans.at(13), .outsideReception),
            (Plans.at(18), .outsideReception),
        ]
        for (now, refusal) in rows {
            var desk = Desk(plan, at: now)
            #expect(desk.refusal(.takeTicket(service: "a")) == refusal, "\(now)")
        }
        var closed = Desk(
            Plans.plan(plan.services, [], hours: [], closed: Plans.closed), at: ten)
        #expect(closed.refusal(.takeTicket(service: "a")) == .closed(Plans.closed))
    }

    @Test func leasedNumbersAreLeftOutUntilTheyAreReported() throws {
        var desk = Desk(plan, at: ten)
        try desk.take("a")
        let lease = try lease(&desk, 5)
        #expect((lease.first, lease.count) == (2, 5))
        #expect(try desk.take("a") == "A7")
        desk.now += 600
        try desk.order(report(1, [2, 3], at: ten + 60))
        #expect(desk.day.waiting.map(\.label) == ["A1", "A7", "A2", "A3"])
        #expect(desk.day.leases[0].used == 2)
        // Who took a ticket at the kiosk before goes before.
        try desk.take("also-a")
        try desk.order(report(1, [4], at: ten + 540, "also-a"))
        #expect(desk.day.waiting.map(\.label) == ["A1", "A7", "A2", "A3", "A4", "A8"])
    }

    @Test func whatAKioskReportsIsItsLeaseInOrderAndNotOfTheFuture() throws {
        var desk = Desk(plan, at: ten)
        _ = try lease(&desk, 3)
        desk.now += 100
        let rows: [(DayCommand, QueueRefusal)] = [
            (report(2, []), .unknownLease(2)),
            (report(0, []), .unknownLease(0)),
            (report(1, [2]), .notInLease(2)),
            (report(1, [1, 3]), .notInLease(3)),
            (report(1, [1, 2, 3, 4]), .notInLease(4)),
            (report(1, [1], "x"), .unknownService("x", known: ["a", "also-a", "b"])),
            (report(1, [1], "b"), .otherSeries("b", UInt8(ascii: "A"))),
            (report(1, [1], at: ten - 1), .impossibleTime(ten - 1)),
            (report(1, [1], at: ten + 101), .impossibleTime(ten + 101)),
        ]
        for (command, refusal) in rows { #expect(desk.refusal(command) == refusal) }
        try desk.order(report(1, [1], at: ten + 50))
        #expect(desk.refusal(report(1, [1], at: ten + 50)) == .notInLease(1))
        #expect(desk.refusal(report(1, [2], at: ten + 49)) == .impossibleTime(ten + 49))
        try desk.order(report(1, [2], at: ten + 50, ends: true))
        #expect(desk.refusal(report(1, [3])) == .unknownLease(1))
    }

    @Test func unusedNumbersAtTheEndAreGivenOutAndOthersAreVoid() throws {
        var desk = Desk(plan, at: ten)
        _ = try lease(&desk, 4)
        _ = try lease(&desk, 4)
        // 3 and 4 are void: the second lease has the numbers after them.
        try desk.order(report(1, [1, 2], ends: true))
        // 6 to 8 are the last, so they go back.
        try desk.order(report(2, [5], ends: true))
        #expect(try desk.take("a") == "A6")
        #expect(desk.day.ticketIndex("A3") == nil)
        #expect(desk.refusal(.recall("A3")) == .unknownTicket("A3"))
        #expect(try lease(&desk, 2).first == 7)
        try desk.order(report(3, [], ends: true))
        #expect(try desk.take("a") == "A7")
    }

    @Test func aSeriesEndsWithItsLastNumber() throws {
        var desk = Desk(plan, at: ten)
        for _ in 0..<49 { _ = try lease(&desk, 200) }
        _ = try lease(&desk, 198)
        #expect(try desk.take("a") == "A9999")
        #expect(desk.refusal(.takeTicket(service: "also-a")) == .numbersExhausted(65))
        #expect(
            desk.refusal(.leaseNumbers(service: "a", count: 1, kiosk: "")) == .numbersExhausted(65))
        #expect(try desk.take("b") == "B1")
    }
}
