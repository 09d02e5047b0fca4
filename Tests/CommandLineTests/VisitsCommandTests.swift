// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Planning visits from the shell.
@Suite(.waits) struct VisitsCommandTests {
    private static let week = "Examples/visits/week.json"

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-visits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test func aWeekIsPlannedAndPlannedAgain() async throws {
        try await withFolder { folder in
            let plan = folder.appendingPathComponent("plan.json").path
            let first = try await kezek(
                "visits", "solve", Self.week, "--steps", "1000", "--output", plan, "--json")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.object["visits"] as? Int == 24)
            #expect(first.object["unassigned"] as? [Int] == [])
            let again = try await kezek(
                "visits", "solve", Self.week, "--steps", "1000", "--start", plan, "--max-moved",
                "0", "--json")
            #expect(again.object["moved"] as? Int == 0)
            let (before, after) = (
                try #require(first.object["distance"] as? Double),
                try #require(again.object["distance"] as? Double)
            )
            #expect(after <= before)
            let repeated = try await kezek(
                "visits", "solve", Self.week, "--steps", "1000", "--json")
            #expect(repeated.output == first.output)
        }
    }

    @Test func anInstanceIsPlannedAsText() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("a.txt")
            try """
            A
            2 10
            0 0 0 0 0 1000 0
            1 30 40 5 0 1000 10
            2 30 40 5 0 1000 10
            3 -30 -40 5 0 1000 10
            """.write(to: file, atomically: true, encoding: .utf8)
            let output = folder.appendingPathComponent("a.sol")
            for objective in ["distance", "vehicles"] {
                let run = try await kezek(
                    "visits", "solve", file.path, "--steps", "500", "--objective", objective,
                    "--output", output.path)
                #expect(run.status == 0, "\(run.errors)")
                let text = try String(contentsOf: output, encoding: .utf8)
                #expect(text.contains("Route #2: ") && text.hasSuffix("Cost 200\n"), "\(text)")
            }
        }
    }

    /// What a place lacks is told in the instance's own unit, and a break that cannot be taken by its name.
    @Test func whyNobodyPaysAVisitIsTold() async throws {
        try await withFolder { folder in
            let text = """
                short

                VEHICLE
                NUMBER     CAPACITY
                  2         1

                CUSTOMER
                0      0         0          0          0       100          0
                1      3         4         0.5         0        2        1
                """
            let instance = folder.appendingPathComponent("short.txt")
            try Data(text.utf8).write(to: instance)
            let arguments = ["visits", "solve", instance.path, "--objective", "vehicles"]
            let run = try await kezek(arguments + ["--steps", "10"])
            #expect(run.output.contains("lacks 3.0\n"), "\(run.output)\(run.errors)")
            let json = try await kezek(arguments + ["--steps", "10", "--json"])
            let reasons = json.object["reasons"] as? [[String: Any]]
            #expect(reasons?.first?["missing"] as? Double == 3)
            let week = """
                {"matrices": {"car": {"durations": [[0, 100], [100, 0]]}}, "vehicles": [
                  {"id": 2, "start_index": 0, "time_window": [5000, 9000],
                   "breaks": [{"id": 1, "service": 60, "time_windows": [[1000, 2000]]}]}],
                 "jobs": [{"id": 1, "location_index": 1, "service": 100}]}
                """
            let file = folder.appendingPathComponent("breaks.json")
            try Data(week.utf8).write(to: file)
            let told = try await kezek("visits", "solve", file.path, "--steps", "10")
            #expect(told.output.contains("cannot take their breaks within their hours"))
            // One vehicle is busy until after its hours; another that is free must not, or cannot.
            for (more, end, word) in [
                (#", "forbidden_vehicles": [2]"#, 9_500, "busy"),
                (#", "skills": [1]"#, 9_500, "busy"), (#", "skills": [2]"#, 9_500, "skills"),
                (#", "forbidden_vehicles": [1, 2]"#, 9_500, "must not"),
                (#", "forbidden_vehicles": [2]"#, 8_900, "lacks"),
            ] {
                let day = """
                    {"matrices": {"car": {"durations": [[0, 100], [100, 0]]}}, "vehicles": [
                      {"id": 1, "start_index": 0, "end_index": 0, "time_window": [900, 9000],
                       "skills": [1], "begun": [
                         {"type": "job", "id": 1, "arrival": 1000, "start": 1000, "end": \(end)}]},
                      {"id": 2, "start_index": 0, "end_index": 0, "time_window": [900, 9000]}],
                     "jobs": [{"id": 1, "location_index": 1}, {"id": 7, "location_index": 1,
                       "service": 600, "time_windows": [[1500, 2000]]\(more)}]}
                    """
                let file = folder.appendingPathComponent("busy.json")
                try Data(day.utf8).write(to: file)
                let told = try await kezek("visits", "solve", file.path, "--steps", "10")
                #expect(told.output.contains(word), "\(more) \(told.output)\(told.errors)")
            }
        }
    }

    @Test(arguments: [
        (["nothing.json"], "nothing.json"), (["README.md"], "neither"),
        ([week, "--output", "plan.txt"], ".sol"), ([week, "--output", "a.sol"], "instance"),
        ([week, "--seconds", "-1"], "--seconds"), ([week, "--max-moved", "5"], "--start"),
        ([week, "--objective", "price"], "distance"), ([week, "--start", week], "routes"),
        ([week, "--seconds", "0", "--output", "/nowhere/plan.json"], "folder"),
    ])
    func whatIsWrongIsSaid(_ arguments: [String], _ word: String) async throws {
        let run = try await kezek(["visits", "solve"] + arguments, input: "")
        #expect(run.status != 0)
        #expect(run.errors.contains(word), "\(run.errors)")
    }
}
