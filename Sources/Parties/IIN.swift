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

    /// Whether such a number stands somewhere in a text, in digits of any script: within a run of them, or
    /// as groups with spaces, dashes or what nobody sees between them, or with a few marks, symbols and blanks.
    ///
    /// A date such as 20.03.2026 is no group of one, and neither is a telephone number or a time.
    ///
    ///     IIN.isWithin("case of 900101300017")  // true
    ///     IIN.isWithin("case of 900101.300-017")  // true
    ///     IIN.isWithin("case of (900101), (300017)")  // true
    ///     IIN.isWithin("on 20.03.2026 10-00")  // false
    public static func isWithin(_ text: String) -> Bool {
        isJoined(in: text) || isParted(in: text)
    }

    private static func isJoined(in text: String) -> Bool {
        let signs = withoutDates(text.unicodeScalars.map(Sign.init))
        // Runs of digits that nothing but such signs part.
        var groups: [[UInt8]] = []
        var isParted = true
        for (place, sign) in signs.enumerated() {
            switch sign {
            case .digit(let digit):
                if isParted { groups.append([]) }
                isParted = false
                groups[groups.count - 1].append(digit)
            case .gap: isParted = true
            case .point where isBetweenDigits(place, signs): isParted = true
            case .point, .other:
                isParted = true
                if isWithin(groups) { return true }
                groups = []
            }
        }
        return isWithin(groups)
    }

    /// What a character is to a number.
    private enum Sign: Equatable {
        /// In ASCII.
        case digit(UInt8)
        /// It only parts groups: a space or dash of any kind, or one that nobody sees.
        case gap
        /// It parts groups where it stands between two digits.
        case point
        case other

        init(_ scalar: Unicode.Scalar) {
            let properties = scalar.properties
            if properties.numericType == .decimal, let value = properties.numericValue {
                self = .digit(48 + UInt8(value))
                return
            }
            switch properties.generalCategory {
            case .spaceSeparator, .dashPunctuation, .format, .control, .lineSeparator,
                .paragraphSeparator, .nonspacingMark, .enclosingMark:
                self = .gap
            default:
                let isUnseen =
                    properties.isDefaultIgnorableCodePoint
                    || "\u{2212}_\u{2800}".unicodeScalars.contains(scalar)
                self =
                    isUnseen
                    ? .gap
                    : ".,/\u{B7}'\u{FF0E}\u{3002}".unicodeScalars.contains(scalar) ? .point : .other
            }
        }

        var isDigit: Bool { if case .digit = self { true } else { false } }
    }

    private static func isBetweenDigits(_ place: Int, _ signs: [Sign]) -> Bool {
        place > 0 && place + 1 < signs.count && signs[place - 1].isDigit
            && signs[place + 1].isDigit
    }

    /// The same with `other` in the place of each date: one or two digits, a point, one or two, a point,
    /// two or four.
    private static func withoutDates(_ signs: [Sign]) -> [Sign] {
        var signs = signs
        var place = 0
        while place < signs.count {
            guard signs[place].isDigit, let end = endOfDate(signs, from: place) else {
                place += 1
                // The rest of a run of digits begins no date.
                while place < signs.count, signs[place - 1].isDigit || signs[place - 1] == .point,
                    signs[place].isDigit || signs[place] == .point
                {
                    place += 1
                }
                continue
            }
            for index in place..<end { signs[index] = .other }
            place = end
        }
        return signs
    }

    private static func number(_ signs: ArraySlice<Sign>) -> Int {
        signs.reduce(0) { if case .digit(let digit) = $1 { $0 * 10 + Int(digit) - 48 } else { $0 } }
    }

    private static func endOfDate(_ signs: [Sign], from start: Int) -> Int? {
        func digits(_ place: Int) -> Int { signs[place...].prefix { $0.isDigit }.count }
        var place = start
        for most in [31, 12] {
            let count = digits(place)
            guard (1...2).contains(count), place + count < signs.count,
                signs[place + count] == .point, number(signs[place..<place + count]) <= most
            else { return nil }
            place += count + 1
            guard place < signs.count else { return nil }
        }
        let count = digits(place)
        guard count == 2 || count == 4 else { return nil }
        let end = place + count
        // What goes on as it began is more than a date.
        if end + 1 < signs.count, signs[end] == .point, signs[end + 1].isDigit { return nil }
        return end
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
