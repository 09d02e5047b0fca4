// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Plans of the program, judged by a program in another language that knows nothing of it.
@Suite(.waits) struct RefereeTests {
    private static let week = "Examples/visits/week.json"

    /// What the referee says, and its status.
    static func judge(_ arguments: [String]) async throws -> Run {
        try await Run.of(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["python3", "Tests/Referee/check_plan.py"] + arguments)
    }

    @Test func theRefereeAcceptsPlansOfAWeek() async throws {
        let folder = try ShellFolder()
        for seed in 1...3 {
            let plan = folder.path("plan.json")
            let run = try await kezek(
                "visits", "solve", Self.week, "--steps", "200", "--seed", "\(seed)", "--output",
                plan,
                "--json")
            #expect(run.status == 0, "\(run.errors)")
            let verdict = try await Self.judge([Self.week, plan])
            #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
            let travel = try #require(run.object["distance"] as? Double)
            #expect(verdict.output == "0 faults, \(Int(travel)) on the way\n")
            let check = try await kezek("visits", "check", Self.week, plan, "--json")
            #expect(check.status == 0 && check.object["travel"] as? Double == travel)
        }
    }

    /// A file with promises, loads, due times, crews to keep and to avoid, and one lunch more.
    static func drawn(_ seed: Int) -> String {
        var state = UInt64(seed) &* 7_919 &+ 3
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        let size = 25
        let points = (0..<size).map { _ in (roll(900), roll(900)) }
        let rows = points.map { a in
            "[" + points.map { b in "\(abs(a.0 - b.0) + abs(a.1 - b.1))" }.joined(separator: ", ")
                + "]"
        }
        let vehicles = (1...6).map { number in
            let opens = (number - 1) / 2 * 20_000
            return """
                {"id": \(number), "crew": "crew-\(number % 2)", "day": \((number - 1) / 2),
                 "start_index": 0, \(roll(3) == 0 ? "" : "\"end_index\": 0,")
                 "time_window": [\(opens), \(opens + 9_000)], "skills": [\(number % 2)],
                 "capacity": [\(5 + roll(4))], "max_tasks": \(5 + roll(3)),
                 "breaks": [{"id": 4, "service": 600,
                             "time_windows": [[\(opens + 3_000), \(opens + 5_000)]]}]}
                """
        }
        let jobs = (1..<size).map { number in
            let from = roll(3) * 20_000 + 500 + roll(5_000)
            var parts = [
                "\"id\": \(number), \"location_index\": \(number), \"setup\": \(roll(2) * 60)",
                "\"service\": \(200 + roll(300)), \"delivery\": [\(1 + roll(2))]",
            ]
            if roll(2) == 0 { parts.append("\"time_windows\": [[\(from), \(from + 2_500)]]") }
            if roll(5) == 0 {
                parts.append("\"promised\": {\"window\": [\(from), \(from + 2_000)]}")
                parts.append("\"required\": false")
            }
            if roll(4) == 0 { parts.append("\"skills\": [\(roll(2))]") }
            if roll(4) == 0 { parts.append("\"due\": \(20_000 + roll(40_000))") }
            if roll(5) == 0 { parts.append("\"forbidden_vehicles\": [\(1 + roll(6))]") }
            if roll(8) == 0 { parts.append("\"allowed_vehicles\": [1, 2, \(3 + roll(4))]") }
            return "{\(parts.joined(separator: ", "))}"
        }
        return """
            {"vehicles": [\(vehicles.joined(separator: ", "))],
             "jobs": [\(jobs.joined(separator: ", "))],
             "matrices": {"car": {"durations": [\(rows.joined(separator: ", "))]}}}
            """
    }

