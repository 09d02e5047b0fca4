// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

@Suite struct PlannerTests {
    /// A week with Sunday off and Nauryz on 21 March 2026, a Saturday; 26 April works for 27 April.
    private static let book: CalendarBook = {
        func text(_ text: String) -> LocalizedText { LocalizedText(kk: text, ru: text, en: text) }
        let act = Act(title: text("act"), date: nil)
        let known = date("2000-01-01")
        return CalendarBook(
            id: "test", title: text("test"), zone: "UTC", years: 2026...2026,
            weeks: [
                WeekPattern(
                    id: "six", title: text("six"), restDays: [.sunday], act: act,
                    balanceMinutes: [:])
            ], substitution: nil,
            holidays: [
                FixedHoliday(
                    id: "nauryz", name: text("Nauryz"), month: 3, day: 21, substituted: false,
                    versions: [.init(known: known, firstYear: 1, lastYear: nil, act: act)])
            ], movable: [],
            transfers: [
                Transfer(
                    becomesWorking: date("2026-04-26"), becomesRest: date("2026-04-27"),
                    known: known, act: act)
            ])
    }()

    private func interval(_ start: Int, _ end: Int) throws -> DayInterval {
        let start = try #require(TimeOfDay(hour: start, minute: 0))
        let end = try #require(TimeOfDay(hour: end, minute: 0))
        return try #require(DayInterval(start: start, end: end))
    }

    /// The first window follows the office, the second a roster, the third has a lunch break.
    private func planner() throws -> Planner {
        let title = LocalizedText(kk: "t", ru: "t", en: "t")
        let office = QueueOffice(
            id: try #require(OfficeID("o")), title: title, address: title, standard: "std-7",
            kind: "corporation", zone: "",
            services: [
                QueueService(id: "a", letter: UInt8(ascii: "A"), title: title, minutes: 10),
                QueueService(id: "b", letter: UInt8(ascii: "B"), title: title, minutes: nil),
            ],
            windows: [
                QueueWindow(id: 1, services: ["a"], roster: [:], breaks: []),
                QueueWindow(
                    id: 2, services: ["b"],
                    roster: [
                        .monday: [try interval(8, 12)], .thursday: [try interval(14, 22)],
                    ], breaks: []),
                QueueWindow(
                    id: 3, services: ["a", "b"], roster: [:], breaks: [try interval(13, 14)]),
            ],
            exceptions: [
                RosterException(date: date("2026-03-20"), window: 1, hours: []),
                RosterException(date: date("2026-03-20"), window: 2, hours: [try interval(9, 10)]),
            ],
            closures: [
                Closure(date: date("2026-03-23"), hours: nil, reason: Plans.closed),
                Closure(
                    date: date("2026-03-24"), hours: try interval(12, 14), reason: Plans.closed),
            ], rules: QueueRules())
        let offset = try #require(UTCOffset(seconds: 18_000))
        let terms = OfficeTerms(
            policy: .electronicQueue, policyRule: "R7.6",
            reception: HoursBook(
                everyWorkingDay: try #require(OpeningHours([interval(9, 20)]))),
            longestWait: OfficeTerms.Limit(minutes: 20, rule: "R3.5"),
            longestService: OfficeTerms.Limit(minutes: 15, rule: "R3.6"),
            zone: try #require(
                TimeZoneRules(name: "UTC+5", firstOffset: offset, transitions: [])))
        return Planner(
            office: office, terms: terms,
            calendar: try Self.book.compile(week: "six", asKnownOn: date("2026-01-01")),
            calendarVersion: "v")
    }

    @Test func aPlanFollowsTheWeekTheRostersTheExceptionsAndTheClosures() throws {
        let planner = try planner()
        // Of each date the hours of the office and of its three windows, as "from-to".
        let rows: [(String, String, [String])] = [
            ("2026-03-19", "9-20", ["9-20", "14-20", "9-13 14-20"]),
            ("2026-03-16", "9-20", ["9-20", "9-12", "9-13 14-20"]),
            ("2026-03-17", "9-20", ["9-20", "", "9-13 14-20"]),
            ("2026-03-20", "9-20", ["", "9-10", "9-13 14-20"]),
            ("2026-03-21", "", ["", "", ""]),
            ("2026-03-22", "", ["", "", ""]),
            ("2026-03-23", "", ["", "", ""]),
            ("2026-03-24", "9-12 14-20", ["9-12 14-20", "", "9-12 14-20"]),
            // A Sunday that works as the Monday after it would have.
            ("2026-04-26", "9-20", ["9-20", "9-12", "9-13 14-20"]),
            ("2026-04-27", "", ["", "", ""]),
        ]
        func text(_ spans: [DayPlan.Span]) -> String {
            spans.map { "\($0.start / 3_600)-\($0.end / 3_600)" }.joined(separator: " ")
        }
        for (day, hours, windows) in rows {
            let plan = try planner.plan(date(day))
            #expect(text(plan.hours) == hours, "\(day)")
            #expect(plan.windows.map { text($0.spans) } == windows, "\(day)")
            #expect((plan.closedBecause != nil) == hours.isEmpty, "\(day)")
            // A closure of hours leaves the slots behind it where they are.
            #expect(text(plan.slotHours) == (hours == "9-12 14-20" ? "9-20" : hours), "\(day)")
        }
        #expect(try planner.plan(date("2026-03-21")).closedBecause?.en == "Nauryz")
        #expect(try planner.plan(date("2026-03-22")).closedBecause?.en == "rest day")
        #expect(try planner.plan(date("2026-03-23")).closedBecause == Plans.closed)
        #expect(throws: CalendarError.self) { try planner.plan(date("2027-01-04")) }
    }

    @Test func aPlanHasTheStandardsLimitsAndTheOfficesOwnMinutes() throws {
        let plan = try planner().plan(date("2026-03-19"))
        #expect(plan.services.map(\.seconds) == [600, 900])
        #expect((plan.waitLimit, plan.serviceLimit) == (1_200, 900))
        #expect(plan.windows.map(\.services) == [0b01, 0b10, 0b11])
        // Midnight in the zone, five hours before that of UTC.
        #expect(plan.midnight == 1_773_860_400)
    }

    @Test func aNewPlanKeepsServicesAndWindowsInTheirPlaces() throws {
        let old = Plans.plan(
            [Plans.service("A"), Plans.service("B")],
            [Plans.window(1, [0, 1]), Plans.window(2, [1])])
        let new = Plans.plan(
            [Plans.service("C"), Plans.service("B", minutes: 10)],
            [Plans.window(3, [0]), Plans.window(2, [0, 1])])
        let kept = try new.keepingPlaces(of: old)
        #expect(kept.services.map(\.id) == ["a", "b", "c"])
        #expect(kept.services.map(\.seconds) == [1_200, 600, 1_200])
        #expect(kept.windows.map(\.id) == [1, 2, 3])
        #expect(kept.windows.map(\.services) == [0, 0b110, 0b100])
        #expect(kept.windows.map(\.spans.isEmpty) == [true, false, false])
        #expect(try kept.keepingPlaces(of: kept) == kept)
        #expect(try old.keepingPlaces(of: old) == old)
    }
}
