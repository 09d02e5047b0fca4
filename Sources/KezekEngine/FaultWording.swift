// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Enquiries
import Queue
public import ServiceStandards
public import Texts

extension CommandFault {
    /// Why the journal could not be written or read, for the operator alone; nil for any other fault.
    public var cause: String? {
        switch self {
        case .unavailable(let why), .unconfirmed(let why): return why
        default: return nil
        }
    }

    /// The refusal as it travels: its reason, and a sentence that says what to do.
    ///
    /// Rules are cited from the office's standard; without it by their ids.
    public func refusal(in language: Language, by standard: ServiceStandard? = nil) -> Refusal {
        switch self {
        case .refused(let refusal, let date, let alternatives):
            refusal.refusal(in: language, RuleWords(standard: standard), on: date, alternatives)
        case .receivesNobody(let refusal, let date, let next):
            refusal.refusal(
                in: language, RuleWords(standard: standard), on: date, [], nextOpening: next)
        case .bookedAlready(let booking, let service, let time):
            Refusal(
                .alreadyBooked, Self.booked(booking, service, time)[language], field: "applicant"
            ).about(.booking(booking.description))
        case .unknownOffice(let id):
            Refusal(
                .unknownOffice, in: language,
                kk: "«\(id)» деген кеңсе тіркелмеген; атауын тексеріңіз.",
                ru: "Отделение «\(id)» не зарегистрировано; проверьте имя.",
                en: "There is no office '\(id)'; check its name.", field: "office")
        case .noTerms(let id):
            Refusal(
                .unknownStandard, in: language,
                kk: "«\(id)» кеңсесінің стандарты, түрі, уақыт белдеуі немесе сол жылдың "
                    + "күнтізбесі белгісіз.",
                ru: "Для отделения «\(id)» неизвестны стандарт, вид, часовой пояс или "
                    + "календарь этого года.",
                en: "The standard, kind, zone or the year's calendar of the office '\(id)' "
                    + "is not among the data.", field: "office")
        case .unknownName(let field, let name, let known):
            Refusal(
                .unknownStandard, in: language,
                kk: "\(field): «\(name)» жоқ; барлары: \(known.joined(separator: ", ")).",
                ru: "\(field): «\(name)» нет; есть: \(known.joined(separator: ", ")).",
                en: "\(field): there is no '\(name)'; there are: "
                    + "\(known.joined(separator: ", ")).", field: field)
        case .yearNotPublished(let year, let calendar):
            Refusal(
                .yearNotPublished, in: language,
                kk: "\(year) жылдың күнтізбесі (\(calendar)) жарияланбаған; жарияланған жылдың "
                    + "күнін таңдаңыз немесе күнтізбе толықтырылғаннан кейін қайталаңыз.",
                ru: "Календарь \(year) года (\(calendar)) не опубликован; выберите день "
                    + "опубликованного года или повторите, когда календарь дополнят.",
                en:
                    "The calendar of \(year) (\(calendar)) is not published; choose a date of a "
                    + "year that is, or repeat it once the calendar was extended.")
        case .badOffice(let fault):
            Refusal(
                .invalidField, "\(fault.field): \(fault.expected[language])", field: fault.field)
        case .requestMismatch:
            Refusal(
                .requestMismatch, in: language,
                kk: "Бұл request_id басқа командаға берілген; жаңа команда үшін жаңасын "
                    + "алыңыз.",
                ru: "Этот request_id принадлежит другой команде; для новой возьмите новый.",
                en: "This request_id belongs to another command; take a new one for a new "
                    + "command.", field: "request_id")
        case .clockBehind(let recorded):
            Refusal(
                .clockBehind, in: language,
                kk: "Сервер сағаты артта: \(recorded) уақыты жазылып қойған. Ештеңе "
                    + "өзгермеді; сағатты түзетіп, қайталаңыз.",
                ru: "Часы сервера отстают: уже записано время \(recorded). Ничего не "
                    + "изменилось; исправьте часы и повторите.",
                en: "The server's clock is behind: \(recorded) is on record already. Nothing "
                    + "has changed; set the clock right and repeat.")
        case .clockInDoubt:
            Refusal(
                .clockInDoubt, in: language,
                kk: "Сервер сағаты ауыстырылған, оның дұрыстығы әлі расталмаған. "
                    + "Ештеңе өзгермеді; кейін қайталаңыз. Сервер әкімшісі сағатты "
                    + "тексеруі керек.",
                ru: "Часы сервера переведены, и ещё не подтверждено, что они верны. "
                    + "Ничего не изменилось; повторите позже. Администратор сервера "
                    + "должен проверить часы.",
                en: "The server's clock was set, and nobody has said yet that it is right. "
                    + "Nothing has changed; repeat it later. The server's operator must look "
                    + "at the clock.")
        case .unavailable:
            // Why names files of the server's machine, which is for its operator (`cause`).
            Refusal(
                .storeUnavailable, in: language,
                kk: "Журналға жазу мүмкін болмады, ештеңе өзгермеді; қайталаңыз. "
                    + "Себебін сервер әкімшісі біледі.",
                ru: "Не удалось записать в журнал, ничего не изменилось; повторите. "
                    + "Причину видит администратор сервера.",
                en: "The journal could not be written, and nothing has changed; repeat it. "
                    + "The server's operator is told why.")
        case .unconfirmed:
            Refusal(
                .storeUnavailable, in: language,
                kk: "Журнал жазылғанын растамады: команда орындалды ма, белгісіз. Сол "
                    + "request_id-мен қайталаңыз. Себебін сервер әкімшісі біледі.",
                ru: "Журнал не подтвердил запись: выполнена ли команда, неизвестно. "
                    + "Повторите с тем же request_id. Причину видит администратор сервера.",
                en: "The journal did not confirm it, and it is not known whether it was done; "
                    + "repeat it with the same request_id. The server's operator is told why.",
                isOutcomeUnknown: true)
        case .unproven(let fault): fault.refusal(in: language)
        case .tooManyHolds(let limit):
            Refusal(
                .tooManyHolds, in: language,
                kk: "Бұл рұқсатпен кеңседе расталмаған \(limit) орын ұсталып тұр, бұдан "
                    + "артық болмайды; біреуін растаңыз немесе қайтарыңыз.",
                ru: "По этому доступу в отделении удерживается столько мест, сколько можно "
                    + "(\(limit)); подтвердите или верните одно.",
                en: "This access holds \(limit) unconfirmed places of the office, as many "
                    + "as it may; confirm or release one, or wait until one expires.")
        case .tooManyOffers(let limit):
            Refusal(
                .tooManyHolds, in: language,
                kk: "Бұл рұқсатпен ауданда \(limit) шақыру үшін терезелер ұсталып тұр, бұдан "
                    + "артық болмайды; бірін уәде етіңіз, бірінен бас тартыңыз немесе ұстау "
                    + "мерзімі өткенше күтіңіз.",
                ru: "По этому доступу в районе удерживаются окна для стольких вызовов, для "
                    + "скольких можно (\(limit)); пообещайте окно одному из них, отмените его "
                    + "или подождите, пока удержание истечёт.",
                en: "This access has windows of the area held for \(limit) visits, as many as "
                    + "it may; promise or cancel one, or wait until what is held expires.")
        case .tooManyUnpromised(let limit):
            Refusal(
                .tooManyHolds, in: language,
                kk: "Бұл рұқсатпен ауданда уәде етілмеген \(limit) шақыру бар, бұдан артық "
                    + "болмайды; оларға терезе уәде етіңіз немесе кейбірінен бас тартыңыз.",
                ru: "По этому доступу в районе столько вызовов без обещанного окна, сколько "
                    + "можно (\(limit)); пообещайте им окна или отмените часть из них.",
                en: "This access has \(limit) visits of the area to which no window is "
                    + "promised, as many as it may; promise them one, or cancel some.")
        case .overloaded:
            // What is in flight is on the disk within a few commits; a decree takes longer, and is
            // asked for anew until then.
            Refusal(
                .overloaded, in: language,
                kk: "Сервер қолы тимей тұр, ештеңе өзгермеді; сәл кейін қайталаңыз.",
                ru: "Сервер перегружен, ничего не изменилось; повторите чуть позже.",
                en: "The server has too much to do, and nothing has changed; repeat it a "
                    + "little later.", retryAfterMilliseconds: QueueEngine.Limits.overloadedPause)
        }
    }
}

