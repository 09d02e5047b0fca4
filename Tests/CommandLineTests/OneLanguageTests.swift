// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import ServiceStandards
import TestKit
import Testing

/// Questions of deadlines and calendars are answered in one language throughout.
@Suite struct OneLanguageTests {
    /// The commands, and the status of each.
    private static let commands: [([String], Int32)] = [
        (["due", "--channel", "corporation", "--accepted", "2026-03-19T16:05"], 0),
        (["due", "--channel", "storage", "--accepted", "2026-01-31T10:00"], 0),
        (["due", "--channel", "provider", "--accepted", "2026-03-19T12:50"], 0),
        // Rests on an estimate.
        (["due", "--channel", "corporation", "--accepted", "2027-05-13T10:00"], 0),
        (["due", "--channel", "provider", "--accepted", "2026-03-19T17:35"], 1),
        (["due", "--channel", "corporation", "--accepted", "2028-03-20T10:00"], 1),
        (["due", "--channel", "x", "--accepted", "2026-03-19T10:00"], 1),
        (
            [
                "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--suspend",
                "2026-03-26T10:00/2026-03-30T10:00",
            ], 0
        ),
        (
            [
                "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--suspend",
                "2026-03-26T10:00/",
            ], 1
        ),
        (["due", "--standard", "x", "--channel", "y", "--accepted", "2026-03-19T10:00"], 1),
        (["latest-start", "--channel", "corporation", "--due", "2026-03-27"], 0),
        (["latest-start", "--channel", "corporation", "--due", "2031-03-27"], 1),
        (
            [
                "time-left", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--at",
                "2026-03-26T10:00",
            ], 0
        ),
        (
            [
                "time-left", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--at",
                "2026-04-26T10:00",
            ], 0
        ),
        (["working-time", "--office", "provider", "2026-03-19T16:05", "2026-03-26T10:00"], 0),
        (["working-time", "--office", "x", "2026-03-19T16:05", "2026-03-26T10:00"], 1),
        (["open", "--office", "provider", "--at", "2026-03-19T13:15"], 0),
        (["open", "--office", "corporation", "--at", "2026-03-19T13:15"], 0),
        (["standards", "list"], 0), (["standards", "show", "std-7"], 0),
        (["standards", "show", "std-8", "--group", "special-teacher"], 0),
        (["standards", "show", "x"], 1), (["standards", "show", "std-7", "--group", "x"], 1),
        (["calendar", "show", "2026"], 0), (["calendar", "show", "2031"], 1),
        (["calendar", "add", "2026-03-19", "-7"], 0),
        (["calendar", "add", "2027-05-13", "3", "--week", "six"], 0),
        (["calendar", "add", "2026-03-19", "7", "--week", "seven"], 1),
        (["calendar", "count", "2026-03-20", "2026-03-19"], 0),
        (["calendar", "count", "2026-03-20", "2026-04-19", "--calendar", "uz"], 1),
        (["calendar", "balance", "2026"], 0),
        (
            [
                "calendar", "diff", "--year", "2026", "--known-from", "2025-12-31", "--known-to",
                "2026-06-12",
            ], 0
        ),
        (
            [
                "calendar", "diff", "--year", "2026", "--known-from", "2026-06-12", "--known-to",
                "2026-06-12",
            ], 0
        ),
    ]

    /// What may be in Latin letters in any language: names that are typed, dates, versions, the numbers
    /// of acts and rules, addresses.
    static func names() throws -> Set<String> {
        let library = try Repository.library()
        var names: Set<String> = [
            "kezek", "standard", "channel", "office", "calendar", "week", "group", "five", "six",
            "x", "y", "seven", "uz", "accepted", "count-from-opening",
        ]
        names.formUnion(library.calendars.keys)
        for standard in library.standards.values {
            names.insert(standard.id)
            names.formUnion(standard.zone.split(separator: "/").map(String.init))
            names.formUnion((standard.channels + standard.eventTerms).map(\.id))
            names.formUnion(standard.offices.map(\.id) + standard.groups.map(\.id))
            for policy in standard.policies {
                names.formUnion([policy.name, policy.value] + policy.options)
            }
        }
        return names
    }

    /// The words of a text in Latin letters that are none of these.
    static func foreign(_ text: String, _ names: Set<String>) -> [String] {
        text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?/, with: "")
            .replacing(/\b[a-z]{2}-[0-9a-f]{16}\b/, with: "")
            .replacing(/\d+-[IVX]+\b/, with: "")
            .replacing(/\bR\d+\.\d+\b/, with: "")
            .replacing(/\b[\w.-]+\.(kz|gov)\b/, with: "")
            .matches(of: /[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*/)
            .map { String($0.0) }.filter { !names.contains($0) }
    }

    @Test(arguments: ["kk", "ru"])
    func nothingIsInAnotherLanguage(language: String) async throws {
        let names = try Self.names()
        for (command, status) in Self.commands {
            let run = try await kezek(
                command + ["--language", language]
                    + (command.contains("diff") || command[0] == "standards"
                        ? [] : ["--as-known-on", "2026-11-22"]))
            #expect(run.status == status, "\(command): \(run.errors)")
            let text = run.output + run.errors
            #expect(Self.foreign(text, names) == [], "\(command): \(text)")
            // And there is something to read in it.
            #expect(text.contains(/[а-яә]{3}/), "\(command)")
        }
    }

    /// The checker sees what it is there for.
    @Test func anEnglishWordWouldBeSeen() throws {
        let names = try Self.names()
        #expect(
            Self.foreign("2026-03-19T13:15: closed, откроется 2026-03-19T14:30 (R3.2)", names)
                == ["closed"])
        #expect(Self.foreign("kz-0123456789abcdef, as known on 2026-11-22", names).count == 3)
        #expect(Self.foreign("std-7 corporation-elsewhere № 267-II kezek: ой", names) == [])
    }

    @Test func countsAreWordsOfTheLanguage() async throws {
        func count(_ from: String, _ to: String, _ language: String) async throws -> String {
            let run = try await kezek("calendar", "count", from, to, "--language", language)
            return String(run.output.split(separator: "\n")[0])
        }
        for (from, to, ru, kk, en) in [
            ("2026-03-20", "2026-03-19", "−1 рабочий день", "−1 жұмыс күні", "−1 working day"),
            ("2026-03-19", "2026-03-19", "0 рабочих дней", "0 жұмыс күні", "0 working days"),
            ("2026-03-19", "2026-03-20", "1 рабочий день", "1 жұмыс күні", "1 working day"),
            ("2026-03-16", "2026-03-18", "2 рабочих дня", "2 жұмыс күні", "2 working days"),
            ("2026-02-02", "2026-02-17", "11 рабочих дней", "11 жұмыс күні", "11 working days"),
            ("2026-02-02", "2026-03-03", "21 рабочий день", "21 жұмыс күні", "21 working days"),
            (
                "2026-03-03", "2026-02-02", "−21 рабочий день", "−21 жұмыс күні",
                "−21 working days"
            ),
        ] {
            #expect(try await count(from, to, "ru") == ru)
            #expect(try await count(from, to, "kk") == kk)
            #expect(try await count(from, to, "en") == en)
        }
        let json = try await kezek("calendar", "count", "2026-03-20", "2026-03-19", "--json")
        #expect(json.object["workingDays"] as? Int == -1)
    }
}
