// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

extension ApplicationView {
    /// What the portal's cabinet and the contact centre may tell the applicant (R10.3): where it
    /// stands and until when, and nothing of the papers, the reasons or the decision.
    ///
    /// `office` is where the result is handed over, `isInHouse` whether one that nobody collected
    /// stays there, and `now` the time there: what has not come in time is not promised for a day that
    /// is over.
    public func status(
        in language: Language, office: LocalizedText, isInHouse: Bool = false, now: CivilDateTime
    ) -> StatusAnswer {
        // What a person set for themselves is no promise to the applicant.
        let until = phase == .suspended ? nil : clock?.end
        return StatusAnswer(
            id: id, phase: phase, handedInAt: handedInAt, until: until?.at,
            isProvisional: until?.isProvisional ?? false,
            sentence: sentence(
                language, office[language], until?.at, isInHouse, isLate: until.map { $0.at < now })
                + (tells(until, now) ? " \(provisional[language])" : ""))
    }

    /// Whether the sentence names an end that may still move.
    private func tells(_ until: Deadline?, _ now: CivilDateTime) -> Bool {
        guard let until, until.isProvisional else { return false }
        // For how long a result was kept is told no more once that is over.
        return phase != .ready || until.at >= now
    }

    private var provisional: LocalizedText {
        LocalizedText(
            kk: "Бұл уақыт алдын ала есептелген, әлі өзгеруі мүмкін.",
            ru: "Этот срок предварительный и может измениться.",
            en: "This time is provisional and may still change.")
    }

    private func sentence(
        _ language: Language, _ office: String, _ until: CivilDateTime?,
        _ isInHouse: Bool, isLate: Bool?
    ) -> String {
        let end = until.map { language.moment($0) } ?? "–"
        let quoted = language.quoted(office)
        let text =
            switch phase {
            case .accepted where isLate == true:
                LocalizedText(
                    kk: "Құжаттарыңыз қабылданды. Нәтиженің мерзімі өтіп кетті: \(end). Себебін "
                        + "\(quoted) түсіндіреді.",
                    ru: "Ваши документы приняты. Срок истёк: \(end). Причину задержки сообщит "
                        + "\(quoted).",
                    en: "Your documents were accepted. The result was due by \(end) and is late. "
                        + "\(office) can tell you why.")
            case .accepted:
                LocalizedText(
                    kk: "Құжаттарыңыз қабылданды. Нәтиже мына уақытқа дейін дайын болады: \(end).",
                    ru: "Ваши документы приняты. Результат будет готов не позднее: \(end).",
                    en: "Your documents were accepted. The result is due by \(end).")
            case .suspended:
                LocalizedText(
                    kk: "Құжаттарыңыз қабылданды; мерзімнің өтуі тоқтатыла тұрды. Себебін "
                        + "\(quoted) түсіндіреді.",
                    ru: "Ваши документы приняты; течение срока приостановлено. Причину сообщит "
                        + "\(quoted).",
                    en: "Your documents were accepted; the term is suspended. \(office) can tell "
                        + "you why.")
            case .ready:
                ready(office, quoted, end: isLate == false ? end : nil)
            case .unclaimed where isInHouse:
                LocalizedText(
                    kk: "Нәтиже уақытында алынбады. Оны \(quoted) береді; жеке басты "
                        + "куәландыратын құжатты алып келіңіз.",
                    ru: "Результат не был получен вовремя. Его выдаёт \(quoted); возьмите "
                        + "документ, удостоверяющий личность.",
                    en: "The result was not collected in time. Collect it at \(office) with an "
                        + "identity document.")
            case .unclaimed:
                LocalizedText(
                    kk: "Нәтиже уақытында алынбағандықтан, көрсетілетін қызметті берушіде "
                        + "сақтаулы. Оны алу үшін \(quoted) кеңсесіне келіңіз.",
                    ru: "Результат не был получен вовремя и находится у услугодателя. Чтобы "
                        + "получить его, обратитесь в \(quoted).",
                    en: "The result was not collected in time and lies with the provider. Come to "
                        + "\(office) to have it sent again.")
            case .requested where isLate == true:
                LocalizedText(
                    kk: "Нәтиже көрсетілетін қызметті берушіден сұратылды, бірақ мерзімі өтіп "
                        + "кетті: \(end). Себебін \(quoted) түсіндіреді.",
                    ru: "Результат запрошен у услугодателя, но срок истёк: \(end). Причину "
                        + "задержки сообщит \(quoted).",
                    en: "The result was asked of the provider; it was due back by \(end) and is "
                        + "late. \(office) can tell you why.")
            case .requested:
                LocalizedText(
                    kk: "Нәтиже көрсетілетін қызметті берушіден сұратылды. Ол мына уақытқа дейін "
                        + "келеді: \(end).",
                    ru: "Результат запрошен у услугодателя. Он поступит не позднее: \(end).",
                    en: "The result was asked of the provider. It is back by \(end).")
            case .handedOver:
                LocalizedText(
                    kk: "Нәтиже берілді: \(language.moment(changedAt)).",
                    ru: "Результат выдан: \(language.moment(changedAt)).",
                    en: "The result was handed over on \(language.moment(changedAt)).")
            case .declined:
                LocalizedText(
                    kk: "Құжаттар қабылданбады; сізге бас тарту туралы қолхат берілді.",
                    ru: "Документы не приняты; вам выдана расписка об отказе.",
                    en: "The documents were not accepted; you were given a refusal receipt.")
            case .withdrawn:
                LocalizedText(
                    kk: "Өтініш кері қайтарып алынды: \(language.moment(changedAt)).",
                    ru: "Заявление отозвано: \(language.moment(changedAt)).",
                    en: "The application was withdrawn on \(language.moment(changedAt)).")
            }
        return text[language]
    }

    /// R5.2: it is collected with the receipt and an identity document; R5.3: it is kept for a time.
    private func ready(_ office: String, _ quoted: String, end: String?) -> LocalizedText {
        LocalizedText(
            kk: "Нәтиже дайын. Оны \(quoted) береді; қолхат пен жеке басты куәландыратын "
                + "құжатты алып келіңіз." + (end.map { " Сақтаудың соңғы күні: \($0)." } ?? ""),
            ru: "Результат готов. Его выдаёт \(quoted); возьмите с собой расписку и документ, "
                + "удостоверяющий личность."
                + (end.map { " Срок хранения истекает: \($0)." } ?? ""),
            en: "The result is ready. Collect it at \(office) with the receipt and an identity "
                + "document." + (end.map { " It is kept until \($0)." } ?? ""))
    }
}