extension CommandFault {
    /// What to do about a booking that somebody has already.
    private static func booked(
        _ id: BookingID, _ service: ServiceID, _ time: TimeOfDay?
    ) -> LocalizedText {
        func moment(_ language: Language) -> String {
            language.date(id.date) + (time.map { ", \($0)" } ?? "")
        }
        return LocalizedText(
            kk: "Өтініш берушінің «\(service)» қызметіне броні бар: № \(id.number), "
                + "\(moment(.kk)), «\(id.office)» кеңсесі; оны ауыстырыңыз немесе бас тартыңыз.",
            ru: "У заявителя уже есть бронь на услугу «\(service)»: № \(id.number), "
                + "\(moment(.ru)), отделение «\(id.office)»; перенесите или отмените её.",
            en: "The applicant has a booking for '\(service)' already: no. \(id.number) on "
                + "\(moment(.en)) at the office '\(id.office)'; move it or cancel it.")
    }
}

extension QueueRefusal {
    fileprivate func refusal(
        in language: Language, _ rules: RuleWords, on date: CivilDate?,
        _ alternatives: [CivilDateTime], nextOpening: CivilDateTime? = nil
    ) -> Refusal {
        let (reason, text, field) = wording(rules, on: date)
        return Refusal(
            reason, text[language], field: field, nextOpening: nextOpening,
            alternatives: alternatives, subject: subject)
    }

