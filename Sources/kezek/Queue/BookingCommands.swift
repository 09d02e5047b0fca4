// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import KezekWire
import Parties
import Queue
import Texts

/// A booking's number, or its link, which has its secret too.
enum BookingReference: ExpressibleByArgument {
    case number(BookingID)
    case link(BookingLink)

    init?(argument: String) {
        if let id = BookingID(argument) {
            self = .number(id)
        } else if let link = BookingLink(argument) {
            self = .link(link)
        } else {
            return nil
        }
    }
}

/// Which booking a command is about, and what shows that its applicant wants it.
struct BookingArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The booking's link, or its number as astana-1/2026-03-19/17.", valueName: "link"))
    var reference: BookingReference

    @Option(
        help: ArgumentHelp(
            "The applicant's IIN instead of the link; '-' reads it from standard input.",
            valueName: "number|-"))
    var iin: String?

    @Option(
        name: .customLong("reference"),
        help: ArgumentHelp("The other system's name for the applicant.", valueName: "text"))
    var applicantReference: String?

    @Option(help: ArgumentHelp("The booking's six digits, to check in.", valueName: "digits"))
    var code: CheckInCode?

    var booking: BookingID {
        switch reference {
        case .number(let id): id
        case .link(let link): link.booking
        }
    }

    func validate() throws {
        let given = [iin != nil, applicantReference != nil, code != nil]
            .filter { $0 }.count
        guard given <= 1 else {
            throw Wrong.oneOf("--iin", "--reference", "--code")
        }
        guard iin != nil || applicantReference != nil else { return }
        try ApplicantOptions.check(iin: iin, reference: applicantReference)
    }

    /// What was given; nil for a number alone, which is enough at the office.
    func proof() throws -> BookingProof? {
        if let code { return .code(code) }
        if iin != nil || applicantReference != nil {
            return .applicant(
                try ApplicantOptions.applicant(iin: iin, reference: applicantReference))
        }
        guard case .link(let link) = reference else { return nil }
        return .secret(link.secret)
    }
}

/// A booking in a line, for a person at a terminal.
struct BookingText {
    let line: String

    init(_ booking: BookingView, _ language: Language) {
        let date = booking.id.date
        var parts = [
            Terminal.styled(booking.id.description, .bold), language.word(booking.state),
            "\(date) \(language.weekdayAbbreviation(date.weekday)) \(booking.times)",
            booking.services,
        ]
        if let ticket = booking.ticket { parts.append("ticket \(ticket)") }
        if let counterpart = booking.counterpart {
            parts.append(
                booking.state == .moved ? "moved to \(counterpart)" : "moved from \(counterpart)")
        }
        if !booking.reason.isEmpty { parts.append(booking.reason) }
        line = parts.joined(separator: "  ")
    }

    /// The booking's link, and that of the one it was moved to; nil where it was not told.
    static func links(_ booking: BookingView) -> String? {
        guard let key = booking.key else { return nil }
        let own = "link \(BookingLink(booking.id, key.secret))  code \(key.code)"
        guard let counterpart = booking.counterpart, let secret = key.counterpart else {
            return own
        }
        return own + "\nmoved to \(BookingLink(counterpart, secret))"
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
              kezek booking astana-1/2026-03-19/17 --reference application-4711
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let view = try await desk.ask(.booking(booking.booking), showing: booking.proof())
            if options.json {
                return try await desk.print(.queue(.booking(view)), of: view.id.office)
            }
            let lines = [BookingText(view, desk.language).line, BookingText.links(view)]
            try Terminal.lines(lines.compactMap { $0 })
        }
    }
}

struct ConfirmBooking: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Confirm a held slot, and print the confirmation.",
        discussion: """
            An office's own systems confirm by the number; others by the link that the hold was
            answered with, or for the applicant.

            Examples:
              kezek confirm astana-1/2026-03-19/17 --language kk
              kezek confirm astana-1/2026-03-19/17/00112233445566778899aabbccddeeff
              kezek confirm astana-1/2026-03-19/17 --iin - < iin
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .booking(booking.booking, .confirm), showing: booking.proof()
        ) { receipt, desk in
            guard let view = receipt.booking else { return "confirmed" }
            return try await ConfirmationText.make(view, desk)
        }
    }
}

struct ReleaseBooking: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give a held slot back.",
        discussion: """
            Example:
              kezek release astana-1/2026-03-19/17
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .booking(booking.booking, .release), showing: booking.proof()
        ) { receipt, desk in
            BookingText.line(receipt, desk.language)
        }
    }
}

struct CancelBooking: AsyncParsableCommand, QueueSender {
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

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        try Wrong.unless(reason, within: CallLimit.reasonBytes, "--reason")
    }

    func run() async throws {
        try await sending.send(
            .booking(booking.booking, .cancel(by: by.canceller, reason: reason)),
            showing: booking.proof()
        ) { receipt, desk in BookingText.line(receipt, desk.language) }
    }
}

struct RescheduleBooking: AsyncParsableCommand, QueueSender {
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

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .reschedule(booking.booking, to: to.date, start: to.time), showing: booking.proof()
        ) { receipt, desk in
            guard let view = receipt.booking, view.state == .confirmed else {
                return BookingText.line(receipt, desk.language)
            }
            return try await ConfirmationText.make(view, desk)
        }
    }
}

struct ArriveCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "arrive",
        abstract: "The applicant of a booking is there: give out the ticket.",
        discussion: """
            Examples:
              kezek arrive astana-1/2026-03-19/17
              kezek arrive astana-1/2026-03-19/17 --code 073125
            """)

    @OptionGroup var booking: BookingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .booking(booking.booking, .arrive), showing: booking.proof()
        ) { receipt, desk in
            guard let ticket = receipt.ticket else {
                return BookingText.line(receipt, desk.language)
            }
            let office = try await desk.ask(.office(booking.booking.office))
            return TicketText(
                ticket: ticket, office: office, date: booking.booking.date,
                language: desk.language
            ).text
        }
    }
}
