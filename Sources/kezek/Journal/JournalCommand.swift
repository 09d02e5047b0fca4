// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import KezekEngine
import KezekSQLite

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Check, back up, restore, export and measure the journal.",
        discussion: """
            The journal may be in use by a server; only 'snapshot' needs it for itself.

            Examples:
              kezek journal verify kezek.sqlite
              kezek journal backup kezek.sqlite copy.sqlite
              kezek journal export kezek.sqlite --format csv > journal.csv
            """,
        subcommands: [
            JournalVerify.self, JournalBackup.self, JournalRestore.self, JournalExport.self,
            JournalStats.self, JournalSnapshot.self,
        ])
}

/// Which journal.
struct JournalOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The journal.", valueName: "file"), completion: .file())
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    func reader() throws -> SQLiteReader { try Self.reader(of: file) }

    /// Opens a journal to be read.
    static func reader(of file: String) throws -> SQLiteReader {
        try CommandFailure.requireFile(file)
        return try SQLiteReader(path: file)
    }
}

/// How far long work has come, on the terminal's error stream.
struct Progress {
    private let what: String
    private var shown = -1

    init(_ what: String) { self.what = what }

    mutating func show(_ done: UInt64, of total: UInt64) {
        guard Terminal.showsProgress, !Manner.current.isJSON, total > 0 else { return }
        let percent = Int(done * 100 / total)
        guard percent != shown else { return }
        shown = percent
        Terminal.writeError("\r\(what): \(percent) %")
    }

    func end() {
        if shown >= 0 { Terminal.writeError("\r\u{1B}[K") }
    }
}

struct JournalStats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "How much the journal holds.")

    @OptionGroup var options: JournalOptions

    func run() async throws {
        let reader = try options.reader()
        defer { reader.close() }
        let stats = try reader.statistics()
        if options.json {
            return try JSONText.print(
                [
                    "entries": stats.entries, "streams": stats.streams, "commits": stats.commits,
                    "bytes": stats.bytes, "bytesPerEntry": stats.bytesPerEntry,
                    "entriesPerCommit": stats.entriesPerCommit,
                    "lastAt": stats.lastAt.map { "\($0)" },
                ] as JSONObject)
        }
        let (perCommit, perEntry) = (rounded(stats.entriesPerCommit), rounded(stats.bytesPerEntry))
        let rows = [
            (said(kk: "жазбалар", ru: "записей", en: "entries"), "\(stats.entries)"),
            (said(kk: "ағындар", ru: "потоков", en: "streams"), "\(stats.streams)"),
            (
                said(kk: "бекітулер", ru: "фиксаций", en: "commits"),
                "\(stats.commits)  "
                    + said(
                        kk: "(әрқайсысында \(perCommit) жазба)",
                        ru: "(записей в каждой: \(perCommit))",
                        en: "(\(perCommit) entries each)")
            ),
            (
                said(kk: "дискідегі байт", ru: "байт на диске", en: "bytes on disk"),
                "\(stats.bytes)  "
                    + said(
                        kk: "(бір жазбаға \(perEntry))", ru: "(на запись: \(perEntry))",
                        en: "(\(perEntry) an entry)")
            ),
            (
                said(kk: "соңғы жазба", ru: "последняя запись", en: "last entry"),
                stats.lastAt.map { "\($0)" } ?? said(kk: "жоқ", ru: "нет", en: "none")
            ),
        ]
        for (name, value) in rows { try Terminal.line(name.padded(18) + value) }
    }

    private func rounded(_ number: Double) -> String { String(format: "%.1f", number) }
}

struct JournalSnapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Pack every day of the journal, so that a server starts quickly.",
        discussion: """
            A server packs the days that it works on by itself; this packs all of them, such
            as after a restore. Stop the server before. Nothing of the journal changes.
            """)

    @OptionGroup var options: JournalOptions

    func run() async throws {
        try CommandFailure.requireFile(options.file)
        let count = try JournalCopying.pack(options.file)
        if options.json { return try JSONText.print(["streams": count]) }
        try Terminal.line(
            said(
                kk: "жинақталған ағындар: \(count)", ru: "упаковано потоков: \(count)",
                en: "\(count) streams packed"))
    }
}
