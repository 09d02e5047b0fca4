// SPDX-License-Identifier: Apache-2.0

public import Texts

extension Phase {
    /// The state as people call it.
    public var title: LocalizedText {
        switch self {
        case .accepted: LocalizedText(kk: "қабылданды", ru: "принято", en: "accepted")
        case .suspended:
            LocalizedText(kk: "тоқтатыла тұрған", ru: "приостановлено", en: "suspended")
        case .ready: LocalizedText(kk: "дайын", ru: "готово", en: "ready")
        case .unclaimed:
            LocalizedText(kk: "талап етілмеген", ru: "не востребовано", en: "unclaimed")
        case .requested: LocalizedText(kk: "сұратылды", ru: "запрошено", en: "asked for again")
        case .handedOver: LocalizedText(kk: "берілді", ru: "выдано", en: "handed over")
        case .declined: LocalizedText(kk: "қабылданбады", ru: "отказано в приёме", en: "declined")
        case .withdrawn: LocalizedText(kk: "кері қайтарып алынды", ru: "отозвано", en: "withdrawn")
        }
    }

    /// What can be done with it from here, for whoever tried something else.
    public var nextStep: LocalizedText {
        switch self {
        case .accepted:
            LocalizedText(
                kk:
                    "Енді нәтиже дайын болады, қызметтен бас тартылады, мерзім тоқтатыла тұрады немесе "
                    + "өтініш кері қайтарып алынады.",
                ru: "Дальше возможны готовность результата, отказ, приостановление или отзыв.",
                en: "It can be made ready, refused, suspended or withdrawn.")
        case .suspended:
            LocalizedText(
                kk: "Алдымен мерзімді жаңартыңыз.", ru: "Сначала возобновите срок.",
                en: "Resume it first.")
        case .ready:
            LocalizedText(
                kk: "Енді нәтижені беруге немесе сақтау мерзімі өткен соң қайтаруға болады.",
                ru: "Дальше результат выдают или, когда истечёт срок хранения, возвращают.",
                en: "Hand the result over, or return it when the time of storage is over.")
        case .unclaimed:
            LocalizedText(
                kk: "Нәтижені көрсетілетін қызметті берушіден сұратыңыз, ал ол осы кеңседе болса, "
                    + "беріңіз.",
                ru: "Запросите результат у услугодателя, а если он лежит здесь, выдайте его.",
                en:
                    "Ask the provider for the result or, where it lies in this office, hand it over."
            )
        case .requested:
            LocalizedText(
                kk: "Алдымен нәтиженің қайта келгенін жазыңыз.",
                ru: "Сначала отметьте, что результат поступил снова.",
                en: "Record first that the result has come again.")
        case .handedOver, .declined, .withdrawn:
            LocalizedText(
                kk: "Бұдан кейін ештеңе болмайды.", ru: "Дальше с ним ничего не происходит.",
                en: "Nothing can follow.")
        }
    }
}

extension ClockKind {
    /// What runs out, as people call it.
    public var title: LocalizedText {
        switch self {
        case .term:
            LocalizedText(
                kk: "қызмет көрсету мерзімі", ru: "срок оказания услуги", en: "term of the service")
        case .review:
            LocalizedText(kk: "қайта қарау", ru: "пересмотр", en: "review of the suspension")
        case .storage: LocalizedText(kk: "сақтау", ru: "хранение", en: "storage")
        case .redelivery:
            LocalizedText(kk: "қайта жіберу", ru: "повторная отправка", en: "redelivery")
        }
    }
}

extension Urgency {
    /// What is to be done, as it heads a list.
    public var title: LocalizedText {
        switch self {
        case .overdue: LocalizedText(kk: "мерзімі өтті", ru: "просрочено", en: "overdue")
        case .dueToday: LocalizedText(kk: "бүгін", ru: "сегодня", en: "due today")
        case .dueSoon: LocalizedText(kk: "жақында", ru: "скоро", en: "due soon")
        case .toBeReturned:
            LocalizedText(
                kk: "қайтарылуы керек", ru: "подлежит возврату", en: "to be returned")
        case .waiting:
            LocalizedText(
                kk: "алуды күтуде", ru: "ожидает получения", en: "waiting for collection")
        case .later: LocalizedText(kk: "кейін", ru: "позже", en: "later")
        }
    }
}
