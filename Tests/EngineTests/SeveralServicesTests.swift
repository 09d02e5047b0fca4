// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import KezekSimulator
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Bookings for several services, from the command to the journal and back.
@Suite struct SeveralServicesTests {
    private static let day = date("2026-03-19")

    /// An office that takes up to four services in a booking.
    private func hall(_ windows: [String] = ["a", "b", "ab"]) throws -> Hall {
        var hall = try Hall(at: "2026-03-18T05:00:00Z")
        let plain = Hall.described(windows)
        var rules = plain.rules
        rules.furtherServices = 3
        try hall.put(
            QueueOffice(
                id: plain.id, title: plain.title, address: plain.address, standard: plain.standard,
                kind: plain.kind, zone: plain.zone, services: plain.services,
                windows: plain.windows, exceptions: [], closures: [], rules: rules))
        return hall
    }

    private func hold(
        _ services: [String], _ start: String, _ who: String, atOneWindow: Bool = false
    ) -> QueueCommand {
        .hold(
            HoldCommand(
                office: Hall.office, service: ServiceID(services[0])!, date: Self.day,
                start: TimeOfDay(start)!, channel: .office, applicant: .reference(who),
                further: services.count == 1
                    ? nil
                    : FurtherServices(
                        services: services.dropFirst().map { ServiceID($0)! },
                        isAtOneWindow: atOneWindow)))
    }

    private func fault(_ body: () throws -> Void) -> CommandFault? {
        do {
            try body()
            return nil
        } catch { return error as? CommandFault }
    }

    @Test func oneBookingForAllOfIt() throws {
        var hall = try hall()
        let held = try hall.send(hold(["a", "b", "b"], "10:00", "one")).booking!
        #expect(held.further?.services.map(\.description) == ["b", "b"])
        #expect(held.minutes == 60)
        #expect(try hall.send(.booking(held.id, .confirm)).booking?.state == .confirmed)
        // Of each service there is one live booking, whatever it is booked with.
        for service in ["a", "b"] {
            let found = try #require(
                fault { _ = try hall.send(hold([service], "15:00", "one")) })
            guard case .bookedAlready(let id, ServiceID(service)!, _) = found else {
                Issue.record("\(found)")
                continue
            }
            #expect(id == held.id)
        }
        // What could not be had of two services leaves no claim to the other.
        _ = try hall.send(hold(["b"], "12:00", "two"))
        #expect(fault { _ = try hall.send(hold(["a", "b"], "15:00", "two")) } != nil)
        #expect(throws: Never.self) { _ = try hall.send(hold(["a"], "15:00", "two")) }
        _ = try hall.send(.booking(held.id, .cancel(by: .applicant, reason: "")))
        for service in ["a", "b"] {
            #expect(throws: Never.self) { _ = try hall.send(hold([service], "16:00", "one")) }
        }
        hall.audit()
    }

    @Test func aRepeatGetsTheSameReceiptAndOtherServicesAreAnotherCommand() throws {
        var hall = try hall()
        let first = try hall.send(hold(["a", "b"], "10:00", "one"), request: 7)
        #expect(try hall.send(hold(["a", "b"], "10:00", "one"), request: 7) == first)
        for other in [
            hold(["a"], "10:00", "one"), hold(["a", "a"], "10:00", "one"),
            hold(["a", "b"], "10:00", "one", atOneWindow: true),
        ] {
            #expect(
                fault { _ = try hall.send(other, request: 7) } == .requestMismatch)
        }
    }

    @Test(arguments: Language.allCases)
    func theRefusalsSayWhatToDo(language: Language) throws {
        var hall = try hall(["a", "b"])
        let tooMany = try #require(
            fault { _ = try hall.send(hold(["a", "b", "a", "b", "a"], "10:00", "one")) }
        ).refusal(in: language)
        #expect(tooMany.reason == .tooManyServices && tooMany.field == "further")
        #expect(tooMany.message.contains("4"), "\(tooMany.message)")
        let noWindow = try #require(
            fault { _ = try hall.send(hold(["a", "b"], "10:00", "one", atOneWindow: true)) }
        ).refusal(in: language)
        #expect(noWindow.reason == .noSuchWindow && noWindow.field == "further")
        // The alternatives are starts at which all of it has places.
        _ = try hall.send(hold(["b"], "10:20", "two"))
        guard
            case .refused(.slotTaken, _, let free)? = fault({
                _ = try hall.send(hold(["a", "b"], "10:00", "one"))
            })
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(!free.isEmpty && !free.contains(moment("2026-03-19T10:00")))
        for start in free.prefix(1) {
            #expect(throws: Never.self) {
                _ = try hall.send(hold(["a", "b"], start.time.description, "one"))
            }
        }
    }

    @Test func aClosureMovesItAsAWhole() throws {
        var hall = try hall(["ab"])
        let held = try hall.send(hold(["a", "b"], "10:00", "one", atOneWindow: true)).booking!
        _ = try hall.send(.booking(held.id, .confirm))
        let turn = try hall.send(hold(["b", "a"], "11:00", "two")).booking!
        let effects = try hall.close("2026-03-19", "10:20-11:20")
        let moved = effects.displaced
        #expect(moved.map(\.booking.id) == [held.id, turn.id])
        #expect(moved.map { $0.replacement?.further } == [held.further, turn.further])
        #expect(moved.compactMap { $0.replacement?.start.description } == ["09:40", "11:20"])
        hall.audit()
    }

    @Test func moveAndRestart() throws {
        var hall = try hall()
        let held = try hall.send(hold(["a", "b"], "10:00", "one", atOneWindow: true)).booking!
        _ = try hall.send(.booking(held.id, .confirm))
        let moved = try hall.send(
            .reschedule(held.id, to: Self.day, start: TimeOfDay("12:00")!)
        ).booking!
        #expect(moved.further == held.further && moved.state == .confirmed)
        hall.audit()
        let (again, _) = try Desk.engines(hall.store, try Repository.library())
        try again.start(now: hall.now)
        #expect(again.heldClaims == hall.queue.heldClaims)
        // When something is due is known to each by a bound of its own.
        func settled(_ queue: QueueEngine) throws -> OfficeDay {
            var day = try #require(queue.daysInMemory(of: Hall.office)[Self.day])
            day.settleDue()
            return day
        }
        #expect(try settled(again) == settled(hall.queue))
    }

    @Test func fromArrivalToTheLastTurn() throws {
        var hall = try hall()
        let held = try hall.send(hold(["a", "b"], "10:00", "one")).booking!
        _ = try hall.send(.booking(held.id, .confirm))
        hall.wait(until: "2026-03-19T05:00:00Z")
        let label = try hall.arrive(held.id)
        for window in ["1", "2"] { try hall.order(.openWindow(WindowID(window)!)) }
        try hall.order(.callNext(WindowID("1")!))
        let on = try #require(try hall.order(.finish(label, .served)).ticket)
        #expect(on.state == .waiting && on.service.description == "b" && on.then.isEmpty)
        #expect(fault { _ = try hall.send(hold(["a"], "15:00", "one")) } != nil)
        try hall.order(.callNext(WindowID("2")!))
        let over = try #require(try hall.order(.finish(label, .served)).ticket)
        #expect(over.state == .finished && over.outcome == .served)
        #expect(try hall.view(held.id).state == .served)
        #expect(throws: Never.self) { _ = try hall.send(hold(["a"], "15:00", "one")) }
        hall.audit()
    }
}
