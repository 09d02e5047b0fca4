// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import KezekVisitFiles
import Parties
import Texts
import VisitChecking
import Visits
import WorkingDays

/// A plan as files, while its shifts and visits are put together.
struct PlanDraft {
    private let told: AreaPlan
    private let area: VisitArea
    private let clock: AreaClock
    private(set) var shifts: [Shift] = []
    private(set) var visits: [Visit] = []
    private(set) var places: [HomePoint]
    private(set) var notes = VisitNotes()
    /// How crews travel: by car first if one of them does, then in the order of the shifts.
    private(set) var profiles: [TravelProfile]
    private(set) var leftOut: [HomeVisitID] = []
    private var rows: [HomePoint: Int]
    private var begun: [ShiftID: [DaySoFar.Begun]] = [:]
    /// Where visits are at which a crew was in vain, and that are no visits of the files.
    private var tried: [VisitID: Place] = [:]
    private var routes: [(course: TimedPlan.Course, day: AreaPlan.CrewDay)] = []
    /// Per visit the stop that is its own: the last, of a server that tells of no outcomes.
    private let last: [UInt32: Spot]

    /// A stop of a plan: the so-many-th of a crew's day.
    private struct Spot: Hashable {
        let crew: CrewID
        let date: CivilDate
        let index: Int
    }

    init(_ plan: AreaPlan, _ area: VisitArea, _ clock: AreaClock) {
        told = plan
        self.area = area
        self.clock = clock
        profiles = Self.profiles(plan, area)
        places = [area.home]
        rows = [area.home: 0]
        var last: [UInt32: (start: Int64, spot: Spot)] = [:]
        for day in plan.crewDays {
            for (index, stop) in day.stops.enumerated() {
                guard case .visit(let number) = stop.kind, stop.outcome == nil,
                    last[number].map({ $0.start <= stop.start }) ?? true
                else { continue }
                last[number] = (stop.start, Spot(crew: day.crew, date: day.date, index: index))
            }
        }
        self.last = last.mapValues(\.spot)
        notes.name = area.id.description
        notes.profiles = profiles == [.car] ? [] : profiles.map(\.name)
        for (index, need) in area.needs.enumerated() {
            notes.skills[Skill(index + 1)] = need.title[clock.language]
        }
    }

    private static func profiles(_ plan: AreaPlan, _ area: VisitArea) -> [TravelProfile] {
        var profiles: [TravelProfile] = []
        for day in plan.crewDays where !day.isAbsent || !day.stops.isEmpty {
            let profile = area.crews.first { $0.id == day.crew }?.profile ?? .car
            if !profiles.contains(profile) { profiles.append(profile) }
        }
        guard let index = profiles.firstIndex(of: .car) else {
            return profiles.isEmpty ? [.car] : profiles
        }
        profiles.swapAt(0, index)
        return profiles
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
        var shift = Shift(
            id: id, crew: day.crew.description, day: told.from.days(until: day.date),
            start: Place(0), end: Place(0), hours: hours,
            skills: Set(skills(crew?.needs ?? [])), lunches: lunches(hours, day))
        shift.profile = profiles.firstIndex(of: crew?.profile ?? .car) ?? 0
        shifts.append(shift)
        if let crew {
            notes.shifts[id] = crew.members.map(\.description).joined(separator: ", ")
        }
        let names = names(of: day)
        let steps = zip(day.stops, names).compactMap { stop, name in
            name.map {
                TimedPlan.Step(
                    $0, start: second(stop.start), arrival: second(stop.arrival),
                    end: stop.isBegun ? second(stop.end) : nil)
            }
        }
        begun[id] = zip(day.stops, names).filter { stop, _ in stop.isBegun }
            .compactMap { stop, name in fact(stop, name) }
        routes.append(
            (TimedPlan.Course(shift: id, steps: steps, returns: day.back.map(second)), day))
    }

    /// What the stops of a day are in the files; nil for one that is held, and for a try in vain.
    private func names(of day: AreaPlan.CrewDay) -> [Stop?] {
        day.stops.enumerated().map { index, stop in
            switch stop.kind {
            case .visit(let number):
                last[number] == Spot(crew: day.crew, date: day.date, index: index)
                    ? .visit(VisitID(Int(number))) : nil
            case .lunch: .lunch(1)
            case .held: nil
            }
        }
    }

    /// What a crew has begun; nil for a place that is held, for which no crew sets out.
    private func fact(_ stop: AreaPlan.Stop, _ name: Stop?) -> DaySoFar.Begun? {
        let id: Stop
        switch stop.kind {
        case .visit(let number): id = .visit(VisitID(Int(number)))
        case .lunch: id = .lunch(1)
        case .held: return nil
        }
        return DaySoFar.Begun(
            DoneStop(
                id, arrival: second(stop.arrival), start: second(stop.start),
                end: second(stop.end)), isInVain: name == nil)
    }

    /// What has happened, but for visits that are left out.
    ///
    /// Of a try in vain the place is said if the visit is no matter of these days any more.
    var soFar: DaySoFar {
        let known = Set(visits.map(\.id))
        return DaySoFar(
            now: told.at.map(second),
            begun: begun.mapValues { entries in
                entries.compactMap { entry in
                    guard let id = entry.done.stop.visit, !known.contains(id) else { return entry }
                    guard let place = tried[id] else { return nil }
                    return DaySoFar.Begun(entry.done, isInVain: true, place: place)
                }
            })
    }

