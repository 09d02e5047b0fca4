// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekFiles
import Parties
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

@Suite struct OfficeFileTests {
    private static let folder = Repository.root.appendingPathComponent("Examples/offices")

    /// The office of a text, by way of a file.
    private func office(_ text: String) throws -> QueueOffice {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString + ".yaml")
        defer { try? FileManager.default.removeItem(at: url) }
        try text.write(to: url, atomically: true, encoding: .utf8)
        return try OfficeFile.read(url)
    }

    private func faults(_ text: String) throws -> [FileFault] {
        do {
            _ = try office(text)
            return []
        } catch let error as FileFaults { return error.list }
    }

    @Test func theCorporationsOfficeIsRead() throws {
        let office = try OfficeFile.read(
            Self.folder.appendingPathComponent("astana-corporation.yaml"))
        #expect(office.id.description == "astana-1")
        #expect(office.standard == "std-7")
        #expect(office.kind == "corporation")
        #expect(office.zone == "")
        #expect(office.title.kk.hasSuffix("Есіл ауданының № 1 халыққа қызмет көрсету бөлімі"))
        #expect(office.services.map(\.id.description) == ["acceptance", "results"])
        #expect(office.services.map(\.letter) == [UInt8(ascii: "A"), UInt8(ascii: "B")])
        #expect(office.services.map(\.minutes) == [nil, 10])
        #expect(office.windows.map(\.id.description) == ["1", "2", "3", "4", "5"])
        #expect(office.windows[2].roster[.monday]?.map { "\($0.start)" } == ["11:00"])
        #expect(office.windows[2].roster[.sunday] == nil)
        #expect(office.windows[4].roster.isEmpty)
        #expect(office.exceptions.map(\.hours.count) == [1, 0])
        #expect(office.rules.portalPercent == 70)
        #expect(office.rules.holdSeconds == 600)
    }

    /// Each break of one window falls into a time at which another serves the same.
    @Test func theCorporationsWindowsNeverAllBreakTogether() throws {
        let office = try OfficeFile.read(
            Self.folder.appendingPathComponent("astana-corporation.yaml"))
        for window in office.windows {
            for pause in window.breaks {
                for service in window.services {
                    let others = office.windows.filter { other in
                        other.id != window.id && other.services.contains(service)
                            && (other.roster.isEmpty
                                || other.roster[.monday]!.contains {
                                    $0.start <= pause.start && pause.end <= $0.end
                                })
                            && !other.breaks.contains {
                                $0.start.second < pause.end.second
                                    && pause.start.second < $0.end.second
                            }
                    }
                    #expect(!others.isEmpty, "\(window.id), \(service), \(pause)")
                }
            }
        }
    }

    @Test func theProvidersOfficeIsRead() throws {
        let office = try OfficeFile.read(Self.folder.appendingPathComponent("almaty-provider.yaml"))
        #expect(office.id.description == "almaty-edu")
        #expect(office.kind == "provider")
        #expect(office.zone == "Asia/Almaty")
        #expect(office.windows.allSatisfy { $0.roster.isEmpty && $0.breaks.isEmpty })
        #expect(office.closures.map(\.date) == [date("2026-12-29")])
        #expect(office.rules == QueueRules())
    }

    @Test(arguments: ["astana-corporation", "almaty-provider"])
    func whatIsWrittenIsReadBackAsTheSame(name: String) throws {
        let office = try OfficeFile.read(Self.folder.appendingPathComponent("\(name).yaml"))
        let text = OfficeFile.write(office)
        #expect(try self.office(text) == office, "\(text)")
        #expect(OfficeFile.write(try self.office(text)) == text)
    }

    /// A text is on one line, so that none can pass for two on a board or a receipt.
    @Test(arguments: ["\\n", "\\r", "\\t", "\\e[2J", "\\x7F", "\\N", "\\L", "\\P"])
    func noTextHasTwoLines(_ escape: String) throws {
        let example = try Repository.text("Examples/offices/astana-corporation.yaml")
        for language in ["kk", "ru", "en"] {
            var lines = example.split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            let head = try #require(lines.firstIndex(of: "address:"))
            let place = try #require(
                lines[head...].firstIndex { $0.hasPrefix("  \(language): ") })
            lines[place] = "  \(language): \"a\(escape)b\""
            let fault = #expect(throws: FileFaults.self) {
                try self.office(lines.joined(separator: "\n"))
            }
            #expect(fault?.list.map(\.field) == ["address.\(language)"], "\(escape)")
            #expect(fault?.list.first?.line == place + 1)
            #expect(fault?.list.first?.problem.description.contains("line breaks") == true)
        }
    }

    /// What a server would refuse, not knowing the file, is told with its line.
    @Test func textsReadAsTheyAreWritten() throws {
        let example = try Repository.text("Examples/offices/astana-corporation.yaml")
        for (text, told) in [
            ("a\u{200B}b", "that nobody sees"), ("\u{202E}ab", "that nobody sees"),
            ("a\u{AD}b", "that nobody sees"), ("   ", "nothing but blanks"),
            ("\u{A0}\u{3000}", "nothing but blanks"),
        ] {
            for head in ["address:"] {
                for language in ["kk", "ru", "en"] {
                    var lines = example.split(separator: "\n", omittingEmptySubsequences: false)
                        .map(String.init)
                    let start = try #require(lines.firstIndex(of: head))
                    let place = try #require(
                        lines[start...].firstIndex { $0.hasPrefix("  \(language): ") })
                    lines[place] = "  \(language): \"\(text)\""
                    let fault = #expect(throws: FileFaults.self) {
                        try self.office(lines.joined(separator: "\n"))
                    }
                    #expect(fault?.list.map(\.field) == [head.dropLast() + ".\(language)"])
                    #expect(fault?.list.first?.line == place + 1)
                    for language in Language.allCases {
                        let said = fault?.list.first?.text(in: language) ?? ""
                        #expect(said.contains(told) == (language == .en), "\(said)")
                    }
                }
            }
        }
    }

    /// Why an office is closed is told to everybody.
    @Test func theReasonOfAClosureHasNoIIN() throws {
        let example = try Repository.text("Examples/offices/astana-corporation.yaml")
        for (reason, isFine) in [
            ("repairs until 20.03.2026, 10:15", true), ("for 900101300017", false),
            ("for 900101, 300017", false), ("900101300018", true),
        ] {
            let text =
                example
                    + """

                    closures:
                      - date: 2026-12-30
                        reason: {kk: жөндеу, ru: ремонт, en: "\(reason)"}

                    """
            if isFine {
                let office = try self.office(text)
                #expect(office.closures.map(\.reason.en) == [reason])
            } else {
                let fault = #expect(throws: FileFaults.self) { try self.office(text) }
                #expect(fault?.list.map(\.field) == ["closures[0].reason.en"])
                #expect(fault?.list.first?.text(in: .en).contains("300017") == false)
            }
        }
    }

    /// Names and texts that YAML would take for something else, and seconds that are no minutes.
    @Test func oddValuesAreWrittenAndReadBackToo() throws {
        let text = LocalizedText(
            kk: "«А»: # \"б\" \\ \u{200C}", ru: " а\u{A0}\u{FFFE}б ", en: "- [x]: {y} & *z ")
        let (half, none) = (
            LocalizedText(kk: "", ru: "а", en: ""), LocalizedText(kk: "", ru: "", en: "")
        )
        let hours = DayInterval(start: TimeOfDay("09:00:30")!, end: TimeOfDay("23:59:59")!)!
        var rules = QueueRules()
        rules.holdSeconds = 61
        rules.graceSeconds = 0
        rules.rereleaseSeconds = 3_601
        let window = WindowID("-")!
        let office = QueueOffice(
            id: OfficeID("-1")!, title: text, address: none, standard: "7", kind: "-", zone: "",
            services: [
                QueueService(
                    id: ServiceID("null")!, letter: UInt8(ascii: "N"), title: text, minutes: 480)
            ],
            windows: [
                QueueWindow(
                    id: window, services: [ServiceID("null")!],
                    roster: [.monday: [hours], .sunday: []], breaks: [hours]),
                QueueWindow(id: WindowID("00")!, services: [], roster: [:], breaks: []),
            ],
            exceptions: [
                RosterException(date: date("2026-12-30"), window: window, hours: []),
                RosterException(date: date("2026-12-31"), window: window, hours: [hours]),
            ],
            closures: [
                Closure(date: date("2026-12-30"), hours: nil, reason: half),
                Closure(date: date("2026-12-30"), hours: nil, reason: none),
                Closure(date: date("2026-12-31"), hours: hours, reason: text),
            ], rules: rules, calendar: "kz-town")
        #expect(office.faults().isEmpty)
        let written = OfficeFile.write(office)
        #expect(try self.office(written) == office, "\(written)")
    }

    /// What a file may hold, the server takes.
    @Test func theExamplesPassTheServersCheck() throws {
        let names = [
            "astana-corporation", "almaty-provider", "karaganda-corporation",
            "astana-bookings-only",
        ]
        for name in names {
            let office = try OfficeFile.read(Self.folder.appendingPathComponent("\(name).yaml"))
            #expect(office.faults().isEmpty)
        }
    }

    @Test(arguments: [
        // text, replaced by, lines below the text, field, expected
        ("office: astana-1", "office: Astana 1", 0, "office", "1 to 32 lower-case"),
        ("office: astana-1", "ofice: astana-1", 0, "ofice", "mean 'office'?"),
        ("standard: std-7", "standard: [std-7]", 0, "standard", "lower-case"),
        ("kind: corporation", "kind: corporation\nprice: 9", 1, "price", "spelling"),
        ("kind: corporation", "kind: corporation\nhours: 9", 1, "hours", "a map"),
        ("kind: corporation", "kind: corporation\nzone: Asia Almaty", 1, "zone", "Asia/Almaty"),
        ("    letter: A", "    letter: a", 0, "services.acceptance.letter", "A to Z"),
        ("    letter: A", "    letter: AB", 0, "services.acceptance.letter", "A to Z"),
        (
            "  results:\n", "  R 1: {letter: C, title: {kk: a, ru: b, en: c}}\n  results:\n", 0,
            "services.R 1", "1 to 32 lower-case"
        ),
        ("minutes: 10\n", "minutes: 0\n", 0, "services.results.minutes", "1 to 480"),
        ("minutes: 10\n", "minutes: 481\n", 0, "services.results.minutes", "1 to 480"),
        ("minutes: 10\n", "minute: 10\n", 0, "services.results.minute", "spelling"),
        ("      ru: Выдача", "      uk: Выдача", -1, "services.results.title", "'ru'"),
        ("  \"1\":\n", "  \"window-10\":\n", 1, "windows.window-10", "1 to 8 lower-case"),
        (
            "services: [acceptance, results]", "services: [acceptance, resluts]", 0,
            "windows.1.services[1]", "acceptance, results"
        ),
        (
            "services: [acceptance, results]", "services: [results, results]", 0,
            "windows.1.services[1]", "each service once"
        ),
        (
            "window: \"3\", hours: []", "window: \"2\", hours: []", 0, "exceptions[1]",
            "one exception"
        ),
        (
            "breaks: [\"13:00-13:40\"]", "breaks: [\"13:40-13:00\"]", 0, "windows.1.breaks[0]",
            "first earlier"
        ),
        (
            "breaks: [\"13:00-13:40\"]", "breaks: [\"13:00-13:40\", \"13:40-14:00\"]", 0,
            "windows.1.breaks[1]", "rising order"
        ),
        (
            "roster: *morning", "roster: {tuesdays: []}", 0, "windows.2.roster.tuesdays",
            "monday to sunday"
        ),
        (
            "date: 2026-12-30, window: \"2\"", "date: 2026-02-30, window: \"2\"", 0,
            "exceptions[0].date", "YYYY-MM-DD"
        ),
        (
            "date: 2026-12-30, window: \"2\"", "date: 2026-12-30, window: \"9\"", 0,
            "exceptions[0].window", "1, 2, 3, 4, 5"
        ),
        (
            "window: \"3\", hours: []", "window: \"3\"", 0, "exceptions[1]", "'hours' is missing"
        ),
        ("hold-minutes: 10", "hold-minutes: 0", 0, "queue.hold-minutes", "1 to 1440"),
        (
            "hold-minutes: 10", "hold-minutes: 10\n  hold-seconds: 600", 1, "queue.hold-seconds",
            "beside"
        ),
        ("grace-minutes: 15", "grace-minutes: 241", 0, "queue.grace-minutes", "0 to 240"),
        ("lead-minutes: 30", "lead-minutes: 10081", 0, "queue.lead-minutes", "0 to 10080"),
        ("horizon-days: 14", "horizon-days: 63", 0, "queue.horizon-days", "1 to 62"),
        ("slot-minutes: 20", "slot-minutes: 4", 0, "queue.slot-minutes", "5 to 240"),
        ("portal-percent: 70", "portal-percent: 101", 0, "queue.portal-percent", "0 to 100"),
        ("kiosk-percent: 100", "kiosk-percent: -1", 0, "queue.kiosk-percent", "0 to 100"),
        ("calls: 3", "calls: 21", 0, "queue.calls", "1 to 20"),
        ("calls: 3", "call: 3", 0, "queue.call", "spelling"),
    ])
    func aWrongFileNamesLineFieldAndWhatWasExpected(
        old: String, new: String, below: Int, field: String, expected: String
    ) throws {
        let text = try Repository.text("Examples/offices/astana-corporation.yaml")
        let range = try #require(text.range(of: old), "no '\(old)'")
        let faults = try faults(text.replacingCharacters(in: range, with: new))
        #expect(faults.count == 1, "\(faults)")
        let fault = try #require(faults.first)
        let line = text[..<range.lowerBound].split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .count
        #expect(fault.line == line + below, "\(fault)")
        #expect(fault.field == field, "\(fault)")
        #expect(fault.problem.description.contains(expected), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
    }

    @Test func tooManyServicesAndWindowsAreTold() throws {
        let text = try Repository.text("Examples/offices/almaty-provider.yaml")
        let title = "title: {kk: a, ru: b, en: c}"
        let services = (1...9).map { "  s\($0): {letter: A, \(title)}\n" }.joined()
        let many = try faults(text.replacing("services:\n", with: "services:\n\(services)"))
        #expect(many.map(\.problem) == ["expected 1 to 8 services, found 11"])
        let windows = (3...70).map { "  \"\($0)\": {services: [results]}\n" }.joined()
        let wide = try faults(text.replacing("windows:\n", with: "windows:\n\(windows)"))
        #expect(wide.map(\.problem) == ["expected 0 to 64 windows, found 70"])
        let long = String(repeating: "ә", count: 251)
        let texts = try faults(text.replacing("Ремонт системы отопления здания", with: long))
        #expect(texts.map(\.problem) == ["expected a text of up to 500 bytes"])
    }

    /// The first of these was read for ever; the others show where a key may be.
    @Test func aliasesAreNeverWithinKeys() throws {
        let file = try Repository.text("Examples/offices/astana-corporation.yaml")
        #expect(try faults(file.replacing("\n", with: "\r\n")).isEmpty)
        let doubling = (1..<24).map {
            "a\($0): &a\($0) {? *a\($0 - 1) : 1, ? [*a\($0 - 1)] : 2}\n"
        }
        let wrong = [
            "a0: &a0 {x: y}\n" + doubling.joined(), "x: &x [1]\n*x : 1\n",
            "x: &x 1\n? - *x\n: 1\n", "x: &x 1\n?\n  - *x\n: 1\n", "x: &x [1]\n{[*x]: 1}\n",
            "x: &x [1]\n- *x : 1\n", "x: &x [1]\ny: *x\u{2028}? z\n", "x: &x [1]\ny: *x\rz: 1\n",
            "x: {y: &y 1, z: *y}\n", "x: &x 1\ny: [*x, *x]\n", "x: &x 1\ny:\t*x\t: 1\n",
        ]
        for text in wrong {
            let faults = try faults(text)
            #expect(faults.count == 1, "\(text)")
            #expect(faults.first?.problem.description.contains("within a key") == true, "\(text)")
        }
        let taken = [
            "x: &x [1]\ny: *x\n", "x: &x [1]\ny:\n  - *x\n  - *x", "x: a*b *\n", "x: y? z\n",
            "x: \"*a\"\n", "# a *note*\n", "x: a? b\ny: c ? d\n",
        ]
        for text in taken {
            #expect(
                try faults(text).allSatisfy { !$0.problem.description.contains("alias") }, "\(text)"
            )
        }
    }

    @Test func severalFaultsAreToldAtOnce() throws {
        let text = try Repository.text("Examples/offices/astana-corporation.yaml")
            .replacing("minutes: 10\n", with: "minutes: x\n", maxReplacements: 1)
            .replacing("slot-minutes: 20", with: "slot-minutes: 1")
            .replacing("calls: 3", with: "calls: 0")
        #expect(
            try faults(text).map(\.field) == [
                "services.results.minutes", "queue.slot-minutes", "queue.calls",
            ])
    }

    @Test func aFileThatIsNotThereSaysSo() throws {
        let error = #expect(throws: FileFaults.self) {
            try OfficeFile.read(URL(fileURLWithPath: "/nonexistent/office.yaml"))
        }
        #expect(error?.list.first?.file == "/nonexistent/office.yaml")
        #expect(error?.list.first?.problem.description.contains("is not there") == true)
    }
}
