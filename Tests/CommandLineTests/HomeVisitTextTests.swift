// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import Parties
import TestKit
import Testing
import Texts

@testable import kezek

/// What commands on home visits print, from values as a server would tell them.
@Suite struct HomeVisitTextTests {
    private typealias Values = VisitValues

    @Test func anOfferIsATableThenRefusalsThenTheCommandToPromise() {
        let offer = OfferList(
            until: Values.second("2026-11-30T10:35"), due: Values.second("2026-12-07T20:00"),
            windows: [
                Values.offered("2026-12-01T11:00", "2026-12-01T13:00", "crew-2", 185, held: true),
                Values.offered("2026-11-30T15:00", "2026-11-30T17:00", "crew-1", 0, held: false),
            ],
            refused: [
                Values.refused("2026-11-30T13:00", "2026-11-30T15:00", .noSlack, 601),
                Values.refused("2026-11-30T17:00", "2026-11-30T20:00", .noShift),
                Values.refused("2026-12-01T09:00", "2026-12-01T11:00", .noSlack, 60),
                Values.refused("2026-12-01T13:00", "2026-12-01T15:00", .noSlack, 1),
            ])
        let text = OfferText(visit: Values.visit, offer: offer, clock: Values.clock)
        #expect(
            text.lines.joined(separator: "\n") == """
                astana-1/17  due 2026-12-07 Mo 20:00

                window                     crew    min on the way  held
                2026-12-01 Tu 11:00–13:00  crew-2              +4  yes
                2026-11-30 Mo 15:00–17:00  crew-1              +0

                not: no crew is on a shift
                  2026-11-30 Mo 17:00–20:00

                not: no crew has the time; so many minutes are wanting
                  2026-11-30 Mo 13:00–15:00 (11)
                  2026-12-01 Tu 09:00–11:00 (1), 13:00–15:00 (1)

                held until 10:35; to promise one: kezek visits promise astana-1/17 2026-12-01T11:00
                """)
    }

    @Test func windowsThatAreNotHeldHaveNoColumnForIt() {
        let text = WindowsText(
            windows: [
                Values.offered("2026-12-01T11:00", "2026-12-01T13:00", "crew-2", 185, held: false),
                Values.offered("2026-11-30T15:00", "2026-11-30T17:00", "crew-1", 0, held: false),
            ], refused: [Values.refused("2026-11-30T17:00", "2026-11-30T20:00", .noShift)],
            clock: Values.clock)
        #expect(
            text.lines.joined(separator: "\n") == """
                window                     crew    min on the way
                2026-12-01 Tu 11:00–13:00  crew-2              +4
                2026-11-30 Mo 15:00–17:00  crew-1              +0

                not: no crew is on a shift
                  2026-11-30 Mo 17:00–20:00
                """)
    }

    /// That ways are estimated is told where roads were to be known, and not where nobody knows any.
    @Test func estimatedWaysAreToldOnce() {
        let told = WayOrigin.allCases.filter { ways in
            let offer = OfferList(until: 0, due: 0, windows: [], refused: [], ways: ways)
            let lines = OfferText(visit: Values.visit, offer: offer, clock: Values.clock).lines
            return lines.count { $0.contains("ways to this place are estimated") } == 1
        }
        #expect(told == [.roadsMissing])
    }

    @Test func everyReasonIsToldAndWhoseCrewChangesToo() {
        let refused = RefusedWindow.Reason.allCases.map {
            Values.refused("2026-11-30T13:00", "2026-11-30T15:00", $0)
        }
        let none = OfferList(until: 0, due: 0, windows: [], refused: refused)
        let lines = OfferText(visit: Values.visit, offer: none, clock: Values.clock).lines
        #expect(lines.contains("no window can be promised"))
        #expect(!lines.contains { $0.contains("kezek visits promise") })
        for reason in RefusedWindow.Reason.allCases {
            #expect(lines.contains("not: \(reason.words(Values.clock))"))
        }
        #expect(
            Set(RefusedWindow.Reason.allCases.map { $0.words(Values.clock) }).count == refused.count
        )
        // The command to promise is for the best that is held, or else the best.
        let held = OfferList(
            until: Values.second("2026-11-30T10:35"), due: 0,
            windows: [
                Values.offered("2026-12-01T11:00", "2026-12-01T13:00", "crew-2", 0, held: false),
                Values.offered("2026-12-02T11:00", "2026-12-02T13:00", "crew-2", 60, held: true),
                Values.offered("2026-12-03T11:00", "2026-12-03T13:00", "crew-2", 90, held: true),
            ], refused: [])
        #expect(
            OfferText(visit: Values.visit, offer: held, clock: Values.clock).lines.last
                == "held until 10:35; to promise one: "
                + "kezek visits promise astana-1/17 2026-12-02T11:00")
        let moved = OfferList(
            until: 0, due: 0,
            windows: [
                OfferedWindow(
                    window: Values.window("2026-12-01T11:00", "2026-12-01T13:00"),
                    crew: CrewID("crew-1")!, extraTravel: 0, isHeld: false, moved: 3)
            ], refused: [])
        let table = OfferText(visit: Values.visit, offer: moved, clock: Values.clock).lines
        #expect(table[2].hasSuffix("others moved"))
        #expect(table[3].hasSuffix(" 3"))
        // Nothing is held, so nothing says until when.
        #expect(
            table.last
                == "to promise one: kezek visits promise astana-1/17 2026-12-01T11:00")
    }

    @Test func aReceiptNamesWhatIsUnkeptWithEveryWayOut() {
        let promise = Values.window("2026-12-01T11:00", "2026-12-01T13:00")
        func receipt(_ unkept: UnkeptPromise) -> String {
            let receipt = VisitReceipt(area: Values.area, revision: 9, unkept: [unkept])
            return VisitReceiptText(receipt: receipt, clock: Values.clock).lines
                .joined(separator: "\n")
        }
        let window = Values.offered(
            "2026-12-02T09:00", "2026-12-02T11:00", "crew-3", 61, held: false)
        let late = UnkeptPromise.Late(
            start: Values.second("2026-12-01T13:24:30"), crew: CrewID("crew-1")!)
        #expect(
            receipt(
                UnkeptPromise(number: 12, promise: promise, late: late, alternatives: [window]))
                == [
                    "✓ astana-1", "",
                    "astana-1/12 cannot be kept: 2026-12-01 Tu 11:00–13:00; call them",
                    "  2026-12-01 Tu 13:24 by crew-1, 25 min late              "
                        + "kezek visits promise astana-1/12 2026-12-01T13:24:30",
                    "  2026-12-02 We 09:00–11:00 by crew-3, +2 min on the way  "
                        + "kezek visits promise astana-1/12 2026-12-02T09:00",
                ].joined(separator: "\n"))
        let many = receipt(
            UnkeptPromise(
                number: 12, promise: promise, late: nil,
                alternatives: Array(repeating: window, count: UnkeptText.windowLimit + 3)))
        #expect(many.components(separatedBy: "by crew-3").count - 1 == UnkeptText.windowLimit)
        #expect(many.contains("3 other windows"))
        #expect(many.hasSuffix("kezek visits offer --visit astana-1/12"))
        let none = receipt(
            UnkeptPromise(number: 12, promise: promise, late: nil, alternatives: []))
        // Whose crew is on its way can only be told so.
        let coming = receipt(
            UnkeptPromise(number: 12, promise: promise, late: late, alternatives: []))
        #expect(
            coming.contains(
                "astana-1/12 comes late: 2026-12-01 Tu 13:24 by crew-1, 25 min after "
                    + "2026-12-01 Tu 11:00–13:00; call them"))
        #expect(none.hasSuffix("no way out is known  kezek visits cancel astana-1/12 --by office"))
    }

    @Test func aReceiptTellsTheVisitOrTheNewPlan() {
        func lines(_ receipt: VisitReceipt) -> [String] {
            VisitReceiptText(receipt: receipt, clock: Values.clock).lines
        }
        #expect(
            lines(
                VisitReceipt(
                    area: Values.area, revision: 2, visit: Values.visit, state: .promised,
                    promise: Values.window("2026-12-01T11:00", "2026-12-01T13:00")))
                == ["astana-1/17  promised  2026-12-01 Tu 11:00–13:00"])
        func replan(_ isPublished: Bool) -> [String] {
            lines(
                VisitReceipt(
                    area: Values.area, revision: 3,
                    replan: ReplanFigures(
                        isPublished: isPublished, travelBefore: 5_760, travelAfter: 5_280, moved: 3,
                        regained: 1)))
        }
        #expect(
            replan(true) == [
                "96 → 88 min on the way, 3 moved to another crew or day, 1 found a place again"
            ])
        #expect(replan(false) == ["no better plan was found: 96 min on the way as before"])
        #expect(lines(VisitReceipt(area: Values.area, revision: 4)) == ["✓ astana-1"])
    }

    @Test func aPlanBeginsWithWhatWaitsForSomebody() {
        let text = PlanText(plan: Values.plan, clock: Values.clock)
        #expect(
            text.lines.joined(separator: "\n")
                == """
                astana-1  2026-12-01 Tu to 2026-12-02 We, revision 118
                2 visits in 1 shift, 1 place held, 31 min on the way, 2 min of waiting, \
                75 min with applicants

                promises that cannot be kept: call them
                visit       promised                   telephone      name      other windows
                astana-1/3  2026-12-01 Tu 15:00–17:00  +7 701 000 03  Person 3  \
                kezek visits offer --visit astana-1/3

                without a promise
                visit       state             due                  telephone      name
                astana-1/4  held until 10:35  2026-12-07 Mo 20:00  +7 701 000 04  Person 4
                astana-1/5  nobody home       2026-12-07 Mo 20:00  –              –

                2026-12-01 Tu  crew-1  09:00–18:00  back 13:55, 31 min on the way, \
                2 min of waiting
                  arrives  begins  ends   visit       state            promised     where
                  09:10    09:12   09:37  astana-1/1  under way        09:00–11:00  House 1 · Person 1
                  09:50    09:50   10:15  astana-1/2  promised, fixed  09:00–11:00  forgotten
                  12:00    12:00   13:00  lunch
                  13:20    13:20   13:45  astana-1/4  held

                2026-12-01 Tu  crew-2  absent

                2026-12-02 We  crew-1  09:00–18:00  no visits
                """)
    }

    /// Where a crew was in vain its row says so, whatever came of the visit since.
    @Test func aRowTellsWhatCameOfItsStop() {
        func stop(
            _ number: UInt32, _ start: String, _ outcome: AreaPlan.Stop.Outcome?
        ) -> AreaPlan.Stop {
            let second = Values.second("2026-12-01T\(start)")
            return AreaPlan.Stop(
                kind: .visit(number), arrival: second, start: second, end: second + 60,
                isBegun: outcome != nil, outcome: outcome)
        }
        let plain = Values.day("crew-1", "2026-12-01", [])
        let day = AreaPlan.CrewDay(
            crew: plain.crew, date: plain.date, hours: plain.hours, isAbsent: false, travel: 600,
            waiting: 0,
            stops: [
                stop(1, "09:30", .nobodyHome), stop(4, "09:45", .calledOff), stop(1, "10:30", nil),
            ], back: nil)
        let plan = Values.change(
            [day], [Values.view(1, .promised), Values.view(4, .cancelled)], revision: 1)
        let rows = PlanText(plan: plan, clock: Values.clock).lines.filter { $0.hasPrefix("  ") }
        #expect(
            rows == [
                "  arrives  begins  ends   visit       state        promised     where",
                "  09:30    09:30   09:31  astana-1/1  nobody home  –            House 1 · Person 1",
                "  09:45    09:45   09:46  astana-1/4  cancelled    –            House 4 · Person 4",
                "  10:30    10:30   10:31  astana-1/1  promised     09:00–11:00  House 1 · Person 1",
            ])
    }

    @Test func aCrewThatIsBackAfterItsHoursIsSaidTwice() {
        let plan = Values.plan(
            [
                Values.day("crew-1", "2026-12-01", [(1, "09:30"), (2, "17:30")], back: "18:03:01"),
                Values.day("crew-2", "2026-12-01", [(3, "10:00")], back: "18:00"),
            ], days: 1)
        let lines = PlanText(plan: plan, clock: Values.clock).lines
        #expect(
            lines[1]
                == "3 visits in 2 shifts, 20 min on the way, 0 min of waiting, 75 min with "
                + "applicants, busiest and idlest crew 25 min apart, 4 min after hours")
        #expect(
            lines.filter { $0.contains("back") } == [
                "2026-12-01 Tu  crew-1  09:00–18:00  back 18:03, 4 min after its hours, 10 min on "
                    + "the way, 0 min of waiting",
                "2026-12-01 Tu  crew-2  09:00–18:00  back 18:00, 10 min on the way, 0 min of "
                    + "waiting",
            ])
    }

    @Test func aChangeIsALineForEachCrewAndVisit() {
        #expect(
            PlanText(plan: Values.plan, clock: Values.clock).log == [
                "astana-1 118  2026-12-01 Tu crew-1: 1 at 09:12, 2 at 09:50",
                "astana-1 118  2026-12-01 Tu crew-2 absent: no visits",
                "astana-1 118  2026-12-02 We crew-1: no visits",
                "astana-1 118  astana-1/1 under way 2026-12-01 Tu 09:00–11:00",
                "astana-1 118  astana-1/2 promised 2026-12-01 Tu 09:00–11:00",
                "astana-1 118  astana-1/3 promised 2026-12-01 Tu 15:00–17:00, cannot be kept",
                "astana-1 118  astana-1/4 held",
                "astana-1 118  astana-1/5 nobody home",
            ])
    }

    /// What is told in Kazakh or Russian has no English in it.
    @Test(arguments: [Language.kk, .ru]) func aTextIsOfOneLanguage(_ language: Language) {
        let clock = AreaClock(zone: Values.clock.zone, language: language)
        let lines =
            PlanText(plan: Values.plan, clock: clock).lines
            + PlanText(plan: Values.plan, clock: clock).log
            + Values.plan.visits.flatMap { HomeVisitText(visit: $0, clock: clock).lines }
            + RefusedWindow.Reason.allCases.map { $0.words(clock) }
            + HomeVisit.State.allCases.map { $0.words(clock) }
        for line in lines {
            for word in [
                "revision", "promise", "cannot", "lunch", "absent", "on the way", "begins", "state",
                "due", "no visit", "waiting", "forgotten", "held", "name", "takes", "crew is",
                "home",
            ] { #expect(!line.contains(word), "\(line)") }
        }
    }

    /// What was told before stays, and what is told anew takes its place.
    @Test func changesArePutIntoThePlan() throws {
        var picture = PlanPicture()
        picture.apply(Values.plan)
        #expect(picture.plan == Values.plan)
        let day = Values.plan.crewDays[1]
        let back = AreaPlan.CrewDay(
            crew: day.crew, date: day.date, hours: day.hours, isAbsent: false, travel: 1,
            waiting: 0, stops: [], back: nil)
        let visit = Values.view(3, .promised)
        picture.apply(Values.change([back], [visit, Values.view(9, .requested)], revision: 119))
        let plan = try #require(picture.plan)
        #expect(plan.revision == 119)
        #expect(plan.crewDays == [Values.plan.crewDays[0], back, Values.plan.crewDays[2]])
        #expect(plan.visits.map(\.id.number) == [1, 2, 3, 4, 5, 9])
        #expect(plan.unkept.isEmpty)
        #expect(plan.waiting.map(\.id.number) == [4, 5, 9])
        let cut = plan.cut(from: date("2026-12-02"), days: 1)
        #expect(cut.crewDays == [Values.plan.crewDays[2]])
        #expect(plan.cut(from: nil, days: 1).crewDays.count == 2)
        // A plan that is whole again is the plan.
        picture.apply(Values.plan)
        #expect(picture.plan == Values.plan)
    }

    @Test func aVisitIsShownWithItsPersonOrWithout() {
        let lines = HomeVisitText(visit: Values.view(4, .held), clock: Values.clock).lines
        #expect(
            lines.joined(separator: "\n") == """
                astana-1/4  held
                name:       Person 4
                address:    House 4
                telephone:  +7 701 000 04
                place:      71.43,51.128204
                needs:      ramp
                not by:     crew-3
                takes:      25 min
                asked:      2026-11-30 Mo 10:00
                due:        2026-12-07 Mo 20:00
                held until: 2026-11-30 Mo 10:35
                """)
        let gone = HomeVisitText(visit: Values.view(5, .failed), clock: Values.clock).lines
        #expect(gone[1] == "name:       forgotten")
        #expect(!gone.contains { $0.hasPrefix("address") || $0.hasPrefix("place") })
        let unkept = HomeVisitText(
            visit: Values.view(3, .promised, isUnkept: true), clock: Values.clock)
        #expect(
            unkept.lines[0] == "astana-1/3  promised  2026-12-01 Tu 15:00–17:00  cannot be kept")
    }

    @Test func anExplanationNamesWhatALaterBeginWouldBreak() {
        func lines(_ bound: VisitExplained.Bound, waits: Bool = true) -> [String] {
            ExplainedText(
                visit: VisitExplained(
                    id: Values.visit, crew: CrewID("crew-1")!, date: date("2026-12-01"),
                    arrival: Values.second("2026-12-01T10:50"),
                    start: Values.second("2026-12-01T11:00"), extraTravel: 300,
                    waitsForWindow: waits, slack: 725, bound: bound,
                    boundVisit: bound == .visit ? 12 : 0,
                    elsewhere: [
                        VisitExplained.Elsewhere(
                            crew: CrewID("crew-2")!, date: date("2026-12-01"), extraTravel: 61,
                            reason: nil),
                        VisitExplained.Elsewhere(
                            crew: CrewID("crew-3")!, date: date("2026-12-01"), extraTravel: nil,
                            reason: .need),
                    ]), clock: Values.clock
            ).lines
        }
        #expect(
            lines(.visit).joined(separator: "\n") == """
                astana-1/17  2026-12-01 Tu 11:00 by crew-1
                the crew arrives at 10:50 and waits 10 min for the window
                without it the crew would save 5 min on the way
                it may begin 12 min later; then astana-1/12 would be late

                date           crew    instead
                2026-12-01 Tu  crew-2  +2 min on the way
                2026-12-01 Tu  crew-3  has not what the visit needs
                """)
        #expect(lines(.due, waits: false)[1].hasSuffix("begins as soon as it can"))
        let told = Set(VisitExplained.Bound.allCases.map { lines($0)[3] })
        #expect(told.count == VisitExplained.Bound.allCases.count)
    }
}
