// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Histogram

extension LoopStatistics {
    /// The bounds of the latencies' buckets, in seconds: from what an answer from memory takes to
    /// what somebody at a window would call a fault.
    static let latencyBounds: [Double] = [
        0.000_01, 0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
        2.5,
        10,
    ]

    /// What the loops have counted, as metrics.
    var families: [MetricFamily] { callFamilies + connectionFamilies }

    private var callFamilies: [MetricFamily] {
        var answered = MetricFamily(
            "kezek_calls_total", .counter, "Calls by kind and status code; OK is an answer.")
        var latency = MetricFamily(
            "kezek_call_duration_seconds", .histogram,
            "From a call's arrival to its encoded response; a command's includes its sync. "
                + "Bounds hold to one percent.")
        for (name, counters) in calls {
            let call = MetricFamily.Sample.Label("call", name)
            func count(_ code: String, _ number: UInt64) {
                answered.samples.append(
                    .init(Double(number), labels: [call, .init("code", code)]))
            }
            count("ok", counters.answered)
            for code in Refusal.Code.allCases where counters.refused[Int(code.rawValue)] > 0 {
                count(FieldName.of(code), counters.refused[Int(code.rawValue)])
            }
            latency.addHistogram(
                labels: [call],
                buckets: Self.latencyBounds.map { bound in
                    (bound, counters.latency.count(within: 0...UInt64(bound * 1e9)))
                },
                count: counters.latency.totalCount, sum: Double(counters.nanoseconds) / 1e9)
        }
        var refusals = MetricFamily(
            "kezek_refusals_total", .counter, "Calls that were refused, by reason.")
        for reason in Refusal.Reason.allCases {
            let number = self.refusals[Int(reason.rawValue)]
            // Those that alarms watch are there from the start, so that their first rise is seen.
            guard number > 0 || Self.watched.contains(reason) else { continue }
            refusals.add("reason", FieldName.of(reason), Double(number))
        }
        return [answered, latency, refusals]
    }

    private static let watched: Set<Refusal.Reason> = [
        .overloaded, .storeUnavailable, .clockBehind, .clockInDoubt, .tooManyCalls,
        .tooManyConnections, .notAuthenticated, .yearNotPublished,
    ]

    private var connectionFamilies: [MetricFamily] {
        var closed = MetricFamily(
            "kezek_connections_closed_total", .counter,
            "Connections that the server closed for what the peer did or for want of room.")
        for cause in ConnectionState.Cause.allCases {
            closed.add("cause", FieldName.of(cause), Double(self.closed[cause] ?? 0))
        }
        return [
            MetricFamily("kezek_connections", .gauge, "Open connections.", openConnections),
            MetricFamily(
                "kezek_connections_accepted_total", .counter, "Connections that were taken.",
                acceptedConnections),
            closed,
            MetricFamily(
                "kezek_accept_failures_total", .counter,
                "Times that a connection could not be taken for want of files or memory.",
                acceptFailures),
            MetricFamily(
                "kezek_failed_authentications_total", .counter,
                "Tokens and certificates that let nobody in.", failedAuthentications),
            MetricFamily(
                "kezek_received_bytes_total", .counter, "Bytes that came from peers.", bytesIn),
            MetricFamily(
                "kezek_sent_bytes_total", .counter, "Bytes that were sent to peers.", bytesOut),
        ]
    }
}
