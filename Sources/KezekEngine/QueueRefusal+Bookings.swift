// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Queue
import Texts

extension QueueRefusal {
    /// The words for something that is not there.
    var unknownWording: (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .unknownService(let id, let known):
            (
                .unknownService,
                Self.named(
                    LocalizedText(
                        kk: "Бұл кеңседе «\(id)» қызметі жоқ", ru: "В отделении нет услуги «\(id)»",
                        en: "The office has no service '\(id)'"), known), "service"
            )
        case .unknownWindow(let id, let known):
            (
                .unknownWindow,
                Self.named(
                    LocalizedText(
                        kk: "Бұл кеңседе \(id)-терезе жоқ", ru: "В отделении нет окна \(id)",
                        en: "The office has no window \(id)"), known), "window"
            )
        case .unknownBooking(let number):
            told(
                .unknownBooking, at: "booking", kk: "Бұл күні № \(number) бронь жоқ.",
                ru: "В этот день нет брони № \(number).",
                en: "There is no booking \(number) on that date.")
        case .unknownTicket(let label):
            told(
                .unknownTicket, at: "ticket", kk: "Бүгін \(label) талоны берілмеген.",
                ru: "Талон \(label) сегодня не выдан.",
                en: "No ticket \(label) was given out today.")
        default:
            told(
                .unknownLease, at: "lease",
                kk: "Мұндай нөмірлер тобы берілмеген немесе ол жабылған.",
                ru: "Такой набор номеров не выдавался или уже закрыт.",
                en: "No such numbers are leased, or the lease is over.")
        }
    }

    /// What is missing, with the names that there are.
    private static func named(
        _ missing: LocalizedText, _ known: [some CustomStringConvertible]
    ) -> LocalizedText {
        guard !known.isEmpty else {
            return LocalizedText(
                kk: missing.kk + ".", ru: missing.ru + ".", en: missing.en + ".")
        }
        return LocalizedText(
            kk: "\(missing.kk); барлары: \(Language.kk.list(known)).",
            ru: "\(missing.ru); есть: \(Language.ru.list(known)).",
            en: "\(missing.en); there are: \(Language.en.list(known)).")
    }

    /// The words for a booking that cannot be.
    ///
    /// A time is told with the date that was asked about.
    func bookingWording(
        _ rules: RuleWords, on date: CivilDate?
    ) -> (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .noBookings(let rule):
            told(
                .noBookings, at: "office",
                kk: "Бұл кеңсе алдын ала жазылусыз, келу кезегімен қабылдайды "
                    + "\(rules.cited(rule, .kk)); орнында талон алыңыз.",
                ru: "Это отделение принимает в порядке очереди, без предварительной записи "
                    + "\(rules.cited(rule, .ru)); возьмите талон на месте.",
                en: "This office takes people in order of arrival, without booking "
                    + "\(rules.cited(rule, .en)); take a ticket there.")
        case .closed(let because):
            (.officeClosed, Self.closedWords(because, on: date), "day")
        case .notASlot(let start):
            told(
                .notASlot, at: "start_second",
                kk: "Бұл уақытта бұл қызмет қабылданбайды: \(QueueTime(start, date).kk); бос "
                    + "уақыттарды сұраңыз.",
                ru: "В это время приёма по этой услуге нет: \(QueueTime(start, date).ru); "
                    + "запросите свободное время.",
                en:
                    "No slot of the service starts at \(QueueTime(start, date).en); ask for the "
                    + "slots.")
        case .slotPassed(let start):
            told(
                .tooSoonToBook, at: "start_second",
                kk: "Бұл уақыт өтіп кетті: \(QueueTime(start, date).kk); кейінгі уақытты "
                    + "таңдаңыз.",
                ru:
                    "Это время уже прошло: \(QueueTime(start, date).ru); выберите более позднее.",
                en: "\(QueueTime(start, date).en) has passed already; choose a later time.")
        case .tooSoon(let lead):
            told(
                .tooSoonToBook, at: "start_second",
                kk:
                    "Кемінде \(minutes(lead)) минут бұрын жазылу керек; талон алыңыз немесе кейінгі "
                    + "уақытты таңдаңыз.",
                ru: "Записаться можно не позже чем за "
                    + "\(Language.ru.count(minutes(lead), .minuteBefore)); возьмите талон или "
                    + "выберите время позже.",
                en: "Book at least \(Language.en.count(minutes(lead), .minute)) ahead; "
                    + "take a ticket, or choose a later time.")
        case .tooFar(let days):
            told(
                .tooFarToBook, at: "day", kk: "Ең көбі \(days) күн алға жазылуға болады.",
                ru: "Записаться можно не более чем на "
                    + "\(Language.ru.count(Int(days), .day)) вперёд.",
                en: "Slots are open for \(Language.en.count(Int(days), .day)) ahead.")
        case .slotTaken(let start):
            told(
                .slotTaken, at: "start_second",
                kk:
                    "Бұл уақытта бос орын қалмады: \(QueueTime(start, date).kk); жақын уақыттар "
                    + "көрсетілген.",
                ru: "Мест не осталось: \(QueueTime(start, date).ru); ближайшее свободное время "
                    + "указано.",
                en:
                    "No place is left at \(QueueTime(start, date).en); the nearest free times are "
                    + "given.")
        case .alreadyBooked(let service):
            told(
                .alreadyBooked, at: "applicant",
                kk: "Өтініш берушінің «\(service)» қызметіне броні бар; оны ауыстырыңыз немесе "
                    + "бас тартыңыз.",
                ru: "У заявителя уже есть бронь на услугу «\(service)»; перенесите или "
                    + "отмените её.",
                en: "The applicant has a booking for '\(service)' already; move it or cancel "
                    + "it.")
        case .bookingIs(let state, let number):
            told(
                .wrongState, at: "booking",
                kk: "№ \(number) броньның күйі: \(state.title.kk). \(state.nextStep.kk)",
                ru: "Состояние брони № \(number): \(state.title.ru). \(state.nextStep.ru)",
                en: "Booking \(number) is \(state.title.en). \(state.nextStep.en)")
        default: unknownWording
        }
    }

    /// In minutes, begun ones included: half a minute ahead is not none.
    private func minutes(_ seconds: Int32) -> Int { Int(seconds + 59) / 60 }

    private static func closedWords(
        _ because: LocalizedText, on date: CivilDate?
    ) -> LocalizedText {
        guard let date else {
            return LocalizedText(
                kk: "Бұл күні кеңсе қабылдамайды: \(because.kk).",
                ru: "В этот день отделение не принимает: \(because.ru).",
                en: "The office receives nobody on that day: \(because.en).")
        }
        return LocalizedText(
            kk: "\(Language.kk.date(date)): кеңсе қабылдамайды, \(because.kk).",
            ru: "\(Language.ru.date(date)) отделение не принимает: \(because.ru).",
            en: "The office receives nobody on \(Language.en.date(date)): \(because.en).")
    }
}

/// A time of day as it stands in a refusal, with its date, as the day of which it is may be another than
/// whoever reads it thinks of.
///
/// ```swift
/// QueueTime(36_000, CivilDate("2026-11-24")).en  // "10:00 on 24 November 2026"
/// ```
struct QueueTime {
    let kk: String
    let ru: String
    let en: String

    init(_ second: Int32, _ date: CivilDate?) {
        let time = TimeOfDay(second: second).map { "\($0)" } ?? "\(second) s"
        kk = date.map { "\(Language.kk.date($0)), \(time)" } ?? time
        ru = date.map { "\(Language.ru.date($0)), \(time)" } ?? time
        en = date.map { "\(time) on \(Language.en.date($0))" } ?? time
    }
}
