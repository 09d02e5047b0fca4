// SPDX-License-Identifier: Apache-2.0

package import CivilTime
package import Texts

/// The fixed words of the papers.
struct PaperWords: Wording {
    let language: Language

    var receipt: String {
        pick(
            "Құжаттардың қабылданғаны туралы қолхат", "Расписка о приёме документов",
            "Receipt of acceptance of documents")
    }
    var refusal: String {
        pick(
            "Құжаттарды қабылдаудан бас тарту туралы қолхат",
            "Расписка об отказе в приёме документов",
            "Receipt of refusal to accept documents")
    }
    var number: String { pick("Нөмірі", "Номер", "Number") }
    var service: String {
        pick("Мемлекеттік көрсетілетін қызмет", "Государственная услуга", "State service")
    }
    var act: String { pick("Негізі", "Основание", "Under") }
    var office: String { pick("Кеңсе", "Отделение", "Office") }
    var applicant: String {
        pick("Көрсетілетін қызметті алушы", "Услугополучатель", "Applicant")
    }
    var group: String {
        pick("Көрсетілетін қызметті алушылар тобы", "Группа услугополучателей", "Group")
    }
    var channel: String { pick("Өтініш беру жолы", "Способ обращения", "Applied through") }
    var accepted: String { pick("Қабылданды", "Принято", "Accepted") }
    var looked: String { pick("Қаралды", "Рассмотрено", "Looked at") }
    var ticket: String { pick("Талон", "Талон", "Ticket") }
    var consent: String {
        pick(
            "Мәліметтерді пайдалануға келісім", "Согласие на использование сведений",
            "Consent to the use of information")
    }
    func consent(_ consent: Consent?) -> String {
        switch consent {
        case .given: pick("берілді", "дано", "given")
        case .notRequired:
            pick("заң бойынша талап етілмейді", "по закону не требуется", "not required by law")
        case nil: pick("жоқ", "нет", "none")
        }
    }
    var due: String { pick("Мерзімнің аяқталуы", "Срок исполнения", "Due by") }
    var provisional: String {
        pick(
            "алдын ала есептелген, өзгеруі мүмкін", "предварительно, может измениться",
            "provisional, may still move")
    }
    var suspended: String {
        pick(
            "Мерзімнің өтуі тоқтатыла тұрды", "Течение срока приостановлено",
            "The term is suspended")
    }
    var withdrawn: String {
        pick("Өтініш кері қайтарып алынды", "Заявление отозвано", "The application was withdrawn")
    }
    var yearMissing: String {
        pick(
            "Мерзім күнтізбесі әлі жарияланбаған жылда аяқталады. Ол жұмыс аптасы мен тұрақты "
                + "мерекелер бойынша алдын ала есептелген және күнтізбе жарияланғанда нақтыланады.",
            "Срок заканчивается в году, календарь которого ещё не опубликован. Он рассчитан "
                + "предварительно, по рабочей неделе и праздникам с постоянной датой, и будет уточнён, "
                + "когда календарь опубликуют.",
            "The term ends in a year whose calendar is not published yet. It was reckoned by the "
                + "working week and the holidays on fixed days, and will be put right when the "
                + "calendar is published.")
    }
    var documents: String {
        pick("Қабылданған құжаттар", "Принятые документы", "Documents accepted")
    }
    var shown: String {
        pick("Көрсетілген құжаттар", "Предъявленные документы", "Documents shown")
    }
    var why: String { pick("Бас тарту себебі", "Причина отказа", "Why it is refused") }
    var document: String { pick("Құжат", "Документ", "Document") }
    var rule: String { pick("Тармақ", "Пункт", "Rule") }
    var form: String { pick("Түрі", "Вид", "Form") }
    var original: String { pick("түпнұсқа", "подлинник", "original") }
    var copy: String { pick("көшірме", "копия", "copy") }
    var back: String { pick("Түпнұсқасы", "Подлинник", "Original") }
    var givenBack: String { pick("қайтарылды", "возвращён", "given back") }
    var kept: String { pick("қалдырылды", "оставлен", "kept") }
    func valid(until date: String) -> String {
        pick("қолданылу мерзімі: \(date)", "действует до \(date)", "valid until \(date)")
    }
    var problem: String { pick("Кемшілік", "Недостаток", "Problem") }
    func problem(_ problem: IntakeProblem) -> String {
        switch problem {
        case .missing: pick("жоқ", "нет", "missing")
        case .originalMissing:
            pick("түпнұсқасы көрсетілмеген", "не предъявлен подлинник", "the original is missing")
        case .copyMissing: pick("көшірмесі жоқ", "нет копии", "the copy is missing")
        case .expired: pick("мерзімі өткен", "срок действия истёк", "expired")
        }
    }
    var notAskedFor: String {
        pick("талап етілмейді", "не требуется", "not asked for")
    }
    var proof: String {
        pick("Мерзім қалай есептелді", "Как рассчитан срок", "How the term was worked out")
    }
    var day: String { pick("Күн", "День", "Day") }
    var counted: String { pick("Есеп", "Счёт", "Count") }
    var reason: String { pick("Себебі", "Почему", "Why") }
    var calendar: String { pick("Күнтізбе нұсқасы", "Версия календаря", "Calendar version") }
    func known(on date: String) -> String {
        pick("\(date) күнгі мәлімет бойынша", "по сведениям на \(date)", "as known on \(date)")
    }
    var proofGone: String {
        pick(
            "Мерзім жоғарыда көрсетілген күнтізбе нұсқасы бойынша есептелген; содан бері күнтізбе "
                + "түзетілген, сондықтан күндер тізімі басылмайды.",
            "Срок рассчитан по указанной выше версии календаря; с тех пор календарь исправлен, "
                + "поэтому перечень дней не печатается.",
            "The term was worked out by the calendar version above; the calendar has been "
                + "corrected since, so the days are not listed.")
    }
    var collection: String {
        pick("Нәтижені алу", "Получение результата", "Collecting the result")
    }
    var again: String {
        pick(
            "Кемшіліктерді жойғаннан кейін құжаттарды қайта тапсыруға болады. Барлық құжат "
                + "қайтарылды.",
            "После устранения недостатков документы можно подать снова. Все документы возвращены.",
            "The documents may be handed in again once this is put right. All of them were given "
                + "back.")
    }
    func status(_ phones: String) -> String {
        pick(
            "Өтініштің жай-күйін портал арқылы немесе бірыңғай байланыс орталығынан біле аласыз: "
                + "\(phones). Қолхат нөмірі мен жеке басты растау қажет.",
            "Состояние заявления можно узнать на портале или в едином контакт-центре: \(phones). "
                + "Нужны номер расписки и подтверждение личности.",
            "Ask for the status on the portal or at the unified contact centre: \(phones). "
                + "You need the number of this receipt and a proof of who you are.")
    }
    var employee: String { pick("Қызметкердің қолы", "Подпись работника", "Employee's signature") }
    var applicantSigns: String {
        pick(
            "Көрсетілетін қызметті алушының қолы", "Подпись услугополучателя",
            "Applicant's signature")
    }
}

extension Language {
    /// A date and time with its weekday, as it stands in a sentence.
    package func moment(_ moment: CivilDateTime) -> String {
        let weekday = weekdayName(moment.date.weekday)
        // "2026 жылғы 19 наурыз, бейсенбі, 16:05"
        return switch self {
        case .kk: "\(date(moment.date)), \(weekday), \(moment.time)"
        case .ru, .en: "\(weekday), \(date(moment.date)), \(moment.time)"
        }
    }
}
