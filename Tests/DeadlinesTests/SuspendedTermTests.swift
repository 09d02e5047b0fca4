// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import TestKit
import Testing
import WorkingDays

/// What a suspension costs a term in days or months, by tables; an office that closes at 20:00.
@Suite struct WhatASuspensionCosts {
    @Test(arguments: [
        // While nobody works it costs nothing, to the second on both sides.
        ("2026-11-24T23:59", "2026-11-25T00:01", "2026-11-26"),
        ("2026-11-24T20:00", "2026-11-25T09:00", "2026-11-26"),
        ("2026-11-24T20:00", "2026-11-25T19:59:59", "2026-11-26"),
        ("2026-11-24T20:00", "2026-11-25T20:00", "2026-11-27"),
        // The last second of the day decides.
        ("2026-11-24T19:59:59", "2026-11-24T20:00", "2026-11-27"),
        ("2026-11-24T19:59:58", "2026-11-24T19:59:59", "2026-11-26"),
        ("2026-11-24T19:59:59", "2026-11-25T09:00", "2026-11-27"),
        // The day of the suspension does not count, that of the resumption does.
        ("2026-11-24T10:00", "2026-11-25T00:01", "2026-11-27"),
        ("2026-11-24T10:00", "2026-11-25T19:00", "2026-11-27"),
        ("2026-11-24T10:00", "2026-11-26T10:00", "2026-11-30"),
        // Over the provider's weekend, on which the Corporation works on Saturday.
        ("2026-11-20T20:00", "2026-11-23T19:00", "2026-11-26"),
        ("2026-11-28T10:00", "2026-11-29T10:00", "2026-11-26"),
    ])
    func aTermInDays(from: String, until: String, due: String) throws {
        // Tuesday, Wednesday and Thursday: 24, 25 and 26 November.
        let found = try Fixture.days(3).due(
            from: moment("2026-11-23T10:00"), suspensions((from, until)))
        #expect(found.at == moment("\(due)T20:00"))
    }

    @Test(arguments: [
        // The month from 19 March ends on Sunday, 19 April, and is rolled to the Monday.
        (Term.Roll.forward, "2026-04-20T10:00", "2026-04-24T10:00", "2026-04-24"),
        (.forward, "2026-04-20T19:59:59", "2026-04-21T09:00", "2026-04-21"),
        (.forward, "2026-04-20T20:00", "2026-04-24T10:00", "2026-04-20"),
        (.forward, "2026-04-19T10:00", "2026-04-20T09:00", "2026-04-20"),
        (.forward, "2026-04-19T10:00", "2026-04-20T09:00:01", "2026-04-20"),
        (.forward, "2026-04-18T20:00", "2026-04-20T09:01", "2026-04-20"),
        (.forward, "2026-04-18T19:00", "2026-04-19T21:00", "2026-04-21"),
        // Rolled back it ends on Saturday, 18 April.
        (.back, "2026-04-18T20:00", "2026-04-24T10:00", "2026-04-18"),
        (.back, "2026-04-19T10:00", "2026-04-24T10:00", "2026-04-18"),
        (.back, "2026-04-18T10:00", "2026-04-18T19:00", "2026-04-18"),
        (.back, "2026-04-18T10:00", "2026-04-19T10:00", "2026-04-20"),
        (.back, "2026-04-18T10:00", "2026-04-22T10:00", "2026-04-23"),
        // The last day falls on the Sunday after it, and the Saturday was lost: on to the Monday.
        (.back, "2026-04-17T10:00", "2026-04-25T21:00", "2026-04-28"),
        (.back, "2026-04-11T10:00", "2026-04-18T10:00", "2026-04-25"),
        // Not rolled it ends on the Sunday itself.
        (.none, "2026-04-19T10:00", "2026-04-20T10:00", "2026-04-20"),
        (.none, "2026-04-19T20:00", "2026-04-24T10:00", "2026-04-19"),
        (.none, "2026-04-12T00:00", "2026-04-13T09:00", "2026-04-19"),
        (.none, "2026-04-12T00:00", "2026-04-13T09:00:01", "2026-04-20"),
    ])
    func aTermInMonths(roll: Term.Roll, from: String, until: String, due: String) throws {
        let clock = Fixture.months(1, roll: roll)
        let start = moment("2026-03-19T10:00")
        #expect(try clock.due(from: start, suspensions((from, until))).at == moment("\(due)T20:00"))
    }

