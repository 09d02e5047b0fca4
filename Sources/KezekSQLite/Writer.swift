// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import Synchronization
import Texts

/// The one writer of a journal, on a queue of its own.
///
/// While one commit is being synced, batches collect in the inbox; the next commit takes all of
/// them. So a commit is as large as the load makes it, and nobody waits for a timer.
final class Writer: Sendable {
    /// What has arrived and is not being written yet.
    private struct Inbox {
        var batches: [Batch] = []
        var snapshots: [Snapshot] = []
        /// Whether the queue has been told that there is something to write.
        var isAwake = false
        var isClosed = false

        var isEmpty: Bool { batches.isEmpty && snapshots.isEmpty }
    }

    /// Where the streams end and which claims are held, as far as batches have been admitted.
    let heads = Mutex(Heads())
    let statistics = Mutex(CommitStatistics())
    private let inbox = Mutex(Inbox())
    /// Only the queue touches it; the lock is never waited for.
    private let desk: Mutex<WritingDesk>
    private let queue = DispatchQueue(label: "kezek.journal")
    private let path: String
    private let files: OpenFiles
    private let nanoseconds: @Sendable () -> UInt64
    let findings = Findings()
    /// What is read from before the last checkpoint is held to the chain.
    let proof = CommitProof(after: .max)

    /// Opens the file, creates it if there is none, and reads where it ends.
    init(path: String, acceptedLoss: UInt64?, faults: StoreFaults) throws(StoreFailure) {
        self.path = path
        nanoseconds = faults.nanoseconds
        let lock = try FileLock(of: path)
        files = OpenFiles(path: path)
        desk = Mutex(
            WritingDesk(
                path: path, lock: lock, files: files, findings: findings, proof: proof,
                acceptedLoss: acceptedLoss, faults: faults))
        try desk.withLock { (desk) throws(StoreFailure) in
            do { try desk.connect(heads) } catch {
                desk.disconnect()
                lock.takeAway()
                throw StoreFailure(sentence(error, path: path))
            }
        }
    }

    func submit(_ batch: Batch) {
        let (isClosed, mustWake) = inbox.withLock { inbox in
            guard !inbox.isClosed else { return (true, false) }
            inbox.batches.append(batch)
            defer { inbox.isAwake = true }
            return (false, !inbox.isAwake)
        }
        if isClosed {
            queue.async { batch.completion(.failure(.unavailable("the journal is closed"))) }
        } else if mustWake {
            queue.async { self.writeAll() }
        }
    }

    func save(_ snapshots: [Snapshot]) {
        let mustWake = inbox.withLock { inbox in
            guard !inbox.isClosed, !snapshots.isEmpty else { return false }
            inbox.snapshots += snapshots
            defer { inbox.isAwake = true }
            return !inbox.isAwake
        }
        if mustWake { queue.async { self.writeAll() } }
    }

    /// Writes what has arrived; what is submitted from now on fails.
    func finish() {
        inbox.withLock { $0.isClosed = true }
        queue.sync { writeAll() }
    }

    /// Makes sure that these are the keys of the journal, and remembers them; returns earlier ones that it did
    /// not know.
    func requireKeys(
        _ keys: [KeyCheck], retired: Set<[UInt8]>
    ) throws(StoreFailure) -> [KeyCheck] {
        let result = queue.sync {
            desk.withLock { desk in
                Result { try desk.requireKeys(keys, retired: retired, heads) }.mapError {
                    StoreFailure(sentence($0, path: path))
                }
            }
        }
        return try result.get()
    }

    /// Looks whether the files that are open are those at their paths; why nothing may be written, if not.
    func look() -> String? {
        // Behind what is being written, which nobody here waits for.
        queue.async { self.desk.withLock { $0.lookAtHead(self.heads) } }
        return files.look()?.description
    }

    /// - Throws: `StoreFailure` if nothing may be read, as the log's index was cut off.
    func requireIndex() throws(StoreFailure) { try files.requireIndex() }

    /// Closes the file.
    func close() {
        queue.sync { desk.withLock { $0.close(heads) } }
    }

    /// Closes the file, and takes away a journal that was made by this and has nothing in it; whether it did.
    func abandon() -> Bool {
        queue.sync { desk.withLock { $0.abandon(heads) } }
    }

    /// Takes what is in the inbox until there is nothing left.
    private func writeAll() {
        while true {
            let (batches, snapshots) = inbox.withLock { inbox in
                defer {
                    inbox.isAwake = !inbox.isEmpty
                    inbox.batches = []
                    inbox.snapshots = []
                }
                return (inbox.batches, inbox.snapshots)
            }
            guard !batches.isEmpty || !snapshots.isEmpty else { return }
            var start = 0
            while start < batches.count {
                let end = Self.end(of: batches, from: start)
                write(batches[start..<end])
                start = end
            }
            desk.withLock { $0.tidy(snapshots, heads) }
        }
    }

    /// Writes batches with one commit and tells everybody.
    private func write(_ batches: ArraySlice<Batch>) {
        let began = nanoseconds()
        let results = desk.withLock { $0.commit(batches, heads) }
        count(batches, results, since: began)
        for (batch, result) in zip(batches, results) { batch.completion(result) }
    }

    private func count(
        _ batches: ArraySlice<Batch>, _ results: [Result<Void, AppendFailure>],
        since began: UInt64
    ) {
        let passed = nanoseconds() - began
        var (entries, hasFailed) = (0, false)
        for (batch, result) in zip(batches, results) {
            switch result {
            case .success: entries += batch.entries.count
            case .failure(.unavailable), .failure(.unconfirmed): hasFailed = true
            // Refused before anything was written.
            case .failure(.conflict), .failure(.claimed): break
            }
        }
        statistics.withLock { statistics in
            if entries > 0 {
                statistics.succeeded(entries: entries, seconds: Double(passed) / 1e9)
            }
            if hasFailed { statistics.failed() }
        }
    }

    /// The end of the batches that go into one commit.
    private static func end(of batches: [Batch], from start: Int) -> Int {
        var entries = batches[start].entries.count
        var end = start + 1
        while end < batches.count, entries + batches[end].entries.count <= Limits.entriesPerCommit {
            entries += batches[end].entries.count
            end += 1
        }
        return end
    }
}
