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
        var text = ""
        text.reserveCapacity(Self.bytesOfDate)
        write(date, to: &text)
        return text
    }

    /// Room in UTF-8 that a date takes at most.
    public static let bytesOfDate = 40

    /// Writes the date behind a text, as it stands in a sentence.
    public func write(_ date: CivilDate, to text: inout String) {
        let (year, month, day) = date.components
        switch self {
        case .kk:
            text += Self.name(ofYear: year)
            text += Self.kazakhDays[(month - 1) * 31 + day - 1]
        case .ru:
            text += Self.russianDays[(month - 1) * 31 + day - 1]
            text += Self.name(ofYear: year)
            text += " года"
        case .en:
            text += Self.englishDays[(month - 1) * 31 + day - 1]
            text += Self.name(ofYear: year)
        }
    }

    /// The year in digits.
    private static func name(ofYear year: Int) -> String {
        usualYears.indices.contains(year - firstUsualYear)
            ? usualYears[year - firstUsualYear] : String(year)
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

    // Proofs are full of dates, so the days of the year and the years have their words once and for all.
    private static let firstUsualYear = 1990
    private static let usualYears = (firstUsualYear..<2100).map { String($0) }
    private static let kazakhDays = days { day, month in
        " жылғы \(day) \(kazakhMonths[month])"
    }
    private static let russianDays = days { day, month in "\(day) \(russianGenitives[month]) " }
    private static let englishDays = days { day, month in "\(day) \(englishMonths[month]) " }

    /// A word for each of 31 days of each month, whose places are 0…11.
    private static func days(_ word: (_ day: Int, _ month: Int) -> String) -> [String] {
        (0..<12).flatMap { month in (1...31).map { word($0, month) } }
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
