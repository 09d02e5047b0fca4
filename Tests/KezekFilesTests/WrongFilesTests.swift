// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekFiles
import TestKit
import Testing
import Texts

/// A copy of the repository's data, one text of one file replaced by another.
private struct SpoiltData {
    let root: URL

    init(_ file: String, _ old: String, _ new: String) throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        for folder in ["Calendars", "Standards"] {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
            let source = Repository.root.appendingPathComponent(folder)
            for url in try FileManager.default.contentsOfDirectory(
                at: source, includingPropertiesForKeys: nil) where url.pathExtension == "yaml"
            {
                try FileManager.default.copyItem(
                    at: url,
                    to: root.appendingPathComponent(folder)
                        .appendingPathComponent(url.lastPathComponent))
            }
        }
        let target = root.appendingPathComponent(file)
        let text = try String(contentsOf: target, encoding: .utf8)
        let range = try #require(text.range(of: old), "\(file) has no '\(old)'")
        try text.replacingCharacters(in: range, with: new)
            .write(to: target, atomically: true, encoding: .utf8)
    }

    /// What is wrong with it.
    func faults() -> [FileFault] {
        defer { try? FileManager.default.removeItem(at: root) }
        do {
            _ = try DataFolder(root: root).library()
            return []
        } catch { return error.list }
    }
}

@Suite struct WrongFilesTests {
    @Test(arguments: [
        // file, text, replaced by, field, expected
        ("Calendars/kz.yaml", "years: 2016-2027", "years: 2027-2016", "years", "2016-2027"),
        ("Calendars/kz.yaml", "years: 2016-2027", "yaers: 2016-2027", "yaers", "mean 'years'?"),
        ("Calendars/kz.yaml", "years: 2016-2027", "y: 2016-2027", "", "'years' is missing"),
        ("Calendars/kz.yaml", "years: 2016-2027", "years: 2016-2028", "movable[0].dates", "2028"),
        ("Calendars/kz.yaml", "zone: Asia/Almaty", "zone: Asia/Nowhere", "zone", "zones.yaml"),
        ("Calendars/kz.yaml", "calendar: kz", "calendar: jo", "calendar", "of its own"),
        ("Calendars/kz.yaml", "calendar: kz", "calendar: K Z", "calendar", "lower-case"),
        ("Calendars/kz.yaml", "saturday: 5", "saturday: 25", "weeks.six.hours.saturday", "1 to 24"),
        ("Calendars/kz.yaml", "rest: [sunday]", "rest: [sonntag]", "weeks.six.rest[0]", "weekday"),
        (
            "Calendars/kz.yaml", "rest: [sunday]",
            "rest: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
            "weeks.six.rest", "at least one weekday that works"
        ),
        ("Calendars/kz.yaml", "within-days: 1", "within-days: 0", "movable[0].dates", "1 to 31"),
        ("Calendars/kz.yaml", "date: \"01-01\"", "date: \"01-32\"", "holidays[0].date", "MM-DD"),
        (
            "Calendars/kz.yaml", "substituted: true", "substituted: maybe",
            "holidays[0].substituted",
            "true or false"
        ),
        ("Calendars/kz.yaml", "act: law-267", "act: law-999", "", "act"),
        (
            "Standards/std-7.yaml", "length: 3", "length: three",
            "channels.corporation.term.length",
            "number from 1"
        ),
        (
            "Standards/std-7.yaml", "length: 3", "length: 0", "channels.corporation.term.length",
            "number from 1"
        ),
        (
            "Standards/std-7.yaml", "unit: working-days", "unit: days",
            "channels.corporation.term.unit", "working-minutes, working-days, calendar-months"
        ),
        (
            "Standards/std-7.yaml", "value: five", "value: seven",
            "policies.working-day-week.value",
            "five, six"
        ),
        (
            "Standards/std-7.yaml", "{policy: working-day-week}", "{policy: weeks}",
            "channels.corporation.term.week.policy", "working-day-week"
        ),
        (
            "Standards/std-7.yaml", "\"14:30-18:30\"", "\"12:30-18:30\"",
            "offices.provider.work.open",
            "rising order"
        ),
        (
            "Standards/std-7.yaml", "\"14:30-18:30\"", "\"18:30-14:30\"",
            "offices.provider.work.open[1]", "09:00-13:00"
        ),
        // A time that is none, which leaves its office in place for all that name it.
        (
            "Standards/std-7.yaml", "\"14:30-18:30\"", "\"14:30-24:01\"",
            "offices.provider.work.open[1]", "until 24:00 at most"
        ),
        (
            "Standards/std-7.yaml", "policy: electronic-queue", "policy: queue",
            "offices.corporation.queue.policy", "walk-in-only"
        ),
        (
            "Standards/std-7.yaml", "  - id: methodologist\n", "  - id: Methodologist\n",
            "groups[0].id",
            "lower-case"
        ),
        (
            "Standards/std-7.yaml", "value: forward", "value: sideways",
            "policies.storage-roll.value",
            "forward, none"
        ),
        (
            "Standards/std-7.yaml", "week: six", "week: seven", "offices.corporation.week",
            "five, six"
        ),
        ("Standards/std-7.yaml", "rule: R3.1", "rule: 3.1", "channels.provider.term.rule", "R3.4"),
        // A rule that is cited and not listed, one for nothing, and one that two acts have.
        (
            "Standards/std-7.yaml", "rule: R3.1", "rule: R3.9", "act.rules.R3.1",
            "nothing in this file cites the rule R3.1"
        ),
        (
            "Standards/std-7.yaml", "    R7.6: {row: 7}\n", "",
            "offices.corporation.queue.booking-rule", "no act lists the rule R7.6"
        ),
        (
            "Standards/std-8.yaml", "    R3.4: {row: 3}\n", "",
            "channels.corporation.term.first-day-rule", "no act lists the rule R3.4"
        ),
        (
            "Standards/std-7.yaml", "      R11.1: {}\n", "      R11.1: {}\n      R2.1: {}\n",
            "other-acts[0].rules.R2.1", "another act lists the rule R2.1"
        ),
        (
            "Standards/std-7.yaml", "R2.1: {row: 2}", "2.1: {row: 2}", "act.rules.2.1",
            "a rule as R3.4"
        ),
        (
            "Standards/std-7.yaml", "R2.1: {row: 2}", "R2.1: {}", "act.rules.R2.1",
            "'row' is missing"
        ),
        (
            "Standards/std-7.yaml", "R2.1: {row: 2}", "R2.1: {row: 0}", "act.rules.R2.1.row",
            "1 to 999"
        ),
        (
            "Standards/std-7.yaml", "R11.1: {}", "R11.1: {row: 1}", "other-acts[0].rules.R11.1.row",
            "only an annex has rows"
        ),
        (
            "Standards/std-7.yaml", "R11.1: {}", "R11.1: {item: 1}",
            "other-acts[0].rules.R11.1.item", "an item stands in a row"
        ),
        (
            "Standards/std-7.yaml", "  annex: 7\n", "  annex: seven\n", "act.annex", "1 to 999"
        ),
        // A former name that another document has, or had.
        (
            "Standards/std-7.yaml", "formerly: [test-certificate]", "formerly: [diploma]",
            "documents[7]", "'diploma'"
        ),
        (
            "Standards/std-7.yaml", "  - id: professional-achievements\n",
            "  - id: professional-achievements\n    formerly: [test-certificate]\n",
            "documents[9]", "'test-certificate'"
        ),
        ("Standards/std-7.yaml", "zone: Asia/Almaty", "zone: Mars", "zone", "Asia/Almaty"),
        ("Standards/std-7.yaml", "calendar: kz", "calendar: uz", "calendar", "kz"),
        (
            "Standards/std-7.yaml", "office: corporation", "office: bank",
            "channels.corporation.office", "provider, corporation"
        ),
        ("Standards/std-7.yaml", "fee", "fee\n    price: 3", "provisions", "spelling"),
        ("Standards/std-8.yaml", "standard: std-8", "standard: std-7", "standard", "of its own"),
        (
            "Calendars/zones.yaml", "offset: \"+06:00\"", "offset: \"6\"",
            "zones.Asia/Almaty.offset",
            "+05:00"
        ),
    ])
    func aWrongFileNamesFileLineFieldAndWhatWasExpected(
        file: String, old: String, new: String, field: String, expected: String
    ) throws {
        let faults = try SpoiltData(file, old, new).faults()
        let fault = try #require(faults.first)
        #expect(fault.file == file || expected == "of its own")
        #expect(fault.field.hasPrefix(field), "\(fault)")
        #expect(fault.problem.description.contains(expected), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
        let line = try #require(fault.line)
        #expect(line > 1 || field.isEmpty)
        // What follows from a fault is none of its own. A rule may be cited at several places.
        #expect(faults.count == 1 || expected.contains("the rule R3."), "\(faults)")
    }

