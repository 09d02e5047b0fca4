// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// Each guard of the module at its edge and one beside it.
@Suite struct EdgeTests {
    private static func time(_ text: String) -> TimeOfDay { TimeOfDay(text)! }

    private static let provider = OfficeClockTests.provider

    private static let calendar = Result {
        try Books.century.compile(week: "five", asKnownOn: date("2026-01-01"))
    }

    private static func clock() throws -> OfficeClock {
        OfficeClock(calendar: try calendar.get(), hours: provider)
    }

    /// The year that an error says is not published; nil without one.
    private func year<T>(_ question: () throws -> T) -> Int? {
        do { _ = try question() } catch CalendarError.yearNotPublished(let year, _, _) {
            return year
        } catch { return 0 }
        return nil
    }

    // MARK: Opening hours: 09:00–13:00 and 14:30–18:30

    @Test(arguments: [
        ("09:00", "09:00", nil as Int32?), ("09:00", "09:00:01", 1), ("09:00:01", "09:00", nil),
        ("09:00", "18:30", 34_200),
    ])
    func anIntervalHasSomeLength(start: String, end: String, seconds: Int32?) {
        let interval = DayInterval(start: Self.time(start), end: Self.time(end))
        #expect(interval?.seconds == seconds)
    }

    @Test(arguments: [("12:59:59", false), ("13:00", false), ("13:00:01", true)])
    func intervalsHaveAGapBetweenThem(second: String, areHours: Bool) {
        let hours = OpeningHours([
            DayInterval(start: Self.time("09:00"), end: Self.time("13:00"))!,
            DayInterval(start: Self.time(second), end: Self.time("18:00"))!,
        ])
        #expect((hours != nil) == areHours)
    }

    @Test(arguments: [
        ("00:00", 0), ("08:59:59", 0), ("09:00", 0), ("09:00:01", 1), ("12:59:59", 14_399),
        ("13:00", 14_400), ("13:00:01", 14_400), ("14:30", 14_400), ("14:30:01", 14_401),
        ("18:29:59", 28_799), ("18:30", 28_800), ("23:59:59", 28_800),
    ])
    func secondsOfWorkBeforeATime(time: String, seconds: Int64) {
        #expect(Self.provider.seconds(before: Self.time(time)) == seconds)
    }

    @Test(arguments: [
        ("08:59:59", false), ("09:00", true), ("12:59:59", true), ("13:00", false),
        ("14:29:59", false), ("14:30", true), ("18:29:59", true), ("18:30", false),
    ])
    func anOfficeIsOpenFromTheFirstSecondUpToTheLast(time: String, isOpen: Bool) throws {
        #expect(Self.provider.contains(Self.time(time)) == isOpen)
        // Thursday 19 March 2026 works, Saturday 21 does not.
        let clock = try Self.clock()
        #expect(try clock.isOpen(at: moment("2026-03-19T\(time)")) == isOpen)
        #expect(try !clock.isOpen(at: moment("2026-03-21T\(time)")))
    }

    // MARK: Working time

    @Test(arguments: [
        // Seconds from 09:00 on, and where they end: at closing rather than at opening.
        (1, "2026-03-19T09:00:01"), (14_399, "2026-03-19T12:59:59"),
        (14_400, "2026-03-19T13:00"), (14_401, "2026-03-19T14:30:01"),
        (28_799, "2026-03-19T18:29:59"), (28_800, "2026-03-19T18:30"),
        (28_801, "2026-03-20T09:00:01"), (57_600, "2026-03-20T18:30"),
        (57_601, "2026-03-26T09:00:01"), (0, "2026-03-19T09:00"),
    ])
    func secondsForwardEndAtClosing(seconds: Int64, end: String) throws {
        let clock = try Self.clock()
        #expect(try clock.shift(moment("2026-03-19T09:00"), bySeconds: seconds) == moment(end))
    }

    @Test(arguments: [
        // Seconds back from 18:30, and the latest moment that leaves so many.
        (1, "2026-03-19T18:29:59"), (14_399, "2026-03-19T14:30:01"),
        (14_400, "2026-03-19T14:30"), (14_401, "2026-03-19T12:59:59"),
        (28_799, "2026-03-19T09:00:01"), (28_800, "2026-03-19T09:00"),
        (28_801, "2026-03-18T18:29:59"), (0, "2026-03-19T18:30"),
    ])
    func secondsBackEndAtOpening(seconds: Int64, start: String) throws {
        let clock = try Self.clock()
        #expect(try clock.shift(moment("2026-03-19T18:30"), bySeconds: -seconds) == moment(start))
    }

