// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Queue
import TestKit
import Texts
import Visits
import WorkingDays

@testable import KezekWire

/// One example of every command, question, answer and event on home visits, with every optional part
/// there and absent.
enum VisitExamples {
    static let office = OfficeID("astana-1")!
    static let visit = HomeVisitID(area: office, number: 17)!
    static let home = HomePoint(longitude: 71_430_600, latitude: 51_128_200)!
    static let corner = HomePoint(longitude: -180_000_000, latitude: -90_000_000)!
    static let (first, second) = (CrewID("crew-1")!, CrewID("crew-2")!)
    static let (kit, signs) = (NeedID("mobile-kit")!, NeedID("sign-language")!)
    static let morning = VisitWindow(start: 1_773_892_800, end: 1_773_900_000)!
    static let moment = VisitWindow(start: -5, end: -5)!
    static let applicant = Applicant(high: 0xFEDC_BA98_7654_3210, low: 1)

    static let words = PersonWords(
        name: "Ахметова Айгүл", address: "Кенесары 40, кв. 12", telephone: "+7 701 000-00-00",
        place: home)
    static let fewWords = PersonWords(name: "", address: "", telephone: "", place: corner)

    static let area: VisitArea = {
        var rules = VisitRules()
        // Each its own value, so that none can stand in another's place.
        for (index, bound) in VisitRules.bounds.enumerated() {
            rules[keyPath: bound.value] = bound.range.lowerBound + 1 + index % 4
        }
        (rules.visitMinutes, rules.windowMinutes, rules.movePrice) = (25, 240, 36_000)
        (rules.frozenOrderDays, rules.frozenCrewDays) = (3, 14)
        rules.lunch = hours("11:30", "14:15")
        return VisitArea(
            id: office, title: QueueExamples.text("Area"), standard: "std-7", kind: "corporation",
            zone: "Asia/Almaty", home: home,
            needs: [
                VisitArea.Need(id: kit, title: QueueExamples.text("Kit")),
                VisitArea.Need(id: signs, title: LocalizedText(kk: "", ru: "", en: "")),
            ],
            crews: [
                VisitArea.Crew(
                    id: first, members: [MemberID("a")!, MemberID("b-2")!], needs: [kit, signs],
                    weekdays: [.monday, .saturday], hours: hours("09:00", "18:30"),
                    profile: .bus),
                VisitArea.Crew(
                    id: second, members: [MemberID("c")!], needs: [], weekdays: [], hours: nil),
            ],
            duties: [
                VisitArea.OfficeDuty(member: MemberID("c")!, date: date("2026-03-19")),
                VisitArea.OfficeDuty(member: MemberID("a")!, date: date("1969-12-31")),
            ], rules: rules)
    }()

    static let plain = VisitArea(
        id: office, title: LocalizedText(kk: "", ru: "", en: ""), standard: "", kind: "", zone: "",
        home: corner, needs: [],
        crews: [
            VisitArea.Crew(
                id: first, members: [MemberID("a")!], needs: [], weekdays: [], hours: nil)
        ], duties: [], rules: VisitRules())

    static func hours(_ start: String, _ end: String) -> DayInterval {
        DayInterval(start: TimeOfDay(start)!, end: TimeOfDay(end)!)!
    }

    static let closure = RoadClosure(
        name: NeedID("bridge")!, centre: home, radius: 20_000, extra: 14_400)!
    static let reports: [VisitReport] = [
        .underWay, .arrived, .done, .nobodyHome, .longer(minutes: 1), .longer(minutes: 480),
    ]

    static let commands: [VisitCommand] =
        [
            .describe(area, breaking: true), .describe(plain),
            .offer(
                OfferCommand(
                    area: office,
                    subject: .new(
                        NewVisit(
                            applicant: .iin(IIN("900101300017")!), words: words,
                            needs: [kit, signs], avoided: [second], minutes: 480)))),
            .offer(
                OfferCommand(
                    area: office,
                    subject: .new(
                        NewVisit(
                            applicant: .reference("case-1"), words: fewWords, needs: [],
                            avoided: [], minutes: nil)))),
            .offer(OfferCommand(area: office, subject: .again(.max))),
            .promise(visit, start: morning.start), .promise(visit, start: -1),
            .promise(visit, start: morning.start, breaking: true),
            .crew(office, first, .delayed(minutes: 600)),
            .crew(office, second, .absent(date("2026-03-19"))),
            .crew(office, second, .present(date("1969-12-31"))),
            .closeRoad(office, closure), .openRoad(office, closure.name),
            .replan(office, seconds: 1), .replan(office, seconds: 600),
        ] + reports.map { .report(visit, $0) }
        + [.report(visit, .done, by: second), .report(visit, .arrived, by: first)]
        + VisitCanceller.allCases.map { .cancel(visit, by: $0, reason: "ауырып қалды") }
        + [
            .cancel(visit, by: .office, reason: ""),
            .cancel(visit, by: .applicant, reason: "", breaking: true),
        ]

