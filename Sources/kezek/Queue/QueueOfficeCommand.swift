// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekFiles
import KezekWire
import Parties
import Queue
import Texts
import WorkingDays

struct QueueOfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "The offices of the queue: list, show, export, import, close, reopen.",
        discussion: """
            An office is described by a file; Examples/offices has three and explains them. A
            change that would cost bookings their place tells whose and where they would
            go, changes nothing and ends with status 2, until it is given --apply.
            """,
        subcommands: [
            OfficeList.self, OfficeShow.self, OfficeExport.self, OfficeImport.self,
            OfficeClose.self, OfficeReopen.self, OfficeRecalculate.self,
        ])
}

struct OfficeList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Which offices are there?")

    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let offices = try await desk.offices()
            if options.json { return try JSONText.print(.queue(.offices(offices))) }
            var table = QueueTable(
                desk.language.pick(
                    "кеңсе|стандарт|түрі|жазылу|терезе|атауы",
                    "отделение|стандарт|вид|запись|окон|название",
                    "office|standard|kind|bookings|windows|title"
                ), figures: [4])
            for office in offices {
                table.add([
                    office.id.description, office.standard, office.kind,
                    office.takesBookings
                        ? desk.language.pick("иә", "да", "yes")
                        : desk.language.pick("жоқ", "нет", "no"), "\(office.windows)",
                    office.title[desk.language],
                ])
            }
            try Terminal.lines(table.lines)
        }
    }
}

struct OfficeShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "What is served at an office, at which windows, and when?",
        discussion: """
            Example:
              kezek office show astana-1
            """)

    @OptionGroup var office: OfficeArgument
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let office = try await desk.ask(.office(office.office))
            if options.json { return try JSONText.print(.queue(.office(office))) }
            try Terminal.write(
                OfficeText(office: office, language: desk.language).lines.joined(separator: "\n")
                    + "\n")
        }
    }
}

struct OfficeExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write an office's file; importing it changes nothing.",
        discussion: """
            Examples:
              kezek office export astana-1
              kezek office export astana-1 astana-1.yaml
            """)

    @OptionGroup var office: OfficeArgument

    @Argument(help: "The file to write; standard output when it is not given.", completion: .file())
    var file: String?

    @OptionGroup var options: QueueOptions

    func validate() throws {
        guard file == nil || !options.json else { throw Wrong.exclusive("<file>", "--json") }
    }

    func run() async throws {
        try await options.run { desk in
            let office = try await desk.ask(.office(office.office))
            if options.json { return try JSONText.print(.queue(.office(office))) }
            let text = OfficeFile.write(office)
            guard let file, file != "-" else { return try Terminal.write(text) }
            try WholeFile.write(Data(text.utf8), to: file)
        }
    }
}

/// An office for a person at a terminal.
private struct OfficeText {
    let office: QueueOffice
    let language: Language

    var lines: [String] {
        let zone = office.zone.isEmpty ? "" : " · \(office.zone)"
        var lines = [
            Terminal.styled(office.id.description, .bold) + "  \(office.title[language])",
            office.address[language], "\(office.standard) · \(office.kind)\(zone)", "",
        ]
        var services = QueueTable(
            language.pick(
                "қызмет|әріп|минут|атауы", "услуга|буква|минут|название",
                "service|letter|minutes|title"), figures: [2])
        for service in office.services {
            services.add([
                service.id.description, String(UnicodeScalar(service.letter)),
                service.minutes.map(String.init) ?? "–", service.title[language],
            ])
        }
        lines += services.lines + [""]
        if let hours = office.hours {
            lines += HoursText(language: language).lines(hours) + [""]
        }
        var windows = QueueTable(
            language.pick(
                "терезе|қызметтер|уақыты|үзілістер", "окно|услуги|часы|перерывы",
                "window|services|hours|breaks"))
        for window in office.windows {
            windows.add([
                window.id.description, window.services.map(\.description).joined(separator: ", "),
                hours(window), window.breaks.map(\.text).joined(separator: ", "),
            ])
        }
        lines += windows.lines
        for exception in office.exceptions {
            let hours = exception.hours.map(\.text).joined(separator: ", ")
            lines.append(
                "\(exception.date)  \(language.pick("терезе", "окно", "window")) "
                    + "\(exception.window): \(hours.isEmpty ? closed : hours)"
            )
        }
        for closure in office.closures {
            lines.append(
                "\(closure.date)  \(closed) "
                    + (closure.hours?.text ?? language.pick("күні бойы", "весь день", "all day"))
                    + ": "
                    + closure.reason[language])
        }
        return lines + ["", rules] + reception
    }

