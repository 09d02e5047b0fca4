// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import Texts

/// Answers calls: questions from the library, the rest from what the server knows of itself.
struct CallDesk: Sendable {
    let library: Library
    let version: String
    let limits: ServerLimits
    let now: @Sendable () -> Timestamp
    let started: NIODeadline
    let statistics: [NIOLockedValueBox<LoopStatistics>]
    let isStopping: NIOLockedValueBox<Bool>

    @inline(__always)
    func answer(_ call: Call, in language: Language) -> Result<Reply, Refusal> {
        switch call {
        case .question(let question):
            do throws(Refusal) {
                return .success(.answer(try library.answer(question, in: language, now: now())))
            } catch { return .failure(error) }
        case .health: return .success(.health(health()))
        case .describe:
            return .success(
                .description(
                    ServerDescription(
                        version: version, fileDescriptorSet: Schema.fileDescriptorSet,
                        limits: limits.described)))
        case .stats: return .success(.stats(stats()))
        }
    }

    /// The server's parts: itself, each calendar, each standard.
    func health() -> Health {
        let stopping = isStopping.withLockedValue { $0 }
        let now = now()
        let server = Health.Part(
            name: "server", isServing: !stopping, detail: stopping ? "stopping" : version)
        let calendars = library.calendarVersions(now: now).map { id, version in
            Health.Part(
                name: "calendar \(id)", isServing: !version.isEmpty,
                detail: version.isEmpty ? "no year is published yet" : version)
        }
        let standards = library.standards.keys.sorted().map {
            Health.Part(name: "standard \($0)", isServing: true, detail: "loaded")
        }
        return Health(parts: [server] + calendars + standards)
    }

    /// Connections open now, on all loops.
    var openConnections: Int {
        statistics.reduce(0) { $0 + $1.withLockedValue { Int($0.openConnections) } }
    }

    private func stats() -> ServerStatistics {
        var sum = LoopStatistics()
        for box in statistics { box.withLockedValue { sum.add($0) } }
        let uptime = (NIODeadline.now() - started).nanoseconds / 1_000_000_000
        return sum.summary(uptimeSeconds: UInt64(max(0, uptime)))
    }
}
