// SPDX-License-Identifier: Apache-2.0

/// A noun in the forms that numbers ask for.
///
/// In Kazakh a noun behind a number stands in the singular. In Russian it goes by the last digits:
/// 1 день, 2 дня, 5 дней, 11 дней, 21 день. In English there are one and many.
public struct CountedNoun: Hashable, Sendable {
    public let kk: String
    /// As behind 1, 2 and 5.
    public let ru: RussianForms
    public let en: EnglishForms

    /// The Russian forms behind 1, 2 and 5.
    public struct RussianForms: Hashable, Sendable {
        public let one: String
        public let few: String
        public let many: String

        public init(_ one: String, _ few: String, _ many: String) {
            self.one = one
            self.few = few
            self.many = many
        }

        /// The form behind a number, by its amount: −1 день, 111 дней, 21 день.
        public func form(_ number: Int) -> String {
            let (tens, units) = (number.magnitude % 100, number.magnitude % 10)
            if units == 1, tens != 11 { return one }
            if (2...4).contains(units), !(12...14).contains(tens) { return few }
            return many
        }
    }

    /// The English forms behind 1 and behind any other number.
    public struct EnglishForms: Hashable, Sendable {
        public let one: String
        public let many: String

        public init(_ one: String, _ many: String) {
            self.one = one
            self.many = many
        }

        /// The form behind a number, by its amount.
        public func form(_ number: Int) -> String { number.magnitude == 1 ? one : many }
    }

    public init(kk: String, ru: RussianForms, en: EnglishForms) {
        self.kk = kk
        self.ru = ru
        self.en = en
    }
}

extension CountedNoun {
    /// Accusative, behind "за".
    public static let minuteBefore = CountedNoun(
        kk: "минут", ru: .init("минуту", "минуты", "минут"), en: .init("minute", "minutes"))
    public static let time = CountedNoun(
        kk: "рет", ru: .init("раз", "раза", "раз"), en: .init("time", "times"))
    public static let call = CountedNoun(
        kk: "шақыру", ru: .init("вызов", "вызова", "вызовов"), en: .init("call", "calls"))
    public static let connection = CountedNoun(
        kk: "қосылым", ru: .init("соединение", "соединения", "соединений"),
        en: .init("connection", "connections"))
    public static let clock = CountedNoun(
        kk: "мерзім", ru: .init("срок", "срока", "сроков"), en: .init("clock", "clocks"))
    public static let day = CountedNoun(
        kk: "күн", ru: .init("день", "дня", "дней"), en: .init("day", "days"))
    public static let workingDay = CountedNoun(
        kk: "жұмыс күні", ru: .init("рабочий день", "рабочих дня", "рабочих дней"),
        en: .init("working day", "working days"))
    public static let minute = CountedNoun(
        kk: "минут", ru: .init("минута", "минуты", "минут"), en: .init("minute", "minutes"))
    public static let workingMinute = CountedNoun(
        kk: "минут жұмыс уақыты",
        ru: .init(
            "минута рабочего времени", "минуты рабочего времени", "минут рабочего времени"),
        en: .init("working minute", "working minutes"))
    public static let calendarMonth = CountedNoun(
        kk: "ай", ru: .init("месяц", "месяца", "месяцев"),
        en: .init("calendar month", "calendar months"))
    public static let workingHour = CountedNoun(
        kk: "сағат жұмыс уақыты",
        ru: .init("час рабочего времени", "часа рабочего времени", "часов рабочего времени"),
        en: .init("working hour", "working hours"))
    public static let calendarDay = CountedNoun(
        kk: "күнтізбелік күн",
        ru: .init("календарный день", "календарных дня", "календарных дней"),
        en: .init("calendar day", "calendar days"))
    public static let hour = CountedNoun(
        kk: "сағат", ru: .init("час", "часа", "часов"), en: .init("hour", "hours"))
    public static let week = CountedNoun(
        kk: "апта", ru: .init("неделя", "недели", "недель"), en: .init("week", "weeks"))
    public static let year = CountedNoun(
        kk: "жыл", ru: .init("год", "года", "лет"), en: .init("year", "years"))
    public static let dueDate = CountedNoun(
        kk: "мерзімнің аяқталу күні", ru: .init("срок", "срока", "сроков"),
        en: .init("due date", "due dates"))
    public static let answer = CountedNoun(
        kk: "жауап", ru: .init("ответ", "ответа", "ответов"), en: .init("answer", "answers"))
    public static let badLine = CountedNoun(
        kk: "қате жол", ru: .init("строка с ошибкой", "строки с ошибкой", "строк с ошибкой"),
        en: .init("bad line", "bad lines"))
    public static let visit = CountedNoun(
        kk: "шақыру", ru: .init("визит", "визита", "визитов"), en: .init("visit", "visits"))
    public static let shift = CountedNoun(
        kk: "ауысым", ru: .init("смена", "смены", "смен"), en: .init("shift", "shifts"))
    public static let route = CountedNoun(
        kk: "бағыт", ru: .init("маршрут", "маршрута", "маршрутов"), en: .init("route", "routes"))
    public static let booking = CountedNoun(
        kk: "бронь", ru: .init("бронь", "брони", "броней"), en: .init("booking", "bookings"))
    public static let service = CountedNoun(
        kk: "қызмет", ru: .init("услуга", "услуги", "услуг"), en: .init("service", "services"))
    public static let ticket = CountedNoun(
        kk: "талон", ru: .init("талон", "талона", "талонов"), en: .init("ticket", "tickets"))
    public static let lease = CountedNoun(
        kk: "нөмірлер тобы", ru: .init("набор номеров", "набора номеров", "наборов номеров"),
        en: .init("lease of numbers", "leases of numbers"))
    public static let window = CountedNoun(
        kk: "терезе", ru: .init("окно", "окна", "окон"), en: .init("window", "windows"))
    public static let place = CountedNoun(
        kk: "орын", ru: .init("место", "места", "мест"), en: .init("place", "places"))
    public static let fault = CountedNoun(
        kk: "қате", ru: .init("ошибка", "ошибки", "ошибок"), en: .init("fault", "faults"))
}

