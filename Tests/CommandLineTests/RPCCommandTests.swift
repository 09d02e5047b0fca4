// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Any call of the protocol, with JSON.
@Suite(.waits) struct RPCCommandTests {
    @Test func callsAreMadeWithJSON() async throws {
        let queue = try await RunningQueue()
        let offices = try await queue("rpc", "offices")
        let found = try #require(offices.object["offices"] as? [[String: Any]], "\(offices.errors)")
        #expect(found.contains { $0["id"] as? String == "astana-1" })
        // A command, from a file, as it names a person; its id makes it the same command again.
        let slot = try await queue.laterSlots()[0].split(separator: "T").map(String.init)
        let file = queue.folder.appendingPathComponent("hold.json").path
        try """
        {"office": "astana-1", "service": "acceptance", "day": "\(slot[0])", "start_second": "\(slot[1])",
         "channel": "office", "reference": "rpc"}
        """.write(toFile: file, atomically: true, encoding: .utf8)
        let hold = ["rpc", "hold", "@" + file, "--request-id", "000102030405060708090a0b0c0d0eff"]
        let held = try await queue(hold)
        let booking = try #require(held.object["booking"] as? [String: Any], "\(held.errors)")
        let id = try #require(booking["id"] as? String)
        #expect(id.hasPrefix("astana-1/\(slot[0])/"))
        #expect(booking["state"] as? String == "held")
        #expect((booking["heldUntil"] as? String)?.hasSuffix("Z") == true)
        #expect(try await queue(hold).output == held.output)
        // The same as the command of its own tells.
        let shown = try await queue("booking", id, "--json")
        #expect(shown.output.contains(#""held""#), "\(shown.errors)")
        let local = try await queue(hold + ["--zone", "Asia/Almaty"])
        #expect(
            ((local.object["booking"] as? [String: Any])?["heldUntil"] as? String)?.hasSuffix(
                "+05:00")
                == true)
        let stats = try await queue("rpc", "stats", "--json")
        #expect(stats.output.split(separator: "\n").count == 1)
    }

    @Test func whatIsWrongIsTold() async throws {
        let queue = try await RunningQueue()
        func fault(_ words: String...) async throws -> String {
            let run = try await queue(["rpc"] + words)
            #expect(run.status != 0, "\(words)")
            #expect(run.output.isEmpty)
            return run.errors
        }
        #expect(try await fault("hald").contains("there is no call 'hald'"))
        #expect(try await fault("hold", "{").contains("this is no JSON"))
        #expect(try await fault("hold", #"{"offce": 1}"#).contains("offce: there is no such key"))
        let twice = try await fault("office", #"{"office": "a", "office": "astana-1"}"#)
        #expect(twice.contains("office: is there twice"))
        let personal = try await fault("hold", #"{"office": "astana-1", "iin": "1"}"#)
        #expect(personal.contains("'iin' is about a person"))
        #expect(try await fault("office", #"{"office": "nowhere"}"#).contains("nowhere"))
        #expect(
            try await fault("slots", #"{"offce": 1}"#, "--language", "ru").contains(
                "такого ключа нет"))
        #expect(try await fault("hold", "@/nowhere.json").contains("is not there"))
        #expect(try await fault("stats", "--zone", "Asia/Atlantis").contains("Asia/Almaty"))
    }

    @Test func callsAndTheirKeysAreListed() async throws {
        let list = try await kezek("rpc", "--list")
        let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(names.contains("due_date") && names.contains("replan_visits"))
        let shape = try await kezek("rpc", "hold", "--shape")
        #expect(shape.output.contains("startSecond") && shape.output.contains(#""portal""#))
    }
}
