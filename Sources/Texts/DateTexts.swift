// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// How dates, weekdays and counted nouns are written in running text.
extension Language {
    /// The date as it stands in a sentence.
    ///
    ///     Language.ru.date(CivilDate("2026-04-02")!)  // "2 апреля 2026 года"
    ///     Language.kk.date(CivilDate("2026-04-02")!)  // "2026 жылғы 2 сәуір"
    ///     Language.en.date(CivilDate("2026-04-02")!)  // "2 April 2026"
    public func date(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return switch self {
        case .kk: "\(year) жылғы \(day) \(monthName(month))"
        case .ru: "\(day) \(Self.russianGenitives[month - 1]) \(year) года"
        case .en: "\(day) \(monthName(month)) \(year)"
        }
    }

    /// The month's name (1…12) as it heads a calendar page, in the language's usual case.
    public func monthName(_ month: Int) -> String {
        switch self {
        case .kk: Self.kazakhMonths[month - 1]
        case .ru: Self.russianMonths[month - 1]
        case .en: Self.englishMonths[month - 1]
        }
    }

    /// The weekday's name.
    public func weekdayName(_ weekday: Weekday) -> String {
        switch self {
        case .kk: Self.kazakhWeekdays[weekday.rawValue - 1]
        case .ru: Self.russianWeekdays[weekday.rawValue - 1]
        case .en: Self.englishWeekdays[weekday.rawValue - 1]
        }
    }

    /// The weekday in two letters, for the head of a month's table.
    public func weekdayAbbreviation(_ weekday: Weekday) -> String {
        switch self {
        case .kk: ["дс", "сс", "ср", "бс", "жм", "сн", "жс"][weekday.rawValue - 1]
        case .ru: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"][weekday.rawValue - 1]
        case .en: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][weekday.rawValue - 1]
        }
    }

    /// The Russian form of a noun that goes with a number: 1 день, 2 дня, 5 дней.
    static func russianForm(_ number: Int, one: String, few: String, many: String) -> String {
        let (tens, units) = (number % 100, number % 10)
        if units == 1, tens != 11 { return one }
        if (2...4).contains(units), !(12...14).contains(tens) { return few }
        return many
    }

    /// So many working days, in words that fit the number.
    public func workingDays(_ number: Int) -> String {
        switch self {
        case .kk: "\(number) жұмыс күні"
        case .ru:
            "\(number) "
                + Self.russianForm(
                    number, one: "рабочий день", few: "рабочих дня", many: "рабочих дней")
        case .en: "\(number) working \(number == 1 ? "day" : "days")"
        }
    }

    /// So many minutes of working time, in words that fit the number.
    public func workingMinutes(_ number: Int) -> String {
        switch self {
        case .kk: "\(number) минут жұмыс уақыты"
        case .ru:
            "\(number) "
                + Self.russianForm(number, one: "минута", few: "минуты", many: "минут")
                + " рабочего времени"
        case .en: "\(number) working \(number == 1 ? "minute" : "minutes")"
        }
    }

    /// So many calendar months, in words that fit the number.
    public func calendarMonths(_ number: Int) -> String {
        switch self {
        case .kk: "\(number) ай"
        case .ru:
            "\(number) "
                + Self.russianForm(number, one: "месяц", few: "месяца", many: "месяцев")
        case .en: "\(number) calendar \(number == 1 ? "month" : "months")"
        }
    }

    /// A stretch of time in hours and minutes, as it is written in a table.
    ///
    ///     Language.ru.hoursAndMinutes(125)  // "2 ч 5 мин"
    ///     Language.en.hoursAndMinutes(120)  // "2 h"
    public func hoursAndMinutes(_ minutes: Int) -> String {
        let hour =
            switch self {
            case .kk: "сағ"
            case .ru: "ч"
            case .en: "h"
            }
        let minute = self == .en ? "min" : "мин"
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        if hours == 0 { return "\(rest) \(minute)" }
        return rest == 0 ? "\(hours) \(hour)" : "\(hours) \(hour) \(rest) \(minute)"
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let russianMonths = [
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
        "октябрь", "ноябрь", "декабрь",
    ]
    private static let russianGenitives = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
        "октября", "ноября", "декабря",
    ]
    private static let kazakhMonths = [
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек",
        "қазан", "қараша", "желтоқсан",
    ]
    private static let englishWeekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let russianWeekdays = [
        "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
    ]
    private static let kazakhWeekdays = [
        "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі",
    ]
}
