// SPDX-License-Identifier: Apache-2.0

/// What stands between two fields of a table.
public enum CSVSeparator: String, CaseIterable, Hashable, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    var byte: UInt8 { rawValue.utf8.first! }
}

/// How a table of separated values is written (RFC 4180): its separator, its line ends, and what a
/// spreadsheet puts in front of it.
public struct CSVForm: Hashable, Sendable {
    /// UTF-8's byte order mark, by which a spreadsheet knows the encoding.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Commas and line feeds.
    public static let plain = CSVForm()

    public let separator: CSVSeparator
    public let lineEnd: String
    public let isMarked: Bool
    /// Whether a line such as `sep=;` stands above the head, which some spreadsheets write and read.
    public let tellsSeparator: Bool

    public init(
        separator: CSVSeparator = .comma, lineEnd: String = "\n", isMarked: Bool = false,
        tellsSeparator: Bool = false
    ) {
        self.separator = separator
        self.lineEnd = lineEnd
        self.isMarked = isMarked
        self.tellsSeparator = tellsSeparator
    }

    /// What stands before the head line.
    public var preamble: String {
        (isMarked ? "\u{FEFF}" : "")
            + (tellsSeparator ? "sep=\(separator.rawValue)\(lineEnd)" : "")
    }

    /// A line of these fields, with its end.
    ///
    /// A single field with nothing but spaces is written in quotes, as such a line is none.
    public func line(_ fields: [String]) -> String {
        if fields.count == 1, fields[0].unicodeScalars.allSatisfy({ $0 == " " || $0 == "\t" }) {
            return "\"\(fields[0])\"" + lineEnd
        }
        return fields.map(text).joined(separator: separator.rawValue) + lineEnd
    }

    /// A record as it was read, byte for byte, with further fields behind it.
    public func line(_ record: CSVRecord, adding fields: [String]) -> String {
        ([record.text] + fields.map(text)).joined(separator: separator.rawValue) + lineEnd
    }

    /// A field as it stands in a line: in quotes if it must be.
    ///
    /// By scalars: a quote with a mark upon it is doubled like any other.
    private func text(_ field: String) -> String {
        let scalars = field.unicodeScalars
        guard
            scalars.contains(where: {
                $0 == "\"" || $0 == "\n" || $0 == "\r"
                    || $0 == separator.rawValue.unicodeScalars.first
            })
        else { return field }
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            if scalar == "\"" { text.append(scalar) }
            text.append(scalar)
        }
        return "\"\(String(text))\""
    }
}

/// A record of a table.
public struct CSVRecord: Hashable, Sendable {
    /// The line on which it begins, from 1.
    public let line: Int
    public let fields: [String]
    /// The record as it stands in the file, without its end.
    public let text: String
}
