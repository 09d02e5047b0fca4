// SPDX-License-Identifier: Apache-2.0

import Texts

/// Reads the text format of VRPLIB: lines of `KEY : value`, then sections of numbers.
///
/// Taken are the types CVRP and VRPTW, with coordinates (EUC_2D) or stated distances (EXPLICIT).
/// Nodes are counted from 1, and the first is the depot.
struct VRPLIBText {
    private enum Section: String, CaseIterable {
        case coordinates = "NODE_COORD_SECTION"
        case demands = "DEMAND_SECTION"
        case windows = "TIME_WINDOW_SECTION"
        case services = "SERVICE_TIME_SECTION"
        case depots = "DEPOT_SECTION"
        case weights = "EDGE_WEIGHT_SECTION"
        case display = "DISPLAY_DATA_SECTION"
    }

    /// The keys of the head: what is read or refused, and what says nothing of the problem.
    private static let keys: Set<String> = [
        "NAME", "TYPE", "COMMENT", "DIMENSION", "CAPACITY", "VEHICLES", "SERVICE_TIME", "DISTANCE",
        "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE",
    ]

    private var headers: [String: (value: String, line: Int)] = [:]
    private var draft = InstanceDraft()
    private var section: Section?
    private var seen: [Section: Set<Int>] = [:]
    private var matrix: WeightMatrix?

    /// Whether a text is of this format: one of its lines says so in a word of its own.
    static func recognises(_ text: Substring) -> Bool {
        for (number, line) in TextLines(text) {
            guard number <= 50 else { return false }
            let key = line.prefix { $0 != ":" }.filter { !$0.isWhitespace }
            if ["DIMENSION", "EDGE_WEIGHT_TYPE", "NODE_COORD_SECTION"].contains(key) {
                return true
            }
        }
        return false
    }

    static func read(_ text: Substring) throws(VisitFileFault) -> InstanceDraft {
        var reader = VRPLIBText()
        for (number, line) in TextLines(text) {
            guard try reader.take(line, number) else { break }
        }
        return try reader.finish()
    }

