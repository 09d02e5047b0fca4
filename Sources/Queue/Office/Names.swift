// SPDX-License-Identifier: Apache-2.0

/// The short name of an office, such as `astana-1`: 1 to 32 lower-case letters, digits and hyphens.
public struct OfficeID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard isName(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: OfficeID, b: OfficeID) -> Bool { a.description < b.description }
}

/// The short name of a service that is queued for, such as `acceptance`.
///
/// Two offices that name a service alike render the same service: an applicant may have one live
/// booking for it in all of them together.
public struct ServiceID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard isName(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: ServiceID, b: ServiceID) -> Bool { a.description < b.description }
}

/// The name of a window as it hangs above it, such as `3` or `vip-2`: as an office's name, at most
/// 8 long.
public struct WindowID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard isName(text, limit: 8) else { return nil }
        description = text
    }

    public static func < (a: WindowID, b: WindowID) -> Bool { a.description < b.description }
}

private func isName(_ text: String, limit: Int) -> Bool {
    (1...limit).contains(text.utf8.count)
        && text.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
        }
}

/// Who books: 16 bytes that stand for a person and do not tell who it is.
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

/// An individual identification number whose check digit is right.
///
/// Kept nowhere: a keyed hash of it stands for the person.
///
///     IIN("900101300017") != nil
public struct IIN: Hashable, Sendable {
    /// The twelve digits.
    public let digits: String

    /// Nil unless the text is twelve digits, of which the first six are a date of birth, the seventh
    /// is 0 to 6, and the last is the check digit of the others.
    public init?(_ text: String) {
        let values = text.utf8.map { Int($0) - 48 }
        guard values.count == 12, values.allSatisfy({ (0...9).contains($0) }),
            (0...6).contains(values[6]), (1...12).contains(values[2] * 10 + values[3]),
            (1...31).contains(values[4] * 10 + values[5]),
            IIN.checkDigit(values) == values[11]
        else { return nil }
        digits = text
    }

    /// The weighted sum of eleven digits modulo 11, with the weights 1 to 11; if that is 10, with the
    /// weights 3 to 11, 1, 2; nil if it is 10 again, as such numbers are not issued.
    private static func checkDigit(_ values: [Int]) -> Int? {
        func remainder(_ first: Int) -> Int {
            (0..<11).reduce(0) { $0 + values[$1] * (($1 + first) % 11 + 1) } % 11
        }
        let digit = remainder(0) == 10 ? remainder(2) : remainder(0)
        return digit == 10 ? nil : digit
    }
}
