// SPDX-License-Identifier: Apache-2.0

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
}

/// One token that was given out: who may call with it, as what, where and until when.
public struct AccessEntry: Hashable, Sendable {
    /// The short name by which it is listed and revoked; no secret.
    public let id: String
    public let role: Role
    public let offices: OfficeScope
    /// The SHA-256 of the token, of which nothing else is kept.
    public let digest: [UInt8]
    public let issuedAt: Timestamp
    public let expiresAt: Timestamp
    public let revokedAt: Timestamp?
    /// What it is for, in the words of whoever gave it out.
    public let note: String

    public init(
        id: String, role: Role, offices: OfficeScope, digest: [UInt8], issuedAt: Timestamp,
        expiresAt: Timestamp, revokedAt: Timestamp?, note: String
    ) {
        self.id = id
        self.role = role
        self.offices = offices
        self.digest = digest
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
            id: id, role: role, offices: offices, digest: digest, issuedAt: issuedAt,
            expiresAt: expiresAt, revokedAt: revokedAt ?? now, note: note)
    }
}

/// Every token that was given out.
public struct AccessList: Hashable, Sendable {
    /// The most tokens of one list.
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

    /// The entry of a token by its digest; nil if none has it, or it lets nobody in any more.
    ///
    /// The time that it takes does not tell how much of a digest was right.
    public func entry(digest: [UInt8], at now: Timestamp) -> AccessEntry? {
        var found: AccessEntry?
        for entry in entries where AccessList.areEqual(entry.digest, digest) { found = entry }
        guard let found, found.isValid(at: now) else { return nil }
        return found
    }

    private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count, !a.isEmpty else { return false }
        var difference: UInt8 = 0
        for (x, y) in zip(a, b) { difference |= x ^ y }
        return difference == 0
    }
}
