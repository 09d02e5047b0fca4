// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

@testable import KezekTables

@Suite struct CSVReaderTests {
    /// The records of a text as `line fields`, a bad one as `line! problem`.
    private func read(_ text: String, _ separator: CSVSeparator? = .comma) throws -> [String] {
        try read(Array(text.utf8), separator)
    }

    private func read(_ bytes: [UInt8], _ separator: CSVSeparator? = .comma) throws -> [String] {
        var reader = try CSVReader(ByteInput(bytes: bytes), separator: separator) {
            $0.contains("accepted")
        }
        var found: [String] = []
        while let next = try reader.next() {
            switch next {
            case .success(let record):
                found.append("\(record.line) " + record.fields.joined(separator: "|"))
            case .failure(let bad): found.append("\(bad.line)! \(bad.problem.en)")
            }
        }
        return found
    }

    private static let unclosed =
        "a quote is opened here and not closed; nothing behind it can be read"
    private static let behind =
        "there is text behind a closing quote; write a quote within a field twice"

    @Test func recordsGoByTheRFCAndLinesByTheEditor() throws {
        let cases: [(String, [String])] = [
            ("", []), ("a", ["1 a"]), ("a,b\n", ["1 a|b"]), ("a,\nb,", ["1 a|", "2 b|"]),
            ("\"a,b\",c", ["1 a,b|c"]), ("\"a\"\"b\"", ["1 a\"b"]),
            // A field over several lines is one record, and the next has its own line.
            ("1,\"x\ny\r\nz\"\r\n2,w", ["1 1|x\ny\r\nz", "4 2|w"]),
            ("\"\r\r\n\n\"\nb", ["1 \r\r\n\n", "5 b"]),
            // Quotes in a field that does not begin with one are letters.
            ("1,ТОО \"Рога\",x", ["1 1|ТОО \"Рога\"|x"]), ("a\"\"b,c", ["1 a\"\"b|c"]),
            (" \"a\",b", ["1  \"a\"|b"]), ("\"\"", ["1 "]), ("a\"", ["1 a\""]),
            // Whatever ends a line; one without anything on it is passed over, empty fields are not.
            ("a\rb\r\nc\n\n \n,,\nd", ["1 a", "2 b", "3 c", "6 ||", "7 d"]),
            // Behind a closing quote there is a separator or the end. The next record is whole.
            ("\"a\"b,\"c\nd\"\ne", ["1! \(Self.behind)", "3 e"]),
            ("x\n\"a\nb\" ,c\ne", ["1 x", "3! \(Self.behind)", "4 e"]),
            // The line where it was opened, not the one where the record began.
            ("a,b\n1,\"x\ny\",\"z\nw\n", ["1 a|b", "3! \(Self.unclosed)"]),
            ("\"", ["1! \(Self.unclosed)"]), ("\"a\"\"", ["1! \(Self.unclosed)"]),
            // By scalars: a mark that combines with a separator or quote is a letter of its own.
            ("a\u{301},b", ["1 a\u{301}|b"]), (",\u{301}", ["1 |\u{301}"]),
            ("\"a\"\"\u{35F}\"", ["1 a\"\u{35F}"]),
        ]
        for (text, records) in cases {
            #expect(try read(text) == records, "\(text.debugDescription)")
        }
    }

    @Test func theSeparatorIsFoundOrGiven() throws {
        let cases: [(String, CSVSeparator?, [String])] = [
            ("id;accepted\n1,5;x", nil, ["1 id|accepted", "2 1,5|x"]),
            ("id\taccepted\n1\tx", nil, ["1 id|accepted", "2 1|x"]),
            ("id|accepted\n1|x", nil, ["1 id/accepted", "2 1/x"]),
            ("\"a;b\",accepted\nc;d,x", nil, ["1 a;b|accepted", "2 c;d|x"]),
            ("accepted\n1;2", nil, ["1 accepted", "2 1;2"]),
            ("\n\nid;accepted\n", nil, ["3 id|accepted"]),
            // Given, it is not looked for; nor if the file says it.
            ("id;accepted\n", .comma, ["1 id;accepted"]),
            ("sep=;\nid;accepted\n1;x", nil, ["2 id|accepted", "3 1|x"]),
            ("sep=;\r\na,accepted;b\r\n", nil, ["2 a,accepted|b"]),
            ("a;b", nil, ["1 a;b"]),
        ]
        for (text, separator, records) in cases {
            let isBar = text.contains("id|")
            let found = try read(text, separator).map {
                isBar ? $0.replacing("|", with: "/") : $0
            }
            #expect(found == records, "\(text.debugDescription)")
        }
    }

