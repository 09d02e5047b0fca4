// SPDX-License-Identifier: Apache-2.0

/// A UUID as text (RFC 9562, 4): 32 digits of base 16, with or without hyphens in their places.
public enum UUIDText {
    /// Its 16 bytes; nil for any other text.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let all = Array(text.utf8)
        let hyphens = [8, 13, 18, 23]
        var digits = all
        if all.count == 36 {
            guard hyphens.allSatisfy({ all[$0] == UInt8(ascii: "-") }) else { return nil }
            digits = all.indices.filter { !hyphens.contains($0) }.map { all[$0] }
        }
        guard digits.count == 32 else { return nil }
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard values.count == 32 else { return nil }
        return stride(from: 0, to: 32, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
