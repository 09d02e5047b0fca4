// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import CivilTime
import Foundation
public import Journal
import KezekSQLite
import KezekTables
import KezekWire
import Parties
import Queue

struct JournalExport: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// One JSON object a line, an event each.
        case jsonl
        case csv
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print every event of the journal, one a line.",
        discussion: """
            Examples:
              kezek journal export kezek.sqlite
              kezek journal export kezek.sqlite --format csv --stream queue/astana-1/2026-03-19
            """)

    @OptionGroup var options: JournalOptions

    @Option(help: "jsonl or csv.")
    var format: Format = .jsonl

    @Option(help: ArgumentHelp("This stream alone.", valueName: "stream"))
    var stream: StreamName?

    @Option(help: ArgumentHelp("Entries after this position.", valueName: "position"))
    var after: UInt64 = 0

    func validate() throws {
        guard format == .jsonl || !options.json else {
            throw Wrong.exclusive("--format csv", "--json")
        }
    }

    func run() async throws {
        let reader = try options.reader()
        defer { reader.close() }
        if format == .csv { try Terminal.write(CSVForm.plain.line(ExportedEvent.header)) }
        let total = try reader.lastPosition()
        var failure: (any Error)?
        var progress = Progress(said(kk: "оқиғалар", ru: "события", en: "events"))
        let arena = Arena(limit: 64 << 20)
        try reader.scan(after: after) { placed in
            progress.show(placed.position, of: total)
            guard stream == nil || placed.entry.stream == stream else { return true }
            do { try write(placed, arena) } catch { failure = error }
            return failure == nil
        }
        progress.end()
        if let failure { throw failure }
    }

    private func write(_ placed: PlacedEntry, _ arena: Arena) throws {
        arena.reset()
        var lines = ""
        for event in try Self.events(placed.entry, arena) {
            let row = ExportedEvent(placed, event)
            lines +=
                format == .csv ? row.csv : try JSONText.make(row, pretty: false) + "\n"
        }
        try Terminal.write(lines)
    }

    static func events(
        _ entry: Entry, _ arena: Arena
    ) throws -> [(name: String, fields: [String: String])] {
        switch entry.stream {
        case .offices:
            let event = try OfficeEventCodec.decode(entry.body, arena)
            return [("office_put", ["office": event.office.id.description])]
        // An export goes from hand to hand: what was typed about people stays sealed.
        case .officeDay:
            return try DayEventCodec.decode(entry.body, arena, words: .locked)
                .map { $0.exported }
        case .applications:
            return try RegisterEventCodec.decode(entry.body, arena, words: .locked)
                .map { $0.exported }
        case .visits:
            return try VisitEventCodec.decode(entry.body, arena, words: .locked)
                .map { $0.exported }
        case .people:
            let person = try PeopleRecordCodec.decode(entry.body, arena)
            return [
                ("forgotten", ["keys": "\(person.keys.count)", "cause": "\(person.cause)"])
            ]
        case .clock:
            let recorded = try ClockRecordCodec.decode(entry.body, arena)
            return [("clock_accepted", ["recorded": "\(recorded)"])]
        case .reads:
            return try ReadsRecordCodec.decode(entry.body, arena).map { $0.exported }
        case .decrees:
            let decree = try DecreeRecordCodec.decode(entry.body, arena)
            return [
                (
                    "decree",
                    [
                        "calendar": decree.effects.calendar, "version": decree.version,
                        "digest": decree.digest, "clocks": "\(decree.movedClocks)",
                        "bookings": "\(decree.movedBookings)",
                    ]
                )
            ]
        }
    }
}

extension StreamName: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// An event as a line of an export.
private struct ExportedEvent: Encodable {
    static let header = [
        "position", "stream", "revision", "at", "request", "caller", "event", "fields",
    ]

    let position: UInt64
    let stream: String
    let revision: UInt32
    let at: String
    let request: String?
    /// Nil for an entry of a version that recorded none.
    let caller: String?
    let event: String
    let fields: [String: String]

    init(_ placed: PlacedEntry, _ event: (name: String, fields: [String: String])) {
        position = placed.position
        stream = placed.entry.stream.description
        revision = placed.entry.revision
        at = placed.entry.at.description
        request = placed.entry.request.map { $0.id.hexadecimal }
        caller = placed.entry.caller?.name
        self.event = event.name
        fields = event.fields
    }

    var csv: String {
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        return CSVForm.plain.line([
            "\(position)", stream, "\(revision)", at, request ?? "", caller ?? "", event,
            pairs.joined(separator: ";"),
        ])
    }
}

extension RequestID {
    /// The 32 hexadecimal digits.
    var hexadecimal: String { String(format: "%016lx%016lx", high, low) }
}
