// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// How dates and weekdays are written in running text.
extension Language {
    /// The date as it stands in a sentence.
    ///
    ///     Language.ru.date(CivilDate("2026-04-02")!)  // "2 апреля 2026 года"
    ///     Language.kk.date(CivilDate("2026-04-02")!)  // "2026 жылғы 2 сәуір"
    ///     Language.en.date(CivilDate("2026-04-02")!)  // "2 April 2026"
    public func date(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return switch self {
        case .kk: String(parts: String(year), " жылғы ", String(day), " ", monthName(month))
        case .ru:
            String(
                parts: String(day), " ", Self.russianGenitives[month - 1], " ", String(year),
                " года")
        case .en: String(parts: String(day), " ", monthName(month), " ", String(year))
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
        case .kk: ["дс", "сс", "ср", "бс", "жм", "сб", "жс"][weekday.rawValue - 1]
        case .ru: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"][weekday.rawValue - 1]
        case .en: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][weekday.rawValue - 1]
        }
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
