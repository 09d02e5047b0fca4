// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A day that has begun, as files: what has happened stays, and the rest is planned from there.
@Suite(.waits) struct BegunDayTests {
    /// A drawn week and a plan of it, of which so much has happened by a second: the last thing that each crew
    /// has begun took a little less than was planned.
    private struct Begun {
        let problem: String
        let plan: String
        /// Per vehicle the numbers of the jobs that it has begun.
        private(set) var jobs: [Int: [Int]] = [:]

        init(_ seed: Int, until now: Int, in folder: ShellFolder) async throws {
            let week = try folder.file("week.json", RefereeTests.drawn(seed))
            plan = folder.path("plan.json")
            let run = try await kezek(
                "visits", "solve", week, "--steps", "200", "--output", plan)
            #expect(run.status == 0, "\(run.errors)")
            var file = try folder.object("week.json")
            var vehicles = try #require(file["vehicles"] as? [[String: Any]])
            let routes = try folder.object("plan.json")["routes"] as? [[String: Any]] ?? []
            for route in routes {
                let number = try #require(route["vehicle"] as? Int)
                let index = try #require(vehicles.firstIndex { $0["id"] as? Int == number })
                var begun: [[String: Any]] = []
                for step in route["steps"] as? [[String: Any]] ?? [] {
                    func part(_ name: String) -> Int { step[name] as? Int ?? 0 }
                    let (arrival, start) = (part("arrival"), part("arrival") + part("waiting_time"))
                    guard let type = step["type"] as? String, type == "job" || type == "break",
                        start <= now
                    else { continue }
                    begun.append([
                        "type": type, "id": part("id"), "arrival": arrival, "start": start,
                        "end": start + part("setup") + part("service"),
                    ])
                }
                guard var last = begun.popLast(), let end = last["end"] as? Int else { continue }
                last["end"] = end - 50
                begun.append(last)
                vehicles[index]["begun"] = begun
                jobs[number] = begun.filter { $0["type"] as? String == "job" }
                    .compactMap { $0["id"] as? Int }
            }
            file["vehicles"] = vehicles
            problem = folder.path("begun.json")
            try JSONSerialization.data(withJSONObject: file).write(
                to: folder.url.appendingPathComponent("begun.json"))
        }
    }

    /// Both who judge accept a plan of the problem.
    private func accept(_ problem: String, _ plan: String) async throws {
        let check = try await kezek("visits", "check", problem, plan)
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        let verdict = try await RefereeTests.judge([problem, plan])
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
    }

    @Test(arguments: [(1, 3_000), (2, 24_000), (3, 43_000), (4, 5_000)])
    func theRestIsPlannedFromWhereTheCrewsAre(_ seed: Int, _ now: Int) async throws {
        let folder = try ShellFolder()
        let begun = try await Begun(seed, until: now, in: folder)
        #expect(!begun.jobs.isEmpty)
        // The plan of the morning still stands, whatever times it states of what is over.
        try await accept(begun.problem, begun.plan)
        let new = folder.path("new.json")
        let run = try await kezek(
            "visits", "solve", begun.problem, "--steps", "200", "--seed", "7", "--output", new,
            "--json")
        #expect(run.status == 0, "\(run.errors)")
        try await accept(begun.problem, new)
        let check = try await kezek("visits", "check", begun.problem, new, "--json")
        #expect(check.object["travel"] as? Double == run.object["distance"] as? Double)
        let routes = try folder.object("new.json")["routes"] as? [[String: Any]] ?? []
        for (vehicle, jobs) in begun.jobs {
            let route = routes.first { $0["vehicle"] as? Int == vehicle }
            let steps = route?["steps"] as? [[String: Any]] ?? []
            let paid = steps.filter { $0["type"] as? String == "job" }
                .compactMap { $0["id"] as? Int }
            #expect(paid.starts(with: jobs), "\(vehicle): \(paid), and has begun \(jobs)")
        }
        // It starts where it ended.
        let again = try await kezek(
            "visits", "solve", begun.problem, "--steps", "0", "--start", new)
        #expect(again.status == 0 && !again.output.contains("not taken over"), "\(again.output)")
    }

    /// Other solvers plan the rest, and a plan of that is one of the whole day.
    @Test func thePlainProblemIsTheRest() async throws {
        let folder = try ShellFolder()
        let begun = try await Begun(1, until: 24_000, in: folder)
        let (plain, other) = (folder.path("plain.json"), folder.path("other.json"))
        let export = try await kezek(
            "visits", "export", begun.problem, "--plain", "--output", plain)
        let count = begun.jobs.values.reduce(0) { $0 + $1.count }
        #expect(
            export.errors.contains("visits that have begun are left out: \(count)"),
            "\(export.errors)")
        let left = try folder.object("plain.json")["jobs"] as? [[String: Any]] ?? []
        #expect(left.count == 24 - count)
        let run = try await kezek("visits", "solve", plain, "--steps", "200", "--output", other)
        #expect(run.status == 0, "\(run.errors)")
        try await accept(begun.problem, other)
        // Whole, it says what has begun.
        let whole = folder.path("whole.json")
        #expect(
            try await kezek("visits", "export", begun.problem, "--output", whole).status == 0)
        try await accept(whole, begun.plan)
    }

    @Test func aPlanThatHasItOtherwiseIsRefused() async throws {
        let folder = try ShellFolder()
        let begun = try await Begun(1, until: 3_000, in: folder)
        var plan = try folder.object("plan.json")
        var routes = try #require(plan["routes"] as? [[String: Any]])
        let index = try #require(
            routes.firstIndex { begun.jobs[$0["vehicle"] as? Int ?? 0]?.isEmpty == false })
        var steps = try #require(routes[index]["steps"] as? [[String: Any]])
        let jobs = steps.indices.filter { steps[$0]["type"] as? String == "job" }
        steps.swapAt(jobs[0], jobs[1])
        routes[index]["steps"] = steps
        plan["routes"] = routes
        try JSONSerialization.data(withJSONObject: plan).write(
            to: folder.url.appendingPathComponent("bad.json"))
        let check = try await kezek("visits", "check", begun.problem, folder.path("bad.json"))
        #expect(check.output.contains("does not begin with what has begun"), "\(check.output)")
        let verdict = try await RefereeTests.judge([begun.problem, folder.path("bad.json")])
        #expect(verdict.output.contains("does not begin with what it has begun"))
    }
}
