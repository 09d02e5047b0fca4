// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// Weeks whose rest days change from a date on.
@Suite struct WeekChangeTests {
    private static func act(_ title: String) -> Act { Act(title: Books.text(title), date: nil) }

    private static func change(
        _ from: String, _ known: String, rest: Set<Weekday>?, hours: [Weekday: Int] = [:],
        _ title: String
    ) -> WeekPattern.Change {
        WeekPattern.Change(
            from: date(from), known: date(known),
            rule: rest.map {
                WeekRule(restDays: $0, act: act(title), balanceMinutes: hours)
            }, act: act(title))
    }

    /// The Saturday of the six-day week became a rest day in 2020, as was known since June 2019.
    private static func book(
        _ changes: [WeekPattern.Change], transfers: [Transfer] = []
    ) -> CalendarBook {
        CalendarBook(
            id: "test", title: Books.text("test"), zone: "UTC", years: 2018...2022,
            weeks: [
                WeekPattern(
                    id: "office", title: Books.text("office"), restDays: [.sunday],
                    act: act("old code"),
                    balanceMinutes: [
                        .monday: 420, .tuesday: 420, .wednesday: 420, .thursday: 420, .friday: 420,
                        .saturday: 300,
                    ], changes: changes)
            ], substitution: Books.act, holidays: [Books.fixed(1, 1), Books.fixed(5, 9)],
            movable: [], transfers: transfers)
    }

    private static let fiveDays: [Weekday: Int] = [
        .monday: 480, .tuesday: 480, .wednesday: 480, .thursday: 480, .friday: 480,
    ]
    private static let since2020 = [
        change("2020-01-01", "2019-06-01", rest: [.saturday, .sunday], hours: fiveDays, "new code")
    ]

    @Test func aDayRestsByTheRuleThatHeldOnIt() throws {
        let calendar = try Self.book(Self.since2020).compile(
            week: "office", asKnownOn: date("2021-01-01"))
        // Saturdays beside the change.
        let before = try calendar.status(of: date("2019-12-28"))
        #expect(before.kind == .working)
        #expect(before.act == Self.act("old code"))
        let after = try calendar.status(of: date("2020-01-04"))
        #expect(after.kind == .weeklyRest)
        #expect(after.act == Self.act("new code"))
        #expect(try calendar.status(of: date("2020-01-06")).act == Self.act("new code"))
        #expect(calendar.weekRule(on: date("2019-12-31")).restDays == [.sunday])
        #expect(calendar.weekRule(on: date("2020-01-01")).restDays == [.saturday, .sunday])
        // Neither the week before nor the one after the change is an exception of the week.
        #expect(!calendar.exceptionalDays.contains { $0.date == date("2020-01-04") })
        // From Friday 27 December: 28, 30, 31 December and 2 January.
        #expect(try calendar.shift(date("2019-12-27"), by: 4) == date("2020-01-02"))
        #expect(try calendar.count(from: date("2020-01-01"), to: date("2020-02-01")) == 22)
        // Saturday 9 May 2020 collides only since Saturday rests; in 2015's week it would not.
        #expect(try calendar.status(of: date("2020-05-11")).kind == .substitute)
    }

    @Test func beforeItWasKnownNothingHadChanged() throws {
        let book = Self.book(Self.since2020)
        let calendar = try book.compile(week: "office", asKnownOn: date("2019-05-31"))
        #expect(try calendar.isWorkingDay(date("2020-01-04")))
        #expect(try !calendar.status(of: date("2020-05-11")).kind.isWorking == false)
        #expect(book.knownDates.contains(date("2019-06-01")))
        let act = book.act(
            changing: [date("2020-01-04")], between: date("2019-05-31"), and: date("2019-06-01"))
        #expect(act == Self.act("new code"))
        let untouched = book.act(
            changing: [date("2019-12-28")], between: date("2019-05-31"), and: date("2019-06-01"))
        #expect(untouched == nil)
    }

    @Test func whatIsTakenBackNeverHeld() throws {
        let book = Self.book(
            Self.since2020 + [Self.change("2020-01-01", "2019-12-01", rest: nil, "repeal")])
        #expect(book.faults() == [])
        for (known, works) in [
            ("2019-05-31", true), ("2019-06-01", false), ("2019-11-30", false),
            ("2019-12-01", true),
        ] {
            let calendar = try book.compile(week: "office", asKnownOn: date(known))
            #expect(try calendar.isWorkingDay(date("2020-01-04")) == works, "\(known)")
        }
    }

    @Test func theBalanceHasTheHoursOfTheRuleThatHeld() throws {
        let book = Self.book(
            Self.since2020, transfers: [Books.transfer("2020-01-04", "2019-12-30")])
        let calendar = try book.compile(week: "office", asKnownOn: date("2021-01-01"))
        let december = try calendar.balance(year: 2019)[11]
        // December 2019 has four Saturdays and 22 other working days, of which Monday the 30th is moved.
        #expect(december.workingDays == 25)
        #expect(december.workingMinutes == 21 * 420 + 4 * 300)
        let january = try calendar.balance(year: 2020)[0]
        // 22 weekdays of 8 hours, and the Saturday worked for a Monday of 7 hours.
        #expect(january.workingDays == 23)
        #expect(january.workingMinutes == 22 * 480 + 420)
    }

    @Test func whatContradictsOrSaysNothingIsAFault() {
        let same = Self.change(
            "2021-01-01", "2020-06-01", rest: [.saturday, .sunday], hours: Self.fiveDays, "again")
        #expect(
            Self.book(Self.since2020 + [same]).faults() == [.idleWeekChange(week: 0, 1)])
        let other = Self.change("2020-01-01", "2019-06-01", rest: [.friday], "other")
        #expect(
            Self.book(Self.since2020 + [other]).faults()
                == [.contradictingWeekChanges(week: 0, 1, other: 0)])
        let early = Self.change("2020-01-01", "2019-05-01", rest: nil, "repeal")
        #expect(
            Self.book(Self.since2020 + [early]).faults()
                == [.noWeekChangeToTakeBack(week: 0, 1)])
    }
}