extension Language {
    /// A number as it stands in running text, with the minus sign U+2212 before what is below zero.
    public func integer(_ number: Int) -> String {
        number < 0 ? "\u{2212}\(number.magnitude)" : "\(number)"
    }

    /// So many of something, the noun in the form that fits the number.
    ///
    ///     Language.ru.count(-21, .workingDay)  // "−21 рабочий день"
    ///     Language.kk.count(5, .minute)        // "5 минут"
    ///     Language.en.count(0, .visit)         // "0 visits"
    public func count(_ number: Int, _ noun: CountedNoun) -> String {
        let form =
            switch self {
            case .kk: noun.kk
            case .ru: noun.ru.form(number)
            case .en: noun.en.form(number)
            }
        return "\(integer(number)) \(form)"
    }

    /// So many working days.
    public func workingDays(_ number: Int) -> String { count(number, .workingDay) }

    /// So many minutes of working time.
    public func workingMinutes(_ number: Int) -> String { count(number, .workingMinute) }

    /// So many calendar months.
    public func calendarMonths(_ number: Int) -> String { count(number, .calendarMonth) }

    /// A stretch of time in hours and minutes, as it is written in a table.
    ///
    ///     Language.ru.hoursAndMinutes(125)  // "2 ч 5 мин"
    ///     Language.en.hoursAndMinutes(120)  // "2 h"
    ///     Language.kk.hoursAndMinutes(-61)  // "−1 сағ 1 мин"
    public func hoursAndMinutes(_ minutes: Int) -> String {
        let hour =
            switch self {
            case .kk: "сағ"
            case .ru: "ч"
            case .en: "h"
            }
        let minute = self == .en ? "min" : "мин"
        let sign = minutes < 0 ? "\u{2212}" : ""
        let (hours, rest) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
        if hours == 0 { return "\(sign)\(rest) \(minute)" }
        return sign
            + (rest == 0 ? "\(hours) \(hour)" : "\(hours) \(hour) \(rest) \(minute)")
    }
}
