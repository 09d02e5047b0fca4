// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import ServiceStandards
import TestKit
import Testing
import Texts
import WorkingDays

/// A standard whole, as an office would print it.
@Suite struct StandardsShowTests {
    /// The text with its lines put together, as somebody hears it.
    private static func heard(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Everything that the model holds is told, in every language.
    @Test(arguments: Language.allCases)
    func nothingIsLeftOut(language: Language) async throws {
        let library = try Repository.library()
        for standard in library.standards.values {
            let run = try await kezek(
                "standards", "show", standard.id, "--language", language.rawValue)
            #expect(run.status == 0, "\(run.errors)")
            let heard = Self.heard(run.output)
            var texts = [standard.title, standard.act.title, standard.provider]
            texts += (standard.channels + standard.eventTerms).map(\.title)
            texts += standard.eventTerms.compactMap(\.event)
            texts += standard.offices.map(\.title) + standard.offices.compactMap(\.pause)
            texts += standard.provisions.map(\.text) + standard.groups.map(\.title)
            texts += standard.documents.map(\.title) + standard.refusals.map(\.text)
            texts += standard.policies.map(\.text) + [standard.homeVisit?.text].compactMap { $0 }
            for text in texts {
                #expect(heard.contains(Self.heard(text[language])), "\(text[language])")
            }
            var words = standard.homeVisit?.phones ?? []
            words += (standard.channels + standard.eventTerms).map { "[\($0.id)]" }
            words += standard.offices.map { "[\($0.id)]" } + standard.groups.map { "[\($0.id)]" }
            words += standard.policies.map { "\($0.name): \($0.value)" }
            words += standard.offices.flatMap { [$0.work, $0.reception] }.flatMap { hours in
                (hours.open.onlyHours?.intervals ?? []).map { "\($0.start)–\($0.end)" }
            }
            for word in words { #expect(heard.contains(word), "\(word)") }
            let minute = ["kk": "20 минут", "ru": "20 минут", "en": "20 minutes"]
            #expect(heard.contains(try #require(minute[language.rawValue])))
            for line in run.output.split(separator: "\n") {
                #expect(line.count <= 100, "\(line)")
                #expect(line.last != " ")
            }
        }
    }

    @Test func theDocumentsOfAGroupAreThoseOfNobodyElse() async throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        for group in standard.groups {
            let run = try await kezek(
                "standards", "show", "std-7", "--group", group.id, "--language", "ru", "--json")
            let documents = try #require(run.object["documents"] as? [[String: Any]])
            #expect(
                documents.compactMap { $0["id"] as? String }
                    == standard.documents.filter { $0.groups.contains(group.id) }.map(\.id))
            #expect(run.object["group"] as? String == group.id)
            let text = try await kezek(
                "standards", "show", "std-7", "--group", group.id, "--language", "ru")
            let heard = Self.heard(text.output)
            #expect(heard.contains("Документы: \(Self.heard(group.title.ru))"))
            for document in standard.documents where !document.groups.contains(group.id) {
                #expect(!heard.contains(Self.heard("- \(document.title.ru) (")), "\(document.id)")
            }
        }
    }

    @Test func theJSONHasTheFigures() async throws {
        let run = try await kezek("standards", "show", "std-8", "--json")
        #expect(run.status == 0)
        let channels = try #require(run.object["channels"] as? [[String: Any]])
        #expect(channels.compactMap { $0["length"] as? Int } == [20, 3, 7])
        #expect(channels[0]["unit"] as? String == "workingMinutes")
        #expect(channels[1]["rule"] as? String == "R3.2")
        #expect(channels[1]["firstDayCounts"] as? Bool == false)
        let offices = try #require(run.object["offices"] as? [[String: Any]])
        let work = try #require(offices[0]["work"] as? [String: Any])
        #expect(work["open"] as? [String] == ["09:00-13:00", "14:30-18:30"])
        #expect(offices[0]["restDays"] as? [String] == ["saturday", "sunday"])
        #expect(offices[1]["restDays"] as? [String] == ["sunday"])
        #expect((offices[1]["longestWait"] as? [String: Any])?["minutes"] as? Int == 20)
    }

    @Test func whatThereIsNotIsToldWithWhatThereIs() async throws {
        let standard = try await kezek("standards", "show", "std-9", "--language", "ru")
        #expect(standard.status == 1 && standard.output == "")
        #expect(standard.errors.contains("«std-9» не найдено; есть: std-7, std-8"))
        let group = try await kezek("standards", "show", "std-7", "--group", "x", "--json")
        #expect(group.status == 1)
        #expect(group.errors.contains("\"unknownGroup\""))
        #expect(group.errors.contains("methodologist"))
        #expect(try await kezek("standards", "--help").output.contains("show"))
    }
}
