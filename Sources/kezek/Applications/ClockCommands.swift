// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CivilTime

struct SuspendApplication: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "The term stands still, for a reason, until it is resumed.",
        discussion: """
            It is looked at again by the day given; on an application that is suspended
            already this sets another day, and a reason is kept beside the first.

            Example:
              kezek application suspend astana-1/2026-03-19/7 \\
                        --reason 'archive asked' --review-by 2026-04-10
            """)

    @OptionGroup var application: ApplicationArgument

    @Option(help: ArgumentHelp("Why; not personal data.", valueName: "text"))
    var reason = ""

    @Option(help: ArgumentHelp("The day by which it is looked at again.", valueName: "date"))
    var reviewBy: CivilDate

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(.suspend(reason: reason, reviewBy: reviewBy), on: application)
    }
}

struct ResumeApplication: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "The term runs again, and ends so much later.",
        discussion: """
            Example:
              kezek application resume astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.send(.resume, on: application) }
}

struct ReadyCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "ready",
        abstract: "The result is ready to be collected; the time of storage runs (R5.3).",
        discussion: """
            Example:
              kezek application ready astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument

    @Option(help: ArgumentHelp("Words on it; not personal data.", valueName: "text"))
    var note = ""

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(.complete(ground: nil, note: note), on: application)
    }
}

struct RefuseCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "refuse",
        abstract: "The provider refuses the service on its merits (R9.1, R9.2).",
        discussion: """
            The reasoned refusal is the result, and waits to be collected as any other.

            Example:
              kezek application refuse astana-1/2026-03-19/7 \\
                        --ground requirements-not-met --note 'experience below five years'
            """)

    @OptionGroup var application: ApplicationArgument

    @Option(
        help: ArgumentHelp("The ground by its name in the standard.", valueName: "name"))
    var ground: String

    @Option(help: ArgumentHelp("The provider's words; not personal data.", valueName: "text"))
    var note = ""

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(.complete(ground: ground, note: note), on: application)
    }
}

struct HandOverCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: "The result is handed over (R5.2).",
        discussion: """
            Examples:
              kezek application hand-over astana-1/2026-03-19/7
              kezek application hand-over astana-1/2026-03-19/7 --to representative
            """)

    enum RecipientName: String, CaseIterable, ExpressibleByArgument {
        /// Against an identity document.
        case applicant
        /// Against a notarised power of attorney.
        case representative
    }

    @OptionGroup var application: ApplicationArgument

    @Option(
        help: """
            To the applicant against an identity document, or to a representative against a
            notarised power of attorney.
            """)
    var to = RecipientName.applicant

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .handOver(to == .applicant ? .applicant : .representative), on: application)
    }
}

struct ReturnCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "return",
        abstract: "Nobody collected it within the month: back to the provider (R5.4).",
        discussion: """
            Example:
              kezek application return astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.send(.returnUnclaimed, on: application) }
}

struct AskAgainCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "ask-again",
        abstract: "The applicant turned up after the month: ask the provider for it (R5.5).",
        discussion: """
            Example:
              kezek application ask-again astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.send(.request, on: application) }
}

struct RedeliverCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "redeliver",
        abstract: "The provider has sent it again: it waits to be collected (R5.5).",
        discussion: """
            Example:
              kezek application redeliver astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.send(.redeliver, on: application) }
}

struct WithdrawCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "The applicant takes the application back.",
        discussion: """
            Example:
              kezek application withdraw astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument

    @Option(help: ArgumentHelp("Why; not personal data.", valueName: "text"))
    var reason = ""

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws { try await sending.send(.withdraw(reason: reason), on: application) }
}
