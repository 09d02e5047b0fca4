// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

@Suite(.waits) struct QueueServerTests {
    /// Capacity 5, 1,000 clients at once, each over a connection of its own.
    @Test func aStormHasAsManyWinnersAsPlaces() async throws {
        raiseFileLimit()
        try await withQueueServer { server, client in
            try await TestOffice.register(client, windows: 5)
            let endpoint = server.server.endpoint
            let outcomes = await withTaskGroup(of: [Outcome].self) { group in
                for number in 0..<1_000 {
                    group.addTask { await Self.tryThrice(endpoint, "person-\(number)") }
                }
                return await group.reduce(into: [[Outcome]]()) { $0.append($1) }
            }
            let winners = outcomes.filter { if case .held = $0[0] { true } else { false } }
            #expect(winners.count == 5)
            #expect(Set(winners.map { $0[0] }).count == 5)
            for outcome in outcomes where !winners.contains(outcome) {
                guard case .refused(.slotTaken, let alternatives) = outcome[0] else {
                    Issue.record("\(outcome[0])")
                    continue
                }
                #expect(alternatives.count == 5)
                #expect(!alternatives.contains(moment("2026-03-20T10:00")))
            }
            // Once the storm is over, a repeat is answered as the one before.
            #expect(outcomes.allSatisfy { $0[1] == $0[2] })
            #expect(winners.allSatisfy { $0[0] == $0[1] })
        }
    }

    private enum Outcome: Hashable {
        case held(BookingID)
        case refused(Refusal.Reason, [CivilDateTime])
        case failed(String)
    }

    private static func tryThrice(_ endpoint: Endpoint, _ who: String) async -> [Outcome] {
        let client = Client(.patient(endpoint))
        let id = RequestID.random()
        var outcomes: [Outcome] = []
        for _ in 0..<3 {
            do throws(ClientError) {
                let receipt = try await client.send(TestOffice.hold(who), request: id, in: .en)
                outcomes.append(receipt.booking.map { .held($0.id) } ?? .failed("no booking"))
            } catch {
                if case .refused(let refusal) = error {
                    outcomes.append(.refused(refusal.reason, refusal.alternatives))
                } else {
                    outcomes.append(.failed("\(error)"))
                }
            }
        }
        await client.close()
        return outcomes
    }

