// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What is done with plans from the shell: checking, sheets, maps, writing, and times that are made.
@Suite(.waits) struct VisitPapersCommandTests {
    private static let week = "Examples/visits/week.json"

    /// A plan of the example in a folder.
    private static func plan(_ folder: ShellFolder) async throws -> String {
        let path = folder.path("plan.json")
        let run = try await kezek("visits", "solve", week, "--steps", "500", "--output", path)
        try #require(run.status == 0, "\(run.errors)")
        return path
    }

    @Test func whatWasMovedIsAFaultOnlyOverTheLimit() async throws {
        let folder = try ShellFolder()
        let first = try await Self.plan(folder)
        let other = folder.path("other.json")
        #expect(
            try await kezek(
                "visits", "solve", Self.week, "--steps", "500", "--seed", "9", "--output", other
            )
            .status == 0)
        let check = try await kezek("visits", "check", Self.week, other, "--start", first, "--json")
        let moved = try #require(check.object["moved"] as? Int)
        try #require(check.status == 0 && moved > 0, "\(check.output)")
        let limited = try await kezek(
            "visits", "check", Self.week, other, "--start", first, "--max-moved", "0")
        #expect(limited.status == 1)
        #expect(limited.output.contains("fault: \(moved) visits more than the limit were moved"))
        #expect(limited.errors.contains("1 fault\n"))
    }

    @Test func aFaultIsToldAsJSON() async throws {
        let folder = try ShellFolder()
        let empty = try folder.file(
            "empty.json", "{\"routes\": [{\"vehicle\": 77, \"steps\": []}]}")
        let run = try await kezek("visits", "check", Self.week, empty, "--json")
        #expect(run.status == 1)
        let faults = try #require(run.object["faults"] as? [[String: Any]])
        #expect(faults.count == 25)
        #expect(faults[0]["kind"] as? String == "unknownShift" && faults[0]["shift"] as? Int == 77)
        #expect(faults[1]["kind"] as? String == "missingVisit" && faults[1]["visit"] as? Int == 1)
        #expect((run.object["travelTimes"] as? [String: Any])?["source"] as? String == "file")
    }

    private static let places = """
        {"vehicles": [{"id": 1, "start": [71.43, 51.13], "end": [71.43, 51.13],
                       "time_window": [32400, 64800]}],
         "jobs": [{"id": 1, "location": [71.45, 51.16], "service": 600},
                  {"id": 2, "location": [71.5, 51.1], "service": 600}]}
        """

    @Test func travelTimesAreMadeAndItIsSaid() async throws {
        let folder = try ShellFolder()
        let file = try folder.file("places.json", Self.places)
        // 787 + 1445 + 1174 s, as the great circles, the detours and the extra minutes make them.
        let usual = try await kezek("visits", "solve", file, "--steps", "10", "--json")
        #expect(usual.object["distance"] as? Double == 3_406)
        #expect(
            usual.errors
                == "{\"note\":\"travel times are estimated: great circle × 1.4 at 30 km/h + 3 min\"}\n"
        )
        let times = try #require(usual.object["travelTimes"] as? [String: Any])
        #expect(times["source"] as? String == "estimate" && times["speedKmh"] as? Double == 30)
        let fast = try await kezek(
            "visits", "solve", file, "--steps", "10", "--json", "--speed-kmh", "60",
            "--extra-minutes",
            "0", "--detour", "1.4")
        #expect(fast.object["distance"] as? Double == 1_433)
        // Exported with its times, it is the same without a word.
        let whole = folder.path("whole.json")
        #expect(try await kezek("visits", "export", file, "--output", whole).status == 0)
        let again = try await kezek("visits", "solve", whole, "--steps", "10", "--json")
        #expect(again.object["distance"] as? Double == 3_406 && again.errors.isEmpty)
    }

    /// Without an answer from the server of roads, ways are estimated, and both is said.
    @Test func aServerOfRoadsThatFailsIsReplaced() async throws {
        let folder = try ShellFolder()
        let file = try folder.file("places.json", Self.places)
        let run = try await kezek(
            "visits", "solve", file, "--steps", "10", "--json", "--osrm", "http://127.0.0.1:1")
        #expect(run.status == 0 && run.object["distance"] as? Double == 3_406)
        #expect(
            run.errors.contains("no travel times from http://127.0.0.1:1: it cannot be reached"))
        #expect(run.errors.contains("travel times are estimated"))
        let times = try #require(run.object["travelTimes"] as? [String: Any])
        #expect((times["insteadOfRoads"] as? String)?.contains("cannot be reached") == true)
    }

    @Test func aSheetIsGivenInThreeFormats() async throws {
        let folder = try ShellFolder()
        let plan = try await Self.plan(folder)
        func sheet(_ more: String...) async throws -> Run {
            try await kezek(
                ["visits", "sheet", Self.week, plan, "--origin", "2026-03-16", "--vehicle", "1"]
                    + more)
        }
        let text = try await sheet("--language", "ru")
        #expect(text.output.hasPrefix("crew-1 · Понедельник, 16 марта 2026 года\n"))
        #expect(text.output.contains("  обед\n"))
        let html = try await sheet("--format", "html", "--language", "kk")
        #expect(html.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"kk\">"))
        #expect(html.output.ranges(of: "<section>").count == 1)
        let all = try await kezek(
            "visits", "sheet", Self.week, plan, "--origin", "2026-03-16", "--format", "html")
        #expect(all.output.ranges(of: "<section>").count > 3)
        let calendar = try await sheet("--format", "ics", "--stamp", "2026-03-13T17:00")
        let lines = calendar.output.components(separatedBy: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        #expect(
            lines.count { $0 == "DTSTAMP:20260313T170000Z" } == lines.count { $0 == "BEGIN:VEVENT" }
        )
        let starts = lines.filter { $0.hasPrefix("DTSTART:") }
        #expect(starts.count > 2 && starts.allSatisfy { $0.hasPrefix("DTSTART:20260316T") })
        let names = lines.filter { $0.hasPrefix("UID:") }
        #expect(Set(names).count == names.count && names.count == starts.count)
        #expect(names.contains { $0.hasPrefix("UID:lunch-") })
        #expect(lines.contains { $0.wholeMatch(of: /GEO:51\.\d{6};71\.\d{6}/) != nil })
    }

    /// The UID of a visit names its area and its number, whatever day a file begins with.
    @Test func aVisitHasOneNameInAllCalendars() async throws {
        let folder = try ShellFolder()
        func names(_ name: String?, _ origin: String) async throws -> Set<String> {
            let said = name.map { "{\"name\": \"\($0)\"," } ?? "{"
            let file = try folder.file(
                "named.json", said + Self.places.drop { $0 != "{" }.dropFirst())
            let plan = folder.path("plan.json")
            _ = try await kezek("visits", "solve", file, "--steps", "10", "--output", plan)
            let run = try await kezek(
                "visits", "sheet", file, plan, "--origin", origin, "--format", "ics")
            return Set(
                run.output.components(separatedBy: "\r\n").filter { $0.hasPrefix("UID:visit-") })
        }
        let first = try await names("astana-1", "2026-03-16")
        #expect(first.contains("UID:visit-1-astana-1@kezek"))
        #expect(try await names("astana-1", "2026-03-17") == first)
        #expect(try await names("astana-2", "2026-03-16").isDisjoint(with: first))
        // The numbers of a file without a name mean something only with its origin.
        let plain = try await names(nil, "2026-03-16")
        #expect(try await names(nil, "2026-03-17").isDisjoint(with: plain))
    }

    @Test func aNameInACalendarIsEscapedAndFolded() async throws {
        let folder = try ShellFolder()
        let address = String(repeating: "Абай, көшесі; \\ ", count: 8) + "\\nEND:VCALENDAR"
        let file = try folder.file(
            "places.json",
            Self.places.replacing(
                "\"id\": 1, \"location\"",
                with:
                    "\"id\": 1, \"description\": \"\(address.replacing("\\ ", with: "\\\\ "))\", \"location\""
            ))
        let plan = folder.path("plan.json")
        #expect(
            try await kezek("visits", "solve", file, "--steps", "10", "--output", plan).status == 0)
        let run = try await kezek(
            "visits", "sheet", file, plan, "--origin", "2026-03-16", "--format", "ics")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        let unfolded = run.output.replacing("\r\n ", with: "")
        let expected = String(repeating: "Абай\\, көшесі\\; \\\\ ", count: 8) + "\\nEND:VCALENDAR"
        #expect(unfolded.contains("LOCATION:\(expected) · 51.16\\, 71.45\r\n"))
        #expect(run.output.ranges(of: "\r\nEND:VCALENDAR").count == 1)
    }

    /// Another program's parser takes the picture, and finds in it what the plan has.
    @Test func aMapIsSoundMarkup() async throws {
        let folder = try ShellFolder()
        let plan = try await Self.plan(folder)
        let svg = folder.path("map.svg")
        let html = folder.path("map.html")
        for output in [svg, html] {
            let run = try await kezek("visits", "map", Self.week, plan, "--output", output)
            #expect(run.status == 0, "\(run.errors)")
        }
        let run = try await Run.of(
            "python3", "-c",
            """
            import sys, xml.etree.ElementTree as tree
            root = tree.parse(sys.argv[1]).getroot()
            name = "{http://www.w3.org/2000/svg}"
            assert root.tag == name + "svg"
            print(sum(1 for each in root.iter(name + "g") if each.get("class") == "s"))
            """, svg)
        #expect(run.status == 0 && run.output == "24\n", "\(run.errors)")
        #expect(try folder.text("map.html").ranges(of: "type=\"checkbox\"").count >= 4)
    }

    @Test(arguments: [
        (["check", week, "nothing.json"], "nothing.json"), (["check", week, "README.md"], "JSON"),
        (["check", week, week], "routes"), (["check", week, week, "--max-moved", "5"], "--start"),
        (["check", "README.md", week], "neither"),
        (["check", week, week, "--speed-kmh", "30"], "own travel times"),
        (["solve", week, "--osrm", "https://a"], "http://127.0.0.1:5000"),
        (["solve", week, "--detour", "0"], "--detour"),
        (["sheet", week, week], "--origin"),
        (["sheet", week, week, "--origin", "2026-02-30"], "2026-02-30"),
        (["map", week, week], "--output"), (["map", week, week, "--output", "a.png"], ".svg"),
        (["export", week, "--output", "/nowhere/x.json"], "folder"),
    ])
    func whatIsWrongIsSaid(_ arguments: [String], _ word: String) async throws {
        let run = try await kezek(["visits"] + arguments, input: "")
        #expect(run.status != 0 && run.errors.contains(word), "\(run.errors)")
    }

    @Test func aVehicleWithoutARouteHasNoSheet() async throws {
        let folder = try ShellFolder()
        let plan = try await Self.plan(folder)
        let run = try await kezek(
            "visits", "sheet", Self.week, plan, "--origin", "2026-03-16", "--vehicle", "99")
        #expect(run.status == 1 && run.errors.contains("--vehicle 99"))
    }
}
