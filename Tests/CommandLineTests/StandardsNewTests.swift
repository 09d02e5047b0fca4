// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A standard's file that is asked for.
@Suite(.waits) struct StandardsNewTests {
    private let options = [
        "--title", "Қызмет|Услуга «А»|The \"service\"", "--provider", "a|b|c", "--act", "d|e|f",
        "--act-short", "g|h|i", "--act-date", "2026-01-01", "--week", "five", "--hours",
        "09:00-13:00,14:00-18:00", "--term", "15 calendar-days", "--first-day", "not-counted",
        "--roll", "forward", "--around-the-clock", "next-opening", "--warnings", "50,75",
    ]

    @Test func whatIsMadeOfOptionsPassesTheCheck() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("new.yaml").path
        let made = try await kezek(["standards", "new", "new", "--output", path] + options)
        #expect(made.status == 0, "\(made.errors)")
        let check = try await kezek("standards", "check", path)
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.output.contains("new: 1 channels, 0 other terms, 0 documents"))
        // Nothing is written over.
        let again = try await kezek(["standards", "new", "new", "--output", path] + options)
        #expect(again.status != 0)
    }

    @Test func whatNoOptionSaysIsAsked() async throws {
        let answers = [
            "Қызмет", "Услуга", "Service", "a", "b", "c", "d", "e", "f", "", "", "", "2026-13-01",
            "2026-01-01", "six", "", "10 fortnights", "10 working-hours", "no", "",
        ]
        let run = try await kezek(
            ["standards", "new", "hours", "--language", "en"],
            input: answers.map { $0 + "\n" }.joined())
        #expect(run.status == 0, "\(run.errors)")
        for text in [
            "standard: hours", "unit: working-hours", "length: 10", "week: six",
            "warnings: [50, 75]", "kk: \"d\"",
        ] {
            #expect(run.output.contains(text), "\(text)")
        }
        #expect(!run.output.contains("around-the-clock") && !run.output.contains("policies:"))
        #expect(run.errors.contains("Hours of work [09:00-13:00,14:30-18:30]: "))
    }

    @Test func whatTheCheckRefusesIsNotWritten() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("new.yaml").path
        var wrong = options
        wrong[wrong.firstIndex(of: "09:00-13:00,14:00-18:00")!] = "13:00-09:00"
        let run = try await kezek(["standards", "new", "new", "--output", path] + wrong)
        #expect(run.status != 0)
        #expect(run.errors.contains("offices.provider.work.open"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func theExampleIsCheckedWhereItLies() async throws {
        let path = Repository.root.appendingPathComponent(
            "Examples/standards/access-to-information.yaml"
        ).path
        let run = try await kezek("standards", "check", path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("access-to-information: 2 channels, 1 other terms"))
    }
}