    /// The lunch of a day, begun so early that it ends before the crew must be back; one that the plan has
    /// otherwise is as the plan has it.
    private func lunches(_ hours: TimeWindow, _ day: AreaPlan.CrewDay) -> [LunchBreak] {
        let rules = area.rules
        let (length, midnight) = (
            rules.lunchMinutes * 60, told.from.days(until: day.date) * 86_400
        )
        let planned = day.stops.first { $0.kind == .lunch }
        guard length > 0,
            let window = TimeWindow(
                max(hours.start, midnight + Int(rules.lunch.start.second)),
                min(hours.end - length, midnight + Int(rules.lunch.end.second)))
        else {
            return planned.map {
                [LunchBreak(number: 1, length: Int($0.end - $0.start), windows: [])]
            } ?? []
        }
        var windows = [window]
        // After a delay it is taken when it can be.
        if let start = planned.map({ second($0.start) }), !window.contains(start) {
            windows.append(TimeWindow(start, start)!)
        }
        return [LunchBreak(number: 1, length: length, windows: windows)]
    }

    mutating func add(_ view: VisitView) {
        let id = VisitID(Int(view.id.number))
        let isPlanned = routes.contains { $0.course.steps.contains { $0.stop == .visit(id) } }
        // What is promised and has a place on another day is no matter of these.
        let isElsewhere = view.promise != nil && !view.isUnkept
        guard isPlanned || !view.state.isOver && !isElsewhere else {
            let isTried = begun.values.joined().contains { $0.done.stop == .visit(id) }
            if isTried, let words = view.words {
                tried[id] = place(words.place)
                notes.visits[id] = words.address
            }
            return
        }
        guard let words = view.words else {
            leftOut.append(view.id)
            return
        }
        let avoided = shifts.filter { shift in
            view.avoided.contains { $0.description == shift.crew }
        }
        let isBegun = begun.values.joined().contains {
            $0.done.stop == .visit(id) && !$0.isInVain
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

    /// Shifts on which something is left out that a crew does by the plan.
    var gapped: Set<ShiftID> {
        let known = Set((visits.map(\.id) + tried.keys).map { UInt32($0.number) })
        let gapped = routes.filter { _, day in
            day.stops.contains { stop in
                switch stop.kind {
                case .visit(let number): !known.contains(number)
                case .held: true
                case .lunch: false
                }
            }
        }
        return Set(gapped.map(\.course.shift))
    }

    var plan: TimedPlan {
        let (known, soFar) = (Set(visits.map(\.id)), soFar)
        let kept = routes.map { route in
            var course = route.course
            course.steps.removeAll { $0.stop.visit.map { !known.contains($0) } ?? false }
            return course
        }.filter { soFar.isOut($0.shift) || $0.steps.contains { $0.stop.visit != nil } }
        let planned = Set(kept.flatMap { $0.steps.compactMap(\.stop.visit) })
        return TimedPlan(
            courses: kept, unassigned: visits.map(\.id).filter { !planned.contains($0) })
    }

    typealias Way = (profile: Int, from: Int, to: Int, way: Int32)

    /// The ways that crews drive by the plan, from row to row, and those past what is left out that are shorter
    /// over it than they are estimated.
    func ways(_ plan: TimedPlan, _ estimated: [[Int32]]) -> [Way] {
        let known = visits.map { ($0.id, $0.place.row) } + tried.map { ($0.key, $0.value.row) }
        let rows = Dictionary(uniqueKeysWithValues: known)
        let written = Set(plan.courses.map(\.shift))
        let profiles = Dictionary(uniqueKeysWithValues: shifts.map { ($0.id, $0.profile) })
        var (driven, past): ([Way], [Way]) = ([], [])
        for (course, day) in routes where written.contains(course.shift) {
            // A server of before tells of no ways.
            guard day.stops.contains(where: { $0.way > 0 }) else { continue }
            // How a crew travelled that the area has no more is not known.
            let isKnown =
                self.profiles.count == 1 || area.crews.contains { $0.id == day.crew }
            // The row of the last place that is written, and how far it is from there.
            var (here, way, isDirect) = (0, Int32(0), true)
            let profile = profiles[course.shift] ?? 0
            func arrive(at row: Int) {
                if here == row {
                    // It stays where it is.
                } else if isDirect, isKnown {
                    driven.append((profile, here, row, way))
                } else if way < estimated[profile][here * places.count + row] {
                    past.append((profile, here, row, way))
                }
                (here, way, isDirect) = (row, 0, true)
            }
            var rest = Int(day.travel)
            for stop in day.stops where stop.kind != .lunch {
                way += stop.way
                rest -= Int(stop.way)
                if case .visit(let number) = stop.kind, let row = rows[VisitID(Int(number))] {
                    arrive(at: row)
                } else {
                    isDirect = false
                }
            }
            guard rest >= 0 else { continue }
            way += Int32(clamping: rest)
            arrive(at: 0)
        }
        return past + driven
    }
}
