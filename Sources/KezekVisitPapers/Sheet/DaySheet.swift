// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import KezekVisitFiles
public import VisitChecking
public import Visits

/// What a crew does on one day, line by line, as it is put into its hands.
public struct DaySheet: Sendable {
    public struct Line: Sendable {
        public enum Kind: Hashable, Sendable {
            case start
            case visit(VisitID)
            case lunch
            case end
        }

        public let kind: Kind
        public let arrival: CivilDateTime
        /// When it begins and is over; the same for the start and the end.
        public let begins: CivilDateTime
        public let ends: CivilDateTime
        /// Seconds on the way from the place before, a lunch on the way not counted.
        public let travel: Int
        /// Seconds between arriving and beginning.
        public let waiting: Int
        /// What the file calls the place, such as an address; nil if it calls it nothing.
        public let address: String?
        public let coordinate: Coordinate?
        public let needs: [Need]
        /// When the applicant was told that the visit starts, from and to.
        public let promised: ClosedRange<CivilDateTime>?
        /// Whether the crew was there and could not pay the visit.
        public let isInVain: Bool
    }

    /// What a visit needs of a crew.
    public enum Need: Hashable, Sendable {
        /// A skill or something to bring, as the file calls it; so many of it, or nil.
        case named(String, count: Int?)
        /// A skill that the file gives only a number.
        case skill(Int)
        /// So much of a load that the file gives no name, by its place from 0.
        case load(Int, count: Int)
    }

    public let shift: ShiftID
    /// The crew's label, or else the shift's number.
    public let crew: String
    /// What the file says of the shift, such as who is in it.
    public let note: String?
    public let date: CivilDate
    public let lines: [Line]
    /// Seconds on the way in all.
    public let travel: Int

    /// The visits of the day, without those that were tried in vain.
    public var visitCount: Int {
        lines.count { if case .visit = $0.kind { !$0.isInVain } else { false } }
    }

    /// The sheet of a route on which everybody goes on as early as possible; nil if it is of another problem,
    /// or lies outside the years 1 to 9999.
    public init?(
        _ route: Route, _ problem: RoutingProblem, coordinates: [Coordinate?], notes: VisitNotes,
        origin: Origin
    ) {
        let course = TimedPlan.Course(
            shift: route.shift, steps: route.stops.map { TimedPlan.Step($0) })
        self.init(course, problem, coordinates: coordinates, notes: notes, origin: origin)
    }

    /// The sheet of a route with the times that are stated, and with what was tried in vain; nil as above.
    public init?(
        _ course: TimedPlan.Course, _ problem: RoutingProblem, coordinates: [Coordinate?],
        notes: VisitNotes, origin: Origin, after soFar: DaySoFar = DaySoFar()
    ) {
        guard let shift = problem.shift(course.shift),
            let schedule = Schedule(
                course.route, problem, stated: course.stated,
                begun: soFar.begun[course.shift] ?? []),
            let begin = origin.moment(shift.hours.start)
        else { return nil }
        var lines: [Line] = []
        let travel = problem.travel(of: shift)
        var here = shift.start
        for step in schedule.steps {
            let place = step.place
            var visit: Visit?
            var address: String?
            let kind: Line.Kind
            switch step.kind {
            case .start: kind = .start
            case .visit(let id):
                kind = .visit(id)
                visit = problem.visit(id)
                // Also of one that is no visit of the problem any more.
                address = notes.visits[id]
            case .lunch: kind = .lunch
            case .end: kind = .end
            }
            guard let arrival = origin.moment(step.arrival), let begins = origin.moment(step.start),
                let ends = origin.moment(step.free)
            else { return nil }
            var promised: ClosedRange<CivilDateTime>?
            // What a crew was there for in vain says nothing of what is promised since.
            if !step.isInVain, let window = visit?.promise?.window,
                let from = origin.moment(window.start),
                let to = origin.moment(window.end)
            {
                promised = from...to
            }
            let way = place.flatMap { to in here.map { travel[$0, to] } } ?? 0
            let told = way < TravelMatrix.longest ? way : 0
            let coordinate = place.flatMap {
                $0.row < coordinates.count ? coordinates[$0.row] : nil
            }
            lines.append(
                Line(
                    kind: kind, arrival: arrival, begins: begins, ends: ends, travel: told,
                    waiting: step.start - step.arrival,
                    address: address, coordinate: coordinate,
                    needs: visit.map { Self.needs($0, notes) } ?? [], promised: promised,
                    isInVain: step.isInVain))
            if let place { here = place }
        }
        self.shift = shift.id
        crew = shift.crew ?? "\(shift.id)"
        note = notes.shifts[shift.id]
        date = begin.date
        self.lines = lines
        self.travel = schedule.travel
    }

    private static func needs(_ visit: Visit, _ notes: VisitNotes) -> [Need] {
        let skills = visit.skills.map { skill in
            notes.skills[skill].map { Need.named($0, count: nil) } ?? .skill(skill.number)
        }
        let loads = visit.demand.enumerated().filter { $1 > 0 }.map { index, amount in
            index < notes.amounts.count
                ? Need.named(notes.amounts[index], count: amount) : .load(index, count: amount)
        }
        return skills + loads
    }
}
