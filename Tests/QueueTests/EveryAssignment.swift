// SPDX-License-Identifier: Apache-2.0

import Queue

/// What a day of at most eight windows can take, by trying every assignment of bookings to windows
/// at once.
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
    /// When cells start.
    let cells: [Int32]
    private let places: [Int32: Int]
    private let length: Int32
    /// For each service and cell, the windows that could serve a booking from then on.
    private let windows: [[Int]]

    init(_ plan: DayPlan) {
        precondition(plan.windows.count <= 8)
        let length = plan.rules.slotMinutes * 60
        func isOpen(_ cell: Int32) -> Bool {
            (cell..<cell + length).allSatisfy { second in
                plan.hours.contains { $0.contains(second) }
            }
        }
        var cells: [Int32] = []
        for span in plan.slotHours {
            for place: Int32 in 0..<48 {
                let cell = span.start + place * length
                if cell + length <= span.end, isOpen(cell) { cells.append(cell) }
            }
        }
        func isThere(_ window: Int, _ cell: Int32) -> Bool {
            cells.contains(cell)
                && plan.windows[window].spans.contains {
                    $0.start <= cell && cell + length <= $0.end
                }
        }
        windows = plan.services.indices.flatMap { service in
            cells.map { start in
                plan.windows.indices.filter { window in
                    plan.windows[window].services & 1 << UInt8(service) != 0
                        && (0..<plan.cells(of: service)).allSatisfy {
                            isThere(window, start + Int32($0) * length)
                        }
                }
            }
        }
        places = Dictionary(uniqueKeysWithValues: zip(cells, cells.indices))
        self.plan = plan
        self.length = length
        self.cells = cells
    }

    /// The windows that could serve it if nobody else came.
    func able(_ service: Int, from start: Int32) -> [Int] {
        places[start].map { windows[service * cells.count + $0] } ?? []
    }

    /// Whether all can be served.
    func serves(_ wishes: [Wish]) -> Bool {
        // Eight bits for each window: the cell from which on it is free, or zero.
        var ways: Set<UInt64> = [0]
        for wish in wishes.sorted(by: { $0.start < $1.start }) {
            guard let first = places[wish.start] else { return false }
            let end = UInt64(first + plan.cells(of: wish.service))
            let able = windows[wish.service * cells.count + first]
            var next: Set<UInt64> = []
            for way in ways {
                // What lies behind makes no difference.
                var taken: UInt64 = 0
                for window in plan.windows.indices
                where way >> UInt64(8 * window) & 255 > UInt64(first) {
                    taken |= way & 255 << UInt64(8 * window)
                }
                for window in able where taken >> UInt64(8 * window) & 255 == 0 {
                    next.insert(taken | end << UInt64(8 * window))
                }
            }
            if next.isEmpty { return false }
            ways = next
        }
        return true
    }

    /// How many more bookings the channel's share allows in the cells of a wish.
    func share(_ wish: Wish, _ wishes: [Wish]) -> Int {
        let percent: Int32 =
            switch wish.channel {
            case .portal: plan.rules.portalPercent
            case .kiosk: plan.rules.kioskPercent
            case .office: 100
            }
        return (0..<plan.cells(of: wish.service)).map { place in
            let cell = wish.start + Int32(place) * length
            let there = plan.windows.filter {
                $0.services != 0
                    && $0.spans.contains { $0.start <= cell && cell + length <= $0.end }
            }.count
            let own = wishes.filter { other in
                other.channel == wish.channel && other.start <= cell
                    && cell < other.start + Int32(plan.cells(of: other.service)) * length
            }.count
            return (there * Int(percent) + 99) / 100 - own
        }.min() ?? 0
    }

    /// How many more of a wish the windows can serve.
    func room(_ wish: Wish, _ wishes: [Wish]) -> Int {
        var more = 0
        while serves(wishes + Array(repeating: wish, count: more + 1)) { more += 1 }
        return more
    }
}
