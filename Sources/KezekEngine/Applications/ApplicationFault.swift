// SPDX-License-Identifier: Apache-2.0

public import Applications
public import CivilTime
public import Enquiries
public import ServiceStandards
public import Texts

/// Called with what came of a command on applications, on a thread of the engine's or the store's
/// choice.
public typealias ApplicationHandler = @Sendable (Result<ApplicationView, ApplicationFault>) -> Void

/// Why something about applications could not be done or told.
public enum ApplicationFault: Error, Hashable, Sendable {
    case refused(ApplicationRefusal)
    /// What can go wrong with every command.
    case command(CommandFault)
    /// A question about deadlines has no answer; already in words.
    case answered(Refusal)
    /// No such application, or it belongs to somebody else.
    case noStatus
    /// A calendar file is none, with every fault.
    case badCalendar([Phrase])
    /// A calendar of a name that is not in force: no clock runs by it.
    case unknownCalendar(String, known: [String])
    /// A calendar would lose a year that was published.
    case yearTakenAway(Library.LostYears)
    /// The decree is the one that put the calendar in force as it is.
    case inForceAlready(String, since: Timestamp)
    /// Too many rows were asked for.
    case tooManyRows(limit: Int)
    /// A person is not forgotten whose booking or application, by its number, is under way.
    case stillUnderWay(String)
}

extension ApplicationFault {
    /// Why the journal could not be written or read, for the operator alone; nil for any other fault.
    public var cause: String? {
        if case .command(let fault) = self { return fault.cause }
        return nil
    }

    /// The refusal as it travels: its reason, and a sentence that says what to do.
    ///
    /// Rules are cited from the office's standard; without it they are left out.
    public func refusal(in language: Language, by standard: ServiceStandard? = nil) -> Refusal {
        switch self {
        case .command(let fault): fault.refusal(in: language, by: standard)
        case .answered(let refusal): refusal
        case .refused(.clock(let refusal)): refusal
        case .refused(let refusal):
            refusal.wording(RuleWords(standard: standard)).refusal(in: language)
        case .noStatus:
            Refusal(
                .unknownApplication, in: language,
                kk: "Бұл нөмір мен деректер бойынша өтініш табылмады; қолхаттағы нөмірді "
                    + "тексеріңіз.",
                ru: "По этому номеру и этим данным заявление не найдено; проверьте номер на "
                    + "расписке.",
                en: "No application was found by this number and identity; check the number "
                    + "on the receipt.", field: "application")
        case .badCalendar(let faults):
            Refusal(
                .badCalendar,
                LocalizedText(
                    kk: "Бұл күнтізбе файлы емес немесе онда қателер бар:\n",
                    ru: "Это не файл календаря, или в нём есть ошибки:\n",
                    en: "This is no calendar file, or it has faults:\n")[language]
                    + faults.prefix(50).map { $0[language] }.joined(separator: "\n"),
                field: "calendar")
        case .unknownCalendar(let name, let known):
            Refusal(
                .badCalendar, in: language,
                kk:
                    "calendar: «\(name)» күнтізбесі белгісіз; барлары: \(language.list(known)).",
                ru: "calendar: календаря «\(name)» нет; есть: \(language.list(known)).",
                en: "calendar: '\(name)' is not known; there are: \(language.list(known)).",
                field: "calendar")
        case .yearTakenAway(let lost): lost.refusal(in: language)
        case .inForceAlready(let calendar, let since):
            Refusal(
                .wrongState, in: language,
                kk:
                    "«\(calendar)» күнтізбесі осы күйінде \(since) бастап күшінде; жылжытатын ештеңе "
                    + "жоқ.",
                ru: "Календарь «\(calendar)» в этом виде уже действует с \(since); сдвигать "
                    + "нечего.",
                en: "The calendar '\(calendar)' is in force already as it is, since \(since); "
                    + "there is nothing to move.", field: "calendar")
        case .stillUnderWay(let number):
            Refusal(
                .stillUnderWay, in: language,
                kk: "\(number) аяқталмаған; оны аяқтаңыз немесе одан бас тартыңыз, содан кейін "
                    + "қайталаңыз.",
                ru: "Не завершено: \(number); завершите или отмените это, затем повторите.",
                en: "\(number) is under way; finish it or cancel it, then try again.",
                field: "applicant")
        case .tooManyRows(let limit):
            Refusal(
                .tooManyRows, in: language,
                kk: "Бір сұрауда \(limit) жолдан аспауы керек; аралықты бөліңіз.",
                ru: "Строк в одном запросе не больше \(limit); разделите период.",
                en: "One question takes at most \(limit) rows; ask for less.")
        }
    }
}

/// The reason of a refusal, its words, and the field that is wrong.
struct RefusalWording {
    let reason: Refusal.Reason
    let field: String?
    let text: (Language) -> LocalizedText

    init(
        _ reason: Refusal.Reason, _ field: String?, _ text: @escaping (Language) -> LocalizedText
    ) {
        self.reason = reason
        self.field = field
        self.text = text
    }

