// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// Calendars that decrees put in force, beside the files of the data folder.
@Suite struct AdoptedCalendarTests {
    private func folder(_ calendar: String) throws -> DataFolder {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-data-\(UUID().uuidString)")
        for name in ["Calendars", "Standards"] {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for file in ["Calendars/zones.yaml", "Standards/std-7.yaml"] {
            try Repository.text(file).write(
                to: root.appendingPathComponent(file), atomically: true, encoding: .utf8)
        }
        try calendar.write(
            to: root.appendingPathComponent("Calendars/kz.yaml"), atomically: true,
            encoding: .utf8)
        return DataFolder(root: root)
    }

    private func adopted(_ texts: [String]) -> [AdoptedCalendar] {
        zip(texts, texts.dropFirst()).map { earlier, text in
            AdoptedCalendar(
                calendar: "kz", text: text, digest: DataFolder.digest(text),
                earlierDigest: DataFolder.digest(earlier))
        }
    }

    @Test func aFileThatADecreeHasSupersededGivesWay() throws {
        let original = try Repository.text("Calendars/kz.yaml")
        let texts = [original, original + "# first\n", original + "# second\n"]
        let byHand = original + "# by hand\n"
        let table: [(file: String, decrees: [AdoptedCalendar], inForce: String, notices: Int)] = [
            (original, [], original, 0),
            (original, adopted(texts), texts[2], 0),
            // The operator has put the first decree's file into the folder, and then forgot.
            (texts[1], adopted(texts), texts[2], 0),
            (texts[2], adopted(texts), texts[2], 0),
            (byHand, adopted(texts), byHand, 1),
            (byHand, [], byHand, 0),
        ]
        for (file, decrees, inForce, notices) in table {
            let folder = try folder(file)
            defer { try? FileManager.default.removeItem(at: folder.root) }
            var told: [String] = []
            let library = try folder.library(adopting: decrees) { told.append($0) }
            #expect(library.calendars["kz"]?.source == DataFolder.digest(inForce))
            #expect(told.count == notices)
            #expect(told.allSatisfy { $0.contains("kz") && $0.contains("kezek decree check") })
        }
    }

    @Test func aTextFromAStrangerIsTakenWithinLimits() throws {
        let library = try Repository.library()
        let original = try Repository.text("Calendars/kz.yaml")
        let bomb = "a: &a [x,x]\nb: &b [*a,*a]\n? *b\n: 1\n"
        let transfers = (0..<1_100).map { day -> String in
            let known = date("2016-01-01").adding(days: day)!
            return "  - {working: 2026-03-28, rest: 2026-03-19, known: \(known), "
                + "act: decree-888-2018}\n"
        }.joined()
        let weeks = (0..<300).map { number in
            "  week-\(number):\n    title: {kk: a, ru: b, en: c}\n    rest: [sunday]\n"
                + "    act: labour-code\n    hours: {monday: 8, tuesday: 8, wednesday: 8, "
                + "thursday: 8, friday: 8, saturday: 8}\n"
        }.joined()
        let table: [(text: String, problem: String)] = [
            (bomb, "anchors"), (original + "x: *y\n", "anchors"),
            // Neither what looks like a comment nor an uncommon end of a line hides one.
            ("a: [\" #\", &a [x,x]]\n", "anchors"), ("# x\r? *a\r: 1\n", "anchors"),
            ("# x\u{2028}*a\n", "anchors"), ("# x\u{85}*a\n", "anchors"),
            ("a: !!seq &a [x,x]\n", "anchors"), ("? [a]\n: &b [x]\n", "anchors"),
            (original + transfers, "known"),
            (original.replacing("\nweeks:\n", with: "\nweeks:\n\(weeks)"), "fewer years, weeks"),
            (String(repeating: "[", count: 100), "deeper"), ("", "empty"),
            ("calendar: kz\n", "missing"),
            (original.replacing("zone: Asia/Almaty", with: "zone: Mars/Base"), "Asia/Almaty"),
        ]
        for (text, problem) in table {
            do throws(FileFaults) {
                _ = try library.replacing(calendar: text)
                Issue.record("taken: \(text.prefix(40))")
            } catch {
                #expect(error.description.contains(problem), "\(error.description.prefix(300))")
            }
        }
        // A calendar of another name is one more.
        let other = original.replacing("\ncalendar: kz\n", with: "\ncalendar: kz-2\n")
        let (name, more) = try library.replacing(calendar: other)
        #expect(name == "kz-2")
        #expect(Set(more.calendars.keys) == Set(library.calendars.keys).union(["kz-2"]))
    }

    @Test func aStandardNamesItsEventsAndItsKeeping() throws {
        let standard = try Repository.text("Standards/std-7.yaml")
        let cases: [(old: String, new: String, expected: String)] = [
            (
                "    redelivery: redelivery\n", "    redelivery: nothing\n",
                "expected one of storage"
            ),
            ("    storage: storage\n", "    storage: corporation\n", "expected one of storage"),
            (
                "storage-from: {policy: storage-start}\n    redelivery",
                "storage-from: due\n    redelivery", "due-or-ready"
            ),
            (
                "keeping:\n  corporation:", "keeping:\n  nowhere:",
                "expected one of provider, corporation"
            ),
            (
                "    event:\n      kk: Сақтаудың басталуы\n      ru: Начало хранения\n      en: Start of storage\n    office: corporation\n",
                "    office: corporation\n", "'event' is missing"
            ),
        ]
        for (old, new, expected) in cases {
            #expect(standard.contains(old), "\(old)")
            let range = try #require(standard.range(of: old))
            let text = standard.replacingCharacters(in: range, with: new)
            do {
                let root = try YAMLFile.root(ofText: text, named: "std-7.yaml")
                _ = try StandardFile.standard(root)
                Issue.record("taken: \(new)")
            } catch {
                #expect("\(error)".contains(expected), "\(error)")
                #expect("\(error)".contains("std-7.yaml:"), "\(error)")
            }
        }
    }
}
