// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekFiles
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts

/// What the papers say line by line, and nothing of another.
@Suite struct PaperLineTests {
    private static let empty = LocalizedText(kk: "", ru: "", en: "")

    private func paper(
        _ clerk: Clerk, _ form: PaperQuestion.Form, _ language: Language = .en
    ) -> String {
        PaperMaker(
            clerk.view, clerk.clocks(moment("2026-10-06T11:00"), language), office: Self.empty,
            address: Self.empty, name: "A"
        ).paper(form)
    }

    private func accepted(_ group: String, _ channel: String = "corporation") throws -> Clerk {
        var clerk = try Clerk(on: "2026-10-06")
        let standard = try #require(clerk.library.standards["std-7"])
        let profile = ApplicantProfile(group: group)
        try clerk.accept(
            "2026-10-06T10:00",
            HandIn(
                office: clerk.office, channel: channel, applicant: .reference("a"),
                profile: profile, documents: try Clerk.complete(profile, standard),
                consent: .given))
        return clerk
    }

    private func named(_ title: String) -> String {
        "<dd>\(title.replacing("'", with: "&#39;").replacing("\"", with: "&quot;"))</dd>"
    }

    @Test(arguments: Language.allCases)
    func aReceiptNamesTheGroupAndTheChannelAndNoOther(language: Language) throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        let channels = standard.channels.filter { $0.office == "corporation" }
        #expect(standard.groups.count > 3 && channels.count == 2)
        for group in standard.groups {
            for channel in channels {
                let page = paper(try accepted(group.id, channel.id), .html, language)
                for other in standard.groups {
                    let isNamed = page.contains(named(other.title[language]))
                    #expect(isNamed == (other.id == group.id), "\(group.id) \(other.id)")
                }
                for other in channels {
                    let isNamed = page.contains(named(other.title[language]))
                    #expect(isNamed == (other.id == channel.id), "\(channel.id) \(other.id)")
                }
            }
        }
    }

    /// What becomes of each document: as the standard says where papers are accepted, and back to the
    /// applicant where they are not asked for or nothing is accepted.
    @Test func eachDocumentIsKeptOrComesBack() throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        let materials = "methodologist-materials"
        for isAccepted in [true, false] {
            var clerk = try Clerk(on: "2026-10-06")
            var shown = try clerk.handIn().documents
            if !isAccepted { shown.removeAll { $0.id == "diploma" } }
            shown.append(PresentedDocument(id: materials, original: true, copy: false))
            let handIn = try clerk.handIn(documents: shown)
            if isAccepted {
                try clerk.accept("2026-10-06T10:00", handIn)
            } else {
                try clerk.decline("2026-10-06T10:00", handIn)
            }
            let text = paper(clerk, .text).replacing(/\n +/, with: " ")
            let lines = text.split(separator: "\n")
            for document in shown {
                let known = try #require(standard.document(document.id))
                let line = try #require(
                    lines.first { $0.hasPrefix("- \(known.title.en) ·") }, "\(document.id)")
                let stays = isAccepted && document.id != materials && !known.givenBack
                let isOther = document.id == materials
                let end = (stays ? "kept" : "given back") + (isOther ? " (not asked for)" : "")
                #expect(line.hasSuffix(" · \(end)"), "\(line)")
            }
        }
        #expect(standard.document(materials)?.givenBack == false)
    }

    /// The days of the term are numbered, and those that do not count are not.
    @Test func theDaysThatCountAreNumbered() throws {
        let text = paper(try accepted("preschool-teacher", "corporation-elsewhere"), .text)
        let marks = text.matches(of: /(?m)^- \d{4}-\d\d-\d\d \w\w · (\S+) ·/).map { "\($0.1)" }
        // From Tuesday 6 October: the day itself and a weekend do not count.
        #expect(marks == ["–", "1", "2", "3", "–", "–", "4", "5", "6", "7"])
        var clerk = try Clerk("provider", on: "2026-10-06")
        try clerk.accept("2026-10-06T12:50")
        let parts = paper(clerk, .text)
            .matches(of: /(?m)^- 2026-10-06 \w\w (\S+) · (\S+) ·/).map { "\($0.1) \($0.2)" }
        #expect(parts == ["12:50–13:00 +", "13:00–14:30 –", "14:30–14:40 +"])
    }

    /// What was taken back has no term any more, and so no proof of one.
    @Test func aWithdrawnReceiptProvesNothing() throws {
        var clerk = try accepted("preschool-teacher")
        let version = try #require(clerk.application.due?.calendarVersion)
        let heading = "How the term was worked out"
        #expect(paper(clerk, .text).contains(version) && paper(clerk, .text).contains(heading))
        try clerk.act(.withdraw(reason: ""), "2026-10-06T10:30")
        #expect(!paper(clerk, .text).contains(version))
        #expect(!paper(clerk, .text).contains(heading))
    }

    @Test func aReportSaysOfWhatACopyIsNeeded() throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        let answer = try standard.check(
            [], of: ApplicantProfile(group: "methodologist"), on: date("2026-10-06")
        ).answer(in: .en, standard)
        for line in answer.lines {
            let form = standard.document(line.document)?.form
            #expect(line.needsCopy == (form == .originalAndCopy), "\(line.document)")
        }
        #expect(Set(answer.lines.map(\.needsCopy)).count == 2)
    }

    // MARK: The status

    /// Behind a day on which the term stood still there is no act, and no dash before one.
    @Test func aDayOfSuspensionCitesNothing() throws {
        var clerk = try accepted("preschool-teacher")
        try clerk.act(.suspend(reason: "r", reviewBy: date("2026-10-20")), "2026-10-07T10:00")
        try clerk.act(.resume, "2026-10-12T10:00")
        let page = PaperMaker(
            clerk.view, clerk.clocks(moment("2026-10-13T11:00")), office: Self.empty,
            address: Self.empty, name: "A"
        ).paper(.html)
        #expect(page.contains("the term is suspended"))
        #expect(page.contains("the day of acceptance does not count — "))
        #expect(!page.contains("— <"))
    }

    /// An office's title has quotation marks of its own.
    @Test func anOfficeWithQuotationMarksIsQuotedByOthers() throws {
        var clerk = try accepted("preschool-teacher")
        let title = LocalizedText(
            kk: "«Үкімет» филиалы", ru: "Филиал «Правительство»", en: "“Government” branch")
        let now = moment("2026-10-07T10:00")
        func check() {
            for (language, told) in [
                (Language.kk, "«„Үкімет“ филиалы»"), (.ru, "«Филиал „Правительство“»"),
                (.en, "“Government” branch"),
            ] {
                let status = clerk.view.status(in: language, office: title, now: now)
                #expect(status.sentence.contains(told), "\(status.sentence)")
            }
        }
        try clerk.act(.suspend(reason: "r", reviewBy: date("2026-10-20")), "2026-10-07T10:00")
        check()
        try clerk.act(.resume, "2026-10-07T10:00")
        try clerk.act(.complete(ground: nil, note: ""), "2026-10-07T10:00")
        check()
    }

    @Test func aStatusIsLateInWords() throws {
        var clerk = try accepted("preschool-teacher")
        let late: [Language: String] = [.kk: "өтіп кетті", .ru: "истёк", .en: "is late"]
        func check(_ end: CivilDateTime) {
            for language in Language.allCases {
                for seconds in [Int32(0), 1] {
                    let sentence = clerk.view.status(
                        in: language, office: Self.empty, now: RegisterEdgeTests.after(end, seconds)
                    ).sentence
                    #expect(sentence.contains(late[language]!) == (seconds == 1), "\(sentence)")
                }
            }
        }
        check(try #require(clerk.application.due).at)
        try clerk.act(.complete(ground: nil, note: ""), "2026-10-07T10:00")
        try clerk.act(.returnUnclaimed, "2026-11-20T10:00")
        try clerk.act(.request, "2026-11-23T10:00")
        check(try #require(clerk.application.clock).at)
    }

    /// How long a result is kept is provisional as long as it is told, which is to its last second.
    @Test func aProvisionalStorageIsToldToItsLastSecond() throws {
        var clerk = try Clerk(on: "2027-12-30")
        try clerk.accept("2027-12-30T10:00")
        try clerk.act(.complete(ground: nil, note: ""), "2028-01-05T10:00")
        let end = try #require(clerk.application.clock)
        #expect(end.isProvisional)
        for (seconds, isTold) in [(Int32(-1), true), (0, true), (1, false)] {
            let sentence = clerk.view.status(
                in: .en, office: Self.empty, now: RegisterEdgeTests.after(end.at, seconds)
            ).sentence
            #expect(sentence.contains("provisional") == isTold, "\(seconds)")
            #expect(sentence.contains("kept until") == isTold, "\(seconds)")
        }
    }
}
