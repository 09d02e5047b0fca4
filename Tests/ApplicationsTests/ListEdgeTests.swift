// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Parties
import TestKit
import Testing
import Texts

/// The borders between urgencies, periods and sentences.
@Suite struct ListEdgeTests {
    private static let office = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")

    /// Accepted, due on Friday 9 October 2026 at 20:00; then ready, kept until 9 November at 20:00.
    private func clerk(ready: Bool = false) throws -> Clerk {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        if ready { try clerk.act(.complete(ground: nil, note: ""), "2026-10-07T10:00") }
        return clerk
    }

    private func item(
        _ clerk: Clerk, at now: String, days: Int? = 5, within: Int = 2, all: Bool = true
    ) -> WorkingItem? {
        WorkingListRule(now: moment(now), within: within, all: all) { _ in days }
            .item(clerk.application, clerk.id(), clerk.register.terms)
    }

    @Test func anUrgencyBeginsAtItsSecond() throws {
        let table: [(ready: Bool, now: String, Urgency)] = [
            (false, "2026-10-08T23:59:59", .later), (false, "2026-10-09T00:00:00", .dueToday),
            (false, "2026-10-09T19:59:59", .dueToday), (false, "2026-10-09T20:00:00", .dueToday),
            (false, "2026-10-09T20:00:01", .overdue), (false, "2026-10-10T00:00:00", .overdue),
            (true, "2026-11-09T19:59:59", .waiting), (true, "2026-11-09T20:00:00", .waiting),
            (true, "2026-11-09T20:00:01", .toBeReturned),
        ]
        for (ready, now, urgency) in table {
            #expect(item(try clerk(ready: ready), at: now)?.urgency == urgency, "\(now)")
        }
    }

    @Test func soonIsWithinTheDaysAskedFor() throws {
        let clerk = try clerk()
        for (days, within, urgency) in [
            (Int?.some(2), 3, Urgency.dueSoon), (3, 3, .dueSoon), (4, 3, .later), (0, 0, .dueSoon),
            (1, 0, .later), (nil, 3, .later),
        ] {
            let now = "2026-10-07T10:00"
            #expect(item(clerk, at: now, days: days, within: within)?.urgency == urgency)
            // What is due later is on a list of everything alone.
            let short = item(clerk, at: now, days: days, within: within, all: false)
            #expect((short == nil) == (urgency == .later))
        }
    }

    @Test func onlyARunningClockIsOnTheList() throws {
        var clerk = try clerk(ready: true)
        #expect(item(clerk, at: "2026-10-08T10:00") != nil)
        try clerk.act(.handOver(.applicant), "2026-10-08T10:00")
        #expect(item(clerk, at: "2026-10-08T10:00") == nil)
    }

