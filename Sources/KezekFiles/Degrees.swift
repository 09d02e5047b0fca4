// SPDX-License-Identifier: Apache-2.0

/// Degrees as people write them, in millionths: never by way of a binary fraction.
public enum Degrees {
    /// The millionths of a degree that a text such as `71.4306` stands for; nil for any other text.
    ///
    /// Up to three digits, and up to six behind a point; a minus before them.
    public static func millionths(_ text: some StringProtocol) -> Int32? {
        var digits = Array(text.utf8)
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...3).contains(parts[0].count),
            parts.count == 1 || (1...6).contains(parts[1].count)
        else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        var number: Int32 = 0
        for digit in parts[0] + fraction {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int32(digit - UInt8(ascii: "0"))
        }
        for _ in fraction.count..<6 { number *= 10 }
        return isNegative ? -number : number
    }

    /// Millionths of a degree as a text, without zeros at its end.
    public static func text(_ millionths: Int32) -> String {
        let amount = millionths.magnitude
        var fraction = "\(1_000_000 + amount % 1_000_000)".dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return (millionths < 0 ? "-" : "") + "\(amount / 1_000_000)"
            + (fraction.isEmpty ? "" : ".\(fraction)")
    }
}
