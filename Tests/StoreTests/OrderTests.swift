// SPDX-License-Identifier: Apache-2.0

import Journal
import Testing

/// Who is told what, and in which order, when much arrives at once.
@Suite struct OrderTests {
    @Test(arguments: StoreKind.allCases)
    func completionsComeInTheOrderOfTheBatches(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            let told = Collected<(Int, AppendFailure?)>()
            var expected: [(Int, AppendFailure?)] = []
            for number in 0..<500 {
                // Every third repeats the revision before it, and fails alone.
                let isRepeat = number % 3 == 2
                let revision = UInt32(number - number / 3 + (isRepeat ? 0 : 1))
                expected.append((number, isRepeat ? .conflict(day(1)) : nil))
                store.submit(
                    Batch(entries: [entry(day(1), revision)]) { told.add((number, $0.failure)) })
            }
            _ = await store.append()
            #expect(told.all.map(\.0) == expected.map(\.0))
            #expect(told.all.map(\.1) == expected.map(\.1))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aCompletionSeesItsEntriesAndMaySubmit(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            let seen = Collected<[Entry]>()
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                @Sendable func next(_ revision: UInt32) {
                    store.submit(
                        Batch(entries: [entry(day(1), revision)]) { _ in
                            seen.add((try? store.entries(of: day(1), after: revision - 1)) ?? [])
                            if revision < 50 { next(revision + 1) } else { continuation.resume() }
                        })
                }
                next(1)
            }
            #expect(seen.all == (1...50).map { [entry(day(1), $0)] })
        }
    }

    @Test(arguments: StoreKind.allCases)
    func whatManySubmitIsThereOnceIfItSucceeded(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            let succeeded = Collected<Entry>()
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        // Everybody races for the same streams, and tries the next revision
                        // whoever has won.
                        for revision in 1...100 as ClosedRange<UInt32> {
                            let wanted = entry(
                                day(Int(revision) % 3), (revision - 1) / 3 + 1,
                                body: [UInt8(writer), UInt8(revision)])
                            let result = await store.append(wanted)
                            if result.failure == nil { succeeded.add(wanted) }
                        }
                    }
                    group.addTask {
                        // A reader in between sees prefixes only.
                        for _ in 1...20 {
                            let all = (try? store.everything()) ?? []
                            #expect(all.map(\.position) == all.indices.map { UInt64($0 + 1) })
                        }
                    }
                }
            }
            let all = try store.everything().map(\.entry)
            #expect(Set(all) == Set(succeeded.all))
            #expect(all.count == succeeded.all.count)
            #expect(all.count == 100)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func oneClaimOfManyRivalsWins(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            let told = Collected<AppendFailure?>()
            for number in 1...300 {
                store.submit(
                    Batch(entries: [entry(day(number), 1, claims: [.taken(claim(9))])]) {
                        told.add($0.failure)
                    })
            }
            _ = await store.append()
            #expect(told.all == [nil] + Array(repeating: .claimed(claim(9)), count: 299))
            #expect(try store.revisions() == [day(1): 1])
        }
    }
}
