// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire
import NIOConcurrencyHelpers
import NIOCore

/// What other threads have for the connections of one event loop: what is put in while the loop is
/// busy is taken out in one turn.
final class LoopMailbox: Sendable {
    /// Something for a connection, which may be gone by then.
    enum Item: Sendable {
        /// The outcome of a call that was handed on.
        case outcome(HandedOn, Result<Reply, Refusal>)
        /// Something has changed on a board that is watched, by the watch's request.
        case boardChanged(request: UInt64)
    }

    /// A call whose response comes later.
    struct HandedOn: Sendable {
        let request: UInt64
        let kind: CallKind
        let arrived: NIODeadline
    }

    private struct Content {
        var items: [(connection: UInt64, item: Item)] = []
        var isAwake = false
    }

    private let content = NIOLockedValueBox(Content())
    private let eventLoop: any EventLoop
    private let deliver: @Sendable ([(connection: UInt64, item: Item)]) -> Void

    /// `deliver` is called on the loop.
    init(
        eventLoop: any EventLoop,
        deliver: @escaping @Sendable ([(connection: UInt64, item: Item)]) -> Void
    ) {
        self.eventLoop = eventLoop
        self.deliver = deliver
    }

    func post(_ item: Item, to connection: UInt64) {
        let mustWake = content.withLockedValue { content in
            content.items.append((connection, item))
            defer { content.isAwake = true }
            return !content.isAwake
        }
        guard mustWake else { return }
        eventLoop.execute { [self] in
            let items = content.withLockedValue { content in
                content.isAwake = false
                defer { content.items = [] }
                return content.items
            }
            deliver(items)
        }
    }
}
