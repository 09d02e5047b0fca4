// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit
import Testing

/// The places of those who are here and have none in a new plan.
@Suite struct NearbyPlacesTests {
    private let services = [Plans.service("A")]
    private let day = date("2026-03-19")

    private func plan(_ windows: [[Int32]]) -> DayPlan {
        var rules = QueueRules()
        rules.leadSeconds = 0
        return Plans.plan(
            services,
            windows.enumerated().map { place, hours in
                Plans.window(
                    place + 1, [0], hours.map { Plans.span(Plans.at($0), Plans.at($0, 20)) })
            }, rules: rules)
    }

    /// Somebody who is here and somebody who is to come, both for ten.
    private func two() throws -> Desk {
        var desk = Desk(plan([[10], [10], [12, 14]]))
        try desk.book("a", Plans.at(10), by: 1, .office)
        try desk.book("a", Plans.at(10), by: 2, .office)
        desk.now = Plans.at(9, 30)
        try desk.arrive(1)
        return desk
    }

    private func held(_ start: Int32) -> [DayEvent] {
        [
            .held(
                Held(
                    number: 3, applicant: Desk.applicant(2), service: 0, start: start,
                    channel: .office, until: nil,
                    movedFrom: Held.MovedFrom(date: day, number: 2))),
            .moved(2, to: day, number: 3),
        ]
    }

    private func free(_ day: OfficeDay) -> [Int32] {
        let slots = day.slots(of: 0, channel: .office, at: Plans.at(9, 30))
        return zip(slots.starts, slots.free).filter { $0.1 > 0 }.map(\.0)
    }

