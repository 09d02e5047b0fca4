// SPDX-License-Identifier: Apache-2.0

import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts

/// What the annexes 7 and 8 say, in the words of the standards.
@Suite struct LawTextTests {
    private static let ids = ["std-7", "std-8"]

    private func standard(_ id: String) throws -> ServiceStandard {
        try #require(try Repository.library().standards[id])
    }

    private func told(_ topic: String, _ id: String) throws -> LocalizedText {
        try #require(try standard(id).provisions.first { $0.topic == topic }?.text)
    }

    /// Each text has all of the words of its language.
    private func expect(_ text: LocalizedText, _ words: [Language: [String]]) {
        for (language, words) in words {
            for word in words {
                #expect(text[language].contains(word), "\(language): \(word)")
            }
        }
    }

    @Test(arguments: ids)
    func onlyTheCourseEndsInACertificate(id: String) throws {
        let standard = try standard(id)
        let statement = try #require(standard.document("test-statement"))
        #expect(statement.rule.description == "R8.8")
        expect(
            statement.title,
            [
                .kk: ["анықтама", "ұйымның қызметкері қол қояды", "мөр"],
                .ru: ["Справка", "подписанная работником", "печатью"],
                .en: ["Statement", "signed by an employee of the organisation", "stamped"],
            ])
        let certificates = standard.documents.filter {
            $0.title.kk.contains("сертификат") || $0.title.ru.lowercased().contains("сертификат")
        }
        #expect(certificates.map(\.rule.description) == ["R8.7"])
    }

    @Test(arguments: ids)
    func learnersAndChildrenInCareTeachingAndLessonsIndicators(id: String) throws {
        let standard = try standard(id)
        let titles: [(String, [Language: [String]])] = [
            (
                "pupil-achievements",
                [
                    .kk: ["Білім алушылардың", "тәрбиеленушілердің"],
                    .ru: ["обучающихся", "воспитанников"], .en: ["learners", "children in care"],
                ]
            ),
            (
                "lesson-observation",
                [
                    .kk: ["Оқытуды", "сабақтарды"], .ru: ["преподавания", "уроков"],
                    .en: ["teaching", "lessons"],
                ]
            ),
            (
                "individual-programmes",
                [
                    .kk: ["Маманның", "көрсеткіштері"], .ru: ["Показатели", "специалиста"],
                    .en: ["Indicators", "specialist's work"],
                ]
            ),
        ]
        for (document, words) in titles {
            expect(try #require(standard.document(document)).title, words)
        }
        expect(
            try told("originals", id),
            [.kk: ["оқытуды"], .ru: ["преподавания"], .en: ["teaching"]])
    }

    @Test(arguments: ids)
    func consentIsToSecretsInInformationSystemsAndTakenByAnEmployee(id: String) throws {
        expect(
            try told("consent", id),
            [
                .kk: ["ақпараттық жүйелерде", "корпорацияның қызметкері"],
                .ru: ["в информационных системах", "работник Государственной корпорации"],
                .en: ["contained in information systems", "an employee of the Corporation"],
            ])
    }

    /// R8.13 asks nothing further of these teachers, and R8.9 and R8.11 except others.
    @Test(arguments: ids)
    func teachersOfPrimaryAndBasicSecondaryOrganisationsBringNothingFurther(id: String) throws {
        let standard = try standard(id)
        let group = "primary-basic-secondary-teacher"
        #expect(standard.groups.filter { $0.id == group }.count == 1)
        let rules = Set(
            standard.documents.filter { $0.groups.contains(group) }.map(\.rule.description))
        #expect(rules == Set((1...11).map { "R8.\($0)" }))
    }

    @Test func theServiceHasItsNameInFull() throws {
        let (seven, eight) = (try standard("std-7").title, try standard("std-8").title)
        for title in [seven, eight] {
            #expect(title.kk.hasSuffix("аттестаттаудан өткізуге құжаттарды қабылдау"))
            #expect(title.kk.contains("біліктілік санаттарын беру (растау) үшін"))
            #expect(
                title.ru.hasPrefix(
                    "Приём документов для прохождения аттестации на присвоение (подтверждение) "
                        + "квалификационных категорий педагогам "))
            #expect(title.en.hasPrefix("Acceptance of documents for the attestation of teachers"))
        }
        for level in ["дошкольного", "начального", "основного", "общего", "послесреднего"] {
            #expect(seven.ru.contains(level))
        }
        for level in ["preschool", "primary", "basic", "general", "vocational", "post-secondary"] {
            #expect(seven.en.contains(level))
        }
        expect(
            eight,
            [
                .kk: ["Республикалық ведомстволық бағынысты"],
                .ru: ["республиканских подведомственных"], .en: ["republican subordinate"],
            ])
    }

    @Test(arguments: ids)
    func sitesAndTelephonesAreNamed(id: String) throws {
        let text = try told("addresses", id)
        for language in Language.allCases {
            // The Ministry's twice: for the addresses, and for the enquiry services' telephones.
            let parts = text[language].components("www.edu.gov.kz")
            #expect(parts == 3, "\(language)")
            #expect(text[language].contains("www.gov4c.kz"))
        }
        expect(text, [.kk: ["телефондары"], .ru: ["Телефоны справочных служб"], .en: ["enquiry"]])
        let phones = try #require(try standard(id).homeVisit?.phones)
        #expect(phones == ["1414", "8 800 080 7777"])
        #expect(phones[1].filter(\.isNumber).count == 11)
        let file = try Repository.text("Standards/\(id).yaml")
        #expect(file.contains("# Row 10 prints the second number once with five sevens"))
    }

    /// The sentences of row 5 apart: the return has no working day, and asking again has it.
    @Test(arguments: ids)
    func theReturnAndAskingAgainAreApart(id: String) throws {
        let (back, again) = (try told("return", id), try told("redelivery", id))
        let day = LocalizedText(kk: "бір жұмыс күні", ru: "одного рабочего дня", en: "one working")
        for language in Language.allCases {
            #expect(!back[language].contains(day[language]))
            #expect(again[language].contains(day[language]))
        }
        let file = try Repository.text("Standards/\(id).yaml")
        #expect(file.contains("applicant turns up later"))
    }

    /// Apart from its name, its provider and the number of the annex, one is as the other.
    @Test func theTwoStandardsSayTheSame() throws {
        let (seven, eight) = (try standard("std-7"), try standard("std-8"))
        #expect(seven.policies == eight.policies)
        #expect(seven.offices == eight.offices)
        #expect(seven.channels == eight.channels)
        #expect(seven.eventTerms == eight.eventTerms)
        #expect(seven.keeping == eight.keeping)
        #expect(seven.provisions == eight.provisions)
        #expect(seven.groups == eight.groups)
        #expect(seven.documents == eight.documents)
        #expect(seven.refusals == eight.refusals)
        #expect(seven.homeVisit == eight.homeVisit)
        #expect(seven.sources.map(\.places) == eight.sources.map(\.places))
        #expect(seven.sources.map(\.base) == eight.sources.map(\.base))
        #expect([seven, eight].map { $0.sources[0].annex } == [7, 8])
        #expect(seven.title != eight.title && seven.provider != eight.provider)
    }
}

extension String {
    /// Into how many parts a word cuts it.
    fileprivate func components(_ word: String) -> Int {
        split(separator: word, omittingEmptySubsequences: false).count
    }
}
