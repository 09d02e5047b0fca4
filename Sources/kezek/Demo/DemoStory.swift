// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekSimulator
import KezekWire
import Parties
import Queue
import Texts

/// What happens in the demonstration, step by step.
struct DemoStory {
    let office: DemoOffice

    private var desk: QueueDesk { office.desk }
    private let window = WindowID("1")!
    private let aigul = ApplicantName.reference("aigul")
    private let daniyar = ApplicantName.reference("daniyar")
    private let profile = ApplicantProfile(group: "preschool-teacher", holdsCategory: true)

    func tell() async throws {
        try await book()
        let first = try await morning()
        let kept = try await accept(first)
        let walkIn = try await walkIn()
        try office.at("2026-03-18T10:09")
        try await finish(first)
        let left = try await declineThenAccept(walkIn)
        try await wait(for: kept, left)
        try await neverCollected(left)
        try await end()
    }

    // MARK: The evening before

    private func book() async throws {
        try office.at("2026-03-17T19:40")
        try say(
            kk: ("17 наурыз, сейсенбі, 19:40", "Айгүл порталдан уақыт іздеп, соны брондайды."),
            ru: ("Вторник, 17 марта, 19:40", "Айгуль ищет время на портале и записывается."),
            en: ("Tuesday 17 March, 19:40", "Aigul looks for a time on the portal and books one."))
        let free = try await desk.ask(
            .firstFree(
                FirstFreeQuestion(
                    office: DemoOffice.id, service: DemoOffice.acceptance, channel: .portal,
                    from: CivilDateTime("2026-03-18T10:00")!, count: 3)))
        for slot in free { try show("\(slot)") }
        guard let slot = free.first else { throw CommandFailure("no slot is free") }
        let held = try await desk.send(
            .hold(
                HoldCommand(
                    office: DemoOffice.id, service: DemoOffice.acceptance, date: slot.date,
                    start: slot.time, channel: .portal, applicant: aigul)), .random())
        guard let booking = held.booking else { throw CommandFailure("nothing was held") }
        let confirmed = try await desk.send(.booking(booking.id, .confirm), .random())
        try show(BookingText.line(confirmed, desk.language))
    }

    // MARK: The queue

    /// Aigul comes; her ticket.
    private func morning() async throws -> TicketLabel {
        try office.at("2026-03-18T09:00")
        try say(
            kk: ("18 наурыз, сәрсенбі, 9:00", "Терезе ашылады."),
            ru: ("Среда, 18 марта, 9:00", "Окно открывается."),
            en: ("Wednesday 18 March, 9:00", "The window opens."))
        _ = try await desk.send(.today(DemoOffice.id, .openWindow(window)), .random())
        try office.at("2026-03-18T09:55")
        try say(
            kk: ("9:55", "Айгүл броні бойынша келіп, талон алады."),
            ru: ("9:55", "Айгуль приходит по записи и получает талон."),
            en: ("9:55", "Aigul arrives for her booking and gets a ticket."))
        let booking = BookingID(
            office: DemoOffice.id, date: CivilDate("2026-03-18")!, number: 1)
        let arrived = try await desk.send(.booking(booking, .arrive), .random())
        guard let ticket = arrived.ticket else { throw CommandFailure("no ticket was given out") }
        try show(
            pick(
                "\(ticket.label), брон уақыты 10:00", "\(ticket.label), запись на 10:00",
                "\(ticket.label), booked for 10:00"))
        return ticket.label
    }

    /// Daniyar comes without a booking; his ticket.
    private func walkIn() async throws -> TicketLabel {
        try office.at("2026-03-18T10:03")
        try say(
            kk: ("10:03", "Осы кезде Данияр талон алады."),
            ru: ("10:03", "Тем временем Данияр берёт талон."),
            en: ("10:03", "Meanwhile Daniyar takes a ticket."))
        let taken = try await desk.send(
            .today(DemoOffice.id, .takeTicket(service: DemoOffice.acceptance)), .random())
        guard let ticket = taken.ticket else { throw CommandFailure("no ticket was given out") }
        let wait = desk.language.wait(ticket.foretold)
        try show(
            pick(
                "\(ticket.label), күту уақыты \(wait)", "\(ticket.label), ждать \(wait)",
                "\(ticket.label), expected wait \(wait)"))
        return ticket.label
    }

