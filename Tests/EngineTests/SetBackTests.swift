// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekEngine
import Parties
import Queue
import TestKit
import Testing

/// A clock that was ahead and is set right: what becomes of the days on which it was believed.
@Suite struct SetBackTests {
    private let service = ServiceID("a")!
    private let window = WindowID("1")!

    /// Tuesday 1 December 2026, ten o'clock in Almaty: a window is open, two wait, one has booked, one holds a
    /// place two days later.
    private func opened() throws -> (hall: Hall, booked: BookingID) {
        var hall = try Hall(at: "2026-12-01T05:00Z")
        try hall.put(Hall.described(["a"]))
        try hall.order(.openWindow(window))
        for _ in 0..<2 { try hall.order(.takeTicket(service: service)) }
        let booked = try hall.book("a", "2026-12-01", "15:00")
        _ = try hall.hold("a", date("2026-12-03"), TimeOfDay("10:00")!)
        return (hall, booked)
    }

    /// Each slot that is told free can be had.
    private func holdAll(_ hall: inout Hall, _ day: String) throws -> Int {
        let free = try hall.free("a", date(day)).filter { $0.value > 0 }.keys.sorted()
        for start in free { _ = try hall.hold("a", date(day), start) }
        return free.count
    }

    /// The clock was ahead for one day and for three: midnight came, everything ended, and the day goes on when
    /// it is the present day after all.
    @Test(arguments: ["2026-12-02T05:00Z", "2026-12-04T05:00Z", "2026-12-30T05:00Z"])
    func aDayThatWasOverGoesOn(ahead: String) throws {
        var (hall, booked) = try opened()
        hall.wait(until: ahead)
        #expect(try hall.view(booked).state == .noShow)
        hall.setBack(to: "2026-12-01T05:10Z")
        let taken = try hall.order(.takeTicket(service: service))
        let ticket = try #require(taken.ticket)
        #expect(ticket.label.number == 3 && ticket.takenAt == TimeOfDay("10:10")!.second)
        try hall.order(.openWindow(window))
        let called = try hall.order(.callNext(window)).ticket
        #expect(called?.label == ticket.label && called?.calledAt == TimeOfDay("10:10")!.second)
        // The day is under way, and does not go back any more.
        hall.wait(until: "2026-12-01T05:30Z")
        try hall.order(.serve(ticket.label))
        try hall.order(.finish(ticket.label, .served))
        for day in ["2026-12-01", "2026-12-03"] {
            let held = try holdAll(&hall, day)
            #expect(held > 10, "\(day)")
        }
        // Its own midnight ends it again.
        try hall.order(.takeTicket(service: service))
        hall.wait(until: "2026-12-01T19:00Z")
        hall.wait(until: "2026-12-02T05:00Z")
        guard
            case .day(let record) = try hall.queue.answer(
                .day(Hall.office, date("2026-12-01")), now: hall.now)
        else { throw CancellationError() }
        #expect(record.tickets.count == 4)
        #expect(record.tickets.allSatisfy { $0.state == .finished })
        hall.audit()
    }

    /// While somebody waits or a window is open the day stands at its last time, and tells no slot that it does
    /// not give; once nothing is under way it goes by the clock.
    @Test func aDayThatIsUnderWayStandsUntilNothingIs() throws {
        var (hall, _) = try opened()
        hall.wait(until: "2026-12-01T16:00Z")
        try hall.order(.callNext(window))
        hall.setBack(to: "2026-12-01T05:10Z")
        func takes(_ hall: inout Hall) -> Bool {
            (try? hall.order(.takeTicket(service: service))) != nil
        }
        for number in 1...2 {
            let (held, isTaken) = (try holdAll(&hall, "2026-12-01"), takes(&hall))
            #expect(held == 0 && !isTaken)
            let label = try #require(TicketLabel(letter: UInt8(ascii: "A"), number: number))
            if number > 1 { try hall.order(.callNext(window)) }
            try hall.order(.serve(label))
            try hall.order(.finish(label, .served))
        }
        let isTakenYet = takes(&hall)
        #expect(!isTakenYet)
        try hall.order(.closeWindow(window))
        let (held, isTaken) = (try holdAll(&hall, "2026-12-01"), takes(&hall))
        #expect(held > 10 && isTaken)
        hall.audit()
    }
}
