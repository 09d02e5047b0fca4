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

    @Test func onOtherDaysTheirOwnCounts() throws {
        #expect(try crews(on: "2018-03-05", "five") == ["monday"])
        #expect(try crews(on: "2018-03-10", "five") == [])
    }
}
