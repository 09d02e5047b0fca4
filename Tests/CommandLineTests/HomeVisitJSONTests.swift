// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import Journal
import KezekFiles
import KezekJSON
import KezekWire
import TestKit
import Testing

@testable import kezek

/// What programs read of home visits.
@Suite struct HomeVisitJSONTests {
    /// The value as a program reads it.
    private func read(_ value: JSONValue) throws -> NSDictionary {
        let data = Data(value.text(indented: false).utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
    }

    private func read(
        _ reply: Reply, with members: [JSONValue.Member] = []
    ) throws -> NSDictionary {
        try read(try JSONText.value(reply, with: members, clock: VisitValues.clock.stamp))
    }

    private func window(_ start: String, _ end: String) -> NSDictionary {
        ["start": "2026-12-01T\(start):00+05:00", "end": "2026-12-01T\(end):00+05:00"]
    }

    @Test func aReceiptHasItsOfferWithMomentsAndSeconds() throws {
        let offer = OfferList(
            until: VisitValues.second("2026-12-01T08:35:07"),
            due: VisitValues.second("2026-12-07T20:00"),
            windows: [
                VisitValues.offered(
                    "2026-12-01T11:00", "2026-12-01T13:00", "crew-2", 185, held: true)
            ],
            refused: [
                VisitValues.refused("2026-12-01T09:00", "2026-12-01T11:00", .noSlack, 60),
                VisitValues.refused("2026-12-01T13:00", "2026-12-01T15:00", .pastDue),
            ], ways: .roadsMissing,
            promise: VisitValues.window("2026-12-02T11:00", "2026-12-02T13:00"), isUnkept: true)
        let receipt = VisitReceipt(
            area: VisitValues.area, revision: 7, visit: VisitValues.visit, state: .held,
            offer: offer)
        let id = RequestID(high: 1, low: 2)
        #expect(
            try read(.visitReceipt(receipt), with: [id.member]) == [
                "requestId": "00000000000000010000000000000002", "area": "astana-1", "revision": 7,
                "visit": "astana-1/17", "state": "held", "unkept": [] as NSArray,
                "offer": [
                    "until": "2026-12-01T08:35:07+05:00", "due": "2026-12-07T20:00:00+05:00",
                    "windows": [
                        [
                            "start": "2026-12-01T11:00:00+05:00",
                            "end": "2026-12-01T13:00:00+05:00",
                            "crew": "crew-2", "extraTravel": 185, "held": true, "moved": 0,
                        ] as NSDictionary
                    ] as NSArray,
                    "refused": [
                        [
                            "start": "2026-12-01T09:00:00+05:00",
                            "end": "2026-12-01T11:00:00+05:00",
                            "reason": "noSlack", "missing": 60,
                        ] as NSDictionary,
                        [
                            "start": "2026-12-01T13:00:00+05:00",
                            "end": "2026-12-01T15:00:00+05:00",
                            "reason": "pastDue",
                        ] as NSDictionary,
                    ] as NSArray, "ways": "roadsMissing", "unkept": true,
                    "promise": [
                        "start": "2026-12-02T11:00:00+05:00", "end": "2026-12-02T13:00:00+05:00",
                    ] as NSDictionary,
                ] as NSDictionary,
            ] as NSDictionary)
    }

