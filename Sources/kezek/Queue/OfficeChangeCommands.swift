// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts
import WorkingDays

/// Whether a change of an office is made though somebody loses a place or a window by it.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Make the change even if somebody loses a place or a window by it.")
    var apply = false

    /// Makes a change that affects nobody, or any with `--apply`; tells what it does.
    ///
    /// - Returns: whether it was made.
    func make(
        _ change: OfficeChangeCommand.Change, _ sending: SendOptions, _ desk: QueueDesk
    ) async throws -> Bool {
        let (request, json) = (sending.request, sending.options.json)
        if !apply {
            let trial = try await effects(of: change, dryRun: true, .random(), desk)
            guard trial.effects.harmsNobody else {
                try await show(trial, change.office, request.id, desk, json)
                let whom = affected(trial.effects, desk.language)
                Terminal.tell(
                    "\(change.office): nothing was changed, as it would affect \(whom); repeat it with "
                        + "--apply")
                return false
            }
        }
        let id = request.id
        let done = try await effects(of: change, dryRun: false, id, desk)
        try await show(done, change.office, id, desk, json)
        return true
    }

    /// Whom a change affects, in numbers.
    private func affected(_ effects: OfficeEffects, _ language: Language) -> String {
        let counts: [(Int, CountedNoun)] = [
            (effects.displaced.count, .booking), (effects.tickets.count, .ticket),
            (effects.leases.count, .lease),
        ]
        return counts.filter { $0.0 > 0 }.map { language.count($0.0, $0.1) }
            .joined(separator: ", ")
    }

    private func effects(
        of change: OfficeChangeCommand.Change, dryRun: Bool, _ id: RequestID, _ desk: QueueDesk
    ) async throws -> Done {
        let command = OfficeChangeCommand(change: change, dryRun: dryRun)
        let receipt = try await desk.send(.changeOffice(command), id)
        guard let effects = receipt.effects else {
            throw CommandFailure("the server did not say what the change of the office does")
        }
        return Done(receipt: receipt, effects: effects)
    }

    /// What a change does, or would do.
    private struct Done {
        let receipt: Receipt
        let effects: OfficeEffects
    }

    private func show(
        _ done: Done, _ office: OfficeID, _ id: RequestID, _ desk: QueueDesk, _ json: Bool
    ) async throws {
        if json {
            return try await desk.print(
                .receipt(done.receipt), of: office,
                with: [id.member, .init("office", office.description)])
        }
        let (effects, language) = (done.effects, desk.language)
        var lines: [String] = []
        if !effects.displaced.isEmpty {
            // Before the change is made, a new booking's number may still go to somebody else.
            let head = language.pick(
                "жазылу|қызмет|уақыты|жаңа уақыты|жаңа нөмірі",
                "запись|услуга|время|переносится на|как", "booking|service|at|goes to|as"
            ).split(separator: "|").map(String.init)
            var table = QueueTable(effects.isDone ? head : Array(head.dropLast()))
            for displaced in effects.displaced {
                let (old, new) = (displaced.booking, displaced.replacement)
                let row = [
                    old.id.description, old.services, old.moment.description,
                    new?.moment.description
                        ?? language.pick("бас тартылды", "отменена", "cancelled"),
                ]
                table.add(effects.isDone ? row + [new?.id.description ?? ""] : row)
            }
            lines += table.lines
        }
        let without = language.pick(
            "терезе немесе орын жоспарланбаған", "не запланировано окно или место для",
            "no window or place planned for")
        if !effects.tickets.isEmpty {
            let labels = effects.tickets.map { "\($0.ticket.label) \($0.ticket.service)" }
            lines.append("\(without): \(labels.joined(separator: ", "))")
        }
        for lease in effects.leases.map(\.lease) {
            let numbers = language.pick(
                "\(lease.kiosk) нөмірлері, \(lease.id)-топ",
                "номера \(lease.kiosk), набор \(lease.id)",
                "the numbers of \(lease.kiosk), lease \(lease.id)")
            lines.append("\(without): \(numbers)")
        }
        if effects.isDone {
            let dates = effects.dates.count
            let plans =
                ", "
                + language.pick(
                    "жаңа жоспары бар күндер: \(dates)", "дат с новым планом: \(dates)",
                    dates == 1 ? "1 date has a new plan" : "\(dates) dates have a new plan")
            lines.append(
                "\(Terminal.styled("✓", .green)) \(office)\(dates == 0 ? "" : plans)")
        }
        try Terminal.lines(lines)
    }
}

