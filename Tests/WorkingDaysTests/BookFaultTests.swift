// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// Entries that contradict one another or say nothing, each with its neighbour that does not.
@Suite struct BookFaultTests {
    private static func faults(
        _ transfers: [Transfer], holidays: [FixedHoliday] = [Books.fixed(5, 9)]
    ) -> [BookFault] {
        Books.book(years: 2026...2027, holidays: holidays, transfers: transfers).faults()
    }

    private static func row(
        _ working: String, _ rest: String, _ known: String = "2026-01-10", takesBack: Bool = false
    ) -> Transfer {
        TransferTests.row(working, rest, known, takesBack: takesBack)
    }

    @Test(
        arguments: [
            // working, rest, known, and what stands in the way in the weeks five, six, and Thursday and
            // Friday; nil where the transfer acts in some week
            ("2026-03-28", "2026-03-19", "2026-01-10", nil),
            ("2026-03-29", "2026-03-28", "2026-01-10", nil),
            ("2026-03-18", "2026-03-17", "2026-01-10", [.works, .works, .works]),
            ("2026-03-18", "2026-03-29", "2026-01-10", [.works, .works, .works]),
            ("2026-03-28", "2026-03-29", "2026-01-10", [.rests, .works, .works]),
            ("2026-03-29", "2026-05-09", "2026-01-10", [.rests, .rests, .works]),
            // Saturday 9 May is a holiday, so Monday 11 May is the five-day week's substitute.
            ("2026-05-11", "2026-05-08", "2026-01-10", nil),
            ("2026-05-12", "2026-05-08", "2026-01-10", [.works, .works, .works]),
            // The holiday is not known before 1990.
            ("2026-05-11", "2026-05-06", "1989-12-31", [.works, .works, .works]),
            ("2026-05-11", "2026-05-06", "1990-01-01", nil),
        ] as [(String, String, String, [Transfer.Obstacle]?)])
    func aTransferMustActInSomeWeek(
        working: String, rest: String, known: String, obstacles: [Transfer.Obstacle]?
    ) {
        let found = Self.faults([
            Self.row("2026-04-04", "2026-04-06"), Self.row(working, rest, known),
        ])
        guard let obstacles else { return #expect(found == []) }
        #expect(found.count == 1)
        guard case .idleTransfer(1, let weeks) = found.first else {
            Issue.record("\(found)")
            return
        }
        #expect(weeks.map(\.week) == ["five", "six", "thursday-friday"])
        #expect(weeks.map(\.obstacle) == obstacles)
    }

    @Test(arguments: [
        ("2026-03-28", "2026-03-20", "2026-03-28"), ("2026-04-04", "2026-03-19", "2026-03-19"),
        // In the other part: the day that was made working is made a rest day again.
        ("2026-04-04", "2026-03-28", "2026-03-28"), ("2026-03-19", "2026-04-07", "2026-03-19"),
    ])
    func aDayIsMovedOnlyOnceAtATime(working: String, rest: String, day: String) {
        let first = Self.row("2026-03-28", "2026-03-19", "2026-01-10")
        let back = Self.row("2026-03-28", "2026-03-19", "2026-02-10", takesBack: true)
        func twice(_ known: String, _ more: [Transfer] = []) -> [BookFault] {
            Self.faults([first, Self.row(working, rest, known)] + more).filter {
                if case .idleTransfer = $0 { false } else { true }
            }
        }
        let later = [BookFault.dayMovedTwice(1, date(day), other: 0)]
        let earlier = [BookFault.dayMovedTwice(0, date(day), other: 1)]
        #expect(twice("2026-01-10") == later)
        #expect(twice("2026-01-11") == later)
        #expect(twice("2026-01-09") == earlier)
        // Once the first is taken back its days are free, from that very day on.
        #expect(twice("2026-02-09", [back]) == later)
        #expect(twice("2026-02-10", [back]) == [])
        #expect(twice("2026-02-11", [back]) == [])
    }

    @Test func theReverseOfATransferIsNoWayToTakeItBack() {
        let found = Self.faults([
            Self.row("2026-03-28", "2026-03-19"),
            Self.row("2026-03-19", "2026-03-28", "2026-02-10"),
        ])
        #expect(found.contains(.dayMovedTwice(1, date("2026-03-28"), other: 0)))
    }

    @Test func theSameTransferAgainIsOneTooMany() {
        let row = ("2026-03-28", "2026-03-19")
        let again = Self.faults([Self.row(row.0, row.1), Self.row(row.0, row.1, "2026-02-01")])
        #expect(
            again == [
                .dayMovedTwice(1, date("2026-03-19"), other: 0),
                .dayMovedTwice(1, date("2026-03-28"), other: 0),
            ])
        let afterwards = Self.faults([
            Self.row(row.0, row.1), Self.row(row.0, row.1, "2026-02-01", takesBack: true),
            Self.row(row.0, row.1, "2026-02-02"),
        ])
        #expect(afterwards == [])
    }

