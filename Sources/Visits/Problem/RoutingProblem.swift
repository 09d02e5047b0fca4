// SPDX-License-Identifier: Apache-2.0

/// Visits to be paid, shifts to pay them, and the travel times between all places.
///
/// It never changes. What the search reads is compiled once, when the problem is made.
public struct RoutingProblem: Sendable {
    public let visits: [Visit]
    public let shifts: [Shift]
    public let travel: TravelMatrix
    /// The travel times of the profiles from 1 on, between the same places.
    public let others: [TravelMatrix]
    let tables: ProblemTables
    let visitIndex: [VisitID: Int]
    let shiftIndex: [ShiftID: Int]

    /// A problem whose every reference and number has been looked at.
    ///
    /// - Throws: the first fault that is found, in the order of the shifts and then the visits.
    public init(
        visits: [Visit], shifts: [Shift], travel: TravelMatrix, others: [TravelMatrix] = []
    ) throws(ProblemError) {
        if let odd = others.first(where: { $0.size != travel.size }) {
            throw .matrixShape(size: travel.size, numbers: odd.size * odd.size)
        }
        let check = ProblemCheck(places: travel.size, profiles: 1 + others.count)
        let shiftIndex = try check.shifts(shifts)
        let visitIndex = try check.visits(visits, shifts: shiftIndex)
        self.visits = visits
        self.shifts = shifts
        self.travel = travel
        self.others = others
        self.visitIndex = visitIndex
        self.shiftIndex = shiftIndex
        tables = ProblemTables(
            visits: visits, shifts: shifts, travel: travel, others: others, shiftIndex: shiftIndex)
    }

    /// The travel times by which the crew of a shift goes.
    ///
    /// - Precondition: the shift is the problem's, or has a profile of it.
    public func travel(of shift: Shift) -> TravelMatrix {
        shift.profile == 0 ? travel : others[shift.profile - 1]
    }

    /// The visit of this number; nil if the problem has none.
    public func visit(_ id: VisitID) -> Visit? { visitIndex[id].map { visits[$0] } }

    /// The shift of this number; nil if the problem has none.
    public func shift(_ id: ShiftID) -> Shift? { shiftIndex[id].map { shifts[$0] } }
}
