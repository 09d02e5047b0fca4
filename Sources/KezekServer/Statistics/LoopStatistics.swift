// SPDX-License-Identifier: Apache-2.0

import Histogram
import KezekWire

/// What one event loop has counted.
///
/// Each loop counts for itself; `Stats` adds them up.
struct LoopStatistics: Sendable {
    /// One answered or refused call.
    struct Sample: Sendable {
        let kind: CallKind
        let refused: Bool
        let nanoseconds: UInt64
    }

    private struct Counters: Sendable {
        var answered: UInt64 = 0
        var refused: UInt64 = 0
        // Three digits up to a minute; a latency beyond counts as a minute.
        var latency = Histogram<UInt64>(
            highestTrackableValue: Counters.longest, numberOfSignificantValueDigits: .two)

        static let longest: UInt64 = 60_000_000_000

        mutating func count(_ sample: Sample) {
            if sample.refused { refused += 1 } else { answered += 1 }
            latency.record(min(sample.nanoseconds, Self.longest))
        }
    }

    private var counters: [Counters?] = Array(repeating: nil, count: CallKind.allCases.count)
    var openConnections: UInt32 = 0
    var acceptedConnections: UInt64 = 0
    var closedForCause: UInt64 = 0
    var failedAuthentications: UInt64 = 0
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0

    mutating func record(_ samples: [Sample]) {
        for sample in samples {
            let kind = sample.kind.rawValue
            if case .none = counters[kind] { counters[kind] = Counters() }
            // Counted in place: the counters are large to copy.
            counters[kind]?.count(sample)
        }
    }

    mutating func add(_ other: LoopStatistics) {
        openConnections += other.openConnections
        acceptedConnections += other.acceptedConnections
        closedForCause += other.closedForCause
        failedAuthentications += other.failedAuthentications
        bytesIn += other.bytesIn
        bytesOut += other.bytesOut
        for (index, theirs) in other.counters.enumerated() {
            guard let theirs else { continue }
            var mine = counters[index].take() ?? Counters()
            mine.answered += theirs.answered
            mine.refused += theirs.refused
            mine.latency.add(theirs.latency)
            counters[index] = mine
        }
    }

    func summary(uptimeSeconds: UInt64) -> ServerStatistics {
        let calls = CallKind.allCases.compactMap { kind in
            counters[kind.rawValue].map { counters in
                ServerStatistics.CallStatistics(
                    name: kind.name, answered: counters.answered, refused: counters.refused,
                    p50: counters.latency.valueAtPercentile(50),
                    p99: counters.latency.valueAtPercentile(99),
                    p999: counters.latency.valueAtPercentile(99.9), max: counters.latency.max)
            }
        }
        return ServerStatistics(
            uptimeSeconds: uptimeSeconds, openConnections: openConnections,
            acceptedConnections: acceptedConnections, closedForCause: closedForCause,
            failedAuthentications: failedAuthentications,
            bytesIn: bytesIn, bytesOut: bytesOut, calls: calls)
    }
}
