// SPDX-License-Identifier: Apache-2.0

import Journal
import Testing

/// Admitting, settling and taking back, against the obvious way of doing it.
@Suite struct HeadsTests {
    /// The obvious way: a copy to go back to.
    private struct Model: Equatable {
        var revisions: [StreamName: UInt32] = [:]
        var claims: Set<Claim> = []
        var count: UInt64 = 0

        mutating func admit(_ entries: [Entry]) -> AppendFailure? {
            let before = self
            for entry in entries {
                if let failure = admit(entry) {
                    self = before
                    return failure
                }
            }
            return nil
        }

        private mutating func admit(_ entry: Entry) -> AppendFailure? {
            guard entry.revision == (revisions[entry.stream] ?? 0) + 1 else {
                return .conflict(entry.stream)
            }
            for change in entry.claims {
                switch change {
                case .taken(let claim):
                    if !claims.insert(claim).inserted { return .claimed(claim) }
                case .given(let claim):
                    if claims.remove(claim) == nil { return .conflict(entry.stream) }
                }
            }
            revisions[entry.stream] = entry.revision
            count += 1
            return nil
        }
    }

    /// The same numbers for the same seed.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func everySequenceEndsAsTheObviousWayDoes(seed: UInt64) {
        var numbers = Numbers(state: seed)
        var heads = Heads()
        var (model, settled) = (Model(), Model())
        for _ in 0..<300 {
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0:
                heads.settle()
                settled = model
            case 1:
                heads.takeBack()
                model = settled
            default:
                let batch = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in
                    let stream = day(Int.random(in: 1...6, using: &numbers))
                    let guess = UInt32.random(in: 0...1, using: &numbers)
                    let key = claim(UInt64.random(in: 1...4, using: &numbers))
                    let changes: [[ClaimChange]] = [[], [.taken(key)], [.given(key)]]
                    return entry(
                        stream, (model.revisions[stream] ?? 0) + guess,
                        claims: changes.randomElement(using: &numbers)!)
                }
                var places: [Heads.Place] = []
                var failure: AppendFailure?
                let before = heads.position
                do { try heads.admit(batch, places: &places) } catch { failure = error }
                #expect(failure == model.admit(batch))
                #expect(
                    places.map(\.position)
                        == (failure == nil ? batch.indices.map { before + UInt64($0) + 1 } : []))
            }
            #expect(heads.position == model.count)
            #expect(heads.settledPosition == settled.count)
            #expect(heads.claims == model.claims)
            #expect(
                Dictionary(
                    uniqueKeysWithValues: heads.settledStreams.map { ($0.stream, $0.revision) })
                    == settled.revisions)
        }
    }
}
