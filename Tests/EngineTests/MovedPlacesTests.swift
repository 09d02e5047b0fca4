// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekEngine
import Parties
import Queue
import TestKit
import Testing

private let today = "2026-11-25"
private let tomorrow = "2026-11-26"
private let friday = "2026-11-27"

/// Where bookings go that a change of their office leaves without a place.
@Suite struct MovedPlacesTests {
    // MARK: Who is here

    /// Windows 1 and 2 are there until the change, and window 3 at the hours given; nobody tomorrow.
    private func described(_ first: String?, _ third: [String]) -> QueueOffice {
        let hours = first.map { [$0] } ?? []
        var there: [Hall.There] = [(today, 1, hours), (today, 2, hours), (today, 3, third)]
        for window in 1...3 { there.append((tomorrow, window, [])) }
        return Hall.described(["a", "a", "a"], there, horizon: 1)
    }

    @Test func whoIsToComeHasTheLastPlaceBeforeWhoIsHere() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(described("09:00-09:20", ["10:00-10:20"]))
        let here = try hall.book("a", today, "09:00")
        let coming = try hall.book("a", today, "09:00")
        try hall.arrive(here)
        let told = try hall.put(described(nil, ["10:00-10:20"]), dryRun: true)
        let effects = try hall.put(described(nil, ["10:00-10:20"]))
        #expect(told.places == ["\(today) 10:00"] && effects.places == told.places)
        #expect(effects.displaced.map(\.booking.id) == [coming])
        #expect(try hall.free("a", today, "10:00") == 0)
        hall.audit()
    }

    @Test func noPlaceIsPromisedTwice() throws {
        // What is left for who is here, and whether somebody else may book it.
        let rows: [(third: [String], free: [String: Int])] = [
            (["09:40-10:00", "12:40-13:00"], ["12:40": 1]),
            (["12:40-13:00", "14:00-14:40"], ["12:40": 1, "14:00": 0, "14:20": 1]),
        ]
        for (third, free) in rows {
            var hall = try Hall(at: "2026-11-25T03:50Z")
            try hall.put(described("11:00-11:20", third))
            let here = try hall.book("a", today, "11:00")
            _ = try hall.book("a", today, "11:00")
            let label = try hall.arrive(here)
            hall.wait(until: "2026-11-25T05:05Z")
            let effects = try hall.put(described(nil, third))
            #expect(effects.places == ["\(today) 12:40"])
            let moved = try #require(effects.displaced.first?.replacement)
            _ = try hall.send(.booking(moved.id, .cancel(by: .office, reason: "")))
            for (start, count) in free {
                #expect(try hall.free("a", today, start) == count, "\(third) \(start)")
            }
            // Who is here gives the other place back by going.
            try hall.order(.finish(label, .left))
            for start in free.keys { #expect(try hall.free("a", today, start) == 1) }
            hall.audit()
        }
    }

    @Test func aDayThatIsReadAgainIsTheSame() throws {
        var hall = try Hall(at: "2026-11-25T03:50Z")
        try hall.put(described("11:00-11:20", ["12:40-13:00", "14:00-14:40"]))
        let here = try hall.book("a", today, "11:00")
        _ = try hall.book("a", today, "11:00")
        try hall.arrive(here)
        try hall.put(described(nil, ["12:40-13:00", "14:00-14:40"]))
        let (again, _) = try Desk.engines(hall.store, try Repository.library())
        try again.start(now: hall.now)
        #expect(again.daysInMemory(of: Hall.office) == hall.queue.daysInMemory(of: Hall.office))
    }

    // MARK: As many as possible

    @Test func earlierDaysAreSharedOutSoThatAsManyAsPossibleHaveAPlace() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(
            Hall.described(
                ["ab", "a"],
                [
                    (today, 1, ["10:00-10:20"]), (today, 2, ["11:00-11:20"]),
                    (tomorrow, 1, ["09:00-09:40"]), (tomorrow, 2, []),
                ], horizon: 1))
        _ = try hall.book("a", tomorrow, "09:00")
        _ = try hall.book("b", tomorrow, "09:20")
        #expect(try hall.close(tomorrow).places == ["\(today) 11:00", "\(today) 10:00"])
        hall.audit()
    }

    @Test func whoIsAskedToLeaveALaterPlaceMayGoToAnEarlierDay() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        let office = Hall.described(
            ["ab", "a"],
            [
                (today, 1, []), (today, 2, ["10:00-10:20"]), (tomorrow, 1, ["09:00-09:20"]),
                (tomorrow, 2, []), (friday, 1, ["09:00-09:20", "12:00-12:20"]), (friday, 2, []),
            ], horizon: 2)
        try hall.put(office)
        _ = try hall.book("a", tomorrow, "09:00")
        _ = try hall.book("b", friday, "09:00")
        let closed = office.with(closures: [
            Closure(date: date(tomorrow), hours: nil, reason: Hall.text),
            Closure(date: date(friday), hours: Hall.hours("09:00-09:20"), reason: Hall.text),
        ])
        #expect(try hall.put(closed).places == ["\(today) 10:00", "\(friday) 12:00"])
        hall.audit()
    }

    // MARK: The office's own rules

    @Test func aBookingBeyondTheHorizonKeepsItsDay() throws {
        for isEmptyBefore in [false, true] {
            var hall = try Hall(at: "2026-11-25T03:00Z")
            try hall.put(Hall.described())
            _ = try hall.book("a", "2026-12-07", "10:00")
            var there: [Hall.There] = []
            for day in [today, tomorrow, friday, "2026-11-28"] where isEmptyBefore {
                there.append((day, 1, []))
            }
            try hall.put(Hall.described(["a"], there, horizon: 3))
            #expect(try hall.close("2026-12-07", "10:00-10:20").places == ["2026-12-07 09:40"])
            // Nobody else may go there.
            #expect(throws: CommandFault.self) { try hall.book("a", "2026-12-07", "11:00") }
            hall.audit()
        }
    }

    @Test func leadTimeIsNoBarToTheOfficeButPutsSlotsBehindOthers() throws {
        var hall = try Hall(at: "2026-11-25T05:00Z")
        let office = Hall.described(lead: 86_400)
        try hall.put(office)
        _ = try hall.book("a", tomorrow, "11:00")
        hall.wait(until: "2026-11-26T05:00Z")
        #expect(try hall.close(tomorrow, "11:00-11:20").places == ["\(tomorrow) 10:40"])
        // Of slots in half an hour and in an hour it is the second, unless it is the only one.
        for (windows, start) in [(["10:00-12:00"], "11:20"), (["10:00-11:20"], "10:40")] {
            var hall = try Hall(at: "2026-11-25T05:20Z")
            let office = Hall.described(["a"], [(today, 1, windows)], lead: 2_000)
            try hall.put(office)
            _ = try hall.book("a", today, "11:00")
            #expect(try hall.close(today, "11:00-11:20").places == ["\(today) \(start)"])
            hall.audit()
        }
    }

    // MARK: Another zone

    @Test func anotherZoneStrandsNobodyWhoIsHereOrStillToCome() throws {
        let acts: [(isRefused: Bool, act: (inout Hall) throws -> Void)] = [
            (true, { try $0.order(.openWindow(WindowID("1")!)) }),
            (true, { try $0.order(.takeTicket(service: ServiceID("a")!)) }),
            (
                true,
                { try $0.order(.leaseNumbers(service: ServiceID("a")!, count: 5, kiosk: "k")) }
            ),
            (true, { _ = try $0.book("a", today, "19:40") }),
            (false, { _ = try $0.book("a", friday, "10:00") }),
        ]
        for (place, (isRefused, act)) in acts.enumerated() {
            // In Almaty it is a quarter past midnight.
            var hall = try Hall(at: "2026-11-25T19:10Z")
            try hall.put(Hall.described(zone: "UTC"))
            try act(&hall)
            for dryRun in [true, false] {
                do {
                    _ = try hall.put(Hall.described(zone: "Asia/Almaty"), dryRun: dryRun)
                    #expect(!isRefused, "\(place)")
                } catch {
                    guard case .badOffice(let fault) = error else { throw error }
                    #expect(isRefused && fault.field == "put.zone", "\(place)")
                }
            }
            hall.audit()
        }
    }

    // MARK: What is told

    @Test func aDryRunUnderTheIdOfAChangeThatWasDoneIsAnotherCommand() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(Hall.described())
        #expect(try hall.close(tomorrow, dryRun: true, request: 7).isDone == false)
        #expect(try hall.close(tomorrow, request: 7).isDone)
        #expect(try hall.close(tomorrow, request: 7).isDone)
        #expect(throws: CommandFault.requestMismatch) {
            try hall.close(tomorrow, dryRun: true, request: 7)
        }
    }

    @Test func leasesAreNamedWhoseNumbersCouldComeToNothing() throws {
        var hall = try Hall(at: "2026-11-25T05:00Z")
        try hall.put(Hall.described())
        let lease = DayCommand.leaseNumbers(service: ServiceID("a")!, count: 1, kiosk: "k")
        let id = try #require(try hall.order(lease).lease?.id)
        func named(_ hours: String?) throws -> Int {
            try hall.close(today, hours, dryRun: true).leases.count
        }
        // A number that is given out when nobody is received is void.
        for (hours, count) in [
            (nil, 1), ("10:01-20:00", 1), ("12:00-13:00", 1), ("09:00-09:40", 0),
        ] as [(String?, Int)] {
            #expect(try named(hours) == count, "\(hours ?? "all day")")
        }
        let ticket = ReportedTicket(
            number: 1, service: ServiceID("a")!, takenAt: TimeOfDay("10:00")!.second)
        try hall.order(.reportTickets(lease: id, tickets: [ticket], ends: false))
        #expect(try named(nil) == 0)
    }

    // MARK: Shares

    @Test func aMovedBookingCountsInTheShareOfWhoMovesIt() throws {
        var hall = try Hall(at: "2026-11-25T05:00Z")
        try hall.put(Hall.described(["a", "a"], portal: 50))
        let office = try hall.book("a", tomorrow, "10:00")
        let portal = Standing(
            actsByNumber: true, proof: nil, holdPercent: nil, channels: [.portal])
        _ = try hall.hold("a", date(tomorrow), TimeOfDay("11:00")!, .portal, as: portal)
        let eleven = QueueCommand.reschedule(
            office, to: date(tomorrow), start: TimeOfDay("11:00")!)
        do {
            _ = try hall.send(eleven, as: portal)
            Issue.record("the share is passed")
        } catch {
            guard case .refused(.slotTaken, _, let alternatives) = error else { throw error }
            #expect(!alternatives.contains(moment("\(tomorrow)T11:00")))
        }
        let noon = QueueCommand.reschedule(
            office, to: date(tomorrow), start: TimeOfDay("12:00")!)
        let moved = try hall.send(noon, as: portal).booking
        #expect(moved?.channel == .portal)
        #expect(try hall.free("a", date(tomorrow), .portal)[TimeOfDay("12:00")!] == 0)
        // The office takes what is left, and keeps the channel.
        let again = QueueCommand.reschedule(
            try #require(moved).id, to: date(tomorrow), start: TimeOfDay("13:00")!)
        #expect(try hall.send(again).booking?.channel == .portal)
        hall.audit()
    }
}
