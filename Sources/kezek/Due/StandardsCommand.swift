// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Enquiries
import Foundation
import KezekFiles
import KezekWire
import ServiceStandards
import Texts

struct StandardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standards",
        abstract: "The service standards: their clocks, one of them whole; check and make files.",
        subcommands: [
            StandardsList.self, StandardsShow.self, StandardsCheck.self, StandardsNew.self,
        ],
        defaultSubcommand: StandardsList.self)
}

struct StandardsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Which standards and clocks are there?")

    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let standards = try await source.ask(.standards)
            if source.json {
                try JSONText.print(.standards(standards))
                return
            }
            for standard in standards {
                try Terminal.line(
                    Terminal.styled(standard.id, .bold) + "  \(standard.title)")
                for clock in standard.clocks {
                    try Terminal.line(
                        "  \(clock.id.padded(24))\(clock.term)  (\(clock.rule), \(clock.office))  "
                            + Terminal.styled(clock.title, .dim))
                }
            }
        }
    }
}

struct StandardsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the files of standards and calendars.",
        discussion: """
            The argument is a data folder, one that holds Calendars and Standards, or one file
            of its Standards. A file that lies elsewhere is checked with the calendars of the
            data folder. Which folder it is is told first.

            Examples:
              kezek standards check .
              kezek standards check Standards/std-7.yaml
              kezek standards check Examples/standards/access-to-information.yaml
            """)

    @Argument(
        help:
            "The data folder, or one file of its Standards; found by itself when it is not given.",
        completion: .file())
    var path: String?

    @OptionGroup var data: DataOption

    @Option(help: CheckReport.languageHelp)
    var language: Language?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let target = try CheckTarget(path, data, "Standards")
        // A standard is checked with the calendars beside it, if there are any.
        let beside = target.folder.deletingLastPathComponent()
        let lone = target.file.map { target.folder.appendingPathComponent($0) }
            .flatMap { target.folder.lastPathComponent == "Standards" ? nil : $0 }
        let folder = lone == nil ? DataFolder(root: beside) : try data.folder()
        try await CheckReport(json: json, folder: folder.root.path).run {
            let library =
                if let lone { try folder.library(standardAt: lone) } else {
                    try folder.library(onlyStandardIn: target.file)
                }
            return library.standards.values.sorted { $0.id < $1.id }.map {
                let (channels, terms) = ($0.channels.count, $0.eventTerms.count)
                let documents = $0.documents.count
                return said(
                    kk: "\($0.id): арналар — \(channels), басқа мерзімдер — \(terms), құжаттар — "
                        + "\(documents)",
                    ru: "\($0.id): каналов — \(channels), других сроков — \(terms), документов — "
                        + "\(documents)",
                    en:
                        "\($0.id): \(channels) channels, \(terms) other terms, \(documents) documents"
                )
            }
        }
    }
}

/// What a check of files is about: a folder of them, or one of its files.
struct CheckTarget {
    let folder: URL
    let file: String?

    /// A path as it was typed, which may be the data folder above the one of this name; without one the data
    /// folder that is named or found.
    init(_ path: String?, _ data: DataOption, _ name: String) throws {
        guard let path else {
            folder = try data.folder().root.appendingPathComponent(name)
            file = nil
            return
        }
        let url = URL(fileURLWithPath: path).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw CommandFailure.cannotRead(path)
        }
        guard isFolder.boolValue else {
            folder = url.deletingLastPathComponent()
            file = url.lastPathComponent
            return
        }
        let below = url.appendingPathComponent(name)
        folder = FileManager.default.fileExists(atPath: below.path) ? below : url
        file = nil
    }
}

/// Tells what a check of files found; the status is 1 if anything is wrong.
struct CheckReport {
    static let languageHelp: ArgumentHelp =
        "The language of faults: kk, ru or en; by default that of the terminal."

    let json: Bool

    /// Which folder was checked.
    let folder: String

    func run(_ check: () throws -> [String]) async throws {
        var (checked, faults) = ([String](), [JSONObject]())
        do { checked = try check() } catch let error as FileFaults {
            faults = error.list.map {
                [
                    "file": $0.file, "line": $0.line, "field": $0.field,
                    "problem": $0.problem[Manner.current.language],
                ]
            }
            if !json { Terminal.writeError(error.text(in: Manner.current.language) + "\n") }
        }
        if json {
            try JSONText.print(
                [
                    "ok": faults.isEmpty, "folder": folder, "checked": checked, "faults": faults,
                ] as JSONObject)
        } else {
            try Terminal.line(Terminal.styled(folder, .dim))
            for line in checked { try Terminal.line("\(Terminal.styled("✓", .green)) \(line)") }
        }
        if !faults.isEmpty { throw ExitCode.failure }
    }
}
