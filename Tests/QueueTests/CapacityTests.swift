// SPDX-License-Identifier: Apache-2.0

import Queue
import TestKit
import Testing

@Suite struct CapacityTests {
    /// The places of a day counted by trying every assignment of bookings to windows.
    private struct SlowPlaces {
        let plan: DayPlan
        var booked: [(service: Int, start: Int32, channel: BookingChannel)] = []

        private var length: Int32 { plan.rules.slotMinutes * 60 }

        var cells: [Int32] {
            plan.hours.flatMap { span in
                (0..<200).map { span.start + Int32($0) * length }
                    .filter { $0 + length <= span.end }
            }
        }

        func cells(_ service: Int, from start: Int32) -> [Int32]? {
            let all = (0..<plan.cells(of: service)).map { start + Int32($0) * length }
            return all.allSatisfy(cells.contains) ? all : nil
        }

        private func windows(at cell: Int32) -> [DayPlan.Window] {
            plan.windows.filter {
                $0.spans.contains { $0.start <= cell && cell + length <= $0.end }
            }
        }

        private func services(at cell: Int32) -> [(service: Int, channel: BookingChannel)] {
            booked.filter { cells($0.service, from: $0.start)?.contains(cell) ?? false }
                .map { ($0.service, $0.channel) }
        }

        private func fits(_ services: ArraySlice<Int>, _ windows: [DayPlan.Window]) -> Bool {
            guard let first = services.first else { return true }
            return windows.indices.contains { index in
                guard windows[index].services & 1 << UInt8(first) != 0 else { return false }
                var others = windows
                others.remove(at: index)
                return fits(services.dropFirst(), others)
            }
        }

        func able(_ service: Int, at cell: Int32) -> Int {
            windows(at: cell).filter { $0.services & 1 << UInt8(service) != 0 }.count
        }

        func free(_ service: Int, from start: Int32, _ channel: BookingChannel) -> Int {
            guard let cells = cells(service, from: start) else { return 0 }
            return cells.map { cell in
                let there = services(at: cell)
                var more = 0
                while more < 10,
                    fits(
                        there.map(\.service)[...]
                            + Array(repeating: service, count: more + 1),
                        windows(at: cell))
                {
                    more += 1
                }
                let percent = [
                    .portal: plan.rules.portalPercent, .kiosk: plan.rules.kioskPercent,
                    .office: 100,
                ][channel]!
                let share = (able(service, at: cell) * Int(percent) + 99) / 100
                let own = there.filter { $0.service == service && $0.channel == channel }.count
                return max(0, min(more, share - own))
            }.min() ?? 0
        }
    }

    /// Every slot, service and channel of small plans drawn by chance, while they fill up.
    @Test(arguments: 0..<12)
    func theFastPlacesAreTheSlowOnes(seed: Int) {
        var chance = SeededGenerator(seed: UInt64(seed))
        var slow = SlowPlaces(plan: plan(&chance))
        let services = slow.plan.services
        var desk = Desk(slow.plan)
        compare(desk.day, slow)
        for applicant in 0..<30 {
            guard let start = slow.cells.randomElement(using: &chance) else { return }
            let service = Int.random(in: 0..<services.count, using: &chance)
            let channel = BookingChannel.allCases.randomElement(using: &chance)!
            let free = slow.free(service, from: start, channel)
            let refusal = desk.refusal(
                .hold(
                    service: services[service].id, start: start, channel: channel,
                    applicant: Desk.applicant(applicant)))
            #expect((refusal == nil) == (free > 0), "\(String(describing: refusal))")
            guard refusal == nil else { continue }
            slow.booked.append((service, start, channel))
            compare(desk.day, slow)
        }
    }

    private func compare(_ day: OfficeDay, _ slow: SlowPlaces) {
        for service in slow.plan.services.indices {
            let starts = slow.cells.filter { start in
                slow.cells(service, from: start).map { cells in
                    cells.allSatisfy { slow.able(service, at: $0) > 0 }
                } ?? false
            }
            for channel in BookingChannel.allCases {
                let slots = day.slots(of: service, channel: channel, at: -86_400)
                #expect(slots.starts == starts)
                #expect(slots.free == starts.map { Int32(slow.free(service, from: $0, channel)) })
            }
        }
    }

    /// One to three services of one to three slots, one to four windows, some not there all day.
    private func plan(_ chance: inout SeededGenerator) -> DayPlan {
        var rules = QueueRules()
        rules.slotMinutes = 30
        rules.portalPercent = [100, 60, 30, 0].randomElement(using: &chance)!
        rules.kioskPercent = [100, 50, 10].randomElement(using: &chance)!
        let count = Int.random(in: 1...3, using: &chance)
        let services = (0..<count).map { place in
            Plans.service(
                ["A", "B", "C"][place], minutes: .random(in: 10...80, using: &chance))
        }
        let hours = [
            Plans.span(Plans.at(9), Plans.at(10, 45)), Plans.span(Plans.at(11, 30), Plans.at(13)),
        ]
        let windows = (1...Int.random(in: 1...4, using: &chance)).map { number in
            let rendered = (0..<count).filter { _ in Bool.random(using: &chance) }
            let isShort = Bool.random(using: &chance)
            return Plans.window(
                number, rendered, isShort ? [Plans.span(Plans.at(9, 30), Plans.at(12, 30))] : nil)
        }
        return Plans.plan(services, windows, hours: hours, rules: rules)
    }
}
