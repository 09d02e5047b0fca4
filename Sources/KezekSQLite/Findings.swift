// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What was found damaged and could be done without, as sentences.
final class Findings: Sendable {
    /// As many are kept: a file that is damaged all over is not to fill the memory.
    private static let limit = 1_000
    private let list = Mutex<[String]>([])

    func add(_ sentence: String) {
        list.withLock { list in
            if list.count < Self.limit, !list.contains(sentence) { list.append(sentence) }
        }
    }

    /// What has been found since this was last asked.
    func take() -> [String] {
        list.withLock { list in
            defer { list = [] }
            return list
        }
    }
}
