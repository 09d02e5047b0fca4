// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Queue
import Texts

extension QueueRefusal {
    /// The words for what an office adds to how people are received.
    var receptionWording: (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .beyondLimit(let limit, let from):
            (.personLimit, Self.beyond(limit, from), "applicant")
        case .bookingsOnly(let only):
            (.bookingsOnly, Self.bookFirst(only), "reason")
        case .tooManyServices(let limit):
            (.tooManyServices, Self.tooMany(limit), "further")
        case .noWindowForAll:
            (
                .noSuchWindow,
                LocalizedText(
                    kk: "Бұл қызметтердің бәрін көрсететін терезе жоқ; оларды бірнеше терезеде "
                        + "кезекпен алуға жазылыңыз.",
                    ru: "Нет окна, которое оказывает все эти услуги; запишитесь на них в "
                        + "нескольких окнах по очереди.",
                    en: "No window renders all of these services; book them at several windows in "
                        + "turn."), "further"
            )
        case .unknownReason(let code, let known):
            (.unknownCode, Self.unlisted(code, known), "reason")
        case .unknownEnding(let code, let known):
            (.unknownCode, Self.unlisted(code, known), "ending")
        default: unknownWording
        }
    }

    private static func beyond(_ limit: PersonLimit, _ from: CivilDate?) -> LocalizedText {
        let title = limit.title
        func later(_ language: Language, _ words: (String) -> String) -> String {
            from.map { words(language.date($0)) } ?? ""
        }
        return LocalizedText(
            kk: "Бір адамға ең көбі \(title.kk); басқа броньды ауыстырыңыз немесе бас тартыңыз"
                + later(.kk) { ", немесе мына күннен бастап жазылыңыз: \($0)" } + ".",
            ru: "На одного человека можно записать не больше: \(title.ru); перенесите или "
                + "отмените другую бронь" + later(.ru) { " или запишитесь на день начиная с \($0)" }
                + ".",
            en: "One person may have \(title.en) and no more; move or cancel another booking"
                + later(.en) { ", or take a day from \($0) on" } + ".")
    }

    private static func tooMany(_ limit: Int) -> LocalizedText {
        guard limit > 1 else {
            return LocalizedText(
                kk: "Бұл кеңседе бір бронь бір адамға, бір қызметке арналған.",
                ru: "В этом отделении одна бронь — на одну услугу для одного человека.",
                en: "A booking of this office is for one service and one person.")
        }
        return LocalizedText(
            kk: "Бұл кеңседе бір броньда ең көбі \(limit) қызмет болады; әр адам бөлек саналады.",
            ru: "В этом отделении в одной брони не больше чем "
                + "\(Language.ru.count(limit, .service)), считая каждого человека отдельно.",
            en: "A booking of this office is for at most "
                + "\(Language.en.count(limit, .service)), each person counting anew.")
    }

    private static func bookFirst(_ only: BookingsOnly) -> LocalizedText {
        func listed(_ language: Language) -> String {
            list(only.withoutBooking, language)
        }
        let isNone = only.withoutBooking.isEmpty
        return LocalizedText(
            kk: "Бұл кеңсе тек алдын ала жазылу бойынша қабылдайды (\(only.order.kk)). Порталда, "
                + "киоскіде немесе қызметкер арқылы уақытқа жазылыңыз; жақын бос уақыттар "
                + "көрсетілген."
                + (isNone ? "" : " Жазылусыз талон мына себептермен беріледі: \(listed(.kk))."),
            ru: "Это отделение принимает только по предварительной записи (\(only.order.ru)). "
                + "Запишитесь на портале, в киоске или у сотрудника; ближайшее свободное время "
                + "указано."
                + (isNone ? "" : " Без записи талон выдаётся по причинам: \(listed(.ru))."),
            en: "This office receives by booking alone (\(only.order.en)). Book a slot on the "
                + "portal, at a kiosk or with a clerk; the nearest free times are given."
                + (isNone ? "" : " Without a booking a ticket is given for: \(listed(.en))."))
    }

    private static func unlisted(_ code: ListedCode, _ known: [ListedReason]) -> LocalizedText {
        guard !known.isEmpty else {
            return LocalizedText(
                kk: "Бұл кеңсенің тізімінде «\(code)» коды жоқ; тізім бос.",
                ru: "В списке этого отделения нет кода «\(code)»; список пуст.",
                en: "The office's list has no code '\(code)'; there are none.")
        }
        return LocalizedText(
            kk: "Бұл кеңсенің тізімінде «\(code)» коды жоқ; барлары: \(list(known, .kk)).",
            ru: "В списке этого отделения нет кода «\(code)»; есть: \(list(known, .ru)).",
            en: "The office's list has no code '\(code)'; there are: \(list(known, .en)).")
    }

    /// Codes with their titles.
    private static func list(_ reasons: [ListedReason], _ language: Language) -> String {
        reasons.map { "\($0.code) (\($0.title[language]))" }.joined(separator: ", ")
    }
}
