// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import KezekFiles
import ServiceStandards
import TestKit
import Testing
import Texts

/// Terms as files have them, right and wrong.
@Suite struct TermFileTests {
    private static let simple = "term: {length: 20, unit: working-minutes, rule: R3.1}"

    /// The library of `std-7` with a text of it replaced by another.
    private func library(_ old: String, _ new: String) throws -> Library {
        let text = try Repository.text("Standards/std-7.yaml")
        let range = try #require(text.range(of: old))
        return try DataFolder(root: Repository.root).library(
            standard: text.replacingCharacters(in: range, with: new), named: "std-7.yaml")
    }

    private func channel(_ term: String) throws -> Channel {
        try #require(
            try library(Self.simple, term).standards["std-7"]?.channels.first {
                $0.id == "provider"
            })
    }

    @Test(arguments: [
        ("working-hours", Term.Unit.workingHours), ("calendar-hours", .calendarHours),
    ])
    func unitsToTheSecond(word: String, unit: Term.Unit) throws {
        let channel = try channel("term: {length: 2, unit: \(word), rule: R3.1}")
        #expect(channel.termRule.term == Term(length: 2, unit: unit))
    }

    @Test(arguments: [
        ("calendar-days", Term.Unit.calendarDays), ("calendar-weeks", .calendarWeeks),
        ("calendar-years", .calendarYears), ("calendar-months", .calendarMonths),
    ])
    func unitsThatEndWithADay(word: String, unit: Term.Unit) throws {
        let channel = try channel(
            "term: {length: 2, unit: \(word), rule: R3.1, first-day: counted, roll: back}")
        #expect(
            channel.termRule.term == Term(length: 2, unit: unit, firstDay: .counted, roll: .back))
    }

    @Test func aChannelSaysHowItIsTakenAndWhenToWarn() throws {
        let channel = try channel(
            "around-the-clock: next-opening\n    warnings: [50, 75]\n    \(Self.simple)")
        #expect(channel.intake == .nextOpening && channel.warnings == [50, 75])
        #expect(channel.warning(at: 49) == nil && channel.warning(at: 80) == 75)
    }

    @Test func aTermMayBeStagesAndChoices() throws {
        let channel = try channel(
            """
            term:
                  stages:
                    - title: {kk: a, ru: b, en: c}
                      office: corporation
                      length: 1
                      unit: working-days
                      rule: R3.2
                      week: six
                      first-day: not-counted
                    - title: {kk: d, ru: e, en: f}
                      longer-of:
                        - {length: 3, unit: working-days, rule: R3.1, first-day: not-counted}
                        - length: 5
                          unit: calendar-days
                          rule: R3.1
                          first-day: not-counted
                          roll: {policy: storage-roll}
            """)
        #expect(channel.stages.map(\.office) == ["corporation", "provider"])
        #expect(channel.stages.map(\.choice) == [.only, .longer])
        #expect(channel.policies == ["storage-roll"])
        #expect(channel.stages[1].rules[1].term.roll == .forward)
        #expect(!channel.isSimple)
    }

    @Test func firstDaysAndIntakesMayBePoliciesWithTheirRules() throws {
        let policy = """
            policies:
              first:
                value: counted
                options: [counted, not-counted]
                rule: R3.4
                text: {kk: a, ru: b, en: c}
              intake:
                value: moment
                options: [moment, next-opening]
                text: {kk: a, ru: b, en: c}
            """
        let library = try library("policies:", policy)
        #expect(library.standards["std-7"]?.policies.first?.rule == RuleID("R3.4"))
        var text = try Repository.text("Standards/std-7.yaml")
        text = text.replacing("policies:", with: policy, maxReplacements: 1).replacing(
            Self.simple,
            with: "around-the-clock: {policy: intake}\n    term: {length: 2, unit: calendar-weeks, "
                + "rule: R3.1, first-day: {policy: first}}")
        let found = try DataFolder(root: Repository.root).library(
            standard: text, named: "std-7.yaml")
        let channel = found.standards["std-7"]?.channels.first { $0.id == "provider" }
        #expect(channel?.termRule.term.firstDay == .counted && channel?.intake == .moment)
        #expect(channel?.policies == ["first", "intake"])
    }

    @Test(arguments: [
        // the term, the field below the channel, what is expected there
        ("term: {length: 2, unit: fortnights, rule: R3.1}", "term.unit", "calendar-years"),
        (
            "term: {length: 2, unit: calendar-hours, rule: R3.1, first-day: counted}",
            "term.first-day", "starts at its moment"
        ),
        (
            "term: {length: 2, unit: working-hours, rule: R3.1, week: five}", "term.week",
            "run by the office's own week"
        ),
        (
            "term: {length: 2, unit: working-days, rule: R3.1, first-day: counted, roll: back}",
            "term.roll", "runs over rest days"
        ),
        ("term: {length: 2, unit: calendar-days, rule: R3.1}", "term", "'first-day' is missing"),
        (
            "term: {length: 2, unit: calendar-days, rule: R3.1, first-day: {policy: storage-roll}}",
            "term.first-day", "counted, not-counted, found 'forward'"
        ),
        (
            "term:\n      longer-of:\n        - {length: 2, unit: working-minutes, rule: R3.1}",
            "term.longer-of", "two terms or more"
        ),
        (
            "term: {longer-of: [], shorter-of: []}", "term.shorter-of", "not both"
        ),
        (
            "term:\n      stages:\n        - {title: {kk: a, ru: b, en: c}, length: 2, "
                + "unit: working-minutes, rule: R3.1}",
            "term.stages", "two stages or more"
        ),
        (
            "term:\n      stages:\n        - {length: 2, unit: working-minutes, rule: R3.1}\n"
                + "        - {length: 2, unit: working-minutes, rule: R3.1}",
            "term.stages[0]", "'title' is missing"
        ),
        (
            "around-the-clock: always\n    \(simple)", "around-the-clock",
            "next-opening, moment, found 'always'"
        ),
        ("warnings: [75, 50]\n    \(simple)", "warnings[1]", "higher than the one before"),
        ("warnings: [0]\n    \(simple)", "warnings[0]", "1 to 99"),
    ])
    func aWrongTermIsToldWithItsPlace(term: String, field: String, expected: String) throws {
        do {
            _ = try library(Self.simple, term)
            Issue.record("\(term) was taken")
        } catch let error as FileFaults {
            let fault = try #require(error.list.first)
            #expect(fault.field == "channels.provider.\(field)")
            #expect(fault.problem[.en].contains(expected), "\(fault.problem)")
            #expect(fault.line != nil)
            #expect(fault.problem.isTranslated, "\(fault.problem)")
            for language in [Language.kk, .ru] {
                #expect(fault.problem[language] != fault.problem[.en])
            }
        }
    }

    /// The example takes requests at night, counts calendar days and moves the end off a holiday.
    @Test func theExampleAnswers() throws {
        let url = Repository.root.appendingPathComponent(
            "Examples/standards/access-to-information.yaml")
        let library = try DataFolder(root: Repository.root).library(standardAt: url)
        let answer = try library.desk(
            in: .en, now: Timestamp("2026-11-22T07:00Z")!
        ).dueDate(
            DueDateQuestion(
                clock: ClockName(standard: "access-to-information", channel: "portal"),
                start: moment("2026-03-06T22:10")))
        // Friday night counts from Tuesday, as Monday stands for 8 March; 15 days lead to the 25th.
        #expect(answer.start == moment("2026-03-10T09:00"))
        #expect(answer.dueAt == moment("2026-03-26T18:30"))
        let sources = answer.proof?.policies.compactMap(\.source) ?? []
        #expect(sources.contains { $0.hasPrefix("Civil Code, arts. 172–176") })
    }
}
