// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import TestKit
import Testing
import Visits
import WorkingDays

@testable import HomeVisits

/// Values on both sides of their edges.
@Suite struct ValueEdgeTests {
    @Test func aWindowEndsNotBeforeItStarts() {
        #expect(VisitWindow(start: 5, end: 5) != nil && VisitWindow(start: 5, end: 4) == nil)
    }

    @Test(arguments: [
        (0, 60, false), (1, 60, true), (20_000, 60, true), (20_001, 60, false), (9, 0, false),
        (9, 1, true), (9, 14_400, true), (9, 14_401, false),
    ])
    func aClosedRoadHasItsBounds(_ radius: Int, _ extra: Int, _ isOne: Bool) {
        let closure = RoadClosure(
            name: NeedID("road")!, centre: City.home, radius: radius, extra: extra)
        #expect((closure != nil) == isOne)
    }

    /// A line is crossed that only touches the circle.
    @Test func aCircleHasItsEdge() {
        let south = HomePoint(
            longitude: City.home.longitude, latitude: City.home.latitude - 100_000)!
        // 11,119.5 metres away.
        for (radius, isCrossed) in [(11_119, false), (11_120, true)] {
            let closure = RoadClosure(
                name: NeedID("road")!, centre: City.home, radius: radius, extra: 1)!
            #expect(closure.isCrossed(south, south) == isCrossed)
        }
    }

    @Test(
        arguments: [
            (180_000_000, 0, true), (180_000_001, 0, false), (-180_000_000, 0, true),
            (-180_000_001, 0, false), (0, 90_000_000, true), (0, 90_000_001, false),
            (0, -90_000_000, true), (0, -90_000_001, false),
        ] as [(Int32, Int32, Bool)])
    func aPlaceIsOnTheEarth(_ longitude: Int32, _ latitude: Int32, _ isOne: Bool) {
        #expect((HomePoint(longitude: longitude, latitude: latitude) != nil) == isOne)
    }

    @Test func visitsAreCountedFromOne() {
        #expect(HomeVisitID(area: City.id, number: 0) == nil)
        #expect(HomeVisitID(area: City.id, number: 1) != nil)
        #expect(VisitCommand.replanSeconds == 1...600)
    }

    @Test(arguments: [(0, false), (1, true), (14, true), (15, false)])
    func aPlanIsOfSomeDays(_ days: Int, _ isTaken: Bool) throws {
        var city = try City()
        let question = VisitQuestion.plan(City.id, from: nil, days: days)
        let answer = try? city.desk.answer(question, city.terms, now: city.now)
        #expect((answer != nil) == isTaken)
    }

    @Test(
        arguments: [
            (200, 0, 0, nil), (201, 0, 0, "name"), (0, 500, 0, nil), (0, 501, 0, "address"),
            (0, 0, 40, nil), (0, 0, 41, "telephone"),
        ] as [(Int, Int, Int, String?)])
    func wordsHaveTheirLengths(_ name: Int, _ address: Int, _ telephone: Int, _ field: String?) {
        func text(_ count: Int) -> String { String(repeating: "a", count: count) }
        let words = PersonWords(
            name: text(name), address: text(address), telephone: text(telephone), place: City.home)
        #expect(words.fault?.field == field)
    }

    @Test(
        arguments: [
            (0x1F, false), (0x20, true), (0x7E, true), (0x7F, false), (0x9F, false), (0xA0, true),
        ])
    func wordsHaveNoControlCharacters(_ character: UInt32, _ isTaken: Bool) {
        let name = String(Character(Unicode.Scalar(character)!))
        let words = PersonWords(name: name, address: "", telephone: "", place: City.home)
        #expect((words.fault == nil) == isTaken)
    }

    /// A way of a day is none, and one of a second less is the longest.
    @Test func aMeasuredWayHasItsBounds() throws {
        let places = [City.home, HomePoint(longitude: 0, latitude: 0)!]
        let longest = MeasuredWays.longest
        for (seconds, isOne) in [(0, true), (-1, false), (longest, true), (longest + 1, false)]
            as [(Int32, Bool)]
        {
            let ways = try #require(MeasuredWays(places, seconds: [0, seconds, 7, 0]))
            #expect(ways.seconds(from: places[0], to: places[1]) == (isOne ? seconds : nil))
            #expect(ways.seconds(from: places[1], to: places[0]) == 7)
        }
    }

    // MARK: Areas

    private static let bounds:
        [(String, any WritableKeyPath<VisitRules, Int> & Sendable, Int, Int)] =
            [
                ("visit-minutes", \.visitMinutes, 1, 480),
                ("setup-minutes", \.setupMinutes, 0, 120),
                ("due-days", \.dueDays, 1, 60), ("horizon-days", \.horizonDays, 1, 14),
                ("window-minutes", \.windowMinutes, 30, 720),
                ("lead-minutes", \.leadMinutes, 0, 1_440),
                ("hold-minutes", \.holdMinutes, 1, 60), ("held-windows", \.heldWindows, 1, 8),
                ("lunch-minutes", \.lunchMinutes, 0, 120),
                ("frozen-order-days", \.frozenOrderDays, 0, 14),
                ("frozen-crew-days", \.frozenCrewDays, 0, 14),
                ("move-price-seconds", \.movePrice, 0, 36_000),
            ]

