// SPDX-License-Identifier: Apache-2.0

/// Lines of comma-separated values (RFC 4180), without line breaks in fields.
public enum CSVLine {
    /// The fields of a line; nil if a quote is left open.
    public static func fields(of text: String) -> [String]? {
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        // By scalars: a mark that combines with a comma does not make it another character.
        var characters = text.unicodeScalars.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            switch character {
            case "\"" where isQuoted && next == "\"":
                field.append("\"")
                next = characters.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(String(field))
                field = String.UnicodeScalarView()
            default: field.append(character)
            }
        }
        fields.append(String(field))
        return isQuoted ? nil : fields
    }

    /// The field as it stands in a line: quoted if it must be.
    public static func text(of field: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard field.unicodeScalars.contains(where: special.contains) else { return field }
        // By scalars here too: a quote with a mark upon it is doubled like any other.
        var text = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.append(scalar) }
            text.append(scalar)
        }
        return "\"\(String(text))\""
    }
}
