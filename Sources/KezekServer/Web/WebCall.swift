// SPDX-License-Identifier: Apache-2.0

public import Enquiries
public import KezekWire
public import NIOCore
public import Texts

/// A call as another protocol than Kezek's own brings it.
public struct WebCall: Sendable {
    public var name: CallName
    /// The serialised message of the call.
    public var message: ByteBuffer
    /// How long the caller waits, in milliseconds; 0 for as long as it takes.
    public var deadlineMilliseconds: UInt32
    /// Which command it is, 16 bytes; empty for none.
    public var requestID: [UInt8]
    /// A key of the caller's own in place of `requestID`: a UUID is its 16 bytes, any other text the first 16 of
    /// SHA-256 over the caller's id and the key, so that two callers' equal keys never meet; nil for none.
    public var idempotencyKey: String?
    /// A serialised `kezek.v1.BookingProof`; empty for none.
    public var proof: [UInt8]

    public init(
        _ name: CallName, _ message: ByteBuffer, deadlineMilliseconds: UInt32 = 0,
        requestID: [UInt8] = [], proof: [UInt8] = []
    ) {
        self.name = name
        self.message = message
        self.deadlineMilliseconds = deadlineMilliseconds
        self.requestID = requestID
        self.proof = proof
    }
}

/// What a call is answered with.
public enum WebAnswer: Sendable {
    /// The serialised message of the reply; `more` if further answers follow.
    case reply(ByteBuffer, more: Bool)
    /// The call is refused, and nothing follows.
    case refused(WebStatus)

    /// Whether further answers follow.
    public var isFollowed: Bool { if case .reply(_, more: true) = self { true } else { false } }
}

/// Why a call is refused.
public struct WebStatus: Sendable {
    /// With a sentence for people in the language of the request.
    public let refusal: Refusal
    /// The serialised `kezek.v1.Status`, with all that is known.
    public let details: ByteBuffer

    /// The canonical code, by the numbers that gRPC has.
    public var code: UInt8 { refusal.reason.code.rawValue }
}

/// Who makes the calls of one request.
public struct WebCredential: Sendable {
    /// The token that came with it; nil for none, which leaves a client's certificate.
    public var token: Secret?
    /// In which it is told what is refused.
    public var language: Language

    public init(token: Secret?, language: Language) {
        self.token = token
        self.language = language
    }
}
