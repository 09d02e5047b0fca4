// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit
import Testing

/// Relocations on a few small days beside the best that there is, found by trying everything.
@Suite struct EveryRelocationTests {
    private static let first = date("2026-03-18")

    /// One day as it was booked, and as it is planned anew.
    private struct Before {
        let day: OfficeDay
        let plan: DayPlan
        let displaced: [UInt32]
        let now: Int32
    }

    @Test(arguments: [false, true])
    func asManyAsCanBeHaveAPlace(severalSlots: Bool) throws {
        var (placed, all, fewer) = (0, 0, 0)
        for seed in 0..<400 as Range<UInt64> {
            var chance = SeededGenerator(seed: seed)
            let days = (0..<3).map { before(Self.nth($0), severalSlots, &chance) }
            let (found, wanted) = relocate(days, seed)
            let best = found == wanted ? found : most(days)
            #expect(severalSlots ? found <= best : found == best, "seed \(seed) of \(wanted)")
            (placed, all, fewer) = (placed + found, all + wanted, fewer + best - found)
        }
        #expect(placed > 200 && placed < all, "\(placed) of \(all)")
        // Where bookings take several slots no quick way is always the best.
        #expect(fewer * 100 <= placed, "\(fewer)")
    }

    private static func nth(_ place: Int) -> CivilDate { first.adding(days: place)! }

    private func before(
        _ date: CivilDate, _ severalSlots: Bool, _ chance: inout SeededGenerator
    ) -> Before {
        let services = [
            Plans.service("A"), Plans.service("B", minutes: severalSlots ? 40 : 20),
        ]
        var rules = QueueRules()
        rules.leadSeconds = 0
        func plan(_ rate: Int) -> DayPlan {
            Plans.plan(
                services,
                (1...2).map { number in
                    let hours = ([9, 10, 11] as [Int32]).filter { _ in
                        Int.random(in: 0..<4, using: &chance) < rate
                    }
                    return Plans.window(
                        number, [[0], [1], [0, 1], [0, 1]].randomElement(using: &chance)!,
                        hours.map { Plans.span(Plans.at($0), Plans.at($0, 40)) })
                }, rules: rules)
        }
        let now = Plans.at(8) - Int32(Self.first.days(until: date)) * 86_400
        var desk = Desk(plan(3), at: now)
        for person in 0..<Int.random(in: 0...2, using: &chance) {
            let start = Plans.at(Int32.random(in: 9...11, using: &chance))
            _ = try? desk.book(
                ["a", "b"].randomElement(using: &chance)!,
                start + 1_200 * Int32.random(in: 0...1, using: &chance), by: person, .office)
        }
        let next = plan(1)
        var day = desk.day
        let displaced = day.displaced(by: next)
        day.apply([.planned(next)], revision: day.revision + 1, at: now, isPart: true)
        return Before(day: day, plan: next, displaced: displaced, now: now)
    }

    /// How many have a place, and how many look for one.
    private func relocate(_ days: [Before], _ seed: UInt64) -> (Int, Int) {
        let wishes = days.enumerated().flatMap { place, before in
            before.displaced.map { number in
                let booking = before.day.bookings[Int(number) - 1]
                return Relocation.Wish(
                    date: Self.nth(place), number: number,
                    service: before.plan.services[Int(booking.service)].id, start: booking.start)
            }
        }
        let places = Relocation.places(for: wishes, on: Self.nth(0)...Self.nth(2)) { date in
            let before = days[Self.first.days(until: date)]
            return (before.day, before.now)
        }
        // All of them can be served at once.
        for (place, before) in days.enumerated() {
            let moved = zip(wishes, places).compactMap { wish, place in
                place.map { (wish, $0) }
            }.filter { $0.1.date == Self.nth(place) }.map { wish, place in
                EveryAssignment.Wish(
                    service: before.plan.service(wish.service)!, start: place.start,
                    channel: .office)
            }
            #expect(EveryAssignment(before.plan).serves(kept(before) + moved), "seed \(seed)")
        }
        return (places.count { $0 != nil }, wishes.count)
    }

    private func kept(_ before: Before) -> [EveryAssignment.Wish] {
        before.day.bookings.enumerated().filter {
            $0.element.takesPlace && !before.displaced.contains(UInt32($0.offset + 1))
        }.map {
            EveryAssignment.Wish(
                service: Int($0.element.service), start: $0.element.start, channel: .office)
        }
    }

    /// The most that could have a place.
    private func most(_ days: [Before]) -> Int {
        let models = days.map { EveryAssignment($0.plan) }
        let wanted = days.flatMap { before in
            before.displaced.map { Int(before.day.bookings[Int($0) - 1].service) }
        }
        func most(_ left: ArraySlice<Int>, _ there: [[EveryAssignment.Wish]]) -> Int {
            guard let service = left.first else { return 0 }
            var best = 0
            for day in days.indices {
                for start in models[day].cells where best < left.count {
                    guard !models[day].able(service, from: start).isEmpty else { continue }
                    var next = there
                    next[day].append(
                        EveryAssignment.Wish(service: service, start: start, channel: .office))
                    guard models[day].serves(next[day]) else { continue }
                    best = max(best, 1 + most(left.dropFirst(), next))
                }
            }
            return best == left.count ? best : max(best, most(left.dropFirst(), there))
        }
        return most(wanted[...], days.map { kept($0) })
    }
}