    static let calls: [Call] =
        commands.map { .visitCommand(QueueExamples.request, $0) } + [
            .visits(.area(office)), .visits(.visit(visit)), .visits(.explain(visit)),
            .visits(.windows(WindowsQuestion(area: office, place: home))),
            .visits(
                .windows(
                    WindowsQuestion(
                        area: office, place: corner, needs: [kit, signs], avoided: [second],
                        minutes: 45))),
            .visits(.plan(office, from: nil, days: 1)),
            .visits(.plan(office, from: date("1969-12-31"), days: 14)),
            .watchVisitPlan(office, since: 0), .watchVisitPlan(office, since: .max),
        ]

    static let windows = [
        OfferedWindow(window: morning, crew: second, extraTravel: -60, isHeld: true, moved: 0),
        OfferedWindow(window: moment, crew: first, extraTravel: 900, isHeld: false, moved: 3),
    ]
    static let offer = OfferList(
        until: 1_773_860_700, due: 1_774_000_000, windows: windows,
        refused: RefusedWindow.Reason.allCases.map {
            RefusedWindow(window: morning, reason: $0, missing: $0 == .noSlack ? 77 : 0)
        }, ways: .roadsMissing)
    static let unkept = [
        UnkeptPromise(
            number: 17, promise: morning,
            late: UnkeptPromise.Late(start: 1_773_901_000, crew: second), alternatives: windows),
        UnkeptPromise(number: .max, promise: moment, late: nil, alternatives: []),
    ]
    static let figures = ReplanFigures(
        isPublished: true, travelBefore: 1 << 40, travelAfter: 7_200, moved: 4, regained: 2)

    static let receipts: [VisitReceipt] =
        [
            VisitReceipt(area: office, revision: 1),
            VisitReceipt(
                area: office, revision: .max, visit: visit, state: .held, promise: morning,
                offer: offer, unkept: unkept, replan: figures,
                secret: BookingSecret(high: .max, low: 1)),
            VisitReceipt(
                area: office, revision: 3,
                offer: OfferList(until: 0, due: 0, windows: [], refused: []),
                replan: ReplanFigures(
                    isPublished: false, travelBefore: 0, travelAfter: 1, moved: 0, regained: 0)),
        ]
        + HomeVisit.State.allCases.map {
            VisitReceipt(area: office, revision: 2, visit: visit, state: $0)
        }
        + WayOrigin.allCases.map {
            VisitReceipt(
                area: office, revision: 2, visit: visit,
                offer: OfferList(until: 1, due: 2, windows: [], refused: [], ways: $0))
        }
        + [false, true].map {
            VisitReceipt(
                area: office, revision: 2, visit: visit, state: .promised, promise: morning,
                offer: OfferList(
                    until: 1, due: 2, windows: [], refused: [], promise: morning, isUnkept: $0))
        }

    static let view = VisitView(
        id: visit, state: .promised, words: words, needs: [kit], avoided: [first, second],
        service: 1_800, setup: 300, askedAt: 1_773_860_400, due: 1_774_000_000, promise: morning,
        heldUntil: 1_773_860_700, isUnkept: true, secret: BookingSecret(high: 1, low: .max))
    static let forgotten = VisitView(
        id: visit, state: .cancelled, words: nil, needs: [], avoided: [], service: 0, askedAt: -1,
        due: 0, promise: nil, heldUntil: nil, isUnkept: false, reason: "—")