    @Test(arguments: [
        ("2026-01-09", [BookFault.nothingToTakeBack(1)]),
        ("2026-01-10", [.contradictingTransfers(1, other: 0)]), ("2026-01-11", []),
    ])
    func onlyWhatWasKnownBeforeIsTakenBack(known: String, faults: [BookFault]) {
        let rows = [
            Self.row("2026-03-28", "2026-03-19"),
            Self.row("2026-03-28", "2026-03-19", known, takesBack: true),
        ]
        #expect(Self.faults(rows) == faults)
    }

    @Test func nothingIsTakenBackTwiceOrOfOtherDays() {
        let first = Self.row("2026-03-28", "2026-03-19")
        func back(_ known: String, rest: String = "2026-03-19") -> Transfer {
            Self.row("2026-03-28", rest, known, takesBack: true)
        }
        #expect(
            Self.faults([first, back("2026-02-01"), back("2026-03-01")]) == [.nothingToTakeBack(2)])
        #expect(
            Self.faults([first, back("2026-02-01", rest: "2026-03-20")]) == [.nothingToTakeBack(1)])
    }

    private static func holiday(_ versions: [(String, Int, Int?)], day: Int = 7) -> FixedHoliday {
        FixedHoliday(
            id: "h", name: Books.text("h"), month: 7, day: day, substituted: true,
            versions: versions.map {
                .init(known: date($0.0), firstYear: $0.1, lastYear: $0.2, act: Books.act)
            })
    }

    @Test(arguments: [
        // The second holiday's years, and the year that it shares with 2020–2026.
        (2027, nil as Int?, nil as Int?), (2026, nil, 2026), (2000, 2025, nil), (2000, 2026, 2026),
        (2026, 2026, 2026),
    ])
    func twoHolidaysNeverShareADay(first: Int, last: Int?, year: Int?) {
        let one = Self.holiday([("2020-01-01", 2020, 2026)])
        let other = Self.holiday([("2021-01-01", first, last)])
        let expected = year.map {
            [BookFault.holidaysOnOneDay(1, other: 0, year: $0, known: date("2021-01-01"))]
        }
        #expect(Self.faults([], holidays: [one, other]) == expected ?? [])
        let beside = Self.holiday([("2021-01-01", first, last)], day: 8)
        #expect(Self.faults([], holidays: [one, beside]) == [])
    }

    /// An act that gives a day another name ends one holiday and begins another.
    @Test(arguments: [
        ("2026-01-31", ["2026-01-31"]), ("2026-02-01", []), ("2026-02-02", []),
    ])
    func oneHolidayFollowsAnotherFromTheDayOfTheAct(known: String, faulty: [String]) {
        let one = Self.holiday([("2020-01-01", 2020, nil), ("2026-02-01", 2020, 2026)])
        let other = Self.holiday([(known, 2027, nil)])
        let expected = faulty.map {
            BookFault.holidaysOnOneDay(1, other: 0, year: 2027, known: date($0))
        }
        #expect(Self.faults([], holidays: [one, other]) == expected)
    }

    @Test func aLeapDayIsSharedInLeapYearsAlone() {
        func leap(_ first: Int, _ last: Int?) -> FixedHoliday {
            FixedHoliday(
                id: "l", name: Books.text("l"), month: 2, day: 29, substituted: false,
                versions: [
                    .init(
                        known: date("2020-01-01"), firstYear: first, lastYear: last, act: Books.act)
                ])
        }
        func faults(_ years: ClosedRange<Int>) -> [BookFault] {
            Books.book(years: years, holidays: [leap(2020, nil), leap(2020, nil)]).faults()
        }
        #expect(faults(2025...2027) == [])
        #expect(
            faults(2025...2028) == [
                .holidaysOnOneDay(1, other: 0, year: 2028, known: date("2020-01-01"))
            ])
    }

    @Test func faultsAreToldInTheOrderOfTheBook() {
        let rows = [
            Self.row("2026-03-18", "2026-03-17"), Self.row("2026-03-28", "2026-03-19"),
            Self.row("2026-03-28", "2026-03-26"),
            Self.row("2026-06-13", "2026-06-12", takesBack: true),
        ]
        let twin = Self.holiday([("2020-01-01", 2020, nil)])
        let places = Self.faults(rows, holidays: [twin, twin]).map { fault -> String in
            switch fault {
            case .holidaysOnOneDay(let index, _, _, _): "holiday \(index)"
            case .idleTransfer(let index, _), .dayMovedTwice(let index, _, _),
                .contradictingTransfers(let index, _), .nothingToTakeBack(let index):
                "transfer \(index)"
            case .idleWeekChange(_, let index), .contradictingWeekChanges(_, let index, _),
                .noWeekChangeToTakeBack(_, let index):
                "week \(index)"
            }
        }
        #expect(places == ["holiday 1", "transfer 0", "transfer 2", "transfer 3"])
    }
}
