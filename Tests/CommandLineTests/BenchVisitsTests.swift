// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Offers that `kezek bench visits` writes down, judged by `kezek visits check`, which shares nothing with
/// the planner.
@Suite(.waits) struct BenchVisitsTests {
    private static let windows = [
        [36_000, 43_200], [50_400, 57_600], [57_600, 64_800], [122_400, 129_600],
        [208_800, 216_000], [300_000, 307_200],
    ]

    /// The example's week without its matrix; every visit is promised for its window.
    private static func week() throws -> [String: Any] {
        let text = try Data(
            contentsOf: Repository.root.appendingPathComponent("Examples/visits/week.json"))
        var week = try JSONSerialization.jsonObject(with: text) as? [String: Any] ?? [:]
        week["matrices"] = nil
        func stripped(_ name: String) -> [[String: Any]] {
            (week[name] as? [[String: Any]] ?? []).map { entry in
                var entry = entry
                for key in ["location_index", "start_index", "end_index"] { entry[key] = nil }
                if let window = (entry["time_windows"] as? [[Int]])?.first {
                    entry["promised"] = ["window": window]
                }
                return entry
            }
        }
        week["vehicles"] = stripped("vehicles")
        week["jobs"] = stripped("jobs")
        return week
    }

    private static func callers() -> [[String: Any]] {
        [[71.41, 51.15], [71.5, 51.1], [71.45966, 51.16418]].enumerated().map { number, location in
            [
                "id": 100 + number, "location": location, "service": 1_200 + 600 * number,
                "skills": number == 1 ? [1] : [], "due": 259_200,
            ]
        }
    }

    private static func write(_ object: Any, _ name: String, _ folder: ShellFolder) throws -> String
    {
        let data = try JSONSerialization.data(withJSONObject: object)
        return try folder.file(name, String(decoding: data, as: UTF8.self))
    }

    @Test func whatIsOfferedCanBeDriven() async throws {
        let folder = try ShellFolder()
        let week = try Self.week()
        let problem = try Self.write(week, "week.json", folder)
        let solved = try await kezek(
            "visits", "solve", problem, "--steps", "300", "--output", folder.path("plan.json"))
        #expect(solved.status == 0, "\(solved.errors)")
        let requests = try Self.write(
            ["candidates": Self.windows, "requests": Self.callers()], "requests.json", folder)
        let run = try await kezek(
            "bench", "visits", problem, folder.path("plan.json"), "--requests", requests,
            "--rounds", "1", "--rooms", "--repairs", "--answers", folder.path("answers"), "--json")
        #expect(run.status == 0, "\(run.errors)")
        let plan = try folder.object("plan.json")
        var (offered, withRoom) = (0, 0)
        for caller in Self.callers() {
            let id = try #require(caller["id"] as? Int)
            let told = try folder.object("answers/\(id).offers.json")
            #expect(told["candidates"] as? [[Int]] == Self.windows)
            for offer in try #require(told["offers"] as? [[String: Any]]) {
                let window = try #require(offer["window"] as? [Int])
                var works = false
                for plan in Self.accept(offer, id, plan) where !works {
                    let taken = try Self.write(plan, "taken.json", folder)
                    works = try await Self.works(taken, week, caller, window, folder)
                }
                #expect(works, "\(caller), \(offer)")
                offered += 1
            }
            for window in try #require(told["rooms"] as? [[Int]]) {
                let taken = folder.path("answers/\(id).\(window[0]).plan.json")
                #expect(try await Self.works(taken, week, caller, window, folder))
                withRoom += 1
            }
        }
        #expect(offered > 5)
        let offers = try #require(run.object["offers"] as? [String: Any])
        let rooms = try #require(run.object["rooms"] as? [String: Any])
        #expect(offers["offered"] as? Int == offered)
        #expect(rooms["offered"] as? Int == offered + withRoom)
        let repairs = try #require(run.object["repairs"] as? [[String: Any]])
        let counts = repairs.map { ($0["milliseconds"] as? [String: Any])?["count"] as? Int }
        let routes = (plan["routes"] as? [Any])?.count
        #expect(counts == [routes, routes, routes, 24])
    }

    /// The plans with the caller's visit behind the one that the offer names: before a lunch that follows
    /// and after it.
    private static func accept(
        _ offer: [String: Any], _ id: Int, _ plan: [String: Any]
    ) -> [[String: Any]] {
        let routes = plan["routes"] as? [[String: Any]] ?? []
        let shift = offer["vehicle"] as? Int ?? 0
        let own = routes.first { $0["vehicle"] as? Int == shift }
        // A crew that pays no visit yet has its lunch alone.
        let steps = own?["steps"] as? [[String: Any]] ?? [["type": "break", "id": 1]]
        let stops = steps.compactMap { step in
            let type = step["type"] as? String ?? ""
            return type == "job" || type == "break" ? ["type": type, "id": step["id"]!] : nil
        }
        func isVisit(_ stop: [String: Any]) -> Bool { stop["type"] as? String == "job" }
        var place =
            (offer["after"] as? Int).map { before in
                stops.firstIndex { isVisit($0) && $0["id"] as? Int == before }! + 1
            } ?? 0
        var plans: [[String: Any]] = []
        while true {
            let longer = stops[..<place] + [["type": "job", "id": id]] + stops[place...]
            let others = routes.filter { $0["vehicle"] as? Int != shift }
            plans.append([
                "routes": others + [["vehicle": shift, "steps": Array(longer)]],
                "unassigned": [[String: Any]](),
            ])
            guard place < stops.count, !isVisit(stops[place]) else { return plans }
            place += 1
        }
    }

    /// Whether a plan can be driven with the caller's visit in it.
    private static func works(
        _ plan: String, _ week: [String: Any], _ caller: [String: Any], _ window: [Int],
        _ folder: ShellFolder
    ) async throws -> Bool {
        var (week, job) = (week, caller)
        job["promised"] = ["window": window]
        week["jobs"] = (week["jobs"] as? [[String: Any]] ?? []) + [job]
        let problem = try write(week, "larger.json", folder)
        return try await kezek("visits", "check", problem, plan).status == 0
    }

    @Test(arguments: [
        (#"{"candidates": [[0, 1]], "requests": []}"#, "nobody asks"),
        (#"{"candidates": [[1, 0]], "requests": []}"#, "is no window"),
        (
            #"{"candidates": [[0, 1]], "requests": [{"id": 1, "location": [999, 0], "service": 1}]}"#,
            "request 1 lies nowhere"
        ),
        (#"{"candidates": 5}"#, "requests.json"),
    ])
    func whatIsWrongWithTheRequestsIsSaid(_ text: String, _ words: String) async throws {
        let folder = try ShellFolder()
        let plan = try folder.file("plan.json", #"{"routes": []}"#)
        let requests = try folder.file("requests.json", text)
        let run = try await kezek(
            "bench", "visits", "Examples/visits/week.json", plan, "--requests", requests)
        #expect(run.status == 1 && run.errors.contains(words), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
}
