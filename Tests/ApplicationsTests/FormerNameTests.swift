// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts

/// A document that was renamed: `test-certificate` is `test-statement` now (R8.8).
@Suite struct FormerNameTests {
    private static let old = "test-certificate"
    private static let new = "test-statement"
    private static let profile = ApplicantProfile(group: "preschool-teacher")

    private func standard(_ id: String = "std-7") throws -> ServiceStandard {
        try #require(try Repository.library().standards[id])
    }

    /// Complete papers, with the statement under a name.
    private func papers(
        _ name: String, expires: CivilDate? = nil
    ) throws -> [PresentedDocument] {
        try Clerk.complete(Self.profile, standard()).map {
            $0.id == Self.new
                ? PresentedDocument(id: name, original: true, copy: true, expires: expires) : $0
        }
    }

    @Test(arguments: ["std-7", "std-8"])
    func theFormerNameIsTheSameDocument(id: String) throws {
        let standard = try standard(id)
        let document = try #require(standard.document(Self.new))
        #expect(standard.document(Self.old) == document)
        #expect(document.id == Self.new)
        #expect(document.formerly == [Self.old])
        #expect(!standard.documents.map(\.id).contains(Self.old))
        for name in ["", "test", "certificate", "TEST-CERTIFICATE"] {
            #expect(standard.document(name) == nil)
        }
    }

    @Test func papersUnderTheFormerNameAreChecked() throws {
        let standard = try standard()
        let today = date("2027-02-11")
        func report(_ shown: [PresentedDocument]) throws -> IntakeReport {
            try standard.check(shown, of: Self.profile, on: today)
        }
        #expect(try report(papers(Self.old)) == report(papers(Self.new)))
        #expect(try report(papers(Self.old)).isComplete)
        let expired = try report(papers(Self.old, expires: date("2027-02-10")))
        #expect(expired.failing.map(\.document.id) == [Self.new])
        #expect(expired.failing[0].problems == [.expired])
        let twice =
            try papers(Self.new) + [PresentedDocument(id: Self.old, original: true, copy: true)]
        #expect(throws: IntakeFault.documentTwice(Self.new)) { try report(twice) }
    }

    /// Callers that send the former name get the same register as those that send the present one.
    @Test func papersUnderTheFormerNameAreRecordedUnderThePresentOne() throws {
        var (former, present) = (try Clerk(), try Clerk())
        try former.accept("2026-03-18T16:05", former.handIn(documents: papers(Self.old)))
        try present.accept("2026-03-18T16:05", present.handIn(documents: papers(Self.new)))
        #expect(former.register == present.register)
        #expect(former.view.documents.map(\.id).contains(Self.new))
        let shown = try papers(Self.old, expires: date("2026-03-17"))
        try former.decline("2026-03-18T16:10", former.handIn(documents: shown))
        #expect(former.register.view(former.id(2))?.failing.map(\.id) == [Self.new])
    }

    /// A register that was begun under the former name: its places stay, the present name comes behind,
    /// and the papers of both are printed with the title of today.
    @Test(arguments: Language.allCases)
    func aRegisterBegunUnderTheFormerNameGoesOn(language: Language) throws {
        let standard = try standard()
        let terms = try #require(RegisterTerms(standard, kind: "corporation"))
        let before = RegisterTerms(
            standard: terms.standard, kind: terms.kind, channels: terms.channels,
            groups: terms.groups, documents: terms.documents.map { $0 == Self.new ? Self.old : $0 },
            grounds: terms.grounds)
        let clerk = try Clerk()
        func accepted(_ register: ApplicationRegister) throws -> [ApplicationEvent] {
            try register.accept(
                clerk.handIn(documents: papers(Self.old)), of: Clerk.applicant,
                at: moment("2026-03-18T16:05"), clerk.clocks(moment("2026-03-18T16:05")))
        }
        // What a program that knew only the former name has written.
        var register = ApplicationRegister(terms: before)
        let events = try accepted(ApplicationRegister(terms: terms))
        let isOldTaken = register.replay([.opened(before)] + events, revision: 1)
        #expect(isOldTaken)
        #expect(register.view(clerk.id(1))?.documents.map(\.id).contains(Self.old) == true)
        let next = try accepted(register)
        let isNewTaken = register.replay(next, revision: 2)
        #expect(isNewTaken)
        #expect(register.terms.documents == before.documents + [Self.new])
        #expect(register.view(clerk.id(1))?.documents.map(\.id).contains(Self.old) == true)
        #expect(register.view(clerk.id(2))?.documents.map(\.id).contains(Self.new) == true)
        let title = try #require(standard.document(Self.new)).title[language]
        let place = standard.place(of: RuleID("R8.8")!, in: language).description
        for number in UInt32(1)...2 {
            let view = try #require(register.view(clerk.id(number)))
            let paper = PaperMaker(
                view, clerk.clocks(moment("2026-03-18T17:00"), language),
                office: LocalizedText(kk: "К", ru: "О", en: "O"),
                address: LocalizedText(kk: "", ru: "", en: ""), name: ""
            ).paper(.html)
            #expect(paper.contains("<td>\(title)</td><td>\(place)</td>"))
            #expect(!paper.contains(Self.old))
        }
    }
}
