// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Texts
import WorkingDays

/// What is wrong with a question apart from what the calendars refuse.
enum DeskFault {
    case unknownStandard(String, known: [String])
    case unknownClock(String, standard: String, known: [String])
    case unknownOffice(String, standard: String, known: [String])
    case unknownCalendar(String, known: [String])
    case tooManyRows(Int, limit: Int)
    case columnLength(String, Int, Int)
    case rangeReversed
    case dateOutOfRange
    case notKnownYet(CivilDate, today: CivilDate, field: String)
}

extension Desk {
    func refuse(_ fault: DeskFault) -> Refusal {
        switch fault {
        case .unknownStandard(let name, let known):
            unknown(.unknownStandard, "standard", name, known)
        case .unknownClock(let name, let standard, let known):
            unknown(.unknownClock, "channel", name, known, of: standard)
        case .unknownOffice(let name, let standard, let known):
            unknown(.unknownOffice, "office", name, known, of: standard)
        case .unknownCalendar(let name, let known):
            unknown(.unknownCalendar, "calendar", name, known)
        case .tooManyRows(let count, let limit):
            Refusal(
                .tooManyRows, in: language,
                kk: "\(count) жол сұралды; бір сұрауда \(limit) жолдан аспауы керек.",
                ru: "Запрошено строк: \(count); в одном запросе их не больше \(limit).",
                en: "\(count) rows were asked for; one question takes at most \(limit).")
        case .columnLength(let field, let found, let expected):
            Refusal(
                .invalidField, in: language,
                kk: "\(field): \(expected) мән күтілді, \(found) берілді.",
                ru: "\(field): ожидалось значений: \(expected), получено: \(found).",
                en: "\(field): expected \(expected) values, one for each start; found \(found).",
                field: field)
        case .rangeReversed:
            Refusal(
                .invalidField, in: language,
                kk: "Соңғы күн бірінші күннен ерте; ауыстырып жіберіңіз.",
                ru: "Последний день раньше первого; поменяйте их местами.",
                en: "The last day is earlier than the first; exchange them.", field: "to_day")
        case .notKnownYet(let asked, let today, let field): notKnownYet(asked, today, field)
        case .dateOutOfRange:
            Refusal(
                .dateOutOfRange, in: language, kk: "Күн 1 жылдан 9999 жылға дейінгі аралықтан тыс.",
                ru: "Дата выходит за пределы лет с 1 по 9999.",
                en: "The date lies outside the years 1 to 9999.")
        }
    }

    private func notKnownYet(_ asked: CivilDate, _ today: CivilDate, _ field: String) -> Refusal {
        let (asked, today) = (language.date(asked), language.date(today))
        return Refusal(
            .invalidField, in: language,
            kk: "\(asked) әлі келген жоқ: сол күні не белгілі болатыны бүгін белгісіз. Бүгінгі "
                + "күнді (\(today)) не одан ертерек күнді беріңіз.",
            ru: "\(asked) ещё не наступило: что будет известно в тот день, сегодня неизвестно. "
                + "Укажите сегодняшний день (\(today)) или более ранний.",
            en: "\(asked) is yet to come: what will be known on that day is not known today. "
                + "Give today (\(today)) or an earlier day.", field: field)
    }

    private func unknown(
        _ reason: Refusal.Reason, _ field: String, _ name: String, _ known: [String],
        of standard: String? = nil
    ) -> Refusal {
        let place = standard.map { " (\($0))" } ?? ""
        let list = known.joined(separator: ", ")
        return Refusal(
            reason, in: language, kk: "\(field): «\(name)»\(place) белгісіз; барлары: \(list).",
            ru: "\(field): «\(name)»\(place) не найдено; есть: \(list).",
            en: "\(field): '\(name)'\(place) is not known; there are: \(list).", field: field)
    }

