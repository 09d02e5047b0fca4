// SPDX-License-Identifier: Apache-2.0

public import Enquiries
public import HomeVisits
import Parties
import Queue
public import Texts

/// Called with what came of a command on home visits.
public typealias VisitHandler = @Sendable (Result<VisitReceipt, VisitFault>) -> Void

/// Why a call on home visits has no answer.
public enum VisitFault: Error, Hashable, Sendable {
    case command(CommandFault)
    case refused(VisitRefusal)

    /// Why the journal could not be written or read, for the operator alone; nil for any other fault.
    public var cause: String? {
        if case .command(let fault) = self { return fault.cause }
        return nil
    }

    /// The refusal as it travels: its reason, and a sentence that says what to do.
    public func refusal(in language: Language) -> Refusal {
        switch self {
        case .command(let fault): fault.refusal(in: language)
        case .refused(let refusal):
            Refusal(
                refusal.wording.reason, refusal.wording.text(language)[language],
                field: refusal.wording.field)
        }
    }
}

extension VisitRefusal {
    var wording: RefusalWording {
        switch self {
        case .unknownArea(let id, let known):
            Self.unknown(
                .unknownArea, "area",
                LocalizedText(kk: "«\(id)» ауданы", ru: "района «\(id)»", en: "area '\(id)'"),
                known: known.isEmpty ? nil : known.map(\.description))
        case .unknownVisit(let number):
            RefusalWording(
                .unknownVisit, "visit", kk: "№ \(number) шақыру жоқ; нөмірін тексеріңіз.",
                ru: "Нет вызова № \(number); проверьте номер.",
                en: "There is no visit \(number); check its number.")
        case .unknownCrew(let id, let known):
            Self.unknown(
                .unknownCrew, "crew",
                LocalizedText(kk: "«\(id)» бригадасы", ru: "бригады «\(id)»", en: "crew '\(id)'"),
                known: known.map(\.description))
        case .unknownNeed(let id, let known):
            Self.unknown(
                .invalidField, "needs",
                LocalizedText(
                    kk: "«\(id)» қажеттілігі", ru: "потребности «\(id)»", en: "need '\(id)'"),
                known: known.map(\.description))
        case .unknownClosure(let id, let known):
            Self.unknown(
                .invalidField, "open",
                LocalizedText(
                    kk: "«\(id)» жабық жолы", ru: "закрытой дороги «\(id)»",
                    en: "closed road '\(id)'"), known: known.map(\.description))
        case .unknownTerms(let why):
            RefusalWording(
                .invalidField, "standard",
                kk: "Стандарт, кеңсе түрі, уақыт белдеуі немесе күнтізбе белгісіз: \(why).",
                ru: "Не известны стандарт, вид офиса, часовой пояс или календарь: \(why).",
                en: "The standard, kind of office, zone or calendar is not known: \(why).")
        case .fault(let fault):
            RefusalWording(
                .invalidField, fault.field, kk: "\(fault.field) жарамсыз: \(fault.problem[.kk]).",
                ru: "\(fault.field) не годится: \(fault.problem[.ru]).",
                en: "\(fault.field): \(fault.problem).")
        case .withoutWords(let fields):
            RefusalWording(.invalidField, "person.\(fields.first?.rawValue ?? "name")") { _ in
                PersonWords.notTold(fields.map { "person.\($0.rawValue)" })
            }
        case .tooFar(let distance, let isSwapped):
            RefusalWording(
                .invalidField, "place",
                kk: "Бұл орын ауданнан шамамен \(distance) км қашықта; "
                    + (isSwapped ? "алдымен бойлық жазыла ма?" : "орнын тексеріңіз."),
                ru: "Это место примерно в \(distance) км от района; "
                    + (isSwapped ? "может быть, сначала долгота?" : "проверьте место."),
                en: "The place is about \(distance) km from the area: "
                    + (isSwapped ? "longitude comes first?" : "check it."))
        case .noShift(let crew, let date):
            RefusalWording(.noShift, "crew") { language in
                let date = language.date(date)
                return LocalizedText(
                    kk: "\(crew) бригадасының \(date) күні ауысымы жоқ; «kezek visits plan» "
                        + "көрсетеді.",
                    ru: "\(date) у бригады \(crew) нет смены; смены покажет «kezek visits plan».",
                    en: "\(crew) has no shift on \(date); see 'kezek visits plan'.")
            }
        case .crewIs(let crew, let isAbsent, let date):
            RefusalWording(.noShift, "crew") { language in
                let date = language.date(date)
                return isAbsent
                    ? LocalizedText(
                        kk: "\(crew) бригадасы \(date) күні жоқ деп айтылған.",
                        ru: "О бригаде \(crew) уже сказано, что её не будет: \(date).",
                        en: "\(crew) is absent on \(date) already.")
                    : LocalizedText(
                        kk: "\(crew) бригадасы \(date) күні жоқ деп айтылмаған.",
                        ru: "О бригаде \(crew) не сказано, что её не будет: \(date).",
                        en: "\(crew) is not absent on \(date); it works as planned.")
            }
        case .alreadyAsked(let number):
            RefusalWording(
                .visitAlreadyAsked, "applicant",
                kk: "Өтініш берушінің аяқталмаған шақыруы бар: \(number). Соған басқа терезе "
                    + "ұсыныңыз немесе алдымен одан бас тартыңыз.",
                ru:
                    "У заявителя есть незавершённый вызов: \(number). Предложите другие окна для "
                    + "него или сначала отмените его.",
                en:
                    "The applicant has a visit that is not over: \(number). Offer other windows "
                    + "for it, or cancel it first.")
        case .visitIs(let state, let number):
            RefusalWording(.visitState, "visit") { _ in
                let title = state.title
                return LocalizedText(
                    kk: "\(number) шақыруының күйі: \(title.kk); бұл әрекетке болмайды.",
                    ru: "Вызов \(number) в состоянии «\(title.ru)»; это действие невозможно.",
                    en: "Visit \(number) is \(title.en); this cannot be done with it.")
            }
        case .withoutPlace(let number):
            RefusalWording(
                .visitState, "visit",
                kk: "Жоспарда \(number) шақыруына енді орын жоқ, сондықтан түсіндіретін ештеңе "
                    + "жоқ; «kezek visits plan» кімге қоңырау шалу керегін айтады.",
                ru: "В плане больше нет места для вызова \(number), и объяснять нечего; кому "
                    + "позвонить, скажет «kezek visits plan».",
                en:
                    "The plan has no place for visit \(number) any more, so there is nothing to "
                    + "explain; 'kezek visits plan' tells whom to call.")
        case .notAWindow(_):
            RefusalWording(
                .notASlot, "start",
                kk: "Бұл уақытта басталатын терезе ұсынылмайды; терезелерді қайта сұраңыз.",
                ru:
                    "Окно, которое начинается в это время, не предлагается; запросите окна снова.",
                en: "No window that can be offered starts then; ask for windows again.")
        case .windowGone(_):
            RefusalWording(
                .windowGone, "start", kk: "Бұл терезе бос емес; терезелерді қайта сұраңыз.",
                ru: "Это окно уже занято; запросите окна снова.",
                en: "The window is gone, as it was not held; ask for windows again.")
        case .breaksPromises(let numbers):
            RefusalWording(.breaksPromises, "break_promises") { _ in
                let list = numbers.map { "\($0)" }.joined(separator: ", ")
                return LocalizedText(
                    kk:
                        "Онда мына шақыруларға берілген уәде орындалмайды: \(list). Алдымен оларға "
                        + "қоңырау шалып, --break-promises арқылы қайталаңыз.",
                    ru:
                        "Тогда не сдержать обещанного вызовам: \(list). Сначала позвоните им и "
                        + "повторите с --break-promises.",
                    en:
                        "What was promised to these visits could not be kept then: \(list). Call them "
                        + "first, and repeat it with --break-promises.")
            }
        case .notToday(let number):
            RefusalWording(
                .notToday, "visit",
                kk:
                    "\(number) шақыруын бүгін ешқандай бригада орындамайды; хабарлаған бригаданы "
                    + "атаңыз (crew).",
                ru:
                    "Вызов \(number) сегодня ни у одной бригады; назовите ту, что сообщает (crew).",
                en: "No crew has visit \(number) today; name the one that tells of it (crew).")
        case .yearNotPublished(let year, let calendar):
            RefusalWording(.yearNotPublished, nil) { language in
                let text = CommandFault.yearNotPublished(year: year, calendar: calendar)
                    .refusal(in: language).message
                return LocalizedText(kk: text, ru: text, en: text)
            }
        case .tooManyClosures:
            RefusalWording(
                .registerFull, "close",
                kk: "Бір мезгілде ең көбі \(RoadClosure.limit) жол жабылады; бірін ашыңыз.",
                ru: "Закрытых дорог не больше \(RoadClosure.limit); откройте одну из них.",
                en: "At most \(RoadClosure.limit) roads are closed at a time; open one first.")
        case .full:
            RefusalWording(
                .registerFull, "area", kk: "Аумақта аяқталмаған шақырулар тым көп.",
                ru: "В районе слишком много незавершённых вызовов.",
                en: "The area has as many visits that are not over as a plan can have.")
        case .forgotten(let number):
            RefusalWording(
                .visitState, "visit",
                kk: "\(number): адам туралы деректер жойылған; жаңа шақыру қабылдаңыз.",
                ru: "\(number): данные о человеке уничтожены; примите новый вызов.",
                en:
                    "Visit \(number): the person is forgotten, so nobody knows where to go; take "
                    + "a new call.")
        }
    }

