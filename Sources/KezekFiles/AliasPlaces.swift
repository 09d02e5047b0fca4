// SPDX-License-Identifier: Apache-2.0

/// Where a file may have aliases: as values, `roster: *morning`, and never within keys.
///
/// Keys are told apart by what is in them, to the end: a text of a few lines, each with a key of two
/// aliases of the line before, would be read for ever. A value is looked into only as far as the schema
/// goes.
enum AliasPlaces {
    /// The first line where an alias may be within a key; nil if there is none.
    ///
    /// A key without `?` ends on its line with `:`, and has an alias inside only within brackets or as
    /// its beginning. What is between quotes or in a comment is judged alike: what ends them is for YAML
    /// to say.
    static func lineOfKey(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        var (line, lineOfAlias, hasExplicitKey) = (1, Int?.none, false)
        // Of the line so far: whether a bracket was opened, and where an alias may have begun.
        var (hasBracket, hasAlias) = (false, false)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                (hasBracket, hasAlias) = (false, false)
            case UInt8(ascii: "["), UInt8(ascii: "{"): hasBracket = true
            case UInt8(ascii: "*") where startsWord(bytes, index) && !isBlank(bytes, index + 1):
                if hasBracket { return line }
                hasAlias = true
                lineOfAlias = lineOfAlias ?? line
            case UInt8(ascii: ":") where hasAlias: return line
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
}
