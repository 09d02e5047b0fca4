// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import HomeVisits
import Parties
import ServiceStandards
import TestKit
import Testing
import WorkingDays

/// Crews of some weekdays on days that an act moves.
@Suite struct MovedDayTests {
    private static let days: [(working: String, rest: String)] = [
        ("2018-03-03", "2018-03-09"), ("2018-04-28", "2018-04-30"), ("2018-05-05", "2018-05-08"),
    ]

    /// The crews that have a shift, each of one weekday.
    private func crews(on day: String, _ week: String) throws -> [String] {
        let library = try Repository.library()
        let kind = library.standards["std-7"]!.offices.first { $0.id == "corporation" }!
        let zone = library.zones.first { $0.name == "Asia/Almaty" }!
        let terms = AreaTerms(
            zone: zone, hours: kind.work.open,
            calendar: try library.calendars["kz"]!.view(asKnownOn: date("2018-12-31")).week(week))
        let plain = City.area()
        let area = VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind,
            zone: plain.zone, home: plain.home, needs: [],
            crews: Weekday.allCases.map { weekday in
                VisitArea.Crew(
                    id: CrewID(weekday.name)!, members: [MemberID("m-\(weekday.name)")!], needs: [],
                    weekdays: [weekday], hours: nil)
            }, duties: [], rules: plain.rules)
        var desk = VisitDesk(VisitBook(area), WayTable(StraightWays()))
        let now = zone.timestamp(moment("2018-01-10T09:00"))!.second
        return try desk.plan(date(day), 1, since: nil, terms, now: now).crewDays
            .map(\.crew.description)
    }

    /// On a moved Saturday those work whose day the act takes, and nobody on that day.
    @Test(arguments: Self.days) func crewsWorkInPlaceOfTheirDay(_ working: String, _ rest: String)
        throws
    {
        #expect(try crews(on: working, "five") == [date(rest).weekday.name])
        #expect(try crews(on: rest, "five") == [])
        // In a week of six days nothing is moved.
        #expect(try crews(on: working, "six") == ["saturday"])
        #expect(try crews(on: rest, "six") == [date(rest).weekday.name])
    }

    /// What was made ready to answer callers is not asked any more once an act makes other days working days.
    @Test func noWindowIsOfferedOfADayThatHasJustBecomeARestDay() throws {
        var city = try City(at: "2026-03-13T12:00")
        let saturday = City.second("2026-03-14T00:00")..<City.second("2026-03-15T00:00")
        let first = try #require(try city.asks(1, 9_000).offer)
        #expect(first.windows.contains { saturday.contains($0.window.start) })
        city.time()
        let question = WindowsQuestion(
            area: City.id, place: City.home, needs: [], avoided: [], minutes: nil)
        for (week, isOpen) in [("six", true), ("five", false)] {
            let terms = AreaTerms(
                zone: city.terms.zone, hours: city.terms.hours,
                calendar: try Repository.library().calendars["kz"]!
                    .view(asKnownOn: date("2026-03-01")).week(week))
            guard
                case .windows(let free) = try city.desk.answer(
                    .windows(question), terms, now: city.now)
            else {
                Issue.record("no windows")
                return
            }
            #expect(free.windows.contains { saturday.contains($0.window.start) } == isOpen)
        }
    }

    @Test func onOtherDaysTheirOwnCounts() throws {
        #expect(try crews(on: "2018-03-05", "five") == ["monday"])
        #expect(try crews(on: "2018-03-10", "five") == [])
    }
}
