// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import KezekJSON
import Parties
import TestKit
import Testing
import Texts

@testable import kezek

/// What is otherwise than in a plan that was printed before.
@Suite struct ChangesSinceTests {
    private typealias Values = VisitValues

    private func printed(_ plan: AreaPlan) throws -> Data {
        Data(try PlanVisits.json(plan, of: plan, Values.clock).text(indented: true).utf8)
    }

    // MARK: Reading

    @Test func whatIsPrintedIsReadAsThePlanWas() throws {
        let plans = [
            Values.plan, Values.plan([], days: 1),
            Values.plan([
                Values.day("crew-1", "2026-12-01", [(7, "09:00"), (7, "15:00:01")]),
                Values.day("crew-1", "2026-12-02", [(.max, "09:00:59")], back: "18:04"),
            ]),
        ]
        for plan in plans {
            let text = try printed(plan)
            #expect(try PlannedVisits(reading: text, of: Values.area) == PlannedVisits(plan))
        }
        let places = PlannedVisits(plans[2]).places
        #expect(
            places[7]?.map(\.start) == [
                Values.second("2026-12-01T09:00"), Values.second("2026-12-01T15:00:01"),
            ])
        #expect(PlannedVisits(Values.plan).places.keys.sorted() == [1, 2])
    }

    /// The text in the printed plan, what stands there instead, the field, and what is told of it.
    @Test(arguments: [
        (#""area": "astana-1""#, #""area": "astana-2""#, "area", "astana-2, not of astana-1"),
        (#""area": "astana-1""#, #""area": "Astana""#, "area", "an area's name"),
        (#""area": "astana-1""#, #""area": null"#, "area", "is missing"),
        (#""area": "astana-1""#, #""areas": 1"#, "area", "is missing"),
        (#""area": "astana-1""#, #""area": ["a"]"#, "area", "expected a text"),
        (#""area": "astana-1""#, #""area": "x", "area": "astana-1""#, "area", "is there twice"),
        (
            #""start": "2026-12-01T11:00:00+05:00""#,
            #""start": "2026-12-01T11:00:00+05:00", "start": "2026-12-01T12:00:00+05:00""#,
            "crewDays[0].stops[1].start", "is there twice"
        ),
        (#""whole": true"#, #""whole": false"#, "whole", "without --watch"),
        (#""whole": true"#, #""whole": 1"#, "whole", "expected true or false"),
        (#""revision": 200"#, #""revision": -1"#, "revision", "from 0 to"),
        (#""revision": 200"#, #""revision": 1e300"#, "revision", "from 0 to"),
        (#""days": 3"#, #""days": 0"#, "days", "1 to 14"),
        (#""days": 3"#, #""days": 15"#, "days", "1 to 14"),
        (#""days": 3"#, #""days": 9223372036854775807"#, "days", "1 to 14"),
        (
            #""fromDay": "2026-12-01""#, #""fromDay": "2026-02-30""#, "fromDay",
            "a date as 2026-12-01"
        ),
        (#""fromDay": "2026-12-01""#, #""fromDay": "9999-12-30""#, "days", "1 to 14"),
        (
            #""fromDay": "2026-12-01""#, #""fromDay": "2026-12-02""#, "crewDays[0].day",
            "from 2026-12-02 to 2026-12-04"
        ),
        (#""day": "2026-12-02""#, #""day": "x""#, "crewDays[1].day", "a date as 2026-12-01"),
        (
            #""day": "2026-12-02""#, #""day": "2026-12-01""#, "crewDays[1]",
            "crew-1 is there twice"
        ),
        (#""day": "2026-12-02""#, #""date": 2"#, "crewDays[1].day", "is missing"),
        (#""crew": "crew-1""#, #""crew": "Crew 1""#, "crewDays[0].crew", "a crew's name"),
        (
            #""kind": "visit""#, #""kind": "rest""#, "crewDays[0].stops[0].kind",
            "visit, held or lunch"
        ),
        (
            #""visit": "astana-1/7""#, #""visit": "astana-2/7""#, "crewDays[0].stops[0].visit",
            "a visit as astana-1/17"
        ),
        (
            #""visit": "astana-1/7""#, #""visit": "astana-1/0""#, "crewDays[0].stops[0].visit",
            "a visit as astana-1/17"
        ),
        (
            #""visit": "astana-1/8""#, #""who": "astana-1/8""#, "crewDays[0].stops[1].visit",
            "a visit as astana-1/17"
        ),
        // Without an offset nobody knows when it is.
        (
            #""start": "2026-12-01T11:00:00+05:00""#, #""start": "2026-12-01T11:00:00""#,
            "crewDays[0].stops[1].start", "a time as"
        ),
        (
            #""start": "2026-12-01T11:00:00+05:00""#, #""start": 5"#,
            "crewDays[0].stops[1].start", "expected a text"
        ),
        (
            #""stops": ["#, #""stops": {}, "other": ["#, "crewDays[0].stops",
            "expected a list"
        ),
        (#""crewDays": ["#, #""crewDays": [1,"#, "crewDays[0]", "expected a map"),
        (#""crewDays": ["#, #""crewDays": [null,"#, "crewDays[0]", "is missing"),
    ])
    func whatIsWrongIsNamed(old: String, new: String, field: String, problem: String) throws {
        let plan = Values.plan([
            Values.day("crew-1", "2026-12-01", [(7, "09:00"), (8, "11:00")]),
            Values.day("crew-1", "2026-12-02", []),
        ])
        let text = String(decoding: try printed(plan), as: UTF8.self)
        // The first place of it; the area of the whole comes before those of the visits.
        let range = try #require(text.firstRange(of: old))
        let changed = Data(text.replacingCharacters(in: range, with: new).utf8)
        let fault = #expect(throws: PlannedVisits.Fault.self) {
            try PlannedVisits(reading: changed, of: Values.area)
        }
        #expect(fault?.field == field, "\(String(describing: fault))")
        #expect(
            fault?.problem.description.contains(problem) == true, "\(String(describing: fault))")
    }

    @Test func noTextHarmsTheReader() throws {
        let good = try printed(Values.plan)
        let deep = String(repeating: "[", count: 100_000)
        let texts =
            [Data(), Data([0xFF]), Data(deep.utf8), Data(#"{"area":\#(deep)"#.utf8), good + good]
            + (0..<40).map { good.prefix(good.count * $0 / 40) }
        for text in texts {
            let fault = #expect(throws: PlannedVisits.Fault.self) {
                try PlannedVisits(reading: text, of: Values.area)
            }
            #expect(
                fault?.field == "" && fault?.problem.description.hasPrefix("it is not what") == true
            )
        }
        let blank = Data(repeating: 32, count: PlannedVisits.byteLimit)
        #expect(throws: PlannedVisits.Fault(field: "", problem: "at most 32 MiB")) {
            try PlannedVisits(reading: blank + good, of: Values.area)
        }
    }

    // MARK: Comparing

    private func changes(_ before: AreaPlan, _ after: AreaPlan) throws -> ChangesSince {
        try ChangesSince(PlannedVisits(reading: printed(before), of: Values.area), to: after)
    }

    private static let morning = VisitValues.plan(
        [
            VisitValues.day(
                "crew-1", "2026-12-01", [(1, "09:00"), (2, "10:00"), (3, "11:00"), (4, "12:00")]),
            VisitValues.day("crew-2", "2026-12-01", [(5, "09:00"), (6, "10:00")]),
            VisitValues.day("crew-1", "2026-12-02", [(7, "09:00")]),
        ], revision: 101)

    private static let evening = VisitValues.plan(
        [
            VisitValues.day("crew-1", "2026-12-01", [(1, "09:00"), (3, "11:00:09"), (9, "14:00")]),
            VisitValues.day("crew-2", "2026-12-01", [(5, "09:30"), (2, "10:00")]),
            VisitValues.day("crew-1", "2026-12-02", [(4, "12:00")]),
            VisitValues.day("crew-2", "2026-12-02", [(7, "09:30")]),
        ], revision: 140)

    @Test func eachVisitThatIsPaidOtherwiseIsAChangeOfOneKind() throws {
        let changes = try changes(Self.morning, Self.evening)
        #expect(changes.visits.map(\.visit) == [2, 3, 4, 5, 6, 7, 9])
        #expect(changes.visits.map(\.kind) == [.crew, .time, .day, .time, .gone, .crew, .new])
        let counts = ChangesSince.Kind.allCases.map { changes.count($0) }
        #expect(counts == [2, 1, 2, 1, 1])
        #expect(
            ChangesText(changes: changes, clock: Values.clock).lines.joined(separator: "\n") == """
                changes on 2026-12-01 Tu to 2026-12-03 Th since revision 101
                visit       before                      now
                astana-1/2  2026-12-01 Tu 10:00 crew-1  2026-12-01 Tu 10:00 crew-2
                astana-1/3  2026-12-01T11:00 crew-1     2026-12-01T11:00:09 crew-1
                astana-1/4  2026-12-01 Tu 12:00 crew-1  2026-12-02 We 12:00 crew-1
                astana-1/5  2026-12-01 Tu 09:00 crew-2  2026-12-01 Tu 09:30 crew-2
                astana-1/6  2026-12-01 Tu 10:00 crew-2  no longer on these days
                astana-1/7  2026-12-02 We 09:00 crew-1  2026-12-02 We 09:30 crew-2
                astana-1/9  not on these days           2026-12-01 Tu 14:00 crew-1
                2 with another crew, 1 on another day, 2 at another time only, 1 new, \
                1 no longer on these days
                """)
    }

    @Test func nothingChangedIsSaid() throws {
        let changes = try changes(Self.morning, Self.morning)
        #expect(changes.visits.isEmpty)
        #expect(
            ChangesText(changes: changes, clock: Values.clock).lines
                == ["no changes on 2026-12-01 Tu to 2026-12-03 Th since revision 101"])
    }

    /// The first date and the number of days of the later plan, the dates compared, and what differs.
    @Test(arguments: [
        ("2026-12-01", 1 as Int32, "2026-12-01", 1, [2, 3, 4, 5, 6, 9] as [UInt32]),
        ("2026-12-02", 1, "2026-12-02", 1, [4, 7]), ("2026-12-03", 14, "2026-12-03", 1, []),
        ("2026-11-30", 2, "2026-12-01", 1, [2, 3, 4, 5, 6, 9]),
        ("2026-11-25", 14, "2026-12-01", 3, [2, 3, 4, 5, 6, 7, 9]),
    ])
    func onlyDatesOfBothAreCompared(
        from: String, days: Int32, first: String, count: Int, visits: [UInt32]
    ) throws {
        let later = Self.evening.cut(from: date(from), days: Int(days))
        let changes = try changes(Self.morning, later)
        #expect(changes.dates.lowerBound == date(first) && changes.dates.count == count)
        #expect(changes.visits.map(\.visit) == visits)
    }

    @Test(arguments: ["2026-11-30", "2026-12-04"])
    func withoutACommonDateItSaysWhatToDo(from: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try changes(Self.morning, Self.evening.cut(from: date(from), days: 1))
        }
        #expect(failure?.description.contains("2026-12-01 to 2026-12-03") == true)
        #expect(failure?.description.contains("--from and --days") == true)
    }

    /// Somebody who was not at home is compared by the last place that the visit has.
    @Test func aVisitThatIsPaidAgainIsComparedByItsLastPlace() throws {
        let once = Values.plan([Values.day("crew-1", "2026-12-01", [(1, "09:00")])])
        let twice = Values.plan([
            Values.day("crew-2", "2026-12-02", [(1, "10:00")]),
            Values.day("crew-1", "2026-12-01", [(1, "09:00")]),
        ])
        #expect(try changes(once, twice).visits.map(\.kind) == [.crew])
        #expect(try changes(twice, twice).visits.isEmpty)
        // On the first date alone it stands where it stood.
        #expect(try changes(once, twice.cut(from: nil, days: 1)).visits.isEmpty)
    }

    @Test func thePlanEndsWithTheChangesAsTextAndAsJSON() throws {
        let changes = try changes(Self.morning, Self.evening)
        let text = PlanText(plan: Self.evening, clock: Values.clock, changes: changes).lines
        let own = ChangesText(changes: changes, clock: Values.clock).lines
        #expect(text.suffix(own.count + 1) == [""] + own)
        let plan = Self.evening
        let data = Data(
            try PlanVisits.json(plan, of: plan, Values.clock, changes).text(indented: true).utf8)
        let told = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: NSObject])
        let all = try #require(told["changes"] as? [String: NSObject])
        let visits = try #require(all["visits"] as? [NSDictionary])
        #expect(
            visits[0] == [
                "visit": "astana-1/2", "change": "crew",
                "before": [
                    "crew": "crew-1", "day": "2026-12-01", "start": "2026-12-01T10:00:00+05:00",
                ] as NSDictionary,
                "after": [
                    "crew": "crew-2", "day": "2026-12-01", "start": "2026-12-01T10:00:00+05:00",
                ] as NSDictionary,
            ] as NSDictionary)
        #expect(
            visits.map { $0["change"] as? String } == [
                "crew", "time", "day", "time", "gone", "crew", "new",
            ])
        #expect(visits[4]["after"] == nil && visits[6]["before"] == nil)
        let counts = all.filter { $0.key != "visits" } as NSDictionary
        #expect(
            counts == [
                "sinceRevision": 101, "fromDay": "2026-12-01", "days": 3, "otherCrew": 2,
                "otherDay": 1, "otherTime": 2, "new": 1, "gone": 1,
            ] as NSDictionary)
    }

    /// 64 crews for 14 days with 20 stops each, and 2,000 visits, as much as `aFullPlanFitsAFrame` has.
    @Test func theFullestPlanHasAQuarterOfTheBytesOfAFile() throws {
        let day = Values.day(
            "crew-1", "2026-12-01", (1...20).map { (4_000_000_000 + UInt32($0), "09:00") },
            back: "18:04")
        let crewDay = try printed(Values.plan([day])).count
        let visits = try printed(Values.change([], [Values.view(1, .promised)], revision: 1)).count
        #expect(crewDay * 64 * 14 + visits * 2_000 < PlannedVisits.byteLimit / 4)
    }
}
