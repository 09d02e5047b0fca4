// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Visits

/// Problems in the shape of VROOM's JSON, with what home visits add to it.
///
/// Added are `due`, `promised`, `required`, `fixed`, `forbidden_vehicles` and `allowed_vehicles` of a
/// job, `crew` and `day` of a vehicle, and `skill_names` and `amount_names` of the file. What would
/// change a plan and is not part of the model is refused by its name.
public enum VisitJSON {
    private static let unsupported = (
        problem: ["shipments"],
        job: ["pickup", "setup_per_type", "service_per_type"],
        vehicle: [
            "speed_factor", "max_travel_time", "max_distance", "steps", "costs",
        ],
        lunch: ["max_load"]
    )

    /// Reads a problem that has its travel times.
    ///
    /// - Throws: a fault that names the field.
    public static func readProblem(_ text: Data) throws(VisitFileFault) -> RoutingProblem {
        try read(text).problem()
    }

    /// Reads a file, with or without travel times.
    ///
    /// Without `matrices`, places are told by `location`, longitude first.
    ///
    /// - Throws: a fault that names the field.
    public static func read(_ text: Data) throws(VisitFileFault) -> VisitDocument {
        let file = try JSONField(text)
        try refuse(unsupported.problem, in: file)
        let travel = try readTravel(file)
        var places = PlaceTable(rows: travel?.size)
        var notes = try readNames(file)
        var shifts: [Shift] = []
        for vehicle in try file.member("vehicles").elements {
            let shift = try shift(vehicle, &places)
            if let note = try note(vehicle) { notes.shifts[shift.id] = note }
            shifts.append(shift)
        }
        var visits: [Visit] = []
        for job in try file.optional("jobs")?.elements ?? [] {
            let visit = try visit(job, &places)
            if let note = try note(job) { notes.visits[visit.id] = note }
            visits.append(visit)
        }
        return VisitDocument(
            visits: visits, shifts: shifts, travel: travel, coordinates: places.coordinates,
            notes: notes)
    }

    private static func note(_ field: JSONField) throws(VisitFileFault) -> String? {
        guard let text = try field.optional("description") else { return nil }
        return try short(text)
    }

    private static func short(_ field: JSONField) throws(VisitFileFault) -> String {
        let text = try field.string
        guard text.utf8.count <= VisitNotes.longest else {
            throw VisitFileFault(
                field: field.path, "is longer than \(VisitNotes.longest) bytes")
        }
        return text
    }

    private static func readNames(_ file: JSONField) throws(VisitFileFault) -> VisitNotes {
        var notes = VisitNotes()
        for name in try file.optional("skill_names")?.names ?? [] {
            guard let number = Int(name), let text = try file.optional("skill_names")?.member(name)
            else {
                throw VisitFileFault(
                    field: "skill_names", "\"\(name.prefix(40))\" is no skill's number")
            }
            notes.skills[Skill(number)] = try short(text)
        }
        for name in try file.optional("amount_names")?.elements ?? [] {
            notes.amounts.append(try short(name))
        }
        return notes
    }

    private static func refuse(_ names: [String], in field: JSONField) throws(VisitFileFault) {
        for name in names {
            guard let found = try field.optional(name) else { continue }
            if let list = found.value as? [Any], list.isEmpty { continue }
            if name == "speed_factor", try found.number == 1 { continue }
            throw VisitFileFault(field: found.path, "is not part of the home-visit model")
        }
    }

    private static func readTravel(_ file: JSONField) throws(VisitFileFault) -> TravelMatrix? {
        let rows: JSONField
        if let matrices = try file.optional("matrices") {
            rows = try matrices.member("car").member("durations")
        } else if let matrix = try file.optional("matrix") {
            rows = matrix
        } else {
            return nil
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

    private static func shift(
        _ field: JSONField, _ places: inout PlaceTable
    ) throws(VisitFileFault) -> Shift {
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
            start: try places.place(in: field, row: "start_index", location: "start"),
            end: try places.place(in: field, row: "end_index", location: "end"),
            hours: hours ?? TimeWindow(0, 1 << 28)!, capacity: try field.integers("capacity"),
            skills: Set(try field.integers("skills").map { Skill($0) }), lunches: lunches,
            visitLimit: try field.optional("max_tasks")?.integer)
    }

    private static func visit(
        _ field: JSONField, _ places: inout PlaceTable
    ) throws(VisitFileFault) -> Visit {
        try refuse(unsupported.job, in: field)
        guard
            let place = try places.place(in: field, row: "location_index", location: "location")
        else {
            throw VisitFileFault(
                field: field.path, "location or location_index is missing: where is the visit?")
        }
        var promise: Promise?
        if let promised = try field.optional("promised") {
            promise = Promise(
                window: try window(try promised.member("window")),
                shifts: try promised.integers("vehicles").map { ShiftID($0) })
        }
        return Visit(
            id: VisitID(try field.member("id").integer),
            place: place,
            service: try field.optional("service")?.integer ?? 0,
            setup: try field.optional("setup")?.integer ?? 0, windows: try windows(field),
            skills: try field.integers("skills").map { Skill($0) },
            demand: try field.integers("delivery"), due: try field.optional("due")?.integer,
            promise: promise,
            avoided: try field.integers("forbidden_vehicles").map { ShiftID($0) },
            allowed: try field.optional("allowed_vehicles") == nil
                ? nil : try field.integers("allowed_vehicles").map { ShiftID($0) },
            isRequired: try field.optional("required")?.boolean,
            isFixed: try field.optional("fixed")?.boolean ?? false)
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