    /// Entries of before give the place as the plan comes, those of now where they say so.
    @Test func anEntrySaysWhenPlacesAreGiven() throws {
        let desk = try two()
        let next = DayEvent.planned(plan([[], [], [12, 14]]))
        func after(_ events: [DayEvent]) -> [Int32] {
            var day = desk.day
            day.apply(events, revision: day.revision + 1, at: desk.now)
            return free(day)
        }
        #expect(after([next]) == [Plans.at(14)])
        #expect(after([next] + held(Plans.at(12))) == [Plans.at(14)])
        #expect(
            after([next] + held(Plans.at(12)) + [.placedNearby(1, start: Plans.at(14))]) == [])
        #expect(
            after([next] + held(Plans.at(12)) + [.placedNearby(1, start: nil)]) == [Plans.at(14)])
    }

    @Test func thePlaceNearestOfWhatIsLeftIsKept() throws {
        let desk = try two()
        let rows: [(third: [Int32], moved: Int32, kept: Int32?)] = [
            ([12, 14], 12, 14), ([12], 12, nil), ([11, 12, 14], 14, 11), ([8, 9, 13], 13, nil),
        ]
        for (third, moved, kept) in rows {
            let events = [DayEvent.planned(plan([[], [], third]))] + held(Plans.at(moved))
            var day = desk.day
            day.apply(events, revision: day.revision + 1, at: desk.now, isPart: true)
            let start = kept.map { Plans.at($0) }
            #expect(day.nearby(at: desk.now) == [.placedNearby(1, start: start)], "\(third)")
            #expect(day.hasSomebodyWithoutPlace(at: desk.now))
            var twin = desk
            twin.commit(events + day.nearby(at: desk.now))
            #expect(twin.violation == nil && free(twin.day).contains(start ?? -1) == false)
            #expect(!desk.day.hasSomebodyWithoutPlace(at: desk.now))
            #expect(!day.hasSomebodyWithoutPlace(at: Plans.at(10, 20)))
            // At the end of their time they need none.
            #expect(day.nearby(at: Plans.at(10, 20)).isEmpty)
        }
    }

    @Test func theCheckerKnowsOfPlacesThatAreKept() throws {
        let next = DayEvent.planned(plan([[], [], [12, 14]]))
        let both = DayEvent.planned(plan([[10], [], [12, 14]]))
        let twelve = held(Plans.at(12))
        let rows: [(events: [DayEvent], rule: Violation.Rule?)] = [
            ([next] + twelve + [.placedNearby(1, start: Plans.at(14))], nil),
            ([next] + twelve + [.placedNearby(1, start: nil)], nil),
            // The same place for two, whoever is told first.
            ([next] + twelve + [.placedNearby(1, start: Plans.at(12))], .capacity),
            ([next, .placedNearby(1, start: Plans.at(12))] + twelve, .capacity),
            // No place of the plan, one that has passed, somebody who is not here, and no new plan.
            ([next] + twelve + [.placedNearby(1, start: Plans.at(13))], .capacity),
            ([next] + twelve + [.placedNearby(2, start: Plans.at(14))], .bookingState),
            ([.placedNearby(1, start: Plans.at(14))], .displaced),
            // Who is to come has the one place at ten, and nothing is said of who is here.
            ([both], nil),
        ]
        for (place, (events, rule)) in rows.enumerated() {
            let desk = try two()
            var checker = desk.checker
            do throws(Violation) {
                try checker.check(events, revision: desk.day.revision + 1, at: desk.now)
                #expect(rule == nil, "\(place)")
            } catch { #expect(error.rule == rule, "\(place): \(error)") }
        }
    }

    /// Of two who are here, the one for whom a place is kept and the one of whom nothing is said need one.
    @Test func whoeverIsHereHasAPlaceUnlessTheEntrySaysThereIsNone() throws {
        var desk = Desk(plan([[10], [10], [12, 14]]))
        for person in 1...2 { try desk.book("a", Plans.at(10), by: person, .office) }
        desk.now = Plans.at(9, 30)
        for booking in 1...2 as ClosedRange<UInt32> { try desk.arrive(booking) }
        let next = DayEvent.planned(plan([[], [], [12, 14]]))
        for (events, isWhole) in [
            ([next, .placedNearby(1, start: Plans.at(12))], false),
            ([next, .placedNearby(1, start: Plans.at(12)), .placedNearby(2, start: nil)], true),
            (
                [
                    next, .placedNearby(1, start: Plans.at(12)),
                    .placedNearby(2, start: Plans.at(14)),
                ], true
            ),
        ] as [([DayEvent], Bool)] {
            var checker = desk.checker
            do throws(Violation) {
                try checker.check(events, revision: desk.day.revision + 1, at: desk.now)
                #expect(isWhole)
            } catch { #expect(!isWhole && error.rule == .capacity, "\(error)") }
        }
    }

    /// Whose time is just over needs no place, though one is kept for another.
    @Test func whoseTimeIsOverNeedsNoPlaceInTheEntry() throws {
        let next = plan([[], [], [12, 14]])
        for (now, kept) in [(Plans.at(10, 20) - 1, [1, 2]), (Plans.at(10, 20), [2])]
            as [(Int32, [UInt32])]
        {
            var desk = Desk(plan([[10], [11], [12, 14]]))
            for (person, hour) in [(1, 10), (2, 11)] as [(Int, Int32)] {
                try desk.book("a", Plans.at(hour), by: person, .office)
            }
            desk.now = Plans.at(9, 50)
            for booking in 1...2 as ClosedRange<UInt32> { try desk.arrive(booking) }
            desk.now = now
            var day = desk.day
            day.apply([.planned(next)], revision: day.revision + 1, at: now, isPart: true)
            let nearby = day.nearby(at: now)
            let named = nearby.map { event -> UInt32 in
                if case .placedNearby(let number, _) = event { number } else { 0 }
            }
            #expect(named == kept)
            desk.commit([.planned(next)] + nearby)
            #expect(desk.violation == nil)
        }
    }

    /// A place is kept that begins at this very moment, and none that began before.
    @Test func aPlaceIsKeptFromThePresentOn() throws {
        let spans = [
            Plans.span(Plans.at(9, 40), Plans.at(10)), Plans.span(Plans.at(14), Plans.at(15)),
        ]
        let next = Plans.plan(services, [Plans.window(1, [0], spans)])
        for (seconds, kept) in [(Int32(0), Plans.at(9, 40)), (1, Plans.at(14))] {
            var desk = Desk(plan([[10]]))
            try desk.book("a", Plans.at(10), by: 1)
            desk.now = Plans.at(9, 30)
            try desk.arrive(1)
            desk.now = Plans.at(9, 40) + seconds
            var day = desk.day
            day.apply([.planned(next)], revision: day.revision + 1, at: desk.now, isPart: true)
            #expect(day.nearby(at: desk.now) == [.placedNearby(1, start: kept)])
            for start in [Plans.at(9, 40), Plans.at(14)] {
                var checker = desk.checker
                do throws(Violation) {
                    try checker.check(
                        [.planned(next), .placedNearby(1, start: start)],
                        revision: desk.day.revision + 1, at: desk.now)
                    #expect(start >= kept)
                } catch { #expect(start < kept && error.rule == .capacity) }
            }
        }
    }

    /// A place that was cancelled and is not free yet counts beside those that are kept; in an entry of before
    /// that leaves somebody who is here without a place, the checker counts those alone who are to come.
    @Test func aCancelledPlaceCountsBesideThoseThatAreKept() throws {
        var rules = QueueRules()
        (rules.leadSeconds, rules.rereleaseSeconds) = (0, 36_000)
        func plan(_ windows: [[Int32]]) -> DayPlan {
            Plans.plan(
                services,
                windows.enumerated().map { place, hours in
                    Plans.window(
                        place + 1, [0], hours.map { Plans.span(Plans.at($0), Plans.at($0, 20)) })
                }, rules: rules)
        }
        let next = DayEvent.planned(plan([[], [], [12, 15]]))
        let (kept, none) = (
            DayEvent.placedNearby(1, start: Plans.at(12)), DayEvent.placedNearby(2, start: nil)
        )
        for (events, isFree) in [([next, kept, none], false), ([next], true)] {
            var desk = Desk(plan([[10], [10], [12, 15]]))
            for person in 1...2 { try desk.book("a", Plans.at(10), by: person) }
            try desk.book("a", Plans.at(15), by: 3)
            desk.now = Plans.at(9, 30)
            for booking in 1...2 as ClosedRange<UInt32> { try desk.arrive(booking) }
            try desk.order(.cancel(3, by: .applicant, reason: ""))
            desk.commit(events)
            #expect(desk.violation == nil && desk.day.bookings[2].takesPlace)
            let held = Held(
                number: 4, applicant: Desk.applicant(4), service: 0, start: Plans.at(15),
                channel: .office, until: nil, movedFrom: nil)
            var checker = desk.checker
            do throws(Violation) {
                try checker.check([.held(held)], revision: desk.day.revision + 1, at: desk.now)
                #expect(isFree)
            } catch { #expect(!isFree && error.rule == .capacity) }
        }
    }
}
