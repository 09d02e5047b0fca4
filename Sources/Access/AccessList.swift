// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// The offices that somebody may touch.
public enum OfficeScope: Hashable, Sendable {
    case all
    case only(Set<OfficeID>)

    public func contains(_ office: OfficeID) -> Bool {
        switch self {
        case .all: true
        case .only(let offices): offices.contains(office)
        }
    }

    /// Those that are named; nil for all.
    public var names: Set<OfficeID>? {
        switch self {
        case .all: nil
        case .only(let offices): offices
        }
    }
}

/// One token or client certificate that was let in: as what, where, until when and how often.
public struct AccessEntry: Hashable, Sendable {
    /// The calls a second that one entry may make unless it says otherwise.
    public static let usualRate = CallLimit.callsPerSecond
    /// The most that an entry may say.
    public static let rateLimit = 1_000_000
    /// The connections that one entry may have open unless it says otherwise.
    public static let usualConnections = CallLimit.connectionsOfAnEntry
    /// The most that an entry may say.
    public static let connectionLimit = 1_000_000
    /// The percentage of a day's places that one entry may hold at an office without confirming them,
    /// unless it says otherwise.
    public static let usualHoldPercent = CallLimit.unconfirmedHoldsPercent

    /// The short name by which it is listed and revoked; no secret.
    public let id: String
    public let role: Role
    public let offices: OfficeScope
    public let credential: Credential
    /// Calls a second over all its connections; what was not used in a second is kept for a burst of
    /// as many.
    public let callsPerSecond: Int
    /// Connections that may be open with it at one time.
    public let connections: Int
    /// The percentage of a day's places, 1 to 100, that may be held with it at one office and not be
    /// confirmed; and of what an area's crews can do, that may be held with it and not be promised.
    public let holdPercent: Int
    public let issuedAt: Timestamp
    public let expiresAt: Timestamp
    public let revokedAt: Timestamp?
    /// What it is for, in the words of whoever gave it out.
    public let note: String

    public init(
        id: String, role: Role, offices: OfficeScope, credential: Credential,
        callsPerSecond: Int = AccessEntry.usualRate,
        connections: Int = AccessEntry.usualConnections,
        holdPercent: Int = AccessEntry.usualHoldPercent, issuedAt: Timestamp,
        expiresAt: Timestamp, revokedAt: Timestamp?, note: String
    ) {
        self.id = id
        self.role = role
        self.offices = offices
        self.credential = credential
        self.callsPerSecond = callsPerSecond
        self.connections = connections
        self.holdPercent = holdPercent
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.note = note
    }

    /// Whether it lets anybody in at a moment.
    public func isValid(at now: Timestamp) -> Bool { revokedAt == nil && now < expiresAt }

    /// The same, revoked.
    public func revoked(at now: Timestamp) -> AccessEntry {
        AccessEntry(
            id: id, role: role, offices: offices, credential: credential,
            callsPerSecond: callsPerSecond, connections: connections, holdPercent: holdPercent,
            issuedAt: issuedAt, expiresAt: expiresAt,
            revokedAt: revokedAt ?? now, note: note)
    }
}

/// Everybody who was let in.
public struct AccessList: Hashable, Sendable {
    /// The most entries of one list.
    public static let entryLimit = 10_000

    public let entries: [AccessEntry]
    private let places: [String: Int]

    /// - Parameter entries: those given out, each with an id of its own; of two with one id the first
    ///   holds.
    public init(entries: [AccessEntry]) {
        self.entries = entries
        places = Dictionary(
            entries.indices.map { (entries[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The entry of this id; nil if there is none.
    public func entry(_ id: String) -> AccessEntry? { places[id].map { entries[$0] } }

    /// The entry of a token or certificate; nil if none has it, or it lets nobody in any more.
    ///
    /// The time that it takes does not tell how much of a digest was right.
    public func entry(_ credential: Credential, at now: Timestamp) -> AccessEntry? {
        var found: AccessEntry?
        for entry in entries where entry.credential.matches(credential) { found = entry }
        guard let found, found.isValid(at: now) else { return nil }
        return found
    }
}
