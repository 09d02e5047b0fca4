// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Queue
import Texts

/// Which booking a command is about.
struct BookingArgument: ParsableArguments {
    @Argument(help: "The booking, as astana-1/2026-03-19/17.")
    var booking: BookingID
}

/// A booking in a line, for a person at a terminal.
struct BookingText {
    let line: String

    init(_ booking: BookingView, _ language: Language) {
        let date = booking.id.date
        var parts = [
            Terminal.styled(booking.id.description, .bold), language.word(booking.state),
            "\(date) \(language.weekdayAbbreviation(date.weekday)) \(booking.times)",
            booking.service.description,
        ]
        if let ticket = booking.ticket { parts.append("ticket \(ticket)") }
        if let counterpart = booking.counterpart {
            parts.append(
                booking.state == .moved ? "moved to \(counterpart)" : "moved from \(counterpart)")
        }
        line = parts.joined(separator: "  ")
    }

    /// The booking of a receipt in a line.
    static func line(_ receipt: Receipt, _ language: Language) -> String {
        receipt.booking.map { BookingText($0, language).line } ?? "done"
    }
}

struct ShowBooking: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "booking",
        abstract: "How does a booking stand?",
        discussion: """
            Example:
              kezek booking astana-1/2026-03-19/17
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let view = try await desk.booking(booking.booking)
            if options.json { return try JSONText.print(BookingJSON(view)) }
            try Terminal.write(BookingText(view, desk.language).line + "\n")
        }
    }
}

struct ConfirmBooking: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Confirm a held slot, and print the confirmation.",
        discussion: """
            Example:
              kezek confirm astana-1/2026-03-19/17 --language kk
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var sending: SendOptions

    func run() async throws {
        try await sending.send(.booking(booking.booking, .confirm)) { receipt, desk in
            guard let view = receipt.booking else { return "confirmed" }
            return try await ConfirmationText.make(view, desk)
        }
    }
}

struct ReleaseBooking: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give a held slot back.",
        discussion: """
            Example:
              kezek release astana-1/2026-03-19/17
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var sending: SendOptions

    func run() async throws {
        try await sending.send(.booking(booking.booking, .release)) { receipt, desk in
            BookingText.line(receipt, desk.language)
        }
    }
}

struct CancelBooking: AsyncParsableCommand {
    /// The longest reason, in bytes.
    static let reasonLimit = 500

    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a booking.",
        discussion: """
            Examples:
              kezek cancel astana-1/2026-03-19/17
              kezek cancel astana-1/2026-03-19/17 --by office --reason "Window closed"
            """)

    @OptionGroup var booking: BookingArgument

    @Option(help: "Who gives it up.")
    var by = CancellerName.applicant

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason = ""

    @OptionGroup var sending: SendOptions

    func validate() throws {
        guard reason.utf8.count <= Self.reasonLimit else {
            throw ValidationError("--reason must be at most \(Self.reasonLimit) bytes.")
        }
    }

    func run() async throws {
        try await sending.send(
            .booking(booking.booking, .cancel(by: by.canceller, reason: reason))
        ) { receipt, desk in BookingText.line(receipt, desk.language) }
    }
}

struct RescheduleBooking: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reschedule",
        abstract: "Move a booking to another slot of its office.",
        discussion: """
            The old slot is given up only once the new one is taken.

            Example:
              kezek reschedule astana-1/2026-03-19/17 --to 2026-03-20T11:20
            """)

    @OptionGroup var booking: BookingArgument

    @Option(help: ArgumentHelp("When the new slot starts.", valueName: "date-time"))
    var to: CivilDateTime

    @OptionGroup var sending: SendOptions

    func run() async throws {
        try await sending.send(
            .reschedule(booking.booking, to: to.date, start: to.time)
        ) { receipt, desk in
            guard let view = receipt.booking, view.state == .confirmed else {
                return BookingText.line(receipt, desk.language)
            }
            return try await ConfirmationText.make(view, desk)
        }
    }
}

struct ArriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrive",
        abstract: "The applicant of a booking is there: give out the ticket.",
        discussion: """
            Example:
              kezek arrive astana-1/2026-03-19/17
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var sending: SendOptions

    func run() async throws {
        try await sending.send(.booking(booking.booking, .arrive)) { receipt, desk in
            guard let ticket = receipt.ticket else {
                return BookingText.line(receipt, desk.language)
            }
            let office = try await desk.office(booking.booking.office)
            return TicketText(
                ticket: ticket, office: office, date: booking.booking.date,
                language: desk.language
            ).text
        }
    }
}
