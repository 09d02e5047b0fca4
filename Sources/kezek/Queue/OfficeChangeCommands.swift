// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import Journal
import KezekClient
import KezekFiles
import Parties
import Queue
import Texts
import WorkingDays

/// Whether a change of an office is made though somebody loses a place or a window by it.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Make the change even if somebody loses a place or a window by it.")
    var apply = false

    @OptionGroup var request: RequestOptions

    /// Makes a change that affects nobody, or any with `--apply`; tells what it does.
    ///
    /// - Returns: whether it was made.
    func make(
        _ change: OfficeChangeCommand.Change, _ desk: QueueDesk, json: Bool
    ) async throws -> Bool {
        if !apply {
            let trial = try await effects(of: change, dryRun: true, .random(), desk)
            guard trial.harmsNobody else {
                try show(trial, change.office, request.id, desk.language, json)
                Terminal.complain(
                    "\(change.office): nothing was changed, as it would affect \(affected(trial)); "
                        + "repeat it with --apply")
                return false
            }
        }
        let id = request.id
        let done = try await effects(of: change, dryRun: false, id, desk)
        try show(done, change.office, id, desk.language, json)
        return true
    }

    /// Whom a change affects, in numbers.
    private func affected(_ effects: OfficeEffects) -> String {
        let bookings = Language.en.count(effects.displaced.count, .booking)
        let (tickets, leases) = (effects.tickets.count, effects.leases.count)
        let parts = [
            effects.displaced.isEmpty ? nil : bookings,
            tickets == 0 ? nil : tickets == 1 ? "1 ticket" : "\(tickets) tickets",
            leases == 0 ? nil : leases == 1 ? "1 lease of numbers" : "\(leases) leases of numbers",
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    private func effects(
        of change: OfficeChangeCommand.Change, dryRun: Bool, _ id: RequestID, _ desk: QueueDesk
    ) async throws -> OfficeEffects {
        let command = OfficeChangeCommand(change: change, dryRun: dryRun)
        let receipt = try await desk.send(.changeOffice(command), id)
        guard let effects = receipt.effects else {
            throw CommandFailure("the server did not say what the change of the office does")
        }
        return effects
    }

    private func show(
        _ effects: OfficeEffects, _ office: OfficeID, _ id: RequestID, _ language: Language,
        _ json: Bool
    ) throws {
        if json { return try JSONText.print(EffectsJSON(effects, office: office, id)) }
        var lines: [String] = []
        if !effects.displaced.isEmpty {
            // Before the change is made, a new booking's number may still go to somebody else.
            let head = ["booking", "service", "at", "goes to"]
            var table = QueueTable(effects.isDone ? head + ["as"] : head)
            for displaced in effects.displaced {
                let (old, new) = (displaced.booking, displaced.replacement)
                let row = [
                    old.id.description, old.service.description, old.moment.description,
                    new?.moment.description ?? "cancelled",
                ]
                table.add(effects.isDone ? row + [new?.id.description ?? ""] : row)
            }
            lines += table.lines
        }
        if !effects.tickets.isEmpty {
            let labels = effects.tickets.map { "\($0.label) \($0.service)" }
            lines.append("no window planned for: \(labels.joined(separator: ", "))")
        }
        for lease in effects.leases {
            lines.append("no window planned for the numbers of \(lease.kiosk): lease \(lease.id)")
        }
        if effects.isDone {
            let dates = effects.dates.count
            let plans = dates == 1 ? ", 1 date has a new plan" : ", \(dates) dates have a new plan"
            lines.append(
                "\(Terminal.styled("✓", .green)) \(office)\(dates == 0 ? "" : plans)")
        }
        try Terminal.write(lines.joined(separator: "\n") + "\n")
    }
}

struct OfficeImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put offices in from their files, new ones or changed ones.",
        discussion: """
            A new office, or a change that costs nobody a place or a window, is made at once.

            Examples:
              kezek office import Examples/offices/astana-corporation.yaml
              kezek office import astana-1.yaml --apply
            """)

    @Argument(help: "The files; Examples/offices/README.md explains them.")
    var files: [String]

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        if files.count > 1, change.request.requestID != nil {
            throw ValidationError("--request-id is for one file.")
        }
    }

    func run() async throws {
        try await options.run { desk in
            // Every file is read before the first change is made.
            var faults: [FileFault] = []
            var offices: [QueueOffice] = []
            for file in files {
                do throws(FileFaults) {
                    offices.append(try OfficeFile.read(URL(fileURLWithPath: file)))
                } catch { faults += error.list }
            }
            guard faults.isEmpty else {
                throw CommandFailure(faults.map(\.description).joined(separator: "\n"))
            }
            var isDone = true
            for office in offices {
                let made = try await change.make(.put(office), desk, json: options.json)
                isDone = isDone && made
            }
            if !isDone { throw ExitCode(2) }
        }
    }
}

struct OfficeClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close an office on a date, or for some hours of it.",
        discussion: """
            Examples:
              kezek office close astana-1 --date 2026-12-30 --hours 15:00-17:00 \\
                        --reason "Electrical repair"
              kezek office close astana-1 --date 2026-12-30 --reason "Repair" \\
                        --reason-kk "Жөндеу" --reason-ru "Ремонт" --apply
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: "The date.")
    var date: CivilDate

    @Option(
        help: ArgumentHelp("The hours; the whole day when not given.", valueName: "hh:mm-hh:mm"))
    var hours: DayInterval?

    @Option(
        help: ArgumentHelp("Why, in a language that has no text of its own.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Why, in Kazakh.", valueName: "text"))
    var reasonKk: String?

    @Option(help: ArgumentHelp("Why, in Russian.", valueName: "text"))
    var reasonRu: String?

    @Option(help: ArgumentHelp("Why, in English.", valueName: "text"))
    var reasonEn: String?

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: QueueOptions

    private var anyReason: String? { reason ?? reasonKk ?? reasonRu ?? reasonEn }

    func validate() throws {
        guard anyReason?.isEmpty == false else {
            throw ValidationError("--reason is needed: those who are sent away are told why.")
        }
    }

    func run() async throws {
        let text = anyReason ?? ""
        let closure = Closure(
            date: date, hours: hours,
            reason: LocalizedText(
                kk: reasonKk ?? text, ru: reasonRu ?? text, en: reasonEn ?? text))
        try await options.run { desk in
            guard
                try await change.make(.close(office.office, closure), desk, json: options.json)
            else { throw ExitCode(2) }
        }
    }
}

struct OfficeReopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Take the closures of a date back.",
        discussion: """
            Example:
              kezek office reopen astana-1 --date 2026-12-30
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: "The date.")
    var date: CivilDate

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            guard try await change.make(.reopen(office.office, date), desk, json: options.json)
            else { throw ExitCode(2) }
        }
    }
}

struct OfficeRecalculate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recalculate",
        abstract: "Plan an office's days anew by the calendar and the standard in force.",
        discussion: """
            A day keeps the plan that it began with. After a holiday was moved, this is how
            the days that are planned already learn of it.

            Example:
              kezek office recalculate astana-1
            """)

    @OptionGroup var office: OfficeArgument
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            guard try await change.make(.recalculate(office.office), desk, json: options.json)
            else { throw ExitCode(2) }
        }
    }
}
