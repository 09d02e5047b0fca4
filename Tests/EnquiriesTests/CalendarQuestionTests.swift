// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import TestKit
import Testing
import Texts

@Suite struct CalendarQuestionTests {
    private func name(_ week: String, _ known: String? = nil) -> CalendarName {
        CalendarName(calendar: "kz", week: week, asKnownOn: known.map { date($0) })
    }

    @Test(arguments: [
        ("2026-03-19", 7, "five", "2026-04-02"), ("2026-03-19", -1, "six", "2026-03-18"),
        ("2026-03-21", 0, "five", "2026-03-21"), ("2026-03-19", 1, "six", "2026-03-20"),
        ("2026-03-20", 1, "six", "2026-03-25"), ("2026-03-20", 1, "five", "2026-03-26"),
    ])
    func addingWorkingDays(from: String, count: Int, week: String, to: String) throws {
        let question = AddWorkingDaysQuestion(
            calendar: name(week), date: date(from), count: count)
        let answer = try Desk.own().addWorkingDays(question)
        #expect(answer.date == date(to))
    }

    @Test(arguments: [
        ("2026-03-01", "2026-04-01", "five", 18), ("2026-03-01", "2026-04-01", "six", 22),
        ("2026-01-01", "2027-01-01", "five", 247), ("2026-03-21", "2026-03-21", "five", 0),
    ])
    func countingIsHalfOpen(from: String, to: String, week: String, days: Int) throws {
        let question = CountWorkingDaysQuestion(
            calendar: name(week), from: date(from), to: date(to))
        let answer = try Desk.own().countWorkingDays(question)
        #expect(answer.workingDays == days)
    }

