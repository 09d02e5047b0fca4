// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Queue
import TestKit
import Testing

/// Days on which some come for several services or with others, at one window or at several in turn: booked
/// until they are full, moved about, closed and opened again, beside a twin that tries every assignment.
///
/// `KEZEK_DAYS=10000 swift test --filter VisitDaysTests` for so many days.
@Suite struct VisitDaysTests {
    private static let days =
        ProcessInfo.processInfo.environment["KEZEK_DAYS"].flatMap { Int($0) } ?? 24

    @Test func nobodyIsRefusedForWhomThereIsRoomAndEveryPromiseHasAPlace() async throws {
        try await offThePool {
            for seed in 0..<VisitDaysTests.days {
                var day = VisitDay(seed: UInt64(seed))
                day.run()
            }
        }
    }
}

private struct VisitDay {
    private var chance: SeededGenerator
    private let open: DayPlan
    private var desk: Desk
    private var next = 0
    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
        chance = SeededGenerator(seed: seed)
        open = VisitDay.plan(&chance)
        desk = Desk(open)
    }

    mutating func run() {
        for _ in 0..<40 { book() }
        for _ in 0..<8 { moveOne() }
        tellFree()
        change(to: closed())
        for _ in 0..<6 { book() }
        change(to: open)
        for _ in 0..<6 { cancelOne() }
        for _ in 0..<20 { book() }
        tellFree()
        #expect(desk.violation == nil, "seed \(seed)")
    }

    /// Two or three services of one to three slots, on every other day of one, and one to four windows.
    private static func plan(_ chance: inout SeededGenerator) -> DayPlan {
        var rules = QueueRules()
        rules.slotMinutes = 30
        rules.furtherServices = 3
        rules.portalPercent = [100, 100, 60, 30].randomElement(using: &chance)!
        let isShort = Bool.random(using: &chance)
        let count = Int.random(in: 2...3, using: &chance)
        let services = (0..<count).map { place in
            Plans.service(
                ["A", "B", "C"][place],
                minutes: .random(in: 10...(isShort ? 30 : 80), using: &chance))
        }
        let hours = [
            Plans.span(Plans.at(9), Plans.at(11)), Plans.span(Plans.at(11, 30), Plans.at(14)),
        ]
        let whole = [Plans.span(Plans.at(9), Plans.at(14))]
        let windows = (1...Int.random(in: 1...4, using: &chance)).map { number in
            let rendered = (0..<count).filter { _ in Int.random(in: 0..<3, using: &chance) > 0 }
            var spans = Bool.random(using: &chance) ? hours : whole
            if Bool.random(using: &chance) {
                let from = Plans.at(9) + 900 * Int32.random(in: 0..<18, using: &chance)
                spans = VisitDay.without(from, spans)
            }
            return Plans.window(number, rendered, spans)
        }
        return Plans.plan(
            services, windows, hours: Bool.random(using: &chance) ? whole : hours, rules: rules)
    }

    private static func without(_ from: Int32, _ spans: [DayPlan.Span]) -> [DayPlan.Span] {
        spans.flatMap {
            [
                Plans.span($0.start, min($0.end, from)),
                Plans.span(max($0.start, from + 1_800), $0.end),
            ].filter { $0.start < $0.end }
        }
    }

    // MARK: What is asked of the twin

    private func wish(_ booking: Booking) -> EveryVisit.Wish {
        EveryVisit.Wish(
            services: booking.turns.map { Int($0) },
            isAtOneWindow: booking.further?.isAtOneWindow ?? false, start: booking.start,
            channel: booking.channel)
    }

    private func wishes(but number: UInt32? = nil) -> [EveryVisit.Wish] {
        desk.day.bookings.enumerated()
            .filter { $0.element.takesPlace && UInt32($0.offset + 1) != number }
            .map { wish($0.element) }
    }

    private func further(_ wish: EveryVisit.Wish, _ plan: DayPlan) -> FurtherServices? {
        guard wish.services.count > 1 else { return nil }
        return FurtherServices(
            services: wish.services.dropFirst().map { plan.services[$0].id },
            isAtOneWindow: wish.isAtOneWindow)
    }

    /// Why a visit is refused, its place aside; nil if it is not.
    private func refusal(_ wish: EveryVisit.Wish, _ twin: EveryVisit) -> QueueRefusal? {
        let plan = twin.plan
        for service in wish.services where !plan.renders(service) {
            let known = plan.services.indices.filter { plan.renders($0) }.map {
                plan.services[$0].id
            }
            return .unknownService(plan.services[service].id, known: known)
        }
        let isAnywhere = plan.windows.contains { window in
            wish.services.allSatisfy { window.services >> UInt8($0) & 1 == 1 }
        }
        if wish.services.count > 1, wish.isAtOneWindow, !isAnywhere { return .noWindowForAll }
        return twin.isSlot(wish) ? nil : .notASlot(wish.start)
    }

    private mutating func anyWish(_ twin: EveryVisit) -> EveryVisit.Wish {
        let count = [1, 1, 2, 2, 3, 4].randomElement(using: &chance)!
        let first = Int.random(in: 0..<twin.plan.services.count, using: &chance)
        let isOneService = Int.random(in: 0..<3, using: &chance) == 0
        let more = (1..<count).map { _ in
            isOneService ? first : Int.random(in: 0..<twin.plan.services.count, using: &chance)
        }
        return EveryVisit.Wish(
            services: [first] + more,
            isAtOneWindow: count > 1 && Bool.random(using: &chance),
            start: twin.cells.randomElement(using: &chance) ?? 0,
            channel: BookingChannel.allCases.randomElement(using: &chance)!)
    }

    // MARK: What is done

    private mutating func book() {
        let twin = EveryVisit(desk.day.plan)
        let (wish, there) = (anyWish(twin), wishes())
        next += 1
        let refusal = desk.refusal(
            .hold(
                service: twin.plan.services[wish.services[0]].id, start: wish.start,
                channel: wish.channel, applicant: Desk.applicant(next),
                further: further(wish, twin.plan)))
        let expected =
            self.refusal(wish, twin)
            ?? (twin.share(wish, there) > 0 && twin.serves(there + [wish])
                ? nil : .slotTaken(wish.start))
        #expect(refusal == expected, "seed \(seed): \(wish)")
        if refusal == nil, Bool.random(using: &chance) {
            #expect(desk.refusal(.confirm(UInt32(desk.day.bookings.count))) == nil)
        }
    }

    /// The free places that are told are those that there are.
    private mutating func tellFree() {
        let twin = EveryVisit(desk.day.plan)
        let there = wishes()
        for _ in 0..<4 {
            let asked = anyWish(twin)
            guard refusal(asked, twin) == nil || refusal(asked, twin) == .notASlot(asked.start)
            else { continue }
            let told = desk.day.slots(
                of: asked.services[0],
                further: further(asked, twin.plan)?.turns(in: twin.plan), channel: asked.channel,
                at: desk.now, daysAhead: 1)
            let starts = twin.cells.filter { twin.isSlot(at($0, asked)) }
            #expect(told.starts == starts, "seed \(seed): \(asked)")
            for (start, free) in zip(told.starts, told.free) {
                let wish = at(start, asked)
                #expect(
                    free == max(0, min(twin.share(wish, there), twin.room(wish, there))),
                    "seed \(seed): \(wish)")
            }
        }
    }

    private func at(_ start: Int32, _ wish: EveryVisit.Wish) -> EveryVisit.Wish {
        EveryVisit.Wish(
            services: wish.services, isAtOneWindow: wish.isAtOneWindow, start: start,
            channel: wish.channel)
    }

    private mutating func pick() -> UInt32? {
        desk.day.bookings.indices.filter { desk.day.bookings[$0].state.isLive }
            .randomElement(using: &chance).map { UInt32($0 + 1) }
    }

    private mutating func moveOne() {
        let twin = EveryVisit(desk.day.plan)
        guard let number = pick(), let start = twin.cells.randomElement(using: &chance) else {
            return
        }
        let old = desk.day.bookings[Int(number) - 1]
        let wish = at(start, wish(old))
        let others = wishes(but: number)
        let expected =
            refusal(wish, twin)
            ?? (twin.share(wish, others) > 0 && twin.serves(others + [wish])
                ? nil : .slotTaken(start))
        do throws(QueueRefusal) {
            try desk.move(number, to: start)
            #expect(expected == nil, "seed \(seed)")
        } catch { #expect(error == expected, "seed \(seed)") }
    }

    private mutating func cancelOne() {
        guard let number = pick() else { return }
        #expect(desk.refusal(.cancel(number, by: .applicant, reason: "")) == nil)
    }

    private mutating func closed() -> DayPlan {
        let from = Plans.at(9) + 1_800 * Int32.random(in: 0..<8, using: &chance)
        let gone = Int.random(in: 0..<open.windows.count, using: &chance)
        let windows = open.windows.enumerated().map { place, window in
            (
                DayPlan.Window(
                    id: window.id, services: window.services,
                    spans: place == gone ? [] : VisitDay.without(from, window.spans)),
                isWhole: false
            )
        }
        return Plans.plan(
            open.services, windows, hours: VisitDay.without(from, open.hours), rules: open.rules)
    }

    /// Puts another plan in force: who has no place in it goes to the nearest one, or away.
    private mutating func change(to plan: DayPlan) {
        let twin = EveryVisit(plan)
        let displaced = desk.day.displaced(by: plan)
        var kept: [EveryVisit.Wish] = []
        for (index, booking) in desk.day.bookings.enumerated() where booking.state.isLive {
            let isDisplaced = displaced.contains(UInt32(index + 1))
            #expect(
                twin.serves(kept + [wish(booking)]) == !isDisplaced,
                "seed \(seed): booking \(index + 1)")
            if !isDisplaced { kept.append(wish(booking)) }
        }
        var day = desk.day
        var events: [DayEvent] = [.planned(plan)]
        day.apply(events, revision: day.revision + 1, at: desk.now, isPart: true)
        let wishes = displaced.map { number in
            let booking = desk.day.bookings[Int(number) - 1]
            return Relocation.Wish(
                date: VisitDay.date, number: number,
                service: plan.services[Int(booking.service)].id,
                start: booking.start, further: booking.further?.services(in: plan))
        }
        let before = day
        let now = desk.now
        let places = Relocation.places(for: wishes, on: VisitDay.date...VisitDay.date) { _ in
            (before, now)
        }
        for (wish, place) in zip(wishes, places) {
            let settled = settle(wish, place, day)
            day.apply(settled, revision: day.revision, at: desk.now, isPart: true)
            events += settled
        }
        desk.commit(events + day.nearby(at: desk.now))
        #expect(twin.serves(self.wishes()), "seed \(seed)")
    }

    private static let date = CivilDate("2026-03-19")!

    private func settle(
        _ wish: Relocation.Wish, _ place: Relocation.Place?, _ day: OfficeDay
    ) -> [DayEvent] {
        let number = wish.number
        guard let place else {
            return [
                .cancelled(
                    Cancelled(
                        number: number, by: .office, reason: "", freeFrom: DayMoment(desk.now)))
            ]
        }
        do throws(QueueRefusal) {
            let old = day.bookings[Int(number) - 1]
            let held = try day.moveIn(
                old, service: wish.service, further: wish.further, channel: old.channel,
                from: Held.MovedFrom(date: VisitDay.date, number: number), leaving: number,
                start: place.start, at: DayMoment(desk.now), daysAhead: nil)
            return [.held(held), .moved(number, to: VisitDay.date, number: held.number)]
        } catch {
            Issue.record("seed \(seed): \(error)")
            return []
        }
    }
}
