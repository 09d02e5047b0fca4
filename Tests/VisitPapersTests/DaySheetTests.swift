// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekVisitFiles
import KezekVisitPapers
import Testing
import Texts
import VisitChecking
import Visits

/// What crews are given into their hands.
@Suite struct DaySheetTests {
    @Test func aSheetTellsADayInOrder() throws {
        let week = try SmallWeek()
        let sheet = try #require(week.sheets().first)
        #expect(sheet.crew == "crew-1" && sheet.date == CivilDate("2026-03-16"))
        #expect(sheet.visitCount == 2)
        #expect(
            sheet.lines.map(\.kind) == [
                .start, .visit(VisitID(7)), .lunch, .visit(VisitID(8)), .end,
            ])
        let visit = sheet.lines[1]
        // 3.61 km of great circle: 607 s, and 180 s to park; it may begin at 10:30.
        #expect(visit.travel == 787 && visit.waiting == 37_800 - 32_400 - 787)
        #expect(visit.begins == CivilDateTime("2026-03-16T10:30"))
        #expect(visit.ends == CivilDateTime("2026-03-16T10:50"))
        #expect(
            visit.needs == [.named("sign language", count: nil), .named("forms", count: 2)])
        #expect(
            visit.promised
                == CivilDateTime("2026-03-16T10:30")!...CivilDateTime("2026-03-16T11:30")!)
        #expect(sheet.lines[2].begins == CivilDateTime("2026-03-16T12:30"))
        // The way there is driven before lunch, and still told as a whole.
        #expect(sheet.lines[3].travel > 0)
        #expect(sheet.lines[3].begins == CivilDateTime("2026-03-16T13:30"))
        #expect(sheet.travel == sheet.lines.reduce(0) { $0 + $1.travel })
        let other = try #require(week.sheets().last)
        #expect(other.lines.map(\.kind) == [.start, .visit(VisitID(9))])
        #expect(other.date == CivilDate("2026-03-17"))
    }

    @Test func aSheetIsTextInThreeLanguages() throws {
        let sheet = try #require(try SmallWeek().sheets().first)
        let english = SheetPages([sheet], SheetWords(.en)).text
        #expect(
            english == """
                crew-1 · Monday, 16 March 2026
                A. Ospanova

                09:00        set out · 51.13, 71.43
                10:30–10:50  visit 7 · Abai 5 · 51.16, 71.45
                               drive: 14 min
                               wait: 1 h 17 min (09:13)
                               promised: 10:30–11:30
                               needs: sign language, forms: 2
                12:30–13:30  lunch
                13:30–13:40  visit 8 · 51.1, 71.5
                               drive: 25 min
                13:59        back · 51.13, 71.43
                               drive: 20 min

                Visits: 2, on the way: 57 min

                """, "\(english)")
        let russian = SheetPages([sheet], SheetWords(.ru)).text
        #expect(russian.hasPrefix("crew-1 · Понедельник, 16 марта 2026 года\n"))
        #expect(russian.contains("10:30–10:50  выезд 7 · Abai 5"))
        #expect(russian.contains("обещанное время: 10:30–11:30"))
        #expect(russian.contains("ожидание: 1 ч 17 мин (09:13)"))
        let kazakh = SheetPages([sheet], SheetWords(.kk)).text
        #expect(kazakh.hasPrefix("crew-1 · Дүйсенбі, 2026 жылғы 16 наурыз\n"))
        #expect(kazakh.contains("үйге бару 7") && kazakh.contains("түскі үзіліс"))
    }

    /// Where a crew was in vain it was at an address, also if that is no visit of the file any more.
    @Test func aTryInVainHasItsAddress() throws {
        let week = try SmallWeek()
        let (start, place) = (32_400, try #require(week.problem.visit(VisitID(8))).place)
        var notes = week.notes
        notes.visits[VisitID(99)] = "Abai 9"
        func line(_ number: Int, _ place: Place?) throws -> DaySheet.Line {
            let soFar = DaySoFar(
                begun: [
                    ShiftID(1): [
                        DaySoFar.Begun(
                            DoneStop(
                                .visit(VisitID(number)), arrival: start, start: start, end: start),
                            isInVain: true, place: place)
                    ]
                ])
            let course = TimedPlan(week.plan).recalling(soFar).courses[0]
            let sheet = try #require(
                DaySheet(
                    course, week.problem, coordinates: week.document.coordinates, notes: notes,
                    origin: SmallWeek.origin, after: soFar))
            return try #require(sheet.lines.first { $0.isInVain })
        }
        #expect(try line(99, place).whereabouts == "Abai 9 · 51.1, 71.5")
        #expect(try line(98, place).whereabouts == "51.1, 71.5")
        #expect(try line(7, nil).whereabouts == "Abai 5 · 51.16, 71.45")
    }

    /// Who was with somebody before its hours had set out by then: lines stand in the order of time.
    @Test(arguments: [(26_000, 25_213), (33_186, 32_399), (33_187, 32_400), (40_000, 32_400)])
    func whoBeginsEarlyHasSetOutBefore(_ arrival: Int, _ out: Int) throws {
        let week = try SmallWeek()
        for isInVain in [false, true] {
            let done = DoneStop(
                .visit(VisitID(7)), arrival: arrival, start: arrival, end: arrival + 60)
            let soFar = DaySoFar(
                begun: [ShiftID(1): [DaySoFar.Begun(done, isInVain: isInVain)]])
            let course = TimedPlan.Course(
                shift: ShiftID(1), steps: [TimedPlan.Step(.visit(VisitID(8)))], leaves: 32_400)
            let plan = TimedPlan(courses: [course]).recalling(soFar)
            let sheet = try #require(
                DaySheet(
                    plan.courses[0], week.problem, coordinates: week.document.coordinates,
                    notes: week.notes, origin: SmallWeek.origin, after: soFar))
            #expect(sheet.lines[0].kind == .start)
            #expect(sheet.lines[0].begins == SmallWeek.origin.moment(out))
            #expect(sheet.lines[1].arrival == SmallWeek.origin.moment(arrival))
            // Such a start is written, read again, and no fault.
            let data = try PlanJSON.write(plan, of: week.problem, after: soFar)
            let again = try PlanJSON.readTimed(data).recalling(soFar)
            let faults = PlanChecker(week.problem, after: soFar).check(again).faults
            #expect(!faults.contains { $0.kind == .beforeHours })
        }
    }

    @Test func whatTheFileGivesNoNameHasANumber() throws {
        var week = try SmallWeek()
        week.notes = VisitNotes()
        let text = SheetPages(week.sheets(), SheetWords(.ru)).text
        #expect(text.contains("нужно: навык 1, груз 1: 2\n"))
        #expect(!text.contains("Abai") && !text.contains("Ospanova"))
    }

    /// Whatever a file calls things, a page stays a page.
    @Test func namesDoNoHarm() throws {
        let hostile = "<script>alert(1)</script>&\"'\u{1}\nX"
        let week = try SmallWeek(hostile: hostile)
        let pages = SheetPages(week.sheets(), SheetWords(.kk))
        let html = pages.html
        #expect(!html.contains("<script") && !html.contains("\u{1}"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;"))
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"kk\">"))
        #expect(isBalanced(html, voids: ["meta", "br"]))
        #expect(
            !isBalanced(
                html.replacing("</section>", with: "", maxReplacements: 1), voids: ["meta", "br"]))
        #expect(!html.contains("http:") && !html.contains("https:"))
        // A line of a text stays one line.
        #expect(pages.text.split(separator: "\n").allSatisfy { $0 != "X" && !$0.hasPrefix("X ") })
    }

    @Test func aDayFollowsTheOrigin() {
        let origin = Origin(CivilDate("1970-01-01")!)
        for (seconds, text) in [
            (0, "1970-01-01T00:00"), (-1, "1969-12-31T23:59:59"), (86_399, "1970-01-01T23:59:59"),
            (86_400, "1970-01-02T00:00"), (-86_400, "1969-12-31T00:00"),
            (-86_401, "1969-12-30T23:59:59"), (1_773_655_200, "2026-03-16T10:00"),
        ] { #expect(origin.moment(seconds) == CivilDateTime(text), "\(seconds)") }
        #expect(origin.moment(1 << 50) == nil && origin.moment(-(1 << 50)) == nil)
    }

    @Test func whatIsOnAnotherDayHasItsDate() throws {
        let words = SheetWords(.en)
        let (date, moment) = (
            try #require(CivilDate("2026-03-16")), try #require(CivilDateTime("2026-03-17T09:05"))
        )
        #expect(words.moment(moment, on: moment.date) == "09:05")
        #expect(words.moment(moment, on: date) == "2026-03-17 09:05")
    }

    @Test func aRouteOfAnotherProblemHasNoSheet() throws {
        let week = try SmallWeek()
        func sheet(_ route: Route, _ origin: Origin = SmallWeek.origin) -> DaySheet? {
            DaySheet(
                route, week.problem, coordinates: week.document.coordinates,
                notes: week.document.notes, origin: origin)
        }
        #expect(sheet(Route(shift: ShiftID(99), stops: [])) == nil)
        #expect(sheet(Route(shift: ShiftID(1), stops: [.visit(VisitID(99))])) == nil)
        #expect(sheet(week.plan.routes[1], Origin(.latest)) == nil)
    }
}
