// SPDX-License-Identifier: Apache-2.0

public import Texts

// The states of the queue in words, the same ones wherever people read them.

extension Booking.State {
    /// In words, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
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
        case .offered: LocalizedText(kk: "ұсынылды", ru: "предложена", en: "offered")
        }
    }
}

extension WaitingState {
    /// In words, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
        case .waiting: LocalizedText(kk: "күтуде", ru: "ожидает", en: "waiting")
        case .offered: LocalizedText(kk: "орын ұсынылды", ru: "предложено место", en: "offered")
        case .accepted: LocalizedText(kk: "орын алды", ru: "место принято", en: "accepted")
        case .ended: LocalizedText(kk: "тізімнен шықты", ru: "не ожидает", en: "off the list")
        }
    }
}

extension WaitingEnd {
    /// Why, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
        case .left: LocalizedText(kk: "өзі шықты", ru: "вышел сам", en: "left")
        case .unanswered:
            LocalizedText(kk: "жауап болмады", ru: "не отвечал", en: "did not answer")
        case .bookingOver:
            LocalizedText(
                kk: "қажет емес болды", ru: "больше не нужно", en: "not needed any more")
        case .listClosed:
            LocalizedText(kk: "тізім жабылды", ru: "список закрыт", en: "the list was closed")
        case .forgotten: LocalizedText(kk: "ұмытылды", ru: "забыт", en: "forgotten")
        }
    }
}

extension Ticket.State {
    /// In words, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
        case .waiting: LocalizedText(kk: "күтуде", ru: "ожидает", en: "waiting")
        case .called: LocalizedText(kk: "шақырылды", ru: "вызван", en: "called")
        case .serving:
            LocalizedText(kk: "қызмет көрсетілуде", ru: "обслуживается", en: "being served")
        case .parked: LocalizedText(kk: "кейінге қалдырылды", ru: "отложен", en: "parked")
        case .skipped: LocalizedText(kk: "өткізіп жіберілді", ru: "пропущен", en: "skipped")
        case .finished: LocalizedText(kk: "аяқталды", ru: "завершён", en: "finished")
        }
    }
}

extension WindowStatus.State {
    /// In words, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
        case .closed: LocalizedText(kk: "жабық", ru: "закрыто", en: "closed")
        case .open: LocalizedText(kk: "ашық", ru: "открыто", en: "open")
        case .onBreak: LocalizedText(kk: "үзіліс", ru: "перерыв", en: "on a break")
        }
    }
}

extension Outcome {
    /// In words, for the middle of a sentence.
    public var title: LocalizedText {
        switch self {
        case .served:
            LocalizedText(kk: "қызмет көрсетілді", ru: "обслужен", en: "served")
        case .refused: LocalizedText(kk: "бас тартылды", ru: "отказано", en: "refused")
        case .left: LocalizedText(kk: "кетіп қалды", ru: "ушёл", en: "left")
        case .noShow: LocalizedText(kk: "келмеді", ru: "неявка", en: "no-show")
        }
    }
}
