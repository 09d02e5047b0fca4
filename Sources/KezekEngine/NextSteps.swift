// SPDX-License-Identifier: Apache-2.0

public import Queue
public import Texts

// What may follow a state of the queue, for whoever tried something else.

extension Booking.State {
    /// In a sentence.
    public var nextStep: LocalizedText {
        switch self {
        case .held:
            LocalizedText(
                kk: "Алдымен оны растаңыз.", ru: "Сначала подтвердите её.", en: "Confirm it first.")
        case .confirmed:
            LocalizedText(
                kk: "Енді келгенін белгілеуге, ауыстыруға немесе жоюға болады.",
                ru: "Её можно отметить по приходе, перенести или отменить.",
                en: "It can arrive, be moved or be cancelled.")
        case .arrived:
            LocalizedText(
                kk: "Ары қарай оның талоны жүреді.", ru: "Дальше идёт её талон.",
                en: "Its ticket goes on from here.")
        case .offered:
            LocalizedText(
                kk: "Тізімдегі адам жауап беруі керек.",
                ru: "На неё ждут ответа из списка ожидания.",
                en: "Somebody on the waiting list is to answer.")
        case .moved:
            LocalizedText(
                kk: "Ауыстырылған броньды алыңыз.", ru: "Возьмите ту, на которую она перенесена.",
                en: "Take the one that it was moved to.")
        case .served, .released, .expired, .cancelled, .noShow, .left:
            LocalizedText(
                kk: "Ол аяқталған; қажет болса, жаңасын алыңыз.",
                ru: "Она закончилась; если нужно, возьмите новую.",
                en: "It is over; take a new one if need be.")
        }
    }
}

extension Ticket.State {
    /// In a sentence.
    public var nextStep: LocalizedText {
        switch self {
        case .waiting:
            LocalizedText(
                kk: "Алдымен оны шақырыңыз.", ru: "Сначала вызовите его.", en: "Call it first.")
        case .called:
            LocalizedText(
                kk: "Қызмет көрсетіңіз немесе өткізіп жіберіңіз.",
                ru: "Обслужите его или пропустите.", en: "Serve it, or skip it.")
        case .serving:
            LocalizedText(
                kk: "Оны аяқтаңыз, кейінге қалдырыңыз немесе басқаға жіберіңіз.",
                ru: "Завершите его, отложите или передайте.",
                en: "Finish it, park it or send it on.")
        case .parked, .skipped:
            LocalizedText(
                kk: "Алдымен оны кезекке қайтарыңыз.", ru: "Сначала верните его в очередь.",
                en: "Resume it first.")
        case .finished:
            LocalizedText(
                kk: "Ол аяқталған; қажет болса, жаңасын алыңыз.",
                ru: "Он закончился; если нужно, возьмите новый.",
                en: "It is over; take a new one if need be.")
        }
    }
}

extension WindowStatus.State {
    /// In a sentence.
    public var nextStep: LocalizedText {
        switch self {
        case .closed:
            LocalizedText(
                kk: "Алдымен оны ашыңыз.", ru: "Сначала откройте его.", en: "Open it first.")
        case .open:
            LocalizedText(
                kk: "Ол шақыра алады.", ru: "Оно может вызывать.", en: "It can call.")
        case .onBreak:
            LocalizedText(
                kk: "Алдымен үзілісті аяқтаңыз.", ru: "Сначала завершите перерыв.",
                en: "End the break first.")
        }
    }
}
