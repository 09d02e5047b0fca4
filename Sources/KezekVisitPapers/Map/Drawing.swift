// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Texts
import VisitChecking
import Visits

/// The routes of a map while they are gathered.
struct Drawing {
    let problem: RoutingProblem
    let points: MapPoints
    let notes: VisitNotes
    let units: MapUnits
    let late: Set<VisitID>

    private(set) var tracks: [(day: Int, track: RouteMap.Track)] = []
    private(set) var crews: [RouteMap.Crew] = []
    private(set) var days: [Int: String] = [:]
    /// Who sets out from or returns to each point.
    private(set) var depots: [RouteMap.Point: Set<String>] = [:]
    private var crewIndex: [String: Int] = [:]

    init(
        problem: RoutingProblem, points: MapPoints, notes: VisitNotes, units: MapUnits,
        late: Set<VisitID>
    ) {
        self.problem = problem
        self.points = points
        self.notes = notes
        self.units = units
        self.late = late
        // Crews have their colours by the order of the shifts, whatever the plan uses.
        for shift in problem.shifts {
            let name = crew(shift)
            guard crewIndex[name] == nil else { continue }
            crewIndex[name] = crews.count
            crews.append(RouteMap.Crew(name: name))
        }
    }

    private func crew(_ shift: Shift) -> String { shift.crew ?? units.words.shift(shift.id) }

    func name(_ visit: VisitID) -> String {
        let number = units.words.visit(visit)
        guard let note = notes.visits[visit] else { return number }
        // What stands below is the map's, not the file's.
        return "\(number), \(String(note.map { $0.isNewline ? " " : $0 }))"
    }

    mutating func add(
        _ course: TimedPlan.Course, _ begun: [DaySoFar.Begun]
    ) throws(MapFault) {
        guard let shift = problem.shift(course.shift),
            let schedule = Schedule(
                course.route, problem, stated: course.stated, begun: begun)
        else { throw .otherProblem("the route of \(course.shift)") }
        let name = self.crew(shift)
        let crew = crewIndex[name]!
        let day = units.dayNumber(shift.day, shift.hours.start)
        if days[day] == nil { days[day] = units.day(day, at: shift.hours.start) }
        var stops: [RouteMap.Stop] = []
        var count = 0
        for step in schedule.steps {
            guard case .visit(let id) = step.kind, let place = step.place else { continue }
            let point = try points.point(place, "\(id)")
            guard !step.isInVain, let visit = problem.visit(id) else {
                let title = "\(name): \(self.name(id)), \(units.words.inVain)\n\(times(step))"
                stops.append(RouteMap.Stop(point: point, number: 0, title: title, isLate: false))
                continue
            }
            count += 1
            stops.append(
                RouteMap.Stop(
                    point: point, number: count, title: title(visit, step, "\(name), \(count)"),
                    isLate: late.contains(id)))
        }
        let ends = try [shift.start, shift.end].map { place throws(MapFault) in
            try place.map { place throws(MapFault) in try points.point(place, "\(shift.id)") }
        }
        for end in ends {
            if let end { depots[end, default: []].insert(name) }
        }
        crews[crew].visits += count
        crews[crew].travel += schedule.travel
        crews[crew].late += stops.count(where: \.isLate)
        let title =
            "\(name), \(days[day]!): \(units.words.language.count(count, .visit)), "
            + units.words.onTheWay(units.amount(schedule.travel))
        tracks.append(
            (
                day,
                RouteMap.Track(
                    crew: crew, day: day, from: ends[0], stops: stops, to: ends[1], title: title,
                    travel: schedule.travel)
            ))
    }

    private func title(_ visit: Visit, _ step: Schedule.Step, _ who: String) -> String {
        let words = units.words
        var lines = ["\(who): \(name(visit.id))", times(step)]
        if !visit.windows.isEmpty {
            lines.append(
                words.window(
                    visit.windows.prefix(4).map { range($0, step) }.joined(separator: ", ")
                        + (visit.windows.count > 4 ? ", …" : "")))
        }
        if let promise = visit.promise { lines.append(words.promised(range(promise.window, step))) }
        if step.start > step.arrival {
            lines.append(words.waits(units.amount(step.start - step.arrival)))
        }
        if late.contains(visit.id) { lines.append(words.late) }
        return lines.joined(separator: "\n")
    }

    private func times(_ step: Schedule.Step) -> String {
        "\(units.clock(step.start))–\(units.clock(step.free))"
    }

    /// A window, with its day where that is not the stop's.
    private func range(_ window: TimeWindow, _ step: Schedule.Step) -> String {
        let from = units.clock(window.start, beside: step.start)
        return "\(from)–\(units.clock(window.end, beside: window.start))"
    }
}

extension MapPoints {
    /// How much shorter a degree of longitude is than one of latitude, in the middle of the map.
    var shrink: Double {
        guard case .earth(let coordinates) = self else { return 1 }
        let latitudes = coordinates.compactMap { $0?.latitude }
        guard let south = latitudes.min(), let north = latitudes.max() else { return 1 }
        return max(0.01, cos((south + north) / 2 * .pi / 180))
    }
}
