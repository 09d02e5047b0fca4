// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Texts
import WorkingDays

/// Small books for tests of the mechanism; the real calendars are tested where files are read.
enum Books {
    static let act = Act(title: text("act"), date: nil)

    static func text(_ text: String) -> LocalizedText {
        LocalizedText(kk: text, ru: text, en: text)
    }

    static func week(_ id: String, rest: Set<Weekday>) -> WeekPattern {
        WeekPattern(id: id, title: text(id), restDays: rest, act: act, balanceMinutes: [:])
    }

    static func fixed(
        _ month: Int, _ day: Int, substituted: Bool = true, from year: Int = 1,
        to last: Int? = nil, known: String = "1990-01-01"
    ) -> FixedHoliday {
        FixedHoliday(
            id: "h-\(month)-\(day)", name: text("\(month)-\(day)"), month: month, day: day,
            substituted: substituted,
            versions: [
                .init(known: date(known), firstYear: year, lastYear: last, act: act)
            ])
    }

    static func book(
        years: ClosedRange<Int>, substitution: Bool = true, holidays: [FixedHoliday],
        movable: [MovableHoliday] = [], transfers: [Transfer] = []
    ) -> CalendarBook {
        CalendarBook(
            id: "test", title: text("test"), zone: "UTC", years: years,
            weeks: [
                week("five", rest: [.saturday, .sunday]), week("six", rest: [.sunday]),
                week("thursday-friday", rest: [.thursday, .friday]),
            ], substitution: substitution ? act : nil, holidays: holidays, movable: movable,
            transfers: transfers)
    }

    /// A century with holidays that collide with every weekday, with each other and with transfers.
    static let century = book(
        years: 2000...2099,
        holidays: [
            fixed(1, 1), fixed(1, 2), fixed(1, 7, substituted: false), fixed(3, 8), fixed(3, 21),
            fixed(3, 22), fixed(3, 23), fixed(5, 1), fixed(5, 7, from: 2013), fixed(5, 9),
            fixed(8, 30, to: 2025), fixed(12, 16), fixed(12, 17, to: 2021), fixed(12, 31),
        ],
        transfers: [
            // A Saturday, a Sunday, a substitute day, and one that rests in no week.
            transfer("2016-03-05", "2016-03-07"), transfer("2020-01-05", "2020-01-03"),
            transfer("2020-05-11", "2020-05-08"), transfer("2030-03-06", "2030-03-07"),
        ])

    static func transfer(_ working: String, _ rest: String) -> Transfer {
        Transfer(
            becomesWorking: date(working), becomesRest: date(rest), known: date("1990-01-01"),
            act: act)
    }
}

/// The obvious definition of a working calendar: a set of days, walked one by one.
struct SlowCalendar {
    let working: Set<CivilDate>
    let first: CivilDate
    let last: CivilDate

    /// The rules of the book, said again without tables.
    init(_ book: CalendarBook, rest: Set<Weekday>) {
        first = CivilDate(year: book.years.lowerBound, month: 1, day: 1)!
        last = CivilDate(year: book.years.upperBound, month: 12, day: 31)!
        var working = Set((first...last).filter { !rest.contains($0.weekday) })
        let holidays = (first...last).flatMap { day in
            book.holidays.filter {
                $0.month == day.month && $0.day == day.day
                    && day.year >= $0.versions[0].firstYear
                    && day.year <= $0.versions[0].lastYear ?? .max
            }.map { (day, $0.substituted) }
        }
        for (day, _) in holidays { working.remove(day) }
        for (day, substituted) in holidays where substituted && rest.contains(day.weekday) {
            guard book.substitution != nil else { break }
            var next = day
            while next < last, !working.contains(next) { next = next.adding(days: 1)! }
            working.remove(next)
        }
        for transfer in book.transfers
        where !working.contains(transfer.becomesWorking) && working.contains(transfer.becomesRest) {
            working.insert(transfer.becomesWorking)
            working.remove(transfer.becomesRest)
        }
        self.working = working
    }

    func shift(_ date: CivilDate, by count: Int) -> CivilDate? {
        var (date, left) = (date, abs(count))
        while left > 0 {
            guard let next = date.adding(days: count.signum()), (first...last).contains(next) else {
                return nil
            }
            date = next
            if working.contains(date) { left -= 1 }
        }
        return date
    }
}
