// SPDX-License-Identifier: Apache-2.0

public import KezekVisitFiles
public import VisitChecking
public import Visits

/// A plan as it lies on the map: who goes where, day by day.
public struct RouteMap: Sendable {
    struct Point: Hashable, Sendable {
        let x: Double
        let y: Double
    }

    struct Stop: Sendable {
        let point: Point
        /// Its number on the route, from 1; 0 of one at which the crew was in vain.
        let number: Int
        let title: String
        let isLate: Bool
        var isInVain: Bool { number == 0 }
    }

    /// A route: from where, by which stops, and to where.
    struct Track: Sendable {
        let crew: Int
        let day: Int
        let from: Point?
        let stops: [Stop]
        let to: Point?
        let title: String
        let travel: Int

        /// The stops at which somebody is visited.
        var visits: [Stop] { stops.filter { !$0.isInVain } }
    }

    struct Crew: Sendable {
        let name: String
        var visits = 0
        var travel = 0
        var late = 0
    }

    struct Mark: Sendable {
        let point: Point
        let title: String
    }

    let units: MapUnits
    let tracks: [Track]
    let crews: [Crew]
    /// What the days are called, in their order.
    let days: [String]
    let depots: [Mark]
    let unassigned: [Mark]

    /// The crews that have a track.
    var usedCrews: [Int] { Set(tracks.map(\.crew)).sorted() }

    /// A map of a plan of which nothing but the order is said; see below.
    public init(
        _ plan: Plan, _ problem: RoutingProblem, points: MapPoints, notes: VisitNotes,
        units: MapUnits
    ) throws(MapFault) {
        try self.init(TimedPlan(plan), problem, points: points, notes: notes, units: units)
    }

    /// A map of a plan, with the times that it states, or of everybody going on as early as possible.
    ///
    /// What has begun (`soFar`) is drawn as it was, late where it began after what was promised; what was
    /// tried in vain has a mark without a number, and is no visit.
    ///
    /// - Throws: a fault if a place that is needed lies nowhere, or the plan is of another problem.
    public init(
        _ plan: TimedPlan, _ problem: RoutingProblem, points: MapPoints, notes: VisitNotes,
        units: MapUnits, after soFar: DaySoFar = DaySoFar()
    ) throws(MapFault) {
        self.units = units
        let plan = plan.recalling(soFar)
        let faults = PlanChecker(problem, after: soFar).check(plan).faults
        var late = Set(
            faults.filter { [.late, .promisedTime, .afterDue].contains($0.kind) }.compactMap(
                \.visit))
        for done in soFar.begun.keys.flatMap(soFar.route) {
            guard let id = done.stop.visit, let promise = problem.visit(id)?.promise else {
                continue
            }
            if done.start > promise.window.end { late.insert(id) }
        }
        var drawing = Drawing(
            problem: problem, points: points, notes: notes, units: units, late: late)
        for course in plan.courses
        where !course.route.visits.isEmpty || soFar.isOut(course.shift) {
            try drawing.add(course, soFar.begun[course.shift] ?? [])
        }
        var unassigned: [Mark] = []
        for id in plan.unassigned {
            guard let visit = problem.visit(id) else { throw MapFault.otherProblem("\(id)") }
            unassigned.append(
                Mark(
                    point: try points.point(visit.place, "\(id)"),
                    title: "\(drawing.name(visit.id)), \(units.words.unassigned)"))
        }
        self.unassigned = unassigned
        crews = drawing.crews
        // Days in their order, whatever the order of the routes.
        let order = drawing.days.keys.sorted()
        days = order.map { drawing.days[$0]! }
        let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        tracks = drawing.tracks.map { number, track in
            Track(
                crew: track.crew, day: place[number]!, from: track.from, stops: track.stops,
                to: track.to, title: track.title, travel: track.travel)
        }.sorted { ($0.day, $0.crew) < ($1.day, $1.crew) }
        depots = drawing.depots.sorted { ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y) }
            .map {
                Mark(
                    point: $0.key,
                    title: units.words.depot($0.value.sorted().joined(separator: ", ")))
            }
    }
}

/// Why a plan cannot be drawn.
public enum MapFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing says where this is.
    case nowhere(String)
    case otherProblem(String)

    public var description: String {
        switch self {
        case .nowhere(let what): "\(what) has no location, so it cannot be drawn"
        case .otherProblem(let what): "\(what) is not in the problem"
        }
    }
}

/// Where the places of a problem lie.
public enum MapPoints: Sendable {
    case earth([Coordinate?])
    case plane([Instance.Point])

    /// A point with y downwards, as screens have it; degrees become equally long at their latitude.
    func point(_ place: Place, _ who: String) throws(MapFault) -> RouteMap.Point {
        switch self {
        case .earth(let coordinates):
            guard place.row < coordinates.count, let point = coordinates[place.row] else {
                throw .nowhere(who)
            }
            return RouteMap.Point(x: point.longitude * shrink, y: -point.latitude)
        case .plane(let points):
            guard place.row < points.count else { throw .nowhere(who) }
            return RouteMap.Point(x: points[place.row].x, y: -points[place.row].y)
        }
    }
}
