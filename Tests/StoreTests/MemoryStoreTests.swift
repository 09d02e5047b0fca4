// SPDX-License-Identifier: Apache-2.0

import Journal
import KezekEngine
import Testing

/// What the store in memory does at the word of a simulation.
@Suite struct MemoryStoreTests {
    private let store = MemoryStore(commitsByItself: false)
    private let told = Collected<AppendFailure?>()

    private func submit(_ entries: Entry...) {
        store.submit(Batch(entries: entries) { [told] in told.add($0.failure) })
    }

    @Test func nothingHappensBeforeACommit() throws {
        submit(entry(day(1), 1))
        submit(entry(day(1), 2))
        #expect(store.queued == 2)
        #expect(told.all.isEmpty)
        #expect(try store.everything().isEmpty)
        store.commit(atMost: 1)
        #expect(told.all == [nil])
        #expect(try store.everything().map(\.entry) == [entry(day(1), 1)])
        store.commit()
        #expect(told.all == [nil, nil])
        #expect(store.queued == 0)
    }

    @Test func aFailingCommitLeavesNoTrace() throws {
        submit(entry(day(1), 1, claims: [.taken(claim(1))]))
        store.commit(failing: .unavailable("the disk is full"))
        #expect(told.all == [.unavailable("the disk is full")])
        #expect(try store.everything().isEmpty)
        submit(entry(day(1), 1, claims: [.taken(claim(1))]))
        store.commit()
        #expect(told.all.last == .some(nil))
        #expect(try store.revisions() == [day(1): 1])
    }

    @Test func aCrashDropsWhatIsQueuedAndKeepsWhatIsCommitted() throws {
        submit(entry(day(1), 1))
        store.commit()
        submit(entry(day(1), 2))
        store.crash()
        store.commit()
        #expect(told.all == [nil])
        #expect(try store.everything().map(\.entry) == [entry(day(1), 1)])
        submit(entry(day(1), 2))
        store.commit()
        #expect(told.all == [nil, nil])
    }
}