    @Test(arguments: [
        // The book ends on Thursday 31 December 2099, a holiday, and begins with Monday 3 January
        // 2000, the substitute of a Saturday: Wednesday 5 January is its first working day.
        ("2099-12-30T18:29:59", 1, nil as Int?), ("2099-12-30T18:29:59", 2, 2100),
        ("2099-12-30T18:30", 1, 2100), ("2000-01-05T09:00:01", -1, nil),
        ("2000-01-05T09:00:01", -2, 1999), ("2000-01-05T09:00", -1, 1999),
        ("2000-01-01T00:00", 1, nil), ("2099-12-31T23:59:59", -1, nil),
        ("2100-01-01T00:00", -1, 2100), ("1999-12-31T23:59:59", 1, 1999),
    ])
    func workingTimeEndsWithTheBook(start: String, seconds: Int64, year: Int?) throws {
        let clock = try Self.clock()
        #expect(self.year { try clock.shift(moment(start), bySeconds: seconds) } == year)
    }

    @Test(arguments: [
        ("2026-03-19T08:59:59", "2026-03-19T09:00", "2026-03-19T13:00"),
        ("2026-03-19T09:00", "2026-03-19T14:30", "2026-03-19T13:00"),
        ("2026-03-19T12:59:59", "2026-03-19T14:30", "2026-03-19T13:00"),
        ("2026-03-19T13:00", "2026-03-19T14:30", "2026-03-19T18:30"),
        ("2026-03-19T14:30", "2026-03-20T09:00", "2026-03-19T18:30"),
        ("2026-03-19T18:29:59", "2026-03-20T09:00", "2026-03-19T18:30"),
        ("2026-03-19T18:30", "2026-03-20T09:00", "2026-03-20T13:00"),
    ])
    func theNextOpeningAndClosingAreLater(at: String, opening: String, closing: String) throws {
        let clock = try Self.clock()
        #expect(try clock.nextOpening(after: moment(at)) == moment(opening))
        #expect(try clock.nextClosing(after: moment(at)) == moment(closing))
    }

    @Test(arguments: [
        ("2026-03-19T08:59:59", "2026-03-18T18:29:59"), ("2026-03-19T09:00", "2026-03-19T09:00"),
        ("2026-03-19T12:59:59", "2026-03-19T12:59:59"), ("2026-03-19T13:00", "2026-03-19T12:59:59"),
        ("2026-03-19T14:29:59", "2026-03-19T12:59:59"), ("2026-03-19T14:30", "2026-03-19T14:30"),
        ("2026-03-19T18:30", "2026-03-19T18:29:59"), ("2026-03-21T10:00", "2026-03-20T18:29:59"),
    ])
    func theLastOpenSecondIsNotLater(at: String, last: String) throws {
        #expect(try Self.clock().lastOpenSecond(atOrBefore: moment(at)) == moment(last))
    }

    // MARK: The seven verbs at the ends of the book

    @Test(arguments: [
        ("1999-12-31", 1999), ("2000-01-01", nil as Int?), ("2099-12-31", nil),
        ("2100-01-01", 2100),
    ])
    func daysAreKnownFromTheFirstToTheLast(day: String, year: Int?) throws {
        let calendar = try Self.calendar.get()
        #expect(self.year { try calendar.isWorkingDay(date(day)) } == year)
        #expect(self.year { try calendar.status(of: date(day)) } == year)
        #expect(self.year { try calendar.shift(date(day), by: 0) } == year)
        #expect(self.year { try calendar.statuses(of: date(day)...date(day)) } == year)
        #expect(self.year { try calendar.hoursWeekday(of: date(day)) } == year)
    }

    @Test(arguments: [
        ("1999-12-31", 1999), ("2000-01-01", nil as Int?), ("2100-01-01", nil),
        ("2100-01-02", 2100),
    ])
    func aCountMayEndTheDayAfterTheLast(day: String, year: Int?) throws {
        let calendar = try Self.calendar.get()
        #expect(self.year { try calendar.count(from: date("2050-06-15"), to: date(day)) } == year)
    }

    @Test(arguments: [
        ("2099-12-29", 1, nil as Int?), ("2099-12-29", 2, 2100), ("2099-12-30", 1, 2100),
        ("2000-01-06", -1, nil), ("2000-01-06", -2, 1999), ("2000-01-05", -1, 1999),
        ("2099-12-29", Int.max, 2100), ("2000-01-06", Int.min, 1999),
    ])
    func workingDaysEndWithTheBook(day: String, count: Int, year: Int?) throws {
        let calendar = try Self.calendar.get()
        #expect(self.year { try calendar.shift(date(day), by: count) } == year)
    }

    @Test(arguments: [(0, 0), (1, 1), (9_999, 9_999), (10_000, 10_000), (1999, 1999), (2100, 2100)])
    func theBalanceOfAnUnknownYearNamesIt(asked: Int, named: Int) throws {
        let calendar = try Self.calendar.get()
        #expect(self.year { try calendar.balance(year: asked) } == named)
        #expect(try calendar.balance(year: 2099).count == 12)
        #expect(try calendar.balance(year: 2000).count == 12)
    }

    // MARK: Days that are not as the week has them

