// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Queue
import TestKit
import Testing

/// Days of mixed lengths, breaks, skills and shares, booked until they are full, moved about, closed
/// and opened again, beside a twin that tries every assignment.
///
/// `KEZEK_DAYS=10000 swift test --filter FullDaysTests` for so many days.
@Suite struct FullDaysTests {
    private static let days =
        ProcessInfo.processInfo.environment["KEZEK_DAYS"].flatMap { Int($0) } ?? 8

    @Test func everyDayCanBeKeptAndNobodyIsRefusedForWhomThereIsRoom() async throws {
        try await offThePool {
            for seed in 0..<FullDaysTests.days {
                var day = FullDay(seed: UInt64(seed))
                day.run()
            }
        }
    }
}

/// One such day.
private struct FullDay {
    private var chance: SeededGenerator
    private let open: DayPlan
    private var desk: Desk
    private var next = 0
    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
        chance = SeededGenerator(seed: seed)
        open = Plans.mixed(&chance)
        desk = Desk(open)
    }

    mutating func run() {
        fill()
        for _ in 0..<6 { moveOne() }
        change(to: closed())
        fill(atMost: 10)
        change(to: open)
        for _ in 0..<4 { cancelOne() }
        fill()
        #expect(desk.violation == nil, "seed \(seed)")
    }

    // MARK: What is asked of the twin

    private func wish(_ booking: Booking) -> EveryAssignment.Wish {
        EveryAssignment.Wish(
            service: Int(booking.service), start: booking.start, channel: booking.channel)
    }

    private func wishes(but number: UInt32? = nil) -> [EveryAssignment.Wish] {
        desk.day.bookings.enumerated()
            .filter { $0.element.takesPlace && UInt32($0.offset + 1) != number }
            .map { wish($0.element) }
    }

    // MARK: What is done

    /// Books at random until a whole round of slots is refused.
    private mutating func fill(atMost limit: Int = 1_000) {
        let twin = EveryAssignment(desk.day.plan)
        var taken = 0
        var wishes: [EveryAssignment.Wish] = []
        for service in twin.plan.services.indices {
            for start in twin.cells + [twin.cells.first.map { $0 + 60 } ?? 0] {
                for channel in BookingChannel.allCases {
                    wishes.append(
                        EveryAssignment.Wish(service: service, start: start, channel: channel))
                }
            }
        }
        while let place = wishes.indices.randomElement(using: &chance), taken < limit {
            if book(wishes[place], twin) { taken += 1 } else { wishes.remove(at: place) }
        }
    }

    /// Why nobody can serve somebody: no window of the day renders the service, or none that is there then.
    private static func unserved(_ wish: EveryAssignment.Wish, _ plan: DayPlan) -> QueueRefusal {
        func isRendered(_ service: Int) -> Bool {
            plan.windows.contains { $0.services >> UInt8(service) & 1 == 1 }
        }
        guard !isRendered(wish.service) else { return .notASlot(wish.start) }
        return .unknownService(
            plan.services[wish.service].id,
            known: plan.services.indices.filter(isRendered).map { plan.services[$0].id })
    }

    private mutating func book(
        _ wish: EveryAssignment.Wish, _ twin: EveryAssignment
    ) -> Bool {
        let there = wishes()
        next += 1
        let refusal = desk.refusal(
            .hold(
                service: twin.plan.services[wish.service].id, start: wish.start,
                channel: wish.channel, applicant: Desk.applicant(next)))
        let expected: QueueRefusal? =
            twin.able(wish.service, from: wish.start).isEmpty
            ? Self.unserved(wish, twin.plan)
            : twin.share(wish, there) > 0 && twin.serves(there + [wish])
                ? nil : .slotTaken(wish.start)
        #expect(refusal == expected, "seed \(seed): \(wish)")
        guard refusal == nil else { return false }
        if Bool.random(using: &chance) {
            #expect(desk.refusal(.confirm(UInt32(desk.day.bookings.count))) == nil)
        }
        return true
    }

    private mutating func pick() -> UInt32? {
        desk.day.bookings.indices.filter { desk.day.bookings[$0].state.isLive }
            .randomElement(using: &chance).map { UInt32($0 + 1) }
    }

    private mutating func moveOne() {
        let twin = EveryAssignment(desk.day.plan)
        guard let number = pick(), let start = twin.cells.randomElement(using: &chance) else {
            return
        }
        let old = desk.day.bookings[Int(number) - 1]
        let others = wishes(but: number)
        let wish = EveryAssignment.Wish(
            service: Int(old.service), start: start, channel: old.channel)
        let expected: QueueRefusal? =
            twin.able(wish.service, from: start).isEmpty
            ? Self.unserved(wish, twin.plan)
            : twin.share(wish, others) > 0 && twin.serves(others + [wish])
                ? nil : .slotTaken(start)
        do throws(QueueRefusal) {
            try desk.move(number, to: start)
            #expect(expected == nil, "seed \(seed)")
        } catch { #expect(error == expected, "seed \(seed)") }
    }

    private mutating func cancelOne() {
        guard let number = pick() else { return }
        #expect(desk.refusal(.cancel(number, by: .applicant, reason: "")) == nil)
    }

    /// The plan without some of its hours, or with a window less.
    private mutating func closed() -> DayPlan {
        var windows = open.windows.map { ($0, isWhole: false) }
        if Bool.random(using: &chance) {
            let gone = Int.random(in: 0..<windows.count, using: &chance)
            windows[gone].0 = DayPlan.Window(
                id: windows[gone].0.id, services: windows[gone].0.services, spans: [])
        }
        let from = Plans.at(9) + 1_800 * Int32.random(in: 0..<7, using: &chance)
        func without(_ spans: [DayPlan.Span]) -> [DayPlan.Span] {
            spans.flatMap {
                [
                    Plans.span($0.start, min($0.end, from)),
                    Plans.span(max($0.start, from + 1_800), $0.end),
                ].filter { $0.start < $0.end }
            }
        }
        for place in windows.indices {
            let window = windows[place].0
            windows[place].0 = DayPlan.Window(
                id: window.id, services: window.services, spans: without(window.spans))
        }
        return Plans.plan(
            open.services, windows, hours: without(open.hours), rules: open.rules)
    }

    /// Puts another plan in force: who has no place in it goes to the nearest one, or away.
    private mutating func change(to plan: DayPlan) {
        let twin = EveryAssignment(plan)
        let displaced = desk.day.displaced(by: plan)
        var kept: [EveryAssignment.Wish] = []
        for (index, booking) in desk.day.bookings.enumerated() where booking.state.isLive {
            let isDisplaced = displaced.contains(UInt32(index + 1))
            #expect(
                twin.serves(kept + [wish(booking)]) == !isDisplaced,
                "seed \(seed): booking \(index + 1)")
            if !isDisplaced { kept.append(wish(booking)) }
        }
        var events: [DayEvent] = [.planned(plan)]
        var day = desk.day
        day.apply(events, revision: day.revision + 1, at: desk.now, isPart: true)
        for number in displaced {
            let settled = settle(number, day)
            day.apply(settled, revision: day.revision, at: desk.now, isPart: true)
            events += settled
        }
        desk.commit(events + day.nearby(at: desk.now))
        #expect(twin.serves(wishes()), "seed \(seed)")
    }

    private func settle(_ number: UInt32, _ day: OfficeDay) -> [DayEvent] {
        let date = CivilDate("2026-03-19")!
        let old = day.bookings[Int(number) - 1]
        let slots = day.slots(of: Int(old.service), channel: .office, at: desk.now)
        let open = zip(slots.starts, slots.free).filter { $0.1 > 0 }.map(\.0)
        let best = open.min { (abs($0 - old.start), $0) < (abs($1 - old.start), $1) }
        guard let best else {
            return [
                .cancelled(
                    Cancelled(
                        number: number, by: .office, reason: "", freeFrom: DayMoment(desk.now)))
            ]
        }
        do throws(QueueRefusal) {
            let held = try day.moveIn(
                old, service: day.plan.services[Int(old.service)].id, channel: old.channel,
                from: Held.MovedFrom(date: date, number: number), leaving: number, start: best,
                at: desk.now, isByOffice: true)
            return [.held(held), .moved(number, to: date, number: held.number)]
        } catch {
            Issue.record("seed \(seed): \(error)")
            return []
        }
    }
}

