// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Queue

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
    @OptionGroup var office: OfficeArgument

    @Argument(help: "The window, as it hangs above it.")
    var window: WindowID

    @OptionGroup var sending: SendOptions

    /// Brings the window into a state, and says so.
    func change(_ command: DayCommand, _ state: WindowStatus.State) async throws {
        try await sending.send(.today(office.office, command)) { receipt, desk in
            "window \(receipt.window ?? window): \(desk.language.word(state))"
        }
    }
}

struct WindowOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Somebody sits down at a window.")

    @OptionGroup var window: WindowArguments

    func run() async throws { try await window.change(.openWindow(window.window), .open) }
}

struct WindowClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "A window is done for now.")

    @OptionGroup var window: WindowArguments

    func run() async throws { try await window.change(.closeWindow(window.window), .closed) }
}

struct WindowBreak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break", abstract: "A window's break begins.")

    @OptionGroup var window: WindowArguments

    func run() async throws { try await window.change(.beginBreak(window.window), .onBreak) }
}

struct WindowBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "back", abstract: "A window's break is over.")

    @OptionGroup var window: WindowArguments

    func run() async throws { try await window.change(.endBreak(window.window), .open) }
}

struct NextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Call whoever is next to a window.",
        discussion: """
            Example:
              kezek next astana-1 3
            """)

    @OptionGroup var window: WindowArguments

    func run() async throws {
        try await window.sending.send(
            .today(window.office.office, .callNext(window.window))
        ) { receipt, desk in TicketLine.text(receipt, desk.language) }
    }
}