    /// A day that is lost behind the last day moves where the term is rolled to, not the last day.
    @Test(arguments: [
        ("2026-04-20T10:00", "2026-04-19"), ("2026-04-18T10:00", "2026-04-25"),
    ])
    func theLastDayIsMovedByWhatIsLostBeforeIt(from: String, nominal: String) throws {
        let clock = Fixture.months(1, roll: .forward)
        let due = try clock.due(
            from: moment("2026-03-19T10:00"), suspensions((from, "2026-04-24T10:00")))
        #expect(due.nominal == date(nominal))
    }

    @Test(arguments: [
        (Term.Roll.forward, "2026-04-20T20:00", "2026-04-20"),
        (.back, "2026-04-18T20:00", "2026-04-18"), (.none, "2026-04-19T20:00", "2026-04-19"),
    ])
    func anOpenSuspensionLeavesATermInMonthsItsEndOnlyFromItsClosingOn(
        roll: Term.Roll, over: String, due: String
    ) throws {
        let clock = Fixture.months(1, roll: roll)
        let start = moment("2026-03-19T10:00")
        #expect(try clock.due(from: start, suspensions((over, nil))).date == date(due))
        let before = moment("\(due)T19:59:59")
        #expect(throws: DeadlineError.clockStopped(since: before)) {
            try clock.due(
                from: start, Suspensions(merging: [Suspension(from: before, until: nil)!]))
        }
    }

    @Test func aLongerSuspensionNeverMakesATermShorter() throws {
        let clocks = [
            Fixture.days(3), Fixture.days(2, .counted), Fixture.provider,
            Fixture.months(1, roll: .forward), Fixture.months(1, roll: .back),
            Fixture.months(1, roll: .none, .counted),
        ]
        var random = SeededGenerator(seed: 14)
        for clock in clocks {
            for _ in 0..<300 {
                let start = moment("2026-03-19T10:00")
                let plain = try clock.due(from: start)
                let second = Int.random(in: start.seconds...plain.at.seconds, using: &random)
                var last = plain.at
                var until = second
                for _ in 0..<4 {
                    until += Int.random(in: 1...70_000, using: &random)
                    let stop = Suspension(
                        from: CivilDateTime(seconds: second), until: CivilDateTime(seconds: until))!
                    let due = try clock.due(from: start, Suspensions(merging: [stop])).at
                    #expect(due >= last, "\(clock.term) \(stop)")
                    last = due
                }
            }
        }
    }

    /// Every one of millions of seconds would be a round of a search for the end.
    @Test func aSuspensionOfYearsIsOneStep() throws {
        let due = try Fixture.provider.due(
            from: moment("2025-01-06T10:00"),
            suspensions(("2025-01-06T10:19:59", "2027-06-01T10:00")))
        #expect(due.at == moment("2027-06-01T10:00:01"))
    }
}

@Suite struct MonthsWhoseFirstDayCounts {
    @Test(arguments: [
        // The day before the same number; the month's last day where there is no such number.
        ("2026-01-28", 1, "2026-02-27"), ("2026-01-29", 1, "2026-02-28"),
        ("2026-01-30", 1, "2026-02-28"), ("2026-01-31", 1, "2026-02-28"),
        ("2026-02-01", 1, "2026-02-28"), ("2026-02-28", 1, "2026-03-27"),
        ("2026-03-31", 1, "2026-04-30"), ("2026-03-30", 1, "2026-04-29"),
        ("2026-05-01", 1, "2026-05-31"), ("2025-12-31", 2, "2026-02-28"),
        ("2026-08-31", 3, "2026-11-30"), ("2026-08-30", 3, "2026-11-29"),
    ])
    func theyEndOnTheEve(start: String, months: Int, end: String) throws {
        let clock = Fixture.months(months, roll: .none, .counted)
        #expect(try clock.due(from: moment("\(start)T10:00")).date == date(end))
    }

