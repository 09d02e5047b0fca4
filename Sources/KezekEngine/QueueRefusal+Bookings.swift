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
                Self.serviceWords(
                    "\(id)", known.map(\.description).joined(separator: ", ")), "service"
            )
        case .unknownWindow(let id):
            (
                .unknownWindow,
                LocalizedText(
                    kk: "Бұл кеңседе \(id)-терезе жоқ.", ru: "В отделении нет окна \(id).",
                    en: "The office has no window \(id)."), "window"
            )
        case .unknownBooking(let number):
            (
                .unknownBooking,
                LocalizedText(
                    kk: "Бұл күні № \(number) бронь жоқ.", ru: "В этот день нет брони № \(number).",
                    en: "There is no booking \(number) on that date."), "booking"
            )
        case .unknownTicket(let label):
            (
                .unknownTicket,
                LocalizedText(
                    kk: "Бүгін \(label) талоны берілмеген.", ru: "Талон \(label) сегодня не выдан.",
                    en: "No ticket \(label) was given out today."), "ticket"
            )
        default:
            (
                .unknownLease,
                LocalizedText(
                    kk: "Мұндай нөмірлер тобы берілмеген немесе ол жабылған.",
                    ru: "Такой набор номеров не выдавался или уже закрыт.",
                    en: "No such numbers are leased, or the lease is over."), "lease"
            )
        }
    }

    private static func serviceWords(_ id: String, _ known: String) -> LocalizedText {
        guard !known.isEmpty else {
            return LocalizedText(
                kk: "Бұл кеңседе «\(id)» қызметі жоқ.", ru: "В отделении нет услуги «\(id)».",
                en: "The office has no service '\(id)'.")
        }
        return LocalizedText(
            kk: "Бұл кеңседе «\(id)» қызметі жоқ; барлары: \(known).",
            ru: "В отделении нет услуги «\(id)»; есть: \(known).",
            en: "The office has no service '\(id)'; there are: \(known).")
    }

    /// The words for a booking that cannot be.
    func bookingWording(_ rules: RuleWords) -> (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .noBookings(let rule):
            (
                .noBookings,
                LocalizedText(
                    kk: "Бұл кеңсе алдын ала жазылусыз, келу кезегімен қабылдайды "
                        + "\(rules.cited(rule, .kk)); орнында талон алыңыз.",
                    ru: "Это отделение принимает в порядке очереди, без предварительной записи "
                        + "\(rules.cited(rule, .ru)); возьмите талон на месте.",
                    en: "This office takes people in order of arrival, without booking "
                        + "\(rules.cited(rule, .en)); take a ticket there."), "office"
            )
        case .closed(let because):
            (
                .officeClosed,
                LocalizedText(
                    kk: "Бұл күні кеңсе қабылдамайды: \(because.kk).",
                    ru: "В этот день отделение не принимает: \(because.ru).",
                    en: "The office receives nobody on that day: \(because.en)."), "day"
            )
        case .notASlot(let start):
            (
                .notASlot,
                LocalizedText(
                    kk: "\(clock(start)) уақытында бұл қызмет қабылданбайды; бос уақыттарды "
                        + "сұраңыз.",
                    ru: "На \(clock(start)) приёма по этой услуге нет; запросите свободное время.",
                    en: "No slot of the service starts at \(clock(start)); ask for the slots."),
                "start_second"
            )
        case .slotPassed(let start):
            (
                .tooSoonToBook,
                LocalizedText(
                    kk: "\(clock(start)) уақыты өтіп кетті; кейінгі уақытты таңдаңыз.",
                    ru: "Время \(clock(start)) уже прошло; выберите более позднее.",
                    en: "\(clock(start)) has passed already; choose a later time."),
                "start_second"
            )
        case .tooSoon(let lead):
            (
                .tooSoonToBook,
                LocalizedText(
                    kk:
                        "Кемінде \(minutes(lead)) минут бұрын жазылу керек; талон алыңыз немесе кейінгі "
                        + "уақытты таңдаңыз.",
                    ru: "Записаться можно не позже чем за "
                        + "\(Language.ru.count(minutes(lead), .minuteBefore)); возьмите талон или "
                        + "выберите время позже.",
                    en: "Book at least \(Language.en.count(minutes(lead), .minute)) ahead; "
                        + "take a ticket, or choose a later time."), "start_second"
            )
        case .tooFar(let days):
            (
                .tooFarToBook,
                LocalizedText(
                    kk: "Ең көбі \(days) күн алға жазылуға болады.",
                    ru: "Записаться можно не более чем на "
                        + "\(Language.ru.count(Int(days), .day)) вперёд.",
                    en: "Slots are open for \(Language.en.count(Int(days), .day)) ahead."), "day"
            )
        case .slotTaken(let start):
            (
                .slotTaken,
                LocalizedText(
                    kk: "\(clock(start)) уақытында бос орын қалмады; жақын уақыттар көрсетілген.",
                    ru: "На \(clock(start)) мест не осталось; ближайшее свободное время указано.",
                    en: "No place is left at \(clock(start)); the nearest free times are given."),
                "start_second"
            )
        case .alreadyBooked(let service):
            (
                .alreadyBooked,
                LocalizedText(
                    kk: "Өтініш берушінің «\(service)» қызметіне броні бар; оны ауыстырыңыз немесе "
                        + "бас тартыңыз.",
                    ru: "У заявителя уже есть бронь на услугу «\(service)»; перенесите или "
                        + "отмените её.",
                    en: "The applicant has a booking for '\(service)' already; move it or cancel "
                        + "it."), "applicant"
            )
        case .bookingIs(let state, let number):
            (
                .wrongState,
                LocalizedText(
                    kk: "№ \(number) броньның күйі: \(state.title.kk).",
                    ru: "Состояние брони № \(number): \(state.title.ru).",
                    en: "Booking \(number) is \(state.title.en)."), "booking"
            )
        default: unknownWording
        }
    }

    /// In minutes, begun ones included: half a minute ahead is not none.
    private func minutes(_ seconds: Int32) -> Int { Int(seconds + 59) / 60 }

    private func clock(_ second: Int32) -> String {
        TimeOfDay(second: second).map { "\($0)" } ?? "\(second) s"
    }
}
