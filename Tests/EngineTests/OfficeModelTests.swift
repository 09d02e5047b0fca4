// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Random years of an office, and a model that says what comes of them.
///
/// `KEZEK_OFFICE_YEARS=2000 swift test --filter OfficeModelTests` plays so many, from the one of
/// `KEZEK_SEED` on.
@Suite struct OfficeModelTests {
    private static let years = number("KEZEK_OFFICE_YEARS")
    private static let first = number("KEZEK_SEED") ?? 1

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test func theModelAgreesOnEveryEndStatusListAndFigure() async throws {
        let (count, lanes) = (Self.years ?? 4, UInt64(2))
        let played = try await withThrowingTaskGroup(of: Played.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    try await offThePool {
                        var played = Played()
                        for seed in stride(from: lane, to: count, by: Int(lanes)) {
                            var year = try ModelYear(seed: Self.first + seed)
                            try year.run()
                            played.add(year.played)
                        }
                        return played
                    }
                }
            }
            return try await group.reduce(into: Played()) { $0.add($1) }
        }
        if Self.years != nil { print(played) }
        // All that a calendar can do to an office was done to one, if they were many.
        let few: Set<Played.Thing> = [.years, .papers, .decrees, .restarts]
        #expect(few.allSatisfy { played.counts[$0]! > 0 }, "\(played)")
        guard count >= 100 else { return }
        #expect(played.counts.values.allSatisfy { $0 > 0 }, "\(played)")
    }
}

/// What came about in the years that were played.
struct Played: CustomStringConvertible {
    enum Thing: String, CaseIterable {
        case years, papers, decrees, waitingDays, clocksMoved, clocksToldBefore
        case provisionalEnds, keptByTheYear, clearedByTheYear, lateByTheYear
        case yearsRefused, yearsPutOff, yearsLost, firmEndsKept, again, restarts
    }

    private(set) var counts: [Thing: Int] = Dictionary(
        uniqueKeysWithValues: Thing.allCases.map { ($0, 0) })

    mutating func note(_ thing: Thing, _ count: Int = 1) { counts[thing]! += count }

    mutating func add(_ other: Played) {
        for (thing, count) in other.counts { note(thing, count) }
    }

    var description: String {
        Thing.allCases.map { "\($0.rawValue) \(counts[$0]!)" }.joined(separator: ", ")
    }
}
