// SPDX-License-Identifier: Apache-2.0

/// By what a caller is known: nothing of it is secret.
public enum Credential: Hashable, Sendable {
    /// The SHA-256 of a token, 32 bytes.
    case token([UInt8])
    /// The SHA-256 of a client certificate in its DER form, 32 bytes.
    case certificate([UInt8])

    /// `token` or `certificate`, in files and lists.
    public var kind: String {
        switch self {
        case .token: "token"
        case .certificate: "certificate"
        }
    }

    /// Nil unless the kind is one.
    public init?(kind: String, digest: [UInt8]) {
        switch kind {
        case "token": self = .token(digest)
        case "certificate": self = .certificate(digest)
        default: return nil
        }
    }

    public var digest: [UInt8] {
        switch self {
        case .token(let digest), .certificate(let digest): digest
        }
    }

    /// Whether both are the same; the time that it takes does not tell how much of them is.
    func matches(_ other: Credential) -> Bool {
        switch (self, other) {
        case (.token(let a), .token(let b)), (.certificate(let a), .certificate(let b)):
            Credential.areEqual(a, b)
        default: false
        }
    }

    private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count, !a.isEmpty else { return false }
        var difference: UInt8 = 0
        for (x, y) in zip(a, b) { difference |= x ^ y }
        return difference == 0
    }
}
