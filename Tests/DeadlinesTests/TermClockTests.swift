// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import TestKit
import Testing
import Texts
import WorkingDays

/// The working days of early 2026 in Kazakhstan, as far as these tests need them.
enum Fixture {
    static let act = Act(title: LocalizedText(kk: "a", ru: "a", en: "a"), date: nil)

    static let book: CalendarBook = {
        func text(_ text: String) -> LocalizedText { LocalizedText(kk: text, ru: text, en: text) }
        func holiday(_ month: Int, _ day: Int, substituted: Bool = true) -> FixedHoliday {
            FixedHoliday(
                id: "h-\(month)-\(day)", name: text("\(month)-\(day)"), month: month, day: day,
                substituted: substituted,
                versions: [
                    .init(known: date("2000-01-01"), firstYear: 1, lastYear: nil, act: act)
                ])
        }
        return CalendarBook(
            id: "test", title: text("test"), zone: "UTC", years: 2025...2027,
            weeks: [
                WeekPattern(
                    id: "five", title: text("five"), restDays: [.saturday, .sunday], act: act,
                    balanceMinutes: [:]),
                WeekPattern(
                    id: "six", title: text("six"), restDays: [.sunday], act: act,
                    balanceMinutes: [:]),
            ], substitution: act,
            holidays: [
                holiday(1, 1), holiday(1, 2), holiday(1, 7, substituted: false), holiday(3, 8),
                holiday(3, 21), holiday(3, 22), holiday(3, 23), holiday(5, 1), holiday(5, 7),
                holiday(5, 9), holiday(7, 6), holiday(10, 25), holiday(12, 16),
            ], movable: [], transfers: [])
    }()

    static let five = try! book.compile(week: "five", asKnownOn: date("2026-01-01"))
    static let six = try! book.compile(week: "six", asKnownOn: date("2026-01-01"))

    static func hours(_ intervals: (String, String)...) -> OpeningHours {
        OpeningHours(
            intervals.map { DayInterval(start: TimeOfDay($0.0)!, end: TimeOfDay($0.1)!)! })!
    }

    static let provider = TermClock(
        term: Term(length: 20, unit: .workingMinutes)!, days: five,
        office: OfficeClock(
            calendar: five, hours: hours(("09:00", "13:00"), ("14:30", "18:30"))),
        reception: OfficeClock(
            calendar: five, hours: hours(("09:00", "13:00"), ("14:30", "17:30"))))

    static func corporation(_ term: Term, days: WorkingCalendar = five) -> TermClock {
        let office = OfficeClock(calendar: six, hours: hours(("09:00", "20:00")))
        return TermClock(term: term, days: days, office: office, reception: office)
    }

    static func days(_ count: Int, _ firstDay: Term.FirstDay = .notCounted) -> TermClock {
        corporation(Term(length: count, unit: .workingDays, firstDay: firstDay)!)
    }

    static func months(
        _ count: Int, roll: Term.Roll, _ firstDay: Term.FirstDay = .notCounted
    ) -> TermClock {
        let office = OfficeClock(calendar: six, hours: hours(("09:00", "20:00")))
        return TermClock(
            term: Term(length: count, unit: .calendarMonths, firstDay: firstDay, roll: roll)!,
            days: six, office: office, reception: nil)
    }
}

func suspensions(_ pairs: (String, String?)...) -> Suspensions {
    Suspensions(
        merging: pairs.map { Suspension(from: moment($0.0), until: $0.1.map { moment($0) })! })
}

@Suite struct TermsInMinutes {
    @Test(arguments: [
        ("2026-03-19T12:50", "2026-03-19T14:40"), ("2026-03-19T17:25", "2026-03-19T17:45"),
        ("2026-03-19T09:00", "2026-03-19T09:20"), ("2026-03-19T12:40", "2026-03-19T13:00"),
        ("2026-03-19T17:29:59", "2026-03-19T17:49:59"),
    ])
    func lunchStopsThem(accepted: String, due: String) throws {
        let clock = Fixture.provider
        let start = try clock.start(moment(accepted), .refuse)
        #expect(try clock.due(from: start).at == moment(due))
    }

