// SPDX-License-Identifier: Apache-2.0

public import Parties

/// Six digits with which an applicant checks in, and nothing else.
///
///     CheckInCode("073125")
public struct CheckInCode: Hashable, Sendable, LosslessStringConvertible {
    /// 0…999,999.
    public let number: UInt32

    /// The code that stands for any number.
    public init(of number: UInt64) { self.number = UInt32(number % 1_000_000) }

    /// Nil unless the text is six digits.
    public init?(_ text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = UInt32(text)
        else { return nil }
        self.number = number
    }

    public var description: String {
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}

/// What shows that a caller speaks for the applicant of a booking, a ticket or a home visit.
public enum BookingProof: Hashable, Sendable {
    case secret(BookingSecret)
    /// Checks in, and does nothing else.
    case code(CheckInCode)
    /// For whom it was made.
    case applicant(ApplicantName)
}

/// A booking with its secret: all that its applicant needs.
///
///     BookingLink("astana-1/2026-03-19/17/00112233445566778899aabbccddeeff")
public struct BookingLink: Hashable, Sendable, LosslessStringConvertible {
    public let booking: BookingID
    public let secret: BookingSecret

    public init(_ booking: BookingID, _ secret: BookingSecret) {
        self.booking = booking
        self.secret = secret
    }

    public init?(_ text: String) {
        guard let slash = text.lastIndex(of: "/"), let booking = BookingID(String(text[..<slash])),
            let secret = BookingSecret(String(text[text.index(after: slash)...]))
        else { return nil }
        self.init(booking, secret)
    }

    public var description: String { "\(booking)/\(secret)" }
}
