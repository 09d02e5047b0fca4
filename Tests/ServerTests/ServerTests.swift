// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import KezekClient
import KezekServer
import KezekWire
import TestKit
import Testing
import Texts

private let dueQuestion = Call.dueDate(
    DueDateQuestion(
        clock: ClockName(standard: "std-7", channel: "corporation-elsewhere"),
        start: moment("2026-03-19T16:05")))

@Suite(.waits) struct ServerTests {
    @Test func overTheNetworkEveryAnswerIsTheSameAsHere() async throws {
        let corporation = ClockName(standard: "std-7", channel: "corporation")
        let office = OfficeName(standard: "std-7", office: "provider")
        let calendar = CalendarName(calendar: "kz", week: "five", asKnownOn: nil)
        let questions: [Call] = [
            dueQuestion, .standards,
            .dueDates(
                DueDatesQuestion(
                    clock: corporation, outsideReception: .refuse, asKnownOn: nil,
                    startDays: Array(20_531...20_900), startSeconds: [])),
            .latestStart(
                LatestStartQuestion(
                    clock: corporation, dueBy: moment("2026-04-02T20:00"), asKnownOn: nil)),
            .timeLeft(
                TimeLeftQuestion(
                    due: DueDateQuestion(clock: corporation, start: moment("2026-11-20T10:00")),
                    at: nil)),
            .workingTime(
                WorkingTimeQuestion(
                    office: office, from: moment("2026-03-19T16:05"),
                    to: moment("2026-03-26T10:00"), asKnownOn: nil)),
            .officeHours(OfficeHoursQuestion(office: office, at: nil, asKnownOn: nil)),
            .addWorkingDays(
                AddWorkingDaysQuestion(calendar: calendar, date: date("2026-03-19"), count: -7)),
            .countWorkingDays(
                CountWorkingDaysQuestion(
                    calendar: calendar, from: date("2026-01-01"), to: date("2027-01-01"))),
            .calendarDays(
                CalendarDaysQuestion(
                    calendar: calendar, first: date("2026-01-01"), last: date("2026-12-31"))),
            .balance(BalanceQuestion(calendar: calendar, year: 2027)),
            .calendarChanges(
                CalendarChangesQuestion(
                    calendar: "kz", year: 2026, knownFrom: date("2025-12-31"),
                    knownTo: date("2026-11-22"))),
        ]
        try await withServer { server in
            let client = server.client
            for language in Language.allCases {
                for question in questions {
                    let there = try await client.reply(to: question, in: language)
                    let here = try Repository.library().reply(
                        to: question, in: language, now: LiveServer.now)
                    #expect(there == here)
                }
            }
            await client.close()
        }
    }

