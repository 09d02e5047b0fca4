// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Parties
import TestKit
import Testing
import WorkingDays

@Suite struct ListTests {
    /// Applications of 16 to 19 March 2026 at the Corporation, their terms over Nauryz.
    private func list(
        at now: String, within: Int = 2, all: Bool = false, _ clerks: [Clerk]
    ) throws -> [WorkingItem] {
        let library = try Repository.library()
        let today = moment(now).date
        let calendar = try #require(
            library.officeCalendar(
                .init(standard: "std-7", office: "corporation"),
                now: library.zone("Asia/Almaty")!.timestamp(of: moment(now))))
        let rule = WorkingListRule(now: moment(now), within: within, all: all) { date in
            // The slow and obvious way: day by day.
            var (count, day) = (0, min(today, date))
            while day < max(today, date) {
                day = day.adding(days: 1)!
                if (try? calendar.isWorkingDay(day)) == true { count += 1 }
            }
            return date >= today ? count : -count
        }
        return clerks.flatMap { clerk in
            clerk.register.applications.compactMap {
                rule.item($0, clerk.id($0.number), clerk.register.terms)
            }
        }.sorted()
    }

    @Test func whatIsToBeDoneIsToldInItsOrder() throws {
        var wednesday = try Clerk(on: "2026-03-18")
        for _ in 1...4 { try wednesday.accept("2026-03-18T10:00") }
        // Due on Thursday 26 March.
        #expect(wednesday.application.due?.at == moment("2026-03-26T20:00"))
        try wednesday.act(.complete(ground: nil, note: ""), "2026-03-19T10:00", 2)
        try wednesday.act(
            .suspend(reason: "r", reviewBy: date("2026-04-10")), "2026-03-19T10:00", 3)
        try wednesday.act(.withdraw(reason: ""), "2026-03-19T10:00", 4)
        var thursday = try Clerk(on: "2026-03-19")
        try thursday.accept("2026-03-19T10:00")
        let clerks = [thursday, wednesday]
        let table: [(now: String, all: Bool, expected: [(String, Urgency, Int?)])] = [
            (
                "2026-03-20T10:00", true,
                [
                    // After the 20th the Corporation works again on the 25th, a day before providers.
                    ("2026-03-18/1", .dueSoon, 2), ("2026-03-18/2", .waiting, 29),
                    ("2026-03-19/1", .later, 3), ("2026-03-18/3", .later, 15),
                ]
            ),
            (
                "2026-03-26T20:00", false,
                [
                    ("2026-03-18/1", .dueToday, 0), ("2026-03-19/1", .dueSoon, 1),
                    ("2026-03-18/2", .waiting, 27),
                ]
            ),
            (
                "2026-03-28T09:00", false,
                [
                    ("2026-03-18/1", .overdue, -2), ("2026-03-19/1", .overdue, -1),
                    ("2026-03-18/2", .waiting, 25),
                ]
            ),
            (
                "2026-04-28T09:00", false,
                [
                    ("2026-03-18/1", .overdue, -28), ("2026-03-19/1", .overdue, -27),
                    ("2026-03-18/3", .overdue, -15), ("2026-03-18/2", .toBeReturned, -1),
                ]
            ),
        ]
        for (now, all, expected) in table {
            let found = try list(at: now, all: all, clerks)
            #expect(
                found.map { String($0.id.description.dropFirst("astana-1/".count)) }
                    == expected.map(\.0), "\(now)")
            #expect(found.map(\.urgency) == expected.map(\.1), "\(now)")
            #expect(found.map(\.workingDays) == expected.map(\.2), "\(now)")
        }
        let soon = try list(at: "2026-03-20T10:00", within: 3, clerks)
        #expect(soon.map(\.urgency) == [.dueSoon, .dueSoon, .waiting])
        let sooner = try list(at: "2026-03-20T10:00", within: 1, clerks)
        #expect(sooner.map(\.urgency) == [.waiting])
    }

    @Test func theShareDoneInTimeCountsEachApplicationOnce() throws {
        var clerk = try Clerk(on: "2026-03-18")
        for _ in 1...7 { try clerk.accept("2026-03-18T10:00") }
        try clerk.decline("2026-03-18T10:00", try clerk.handIn(documents: []))
        try clerk.act(.complete(ground: nil, note: ""), "2026-03-26T20:00", 1)
        try clerk.act(.complete(ground: "requirements-not-met", note: ""), "2026-03-19T10:00", 2)
        try clerk.act(.handOver(.applicant), "2026-05-26T10:00", 2)
        try clerk.act(.complete(ground: nil, note: ""), "2026-03-26T20:01", 3)
        try clerk.act(.suspend(reason: "r", reviewBy: date("2026-06-10")), "2026-03-19T10:00", 4)
        try clerk.act(.withdraw(reason: ""), "2026-03-19T10:00", 5)
        for (period, from) in [
            (Punctuality.Period.whole, "2026-02-10"), (.month, "2026-03-01"),
            (.day, "2026-03-18"),
        ] {
            let question = PunctualityQuestion(
                office: nil, from: date("2026-02-10"), to: date("2026-03-31"), period: period)
            var tally = PunctualityTally(question)
            tally.add(clerk.register, clerk.office, clerk.date, at: moment("2026-03-26T20:01"))
            let row = try #require(tally.punctuality.rows.first)
            #expect(tally.punctuality.rows.count == 1)
            #expect(row.from == date(from))
            #expect(
                [row.accepted, row.inTime, row.late, row.running, row.overdue, row.withdrawn]
                    == [7, 2, 1, 1, 2, 1])
            #expect(row.perMille == 400)
        }
        var early = PunctualityTally(
            PunctualityQuestion(
                office: nil, from: clerk.date, to: clerk.date, period: .whole))
        early.add(clerk.register, clerk.office, clerk.date, at: moment("2026-03-26T20:00"))
        #expect(early.punctuality.rows[0].running == 3)
        #expect(early.punctuality.rows[0].overdue == 0)
    }
}