    @Test func aLaterStartNeverEndsEarlier() throws {
        for firstDay in [Term.FirstDay.counted, .notCounted] {
            for roll in [Term.Roll.none, .forward, .back] {
                for months in 1...3 {
                    let clock = Fixture.months(months, roll: roll, firstDay)
                    var last = CivilDate.earliest
                    for day in date("2025-01-08")...date("2027-06-30") {
                        let due = try clock.due(from: CivilDateTime(day, .midnight)).date
                        #expect(due >= last, "\(clock.term) from \(day)")
                        last = due
                    }
                }
            }
        }
    }
}

@Suite struct WhatIsLeftOfASuspendedTerm {
    @Test(arguments: [
        // Suspended on its first day; whenever it is asked, three days are left.
        ("2026-03-20T10:00", 3), ("2026-03-20T20:00", 3), ("2026-03-22T12:00", 3),
        ("2026-03-26T10:00", 3), ("2026-03-26T20:00", 3), ("2026-05-20T03:00", 3),
        // Before it nothing stands still.
        ("2026-03-20T09:59:59", 2), ("2026-03-19T18:00", 3),
    ])
    func anOpenSuspensionTellsWhatWasLeft(at: String, days: Int) throws {
        let stop = suspensions(("2026-03-20T10:00", nil))
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), stop, at: moment(at))
        #expect(left.due == nil)
        #expect(left.workingDays == days)
        #expect(!left.isOverdue)
        #expect((left.suspendedSince != nil) == (moment(at) >= moment("2026-03-20T10:00")))
    }

    @Test func ofATermInMinutesTheMinutes() throws {
        let stop = suspensions(("2026-03-19T10:15", nil))
        for at in ["2026-03-19T10:15", "2026-03-19T12:00", "2026-03-26T16:00"] {
            let left = try Fixture.provider.timeLeft(
                from: moment("2026-03-19T10:00"), stop, at: moment(at))
            #expect(left.workingSeconds == 5 * 60)
        }
    }

    /// Its last day is left where it is suspended at its very end, and where it is suspended before.
    @Test(arguments: ["2026-03-20T09:10", "2026-03-20T09:09:59"])
    func aTermInMinutesThatIsSuspendedAtItsEnd(from: String) throws {
        let left = try Fixture.provider.timeLeft(
            from: moment("2026-03-19T18:20"), suspensions((from, "2026-03-27T10:00")),
            at: moment("2026-03-19T18:20"))
        #expect(left.workingDays == 1)
    }

    /// The number stays the same over a suspension whose end is known, too.
    @Test func aSuspensionWithAnEndTellsTheSame() throws {
        let stop = suspensions(("2026-03-20T10:00", "2026-03-27T10:00"))
        for at in ["2026-03-20T10:00", "2026-03-25T10:00", "2026-03-26T21:00", "2026-03-27T09:00"] {
            let left = try Fixture.days(3).timeLeft(
                from: moment("2026-03-19T16:05"), stop, at: moment(at))
            #expect(left.due?.date == date("2026-03-31"))
            #expect(left.workingDays == 3)
        }
    }

    @Test(arguments: [
        ("2026-03-27T19:59:59", false, 1), ("2026-03-27T20:00", false, 0),
        ("2026-03-27T20:00:01", true, 0),
    ])
    func atTheDueMomentNothingIsLeftAndItIsNotOverdueYet(
        at: String, isOverdue: Bool, seconds: Int64
    ) throws {
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), .none, at: moment(at))
        #expect(left.isOverdue == isOverdue)
        #expect(left.workingSeconds == seconds)
    }

    @Test(arguments: [
        ("2026-03-20T09:59:59", false), ("2026-03-20T10:00", true), ("2026-03-27T09:59:59", true),
        ("2026-03-27T10:00", false),
    ])
    func itStandsStillUpToTheResumption(at: String, stands: Bool) throws {
        let stop = suspensions(("2026-03-20T10:00", "2026-03-27T10:00"))
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), stop, at: moment(at))
        #expect(left.suspendedSince == (stands ? moment("2026-03-20T10:00") : nil))
    }

    /// Of a term in minutes that stands still today does not count, as it ends within a day.
    @Test(arguments: [
        ("2026-03-19T11:00", 0), ("2026-03-20T11:00", 0), ("2026-03-20T18:20", 0),
        ("2026-03-20T18:29", 1),
    ])
    func aTermInMinutesThatStandsStillHasNoDays(at: String, days: Int) throws {
        for until in [nil, "2026-03-30T12:50"] {
            let left = try Fixture.provider.timeLeft(
                from: moment("2026-03-19T10:00"), suspensions(("2026-03-19T10:10", until)),
                at: moment(at))
            #expect(left.workingDays == days)
            #expect(left.workingSeconds == 600)
        }
    }

    /// Whether the end is known makes no difference to what is left.
    @Test func aKnownEndMakesNoDifference() throws {
        let clock = Fixture.months(1, roll: .back)
        for day in 8...28 {
            let at = CivilDateTime(
                date("2026-05-\(day < 10 ? "0" : "")\(day)"), TimeOfDay("16:27")!)
            let left = try [nil, "2026-07-03T09:53"].map { until in
                try clock.timeLeft(
                    from: moment("2026-05-05T11:06"), suspensions(("2026-05-07T13:01", until)),
                    at: at)
            }
            #expect(left[0].workingDays == left[1].workingDays)
            #expect(left[0].workingSeconds == left[1].workingSeconds)
        }
    }

    /// A term that begins on the first published day asks for nothing before it.
    @Test(arguments: [(1, "2025-01-03"), (2, "2025-01-06"), (3, "2025-01-08")])
    func aTermMayBeginOnTheFirstPublishedDay(count: Int, end: String) throws {
        let start = moment("2025-01-01T10:00")
        #expect(try Fixture.days(count, .counted).due(from: start, .none).at.date == date(end))
        #expect(throws: DeadlineError.self) {
            try Fixture.days(count, .counted).due(from: moment("2024-12-31T10:00"), .none)
        }
    }

    /// The day at whose closing a term is suspended has counted, and is not left, at that second either.
    @Test(arguments: [
        ("2026-03-20T19:59:59", 2), ("2026-03-20T20:00", 2), ("2026-03-20T20:00:01", 2),
        ("2026-03-22T12:00", 2), ("2026-03-26T10:00", 2),
    ])
    func theDayAtWhoseClosingATermIsSuspendedIsOver(at: String, days: Int) throws {
        for until in [nil, "2026-04-03T12:00"] {
            let left = try Fixture.days(3).timeLeft(
                from: moment("2026-03-19T16:05"), suspensions(("2026-03-20T20:00", until)),
                at: moment(at))
            #expect(left.workingDays == days)
        }
    }

    /// At the due second a suspension that begins then stands for nothing.
    @Test(arguments: [("2026-03-27T19:59:59", true), ("2026-03-27T20:00", false)])
    func whatBeginsWithTheEndIsNoStandingStill(from: String, stands: Bool) throws {
        for until in [nil, "2026-03-27T21:00"] {
            let left = try Fixture.days(3).timeLeft(
                from: moment("2026-03-19T16:05"), suspensions((from, until)),
                at: moment("2026-03-27T20:00"))
            #expect((left.suspendedSince != nil) == stands)
        }
    }

    @Test func theDayOfAcceptanceIsNotLeftWhereItDoesNotCount() throws {
        let stop = suspensions(("2026-03-19T17:00", nil))
        let left = try Fixture.days(3).timeLeft(
            from: moment("2026-03-19T16:05"), stop, at: moment("2026-03-19T18:00"))
        #expect(left.workingDays == 3)
    }
}

