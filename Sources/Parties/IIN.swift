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

    /// Whether such a number stands somewhere in a text: within a run of digits, or as groups of digits
    /// with spaces or dashes between them.
    ///
    ///     IIN.isWithin("case of 900101300017")  // true
    ///     IIN.isWithin("case of 900101 300-017")  // true
    public static func isWithin(_ text: String) -> Bool {
        // Runs of digits that only spaces and dashes part.
        var groups: [[UInt8]] = []
        var isParted = true
        for scalar in text.unicodeScalars {
            if let digit = UInt8(exactly: scalar.value), (48...57).contains(digit) {
                if isParted { groups.append([]) }
                isParted = false
                groups[groups.count - 1].append(digit)
            } else {
                isParted = true
                if !parts(scalar) {
                    if isWithin(groups) { return true }
                    groups = []
                }
            }
        }
        return isWithin(groups)
    }

    private static func isWithin(_ groups: [[UInt8]]) -> Bool {
        for (place, group) in groups.enumerated() {
            var digits = group
            for next in groups.dropFirst(place + 1) where digits.count < 12 { digits += next }
            // What is parted begins and ends with a group; in a longer run it may stand anywhere.
            if digits.count == 12, isOne(digits[...]) { return true }
            if group.count > 12,
                (0...group.count - 12).contains(where: { isOne(group[$0..<$0 + 12]) })
            {
                return true
            }
        }
        return false
    }

    private static func isOne(_ digits: ArraySlice<UInt8>) -> Bool {
        IIN(String(decoding: digits, as: UTF8.self)) != nil
    }

    /// Whether a character only parts the groups of one number: a space or dash of any kind, or one that
    /// nobody sees.
    private static func parts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .format, .control, .lineSeparator,
            .paragraphSeparator:
            true
        default: scalar == "\u{2212}" || scalar == "_"
        }
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
