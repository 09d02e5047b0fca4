// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekSQLite
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

@Suite struct DecreeRaceTests {
    /// Bookings, papers and decrees from many threads at once, over a real file: whatever comes
    /// between, the journal is whole and every entry follows from the one before it.
    @Test func decreesAmongOtherCommandsLeaveAWholeJournal() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-decrees-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("kezek.sqlite").path
        let texts = [try Decrees.resting(), try Repository.text("Calendars/kz.yaml")]
        try await offThePool { try Self.race(path, texts: texts) }
    }

    private static func race(_ path: String, texts: [String]) throws {
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        let (queue, engine) = try Desk.engines(store, try Repository.library())
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        let done = DispatchSemaphore(value: 0)
        queue.submit(
            .changeOffice(
                .init(
                    change: .put(Desk.described(Desk.office, "corporation", windows: 20)),
                    dryRun: false)),
            request: Desk.id(1), now: Desk.morning
        ) { _ in done.signal() }
        let end = DispatchTime.now() + .seconds(Patience.seconds)
        try #require(done.wait(timeout: end) == .success)
        let failures = Mutex<[String]>([])
        let box = Desk.Box(failures)
        let waiting = DispatchGroup()
        let handIn = try Desk.handIn("x")
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<150 as Range<UInt64> {
                let id = UInt64(thread) * 1_000 + 10 + number
                let who = "person-\(id)"
                waiting.enter()
                if thread == 0, number % 5 == 0 {
                    engine.submit(
                        DecreeCommand(calendar: texts[Int(number / 5) % 2], dryRun: false),
                        request: Desk.id(id), now: Desk.morning, in: .en
                    ) { result in
                        // Two at once are too many, and where one was, the next is in force already; any
                        // other failure is one.
                        switch result {
                        case .success, .failure(.command(.overloaded)),
                            .failure(.inForceAlready):
                            break
                        case .failure(let fault): box.value.withLock { $0.append("\(fault)") }
                        }
                        waiting.leave()
                    }
                } else if thread < 2 {
                    let papers = HandIn(
                        office: Desk.office, channel: "corporation", applicant: .reference(who),
                        profile: handIn.profile, documents: handIn.documents, consent: .given)
                    engine.submit(
                        .accept(papers), request: Desk.id(id), now: Desk.morning, in: .en
                    ) { result in
                        if case .failure(let fault) = result {
                            box.value.withLock { $0.append("\(fault)") }
                        }
                        waiting.leave()
                    }
                } else {
                    let day = date("2026-03-19").adding(days: Int(number % 2))!
                    queue.submit(
                        .hold(
                            HoldCommand(
                                office: Desk.office, service: Desk.service, date: day,
                                start: TimeOfDay(second: 32_400 + Int32(number % 30) * 1_200)!,
                                channel: .office, applicant: .reference(who))),
                        request: Desk.id(id), now: Desk.morning
                    ) { result in
                        // A place may be gone, or the day; nothing may be lost.
                        if case .failure(.unavailable(let why)) = result {
                            box.value.withLock { $0.append(why) }
                        }
                        waiting.leave()
                    }
                }
            }
        }
        try #require(waiting.wait(timeout: end) == .success, "a command was never decided")
        #expect(box.value.withLock { $0 } == [])
        #expect(try JournalAudit(store).entries > 400)
    }
}