    static let plan = AreaPlan(
        area: office, revision: 9, isWhole: true, from: date("2026-03-19"), days: 6,
        crewDays: [
            AreaPlan.CrewDay(
                crew: first, date: date("2026-03-19"), hours: morning, isAbsent: false,
                travel: 3_600, waiting: 60,
                stops: [
                    AreaPlan.Stop(
                        kind: .visit(17), arrival: 1, start: 2, end: 3, isBegun: true, way: 900),
                    AreaPlan.Stop(kind: .lunch, arrival: 4, start: 5, end: 6, isBegun: false),
                    AreaPlan.Stop(
                        kind: .held(.max), arrival: 7, start: 8, end: 9, isBegun: false,
                        way: .max),
                ], back: 1_773_903_600),
            AreaPlan.CrewDay(
                crew: second, date: date("2026-03-20"), hours: moment, isAbsent: true, travel: 0,
                waiting: 0, stops: [], back: nil),
            AreaPlan.CrewDay(
                crew: second, date: date("1969-12-31"), hours: moment, isAbsent: false, travel: 1,
                waiting: 0,
                stops: [
                    AreaPlan.Stop(
                        kind: .visit(17), arrival: -9, start: -8, end: -7, isBegun: false)
                ], back: -1),
            AreaPlan.CrewDay(
                crew: second, date: date("2026-03-21"), hours: moment, isAbsent: false, travel: 1,
                waiting: 0,
                stops: [
                    AreaPlan.Stop(
                        kind: .visit(17), arrival: 1, start: 2, end: 3, isBegun: true,
                        outcome: .nobodyHome),
                    AreaPlan.Stop(kind: .lunch, arrival: 4, start: 5, end: 6, isBegun: true),
                    AreaPlan.Stop(
                        kind: .visit(18), arrival: 7, start: 8, end: 9, isBegun: true,
                        outcome: .calledOff),
                ], back: 10),
        ], visits: [view, forgotten], at: 1_773_903_500)

    static let free = [
        FreeWindows(
            area: office, revision: 9, due: 1_774_000_000, windows: windows, refused: offer.refused,
            ways: .roadsMissing),
        FreeWindows(
            area: office, revision: .max, due: 0, windows: [], refused: [], ways: .estimated),
    ]

    static let answers: [VisitAnswer] =
        [
            .area(area, revision: 7), .area(plain, revision: 1), .visit(view), .visit(forgotten),
            .plan(plan), .windows(free[0]), .windows(free[1]),
            .plan(
                AreaPlan(
                    area: office, revision: 0, isWhole: false, from: date("0001-01-01"), days: 1,
                    crewDays: [], visits: [])),
        ]
        + VisitExplained.Bound.allCases.map { bound in
            .explanation(
                VisitExplained(
                    id: visit, crew: first, date: date("2026-03-19"), arrival: 11, start: 12,
                    extraTravel: 600, waitsForWindow: bound == .promise, slack: 300, bound: bound,
                    boundVisit: bound == .visit ? 18 : 0,
                    elsewhere: bound == .due
                        ? []
                        : [
                            VisitExplained.Elsewhere(
                                crew: second, date: date("2026-03-19"), extraTravel: -5,
                                reason: nil)
                        ]
                            + RefusedWindow.Reason.allCases.map {
                                VisitExplained.Elsewhere(
                                    crew: first, date: date("2026-03-20"), extraTravel: nil,
                                    reason: $0)
                            }))
        }

    static let replies: [Reply] =
        receipts.map { .visitReceipt($0) } + answers.map { .visits($0) }

    static let shift = PlanNumbers.shift(date("2026-03-19"), crew: 63)

    static func asked(_ words: PersonWords?) -> VisitEvent {
        .asked(
            AskedVisit(
                number: 17, applicant: applicant, words: words, service: 1_200, setup: 300,
                needs: [kit, signs], avoided: [second], due: 1_774_000_000))
    }

    static let events: [VisitEvent] =
        [
            .described(area), .described(plain), asked(words), asked(fewWords), asked(nil),
            .offered(17, offer), .released(.max), .promised(17, morning),
            .cancelled(17, by: .applicant, reason: ""),
            .cancelled(1, by: .office, reason: "су тасқыны"),
            .delayed(shift, until: 1_773_900_000), .absent(shift), .present(ShiftID(-64)),
            .roadClosed(closure), .roadOpened(closure.name), .routed([]),
            .routed([
                RouteChange(
                    shift: shift,
                    stops: [
                        .visit(PlanNumbers.visit(.max, held: 15)), .lunch(shift.number),
                        .visit(PlanNumbers.visit(1)),
                    ]), RouteChange(shift: ShiftID(0), stops: []),
                RouteChange(shift: ShiftID(1), stops: [.lunch(1)]),
            ]), .progressed(shift, []),
            .progressed(
                shift,
                [
                    DoneStop(
                        .visit(PlanNumbers.visit(17)), arrival: 1_773_892_800,
                        start: 1_773_892_801, end: 1_773_894_000),
                    DoneStop(.lunch(shift.number), arrival: -3, start: -2, end: -1),
                ]), .replanned(figures),
        ] + unkept.map { .unkept($0) } + reports.map { .reported(17, $0) }
}
