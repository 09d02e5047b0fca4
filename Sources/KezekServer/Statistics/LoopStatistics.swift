// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Histogram
import KezekWire

/// What one event loop has counted.
///
/// Each loop counts for itself; `stats` and the metrics add them up.
struct LoopStatistics: Sendable {
    /// One answered or refused call.
    struct Sample: Sendable {
        /// Nil for a frame that is no call.
        let call: CallName?
        /// Why it was refused; nil if it was answered.
        let refused: Refusal.Reason?
        let nanoseconds: UInt64
    }

    /// What was counted of one kind of call.
    struct Counters: Sendable {
        private(set) var answered: UInt64 = 0
        /// Refusals by the number of their code.
        private(set) var refused = [UInt64](repeating: 0, count: Self.codes)
        private(set) var nanoseconds: UInt64 = 0
        // Two digits up to a minute; a latency beyond counts as a minute.
        private(set) var latency = Histogram<UInt64>(
            highestTrackableValue: Counters.longest, numberOfSignificantValueDigits: .two)

        private static let longest: UInt64 = 60_000_000_000
        private static let codes = 1 + Int(Refusal.Code.allCases.map(\.rawValue).max() ?? 0)

        mutating func count(_ sample: Sample) {
            if let reason = sample.refused {
                refused[Int(reason.code.rawValue)] += 1
            } else {
                answered += 1
            }
            nanoseconds &+= sample.nanoseconds
            latency.record(min(sample.nanoseconds, Self.longest))
        }

        mutating func add(_ other: Counters) {
            answered += other.answered
            for code in refused.indices { refused[code] += other.refused[code] }
            nanoseconds &+= other.nanoseconds
            latency.add(other.latency)
        }
    }

    /// By the number of the call; what is no call comes last.
    private var counters: [Counters?] = Array(
        repeating: nil, count: CallName.allCases.count + 1)
    /// Refusals by the number of their reason.
    private(set) var refusals = [UInt64](repeating: 0, count: 256)
    var openConnections: UInt32 = 0
    var acceptedConnections: UInt64 = 0
    /// Connections that the server has closed on its own account.
    var closed: [ConnectionState.Cause: UInt64] = [:]
    /// Times that a connection could not be taken for want of files or memory.
    var acceptFailures: UInt64 = 0
    var failedAuthentications: UInt64 = 0
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0

    mutating func record(_ samples: [Sample]) {
        for sample in samples {
            let call = sample.call.map { Int($0.rawValue) } ?? CallName.allCases.count
            if case .none = counters[call] { counters[call] = Counters() }
            // Counted in place: the counters are large to copy.
            counters[call]?.count(sample)
            if let reason = sample.refused { refusals[Int(reason.rawValue)] += 1 }
        }
    }

    mutating func add(_ other: LoopStatistics) {
        openConnections += other.openConnections
        acceptedConnections += other.acceptedConnections
        closed.merge(other.closed, uniquingKeysWith: +)
        acceptFailures += other.acceptFailures
        failedAuthentications += other.failedAuthentications
        bytesIn += other.bytesIn
        bytesOut += other.bytesOut
        for reason in refusals.indices { refusals[reason] += other.refusals[reason] }
        for (index, theirs) in other.counters.enumerated() {
            guard let theirs else { continue }
            var mine = counters[index].take() ?? Counters()
            mine.add(theirs)
            counters[index] = mine
        }
    }

    /// The calls that were made, with what was counted of each.
    var calls: [(name: String, counters: Counters)] {
        let names = CallName.allCases.map(\.name) + ["undecodable"]
        return zip(names, counters).compactMap { name, counters in counters.map { (name, $0) } }
    }

    func summary(uptimeSeconds: UInt64) -> ServerStatistics {
        let calls = calls.map { name, counters in
            ServerStatistics.CallStatistics(
                name: name, answered: counters.answered,
                refused: counters.refused.reduce(0, +),
                p50: counters.latency.valueAtPercentile(50),
                p99: counters.latency.valueAtPercentile(99),
                p999: counters.latency.valueAtPercentile(99.9), max: counters.latency.max)
        }
        return ServerStatistics(
            uptimeSeconds: uptimeSeconds, openConnections: openConnections,
            acceptedConnections: acceptedConnections,
            closedForCause: closed.values.reduce(0, +),
            failedAuthentications: failedAuthentications,
            bytesIn: bytesIn, bytesOut: bytesOut, calls: calls)
    }
}
