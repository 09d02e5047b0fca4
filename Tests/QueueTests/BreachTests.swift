// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

private let plan = Plans.plan(
    [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0, 1]), Plans.window(2, [1])])
private let nine = Plans.at(9)
private let day = date("2026-03-19")

/// The register of breaches has every breach, whatever follows.
@Suite struct BreachTests {
    private func breaches(_ desk: Desk, at now: Int32? = nil) -> [String] {
        let now = now ?? desk.now
        let found = desk.day.statistics(office: OfficeID("o")!, date: day, at: now).breaches
        #expect(desk.checker.breaches(date: day, at: now) == found)
        return found.map { "\($0.kind) \($0.ticket) \($0.seconds)" }
    }

    private func spread(_ desk: Desk, service: Int) -> (
        waits: QueueStatistics.Spread, servings: QueueStatistics.Spread
    ) {
        var period = PeriodStatistics(office: OfficeID("o")!, from: day, to: day)
        period.add(desk.day, date: day, at: desk.now)
        let service = period.statistics.services[service]
        return (service.wait, service.serving)
    }

    /// A desk with somebody at the first window, called at once.
    private func called() throws -> Desk {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.order(.openWindow(2))
        try desk.take("a")
        try desk.callNext(1)
        return desk
    }

    /// What can end the time at a window without ending the visit.
    private static let interruptions: [DayCommand] = [
        .park("A1"), .transfer("A1", service: "b", window: nil),
        .transfer("A1", service: nil, window: 1), .transfer("A1", service: "b", window: 2),
    ]

    @Test(arguments: interruptions, [Int32(1_200), 1_201, 1_800])
    func aLongServiceStaysOnTheRegisterThoughTheVisitGoesOn(
        _ interruption: DayCommand, _ seconds: Int32
    ) throws {
        let expected = seconds > 1_200 ? ["service A-001 \(seconds)"] : []
        // With the clerk saying that serving begins, and without.
        for says in [true, false] {
            var desk = try called()
            desk.now += 100
            if says { try desk.order(.serve("A1")) }
            desk.now += says ? seconds : seconds - 100
            try desk.order(interruption)
            #expect(breaches(desk) == expected)
            desk.now += 30
            if case .park = interruption { try desk.order(.resume("A1")) }
            let window: WindowID =
                interruption == .transfer("A1", service: "b", window: 2) ? 2 : 1
            try desk.order(.call("A1", window))
            try desk.order(.serve("A1"))
            desk.now += 60
            try desk.order(.finish("A1", .served))
            #expect(breaches(desk) == expected)
            #expect(spread(desk, service: 0).servings.max == seconds)
        }
    }

    @Test(arguments: [Int32(1_200), 1_201, 2_400])
    func aLongWaitStaysOnTheRegisterThoughNobodyAnswered(_ seconds: Int32) throws {
        let expected = seconds > 1_200 ? ["wait A-001 \(seconds)"] : []
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.take("a")
        desk.now += seconds
        try desk.callNext(1)
        #expect(breaches(desk) == expected)
        try desk.order(.skip("A1"))
        try desk.order(.resume("A1"))
        try desk.callNext(1)
        #expect(breaches(desk) == expected)
        #expect(spread(desk, service: 0).waits.max == seconds)
        try desk.order(.finish("A1", .served))
        #expect(breaches(desk, at: Plans.at(18)) == expected)
    }

    /// Back in the line, or sent to another window, somebody waits again.
    @Test(arguments: [DayCommand.park("A1"), .transfer("A1", service: "b", window: nil)])
    func theSecondWaitIsHeldToTheLimitByItself(_ interruption: DayCommand) throws {
        for (seconds, isBreach) in [(Int32(1_200), false), (1_201, true)] {
            var desk = Desk(plan, at: nine)
            try desk.order(.openWindow(1))
            try desk.take("a")
            desk.now += 700
            try desk.callNext(1)
            desk.now += 60
            try desk.order(interruption)
            if case .park = interruption { try desk.order(.resume("A1")) }
            desk.now += seconds
            let expected = isBreach ? ["wait A-001 1201"] : []
            #expect(breaches(desk) == expected)
            try desk.callNext(1)
            try desk.order(.finish("A1", .served))
            #expect(breaches(desk, at: Plans.at(17)) == expected)
        }
    }