    @Test(arguments: [
        ("2026-03-19T17:30", "2026-03-20T09:00"), ("2026-03-19T13:00", "2026-03-19T14:30"),
        ("2026-03-19T08:59:59", "2026-03-19T09:00"), ("2026-03-20T17:30", "2026-03-26T09:00"),
        ("2026-03-21T11:00", "2026-03-26T09:00"),
    ])
    func outsideReceptionIsRefusedOrCountedFromTheOpening(at: String, opening: String) throws {
        let clock = Fixture.provider
        #expect(
            throws: DeadlineError.outsideReception(at: moment(at), nextOpening: moment(opening))
        ) { try clock.start(moment(at), .refuse) }
        #expect(try clock.start(moment(at), .countFromOpening) == moment(opening))
    }

    @Test(arguments: [
        // Within the term, over lunch, twice, before it, after it, from its very end.
        ([("2026-03-19T10:10", "2026-03-19T11:00")], "2026-03-19T11:10"),
        ([("2026-03-19T10:10", "2026-03-19T14:40")], "2026-03-19T14:50"),
        (
            [("2026-03-19T10:05", "2026-03-19T10:10"), ("2026-03-19T10:20", "2026-03-19T10:30")],
            "2026-03-19T10:35"
        ),
        ([("2026-03-18T10:00", "2026-03-18T12:00")], "2026-03-19T10:20"),
        ([("2026-03-19T10:20", "2026-03-19T12:00")], "2026-03-19T10:20"),
        ([("2026-03-19T09:30", "2026-03-19T10:15")], "2026-03-19T10:35"),
    ])
    func suspensionsAddExactlyTheTimeTheyTake(_ pairs: [(String, String)], due: String) throws {
        let stops = Suspensions(
            merging: pairs.map { Suspension(from: moment($0.0), until: moment($0.1))! })
        #expect(try Fixture.provider.due(from: moment("2026-03-19T10:00"), stops).at == moment(due))
    }

    @Test func anOpenSuspensionStopsTheClockOnlyIfTheTermHasNotEnded() throws {
        let start = moment("2026-03-19T10:00")
        #expect(throws: DeadlineError.clockStopped(since: moment("2026-03-19T10:19"))) {
            try Fixture.provider.due(from: start, suspensions(("2026-03-19T10:19", nil)))
        }
        let later = try Fixture.provider.due(from: start, suspensions(("2026-03-19T10:20", nil)))
        #expect(later.at == moment("2026-03-19T10:20"))
    }
}

@Suite struct TermsInDays {
    @Test(arguments: [
        (3, "2026-03-19T16:05", "2026-03-27"), (7, "2026-03-19T16:05", "2026-04-02"),
        // Accepted on a Saturday, which the Corporation works and the provider does not.
        (3, "2026-04-11T12:00", "2026-04-15"), (1, "2026-04-10T12:00", "2026-04-13"),
        (10, "2026-01-05T12:00", "2026-01-20"), (7, "2025-12-30T12:00", "2026-01-13"),
    ])
    func theDayOfAcceptanceDoesNotCount(length: Int, start: String, due: String) throws {
        let found = try Fixture.days(length).due(from: moment(start))
        #expect(found.date == date(due))
        #expect(found.at == moment("\(due)T20:00"))
    }

