// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import KezekFiles
import KezekWire
import ServiceStandards
import Texts

/// The zones of standards, for moments that are written with an offset from UTC.
///
/// A server tells the name of a standard's zone; its rules are those of the data folder here.
struct StandardZones {
    private let source: AnswerSource
    private let options: SourceOptions
    private var found: Found?

    private struct Found {
        var names: [String: String] = [:]
        var rules: [TimeZoneRules] = []
    }

    init(source: AnswerSource, options: SourceOptions) {
        self.source = source
        self.options = options
    }

    /// The rules of a standard's zone; nil if the standard or its zone is not known here.
    mutating func zone(of standard: String) async -> TimeZoneRules? {
        let found = await look()
        return found.names[standard].flatMap { name in found.rules.first { $0.name == name } }
    }

    /// Whether there is such a standard.
    mutating func knows(_ standard: String) async -> Bool {
        await look().names[standard] != nil
    }

    private mutating func look() async -> Found {
        if let found { return found }
        var looked = Found()
        switch source {
        case .library(let library):
            looked.names = library.standards.mapValues(\.zone)
            looked.rules = library.zones
        case .server:
            if let standards = try? await source.ask(.standards, in: .en) {
                for standard in standards { looked.names[standard.id] = standard.zone }
            }
            let calendars = try? options.dataFolder().root.appendingPathComponent("Calendars")
            looked.rules = calendars.flatMap { try? DataFolder.calendars(in: $0).zones } ?? []
        }
        found = looked
        return looked
    }
}
