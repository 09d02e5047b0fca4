// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import HomeVisits
public import Parties
import Texts

/// The file that says where the ways of home visits are from, area by area.
///
/// It is the administrator's of the server: an address that a server calls is never part of what its
/// callers send. `Examples/visits/README.md` explains it to a person.
public struct WaysFile: Hashable, Sendable {
    /// Where the ways of one area are from: those by car, and beside them those of other crews.
    public struct Section: Hashable, Sendable {
        /// How ways are estimated: see `TravelEstimate`.
        public var speedKmh = 30.0
        public var detour = 1.4
        public var extraMinutes = 3.0
        public var roads = Roads.none
        /// What the file says of those who go otherwise than by car.
        public var others: [TravelProfile: Section] = [:]

        public init() {}

        /// What holds where a file says nothing.
        public init(usual profile: TravelProfile) {
            switch profile {
            case .car: break
            case .foot: (speedKmh, detour, extraMinutes) = (4.8, 1.3, 0)
            case .bicycle: (speedKmh, detour, extraMinutes) = (14, 1.3, 1)
            case .bus: (speedKmh, detour, extraMinutes) = (18, 1.4, 12)
            }
        }

        /// Where the ways are from of those who travel so.
        public subscript(profile: TravelProfile) -> Section {
            profile == .car ? self : others[profile] ?? Section(usual: profile)
        }
    }

    /// What knows the roads.
    public enum Roads: Hashable, Sendable {
        /// Nothing: all ways are estimated.
        case none
        /// A file of places with the ways between them.
        case matrix(URL)
        /// A server in the way of OSRM: its address, the seconds for which a caller waits for it, and
        /// the most places that one call names.
        case server(String, seconds: Double, places: Int)
    }

    /// For every area that is not named.
    public let usual: Section
    public let areas: [OfficeID: Section]

    public subscript(area: OfficeID) -> Section { areas[area] ?? usual }

    /// What holds without a file: all ways are estimated.
    public static let estimates = WaysFile(usual: Section(), areas: [:])

    /// Every section that the file has, the usual one first.
    public var sections: [Section] {
        ([usual] + areas.sorted { $0.key < $1.key }.map(\.value)).flatMap { section in
            [section] + section.others.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// The file at a path; those that it names lie beside it.
    ///
    /// `isAddress` tells whether a text is the address of a server that can be asked.
    ///
    /// - Throws: every fault of the file, by line and field.
    public static func read(
        _ url: URL, isAddress: (String) -> Bool
    ) throws(FileFaults) -> WaysFile {
        try read(
            try YAMLFile.document(of: url, named: url.relativePath).root,
            beside: url.deletingLastPathComponent(), isAddress)
    }

    /// What a text says; faults name the file so.
    public static func read(
        text: String, named name: String, beside folder: URL, isAddress: (String) -> Bool
    ) throws(FileFaults) -> WaysFile {
        let root: Field
        do throws(FileFault) { root = try YAMLFile.root(ofText: text, named: name) } catch {
            throw FileFaults(list: [error])
        }
        return try read(root, beside: folder, isAddress)
    }

    private static func read(
        _ root: Field, beside folder: URL, _ isAddress: (String) -> Bool
    ) throws(FileFaults) -> WaysFile {
        let collector = FaultCollector()
        let file = collector.attempt { () throws(FileFault) in
            var fields = try root.fields()
            let usual = try fields.optional("usual").map { (field) throws(FileFault) in
                try section(field, beside: folder, isAddress)
            }
            let entries = try fields.optional("areas")?.entries() ?? []
            try fields.finish()
            let areas = collector.each(entries) { (entry) throws(FileFault) in
                guard let id = OfficeID(entry.key) else {
                    throw entry.value.fault(
                        "expected the name of an area, found '\(entry.key.prefix(60))'")
                }
                return (id, try section(entry.value, beside: folder, isAddress))
            }
            return WaysFile(
                usual: usual ?? Section(),
                areas: Dictionary(areas, uniquingKeysWith: { first, _ in first }))
        }
        try collector.finish()
        // Without a fault there is a file.
        return file!
    }

    private static func section(
        _ field: Field, beside folder: URL, _ isAddress: (String) -> Bool,
        of profile: TravelProfile = .car
    ) throws(FileFault) -> Section {
        var fields = try field.fields()
        var section = Section(usual: profile)
        for other in TravelProfile.allCases where profile == .car && other != .car {
            guard let field = fields.optional(other.name) else { continue }
            section.others[other] = try self.section(
                field, beside: folder, isAddress, of: other)
        }
        for (name, value, range) in numbers {
            guard let field = fields.optional(name) else { continue }
            section[keyPath: value] = try field.decimal(range)
        }
        let matrix = fields.optional("matrix")
        let server = fields.optional("osrm")
        let seconds = fields.optional("osrm-seconds")
        let places = fields.optional("osrm-places")
        if matrix != nil, let server {
            throw server.fault("expected either 'matrix' or 'osrm', not both")
        }
        if let matrix {
            section.roads = .matrix(folder.appendingPathComponent(try matrix.text("a file")))
        }
        if let server {
            let address = try server.text()
            guard isAddress(address) else {
                throw server.fault(
                    "expected an address as http://127.0.0.1:5000, found '\(address.prefix(60))'")
            }
            section.roads = .server(
                address, seconds: try seconds?.decimal(0.1...5) ?? 2,
                places: try places?.number(2...10_000) ?? 100)
        } else if let lost = seconds ?? places {
            throw lost.fault("is for a server of roads; name it by 'osrm'")
        }
        try fields.finish()
        return section
    }

    private static var numbers:
        [(name: String, value: WritableKeyPath<Section, Double>, range: ClosedRange<Double>)]
    {
        [
            ("speed-kmh", \.speedKmh, 1...200), ("detour", \.detour, 1...10),
            ("extra-minutes", \.extraMinutes, 0...120),
        ]
    }
}

extension Field {
    /// A number that may have a fraction.
    fileprivate func decimal(_ range: ClosedRange<Double>) throws(FileFault) -> Double {
        let what: Phrase = "a number from \(range.lowerBound) to \(range.upperBound)"
        let number: Double = try value(what)
        guard range.contains(number) else {
            throw fault("expected \(what), found '\(try text().prefix(60))'")
        }
        return number
    }
}