    @Test func changesNameTheDaysAndTheActThatChangedThem() throws {
        let question = CalendarChangesQuestion(
            calendar: "kz", year: 2026, knownFrom: date("2025-12-31"), knownTo: date("2026-06-11"))
        let answer = try Desk.own().calendarChanges(question)
        #expect(
            answer.changes.map { "\($0.date) \($0.week) \($0.before.kind)>\($0.after.kind)" } == [
                "2026-08-30 five holiday>weeklyRest", "2026-08-30 six holiday>weeklyRest",
                "2026-08-31 five substitute>working", "2026-08-31 six substitute>working",
            ])
        #expect(answer.changes.allSatisfy { $0.act.contains("306-VIII") })
        #expect(answer.before.version != answer.after.version)
    }

    @Test(arguments: [
        (2022, "2022-09-28", "2022-10-08", "2022-10-24", "796"),
        (2024, "2024-06-01", "2024-06-08", "2024-06-17", "Kurban"),
        (2024, "2024-04-16", "2024-04-17", "2024-05-08", "109"),
        (2027, "2026-01-01", "2026-11-22", "2027-03-15", "306-VIII"),
    ])
    func eachChangeNamesItsAct(
        year: Int, from: String, to: String, day: String, act: String
    ) throws {
        let question = CalendarChangesQuestion(
            calendar: "kz", year: year, knownFrom: date(from), knownTo: date(to))
        let answer = try Desk.own().calendarChanges(question)
        let change = try #require(
            answer.changes.first { $0.date == date(day) && $0.week == "five" })
        #expect(change.act.contains(act), "\(change)")
    }

    @Test func theDaysOfAMonthHaveTheirReasons() throws {
        let question = CalendarDaysQuestion(
            calendar: name("five", "2024-06-01"), first: date("2024-06-16"),
            last: date("2024-06-18"))
        let answer = try Desk.own(in: .kk).calendarDays(question)
        let reasons = answer.days.map { answer.reasons[$0] }
        #expect(reasons.map(\.kind) == [.weeklyRest, .holiday, .working])
        #expect(reasons[1].text == "Құрбан айттың бірінші күні")
    }

    @Test func wrongRangesAreRefused() throws {
        func refusal(_ first: String, _ last: String) -> Refusal.Reason? {
            Desk.refusal {
                try Desk.own().calendarDays(
                    CalendarDaysQuestion(
                        calendar: name("five"), first: date(first), last: date(last)))
            }?.reason
        }
        #expect(refusal("2026-03-02", "2026-03-01") == .invalidField)
        #expect(refusal("2016-01-01", "2027-12-31") == .tooManyRows)
        #expect(refusal("2027-12-31", "2028-01-01") == .yearNotPublished)
        let week = Desk.refusal {
            try Desk.own().balance(BalanceQuestion(calendar: name("seven"), year: 2026))
        }
        #expect(week?.reason == .unknownWeek)
        #expect(week?.message.contains("five, six") == true)
        for year in [0, 10_000, 2028] {
            #expect(
                Desk.refusal {
                    try Desk.own().balance(BalanceQuestion(calendar: name("five"), year: year))
                } != nil)
        }
    }

    @Test func anOfficeSaysWhenItOpensAndCloses() throws {
        let question = OfficeHoursQuestion(
            office: OfficeName(standard: "std-7", office: "provider"),
            at: moment("2026-03-20T17:45"), asKnownOn: nil)
        let answer = try Desk.own().officeHours(question)
        #expect(answer.isWorking)
        #expect(!answer.isReceiving)
        #expect(answer.nextClosing == moment("2026-03-20T18:30"))
        #expect(answer.nextReception == moment("2026-03-26T09:00"))
    }

    @Test func nowIsTheWallClockOfTheStandardsZone() throws {
        let question = OfficeHoursQuestion(
            office: OfficeName(standard: "std-7", office: "corporation"), at: nil, asKnownOn: nil)
        let answer = try Desk.own().officeHours(question)
        // 07:00 UTC is noon in Almaty; 22 November 2026 is a Sunday.
        #expect(answer.at == moment("2026-11-22T12:00"))
        #expect(!answer.isWorking)
        #expect(answer.nextOpening == moment("2026-11-23T09:00"))
    }

    @Test func theWayBackAndWhatIsLeft() throws {
        let clock = ClockName(standard: "std-7", channel: "corporation")
        let latest = try Desk.own().latestStart(
            LatestStartQuestion(
                clock: clock, dueBy: moment("2026-03-27T20:00"), asKnownOn: nil))
        #expect(latest.latestStart == moment("2026-03-19T19:59:59"))
        #expect(latest.dueAt == moment("2026-03-27T20:00"))
        let left = try Desk.own().timeLeft(
            TimeLeftQuestion(
                due: DueDateQuestion(clock: clock, start: moment("2026-11-20T10:00")),
                at: nil))
        #expect(left.workingDays == 3)
        #expect(left.dueAt == moment("2026-11-25T20:00"))
        let between = try Desk.own().workingTime(
            WorkingTimeQuestion(
                office: OfficeName(standard: "std-7", office: "provider"),
                from: moment("2026-03-19T16:05"), to: moment("2026-03-26T10:00"),
                asKnownOn: nil))
        #expect(between.workingDays == 2)
        // 2 h 25 min on Thursday, 8 h on Friday, 1 h on the next Thursday.
        #expect(between.workingSeconds == (145 + 480 + 60) * 60)
    }

    @Test func standardsTellTheirClocks() throws {
        let standards = try Desk.own(in: .ru).standards()
        #expect(standards.map(\.id) == ["std-7", "std-8"])
        let terms = standards[0].clocks.map { "\($0.id): \($0.term) (\($0.rule))" }
        #expect(
            terms == [
                "provider: 20 минут рабочего времени (R3.1)",
                "corporation: 3 рабочих дня (R3.2)",
                "corporation-elsewhere: 7 рабочих дней (R3.3)", "storage: 1 месяц (R5.3)",
                "storage-at-provider: 1 месяц (R5.3)",
                "redelivery: 1 рабочий день (R5.5)",
                "registration-report: 10 рабочих дней (R11.1)",
            ])
    }
}
