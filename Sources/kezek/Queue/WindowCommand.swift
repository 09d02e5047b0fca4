// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Parties
import Queue
import Texts

struct WindowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "window",
        abstract: "Open and close a window, begin and end its break.",
        discussion: """
            Examples:
              kezek window open astana-1 3
              kezek window break astana-1 3
            """,
        subcommands: [
            WindowOpen.self, WindowClose.self, WindowBreak.self, WindowBack.self,
        ])
}

/// Which window of which office a command is about.
struct WindowArguments: ParsableArguments {
    @Argument(help: OfficeArgument.help)
    var office: OfficeID

    @Argument(help: "The window, as it hangs above it.")
    var window: WindowID
}

extension SendOptions {
    /// Brings a window into a state, and says so.
    fileprivate func change(
        _ window: WindowArguments, _ command: DayCommand, _ state: WindowStatus.State
    ) async throws {
        try await send(.today(window.office, command)) { receipt, desk in
            let window = receipt.window ?? window.window
            let word = desk.language.word(state)
            return desk.language.pick(
                "\(window)-терезе: \(word)", "окно \(window): \(word)", "window \(window): \(word)")
        }
    }
}

struct WindowOpen: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Somebody sits down at a window.",
        discussion: """
            Example:
              kezek window open astana-1 3 --who clerk-7
            """)

    @OptionGroup var window: WindowArguments

    @Option(
        help: ArgumentHelp(
            "Who sits there, by the office's own name for them, which is no person's name or number.",
            valueName: "name"))
    var who: SeatName?

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.change(window, .openWindow(window.window, by: who), .open)
    }
}

struct WindowClose: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "A window is done for now.")

    @OptionGroup var window: WindowArguments
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.change(window, .closeWindow(window.window), .closed)
    }
}

struct WindowBreak: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "break", abstract: "A window's break begins.",
        discussion: """
            Example:
              kezek window break astana-1 3 --reason lunch
            """)

    @OptionGroup var window: WindowArguments

    @Option(help: ArgumentHelp("Why, by a code of the office's list.", valueName: "code"))
    var reason: ListedCode?

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.change(window, .beginBreak(window.window, reason: reason), .onBreak)
    }
}

struct WindowBack: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "back", abstract: "A window's break is over.")

    @OptionGroup var window: WindowArguments
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.change(window, .endBreak(window.window), .open)
    }
}

struct NextCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Call whoever is next to a window.",
        discussion: """
            Example:
              kezek next astana-1 3
            """)

    @OptionGroup var window: WindowArguments
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .today(window.office, .callNext(window.window))
        ) { receipt, desk in TicketLine.text(receipt, desk.language) }
    }
}
