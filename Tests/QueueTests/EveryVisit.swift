// SPDX-License-Identifier: Apache-2.0

import Queue

/// What a day of at most eight windows can take of visits, by trying every assignment of turns to windows.
///
/// It knows nothing of how a day decides: of each way in which those so far may be at the windows, it keeps
/// until when each window is taken.
struct EveryVisit {
    struct Wish: Hashable {
        let services: [Int]
        let isAtOneWindow: Bool
        let start: Int32
        let channel: BookingChannel
    }

    /// A stay at one window: its cells, and the windows where it can be.
    private struct Stay {
        let cells: Range<Int>
        let able: [Int]
    }

    let plan: DayPlan
    let cells: [Int32]
    private let length: Int32

    init(_ plan: DayPlan) {
        precondition(plan.windows.count <= 8)
        let length = plan.rules.slotMinutes * 60
        var cells: [Int32] = []
        for span in plan.slotHours {
            var cell = span.start
            while cell + length <= span.end {
                let end = cell + length
                if plan.hours.contains(where: { $0.start <= cell && end <= $0.end }) {
                    cells.append(cell)
                }
                cell += length
            }
        }
        self.plan = plan
        self.length = length
        self.cells = cells
    }

    /// The cells of each turn, which follow each other; nil if the day has them not.
    private func turns(_ wish: Wish) -> [Range<Int>]? {
        guard var next = cells.firstIndex(of: wish.start) else { return nil }
        var (turns, time): ([Range<Int>], Int32) = ([], wish.start)
        for service in wish.services {
            let count = (Int(plan.services[service].seconds) + Int(length) - 1) / Int(length)
            for place in 0..<count {
                guard next + place < cells.count, cells[next + place] == time else { return nil }
                time += length
            }
            turns.append(next..<next + count)
            next += count
        }
        return turns
    }

    private func able(_ services: [Int], _ taken: Range<Int>) -> [Int] {
        plan.windows.indices.filter { window in
            services.allSatisfy { plan.windows[window].services >> UInt8($0) & 1 == 1 }
                && taken.allSatisfy { cell in
                    plan.windows[window].spans.contains {
                        $0.start <= cells[cell] && cells[cell] + length <= $0.end
                    }
                }
        }
    }

    private func stays(_ wish: Wish) -> [Stay]? {
        guard let turns = turns(wish) else { return nil }
        if wish.isAtOneWindow, let last = turns.last {
            let all = turns[0].lowerBound..<last.upperBound
            return [Stay(cells: all, able: able(wish.services, all))]
        }
        return zip(wish.services, turns).map { Stay(cells: $1, able: able([$0], $1)) }
    }

    /// Whether such a visit could be served then if nobody else came.
    func isSlot(_ wish: Wish) -> Bool {
        stays(wish).map { $0.allSatisfy { !$0.able.isEmpty } } ?? false
    }

    /// Whether all can be served.
    func serves(_ wishes: [Wish]) -> Bool {
        var all: [Stay] = []
        for wish in wishes {
            guard let stays = stays(wish) else { return false }
            all += stays
        }
        var ways: Set<[Int]> = [Array(repeating: 0, count: plan.windows.count)]
        for stay in all.sorted(by: { $0.cells.lowerBound < $1.cells.lowerBound }) {
            var next: Set<[Int]> = []
            for way in ways {
                for window in stay.able where way[window] <= stay.cells.lowerBound {
                    // What lies behind makes no difference.
                    var later = way.map { $0 <= stay.cells.lowerBound ? 0 : $0 }
                    later[window] = stay.cells.upperBound
                    next.insert(later)
                }
            }
            if next.isEmpty { return false }
            ways = next
        }
        return true
    }

    /// How many more bookings the channel's share allows in all cells of a wish.
    func share(_ wish: Wish, _ wishes: [Wish]) -> Int {
        let percent: Int32 =
            switch wish.channel {
            case .portal: plan.rules.portalPercent
            case .kiosk: plan.rules.kioskPercent
            case .office: 100
            }
        func taken(_ wish: Wish) -> [Int] { (turns(wish) ?? []).flatMap { Array($0) } }
        return taken(wish).map { cell in
            let there = plan.windows.filter {
                $0.services != 0
                    && $0.spans.contains {
                        $0.start <= cells[cell] && cells[cell] + length <= $0.end
                    }
            }.count
            let own = wishes.filter { $0.channel == wish.channel && taken($0).contains(cell) }
            return (there * Int(percent) + 99) / 100 - own.count
        }.min() ?? 0
    }

    /// How many more of a wish the windows can serve.
    func room(_ wish: Wish, _ wishes: [Wish]) -> Int {
        var more = 0
        while serves(wishes + Array(repeating: wish, count: more + 1)) { more += 1 }
        return more
    }
}
