// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

@Suite struct QuotedTests {
    private static let table: [(title: String, kk: String, en: String)] = [
        ("Esil", "«Esil»", "“Esil”"), ("", "«»", "“”"),
        ("a «b» c", "«a „b“ c»", "“a ‘b’ c”"), ("«b»", "«„b“»", "“‘b’”"),
        ("a \"b\" \"c\"", "«a „b“ „c“»", "“a ‘b’ ‘c’”"),
        ("«a» and «b»", "«„a“ and „b“»", "“‘a’ and ‘b’”"),
    ]

    @Test func whatHasQuotesIsQuotedByTheOtherKind() {
        for entry in Self.table {
            #expect(Language.kk.quoted(entry.title) == entry.kk)
            #expect(Language.ru.quoted(entry.title) == entry.kk)
            #expect(Language.en.quoted(entry.title) == entry.en)
        }
        #expect(Language.en.quoted("a “b” c") == "“a ‘b’ c”")
        // Those of the second kind stay.
        #expect(Language.ru.quoted("a „b“ c") == "«a „b“ c»")
    }
}
