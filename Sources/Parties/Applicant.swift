// SPDX-License-Identifier: Apache-2.0

/// Who applies or books: 16 bytes that stand for a person and do not tell who it is.
///
/// A keyed hash of an IIN, or of another system's reference.
public struct Applicant: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// Who an applicant is, as a caller says it; only a keyed hash of it is kept.
public enum ApplicantName: Hashable, Sendable {
    case iin(IIN)
    /// Another system's reference, 1 to 64 bytes.
    case reference(String)
}