struct OfficeImport: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put offices in from their files, new ones or changed ones.",
        discussion: """
            A new office, or a change that costs nobody a place or a window, is made at once.

            Examples:
              kezek office import Examples/offices/astana-corporation.yaml
              kezek office import astana-1.yaml --apply
            """)

    @Argument(help: "The files; Examples/offices/README.md explains them.", completion: .file())
    var files: [String]

    @OptionGroup var change: ChangeOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        if files.count > 1, request.requestID != nil {
            throw Wrong.say(
                kk: "--request-id бір файлға ғана арналған.",
                ru: "--request-id годится для одного файла.",
                en: "--request-id is for one file.")
        }
    }

    func run() async throws {
        try await options.run { desk in
            // Every file is read before the first change is made.
            var faults: [FileFault] = []
            var offices: [QueueOffice] = []
            for file in files {
                try CommandFailure.requireFile(file)
                let url = URL(fileURLWithPath: file)
                do throws(FileFaults) {
                    let office = try OfficeFile.read(url)
                    offices.append(office)
                } catch { faults += error.list }
            }
            if faults.isEmpty {
                let known = try await desk.ask(.standards)
                for (file, office) in zip(files, offices) {
                    let terms = OfficeTerms(standard: office.standard, kind: office.kind)
                    if let fault = terms.fault(in: URL(fileURLWithPath: file), known) {
                        faults.append(fault)
                    }
                }
            }
            guard faults.isEmpty else {
                throw FileFaults(list: faults)
            }
            var isDone = true
            for (file, office) in zip(files, offices) {
                do {
                    let made = try await change.make(.put(office), sending, desk)
                    isDone = isDone && made
                } catch ClientError.mayBeDone(_, let cause) where offices.count > 1 {
                    // An office that is put in once more stays as it is: the files are repeated together.
                    throw cause
                } catch ClientError.refused(let refusal)
                    where refusal.field == "put.reception.bookings_only"
                {
                    throw FileFaults(list: [
                        .refused(
                            in: URL(fileURLWithPath: file), ["reception", "bookings-only"],
                            refusal.message)
                    ])
                }
            }
            if !isDone { throw ExitCode(2) }
        }
    }
}

/// The standard and the kind of office that a file names.
struct OfficeTerms {
    let standard: String
    let kind: String

    /// What is wrong with them where these are the standards that there are.
    func fault(in file: URL, _ known: [StandardSummary]) -> FileFault? {
        guard let found = known.first(where: { $0.id == standard }) else {
            return .misnamed(in: file, "standard", standard, choices: known.map(\.id).sorted())
        }
        guard found.offices.contains(kind) else {
            return .misnamed(in: file, "kind", kind, choices: found.offices.sorted())
        }
        return nil
    }
}

struct OfficeClose: AsyncParsableCommand, QueueSender {
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
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    private var anyReason: String? { reason ?? reasonKk ?? reasonRu ?? reasonEn }

    func validate() throws {
        guard anyReason?.isEmpty == false else {
            throw Wrong.say(
                kk: "--reason керек: қайтарылатын адамдарға себебі айтылады.",
                ru: "Нужно --reason: тем, кого не примут, скажут почему.",
                en: "--reason is needed: those who are sent away are told why.")
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
                try await change.make(.close(office.office, closure), sending, desk)
            else { throw ExitCode(2) }
        }
    }
}

struct OfficeReopen: AsyncParsableCommand, QueueSender {
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
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            guard try await change.make(.reopen(office.office, date), sending, desk)
            else { throw ExitCode(2) }
        }
    }
}

struct OfficeRecalculate: AsyncParsableCommand, QueueSender {
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
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            guard try await change.make(.recalculate(office.office), sending, desk)
            else { throw ExitCode(2) }
        }
    }
}
