// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Enquiries
import KezekWire
import NIOConcurrencyHelpers
import NIOCore

/// A connection of an event loop, whatever protocol it speaks.
///
/// All of it is called on the loop.
protocol LoopConnection: AnyObject {
    /// Whether time has brought something about that `check` does.
    func isDue(at now: Double) -> Bool
    /// Does what time has brought about, in seconds of a monotonic clock.
    func check(at now: Double)
    /// Takes what came for the connection; true if it is the first of its turn.
    func take(_ item: LoopMailbox.Item) -> Bool
    /// Sends what came in one turn.
    func finishDelivery()
    /// Tells the peer that the server stops.
    func goAway()
    /// Closes, as its place among the strangers is another's.
    func giveWay()
}

/// What the connections of one event loop share: memory for messages, counters, and each other.
///
/// Only its loop's thread touches it, the counters and the mailbox excepted.
final class LoopContext {
    let requests = Arena(limit: CallLimit.decodedRequestBytes)
    let responses = Arena(limit: CallLimit.decodedResponseBytes)
    let statistics: NIOLockedValueBox<LoopStatistics>
    /// The open connections of this loop, by numbers that are used once.
    private(set) var connections: [UInt64: any LoopConnection] = [:]
    private var lastConnection: UInt64 = 0
    private var strangers = StrangerLine()
    /// Whether some of the connections that time has come for are still to be looked at.
    private var isSweeping = false
    private let eventLoop: any EventLoop
    /// Samples of the batch at hand; kept for its storage.
    var samples: [LoopStatistics.Sample] = []
    private(set) var mailbox: LoopMailbox?
    /// The calendars and standards in force: a copy for each loop, so that loops share no counter.
    var library: Library

    init(
        statistics: NIOLockedValueBox<LoopStatistics>, library: Library,
        eventLoop: any EventLoop
    ) {
        self.statistics = statistics
        self.library = library
        self.eventLoop = eventLoop
        let context = NIOLoopBound(self, eventLoop: eventLoop)
        mailbox = LoopMailbox(eventLoop: eventLoop) { items in context.value.deliver(items) }
    }

    /// Looks at all connections now and then: what time brings about needs no timer of each.
    func sweep(each pause: TimeAmount, _ also: @escaping @Sendable (NIODeadline) -> Void = { _ in })
    {
        let context = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
            let now = NIODeadline.now()
            context.value.sweep(at: ConnectionHandler.seconds(now))
            also(now)
        }
    }

    /// Connections that time has brought something about for and that are looked at in one turn.
    private static let checkedPerTurn = 64

    private func sweep(at now: Double) {
        guard !isSweeping else { return }
        // Apart, as whoever is closed leaves.
        check(connections.values.filter { $0.isDue(at: now) }[...], at: now)
    }

    /// Looks at some, and at the rest once the loop has asked its sockets: of a crowd that came at one time the
    /// time is up at one time.
    private func check(_ due: ArraySlice<any LoopConnection>, at now: Double) {
        for handler in due.prefix(Self.checkedPerTurn) { handler.check(at: now) }
        let rest = due.dropFirst(Self.checkedPerTurn)
        isSweeping = !rest.isEmpty
        guard isSweeping else { return }
        let bound = NIOLoopBound((self, rest), eventLoop: eventLoop)
        eventLoop.scheduleTask(in: .microseconds(100)) {
            let (context, rest) = bound.value
            context.check(rest, at: now)
        }
    }

    /// The server stops: tells every peer, and closes each connection soon after it is quiet.
    func beginDraining() {
        for handler in Array(connections.values) { handler.goAway() }
        sweep(each: .milliseconds(100))
    }

    func addStranger(_ number: UInt64, _ address: PeerAddress) {
        strangers.add(number, of: address)
    }

    func removeStranger(_ number: UInt64, _ address: PeerAddress) {
        strangers.remove(number, of: address)
    }

    /// The stranger of this loop, or of an address on it, that gives way to one that comes.
    func strangerToReplace(ofAddress address: PeerAddress?) -> (any LoopConnection)? {
        let number = if let address { strangers.first(of: address) } else { strangers.first }
        return number.flatMap { connections[$0] }
    }

    func add(_ handler: any LoopConnection) -> UInt64 {
        lastConnection += 1
        connections[lastConnection] = handler
        return lastConnection
    }

    func remove(_ connection: UInt64) { connections[connection] = nil }

    /// Gives each connection what is for it; what a turn brings leaves in one write.
    private func deliver(_ items: [(connection: UInt64, item: LoopMailbox.Item)]) {
        var touched: [UInt64] = []
        for (connection, item) in items {
            guard let handler = connections[connection] else { continue }
            if handler.take(item) { touched.append(connection) }
        }
        for connection in touched { connections[connection]?.finishDelivery() }
    }
}
