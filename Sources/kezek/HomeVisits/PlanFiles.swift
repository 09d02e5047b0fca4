// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import KezekVisitFiles
import Parties
import Texts
import VisitChecking
import Visits
import WorkingDays

/// The plan of an area as files that the other commands take, and other solvers: second 0 is the
/// midnight of its first date, on the clocks on the wall.
///
/// What is held for callers is not in it. Ways are estimated, but for those that crews drive by the plan, and
/// the plan states its times as the area's server told them.
struct PlanFiles {
    let problem: RoutingProblem
    let plan: TimedPlan
    let coordinates: [Coordinate?]
    let notes: VisitNotes
    /// Visits of people who are forgotten, so that nobody knows where they are.
    let leftOut: [HomeVisitID]

    var problemData: Data {
        VisitJSON.write(problem, coordinates: coordinates, notes: notes)
    }

    func summary(in language: Language) -> String {
        "\(language.count(problem.visits.count, .visit)), "
            + language.count(problem.shifts.count, .shift)
    }

    func planData() throws -> Data { try PlanJSON.write(plan, of: problem) }

    init(_ plan: AreaPlan, _ area: VisitArea, _ clock: AreaClock) throws {
        var draft = PlanDraft(plan, area, clock)
        for day in plan.crewDays where !day.isAbsent || !day.stops.isEmpty { draft.add(day) }
        for visit in plan.visits { draft.add(visit) }
        let places = draft.places.map { Coordinate($0) }
        var seconds = try TravelEstimate.usual.matrix(places).seconds
        let timed = draft.plan
        for (from, to, way) in draft.driven(timed) { seconds[from * places.count + to] = way }
        problem = try RoutingProblem(
            visits: draft.visits, shifts: draft.shifts,
            travel: try TravelMatrix(size: places.count, seconds: seconds))
        self.plan = timed
        coordinates = places
        notes = draft.notes
        leftOut = draft.leftOut
    }
}

/// Puts shifts and visits together.
private struct PlanDraft {
    private let told: AreaPlan
    private let area: VisitArea
    private let clock: AreaClock
    private(set) var shifts: [Shift] = []
    private(set) var visits: [Visit] = []
    private(set) var places: [HomePoint]
    private(set) var notes = VisitNotes()
    private(set) var leftOut: [HomeVisitID] = []
    private var rows: [HomePoint: Int]
    private var routes: [(course: TimedPlan.Course, day: AreaPlan.CrewDay)] = []
    /// Per visit when it begins at last: a crew may have been there in vain before.
    private let lastStarts: [UInt32: Int64]

    init(_ plan: AreaPlan, _ area: VisitArea, _ clock: AreaClock) {
        told = plan
        self.area = area
        self.clock = clock
        places = [area.home]
        rows = [area.home: 0]
        var starts: [UInt32: Int64] = [:]
        for stop in plan.crewDays.flatMap(\.stops) {
            guard case .visit(let number) = stop.kind else { continue }
            starts[number] = max(starts[number] ?? stop.start, stop.start)
        }
        lastStarts = starts
        notes.name = area.id.description
        for (index, need) in area.needs.enumerated() {
            notes.skills[Skill(index + 1)] = need.title[clock.language]
        }
    }

    private func second(_ moment: Int64) -> Int {
        let civil = clock.civil(moment)
        return told.from.days(until: civil.date) * 86_400 + Int(civil.time.second)
    }

    private func window(_ window: VisitWindow) -> TimeWindow? {
        TimeWindow(second(window.start), second(window.end))
    }

    private func skills(_ needs: [NeedID]) -> [Skill] {
        needs.compactMap { need in
            area.needs.firstIndex { $0.id == need }.map { Skill($0 + 1) }
        }
    }

    mutating func add(_ day: AreaPlan.CrewDay) {
        guard let hours = window(day.hours) else { return }
        let id = ShiftID(shifts.count + 1)
        let crew = area.crews.first { $0.id == day.crew }
        shifts.append(
            Shift(
                id: id, crew: day.crew.description, day: told.from.days(until: day.date),
                start: Place(0), end: Place(0), hours: hours,
                skills: Set(skills(crew?.needs ?? [])), lunches: lunches(hours, day.date)))
        if let crew {
            notes.shifts[id] = crew.members.map(\.description).joined(separator: ", ")
        }
        let steps = day.stops.compactMap { stop in
            self.stop(stop).map {
                TimedPlan.Step($0, start: second(stop.start), arrival: second(stop.arrival))
            }
        }
        routes.append(
            (TimedPlan.Course(shift: id, steps: steps, returns: day.back.map(second)), day))
    }

