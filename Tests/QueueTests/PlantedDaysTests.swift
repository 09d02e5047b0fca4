// SPDX-License-Identifier: Apache-2.0

import Foundation
import Queue
import Synchronization
import TestKit
import Testing

/// Full days that were planted: nobody need be refused on them.
///
/// Windows are filled from their first slot to the last, so that there is a place for everybody, and all are
/// booked in an order drawn at random. A refusal is wrong, whoever looks.
///
/// `KEZEK_PLANTED=400 KEZEK_WINDOWS=8 swift test --filter PlantedDaysTests` for so many days of so many windows;
/// it tells how many have a refusal.
@Suite struct PlantedDaysTests {
    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func nobodyIsRefusedForWhomAPlaceWasLeft() async throws {
        let days = Self.number("KEZEK_PLANTED") ?? 40
        let windows = Self.number("KEZEK_WINDOWS")
        let (holds, refused) = try await offThePool {
            (0..<days).reduce(into: (0, [Int]())) { sum, seed in
                let day = PlantedDay(seed: UInt64(seed), windows: windows ?? 3 + seed % 5)
                let (taken, isRefused) = day.bookedInAnyOrder()
                sum.0 += taken
                if isRefused { sum.1.append(seed) }
            }
        }
        if windows != nil {
            print(
                "longest \(PlantedDay.longest.withLock { $0 } / 1000) us; \(days) days, \(holds) holds, refused on \(refused.count): \(refused)"
            )
        }
        #expect(holds > days * 20)
        // With more windows the search may end without an answer (Decision 34).
        if windows ?? 0 <= 7 { #expect(refused == []) }
    }
}

private struct PlantedDay {
    private let plan: DayPlan
    private let wishes: [(service: Int, start: Int32)]

    init(seed: UInt64, windows: Int) {
        var chance = SeededGenerator(seed: seed)
        var wishes: [(service: Int, start: Int32)] = []
        let lengths = (0..<Int.random(in: 2...4, using: &chance)).map { _ in
            Int.random(in: 1...3, using: &chance)
        }
        let services = lengths.enumerated().map {
            Plans.service(["A", "B", "C", "D"][$0.offset], minutes: Int32($0.element * 20))
        }
        let cells = 33
        var made: [(DayPlan.Window, isWhole: Bool)] = []
        for number in 1...windows {
            var rendered = lengths.indices.filter { _ in Bool.random(using: &chance) }
            if rendered.isEmpty { rendered = [Int.random(in: lengths.indices, using: &chance)] }
            var isThere = [Bool](repeating: true, count: cells)
            for _ in 0..<Int.random(in: 0...2, using: &chance) {
                let first = Int.random(in: 0..<cells, using: &chance)
                for cell in first..<min(cells, first + .random(in: 1...3, using: &chance)) {
                    isThere[cell] = false
                }
            }
            made.append(Plans.window(number, rendered, Self.spans(isThere)))
            var cell = 0
            while cell < cells {
                let fitting = rendered.filter { service in
                    cell + lengths[service] <= cells
                        && (cell..<cell + lengths[service]).allSatisfy { isThere[$0] }
                }
                // One slot in twenty stays free.
                let isIdle = Int.random(in: 0..<20, using: &chance) == 0
                if let service = fitting.randomElement(using: &chance), !isIdle {
                    wishes.append((service, Self.start(cell)))
                    cell += lengths[service]
                } else {
                    cell += 1
                }
            }
        }
        plan = Plans.plan(services, made, hours: [Plans.span(Plans.at(9), Plans.at(20))])
        self.wishes = wishes.shuffled(using: &chance)
    }

    private static func start(_ cell: Int) -> Int32 { Plans.at(9) + Int32(cell) * 1_200 }

    private static func spans(_ isThere: [Bool]) -> [DayPlan.Span] {
        var spans: [DayPlan.Span] = []
        var first: Int?
        for (cell, there) in (isThere + [false]).enumerated() {
            if there, first == nil { first = cell }
            guard !there, let begin = first else { continue }
            spans.append(Plans.span(start(begin), start(cell)))
            first = nil
        }
        return spans
    }

    static let longest = Mutex(0)
    private static func processorTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// How many were booked, and whether one was refused.
    func bookedInAnyOrder() -> (taken: Int, isRefused: Bool) {
        var day = OfficeDay(plan: plan)
        for (number, wish) in wishes.enumerated() {
            let command = DayCommand.hold(
                service: plan.services[wish.service].id, start: wish.start, channel: .office,
                applicant: Desk.applicant(number))
            let began = Self.processorTime()
            let decided = try? day.decide(command, at: DayMoment(-3_600))
            let took = Self.processorTime() - began
            Self.longest.withLock { $0 = max($0, took) }
            guard let events = decided else { return (number, true) }
            day.apply(events, revision: day.revision + 1, at: -3_600)
        }
        return (wishes.count, false)
    }
}
