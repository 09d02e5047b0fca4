// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import KezekSQLite
import Testing

/// Who may open a journal, and what it says to those who may not.
@Suite struct OpeningTests {
    private let folder = TemporaryFolder()

    /// What opening the journal fails with; empty if it opens.
    private func refusal(reading: Bool = false) -> String {
        do throws(StoreFailure) {
            if reading {
                try SQLiteReader(path: folder.journal).close()
            } else {
                try SQLiteStore(path: folder.journal).close()
            }
            return ""
        } catch { return error.description }
    }

    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.journal)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    @Test func aSecondServerIsRefusedAndAReaderIsNot() async throws {
        let store = try SQLiteStore(path: folder.journal)
        #expect(refusal().contains("is open in another server"))
        _ = await store.append(entry(day(1), 1))
        let reader = try SQLiteReader(path: folder.journal)
        #expect(try reader.entries(of: day(1), after: 0) == [entry(day(1), 1)])
        // The reader sees what is committed after it was opened.
        _ = await store.append(entry(day(1), 2))
        #expect(try reader.lastPosition() == 2)
        #expect(try reader.streams().map(\.revision) == [2])
        #expect(try reader.entries(of: day(1), after: 1) == [entry(day(1), 2)])
        store.close()
        #expect(try reader.lastPosition() == 2)
        #expect(refusal() == "")
    }

    @Test func aNewerVersionsFileIsRefused() throws {
        #expect(refusal() == "")
        try execute("INSERT INTO grdb_migrations VALUES ('v9 something')")
        #expect(refusal().contains("a newer version wrote it"))
        #expect(refusal(reading: true).contains("a newer version wrote it"))
    }

    /// Whatever the file has beyond the tables of a journal, or in another form, is refused and named.
    @Test(arguments: [
        ("CREATE TRIGGER spy AFTER INSERT ON journal BEGIN DELETE FROM commits; END", "spy"),
        ("CREATE TRIGGER late AFTER INSERT ON grdb_migrations BEGIN SELECT 1; END", "late"),
        ("CREATE VIEW theirs AS SELECT * FROM journal", "theirs"),
        ("CREATE TABLE theirs (x)", "theirs"),
        ("CREATE INDEX by_time ON journal (at)", "by_time"),
        ("ALTER TABLE snapshots ADD COLUMN more BLOB", "snapshots"),
        ("DROP TABLE person_keys", "person_keys"),
    ])
    func aForeignSchemaIsRefused(sql: String, name: String) async throws {
        let store = try SQLiteStore(path: folder.journal)
        _ = await store.append(entry(day(1), 1))
        store.close()
        #expect(refusal() == "")
        try execute(sql)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
        for reading in [false, true] {
            let told = refusal(reading: reading)
            #expect(
                told.contains("has changed its schema") && told.contains("'\(name)'"), "\(told)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == before)
    }

    /// A second server meets the lock of the first under another name of the file, and without the
    /// lock's own file; once the first has stopped, a file of two names is still refused.
    @Test func neitherAHardLinkNorARemovedLockLetsASecondServerIn() throws {
        let store = try SQLiteStore(path: folder.journal)
        let other = folder.path + "/other.db"
        try #require(link(folder.journal, other) == 0)
        for path in [folder.journal, other] {
            unlink(folder.journal + "-lock")
            let failure = #expect(throws: StoreFailure.self) { try SQLiteStore(path: path) }
            #expect(failure?.description.contains("is open in another server") == true)
        }
        // As another process sees it, which knows nothing of what this one has open.
        let descriptor = open(other, O_RDONLY | O_CLOEXEC)
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        close(descriptor)
        store.close()
        #expect(refusal().contains("hard link"))
        unlink(other)
        #expect(refusal() == "")
    }

    @Test func aJournalThatAnotherProcessHasOpenIsRefused() throws {
        #expect(refusal() == "")
        let descriptor = open(folder.journal, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(refusal().contains("is open in another server"))
        #expect(refusal(reading: true) == "")
        flock(descriptor, LOCK_UN)
        #expect(refusal() == "")
    }

    /// Nobody else may read the journal, its log, its index or its lock, whatever the mask says.
    @Test func filesAreReadableByTheirOwnerAlone() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        _ = await store.append(entry(day(1), 1))
        for end in ["", "-wal", "-shm", "-lock", "-head"] {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.journal + end)
            #expect(mode[.posixPermissions] as? Int == 0o600, "\(end)")
        }
    }

    @Test func anotherProgramsDatabaseIsRefusedAndLeftAlone() throws {
        try execute("CREATE TABLE theirs (x)")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
        #expect(refusal().contains("another program's database"))
        #expect(refusal(reading: true).contains("another program's database"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == before)
    }

    @Test func whatIsNoDatabaseIsRefusedAndLeftAlone() throws {
        let text = Data("Dear all, this is a letter and not a journal.".utf8)
        try text.write(to: URL(fileURLWithPath: folder.journal))
        #expect(refusal().contains("is not a journal"))
        #expect(refusal(reading: true).contains("is not a journal"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == text)
    }

    @Test func aReaderDoesNotCreateAJournal() {
        #expect(refusal(reading: true).contains("does not exist"))
        #expect(!FileManager.default.fileExists(atPath: folder.journal))
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let failure = #expect(throws: StoreFailure.self) {
            try SQLiteStore(path: folder.path + "/none/journal.db")
        }
        #expect(failure?.description.contains("/none/journal.db") == true)
    }

    @Test func aClosedJournalIsOneFile() async throws {
        let store = try SQLiteStore(path: folder.journal)
        _ = await store.append(entry(day(1), 1))
        store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["journal.db", "journal.db-head", "journal.db-lock"])
    }

    /// What opening has made is taken away if it fails, and if a start fails after it; nothing else is.
    @Test func aJournalOfAStartThatFailsIsTakenAway() async throws {
        func names() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        }
        // A folder is where the log would be.
        try #require(mkdir(folder.journal + "-wal", 0o700) == 0)
        #expect(refusal() != "")
        #expect(try names() == ["journal.db-wal"])
        try #require(rmdir(folder.journal + "-wal") == 0)
        let unused = try SQLiteStore(path: folder.journal)
        try unused.requireKeys([KeyCheck([1], since: nil)])
        #expect(unused.abandon())
        #expect(try names() == [])
        // It may be made again, and stays once it has something in it.
        let used = try SQLiteStore(path: folder.journal)
        _ = await used.append(entry(day(1), 1))
        let all = ["journal.db", "journal.db-head", "journal.db-lock"]
        #expect(!used.abandon())
        #expect(try names() == all)
        #expect(try !SQLiteStore(path: folder.journal).abandon())
        #expect(try names() == all)
        let store = try SQLiteStore(path: folder.journal)
        #expect(try store.everything().count == 1)
        store.close()
    }

    /// A journal that was there stays as it is, with no lock beside it that was not there.
    @Test func noLockIsLeftBesideWhatIsNoJournal() throws {
        let text = Data("Dear all, this is a letter and not a journal.".utf8)
        try text.write(to: URL(fileURLWithPath: folder.journal))
        #expect(refusal().contains("is not a journal"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names == ["journal.db"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == text)
    }

    @Test func whatIsSubmittedAfterClosingFails() async throws {
        let store = try SQLiteStore(path: folder.journal)
        let told = Collected<AppendFailure?>()
        for revision in 1...100 as ClosedRange<UInt32> {
            store.submit(Batch(entries: [entry(day(1), revision)]) { told.add($0.failure) })
        }
        store.close()
        // Closing has waited for all of them.
        #expect(told.all == Array(repeating: nil, count: 100))
        #expect(await store.append(entry(day(1), 101)).sentence.contains("closed"))
        #expect(throws: StoreFailure.self) { try store.everything() }
        store.close()
    }

    @Test func statisticsCountWhatIsThere() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        #expect(try store.statistics().entriesPerCommit == 0)
        #expect(try store.statistics().lastAt == nil)
        for revision in 1...10 as ClosedRange<UInt32> {
            _ = await store.append(entry(day(1), revision), entry(day(2), revision))
        }
        let statistics = try store.statistics()
        #expect(statistics.entries == 20)
        #expect(statistics.streams == 2)
        #expect(statistics.commits == 10)
        #expect(statistics.entriesPerCommit == 2)
        #expect(statistics.lastAt == entry(day(1), 10).at)
        #expect(statistics.bytes > 20_000)
        #expect(statistics.bytesPerEntry == Double(statistics.bytes) / 20)
    }
}
