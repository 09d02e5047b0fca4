// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import KezekFiles
import Parties
import TestKit
import Testing
import Texts
import WorkingDays

@Suite struct AreaFileTests {
    private static let example = Repository.root.appendingPathComponent("Examples/visits/area.yaml")

    private func faults(_ text: String) -> [FileFault] {
        do {
            _ = try AreaFile.read(text: text, named: "area")
            return []
        } catch { return error.list }
    }

    @Test func theExampleIsRead() throws {
        let area = try AreaFile.read(Self.example)
        #expect(area.id.description == "astana-1")
        #expect(area.title.ru.hasPrefix("Город Астана"))
        #expect([area.standard, area.kind, area.zone] == ["std-7", "corporation", ""])
        #expect(area.home == HomePoint(longitude: 71_430_600, latitude: 51_128_200))
        #expect(
            area.needs.map(\.id.description) == [
                "kazakh", "russian", "sign-language", "ramp", "mobile-kit",
            ])
        #expect(area.crews.map(\.id.description) == ["crew-1", "crew-2", "crew-3"])
        #expect(area.crews.map(\.members.count) == [2, 2, 2])
        #expect(
            area.crews[1].needs.map(\.description) == ["kazakh", "russian", "ramp", "mobile-kit"])
        #expect(area.crews.map(\.weekdays.count) == [0, 0, 5])
        #expect(area.crews.map { "\($0.hours!.start)" } == ["09:00", "11:00", "09:00"])
        #expect(
            area.duties == [
                VisitArea.OfficeDuty(member: MemberID("ivan")!, date: date("2026-12-10"))
            ])
        #expect(area.rules.setupMinutes == 5)
        #expect(area.fault == nil)
    }

    /// Whoever copies the example sees every rule.
    @Test func theExampleNamesEveryRuleAndSoDoesItsReadme() throws {
        let text = try Repository.text("Examples/visits/area.yaml")
        let readme = try Repository.text("Examples/visits/README.md")
        for bound in VisitRules.bounds {
            #expect(text.contains("  \(bound.name): "), "\(bound.name)")
            let usual = VisitRules()[keyPath: bound.value]
            let range = "\(bound.range.lowerBound)–\(bound.range.upperBound)"
            #expect(readme.contains("| `\(bound.name)` | \(usual) | \(range) |"), "\(bound.name)")
        }
    }

    @Test func everyRuleIsReadFromItsOwnField() throws {
        let text = try Repository.text("Examples/visits/area.yaml")
        let head = try #require(text.range(of: "rules:\n"))
        for bound in VisitRules.bounds {
            // The order of a visit stays no longer than its crew.
            let value = bound.name == "frozen-order-days" ? 2 : bound.range.upperBound
            let area = try AreaFile.read(
                text: text[..<head.lowerBound] + "rules: {\(bound.name): \(value)}\n", named: "area"
            )
            var expected = VisitRules()
            expected[keyPath: bound.value] = value
            #expect(area.rules == expected, "\(bound.name)")
        }
        let area = try AreaFile.read(
            text: text[..<head.lowerBound] + "rules: {lunch: \"11:30-14:00\"}\n", named: "area")
        #expect(area.rules.lunch.start == TimeOfDay("11:30"))
        #expect(area.rules.lunch.end == EndTime("14:00"))
    }

    @Test func whatIsWrittenIsReadBackAsTheSame() throws {
        let area = try AreaFile.read(Self.example)
        let text = AreaFile.write(area)
        #expect(try AreaFile.read(text: text, named: "area") == area, "\(text)")
        // A file that was taken out, put in and taken out again stays as it is.
        #expect(AreaFile.write(try AreaFile.read(text: text, named: "area")) == text)
    }

    /// Names that YAML would take for something else, places at every end, and nothing that may be
    /// left out.
    @Test func oddValuesAreWrittenAndReadBackToo() throws {
        let text = LocalizedText(kk: "«А»: # \"б\" \\ ", ru: " а: б ", en: "- [x]: {y} & *z ")
        let needs = ["null", "-", "1"].map { VisitArea.Need(id: NeedID($0)!, title: text) }
        let interval = DayInterval(start: TimeOfDay("09:00:30")!, end: TimeOfDay("23:59:59")!)!
        var rules = VisitRules()
        rules.lunch = interval
        for bound in VisitRules.bounds { rules[keyPath: bound.value] = bound.range.lowerBound }
        let places: [(Int32, Int32)] = [
            (0, 0), (-1, 1), (-180_000_000, 90_000_000), (180_000_000, -90_000_000),
            (71_430_601, 51_128_200), (-500_000, 10), (71_000_000, 51_100_000),
        ]
        for (longitude, latitude) in places {
            let area = VisitArea(
                id: OfficeID("-1")!, title: text, standard: "7", kind: "-", zone: "Asia/Almaty",
                home: HomePoint(longitude: longitude, latitude: latitude)!, needs: needs,
                crews: [
                    VisitArea.Crew(
                        id: CrewID("true")!, members: [MemberID("1")!], needs: needs.map(\.id),
                        weekdays: Set(Weekday.allCases), hours: interval, profile: .bicycle),
                    VisitArea.Crew(
                        id: CrewID("no")!, members: [MemberID("2")!, MemberID("yes")!], needs: [],
                        weekdays: [], hours: nil, profile: .foot),
                ],
                duties: [VisitArea.OfficeDuty(member: MemberID("2")!, date: .latest)], rules: rules)
            #expect(area.fault == nil)
            let written = AreaFile.write(area)
            #expect(try AreaFile.read(text: written, named: "area") == area, "\(written)")
        }
        let bare = VisitArea(
            id: OfficeID("a")!, title: text, standard: "s", kind: "k", zone: "",
            home: HomePoint(longitude: 1, latitude: 1)!, needs: [],
            crews: [
                VisitArea.Crew(
                    id: CrewID("c")!, members: [MemberID("m")!], needs: [], weekdays: [], hours: nil
                )
            ], duties: [], rules: VisitRules())
        #expect(try AreaFile.read(text: AreaFile.write(bare), named: "area") == bare)
    }

    @Test func degreesAreKeptToTheMillionth() {
        let taken: [(String, Int32)] = [
            ("0", 0), ("71.4306", 71_430_600), ("51.128203", 51_128_203), ("-0.5", -500_000),
            ("-180", -180_000_000), ("007.10", 7_100_000), ("0.000001", 1), ("-0", 0),
            ("999.999999", 999_999_999),
        ]
        for (text, number) in taken { #expect(Degrees.millionths(text) == number, "\(text)") }
        let refused = [
            "", "-", ".", "1.", ".5", "1.2345678", "1234", "1,5", "+1", "1e2", "--1", "1.2.3", " 1",
            "١", "1.-5", "0x1",
        ]
        for text in refused { #expect(Degrees.millionths(text) == nil, "\(text)") }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<1_000 {
            let number = Int32.random(in: -999_999_999...999_999_999, using: &generator)
            #expect(Degrees.millionths(Degrees.text(number)) == number, "\(number)")
        }
    }

    @Test(arguments: [
        // text, replaced by, lines below the text, field, expected
        ("area: astana-1", "area: Astana 1", 0, "area", "1 to 32 lower-case"),
        ("area: astana-1", "aria: astana-1", 0, "aria", "did you mean 'area'?"),
        ("standard: std-7", "standard: [std-7]", 0, "standard", "lower-case"),
        ("kind: corporation", "kind: corporation\nhours: 9", 1, "hours", "spelling"),
        ("kind: corporation", "kind: corporation\nzone: Asia Almaty", 1, "zone", "Asia/Almaty"),
        ("longitude: 71.4306", "longitude: 180.000001", 0, "home.longitude", "-180 to 180"),
        ("longitude: 71.4306", "longitude: 71.4306001", 0, "home.longitude", "up to 6 decimals"),
        ("latitude: 51.1282", "latitude: 90.1", 0, "home.latitude", "-90 to 90"),
        ("latitude: 51.1282", "latitude: 5.1e1", 0, "home.latitude", "found '5.1e1'"),
        ("  latitude: 51.1282\n", "", -1, "home", "'latitude' is missing"),
        (
            "  ramp:\n", "  Ramp: {title: {kk: a, ru: b, en: c}}\n  ramp:\n", 0, "needs.Ramp",
            "1 to 24 lower-case"
        ),
        ("ru: Казахский язык, ", "", 0, "needs.kazakh.title", "'ru' is missing"),
        ("  crew-2:", "  second-of-the-crews:", 1, "crews.second-of-the-crews", "1 to 16"),
        ("members: [ainur, bolat]", "members: []", 0, "crews.crew-1.members", "1 to 8 entries"),
        (
            "hours: \"11:00-20:00\"", "profile: boat\n    hours: \"11:00-20:00\"", 0,
            "crews.crew-2.profile", "car, foot, bicycle or bus"
        ),
        (
            "members: [danara, erlan]", "members: [danara, bolat]", 0, "crews.crew-2.members[1]",
            "bolat is in crew-1"
        ),
        (
            "members: [danara, erlan]", "members: [danara, Erlan]", 0, "crews.crew-2.members[1]",
            "1 to 32 lower-case"
        ),
        (
            "ramp, mobile-kit]", "ramps, mobile-kit]", 0, "crews.crew-2.needs[2]",
            "kazakh, russian, sign-language, ramp, mobile-kit"
        ),
        ("ramp, mobile-kit]", "ramp, ramp]", 0, "crews.crew-2.needs[3]", "each need once"),
        ("[monday, ", "[mondays, ", 0, "crews.crew-3.weekdays[0]", "monday to sunday"),
        ("[monday, ", "[friday, ", 0, "crews.crew-3.weekdays[4]", "each weekday once"),
        (
            "weekdays: [monday, tuesday, wednesday, thursday, friday]", "weekdays: []", 0,
            "crews.crew-3.weekdays", "left out"
        ),
        ("hours: \"11:00-20:00\"", "hours: \"20:00-11:00\"", 0, "crews.crew-2.hours", "earlier"),
        ("member: ivan", "member: nobody", 0, "duties[0].member", "found 'nobody'"),
        ("date: 2026-12-10", "date: 2026-12-32", 0, "duties[0].date", "YYYY-MM-DD"),
        ("setup-minutes: 5", "setup-minute: 5", 0, "rules.setup-minute", "spelling"),
        ("lunch: \"12:00-15:00\"", "lunch: 12:00", 0, "rules.lunch", "09:00-13:00"),
        (
            "frozen-order-days: 1", "frozen-order-days: 3", 1, "rules.frozen-crew-days",
            "at least frozen-order-days"
        ),
    ])
    func aWrongFileNamesLineFieldAndWhatWasExpected(
        old: String, new: String, below: Int, field: String, expected: String
    ) throws {
        let text = try Repository.text("Examples/visits/area.yaml")
        let range = try #require(text.range(of: old), "no '\(old)'")
        let faults = faults(text.replacingCharacters(in: range, with: new))
        #expect(faults.count == 1, "\(faults)")
        let fault = try #require(faults.first)
        let line = text[..<range.lowerBound].split(
            separator: "\n", omittingEmptySubsequences: false
        ).count
        #expect(fault.line == line + below, "\(fault)")
        #expect(fault.field == field, "\(fault)")
        #expect(fault.problem.description.contains(expected), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
    }

    @Test func everyRuleHasItsBounds() throws {
        let text = try Repository.text("Examples/visits/area.yaml")
        for bound in VisitRules.bounds {
            for wrong in [bound.range.lowerBound - 1, bound.range.upperBound + 1] {
                let found = faults(
                    text.replacing(
                        try Regex("  \(bound.name): .*"), with: "  \(bound.name): \(wrong)"))
                #expect(found.map(\.field) == ["rules.\(bound.name)"])
                let range = "\(bound.range.lowerBound) to \(bound.range.upperBound)"
                #expect(found.first?.problem.description.contains(range) == true, "\(found)")
            }
        }
    }

    /// What only the area as a whole can say is told at its field, or at what should have it.
    @Test func faultsOfTheWholeAreaHaveTheirLine() throws {
        let text = try Repository.text("Examples/visits/area.yaml")
        func line(_ part: String) throws -> Int {
            let range = try #require(text.range(of: part))
            return text[..<range.lowerBound].split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
        }
        let limit = VisitArea.crewLimit
        let crews = (4...limit + 1).map { "  c\($0): {members: [m\($0)]}\n" }.joined()
        let many = faults(text.replacing("duties:\n", with: crews + "duties:\n"))
        #expect(many.map(\.field) == ["crews"])
        #expect(many.map(\.problem) == ["1 to \(limit) are needed"])
        // A map's line is that of its first field.
        #expect(many.map(\.line) == [try line("  crew-1:")])
        let needs = (6...33).map { "  n\($0): {title: {kk: a, ru: b, en: c}}\n" }.joined()
        let wide = faults(text.replacing("crews:\n", with: needs + "crews:\n"))
        #expect(wide.map(\.field) == ["needs"])
        let half = text.replacing("  frozen-crew-days: 2\n", with: "")
            .replacing("frozen-order-days: 1", with: "frozen-order-days: 3")
        let found = faults(half)
        #expect(found.map(\.field) == ["rules.frozen-crew-days"])
        #expect(found.map(\.line) == [try line("  visit-minutes: 20")])
    }

    @Test func severalFaultsAreToldAtOnce() throws {
        let text = try Repository.text("Examples/visits/area.yaml")
            .replacing("hours: \"11:00-20:00\"", with: "hours: all")
            .replacing("date: 2026-12-10", with: "date: soon")
            .replacing("due-days: 5", with: "due-days: 0")
        #expect(
            faults(text).map(\.field) == ["crews.crew-2.hours", "duties[0].date", "rules.due-days"])
    }

    /// Files that are a little wrong are refused with a line, or read as something that is written and
    /// read as the same.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func whateverIsReadIsWrittenAndReadAsTheSame(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = Array(try Repository.text("Fuzz/Corpus/areas/small").utf8)
        let others = Array("0:-[]{}\"', \nabz.".utf8)
        var (read, refused) = (0, 0)
        for _ in 0..<400 {
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let index = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed[index] = others.randomElement(using: &generator)!
                case 1: changed.remove(at: index)
                default: changed.insert(changed[index], at: index)
                }
            }
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            do {
                let area = try AreaFile.read(text: text, named: "area")
                read += 1
                #expect(area.fault == nil)
                let again = try AreaFile.read(text: AreaFile.write(area), named: "written")
                #expect(again == area, "\(text)")
            } catch {
                refused += 1
                #expect(!error.list.isEmpty)
                #expect(error.list.allSatisfy { $0.file == "area" }, "\(error)\n\(text)")
            }
        }
        #expect(read > 5 && refused > 100, "\(read), \(refused)")
    }
}