    /// By urgency, then by the deadline, what has none last, then by number.
    @Test func linesHaveAnOrder() {
        func line(_ number: UInt32, _ urgency: Urgency, _ end: String?) -> WorkingItem {
            WorkingItem(
                id: ApplicationID(
                    office: OfficeID("astana-1")!, date: date("2026-10-06"), number: number),
                urgency: urgency, phase: .accepted, channel: "corporation",
                deadline: end.map { moment($0) }, workingDays: nil, isProvisional: false)
        }
        let lines = [
            line(9, .overdue, nil), line(7, .dueToday, "2026-10-09T19:59:59"),
            line(3, .dueToday, "2026-10-09T20:00:00"), line(4, .dueToday, "2026-10-09T20:00:00"),
            line(1, .dueToday, nil), line(2, .dueToday, nil),
            line(1, .later, "2026-10-01T10:00:00"),
        ]
        for (place, a) in lines.enumerated() {
            for (other, b) in lines.enumerated() { #expect((a < b) == (place < other)) }
        }
        #expect(lines.reversed().sorted() == lines)
    }

    @Test func idsAreOrderedByOfficeThenDayThenNumber() {
        let ids = [
            "astana-1/2026-10-06/9", "astana-1/2026-10-06/10", "astana-1/2026-10-07/1",
            "astana-2/2026-01-01/1",
        ].map { ApplicationID($0)! }
        for (place, a) in ids.enumerated() {
            for (other, b) in ids.enumerated() { #expect((a < b) == (place < other)) }
        }
    }

    @Test func aMonthBeginsOnItsFirstDayOrWithTheQuestion() throws {
        let clerk = try clerk()
        func start(_ from: String, _ period: Punctuality.Period, on day: String) -> CivilDate? {
            var tally = PunctualityTally(
                PunctualityQuestion(
                    office: nil, from: date(from), to: date("2026-12-31"), period: period))
            tally.add(clerk.register, clerk.office, date(day), at: moment("2026-10-09T20:00"))
            return tally.punctuality.rows.first?.from
        }
        for (from, day, month) in [
            ("2026-09-30", "2026-10-06", "2026-10-01"), ("2026-10-01", "2026-10-06", "2026-10-01"),
            ("2026-10-02", "2026-10-06", "2026-10-02"), ("2026-10-06", "2026-10-06", "2026-10-06"),
            ("2026-09-30", "2026-10-01", "2026-10-01"), ("2026-09-30", "2026-10-31", "2026-10-01"),
        ] {
            #expect(start(from, .month, on: day) == date(month), "\(from) \(day)")
            #expect(start(from, .whole, on: day) == date(from))
            #expect(start(from, .day, on: day) == date(day))
        }
    }

    @Test func theShareIsOfThoseWhoseTermIsOver() {
        func row(_ inTime: Int, _ late: Int, _ overdue: Int) -> Punctuality.Row {
            Punctuality.Row(
                office: OfficeID("astana-1")!, channel: "corporation", from: date("2026-10-06"),
                accepted: 20, inTime: inTime, late: late, running: 3, overdue: overdue,
                withdrawn: 2)
        }
        let table: [(Punctuality.Row, Int?)] = [
            (row(0, 0, 0), nil), (row(1, 0, 0), 1_000), (row(0, 1, 0), 0), (row(0, 0, 1), 0),
            (row(2, 1, 0), 666), (row(1, 1, 1), 333),
        ]
        for (row, share) in table { #expect(row.perMille == share) }
    }

    /// A promise stands to its last second; after it the applicant is told that it is late.
    @Test(arguments: Language.allCases)
    func aStatusIsLateFromTheNextSecondOn(language: Language) throws {
        var asked = try clerk(ready: true)
        try asked.act(.returnUnclaimed, "2026-11-10T10:00")
        try asked.act(.request, "2026-11-10T11:00")
        for (clerk, end) in [(try clerk(), "2026-10-09T20:00"), (asked, "2026-11-11T18:30")] {
            #expect(clerk.view.clock?.end?.at == moment(end))
            let sentences = [Int32(-1), 0, 1].map { seconds in
                clerk.view.status(
                    in: language, office: Self.office,
                    now: RegisterEdgeTests.after(moment(end), seconds)
                ).sentence
            }
            #expect(sentences[0] == sentences[1])
            #expect(sentences[1] != sentences[2])
        }
        // A result is kept until the last second, which is told as long as it is not over.
        let ready = try clerk(ready: true)
        let told = [Int32(-1), 0, 1].map { seconds in
            ready.view.status(
                in: language, office: Self.office,
                now: RegisterEdgeTests.after(moment("2026-11-09T20:00"), seconds)
            ).sentence.contains("20:00")
        }
        #expect(told == [true, true, false])
    }

    /// What is taken back after the end of its term was late by then.
    @Test func aWithdrawalAfterTheEndIsLate() throws {
        for (at, isLate) in [
            ("2026-03-26T19:59:59", false), ("2026-03-26T20:00:00", false),
            ("2026-03-26T20:00:01", true),
        ] {
            var clerk = try Clerk()
            try clerk.accept("2026-03-18T16:05")
            #expect(clerk.application.due?.at == moment("2026-03-26T20:00"))
            try clerk.act(.withdraw(reason: ""), at)
            var tally = PunctualityTally(
                PunctualityQuestion(
                    office: nil, from: clerk.date, to: clerk.date, period: .whole))
            tally.add(clerk.register, clerk.office, clerk.date, at: moment("2026-05-01T10:00"))
            let row = try #require(tally.punctuality.rows.first)
            #expect(row.accepted == 1 && row.overdue == 0 && row.running == 0)
            #expect(row.late == (isLate ? 1 : 0) && row.withdrawn == (isLate ? 0 : 1), "\(at)")
        }
    }
}
