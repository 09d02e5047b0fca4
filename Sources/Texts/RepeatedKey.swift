// SPDX-License-Identifier: Apache-2.0

/// A key that an object of a JSON text has twice, so that readers would take one of its values and say
/// nothing of the other.
///
/// ```swift
/// let text = Array(#"{"jobs": [{"id": 1, "id": 2}]}"#.utf8)
/// text.withUnsafeBytes { RepeatedKey(in: $0)?.path }  // "jobs[0].id"
/// ```
public struct RepeatedKey: Hashable, Sendable {
    /// Where it stands for the second time, such as `jobs[3].service`.
    public let path: String
    /// The line of that, from 1.
    public let line: Int

    /// The first of a text, which is JSON in UTF-8; nil if each object has each of its keys once.
    ///
    /// Keys are the same however their characters are written.
    ///
    /// - Complexity: linear, without looking at what is between the keys: numbers are many.
    public init?(in text: UnsafeRawBufferPointer) {
        var scan = KeyScan(text)
        guard let path = scan.pathOfSecond() else { return nil }
        self.path = path
        line = scan.line
    }
}

/// A JSON text that is gone through from key to key.
private struct KeyScan {
    /// An object or a list that is open.
    private struct Level {
        let isObject: Bool
        /// The keys of an object so far, of which `key` is the last.
        var keys: Set<String> = []
        var key = ""
        /// The place in a list, from 0.
        var index = 0
    }

    private let text: UnsafeRawBufferPointer
    private var place = 0
    private var levels: [Level] = []
    private(set) var line = 1

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// Goes on to the first key that is there twice.
    mutating func pathOfSecond() -> String? {
        var isKey = false
        while place < text.count {
            let byte = text[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                isKey = byte == UInt8(ascii: "{")
                levels.append(Level(isObject: isKey))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = levels.popLast()
                isKey = false
            case UInt8(ascii: ","):
                guard let last = levels.indices.last else { break }
                isKey = levels[last].isObject
                levels[last].index += 1
            case UInt8(ascii: "\""):
                let string = string()
                guard isKey, let last = levels.indices.last else { break }
                isKey = false
                levels[last].key = Self.text(of: string)
                if !levels[last].keys.insert(levels[last].key).inserted { return path }
            default: break
            }
        }
        return nil
    }

    /// The bytes of a string behind its first quote; goes on behind its last.
    private mutating func string() -> UnsafeRawBufferPointer {
        let start = place
        while place < text.count, text[place] != UInt8(ascii: "\"") {
            place += text[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(place, text.count)
        place = end + 1
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private var path: String {
        levels.reduce("") { path, level in
            if !level.isObject { return "\(path)[\(level.index)]" }
            return path.isEmpty ? level.key : "\(path).\(level.key)"
        }
    }

    /// What a string says, its escapes read.
    private static func text(of string: UnsafeRawBufferPointer) -> String {
        let raw = String(decoding: string, as: UTF8.self)
        guard string.contains(UInt8(ascii: "\\")) else { return raw }
        var units: [UInt16] = []
        var rest = raw.utf16[...]
        while let unit = rest.popFirst() {
            guard unit == 0x5C, let escape = rest.popFirst() else {
                units.append(unit)
                continue
            }
            switch UInt8(truncatingIfNeeded: escape) {
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "u"):
                let digits = String(decoding: rest.prefix(4), as: UTF16.self)
                rest = rest.dropFirst(4)
                units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
