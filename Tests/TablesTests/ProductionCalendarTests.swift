// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekTables
import TestKit
import Testing
import Texts

@Suite struct ProductionCalendarTests {
    private static func read(
        _ text: String, year: Int? = nil
    ) throws(ProductionCalendar.Fault) -> ProductionCalendar {
        try ProductionCalendar(reading: text.utf8, year: year)
    }

    private static func xml(_ days: String, head: String = #"year="2026" country="kz""#) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment with <day d="02.02" t="1"/> -->
        <calendar \(head) lang="ru" date="2025.11.01">
          <holidays>
            <holiday id="1" title="Новый год &amp; &#1090;.&#x434;."/>
          </holidays>
          <days>
        \(days)
          </days>
        </calendar>
        """
    }

    @Test func theXMLTellsWhatIsNotAsTheWeekHasIt() throws {
        let found = try Self.read(
            Self.xml(
                """
                    <day d="01.01" t="1" h="1"/>
                    <day d='01.03' t='3'  f="01.05" />
                    <day d="01.05" t="1" f="01.03"></day>
                    <day t="2" d="01.06">text</day>
                """))
        #expect(found.form == .xmlcalendar && found.year == 2026 && found.country == "kz")
        #expect(found.days.count == 365)
        // From Thursday 1 January: a holiday, a Friday, a working Saturday, a Sunday.
        #expect(
            found.days.prefix(7) == [
                .rest, .working, .working, .rest, .rest, .shortened, .working,
            ])
        // Slowly: every other day as its weekday has it.
        for (offset, day) in found.days.enumerated().dropFirst(6) {
            let weekday = date("2026-01-01").adding(days: offset)!.weekday
            #expect(day == (weekday == .saturday || weekday == .sunday ? .rest : .working))
        }
    }

    @Test func theDigitsTellEachDay() throws {
        var digits = Array(repeating: "0", count: 366)
        digits[0] = "1"
        digits[1] = "2"
        digits[2] = "4"
        for text in [digits.joined(), digits.joined() + "\r\n", digits.joined(separator: "\n")] {
            let found = try Self.read(text, year: 2024)
            #expect(found.form == .isdayoff && found.country == nil)
            #expect(found.days.count == 366)
            #expect(found.days.prefix(4) == [.rest, .shortened, .working, .working])
        }
        // With the mark that a spreadsheet puts in front.
        #expect(try Self.read("\u{FEFF}" + digits.joined(), year: 2024).year == 2024)
    }

    @Test(
        arguments: [
            // what stands in the file, the line, and what is expected
            ("", nil, 1, "expected the XML of xmlcalendar.ru"),
            ("{}", nil, 1, "expected the XML of xmlcalendar.ru"),
            ("000", nil, 1, "expected --year"),
            ("000", 2026, 1, "expected 365 digits for 2026, found 3"),
            ("101", 2026, 1, "101 is an error of isdayoff.ru"),
            ("00\n03", 2026, 2, "expected the digits 0, 1, 2 and 4"),
            ("<html></html>", nil, 1, "expected <calendar>"),
            ("<calendar>\n<days></days></calendar>", nil, 1, "expected a 'year' of <calendar>"),
            ("<calendar year='26'></calendar>", nil, 1, "expected a 'year' as 2026, found '26'"),
            ("<calendar year='2026'></calendar>", 2025, 1, "expected the year 2025, found 2026"),
            ("<calendar year='2026'>\n\n</calendar>", nil, 3, "expected days in <days>"),
            ("<calendar year='2026'>\n<days>", nil, 2, "expected </days>"),
            (
                "<calendar year='2026'></calendar><calendar year='2026'/>", nil, 1,
                "expected one outermost"
            ),
            ("<calendar year='2026' year='2026'/>", nil, 1, "expected the attribute 'year' once"),
            ("<calendar year=2026/>", nil, 1, "expected a value in quotes"),
            ("<calendar year='2026/>", nil, 1, "expected the end of a value"),
            ("<calendar year='&y;'/>", nil, 1, "expected an entity of XML itself, found '&y;'"),
            ("<calendar year='2026'></days>", nil, 1, "expected </calendar>"),
            ("<!-- <calendar", nil, 1, "expected the end of a comment"),
            ("<!DOCTYPE c [<!ENTITY a 'b'>]>\n<calendar/>", nil, 1, "a document type"),
            ("<calendar year='2026'>\n<![CDATA[x]]></calendar>", nil, 2, "a document type"),
            ("<calendar year='2026'>\n<?php ?></calendar>", nil, 2, "a document type"),
        ] as [(String, Int?, Int, String)])
    func whatIsWrongIsToldWithItsLine(text: String, year: Int?, line: Int, expected: String) {
        do {
            let found = try Self.read(text, year: year)
            Issue.record("read \(found.year)")
        } catch {
            #expect(error.line == line)
            #expect(error.problem.description.contains(expected), "\(error.problem)")
            #expect(error.problem.isTranslated, "\(error.problem.key)")
        }
    }

    @Test(arguments: [
        (#"<day d="02.29" t="1"/>"#, "expected 'd', a day of 2026 as MM.DD, found '02.29'"),
        (#"<day d="1.1" t="1"/>"#, "found '1.1'"), (#"<day t="1"/>"#, "found ''"),
        (#"<day d="+1.01" t="1"/>"#, "found '+1.01'"),
        (#"<day d="01.01" t="4"/>"#, "to be 1, 2 or 3, found '4'"),
        (#"<day d="01.01"/>"#, "to be 1, 2 or 3, found ''"),
        (#"<day d="01.02" t="1"/><day d="01.02" t="1"/>"#, "expected the day 2026-01-02 once"),
    ])
    func aWrongDayIsToldWithItsLine(day: String, expected: String) {
        do {
            let found = try Self.read(Self.xml("\n\(day)"))
            Issue.record("read \(found.year)")
        } catch {
            #expect(error.line == 9)
            #expect(error.problem.description.contains(expected), "\(error.problem)")
            #expect(error.problem.isTranslated)
        }
    }

    @Test func whatIsTooMuchIsRefused() {
        let deep = String(repeating: "<a>", count: 40)
        let long = String(repeating: " ", count: ProductionCalendar.sizeLimit) + "<calendar/>"
        let wide = (0..<40).map { " a\($0)='x'" }.joined()
        for (text, expected) in [
            ("<calendar year='2026'>" + deep, "at most 16 deep"), (long, "at most 1048576 bytes"),
            ("<calendar year='2026'\(wide)/>", "the attribute 'a31' once"),
            ("<" + String(repeating: "a", count: 100) + "/>", "expected a name"),
        ] {
            do {
                _ = try Self.read(text)
                Issue.record("read")
            } catch {
                #expect(error.problem.description.contains(expected), "\(error.problem)")
            }
        }
    }

    /// Whatever bytes come, there is an answer or a fault with a line that the text has.
    @Test func drawnBytesAreReadOrRefused() {
        let whole = Array(Self.xml(#"<day d="01.01" t="1"/><day d="03.05" t="2"/>"#).utf8)
        var source = SeededGenerator(seed: 7)
        for _ in 0..<4_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &source) {
                let place = Int.random(in: 0..<bytes.count, using: &source)
                switch Int.random(in: 0...2, using: &source) {
                case 0: bytes[place] = .random(in: 0...255, using: &source)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                }
            }
            do {
                let found = try ProductionCalendar(reading: bytes, year: nil)
                #expect(found.days.count == 365 || found.days.count == 366)
            } catch {
                let lines = bytes.filter { $0 == UInt8(ascii: "\n") }.count + 1
                #expect((1...lines).contains(error.line))
            }
        }
    }
}