    @Test func everyRuleHasItsBounds() {
        #expect(VisitRules.bounds.map(\.name) == Self.bounds.map(\.0))
        for (name, value, least, most) in Self.bounds {
            for (number, isTaken) in [
                (least - 1, false), (least, true), (most, true), (most + 1, false),
            ] {
                var rules = VisitRules()
                // A visit whose order stays has its crew.
                if value == \.frozenOrderDays { rules.frozenCrewDays = 14 }
                if value == \.frozenCrewDays { rules.frozenOrderDays = 0 }
                rules[keyPath: value] = number
                let fault = City.area(rules: rules).fault
                #expect(fault?.field == (isTaken ? nil : "rules.\(name)"), "\(number)")
            }
        }
    }

    @Test(arguments: [(2, 2, true), (3, 2, false)])
    func whatKeepsItsOrderKeepsItsCrew(_ order: Int, _ crew: Int, _ isTaken: Bool) {
        var rules = VisitRules()
        (rules.frozenOrderDays, rules.frozenCrewDays) = (order, crew)
        #expect((City.area(rules: rules).fault == nil) == isTaken)
    }

    /// An area with so many of each.
    private static func area(
        needs: Int = 0, crews: Int = 1, members: Int = 1, duties: Int = 0
    ) -> VisitArea {
        let plain = City.area(crews: 1)
        let duty = VisitArea.OfficeDuty(member: MemberID("m-0-0")!, date: date("2026-03-17"))
        return VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind, zone: "",
            home: plain.home,
            needs: (0..<needs).map { VisitArea.Need(id: NeedID("n-\($0)")!, title: plain.title) },
            crews: (0..<crews).map { crew in
                VisitArea.Crew(
                    id: CrewID("c-\(crew)")!,
                    members: (0..<members).map { MemberID("m-\(crew)-\($0)")! }, needs: [],
                    weekdays: [], hours: nil)
            }, duties: Array(repeating: duty, count: duties), rules: plain.rules)
    }

    @Test func anAreaHasSoManyOfEach() {
        let areas: [(VisitArea, String?)] = [
            (Self.area(needs: 32), nil), (Self.area(needs: 33), "needs"),
            (Self.area(crews: 48), nil), (Self.area(crews: 49), "crews"),
            (Self.area(crews: 0), "crews"), (Self.area(members: 8), nil),
            (Self.area(members: 9), "crews[0].members"),
            (Self.area(members: 0), "crews[0].members"),
            (Self.area(duties: 2_000), nil), (Self.area(duties: 2_001), "duties"),
        ]
        for (area, field) in areas { #expect(area.fault?.field == field) }
    }

    /// An area has had 63 names of crews at most.
    @Test func anAreaHasHadSoManyCrews() throws {
        func area(_ names: Range<Int>) -> VisitArea {
            let plain = City.area(crews: 1)
            return VisitArea(
                id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind,
                zone: "", home: plain.home, needs: [],
                crews: names.map {
                    VisitArea.Crew(
                        id: CrewID("c-\($0)")!, members: [MemberID("m-\($0)")!], needs: [],
                        weekdays: [], hours: nil)
                }, duties: [], rules: plain.rules)
        }
        var city = try City(area(0..<40))
        try city.does(.describe(area(23..<63)))
        #expect(city.desk.book.crews.count == 63)
        #expect(throws: VisitRefusal.self) { try city.does(.describe(area(24..<64))) }
        try city.does(.describe(area(0..<2)))
    }

    // MARK: Windows of a day

    /// Minutes of a window and before its end, when it is asked, and the windows of that day.
    @Test(arguments: [
        // What is left at the closing is one of its own from half an hour on.
        (210, 0, "08:00", "09:00–12:30 12:30–16:00 16:00–19:30 19:30–20:00"),
        (211, 0, "08:00", "09:00–12:31 12:31–16:02 16:02–20:00"),
        // The last that can be told of a window is half an hour.
        (120, 0, "17:30", "17:30–19:00 19:00–20:00"), (120, 0, "18:30", "18:30–19:00 19:00–20:00"),
        (120, 0, "18:31", "19:00–20:00"), (120, 90, "17:00", "18:30–19:00 19:00–20:00"),
        // A window that may begin just now begins so, and one that has begun at the next quarter.
        (211, 0, "12:31", "12:31–16:02 16:02–20:00"), (211, 0, "12:32", "12:45–16:02 16:02–20:00"),
        (120, 0, "19:30", "19:30–20:00"), (120, 0, "19:31", ""),
    ])
    func windowsOfADay(_ length: Int, _ lead: Int, _ time: String, _ expected: String) throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.leadMinutes) = (length, lead)
        let terms = try City().terms
        let windows = OfferWindows(rules, terms).windows(
            [date("2026-03-17")], now: Int(City.second("2026-03-17T\(time)")))
        func clock(_ second: Int) -> String {
            "\(terms.zone.civil(at: Timestamp(second: Int64(second))!).time)".prefix(5).description
        }
        let told = windows.map { "\(clock($0.start))–\(clock($0.end))" }.joined(separator: " ")
        #expect(told == expected)
    }

    @Test func aBoardIsFreshForFortySeconds() throws {
        var city = try City()
        try city.desk.refreshBoard(city.terms, now: city.now)
        #expect(!city.desk.wantsBoard(city.terms, now: city.now + 39))
        #expect(city.desk.wantsBoard(city.terms, now: city.now + 40))
    }

    /// A book takes in what is of one of its crews.
    @Test func aShiftIsOneOfTheAreas() {
        for (shift, isOne) in [(-1, false), (0, true), (2, true), (3, false)] {
            var book = VisitBook(City.area(crews: 3))
            let isTaken = book.take([.absent(ShiftID(shift))], at: 0)
            #expect(isTaken == isOne)
        }
    }
}
