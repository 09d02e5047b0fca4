// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import HomeVisits
import KezekEngine
import Parties
import Queue
import Texts

struct OfferVisit: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "Which windows can be promised to a caller? Holds the best of them (R10.1).",
        discussion: """
            Tells the windows with their crews, what each adds to the way, and which are
            held for the caller; then those that are not possible, and why. With --visit
            other windows are looked for, for a visit that is known.

            Examples:
              kezek visits offer --area astana-1 --place 71.4597,51.1642 \\
                        --address "Mangilik El 30, flat 7" --name "A. Serikova" \\
                        --telephone "+7 701 000 00 00" --reference call-4711 \\
                        --need sign-language
              kezek visits offer --visit astana-1/17
            """)

    @Option(
        help: ArgumentHelp(
            "A visit that is known, by its link or number: other windows for it.",
            valueName: "visit"))
    var visit: VisitReference?

    @Option(help: ArgumentHelp("The area of a new visit.", valueName: "area"))
    var area: OfficeID?

    @Option(
        help: ArgumentHelp(
            "Where it is, in degrees, as 71.4597,51.1642.", valueName: "longitude,latitude"))
    var place: HomePoint?

    @Option(help: ArgumentHelp("Where it is, as the crew reads it.", valueName: "text"))
    var address: String?

    @Option(help: ArgumentHelp("Who is visited.", valueName: "text"))
    var name: String?

    @Option(help: ArgumentHelp("Where they are called.", valueName: "text"))
    var telephone: String?

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

    @OptionGroup var wishes: VisitWishes

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    private var applicant: ApplicantOptions {
        var applicant = ApplicantOptions()
        applicant.iin = iin
        applicant.reference = reference
        return applicant
    }

    private func proof(of visit: VisitReference) throws -> BookingProof? {
        guard iin != nil || reference != nil else { return visit.proof }
        return .applicant(try applicant.applicant())
    }

    private var words: PersonWords? {
        guard let place, let address, let name, let telephone else { return nil }
        return PersonWords(name: name, address: address, telephone: telephone, place: place)
    }

    func validate() throws {
        guard visit == nil else {
            let others: [Any?] = [area, place, address, name, telephone]
            guard others.allSatisfy({ $0 == nil }), wishes.isEmpty else {
                throw Wrong.say(
                    kk: "--visit тек --iin не --reference бірге беріледі: шақыру белгілі.",
                    ru: "--visit указывается лишь с --iin или --reference: вызов известен.",
                    en: "--visit stands alone, or with --iin or --reference: the visit is known.")
            }
            if iin != nil || reference != nil {
                try ApplicantOptions.check(iin: iin, reference: reference)
            }
            return
        }
        guard area != nil, place != nil else {
            throw Wrong.say(
                kk:
                    "--visit, немесе --area, --place, --address, --name және --telephone көрсетіңіз.",
                ru: "Укажите --visit, или --area, --place, --address, --name и --telephone.",
                en: "Give --visit, or --area, --place, --address, --name and --telephone.")
        }
        let told = [("--name", name), ("--address", address), ("--telephone", telephone)]
        let missing = told.filter { $0.1?.isEmpty != false || $0.1?.isBlank == true }.map(\.0)
        guard missing.isEmpty, let words else {
            let text = PersonWords.notTold(missing)
            throw Wrong.say(kk: text.kk, ru: text.ru, en: text.en)
        }
        for (option, text, limit) in [
            ("--name", words.name, CallLimit.personNameBytes),
            ("--address", words.address, CallLimit.personAddressBytes),
            ("--telephone", words.telephone, CallLimit.personTelephoneBytes),
        ] {
            guard text.utf8.count <= limit else { throw Wrong.tooLong(option, limit) }
            guard text.isPlainLine else { throw Wrong.lines(option) }
        }
        try applicant.validate()
    }

    func run() async throws {
        if let visit {
            let id = visit.visit
            return try await sending.send(to: id.area, showing: try proof(of: visit)) { _, _ in
                .offer(OfferCommand(area: id.area, subject: .again(id.number)))
            }
        }
        guard let area, let words else { return }
        try await sending.send(to: area) { _, _ in
            .offer(
                OfferCommand(
                    area: area,
                    subject: .new(
                        NewVisit(
                            applicant: try applicant.applicant(), words: words, needs: wishes.needs,
                            avoided: wishes.avoided, minutes: wishes.minutes))))
        }
    }
}