    @Test func aRefusalComesWithItsReasonFieldAndNextOpening() async throws {
        try await withServer { server in
            let client = server.client
            let question = DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "provider"),
                start: moment("2026-03-20T17:30"))
            do throws(ClientError) {
                _ = try await client.ask(.dueDate(question), in: .ru)
                Issue.record("answered")
            } catch {
                guard case .refused(let refusal) = error else { throw error }
                #expect(refusal.reason == .outsideReception)
                #expect(refusal.field == "start")
                #expect(refusal.nextOpening == moment("2026-03-26T09:00"))
                #expect(refusal.message.contains("вне часов приёма"))
            }
            await client.close()
        }
    }

    @Test func aThousandTasksShareOneConnection() async throws {
        try await withServer { server in
            let client = server.client
            let expected = try Repository.library().reply(
                to: dueQuestion, in: .kk, now: LiveServer.now)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<1000 {
                    group.addTask { try await client.reply(to: dueQuestion, in: .kk) == expected }
                }
                for try await same in group { #expect(same) }
            }
            let stats = try await client.ask(.stats, in: .en)
            #expect(stats.acceptedConnections == 1)
            let calls = stats.calls.first { $0.name == "due_date" }
            #expect(calls?.answered == 1000)
            #expect((calls?.p50 ?? 0) > 0 && (calls?.p50 ?? 0) <= (calls?.p99 ?? 0))
            await client.close()
        }
    }

    @Test func badInputGetsAStatusAndTheConnectionGoesOn() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            connection.send(framed([0x08, 0x05]))
            let unknown = await connection.response()
            #expect(unknown?.id == 5)
            #expect(unknown?.refusal?.reason == .unknownCall)
            // A standard's name that is no UTF-8.
            connection.send(framed([0x08, 0x06, 0x42, 0x04, 0x0A, 0x02, 0xC3, 0x28]))
            let notUTF8 = await connection.response()
            #expect(notUTF8?.id == 6)
            #expect(notUTF8?.refusal?.reason == .textNotUTF8)
            connection.send(frame(dueQuestion, id: 9))
            let good = await connection.response()
            #expect(good?.id == 9)
            #expect(good?.refusal == nil)
        }
    }

    @Test func aFrameBeyondTheLimitIsToldAndClosed() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            connection.send(frame(dueQuestion, id: 3))
            connection.send([0xFF, 0xFF, 0xFF, 0x7F])
            #expect(await connection.response()?.id == 3)
            #expect(await connection.response()?.refusal?.reason == .frameTooLarge)
            #expect(await connection.readToEnd().isEmpty)
            #expect(server.log.contains("a frame is longer than the limit"))
            // The server goes on.
            let client = server.client
            #expect(try await client.ask(.health, in: .en).isServing)
            #expect(try await client.ask(.stats, in: .en).closedForCause == 1)
            await client.close()
        }
    }

    @Test func aTruncatedFrameIsLogged() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            connection.send(Array(frame(dueQuestion).dropLast(3)))
            connection.closeInput()
            #expect(await connection.readToEnd().isEmpty)
            #expect(
                try await eventually {
                    server.log.contains("the peer closed in the middle of a frame")
                })
        }
    }

    @Test func whatWasAskedBeforeClosingTheInputIsAnswered() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            connection.send((1...50).flatMap { frame(dueQuestion, id: $0) })
            connection.closeInput()
            for id in 1...50 { #expect(await connection.response()?.id == UInt64(id)) }
            #expect(await connection.readToEnd().isEmpty)
        }
    }

    @Test func aRequestInSingleBytesIsUnderstood() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            for byte in frame(.standards, id: 4) {
                connection.send([byte])
                await pause(milliseconds: 1)
            }
            #expect(await connection.response()?.id == 4)
        }
    }

    @Test func aBegunFrameMustBeFinishedInTime() async throws {
        var limits = ServerLimits.patient
        limits.frameSeconds = 1
        try await withServer(limits: limits) { server in
            let connection = try RawConnection(server.endpoint)
            connection.send([0x20, 0x08])
            #expect(await connection.readToEnd().isEmpty)
            #expect(server.log.contains("a frame was begun and not finished in time"))
        }
    }

    @Test func aSilentConnectionIsClosed() async throws {
        var limits = ServerLimits.patient
        limits.idleSeconds = 1
        try await withServer(limits: limits) { server in
            let connection = try RawConnection(server.endpoint)
            #expect(await connection.readToEnd().isEmpty)
            #expect(server.log.contains("no request for too long"))
        }
    }

    @Test func aPeerThatDoesNotReadIsCutOffAndCostsLittle() async throws {
        var limits = ServerLimits.patient
        limits.writeStallSeconds = 1
        try await withServer(limits: limits) { server in
            let connection = try RawConnection(server.endpoint)
            let requests = (1...2_000).flatMap { _ in frame(dueQuestion) }
            // Send until the server takes no more, and read nothing.
            #expect(
                try await eventually {
                    _ = connection.sendNonBlocking(requests)
                    return server.log.contains("responses were left unread for too long")
                })
            let client = server.client
            #expect(try await client.ask(.health, in: .en).isServing)
            await client.close()
        }
    }

    @Test func oneConnectionTooManyIsToldSo() async throws {
        var limits = ServerLimits.patient
        limits.connections = 2
        try await withServer(limits: limits) { server in
            let (one, two) = (
                try RawConnection(server.endpoint), try RawConnection(server.endpoint)
            )
            for connection in [one, two] {
                connection.send(frame(.health(watch: false)))
                #expect(await connection.response()?.id == 1)
            }
            let three = try RawConnection(server.endpoint)
            #expect(await three.response()?.refusal?.reason == .tooManyConnections)
            #expect(await three.readToEnd().isEmpty)
            one.send(frame(.health(watch: false), id: 2))
            #expect(await one.response()?.id == 2)
        }
    }

    @Test func aCallReachedAfterItsDeadlineIsRefused() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            // Short requests that come in one piece and take longer than the last one's millisecond.
            let days = Call.calendarDays(
                CalendarDaysQuestion(
                    calendar: CalendarName(calendar: "kz", week: "five", asKnownOn: nil),
                    first: date("2016-01-01"), last: date("2025-12-31")))
            var bytes = (1...40).flatMap { frame(days, id: $0) }
            bytes += frame(.standards, id: 41, deadline: 1)
            connection.send(bytes)
            for id in 1...40 { #expect(await connection.response()?.id == UInt64(id)) }
            let last = await connection.response()
            #expect(last?.id == 41)
            #expect(last?.refusal?.reason == .deadlinePassed)
        }
    }

    @Test func stoppingAnswersWhatWasSentTellsAndCloses() async throws {
        var rest: [WireResponse] = []
        // On a busy machine the server may have closed before the peer came to send anything.
        _ = try await eventually {
            rest = try await Self.sentWhileStopping()
            return rest.count == 3
        }
        let watched = try #require(rest.first { $0.id == 1 })
        #expect(!watched.more)
        #expect(watched.health?.isServing == false)
        #expect(rest.first { $0.id == 0 }?.refusal?.reason == .goingAway)
        #expect(rest.contains { $0.id == 2 && $0.refusal == nil })
    }

    /// What a peer is told, that watches and asks once more when the server stops.
    private static func sentWhileStopping() async throws -> [WireResponse] {
        let server = try await LiveServer.start()
        let connection = try RawConnection(server.endpoint)
        connection.send(frame(.health(watch: true), id: 1))
        let first = await connection.response()
        #expect(first?.more == true)
        #expect(first?.health?.isServing == true)
        await server.beginStopping()
        // What the peer sends before it reads the notice is still answered.
        connection.send(frame(dueQuestion, id: 2))
        // Which comes first depends on when the server read what was sent.
        var rest: [WireResponse] = []
        while let response = await connection.response() { rest.append(response) }
        #expect(await connection.readToEnd().isEmpty)
        try await server.stop()
        #expect(server.log.contains("stopped"))
        #expect(throws: (any Error).self) { try RawConnection(server.endpoint) }
        return rest
    }

    @Test func whatAPeerThatClosedItsSideHadAskedIsAnsweredHoweverMuchItIs() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            let days = Call.calendarDays(
                CalendarDaysQuestion(
                    calendar: CalendarName(calendar: "kz", week: "five", asKnownOn: nil),
                    first: date("2016-01-01"), last: date("2025-12-31")))
            connection.send((1...600).flatMap { frame(days, id: $0) })
            connection.closeInput()
            // Until the server answers no more, as the answers are left unread.
            let client = server.client
            var answered: UInt64 = 0
            _ = try await eventually {
                let calls = try await client.ask(.stats, in: .en).calls
                let now = calls.first { $0.name == "calendar_days" }?.answered ?? 0
                defer { answered = now }
                return now > 0 && now == answered
            }
            await client.close()
            for id in 1...600 { #expect(await connection.response()?.id == UInt64(id)) }
            #expect(await connection.readToEnd().isEmpty)
        }
    }

    @Test func aCallsTimeRunsFromItsLastByte() async throws {
        try await withServer { server in
            let connection = try RawConnection(server.endpoint)
            // Each piece ends in the middle of a frame, and all are under way for longer than the
            // deadline; on a busy machine, where one alone may be, they are sent again.
            let one = frame(.standards, id: 1, deadline: 300)
            connection.send(Array(one.prefix(1)))
            let areInTime = try await eventually {
                var refusals: [Refusal] = []
                for _ in 0..<8 {
                    await pause(milliseconds: 100)
                    connection.send(Array(one.dropFirst()) + Array(one.prefix(1)))
                    let response = try #require(await connection.response())
                    #expect(response.id == 1)
                    if let refusal = response.refusal { refusals.append(refusal) }
                }
                #expect(refusals.allSatisfy { $0.reason == .deadlinePassed })
                return refusals.isEmpty
            }
            #expect(areInTime)
        }
    }
}

extension WireResponse {
    var refusal: Refusal? {
        if case .failure(let refusal) = result { return refusal }
        return nil
    }

    fileprivate var health: Health? {
        if case .success(.health(let health)) = result { return health }
        return nil
    }
}
