// SPDX-License-Identifier: Apache-2.0

/// Chooses where each step takes visits out: for a stretch of steps near one visit, then near another.
///
/// What a step reads is then still in the cache, and what was found out about routes that lie elsewhere still
/// holds. Steps go anywhere where there is nothing to gain by it: in small problems, and where most routes pass
/// near every visit, as those of a week of crews from one house do.
struct Focus {
    private let visitCount: Int
    /// The visit; -1 for steps that go anywhere.
    private var center = -1
    private var left = 0
    /// Per shift: the number of the stretch in which it was counted.
    private let counted: UnsafeMutablePointer<Int>
    private var stretch = 0

    /// Steps near one visit.
    private static let steps = 1_000
    /// Visits around it.
    private static let size = 100
    /// Up to so many visits of a problem, steps go anywhere.
    private static let smallest = 250

    init(_ tables: ProblemTables) {
        visitCount = tables.visitCount
        counted = RouteState.table(tables.shiftCount, 0)
    }

    func deallocate() { counted.deallocate() }

    /// The visit around which the next step takes others out.
    @inline(__always)
    mutating func seed(_ near: NearVisits, _ state: RouteState, _ dice: inout Dice) -> Int {
        guard visitCount > Self.smallest else { return dice.below(visitCount) }
        if left == 0 { move(near, state, &dice) }
        left &-= 1
        guard center >= 0 else { return dice.below(visitCount) }
        let list = near.list(of: center)
        let index = dice.below(min(Self.size, list.count) &+ 1)
        return index == 0 ? center : Int(list[index &- 1])
    }

    private mutating func move(_ near: NearVisits, _ state: RouteState, _ dice: inout Dice) {
        left = Self.steps
        stretch += 1
        center = dice.below(visitCount)
        var routes = 0
        for visit in near.list(of: center).prefix(Self.size) {
            let shift = Int(state.shiftOf[Int(visit)])
            guard shift >= 0, counted[shift] != stretch else { continue }
            counted[shift] = stretch
            routes += 1
        }
        if 2 * routes > state.usedCount { center = -1 }
    }
}
