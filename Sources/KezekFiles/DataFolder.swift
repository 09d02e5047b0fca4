// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Crypto
public import Enquiries
public import Foundation
import ServiceStandards
import Texts
import WorkingDays

/// The folder that holds `Calendars` and `Standards`.
public struct DataFolder: Sendable {
    public let root: URL

    public init(root: URL) { self.root = root }

    /// The first folder that holds `Calendars` and `Standards`: this one, or one above it.
    public init?(searchingUpwardFrom start: URL) {
        var folder = start.standardizedFileURL
        while true {
            if Self.holdsData(folder) {
                self.init(root: folder)
                return
            }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            guard parent.path != folder.path else { return nil }
            folder = parent
        }
    }

    private static func holdsData(_ folder: URL) -> Bool {
        ["Calendars", "Standards"].allSatisfy { name in
            var isFolder: ObjCBool = false
            let path = folder.appendingPathComponent(name).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && isFolder.boolValue
        }
    }

    /// Every calendar and standard, compiled and ready to answer; of the standards only that of the file
    /// named, if one is.
    ///
    /// - Throws: every fault of every file.
    public func library(onlyStandardIn file: String? = nil) throws(FileFaults) -> Library {
        guard Self.holdsData(root) else {
            throw FileFaults(list: [
                FileFault(
                    file: root.path, line: nil, field: "",
                    problem:
                        "has no folders Calendars and Standards; name the one that has them with "
                        + "--data or KEZEK_DATA")
            ])
        }
        return try Self.compiled(try standards(only: file), try calendars())
    }

    /// The calendars of this folder and one standard, from a file that may lie elsewhere.
    ///
    /// - Throws: every fault of the calendars and of that file.
    public func library(standardAt url: URL) throws(FileFaults) -> Library {
        let calendars = try calendars()
        let root = try YAMLFile.document(of: url, named: Self.name(url)).root
        return try Self.compiled([(root, try StandardFile.standard(root))], calendars)
    }

    /// The calendars of this folder and one standard by its text, which is named as a file would be.
    ///
    /// - Throws: every fault of the calendars and of that text.
    public func library(
        standard text: String, named name: String
    ) throws(FileFaults) -> Library {
        let calendars = try calendars()
        let root: Field
        do { root = try YAMLFile.root(ofText: text, named: name) } catch {
            throw FileFaults(list: [error])
        }
        return try Self.compiled([(root, try StandardFile.standard(root))], calendars)
    }

    private func calendars() throws(FileFaults) -> (views: [CalendarViews], zones: [TimeZoneRules])
    {
        try Self.calendars(in: root.appendingPathComponent("Calendars"))
    }

    private static func compiled(
        _ standards: [(root: Field, value: ServiceStandard)],
        _ calendars: (views: [CalendarViews], zones: [TimeZoneRules])
    ) throws(FileFaults) -> Library {
        do {
            return try Library(
                calendars: calendars.views, standards: standards.map(\.value),
                zones: calendars.zones)
        } catch {
            let collector = FaultCollector()
            for (root, standard) in standards {
                do throws(Library.DanglingReference) {
                    _ = try Library(
                        calendars: calendars.views, standards: [standard], zones: calendars.zones)
                } catch {
                    collector.add(
                        root.descendant(error.field).fault("expected \(error.expected)"))
                }
            }
            try collector.finish()
            // What no standard lacks by itself none lacks beside the others.
            preconditionFailure("\(error)")
        }
    }

