// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Texts
public import Visits

/// Problems in the shape of VROOM's JSON, with what home visits add to it.
///
/// Added are `due`, `promised`, `required`, `fixed`, `forbidden_vehicles` and `allowed_vehicles` of a
/// job, `crew`, `day` and `begun` of a vehicle, and `name`, `now`, `skill_names` and `amount_names` of the file.
/// What would change a plan and is not part of the model is refused by its name; what else is not read is remembered.
public enum VisitJSON {
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
        var keys = VisitKeys()
        try keys.look(at: file, as: .file)
        let names = try profiles(file)
        let ways = try JSONWays.read(file, names, &keys)
        var places = PlaceTable(rows: ways.first?.size)
        var notes = try readNames(file)
        var shifts: [Shift] = []
        var unbounded: Set<ShiftID> = []
        for vehicle in try file.member("vehicles").elements {
            try keys.look(at: vehicle, as: .vehicle)
            let shift = try shift(vehicle, names, &places, &keys)
            if let note = try note(vehicle) { notes.shifts[shift.id] = note }
            if try vehicle.optional("time_window") == nil { unbounded.insert(shift.id) }
            shifts.append(shift)
        }
        var visits: [Visit] = []
        for job in try file.optional("jobs")?.elements ?? [] {
            try keys.look(at: job, as: .job)
            let visit = try visit(job, &places, &keys)
            if let note = try note(job) { notes.visits[visit.id] = note }
            visits.append(visit)
        }
        notes.profiles = names == ["car"] ? [] : names
        if Coordinate.seemSwapped(places.coordinates.compactMap { $0 }) {
            keys.remark(
                "places lie in Kazakhstan if their latitude stands first; longitude first is read")
        }
        let soFar = try soFar(file, shifts, visits, &places, &notes, &keys)
        return VisitDocument(
            visits: visits, shifts: shifts, travel: ways.first, others: Array(ways.dropFirst()),
            coordinates: places.coordinates, notes: notes, soFar: soFar, unread: keys.unread,
            remarks: keys.remarks, unbounded: unbounded)
    }

    /// The profiles that vehicles name, `car` first if one of them has it.
    private static func profiles(_ file: JSONField) throws(VisitFileFault) -> [String] {
        var names: [String] = []
        for vehicle in try file.member("vehicles").elements {
            let name = try vehicle.optional("profile")?.string ?? "car"
            if !names.contains(name) { names.append(name) }
        }
        guard names.count > 1, let index = names.firstIndex(of: "car") else { return names }
        names.swapAt(0, index)
        return names
    }

    static func note(_ field: JSONField) throws(VisitFileFault) -> String? {
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
        notes.name = try file.optional("name").map(short)
        for name in try file.optional("skill_names")?.names ?? [] {
            guard let number = Int(name), "\(number)" == name,
                let text = try file.optional("skill_names")?.member(name)
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

    private static func shift(
        _ field: JSONField, _ profiles: [String], _ places: inout PlaceTable,
        _ keys: inout VisitKeys
    ) throws(VisitFileFault) -> Shift {
        var lunches: [LunchBreak] = []
        for lunch in try field.optional("breaks")?.elements ?? [] {
            try keys.look(at: lunch, as: .lunch)
            lunches.append(
                LunchBreak(
                    number: try lunch.member("id").integer,
                    length: try lunch.optional("service")?.integer ?? 0,
                    windows: try windows(lunch)))
        }
        var hours: TimeWindow?
        if let window = try field.optional("time_window") { hours = try self.window(window) }
        var shift = Shift(
            id: ShiftID(try field.member("id").integer),
            crew: try field.optional("crew")?.string, day: try field.optional("day")?.integer,
            start: try places.place(in: field, row: "start_index", location: "start"),
            end: try places.place(in: field, row: "end_index", location: "end"),
            hours: hours ?? TimeWindow(0, 0)!, capacity: try field.integers("capacity"),
            skills: Set(try field.integers("skills").map { Skill($0) }), lunches: lunches,
            visitLimit: try field.optional("max_tasks")?.integer)
        let profile = try field.optional("profile")?.string ?? "car"
        shift.profile = profiles.firstIndex(of: profile) ?? 0
        return shift
    }

    private static func visit(
        _ field: JSONField, _ places: inout PlaceTable, _ keys: inout VisitKeys
    ) throws(VisitFileFault) -> Visit {
        guard
            let place = try places.place(in: field, row: "location_index", location: "location")
        else {
            throw VisitFileFault(
                field: field.path, "location or location_index is missing: where is the visit?")
        }
        var promise: Promise?
        if let promised = try field.optional("promised") {
            try keys.look(at: promised, as: .promise)
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
            // An older name of VROOM's.
            demand: try field.integers(field.optional("amount") == nil ? "delivery" : "amount"),
            due: try field.optional("due")?.integer,
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
