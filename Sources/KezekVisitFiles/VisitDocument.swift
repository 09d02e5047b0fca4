// SPDX-License-Identifier: Apache-2.0

public import Visits

/// What a file of visits says, before it is known how long the ways are.
public struct VisitDocument: Sendable {
    public let visits: [Visit]
    public let shifts: [Shift]
    /// The file's own travel times; nil if it has none, and they are to be made.
    public let travel: TravelMatrix?
    /// Where the places lie, by their rows; nil where the file does not say.
    public let coordinates: [Coordinate?]
    public let notes: VisitNotes

    /// The coordinates of every place.
    ///
    /// - Throws: a fault that names what lies at a place without one.
    public func located() throws(VisitFileFault) -> [Coordinate] {
        var all: [Coordinate] = []
        for (row, coordinate) in coordinates.enumerated() {
            guard let coordinate else {
                let visit = visits.first { $0.place.row == row }
                throw VisitFileFault(
                    "\(visit?.id.description ?? "place \(row)") has no location: give it as "
                        + "[longitude, latitude], or a matrix of travel times")
            }
            all.append(coordinate)
        }
        return all
    }

    /// The problem, with the file's travel times or with others that were made for its places.
    ///
    /// - Throws: a fault if there are none, or what the problem refuses.
    public func problem(travel others: TravelMatrix? = nil) throws(VisitFileFault)
        -> RoutingProblem
    {
        guard let travel = others ?? travel else {
            throw VisitFileFault(field: "matrices", "is missing, so travel times must be made")
        }
        do { return try RoutingProblem(visits: visits, shifts: shifts, travel: travel) } catch {
            throw VisitFileFault("\(error)")
        }
    }
}

/// What a file calls things, for people to read.
public struct VisitNotes: Hashable, Sendable {
    /// The `description` of a job, such as an address, and of a vehicle, such as who is in it.
    public var visits: [VisitID: String] = [:]
    public var shifts: [ShiftID: String] = [:]
    /// The file's `skill_names` by their numbers.
    public var skills: [Skill: String] = [:]
    /// The file's `amount_names`, in the order of the loads.
    public var amounts: [String] = []

    public init() {}

    /// The longest text that is taken, in UTF-8.
    static let longest = 1_000
}