    @Test func everyStartOfAYearAgreesWithWalkingDayByDay() throws {
        var wrong: [String] = []
        for firstDay in [Term.FirstDay.counted, .notCounted] {
            for length in [1, 2, 3, 7, 10, 30] {
                let clock = Fixture.days(length, firstDay)
                for start in date("2026-01-01")...date("2026-12-31") {
                    var (day, left) = (start, length)
                    if firstDay == .counted, try Fixture.five.isWorkingDay(day) { left -= 1 }
                    while left > 0 {
                        day = day.adding(days: 1)!
                        if try Fixture.five.isWorkingDay(day) { left -= 1 }
                    }
                    let due = try clock.due(from: CivilDateTime(start, .midnight))
                    if due.date != day { wrong.append("\(start) + \(length)") }
                    let trace = try clock.trace(of: due)
                    if trace.filter(\.counted).count != length { wrong.append("trace \(start)") }
                    if trace.last?.date != day || trace.last?.counted != true {
                        wrong.append("trace's end \(start)")
                    }
                    if firstDay == .notCounted, trace.first?.reason != .firstDay {
                        wrong.append("first day \(start)")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: [
        // The day of the suspension does not count, that of the resumption does.
        ("2026-03-26T10:00", "2026-03-27T09:00", "2026-03-30"),
        ("2026-03-26T10:00", "2026-03-26T18:00", "2026-03-27"),
        ("2026-03-20T10:00", "2026-03-27T09:00", "2026-03-31"),
        ("2026-03-21T10:00", "2026-03-26T09:00", "2026-03-27"),
        ("2026-03-28T10:00", "2026-04-28T09:00", "2026-03-27"),
        ("2026-03-18T10:00", "2026-03-19T09:00", "2026-03-27"),
        ("2026-03-18T10:00", "2026-03-27T09:00", "2026-03-31"),
    ])
    func suspendedWorkingDaysAreMadeUpFor(from: String, until: String, due: String) throws {
        let clock = Fixture.days(3)
        let stops = suspensions((from, until))
        let found = try clock.due(from: moment("2026-03-19T16:05"), stops)
        #expect(found.date == date(due))
        let trace = try clock.trace(of: found, stops)
        #expect(trace.filter(\.counted).count == 3)
    }

    @Test func anOpenSuspensionHasNoEndUnlessTheTermEndedBefore() throws {
        let clock = Fixture.days(3)
        let start = moment("2026-03-19T16:05")
        #expect(throws: DeadlineError.clockStopped(since: moment("2026-03-27T10:00"))) {
            try clock.due(from: start, suspensions(("2026-03-27T10:00", nil)))
        }
        #expect(
            try clock.due(from: start, suspensions(("2026-03-28T10:00", nil))).date
                == date("2026-03-27"))
        // The term ended at 20:00; what is suspended that evening comes too late.
        for until in [nil, "2026-04-03T10:00"] {
            let late = suspensions(("2026-03-27T20:30", until))
            let due = try clock.due(from: start, late)
            #expect(due.date == date("2026-03-27"))
            #expect(try clock.trace(of: due, late).filter(\.counted).count == 3)
        }
    }

    @Test func randomSuspensionsAgreeWithWalkingDayByDay() throws {
        var random = SeededGenerator(seed: 20_260_319)
        for _ in 0..<2_000 {
            let first = date("2026-02-01").adding(days: .random(in: 0..<60, using: &random))!
            let start = CivilDateTime(first, TimeOfDay("12:00")!)
            let length = Int.random(in: 1...12, using: &random)
            let list = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                let from = first.adding(days: .random(in: -5...20, using: &random))!
                let until = from.adding(days: .random(in: 1...9, using: &random))!
                return Suspension(
                    from: CivilDateTime(from, TimeOfDay("10:00")!),
                    until: CivilDateTime(until, TimeOfDay("10:00")!))!
            }
            let stops = Suspensions(merging: list)
            var (day, left) = (first, length)
            while left > 0 {
                day = day.adding(days: 1)!
                let stopped = list.contains { $0.from.date <= day && day < $0.until!.date }
                if try Fixture.five.isWorkingDay(day), !stopped { left -= 1 }
            }
            let due = try Fixture.days(length).due(from: start, stops)
            #expect(due.date == day, "\(start) + \(length) with \(list)")
            let trace = try Fixture.days(length).trace(of: due, stops)
            #expect(trace.filter(\.counted).count == length)
        }
    }
}

@Suite struct TermsInMonths {
    @Test(arguments: [
        ("2026-01-31", "2026-02-28"), ("2026-02-28", "2026-03-28"), ("2026-04-15", "2026-05-15"),
        // 15 March 2026 is a Sunday, and 22 March a holiday, as are 23 and 24 (a substitute).
        ("2026-02-15", "2026-03-16"), ("2026-02-22", "2026-03-25"),
        ("2025-12-07", "2026-01-08"),
    ])
    func theyEndOnTheSameDayAndRollForward(start: String, due: String) throws {
        let clock = Fixture.months(1, roll: .forward)
        #expect(try clock.due(from: moment("\(start)T10:00")).date == date(due))
    }

    @Test func theRollIsAPolicy() throws {
        let start = moment("2026-02-15T10:00")
        #expect(try Fixture.months(1, roll: .none).due(from: start).date == date("2026-03-15"))
        #expect(try Fixture.months(1, roll: .back).due(from: start).date == date("2026-03-14"))
        let forward = try Fixture.months(1, roll: .forward).due(from: start)
        #expect(forward.nominal == date("2026-03-15"))
        #expect(forward.at == moment("2026-03-16T20:00"))
    }

    @Test func suspendedDaysAreAddedToTheEnd() throws {
        let clock = Fixture.months(1, roll: .none)
        let start = moment("2026-04-01T10:00")
        let stops = suspensions(("2026-04-10T10:00", "2026-04-13T10:00"))
        #expect(try clock.due(from: start, stops).date == date("2026-05-04"))
        // A second suspension that only the extended term reaches.
        let more = suspensions(
            ("2026-04-10T10:00", "2026-04-13T10:00"), ("2026-05-03T10:00", "2026-05-05T10:00"))
        #expect(try clock.due(from: start, more).date == date("2026-05-06"))
    }

    @Test func theTraceTellsTheEndAndTheDaysRolledOver() throws {
        let clock = Fixture.months(1, roll: .forward)
        let due = try clock.due(from: moment("2026-02-22T10:00"))
        let trace = try clock.trace(of: due)
        #expect(
            trace.map(\.date) == [
                date("2026-02-22"), date("2026-03-22"), date("2026-03-23"), date("2026-03-24"),
                date("2026-03-25"),
            ])
        #expect(trace.map(\.counted) == [false, false, false, false, true])
        #expect(trace[1].reason == .monthsEnd(try Fixture.six.status(of: date("2026-03-22"))))
    }
}

