// SPDX-License-Identifier: Apache-2.0

import Parties
import Queue
import Testing

@Suite struct NameTests {
    @Test func labelsAreReadWithAndWithoutHyphenAndZeros() {
        let rows: [(String, String?)] = [
            ("A-017", "A-017"), ("a17", "A-017"), ("A17", "A-017"), ("z-9999", "Z-9999"),
            ("B-1", "B-001"), ("B0001", "B-001"), ("C-1000", "C-1000"),
            ("", nil), ("A", nil), ("A-", nil), ("A-0", nil), ("A-10000", nil), ("17", nil),
            ("AA-1", nil), ("A-+1", nil), ("A+1", nil), ("A 1", nil), ("Ж-1", nil), ("A-1 ", nil),
        ]
        for (text, label) in rows { #expect(TicketLabel(text)?.description == label, "\(text)") }
    }

    @Test func everyLabelIsReadBackAsItIsWritten() throws {
        for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") {
            for number in [1, 9, 10, 99, 100, 999, 1_000, 9_999] {
                let label = try #require(TicketLabel(letter: letter, number: number))
                #expect(TicketLabel(label.description) == label)
            }
        }
        #expect(TicketLabel(letter: UInt8(ascii: "A"), number: 10_000) == nil)
        #expect(TicketLabel(letter: UInt8(ascii: "a"), number: 1) == nil)
    }

    @Test func anIINIsTwelveDigitsWithADateAndTheRightCheckDigit() {
        let rows: [(String, Bool)] = [
            ("900101300017", true), ("850312456788", true), ("040521600039", true),
            // The second row of weights, as the first gives ten.
            ("900101300811", true), ("900101300823", true), ("900101300835", true),
            // Both rows give ten: no such number is issued.
            ("900101300800", false), ("900101300801", false),
            ("900101300018", false), ("900101300071", false), ("90010130001", false),
            ("9001013000170", false), ("", false), ("90010130001x", false),
            ("901301300017", false), ("900132300017", false), ("900001300017", false),
            ("900101700019", false), ("९००१०१३०००१७", false),
        ]
        for (text, isValid) in rows { #expect((IIN(text) != nil) == isValid, "\(text)") }
    }

    /// One wrong digit is found wherever it stands, but in the eleventh place, which weighs eleven.
    @Test func theCheckDigitFindsEachWrongDigit() {
        let digits = Array("900101300017")
        for place in 0..<12 where place != 10 {
            for digit in "0123456789" where digit != digits[place] {
                var wrong = digits
                wrong[place] = digit
                #expect(IIN(String(wrong)) == nil, "\(String(wrong))")
            }
        }
    }

    @Test func namesAreLowerCaseLettersDigitsAndHyphens() {
        let rows: [(String, Bool)] = [
            ("astana-1", true), ("a", true), (String(repeating: "a", count: 32), true),
            ("", false), (String(repeating: "a", count: 33), false), ("Astana", false),
            ("a_b", false), ("a b", false), ("алматы", false),
        ]
        for (text, isName) in rows {
            #expect((OfficeID(text) != nil) == isName, "\(text)")
            #expect((ServiceID(text) != nil) == isName, "\(text)")
        }
        #expect(WindowID("12345678") != nil)
        #expect(WindowID("123456789") == nil)
    }

    @Test func bookingsAreNamedByOfficeDateAndNumber() {
        let rows: [(String, Bool)] = [
            ("astana-1/2026-03-19/17", true), ("astana-1/2026-03-19/0", false),
            ("astana-1/2026-02-30/1", false), ("astana-1/2026-03-19", false),
            ("/2026-03-19/1", false), ("a/2026-03-19/1/2", false), ("a/2026-03-19/-1", false),
        ]
        for (text, isValid) in rows {
            #expect((BookingID(text)?.description == text) == isValid, "\(text)")
        }
    }
}