@Suite struct WhatTheProofTells {
    /// A term in minutes that starts before the office opens, after it has closed, at its edges.
    @Test(arguments: [
        ("2026-03-19T08:40", [("08:40", "09:00", TraceEntry.Reason.closed)]),
        ("2026-03-19T08:59:59", [("08:59:59", "09:00", .closed)]),
        ("2026-03-19T09:00", []),
        ("2026-03-19T12:55", [("13:00", "14:30", .pause)]),
        ("2026-03-19T13:00", [("13:00", "14:30", .pause)]),
    ])
    func timeOutsideTheHoursIsNoBreak(
        start: String, passed: [(String, String, TraceEntry.Reason)]
    ) throws {
        let due = try Fixture.provider.due(from: moment(start))
        let lines = try Fixture.provider.trace(of: due).filter { !$0.counted }
        #expect(lines.map(\.reason) == passed.map(\.2))
        #expect(
            lines.map(\.part)
                == passed.map { DayInterval(start: TimeOfDay($0.0)!, end: TimeOfDay($0.1)!) })
    }

    /// Lunch is one part of the day, whatever begins or ends in it.
    @Test(arguments: [
        ("13:30", "14:00", [("13:00", "14:30", "lunch")]),
        ("12:55", "13:30", [("12:55", "13:00", "suspended"), ("13:00", "14:30", "lunch")]),
        ("13:30", "14:35", [("13:00", "14:30", "lunch"), ("14:30", "14:35", "suspended")]),
        ("13:00", "14:30", [("13:00", "14:30", "lunch")]),
    ])
    func aBreakIsToldOnce(from: String, until: String, passed: [(String, String, String)]) throws {
        let stop = suspensions(("2026-03-19T\(from)", "2026-03-19T\(until)"))
        let due = try Fixture.provider.due(from: moment("2026-03-19T12:50"), stop)
        let lines = try Fixture.provider.trace(of: due, stop).filter { !$0.counted }
        let told = lines.map { $0.reason == .pause ? "lunch" : "suspended" }
        #expect(told == passed.map(\.2))
        #expect(
            lines.map(\.part)
                == passed.map { DayInterval(start: TimeOfDay($0.0)!, end: TimeOfDay($0.1)!) })
    }

    @Test(arguments: ["2026-03-19T18:30", "2026-03-19T23:00"])
    func aStartAfterClosingIsToldAsADay(start: String) throws {
        let due = try Fixture.provider.due(from: moment(start))
        let lines = try Fixture.provider.trace(of: due)
        #expect(lines[0].date == date("2026-03-19"))
        #expect(lines[0].reason == .closed)
        #expect(lines[0].part == nil)
        #expect(lines.map(\.counted) == [false, true])
    }

    @Test func theDaysFromTheAcceptanceToTheNextReceptionAreTold() throws {
        // Saturday at closing; counting begins on Monday.
        let clock = Fixture.days(3)
        let accepted = moment("2026-11-28T20:00")
        let start = try clock.start(accepted, .countFromOpening)
        #expect(start == moment("2026-11-30T09:00"))
        let lines = try clock.trace(of: try clock.due(from: start), accepted: accepted)
        #expect(lines.prefix(3).map(\.date) == (28...30).map { date("2026-11-\($0)") })
        #expect(lines[0].reason == .outsideReception)
        #expect(lines[1].reason == .day(try Fixture.six.status(of: date("2026-11-29"))))
        #expect(lines[2].reason == .firstDay)
        #expect(lines.filter(\.counted).count == 3)
    }

    @Test func ofATermInMinutesTheWaitOnTheDayIsAPart() throws {
        let accepted = moment("2026-03-19T13:10")
        let start = try Fixture.provider.start(accepted, .countFromOpening)
        let due = try Fixture.provider.due(from: start)
        let lines = try Fixture.provider.trace(of: due, accepted: accepted)
        #expect(lines.map(\.reason) == [.outsideReception, .workingTime])
        #expect(lines[0].part == DayInterval(start: TimeOfDay("13:10")!, end: TimeOfDay("14:30")!))
    }

    /// Rolled back from a holiday over rest days; what is suspended at the closing of the due date is
    /// none of this term's time.
    @Test func aSuspensionAtTheEndIsNotInTheProof() throws {
        let clock = Fixture.months(1, roll: .back)
        let stop = suspensions(("2026-03-20T20:00", "2026-03-27T10:00"))
        let due = try clock.due(from: moment("2026-02-23T10:00"), stop)
        #expect(due.at == moment("2026-03-20T20:00") && due.nominal == date("2026-03-23"))
        let rolled = try clock.trace(of: due, stop).suffix(3)
        #expect(rolled.map(\.date) == (21...23).map { date("2026-03-\($0)") })
        #expect(
            try rolled.map(\.reason) == [
                .day(Fixture.six.status(of: date("2026-03-21"))),
                .day(Fixture.six.status(of: date("2026-03-22"))),
                .monthsEnd(Fixture.six.status(of: date("2026-03-23"))),
            ])
    }
}
