// SPDX-License-Identifier: Apache-2.0

public import Journal
import Synchronization

/// A journal in memory, for tests and simulations.
///
/// It keeps every promise of a store except that it outlives the process, and it does nothing by
/// itself: whoever calls it decides what happens when, so the same calls give the same journal.
public final class MemoryStore: JournalStore {
    private struct State {
        var heads = Heads()
        var committed: [Entry] = []
        /// Positions of each stream's entries, by the stream's number.
        var positions: [[Int]] = []
        var snapshots: [StreamName: Snapshot] = [:]
        var keys: [UInt64: PersonKey] = [:]
        var queue: [Batch] = []
        /// Whether somebody is committing the queue, so that completions keep their order.
        var isCommitting = false
    }

    private let state = Mutex(State())
    private let commitsByItself: Bool

    /// - Parameter commitsByItself: whether a batch is committed, and told so, before `submit`
    ///   returns. Otherwise batches wait for `commit`.
    public init(commitsByItself: Bool = true) { self.commitsByItself = commitsByItself }

    /// Queues a batch; commits it at once if the store commits by itself.
    ///
    /// Submitted from within a completion, it is committed after that completion has returned.
    public func submit(_ batch: Batch) {
        let mustCommit = state.withLock { state in
            state.queue.append(batch)
            guard commitsByItself, !state.isCommitting else { return false }
            state.isCommitting = true
            return true
        }
        guard mustCommit else { return }
        while commitNext(failing: nil) {}
    }

    /// Batches that wait for `commit`.
    public var queued: Int { state.withLock { $0.queue.count } }

    /// Commits queued batches in order, those that their completions submit included.
    /// - Parameters:
    ///   - count: how many at most; nil for all.
    ///   - failure: what every one of them fails with; nil to let them succeed.
    public func commit(atMost count: Int? = nil, failing failure: AppendFailure? = nil) {
        var left = count ?? .max
        while left > 0, commitNext(failing: failure) { left -= 1 }
    }

    /// Drops what is queued, as a crash does: nobody is told anything, and what is committed stays.
    public func crash() { state.withLock { $0.queue.removeAll() } }

    public func streams() throws(StoreFailure) -> [(stream: StreamName, revision: UInt32)] {
        state.withLock { $0.heads.settledStreams }
    }

    public func heldClaims() throws(StoreFailure) -> Set<Journal.Claim> {
        state.withLock { $0.heads.claims }
    }

    public func personKeys() throws(StoreFailure) -> [PersonKey] {
        state.withLock { $0.keys.values.sorted { $0.id < $1.id } }
    }

    public func entries(
        of stream: StreamName, after revision: UInt32
    ) throws(StoreFailure) -> [Entry] {
        state.withLock { state in
            guard let number = state.heads.number(of: stream) else { return [] }
            return state.positions[number].dropFirst(Int(revision)).map { state.committed[$0 - 1] }
        }
    }

    public func entry(of stream: StreamName, revision: UInt32) throws(StoreFailure) -> Entry? {
        state.withLock { state in
            guard let number = state.heads.number(of: stream) else { return nil }
            let positions = state.positions[number]
            guard (1...positions.count).contains(Int(revision)) else { return nil }
            return state.committed[positions[Int(revision) - 1] - 1]
        }
    }

    public func scan(
        after position: UInt64, _ body: (PlacedEntry) -> Bool
    ) throws(StoreFailure) {
        // The body may read the store: nothing is locked while it runs.
        let committed = state.withLock { $0.committed }
        var index = Int(min(position, UInt64(committed.count)))
        while index < committed.count {
            let entry = PlacedEntry(position: UInt64(index + 1), entry: committed[index])
            guard body(entry) else { return }
            index += 1
        }
    }

    /// There are no files.
    public func look() -> String? { nil }

    public func lastPosition() throws(StoreFailure) -> UInt64 {
        state.withLock { $0.heads.settledPosition }
    }

    public func snapshot(of stream: StreamName) throws(StoreFailure) -> Snapshot? {
        state.withLock { $0.snapshots[stream] }
    }

    public func save(_ snapshots: [Snapshot]) {
        state.withLock { state in
            for snapshot in snapshots
            where snapshot.revision <= state.heads.settledHead(of: snapshot.stream).revision {
                state.snapshots[snapshot.stream] = snapshot
            }
        }
    }

    /// Commits the first batch of the queue and tells its completion; false if the queue is empty.
    private func commitNext(failing failure: AppendFailure?) -> Bool {
        let told = state.withLock { state -> (Batch, Result<Void, AppendFailure>)? in
            guard !state.queue.isEmpty else {
                state.isCommitting = false
                return nil
            }
            let batch = state.queue.removeFirst()
            if let failure { return (batch, .failure(failure)) }
            var places: [Heads.Place] = []
            do throws(AppendFailure) {
                try state.heads.admit(batch.entries, places: &places)
            } catch {
                return (batch, .failure(error))
            }
            state.heads.settle()
            state.committed += batch.entries
            for key in batch.keys { state.keys[key.id] = key }
            for id in batch.destroyedKeys { state.keys[id] = nil }
            for place in places {
                if place.stream == state.positions.count { state.positions.append([]) }
                state.positions[place.stream].append(Int(place.position))
            }
            return (batch, .success(()))
        }
        guard let (batch, result) = told else { return false }
        batch.completion(result)
        return true
    }
}