    private func serve(_ label: TicketLabel, from: String, to: String) async throws {
        try office.at(from)
        let called = try await desk.send(.today(DemoOffice.id, .callNext(window)), .random())
        let whom =
            called.ticket.map { "\($0.label)" } ?? pick("ешкімді", "никого", "nobody")
        try show(
            pick(
                "1-терезе шақырады: \(whom)", "окно 1 вызывает: \(whom)", "window 1 calls \(whom)"))
        _ = try await desk.send(.today(DemoOffice.id, .serve(label)), .random())
        try office.at(to)
    }

    private func finish(_ label: TicketLabel) async throws {
        _ = try await desk.send(.today(DemoOffice.id, .finish(label, .served)), .random())
    }

    // MARK: The papers

    private func papers(without missing: String? = nil) async throws -> [PresentedDocument] {
        let question = IntakeCheckQuestion(
            standard: "std-7", profile: profile, documents: [], on: nil)
        let asked = try await desk.ask(.intakeCheck(question))
        return asked.lines.filter { $0.document != missing }.map {
            PresentedDocument(id: $0.document, original: true, copy: $0.needsCopy)
        }
    }

    private func handIn(
        _ applicant: ApplicantName, _ documents: [PresentedDocument], _ label: TicketLabel
    ) -> HandIn {
        HandIn(
            office: DemoOffice.id, channel: "corporation", applicant: applicant,
            profile: profile, documents: documents, consent: .given, ticket: label.description)
    }

    private func accept(_ label: TicketLabel) async throws -> ApplicationID {
        try office.at("2026-03-18T10:00")
        try say(
            kk: ("10:00", "Айгүлдің құжаттары толық. Қолхатта мерзімнің дәлелі бар."),
            ru: ("10:00", "У Айгуль все документы. В расписке есть доказательство срока."),
            en: ("10:00", "Aigul's papers are complete. The receipt carries the proof of its date.")
        )
        try await serve(label, from: "2026-03-18T10:00", to: "2026-03-18T10:02")
        let view = try await desk.send(
            .accept(handIn(aigul, try await papers(), label)), .random())
        try await show(receiptOf: view.id)
        return view.id
    }

    private func declineThenAccept(_ label: TicketLabel) async throws -> ApplicationID {
        try say(
            kk: ("10:12", "Данияр дипломын ұмытып кетіпті (R9.3), кейін алып келеді."),
            ru: ("10:12", "Данияр забыл диплом (R9.3) и возвращается с ним."),
            en: ("10:12", "Daniyar has forgotten his diploma (R9.3), and comes back with it."))
        try await serve(label, from: "2026-03-18T10:12", to: "2026-03-18T10:16")
        let incomplete = handIn(daniyar, try await papers(without: "diploma"), label)
        do { _ = try await desk.send(.accept(incomplete), .random()) } catch {
            try show("\(pick("бас тартылды", "отказано", "refused")): \(Self.message(error))")
        }
        let declined = try await desk.send(.decline(incomplete), .random())
        try await show(receiptOf: declined.id)
        try await finish(label)
        try office.at("2026-03-18T16:05")
        let again = try await desk.send(
            .accept(handIn(daniyar, try await papers(), label)), .random())
        try show(ApplicationText(view: again, language: desk.language).line)
        return again.id
    }

    private static func message(_ error: any Error) -> String {
        if case .refused(let refusal) = error as? ClientError {
            refusal.message
        } else {
            "\(error)"
        }
    }

    // MARK: The clocks

    private func wait(for kept: ApplicationID, _ other: ApplicationID) async throws {
        try office.at("2026-03-25T09:30")
        try say(
            kk: ("25 наурыз, сәрсенбі", "Наурыздан кейін. Не істеу керек?"),
            ru: ("Среда, 25 марта", "После Наурыза. Что надо сделать?"),
            en: ("Wednesday 25 March", "After Nauryz. What is to be done?"))
        try await showList()
        try office.at("2026-03-26T15:00")
        try say(
            kk: ("26 наурыз, бейсенбі, 15:00", "Екі нәтиже де мерзімнің соңғы күні дайын."),
            ru: ("Четверг, 26 марта, 15:00", "Оба результата готовы в последний день срока."),
            en: ("Thursday 26 March, 15:00", "Both results are ready, on the last day of the term.")
        )
        for id in [kept, other] {
            let view = try await desk.send(.act(id, .complete(ground: nil, note: "")), .random())
            try show(ApplicationText(view: view, language: desk.language).line)
        }
        let status = try await desk.ask(.status(kept, aigul))
        try show(pick("1414 Айгүлге", "1414 — Айгуль", "1414 to Aigul") + ": \(status.sentence)")
        try office.at("2026-03-27T12:10")
        try say(
            kk: ("27 наурыз, жұма", "Айгүл нәтижесін жеке куәлігімен алады (R5.2)."),
            ru: ("Пятница, 27 марта", "Айгуль забирает свой по удостоверению личности (R5.2)."),
            en: ("Friday 27 March", "Aigul collects hers against her identity document (R5.2)."))
        let view = try await desk.send(.act(kept, .handOver(.applicant)), .random())
        try show(ApplicationText(view: view, language: desk.language).line)
    }

