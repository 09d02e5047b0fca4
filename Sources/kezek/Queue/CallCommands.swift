// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Parties
import Queue
import Texts

/// A ticket in a line, for a person at a terminal.
enum TicketLine {
    static func text(_ receipt: Receipt, _ language: Language) -> String {
        receipt.ticket.map { text($0, language) } ?? "done"
    }

    static func text(_ ticket: TicketView, _ language: Language) -> String {
        var parts = [
            Terminal.styled(ticket.label.description, .bold), language.word(ticket),
            ([ticket.service] + ticket.then).map(\.description).joined(separator: " → "),
        ]
        if let window = ticket.window { parts.insert("→ \(window)", at: 1) }
        if ticket.calls > 1 { parts.append("call \(ticket.calls)") }
        return parts.joined(separator: "  ")
    }
}

/// Which ticket of which office's present day a command is about.
struct TicketArguments: ParsableArguments {
    @Argument(help: OfficeArgument.help)
    var office: OfficeID

    @Argument(help: "The ticket, as A-017.")
    var ticket: TicketLabel
}

extension SendOptions {
    /// Carries out a command on a ticket, and shows the ticket as it is then.
    fileprivate func change(_ ticket: TicketArguments, _ command: DayCommand) async throws {
        try await send(.today(ticket.office, command)) { receipt, desk in
            TicketLine.text(receipt, desk.language)
        }
    }
}

struct CallCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a given ticket to a window: the next one, or one set aside.",
        discussion: """
            Nobody is passed over: any other ticket is refused (R7.3, R7.5).

            Example:
              kezek call astana-1 3 A-017
            """)

    @OptionGroup var office: OfficeArgument

    @Argument(help: "The window, as it hangs above it.")
    var window: WindowID

    @Argument(help: "The ticket, as A-017.")
    var ticket: TicketLabel

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(.today(office.office, .call(ticket, window))) {
            receipt, desk in TicketLine.text(receipt, desk.language)
        }
    }
}

struct RecallCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Call a ticket once more.",
        discussion: """
            Example:
              kezek recall astana-1 A-017
            """)

    @OptionGroup var ticket: TicketArguments

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.change(ticket, .recall(ticket.ticket)) }
}

struct ServeTicket: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "begin",
        abstract: "The applicant who was called is there: serving begins.",
        discussion: """
            Example:
              kezek begin astana-1 A-017
            """)

    @OptionGroup var ticket: TicketArguments

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.change(ticket, .serve(ticket.ticket)) }
}

struct SkipCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "skip",
        abstract: "Nobody came: the window is free again.",
        discussion: """
            The ticket can come back to the end of the line: kezek resume.

            Example:
              kezek skip astana-1 A-017
            """)

    @OptionGroup var ticket: TicketArguments

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.change(ticket, .skip(ticket.ticket)) }
}

struct ParkCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "park",
        abstract: "Set a ticket aside, such as while a form is filled in.",
        discussion: """
            Example:
              kezek park astana-1 A-017
            """)

    @OptionGroup var ticket: TicketArguments

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.change(ticket, .park(ticket.ticket)) }
}

struct ResumeCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Put a ticket back into the line: a parked one to its place.",
        discussion: """
            A skipped one goes to the end.

            Example:
              kezek resume astana-1 A-017
            """)

    @OptionGroup var ticket: TicketArguments

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.change(ticket, .resume(ticket.ticket)) }
}

struct TransferCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Send a ticket to another service, to one window, or both.",
        discussion: """
            Example:
              kezek transfer astana-1 A-017 --service results --window 5
            """)

    @OptionGroup var ticket: TicketArguments

    @Option(help: ArgumentHelp("The service.", valueName: "name"))
    var service: ServiceID?

    @Option(help: ArgumentHelp("The window that alone may call it.", valueName: "name"))
    var window: WindowID?

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        if service == nil, window == nil {
            throw Wrong.say(
                kk: "--service немесе --window көрсетіңіз, екеуін де болады.",
                ru: "Укажите --service, --window или то и другое.",
                en: "Give --service, --window, or both.")
        }
    }

    func run() async throws {
        try await sending.change(ticket, .transfer(ticket.ticket, service: service, window: window))
    }
}

struct FinishCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "finish",
        abstract: "The applicant was served, refused, left, or never came.",
        discussion: """
            Examples:
              kezek finish astana-1 A-017
              kezek finish astana-1 A-018 --outcome no-show
              kezek finish astana-1 A-019 --outcome refused --ending no-papers
            """)

    @OptionGroup var ticket: TicketArguments

    @Option(help: "How it ended.")
    var outcome = OutcomeName.served

    @Option(
        help: ArgumentHelp(
            "In which way, by a code of the office's list for that outcome.", valueName: "code"))
    var ending: ListedCode?

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.change(ticket, .finish(ticket.ticket, outcome.outcome, ending: ending))
    }
}
