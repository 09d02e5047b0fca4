// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts
import Yams

/// Opens YAML files within limits.
enum YAMLFile {
    /// The largest data file, in bytes.
    static let sizeLimit = 1 << 20
    /// The deepest nesting of brackets; the parser below recurses once per level.
    static let nestingLimit = 32

    /// The text of a file and its root, which faults name so.
    static func document(
        of url: URL, named name: String
    ) throws(FileFaults) -> (text: String, root: Field) {
        do throws(FileFault) {
            let text = try text(of: url, named: name)
            return (text, try root(ofText: text, named: name))
        } catch { throw FileFaults(list: [error]) }
    }

    /// The root of a file, which faults name so.
    static func root(of url: URL, named name: String) throws(FileFault) -> Field {
        try root(ofText: try text(of: url, named: name), named: name)
    }

    private static func text(of url: URL, named name: String) throws(FileFault) -> String {
        func fault(_ problem: Phrase) -> FileFault {
            FileFault(file: name, line: nil, field: "", problem: problem)
        }
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
        } catch {
            throw fault(Unreadable.words(url))
        }
        guard data.count <= sizeLimit else {
            throw fault("is larger than \(sizeLimit) bytes")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw fault("is not UTF-8 text")
        }
        return text
    }

    /// The root of a text that stands in the file of this name.
    ///
    /// A text from a stranger is taken without anchors and aliases, any other without aliases in keys.
    static func root(
        ofText text: String, named name: String, isForeign: Bool = false
    ) throws(FileFault) -> Field {
        func fault(_ problem: Phrase, line: Int? = nil) -> FileFault {
            FileFault(file: name, line: line, field: "", problem: problem)
        }
        if let line = lineOfTooDeepNesting(text) {
            throw fault("nests deeper than \(nestingLimit) levels", line: line)
        }
        if isForeign, let line = lineOfAnchor(text) {
            throw fault(
                "has '&' or '*' before a word; anchors and aliases are not taken", line: line)
        }
        if let line = AliasPlaces.lineOfKey(text) {
            throw fault(
                "may have an alias ('*' before a word) within a key; put it on a line of its own, "
                    + "without a bracket before it or ':' behind it, in a file without '? '",
                line: line)
        }
        do {
            guard let node = try compose(yaml: text) else {
                throw fault("is empty; expected a map")
            }
            return Field(file: name, path: "", node: node)
        } catch let error as FileFault {
            throw error
        } catch let error as YamlError {
            throw fault(problem(error), line: line(error))
        } catch {
            throw fault("is not YAML: \(String(describing: error))")
        }
    }

    /// The first line with an anchor or an alias, by which a short text can stand for an endless one;
    /// nil if there is none.
    ///
    /// Neither quotes nor comments hide one: what ends them is for YAML to say, and a text that would
    /// have it read them otherwise is not let through.
    private static func lineOfAnchor(_ text: String) -> Int? {
        var (line, before) = (1, UInt8(ascii: "\n"))
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            // Beside blanks and brackets, what may be the last byte of a line break of Unicode.
            let startsWord =
                before <= 32 || before >= 0x80 || "[]{},:-?!|>\"'".utf8.contains(before)
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                if startsWord, next > 32 { return line }
            default: break
            }
            before = byte
        }
        return nil
    }

    /// The first line on which brackets or indentation nest too deep; nil if none do.
    private static func lineOfTooDeepNesting(_ text: String) -> Int? {
        var (line, brackets, lineStart, indentation, dashes) = (1, 0, true, 0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                (lineStart, indentation, dashes) = (true, 0, 0)
            case UInt8(ascii: " ") where lineStart: indentation += 1
            case UInt8(ascii: "-") where lineStart: dashes += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                brackets += 1
                lineStart = false
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                brackets = max(0, brackets - 1)
                lineStart = false
            default: lineStart = false
            }
            // Two columns a level is the least that YAML needs to nest blocks sensibly.
            if brackets > nestingLimit || indentation > 4 * nestingLimit || dashes > nestingLimit {
                return line
            }
        }
        return nil
    }

    private static func problem(_ error: YamlError) -> Phrase {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
            .composer(_, let problem, _, _):
            "is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, _):
            "has the same key twice: \(keys.joined(separator: ", "))"
        default: "is not YAML: \(String(describing: error))"
        }
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }
}
