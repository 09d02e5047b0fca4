// SPDX-License-Identifier: Apache-2.0

// What holds cost an office's day, without a server: `holds count OFFICE` tells how many were taken and
// refused, for a program that counts instructions; `holds time OFFICE` tells the milliseconds of the
// dearest. `Benchmarks/holds.py` builds and runs it.

import CivilTime
import Glibc
import Parties
import Queue

/// Numbers that are the same each time.
struct Dice {
    var state: UInt64

    mutating func next(below count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}

let letters: [Character] = ["A", "B", "C", "D", "E", "F", "G", "H"]

/// A day and how many of them are played.
struct Office: Sendable {
    let name: String
    let days: Int
    let plan: @Sendable (inout Dice) -> DayPlan

    /// Services of one slot; windows that are there all day.
    static let plain = [
        Office(name: "1x5", days: 20) { _ in
            Plans.plan([Plans.service("A")], (1...5).map { Plans.window($0, [0]) })
        },
        Office(name: "3x6", days: 20) { _ in
            let rendered = [[0, 1], [0], [0, 1, 2], [1, 2], [0, 2], [0]]
            return Plans.plan(
                letters.prefix(3).map { Plans.service($0) },
                rendered.enumerated().map { Plans.window($0.offset + 1, $0.element) })
        },
        Office(name: "8x64", days: 1) { _ in
            Plans.plan(
                letters.map { Plans.service($0) },
                (1...64).map { Plans.window($0, [$0 % 8, ($0 * 3 + 1) % 8, $0 / 8 % 8]) })
        },
    ]

    /// Eight services of one to four slots; each window with services of its own and one break.
    static func drawn(_ windows: Int, days: Int) -> Office {
        Office(name: "drawn-\(windows)", days: days) { dice in
            let rendered = (0..<windows).map { _ in set(&dice) }
            let breaks = (0..<windows).map { _ in noon(&dice) }
            return plan(rendered, breaks, &dice)
        }
    }

    /// The same with four sets of services and four breaks.
    static func four(_ windows: Int, days: Int) -> Office {
        Office(name: "four-\(windows)", days: days) { dice in
            let sets = (0..<4).map { _ in set(&dice) }
            let breaks = (0..<4).map { _ in noon(&dice) }
            return plan(
                (0..<windows).map { sets[$0 % 4] }, (0..<windows).map { breaks[$0 / 4 % 4] }, &dice)
        }
    }

    private static func set(_ dice: inout Dice) -> [Int] {
        var set = [dice.next(below: 8)]
        for service in 0..<8 where dice.next(below: 3) == 0 { set.append(service) }
        return set
    }

    private static func noon(_ dice: inout Dice) -> Int32 {
        Plans.at(11) + 1_200 * Int32(dice.next(below: 12))
    }

    private static func plan(
        _ rendered: [[Int]], _ breaks: [Int32], _ dice: inout Dice
    ) -> DayPlan {
        Plans.plan(
            letters.enumerated().map {
                Plans.service($0.element, minutes: Int32(20 * (1 + $0.offset % 4)))
            },
            zip(rendered, breaks).enumerated().map { number, window in
                Plans.window(
                    number + 1, window.0,
                    [
                        Plans.span(Plans.at(9), window.1),
                        Plans.span(window.1 + 2_400, Plans.at(18)),
                    ])
            })
    }
}

func milliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
}

/// Asks for every slot of every service, in an order of its own, until a whole round is refused.
func play(_ office: Office) -> (taken: [Double], refused: [Double]) {
    var (taken, refused): ([Double], [Double]) = ([], [])
    var dice = Dice(state: 7)
    for _ in 0..<office.days {
        let plan = office.plan(&dice)
        var day = OfficeDay(plan: plan)
        day.apply([.planned(plan)], revision: 1, at: -86_400)
        var (revision, applicant): (UInt32, UInt64) = (1, 0)
        var wishes: [(Int, Int32)] = []
        for service in plan.services.indices {
            for cell in 0..<27 { wishes.append((service, Plans.at(9) + Int32(cell) * 1_200)) }
        }
        var found = true
        while found {
            found = false
            for last in wishes.indices.dropFirst().reversed() {
                wishes.swapAt(last, dice.next(below: last + 1))
            }
            for (service, start) in wishes {
                applicant += 1
                let began = milliseconds()
                do throws(QueueRefusal) {
                    let events = try day.decide(
                        .hold(
                            service: plan.services[service].id, start: start, channel: .office,
                            applicant: Applicant(high: 7, low: applicant)), at: -80_000)
                    taken.append(milliseconds() - began)
                    revision += 1
                    day.apply(events, revision: revision, at: -80_000)
                    found = true
                } catch { refused.append(milliseconds() - began) }
            }
        }
    }
    return (taken, refused)
}

func told(_ times: [Double]) -> String {
    let sorted = times.sorted()
    guard let longest = sorted.last else { return "none" }
    func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
    return "\(sorted.count), 99 of 100 within \(rounded(sorted[sorted.count * 99 / 100])) ms, "
        + "longest \(rounded(longest)) ms"
}

let offices =
    Office.plain + [
        .drawn(6, days: 20), .drawn(16, days: 12), .drawn(64, days: 3), .four(16, days: 8),
        .four(64, days: 3),
    ]
guard CommandLine.arguments.count == 3,
    let office = offices.first(where: { $0.name == CommandLine.arguments[2] })
else {
    print("usage: holds count|time \(offices.map(\.name).joined(separator: "|"))")
    exit(2)
}
let (taken, refused) = play(office)
if CommandLine.arguments[1] == "count" {
    print("\(taken.count) \(refused.count)")
} else {
    print("taken: \(told(taken)); refused: \(told(refused))")
}