    func refuse(_ error: DeadlineError) -> Refusal {
        switch error {
        case .calendar(let error): refuse(error)
        case .outOfRange: refuse(DeskFault.dateOutOfRange)
        case .outsideReception(let at, let next):
            Refusal(
                .outsideReception, in: language,
                kk: "\(moment(at)) — қабылдау уақытынан тыс. Келесі қабылдау: \(moment(next)).",
                ru: "\(moment(at)) — вне часов приёма. Следующий приём: \(moment(next)).",
                en: "\(moment(at)) is outside the hours of reception. "
                    + "The next reception opens on \(moment(next)).", field: "start",
                nextOpening: next)
        case .clockStopped(let since):
            Refusal(
                .termSuspended, in: language,
                kk: "Мерзімнің өтуі тоқтатыла тұрды: \(moment(since)); жаңартылғанша "
                    + "аяқталмайды.",
                ru: "Течение срока приостановлено: \(moment(since)); "
                    + "до возобновления дня окончания нет.",
                en: "The term stands still since \(moment(since)); "
                    + "it has no end until it is resumed.", field: "suspensions")
        }
    }

    func refuse(_ error: CalendarError) -> Refusal {
        switch error {
        case .unknownWeek(let name, let known): unknown(.unknownWeek, "week", name, known)
        case .yearNotPublished(let year, let calendar, let missing):
            Refusal(.yearNotPublished, wording(year, calendar, missing)[language])
        }
    }

    private func wording(
        _ year: Int, _ calendar: String, _ missing: CalendarError.Missing
    ) -> LocalizedText {
        let head = LocalizedText(
            kk: "\(year) жылдың күнтізбесі (\(calendar)) жарияланбаған: ",
            ru: "Календарь \(year) года (\(calendar)) не опубликован: ",
            en: "The year \(year) has no published calendar (\(calendar)): ")
        let tail =
            switch missing {
            case .yearOutside(let years):
                LocalizedText(
                    kk: "файлда \(years.lowerBound)–\(years.upperBound) жылдар бар. "
                        + "Жетіспейтін жылды күнтізбе файлына қосыңыз.",
                    ru: "в файле есть годы \(years.lowerBound)–\(years.upperBound). "
                        + "Добавьте недостающий год в файл календаря.",
                    en: "its file has the years \(years.lowerBound) to \(years.upperBound). "
                        + "Add the missing year's holidays and moved days to the file.")
            case .movableHoliday(let name, let since):
                if let since {
                    LocalizedText(
                        kk: "\(quoted(name).kk) күні ол кезде белгісіз еді; белгілі болған күні: "
                            + "\(since).",
                        ru:
                            "день \(quoted(name).ru) тогда не был известен; стал известен \(since).",
                        en: "the day of \(quoted(name).en) was not known then; "
                            + "it became known on \(since).")
                } else {
                    LocalizedText(
                        kk: "\(quoted(name).kk) күні белгісіз; оны күнтізбе файлына қосыңыз.",
                        ru: "день \(quoted(name).ru) неизвестен; добавьте его в файл календаря.",
                        en: "the day of \(quoted(name).en) is not known; add it to the calendar's "
                            + "file.")
                }
            }
        return LocalizedText(
            kk: head.kk + tail.kk, ru: head.ru + tail.ru, en: head.en + tail.en)
    }

    private func quoted(_ name: LocalizedText) -> LocalizedText {
        LocalizedText(
            kk: Language.kk.quoted(name.kk), ru: Language.ru.quoted(name.ru),
            en: Language.en.quoted(name.en))
    }

    private func moment(_ moment: CivilDateTime) -> String { language.moment(moment) }
}

extension Refusal.Reason {
    /// The reason alone, for a row of a bulk answer.
    init(_ error: DeadlineError) {
        self =
            switch error {
            case .calendar(.yearNotPublished): .yearNotPublished
            case .calendar(.unknownWeek): .unknownWeek
            case .outsideReception: .outsideReception
            case .clockStopped: .termSuspended
            case .outOfRange: .dateOutOfRange
            }
    }
}