    @Test(arguments: [
        ("calendar: kz", "calendar: [kz", "not YAML"), ("calendar: kz", "\tcalendar: kz", "YAML"),
        ("calendar: kz", "calendar: kz\ncalendar: kz", "same key twice"),
        ("calendar: kz", String(repeating: "[", count: 5000), "deeper"),
        ("calendar: kz", "a: " + String(repeating: "x", count: 1 << 20), "larger than"),
    ])
    func whatIsNoYAMLIsToldWithItsLine(old: String, new: String, problem: String) throws {
        let faults = try SpoiltData("Calendars/kz.yaml", old, new).faults()
        #expect(faults.contains { $0.problem.description.contains(problem) }, "\(faults)")
    }

    @Test func severalFaultsAreToldAtOnce() throws {
        let faults = try SpoiltData(
            "Standards/std-7.yaml", "length: 20, unit: working-minutes, rule: R3.1",
            "length: 0, unit: working-minutes, rule: R3.1"
        ).faults()
        #expect(faults.count == 1)
        let both = try SpoiltData("Calendars/kz.yaml", "saturday: 5", "saturday: x")
        let target = both.root.appendingPathComponent("Calendars/kz.yaml")
        var text = try String(contentsOf: target, encoding: .utf8)
        text = text.replacingOccurrences(of: "date: \"03-08\"", with: "date: \"3-8\"")
        try text.write(to: target, atomically: true, encoding: .utf8)
        #expect(both.faults().map(\.field) == ["weeks.six.hours.saturday", "holidays[3].date"])
    }

    @Test func aMissingFolderSaysSo() throws {
        let nowhere = DataFolder(root: URL(fileURLWithPath: "/nonexistent"))
        #expect(throws: FileFaults.self) { try nowhere.library() }
    }
}
