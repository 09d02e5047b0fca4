// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How many read the metrics at the moment.
final class Readers: Sendable {
    private let count = Mutex(0)

    /// False if there are as many as there may be.
    func enter() -> Bool {
        count.withLock { count in
            guard count < MetricsSettings.connections else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
