// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekClient
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Watches of boards on a connection that goes on: how they end, and that nothing is told where
/// nothing happens.
@Suite(.waits) struct BoardWatchTests {
    private func take(_ client: Client, in office: OfficeID = TestOffice.id) async throws {
        _ = try await client.send(
            .today(office, .takeTicket(service: TestOffice.acceptance)), in: .en)
    }

    private func board(_ response: WireResponse?) throws -> Board {
        guard case .success(.queue(.board(let board))) = try #require(response).result else {
            throw CancellationError()
        }
        return board
    }

    private func hasEnded(_ connection: RawConnection, _ watch: UInt64, id: UInt64) async throws
        -> Bool
    {
        connection.send(frame(.endWatch(request: watch), id: id))
        let response = try #require(await connection.response())
        #expect(response.id == id)
        #expect(!response.more)
        guard case .success(.watchEnded(let hasEnded)) = response.result else {
            throw CancellationError()
        }
        return hasEnded
    }

    @Test func aWatchIsEndedAndItsConnectionGoesOn() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let connection = try RawConnection(server.server.endpoint)
            connection.send(frame(.watchBoard(TestOffice.id, .nothing), id: 7))
            let first = await connection.response()
            #expect(first?.id == 7 && first?.more == true)
            #expect(try board(first).isWhole)
            try await take(client)
            let second = await connection.response()
            #expect(second?.id == 7 && second?.more == true)
            #expect(try board(second).tickets.count == 1)

            #expect(try await hasEnded(connection, 7, id: 8))
            // There is none any more, and there never was one of these.
            #expect(try await !hasEnded(connection, 7, id: 9))
            #expect(try await !hasEnded(connection, 8, id: 10))

            // Another watch of the same board hears of what comes; the one that was ended does not.
            connection.send(frame(.watchBoard(TestOffice.id, .nothing), id: 11))
            #expect(try board(await connection.response()).tickets.count == 1)
            try await take(client)
            let third = await connection.response()
            #expect(third?.id == 11)
            #expect(try board(third).tickets.count == 1)
            // Its request's id may begin another.
            connection.send(frame(.watchBoard(TestOffice.id, .nothing), id: 7))
            let again = await connection.response()
            #expect(again?.id == 7)
            #expect(try board(again).isWhole)
            #expect(try await hasEnded(connection, 11, id: 12))
            #expect(try await hasEnded(connection, 7, id: 13))
            connection.send(frame(.health(watch: true), id: 14))
            #expect(await connection.response()?.more == true)
            #expect(try await hasEnded(connection, 14, id: 15))
        }
    }

    /// A watch that is ended in the same breath as it is begun, and two of one connection.
    @Test func aWatchIsEndedAtOnceAndAnotherStays() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let connection = try RawConnection(server.server.endpoint)
            connection.send(
                frame(.watchBoard(TestOffice.id, .nothing), id: 1)
                    + frame(.watchBoard(TestOffice.id, .nothing), id: 2)
                    + frame(.endWatch(request: 1), id: 3))
            var answers: [UInt64] = []
            for _ in 0..<3 { answers.append(try #require(await connection.response()).id) }
            #expect(answers == [1, 2, 3])
            try await take(client)
            #expect(await connection.response()?.id == 2)
        }
    }

    /// What happens on other days and in other offices is nothing to a board of today.
    @Test func anIdleWatchIsToldNothing() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let other = OfficeID("astana-2")!
            let described = TestOffice.described(windows: 2)
            _ = try await client.send(
                .changeOffice(
                    .init(
                        change: .put(
                            QueueOffice(
                                id: other, title: described.title, address: described.address,
                                standard: described.standard, kind: described.kind, zone: "",
                                services: described.services, windows: described.windows,
                                exceptions: [], closures: [], rules: described.rules)),
                        dryRun: false)), in: .en)
            let connection = try RawConnection(server.server.endpoint)
            connection.send(frame(.watchBoard(TestOffice.id, .nothing), id: 7))
            #expect(try board(await connection.response()).isWhole)
            for number in 0..<10 {
                _ = try await client.send(
                    TestOffice.hold("person-\(number)", at: "1\(number / 2):\(number % 2 * 2)0"),
                    in: .en)
                try await take(client, in: other)
            }
            try await take(client)
            // The first that comes is what has happened here.
            let told = try board(await connection.response())
            #expect(told.tickets.map(\.label) == [TicketLabel("A-001")!])
        }
    }
}
