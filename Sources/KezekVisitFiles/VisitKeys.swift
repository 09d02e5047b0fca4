// SPDX-License-Identifier: Apache-2.0

import Texts

/// The keys of a file of visits: which are read, which are refused, and which were passed over.
struct VisitKeys {
    enum Kind {
        case file, job, vehicle, lunch, promise, matrix, begun
    }

    /// The paths of what is not read, each kind of key once, in the order of the file.
    private(set) var unread: [String] = []
    /// What else somebody should know who gave the file.
    private(set) var remarks: [Phrase] = []
    private var seen: Set<String> = []

    private static func read(_ kind: Kind) -> Set<String> {
        switch kind {
        case .file:
            [
                "name", "now", "jobs", "vehicles", "matrices", "matrix", "skill_names",
                "amount_names",
                "shipments",
            ]
        case .job:
            [
                "id", "description", "location", "location_index", "setup", "service", "delivery",
                "amount", "skills", "time_windows", "due", "promised", "required", "fixed",
                "forbidden_vehicles", "allowed_vehicles", "priority", "pickup",
                "setup_per_type", "service_per_type",
            ]
        case .vehicle:
            [
                "id", "profile", "description", "start", "start_index", "end", "end_index",
                "capacity", "skills", "time_window", "breaks", "max_tasks", "crew", "day",
                "begun", "speed_factor", "max_travel_time", "max_distance", "steps", "costs",
            ]
        case .lunch: ["id", "service", "time_windows", "description", "max_load"]
        case .promise: ["window", "vehicles"]
        case .matrix: ["durations", "costs"]
        case .begun:
            [
                "type", "id", "arrival", "start", "end", "in_vain", "location", "location_index",
                "description",
            ]
        }
    }

    /// Those of them that would change a plan and are not part of the model.
    private static func refused(_ kind: Kind) -> [String] {
        switch kind {
        case .file: ["shipments"]
        case .job: ["pickup", "priority", "setup_per_type", "service_per_type"]
        case .vehicle: ["speed_factor", "max_travel_time", "max_distance", "steps", "costs"]
        case .lunch: ["max_load"]
        case .promise, .begun: []
        case .matrix: ["costs"]
        }
    }

    /// Looks at the keys of an object.
    ///
    /// - Throws: a fault for one that would change a plan, and for one that is another misspelt.
    mutating func look(at field: JSONField, as kind: Kind) throws(VisitFileFault) {
        let known = Self.read(kind)
        for name in Self.refused(kind) {
            guard let found = try field.optional(name), try !Self.saysNothing(found, name) else {
                continue
            }
            throw VisitFileFault(field: found.path, "is not part of the home-visit model")
        }
        for name in try field.names where !known.contains(name) {
            let path = field.path.isEmpty ? name : "\(field.path).\(name)"
            if let meant = Self.meant(by: name, known) {
                throw VisitFileFault(field: path, "is no key; is \(meant) meant?")
            }
            if seen.insert("\(kind).\(name)").inserted { unread.append(path) }
        }
        if kind == .job, try field.optional("amount") != nil, try field.optional("delivery") != nil
        {
            throw VisitFileFault(field: "\(field.path).amount", "says again what delivery says")
        }
    }

    mutating func remark(_ text: Phrase) { remarks.append(text) }

    /// Remembers something that is not read.
    mutating func passOver(_ path: String) {
        if seen.insert(path).inserted { unread.append(path) }
    }

    /// Whether a key that is not part of the model has the value that it has where it is left out.
    private static func saysNothing(
        _ field: JSONField, _ name: String
    ) throws(VisitFileFault) -> Bool {
        if let list = field.value as? [Any], list.isEmpty { return true }
        if let members = field.value as? [String: Any], members.isEmpty { return true }
        switch name {
        case "speed_factor": return try field.number == 1
        case "priority": return try field.number == 0
        case "pickup":
            for amount in try field.elements where try amount.number != 0 { return false }
            return true
        default: return false
        }
    }

    /// The key of which this is another form, or a misspelling; nil if there is none.
    private static func meant(by name: String, _ known: Set<String>) -> String? {
        let (plain, sorted) = (plain(name), known.sorted())
        return sorted.first { self.plain($0) == plain }
            ?? Spelling.nearest(to: plain, among: sorted.map(self.plain)).flatMap { nearest in
                sorted.first { self.plain($0) == nearest }
            }
    }

    /// A key without what people mistake: capitals, lines between words, and the plural.
    private static func plain(_ name: String) -> String {
        var plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        if plain.last == "s" { plain.removeLast() }
        return plain
    }
}
