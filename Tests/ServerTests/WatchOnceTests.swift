// SPDX-License-Identifier: Apache-2.0

import Applications
import CallLimits
import Enquiries
import HomeVisits
import KezekClient
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

/// What is asked to be watched and cannot be is answered once, as the same question is without a watch.
@Suite(.waits) struct WatchOnceTests {
    /// Each call that watches something of an office, and the question that it is without a watch.
    private static func calls(_ office: OfficeID) -> [(watch: Call, question: Call)] {
        let list = WorkingListQuestion(office: office)
        return [
            (.watchBoard(office, .nothing), .queue(.board(office, .nothing))),
            (.watchWorkingList(list), .applications(.workingList(list))),
            (.watchVisitPlan(office, since: 0), .visits(.plan(office, from: nil, days: 7))),
        ]
    }

    /// What a call is answered with, whatever a watch tells meanwhile.
    private func response(
        _ connection: RawConnection, _ call: Call, _ id: UInt64
    ) async throws -> WireResponse {
        connection.send(frame(call, id: id))
        while true {
            let response = try #require(await connection.response(), "\(call)")
            if response.id == id { return response }
        }
    }

    @Test func whatIsNotThereIsRefusedAlike() async throws {
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder)
            let client = queue.server.client
            try await TestOffice.register(client)
            // An office without an area of visits, too.
            for office in [OfficeID("nowhere")!, TestOffice.id] {
                let connection = try RawConnection(queue.server.endpoint)
                for (place, calls) in Self.calls(office).enumerated()
                where office != TestOffice.id || place == 2 {
                    let id = UInt64(place * 2 + 1)
                    let watch = try await response(connection, calls.watch, id)
                    let question = try await response(connection, calls.question, id + 1)
                    guard case .failure(let told) = watch.result,
                        case .failure(let expected) = question.result
                    else {
                        Issue.record("\(watch) \(question)")
                        continue
                    }
                    #expect(!watch.more && told.reason != .noQueue)
                    #expect(told.reason == expected.reason && told.field == expected.field)
                    #expect(told.message == expected.message)
                }
            }
            await client.close()
            try await queue.stop()
        }
    }

    @Test func beyondTheWatchesOfAConnectionItIsToldOnce() async throws {
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder)
            let client = queue.server.client
            try await TestOffice.register(client)
            _ = try await client.send(.describe(TestArea.description), in: .en)
            _ = try await client.send(TestArea.offer("a"), in: .en)
            let connection = try RawConnection(queue.server.endpoint)
            let calls = Self.calls(TestOffice.id)
            for number in 0..<CallLimit.watches {
                let watch = calls[number % calls.count].watch
                let first = try await response(connection, watch, UInt64(number + 1))
                #expect(first.more, "\(number)")
            }
            for (place, calls) in calls.enumerated() {
                let id = UInt64(100 + place * 2)
                let watch = try await response(connection, calls.watch, id)
                let question = try await response(connection, calls.question, id + 1)
                #expect(!watch.more && !question.more)
                #expect(try watch.result.get() == question.result.get(), "\(calls.question)")
            }
            await client.close()
            try await queue.stop()
        }
    }
}