    /// What a stop is in the files; nil for one that is held, and for a visit that was tried in vain and
    /// stands behind it once more.
    private func stop(_ stop: AreaPlan.Stop) -> Stop? {
        switch stop.kind {
        case .visit(let number):
            lastStarts[number] == stop.start ? .visit(VisitID(Int(number))) : nil
        case .lunch: .lunch(1)
        case .held: nil
        }
    }

    /// The lunch of a day, begun so early that it ends before the crew must be back.
    private func lunches(_ hours: TimeWindow, _ date: CivilDate) -> [LunchBreak] {
        let rules = area.rules
        let (length, midnight) = (
            rules.lunchMinutes * 60, told.from.days(until: date) * 86_400
        )
        guard length > 0,
            let window = TimeWindow(
                max(hours.start, midnight + Int(rules.lunch.start.second)),
                min(hours.end - length, midnight + Int(rules.lunch.end.second)))
        else { return [] }
        return [LunchBreak(number: 1, length: length, windows: [window])]
    }

    mutating func add(_ view: VisitView) {
        let id = VisitID(Int(view.id.number))
        let isPlanned = routes.contains { $0.course.steps.contains { $0.stop == .visit(id) } }
        guard isPlanned || !view.state.isOver else { return }
        guard let words = view.words else {
            leftOut.append(view.id)
            return
        }
        let avoided = shifts.filter { shift in
            view.avoided.contains { $0.description == shift.crew }
        }
        let isBegun = told.crewDays.contains { day in
            day.stops.contains { $0.kind == .visit(view.id.number) && $0.isBegun }
        }
        visits.append(
            Visit(
                id: id, place: place(words.place), service: Int(view.service - view.setup),
                setup: Int(view.setup), skills: skills(view.needs), due: second(view.due),
                promise: view.promise.flatMap(window).map { Promise(window: $0) },
                avoided: avoided.map(\.id), isFixed: isBegun))
        notes.visits[id] = words.address
    }

    private mutating func place(_ point: HomePoint) -> Place {
        if let row = rows[point] { return Place(row) }
        rows[point] = places.count
        places.append(point)
        return Place(places.count - 1)
    }

    var plan: TimedPlan {
        let known = Set(visits.map(\.id))
        let kept = routes.map { route in
            var course = route.course
            course.steps.removeAll { $0.stop.visit.map { !known.contains($0) } ?? false }
            return course
        }.filter { $0.steps.contains { $0.stop.visit != nil } }
        let planned = Set(kept.flatMap { $0.steps.compactMap(\.stop.visit) })
        return TimedPlan(
            courses: kept, unassigned: visits.map(\.id).filter { !planned.contains($0) })
    }

    /// The ways that crews drive by the plan, from row to row, where nothing that is left out lies on them.
    func driven(_ plan: TimedPlan) -> [(from: Int, to: Int, way: Int32)] {
        let places = Dictionary(uniqueKeysWithValues: visits.map { ($0.id, $0.place.row) })
        let written = Set(plan.courses.map(\.shift))
        var ways: [(from: Int, to: Int, way: Int32)] = []
        // A server of before tells of no ways.
        for (course, day) in routes
        where written.contains(course.shift) && day.stops.contains(where: { $0.way > 0 }) {
            // The row of the place before; nil behind what is left out.
            var here: Int? = 0
            var rest = Int(day.travel)
            for stop in day.stops where stop.kind != .lunch {
                let there = self.stop(stop)?.visit.flatMap { places[$0] }
                rest -= Int(stop.way)
                if let here, let there, here != there { ways.append((here, there, stop.way)) }
                here = there
            }
            if let here, here != 0, rest >= 0 { ways.append((here, 0, Int32(clamping: rest))) }
        }
        return ways
    }
}
