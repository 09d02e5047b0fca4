// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOConcurrencyHelpers
import NIOCore

/// The connections that wait until one loop looks at them: a few in a turn, and what its sockets have in
/// between.
///
/// NIO runs all tasks of a loop, those too that come meanwhile, before it asks its sockets. Were each
/// connection a task, as many as a door lets in would keep a loop from everybody who is connected.
final class WaitingLine: Sendable {
    struct Connection: Sendable {
        let socket: CInt
        let address: PeerAddress
        let since: NIODeadline
    }

    private struct State {
        /// Those of addresses that come seldom, which are looked at first.
        var seldom = CircularBuffer<Connection>()
        var often = CircularBuffer<Connection>()
        /// Whether a turn is on its way.
        var isAwake = false
        var isClosed = false

        mutating func next() -> Connection? { seldom.popFirst() ?? often.popFirst() }
    }

    /// Connections that are looked at in one turn.
    static let perTurn = 16
    /// After which there is another turn, if there are more; in it the loop asks its sockets.
    static let pause = TimeAmount.microseconds(100)

    private let state = NIOLockedValueBox(State())
    private let loop: any EventLoop
    private let look: @Sendable (Connection) -> Void

    /// `look` is called on the loop, and has the socket from then on.
    init(loop: any EventLoop, look: @escaping @Sendable (Connection) -> Void) {
        self.loop = loop
        self.look = look
    }

    func add(_ connection: Connection, isSeldom: Bool) {
        let (isClosed, mustWake) = state.withLockedValue { state in
            guard !state.isClosed else { return (true, false) }
            if isSeldom { state.seldom.append(connection) } else { state.often.append(connection) }
            defer { state.isAwake = true }
            return (false, !state.isAwake)
        }
        if isClosed { Glibc.close(connection.socket) }
        if mustWake { loop.execute { self.takeTurn() } }
    }

    private func takeTurn() {
        let (turn, isMore) = state.withLockedValue { state -> ([Connection], Bool) in
            var turn: [Connection] = []
            while turn.count < Self.perTurn, let next = state.next() { turn.append(next) }
            state.isAwake = !state.seldom.isEmpty || !state.often.isEmpty
            return (turn, state.isAwake)
        }
        for connection in turn { look(connection) }
        if isMore { loop.scheduleTask(in: Self.pause) { self.takeTurn() } }
    }

    /// Closes those that wait; nobody is looked at any more.
    func close() {
        let left = state.withLockedValue { state in
            state.isClosed = true
            let left = Array(state.seldom) + Array(state.often)
            (state.seldom, state.often) = ([], [])
            return left
        }
        for connection in left { Glibc.close(connection.socket) }
    }
}