    private func raiseFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 8_192)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    @Test func aBookingGoesAllTheWay() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let held = try #require(
                try await client.send(TestOffice.hold("a"), in: .en).booking)
            #expect(held.state == .held)
            #expect(held.until == Timestamp("2026-03-19T04:10Z"))
            let confirmed = try await client.send(.booking(held.id, .confirm), in: .en)
            #expect(confirmed.booking?.state == .confirmed)
            server.clock.set("2026-03-20T04:50Z")
            let arrived = try await client.send(.booking(held.id, .arrive), in: .en)
            let label = try #require(arrived.ticket?.label)
            let window = WindowID("1")!
            for command in [
                DayCommand.openWindow(window), .callNext(window), .serve(label),
                .finish(label, .served),
            ] {
                _ = try await client.send(.today(TestOffice.id, command), in: .en)
            }
            let done = try await client.ask(.booking(held.id), in: .en)
            #expect(done.state == .served)
            #expect(done.ticket == label)
        }
    }

    @Test func twoClerksWhoCallAtOnceGetTwoPeople() async throws {
        try await withQueueServer { _, client in
            try await TestOffice.register(client, windows: 8)
            for number in 1...8 {
                _ = try await client.send(
                    .today(TestOffice.id, .openWindow(WindowID("\(number)")!)), in: .en)
                _ = try await client.send(
                    .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)), in: .en)
            }
            let labels = try await withThrowingTaskGroup(of: TicketLabel?.self) { group in
                for number in 1...8 {
                    group.addTask {
                        try await client.send(
                            .today(TestOffice.id, .callNext(WindowID("\(number)")!)), in: .en
                        ).ticket?.label
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(labels).count == 8)
        }
    }

    @Test func aProvidersOfficeRefusesEveryBookingByItsRule() async throws {
        try await withQueueServer { _, client in
            try await TestOffice.register(client, kind: "provider")
            do {
                _ = try await client.send(TestOffice.hold("a"), in: .ru)
                Issue.record("a provider took a booking")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .noBookings)
                #expect(refusal.message.contains("приложение 7, строка 7, R7.3"))
            }
        }
    }

    @Test func aRestartForgetsNothing() async throws {
        try await withFolder { folder in
            let id = RequestID.random()
            var server = try await QueueServer.start(folder)
            var client = server.server.client
            try await TestOffice.register(client)
            let before = try await client.send(TestOffice.hold("a"), request: id, in: .en)
            await client.close()
            try await server.stop()

            server = try await QueueServer.start(folder)
            client = server.server.client
            let after = try await client.send(TestOffice.hold("a"), request: id, in: .en)
            #expect(before == after)
            do {
                _ = try await client.send(TestOffice.hold("b"), request: id, in: .en)
                Issue.record("another command was taken under a used id")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .requestMismatch)
            }
            do {
                _ = try await client.send(TestOffice.hold("a", at: "11:00"), in: .en)
                Issue.record("an applicant got two live bookings")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .alreadyBooked)
            }
            await client.close()
            try await server.stop()
        }
    }

    @Test func aServerWithoutAStoreSaysSo() async throws {
        try await withServer { server in
            let client = server.client
            for call in 0..<2 {
                do {
                    if call == 0 {
                        _ = try await client.send(TestOffice.hold("a"), in: .en)
                    } else {
                        _ = try await client.ask(.offices, in: .en)
                    }
                    Issue.record("a queue was found")
                } catch let ClientError.refused(refusal) {
                    #expect(refusal.reason == .noQueue)
                }
            }
            await client.close()
        }
    }

    @Test func aClockThatWentBackIsRefused() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            #expect(
                try await client.ask(.health, in: .en).parts.first { $0.name == "clock" }?.isServing
                    == true)
            server.clock.set("2026-03-19T03:00Z")
            // Commands are refused for all, so it does not serve.
            #expect(try await !client.ask(.health, in: .en).isServing)
            var settings = ClientSettings.patient(server.server.endpoint)
            settings.attempts = 1
            let impatient = Client(settings)
            do {
                _ = try await impatient.send(TestOffice.hold("a"), in: .en)
                Issue.record("a booking was made in the past")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .clockBehind)
            }
            await impatient.close()
        }
    }

    /// A clock that was set a day ahead by mistake, and then right again.
    @Test func aClockThatJumpedAheadAndCameBackLosesNothing() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let first = try await client.send(TestOffice.hold("a"), in: .en)
            let id = try #require(first.booking?.id)
            _ = try await client.send(.booking(id, .confirm), in: .en)
            server.clock.set("2026-03-20T04:00Z")
            let ahead = try await client.send(
                .today(TestOffice.id, .openWindow(WindowID("1")!)), in: .en)
            #expect(ahead.window != nil)
            server.clock.set("2026-03-19T04:10Z")
            // What is asked is answered, and nothing is recorded before what is recorded already.
            let booking = try await client.ask(.booking(id), in: .en)
            #expect(booking.state == .confirmed)
            var settings = ClientSettings.patient(server.server.endpoint)
            settings.attempts = 1
            let impatient = Client(settings)
            let refusal = await #expect(throws: ClientError.self) {
                _ = try await impatient.send(TestOffice.hold("b", at: "15:00"), in: .en)
            }
            guard case .refused(let why) = refusal else { throw CancellationError() }
            #expect(why.reason == .clockBehind)
            await impatient.close()
            // Once the time is there again, it goes on.
            server.clock.set("2026-03-20T04:00:01Z")
            let later = try await client.send(TestOffice.hold("b", at: "15:00"), in: .en)
            #expect(later.booking?.state == .held)
        }
    }

    /// First the state, then each change; a later watch resumes where the first one left off.
    @Test func aBoardTellsEachChangeAndResumes() async throws {
        try await withQueueServer { _, client in
            try await TestOffice.register(client)
            let window = WindowID("1")!
            _ = try await client.send(.today(TestOffice.id, .openWindow(window)), in: .en)
            var boards = client.watch(.watchBoard(TestOffice.id, .nothing)).makeAsyncIterator()
            let first = try #require(try await boards.next())
            #expect(first.isWhole)
            #expect(first.windows.map(\.state) == [.open, .closed])
            _ = try await client.send(
                .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)), in: .en)
            let second = try #require(try await boards.next())
            #expect(!second.isWhole)
            #expect(second.tickets.map(\.state) == [.waiting])
            _ = try await client.send(.today(TestOffice.id, .callNext(window)), in: .en)
            let third = try #require(try await boards.next())
            #expect(third.tickets.map(\.state) == [.called])
            #expect(third.windows.map(\.ticket) == [third.tickets[0].label])

            var resumed = client.watch(
                .watchBoard(
                    TestOffice.id, BoardSeen(revision: first.revision, date: first.date))
            ).makeAsyncIterator()
            let news = try #require(try await resumed.next())
            #expect(!news.isWhole)
            #expect(news.revision == third.revision)
            #expect(news.tickets.map(\.state) == [.called])
            var ahead = client.watch(
                .watchBoard(TestOffice.id, BoardSeen(revision: 1_000_000))
            ).makeAsyncIterator()
            #expect(try #require(try await ahead.next()).isWhole)
        }
    }

    @Test func aClosureListsWhomItAffectsAndThenMovesThem() async throws {
        try await withQueueServer { _, client in
            try await TestOffice.register(client, windows: 1)
            for (number, time) in ["10:00", "10:20", "16:00"].enumerated() {
                let held = try await client.send(
                    TestOffice.hold("person-\(number)", at: time), in: .en)
                let booking = try #require(held.booking)
                _ = try await client.send(.booking(booking.id, .confirm), in: .en)
            }
            let closure = Closure(
                date: TestOffice.date,
                hours: DayInterval(start: TimeOfDay("09:00")!, end: TimeOfDay("14:00")!),
                reason: LocalizedText(kk: "Жөндеу", ru: "Ремонт", en: "Repairs"))
            func change(dryRun: Bool) -> QueueCommand {
                .changeOffice(
                    OfficeChangeCommand(change: .close(TestOffice.id, closure), dryRun: dryRun))
            }
            let plan = try #require(
                try await client.send(change(dryRun: true), in: .en).effects)
            #expect(!plan.isDone)
            #expect(plan.displaced.map(\.booking.start.description) == ["10:00", "10:20"])
            let replacements = plan.displaced.compactMap(\.replacement)
            #expect(replacements.map(\.start.description) == ["14:00", "14:20"])
            let id = RequestID.random()
            let done = try await client.send(change(dryRun: false), request: id, in: .en)
            #expect(done.effects?.isDone == true)
            #expect(done.effects?.displaced == plan.displaced)
            #expect(try await client.send(change(dryRun: false), request: id, in: .en) == done)
            for displaced in plan.displaced {
                let (old, new) = (displaced.booking.id, try #require(displaced.replacement).id)
                let before = try await client.ask(.booking(old), in: .en)
                let after = try await client.ask(.booking(new), in: .en)
                #expect(before.state == .moved)
                #expect(before.counterpart == new)
                #expect(after.state == .confirmed)
            }
        }
    }

    /// A day on which a command was refused and nothing has happened follows each change.
    @Test func aRefusedCommandDoesNotFixADaysPlan() async throws {
        try await withQueueServer { _, client in
            try await TestOffice.register(client)
            let nobody = BookingID(office: TestOffice.id, date: TestOffice.date, number: 1)
            await #expect(throws: ClientError.self) {
                _ = try await client.send(.booking(nobody, .confirm), in: .en)
            }
            let closure = Closure(
                date: TestOffice.date, hours: nil,
                reason: LocalizedText(kk: "Жөндеу", ru: "Ремонт", en: "Repairs"))
            _ = try await client.send(
                .changeOffice(
                    OfficeChangeCommand(change: .close(TestOffice.id, closure), dryRun: false)),
                in: .en)
            do {
                _ = try await client.send(TestOffice.hold("a"), in: .en)
                Issue.record("a closed day took a booking")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .officeClosed)
                #expect(!refusal.alternatives.isEmpty)
            }
        }
    }
}