    /// Words in which nothing depends on the language but themselves.
    init(_ reason: Refusal.Reason, _ field: String?, kk: String, ru: String, en: String) {
        self.init(reason, field) { _ in LocalizedText(kk: kk, ru: ru, en: en) }
    }

    func refusal(in language: Language) -> Refusal {
        Refusal(reason, text(language)[language], field: field)
    }
}

extension ApplicationRefusal {
    func wording(_ rules: RuleWords) -> RefusalWording {
        switch self {
        case .unknownApplication(let id):
            RefusalWording(
                .unknownApplication, "application", kk: "\(id) нөмірлі өтініш жоқ.",
                ru: "Заявления № \(id) нет.", en: "There is no application \(id).")
        case .unknownChannel(let name, let known):
            unknown(.unknownClock, "channel", name, known)
        case .channelElsewhere(let name, let kind):
            RefusalWording(
                .channelElsewhere, "channel",
                kk: "«\(name)» арқылы өтініш «\(kind)» түріндегі кеңседе қабылданады.",
                ru: "Обращения через «\(name)» принимает отделение вида «\(kind)».",
                en: "Applications through '\(name)' are taken at an office of the kind "
                    + "'\(kind)'.")
        case .intake(.unknownGroup(let name, let known)):
            unknown(.unknownGroup, "papers.group", name, known)
        case .intake(.unknownDocument(let name, let known)):
            unknown(.unknownDocument, "papers.documents", name, known)
        case .intake(.documentTwice(let name)):
            RefusalWording(
                .unknownDocument, "papers.documents", kk: "«\(name)» құжаты екі рет көрсетілген.",
                ru: "Документ «\(name)» указан дважды.",
                en: "The document '\(name)' is listed twice.")
        case .unknownGround(let name, let known):
            unknown(.unknownGround, "ground", name, known)
        case .incomplete, .nothingMissing, .consentMissing: papersWording(rules)
        case .impossibleTime, .reviewDate, .overdue, .stillKept: timeWording(rules)
        case .reasonMissing, .wordsBlank, .suspendedTooOften, .phaseIs, .nobodyToAsk, .registerFull,
            .clock:
            stateWording
        }
    }

    private func unknown(
        _ reason: Refusal.Reason, _ field: String, _ name: String, _ known: [String]
    ) -> RefusalWording {
        let list = known.joined(separator: ", ")
        return RefusalWording(
            reason, field, kk: "\(field): «\(name)» белгісіз; барлары: \(list).",
            ru: "\(field): «\(name)» не найдено; есть: \(list).",
            en: "\(field): '\(name)' is not known; there are: \(list).")
    }

    private func papersWording(_ rules: RuleWords) -> RefusalWording {
        switch self {
        case .incomplete(let documents):
            RefusalWording(.papersIncomplete, "papers.documents") { language in
                let list = documents.map { document in
                    let problems = document.problems.map { $0.word[language] }
                    return "\(document.id) (\(problems.joined(separator: ", ")))"
                }.joined(separator: "; ")
                let rule = rules.behind({ $0.groundOfDeclining?.rule }, language)
                return LocalizedText(
                    kk: "Құжаттар толық емес\(rule): \(list). Қабылдаудан бас тартып, қолхат "
                        + "беріңіз.",
                    ru: "Пакет документов неполон\(rule): \(list). Откажите в приёме и выдайте "
                        + "расписку.",
                    en: "The papers are incomplete\(rule): \(list). Decline them and give the "
                        + "refusal receipt.")
            }
        case .nothingMissing:
            RefusalWording(
                .papersComplete, "papers.documents",
                kk: "Құжаттар толық, бас тартуға негіз жоқ; қабылдаңыз.",
                ru: "Пакет документов полон, оснований для отказа нет; примите его.",
                en: "The papers are complete and there is nothing to decline; accept them.")
        default:
            RefusalWording(.consentMissing, "consent") { language in
                let rule = rules.behind({ $0.rule(told: "consent") }, language)
                return LocalizedText(
                    kk: "Мәліметтерді пайдалануға келісім жазылмаған\(rule); келісімді "
                        + "алып, белгілеңіз.",
                    ru: "Согласие на использование сведений не отмечено\(rule); получите и "
                        + "отметьте его.",
                    en: "The consent to the use of information is not recorded\(rule); take it "
                        + "and say so.")
            }
        }
    }

