// SPDX-License-Identifier: Apache-2.0

import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

@testable import KezekVisitPapers

/// Plans as pictures and pages.
@Suite struct RouteMapTests {
    private static func map(_ week: SmallWeek, _ units: MapUnits) throws -> RouteMap {
        try RouteMap(
            week.plan, week.problem, points: .earth(week.document.coordinates),
            notes: week.document.notes, units: units)
    }

    @Test func aMapTellsEveryRouteStopAndDay() throws {
        let week = try SmallWeek()
        let map = try Self.map(week, .dated(SmallWeek.origin, SheetWords(.en)))
        #expect(map.days == ["Monday, 16 March 2026", "Tuesday, 17 March 2026"])
        #expect(map.tracks.map(\.stops.count) == [2, 1])
        #expect(map.tracks[1].to == nil && map.tracks[0].to == map.depots[0].point)
        #expect(map.depots.count == 1 && map.depots[0].title == "depot: crew-1, crew-2")
        #expect(map.unassigned.map(\.title) == ["visit 10, unassigned"])
        #expect(
            map.tracks[0].stops[0].title
                == "crew-1, 1: visit 7, Abai 5\n10:30–10:50\nwindow 10:00–12:00\n"
                + "promised 10:30–11:30\nwaits 1 h 17 min")
        // The window of visit 9 was on the day before.
        #expect(map.tracks.flatMap(\.stops).map(\.isLate) == [false, false, true])
        #expect(map.crews.map(\.name) == ["crew-1", "crew-2"])
        #expect(map.crews.map(\.late) == [0, 1])
        #expect(map.depots[0].point.y == -51.13)
        let svg = MapPicture(map).svg
        #expect(svg.count(of: "class=\"s l\"") == 1 && svg.count(of: "stroke=\"#000\"") == 1)
        #expect(isBalanced(svg) && svg.count(of: "<g class=\"s") == 3)
        // What a mark says has a line for each thing.
        #expect(svg.contains("visit 7, Abai 5\n10:30–10:50\nwindow 10:00–12:00\n"))
        #expect(svg.contains("1 route, 1 visit, ") && svg.contains("1 LATE"))
        #expect(svg.contains("crew-1: 2 visits, 57 min") && svg.contains("1 unassigned"))
        let html = MapPage(map).html
        #expect(isBalanced(html, voids: ["meta", "input"]))
        #expect(html.count(of: "<input type=\"checkbox\"") == 4)
        #expect(html.count(of: "<g class=\"s") == 3)
        // No network is needed: the only address is the name of SVG.
        for text in [svg.replacing("http://www.w3.org/2000/svg", with: ""), html] {
            #expect(!text.contains("http:") && !text.contains("https:"))
        }
    }

    /// Where a crew was in vain has a mark without a number, and its ways count, also of a crew that was nowhere
    /// else; what was promised for another day has that.
    @Test func whereACrewWasInVainIsDrawn() throws {
        let week = try SmallWeek()
        func soFar(_ shift: Int, _ start: Int, _ visit: Int) -> DaySoFar {
            DaySoFar(
                begun: [
                    ShiftID(shift): [
                        DaySoFar.Begun(
                            DoneStop(
                                .visit(VisitID(visit)), arrival: start, start: start,
                                end: start + 600), isInVain: true)
                    ]
                ])
        }
        func map(_ routes: [Route], _ soFar: DaySoFar) throws -> RouteMap {
            try RouteMap(
                TimedPlan(Plan(routes: routes)), week.problem,
                points: .earth(week.document.coordinates), notes: week.notes,
                units: .dated(SmallWeek.origin, SheetWords(.en)), after: soFar)
        }
        let alone = try map([week.plan.routes[1]], soFar(1, 33_187, 8))
        #expect(alone.tracks.map(\.stops.count) == [1, 1] && alone.tracks[0].visits.isEmpty)
        #expect(alone.tracks[0].stops[0].title == "crew-1: visit 8, in vain\n09:13–09:23")
        #expect(alone.crews.map(\.visits) == [0, 1] && alone.crews[0].travel > 0)
        let sum = alone.tracks.reduce(0) { $0 + $1.travel }
        for text in [MapPicture(alone).svg, MapPage(alone).html] {
            #expect(text.contains("2 routes, 1 visit, \(SheetWords(.en).minutes(sum)) on the way"))
            #expect(text.count(of: "<g class=\"v\">") == 1 && text.contains("crew-1: 0 visits, "))
        }
        let beside = try map([week.plan.routes[0]], soFar(1, 33_187, 9))
        #expect(beside.tracks.map { $0.stops.map(\.number) } == [[0, 1, 2]])
        #expect(beside.tracks[0].visits.count == 2)
        // Visit 7 on Tuesday, which was promised for Monday.
        let late = try map([Route(shift: ShiftID(2), stops: [.visit(VisitID(7))])], DaySoFar())
        #expect(
            late.tracks[0].stops[0].title.contains("promised 2026-03-16 10:30–11:30\n"),
            "\(late.tracks[0].stops[0].title)")
        let counted = try RouteMap(
            Plan(routes: [Route(shift: ShiftID(2), stops: [.visit(VisitID(7))])]), week.problem,
            points: .earth(week.document.coordinates), notes: week.notes,
            units: .counted(SheetWords(.en)))
        #expect(counted.tracks[0].stops[0].title.contains("promised day 0 10:30–11:30\n"))
    }

    /// Whatever the order of the routes, days stand in theirs, and only crews that visit somebody.
    @Test func daysAndCrewsStandInTheirOrder() throws {
        let week = try SmallWeek()
        func map(_ routes: [Route]) throws -> RouteMap {
            try RouteMap(
                Plan(routes: routes), week.problem, points: .earth(week.document.coordinates),
                notes: VisitNotes(), units: .counted(SheetWords(.en)))
        }
        let turned = try map(week.plan.routes.reversed())
        #expect(turned.days == ["day 0", "day 1"] && turned.tracks.map(\.day) == [0, 1])
        #expect(turned.tracks.map(\.crew) == [0, 1])
        let half = MapPage(try map([week.plan.routes[1]])).html
        #expect(half.count(of: "value=\"c1\"") == 1 && half.count(of: "value=\"c0\"") == 0)
        #expect(Origin.clock(32_460) == "09:01" && Origin.clock(-60) == "23:59")
    }

    @Test func daysWithoutDatesAreCounted() throws {
        let map = try Self.map(try SmallWeek(), .counted(SheetWords(.ru)))
        #expect(map.days == ["день 0", "день 1"])
    }

    /// A map speaks one language.
    @Test(arguments: [Language.kk, .ru]) func aMapIsOfOneLanguage(_ language: Language) throws {
        let map = try Self.map(try SmallWeek(), .dated(SmallWeek.origin, SheetWords(language)))
        for text in [MapPicture(map).svg, MapPage(map).html] {
            // What people read stands between marks; style and script are no texts.
            let read = text.replacing(/<(style|script)>[\s\S]*?<\/\1>/, with: "")
                .replacing(/<[^>]*>/, with: " ")
            for word in ["visit", "route", "LATE", "on the way", "depot", "day", "lines", "all"] {
                #expect(!read.contains(word), "\(word)")
            }
        }
        #expect(MapPage(map).html.contains("<html lang=\"\(language.rawValue)\">"))
    }

    /// Stops in one building have one mark with all their numbers.
    @Test func stopsAtOnePlaceAreToldApart() throws {
        let instance = try InstanceFile.read(
            "A\n1 10\n0 0 0 0 0 900 0\n1 30 0 1 0 900 0\n2 0 40 1 0 900 0\n3 30 0 1 0 900 0\n"
                + "4 30 0 1 0 900 0\n5 30 0 1 0 900 0\n", isPlain: false)
        let stops = [1, 2, 3, 4, 5].map { Stop.visit(VisitID($0)) }
        let map = try RouteMap(
            Plan(routes: [Route(shift: ShiftID(1), stops: stops)]), instance.problem,
            points: .plane(instance.points), notes: VisitNotes(),
            units: .units(scale: instance.scale))
        let text = MapPanel(map, width: 440).track(map.tracks[0])
        #expect(text.count(of: "<g class=\"s") == 2)
        #expect(text.contains(">1, 3–5</text>") && text.contains(">2</text>"))
        for number in 1...5 { #expect(text.contains("visit \(number)")) }
    }

    @Test func namesDoNoHarm() throws {
        let map = try Self.map(
            try SmallWeek(hostile: "<script>alert(1)</script>&\"'\u{1}\u{FFFE}"),
            .counted(SheetWords(.en)))
        let (svg, html) = (MapPicture(map).svg, MapPage(map).html)
        #expect(svg.count(of: "<script") == 0 && html.count(of: "<script") == 1)
        for text in [svg, html] {
            #expect(text.contains("&lt;script&gt;"))
            #expect(!text.contains("\u{1}") && !text.contains("\u{FFFE}"))
        }
        #expect(isBalanced(svg))
    }

    /// Points come into the panel as they lie: north above, east to the right, in proportion.
    @Test func aMapIsNotMirroredOrStretched() throws {
        let instance = try InstanceFile.read(
            "A\n1 10\n0 0 0 0 0 900 0\n1 30 0 1 0 900 0\n2 0 40 1 0 900 0\n", isPlain: false)
        let plan = Plan(
            routes: [
                Route(shift: ShiftID(1), stops: [.visit(VisitID(1)), .visit(VisitID(2))])
            ])
        let map = try RouteMap(
            plan, instance.problem, points: .plane(instance.points), notes: VisitNotes(),
            units: .units(scale: instance.scale))
        #expect(map.days == ["all routes"])
        // 480 px are 40 units high, so 20 px around them 12 a unit; 30 of them are in the middle.
        let panel = MapPanel(map, width: 440)
        #expect(panel.height == 520)
        let text = panel.track(map.tracks[0])
        #expect(text.contains("d=\"M400 500L40 20\""), "\(text)")
        #expect(text.contains("d=\"M40 500L400 500\"") && text.contains("d=\"M40 20L40 500\""))
        #expect(MapPicture(map).svg.contains("1 route, 2 visits, 120 on the way"))
    }

    @Test func noTwoStylesAreAlike() {
        let styles = Set((0..<MapStyle.count).map { MapStyle($0) })
        #expect(styles.count == 32 && MapStyle(32) == MapStyle(0))
        for number in 1..<MapStyle.count {
            #expect(MapStyle(number).colour != MapStyle(number - 1).colour)
        }
    }

    @Test func whatLiesNowhereIsSaid() throws {
        let week = try SmallWeek()
        let fault = #expect(throws: MapFault.self) {
            _ = try RouteMap(
                week.plan, week.problem, points: .earth([nil, nil]), notes: VisitNotes(),
                units: .counted(SheetWords(.en)))
        }
        #expect(fault?.description.contains("no location") == true)
        let foreign = Plan(routes: [Route(shift: ShiftID(9), stops: [.visit(VisitID(7))])])
        #expect(throws: MapFault.self) {
            _ = try RouteMap(
                foreign, week.problem, points: .earth(week.document.coordinates),
                notes: VisitNotes(), units: .counted(SheetWords(.en)))
        }
    }

    @Test func aPlanWithoutARouteIsAnEmptyMap() throws {
        let week = try SmallWeek()
        let map = try RouteMap(
            Plan(routes: []), week.problem, points: .earth(week.document.coordinates),
            notes: VisitNotes(), units: .counted(SheetWords(.en)))
        #expect(
            isBalanced(MapPicture(map).svg)
                && isBalanced(MapPage(map).html, voids: ["meta", "input"]))
    }

    @Test func numbersHaveOneDecimal() {
        for (value, text) in [
            (0, "0"), (-0.04, "0"), (1.25, "1.3"), (-1.25, "-1.3"), (100, "100"), (0.96, "1"),
        ] { #expect(SVG.number(value) == text) }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
