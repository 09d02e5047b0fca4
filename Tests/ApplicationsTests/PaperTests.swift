// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts
import WorkingDays

@Suite struct PaperTests {
    private static let office = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
    private static let address = LocalizedText(kk: "Көше 1", ru: "Улица 1", en: "Street 1")

    private func paper(
        _ clerk: Clerk, _ language: Language, _ form: PaperQuestion.Form, name: String = "",
        at now: String = "2026-03-18T17:00"
    ) -> String {
        PaperMaker(
            clerk.view, clerk.clocks(moment(now), language), office: Self.office,
            address: Self.address, name: name
        ).paper(form)
    }

    @Test(arguments: Language.allCases, [PaperQuestion.Form.text, .html])
    func aReceiptSaysAllThatTheApplicantNeeds(language: Language, form: PaperQuestion.Form) throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        let text = paper(clerk, language, form).replacing(/\n\s*/, with: " ")
        let standard = try #require(try Repository.library().standards["std-7"])
        let due = language.date(date("2026-03-26"))
        let expected = [
            "astana-1/2026-03-18/1", due, "20:00", "16:05", Self.office[language],
            Self.address[language], "R3.2", "R3.4", "R5.2", "R5.3", "R5.4", "R5.5",
            standard.act.title[language],
            standard.place(of: RuleID("R8.14")!, in: language).inBrackets,
            standard.citation(RuleID("R3.4")!, in: language).description,
            "1414", "2026-03-21", "2026-03-24",
            clerk.application.due?.calendarVersion ?? "?",
        ]
        for part in expected { #expect(text.contains(part), "\(part)") }
        for document in clerk.view.documents {
            let known = try #require(standard.document(document.id))
            #expect(text.contains(known.title[language]), "\(document.id)")
            let place = standard.place(of: known.rule, in: language).description
            #expect(text.contains(place), "\(document.id)")
        }
    }

    @Test(arguments: Language.allCases, [PaperQuestion.Form.text, .html])
    func aRefusalSaysWhatIsMissingAndNoDueDate(language: Language, form: PaperQuestion.Form) throws
    {
        var clerk = try Clerk()
        let handIn = try clerk.handIn()
        let shown =
            handIn.documents.filter { $0.id != "diploma" && $0.id != "test-statement" }
            + [
                PresentedDocument(
                    id: "test-statement", original: true, copy: false,
                    expires: date("2025-12-31"))
            ]
        try clerk.decline("2026-03-18T10:00", try clerk.handIn(documents: shown))
        let text = paper(clerk, language, form).replacing(/\n\s*/, with: " ")
        let standard = try #require(try Repository.library().standards["std-7"])
        let ground = standard.place(of: RuleID("R9.3")!, in: language)
        #expect(text.contains(ground.inBrackets))
        #expect(text.contains(language.date(date("2025-12-31"))))
        for id in ["diploma", "test-statement"] {
            let title = try #require(standard.documents.first { $0.id == id }?.title)
            #expect(text.contains(title[language]))
        }
        for word in ["R3.2", "R5.3", "1414"] { #expect(!text.contains(word)) }
    }

    @Test func aPageNeedsNothingFromElsewhereAndTakesNoMarkupFromAName() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        let name = #"<script>alert("1")</script> & 'x'"#
        let page = paper(clerk, .kk, .html, name: name)
        #expect(!page.contains("<script"))
        #expect(
            page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"kk\">"))
        for word in ["http", "src=", "href=", "url(", "@import"] {
            #expect(!page.contains(word), "\(word)")
        }
        // Every element that is opened is closed.
        var open: [Substring] = []
        for tag in page.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/)
        where tag.2 != "meta" && tag.2 != "br" {
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
    }

    @Test func aReceiptAfterACorrectionOfTheCalendarKeepsItsDate() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        let due = try #require(clerk.application.due)
        // As if the file had said something else on that day.
        try clerk.record([
            .clockMoved(
                1,
                to: Deadline(
                    at: due.at, asKnownOn: due.asKnownOn, calendarVersion: "kz-other",
                    isProvisional: false))
        ])
        let text = paper(clerk, .en, .text).replacing(/\n\s*/, with: " ")
        #expect(text.contains("kz-other"))
        #expect(text.contains("corrected since"))
        #expect(text.contains(Language.en.date(date("2026-03-26"))))
        #expect(!text.contains("2026-03-21"))
    }

    private static let early = CivilDateTime("2026-03-18T17:00")!

    /// Nobody is promised a day that is over.
    @Test func aStatusSaysWhatIsLate() throws {
        let late = CivilDateTime("2028-01-01T10:00")!
        var told: Set<Phase> = []
        for road in LifecycleTests.roads {
            var clerk = try Clerk()
            try clerk.accept("2026-03-18T16:05")
            for (action, at) in road.steps { try clerk.act(action, at) }
            guard let until = clerk.view.status(in: .en, office: Self.office, now: late).until
            else { continue }
            for language in Language.allCases {
                func sentence(_ now: CivilDateTime) -> String {
                    clerk.view.status(in: language, office: Self.office, now: now).sentence
                }
                #expect(sentence(until) == sentence(Self.early))
                #expect(sentence(until) != sentence(late), "\(road.phase)")
                #expect(sentence(until).contains(language.date(until.date)))
            }
            told.insert(road.phase)
        }
        #expect(told.isSuperset(of: [.accepted, .ready, .requested]))
    }

    /// R10.3: where it stands and until when; not the papers, not the decision, not the reasons.
    @Test func aStatusDisclosesNothingMore() throws {
        for road in LifecycleTests.roads {
            var clerk = try Clerk()
            try clerk.accept("2026-03-18T16:05")
            for (action, at) in road.steps { try clerk.act(action, at) }
            var sentences: Set<String> = []
            for language in Language.allCases {
                let status = clerk.view.status(
                    in: language, office: Self.office, now: Self.early)
                #expect(status.phase == road.phase)
                #expect(!status.sentence.isEmpty)
                sentences.insert(status.sentence)
                for secret in ["archive", "preschool", "corporation", "diploma"] {
                    #expect(!status.sentence.contains(secret))
                }
                let end = road.phase == .suspended ? nil : clerk.view.clock?.end?.at
                #expect(status.until == end)
            }
            #expect(sentences.count == 3)
        }
        var granted = try Clerk()
        var refused = try Clerk()
        try granted.accept("2026-03-18T16:05")
        try refused.accept("2026-03-18T16:05")
        try granted.act(.complete(ground: nil, note: ""), "2026-03-19T10:00")
        try refused.act(
            .complete(ground: "requirements-not-met", note: "x"), "2026-03-19T10:00")
        #expect(
            granted.view.status(in: .ru, office: Self.office, now: Self.early)
                == refused.view.status(in: .ru, office: Self.office, now: Self.early))
    }
}
