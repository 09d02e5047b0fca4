// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import Synchronization

/// The log of what peers bring about, which they cannot fill: of each message so many lines a minute; of
/// the others there is one line that counts them.
final class BoundedLog: Sendable {
    /// Lines of one message in a minute.
    static let lines = 60
    private static let minute = TimeAmount.minutes(1)

    private struct Count {
        var began: NIODeadline
        var lines = 0
        var leftOut = 0
    }

    let logger: Logger
    private let counts = Mutex<[String: Count]>([:])

    init(_ logger: Logger) { self.logger = logger }

    /// `message` is one of a few, and what differs is in `metadata`.
    func log(
        _ level: Logger.Level, _ message: StaticString,
        _ metadata: @autoclosure () -> Logger.Metadata, at now: NIODeadline = .now()
    ) {
        guard level >= logger.logLevel else { return }
        let name = "\(message)"
        let isWithin = counts.withLock { counts in
            var count = counts[name] ?? Count(began: now)
            defer { counts[name] = count }
            guard count.lines < Self.lines else {
                count.leftOut += 1
                return false
            }
            count.lines += 1
            return true
        }
        if isWithin { logger.log(level: level, "\(name)", metadata: metadata()) }
    }

    /// Begins another minute for what has had its own, and tells what was left out in it.
    func sweep(at now: NIODeadline) {
        let over = counts.withLock { counts in
            let over = counts.filter { now - $0.value.began >= Self.minute }
            for name in over.keys { counts[name] = nil }
            return over.filter { $0.value.leftOut > 0 }
        }
        for (name, count) in over.sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "more of this was left out of the log within a minute",
                metadata: ["message": "\(name)", "lines": "\(count.leftOut)"])
        }
    }
}
