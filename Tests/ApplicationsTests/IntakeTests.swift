// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts

/// R8 and R9.3, sentence by sentence.
@Suite struct IntakeTests {
    /// The documents that every applicant hands in: R8.1 to R8.3, R8.5, R8.7, R8.8, R8.10.
    static let everybody = [
        "application", "identity", "diploma", "employment", "course-certificate",
        "test-statement", "professional-achievements",
    ]

    /// What R8.9, R8.11 and R8.13 add, by group.
    static let byGroup: [(group: String, documents: [String])] = [
        ("methodologist", ["lesson-observation", "methodologist-materials"]),
        (
            "general-secondary-teacher",
            ["pupil-achievements", "lesson-observation", "knowledge-quality"]
        ),
        ("primary-basic-secondary-teacher", ["pupil-achievements", "lesson-observation"]),
        (
            "technical-vocational-teacher",
            ["pupil-achievements", "lesson-observation", "knowledge-quality"]
        ),
        ("preschool-teacher", ["pupil-achievements", "lesson-observation", "skills-formed"]),
        (
            "supplementary-teacher",
            ["pupil-achievements", "lesson-observation", "programme-mastery"]
        ),
        ("special-teacher", ["pupil-achievements", "lesson-observation", "individual-programmes"]),
        ("pmpc-teacher", []),
    ]

    private static let today = date("2026-03-18")

    private static let ground = LocalizedText(
        kk: "(Аттестаттаудан өткізу қағидалары мен шарттары, 7-қосымша, 9-жол, R9.3)",
        ru: "(Правила и условия проведения аттестации, приложение 7, строка 9, R9.3)",
        en: "(Rules and conditions of attestation, annex 7, row 9, R9.3)")

    private func standard(_ id: String) throws -> ServiceStandard {
        try #require(try Repository.library().standards[id])
    }

    private func asked(
        _ profile: ApplicantProfile, _ standard: ServiceStandard
    ) throws -> Set<String> {
        Set(try standard.check([], of: profile, on: Self.today).lines.map(\.document.id))
    }

    @Test(arguments: ["std-7", "std-8"])
    func eachGroupHandsInWhatTheRegulationAsks(standard id: String) throws {
        let standard = try standard(id)
        #expect(standard.groups.map(\.id) == Self.byGroup.map(\.group))
        for (group, documents) in Self.byGroup {
            for (isRetrained, holdsCategory) in [
                (false, false), (true, false), (false, true), (true, true),
            ] {
                let profile = ApplicantProfile(
                    group: group, isRetrained: isRetrained, holdsCategory: holdsCategory)
                // R8.4 of those who were retrained, R8.6 of those who hold a category.
                let expected =
                    Self.everybody + documents + (isRetrained ? ["retraining"] : [])
                    + (holdsCategory ? ["category-held"] : [])
                #expect(try asked(profile, standard) == Set(expected), "\(profile)")
            }
        }
    }

    /// R8.12: from the diploma to the sheets of observation.
    @Test func originalsWithCopiesAreGivenBack() throws {
        let withCopies: Set = [
            "R8.3", "R8.4", "R8.5", "R8.6", "R8.7", "R8.8", "R8.9", "R8.10", "R8.11",
        ]
        for document in try standard("std-7").documents {
            let isListed = withCopies.contains(document.rule.description)
            #expect((document.form == .originalAndCopy) == isListed, "\(document.id)")
            // R8.2: the identity document is for identification, and is given back too.
            #expect(document.givenBack == (isListed || document.id == "identity"))
        }
    }

    @Test func eachMissingDocumentIsNamedAndNoOther() throws {
        let standard = try standard("std-7")
        for (group, _) in Self.byGroup {
            let profile = ApplicantProfile(group: group, isRetrained: true, holdsCategory: true)
            let complete = try Clerk.complete(profile, standard)
            #expect(try standard.check(complete, of: profile, on: Self.today).isComplete)
            for missing in complete {
                let report = try standard.check(
                    complete.filter { $0 != missing }, of: profile, on: Self.today)
                #expect(!report.isComplete)
                #expect(report.failing.map(\.document.id) == [missing.id])
                #expect(report.failing[0].problems == [.missing])
            }
        }
    }

    @Test func whatIsWrongWithADocumentIsTold() throws {
        let standard = try standard("std-7")
        let profile = ApplicantProfile(group: "pmpc-teacher")
        let yesterday = date("2026-03-17")
        let table: [(String, Bool, Bool, CivilDate?, [IntakeProblem])] = [
            ("diploma", true, true, nil, []),
            ("diploma", true, false, nil, [.copyMissing]),
            ("diploma", false, true, nil, [.originalMissing]),
            ("diploma", false, false, nil, [.missing]),
            ("diploma", true, true, Self.today, []),
            ("diploma", true, true, yesterday, [.expired]),
            ("diploma", true, false, yesterday, [.copyMissing, .expired]),
            ("identity", true, false, nil, []),
            ("identity", false, true, nil, [.originalMissing]),
            ("identity", true, false, yesterday, [.expired]),
        ]
        for (id, original, copy, expires, problems) in table {
            let shown = PresentedDocument(
                id: id, original: original, copy: copy, expires: expires)
            let others = try Clerk.complete(profile, standard).filter { $0.id != id }
            let report = try standard.check(others + [shown], of: profile, on: Self.today)
            let line = try #require(report.lines.first { $0.document.id == id })
            #expect(line.problems == problems, "\(shown)")
            #expect(report.isComplete == problems.isEmpty)
        }
    }

    @Test func whatIsNotAskedForIsToldAndHeldAgainstNobody() throws {
        let standard = try standard("std-7")
        let profile = ApplicantProfile(group: "pmpc-teacher")
        // R8.11: no sheets of observation of PMPC teachers; an old one does no harm.
        let extra = PresentedDocument(
            id: "lesson-observation", original: false, copy: true, expires: date("2020-01-01"))
        let report = try standard.check(
            try Clerk.complete(profile, standard) + [extra], of: profile, on: Self.today)
        #expect(report.isComplete)
        let line = try #require(report.lines.first { $0.document.id == extra.id })
        #expect(!line.isAskedFor)
        #expect(line.problems.isEmpty)
    }

    @Test func namesThatAreNotInTheStandardAreFaults() throws {
        let standard = try standard("std-7")
        let diploma = PresentedDocument(id: "diploma", original: true, copy: true)
        let unknown = PresentedDocument(id: "passport", original: true, copy: true)
        let table: [(String, [PresentedDocument], IntakeFault)] = [
            ("teacher", [], .unknownGroup("teacher", known: standard.groups.map(\.id))),
            (
                "methodologist", [diploma, unknown],
                .unknownDocument("passport", known: standard.documents.map(\.id))
            ),
            ("methodologist", [diploma, diploma], .documentTwice("diploma")),
        ]
        for (group, documents, fault) in table {
            #expect(throws: fault) {
                try standard.check(
                    documents, of: ApplicantProfile(group: group), on: Self.today)
            }
        }
    }

    @Test func theReportSpeaksThreeLanguages() throws {
        let standard = try standard("std-7")
        let report = try standard.check(
            [], of: ApplicantProfile(group: "methodologist"), on: Self.today)
        for language in Language.allCases {
            let answer = report.answer(in: language, standard)
            #expect(!answer.isComplete)
            #expect(answer.ground.hasSuffix(Self.ground[language]))
            #expect(
                answer.lines.map(\.title)
                    == report.lines.map { $0.document.title[language] })
        }
    }
}
