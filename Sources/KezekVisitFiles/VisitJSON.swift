// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Visits

/// Problems in the shape of VROOM's JSON, with what home visits add to it.
///
/// Added are `due`, `promised`, `required` and `forbidden_vehicles` of a job, and `crew` and `day`
/// of a vehicle. What would change a plan and is not part of the model is refused by its name.
public enum VisitJSON {
    private static let unsupported = (
        problem: ["shipments"],
        job: ["pickup", "setup_per_type", "service_per_type"],
        vehicle: [
            "speed_factor", "max_travel_time", "max_distance", "steps", "costs",
        ],
        lunch: ["max_load"]
    )

    /// Reads a problem.
    ///
    /// - Throws: a fault that names the field.
    public static func readProblem(_ text: Data) throws(VisitFileFault) -> RoutingProblem {
        let file = try JSONField(text)
        try refuse(unsupported.problem, in: file)
        let travel = try readTravel(file)
        var shifts: [Shift] = []
        for vehicle in try file.member("vehicles").elements { shifts.append(try shift(vehicle)) }
        var visits: [Visit] = []
        for job in try file.optional("jobs")?.elements ?? [] { visits.append(try visit(job)) }
        do {
            return try RoutingProblem(visits: visits, shifts: shifts, travel: travel)
        } catch { throw VisitFileFault("\(error)") }
    }

    private static func refuse(_ names: [String], in field: JSONField) throws(VisitFileFault) {
        for name in names {
            guard let found = try field.optional(name) else { continue }
            if let list = found.value as? [Any], list.isEmpty { continue }
            if name == "speed_factor", try found.number == 1 { continue }
            throw VisitFileFault(field: found.path, "is not part of the home-visit model")
        }
    }

    private static func readTravel(_ file: JSONField) throws(VisitFileFault) -> TravelMatrix {
        let rows: JSONField
        if let matrices = try file.optional("matrices") {
            rows = try matrices.member("car").member("durations")
        } else if let matrix = try file.optional("matrix") {
            rows = matrix
        } else {
            throw VisitFileFault(field: "matrices", "is missing")
        }
        // Numbers are read in bulk: a field of its own for each of a million would be slow.
        guard let lists = rows.value as? [Any] else {
            throw VisitFileFault(field: rows.path, "a list of rows is expected")
        }
        guard lists.count <= TravelMatrix.placeLimit else {
            throw VisitFileFault(field: rows.path, "more than \(TravelMatrix.placeLimit) places")
        }
        var seconds: [Int32] = []
        seconds.reserveCapacity(lists.count * lists.count)
        for (row, list) in lists.enumerated() {
            guard let numbers = list as? [Any], numbers.count == lists.count else {
                throw VisitFileFault(
                    field: "\(rows.path)[\(row)]", "\(lists.count) numbers are expected")
            }
            for (column, value) in numbers.enumerated() {
                guard let number = value as? NSNumber,
                    let time = Int32(exactly: number.doubleValue), time >= 0
                else {
                    throw VisitFileFault(
                        field: "\(rows.path)[\(row)][\(column)]",
                        "whole seconds are expected")
                }
                seconds.append(time)
            }
        }
        do { return try TravelMatrix(size: lists.count, seconds: seconds) } catch {
            throw VisitFileFault(field: rows.path, "\(error)")
        }
    }

    private static func shift(_ field: JSONField) throws(VisitFileFault) -> Shift {
        try refuse(unsupported.vehicle, in: field)
        var lunches: [LunchBreak] = []
        for lunch in try field.optional("breaks")?.elements ?? [] {
            try refuse(unsupported.lunch, in: lunch)
            lunches.append(
                LunchBreak(
                    number: try lunch.member("id").integer,
                    length: try lunch.optional("service")?.integer ?? 0,
                    windows: try windows(lunch)))
        }
        var hours: TimeWindow?
        if let window = try field.optional("time_window") { hours = try self.window(window) }
        return Shift(
            id: ShiftID(try field.member("id").integer),
            crew: try field.optional("crew")?.string, day: try field.optional("day")?.integer,
            start: try place(field, "start_index"), end: try place(field, "end_index"),
            hours: hours ?? TimeWindow(0, 1 << 28)!, capacity: try field.integers("capacity"),
            skills: Set(try field.integers("skills").map { Skill($0) }), lunches: lunches,
            visitLimit: try field.optional("max_tasks")?.integer)
    }

    private static func visit(_ field: JSONField) throws(VisitFileFault) -> Visit {
        try refuse(unsupported.job, in: field)
        var promise: Promise?
        if let promised = try field.optional("promised") {
            promise = Promise(
                window: try window(try promised.member("window")),
                shifts: try promised.integers("vehicles").map { ShiftID($0) })
        }
        return Visit(
            id: VisitID(try field.member("id").integer),
            place: Place(try field.member("location_index").integer),
            service: try field.optional("service")?.integer ?? 0,
            setup: try field.optional("setup")?.integer ?? 0, windows: try windows(field),
            skills: try field.integers("skills").map { Skill($0) },
            demand: try field.integers("delivery"), due: try field.optional("due")?.integer,
            promise: promise,
            avoided: try field.integers("forbidden_vehicles").map { ShiftID($0) },
            isRequired: try field.optional("required")?.boolean)
    }

    private static func place(_ field: JSONField, _ name: String) throws(VisitFileFault) -> Place? {
        guard let row = try field.optional(name) else { return nil }
        return Place(try row.integer)
    }

    private static func windows(_ field: JSONField) throws(VisitFileFault) -> [TimeWindow] {
        var windows: [TimeWindow] = []
        for element in try field.optional("time_windows")?.elements ?? [] {
            windows.append(try window(element))
        }
        return windows
    }

    private static func window(_ field: JSONField) throws(VisitFileFault) -> TimeWindow {
        let ends = try field.elements
        guard ends.count == 2 else {
            throw VisitFileFault(field: field.path, "two ends are expected")
        }
        guard let window = TimeWindow(try ends[0].integer, try ends[1].integer) else {
            throw VisitFileFault(field: field.path, "ends before it starts")
        }
        return window
    }
}
