// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import Texts

/// The states of the queue in words, for tables.
extension Language {
    func word(_ state: Booking.State) -> String {
        let text =
            switch state {
            case .held: LocalizedText(kk: "ұсталып тұр", ru: "удерживается", en: "held")
            case .confirmed: LocalizedText(kk: "расталды", ru: "подтверждена", en: "confirmed")
            case .arrived: LocalizedText(kk: "келді", ru: "заявитель пришёл", en: "arrived")
            case .served:
                LocalizedText(kk: "қызмет көрсетілді", ru: "обслужен", en: "served")
            case .released: LocalizedText(kk: "қайтарылды", ru: "возвращена", en: "given back")
            case .expired: LocalizedText(kk: "мерзімі өтті", ru: "истекла", en: "expired")
            case .cancelled: LocalizedText(kk: "жойылды", ru: "отменена", en: "cancelled")
            case .noShow: LocalizedText(kk: "келмеді", ru: "неявка", en: "no-show")
            case .moved: LocalizedText(kk: "ауыстырылды", ru: "перенесена", en: "moved")
            case .left: LocalizedText(kk: "кетіп қалды", ru: "заявитель ушёл", en: "left")
            }
        return text[self]
    }

    func word(_ state: Ticket.State) -> String {
        let text =
            switch state {
            case .waiting: LocalizedText(kk: "күтуде", ru: "ожидает", en: "waiting")
            case .called: LocalizedText(kk: "шақырылды", ru: "вызван", en: "called")
            case .serving:
                LocalizedText(kk: "қызмет көрсетілуде", ru: "обслуживается", en: "being served")
            case .parked: LocalizedText(kk: "кейінге қалдырылды", ru: "отложен", en: "parked")
            case .skipped: LocalizedText(kk: "өткізіп жіберілді", ru: "пропущен", en: "skipped")
            case .finished: LocalizedText(kk: "аяқталды", ru: "завершён", en: "finished")
            }
        return text[self]
    }

    func word(_ state: WindowStatus.State) -> String {
        let text =
            switch state {
            case .closed: LocalizedText(kk: "жабық", ru: "закрыто", en: "closed")
            case .open: LocalizedText(kk: "ашық", ru: "открыто", en: "open")
            case .onBreak: LocalizedText(kk: "үзіліс", ru: "перерыв", en: "on a break")
            }
        return text[self]
    }

    func word(_ outcome: Outcome) -> String {
        let text =
            switch outcome {
            case .served:
                LocalizedText(kk: "қызмет көрсетілді", ru: "обслужен", en: "served")
            case .refused: LocalizedText(kk: "бас тартылды", ru: "отказано", en: "refused")
            case .left: LocalizedText(kk: "кетіп қалды", ru: "ушёл", en: "left")
            case .noShow: LocalizedText(kk: "келмеді", ru: "неявка", en: "no-show")
            }
        return text[self]
    }

    /// The state of a ticket, or how it ended.
    func word(_ ticket: TicketView) -> String {
        ticket.outcome.map { word($0) } ?? word(ticket.state)
    }
}

/// Times and spans of a day that is counted in seconds.
enum DaySeconds {
    /// The time on the clock, to the second; the day's ends for what lies beyond them.
    static func time(_ second: Int32) -> TimeOfDay {
        TimeOfDay(second: min(max(second, 0), TimeOfDay.secondsPerDay - 1)) ?? .midnight
    }

    /// The time as a person reads it, without seconds.
    static func clock(_ second: Int32) -> String { time(second / 60 * 60).description }

    /// A span in whole minutes, rounded up.
    static func minutes(_ seconds: Int32) -> Int { Int((seconds + 59) / 60) }

    /// A span as minutes and seconds, such as `12:05`.
    static func span(_ seconds: Int32) -> String {
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension BookingView {
    /// When it is for.
    var moment: CivilDateTime { CivilDateTime(id.date, start) }

    /// Its time from start to end.
    var times: String {
        "\(start)–\(DaySeconds.clock(start.second + Int32(minutes) * 60))"
    }
}
