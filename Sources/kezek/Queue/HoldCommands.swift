// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import Journal
import KezekClient
import KezekTables
import KezekWire
import Parties
import Queue
import Texts

/// For whom a slot is held.
///
/// An IIN is read as a text, so that no message of the parser can show one that is mistyped.
struct ApplicantOptions: ParsableArguments {
    /// The longest reference, in bytes.
    static let referenceLimit = BookingParser.referenceLimit

    @Option(
        help: ArgumentHelp(
            "The applicant's individual identification number; '-' reads it from standard input, "
                + "as others on this machine see the arguments.",
            valueName: "number|-"))
    var iin: String?

    @Option(
        help: ArgumentHelp(
            "Another system's name for the applicant, instead of the IIN.", valueName: "text"))
    var reference: String?

    func validate() throws {
        guard (iin == nil) != (reference == nil) else {
            throw Wrong.oneOf("--iin", "--reference")
        }
        try Self.check(iin: iin, reference: reference)
    }

    static func check(iin: String?, reference: String?) throws {
        if let iin, iin != "-", IIN(iin) == nil {
            throw Wrong.say(kk: badIIN.kk, ru: badIIN.ru, en: badIIN.en)
        }
        if let reference, !(1...referenceLimit).contains(reference.utf8.count) {
            throw Wrong.tooLong("--reference", referenceLimit)
        }
    }

    /// The applicant as the server is told.
    func applicant() throws -> ApplicantName {
        try Self.applicant(iin: iin, reference: reference)
    }

    static func applicant(iin: String?, reference: String?) throws -> ApplicantName {
        if let reference { return .reference(reference) }
        var text = iin ?? ""
        if text == "-" { text = readLine()?.trimmingCharacters(in: .whitespaces) ?? "" }
        guard let iin = IIN(text) else { throw CommandFailure(badIIN) }
        return .iin(iin)
    }

    private static let badIIN = LocalizedText(
        kk: "--iin: ЖСН-нің 12 цифры күтілді; соңғысы қалғандарын тексереді",
        ru: "--iin: ожидаются 12 цифр ИИН, последняя проверяет остальные",
        en: "--iin: expected the 12 digits of an IIN, of which the last checks the others")
}

/// Which slot is held, and who books it.
struct HoldOptions: ParsableArguments {
    @Argument(help: OfficeArgument.help)
    var office: OfficeID

    @OptionGroup var booked: ServiceOptions

    @Option(help: ArgumentHelp("When the slot starts.", valueName: "date-time"))
    var at: CivilDateTime

    @Option(help: "Who books.")
    var channel = ChannelName.office

    func command(for applicant: ApplicantOptions) throws -> QueueCommand {
        .hold(
            HoldCommand(
                office: office, service: booked.first, date: at.date, start: at.time,
                channel: channel.channel, applicant: try applicant.applicant(),
                further: booked.further))
    }
}

struct HoldSlot: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Hold a slot until it is confirmed, released or expires.",
        discussion: """
            Examples:
              kezek hold astana-1 --service acceptance --at 2026-03-19T10:00 \\
                        --reference application-4711
              kezek hold astana-1 --service acceptance --at 2026-03-19T10:00 --iin - < iin
              kezek hold astana-1 --service acceptance --service results --persons 2 \\
                        --at 2026-03-19T10:00 --reference application-4711
            """)

    @OptionGroup var hold: HoldOptions
    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var data: DataOption
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(hold.command(for: applicant)) { receipt, desk in
            guard let booking = receipt.booking else { return "held" }
            // By the office's clocks: those here need not be the server's.
            let office = try await desk.ask(.office(booking.id.office))
            let clock = try await desk.clock(zone: office.zone, or: office.standard, data)
            let until = booking.until.map { clock.time($0.second) } ?? "–"
            let name =
                booking.key.map { BookingLink(booking.id, $0.secret).description }
                ?? booking.id.description
            let language = desk.language
            return BookingText(booking, language).line
                + "\n"
                + language.pick(
                    "\(until) дейін растаңыз: ", "подтвердите до \(until): ",
                    "confirm it by \(until): ") + Manner.current.hint("kezek confirm \(name)")
        }
    }
}

struct BookSlot: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Hold a slot and confirm it, and print the confirmation.",
        discussion: """
            Example:
              kezek book astana-1 --service acceptance --at 2026-03-19T10:00 \\
                        --reference application-4711 --language kk
            """)

    @OptionGroup var hold: HoldOptions
    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.options.run { desk in
            let id = sending.request.id
            guard let held = try await desk.send(try hold.command(for: applicant), id).booking
            else {
                throw CommandFailure("the server did not say what it holds")
            }
            // The second command's id follows from the first's, so repeating both is safe too.
            let receipt: Receipt
            do {
                receipt = try await desk.send(
                    .booking(held.id, .confirm), id.following, showing: held.proof)
            } catch let error as ClientError { throw error.repeated(under: id) }
            if sending.options.json { return try await desk.print(receipt, id) }
            try Terminal.write(
                try await ConfirmationText.make(receipt.booking ?? held, desk) + "\n")
        }
    }
}

extension ClientError {
    /// The same, of a command of the command line that is repeated under this id.
    fileprivate func repeated(under id: RequestID) -> ClientError {
        requestID == nil ? self : .mayBeDone(id, cause)
    }
}

extension BookingView {
    /// What shows that whoever was told of the booking speaks for its applicant.
    var proof: BookingProof? { key.map { .secret($0.secret) } }
}
