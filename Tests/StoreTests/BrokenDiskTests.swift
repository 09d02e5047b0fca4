// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import KezekDisk
import Synchronization
import TestKit
import Testing
import Texts

@testable import KezekSQLite

/// Disks that are full, fail or may not be written.
@Suite(.serialized) struct BrokenDiskTests {
    private let folder = TemporaryFolder()

    static let failures: [(ResultCode, word: String)] = [
        (.SQLITE_FULL, "is full"), (.SQLITE_IOERR, "reports an error"),
        (.SQLITE_READONLY, "is read-only"), (.SQLITE_BUSY, "locked"),
        (.SQLITE_CORRUPT, "is damaged"), (.SQLITE_NOMEM, "SQLite code 7"),
    ]

    /// What KezekCommitsFail watches rises.
    @Test(arguments: failures.indices)
    func afterAFailedCommitNothingOfItIsThereAndTheNextSucceeds(_ index: Int) async throws {
        let (code, word) = Self.failures[index]
        let once = Once()
        let store = try SQLiteStore(
            path: folder.journal, faults: StoreFaults(beforeCommit: { try once.run($0) }))
        #expect(await store.append(entry(day(1), 1, claims: [.taken(claim(1))])).failure == nil)
        var entries: UInt64 = 1
        for number in 1...3 {
            let before = try store.everything()
            once.set { _ in throw DatabaseError(resultCode: code) }
            // A new stream, a known one, a claim taken and one given: all of it must go.
            let failed = await store.append(
                entry(day(1), 2, claims: [.given(claim(1)), .taken(claim(2))]), entry(day(5), 1))
            #expect(failed.sentence.contains(word), "\(failed)")
            #expect(failed.sentence.contains(folder.journal))
            #expect(try store.everything() == before)
            #expect(try store.revisions()[day(5)] == nil)
            // The journal goes on with another stream, which takes its number and claim.
            let other = day(number + 10)
            #expect(await store.append(entry(other, 1)).failure == nil)
            #expect(
                await store.append(entry(other, 2, claims: [.taken(claim(1))])).failure
                    == .claimed(claim(1)))
            #expect(
                await store.append(entry(other, 2, claims: [.taken(claim(2)), .given(claim(2))]))
                    .failure == nil)
            entries += 2
        }
        #expect(store.commitStatistics.failures == 3)
        store.close()
        let reader = try SQLiteReader(path: folder.journal)
        let report = try reader.verifyChain()
        #expect(report.fault == nil)
        #expect(report.entries == entries)
    }

    /// The sync fails, and the log has the commit all the same: that it is not known is told, and it is there
    /// when the journal is opened anew.
    @Test func afterAFailedSyncItIsNotKnown() async throws {
        let fails = Mutex(false)
        let store = try SQLiteStore(
            path: folder.journal,
            faults: StoreFaults(afterCommit: {
                let isNow = fails.withLock { fails in
                    defer { fails = false }
                    return fails
                }
                if isNow { throw DatabaseError(resultCode: .SQLITE_IOERR) }
            }))
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        fails.withLock { $0 = true }
        guard case .unconfirmed(let why) = await store.append(entry(day(1), 2)).failure else {
            Issue.record("it was told otherwise")
            return
        }
        #expect(why.contains("reports an error"))
        #expect(store.commitStatistics.failures == 1)
        // Its repeat finds it there, which is told as a conflict, and the journal goes on.
        #expect(await store.append(entry(day(1), 2)).failure == .conflict(day(1)))
        #expect(try store.entries(of: day(1), after: 1) == [entry(day(1), 2)])
        #expect(await store.append(entry(day(1), 3)).failure == nil)
        store.close()
        let reader = try SQLiteReader(path: folder.journal)
        #expect(try reader.verifyChain().fault == nil)
        #expect(try reader.lastPosition() == 3)
    }

    /// What KezekCommitsSlow watches: of a disk that takes longer than a quarter of a second, most commits
    /// are beyond that bound.
    @Test(arguments: [(250_000_000, false), (250_000_001, true)] as [(UInt64, Bool)])
    func aSlowDiskIsTold(nanoseconds: UInt64, isSlow: Bool) async throws {
        let clock = Mutex<UInt64>(0)
        let store = try SQLiteStore(
            path: folder.journal,
            faults: StoreFaults(
                beforeCommit: { _ in clock.withLock { $0 += nanoseconds } },
                nanoseconds: { clock.withLock { $0 } }))
        defer { store.close() }
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        let seconds = store.commitStatistics.seconds
        let quick = zip(seconds.bounds, seconds.counts).filter { $0.0 <= 0.25 }
            .reduce(0) { $0 + $1.1 }
        #expect(seconds.count > 0 && (quick * 100 < seconds.count * 99) == isSlow)
    }

    /// On a disk without room a journal is not opened, before SQLite maps the log's index into memory; one
    /// whose index has its blocks needs none.
    @Test func withoutRoomForTheIndexAJournalIsNotOpened() async throws {
        let room = Mutex<UInt64>(LogIndex.room - 1)
        let once = Once()
        let faults = StoreFaults(
            beforeCommit: { try once.run($0) }, room: { _ in room.withLock { $0 } })
        let failure = #expect(throws: StoreFailure.self) {
            try SQLiteStore(path: folder.journal, faults: faults)
        }
        #expect(
            failure?.description.contains("the disk that holds \(folder.journal) is full") == true)
        // Nothing of it is left.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        room.withLock { $0 = LogIndex.room }
        let store = try SQLiteStore(path: folder.journal, faults: faults)
        #expect(FileFacts.bytesOnDisk(folder.journal + "-shm") >= LogIndex.bytes)
        room.withLock { $0 = 0 }
        // A commit that fails has it opened anew, while its reader keeps the index.
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        once.set { _ in throw DatabaseError(resultCode: .SQLITE_FULL) }
        #expect(await store.append(entry(day(1), 2)).sentence.contains("is full"))
        #expect(await store.append(entry(day(1), 2)).failure == nil)
        store.close()
    }

    /// Whoever reads a journal that no server has open makes an index too: without room nothing is made, and
    /// it is said what to do.
    @Test func withoutRoomForTheIndexAJournalIsNotReadAndNothingIsWritten() async throws {
        let store = try SQLiteStore(path: folder.journal)
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        // Beside the server, whose index has its blocks, it is read on a full disk.
        let beside = try SQLiteReader(path: folder.journal) { _ in 0 }
        #expect(try beside.lastPosition() == 1)
        beside.close()
        #expect(await store.append(entry(day(1), 2)).failure == nil)
        store.close()
        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        }
        let before = try files()
        #expect(!before.contains { $0.hasSuffix("-shm") })
        let failure = #expect(throws: StoreFailure.self) {
            try SQLiteReader(path: folder.journal) { _ in LogIndex.room - 1 }
        }
        let words = try #require(failure?.words)
        #expect(words.isTranslated)
        for part in [folder.journal, "make 512 KiB free", "another disk"] {
            #expect(words.description.contains(part), "\(words)")
        }
        #expect(try files() == before)
        let reader = try SQLiteReader(path: folder.journal) { _ in LogIndex.room }
        defer { reader.close() }
        #expect(try reader.lastPosition() == 2)
        #expect(FileFacts.bytesOnDisk(folder.journal + "-shm") >= LogIndex.bytes)
        // A copy has no log, so it needs no index.
        let copy = folder.path + "/copy.db"
        try reader.copy(to: copy)
        let ofCopy = try SQLiteReader(path: copy) { _ in 0 }
        #expect(try ofCopy.lastPosition() == 2)
        ofCopy.close()
        #expect(!(try files().contains("copy.db-shm")))
    }

    /// The blocks of the index are taken again and again without its locks going, by which a second writer is kept
    /// out.
    @Test func takingBlocksKeepsTheLocks() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        for revision in 1...3 as ClosedRange<UInt32> {
            #expect(await store.append(entry(day(1), revision)).failure == nil)
            try LogIndex.takeBlocks(folder.journal, for: .writing)
        }
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.lastPosition() == 3)
        #expect(try reader.verifyChain().fault == nil)
    }

    /// What SQLite calls an error of the device is one, as long as its disk has room.
    @Test func anErrorOfTheDeviceIsNoFullDisk() {
        let path = folder.journal
        for code in [ResultCode.SQLITE_IOERR, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMSIZE] {
            let told = sentence(DatabaseError(resultCode: code), path: path).description
            #expect(told.contains("reports an error"), "\(told)")
        }
        let full = [
            DiskRoom(bytes: 60_000, size: 1 << 30, hasFiles: true),
            DiskRoom(bytes: 1 << 30, size: 1 << 40, hasFiles: false),
        ]
        for room in full {
            for code in [
                ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMSIZE, .SQLITE_CANTOPEN,
                .SQLITE_FULL,
            ] {
                let told = sentence(DatabaseError(resultCode: code), path: path, room: room)
                #expect(told.description.contains("\(path) is full"), "\(told)")
            }
        }
    }

    @Test func whatIsBeingWrittenIsNotRead() async throws {
        let once = Once()
        let store = try SQLiteStore(
            path: folder.journal, faults: StoreFaults(beforeCommit: { try once.run($0) }))
        defer { store.close() }
        _ = await store.append(entry(day(1), 1))
        let before = try store.everything()
        let reader = try SQLiteReader(path: folder.journal)
        let seen = Collected<Bool>()
        once.set { _ in
            seen.add(try store.everything() == before)
            seen.add(try store.lastPosition() == 1)
            seen.add(try store.revisions() == [day(1): 1])
            seen.add(try store.entries(of: day(1), after: 0) == [entry(day(1), 1)])
            seen.add(try store.entry(of: day(1), revision: 2) == nil)
            seen.add(try store.entries(of: day(2), after: 0) == [])
            seen.add(try reader.lastPosition() == 1)
            seen.add(try reader.streams().count == 1)
        }
        #expect(await store.append(entry(day(1), 2), entry(day(2), 1)).failure == nil)
        #expect(seen.all == Array(repeating: true, count: 8))
        #expect(try store.revisions() == [day(1): 2, day(2): 1])
    }

    @Test func everyBatchOfAFailedCommitIsToldSo() async throws {
        let once = Once()
        let started = DispatchSemaphore(value: 0)
        let goOn = DispatchSemaphore(value: 0)
        let store = try SQLiteStore(
            path: folder.journal, faults: StoreFaults(beforeCommit: { try once.run($0) }))
        defer { store.close() }
        let told = Collected<String>()
        // The first commit waits until the others have arrived, so that they go together.
        once.set { _ in
            started.signal()
            _ = goOn.wait(timeout: .now() + .seconds(Patience.seconds))
            once.set { _ in throw DatabaseError(resultCode: .SQLITE_FULL) }
        }
        store.submit(Batch(entries: [entry(day(1), 1)]) { told.add($0.sentence) })
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                _ = started.wait(timeout: .now() + .seconds(Patience.seconds))
                continuation.resume()
            }
        }
        for revision in [2, 2, 3, 9] as [UInt32] {
            store.submit(Batch(entries: [entry(day(1), revision)]) { told.add($0.sentence) })
        }
        goOn.signal()
        #expect(await store.append(entry(day(1), 4)).failure != nil)
        #expect(told.all.first == "")
        #expect(told.all.dropFirst().count == 4)
        #expect(told.all.dropFirst().allSatisfy { $0.contains("is full") })
        #expect(await store.append(entry(day(1), 2)).failure == nil)
    }

    /// Whether this process may mount a small file system.
    private static let canMount = Task {
        let folder = TemporaryFolder()
        let mount = try await Run.of(
            "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path)
        guard mount.status == 0 else { return false }
        return try await Run.of("umount", folder.path).status == 0
    }

    /// Runs a test with the path of a disk of 4 MiB.
    private func withDisk(_ body: (String) async throws -> Void) async throws {
        let disk = folder.path + "/disk"
        try FileManager.default.createDirectory(
            atPath: disk, withIntermediateDirectories: true)
        let mount = try await Run.of("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk)
        try #require(mount.status == 0, "\(mount.errors)")
        do { try await body(disk) } catch {
            _ = try await Run.of("umount", disk)
            throw error
        }
        _ = try await Run.of("umount", disk)
    }

    @Test(.enabled("needs the right to mount a file system") { try await canMount.value })
    func aFullDiskIsToldAndRoomMakesItGoOn() async throws {
        try await withDisk { disk in
            let journal = disk + "/journal.db"
            let store = try SQLiteStore(path: journal)
            let ballast = URL(fileURLWithPath: disk + "/ballast")
            var revision: UInt32 = 0
            for _ in 1...3 {
                #expect(await store.append(entry(day(1), revision + 1)).failure == nil)
                revision += 1
                try? Data(count: 3_000_000).write(to: ballast)
                var failures = 0
                for _ in 1...400 where failures < 5 {
                    let body = [UInt8](repeating: UInt8(revision & 0xFF), count: 20_000)
                    let result = await store.append(entry(day(1), revision + 1, body: body))
                    if result.failure == nil {
                        revision += 1
                    } else {
                        failures += 1
                        #expect(!result.sentence.isEmpty, "\(result)")
                    }
                }
                #expect(failures == 5)
                #expect(try store.lastPosition() == UInt64(revision))
                #expect(try store.everything().count == Int(revision))
                try FileManager.default.removeItem(at: ballast)
            }
            #expect(await store.append(entry(day(1), revision + 1)).failure == nil)
            store.close()
            let report = try SQLiteReader(path: journal).verifyChain()
            #expect(report.fault == nil)
            #expect(report.entries == UInt64(revision + 1))
        }
    }

    @Test(.enabled("needs the right to mount a file system") { try await canMount.value })
    func aReadOnlyDiskIsRefused() async throws {
        try await withDisk { disk in
            let journal = disk + "/journal.db"
            let store = try SQLiteStore(path: journal)
            _ = await store.append(entry(day(1), 1))
            store.close()
            #expect(try await Run.of("mount", "-o", "remount,ro", disk).status == 0)
            let failure = #expect(throws: StoreFailure.self) { try SQLiteStore(path: journal) }
            #expect(failure?.description.contains("may be written") == true)
            let reading = #expect(throws: StoreFailure.self) { try SQLiteReader(path: journal) }
            #expect(reading?.description.contains("which reading needs too") == true)
            // A copy elsewhere can be read.
            try FileManager.default.copyItem(atPath: journal, toPath: folder.journal)
            let reader = try SQLiteReader(path: folder.journal)
            #expect(try reader.entries(of: day(1), after: 0) == [entry(day(1), 1)])
            reader.close()
        }
    }
}
