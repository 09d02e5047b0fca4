// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

struct WaitingGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waiting",
        abstract: "Wait for a place that becomes free.",
        subcommands: [
            JoinWaitingList.self, ShowWaiting.self, AcceptOffer.self, DeclineOffer.self,
            LeaveWaitingList.self, ListWaiting.self,
        ])
}

/// A number on a waiting list, or its link, which has its secret too.
enum WaitingReference: ExpressibleByArgument {
    case number(WaitingID)
    case link(WaitingLink)

    init?(argument: String) {
        if let id = WaitingID(argument) {
            self = .number(id)
        } else if let link = WaitingLink(argument) {
            self = .link(link)
        } else {
            return nil
        }
    }
}

/// Whose place on a waiting list a command is about, and what shows that they want it.
struct WaitingArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The link, or the number as astana-1/2026-03-19/w17.", valueName: "link"))
    var place: WaitingReference

    @Option(
        help: ArgumentHelp(
            "The applicant's IIN instead of the link; '-' reads it from standard input.",
            valueName: "number|-"))
    var iin: String?

    @Option(help: ArgumentHelp("The other system's name for the applicant.", valueName: "text"))
    var reference: String?

    var waiting: WaitingID {
        switch place {
        case .number(let id): id
        case .link(let link): link.waiting
        }
    }

    func validate() throws {
        try ApplicantOptions.check(iin: iin, reference: reference)
    }

    func proof() throws -> BookingProof? {
        if iin != nil || reference != nil {
            return .applicant(try ApplicantOptions.applicant(iin: iin, reference: reference))
        }
        guard case .link(let link) = place else { return nil }
        return .secret(link.secret)
    }
}

struct JoinWaitingList: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Join the waiting list of a date.",
        discussion: """
            Whoever has a booking waits for an earlier slot of the same service and office; others name both.

            Examples:
              kezek waiting join --booking astana-1/2026-03-19/17 --on 2026-03-18 --until 12:00
              kezek waiting join --office astana-1 --service acceptance --reference crm-4711 \\
                                 --on 2026-03-18
            """)

    @Option(
        help: ArgumentHelp("The booking that is to be earlier, or its link.", valueName: "link"))
    var booking: BookingReference?

    @Option(help: ArgumentHelp("The office, for who has no booking.", valueName: "name"))
    var office: OfficeID?

    @Option(help: ArgumentHelp("The service, for who has no booking.", valueName: "name"))
    var service: ServiceID?

    @Option(help: "Who books, for who has no booking.")
    var channel = ChannelName.office

    @Option(
        help: ArgumentHelp(
            "The applicant's IIN; '-' reads it from standard input.", valueName: "number|-"))
    var iin: String?

    @Option(help: ArgumentHelp("The other system's name for the applicant.", valueName: "text"))
    var reference: String?

    @Option(help: ArgumentHelp("The date that is wanted.", valueName: "date"))
    var on: CivilDate

    @Option(help: ArgumentHelp("The first slot that is wanted.", valueName: "time"))
    var from = TimeOfDay.midnight

    @Option(help: ArgumentHelp("The last slot that is wanted.", valueName: "time"))
    var until = TimeOfDay(hour: 23, minute: 59)!

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        try ApplicantOptions.check(iin: iin, reference: reference)
        guard booking == nil else { return }
        guard office != nil, service != nil else {
            throw Wrong.oneOf("--booking", "--office … --service …")
        }
        guard (iin == nil) != (reference == nil) else {
            throw Wrong.oneOf("--iin", "--reference")
        }
    }

    func run() async throws {
        let (who, proof) = try told()
        let wish = WaitingWish(date: on, from: from, to: until, who: who)
        try await sending.send(.joinWaitingList(wish), showing: proof) { receipt, desk in
            WaitingText.joined(receipt, desk.language)
        }
    }

    private func told() throws -> (WaitingWish.Who, BookingProof?) {
        let named =
            iin == nil && reference == nil
            ? nil : try ApplicantOptions.applicant(iin: iin, reference: reference)
        switch booking {
        case .number(let id)?: return (.booking(id), named.map { .applicant($0) })
        case .link(let link)?:
            return (.booking(link.booking), named.map { .applicant($0) } ?? .secret(link.secret))
        case nil:
            guard let office, let service, let named else {
                throw Wrong.oneOf("--booking", "--office … --service …")
            }
            return (
                .person(
                    WaitingWish.Person(
                        office: office, service: service, channel: channel.channel,
                        applicant: named)), nil
            )
        }
    }
}