    private func neverCollected(_ id: ApplicationID) async throws {
        try office.at("2026-04-27T19:00")
        try say(
            kk: ("27 сәуір, дүйсенбі", "Данияр келмеді. Бұл — айдың соңғы күні (R5.3)."),
            ru: ("Понедельник, 27 апреля", "Данияр не пришёл. Это последний день месяца (R5.3)."),
            en: ("Monday 27 April", "Daniyar has not come. It is the last day of the month (R5.3).")
        )
        try await showList()
        do { _ = try await desk.send(.act(id, .returnUnclaimed), .random()) } catch {
            try show("\(pick("бас тартылды", "отказано", "refused")): \(Self.message(error))")
        }
        try office.at("2026-04-28T09:10")
        try say(
            kk: (
                "28 сәуір, сейсенбі",
                "Енді ол талап етілмеген болып қызмет берушіге қайтады (R5.4)."
            ),
            ru: (
                "Вторник, 28 апреля",
                "Теперь он возвращается услугодателю как невостребованный (R5.4)."
            ),
            en: ("Tuesday 28 April", "Now it goes back to the provider as unclaimed (R5.4)."))
        try await showList()
        let view = try await desk.send(.act(id, .returnUnclaimed), .random())
        try show(ApplicationText(view: view, language: desk.language).line)
        let status = try await desk.ask(.status(id, daniyar))
        let to = pick(
            "1414 Даниярға, хабарласса", "1414 — Данияру, если он позвонит",
            "1414 to Daniyar, should he call")
        try show("\(to): \(status.sentence)")
    }

    private func end() async throws {
        try say(
            kk: ("Соңы", "Кеңсе нені мерзімінде жасады, журналы нені дәлелдейді."),
            ru: ("Конец", "Что отделение сделало в срок и что доказывает его журнал."),
            en: ("The end", "What the office did in time, and what its journal proves."))
        let question = PunctualityQuestion(
            office: DemoOffice.id, from: CivilDate("2026-03-01")!, to: CivilDate("2026-03-31")!,
            period: .month)
        let answer = try await desk.ask(.punctuality(question))
        for row in answer.rows {
            let told = pick(
                "\(row.accepted) ішінен \(row.inTime) мерзімінде",
                "в срок \(row.inTime) из \(row.accepted)",
                "\(row.inTime) of \(row.accepted) in time")
            try show("\(row.from) \(row.channel): \(told)")
        }
        let audit = try office.audit()
        let (entries, days, registers) = (audit.entries, audit.days.count, audit.registers)
        try show(
            pick(
                "жазбалар — \(entries), кезек күндері — \(days), тіркелімдер — \(registers): барлық "
                    + "ереже сақталған",
                "записей — \(entries), дней очереди — \(days), реестров — \(registers): все правила "
                    + "соблюдены",
                "\(entries) entries, \(days) days of the queue, \(registers) register: every rule held"
            ))
    }

    // MARK: Showing

    private func pick(_ kk: String, _ ru: String, _ en: String) -> String {
        desk.language.pick(kk, ru, en)
    }

    /// A moment, and what happens then.
    private func say(
        kk: (String, String), ru: (String, String), en: (String, String)
    ) throws {
        let (moment, sentence) =
            switch desk.language {
            case .kk: kk
            case .ru: ru
            case .en: en
            }
        try Terminal.write("\n" + Terminal.styled(moment, .bold) + "  \(sentence)\n")
    }

    private func show(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        try Terminal.write(lines.map { "  │ \($0)".withoutTrailingSpaces + "\n" }.joined())
    }

    private func show(receiptOf id: ApplicationID) async throws {
        let text = try await ReceiptCommand.paper(id, .text, "", desk)
        try show(String(text.drop { $0.isNewline }).withoutTrailingNewlines)
    }

    private func showList() async throws {
        let question = WorkingListQuestion(office: DemoOffice.id, all: true)
        let list = try await desk.ask(.workingList(question))
        let text = WorkingListText(list: list, language: desk.language).text
        try show(text.withoutTrailingNewlines)
    }
}

extension String {
    fileprivate var withoutTrailingNewlines: String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}
