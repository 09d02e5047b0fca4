// SPDX-License-Identifier: Apache-2.0

import Texts

/// Texts as they stand in a YAML file.
enum YAMLText {
    /// A text in three languages, below its field.
    static func block(_ field: String, _ text: LocalizedText, indent: String = "") -> [String] {
        ["\(indent)\(field):"]
            + Language.allCases.map { "\(indent)  \($0): \(quoted(text[$0]))" }
    }

    /// A name, quoted only if it might be taken for something else.
    static func name(_ name: String) -> String {
        let isPlain = name.utf8.first.map { (97...122).contains($0) } ?? false
        return isPlain ? name : quoted(name)
    }

    /// A text between double quotes, with everything escaped that YAML does not take as it is.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: result += "\\\(scalar)"
            case 0x0A: result += "\\n"
            case 0x09: result += "\\t"
            // A star before a word might be taken for an alias.
            case 0x2A, 0x00..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
