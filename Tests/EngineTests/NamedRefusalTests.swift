// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import HomeVisits
import KezekEngine
import Parties
import Queue
import TestKit
import Testing
import Texts

/// A refusal names what there is in place of what was named, and of a time the day.
@Suite struct NamedRefusalTests {
    private func told(_ refusal: VisitRefusal, _ language: Language) -> Refusal {
        VisitFault.refused(refusal).refusal(in: language)
    }

    private func told(
        _ refusal: QueueRefusal, on date: CivilDate?, _ language: Language
    ) -> String {
        CommandFault.refused(refusal, on: date, alternatives: []).refusal(in: language).message
    }

    private static let beginnings: [Language: String] = [
        .kk: "барлары: ", .ru: "есть: ", .en: "there are: ",
    ]

    @Test(arguments: Language.allCases)
    func theNamesThatThereAreAreListed(language: Language) throws {
        let crews = (1...2).map { CrewID("crew-\($0)")! }
        let needs = ["kit", "ramp"].map { NeedID($0)! }
        let areas = ["astana-1", "astana-2"].map { OfficeID($0)! }
        let table: [(VisitRefusal, Refusal.Reason, String)] = [
            (.unknownCrew(CrewID("x")!, known: crews), .unknownCrew, "crew-1, crew-2"),
            (.unknownNeed(NeedID("x")!, known: needs), .invalidField, "kit, ramp"),
            (.unknownClosure(NeedID("x")!, known: needs), .invalidField, "kit, ramp"),
            (.unknownArea(OfficeID("x")!, known: areas), .unknownArea, "astana-1, astana-2"),
        ]
        let beginning = try #require(Self.beginnings[language])
        for (refusal, reason, list) in table {
            let refusal = told(refusal, language)
            #expect(refusal.reason == reason)
            #expect(refusal.message.hasSuffix(beginning + list + "."), "\(refusal.message)")
        }
        let windows = (1...3).map { WindowID("\($0)")! }
        let message = told(.unknownWindow(WindowID("9")!, known: windows), on: nil, language)
        #expect(message.hasSuffix(beginning + "1, 2, 3."), "\(message)")
        // An office without windows on the day, an area that knows no needs.
        #expect(
            !told(.unknownWindow(WindowID("9")!, known: []), on: nil, language).contains(beginning))
        let none = told(.unknownNeed(NeedID("x")!, known: []), language).message
        #expect(!none.contains(beginning) && none.contains(where: \.isLetter), "\(none)")
        #expect(!told(.unknownArea(areas[0], known: []), language).message.contains(beginning))
    }

    /// However many there are, the sentence stays one that can be read.
    @Test(arguments: Language.allCases)
    func longListsAreCutShort(language: Language) {
        let crews = (1...48).map { CrewID("crew-\($0)")! }
        let message = told(.unknownCrew(CrewID("x")!, known: crews), language).message
        #expect(message.contains("crew-1, ") && message.contains("crew-20"))
        #expect(!message.contains("crew-21") && message.contains("28"), "\(message)")
        #expect(message.utf8.count < 400)
    }

    /// What the caller has not told of the person is named as it is on the wire, all of it at once.
    @Test(arguments: Language.allCases)
    func whatIsNotToldOfAPersonIsNamed(language: Language) {
        let refusal = told(.withoutWords([.name, .telephone]), language)
        #expect(refusal.reason == .invalidField && refusal.field == "person.name")
        #expect(refusal.message.contains(": person.name, person.telephone. "))
        #expect(!refusal.message.contains("person.address"))
    }

    /// A time is told with its date: whoever asks for another day would take it for one of today.
    @Test func aTimeHasItsDate() {
        let day = date("2026-11-24")
        let dates = [
            Language.kk: "2026 жылғы 24 қараша", .ru: "24 ноября 2026 года",
            .en: "24 November 2026",
        ]
        let because = LocalizedText(kk: "мереке", ru: "праздник", en: "a holiday")
        for language in Language.allCases {
            for refusal in [
                .slotPassed(36_000), .notASlot(36_000), .slotTaken(36_000),
                .takenOutsideReception(36_000), .impossibleTime(36_000),
            ] as [QueueRefusal] {
                let message = told(refusal, on: day, language)
                #expect(message.contains(dates[language]!), "\(message)")
                #expect(message.contains("10:00"), "\(message)")
                let bare = told(refusal, on: nil, language)
                #expect(bare.contains("10:00") && !bare.contains("2026"), "\(bare)")
            }
            #expect(told(.closed(because), on: day, language).contains(dates[language]!))
            #expect(!told(.closed(because), on: nil, language).contains("2026"))
            for refusal in [
                .noShift(CrewID("crew-1")!, on: day),
                .crewIs(CrewID("crew-1")!, absent: true, on: day),
                .crewIs(CrewID("crew-1")!, absent: false, on: day),
            ] as [VisitRefusal] {
                let message = told(refusal, language).message
                #expect(message.contains(dates[language]!), "\(message)")
            }
        }
        #expect(
            told(.slotPassed(36_000), on: day, .en)
                == "10:00 on 24 November 2026 has passed already; choose a later time.")
    }
}
