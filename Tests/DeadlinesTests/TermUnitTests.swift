// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import TestKit
import Testing
import WorkingDays

/// Every unit by dates of the spring of 2026: 21 to 25 March are days off, and so is 9 March.
@Suite struct TermUnitTests {
    private func term(
        _ length: Int, _ unit: Term.Unit, _ firstDay: Term.FirstDay = .notCounted,
        _ roll: Term.Roll = .none
    ) -> Term {
        Term(length: length, unit: unit, firstDay: firstDay, roll: roll)!
    }

    /// The Corporation's hours, Monday to Saturday 9:00 to 20:00, and the five-day week.
    private func clock(_ term: Term) -> TermClock { Fixture.corporation(term) }

    @Test(arguments: [
        (15, Term.Unit.calendarDays, Term.FirstDay.notCounted, Term.Roll.none, "2026-03-21T20:00"),
        (15, .calendarDays, .notCounted, .forward, "2026-03-26T20:00"),
        (15, .calendarDays, .notCounted, .back, "2026-03-20T20:00"),
        (15, .calendarDays, .counted, .forward, "2026-03-20T20:00"),
        (2, .calendarWeeks, .notCounted, .none, "2026-03-20T20:00"),
        (2, .calendarWeeks, .counted, .none, "2026-03-19T20:00"),
        (1, .calendarYears, .notCounted, .none, "2027-03-06T20:00"),
        (1, .calendarYears, .notCounted, .forward, "2027-03-09T20:00"),
        (48, .calendarHours, .notCounted, .none, "2026-03-08T10:00"),
        (12, .workingHours, .notCounted, .none, "2026-03-07T11:00"),
        // None of its days is a working day, so back would end it before it began.
        (1, .calendarDays, .notCounted, .back, "2026-03-10T20:00"),
    ])
    func aTermFromFridaySixthOfMarchEnds(
        length: Int, unit: Term.Unit, firstDay: Term.FirstDay, roll: Term.Roll, end: String
    ) throws {
        let clock = clock(term(length, unit, firstDay, roll))
        #expect(try clock.due(from: moment("2026-03-06T10:00")).at == moment(end))
    }

