// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Parties
import TestKit
import Testing
import Texts

/// Words about an application are kept or refused, and never dropped.
@Suite struct WordTests {
    private static let office = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
    private static let suspend = ApplicationAction.suspend(
        reason: "archive", reviewBy: date("2026-04-10"))

    private func accepted() throws -> Clerk {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        return clerk
    }

    private func paper(_ clerk: Clerk, _ language: Language, name: String = "") -> String {
        PaperMaker(
            clerk.view, clerk.clocks(moment("2026-03-20T10:00"), language), office: Self.office,
            address: Self.office, name: name
        ).paper(.text)
    }

    @Test func eachReasonOfASuspensionIsKept() throws {
        var clerk = try accepted()
        try clerk.act(Self.suspend, "2026-03-19T10:00")
        try clerk.act(
            .suspend(reason: "the archive asks for more", reviewBy: date("2026-05-10")),
            "2026-03-20T10:00")
        try clerk.act(.suspend(reason: "", reviewBy: date("2026-06-10")), "2026-03-20T11:00")
        let time = try #require(clerk.view.suspended.first)
        #expect(time.reason == "archive")
        #expect(time.reviews.map(\.reason) == ["the archive asks for more", ""])
        #expect(
            time.reviews.map(\.by) == [moment("2026-05-10T20:00"), moment("2026-06-10T20:00")])
        #expect(
            time.reviews.map(\.at) == [moment("2026-03-20T10:00"), moment("2026-03-20T11:00")])
        #expect(clerk.application.clock?.at == moment("2026-06-10T20:00"))
        #expect(clerk.view.suspended.count == 1)
    }

    @Test func aDayOfReviewIsSetAsOftenAsItMay() throws {
        var clerk = try accepted()
        try clerk.act(Self.suspend, "2026-03-19T10:00")
        for _ in 0..<Application.reviewLimit { try clerk.act(Self.suspend, "2026-03-19T10:00") }
        #expect(
            refusal { try clerk.act(Self.suspend, "2026-03-19T10:00") } == .suspendedTooOften)
        // Another suspension counts anew.
        try clerk.act(.resume, "2026-03-19T11:00")
        try clerk.act(Self.suspend, "2026-03-19T12:00")
        try clerk.act(Self.suspend, "2026-03-19T12:00")
    }

    @Test func theReasonOfAWithdrawalAndTheNoteOfAResultAreKept() throws {
        var withdrawn = try accepted()
        try withdrawn.act(.withdraw(reason: "moved away"), "2026-03-19T10:00")
        #expect(withdrawn.view.withdrawal == "moved away")
        for (ground, note) in [
            (nil, "order No. 7"), ("requirements-not-met", "too short a service"), (nil, ""),
        ] {
            var clerk = try accepted()
            try clerk.act(.complete(ground: ground, note: note), "2026-03-19T10:00")
            #expect(clerk.view.result?.ground == ground)
            #expect(clerk.view.result?.note == note)
        }
    }

    @Test func wordsOfNothingButSpacesAreRefused() throws {
        for blank in [" ", "   ", "\u{A0}", "\u{2003}\u{202F}"] {
            var clerk = try accepted()
            let table: [(ApplicationAction, String)] = [
                (.withdraw(reason: blank), "reason"), (.complete(ground: nil, note: blank), "note"),
                (.complete(ground: "requirements-not-met", note: blank), "note"),
            ]
            for (action, field) in table {
                #expect(
                    refusal { try clerk.act(action, "2026-03-19T10:00") }
                        == .wordsBlank(field: field))
            }
            // A suspension needs a reason; another day of review may go without one.
            let suspend = ApplicationAction.suspend(reason: blank, reviewBy: date("2026-04-10"))
            #expect(refusal { try clerk.act(suspend, "2026-03-19T10:00") } == .reasonMissing)
            try clerk.act(Self.suspend, "2026-03-19T10:00")
            #expect(
                refusal { try clerk.act(suspend, "2026-03-19T10:00") }
                    == .wordsBlank(field: "reason"))
            #expect(clerk.view.suspended[0].reviews.isEmpty)
        }
        // A word among spaces is one.
        var clerk = try accepted()
        try clerk.act(.suspend(reason: " a ", reviewBy: date("2026-04-10")), "2026-03-19T10:00")
        #expect(clerk.view.suspended[0].reason == " a ")
    }

    @Test func forgettingLeavesNoWord() throws {
        var clerk = try accepted()
        try clerk.act(Self.suspend, "2026-03-19T10:00")
        try clerk.act(Self.suspend, "2026-03-19T11:00")
        try clerk.act(.withdraw(reason: "moved away"), "2026-03-19T12:00")
        try clerk.accept("2026-03-18T16:05")
        try clerk.act(.complete(ground: nil, note: "order No. 7"), "2026-03-19T10:00", 2)
        var register = clerk.register
        register.forget([Clerk.applicant])
        let first = try #require(register.application(1))
        #expect(first.suspended.map(\.reason) == [ForgottenWords.mark])
        #expect(first.suspended[0].reviews.map(\.reason) == [ForgottenWords.mark])
        #expect(first.withdrawal == ForgottenWords.mark)
        #expect(register.application(2)?.outcome == .granted(note: ForgottenWords.mark))
    }

    /// What is taken back while it stands still, stands still no longer, and its receipt says so.
    @Test func aWithdrawalEndsTheSuspension() throws {
        var clerk = try accepted()
        try clerk.act(Self.suspend, "2026-03-19T10:00")
        try clerk.act(.withdraw(reason: ""), "2026-03-20T12:30")
        #expect(clerk.application.suspended.map(\.until) == [moment("2026-03-20T12:30")])
        for (language, words, other) in [
            (Language.kk, "кері қайтарып алынды", "тоқтатыла тұрды"),
            (.ru, "отозвано", "приостановлено"), (.en, "was withdrawn", "suspended"),
        ] {
            let text = paper(clerk, language)
            #expect(text.contains(words) && !text.contains(other))
            // There is nothing to collect, and so nothing is said of that.
            let heading = [
                Language.kk: "Нәтижені алу", .ru: "Получение результата",
                .en: "Collecting the result",
            ][language]!
            #expect(!text.contains(heading))
            #expect(paper(try accepted(), language).contains(heading))
        }
        // A suspension that was over keeps its end.
        var resumed = try accepted()
        try resumed.act(Self.suspend, "2026-03-19T10:00")
        try resumed.act(.resume, "2026-03-19T11:00")
        try resumed.act(.withdraw(reason: ""), "2026-03-20T12:30")
        #expect(resumed.application.suspended.map(\.until) == [moment("2026-03-19T11:00")])
    }

    /// A name is on one line of the paper, whatever is in it.
    @Test func noTextOfOneLineHoldsTwo() throws {
        let clerk = try accepted()
        let plain = paper(clerk, .en, name: "Aigul Due by: tomorrow")
        for separator in [
            "\n", "\r\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}", "\u{0}",
            "\u{1B}",
        ] {
            let forged = paper(clerk, .en, name: "Aigul\(separator)Due by: tomorrow")
            #expect(forged.replacing("Aigul  Due", with: "Aigul Due") == plain)
        }
    }

    /// The status says in three languages that a time may still move, where it names one.
    @Test func aProvisionalStatusSaysSo() throws {
        // The three days after 12 May 2027 reach over the estimated Kurban Ait.
        var clerk = try Clerk(on: "2027-05-12")
        try clerk.accept("2027-05-12T10:00")
        #expect(clerk.application.due?.isProvisional == true)
        var firm = try Clerk(on: "2027-04-12")
        try firm.accept("2027-04-12T10:00")
        for (language, words) in [
            (Language.kk, "алдын ала"), (.ru, "предварительный"), (.en, "provisional"),
        ] {
            for now in ["2027-05-12T11:00", "2027-05-30T11:00"] {
                let status = clerk.view.status(
                    in: language, office: Self.office, now: moment(now))
                #expect(status.isProvisional && status.sentence.contains(words))
            }
            let status = firm.view.status(
                in: language, office: Self.office, now: moment("2027-04-12T11:00"))
            #expect(!status.isProvisional && !status.sentence.contains(words))
        }
    }

    @Test func aNumberWithSpacesAndDashesIsOne() throws {
        for text in [
            "900101300017", "of 900101300017.", "9900101300017", "900101 300017", "900101-300017",
            "9001 0130 0017", "900101\u{A0}300017", "900101–300017", "900101\u{200B}300017",
            "90 01 01 30 00 17", "case 12 900101  300 - 017 of 7", "№900101 - 300017",
            "900101.300017", "90.01.01.30.00.17", "90.01.01.300017", "900101,300017",
            "900101/300017",
            "900101·300017", "ИИН ９００１０１３０００１７", "٩٠٠١٠١٣٠٠٠١٧", "۹۰۰۱۰۱۳۰۰۰۱۷", "९००१०१३०००१७",
            "9\u{FE0F}\u{20E3}00101300017", "900101\u{3164}300017", "900101\u{2800}300017",
            "9001.01 3000.17", "90.01.01 300017", "20.03.2026 900101300017",
            "900101300017 20.03.2026", "900101, 300017", "900101. 300017", "9001, 0130, 0017",
            "900101:300017", "900101;300017", "(900101)(300017)", "900101*300017",
            "900101 | 300017",
            "900101+300017", "900101=300017", "900101\\300017", "900101→300017", "900101... 300017",
            "case 5 900101, 300017", "900, 101, 300, 017", "[900101] 300017", "«900101», 300017",
            "90:01:01:30:00:17", "90; 01; 01; 30; 00; 17",
        ] {
            #expect(IIN.isWithin(text), "\(text)")
        }
        for text in [
            "900101300018", "900101 300018", "900101x300017", "90010130001", "900101, 300018",
            "900101.300018", "900101 and 300017", "900101 № 300017", "900101 ----- 300018",
            "2026-03-19 2026-03-20", "2026-03-19 – 2026-03-20", "+7 701 234 56 78", "",
        ] {
            #expect(!IIN.isWithin(text), "\(text)")
        }
    }

    /// What people write of dates and times is nobody's number, whatever its digits add up to.
    @Test func datesWithTimesAreNoNumbers() {
        var (date, seen) = (CivilDate("2026-01-01")!, 0)
        for _ in 0..<730 {
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let (day, month) = (two(date.day), two(date.month))
            for (hour, minute) in [("09", "05"), ("10", "00"), ("16", "30")] {
                for text in [
                    "\(day).\(month).\(date.year) \(hour):\(minute)",
                    "\(day).\(month).\(date.year) \(hour)-\(minute)",
                    "\(day)/\(month)/\(date.year), \(hour).\(minute)",
                    "\(date.day).\(date.month).\(date.year) \(hour)\(minute)",
                    "\(day).\(month).\(date.year)–\(day).\(month).\(date.year)",
                    "\(date) \(hour):\(minute)", "\(date), \(hour):\(minute)",
                    "\(day).\(month).\(date.year), \(hour):\(minute)",
                    "\(day)-\(month)-\(date.year); \(hour):\(minute):00",
                    "\(day).\(month), \(hour):\(minute), \(day).\(month), \(minute)",
                    "\(hour):\(minute), 10:15, \(hour):\(minute)", "\(day).\(month), 21.03, 22.03",
                    "(\(day).\(month).\(date.year)) (\(hour):\(minute))",
                ] where IIN.isWithin(text) { seen += 1 }
            }
            date = date.adding(days: 1)!
        }
        #expect(seen == 0)
    }

    /// Nor are telephone numbers and lists of tickets.
    @Test func telephonesAndListsAreNoNumbers() {
        var seen: [String] = []
        for number in stride(from: 100, to: 10_000, by: 7) {
            let (a, b, c) = (number % 100, number / 3 % 100, number / 7 % 100)
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            func three(_ number: Int) -> String { "\(100 + number % 900)" }
            let local = "\(two(a))-\(two(b))-\(two(c))"
            seen += [
                "8 (7172) \(local), 8 (7172) \(two(c))-\(two(a))-\(two(b))",
                "(7172) \(local), (7132) \(local)", "\(local), \(two(b))-\(two(c))-\(two(a))",
                "+7 (701) \(three(number))-\(two(a))-\(two(b)), +7 (777) \(three(number))-\(two(c))-10",
                "+7 701 \(three(number)) \(two(a)) \(two(b))",
                "+7 (7172) \(local); +7-701-\(three(number))-\(two(b))-\(two(a))",
                "\(number), \(number + 1), \(number + 2), \(number + 3)",
                "\(number); \(number + 7); \(number + 20)",
                "\(number + 9), \(number + 3), \(number)",
                "100\(number), 100\(number + 1)",
            ].filter(IIN.isWithin)
        }
        #expect(seen == [])
    }

    /// However long the groups are: a remark holds 500 bytes, and no number of so many digits.
    @Test func groupsOfAnyLengthAreRead() {
        var seen: [String] = []
        func nines(_ count: Int) -> String { String(repeating: "9", count: count) }
        for long in [4, 5, 12, 18, 19, 20, 40, 498] {
            for mark in ["-", "/", ".", ":", " ", ", ", "\u{2013}"] {
                seen += [
                    "\(nines(long))\(mark)9", "9\(mark)\(nines(long))",
                    "1\(mark)2\(mark)\(nines(long))", "\(nines(long))\(mark)1\(mark)2",
                    "1\(mark)\(nines(long))\(mark)2",
                    "\(nines(long))\(mark)\(nines(long))\(mark)\(nines(long))",
                ].filter(IIN.isWithin)
            }
        }
        #expect(seen == [])
    }

    /// An office that is put under another standard goes on by it at once; what was accepted is done by
    /// the one by which it was.
    @Test func papersRunByTheStandardAsItIs() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T10:00")
        var other = try Clerk(standard: "std-8")
        let names = clerk.register.terms
        let handIn = try other.handIn(
            group: try #require(other.register.terms.groups.first))
        let events = try clerk.register.accept(
            handIn, of: Clerk.applicant, at: moment("2026-03-18T11:00"),
            other.clocks(moment("2026-03-18T11:00")))
        try clerk.record(events)
        #expect(clerk.register.applications.map(\.standard) == ["std-7", "std-8"])
        #expect(clerk.register.terms.standard == "std-8")
        #expect(clerk.register.terms.documents.starts(with: names.documents))
        #expect(clerk.register.view(clerk.id(1))?.standard == "std-7")
        #expect(clerk.register.view(clerk.id(2))?.standard == "std-8")
        // A result of the first adds no standard to what comes in.
        try clerk.act(
            .complete(ground: "requirements-not-met", note: "x"), "2026-03-19T10:00", 1)
        #expect(clerk.register.terms.standard == "std-8")
        try other.accept("2026-03-18T11:00", handIn)
        #expect(
            clerk.register.application(2)?.due == other.register.application(1)?.due)
    }
}
