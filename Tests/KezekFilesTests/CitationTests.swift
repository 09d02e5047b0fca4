// SPDX-License-Identifier: Apache-2.0

import Deadlines
import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts
import WorkingDays

/// Rules as people are told of them: the act, the annex, the row, the item.
@Suite struct CitationTests {
    private static let ids = ["std-7", "std-8"]

    private func standard(_ id: String) throws -> ServiceStandard {
        try #require(try Repository.library().standards[id])
    }

    /// Every rule that the text of a file names as one.
    private func cited(_ id: String) throws -> Set<String> {
        let text = try Repository.text("Standards/\(id).yaml")
        return Set(text.matches(of: /rule: (R[0-9]+\.[0-9]+)/).map { String($0.1) })
    }

    /// The rows of the annexes have the numbers of the rules; the documents are the items of row 8.
    @Test(arguments: ids)
    func everyRuleHasItsPlace(id: String) throws {
        let standard = try standard(id)
        let rules = try cited(id)
        #expect(rules.count > 40)
        let listed = standard.sources.flatMap(\.places).map(\.rule.description)
        #expect(Set(listed) == rules)
        #expect(listed.count == rules.count)
        for name in rules {
            let rule = try #require(RuleID(name))
            let numbers = name.dropFirst().split(separator: ".").compactMap { Int($0) }
            let place = standard.sources[0].place(of: rule)
            if numbers[0] == 11 {
                #expect(place == nil)
                #expect(standard.sources[1].place(of: rule)?.row == nil)
            } else {
                #expect(place?.row == numbers[0], "\(name)")
                let item = numbers[0] == 8 && numbers[1] <= 11 ? numbers[1] : nil
                #expect(place?.item == item, "\(name)")
            }
            for language in Language.allCases {
                let citation = standard.citation(rule, in: language)
                #expect(!citation.parts.isEmpty)
                #expect(citation.description.hasSuffix(" (\(name))"))
                #expect(citation.inBrackets.hasSuffix(", \(name))"))
            }
        }
    }

    @Test func aRuleIsCitedInThreeLanguages() throws {
        let table: [(String, String, kk: String, ru: String, en: String)] = [
            (
                "std-7", "R3.4",
                "Аттестаттаудан өткізу қағидалары мен шарттары, 7-қосымша, 3-жол (R3.4)",
                "Правила и условия проведения аттестации, приложение 7, строка 3 (R3.4)",
                "Rules and conditions of attestation, annex 7, row 3 (R3.4)"
            ),
            (
                "std-8", "R7.1",
                "Аттестаттаудан өткізу қағидалары мен шарттары, 8-қосымша, 7-жол (R7.1)",
                "Правила и условия проведения аттестации, приложение 8, строка 7 (R7.1)",
                "Rules and conditions of attestation, annex 8, row 7 (R7.1)"
            ),
            (
                "std-8", "R8.10",
                "Аттестаттаудан өткізу қағидалары мен шарттары, 8-қосымша, 8-жол, 10-тармақша "
                    + "(R8.10)",
                "Правила и условия проведения аттестации, приложение 8, строка 8, подпункт 10 "
                    + "(R8.10)",
                "Rules and conditions of attestation, annex 8, row 8, item 10 (R8.10)"
            ),
            (
                "std-7", "R11.1", "2020 жылғы 14 мамырдағы № 202 бұйрық (R11.1)",
                "Приказ от 14 мая 2020 года № 202 (R11.1)", "Order No. 202 of 14 May 2020 (R11.1)"
            ),
            // Not of this standard: nobody says where it stands.
            ("std-7", "R99.1", "R99.1", "R99.1", "R99.1"),
        ]
        for (id, name, kk, ru, en) in table {
            let standard = try standard(id)
            let rule = try #require(RuleID(name))
            let told = Language.allCases.map { standard.citation(rule, in: $0).description }
            #expect(told == [kk, ru, en])
        }
    }

    @Test func aPageThatNamesTheActCitesTheRow() throws {
        let standard = try standard("std-7")
        let table: [(String, Language, String, brackets: String)] = [
            ("R5.3", .kk, "5-жол (R5.3)", "(5-жол, R5.3)"),
            ("R5.3", .ru, "строка 5 (R5.3)", "(строка 5, R5.3)"),
            ("R5.3", .en, "row 5 (R5.3)", "(row 5, R5.3)"),
            ("R8.8", .kk, "8-жол, 8-тармақша (R8.8)", "(8-жол, 8-тармақша, R8.8)"),
            ("R8.8", .ru, "строка 8, подпункт 8 (R8.8)", "(строка 8, подпункт 8, R8.8)"),
            ("R8.8", .en, "row 8, item 8 (R8.8)", "(row 8, item 8, R8.8)"),
            // Of another act than the page's.
            (
                "R11.2", .en, "Order No. 202 of 14 May 2020 (R11.2)",
                "(Order No. 202 of 14 May 2020, R11.2)"
            ),
            ("R99.1", .en, "R99.1", "(R99.1)"),
        ]
        for (name, language, alone, brackets) in table {
            let place = standard.place(of: try #require(RuleID(name)), in: language)
            #expect(place.description == alone)
            #expect(place.inBrackets == brackets)
        }
    }

    /// The annexes belong to the Rules, which are the annex to the order of 2016 in the wording of 2020.
    @Test(arguments: ids)
    func theActIsNamedInFull(id: String) throws {
        let act = try standard(id).act
        let annex = id.suffix(1)
        #expect(act.date == date("2020-05-14"))
        #expect(
            act.title.en
                == "Rules and conditions of attestation (annex to Order No. 83 of the Minister of "
                + "Education and Science of the Republic of Kazakhstan of 27 January 2016, as worded "
                + "by Order No. 202 of 14 May 2020), annex \(annex)")
        #expect(act.title.ru.hasPrefix("Правила и условия проведения аттестации ("))
        #expect(act.title.ru.hasSuffix(", приложение \(annex)"))
        #expect(act.title.kk.hasPrefix("Аттестаттаудан өткізу қағидалары мен шарттары ("))
        #expect(act.title.kk.hasSuffix(", \(annex)-қосымша"))
        for order in ["№ 83", "№ 202"] {
            #expect(act.title.ru.contains(order) && act.title.kk.contains(order))
        }
    }

    /// No text that a person reads has the id of a rule in it in place of where it stands.
    @Test(arguments: ids)
    func textsHaveNoIDsInThem(id: String) throws {
        let standard = try standard(id)
        let texts =
            [standard.title, standard.provider] + standard.policies.map(\.text)
            + (standard.channels + standard.eventTerms).flatMap {
                [$0.title, $0.event].compactMap { $0 }
            }
            + standard.offices.map(\.title) + standard.provisions.map(\.text)
            + standard.groups.map(\.title) + standard.documents.map(\.title)
            + standard.refusals.map(\.text) + [standard.homeVisit].compactMap { $0?.text }
        for text in texts {
            for language in Language.allCases {
                #expect(text[language].firstMatch(of: /R[0-9]/) == nil, "\(text[language])")
            }
        }
    }
}
