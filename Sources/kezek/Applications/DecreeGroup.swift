// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CallLimits
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Parties
import Queue
import Texts

struct DecreeGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decree",
        abstract: "A new decree: what it moves, and moving it.",
        discussion: """
            A changed calendar file is given to the server. 'check' lists every open due
            date, every storage time and every booking that would move; 'adopt' moves them
            all at once and puts the calendar in force, from then on and after restarts.
            What becomes known on a later day is listed, and moved on that day. No clock ends
            before the day of adoption, and a calendar that takes a published year away is
            refused.

            Examples:
              kezek decree check kz.yaml
              kezek decree adopt kz.yaml
              kezek decree list
            """,
        subcommands: [DecreeCheck.self, DecreeAdopt.self, DecreeList.self])
}

/// Which calendar a decree changes, and what of its effects is shown.
struct DecreeOptions: ParsableArguments {
    @Argument(
        help: """
            The changed calendar file. Without one, everything is worked out anew by the
            calendars in force.
            """, completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "List and count what moves at this office alone; everything moves.", valueName: "name"))
    var office: OfficeID?

    @Option(help: ArgumentHelp("List at most so many clocks and bookings.", valueName: "number"))
    var limit = 50

    func validate() throws {
        try Wrong.unless(limit, in: 0...CallLimit.decreeClocks, "--limit")
    }

    func run(dryRun: Bool, _ sending: SendOptions) async throws {
        let options = sending.options
        try await options.run { desk in
            let command = DecreeCommand(calendar: try text(), dryRun: dryRun, office: office)
            let id = sending.request.id
            let effects = try await send(command, id, desk)
            if options.json { return try await desk.print(.decree(effects), of: office) }
            try Terminal.write(
                DecreeText(
                    effects: effects, office: office, limit: limit, language: desk.language
                ).text)
        }
    }

    /// Faults of the calendar name the file that was given.
    private func send(
        _ command: DecreeCommand, _ id: RequestID, _ desk: QueueDesk
    ) async throws -> DecreeEffects {
        do throws(ClientError) {
            return try await desk.client.send(command, request: id, in: desk.language)
        } catch {
            guard case .refused(let refusal) = error, let file else { throw error }
            let lines = refusal.message.split(separator: "\n").map { line in
                line.hasPrefix("calendar:") ? file + line.dropFirst(8) : String(line)
            }
            throw ClientError.refused(refusal.saying(lines.joined(separator: "\n")))
        }
    }

    private func text() throws -> String {
        guard let file else { return "" }
        let data: Data
        do { data = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
            throw CommandFailure.cannotRead(file)
        }
        guard data.count <= CallLimit.calendarTextBytes else {
            throw CommandFailure("\(file) is larger than \(CallLimit.calendarTextBytes) bytes")
        }
        guard let text = String(validating: data, as: UTF8.self), !text.isEmpty else {
            throw CommandFailure("\(file) is empty, or no UTF-8 text")
        }
        return text
    }
}

struct DecreeCheck: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "What would a changed calendar move? Nothing is changed.",
        discussion: """
            Examples:
              kezek decree check kz.yaml
              kezek decree check kz.yaml --office astana-1 --json
              kezek decree check                  # by the calendars in force
            """)

    @OptionGroup var decree: DecreeOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await decree.run(dryRun: true, sending) }
}

struct DecreeAdopt: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Put a changed calendar in force, and move everything that it moves at once.",
        discussion: """
            Look at 'kezek decree check' first. Every move is recorded with the application
            or booking, and whoever watches is told.

            Example:
              kezek decree adopt kz.yaml
            """)

    @OptionGroup var decree: DecreeOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await decree.run(dryRun: false, sending) }
}

struct DecreeList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The decrees that were adopted.",
        discussion: """
            Example:
              kezek decree list
            """)

    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let decrees = try await desk.ask(.decrees)
            if options.json { return try JSONText.print(.applications(.decrees(decrees))) }
            guard !decrees.isEmpty else {
                return try Terminal.write(
                    desk.language.pick(
                        "ешбір қаулы қабылданған жоқ", "постановлений не было",
                        "no decree was adopted") + "\n")
            }
            var table = QueueTable(
                desk.language.pick(
                    "қаулы|уақыты|күнтізбе|нұсқасы|мерзімдер|броньдар",
                    "постановление|время|календарь|версия|сроков|броней",
                    "decree|at|calendar|version|clocks|bookings"
                ), figures: [0, 4, 5])
            for decree in decrees {
                // By no calendar in particular: all that was in force.
                let inForce = desk.language.pick("күшіндегілер", "действующие", "in force")
                table.add([
                    "\(decree.number)", decree.at.description,
                    decree.calendar.isEmpty ? inForce : decree.calendar,
                    decree.version.isEmpty ? "–" : decree.version,
                    "\(decree.clocks)", "\(decree.bookings)",
                ])
            }
            try Terminal.lines(table.lines)
        }
    }
}