    /// What the office adds to how people are received.
    private var reception: [String] {
        guard let reception = office.reception else { return [] }
        var lines: [String] = []
        func listed(_ head: String, _ list: [(ListedCode, LocalizedText)]) {
            guard !list.isEmpty else { return }
            lines.append(
                head + ": " + list.map { "\($0) (\($1[language]))" }.joined(separator: ", "))
        }
        if let only = reception.bookingsOnly {
            let head = language.pick(
                "тек жазылу бойынша", "только по записи", "by booking alone")
            lines.append("\(head): \(only.order[language])")
            listed(
                language.pick("жазылусыз талон", "талон без записи", "a ticket without booking"),
                only.withoutBooking.map { ($0.code, $0.title) })
        }
        for limit in reception.limits {
            let shared = limit.shared.map { " · \($0)" } ?? ""
            let head = language.pick("бір адамға", "на одного человека", "for one person")
            lines.append("\(head): \(limit.title[language])\(shared)")
        }
        listed(
            language.pick("аяқталуы", "завершение", "endings"),
            reception.endings.map { ($0.code, $0.title) })
        listed(
            language.pick("үзіліс себебі", "причины перерыва", "reasons of breaks"),
            reception.pauses.map { ($0.code, $0.title) })
        if let rules = reception.waitingList {
            let (minutes, day, person) = (rules.offerMinutes, rules.perDay, rules.perPerson)
            lines.append(
                language.pick(
                    "күту тізімі: орын \(minutes) мин ұсталады, күніне \(day) адам, бір адамға "
                        + "\(person) тізім",
                    "список ожидания: место удерживается \(minutes) мин, на день \(day) чел., "
                        + "на человека списков: \(person)",
                    "waiting list: a place is kept for \(minutes) min, \(day) people a day, "
                        + "\(person) lists a person"))
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    private var closed: String { language.pick("жабық", "закрыто", "closed") }

    /// The hours of a week, weekdays with the same hours together.
    private func hours(_ window: QueueWindow) -> String {
        guard !window.roster.isEmpty else {
            return language.pick("кеңсе сияқты", "как у отделения", "as the office")
        }
        return HoursText(language: language).weekdays(window.roster)
    }

    private var rules: String {
        let most = Int(office.rules.furtherServices) + 1
        guard most > 1 else { return queueRules }
        return queueRules
            + language.pick(
                "; бір броньда \(most) қызметке дейін", "; услуг в одной брони: до \(most)",
                "; up to \(language.count(most, .service)) in a booking")
    }

    private var queueRules: String {
        let rules = office.rules
        let (lead, hold, grace) = (
            rules.leadSeconds / 60, rules.holdSeconds / 60, rules.graceSeconds / 60
        )
        return language.pick(
            "орын \(rules.slotMinutes) мин, \(lead) минуттан \(rules.horizonDays) күнге дейін алдын "
                + "ала, \(hold) мин ұсталады, \(grace) мин күтіледі; портал "
                + "\(rules.portalPercent) %, киоскілер \(rules.kioskPercent) %; "
                + "\(rules.callLimit) шақыру",
            "места по \(rules.slotMinutes) мин, за \(lead) мин – \(rules.horizonDays) дн., "
                + "удерживаются \(hold) мин, сохраняются \(grace) мин; портал "
                + "\(rules.portalPercent) %, киоски \(rules.kioskPercent) %; "
                + "вызовов: \(rules.callLimit)",
            "slots of \(rules.slotMinutes) min, \(lead) min to \(rules.horizonDays) days ahead, "
                + "held for \(hold) min, kept for \(grace) min; portal "
                + "\(rules.portalPercent) %, kiosks \(rules.kioskPercent) %; "
                + "\(rules.callLimit) calls")
    }
}
