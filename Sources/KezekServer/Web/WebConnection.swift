// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import Journal
import KezekEngine
import KezekWire
import Logging
import NIOCore
import NIOConcurrencyHelpers
import Queue
import Texts

/// A connection of another protocol than Kezek's own, as the desk sees it: who calls over it, what it watches, and
/// how much it may cost.
///
/// It is of the connection's loop, and so is each of its exchanges.
public final class WebConnection {
    let desk: CallDesk
    let loop: LoopContext
    let channel: any Channel
    let events: WebDoor.Events
    var state: ConnectionState
    let address: PeerAddress
    let localPeer: LocalPeer?
    var number: UInt64 = 0
    /// Whether it is counted among the strangers.
    var isStranger = false
    /// The access entries that tokens of its requests belong to: each is entered once.
    var entered: [Credential: String] = [:]
    /// The entry of the certificate that the peer has shown.
    var certified: String?
    /// Tokens that let nobody in.
    var failedTokens = 0
    /// Requests that are not over, by their numbers.
    var exchanges: [UInt64: WebExchange] = [:]
    private var lastExchange: UInt64 = 0
    /// Calls that wait until the peer reads.
    var waiting: [UInt64] = []
    /// Bytes that were handed to the channel and have not left.
    var unsent = 0
    /// Bytes of requests that are gathered.
    private(set) var gathered = 0
    var watches = Watches()
    /// The exchanges that watch the server's health.
    var healthWatches: [UInt64] = []
    private var drainBegan: Double?
    private var isOpen = false
    /// Whether something came for it in this turn.
    private var isTouched = false

    init(
        _ channel: any Channel, _ desk: CallDesk, _ loop: LoopContext, isTLS: Bool,
        events: WebDoor.Events
    ) {
        self.channel = channel
        self.desk = desk
        self.loop = loop
        self.events = events
        state = ConnectionState(
            limits: desk.limits, now: ConnectionHandler.seconds(.now()), shakesHands: isTLS)
        address = PeerAddress(channel.remoteAddress)
        localPeer = desk.access == nil ? LocalPeer(channel, desk) : nil
    }

    static var now: Double { ConnectionHandler.seconds(.now()) }

    var peer: String { PeerAddress.name(of: channel.remoteAddress) }

    // MARK: Life

    /// False if there is no room for it.
    func begin() -> Bool {
        number = loop.add(self)
        isOpen = true
        loop.statistics.withLockedValue { statistics in
            statistics.acceptedConnections += 1
            statistics.openConnections += 1
        }
        guard desk.openConnections <= desk.limits.connections else {
            count(.tooManyConnections)
            end()
            return false
        }
        guard desk.access == nil || becomeStranger(), isOpen else {
            end()
            return false
        }
        if desk.isStopping.withLockedValue({ $0 }) { goAway() }
        return true
    }

    /// The channel is closed.
    public func end() {
        guard isOpen else { return }
        isOpen = false
        leaveStrangers()
        loop.remove(number)
        watches.endAll()
        healthWatches = []
        if let access = desk.access {
            for id in entered.values { access.leave(id) }
            if let certified { access.leave(certified) }
        }
        (entered, certified) = ([:], nil)
        loop.statistics.withLockedValue { $0.openConnections -= 1 }
        let left = exchanges.values
        exchanges = [:]
        for exchange in left { exchange.cut() }
    }

    func close(for cause: ConnectionState.Cause) {
        count(cause)
        events.close()
    }

    private func count(_ cause: ConnectionState.Cause) {
        desk.log.log(
            .notice, "connection closed", ["peer": "\(peer)", "cause": "\(cause.rawValue)"])
        loop.statistics.withLockedValue { $0.closed[cause, default: 0] += 1 }
    }

    /// Whether the server stops, so that no further request is to be sent over this connection.
    public var isGoingAway: Bool { state.isGoingAway }

    // MARK: Bytes

    /// The peer has sent something.
    public func received(_ bytes: Int) {
        state.received(at: Self.now)
        loop.statistics.withLockedValue { $0.bytesIn += UInt64(bytes) }
    }

    /// So many bytes of a request are kept until it is whole; false if all of the connection's would be too many.
    public func gather(_ bytes: Int) -> Bool {
        guard gathered + bytes <= ServerLimits.gatheredBytes else { return false }
        gathered += bytes
        return true
    }