    /// Takes a line; false if the text ends with it.
    private mutating func take(
        _ line: Substring, _ number: Int
    ) throws(VisitFileFault) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { return true }
        if first == "EOF" { return false }
        if let found = Section(rawValue: String(first.prefix { $0 != ":" })) {
            try open(found, number)
        } else if let colon = line.firstIndex(of: ":") {
            let key = line[..<colon].filter { !$0.isWhitespace }
            let value = line[line.index(after: colon)...]
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            try look(at: key, number)
            let isNew = headers.updateValue((value, number), forKey: key) == nil
            guard isNew || key == "COMMENT" else {
                throw VisitFileFault(line: number, "\(key.prefix(40)) is there twice")
            }
            section = nil
        } else if first.first!.isLetter {
            throw VisitFileFault(
                line: number,
                "\"\(first.prefix(40))\" is no section that is known; there are: "
                    + "\(Section.allCases.map(\.rawValue).joined(separator: ", "))")
        } else {
            try read(try TextLines.numbers(words, line: number), number)
        }
        return true
    }

    /// Remembers a key that is not read.
    ///
    /// - Throws: a fault for one that is another misspelt.
    private mutating func look(at key: String, _ line: Int) throws(VisitFileFault) {
        guard !Self.keys.contains(key), headers[key] == nil else { return }
        func plain(_ key: String) -> String {
            key.uppercased().filter { $0 != "_" && $0 != "-" }
        }
        let known = Self.keys.sorted()
        let meant =
            known.first { plain($0) == plain(key) }
            ?? Spelling.nearest(to: plain(key), among: known.map(plain)).flatMap { nearest in
                known.first { plain($0) == nearest }
            }
        if let meant {
            throw VisitFileFault(line: line, "\(key.prefix(40)) is no key; is \(meant) meant?")
        }
        draft.unread.append(String(key.prefix(40)))
    }

    private mutating func open(_ found: Section, _ line: Int) throws(VisitFileFault) {
        guard seen.updateValue([], forKey: found) == nil else {
            throw VisitFileFault(line: line, "\(found.rawValue) is there twice")
        }
        if draft.rows.isEmpty {
            let size = try header("DIMENSION", 1...Double(VisitFileLimits.customers + 1), line)
            draft.rows = Array(repeating: InstanceDraft.Row(), count: Int(size))
        }
        if found == .weights {
            matrix = try WeightMatrix(
                headers["EDGE_WEIGHT_FORMAT"]?.value ?? "", size: draft.rows.count, line: line)
        }
        section = found
    }

    /// A number of the head, within bounds.
    private func header(
        _ key: String, _ bounds: ClosedRange<Double>, _ line: Int? = nil
    ) throws(VisitFileFault) -> Double {
        guard let (text, at) = headers[key] else {
            let reason: Phrase = "\(key) is missing; it must stand before the sections"
            throw line.map { VisitFileFault(line: $0, reason) } ?? VisitFileFault(reason)
        }
        guard let value = Double(text), bounds.contains(value) else {
            throw VisitFileFault(
                line: at,
                "\(key) must be a number from \(Int(bounds.lowerBound)) to \(Int(bounds.upperBound))"
            )
        }
        return value
    }

    private mutating func read(_ values: [Double], _ line: Int) throws(VisitFileFault) {
        switch section {
        case nil: throw VisitFileFault(line: line, "numbers stand before any section")
        case .display: return
        case .weights: try matrix?.take(values, line: line)
        case .depots:
            for depot in values where depot != -1 {
                guard depot == 1 else {
                    throw VisitFileFault(line: line, "only node 1 can be the depot")
                }
            }
        case .coordinates:
            let row = try row(values, 3, line)
            draft.rows[row].point = Instance.Point(x: values[1], y: values[2])
        case .demands: draft.rows[try row(values, 2, line)].demand = try natural(values[1], line)
        case .services:
            draft.rows[try row(values, 2, line)].service = try natural(values[1], line)
        case .windows:
            let row = try row(values, 3, line)
            guard values[1] <= values[2] else {
                throw VisitFileFault(line: line, "the window closes before it opens")
            }
            draft.rows[row].opens = values[1]
            draft.rows[row].closes = values[2]
        }
    }

    private func natural(_ value: Double, _ line: Int) throws(VisitFileFault) -> Double {
        guard value >= 0 else { throw VisitFileFault(line: line, "must not be negative") }
        return value
    }

    /// The row that a line of a section is about, each of them once.
    private mutating func row(
        _ values: [Double], _ count: Int, _ line: Int
    ) throws(VisitFileFault) -> Int {
        guard values.count == count else {
            throw VisitFileFault(
                line: line, "a line of \(count) numbers is expected, not of \(values.count)")
        }
        guard let node = Int(exactly: values[0]), (1...draft.rows.count).contains(node) else {
            throw VisitFileFault(line: line, "nodes are numbered from 1 to \(draft.rows.count)")
        }
        guard seen[section!]!.insert(node).inserted else {
            throw VisitFileFault(line: line, "node \(node) is there twice")
        }
        return node - 1
    }

    private mutating func finish() throws(VisitFileFault) -> InstanceDraft {
        // A remark may follow in parentheses.
        let type = headers["TYPE"]?.value.prefix { $0 != " " && $0 != "(" } ?? ""
        guard ["CVRP", "VRPTW"].contains(String(type)) else {
            throw fault("TYPE", "must be CVRP or VRPTW, not \"\(type.prefix(40))\"")
        }
        for key in ["DISTANCE", "NODE_COORD_TYPE"] where headers[key] != nil {
            let value = headers[key]?.value ?? ""
            if key == "NODE_COORD_TYPE", ["TWOD_COORDS", "NO_COORDS"].contains(value) { continue }
            throw fault(key, "is not part of the model; take the line out to plan without it")
        }
        draft.name = headers["NAME"]?.value ?? ""
        draft.capacity = try header("CAPACITY", 0...VisitFileLimits.number)
        if headers["VEHICLES"] != nil {
            draft.vehicles = Int(try header("VEHICLES", 1...VisitFileLimits.number))
        }
        draft.hasPoints = seen[.coordinates] != nil
        draft.hasWindows = type == "VRPTW"
        let needed: [Section] = [.demands] + (draft.hasWindows ? [.windows] : [])
        switch headers["EDGE_WEIGHT_TYPE"]?.value {
        case "EUC_2D": try complete(needed + [.coordinates])
        case "EXPLICIT":
            guard let matrix else { throw VisitFileFault("EDGE_WEIGHT_SECTION is missing") }
            draft.weights = try matrix.finished()
            try complete(needed)
        case let other:
            throw fault(
                "EDGE_WEIGHT_TYPE",
                "must be EUC_2D or EXPLICIT, not \"\((other ?? "").prefix(40))\"")
        }
        if seen[.services] != nil {
            try complete([.services])
        } else if headers["SERVICE_TIME"] != nil {
            let service = try header("SERVICE_TIME", 0...VisitFileLimits.number)
            for row in draft.rows.indices.dropFirst() { draft.rows[row].service = service }
        }
        return draft
    }

    private func fault(_ key: String, _ reason: Phrase) -> VisitFileFault {
        headers[key].map { VisitFileFault(line: $0.line, "\(key) \(reason)") }
            ?? VisitFileFault("\(key) \(reason)")
    }

    /// Every node is in these sections.
    private func complete(_ sections: [Section]) throws(VisitFileFault) {
        for section in sections {
            guard let nodes = seen[section] else {
                throw VisitFileFault("\(section.rawValue) is missing")
            }
            if let lost = (1...max(1, draft.rows.count)).first(where: { !nodes.contains($0) }) {
                throw VisitFileFault("\(section.rawValue) lacks node \(lost)")
            }
        }
    }
}
