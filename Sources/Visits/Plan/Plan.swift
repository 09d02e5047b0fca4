// SPDX-License-Identifier: Apache-2.0

/// What a crew does next on its route.
public enum Stop: Hashable, Sendable {
    case visit(VisitID)
    /// The lunch of the shift with this number.
    case lunch(Int)
}

/// The order in which one shift pays its visits and takes its lunch.
public struct Route: Hashable, Sendable {
    public let shift: ShiftID
    public let stops: [Stop]

    public init(shift: ShiftID, stops: [Stop]) {
        self.shift = shift
        self.stops = stops
    }

    /// The visits in their order.
    public var visits: [VisitID] {
        stops.compactMap { if case .visit(let id) = $0 { id } else { nil } }
    }
}

/// Which shift pays which visits in which order, and what nobody pays.
///
/// Times follow from the order: every crew goes on as early as it may.
public struct Plan: Hashable, Sendable {
    /// Only shifts that pay a visit.
    public let routes: [Route]
    public let unassigned: [VisitID]

    public init(routes: [Route], unassigned: [VisitID] = []) {
        self.routes = routes
        self.unassigned = unassigned
    }

    /// The shift of every visit that has one.
    public var shifts: [VisitID: ShiftID] {
        var shifts: [VisitID: ShiftID] = [:]
        for route in routes { for visit in route.visits { shifts[visit] = route.shift } }
        return shifts
    }
}
