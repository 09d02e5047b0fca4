// SPDX-License-Identifier: Apache-2.0

/// Where a file may have aliases: as whole values, `roster: *morning`.
///
/// An alias within a key is looked into to the end, to tell keys apart: a text of a few lines, each
/// with two aliases of the one before, would be read for ever. A value is looked into only as far as
/// the schema goes.
enum AliasPlaces {
    /// The first line with an alias elsewhere; nil if there is none.
    ///
    /// As with anchors, neither quotes nor comments hide one. A key within brackets must end on its line,
    /// so what ends a line is within none, unless the key is begun with `?`.
    static func lineOfAnother(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        var (line, lineOfAlias, hasExplicitKey) = (1, Int?.none, false)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "*") where startsWord(bytes, index) && !isBlank(bytes, index + 1):
                guard isBehindIndicator(bytes, index), endsLine(bytes, after: index) else {
                    return line
                }
                lineOfAlias = lineOfAlias ?? line
            case UInt8(ascii: "?") where startsWord(bytes, index) && isBlank(bytes, index + 1):
                hasExplicitKey = true
            default: break
            }
        }
        return hasExplicitKey ? lineOfAlias : nil
    }

    /// Whether a word may begin here: beside blanks and brackets, behind what may be the last byte of
    /// a line break of Unicode.
    private static func startsWord(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = bytes[index - 1]
        return before <= 32 || before >= 0x80 || "[]{},:-?!|>\"'".utf8.contains(before)
    }

    /// Whether nothing of a word stands here: a blank, the end, or what may be a line break of Unicode.
    private static func isBlank(_ bytes: [UInt8], _ index: Int) -> Bool {
        index >= bytes.count || bytes[index] <= 32 || bytes[index] >= 0x80
    }

    private static func isBehindIndicator(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index >= 2, bytes[index - 1] == UInt8(ascii: " ") else { return false }
        return bytes[index - 2] == UInt8(ascii: ":") || bytes[index - 2] == UInt8(ascii: "-")
    }

    /// Whether nothing but the alias's name, of letters, digits, hyphens and underscores, is left.
    private static func endsLine(_ bytes: [UInt8], after index: Int) -> Bool {
        let rest = bytes[(index + 1)...].drop {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        return rest.isEmpty || rest.first == UInt8(ascii: "\n") || rest.starts(with: [13, 10])
    }
}
