// SPDX-License-Identifier: Apache-2.0

/// Somebody who asks when a visit could come.
///
/// ```swift
/// let visit = Visit(id: VisitID(7), place: Place(0), service: 1_200, due: 518_400)
/// let next = Caller(visit, from: [900, 300, 300], to: [900, 300, 240])
/// next.visit.place  // Place(3): the first that a problem of three places lacks
/// ```
public struct Caller: Hashable, Sendable {
    /// What is asked for, without a promise.
    public let visit: Visit
    /// The ways from and to a place that the problem lacks, for each profile; none for one that it has.
    let ways: [TravelMatrix.Ways]

    /// A caller at a place of the problem.
    public init(_ visit: Visit) {
        self.visit = visit.asked
        ways = []
    }

    /// A caller at a place that the problem lacks; it gets the next number.
    ///
    /// `from` is the row of seconds from the caller to every place of the problem, `to` the column
    /// of seconds from every place to the caller.
    public init(_ visit: Visit, from: [Int32], to: [Int32]) {
        self.init(visit, ways: [TravelMatrix.Ways(from: from, to: to)])
    }

    /// The same for a problem with several profiles, in their order.
    ///
    /// - Precondition: there is at least one.
    public init(_ visit: Visit, ways: [TravelMatrix.Ways]) {
        var visit = visit.asked
        visit.place = Place(ways[0].from.count)
        self.visit = visit
        self.ways = ways
    }

    /// Looks at every number and name, as a problem does.
    func check(_ problem: RoutingProblem) throws(ProblemError) {
        let size = problem.travel.size
        if !ways.isEmpty, ways.count != 1 + problem.others.count {
            throw .matrixShape(size: size + 1, numbers: size * size)
        }
        for ways in ways { try TravelMatrix.check(ways, of: size) }
        let check = ProblemCheck(places: size + (ways.isEmpty ? 0 : 1))
        _ = try check.visits([visit], shifts: problem.shiftIndex)
    }
}

extension Visit {
    /// The visit as it was asked for: without its promise, and without windows that say no more
    /// than the promise did.
    var asked: Visit {
        guard let promise else { return self }
        var visit = self
        visit.promise = nil
        let within = windows.allSatisfy {
            promise.window.contains($0.start) && promise.window.contains($0.end)
        }
        if within { visit.windows = [] }
        return visit
    }
}

extension RoutingProblem {
    /// The problem with the caller's visit in it, promised to start in the window.
    ///
    /// ```swift
    /// let larger = try problem.adding(next, promising: TimeWindow(39_600, 43_200)!)
    /// larger.visits.count  // 3: one more
    /// larger.travel[Place(2), Place(3)]  // 240
    /// ```
    ///
    /// - Throws: `repeatedVisit` if it has a visit of this number, `matrixShape` or `travelTime` for
    ///   ways that do not fit its places, and what a problem's own making throws.
    public func adding(
        _ caller: Caller, promising window: TimeWindow
    ) throws(ProblemError) -> RoutingProblem {
        try caller.check(self)
        var visit = caller.visit
        visit.promise = Promise(window: window)
        visit.isRequired = true
        var matrices = [travel] + others
        for (profile, ways) in caller.ways.enumerated() {
            matrices[profile] = try matrices[profile].adding([ways])
        }
        return try RoutingProblem(
            visits: visits + [visit], shifts: shifts, travel: matrices[0],
            others: Array(matrices.dropFirst()))
    }
}