    private func timeWording(_ rules: RuleWords) -> RefusalWording {
        switch self {
        case .impossibleTime(let at):
            RefusalWording(.impossibleTime, "at") { language in
                let at = language.moment(at)
                return LocalizedText(
                    kk: "Уақыт (\(at)) бүгінгі күнге жатып, өтіп кеткен болуы керек.",
                    ru: "Время (\(at)) должно быть сегодняшним и уже наступившим.",
                    en: "The time (\(at)) must be one of today that has passed.")
            }
        case .reviewDate(let date):
            RefusalWording(.impossibleTime, "review_day") { language in
                let date = language.date(date)
                return LocalizedText(
                    kk: "Қайта қарау күні (\(date)) ертең мен 366 күннен кейінгі күн аралығында "
                        + "болуы керек.",
                    ru: "День пересмотра (\(date)) должен быть не раньше завтрашнего дня и не "
                        + "позже чем через 366 дней.",
                    en: "The day of review (\(date)) must lie between tomorrow and 366 days ahead.")
            }
        case .overdue(let since):
            RefusalWording(.termOver, "application") { language in
                let since = language.moment(since)
                return LocalizedText(
                    kk: "Мерзім аяқталған: \(since); тоқтата тұратын мерзім жоқ.",
                    ru: "Срок истёк: \(since); приостанавливать нечего.",
                    en: "The term ran out on \(since); there is nothing left to suspend.")
            }
        case .stillKept(let until):
            RefusalWording(.stillKept, "application") { language in
                let until = language.moment(until)
                let rule = rules.behind({ $0.rule(told: "storage") }, language)
                return LocalizedText(
                    kk: "Құжаттар мына уақытқа дейін сақталады\(rule): \(until); содан кейін "
                        + "қайтарыңыз.",
                    ru: "Документы хранятся\(rule) до этого времени: \(until); верните их после "
                        + "него.",
                    en: "The documents are kept\(rule) until \(until); return them after that.")
            }
        default: stateWording
        }
    }

    private var stateWording: RefusalWording {
        switch self {
        case .reasonMissing:
            RefusalWording(
                .invalidField, "reason", kk: "reason: мерзімнің неге тоқтатыла тұрғанын жазыңыз.",
                ru: "reason: укажите, почему приостанавливается срок.",
                en: "reason: say why the term is suspended.")
        case .wordsBlank(let field):
            RefusalWording(
                .invalidField, field,
                kk: "\(field): тек бос орындар жазылған; сөзбен жазыңыз немесе бос қалдырыңыз.",
                ru: "\(field): одни пробелы; напишите словами или оставьте пустым.",
                en: "\(field): nothing but spaces; write words, or leave it out.")
        case .phaseIs(let id, let phase):
            RefusalWording(
                .wrongState, "application",
                kk: "\(id) өтінішінің күйі бұған жол бермейді: \(phase.title.kk). "
                    + phase.nextStep.kk,
                ru: "Состояние заявления № \(id) этого не допускает: \(phase.title.ru). "
                    + phase.nextStep.ru,
                en: "The application \(id) does not allow this: it is \(phase.title.en). "
                    + phase.nextStep.en)
        case .suspendedTooOften:
            RefusalWording(
                .wrongState, "application",
                kk:
                    "Мерзім \(Application.suspensionLimit) рет тоқтатыла тұрған, одан артық болмайды.",
                ru: "Срок приостанавливали "
                    + "\(Language.ru.count(Application.suspensionLimit, .time)), больше нельзя.",
                en: "The term was suspended "
                    + "\(Language.en.count(Application.suspensionLimit, .time)), which is all it "
                    + "may be.")
        case .nobodyToAsk:
            RefusalWording(
                .wrongState, "application", kk: "Нәтиже осы кеңседе сақтаулы; сұратпай-ақ беріңіз.",
                ru: "Результат хранится в этом отделении; выдайте его без запроса.",
                en: "The result lies in this office; hand it over, nobody need be asked.")
        default:
            RefusalWording(
                .registerFull, nil, kk: "Бүгінгі тіркелім толды.", ru: "Реестр этого дня заполнен.",
                en: "The register of this day is full.")
        }
    }
}

extension IntakeProblem {
    /// What is wrong, in words.
    public var word: LocalizedText {
        switch self {
        case .missing: LocalizedText(kk: "жоқ", ru: "нет", en: "missing")
        case .originalMissing:
            LocalizedText(
                kk: "түпнұсқасы жоқ", ru: "нет подлинника", en: "the original is missing")
        case .copyMissing:
            LocalizedText(kk: "көшірмесі жоқ", ru: "нет копии", en: "the copy is missing")
        case .expired:
            LocalizedText(kk: "мерзімі өткен", ru: "срок действия истёк", en: "expired")
        }
    }
}

extension Library.LostYears {
    /// What is told about a calendar that takes away a year.
    fileprivate func refusal(in language: Language) -> Refusal {
        let had = "\(had.lowerBound)–\(had.upperBound)"
        let has = has.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "–"
        return Refusal(
            .badCalendar, in: language,
            kk: "«\(calendar)» күнтізбесінде жарияланған жыл жоғалады: бұрын \(had), енді "
                + "\(has). Бұл жылдарды файлда қалдырыңыз, әйтпесе мерзімдер есептелмей, қабылдау тоқтайды.",
            ru: "В календаре «\(calendar)» пропадает опубликованный год: было \(had), стало "
                + "\(has). Оставьте эти годы в файле, иначе сроки не рассчитать и приём "
                + "остановится.",
            en: "The calendar '\(calendar)' loses a year that was published: it had \(had) and "
                + "would have \(has). Keep these years in the file; without them no term can be "
                + "worked out, and offices stop.", field: "calendar")
    }
}