    @Test func suspensionsCostEachUnitItsOwn() throws {
        func due(_ term: Term, _ start: String, _ from: String, _ until: String) throws -> String {
            let suspension = Suspension(from: moment(from), until: moment(until))!
            return try clock(term).due(
                from: moment(start), Suspensions(merging: [suspension])
            ).at.description
        }
        let (from, until) = ("2026-04-07T10:00", "2026-04-09T10:00")
        // Tuesday and Wednesday are lost.
        #expect(
            try due(term(5, .calendarDays), "2026-04-06T10:00", from, until) == "2026-04-13T20:00")
        #expect(
            try due(term(1, .calendarWeeks), "2026-04-06T10:00", from, until) == "2026-04-15T20:00")
        // 48 hours are.
        #expect(
            try due(term(48, .calendarHours), "2026-04-06T10:00", from, until) == "2026-04-10T10:00"
        )
        // Two working days of eleven hours are.
        #expect(
            try due(term(12, .workingHours), "2026-04-06T19:00", from, until) == "2026-04-09T20:00")
        // Nobody works on a Sunday, so nothing is lost.
        #expect(
            try due(
                term(5, .calendarDays), "2026-04-10T10:00", "2026-04-12T10:00", "2026-04-12T18:00")
                == "2026-04-15T20:00")
    }

    @Test func theProofOfCalendarDaysTellsEachOfThem() throws {
        let clock = clock(term(15, .calendarDays, .notCounted, .forward))
        let due = try clock.due(from: moment("2026-03-06T10:00"))
        let lines = try clock.trace(of: due)
        #expect(lines.count == 21)
        #expect(lines.count(where: \.counted) == 15)
        #expect(lines[0].reason == .firstDay)
        let status = try Fixture.five.status(of: date("2026-03-09"))
        #expect(lines[3].reason == .calendarDay(status) && lines[3].counted)
        #expect(lines[15].reason == .monthsEnd(try Fixture.five.status(of: date("2026-03-21"))))
        #expect(!lines[15].counted && lines[20].counted && lines[20].date == date("2026-03-26"))
    }

    @Test func hoursOnTheClockRunThroughTheNight() throws {
        let clock = clock(term(48, .calendarHours))
        let lines = try clock.trace(of: try clock.due(from: moment("2026-03-06T22:00")))
        #expect(lines.map(\.date) == [date("2026-03-06"), date("2026-03-07"), date("2026-03-08")])
        #expect(lines[0].part?.description == "22:00-24:00" && lines[1].part == nil)
        #expect(lines[2].part?.description == "00:00-22:00")
    }

    private func stages(_ choice: StagedClock.Choice, _ terms: Term...) -> StagedClock.Stage {
        StagedClock.Stage(choice, terms.map { clock($0) })
    }

    @Test func aStageBeginsWhereTheOneBeforeItEnds() throws {
        let transfer = Fixture.corporation(term(1, .workingDays), days: Fixture.six)
        let clock = StagedClock([
            .init(.only, [transfer]), stages(.only, term(3, .workingDays)),
        ])
        let run = try clock.run(from: moment("2026-03-19T16:05"))
        #expect(run.ends.map(\.due.at) == [moment("2026-03-20T20:00"), moment("2026-03-30T20:00")])
        let proofs = try clock.trace(of: run)
        #expect(proofs[0].map(\.date) == [date("2026-03-19"), date("2026-03-20")])
        #expect(proofs[1].first?.reason == .stageDay && proofs[1].first?.date == date("2026-03-20"))
        #expect(proofs[1].count(where: \.counted) == 3)
        // A suspension of the first stage moves the second.
        let suspension = Suspension(
            from: moment("2026-03-20T10:00"), until: moment("2026-03-27T10:00"))!
        let later = try clock.run(
            from: moment("2026-03-19T16:05"), Suspensions(merging: [suspension]))
        #expect(
            later.ends.map(\.due.at) == [moment("2026-03-27T20:00"), moment("2026-04-01T20:00")])
        #expect(try clock.latestStart(dueBy: moment("2026-03-30T20:00")).date == date("2026-03-20"))
    }

    @Test func theLongerOrTheShorterDecides() throws {
        let start = moment("2026-04-06T10:00")
        for (choice, place, end) in [
            (StagedClock.Choice.longer, 1, "2026-04-11T20:00"), (.shorter, 0, "2026-04-09T20:00"),
        ] {
            let clock = StagedClock([
                stages(choice, term(3, .workingDays), term(5, .calendarDays))
            ])
            let run = try clock.run(from: start)
            #expect(run.due.at == moment(end))
            #expect(run.ends[0].deciding == place)
            #expect(run.ends[0].terms.compactMap { $0 }.count == 2)
        }
        // A suspension without an end stops the longer, and not the shorter that has ended before.
        let open = Suspensions(merging: [Suspension(from: moment("2026-04-10T10:00"), until: nil)!])
        let terms = (term(3, .workingDays), term(5, .calendarDays))
        let shorter = StagedClock([stages(.shorter, terms.0, terms.1)])
        #expect(try shorter.due(from: start, open).at == moment("2026-04-09T20:00"))
        let longer = StagedClock([stages(.longer, terms.0, terms.1)])
        #expect(throws: DeadlineError.clockStopped(since: moment("2026-04-10T10:00"))) {
            try longer.due(from: start, open)
        }
    }

    @Test func aroundTheClockWhatComesAtNightCountsFromTheOpening() throws {
        let office = clock(term(1, .calendarDays)).office
        let portal = TermClock(
            term: term(1, .calendarDays), days: Fixture.five, office: office, reception: office,
            outsideReception: .countFromOpening)
        #expect(
            try portal.start(moment("2026-03-21T22:10"), .refuse) == moment("2026-03-25T09:00"))
        #expect(
            try portal.start(moment("2026-03-25T12:00"), .refuse) == moment("2026-03-25T12:00"))
    }

    @Test func theShareThatIsUsedIsOfDaysThatHaveEnded() throws {
        let clock = clock(term(4, .workingDays))
        for (at, percent) in [
            ("2026-04-06T10:00", 0), ("2026-04-07T19:59", 0), ("2026-04-07T20:00", 25),
            ("2026-04-08T12:00", 25), ("2026-04-08T20:00", 50), ("2026-04-10T19:59", 75),
            ("2026-04-10T20:00", 100), ("2026-05-01T10:00", 100),
        ] {
            let left = try clock.timeLeft(
                from: moment("2026-04-06T10:00"), .none, at: moment(at))
            #expect(left.usedPercent == percent, "\(at)")
        }
    }
}
