// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

/// Objects of JSON that have a key twice.
@Suite struct RepeatedKeyTests {
    private static func key(_ text: String) -> RepeatedKey? {
        Array(text.utf8).withUnsafeBytes { RepeatedKey(in: $0) }
    }

    @Test(
        arguments: [
            (#"{"a": 1, "a": 2}"#, "a", 1),
            ("{\"a\": 1,\n\n \"b\": {\"c\": [],\n\"c\": 1}}", "b.c", 4),
            (#"{"a": [{"b": 1}, {"b": 1}, {"c": 0, "b": 1, "b": 1}]}"#, "a[2].b", 1),
            (#"[[0, {}], [{"x": "x", "y": "x", "x": []}]]"#, "[1][0].x", 1),
            // The same key in another spelling, and one that the text itself has.
            (#"{"id": 1, "\u0069d": 2}"#, "id", 1), (#"{"a\/b": 1, "a/b": 2}"#, "a/b", 1),
            (#"{"😀": 1, "\ud83d\ude00": 2}"#, "😀", 1), (#"{"\"": 1, "\"": 1}"#, "\"", 1),
            (#"{"\\": 1, "\\": 1}"#, "\\", 1), (#"{"": 1, "": 1}"#, "", 1),
            (#"{"\t\n\r\b\f": 1, "\u0009\u000a\u000D\u0008\u000c": 1}"#, "\t\n\r\u{8}\u{C}", 1),
            // What looks like keys is within texts, or in other objects.
            (#"{"a": "\"a\": 1, {", "b": "a", "c": {"a": 1}, "d": [{"a": 1}, "a", "a"]}"#, nil, 0),
            (#"{"a": "\\", "b": "a", "A": 1}"#, nil, 0), ("[1, 1, \"a\", \"a\"]", nil, 0),
            ("{}", nil, 0), ("", nil, 0), ("7", nil, 0), ("{\"a", nil, 0), ("{\"a\\", nil, 0),
            ("}]{\"a\"", nil, 0),
        ] as [(String, String?, Int)])
    func theFirstIsFound(_ text: String, _ path: String?, _ line: Int) {
        let key = Self.key(text)
        #expect(key?.path == path, "\(text)")
        if path != nil { #expect(key?.line == line, "\(text)") }
    }

    /// Random values, beside who writes them and knows what is written twice.
    @Test func whatIsWrittenTwiceIsFound() {
        var found = 0
        for seed in 1...3_000 {
            var author = Author(state: UInt64(seed))
            let text = author.value("", depth: 4)
            let key = Self.key(text)
            #expect(key?.path == author.repeated?.path, "\(text)")
            #expect(key?.line == author.repeated?.line, "\(text)")
            if key != nil { found += 1 }
        }
        #expect((100...2_500).contains(found))
    }

    /// Somebody who writes random JSON.
    private struct Author {
        var state: UInt64
        var line = 1
        /// The first key that was written twice.
        var repeated: (path: String, line: Int)?

        /// Each key in two spellings.
        private static let keys = [
            ("a", "\\u0061"), ("b", "b"), ("\"", "\\u0022"), ("ә", "\\u04D9"), ("{", "\\u007b"),
        ]

        mutating func draw(_ count: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % count)
        }

        mutating func space() -> String {
            switch draw(6) {
            case 0:
                line += 1
                return "\n"
            case 1: return " "
            default: return ""
            }
        }

        mutating func value(_ path: String, depth: Int) -> String {
            switch draw(depth > 0 ? 5 : 3) {
            case 0: return "\(draw(100))"
            case 1: return #""a\": {[,""#
            case 2: return draw(2) == 0 ? "null" : "\"\""
            case 3:
                var text = "["
                for index in 0..<draw(4) {
                    text += (index > 0 ? "," : "") + space()
                    text += value("\(path)[\(index)]", depth: depth - 1)
                }
                return text + space() + "]"
            default: return object(path, depth)
            }
        }

        private mutating func object(_ path: String, _ depth: Int) -> String {
            var text = "{"
            var known: Set<Int> = []
            for index in 0..<draw(4) {
                text += (index > 0 ? "," : "") + space()
                let number = draw(5)
                let (name, other) = Self.keys[number]
                let inner = path.isEmpty ? name : "\(path).\(name)"
                if !known.insert(number).inserted, repeated == nil { repeated = (inner, line) }
                text += "\"" + (draw(2) == 0 && name != "\"" ? name : other) + "\"" + space() + ":"
                text += space() + value(inner, depth: depth - 1)
            }
            return text + space() + "}"
        }
    }
}