    @Test(arguments: 1...4) func theRefereeAcceptsPlansOfDrawnWeeks(_ seed: Int) async throws {
        let folder = try ShellFolder()
        let week = try folder.file("week.json", Self.drawn(seed))
        let run = try await kezek(
            "visits", "solve", week, "--steps", "200", "--output", folder.path("plan.json"),
            "--json")
        #expect(run.status == 0, "\(run.errors)")
        let verdict = try await Self.judge([week, folder.path("plan.json")])
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        // Said in the words of other solvers, a plan of it is one of this problem.
        let plain = folder.path("plain.json")
        #expect(try await kezek("visits", "export", week, "--plain", "--output", plain).status == 0)
        let other = try await kezek(
            "visits", "solve", plain, "--steps", "200", "--output", folder.path("other.json"))
        #expect(other.status == 0, "\(other.errors)")
        for problem in [plain, week] {
            let verdict = try await Self.judge([problem, folder.path("other.json")])
            #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        }
        // And whole, it is the same problem: the same plan comes of it.
        let whole = folder.path("whole.json")
        #expect(try await kezek("visits", "export", week, "--output", whole).status == 0)
        let again = try await kezek("visits", "solve", whole, "--steps", "200", "--json")
        #expect(again.output == run.output)
    }

    /// Damages a plan of the example in ways that the referee and the program must both see.
    @Test(arguments: [
        "drop", "double", "late", "early", "noLunch", "swap", "elsewhere", "unknown", "hours",
        "travel",
    ])
    func bothRefuseWhatIsDamaged(_ way: String) async throws {
        let folder = try ShellFolder()
        let path = folder.path("plan.json")
        #expect(
            try await kezek("visits", "solve", Self.week, "--steps", "200", "--output", path).status
                == 0)
        var plan = try folder.object("plan.json")
        var routes = try #require(plan["routes"] as? [[String: Any]])
        var steps = try #require(routes[0]["steps"] as? [[String: Any]])
        let jobs = steps.indices.filter { steps[$0]["type"] as? String == "job" }
        switch way {
        case "drop": steps.remove(at: jobs[0])
        case "double": steps.insert(steps[jobs[0]], at: jobs[0])
        case "late": steps[jobs[0]]["arrival"] = 90_000
        case "early": steps[jobs.last!]["arrival"] = 0
        case "noLunch": steps.removeAll { $0["type"] as? String == "break" }
        case "swap": steps.swapAt(jobs[0], jobs[1])
        case "elsewhere": routes[0]["vehicle"] = routes[1]["vehicle"]
        case "unknown": steps[jobs[0]]["id"] = 999
        case "hours": steps[steps.count - 1]["arrival"] = 80_000
        default: routes[0]["duration"] = 1
        }
        routes[0]["steps"] = steps
        plan["routes"] = routes
        try JSONSerialization.data(withJSONObject: plan).write(
            to: folder.url.appendingPathComponent("plan.json"))
        let verdict = try await Self.judge([Self.week, path])
        #expect(verdict.status == 1, "\(verdict.output)\(verdict.errors)")
        let check = try await kezek("visits", "check", Self.week, path)
        #expect(check.status == 1 && check.output.hasPrefix("fault: "), "\(check.output)")
        #expect(check.errors.contains("cannot stand"))
    }

