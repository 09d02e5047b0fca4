// SPDX-License-Identifier: Apache-2.0

/// What a connection may still do, as a pure state machine: events in, actions out.
///
/// The handler tells it what happened and obeys.
///
/// Times are seconds of a monotonic clock.
struct ConnectionState: Hashable {
    /// Why the server closes a connection on its own account.
    enum Cause: String, CaseIterable, Hashable {
        case idle = "no request for too long"
        case frameUnfinished = "a frame was begun and not finished in time"
        case peerTooSlow = "responses were left unread for too long"
        case frameTooLong = "a frame is longer than the limit"
        case malformed = "a frame is no request"
        case truncated = "the peer closed in the middle of a frame"
        case wrongTokens = "too many wrong tokens"
        case handshakeUnfinished = "the TLS handshake was not finished in time"
        case tooManyConnections = "the server has all the connections it takes"
        case strangerTooLong = "nobody said in time who is calling"
        case tooManyStrangers = "the server has all the connections of strangers it takes"
        case tooManyOfAddress = "an address has all the connections of strangers it may have"
        case strangerReplaced = "a stranger gave way to one that came later"
        case tooManyAtTheDoor = "more connections come than can be looked at"
        case tooManyOfOneEntry = "an entry of the access list has all the connections it may have"
    }

    enum Action: Hashable {
        case carryOn
        /// The peer is to blame: close, and say why in the log.
        case close(Cause)
        /// All is done that was to be done.
        case finish
    }

    /// How long a stopping server's connection must be quiet to be called finished, in seconds.
    static let quietSeconds = 0.2

    private let limits: ServerLimits
    private var lastRequest: Double
    private var lastBytes: Double
    private var frameBegun: Double?
    private var stalledSince: Double?
    private var goingAwaySince: Double?
    private var isWatching = false
    /// Since when the server waits to hear who is calling, if it does.
    private var strangerSince: Double?
    /// Whether nothing is read until a token was looked at.
    private var isWaiting = false
    /// When a TLS handshake began that has not ended.
    private var shakingSince: Double?
    private(set) var inputClosed = false
    /// Since when nothing is read any more, as what came is no request.
    private var endingSince: Double?
    /// Calls whose responses are still being worked on elsewhere.
    private(set) var callsInFlight = 0

    init(limits: ServerLimits, now: Double, shakesHands: Bool = false) {
        self.limits = limits
        lastRequest = now
        lastBytes = now
        shakingSince = shakesHands ? now : nil
    }

    /// The peer is known to speak TLS.
    mutating func handshakeEnded() { shakingSince = nil }

    /// Whether further requests are to be read and answered.
    var takesRequests: Bool {
        stalledSince == nil && !isEnding && !isWaiting
            && callsInFlight < ServerLimits.callsInFlight
    }
    var isGoingAway: Bool { goingAwaySince != nil }
    /// Whether what came is no request, so that nothing is read any more.
    var isEnding: Bool { endingSince != nil }

    /// Nobody has said who is calling, or not rightly.
    mutating func becameStranger(at now: Double) { strangerSince = now }

    /// Somebody has said who is calling.
    mutating func becameKnown() { strangerSince = nil }

    /// A token waits before it is looked at.
    mutating func beginWaiting() {
        isWaiting = true
        callsInFlight += 1
    }

    /// It is looked at.
    mutating func endWaiting(at now: Double) {
        isWaiting = false
        cameBack(at: now)
    }

    /// Bytes came in.
    mutating func received(at now: Double) { lastBytes = now }

    /// What was there was worked through: so many requests, and whether part of a frame is left.
    mutating func worked(requests: Int, partOfFrameLeft: Bool, at now: Double) {
        if requests > 0 { lastRequest = now }
        if !partOfFrameLeft {
            frameBegun = nil
        } else if requests > 0 || frameBegun == nil {
            frameBegun = now
        }
    }

    /// The peer reads its responses again, or has stopped to.
    mutating func writable(_ isWritable: Bool, at now: Double) {
        stalledSince = isWritable ? nil : (stalledSince ?? now)
    }

    /// A call was handed on; its response comes later.
    mutating func handedOn() { callsInFlight += 1 }

    /// A response came back.
    mutating func cameBack(at now: Double) {
        callsInFlight -= 1
        lastRequest = max(lastRequest, now)
        lastBytes = max(lastBytes, now)
    }

    /// The peer waits for what may come: from now on it may be silent for as long as it likes.
    mutating func beginWatch() { isWatching = true }

    /// It waits for nothing any more.
    mutating func endWatches() { isWatching = false }

    /// The server is stopping.
    mutating func goAway(at now: Double) {
        goingAwaySince = goingAwaySince ?? now
        lastBytes = max(lastBytes, now)
    }

    /// Nothing more is read; what was asked before is still answered.
    mutating func beginEnding(at now: Double) {
        endingSince = endingSince ?? now
        frameBegun = nil
    }

    /// The peer will send no more; what it sent is still answered.
    mutating func closeInput() { inputClosed = true }

    /// The peer has closed its side, and every whole frame is answered.
    func endOfInput(partOfFrameLeft: Bool) -> Action {
        partOfFrameLeft ? .close(.truncated) : .finish
    }

    /// What is to be done now that time has passed.
    func check(at now: Double) -> Action {
        if let stalledSince, now - stalledSince >= Double(limits.writeStallSeconds) {
            return .close(.peerTooSlow)
        }
        if let endingSince, callsInFlight == 0,
            now - max(endingSince, lastBytes) >= Double(limits.writeStallSeconds)
        {
            return .close(.peerTooSlow)
        }
        if let frameBegun, stalledSince == nil, now - frameBegun >= Double(limits.frameSeconds) {
            return .close(.frameUnfinished)
        }
        if let strangerSince, now - strangerSince >= Double(limits.strangerSeconds) {
            return .close(.strangerTooLong)
        }
        if let shakingSince, now - shakingSince >= Double(limits.handshakeSeconds) {
            return .close(.handshakeUnfinished)
        }
        if let goingAwaySince {
            let isQuiet =
                now - lastBytes >= Self.quietSeconds && stalledSince == nil && callsInFlight == 0
            let isOver = now - goingAwaySince >= Double(limits.drainSeconds)
            return isQuiet || isOver ? .finish : .carryOn
        }
        if !isWatching, callsInFlight == 0, now - lastRequest >= Double(limits.idleSeconds) {
            return .close(.idle)
        }
        return .carryOn
    }
}