    @Test func aTransferOutOfTheLineDoesNotEndTheWait() throws {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(2))
        try desk.take("a")
        desk.now += 1_000
        try desk.order(.transfer("A1", service: "b", window: nil))
        desk.now += 201
        try desk.callNext(2)
        #expect(breaches(desk) == ["wait A-001 1201"])
    }

    @Test func whoIsParkedOrDidNotAnswerDoesNotWait() throws {
        for command in [DayCommand.park("A1"), .skip("A1")] {
            var desk = try called()
            try desk.order(command)
            #expect(breaches(desk, at: Plans.at(17)) == [])
            desk.now = Plans.at(24)
            desk.sweep()
            #expect(breaches(desk) == [])
        }
    }

    @Test func whoWasServedForTooLongAndLeftIsOnTheRegisterAndInNoFigure() throws {
        var desk = try called()
        try desk.order(.serve("A1"))
        desk.now += 1_500
        try desk.order(.finish("A1", .left))
        #expect(breaches(desk) == ["service A-001 1500"])
        #expect(spread(desk, service: 0).servings.count == 0)
    }

    /// Who left the window was there since the call, whether or not the clerk said that serving began; who did not
    /// come was not, and whom the day left there may not have been.
    @Test(arguments: [Int32(1_200), 1_201])
    func whoLeftAfterTooLongIsOnTheRegister(_ seconds: Int32) throws {
        let breach = seconds > 1_200 ? ["service A-001 \(seconds)"] : []
        for (outcome, isThere) in [
            (Outcome.left, true), (.served, true), (.refused, true), (.noShow, false),
        ] {
            var desk = try called()
            desk.now += seconds
            try desk.order(.finish("A1", outcome))
            #expect(breaches(desk) == (isThere ? breach : []), "\(outcome)")
            let count = outcome == .served || outcome == .refused ? 1 : 0
            #expect(spread(desk, service: 0).servings.count == count)
        }
        var desk = try called()
        desk.now = Plans.at(24) - 1
        try desk.order(.finish("A1", .left))
        #expect(breaches(desk) == ["service A-001 53999"])
        var left = try called()
        left.now = Plans.at(24)
        left.sweep()
        #expect(breaches(left) == [])
    }

    @Test func whatWasPermittedThenCounts() throws {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.take("a")
        desk.now += 1_300
        try desk.callNext(1)
        let windows = [Plans.window(1, [0, 1]), Plans.window(2, [1])]
        desk.commit([.planned(Plans.plan(plan.services, windows, waitLimit: 3_600))])
        #expect(breaches(desk) == ["wait A-001 1300"])
    }

    /// What was too long before the limits changed stays so; what was not is held to the new ones.
    @Test(arguments: [
        (Int32(1_200), Int32(0), nil), (1_201, 0, 1_200), (1_201, 3_600, 1_200), (900, 600, 600),
        (1_201, 600, 1_200), (600, 0, nil),
    ])
    func anotherKindOfOfficeTakesNoBreachFromTheRegister(
        _ seconds: Int32, _ limit: Int32, _ broken: Int32?
    ) throws {
        let windows = [Plans.window(1, [0, 1]), Plans.window(2, [1])]
        let next = Plans.plan(plan.services, windows, waitLimit: limit, serviceLimit: limit)
        // A wait, a service, and one of which the clerk did not say when it began.
        for kind in 0..<3 {
            var desk = Desk(plan, at: nine)
            try desk.order(.openWindow(1))
            try desk.take("a")
            if kind > 0 { try desk.callNext(1) }
            if kind == 1 { try desk.order(.serve("A1")) }
            desk.now += seconds
            desk.commit([.planned(try desk.day.fitting(next))])
            let lasts =
                broken == nil || kind == 2 ? [] : ["\(["wait", "service"][kind]) A-001 \(seconds)"]
            #expect(breaches(desk) == lasts)
            if kind == 0 { try desk.callNext(1) }
            try desk.order(.park("A1"))
            let kinds = kind == 0 ? "wait" : "service"
            #expect(breaches(desk) == (broken == nil ? [] : ["\(kinds) A-001 \(seconds)"]))
            let register = desk.day.statistics(office: OfficeID("o")!, date: day, at: desk.now)
            #expect(register.breaches.first?.limit == broken)
            // The next wait is held to the new limit alone.
            try desk.order(.resume("A1"))
            desk.now += 1_300
            let again = limit > 0 && limit < 1_300 ? 1 : 0
            #expect(breaches(desk).count == (broken == nil ? 0 : 1) + again)
        }
    }

    /// A limit that was not exceeded while it was in force is none any more, nor is it one that nothing was forbidden.
    @Test(arguments: [
        (Int32(1_200), Int32(1_200), Int32(3_600), Int32(100), nil),
        (1_200, 1_201, 3_600, 100, 1_200), (0, 500, 600, 100, nil), (0, 500, 600, 101, 600),
        (0, 700, 600, 0, 600), (1_200, 500, 600, 101, 600),
    ])
    func aLimitCountsWhileItIsInForce(
        _ first: Int32, _ seconds: Int32, _ next: Int32, _ more: Int32, _ broken: Int32?
    ) throws {
        let windows = [Plans.window(1, [0, 1]), Plans.window(2, [1])]
        for isService in [false, true] {
            // The other limit is none of theirs.
            func plan(_ limit: Int32) -> DayPlan {
                Plans.plan(
                    [Plans.service("A"), Plans.service("B")], windows,
                    waitLimit: isService ? 300 : limit, serviceLimit: isService ? limit : 300)
            }
            var desk = Desk(plan(first), at: nine)
            try desk.order(.openWindow(1))
            try desk.take("a")
            if isService {
                try desk.callNext(1)
                try desk.order(.serve("A1"))
            }
            desk.now += seconds
            desk.commit([.planned(plan(next))])
            desk.now += more
            if isService { try desk.order(.finish("A1", .served)) } else { try desk.callNext(1) }
            let kind = isService ? "service" : "wait"
            #expect(breaches(desk) == (broken == nil ? [] : ["\(kind) A-001 \(seconds + more)"]))
            let register = desk.day.statistics(office: OfficeID("o")!, date: day, at: desk.now)
            #expect(register.breaches.first?.limit == broken)
        }
    }

    @Test(arguments: 40..<52)
    func theCheckerFindsTheSameBreachesInHistoriesOfAllKinds(seed: Int) {
        let plans = Plans.histories[seed % Plans.histories.count]
        let desk = RandomHistory(plans, commands: 900, seed: UInt64(seed)).desk
        var count = 0
        for now in [Plans.at(11), Plans.at(15), Plans.at(20), Plans.at(30)] where now >= desk.now {
            count += breaches(desk, at: now).count
        }
        #expect(count > 0)
    }
}
