// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Visits

extension VisitJSON {
    /// A problem in the shape in which `read` takes it, so that what is read again is the same.
    ///
    /// Of `unbounded` shifts no hours are said.
    ///
    /// Written by hand, as a million travel times in values of their own would be slow.
    public static func write(
        _ problem: RoutingProblem, coordinates: [Coordinate?] = [],
        notes: VisitNotes = VisitNotes(), after soFar: DaySoFar = DaySoFar(),
        unbounded: Set<ShiftID> = []
    ) -> Data {
        var text = JSONWriter()
        let jobs = Set(problem.visits.map(\.id))
        let others = notes.visits.filter { !jobs.contains($0.key) }
        text.object { text in
            if let name = notes.name { text.member("name", name) }
            if let now = soFar.now { text.member("now", now) }
            text.member("vehicles")
            text.list(problem.shifts, onLines: true) { text, shift in
                write(
                    shift, coordinates, notes, soFar.begun[shift.id] ?? [], others,
                    isUnbounded: unbounded.contains(shift.id), &text)
            }
            text.member("jobs")
            text.list(problem.visits, onLines: true) { text, visit in
                write(visit, coordinates, notes, &text)
            }
            if !notes.skills.isEmpty {
                text.member("skill_names")
                text.object { text in
                    for (skill, name) in notes.skills.sorted(by: { $0.key < $1.key }) {
                        text.member("\(skill.number)", name)
                    }
                }
            }
            if !notes.amounts.isEmpty {
                text.member("amount_names")
                text.list(notes.amounts) { $0.string($1) }
            }
            text.member("matrices")
            text.object { text in
                for (index, travel) in ([problem.travel] + problem.others).enumerated() {
                    text.member(notes.profile(index))
                    text.object { text in
                        text.member("durations")
                        text.list(0..<travel.size, onLines: true) { text, row in
                            text.numbers(travel.row(Place(row)))
                        }
                    }
                }
            }
        }
        return text.data
    }

    private static func write(
        _ shift: Shift, _ coordinates: [Coordinate?], _ notes: VisitNotes,
        _ begun: [DaySoFar.Begun], _ others: [VisitID: String], isUnbounded: Bool,
        _ text: inout JSONWriter
    ) {
        text.object { text in
            text.member("id", shift.id.number)
            if let crew = shift.crew { text.member("crew", crew) }
            if let day = shift.day { text.member("day", day) }
            if let note = notes.shifts[shift.id] { text.member("description", note) }
            let profile = notes.profile(shift.profile)
            if profile != "car" { text.member("profile", profile) }
            write(shift.start, "start_index", "start", coordinates, &text)
            write(shift.end, "end_index", "end", coordinates, &text)
            if !isUnbounded {
                text.member("time_window")
                text.numbers([shift.hours.start, shift.hours.end])
            }
            if !shift.capacity.isEmpty { text.member("capacity", shift.capacity) }
            if !shift.skills.isEmpty {
                text.member("skills", shift.skills.map(\.number).sorted())
            }
            if let limit = shift.visitLimit { text.member("max_tasks", limit) }
            if !shift.lunches.isEmpty {
                text.member("breaks")
                text.list(shift.lunches) { text, lunch in
                    text.object { text in
                        text.member("id", lunch.number)
                        text.member("service", lunch.length)
                        write(lunch.windows, &text)
                    }
                }
            }
            write(begun, coordinates, others, &text)
        }
    }

    private static func write(
        _ visit: Visit, _ coordinates: [Coordinate?], _ notes: VisitNotes, _ text: inout JSONWriter
    ) {
        text.object { text in
            text.member("id", visit.id.number)
            if let note = notes.visits[visit.id] { text.member("description", note) }
            write(visit.place, "location_index", "location", coordinates, &text)
            text.member("setup", visit.setup)
            text.member("service", visit.service)
            write(visit.windows, &text)
            if !visit.skills.isEmpty { text.member("skills", visit.skills.map(\.number)) }
            if !visit.demand.isEmpty { text.member("delivery", visit.demand) }
            if let due = visit.due { text.member("due", due) }
            if let promise = visit.promise {
                text.member("promised")
                text.object { text in
                    text.member("window", [promise.window.start, promise.window.end])
                    if !promise.shifts.isEmpty {
                        text.member("vehicles", promise.shifts.map(\.number))
                    }
                }
            }
            if visit.isRequired != (visit.promise != nil) {
                text.member("required", isTrue: visit.isRequired)
            }
            if visit.isFixed { text.member("fixed", isTrue: true) }
            if !visit.avoided.isEmpty {
                text.member("forbidden_vehicles", visit.avoided.map(\.number))
            }
            if let allowed = visit.allowed {
                text.member("allowed_vehicles", allowed.map(\.number))
            }
        }
    }

    static func write(
        _ place: Place?, _ rowName: String, _ locationName: String, _ coordinates: [Coordinate?],
        _ text: inout JSONWriter
    ) {
        guard let place else { return }
        text.member(rowName, place.row)
        guard place.row < coordinates.count, let point = coordinates[place.row] else { return }
        text.member(locationName)
        text.list([point.longitude, point.latitude]) { $0.number("\($1)") }
    }

    private static func write(_ windows: [TimeWindow], _ text: inout JSONWriter) {
        guard !windows.isEmpty else { return }
        text.member("time_windows")
        text.list(windows) { $0.numbers([$1.start, $1.end]) }
    }
}
