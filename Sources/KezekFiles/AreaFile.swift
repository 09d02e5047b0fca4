// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Foundation
public import HomeVisits
import Parties
import Texts
import WorkingDays

/// Reads and writes the file of an area in which home visits are paid.
///
/// `Examples/visits/README.md` explains the schema to a person. Whether there is such a standard, kind
/// of office and zone is for the server to say, which has them.
public enum AreaFile {
    /// The area that a file describes.
    ///
    /// - Throws: every fault of the file, by line and field.
    public static func read(_ url: URL) throws(FileFaults) -> VisitArea {
        try read(try YAMLFile.document(of: url, named: url.relativePath).root)
    }

    /// The area that a text describes; faults name the file so.
    public static func read(text: String, named name: String) throws(FileFaults) -> VisitArea {
        let root: Field
        do throws(FileFault) {
            root = try YAMLFile.root(ofText: text, named: name)
        } catch { throw FileFaults(list: [error]) }
        return try read(root)
    }

    private static func read(_ root: Field) throws(FileFaults) -> VisitArea {
        let collector = FaultCollector()
        let area = collector.attempt { () throws(FileFault) in try read(root, collector) }
        try collector.finish()
        // Without a fault there is an area.
        if let fault = area!.fault { throw FileFaults(list: [place(fault, root, area!)]) }
        return area!
    }

    private static func read(
        _ root: Field, _ collector: FaultCollector
    ) throws(FileFault) -> VisitArea {
        var fields = try root.fields()
        let id: OfficeID = try fields.required("area").value(
            "a name of 1 to 32 lower-case letters, digits and hyphens")
        let title = try fields.required("title").officeText()
        let standard = try fields.required("standard").name()
        let kind = try fields.required("kind").name()
        let zone = try fields.optional("zone").map { (field) throws(FileFault) in try field.zone() }
        let home = try fields.required("home").homePoint()
        let needEntries = try fields.optional("needs")?.entries() ?? []
        let needs = collector.each(needEntries) { (entry) throws(FileFault) in
            try need(entry.key, entry.value)
        }
        let crewEntries = try fields.required("crews").entries()
        var section = AreaCrewSection(needs: needEntries.map(\.key))
        let crews = collector.each(crewEntries) { (entry) throws(FileFault) in
            try section.crew(entry.key, entry.value)
        }
        let dutyItems = try fields.optional("duties")?.items() ?? []
        let duties = collector.each(dutyItems) { (item) throws(FileFault) in
            try section.duty(item)
        }
        let rules = try fields.optional("rules").map {
            (field) throws(FileFault) in try areaRules(field, collector)
        }
        try fields.finish()
        return VisitArea(
            id: id, title: title, standard: standard, kind: kind, zone: zone ?? "", home: home,
            needs: needs, crews: crews, duties: duties, rules: rules ?? VisitRules())
    }

    private static func need(_ key: String, _ field: Field) throws(FileFault) -> VisitArea.Need {
        guard let id = NeedID(key) else {
            throw field.fault(
                "expected a need's name of 1 to 24 lower-case letters, digits and hyphens, found "
                    + "'\(key.prefix(60))'")
        }
        var fields = try field.fields()
        let title = try fields.required("title").officeText()
        try fields.finish()
        return VisitArea.Need(id: id, title: title)
    }

    private static func areaRules(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> VisitRules {
        var fields = try field.fields()
        var rules = VisitRules()
        for bound in VisitRules.bounds {
            guard let field = fields.optional(bound.name) else { continue }
            let number = collector.attempt { () throws(FileFault) in
                try field.number(bound.range)
            }
            if let number { rules[keyPath: bound.value] = number }
        }
        if let field = fields.optional("lunch") {
            let hours = collector.attempt { () throws(FileFault) in try field.interval() }
            if let hours { rules.lunch = hours }
        }
        try fields.finish()
        return rules
    }

    /// A fault of the whole area, where its field stands in the file; one of a field that is not
    /// there is told at what should have it.
    private static func place(_ fault: AreaFault, _ root: Field, _ area: VisitArea) -> FileFault {
        var parts = fault.field.split(separator: ".").map(String.init)
        // Crews are counted in the area, and named in the file.
        for (index, crew) in area.crews.enumerated() where parts[0] == "crews[\(index)]" {
            parts.replaceSubrange(0...0, with: ["crews", crew.id.description])
        }
        let path = parts.joined(separator: ".")
        let found = root.descendant(path).fault(fault.problem)
        return FileFault(
            file: found.file, line: found.line, field: path, problem: found.problem)
    }
}

extension Field {
    /// A place in degrees.
    fileprivate func homePoint() throws(FileFault) -> HomePoint {
        var fields = try fields()
        func degrees(_ name: String, _ limit: Int32) throws(FileFault) -> Int32 {
            let field = try fields.required(name)
            let what: Phrase =
                "degrees from -\(limit) to \(limit) with up to 6 decimals, as 71.4306"
            let text = try field.text(what)
            guard let number = Degrees.millionths(text), number.magnitude <= limit * 1_000_000
            else { throw field.fault("expected \(what), found '\(text.prefix(60))'") }
            return number
        }
        let (longitude, latitude) = (try degrees("longitude", 180), try degrees("latitude", 90))
        try fields.finish()
        // Both are within their limits.
        return HomePoint(longitude: longitude, latitude: latitude)!
    }
}
