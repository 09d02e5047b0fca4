// SPDX-License-Identifier: Apache-2.0

import Foundation
import Journal
import Testing

@testable import KezekSQLite

/// A journal that ends before what was confirmed is told from one whose log is torn at its end.
@Suite struct HeadFileTests {
    private let folder = TemporaryFolder()

    private func append(_ store: SQLiteStore, _ revisions: ClosedRange<UInt32>) async {
        for revision in revisions {
            #expect(await store.append(entry(day(1), revision)).failure == nil)
        }
    }

    private func copy(_ ends: [String], to path: String) throws {
        for end in ["", "-wal", "-shm", "-head"] {
            try? FileManager.default.removeItem(atPath: path + end)
        }
        for end in ends {
            try FileManager.default.copyItem(atPath: folder.journal + end, toPath: path + end)
        }
    }

    private func refusal(_ path: String, accepting: UInt64? = nil) -> String {
        do throws(StoreFailure) {
            try SQLiteStore(path: path, acceptingLossAt: accepting).close()
            return ""
        } catch { return error.description }
    }

    @Test func aRecordComesBackAndADamagedOneDoesNot() async throws {
        for position in [0, 1, 4_712, UInt64.max] {
            let record = HeadFile.Record(
                position: position, hash: (0..<32).map { UInt8($0) &* 37 &+ 11 })
            let bytes = HeadFile.encode(record)
            #expect(bytes.count == 103)
            let file = URL(fileURLWithPath: folder.journal + "-head")
            try Data(bytes).write(to: file)
            #expect(HeadFile.read(beside: folder.journal) == .record(record))
            for place in 0..<102 {
                var damaged = bytes
                damaged[place] ^= 1
                try Data(damaged).write(to: file)
                #expect(HeadFile.read(beside: folder.journal) == .damaged, "\(place)")
            }
            try Data(bytes.dropLast()).write(to: file)
            #expect(HeadFile.read(beside: folder.journal) == .damaged)
        }
        try Data().write(to: URL(fileURLWithPath: folder.journal + "-head"))
        #expect(HeadFile.read(beside: folder.journal) == .none)
    }

