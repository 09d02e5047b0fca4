// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import TestKit
import Testing
import Texts

/// How the papers are laid out, to the last column and character.
@Suite struct PaperEdgeTests {
    private func paper(
        _ clerk: Clerk, _ form: PaperQuestion.Form, name: String, _ language: Language = .en
    ) -> String {
        let empty = LocalizedText(kk: "", ru: "", en: "")
        return PaperMaker(
            clerk.view, clerk.clocks(moment("2026-10-06T11:00"), language), office: empty,
            address: empty, name: name
        ).paper(form)
    }

    private func clerk() throws -> Clerk {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        return clerk
    }

    /// "Applicant: " and a first name of x, a space, and a second of y: together 79, 80 and 81 columns.
    @Test func aLineHasEightyColumns() throws {
        let clerk = try clerk()
        let head = "Applicant: "
        for (columns, isBroken) in [(79, false), (80, false), (81, true)] {
            let second = String(repeating: "y", count: 20)
            let first = String(repeating: "x", count: columns - head.count - 1 - second.count)
            let lines = paper(clerk, .text, name: "\(first) \(second)").split(separator: "\n")
            let line = lines.first { $0.hasPrefix(head) }
            #expect(line.map(String.init) == "\(head)\(first)" + (isBroken ? "" : " \(second)"))
            #expect(lines.contains { $0 == "    \(second)" } == isBroken)
        }
    }

    @Test(arguments: Language.allCases)
    func noLineIsWiderThanItsColumns(language: Language) throws {
        for line in paper(try clerk(), .text, name: "A", language).split(separator: "\n") {
            #expect(line.count <= 80, "\(line)")
        }
    }

    @Test func controlCharactersAreLeftOutOfAPage() throws {
        let clerk = try clerk()
        for (number, isShown) in [
            (UInt32(0x09), false), (0x1F, false), (0x20, true), (0x21, true), (0x7E, true),
            (0x7F, false), (0x80, false), (0x9F, false), (0xA0, true), (0x2027, true),
            (0x2028, false), (0x2029, false), (0x202A, true),
        ] {
            let scalar = Character(Unicode.Scalar(number)!)
            let page = paper(clerk, .html, name: "a\(scalar)b")
            #expect(page.contains("<dd>a\(isShown ? scalar : " ")b</dd>"), "\(number)")
        }
    }

    /// The proof is printed as long as the calendar says what it said.
    @Test func aProofStandsWithItsCalendar() throws {
        let clerk = try clerk()
        let right = try #require(clerk.application.due)
        for (at, version, isPrinted) in [
            (right.at, right.calendarVersion, true),
            (RegisterEdgeTests.after(right.at, 1), right.calendarVersion, false),
            (RegisterEdgeTests.after(right.at, -1), right.calendarVersion, false),
            (right.at, "kz-other", false),
        ] {
            var other = try Clerk(on: "2026-10-06")
            try other.record([
                .accepted(
                    clerk.application.handIn,
                    due: Deadline(
                        at: at, asKnownOn: right.asKnownOn, calendarVersion: version,
                        isProvisional: false))
            ])
            let text = paper(other, .text, name: "A")
            #expect(text.contains("the day of acceptance does not count") == isPrinted)
            #expect(text.contains("so the days are not listed") == !isPrinted)
        }
    }
}
