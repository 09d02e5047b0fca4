// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Texts

@Suite struct CountedNounTests {
    /// A number with what stands behind it in Russian and in English.
    private static let workingDays: [(Int, ru: String, en: String)] = [
        (0, "0 рабочих дней", "0 working days"), (1, "1 рабочий день", "1 working day"),
        (2, "2 рабочих дня", "2 working days"), (4, "4 рабочих дня", "4 working days"),
        (5, "5 рабочих дней", "5 working days"), (10, "10 рабочих дней", "10 working days"),
        (11, "11 рабочих дней", "11 working days"), (12, "12 рабочих дней", "12 working days"),
        (14, "14 рабочих дней", "14 working days"), (20, "20 рабочих дней", "20 working days"),
        (21, "21 рабочий день", "21 working days"), (22, "22 рабочих дня", "22 working days"),
        (25, "25 рабочих дней", "25 working days"), (100, "100 рабочих дней", "100 working days"),
        (101, "101 рабочий день", "101 working days"),
        (111, "111 рабочих дней", "111 working days"),
        (112, "112 рабочих дней", "112 working days"),
        (121, "121 рабочий день", "121 working days"),
        (1_011, "1011 рабочих дней", "1011 working days"),
        (-1, "−1 рабочий день", "−1 working day"), (-2, "−2 рабочих дня", "−2 working days"),
        (-5, "−5 рабочих дней", "−5 working days"),
        (-11, "−11 рабочих дней", "−11 working days"),
        (-21, "−21 рабочий день", "−21 working days"),
        (-111, "−111 рабочих дней", "−111 working days"),
        (.min, "−9223372036854775808 рабочих дней", "−9223372036854775808 working days"),
    ]

    @Test func workingDaysGoWithTheirNumber() {
        for (number, ru, en) in Self.workingDays {
            #expect(Language.ru.workingDays(number) == ru)
            #expect(Language.en.workingDays(number) == en)
            let sign = number < 0 ? "−" : ""
            #expect(Language.kk.workingDays(number) == "\(sign)\(number.magnitude) жұмыс күні")
        }
    }

    @Test func nounsOfEveryGenderDoTheSame() {
        let minutes = [0, 1, 2, 5, 11, 21, 111, -1, -21].map(Language.ru.workingMinutes)
        #expect(
            minutes == [
                "0 минут рабочего времени", "1 минута рабочего времени",
                "2 минуты рабочего времени", "5 минут рабочего времени",
                "11 минут рабочего времени", "21 минута рабочего времени",
                "111 минут рабочего времени", "−1 минута рабочего времени",
                "−21 минута рабочего времени",
            ])
        let months = [1, 3, 12, 22].map(Language.ru.calendarMonths)
        #expect(months == ["1 месяц", "3 месяца", "12 месяцев", "22 месяца"])
        let places = [1, 4, 13, 31, -3].map { Language.ru.count($0, .place) }
        #expect(places == ["1 место", "4 места", "13 мест", "31 место", "−3 места"])
        #expect(Language.kk.count(5, .minute) == "5 минут")
        #expect(Language.en.count(1, .calendarMonth) == "1 calendar month")
        #expect(Language.en.count(0, .visit) == "0 visits")
    }

    /// The rule beside the one of the ICU's plural rules (CLDR, Russian), over every number to 1,000.
    @Test func theRussianFormIsTheOneOfCLDR() {
        let forms = CountedNoun.RussianForms("one", "few", "many")
        for number in -1_000...1_000 {
            let text = Array(String(number.magnitude))
            let last = text.last!
            let isTeen = text.count > 1 && text[text.count - 2] == "1"
            let expected =
                isTeen ? "many" : last == "1" ? "one" : "234".contains(last) ? "few" : "many"
            #expect(forms.form(number) == expected, "\(number)")
        }
    }

    @Test func aStretchOfTimeHasOneSign() {
        let minutes = [0, 5, 60, 125, -5, -60, -125]
        #expect(
            minutes.map(Language.ru.hoursAndMinutes) == [
                "0 мин", "5 мин", "1 ч", "2 ч 5 мин", "−5 мин", "−1 ч", "−2 ч 5 мин",
            ])
        #expect(minutes.map(Language.en.hoursAndMinutes).last == "−2 h 5 min")
        #expect(minutes.map(Language.kk.hoursAndMinutes).last == "−2 сағ 5 мин")
    }
}