    /// Bytes that were gathered are kept no more.
    public func release(_ bytes: Int) { gathered -= bytes }

    /// So many bytes were handed to the channel.
    func wrote(_ bytes: Int) {
        unsent += bytes
        loop.statistics.withLockedValue { $0.bytesOut += UInt64(bytes) }
        state.writable(unsent < unsentHigh, at: Self.now)
    }

    /// So many of them have left, or never will.
    func sent(_ bytes: Int) {
        unsent -= bytes
        guard unsent < unsentHigh / 4 || state.takesRequests else { return }
        state.writable(true, at: Self.now)
        resumeWaiting()
    }

    private var unsentHigh: Int {
        isStranger ? ServerLimits.strangerUnsent : ServerLimits.buffers.unsentHigh
    }

    func resumeWaiting() {
        while state.takesRequests, let next = waiting.first {
            waiting.removeFirst()
            exchanges[next]?.resume()
        }
    }

    // MARK: Requests

    /// Begins an exchange, when the head of a request has come.
    public func exchange(_ credential: WebCredential) -> WebExchange {
        lastExchange += 1
        let exchange = WebExchange(lastExchange, self, credential)
        if isOpen { exchanges[lastExchange] = exchange }
        return exchange
    }

    func forget(_ exchange: UInt64) {
        exchanges[exchange] = nil
        endWatch(exchange)
    }

    func endWatch(_ exchange: UInt64) {
        watches.end(exchange)
        healthWatches.removeAll { $0 == exchange }
        if healthWatches.isEmpty, watches.count == 0 { state.endWatches() }
    }
}

// MARK: The loop

extension WebConnection: LoopConnection {
    private func slow(at now: Double) -> Bool {
        exchanges.values.contains {
            $0.isWhole == false && now - $0.began >= Double(desk.limits.frameSeconds)
        }
    }

    func isDue(at now: Double) -> Bool { slow(at: now) || state.check(at: now) != .carryOn }

    func check(at now: Double) {
        if slow(at: now) { return close(for: .frameUnfinished) }
        switch state.check(at: now) {
        case .carryOn: break
        case .close(.idle):
            // HTTP ends in good order: the peer may be about to ask.
            count(.idle)
            events.finish()
        case .close(let cause): close(for: cause)
        case .finish:
            let isOver = drainBegan.map { now - $0 >= Double(desk.limits.drainSeconds) } ?? true
            if isOver { events.close() } else if unsent == 0, waiting.isEmpty { events.finish() }
        }
    }

    func take(_ item: LoopMailbox.Item) -> Bool {
        switch item {
        case .receipt(let call, let receipt): deliver(call, .success(.receipt(receipt)))
        case .answer(let call, let result): deliver(call, result)
        case .changed(let request): exchanges[request]?.changed()
        }
        defer { isTouched = true }
        return !isTouched
    }

    private func deliver(_ call: LoopMailbox.HandedOn, _ result: Result<Reply, Refusal>) {
        state.cameBack(at: Self.now)
        count(call.name, result, since: call.arrived)
        exchanges[call.request]?.answer(result, more: false)
    }

    func finishDelivery() {
        isTouched = false
        resumeWaiting()
        channel.flush()
    }

    func goAway() {
        guard !state.isGoingAway else { return }
        drainBegan = Self.now
        state.goAway(at: Self.now)
        for id in healthWatches {
            exchanges[id]?.answer(.success(.health(desk.health(to: listener(nil)))), more: false)
        }
        for id in watches.requests { exchanges[id]?.tell(more: false) }
        events.goAway()
    }

    func giveWay() {
        leaveStrangers()
        close(for: .strangerReplaced)
    }

    func count(_ name: CallName?, _ result: Result<Reply, Refusal>, since arrived: NIODeadline) {
        var refused: Refusal.Reason?
        if case .failure(let refusal) = result { refused = refusal.reason }
        let took = NIODeadline.now() - arrived
        let sample = LoopStatistics.Sample(
            call: name, refused: refused, nanoseconds: UInt64(max(0, took.nanoseconds)))
        loop.statistics.withLockedValue { $0.record([sample]) }
    }
}