    private var subject: Refusal.Subject? {
        switch self {
        case .wouldOvertake(let label, _), .windowBusy(_, let label): .ticket(label.description)
        default: nil
        }
    }

    /// A reason with its words, and the field that is wrong.
    func told(
        _ reason: Refusal.Reason, at field: String? = nil, kk: String, ru: String, en: String
    ) -> (Refusal.Reason, LocalizedText, String?) {
        (reason, LocalizedText(kk: kk, ru: ru, en: en), field)
    }

    /// The words for one of the tickets of a report.
    func wording(
        _ rules: RuleWords, on date: CivilDate?, ofTicket index: Int
    ) -> (Refusal.Reason, LocalizedText, String?) {
        let (reason, text, field) = wording(rules, on: date)
        return (reason, text, field.map { "tickets[\(index)].\($0)" })
    }

    private func wording(
        _ rules: RuleWords, on date: CivilDate?
    ) -> (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .unknownService, .unknownWindow, .unknownBooking, .unknownTicket, .unknownLease:
            unknownWording
        case .beyondLimit, .bookingsOnly, .unknownReason, .unknownEnding, .tooManyServices,
            .noWindowForAll:
            receptionWording
        case .noWaitingList, .waitingListFull, .alreadyWaiting, .unknownWaiting, .noOffer,
            .notEarlier, .waitingForOneService:
            waitingWording
        case .noBookings, .closed, .notASlot, .slotPassed, .tooSoon, .tooFar, .slotTaken,
            .alreadyBooked, .bookingIs:
            bookingWording(rules, on: date)
        case .notToday, .outsideReception, .numbersExhausted, .leasesExhausted, .notInLease,
            .otherSeries,
            .takenOutsideReception, .impossibleTime, .reported, .windowIs, .windowBusy, .notServed,
            .nobodyWaiting, .wouldOvertake, .calledTooOften,
            .ticketIs:
            lineWording(rules, on: date)
        }
    }
}