    /// A plan that was good, under a problem that has changed since: both must refuse it.
    @Test(arguments: [
        "capacity", "max_tasks", "skills", "forbidden_vehicles", "allowed_vehicles", "due",
        "service",
        "time_windows", "promised", "promisedVehicles", "hours", "crew", "breaks", "durations",
    ])
    func bothRefuseWhatIsForbiddenSince(_ change: String) async throws {
        let folder = try ShellFolder()
        let week = try folder.file("week.json", Self.drawn(1))
        let path = folder.path("plan.json")
        #expect(
            try await kezek("visits", "solve", week, "--steps", "200", "--output", path).status == 0
        )
        let routes = try #require(try folder.object("plan.json")["routes"] as? [[String: Any]])
        let number = try #require(routes[0]["vehicle"] as? Int)
        let steps = try #require(routes[0]["steps"] as? [[String: Any]])
        let step = try #require(steps.first { $0["type"] as? String == "job" })
        let start = try #require(step["arrival"] as? Int) + (step["waiting_time"] as? Int ?? 0)
        var problem = try folder.object("week.json")
        var vehicles = try #require(problem["vehicles"] as? [[String: Any]])
        var jobs = try #require(problem["jobs"] as? [[String: Any]])
        let vehicle = try #require(vehicles.firstIndex { $0["id"] as? Int == number })
        let job = try #require(jobs.firstIndex { $0["id"] as? Int == step["id"] as? Int })
        switch change {
        case "capacity": vehicles[vehicle][change] = [0]
        case "max_tasks": vehicles[vehicle][change] = 0
        case "skills": jobs[job][change] = [99]
        case "forbidden_vehicles": jobs[job][change] = [number]
        case "allowed_vehicles": jobs[job][change] = [number % 6 + 1]
        case "due": jobs[job][change] = start
        case "service": jobs[job][change] = 9_000
        case "time_windows": jobs[job][change] = [[start + 1, start + 2]]
        case "promised": jobs[job][change] = ["window": [start - 2, start - 1]]
        case "promisedVehicles":
            jobs[job]["promised"] = ["window": [start, start], "vehicles": [number % 6 + 1]]
        case "hours": vehicles[vehicle]["time_window"] = [0, start]
        case "crew":
            for index in vehicles.indices {
                vehicles[index]["crew"] = "one"
                vehicles[index]["day"] = 0
            }
        case "breaks":
            vehicles[vehicle][change] = [["id": 5, "service": 1, "time_windows": [[0, 99_999]]]]
        default:
            problem["matrices"] = nil
            problem["matrix"] = [[Int]](repeating: [Int](repeating: 4_000, count: 25), count: 25)
        }
        problem["vehicles"] = vehicles
        problem["jobs"] = jobs
        try JSONSerialization.data(withJSONObject: problem).write(
            to: folder.url.appendingPathComponent("week.json"))
        let verdict = try await Self.judge([week, path])
        #expect(verdict.status == 1, "\(verdict.output)\(verdict.errors)")
        let check = try await kezek("visits", "check", week, path)
        #expect(check.status == 1 && check.output.hasPrefix("fault: "), "\(check)")
    }

    private static let solomon = """
        A
        3 10
        0 50 50 0 0 1000 0
        1 80 90 5 0 400 10
        2 20 90 5 100 300 10
        3 20 11 5 0 1000 10
        4 83 10 5 200 500 10
        5 54 97 3 0 1000 10
        """
    private static let vrp = """
        NAME : B
        TYPE : CVRP
        DIMENSION : 6
        EDGE_WEIGHT_TYPE : EUC_2D
        CAPACITY : 10
        NODE_COORD_SECTION
        1 50 50
        2 80 90
        3 20 90
        4 20 11
        5 83 10
        6 54 97
        DEMAND_SECTION
        1 0
        2 5
        3 5
        4 5
        5 5
        6 3
        DEPOT_SECTION
        1
        -1
        EOF
        """

    @Test(arguments: [
        (solomon, "distance", "one-decimal"), (solomon, "vehicles", "plain"),
        (vrp, "distance", "whole"), (vrp, "vehicles", "plain"),
    ])
    func theRefereeAcceptsPlansOfInstances(_ text: String, _ objective: String, _ count: String)
        async throws
    {
        let folder = try ShellFolder()
        let file = try folder.file("a.txt", text)
        let output = folder.path("a.sol")
        let run = try await kezek(
            "visits", "solve", file, "--steps", "200", "--objective", objective, "--output", output)
        #expect(run.status == 0, "\(run.errors)")
        let verdict = try await Self.judge([file, output, "--count", count])
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        let solution = try folder.text("a.sol")
        // It starts where it ended, and gets no worse.
        let again = try await kezek(
            "visits", "solve", file, "--steps", "0", "--objective", objective, "--start", output,
            "--output", folder.path("b.sol"))
        #expect(again.status == 0 && !again.output.contains("not taken over"), "\(again.output)")
        #expect(
            try await kezek("visits", "check", file, output, "--objective", objective).status == 0)
        let damages = [
            solution.replacing("Cost ", with: "Cost 1"),
            solution.replacing(/Route #1: \d+/, with: "Route #1:"),
            solution.replacing("Route #1: ", with: "Route #1: 5 "),
        ]
        for damaged in damages {
            try #require(damaged != solution)
            let path = try folder.file("c.sol", damaged)
            #expect(try await Self.judge([file, path, "--count", count]).status == 1)
        }
    }

    @Test func theRefereeTellsWhatItCannotRead() async throws {
        for arguments in [
            ["README.md", Self.week], [Self.week, "nothing.json"], [Self.week, "README.md"],
        ] {
            #expect(try await Self.judge(arguments).status == 2)
        }
    }
}
