// SPDX-License-Identifier: Apache-2.0

/// What only the applicant of a booking, a ticket or a home visit has been told: 128 bits that nobody can guess.
public struct BookingSecret: Hashable, Sendable, LosslessStringConvertible {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Nil unless the text is 32 hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 32, text.allSatisfy(\.isHexDigit),
            let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    public var description: String {
        [high, low].map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    /// Whether both are the same; the time that it takes does not tell how much of them is.
    public func matches(_ other: BookingSecret) -> Bool {
        (high ^ other.high) | (low ^ other.low) == 0
    }
}
