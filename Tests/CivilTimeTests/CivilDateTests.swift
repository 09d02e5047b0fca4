// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Testing

@Suite struct CivilDateTests {
    @Test func everyDayFromTheFirstToTheLastFollowsTheOneBefore() {
        var (year, month, day, weekday) = (1, 1, 1, Weekday.monday)
        for number in CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber {
            guard let date = CivilDate(dayNumber: number), date.components == (year, month, day),
                date.weekday == weekday, CivilDate(year: year, month: month, day: day) == date
            else {
                Issue.record("day \(number) is not \(year)-\(month)-\(day) \(weekday)")
                return
            }
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1)!
            day += 1
            if day > lengths(year)[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (10_000, 1, 1))
    }

    /// The months' lengths as a wall calendar has them.
    private func lengths(_ year: Int) -> [Int] {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-03-19", 20_531),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func dayNumbersCountFrom1970(text: String, number: Int32) {
        #expect(CivilDate(text)?.dayNumber == number)
        #expect(CivilDate(dayNumber: number)?.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "2025-04-31", "0000-01-01",
        "10000-01-01", "2025-1-1", "2025-01-01 ", " 2025-01-01", "2025/01/01", "20250101", "",
        "２０２５-01-01", "2025-01-01T00:00", "-2025-01-01", "+025-01-01",
    ])
    func otherTextsAreNoDates(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
        ("2026-02-28", 1, "2026-03-28"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"),
        ("2026-08-31", 1, "2026-09-30"), ("2024-02-29", 12, "2025-02-28"),
        ("2026-05-05", 0, "2026-05-05"), ("2026-05-05", -24, "2024-05-05"),
    ])
    func monthsEndOnTheSameDayOrTheMonthsLast(from: String, months: Int, to: String) {
        #expect(CivilDate(from)?.adding(months: months)?.description == to)
    }

    @Test func sumsBeyondTheCalendarAreNil() {
        #expect(CivilDate.latest.adding(days: 1) == nil)
        #expect(CivilDate.earliest.adding(days: -1) == nil)
        #expect(CivilDate.latest.adding(days: .max) == nil)
        #expect(CivilDate.earliest.adding(days: .min) == nil)
        #expect(CivilDate.latest.adding(months: 1) == nil)
        #expect(CivilDate.earliest.adding(months: -1) == nil)
        #expect(CivilDate.latest.adding(months: .max) == nil)
        #expect(CivilDate.latest.adding(months: .min) == nil)
        #expect(CivilDate(dayNumber: .max) == nil)
        #expect(CivilDate(dayNumber: .min) == nil)
    }
}

@Suite struct TimeOfDayTests {
    @Test func everySecondIsWrittenAndReadBack() {
        for second in Int32(0)..<86_400 {
            let time = TimeOfDay(second: second)!
            if TimeOfDay(time.description) != time {
                Issue.record("\(time) reads back as another time")
            }
        }
        #expect(TimeOfDay(second: 86_400) == nil)
        #expect(TimeOfDay(second: -1) == nil)
    }

    @Test(arguments: ["24:00", "9:00", "09:60", "09:00:60", "09", "09:00:", "09:00:0", "0900", ""])
    func otherTextsAreNoTimes(text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test(arguments: [
        ("2026-03-19T16:05", "2026-03-19T16:05"), ("2026-03-19 16:05", "2026-03-19T16:05"),
        ("2026-03-19T16:05:00", "2026-03-19T16:05"), ("2026-03-19T16:05:09", "2026-03-19T16:05:09"),
    ])
    func momentsAreReadWithATOrASpace(text: String, written: String) {
        #expect(CivilDateTime(text)?.description == written)
    }

    @Test(arguments: [
        "2026-03-19", "2026-03-19T", "T16:05", "2026-03-19TT16:05", "2026-03-19T25:00",
    ])
    func otherTextsAreNoMoments(text: String) {
        #expect(CivilDateTime(text) == nil)
    }
}
