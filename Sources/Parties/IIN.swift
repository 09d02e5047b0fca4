// SPDX-License-Identifier: Apache-2.0

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

    /// Whether such a number stands somewhere in a text, as a run of twelve digits or within a longer
    /// one.
    ///
    ///     IIN.isWithin("case of 900101300017")  // true
    public static func isWithin(_ text: String) -> Bool {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            guard (48...57).contains(byte) else {
                digits = []
                continue
            }
            digits.append(byte)
            if digits.count >= 12, IIN(String(decoding: digits.suffix(12), as: UTF8.self)) != nil {
                return true
            }
        }
        return false
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
