// SPDX-License-Identifier: Apache-2.0

/// Visits to be paid, shifts to pay them, and the travel times between all places.
///
/// It never changes. What the search reads is compiled once, when the problem is made.
public struct RoutingProblem: Sendable {
    public let visits: [Visit]
    public let shifts: [Shift]
    public let travel: TravelMatrix
    let tables: ProblemTables
    let visitIndex: [VisitID: Int]
    let shiftIndex: [ShiftID: Int]

    /// A problem whose every reference and number has been looked at.
    ///
    /// - Throws: the first fault that is found, in the order of the shifts and then the visits.
    public init(
        visits: [Visit], shifts: [Shift], travel: TravelMatrix
    ) throws(ProblemError) {
        let check = ProblemCheck(places: travel.size)
        let shiftIndex = try check.shifts(shifts)
        let visitIndex = try check.visits(visits, shifts: shiftIndex)
        self.visits = visits
        self.shifts = shifts
        self.travel = travel
        self.visitIndex = visitIndex
        self.shiftIndex = shiftIndex
        tables = ProblemTables(
            visits: visits, shifts: shifts, travel: travel, shiftIndex: shiftIndex)
    }

    /// The visit of this number; nil if the problem has none.
    public func visit(_ id: VisitID) -> Visit? { visitIndex[id].map { visits[$0] } }

    /// The shift of this number; nil if the problem has none.
    public func shift(_ id: ShiftID) -> Shift? { shiftIndex[id].map { shifts[$0] } }
}
