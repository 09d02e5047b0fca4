// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Who reads somebody's name or address is recorded, and no answer waits for it.
@Suite(.waits) struct PersonReadTests {
    private static let date = CivilDate("2026-03-19")!

    private static let access = AccessGuard(
        AccessList(entries: [
            TestArea.entry(.operator, id: "op"), TestArea.entry(.contactCentre, id: "centre"),
            TestArea.entry(.dispatcher, id: "disp"),
        ]))

    private static func client(_ id: String, _ queue: QueueServer) -> Client {
        var settings = ClientSettings.patient(queue.server.endpoint)
        settings.token = "kezek_" + id
        return Client(settings)
    }

    /// Each record in the store as `caller kind visit minute`, minutes from the hour on.
    private static func records(_ store: MemoryStore) throws -> [String] {
        try store.entries(of: .reads(date), after: 0).flatMap { entry in
            try ReadsRecordCodec.decode(entry.body, Arena(limit: 1 << 20)).map {
                "\(entry.caller?.name ?? "") \($0.kind) \($0.visit) \($0.minute % 60)"
            }
        }
    }

    @Test func eachCallerPersonAndMinuteLeavesOneRecord() async throws {
        let store = MemoryStore(commitsByItself: false)
        let disk = Disk(of: store)
        let queue = try await QueueServer.start(on: store, access: Self.access)
        let (op, centre, disp) = (
            Self.client("op", queue), Self.client("centre", queue), Self.client("disp", queue)
        )
        _ = try await op.send(.describe(TestArea.description), in: .en)
        for who in ["a", "b"] { _ = try await centre.send(TestArea.offer(who), in: .en) }
        let one = Question.visit(HomeVisitID(area: TestArea.id, number: 1)!)
        for _ in 0..<3 {
            _ = try await disp.ask(one, in: .en)
            _ = try await centre.ask(one, showing: .applicant(.reference("a")), in: .en)
        }
        // What has no name and no address in it leaves nothing.
        _ = try await disp.ask(.area(TestArea.id), in: .en)
        var expected = ["centre visit 1 0", "disp visit 1 0"]
        #expect(try await eventually { try Self.records(store).sorted() == expected })
        // The next minute, the plan of both, and a watch, which is one record whatever it tells.
        queue.clock.set("2026-03-19T04:01:30Z")
        _ = try await disp.ask(one, in: .en)
        _ = try await disp.ask(.plan(TestArea.id, from: nil, days: 7), in: .en)
        var plan = disp.watch(.watchVisitPlan(TestArea.id, since: 0)).makeAsyncIterator()
        #expect(try await plan.next()?.visits.count == 2)
        _ = try await centre.send(TestArea.offer("c"), in: .en)
        #expect(try await plan.next()?.visits.isEmpty == false)
        expected += ["disp plan 1 1", "disp plan 2 1", "disp visit 1 1", "disp watch 0 1"]
        #expect(try await eventually { try Self.records(store).sorted() == expected.sorted() })
        let entries = try store.entries(of: .reads(Self.date), after: 0)
        #expect(Set(entries.map { $0.caller?.name }) == ["disp", "centre"])
        for client in [op, centre, disp] { await client.close() }
        try await queue.stop()
        await disk.stop()
    }

    /// A full disk holds no answer up; the records wait, it is told, and they are written in the end.
    @Test func noAnswerWaitsForARecordAndAFullDiskIsTold() async throws {
        let store = MemoryStore(commitsByItself: false)
        let queue = try await QueueServer.start(
            on: store, access: Self.access,
            metrics: .patient(.tcp(host: "127.0.0.1", port: 0)))
        let disk = Disk(of: store)
        let (op, centre, disp) = (
            Self.client("op", queue), Self.client("centre", queue), Self.client("disp", queue)
        )
        _ = try await op.send(.describe(TestArea.description), in: .en)
        _ = try await centre.send(TestArea.offer("a"), in: .en)
        await disk.stop()
        store.commit()
        let one = Question.visit(HomeVisitID(area: TestArea.id, number: 1)!)
        let view = try await disp.ask(one, in: .en)
        #expect(view.words?.name == "Айгерим")
        #expect(try Self.records(store).isEmpty)
        #expect(try await eventually { store.queued > 0 })
        queue.clock.set("2026-03-19T04:01:01Z")
        func told(_ name: String) async throws -> Double? {
            try await queue.server.metricsPage().value(name)
        }
        // KezekReadsUnrecorded.
        #expect(try await told("kezek_person_reads_waiting_seconds") ?? 0 > 60)
        store.commit(failing: .unavailable("no room"))
        #expect(try await told("kezek_journal_writable") == 0)
        #expect(try await eventually { store.queued > 0 })
        store.commit()
        #expect(try Self.records(store) == ["disp visit 1 0"])
        #expect(try await told("kezek_person_reads_waiting_seconds") == 0)
        #expect(try await told("kezek_person_reads_lost_total") == 0)
        #expect(try await told("kezek_journal_writable") == 1)
        for client in [op, centre, disp] { await client.close() }
        try await queue.stop()
    }
}
