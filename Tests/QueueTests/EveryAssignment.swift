// SPDX-License-Identifier: Apache-2.0

import Queue

/// What a day can take, by trying every assignment of bookings to windows at once.
///
/// Bookings are gone through in the order of their starts. Of each way in which those so far may be
/// at the windows, only this counts for the others: until when each window is taken.
struct EveryAssignment {
    struct Wish: Hashable {
        let service: Int
        let start: Int32
        let channel: BookingChannel
    }

    let plan: DayPlan
    private let length: Int32
    /// When cells start.
    let cells: [Int32]

    init(_ plan: DayPlan) {
        self.plan = plan
        let length = plan.rules.slotMinutes * 60
        self.length = length
        cells = plan.hours.flatMap { span in
            (0..<300).map { span.start + Int32($0) * length }.filter { $0 + length <= span.end }
        }
    }

    /// The cells of a booking; nil if the office does not receive in one of them.
    func cells(_ service: Int, from start: Int32) -> [Int32]? {
        let all = (0..<plan.cells(of: service)).map { start + Int32($0) * length }
        return all.allSatisfy(cells.contains) ? all : nil
    }

    private func isThere(_ window: Int, _ cell: Int32) -> Bool {
        plan.windows[window].spans.contains { $0.start <= cell && cell + length <= $0.end }
    }

    /// The windows that could serve it if nobody else came.
    func able(_ service: Int, from start: Int32) -> [Int] {
        guard let cells = cells(service, from: start) else { return [] }
        return plan.windows.indices.filter { window in
            plan.windows[window].services & 1 << UInt8(service) != 0
                && cells.allSatisfy { isThere(window, $0) }
        }
    }

    /// Whether all can be served.
    func serves(_ wishes: [Wish]) -> Bool {
        var ways: Set<[Int32]> = [Array(repeating: .min, count: plan.windows.count)]
        for wish in wishes.sorted(by: { $0.start < $1.start }) {
            let able = able(wish.service, from: wish.start)
            let end = wish.start + Int32(plan.cells(of: wish.service)) * length
            var next: Set<[Int32]> = []
            for way in ways {
                for window in able where way[window] <= wish.start {
                    // What lies behind makes no difference.
                    var longer = way.map { $0 <= wish.start ? Int32.min : $0 }
                    longer[window] = end
                    next.insert(longer)
                }
            }
            if next.isEmpty { return false }
            ways = next
        }
        return true
    }

    /// How many more bookings the channel's share of a cell allows.
    private func share(_ channel: BookingChannel, _ cell: Int32, _ wishes: [Wish]) -> Int {
        let there = plan.windows.indices.filter {
            plan.windows[$0].services != 0 && isThere($0, cell)
        }.count
        let percent: Int32 =
            switch channel {
            case .portal: plan.rules.portalPercent
            case .kiosk: plan.rules.kioskPercent
            case .office: 100
            }
        let own = wishes.filter {
            $0.channel == channel && cells($0.service, from: $0.start)?.contains(cell) == true
        }
        return (there * Int(percent) + 99) / 100 - own.count
    }

    func share(_ wish: Wish, _ wishes: [Wish]) -> Int {
        cells(wish.service, from: wish.start)?.map { share(wish.channel, $0, wishes) }.min() ?? 0
    }

    /// How many more of a wish can be granted.
    func free(_ wish: Wish, _ wishes: [Wish]) -> Int {
        let share = share(wish, wishes)
        var more = 0
        while more < share, serves(wishes + Array(repeating: wish, count: more + 1)) { more += 1 }
        return more
    }
}
