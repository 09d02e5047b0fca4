// SPDX-License-Identifier: Apache-2.0

import Foundation
import PretendedRoads
import TestKit
import Testing

/// Ways by road on a running server, by the command line alone.
@Suite(.waits) struct LiveRoadsTests {
    /// A file of ways in a folder of its own.
    private final class Ways {
        let folder: URL
        var path: String { folder.appendingPathComponent("ways.yaml").path }

        init(_ text: String, matrix: String? = nil) throws {
            folder = FileManager.default.temporaryDirectory
                .appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try matrix?.write(
                to: folder.appendingPathComponent("matrix.json"), atomically: true,
                encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    private func serve(_ ways: Ways, store: URL? = nil) async throws -> RunningQueue {
        let queue = try await RunningQueue(
            withOffices: false, store: store,
            serving: ["--ways", ways.path, "--replan-seconds", "0", "--metrics", "127.0.0.1:0"])
        if store == nil {
            let run = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
            try #require(run.status == 0, "\(run.errors)")
        }
        return queue
    }

    private func offer(_ queue: RunningQueue, _ caller: Int, _ place: String) async throws -> Run {
        try await queue(
            "visits", "offer", "--area", "astana-1", "--place", place, "--address", "house",
            "--name", "N", "--telephone", "1414", "--reference", "call-\(caller)", "--json")
    }

    private func ways(_ run: Run) throws -> (origin: String?, extra: Int?) {
        let offer = try #require(run.object["offer"] as? [String: Any], "\(run.errors)")
        let windows = try #require(offer["windows"] as? [[String: Any]])
        return (offer["ways"] as? String, windows.first?["extraTravel"] as? Int)
    }

    /// How many places have estimated ways for want of an answer, as the metrics tell.
    private func unmeasured(_ queue: RunningQueue) async throws -> Int? {
        let page = try await metricsPage(at: try #require(queue.metrics))
        return page.firstMatch(of: /\nkezek_roads_unmeasured_places (\d+)/).flatMap { Int($0.1) }
    }

    /// Calls until the answer is by road, as a server that was away is asked again by and by.
    private func callUntilByRoad(
        _ queue: RunningQueue, from first: Int, _ place: (Int) -> String
    ) async throws -> Int {
        var calls = 0
        let isByRoad = try await eventually {
            calls += 1
            let run = try await offer(queue, first + calls, place(calls % 80))
            if try ways(run).origin == "roads" { return true }
            // Each call takes a window, and they are asked again only by and by.
            await pause(milliseconds: 1_000)
            return false
        }
        #expect(isByRoad)
        return calls
    }

    @Test func anAreaHasTheWaysOfItsFile() async throws {
        let file = try Ways(
            "areas: {astana-1: {matrix: matrix.json, speed-kmh: 60}}",
            matrix: """
                {"places": [[71.4306, 51.1282], [71.4597, 51.1642], [71.41, 51.1]],
                 "seconds": [[0, 700, 100], [800, 0, 100], [100, null, 0]]}
                """)
        let queue = try await serve(file)
        let known = try await ways(offer(queue, 1, "71.4597,51.1642"))
        #expect(known.origin == "roads" && known.extra == 1_500)
        // The plan has the first caller's places, to which there is no road from here.
        #expect(try await ways(offer(queue, 2, "71.41,51.1")).origin == "roadsMissing")
        // Whoever is not in the file has estimated ways, and is told so.
        let other = try await offer(queue, 3, "71.5,51.2")
        #expect(try ways(other).origin == "roadsMissing")
        let text = try await queue("visits", "offer", "--visit", "astana-1/3")
        #expect(text.output.contains("ways to this place are estimated"), "\(text.output)")
    }

    @Test func aServerIsStartedWithAWholeFileOnly() async throws {
        for (text, words) in [
            ("usual: {matrix: none.json}", "none.json is not there"),
            ("usual: {osrm: 'ftp://x'}", "usual.osrm: expected an address"),
            ("usual: {matrix: matrix.json}", "matrix.json: seconds: is missing"),
        ] {
            let file = try Ways(text, matrix: "{\"places\": []}")
            let run = try await kezek([
                "serve", "--listen", "127.0.0.1:0", "--ways", file.path, "--create", "--store",
                file.folder.appendingPathComponent("s.sqlite").path,
            ])
            #expect(run.status == 1 && run.errors.contains(words), "\(run.errors)")
        }
        let alone = try await kezek(["serve", "--ways", "ways.yaml"])
        #expect(alone.status != 0 && alone.errors.contains("--ways needs --store"))
    }

    /// KezekRoadsUnknown is for the time in which the server of roads gives no answer.
    @Test func anAreaAsksAServerOfRoads() async throws {
        #expect(
            try Repository.text("Examples/prometheus/alarms.yaml")
                .contains("expr: kezek_roads_unmeasured_places > 0"))
        let roads = try await PretendedRoads(.good)
        let queue = try await serve(
            try Ways("usual: {osrm: '\(roads.address)', osrm-seconds: 5}"))
        let office = [71.4306, 51.1282]
        let home = [71.4597, 51.1642]
        let first = try await ways(offer(queue, 1, "71.4597,51.1642"))
        #expect(first.origin == "roads")
        #expect(
            first.extra
                == Int(PretendedRoads.seconds(office, home).rounded())
                + Int(PretendedRoads.seconds(home, office).rounded()))
        #expect(roads.calls.count == 2)
        #expect(try await unmeasured(queue) == 0)
        // No way from the caller's side of the river: estimated, and told.
        roads.behave(.island(east: 71.48))
        #expect(try await ways(offer(queue, 2, "71.49,51.13")).origin == "roadsMissing")
        // A server that says nothing is waited for once, and then not for a while.
        roads.behave(.silent)
        #expect(try await ways(offer(queue, 3, "71.44,51.13")).origin == "roadsMissing")
        // On a slow machine that while may be over before the next call; not before each of them.
        var wasSpared = false
        for caller in 4...9 where !wasSpared {
            let asked = roads.calls.count
            let answer = try await ways(offer(queue, caller, "71.45,51.1\(caller)"))
            #expect(answer.origin == "roadsMissing")
            wasSpared = roads.calls.count == asked
        }
        #expect(wasSpared)
        #expect(try #require(try await unmeasured(queue)) > 0)
        let text = try String(
            contentsOf: queue.folder.appendingPathComponent("log"), encoding: .utf8)
        #expect(text.contains("gave no travel times") && text.contains("it took too long"))
        // In the log nobody reads where homes are.
        #expect(!text.contains("71.4"))
        // It recovers, and the places that were estimated are measured with the next ones.
        roads.behave(.good)
        _ = try await callUntilByRoad(queue, from: 10) { "71.46,51.1\(10 + $0)" }
        await queue.stop()
        try await roads.stop()
    }

    @Test func aStartNeedsNoServerOfRoads() async throws {
        let roads = try await PretendedRoads(.good)
        let file = try Ways("usual: {osrm: '\(roads.address)', osrm-seconds: 5}")
        let queue = try await serve(file)
        #expect(try await ways(offer(queue, 1, "71.4597,51.1642")).origin == "roads")
        await queue.kill()
        try await roads.stop()
        let again = try await serve(file, store: queue.journal)
        #expect(try await ways(offer(again, 2, "71.44,51.13")).origin == "roadsMissing")
        // It comes up, nobody starts anything anew.
        let back = try await PretendedRoads(.good, inPlaceOf: roads)
        _ = try await callUntilByRoad(again, from: 10) { "71.46,51.1\(10 + $0)" }
        await again.stop()
        try await back.stop()
    }
}