extension Plans {
    /// One to four services of one to four slots, one to five windows, some not there all day, and
    /// shares.
    static func mixed(_ chance: inout SeededGenerator) -> DayPlan {
        var rules = QueueRules()
        rules.slotMinutes = 30
        rules.portalPercent = [100, 100, 60, 30, 0].randomElement(using: &chance)!
        rules.kioskPercent = [100, 50, 10].randomElement(using: &chance)!
        let count = Int.random(in: 1...4, using: &chance)
        let services = (0..<count).map { place in
            service(["A", "B", "C", "D"][place], minutes: .random(in: 10...110, using: &chance))
        }
        let hours = [span(at(9), at(10, 45)), span(at(11, 30), at(13))]
        let whole = [span(at(9), at(13))]
        let windows = (1...Int.random(in: 1...5, using: &chance)).map { number in
            let rendered = (0..<count).filter { _ in Bool.random(using: &chance) }
            var spans = Bool.random(using: &chance) ? hours : whole
            for _ in 0..<Int.random(in: 0...2, using: &chance) {
                let from = at(9) + 900 * Int32.random(in: 0..<16, using: &chance)
                spans = spans.flatMap {
                    [
                        span($0.start, min($0.end, from)),
                        span(max($0.start, from + 1_200), $0.end),
                    ].filter { $0.start < $0.end }
                }
            }
            return window(number, rendered, spans)
        }
        let isWhole = Bool.random(using: &chance)
        return plan(services, windows, hours: isWhole ? whole : hours, rules: rules)
    }
}
