// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing
import Texts

/// Random days with a waiting list beside a slow twin, which keeps a list of names and tries everybody at every window.
@Suite struct WaitingListTwinTests {
    /// Somebody whom the twin has on its list.
    private struct Waiter {
        let service: UInt8
        let from: Int32
        let to: Int32
        let channel: BookingChannel
        var passed: Set<Int32> = []
        var misses = 0
        var isWaiting = true
    }

    /// What is known of the day by its events alone, in the plainest way.
    private struct Twin {
        let plan: DayPlan
        var waiters: [Waiter] = []
        /// Who has a place: its start, service and channel.
        var places: [UInt32: (start: Int32, service: UInt8, channel: BookingChannel)] = [:]
        var offeredTo: [UInt32: Int] = [:]

        /// Whether each of the services can have a window of its own, by trying all ways.
        private func canServe(_ services: ArraySlice<UInt8>, _ windows: [UInt8]) -> Bool {
            guard let first = services.first else { return true }
            return windows.indices.contains { place in
                guard windows[place] >> first & 1 == 1 else { return false }
                var left = windows
                left.remove(at: place)
                return canServe(services.dropFirst(), left)
            }
        }

        private func isFree(_ start: Int32, for waiter: Waiter) -> Bool {
            let there = places.values.filter { $0.start == start }
            let windows = plan.windows.filter { window in
                window.spans.contains { $0.start <= start && start + 1_200 <= $0.end }
            }
            let percent: Int32 =
                switch waiter.channel {
                case .portal: plan.rules.portalPercent
                case .kiosk: plan.rules.kioskPercent
                case .office: 100
                }
            let share = (windows.count * Int(percent) + 99) / 100
            guard there.count(where: { $0.channel == waiter.channel }) < share else { return false }
            return canServe(
                ArraySlice(there.map(\.service) + [waiter.service]), windows.map(\.services))
        }

        /// The offers that must follow now: to whom, and of which start.
        mutating func offers(at now: Int32) -> [(waiter: Int, start: Int32)] {
            var offers: [(Int, Int32)] = []
            let kept = places
            for (index, waiter) in waiters.enumerated() where waiter.isWaiting {
                let earliest = max(
                    now + plan.rules.leadSeconds,
                    now + Int32(plan.reception.waitingList!.offerMinutes) * 60)
                var start = Plans.at(9)
                while start < Plans.at(12) {
                    if waiter.from <= start, start <= waiter.to, start >= earliest,
                        !waiter.passed.contains(start), isFree(start, for: waiter)
                    {
                        offers.append((index, start))
                        places[1_000_000 + UInt32(index)] = (start, waiter.service, waiter.channel)
                        break
                    }
                    start += 1_200
                }
            }
            places = kept
            return offers
        }

        mutating func take(_ event: DayEvent) {
            switch event {
            case .held(let held):
                places[held.number] = (held.start, held.service, held.channel)
            case .released(let number), .expired(let number), .missed(let number),
                .placeFreed(let number), .moved(let number, _, _):
                places[number] = nil
            case .cancelled(let cancelled):
                places[cancelled.number] = nil
            case .waitingJoined(let joined):
                waiters.append(
                    Waiter(
                        service: joined.service, from: joined.from, to: joined.to,
                        channel: joined.channel))
            case .placeOffered(let offer):
                let index = Int(offer.waiting) - 1
                waiters[index].isWaiting = false
                offeredTo[offer.booking] = index
                places[offer.booking] = (
                    offer.start, waiters[index].service, waiters[index].channel
                )
            case .offerEnded(let number, let end):
                let index = offeredTo[number]!
                if let start = places[number]?.start, end != .withdrawn {
                    waiters[index].passed.insert(start)
                    waiters[index].misses = end == .unanswered ? waiters[index].misses + 1 : 0
                }
                places[number] = nil
                waiters[index].isWaiting = true
            case .waitingEnded(let number, _): waiters[Int(number) - 1].isWaiting = false
            default: break
            }
        }
    }

    private static func plan(_ dice: inout RandomDice) -> DayPlan {
        var rules = QueueRules()
        rules.leadSeconds = dice.number(0...1) == 0 ? 0 : 3_600
        rules.portalPercent = [100, 50, 34][dice.number(0...2)]
        rules.kioskPercent = [100, 30][dice.number(0...1)]
        let offer = [5, 30, 90][dice.number(0...2)]
        let windows = [[0, 1], [0], [1], [0, 1]].prefix(dice.number(1...4)).enumerated().map {
            Plans.window(
                $0 + 1, $1,
                $0 == 1 ? [Plans.span(Plans.at(9), Plans.at(10, 20))] : nil)
        }
        return Plans.plan(
            [Plans.service("A"), Plans.service("B")], Array(windows),
            hours: [Plans.span(Plans.at(9), Plans.at(12))], rules: rules,
            reception: Reception(
                waitingList: WaitingRules(offerMinutes: offer, perDay: 20, perPerson: 9)))
    }

    @Test(arguments: UInt64(1)...60) func whatIsOfferedIsWhatTheTwinSays(seed: UInt64) throws {
        var dice = RandomDice(seed)
        let plan = Self.plan(&dice)
        var desk = Desk(plan, at: Plans.at(6))
        var twin = Twin(plan: plan)
        var seen = desk.entries.count
        var offers = 0
        for step in 0..<300 {
            desk.now += Int32(dice.number(0...4) == 0 ? dice.number(0...600) : 0)
            _ = desk.refusal(command(desk, &dice, step))
            for entry in desk.entries[seen...] {
                let isOffer = { (event: DayEvent) in
                    if case .placeOffered = event { true } else { false }
                }
                for event in entry.events where !isOffer(event) { twin.take(event) }
                let expected = twin.offers(at: entry.at)
                let told = entry.events.compactMap { event in
                    if case .placeOffered(let offer) = event { offer } else { nil }
                }
                #expect(told.map { Int($0.waiting) - 1 } == expected.map(\.waiter))
                #expect(told.map(\.start) == expected.map(\.start))
                offers += told.count
                for offer in told { twin.take(.placeOffered(offer)) }
            }
            seen = desk.entries.count
            #expect(desk.violation == nil)
        }
        #expect(offers > 0)
    }

    private func command(_ desk: Desk, _ dice: inout RandomDice, _ step: Int) -> DayCommand {
        let service: ServiceID = dice.number(0...1) == 0 ? "a" : "b"
        let start = Plans.at(9) + 1_200 * Int32(dice.number(0...8))
        let channel = BookingChannel.allCases[dice.number(0...2)]
        let booking = UInt32(dice.number(1...max(1, desk.day.bookings.count)))
        let waiting = UInt32(dice.number(1...max(1, desk.day.waitingList.count)))
        switch dice.number(0...19) {
        case 0...7:
            return .hold(
                service: service, start: start, channel: channel,
                applicant: Desk.applicant(1_000 + step))
        case 8...10: return .confirm(booking)
        case 11: return .cancel(booking, by: .office, reason: "")
        case 12: return .release(booking)
        case 13...15:
            return .join(
                WaitingEntry(
                    service: service, from: start,
                    to: start + 1_200 * Int32(dice.number(0...8)), channel: channel,
                    applicant: Desk.applicant(dice.number(1...30)), booking: nil, before: nil))
        case 16: return .acceptOffer(waiting, giving: nil)
        case 17, 18: return .declineOffer(waiting)
        default: return .leaveWaitingList(waiting)
        }
    }
}

/// Numbers that are the same in every run.
private struct RandomDice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return range.lowerBound + Int((state >> 16) % UInt64(range.count))
    }
}
