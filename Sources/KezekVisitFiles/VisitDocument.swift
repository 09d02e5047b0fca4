// SPDX-License-Identifier: Apache-2.0

public import Texts
public import Visits

/// What a file of visits says, before it is known how long the ways are.
public struct VisitDocument: Sendable {
    public let visits: [Visit]
    public let shifts: [Shift]
    /// The file's own travel times; nil if it has none, and they are to be made.
    public let travel: TravelMatrix?
    /// Those of the file's other profiles, between the same places.
    public var others: [TravelMatrix] = []
    /// Where the places lie, by their rows; nil where the file does not say.
    public let coordinates: [Coordinate?]
    public let notes: VisitNotes
    /// What has happened of its day.
    public var soFar = DaySoFar()
    /// The paths of what the file says and is not read, each kind of key once.
    public var unread: [String] = []
    /// What else somebody should know who gave the file, in sentences without an end.
    public var remarks: [Phrase] = []
    /// Shifts of which the file says no hours.
    public internal(set) var unbounded: Set<ShiftID> = []

    /// The coordinates of every place.
    ///
    /// - Throws: a fault that names what lies at a place without one.
    public func located() throws(VisitFileFault) -> [Coordinate] {
        var all: [Coordinate] = []
        for (row, coordinate) in coordinates.enumerated() {
            guard let coordinate else {
                let visit = visits.first { $0.place.row == row }
                throw VisitFileFault(
                    "\(visit.map { "visit \($0.id.number)" } ?? "place \(row)" as Phrase) has no location: "
                        + "give it as "
                        + "[longitude, latitude], or a matrix of travel times")
            }
            all.append(coordinate)
        }
        return all
    }

    /// The problem, with the file's travel times or with others that were made for its places.
    ///
    /// - Throws: a fault if there are none, or what the problem refuses.
    public func problem(travel made: TravelMatrix? = nil) throws(VisitFileFault)
        -> RoutingProblem
    {
        guard let travel = made ?? travel else {
            throw VisitFileFault(field: "matrices", "is missing, so travel times must be made")
        }
        guard shifts.allSatisfy({ $0.profile == 0 }) || made == nil || made == travel else {
            throw VisitFileFault(
                field: "vehicles", "they have several profiles, but there is one table of ways")
        }
        let bounds = unbounded.isEmpty ? nil : bounds(travel)
        let shifts = shifts.map { shift in
            var shift = shift
            if let bounds, unbounded.contains(shift.id) { shift.hours = bounds }
            return shift
        }
        do {
            return try RoutingProblem(
                visits: visits, shifts: shifts, travel: travel, others: others)
        } catch {
            throw VisitFileFault(Phrase(sentence: "\(error)"))
        }
    }

    /// Hours that bound nothing: all that the file has could be done before its first moment, or after its
    /// last.
    private func bounds(_ travel: TravelMatrix) -> TimeWindow {
        var moments: [Int] = []
        var work = 0
        for visit in visits {
            let windows = visit.windows + [visit.promise?.window].compactMap { $0 }
            moments += windows.flatMap { [$0.start, $0.end] } + [visit.due].compactMap { $0 }
            work += visit.service + visit.setup
        }
        for shift in shifts {
            let hours = unbounded.contains(shift.id) ? [] : [shift.hours]
            moments += (hours + shift.lunches.flatMap(\.windows)).flatMap { [$0.start, $0.end] }
            work += shift.lunches.reduce(0) { $0 + $1.length }
        }
        moments += [soFar.now].compactMap { $0 }
        moments += soFar.begun.values.joined().flatMap { [$0.done.arrival, $0.done.end] }
        let ways = ([travel] + others).flatMap(\.seconds)
        work += (visits.count + 2) * Int(ways.filter { $0 < TravelMatrix.longest }.max() ?? 0)
        guard let first = moments.min(), let last = moments.max() else {
            return TimeWindow(0, max(1, min(work, ProblemLimits.span)))!
        }
        let room = max(0, min(work, (ProblemLimits.span - (last - first)) / 2))
        return TimeWindow(first - room, last + room)!
    }
}

/// What a file calls things, for people to read.
public struct VisitNotes: Hashable, Sendable {
    /// What the file calls itself, such as the area whose visits they are; nil if it says nothing.
    public var name: String?
    /// The names of the profiles by which crews travel, in their order; `car` alone if empty.
    public var profiles: [String] = []
    /// The `description` of a job, such as an address, also of one that was tried in vain and is none of the
    /// file any more; and of a vehicle, such as who is in it.
    public var visits: [VisitID: String] = [:]
    public var shifts: [ShiftID: String] = [:]
    /// The file's `skill_names` by their numbers.
    public var skills: [Skill: String] = [:]
    /// The file's `amount_names`, in the order of the loads.
    public var amounts: [String] = []

    public init() {}

    /// What a profile is called.
    func profile(_ index: Int) -> String {
        index < profiles.count ? profiles[index] : index == 0 ? "car" : "profile-\(index)"
    }

    /// The longest text that is taken, in UTF-8.
    static let longest = 1_000
}
