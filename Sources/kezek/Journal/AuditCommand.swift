// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import Journal
import KezekSQLite
import KezekWire
import Texts

/// Who did what: the entries of one caller, or how many each has.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Who did it: the callers of a journal, and what one of them had written.",
        discussion: """
            A caller is the id of an entry of the access list, as 'kezek access list' shows it;
            'local' where nobody is asked; '-' for what time brought about. Entries of versions
            that did not record it name none, and count as 'unknown'.

            Examples:
              kezek audit kezek.sqlite
              kezek audit kezek.sqlite --who k7q2ab
              kezek audit kezek.sqlite --who k7q2ab --from 2026-03-19T00:00Z --json
            """)

    @OptionGroup var options: JournalOptions

    @Option(help: ArgumentHelp("One caller's entries, one a line.", valueName: "id"))
    var who: String?

    @Option(help: ArgumentHelp("Entries from this time on.", valueName: "utc-time"))
    var from: Timestamp?

    @Option(help: ArgumentHelp("Entries before this time.", valueName: "utc-time"))
    var until: Timestamp?

    private static let unknown = "unknown"

    func validate() throws {
        if let from, let until, until <= from { throw Wrong.order("--from", "--until") }
    }

    func run() async throws {
        let reader = try options.reader()
        defer { reader.close() }
        if let who { try list(who, reader) } else { try count(reader) }
    }

    private func isAsked(_ entry: Entry) -> Bool {
        (from.map { $0 <= entry.at } ?? true) && (until.map { entry.at < $0 } ?? true)
    }

    private func list(_ who: String, _ reader: SQLiteReader) throws {
        let arena = Arena(limit: 64 << 20)
        var failure: (any Error)?
        var found = 0
        try reader.scan(after: 0) { placed in
            let entry = placed.entry
            guard (entry.caller?.name ?? Self.unknown) == who, isAsked(entry) else { return true }
            found += 1
            arena.reset()
            do {
                let events = try JournalExport.events(entry, arena).map(Self.words)
                try write(placed, events)
            } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
        if found == 0 { Terminal.note("nothing of '\(who)' is there") }
    }

    /// An event by its name; of what was read, whose it was.
    private static func words(_ event: (name: String, fields: [String: String])) -> String {
        guard event.name == "read", let area = event.fields["area"] else { return event.name }
        let whose = event.fields["visit"].map { "\(area)/\($0)" } ?? area
        return "read \(whose)" + (event.fields["within"].map { " (\($0))" } ?? "")
    }

    private func write(_ placed: PlacedEntry, _ events: [String]) throws {
        let entry = placed.entry
        let (at, stream) = (entry.at.description, entry.stream.description)
        guard options.json else {
            let told = events.joined(separator: ", ")
            return try Terminal.write("\(placed.position)  \(at)  \(stream)  \(told)\n")
        }
        let line: JSONObject = [
            "position": placed.position, "at": at, "stream": stream, "revision": entry.revision,
            "request": entry.request.map { $0.id.hexadecimal }, "events": events,
        ]
        try Terminal.write(JSONText.make(line, pretty: false) + "\n")
    }

    private struct Count: Encodable {
        let caller: String
        var entries: Int
        var first: String
        var last: String
    }

    private func count(_ reader: SQLiteReader) throws {
        var counts: [String: Count] = [:]
        try reader.scan(after: 0) { placed in
            let entry = placed.entry
            guard isAsked(entry) else { return true }
            let (name, at) = (entry.caller?.name ?? Self.unknown, entry.at.description)
            counts[name, default: Count(caller: name, entries: 0, first: at, last: at)].entries += 1
            counts[name]?.last = at
            return true
        }
        let rows = counts.values.sorted { ($1.entries, $0.caller) < ($0.entries, $1.caller) }
        if options.json { return try JSONText.print(rows) }
        let head = said(
            kk: "кім|жазбалар|біріншісі|соңғысы", ru: "кто|записей|первая|последняя",
            en: "caller|entries|first|last"
        )
        var table = QueueTable(head, figures: [1])
        for row in rows { table.add([row.caller, "\(row.entries)", row.first, row.last]) }
        try Terminal.lines(table.lines)
    }
}
