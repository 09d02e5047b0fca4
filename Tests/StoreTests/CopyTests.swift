// SPDX-License-Identifier: Apache-2.0

import Foundation
import Journal
import KezekEngine
import KezekSQLite
import Testing

/// A copy is the journal as it was at one moment, and nothing else.
@Suite struct CopyTests {
    private let folder = TemporaryFolder()
    private var copy: String { folder.path + "/copy.db" }

    /// Three commits over two streams; the last one begins a third.
    private static let commits: [[Entry]] = [
        [entry(day(1), 1, claims: [.taken(claim(1))]), entry(day(2), 1)],
        [entry(day(1), 2, claims: [.given(claim(1)), .taken(claim(2))])],
        [entry(day(2), 2, claims: [.given(claim(2))]), entry(day(3), 1), entry(day(3), 2)],
    ]

    private func write(_ store: some JournalStore, _ commits: [[Entry]]) async {
        for commit in commits {
            #expect(await store.append(all: commit).failure == nil)
        }
    }

    /// What a store tells of itself, by which two are compared.
    private func told(_ store: some JournalStore) throws -> [String] {
        var lines = ["\(try store.lastPosition())"]
        for (stream, revision) in try store.streams().sorted(by: {
            $0.stream.description < $1.stream.description
        }) where revision > 0 {
            let entries = try store.entries(of: stream, after: 0)
            lines.append("\(stream) \(revision) \(entries)")
        }
        lines.append("\(try store.heldClaims().map { "\($0.low)" }.sorted())")
        return lines
    }

    /// Every position of the journal, each time as a store would have been that had stopped there;
    /// with a checkpoint after each commit, as a stop of the server writes, and without any.
    @Test(arguments: [nil, 0, 1, 2, 3, 4, 5, 6, 7, UInt64.max], [false, true])
    func aCopyIsWhatWasThereThen(_ position: UInt64?, withCheckpoints: Bool) async throws {
        var store = try SQLiteStore(path: folder.journal)
        for commit in Self.commits {
            await write(store, [commit])
            guard withCheckpoints else { continue }
            store.close()
            store = try SQLiteStore(path: folder.journal)
        }
        store.save([Snapshot(stream: day(1), revision: 2, body: [1])])
        let reader = try SQLiteReader(path: folder.journal)
        // The server still has it open.
        try reader.copy(to: copy, until: position)
        reader.close()
        store.close()
        let kept =
            switch position {
            case 0?, 1?: 0
            case 2?: 1
            case 3?, 4?, 5?: 2
            default: 3
            }
        let expected = MemoryStore()
        await write(expected, Array(Self.commits.prefix(kept)))
        let restored = try SQLiteStore(path: copy)
        #expect(try told(restored) == (try told(expected)))
        // It goes on as if nothing had come after.
        let next = Array(Self.commits.dropFirst(kept)) + [[entry(day(4), 1)]]
        await write(restored, next)
        await write(expected, next)
        #expect(try told(restored) == (try told(expected)))
        restored.close()
        let check = try SQLiteReader(path: copy)
        #expect(try check.verifyChain().fault == nil)
        check.close()
        #expect(try SQLiteReader(path: folder.journal).verifyChain().entries == 6)
    }

    @Test func theCopyIsOneFileOfItsOwnersAlone() async throws {
        let store = try SQLiteStore(path: folder.journal)
        await write(store, Self.commits)
        let reader = try SQLiteReader(path: folder.journal)
        var last: (UInt64, UInt64) = (0, 1)
        // What an attempt that was cut short has left is no hindrance.
        try "x".write(toFile: copy + ".part", atomically: true, encoding: .utf8)
        try reader.copy(to: copy) { last = ($0, $1) }
        #expect(last.0 == last.1)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.filter { $0.hasPrefix("copy") } == ["copy.db"])
        // Nothing that is there is replaced, and a copy that cannot be made leaves nothing behind.
        let exists = #expect(throws: StoreFailure.self) { try reader.copy(to: copy) }
        #expect(exists?.description.contains("is there already") == true)
        let nowhere = #expect(throws: StoreFailure.self) {
            try reader.copy(to: folder.path + "/none/copy.db")
        }
        #expect(nowhere?.description.contains("check that its folder exists") == true)
        reader.close()
        #expect(throws: StoreFailure.self) { try reader.copy(to: folder.path + "/third.db") }
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains {
                $0.hasPrefix("third")
            })
        store.close()
    }

    /// A server that writes as fast as it can does not make a copy start over, nor be torn.
    @Test func aCopyUnderLoadIsWhole() async throws {
        let store = try SQLiteStore(path: folder.journal)
        await write(store, Self.commits)
        let writing = Task {
            for revision in 1...400 as ClosedRange<UInt32> {
                _ = await store.append(entry(day(10), revision), entry(day(11), revision))
            }
        }
        var positions: [UInt64] = []
        for number in 1...5 {
            let path = folder.path + "/copy-\(number).db"
            let reader = try SQLiteReader(path: folder.journal)
            try reader.copy(to: path)
            reader.close()
            let check = try SQLiteReader(path: path)
            let report = try check.verifyChain()
            check.close()
            #expect(report.fault == nil)
            // Both entries of a commit, or none.
            #expect(report.entries % 2 == 0)
            positions.append(report.lastPosition)
        }
        await writing.value
        #expect(positions == positions.sorted())
        store.close()
    }
}
