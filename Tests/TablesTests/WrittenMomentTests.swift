// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing

@testable import KezekTables

@Suite struct WrittenMomentTests {
    @Test func whatSpreadsheetsAndProgramsWriteIsRead() throws {
        // A text, the moment that it is, its offset in minutes, and how another is written alike.
        let cases: [(String, String, Int32?, String)] = [
            ("2026-03-19T16:05", "2026-03-19T16:05", nil, "2026-04-02T20:00"),
            ("2026-03-19 16:05", "2026-03-19T16:05", nil, "2026-04-02 20:00"),
            ("2026-03-19 16:05:00", "2026-03-19T16:05", nil, "2026-04-02 20:00:00"),
            ("2026-03-19T16:05:59", "2026-03-19T16:05:59", nil, "2026-04-02T20:00:00"),
            ("2026-03-19T16:05:59.123", "2026-03-19T16:05:59", nil, "2026-04-02T20:00:00"),
            ("2026-03-19T16:05+05:00", "2026-03-19T16:05", 300, "2026-04-02T20:00+05:00"),
            ("2026-03-19T16:05:00.000Z", "2026-03-19T16:05", 0, "2026-04-02T20:00:00+05:00"),
            ("2026-03-19 16:05-0330", "2026-03-19T16:05", -210, "2026-04-02 20:00+05:00"),
            ("2026-03-19T16:05+06", "2026-03-19T16:05", 360, "2026-04-02T20:00+05:00"),
            ("19.03.2026 16:05", "2026-03-19T16:05", nil, "02.04.2026 20:00"),
            ("19.03.2026 16:05:30", "2026-03-19T16:05:30", nil, "02.04.2026 20:00:00"),
            ("9.3.2026 9:05", "2026-03-09T09:05", nil, "02.04.2026 20:00"),
            (" 19.03.2026 00:00\u{A0}", "2026-03-19T00:00", nil, "02.04.2026 20:00"),
            ("2026-03-19", "2026-03-19", nil, "2026-04-02T20:00"),
            ("29.2.2028", "2028-02-29", nil, "02.04.2026 20:00"),
        ]
        let due = moment("2026-04-02T20:00")
        for (text, expected, offset, written) in cases {
            let read = try #require(WrittenMoment(text), "\(text)")
            let shown = read.time.map { "\(CivilDateTime(read.date, $0))" } ?? "\(read.date)"
            #expect(shown == expected, "\(text)")
            #expect(read.offset?.seconds == offset.map { $0 * 60 }, "\(text)")
            #expect(read.form.text(due, offset: UTCOffset("+05:00")) == written, "\(text)")
            #expect(
                read.form.text(due.date) == (text.contains(".2") ? "02.04.2026" : "2026-04-02"))
        }
    }

    @Test(arguments: [
        "2026-03-19T16:05 x", "2026-03-19T16:05+1860", "2026-03-19T16:05+050", "", " ", "tomorrow",
        "2026-03-32T16:05", "2026-3-19", "2026-03-19T9:05", "2026-03-19T24:00",
        "2026-03-19T16:60", "2026-03-19T16", "2026-03-19T16:05+5",
        "2026-03-19T16:05+05:", "2026-03-19T16:05+05:60", "2026-03-19T16:05+19:00",
        "2026-03-19T16:05+18:01", "2026-03-19+05:00", "2026-03-19T16:05.5", "2026-03-19T16:05:00.",
        "2026-03-19T16:05:00.1234567890", "2026-03-19  16:05", "19.03.26", "19.03.2026T16:05",
        "19.03.2026 16:05+05:00", "19.03.2026 16:5", "29.02.2027", "31.04.2026 10:00", "03/04/2026",
        "19.03.2026 16.05", "46100", "19.03.2026,16:05", "019.03.2026", "0000-01-01", "२०२६-०३-१९",
    ])
    func whatIsNoMomentIsRefused(text: String) {
        #expect(WrittenMoment(text) == nil)
    }

    @Test func everyDayIsReadAsItIsWritten() throws {
        let (dotted, dashed) = (
            try #require(WrittenMoment("1.1.2026")?.form),
            try #require(WrittenMoment("2026-01-01")?.form)
        )
        let numbers = CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber
        for number in numbers where number % 997 == 0 {
            let day = try #require(CivilDate(dayNumber: number))
            #expect(WrittenMoment(dotted.text(day))?.date == day)
            #expect(WrittenMoment(dashed.text(day))?.date == day)
        }
    }
}