    /// The calendars of a folder, compiled, and its time zones; only that of the file named, if one is.
    public static func calendars(
        in folder: URL, only file: String? = nil
    ) throws(FileFaults) -> (views: [CalendarViews], zones: [TimeZoneRules]) {
        let collector = FaultCollector()
        let zonesURL = folder.appendingPathComponent("zones.yaml")
        var zones: [TimeZoneRules] = []
        var books: [(root: Field, value: CalendarBook, source: String)] = []
        collector.gather { () throws(FileFaults) in
            zones = try ZonesFile.zones(
                try YAMLFile.document(of: zonesURL, named: name(zonesURL)).root)
        }
        // A calendar that extends another is read once that one is there.
        var extensions: [(root: Field, source: String)] = []
        let all = yamlFiles(in: folder).filter { $0.lastPathComponent != "zones.yaml" }
        for url in all where (file ?? url.lastPathComponent) == url.lastPathComponent {
            collector.gather { () throws(FileFaults) in
                let (text, root) = try YAMLFile.document(of: url, named: name(url))
                if ExtensionFile.base(root) != nil {
                    extensions.append((root, digest(text)))
                } else {
                    books.append((root, try CalendarFile.book(root), digest(text)))
                }
            }
        }
        var countries = books.map(\.value)
        if file != nil, let base = extensions.first.flatMap({ ExtensionFile.base($0.root) }) {
            let wanted = (try? base.text()).map { "\($0).yaml" }
            for url in all where url.lastPathComponent == wanted {
                collector.gather { () throws(FileFaults) in
                    let root = try YAMLFile.document(of: url, named: name(url)).root
                    countries.append(try CalendarFile.book(root))
                }
            }
        }
        for (root, source) in extensions where collector.faults.isEmpty {
            collector.gather { () throws(FileFaults) in
                books.append((root, try ExtensionFile.book(root, among: countries), source))
            }
        }
        if books.isEmpty, collector.faults.isEmpty {
            collector.add(
                FileFault(
                    file: folder.lastPathComponent, line: nil, field: "",
                    problem: "has no calendar file (*.yaml)"))
        }
        collector.add(duplicatesOf: books.map { ($0.root, $0.value.id) }, field: "calendar")
        var views: [CalendarViews] = []
        for (root, book, source) in books where collector.faults.isEmpty {
            guard let zone = zones.first(where: { $0.name == book.zone }) else {
                collector.add(
                    root.member("zone").fault(
                        "expected a zone of zones.yaml, found '\(book.zone)'"))
                continue
            }
            views.append(
                CalendarViews(book: book, zone: zone, source: source, digest: digest))
        }
        try collector.finish()
        return (views, zones)
    }

    private func standards(
        only file: String?
    ) throws(FileFaults) -> [(root: Field, value: ServiceStandard)] {
        let collector = FaultCollector()
        var standards: [(root: Field, value: ServiceStandard)] = []
        for url in Self.yamlFiles(in: root.appendingPathComponent("Standards"))
        where (file ?? url.lastPathComponent) == url.lastPathComponent {
            collector.gather { () throws(FileFaults) in
                let root = try YAMLFile.document(of: url, named: Self.name(url)).root
                standards.append((root, try StandardFile.standard(root)))
            }
        }
        collector.add(duplicatesOf: standards.map { ($0.root, $0.value.id) }, field: "standard")
        try collector.finish()
        return standards
    }

    private static func yamlFiles(in folder: URL) -> [URL] {
        let all =
            (try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)) ?? []
        return all.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
    }

    /// The file as faults name it: with its folder.
    private static func name(_ url: URL) -> String {
        "\(url.deletingLastPathComponent().lastPathComponent)/\(url.lastPathComponent)"
    }

    /// The first 16 hexadecimal digits of the text's SHA-256.
    static func digest(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).prefix(8).hexadecimal
    }
}

extension FaultCollector {
    /// Runs a step and keeps all the faults that it throws.
    fileprivate func gather(_ step: () throws(FileFaults) -> Void) {
        do { try step() } catch { for fault in error.list { add(fault) } }
    }

    /// A fault for every file whose id another file before it has.
    fileprivate func add(duplicatesOf ids: [(root: Field, id: String)], field: String) {
        var seen: [String: String] = [:]
        for (root, id) in ids {
            if let other = seen[id] {
                add(
                    root.member(field).fault(
                        "expected a name of its own; \(other) has '\(id)' too"))
            }
            seen[id] = seen[id] ?? root.file
        }
    }
}
