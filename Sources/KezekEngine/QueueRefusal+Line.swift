// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Queue
import Texts

extension QueueRefusal {
    /// The words for what the line, its tickets and the windows do not allow.
    func lineWording(
        _ rules: RuleWords, on date: CivilDate?
    ) -> (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .notToday:
            told(
                .notToday, kk: "Талондар мен терезелер тек бүгінгі күнге қатысты.",
                ru: "Талоны и окна относятся только к сегодняшнему дню.",
                en: "Tickets and windows belong to the present day.")
        case .outsideReception:
            told(
                .outsideReception, kk: "Қазір қабылдау уақыты емес.", ru: "Сейчас приёма нет.",
                en: "The office does not receive now.")
        case .numbersExhausted(let letter):
            told(
                .numbersExhausted, at: "service",
                kk: "\(series(letter)) сериясының бүгінгі нөмірлері таусылды.",
                ru: "Номера серии \(series(letter)) на сегодня закончились.",
                en: "The numbers of series \(series(letter)) are used up for today.")
        case .leasesExhausted:
            told(
                .numbersExhausted,
                kk:
                    "Бүгін нөмір топтары \(OfficeDay.leasesLimit) рет берілді, бұдан артық болмайды.",
                ru:
                    "Сегодня номера киоскам уже выданы \(OfficeDay.leasesLimit) раз, больше нельзя.",
                en:
                    "Numbers were leased \(OfficeDay.leasesLimit) times today, as often as may be.")
        case .notInLease(let number):
            told(
                .notInLease, at: "number", kk: "\(number) — осы топтың келесі нөмірі емес.",
                ru: "\(number) — не следующий номер этого набора.",
                en: "\(number) is not the next number of the lease.")
        case .otherSeries(let service, let letter):
            told(
                .notInLease, at: "service",
                kk: "«\(service)» қызметінің талондары басқа әріппен: бұл топтың сериясы — "
                    + "\(series(letter)).",
                ru: "У услуги «\(service)» талоны другой серии: этот набор — серии "
                    + "\(series(letter)).",
                en: "Tickets for '\(service)' are of another series: this lease is of series "
                    + "\(series(letter)).")
        case .takenOutsideReception(let time):
            told(
                .outsideReception, at: "taken_second",
                kk: "Бұл уақытта кеңсе қабылдаған жоқ: \(QueueTime(time, date).kk), сондықтан "
                    + "талон берілмейді. Бұл нөмірді жарамсыз деп хабарлап, адамға жаңа талон "
                    + "беріңіз.",
                ru: "В это время приёма не было: \(QueueTime(time, date).ru), поэтому талон не "
                    + "выдаётся. Сообщите этот номер как недействительный и дайте человеку "
                    + "новый талон.",
                en:
                    "The office did not receive at \(QueueTime(time, date).en), so no ticket is given out "
                    + "for that time. Report the number as void, and give the person a new "
                    + "ticket.")
        case .impossibleTime(let time):
            told(
                .notInLease, at: "taken_second",
                kk: "Мұндай уақыт мүмкін емес: \(QueueTime(time, date).kk). Ол нөмірлер "
                    + "берілгеннен бұрын немесе болашақта.",
                ru:
                    "Такого времени быть не может: \(QueueTime(time, date).ru). Оно раньше выдачи "
                    + "номеров или в будущем.",
                en:
                    "The time \(QueueTime(time, date).en) cannot be: it is before the lease or in "
                    + "the future.")
        case .reported(let index, let refusal): refusal.wording(rules, on: date, ofTicket: index)
        case .windowIs(let state, let id):
            told(
                .wrongState, at: "window",
                kk: "\(id)-терезенің күйі: \(state.title.kk). \(state.nextStep.kk)",
                ru: "Состояние окна \(id): \(state.title.ru). \(state.nextStep.ru)",
                en: "Window \(id) is \(state.title.en). \(state.nextStep.en)")
        case .windowBusy(let id, let label):
            told(
                .windowBusy, at: "window",
                kk: "\(id)-терезеде \(label) талоны; алдымен оны аяқтаңыз.",
                ru: "В окне \(id) талон \(label); сначала завершите его.",
                en: "Window \(id) has ticket \(label); finish it first.")
        case .notServed(let id, let service):
            told(
                .notServedThere, at: "window",
                kk:
                    "\(id)-терезе «\(service)» қызметін көрсетпейді немесе талон басқа терезеге "
                    + "жіберілген.",
                ru: "Окно \(id) не оказывает услугу «\(service)», или талон направлен в другое "
                    + "окно.",
                en: "Window \(id) does not render '\(service)', or the ticket waits for "
                    + "another window.")
        case .nobodyWaiting(let id):
            told(
                .nobodyWaiting, kk: "\(id)-терезеге кезекте ешкім жоқ.",
                ru: "В окно \(id) никто не ждёт.", en: "Nobody waits for window \(id).")
        case .wouldOvertake(let label, let rule):
            told(
                .wouldOvertake, at: "ticket",
                kk: "Алдымен \(label) талоны шақырылады: кезектен тыс қызмет көрсетілмейді "
                    + "\(rules.cited(rule, .kk)).",
                ru: "Сначала вызывается талон \(label): ускоренного обслуживания нет "
                    + "\(rules.cited(rule, .ru)).",
                en: "Ticket \(label) comes first: there is no expedited service "
                    + "\(rules.cited(rule, .en)).")
        case .calledTooOften(let label, let limit):
            told(
                .calledTooOften, at: "ticket",
                kk: "\(label) талоны \(limit) рет шақырылды; оны өткізіп жіберіңіз немесе "
                    + "аяқтаңыз.",
                ru:
                    "Талон \(label) вызван уже \(Language.ru.count(Int(limit), .time)); пропустите или завершите его.",
                en:
                    "Ticket \(label) was called \(Language.en.count(Int(limit), .time)); skip it or finish it."
            )
        case .ticketIs(let state, let label):
            told(
                .wrongState, at: "ticket",
                kk: "\(label) талонының күйі: \(state.title.kk). \(state.nextStep.kk)",
                ru: "Состояние талона \(label): \(state.title.ru). \(state.nextStep.ru)",
                en: "Ticket \(label) is \(state.title.en). \(state.nextStep.en)")
        default: bookingWording(rules, on: date)
        }
    }

    private func series(_ letter: UInt8) -> String { String(UnicodeScalar(letter)) }
}
