// SPDX-License-Identifier: Apache-2.0

/// What goes otherwise than planned.
///
/// ```swift
/// let incidents: [Incident] = [.delay(ShiftID(1), seconds: 5_400), .absent(ShiftID(2))]
/// ```
public enum Incident: Hashable, Sendable {
    /// The crew goes on so many seconds later than the log says.
    case delay(ShiftID, seconds: Int)
    /// The crew goes on at that second at the earliest; what it has begun stays as it is.
    case waits(ShiftID, until: Int)
    /// The visit, begun or not, takes so many seconds more.
    case longer(VisitID, seconds: Int)
    /// The crew pays no more visits; one that it has not ended is to be paid by others.
    case absent(ShiftID)
    /// The crew pays no more visits than those of its log, which stay as they are.
    case ends(ShiftID)
    /// The crew was there and could not pay the visit, which is given back.
    case nobodyHome(VisitID)
    /// The visit is not to be paid any more.
    case cancelled(VisitID)
    /// A road is closed, or open again: new travel times between the same places.
    case travel(TravelMatrix)
}

/// Why a repair cannot begin.
///
/// ```swift
/// RepairError.unknownShift(ShiftID(9)).description  // "shift 9 is not there"
/// ```
public enum RepairError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownShift(ShiftID)
    case unknownVisit(VisitID)
    /// The log does not begin like the route of the plan, or its times run backwards.
    case log(ShiftID)
    /// A number of seconds that is negative or too large.
    case seconds(Int)
    /// The repaired problem cannot be one, or windows cannot be offered.
    case problem(ProblemError)
    /// The visit is not among those that cannot be kept, or has no such way out.
    case noSuchChoice(VisitID)

    public var description: String {
        switch self {
        case .unknownShift(let id): "\(id) is not there"
        case .unknownVisit(let id): "\(id) is not there"
        case .log(let id): "the log of \(id) does not begin like its route, or runs backwards"
        case .seconds(let value): "\(value) seconds are out of range"
        case .problem(let error): error.description
        case .noSuchChoice(let id): "\(id) has no such way out"
        }
    }
}
