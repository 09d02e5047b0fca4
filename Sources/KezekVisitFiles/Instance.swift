// SPDX-License-Identifier: Apache-2.0

public import Visits

/// How distances of an instance are counted; results in different ways must never be compared.
public enum Convention: String, CaseIterable, Hashable, Sendable {
    /// Cut to one decimal, total distance (DIMACS 2022, CVRPLIB).
    case truncated
    /// Plain Euclidean distances, fewest vehicles first (SINTEF).
    case double
}

/// A routing instance of the literature: customers around one depot, and equal vehicles.
public struct Instance: Sendable {
    public let name: String
    public let convention: Convention
    /// What the instance's unit is multiplied with in the problem, so that all is whole numbers.
    public let scale: Int
    /// Visits are the customers by their numbers, shifts the vehicles from 1.
    public let problem: RoutingProblem
    /// Coordinates of the depot and the customers, in their order.
    public let points: [Point]

    public struct Point: Hashable, Sendable {
        public let x: Double
        public let y: Double

        func distance(to other: Point) -> Double {
            let (dx, dy) = (x - other.x, y - other.y)
            return (dx * dx + dy * dy).squareRoot()
        }
    }
}

/// The rows of an instance while it is read.
struct InstanceDraft {
    struct Row {
        var point: Instance.Point
        var demand = 0.0
        var opens = 0.0
        var closes: Double
        var service = 0.0
    }

    var name: String
    /// The depot first.
    var rows: [Row]
    var vehicles: Int?
    var capacity: Double?
}

extension InstanceDraft {
    /// The instance, with times and distances as whole numbers of a unit that keeps them exact.
    ///
    /// - Throws: a fault that names what cannot be counted.
    func instance(_ convention: Convention) throws(VisitFileFault) -> Instance {
        let scale = try scale(convention)
        let travel = try matrix(convention, scale)
        let horizon = Int((rows[0].closes * Double(scale)).rounded(.down))
        let opens = Int((rows[0].opens * Double(scale)).rounded(.up))
        guard let hours = TimeWindow(opens, horizon) else {
            throw VisitFileFault("the depot closes before it opens")
        }
        var visits: [Visit] = []
        for (number, row) in rows.enumerated().dropFirst() {
            guard
                let window = TimeWindow(
                    Int((row.opens * Double(scale)).rounded(.up)),
                    Int((row.closes * Double(scale)).rounded(.down)))
            else { throw VisitFileFault("customer \(number) closes before it opens") }
            visits.append(
                Visit(
                    id: VisitID(number), place: Place(number),
                    service: Int((row.service * Double(scale)).rounded(.up)), windows: [window],
                    demand: capacity == nil ? [] : [Int(row.demand.rounded(.up))],
                    isRequired: true))
        }
        let most = max(1, min(rows.count - 1, ProblemLimits.pairs / max(1, rows.count)))
        let fleet = min(vehicles ?? most, min(most, ProblemLimits.shifts))
        let shifts = (0..<fleet).map {
            Shift(
                id: ShiftID($0 + 1), start: Place(0), end: Place(0), hours: hours,
                capacity: capacity.map { [Int($0.rounded(.down))] } ?? [])
        }
        do {
            let problem = try RoutingProblem(visits: visits, shifts: shifts, travel: travel)
            return Instance(
                name: name, convention: convention, scale: scale, problem: problem,
                points: rows.map(\.point))
        } catch { throw VisitFileFault("\(error)") }
    }

    /// Tenths for truncated distances; as many decimals as can be counted for plain ones.
    private func scale(_ convention: Convention) throws(VisitFileFault) -> Int {
        switch convention {
        case .truncated: return 10
        case .double:
            let first = rows[0].point
            let reach = rows.map { $0.point.distance(to: first) }.max() ?? 0
            let span = rows[0].closes - min(0, rows[0].opens)
            for scale in [1_000_000, 100_000, 10_000, 1_000, 100, 10] {
                let factor = Double(scale)
                let longestService = rows.map(\.service).max() ?? 0
                if 2 * reach * factor < Double(TravelMatrix.longest),
                    span * factor < Double(ProblemLimits.span),
                    longestService * factor < Double(ProblemLimits.duration)
                {
                    return scale
                }
            }
            throw VisitFileFault("distances and times are too large to be counted in tenths")
        }
    }

    private func matrix(_ convention: Convention, _ scale: Int) throws(VisitFileFault)
        -> TravelMatrix
    {
        let size = rows.count
        var seconds: [Int32] = []
        seconds.reserveCapacity(size * size)
        for from in 0..<size {
            for to in 0..<size {
                let plain = rows[from].point.distance(to: rows[to].point)
                let counted =
                    switch convention {
                    case .truncated: (plain * 10 + 1e-9).rounded(.down)
                    // Rounded up, so that what is in time here is in time with plain distances.
                    case .double: (plain * Double(scale) - 1e-7).rounded(.up)
                    }
                guard counted >= 0, counted <= Double(TravelMatrix.longest) else {
                    throw VisitFileFault("the distance from \(from) to \(to) is out of range")
                }
                seconds.append(Int32(counted))
            }
        }
        do { return try TravelMatrix(size: size, seconds: seconds) } catch {
            throw VisitFileFault("\(error)")
        }
    }
}

extension Instance {
    /// The total distance of a plan in the instance's unit, as its convention counts it.
    public func distance(of plan: Plan) -> Double {
        var counted = 0
        var plain = 0.0
        for route in plan.routes {
            var from = 0
            for to in route.visits.map(\.number) + [0] {
                counted += problem.travel[Place(from), Place(to)]
                plain += points[from].distance(to: points[to])
                from = to
            }
        }
        return convention == .double ? plain : Double(counted) / Double(scale)
    }
}
