// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
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
            What becomes known on a later day is moved on that day. No clock ends before the
            day of adoption, and a calendar that takes a published year away is refused.

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

    @Option(help: ArgumentHelp("List what moves at this office alone.", valueName: "name"))
    var office: OfficeID?

    @Option(help: ArgumentHelp("List at most so many clocks and bookings.", valueName: "number"))
    var limit = 50

    func run(dryRun: Bool, _ sending: SendOptions) async throws {
        let options = sending.options
        try await options.run { desk in
            let command = DecreeCommand(calendar: try text(), dryRun: dryRun, office: office)
            let id = sending.request.id
            let effects = try await send(command, id, desk)
            if options.json { return try await desk.print(.decree(effects), of: office) }
            try Terminal.write(
                DecreeText(effects: effects, limit: limit, language: desk.language).text)
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
        guard data.count <= DecreeCommand.textLimit else {
            throw CommandFailure("\(file) is larger than \(DecreeCommand.textLimit) bytes")
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
            guard case .decrees(let decrees) = try await desk.ask(.decrees) else {
                throw desk.badResponse
            }
            if options.json { return try JSONText.print(.applications(.decrees(decrees))) }
            guard !decrees.isEmpty else {
                return try Terminal.write(
                    desk.language.pick(
                        "ешбір қаулы қабылданған жоқ", "постановлений не было",
                        "no decree was adopted") + "\n")
            }
            var table = QueueTable(
                desk.language.pick(
                    "қаулы|уақыты|күнтізбе|нұсқасы|мерзімдер|жазылулар",
                    "постановление|время|календарь|версия|сроков|записей",
                    "decree|at|calendar|version|clocks|bookings"
                ).split(separator: "|").map(String.init), figures: [0, 4, 5])
            for decree in decrees {
                table.add([
                    "\(decree.number)", decree.at.description,
                    decree.calendar.isEmpty ? "–" : decree.calendar, decree.version,
                    "\(decree.clocks)", "\(decree.bookings)",
                ])
            }
            try Terminal.write(table.lines.joined(separator: "\n") + "\n")
        }
    }
}

/// What a decree moves, for a person at a terminal.
struct DecreeText {
    let effects: DecreeEffects
    let limit: Int
    let language: Language

    var text: String {
        var lines: [String] = []
        for change in effects.changes {
            lines.append(
                "\(day(change.date))  \(change.week)  \(change.before.text) → "
                    + "\(change.after.text)  [\(change.act)]")
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(
            Terminal.styled(
                moved(effects.moving, of: language.count(effects.running, .clock)), .bold))
        lines += effects.clocks.prefix(limit).map(line)
        if effects.clocks.count > limit {
            let more = effects.clocks.count - limit
            lines.append(
                language.pick(
                    "  … және тағы \(more); --limit оларды көрсетеді",
                    "  … и ещё \(more); их покажет --limit",
                    "  … and \(more) more; --limit shows them"))
        }
        lines += notes
        let displaced = effects.bookings.displaced
        lines.append(
            Terminal.styled(moved(language.count(effects.movingBookings, .booking)), .bold))
        for booking in displaced.prefix(limit) {
            let to =
                booking.replacement.map { "\($0.id)  \($0.moment)" }
                ?? language.pick("орын қалмады", "мест не осталось", "no place is left")
            lines.append("  \(booking.booking.id)  \(booking.booking.moment) → \(to)")
        }
        for (office, here) in effects.bookings.hereByOffice {
            lines.append(
                language.pick(
                    "  \(office): бүгін терезе немесе орын жоспарланбаған: ",
                    "  \(office): сегодня не запланировано окно или место для: ",
                    "  \(office): no window or place planned today for: ")
                    + here.joined(separator: ", "))
        }
        for later in effects.later.prefix(limit) {
            let (booking, day) = (later.booking, day(later.knownOn))
            lines.append(
                "  \(booking.id)  \(booking.moment) → "
                    + language.pick(
                        "орны \(day) жоғалады, жаңасы сонда табылады",
                        "место пропадёт \(day), новое найдётся тогда",
                        "loses its place on \(day), and a new one is found then"))
        }
        if !effects.version.isEmpty {
            lines.append(Terminal.styled("\(effects.calendar): \(effects.version)", .dim))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func moved(_ count: Int, of all: String) -> String {
        effects.isDone
            ? language.pick(
                "\(all) ішінен \(count) жылжытылды", "сдвинуто \(count), всего \(all)",
                "\(count) of \(all) moved")
            : language.pick(
                "\(all) ішінен \(count) жылжиды", "сдвинулось бы \(count), всего \(all)",
                "\(count) of \(all) would move")
    }

    private func moved(_ what: String) -> String {
        effects.isDone
            ? language.pick("\(what) жылжытылды", "сдвинуто: \(what)", "\(what) moved")
            : language.pick("\(what) жылжиды", "сдвинулось бы: \(what)", "\(what) would move")
    }

    /// What stays as it is, what is provisional, and what moves later.
    private var notes: [String] {
        var notes: [String] = []
        if effects.unanswered > 0 {
            let text = language.pick(
                "осы күнтізбе бойынша жауабы жоқ, өзгермейтін мерзімдер",
                "сроки без ответа по этому календарю, они остаются как есть",
                "clocks without an answer by this calendar, which stay as they are")
            notes.append(Terminal.styled("\(text): \(effects.unanswered)", .red))
        }
        if effects.awaitingYear > 0 {
            let text = language.pick(
                "жарияланбаған жылда аяқталатын, сол жыл жарияланғанша алдын ала мерзімдер",
                "сроки, которые кончаются в неопубликованном году и до него предварительны",
                "clocks that end in a year that is not published, which are provisional until it is"
            )
            notes.append(Terminal.styled("\(text): \(effects.awaitingYear)", .red))
        }
        if !effects.knownLater.isEmpty {
            let days = effects.knownLater.map { day($0) }.joined(separator: ", ")
            notes.append(
                language.pick(
                    "тағы мәлім болатын күндер: \(days); сонда өзі жылжытылады",
                    "ещё станет известно \(days); что это сдвинет, сдвинется тогда само",
                    "more becomes known on \(days); what it moves is moved then, by itself"))
        }
        return notes
    }

    private func line(_ clock: MovedClock) -> String {
        let dates = effects.changes[clock.changes].map(\.date.description)
        let because = dates.isEmpty ? "" : "  (\(dates.joined(separator: ", ")))"
        return "  \(clock.id.description.padded(28))  \(clock.kind.title[language].padded(20))  "
            + "\(moment(clock.from)) → \(moment(clock.to))\(because)"
    }

    private func day(_ date: CivilDate) -> String {
        "\(date) \(language.weekdayAbbreviation(date.weekday))"
    }

    private func moment(_ moment: CivilDateTime) -> String { "\(day(moment.date)) \(moment.time)" }
}

extension OfficeEffects {
    /// By office, the tickets of those who are here, and the kiosks that have numbers.
    fileprivate var hereByOffice: [(office: String, here: [String])] {
        let tickets = tickets.map { ($0.office, $0.ticket.label.description) }
        let leases = leases.map { ($0.office, "\($0.lease.kiosk) (\($0.lease.id))") }
        let all = Dictionary(grouping: tickets + leases) { $0.0?.description ?? "" }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.1)) }
    }
}