    @Test func aReceiptNamesWhatIsUnkeptAndWhatANewPlanBrought() throws {
        let receipt = VisitReceipt(
            area: VisitValues.area, revision: 8, visit: VisitValues.visit, state: .promised,
            promise: VisitValues.window("2026-12-01T11:00", "2026-12-01T13:00"),
            unkept: [
                UnkeptPromise(
                    number: 12, promise: VisitValues.window("2026-12-01T09:00", "2026-12-01T11:00"),
                    late: UnkeptPromise.Late(
                        start: VisitValues.second("2026-12-01T11:20"), crew: CrewID("crew-1")!),
                    alternatives: [
                        VisitValues.offered(
                            "2026-12-01T13:00", "2026-12-01T15:00", "crew-3", 61, held: false)
                    ])
            ],
            replan: ReplanFigures(
                isPublished: true, travelBefore: 10, travelAfter: 9, moved: 2, regained: 1))
        let told = try read(.visitReceipt(receipt))
        #expect(told["promise"] as? NSDictionary == window("11:00", "13:00"))
        #expect(told["offer"] == nil)
        #expect(
            told["unkept"] as? NSArray == [
                [
                    "visit": "astana-1/12", "promise": window("09:00", "11:00"),
                    "lateStart": "2026-12-01T11:20:00+05:00", "lateCrew": "crew-1",
                    "alternatives": [
                        [
                            "start": "2026-12-01T13:00:00+05:00",
                            "end": "2026-12-01T15:00:00+05:00",
                            "crew": "crew-3", "extraTravel": 61, "held": false, "moved": 0,
                        ] as NSDictionary
                    ] as NSArray,
                ] as NSDictionary
            ] as NSArray)
        #expect(
            told["replan"] as? NSDictionary == [
                "published": true, "travelBefore": 10, "travelAfter": 9, "moved": 2,
                "regained": 1,
            ] as NSDictionary)
    }

    @Test func aPlanHasEveryStopAndEveryVisit() throws {
        let told = try read(
            PlanVisits.json(VisitValues.plan, of: VisitValues.plan, VisitValues.clock))
        #expect(told["revision"] as? Int == 118)
        #expect(told["whole"] as? Bool == true)
        #expect(told["fromDay"] as? String == "2026-12-01")
        let days = try #require(told["crewDays"] as? [[String: Any]])
        #expect(days.map { $0["absent"] as? Bool } == [false, true, false])
        #expect(days[0]["travel"] as? Int == 1_801)
        #expect(
            days.map { $0["back"] as? String } == ["2026-12-01T13:55:00+05:00", nil, nil])
        #expect(
            told["totals"] as? NSDictionary == [
                "visits": 2, "held": 1, "usedShifts": 1, "travel": 1_801, "waiting": 120,
                "service": 4_500, "overtime": 0, "spread": 0,
                "crews": [
                    ["crew": "crew-1", "visits": 2, "work": 6_301] as NSDictionary
                ] as NSArray,
            ] as NSDictionary)
        #expect(told["changes"] == nil)
        let stops = try #require(days[0]["stops"] as? [[String: Any]])
        #expect(stops.map { $0["kind"] as? String } == ["visit", "visit", "lunch", "held"])
        #expect(
            stops.map { $0["visit"] as? String } == ["astana-1/1", "astana-1/2", nil, "astana-1/4"])
        #expect(stops.map { $0["begun"] as? Bool } == [true, true, false, false])
        #expect(stops[0]["arrival"] as? String == "2026-12-01T09:10:00+05:00")
        #expect(stops[0]["start"] as? String == "2026-12-01T09:12:00+05:00")
        #expect(stops[0]["end"] as? String == "2026-12-01T09:37:00+05:00")
        let visits = try #require(told["visits"] as? [NSDictionary])
        #expect(
            visits.map { $0["state"] as? String } == [
                "underWay", "promised", "promised", "held", "failed",
            ])
        #expect(visits.map { $0["unkept"] as? Bool } == [false, false, true, false, false])
        #expect(
            visits[3] == [
                "id": "astana-1/4", "state": "held",
                "person": [
                    "name": "Person 4", "address": "House 4", "telephone": "+7 701 000 04",
                    "place": "71.43,51.128204",
                ] as NSDictionary, "needs": ["ramp"] as NSArray,
                "avoided": ["crew-3"] as NSArray, "serviceSeconds": 1_500, "setupSeconds": 0,
                "askedAt": "2026-11-30T10:00:00+05:00", "due": "2026-12-07T20:00:00+05:00",
                "heldUntil": "2026-11-30T10:35:00+05:00", "unkept": false,
            ] as NSDictionary)
        // Of somebody who is forgotten nothing is told.
        #expect(visits[4]["person"] == nil)
    }

    @Test func whatIsAfterTheHoursIsToldInSeconds() throws {
        let late = VisitValues.day("crew-1", "2026-12-01", [(1, "17:30")], back: "18:00:01")
        let idle = VisitValues.day("crew-2", "2026-12-01", [])
        let change = VisitValues.change([late], [], revision: 119)
        let whole = VisitValues.plan([late, idle], days: 1)
        // Of changes the totals are those of the whole.
        let told = try read(
            PlanVisits.json(change, of: whole, VisitValues.clock))
        let days = try #require(told["crewDays"] as? [NSDictionary])
        #expect(days[0]["back"] as? String == "2026-12-01T18:00:01+05:00")
        let totals = try #require(told["totals"] as? NSDictionary)
        #expect(totals["overtime"] as? Int == 1)
        // The idle crew's way is what the values say.
        #expect(totals["spread"] as? Int == 1_500)
        #expect((totals["crews"] as? [Any])?.count == 2)
    }

    @Test func anExplanationNamesTheVisitThatWouldBeLate() throws {
        for bound in VisitExplained.Bound.allCases {
            let told = try read(
                .visits(
                    .explanation(
                        VisitExplained(
                            id: VisitValues.visit, crew: CrewID("crew-1")!,
                            date: date("2026-12-01"),
                            arrival: VisitValues.second("2026-12-01T10:50"),
                            start: VisitValues.second("2026-12-01T11:00"), extraTravel: 300,
                            waitsForWindow: true, slack: 725, bound: bound,
                            boundVisit: bound == .visit ? 12 : 0,
                            elsewhere: [
                                VisitExplained.Elsewhere(
                                    crew: CrewID("crew-3")!, date: date("2026-12-01"),
                                    extraTravel: nil, reason: .need)
                            ]))))
            #expect(told["bound"] as? String == "\(bound)")
            #expect(told["boundVisit"] as? String == (bound == .visit ? "astana-1/12" : nil))
            #expect(told["slack"] as? Int == 725)
            #expect(told["start"] as? String == "2026-12-01T11:00:00+05:00")
            #expect(
                told["others"] as? NSArray == [
                    ["crew": "crew-3", "day": "2026-12-01", "reason": "need"] as NSDictionary
                ] as NSArray)
        }
    }

    @Test func anAreaHasEveryRuleByItsName() throws {
        let area = try AreaFile.read(
            Repository.root.appendingPathComponent("Examples/visits/area.yaml"))
        let told = try read(.visits(.area(area, revision: 3)))
        #expect(told["revision"] as? Int == 3)
        let description = try #require(told["area"] as? [String: Any])
        #expect(description["home"] as? String == "71.4306,51.1282")
        let rules = try #require(description["rules"] as? [String: Any])
        // Numbers by the names that they have in files, in camel case.
        for bound in VisitRules.bounds {
            let words = bound.name.split(separator: "-")
            let key = words.dropFirst().reduce(String(words[0])) { $0 + $1.capitalized }
            #expect(rules[key] as? Int == area.rules[keyPath: bound.value], "\(key)")
        }
        #expect(
            rules["lunch"] as? NSDictionary == [
                "startSecond": "12:00:00", "endSecond": "15:00:00",
            ] as NSDictionary)
        let crews = try #require(description["crews"] as? [[String: Any]])
        #expect(crews[2]["weekdays"] as? [Int] == [1, 2, 3, 4, 5])
        let hours = crews[1]["hours"] as? [String: String]
        #expect(hours?["startSecond"] == "11:00:00" && hours?["endSecond"] == "20:00:00")
        #expect(crews[0]["members"] as? [String] == ["ainur", "bolat"])
        let duties = try #require(description["duties"] as? [[String: String]])
        #expect(duties.map { $0["member"] } == ["ivan"])
        #expect(duties.map { $0["day"] } == ["2026-12-10"])
    }
}
