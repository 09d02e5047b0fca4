// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekEngine
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import Queue
import Texts

/// What other threads have for the connections of one event loop: what is put in while the loop is
/// busy is taken out in one turn.
final class LoopMailbox: Sendable {
    /// Something for a connection, which may be gone by then.
    enum Item: Sendable {
        /// A command of the queue was carried out.
        case receipt(HandedOn, Receipt)
        /// The answer to a question that took long, or what came of another command.
        indirect case answer(HandedOn, Result<Reply, Refusal>)
        /// Something has changed on a board or list that is watched, by the watch's request.
        case changed(request: UInt64)
    }

    /// A call whose response comes later.
    struct HandedOn: Sendable {
        let request: UInt64
        let name: CallName
        let language: Language
        let arrived: NIODeadline
    }

    private struct Content {
        var items: [(connection: UInt64, item: Item)] = []
        /// The storage of the turn before, empty, to be filled again.
        var spare: [(connection: UInt64, item: Item)] = []
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
            var items = content.withLockedValue { content in
                content.isAwake = false
                let items = content.items
                content.items = content.spare
                content.spare = []
                return items
            }
            deliver(items)
            items.removeAll(keepingCapacity: true)
            content.withLockedValue { $0.spare = items }
        }
    }
}

/// Where what comes of a call is to be sent; the connection may be gone by then.
struct ReturnAddress: Sendable {
    let mailbox: LoopMailbox?
    let connection: UInt64
    let call: LoopMailbox.HandedOn

    func send(_ receipt: Receipt) {
        mailbox?.post(.receipt(call, receipt), to: connection)
    }

    func send(_ result: Result<Reply, Refusal>) {
        mailbox?.post(.answer(call, result), to: connection)
    }
}
