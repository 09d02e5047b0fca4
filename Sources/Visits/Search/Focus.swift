// SPDX-License-Identifier: Apache-2.0

/// Chooses where each step takes visits out: for a stretch of steps near one visit, then near another.
///
/// What a step reads is then still in the cache, and what was found out about routes that lie elsewhere still
/// holds. Small problems have no need of it: there the steps go anywhere.
struct Focus {
    private let visitCount: Int
    private var center = 0
    private var left = 0

    /// Steps near one visit.
    private static let steps = 1_000
    /// Visits around it.
    private static let size = 100
    /// Up to so many visits of a problem, steps go anywhere.
    private static let smallest = 250

    init(_ visitCount: Int) { self.visitCount = visitCount }

    /// The visit around which the next step takes others out.
    @inline(__always)
    mutating func seed(_ near: NearVisits, _ dice: inout Dice) -> Int {
        guard visitCount > Self.smallest else { return dice.below(visitCount) }
        if left == 0 {
            left = Self.steps
            center = dice.below(visitCount)
        }
        left &-= 1
        let list = near.list(of: center)
        let index = dice.below(min(Self.size, list.count) &+ 1)
        return index == 0 ? center : Int(list[index &- 1])
    }
}