    /// After each commit it names the commit's last position and hash.
    @Test func itFollowsTheJournal() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        for revision in 1...3 as ClosedRange<UInt32> {
            await append(store, revision...revision)
            guard case .record(let record) = HeadFile.read(beside: folder.journal) else {
                Issue.record("no record")
                return
            }
            #expect(record.position == UInt64(revision))
            let hash = record.hash.map { String(format: "%02x", $0) }.joined()
            #expect(try reader.hash(at: UInt64(revision)) == hash)
        }
    }

    /// An earlier copy of the journal in its place: both positions are told, and it is gone on with by its own
    /// position alone.
    @Test func aJournalBehindItsHeadIsRefusedUntilTheLossIsAccepted() async throws {
        let earlier = folder.path + "/earlier.db"
        let first = try SQLiteStore(path: folder.journal)
        await append(first, 1...2)
        first.close()
        try copy([""], to: earlier)
        let second = try SQLiteStore(path: folder.journal)
        await append(second, 3...5)
        second.close()
        #expect(refusal(folder.journal) == "")
        try FileManager.default.removeItem(atPath: folder.journal)
        try FileManager.default.copyItem(atPath: earlier, toPath: folder.journal)
        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        }
        let before = try files()
        for wrong in [nil, 0, 1, 3, 5] as [UInt64?] {
            let told = refusal(folder.journal, accepting: wrong)
            // Whoever looks for the log finds what was there.
            #expect(try files() == before)
            #expect(told.contains("position 5 was confirmed"), "\(told)")
            #expect(told.contains("ends at 2") && told.contains("--accept-loss 2"), "\(told)")
        }
        // Nothing was done to it.
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: folder.journal))
                == Data(contentsOf: URL(fileURLWithPath: earlier)))
        let accepted = try SQLiteStore(path: folder.journal, acceptingLossAt: 2)
        #expect(accepted.takeFindings().contains { $0.contains("it was accepted") })
        await append(accepted, 3...3)
        accepted.close()
        #expect(refusal(folder.journal) == "")
        #expect(try SQLiteReader(path: folder.journal).verifyChain().fault == nil)
    }

    /// The journal's file alone, of which everything is still in the log that is gone: that there is no head file
    /// is told there too.
    @Test func aFileWithoutItsLogAndHeadFileIsTold() async throws {
        let store = try SQLiteStore(path: folder.journal)
        await append(store, 1...3)
        let alone = folder.path + "/alone.db"
        try copy([""], to: alone)
        store.close()
        for isAgain in [false, true] {
            let opened = try SQLiteStore(path: alone)
            #expect(try opened.lastPosition() == 0)
            let told = opened.takeFindings()
            opened.close()
            #expect(told.contains { $0.contains("is missing and is made anew") } == !isAgain)
        }
    }

    /// Another journal of the same length is not the one that was written here last.
    @Test func anotherJournalInItsPlaceIsRefused() async throws {
        let other = folder.path + "/other.db"
        let one = try SQLiteStore(path: folder.journal)
        await append(one, 1...3)
        one.close()
        let two = try SQLiteStore(path: other)
        _ = await two.append(entry(day(2), 1), entry(day(2), 2), entry(day(2), 3))
        two.close()
        try FileManager.default.removeItem(atPath: folder.journal)
        try FileManager.default.moveItem(atPath: other, toPath: folder.journal)
        let told = refusal(folder.journal)
        #expect(told.contains("with another hash") && told.contains("--accept-loss 3"), "\(told)")
    }

    /// Where the frames end that were written since the log began anew: they have the salts of its header.
    private static func end(of log: Data) -> Int {
        var end = 32
        while end + 24 + 4096 <= log.count, log[end + 8..<end + 16].elementsEqual(log[16..<24]) {
            end += 24 + 4096
        }
        return end
    }

    /// Six commits in the log of a server that was killed: what became of the log, how far the head file had
    /// come (nil: there is none), what it is called, and where the journal ends.
    @Test(
        arguments: [
            ("", 6, "", 6), ("", nil, "", 6), ("", 4, "", 6),
            ("torn", 5, "", 5), ("torn", nil, "", 5), ("torn", 6, "its log is torn at its end", 5),
            ("damaged", 6, "its log is damaged at frame", 2),
            ("damaged", nil, "its log is damaged at frame", 2),
            ("damaged", 2, "its log is damaged at frame", 2),
            ("cut", 6, "position 6 was confirmed, and the journal ends at", 3),
            ("removed", 6, "position 6 was confirmed, and the journal ends at 0", 0),
        ] as [(String, UInt32?, String, UInt64)])
    func aDamagedLogIsToldFromATornOne(
        harm: String, head: UInt32?, word: String, end: UInt64
    ) async throws {
        let path = folder.path + "/killed.db"
        let store = try SQLiteStore(path: folder.journal)
        var heads: [UInt32: Data] = [:]
        var lengths: [UInt32: Int] = [:]
        for revision in 1...6 as ClosedRange<UInt32> {
            await append(store, revision...revision)
            heads[revision] = try Data(
                contentsOf: URL(fileURLWithPath: folder.journal + "-head"))
            lengths[revision] = Self.end(
                of: try Data(contentsOf: URL(fileURLWithPath: folder.journal + "-wal")))
        }
        try copy(["", "-wal"], to: path)
        store.close()
        let log = URL(fileURLWithPath: path + "-wal")
        var bytes = try Data(contentsOf: log)
        switch harm {
        case "torn": bytes = bytes.prefix(try #require(lengths[6]) - 1_000)
        case "cut": bytes = bytes.prefix(try #require(lengths[3]))
        case "damaged": bytes[try #require(lengths[2]) + 24 + 100] ^= 4
        case "removed": bytes = Data()
        default: break
        }
        try bytes.write(to: log)
        if let head {
            try #require(heads[head]).write(to: URL(fileURLWithPath: path + "-head"))
        }
        let told = refusal(path)
        #expect(word.isEmpty ? told.isEmpty : told.contains(word), "\(told)")
        if !word.isEmpty { #expect(refusal(path, accepting: end) == "") }
        let reader = try SQLiteReader(path: path)
        defer { reader.close() }
        #expect(try reader.lastPosition() == end)
    }

    /// A head file that is damaged says nothing, and that is told.
    @Test func aDamagedHeadFileIsMadeAnew() async throws {
        let store = try SQLiteStore(path: folder.journal)
        await append(store, 1...2)
        store.close()
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: folder.journal + "-head"))
        let again = try SQLiteStore(path: folder.journal)
        #expect(again.takeFindings().contains { $0.contains("head file") })
        again.close()
        guard case .record(let record) = HeadFile.read(beside: folder.journal) else {
            Issue.record("no record")
            return
        }
        #expect(record.position == 2)
    }

    /// While the journal is open its head file is removed, exchanged or made longer: each is told, and it is
    /// made anew with where the journal ends.
    @Test func aHeadFileThatVanishesIsMadeAnew() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        await append(store, 1...2)
        #expect(store.look() == nil && store.takeFindings() == [])
        let file = URL(fileURLWithPath: folder.journal + "-head")
        let away = folder.path + "/away"
        let harms: [() throws -> Void] = [
            { try FileManager.default.removeItem(at: file) },
            { #expect(rename(file.path, away) == 0) },
            { #expect(rename(away, file.path) == 0) },
            {
                let handle = try FileHandle(forWritingTo: file)
                try handle.seekToEnd()
                try handle.write(contentsOf: Data("more".utf8))
                try handle.close()
            },
        ]
        var revision: UInt32 = 2
        for (number, harm) in harms.enumerated() {
            try harm()
            #expect(store.look() == nil)
            // What comes next in the writer's line is done after it.
            revision += 1
            await append(store, revision...revision)
            #expect(store.takeFindings().contains { $0.contains("was made anew") }, "\(number)")
            guard case .record(let record) = HeadFile.read(beside: folder.journal) else {
                Issue.record("no record after \(number)")
                continue
            }
            #expect(record.position == UInt64(revision))
            #expect(store.look() == nil)
            revision += 1
            await append(store, revision...revision)
            #expect(store.takeFindings() == [])
        }
    }

    /// Between two starts the head file is removed: the next one tells it once.
    @Test func aMissingHeadFileIsToldAtTheStart() async throws {
        let store = try SQLiteStore(path: folder.journal)
        #expect(store.takeFindings() == [])
        await append(store, 1...2)
        store.close()
        unlink(folder.journal + "-head")
        let again = try SQLiteStore(path: folder.journal)
        let told = again.takeFindings()
        #expect(told.count == 1 && told[0].contains("is missing and is made anew"), "\(told)")
        #expect(told.first?.contains("after position 2") == true)
        again.close()
        let last = try SQLiteStore(path: folder.journal)
        #expect(last.takeFindings() == [])
        last.close()
    }
}
