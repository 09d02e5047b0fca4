// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import Texts
import WorkingDays

/// Transfers that are decided, taken back and decided again, and those that reach into a year that
/// is not known yet.
@Suite struct TransferTests {
    static func row(
        _ working: String, _ rest: String, _ known: String, takesBack: Bool = false
    ) -> Transfer {
        Transfer(
            becomesWorking: date(working), becomesRest: date(rest), known: date(known),
            act: Act(title: Books.text("act of \(known)"), date: nil), takesBack: takesBack)
    }

    /// Saturday 31 October for Monday 2 November 2026, taken back and decided anew.
    private static let history = Books.book(
        years: 2026...2026, holidays: [],
        transfers: [
            row("2026-10-31", "2026-11-02", "2026-09-10", takesBack: true),
            row("2026-10-31", "2026-11-02", "2026-08-05"),
            row("2026-10-31", "2026-11-02", "2026-10-01"),
        ])

    @Test(arguments: [
        ("2026-08-04", false), ("2026-08-05", true), ("2026-09-09", true), ("2026-09-10", false),
        ("2026-09-30", false), ("2026-10-01", true),
    ])
    func aTransferHoldsUntilTheDayOnWhichItIsTakenBack(known: String, isMoved: Bool) throws {
        let five = try Self.history.compile(week: "five", asKnownOn: date(known))
        #expect(try five.isWorkingDay(date("2026-10-31")) == isMoved)
        #expect(try five.isWorkingDay(date("2026-11-02")) == !isMoved)
        let six = try Self.history.compile(week: "six", asKnownOn: date(known))
        #expect(try six.isWorkingDay(date("2026-10-31")))
        #expect(try six.isWorkingDay(date("2026-11-02")))
        // Nothing of it is left in the statuses either.
        let kinds = try ["2026-10-31", "2026-11-02"].map { try five.status(of: date($0)).kind }
        #expect(kinds == (isMoved ? [.movedWorking, .movedRest] : [.weeklyRest, .working]))
    }

    /// A file with such rows is refused; a book that has them all the same follows its order.
    @Test(arguments: [(false, false), (true, true)])
    func ofTwoRowsOfOneDayTheLaterInTheBookHolds(firstTakesBack: Bool, isMoved: Bool) throws {
        let rows = [firstTakesBack, !firstTakesBack].map {
            Self.row("2026-10-31", "2026-11-02", "2026-08-05", takesBack: $0)
        }
        let book = Books.book(years: 2026...2026, holidays: [], transfers: rows)
        let calendar = try book.compile(week: "five", asKnownOn: date("2026-08-05"))
        #expect(try calendar.isWorkingDay(date("2026-10-31")) == isMoved)
    }

    @Test func theDaysOnWhichATransferIsTakenBackAreDaysOfNewKnowledge() {
        #expect(
            Self.history.knownDates == ["2026-08-05", "2026-09-10", "2026-10-01"].map { date($0) })
    }

    @Test(arguments: [
        // from, to, the act that moved or put back the days between them
        ("2026-08-04", "2026-08-05", "2026-08-05"), ("2026-08-05", "2026-09-10", "2026-09-10"),
        ("2026-09-10", "2026-08-05", "2026-09-10"), ("2026-09-10", "2026-10-01", "2026-10-01"),
        ("2026-08-04", "2026-12-31", "2026-10-01"), ("2026-08-05", "2026-09-09", nil),
        ("2026-10-01", "2026-12-31", nil),
    ])
    func theActThatTookADayBackIsItsCause(from: String, to: String, act: String?) {
        func cause(_ days: String...) -> Act? {
            Self.history.act(
                changing: days.map { date($0) }, between: date(from), and: date(to))
        }
        for day in ["2026-11-02", "2026-10-31"] {
            #expect(cause(day)?.title.en == act.map { "act of \($0)" })
        }
        #expect(cause("2026-11-03") == nil)
        #expect(cause("2026-11-03", "2026-10-31") == cause("2026-11-02"))
    }

    /// The next year has a movable holiday that becomes known in December.
    private static func turn(_ transfers: [Transfer]) -> CalendarBook {
        func dated(_ day: String, _ known: String) -> MovableHoliday.Dated {
            .init(date: date(day), known: date(known), certainty: .announced, act: Books.act)
        }
        return Books.book(
            years: 2026...2027, holidays: [Books.fixed(1, 1), Books.fixed(1, 4)],
            movable: [
                MovableHoliday(
                    id: "m", name: Books.text("m"), substituted: true,
                    dates: [dated("2026-05-27", "2025-11-06"), dated("2027-05-16", "2026-12-20")])
            ], transfers: transfers)
    }

    @Test(arguments: [
        // working, rest, and whether it acts in the five-day and the six-day week
        ("2026-12-26", "2027-01-05", true, false), ("2027-01-09", "2026-12-31", true, false),
        ("2027-01-10", "2026-12-31", true, true),
        // 4 January 2027 is a Monday and a holiday, so the other day stays as it is.
        ("2026-12-26", "2027-01-04", false, false), ("2027-01-04", "2026-12-31", true, true),
        // A Wednesday works already.
        ("2027-01-06", "2026-12-31", false, false),
    ])
    func theHalfInAKnownYearCounts(
        working: String, rest: String, five: Bool, six: Bool
    ) throws {
        let book = Self.turn([Self.row(working, rest, "2026-10-15")])
        let known = [working, rest].first { $0.hasPrefix("2026") }!
        for (week, acts) in [("five", five), ("six", six)] {
            let before = try book.compile(week: week, asKnownOn: date("2026-10-14"))
            let between = try book.compile(week: week, asKnownOn: date("2026-10-15"))
            #expect(between.covered.upperBound == date("2026-12-31"))
            let after = try book.compile(week: week, asKnownOn: date("2026-12-20"))
            #expect(after.covered.upperBound == date("2027-12-31"))
            let was = try before.isWorkingDay(date(known))
            #expect(try between.isWorkingDay(date(known)) == (acts ? !was : was), "\(week)")
            #expect(try after.status(of: date(known)) == between.status(of: date(known)))
        }
    }

    @Test func aTransferToADayOutsideTheBookMovesNothing() throws {
        for (working, rest) in [("2026-12-26", "2028-01-03"), ("2028-01-01", "2026-12-30")] {
            let book = Self.turn([Self.row(working, rest, "2026-10-15")])
            let five = try book.compile(week: "five", asKnownOn: date("2026-12-20"))
            #expect(try five.status(of: date("2026-12-26")).kind == .weeklyRest)
            #expect(try five.status(of: date("2026-12-30")).kind == .working)
        }
    }
}
