// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Texts

/// What the commands of deadlines and calendars say around an answer, in the reader's language.
struct AnswerWords: Wording {
    let language: Language

    /// A calendar's version and the day whose knowledge it is.
    func known(_ basis: Basis) -> String {
        let day = basis.asKnownOn
        return basis.version
            + pick(
                ", \(day) күнгі мәлімет бойынша", ", по сведениям на \(day)", ", as known on \(day)"
            )
    }

    /// A day whose place in the calendar may still move.
    func provisional(_ estimate: Basis.Estimate) -> String {
        pick("АЛДЫН АЛА", "ПРЕДВАРИТЕЛЬНО", "PROVISIONAL")
            + ": \(estimate.name), \(estimate.date) ± \(language.count(estimate.withinDays, .day)) "
            + "(\(estimate.act))"
    }

    /// Behind what is asked for: when the term ends; nil if it stands still with no end known.
    func due(_ moment: CivilDateTime?) -> String {
        guard let moment else {
            return pick(
                "→ мерзім жаңартылғанша аяқталуы белгісіз", "→ до возобновления дня окончания нет",
                "→ no due date until the term is resumed")
        }
        return pick("→ аяқталуы: \(moment)", "→ исполнить не позднее \(moment)", "→ due \(moment)")
    }

    /// What is left of a term that runs on rest days, and how much of it is used.
    func calendarTime(_ days: Int, _ seconds: Int64, _ usedPercent: Int) -> String {
        let time = language.hoursAndMinutes(Int(seconds / 60))
        let left = "\(language.count(days, .calendarDay)) (\(time))"
        return pick(
            "\(left); мерзімнің \(usedPercent) %-ы өтті", "\(left); прошло \(usedPercent) % срока",
            "\(left); \(usedPercent) % of the term used")
    }

    func stage(_ title: String) -> String {
        pick("кезең: \(title)", "этап: \(title)", "stage: \(title)")
    }

    func warning(_ percent: Int) -> String {
        pick(
            "ескерту: мерзімнің \(percent) %-ы өтті", "предупреждение: прошло \(percent) % срока",
            "warning: \(percent) % of the term has passed")
    }

    func overdue(since moment: CivilDateTime) -> String {
        pick("мерзімі өтті: \(moment)", "просрочено с \(moment)", "overdue since \(moment)")
    }

    func suspended(since moment: CivilDateTime) -> String {
        pick(
            "мерзімнің өтуі тоқтатыла тұрды: \(moment)",
            "течение срока приостановлено с \(moment)", "suspended since \(moment)")
    }

    var open: String { pick("ашық", "открыто", "open") }
    var closed: String { pick("жабық", "закрыто", "closed") }

    /// When an office that is open closes; nil if the calendar does not reach as far.
    func closes(_ moment: CivilDateTime?) -> String {
        guard let moment else {
            return pick(
                "қашан жабылатыны әзірге белгісіз", "когда закроется, ещё неизвестно",
                "when it closes is not known yet")
        }
        return pick("жабылуы: \(moment)", "закроется \(moment)", "closes \(moment)")
    }

    /// When an office that is closed opens; nil if the calendar does not reach as far.
    func opens(_ moment: CivilDateTime?) -> String {
        guard let moment else {
            return pick(
                "қашан ашылатыны әзірге белгісіз", "когда откроется, ещё неизвестно",
                "when it opens next is not known yet")
        }
        return pick("ашылуы: \(moment)", "откроется \(moment)", "opens \(moment)")
    }

    func receiving(until moment: CivilDateTime?) -> String {
        guard let moment else {
            return pick("қабылдау жүріп жатыр", "приём идёт", "receiving")
        }
        return pick(
            "қабылдау жүріп жатыр, аяқталуы: \(moment)", "приём идёт до \(moment)",
            "receiving until \(moment)")
    }

    func notReceiving(until moment: CivilDateTime?) -> String {
        guard let moment else {
            return pick(
                "қабылдау жоқ; қашан басталатыны әзірге белгісіз",
                "приёма нет; когда начнётся, ещё неизвестно",
                "not receiving; when it will again is not known yet")
        }
        return pick(
            "қабылдау жоқ, басталуы: \(moment)", "приёма нет, начнётся \(moment)",
            "not receiving, again from \(moment)")
    }

    /// The heads of the columns of a balance of working time.
    var days: String { pick("күн", "дней", "days") }
    var hours: String { pick("сағат", "часов", "hours") }

    func unchanged(_ year: Int) -> String {
        pick(
            "\(year) жылы бірде-бір күн өзгерген жоқ",
            "в \(year) году ни один день не изменился", "no day of \(year) changed")
    }

    /// In front of the nearest free times of a refused booking.
    func free(_ times: [CivilDateTime]) -> String {
        pick("бос: ", "свободно: ", "free: ")
            + times.map(\.description).joined(separator: "  ")
    }
}

extension Basis {
    /// The lines under an answer for people: the calendar's version, and what is provisional.
    func footnotes(in language: Language) -> [String] {
        let words = AnswerWords(language: language)
        return [Terminal.styled(words.known(self), .dim)]
            + estimates.map { Terminal.styled(words.provisional($0), .yellow) }
    }
}
