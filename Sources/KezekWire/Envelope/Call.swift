// SPDX-License-Identifier: Apache-2.0

public import Access
public import CivilTime
public import Enquiries
public import Queue
public import Texts

/// What a token allows.
public struct Authentication: Hashable, Sendable {
    /// What the caller may do; nil if the server asks nobody who they are.
    public let rights: Rights?

    public struct Rights: Hashable, Sendable {
        public let role: Role
        public let offices: OfficeScope
        public let expiresAt: Timestamp

        public init(role: Role, offices: OfficeScope, expiresAt: Timestamp) {
            self.role = role
            self.offices = offices
            self.expiresAt = expiresAt
        }
    }

    public init(rights: Rights?) { self.rights = rights }
}

/// A request as it travels: `kezek.v1.Request`.
public struct WireRequest: Hashable, Sendable {
    public let id: UInt64
    /// How long the client waits, in milliseconds; 0 for as long as it takes.
    public let deadlineMilliseconds: UInt32
    public let language: Language
    public let call: Call
    /// For whom the caller speaks, of one booking or ticket.
    public let proof: BookingProof?

    public init(
        id: UInt64, deadlineMilliseconds: UInt32, language: Language, call: Call,
        proof: BookingProof? = nil
    ) {
        self.id = id
        self.deadlineMilliseconds = deadlineMilliseconds
        self.language = language
        self.call = call
        self.proof = proof
    }
}

/// A response as it travels: `kezek.v1.Response`.
public struct WireResponse: Hashable, Sendable {
    /// The request's id; 0 for a notice of the server.
    public let id: UInt64
    public let result: Result<Reply, Refusal>
    /// Whether further responses to the same request follow.
    public let more: Bool

    public init(id: UInt64, result: Result<Reply, Refusal>, more: Bool = false) {
        self.id = id
        self.result = result
        self.more = more
    }
}

/// Whether a server can answer, part by part.
public struct Health: Hashable, Sendable {
    /// What a part is, by the first word of its name.
    public enum Kind: String, CaseIterable, Sendable {
        case server, calendar, standard, journal, clock
        /// Files that a start needs, named only while the next one would not find them.
        case key, access, certificate
    }

    public struct Part: Hashable, Sendable {
        public let name: String
        public let isServing: Bool
        public let detail: String

        public init(name: String, isServing: Bool, detail: String) {
            self.name = name
            self.isServing = isServing
            self.detail = detail
        }

        /// Of a kind of which there are several it has a name, too.
        public init(_ kind: Kind, _ name: String? = nil, isServing: Bool, detail: String) {
            self.init(
                name: kind.rawValue + (name.map { " " + $0 } ?? ""), isServing: isServing,
                detail: detail)
        }
    }

    public let parts: [Part]

    public init(parts: [Part]) { self.parts = parts }

    public var isServing: Bool { parts.allSatisfy(\.isServing) }
}

/// What a server speaks and takes.
public struct ServerDescription: Hashable, Sendable {
    public let version: String
    /// A serialised `google.protobuf.FileDescriptorSet`.
    public let fileDescriptorSet: [UInt8]
    public let limits: [Limit]

    public struct Limit: Hashable, Sendable {
        public let name: String
        public let value: UInt32

        public init(name: String, value: UInt32) {
            self.name = name
            self.value = value
        }
    }

    public init(version: String, fileDescriptorSet: [UInt8], limits: [Limit]) {
        self.version = version
        self.fileDescriptorSet = fileDescriptorSet
        self.limits = limits
    }
}

/// How a server has been doing since it started.
public struct ServerStatistics: Hashable, Sendable {
    public struct CallStatistics: Hashable, Sendable {
        public let name: String
        public let answered: UInt64
        public let refused: UInt64
        /// Nanoseconds from a frame's arrival to its encoded response.
        public let p50: UInt64
        public let p99: UInt64
        public let p999: UInt64
        public let max: UInt64

        public init(
            name: String, answered: UInt64, refused: UInt64, p50: UInt64, p99: UInt64,
            p999: UInt64, max: UInt64
        ) {
            self.name = name
            self.answered = answered
            self.refused = refused
            self.p50 = p50
            self.p99 = p99
            self.p999 = p999
            self.max = max
        }
    }

    public let uptimeSeconds: UInt64
    public let openConnections: UInt32
    public let acceptedConnections: UInt64
    public let closedForCause: UInt64
    /// Tokens and certificates that let nobody in.
    public let failedAuthentications: UInt64
    public let bytesIn: UInt64
    public let bytesOut: UInt64
    public let calls: [CallStatistics]

    public init(
        uptimeSeconds: UInt64, openConnections: UInt32, acceptedConnections: UInt64,
        closedForCause: UInt64, failedAuthentications: UInt64, bytesIn: UInt64, bytesOut: UInt64,
        calls: [CallStatistics]
    ) {
        self.uptimeSeconds = uptimeSeconds
        self.openConnections = openConnections
        self.acceptedConnections = acceptedConnections
        self.closedForCause = closedForCause
        self.failedAuthentications = failedAuthentications
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.calls = calls
    }
}
