// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekSQLite
import Parties
import Queue
import TestKit
import Testing

/// A journal of version 2, from before entries named their callers, answers as it did.
@Suite(.waits) struct EarlierJournalTests {
    private static let now = Timestamp("2026-03-19T05:05:00Z")!
    private static let office = OfficeID("astana-1")!
    private static let folder = Repository.root
        .appendingPathComponent("Tests/Fixtures/journals/version-2")

    private static func keys() throws -> ApplicantKeys {
        let line = try String(
            contentsOf: folder.appendingPathComponent("kezek.sqlite.key"), encoding: .utf8)
        let digits = Array(line.split(separator: " ")[1].filter { !$0.isWhitespace })
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return try #require(ApplicantKeys(bytes))
    }

    @Test func itAnswersAsItDid() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appendingPathComponent("kezek.sqlite").path
        try FileManager.default.copyItem(
            atPath: Self.folder.appendingPathComponent("kezek.sqlite").path, toPath: path)
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        let engine = QueueEngine(
            store: store, library: try Repository.library(), keys: try Self.keys(),
            background: { work in DispatchQueue.global().async(execute: work) })
        try engine.start(now: Self.now)
        let date = CivilDate("2026-03-20")!
        func state(_ number: UInt32) throws -> Booking.State? {
            let id = BookingID(office: Self.office, date: date, number: number)
            guard case .booking(let view) = try engine.answer(.booking(id), now: Self.now) else {
                return nil
            }
            return view.state
        }
        #expect(try state(1) == .held)
        #expect(try state(2) == .cancelled)
        #expect(try state(3) == .confirmed)
        // A request of then is told the same, whoever repeats it, and adds nothing.
        let hold = QueueCommand.hold(
            HoldCommand(
                office: Self.office, service: ServiceID("acceptance")!, date: date,
                start: TimeOfDay("10:00")!, channel: .office, applicant: .reference("old-1")))
        func send(_ low: UInt64, by caller: CallerID) async -> Result<Receipt, CommandFault> {
            await withCheckedContinuation { continuation in
                engine.submit(
                    hold, request: RequestID(high: 0, low: low), by: caller, now: Self.now
                ) { continuation.resume(returning: $0) }
            }
        }
        let again = try await send(1, by: CallerID("new")!).get()
        #expect(again.booking?.id.number == 1)
        #expect(try store.lastPosition() == 12)
        // And whoever has a booking is still known.
        let twice = await send(99, by: CallerID("new")!)
        guard case .failure(.bookedAlready(let first, _, _)) = twice, first.number == 1 else {
            Issue.record("booked twice: \(twice)")
            return
        }
    }
}
