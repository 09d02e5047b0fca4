// SPDX-License-Identifier: Apache-2.0

/// The slots of a plan, and the windows that are there in them.
struct DayWindows {
    let plan: DayPlan
    private let length: Int32
    /// When slots start, in rising order, and the place of each.
    private let starts: [Int32]
    private let places: [Int32: Int]
    /// For each slot, the windows that are there all through it.
    private let there: [Set<Int>]

    init(_ plan: DayPlan) {
        self.plan = plan
        let length = plan.rules.slotMinutes * 60
        var starts: [Int32] = []
        for span in plan.slotHours {
            var start = span.start
            while start + length <= span.end {
                let end = start + length
                let isOpen = plan.hours.contains { $0.contains(start) && end <= $0.end }
                if isOpen { starts.append(start) }
                start = end
            }
        }
        self.length = length
        self.starts = starts
        places = Dictionary(zip(starts, starts.indices), uniquingKeysWith: { first, _ in first })
        there = starts.map { start in
            Set(
                plan.windows.indices.filter { window in
                    plan.windows[window].spans.contains {
                        $0.start <= start && start + length <= $0.end
                    }
                })
        }
    }

    /// How many slots there are.
    var count: Int { starts.count }

    func start(of slot: Int) -> Int32 { starts[slot] }

    /// The slots that a booking takes, turn after turn; nil if one of them is none of the plan's.
    func turns(_ booking: BookingBook) -> [[Int]]? {
        var turns: [[Int]] = []
        var start = booking.keptAt ?? booking.start
        for service in booking.services {
            var slots: [Int] = []
            var left = plan.services[Int(service)].seconds
            while left > 0 {
                guard let slot = places[start] else { return nil }
                slots.append(slot)
                left -= length
                start += length
            }
            guard !slots.isEmpty else { return nil }
            turns.append(slots)
        }
        return turns
    }

    /// The windows that render all of some services and are there in all of the slots.
    func able(_ services: [UInt8], in slots: [Int]) -> [Int] {
        guard let first = slots.first else { return [] }
        return there[first].sorted().filter { window in
            services.allSatisfy { plan.windows[window].services & 1 << $0 != 0 }
                && slots.allSatisfy { there[$0].contains(window) }
        }
    }

    /// Where a booking is to sit: at one window for its whole time, or for each turn at one.
    func sittings(_ booking: BookingBook) -> [(slots: [Int], able: [Int])]? {
        guard let turns = turns(booking) else { return nil }
        if booking.isAtOneWindow {
            let slots = turns.flatMap { $0 }
            return [(slots, able(booking.services, in: slots))]
        }
        return zip(booking.services, turns).map { ($1, able([$0], in: $1)) }
    }

    /// The most bookings that a channel may have in a slot: its part of the windows that are there
    /// to render anything, rounded up.
    func share(_ channel: BookingChannel, in slot: Int) -> Int {
        let all = there[slot].filter { plan.windows[$0].services != 0 }.count
        switch channel {
        case .portal: return (all * Int(plan.rules.portalPercent) + 99) / 100
        case .kiosk: return (all * Int(plan.rules.kioskPercent) + 99) / 100
        case .office: return all
        }
    }
}
