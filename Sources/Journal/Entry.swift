// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A caller's name for one command: 16 bytes, chosen at random by the caller.
///
/// The same id is the same command, however often it arrives.
public struct RequestID: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// A request as the journal remembers it: its id, and a hash of what it asked for.
///
/// Who asked is no part of what makes two of them equal: a repeat gets the same answer, also when the
/// caller has another token by then.
public struct RequestMark: Hashable, Sendable {
    public let id: RequestID
    /// A hash of the command: another one under the same id is another command.
    public let fingerprint: UInt64
    /// Who asked.
    public let caller: CallerID

    public init(id: RequestID, fingerprint: UInt64, caller: CallerID = .local) {
        self.id = id
        self.fingerprint = fingerprint
        self.caller = caller
    }

    public static func == (one: RequestMark, other: RequestMark) -> Bool {
        one.id == other.id && one.fingerprint == other.fingerprint
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(fingerprint)
    }
}

/// A key that at most one thing in the whole journal may hold, such as "the live booking of this
/// applicant for this service".
public struct Claim: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// A claim that an entry takes, or gives up.
public enum ClaimChange: Hashable, Sendable {
    case taken(Claim)
    case given(Claim)
}

/// What one decision did to one stream.
public struct Entry: Hashable, Sendable {
    public let stream: StreamName
    /// The stream's revision once this entry is in it: 1 for its first entry.
    public let revision: UInt32
    public let at: Timestamp
    /// The request that asked for it; nil for what time brought about.
    public let request: RequestMark?
    /// Who had it written; nil for an entry of a version that did not record it.
    public let caller: CallerID?
    public let claims: [ClaimChange]
    /// The events, encoded.
    public let body: [UInt8]

    /// An entry of whoever made the request; without one, of `caller`.
    public init(
        stream: StreamName, revision: UInt32, at: Timestamp, request: RequestMark?,
        caller: CallerID = .time, claims: [ClaimChange], body: [UInt8]
    ) {
        self.init(
            stream: stream, revision: revision, at: at, request: request,
            recordedCaller: request?.caller ?? caller, claims: claims, body: body)
    }

    /// An entry as it was recorded; nil for one of a version that recorded no callers.
    public init(
        stream: StreamName, revision: UInt32, at: Timestamp, request: RequestMark?,
        recordedCaller: CallerID?, claims: [ClaimChange], body: [UInt8]
    ) {
        self.stream = stream
        self.revision = revision
        self.at = at
        self.request = request
        caller = recordedCaller
        self.claims = claims
        self.body = body
    }
}

/// An entry and its place in the whole journal, counted from 1 without gaps.
public struct PlacedEntry: Hashable, Sendable {
    public let position: UInt64
    public let entry: Entry

    public init(position: UInt64, entry: Entry) {
        self.position = position
        self.entry = entry
    }
}

/// A stream's state as somebody encoded it, so that a restart need not replay from the beginning.
public struct Snapshot: Hashable, Sendable {
    public let stream: StreamName
    /// The revision that the state is of.
    public let revision: UInt32
    public let body: [UInt8]

    public init(stream: StreamName, revision: UInt32, body: [UInt8]) {
        self.stream = stream
        self.revision = revision
        self.body = body
    }
}