    private static func unknown(
        _ reason: Refusal.Reason, _ field: String, _ text: LocalizedText, known: [String]? = nil
    ) -> RefusalWording {
        RefusalWording(reason, field) { _ in
            guard let known else {
                return LocalizedText(
                    kk: "\(text.kk) жоқ; атауын тексеріңіз.", ru: "Нет \(text.ru); проверьте имя.",
                    en: "There is no \(text.en); check its name.")
            }
            guard !known.isEmpty else {
                return LocalizedText(
                    kk: "\(text.kk) жоқ: ауданда ондайдың бірде-бірі жоқ.",
                    ru: "Нет \(text.ru): в районе нет ни одной.",
                    en: "There is no \(text.en): the area has none.")
            }
            return LocalizedText(
                kk: "\(text.kk) жоқ; барлары: \(Language.kk.list(known)).",
                ru: "Нет \(text.ru); есть: \(Language.ru.list(known)).",
                en: "There is no \(text.en); there are: \(Language.en.list(known)).")
        }
    }
}

extension PersonWords {
    /// What is missing of a caller, by the names of the fields or options, and what for.
    public static func notTold(_ names: [String]) -> LocalizedText {
        let list = names.joined(separator: ", ")
        return LocalizedText(
            kk: "Айтылмаған: \(list). Бригада белгісіз есіктің алдында тұрып қалады, ал уәде "
                + "орындалмаса, қоңырау шалатын ешкім болмайды. Ондайы болмаса, «жоқ» деп жазыңыз.",
            ru:
                "Не указано: \(list). Бригада окажется перед незнакомой дверью, а если обещанное не "
                + "сдержать, позвонить будет некому. Если чего-то нет, так и напишите: «нет».",
            en:
                "Not told: \(list). The crew would stand before an unknown door, and nobody could be "
                + "called when a promise cannot be kept. Where there is none, write 'none'.")
    }
}

extension HomeVisit.State {
    /// What a visit in this state is called.
    public var title: LocalizedText {
        switch self {
        case .requested: LocalizedText(kk: "сұралған", ru: "запрошен", en: "requested")
        case .held: LocalizedText(kk: "ұсталып тұр", ru: "удерживается", en: "held")
        case .promised: LocalizedText(kk: "уәде етілген", ru: "обещан", en: "promised")
        case .underWay: LocalizedText(kk: "жолда", ru: "в пути", en: "under way")
        case .done: LocalizedText(kk: "аяқталған", ru: "выполнен", en: "done")
        case .cancelled: LocalizedText(kk: "бас тартылған", ru: "отменён", en: "cancelled")
        case .failed:
            LocalizedText(kk: "үйде ешкім болмады", ru: "никого не было дома", en: "failed")
        }
    }
}