struct ShowWaiting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "How somebody stands on a waiting list.",
        discussion: """
            Example:
              kezek waiting show astana-1/2026-03-18/w3/00112233445566778899aabbccddeeff
            """)

    @OptionGroup var waiting: WaitingArgument
    @OptionGroup var options: QueueOptions

    func run() async throws {
        let proof = try waiting.proof()
        try await options.run { desk in
            let view = try await desk.ask(.waitingPlace(waiting.waiting), showing: proof)
            if options.json { return try JSONText.print(.queue(.waitingPlace(view))) }
            try Terminal.lines(WaitingText.lines(view, desk.language))
        }
    }
}

struct AcceptOffer: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Take the place that is kept; an earlier booking is given up for it.",
        discussion: """
            Example:
              kezek waiting accept astana-1/2026-03-18/w3/00112233445566778899aabbccddeeff
            """)

    @OptionGroup var waiting: WaitingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .waiting(waiting.waiting, .answer(.accept)), showing: waiting.proof()
        ) { receipt, desk in
            guard let view = receipt.booking else { return "accepted" }
            return try await ConfirmationText.make(view, desk)
        }
    }
}

struct DeclineOffer: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Decline the place that is kept, and go on waiting.",
        discussion: """
            Example:
              kezek waiting decline astana-1/2026-03-18/w3/00112233445566778899aabbccddeeff
            """)

    @OptionGroup var waiting: WaitingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .waiting(waiting.waiting, .answer(.decline)), showing: waiting.proof()
        ) { receipt, desk in WaitingText.told(receipt, desk.language) }
    }
}

struct LeaveWaitingList: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Leave a waiting list.",
        discussion: """
            Example:
              kezek waiting leave astana-1/2026-03-18/w3
            """)

    @OptionGroup var waiting: WaitingArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .waiting(waiting.waiting, .leave), showing: waiting.proof()
        ) { receipt, desk in WaitingText.told(receipt, desk.language) }
    }
}

struct ListWaiting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Who is on the waiting list of a date?",
        discussion: """
            Example:
              kezek waiting list astana-1 --on 2026-03-18
            """)

    @Argument(help: OfficeArgument.help)
    var office: OfficeID

    @Option(help: ArgumentHelp("The date.", valueName: "date"))
    var on: CivilDate

    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let views = try await desk.ask(.waitingList(office, on))
            if options.json { return try JSONText.print(.queue(.waitingList(views))) }
            let language = desk.language
            var table = QueueTable(
                language.pick(
                    "нөмірі|қызмет|қалаған уақыты|күйі|орын",
                    "номер|услуга|желаемое время|состояние|место",
                    "number|service|wanted|state|place"))
            for view in views {
                table.add([
                    "w\(view.id.number)", view.service.description, "\(view.from)–\(view.to)",
                    WaitingText.state(view, language), view.offer?.times ?? "",
                ])
            }
            try Terminal.lines(
                views.isEmpty
                    ? [
                        language.pick(
                            "тізімде ешкім жоқ", "в списке никого нет", "nobody is on the list")
                    ] : table.lines)
        }
    }
}

/// Places on a waiting list in words.
enum WaitingText {
    static func state(_ view: WaitingView, _ language: Language) -> String {
        view.end.map { "\(view.state.title[language]): \($0.title[language])" }
            ?? view.state.title[language]
    }

    static func lines(_ view: WaitingView, _ language: Language) -> [String] {
        var lines = [
            "\(view.id) · \(view.service) · \(view.from)–\(view.to) · \(state(view, language))"
        ]
        if view.state == .waiting {
            lines.append(
                language.pick("алдында: ", "впереди: ", "ahead: ") + "\(view.ahead)")
        }
        if let offer = view.offer {
            lines.append(
                language.pick("орын: ", "место: ", "place: ") + "\(offer.id.date) \(offer.times)")
        }
        return lines
    }

    static func told(_ receipt: Receipt, _ language: Language) -> String {
        receipt.waiting.map { lines($0, language).joined(separator: "\n") } ?? ""
    }

    static func joined(_ receipt: Receipt, _ language: Language) -> String {
        guard let view = receipt.waiting else { return "" }
        let name =
            view.secret.map { WaitingLink(view.id, $0).description } ?? view.id.description
        return told(receipt, language) + "\n"
            + language.pick("сұрап тұрыңыз: ", "спрашивайте: ", "ask how it stands: ")
            + Manner.current.hint("kezek waiting show \(name)")
    }
}
