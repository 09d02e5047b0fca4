// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOCore

/// What it means that no connection can be taken for want of files or memory.
struct Scarcity {
    /// How long nothing is taken after a failure.
    static let pauseMilliseconds: CInt = 250
    /// How long it must have gone well before another failure is worth a line in the log.
    private static let quiet = TimeAmount.seconds(60)
    /// What passes when others let go of something; a peer that went away before it was taken is no
    /// reason to rest.
    static let causes: Set<CInt> = [EMFILE, ENFILE, ENOBUFS, ENOMEM]

    private var lastFailure: NIODeadline?

    /// Logs a failure, unless there was one within the last minute.
    mutating func failed(_ cause: String, at now: NIODeadline = .now(), _ logger: Logger) {
        if lastFailure.map({ now - $0 > Self.quiet }) ?? true {
            logger.error(
                "no connection can be taken; those that are open go on",
                metadata: ["cause": "\(cause)", "files": "\(OpenFiles.limit)"])
        }
        lastFailure = now
    }
}