    /// March 2020 has the substitutes of a Saturday and a Sunday, May a substitute that was moved.
    @Test func onlyExceptionalDaysAreListed() throws {
        let days = try Self.calendar.get().exceptionalDays
        func listed(_ from: String, _ to: String) -> [String] {
            days.filter { date(from) <= $0.date && $0.date <= date(to) }
                .map { "\($0.date) \($0.status.kind)" }
        }
        #expect(
            listed("2020-03-16", "2020-04-30") == [
                "2020-03-21 holiday", "2020-03-22 holiday", "2020-03-23 holiday",
                "2020-03-24 substitute", "2020-03-25 substitute",
            ])
        #expect(
            listed("2020-05-02", "2020-05-31") == [
                "2020-05-07 holiday", "2020-05-08 movedRest", "2020-05-09 holiday",
                "2020-05-11 movedWorking",
            ])
    }

    @Test(arguments: [
        // Saturday 5 March 2016 is worked for Monday 7 March; any other day has its own hours.
        ("2016-03-04", Weekday.friday), ("2016-03-05", .monday), ("2016-03-06", .sunday),
        ("2016-03-07", .monday), ("2016-03-08", .tuesday), ("2020-01-05", .friday),
        ("2020-03-24", .tuesday), ("2020-05-11", .friday), ("2020-05-08", .friday),
    ])
    func onlyAMovedWorkingDayHasTheHoursOfAnother(day: String, weekday: Weekday) throws {
        #expect(try Self.calendar.get().hoursWeekday(of: date(day)) == weekday)
    }

    // MARK: What is known, and for how long

    @Test(arguments: [
        ("2026-06-10", 2025, true), ("2026-06-10", 2026, true), ("2026-06-11", 2024, true),
        ("2026-06-11", 2025, true), ("2026-06-11", 2026, false), ("2009-12-31", 2020, false),
        ("2010-01-01", 2019, false), ("2010-01-01", 2020, true),
    ])
    func aVersionHoldsFromItsFirstYearToItsLast(known: String, year: Int, rests: Bool) throws {
        let holiday = FixedHoliday(
            id: "h", name: Books.text("h"), month: 8, day: 30, substituted: false,
            versions: [
                .init(known: date("2010-01-01"), firstYear: 2020, lastYear: nil, act: Books.act),
                .init(known: date("2026-06-11"), firstYear: 2020, lastYear: 2025, act: Books.act),
            ])
        let book = Books.book(years: 2019...2027, holidays: [holiday])
        let calendar = try book.compile(week: "six", asKnownOn: date(known))
        let day = CivilDate(year: year, month: 8, day: 30)!
        #expect((try calendar.status(of: day).kind == .holiday) == rests)
    }

    @Test(arguments: [(2000...2149, 2149), (2000...2150, 2149), (2000...2148, 2148)])
    func aBookAnswersForAHundredAndFiftyYears(years: ClosedRange<Int>, last: Int) throws {
        let book = Books.book(years: years, holidays: [Books.fixed(1, 1)])
        let calendar = try book.compile(week: "five", asKnownOn: date("2026-01-01"))
        #expect(calendar.covered.upperBound.year == last)
        let count = try calendar.count(
            from: calendar.covered.lowerBound, to: calendar.covered.upperBound)
        #expect(count == calendar.covered.dropLast().filter { isWeekday($0) }.count)
    }

    private func isWeekday(_ day: CivilDate) -> Bool {
        day.weekday != .saturday && day.weekday != .sunday && (day.month, day.day) != (1, 1)
            && !((day.month, day.day) == (1, 3) && day.weekday == .monday)
            && !((day.month, day.day) == (1, 2) && day.weekday == .monday)
    }

    @Test(arguments: [
        ("2026-06-10", "2026-06-11", true), ("2026-06-11", "2026-06-12", false),
        ("2026-06-09", "2026-06-10", false), ("2026-06-11", "2026-06-10", true),
        ("2020-01-01", "2030-01-01", true),
    ])
    func anActChangesADayBetweenItsEveAndItself(from: String, to: String, changes: Bool) {
        let book = Books.book(
            years: 2020...2030, holidays: [Books.fixed(8, 30, known: "2026-06-11")])
        let act = book.act(changing: [date("2027-08-30")], between: date(from), and: date(to))
        #expect((act != nil) == changes)
        #expect(
            book.act(changing: [date("2027-08-31")], between: date(from), and: date(to)) == nil)
    }

    @Test(arguments: [(2026, 1, 1, true), (2026, 2, 1, false)])
    func anEstimateThatReachesIntoTheBookCounts(
        year: Int, month: Int, day: Int, reaches: Bool
    ) throws {
        // The day itself lies in the year after the book.
        let estimate = MovableHoliday(
            id: "m", name: Books.text("m"), substituted: false,
            dates: [
                .init(
                    date: date("2025-06-01"), known: date("2020-01-01"), certainty: .announced,
                    act: Books.act),
                .init(
                    date: CivilDate(year: year, month: month, day: day)!,
                    known: date("2020-01-01"), certainty: .estimated(withinDays: 1),
                    act: Books.act),
            ])
        let book = Books.book(years: 2025...2025, holidays: [], movable: [estimate])
        let calendar = try book.compile(week: "five", asKnownOn: date("2025-01-01"))
        #expect(calendar.estimates.isEmpty == !reaches)
    }
}