@Suite struct TheOtherEnd {
    private var clocks: [TermClock] {
        [
            Fixture.provider, Fixture.days(1), Fixture.days(3), Fixture.days(7),
            Fixture.days(3, .counted), Fixture.months(1, roll: .forward),
            Fixture.months(1, roll: .none), Fixture.months(2, roll: .back),
        ]
    }

    @Test func theLatestStartEndsInTimeAndAnyLaterOneDoesNot() throws {
        for clock in clocks {
            for day in date("2026-03-01")...date("2026-05-31") {
                for time in ["00:00", "10:07", "13:00", "14:00", "18:30", "23:59:59"] {
                    let limit = CivilDateTime(day, TimeOfDay(time)!)
                    let latest = try clock.latestStart(dueBy: limit)
                    #expect(try clock.start(latest, .refuse) == latest)
                    #expect(try clock.due(from: latest).at <= limit)
                    let later = try clock.start(next(latest), .countFromOpening)
                    #expect(
                        try clock.due(from: later).at > limit,
                        "\(clock.term) by \(limit): \(latest) is not the latest, \(later) is")
                }
            }
        }
    }

    private func next(_ moment: CivilDateTime) -> CivilDateTime {
        guard let time = TimeOfDay(second: moment.time.second + 1) else {
            return CivilDateTime(moment.date.adding(days: 1)!, .midnight)
        }
        return CivilDateTime(moment.date, time)
    }

    @Test func atTheEndOfTheCalendarTheLatestStartNeedsNoFurtherYear() throws {
        #expect(
            try Fixture.days(3).latestStart(dueBy: moment("2027-12-31T20:00"))
                == moment("2027-12-28T19:59:59"))
        #expect(
            try Fixture.months(1, roll: .forward).latestStart(dueBy: moment("2027-12-20T20:00"))
                == moment("2027-11-20T23:59:59"))
    }

    @Test(arguments: [
        ("2026-03-19T16:05", 3, 30), ("2026-03-26T09:00", 1, 22), ("2026-03-27T09:00", 0, 11),
        ("2026-03-27T20:00", 0, 0),
    ])
    func whatIsLeftRunsDownToTheEnd(at: String, days: Int, hours: Int64) throws {
        let clock = Fixture.days(3)
        let left = try clock.timeLeft(from: moment("2026-03-19T16:05"), .none, at: moment(at))
        #expect(left.due?.date == date("2026-03-27"))
        #expect(left.isOverdue == false)
        if at.hasPrefix("2026-03-19") {
            // Thursday from 16:05, Friday, then Thursday and Friday of the next week; the
            // Corporation also works on the Tuesday and Wednesday between.
            #expect(left.workingDays == 3)
        } else {
            #expect(left.workingDays == days)
            #expect(left.workingSeconds == hours * 3600)
        }
    }

    @Test func afterTheEndItIsOverdueWithNothingLeft() throws {
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), .none, at: moment("2026-03-27T20:00:01"))
        #expect(left.isOverdue)
        #expect(left.workingDays == 0)
        #expect(left.workingSeconds == 0)
    }

    @Test func suspendedTimeIsNotLeft() throws {
        let stops = suspensions(("2026-03-26T10:00", "2026-03-30T10:00"))
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), stops, at: moment("2026-03-20T12:00"))
        #expect(left.due?.date == date("2026-03-31"))
        // 30 and 31 March; the 26th and 27th are suspended.
        #expect(left.workingDays == 2)
        let during = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), stops, at: moment("2026-03-27T12:00"))
        #expect(during.suspendedSince == moment("2026-03-26T10:00"))
        #expect(during.workingDays == 2)
    }

    @Test func termsAndSuspensionsThatCannotBeAreNone() {
        #expect(Term(length: 0, unit: .workingDays) == nil)
        #expect(Term(length: 100_001, unit: .workingDays) == nil)
        let at = moment("2026-03-19T16:05")
        #expect(Suspension(from: at, until: at) == nil)
        let merged = suspensions(
            ("2026-03-20T10:00", "2026-03-21T10:00"), ("2026-03-19T10:00", "2026-03-20T11:00"),
            ("2026-03-25T10:00", nil), ("2026-03-26T10:00", "2026-03-27T10:00"))
        #expect(
            merged
                == suspensions(
                    ("2026-03-19T10:00", "2026-03-21T10:00"), ("2026-03-25T10:00", nil)))
    }
}