    @Test func theFormIsThatOfTheHead() throws {
        func form(_ text: String) throws -> CSVForm {
            try CSVReader(ByteInput(bytes: Array(text.utf8))) { $0.contains("accepted") }.form
        }
        #expect(try form("accepted,b\n") == .plain)
        #expect(try form("accepted") == .plain)
        let windows = CSVForm(separator: .semicolon, lineEnd: "\r\n", isMarked: true)
        #expect(try form("\u{FEFF}id;accepted\r\n1;\"x\ny\"\n") == windows)
        #expect(windows.preamble == "\u{FEFF}")
        let told = CSVForm(separator: .tab, lineEnd: "\r", tellsSeparator: true)
        #expect(try form("sep=\t\raccepted\tb\r") == told)
        #expect(told.preamble == "sep=\t\r")
    }

    @Test func otherEncodingsAreNamed() throws {
        #expect(throws: BadLine.utf16()) { try read([0xFF, 0xFE, 0x61, 0x00]) }
        #expect(throws: BadLine.utf16()) { try read([0xFE, 0xFF, 0x00, 0x61]) }
        // "Рога" in Windows-1251, on the second line.
        let found = try read(Array("a\n".utf8) + [0xD0, 0xEE, 0xE3, 0xE0, 0x0A] + Array("b".utf8))
        #expect(found == ["1 a", "2! not UTF-8 text; save the file as 'CSV UTF-8'", "3 b"])
    }

    @Test func recordsHaveALimitAndSoHasTheSearchForAQuote() throws {
        let limit = CSVReader.limit
        func filled(_ count: Int) -> String { String(repeating: "x", count: count) }
        #expect(try read(filled(limit)).count == 1)
        #expect(try read(filled(limit)) == ["1 \(filled(limit))"])
        let tooLong = "longer than \(limit) bytes"
        #expect(try read(filled(limit + 1) + "\nb") == ["1! \(tooLong)", "2 b"])
        // Quotes count too, and the record behind it is found where the field is closed.
        let quoted = "\"\n" + filled(limit) + "\"\nb"
        #expect(try read(quoted) == ["1! \(tooLong)", "3 b"])
        let open = "a\n\"" + filled(CSVReader.quoteLimit + 1) + "\"\nb"
        #expect(try read(open) == ["1 a", "2! \(Self.unclosed)"])
        let closed = "a\n\"" + filled(CSVReader.quoteLimit - 2) + "\"\nb"
        #expect(try read(closed) == ["1 a", "2! \(tooLong)", "3 b"])
    }

    @Test func fieldsAreWrittenSoThatTheyAreRead() {
        let cases: [([String], String)] = [
            (["a", "b"], "a,b\n"), ([""], "\"\"\n"), (["", ""], ",\n"), (["a,b"], "\"a,b\"\n"),
            ([" "], "\" \"\n"),
            (["a;b"], "a;b\n"), (["a\"b"], "\"a\"\"b\"\n"), (["a\rb"], "\"a\rb\"\n"),
            (["\"\u{301}"], "\"\"\"\u{301}\"\n"), ([" a "], " a \n"), (["=1+1"], "=1+1\n"),
        ]
        for (fields, text) in cases { #expect(CSVForm.plain.line(fields) == text) }
        #expect(CSVForm(separator: .semicolon).line(["a;b", "c,d"]) == "\"a;b\";c,d\n")
    }
}
