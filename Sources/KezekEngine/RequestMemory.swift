// SPDX-License-Identifier: Apache-2.0

import Journal

/// The requests that one stream knows: those on disk, and those on their way with whoever waits for
/// them.
struct RequestMemory<Handler> {
    /// What is known of a request.
    enum Known {
        case new
        case pending
        case recorded(revision: UInt32)
        case mismatch
    }

    private struct Pending {
        let fingerprint: UInt64
        var waiting: [Handler]
    }

    /// The revision of each request on disk, by a hash of its id.
    private var recorded: [UInt64: UInt32] = [:]
    private var pending: [RequestID: Pending] = [:]

    func known(_ mark: RequestMark) -> Known {
        if let pending = pending[mark.id] {
            return pending.fingerprint == mark.fingerprint ? .pending : .mismatch
        }
        if let revision = recorded[mark.id.hash64] { return .recorded(revision: revision) }
        return .new
    }

    mutating func wait(for id: RequestID, _ handler: Handler) {
        pending[id]?.waiting.append(handler)
    }

    /// Remembers a request that is on its way; nil for a handler that waits elsewhere.
    mutating func begin(_ mark: RequestMark, _ handler: Handler?) {
        pending[mark.id] = Pending(
            fingerprint: mark.fingerprint, waiting: handler.map { [$0] } ?? [])
    }

    /// Whoever waited for a request that is on its way no more.
    mutating func finish(_ id: RequestID) -> [Handler] {
        pending.removeValue(forKey: id)?.waiting ?? []
    }

    /// A request is on disk.
    mutating func record(_ id: RequestID, _ revision: UInt32) { recorded[id.hash64] = revision }

    /// Takes what is on disk from another memory of the same stream.
    mutating func takeRecorded(from other: RequestMemory) { recorded = other.recorded }
}

extension RequestID {
    /// Half of an id's bits: enough to find it by, and the entry has the whole of it.
    var hash64: UInt64 { high ^ (low &* 0x9e37_79b9_7f4a_7c15) }
}
