// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import TestKit
import Testing

@Suite(.waits) struct QueueCommandTests {
    @Test func officesAreImportedShownAndExported() async throws {
        let queue = try await RunningQueue()
        let list = try await queue("office", "list")
        #expect(list.output.contains("almaty-edu"))
        #expect(list.output.contains("astana-1"))
        let show = try await queue("office", "show", "astana-1", "--language", "kk")
        #expect(show.output.contains("дс–сб 11:00-20:00"))
        #expect(
            try await queue("office", "show", "astana-1", "--json").part("office")["kind"]
                as? String
                == "corporation")
        // What was exported changes nothing when it is imported, and is exported alike again.
        let file = queue.folder.appendingPathComponent("astana-1.yaml").path
        #expect(try await queue("office", "export", "astana-1", file).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let back = try await queue("office", "import", file, "--json")
        #expect(back.part("effects")["done"] as? Bool == true)
        #expect((back.part("effects")["displaced"] as? [Any])?.isEmpty == true)
        #expect(try await queue("office", "export", "astana-1").output == text)
        // Of several files none is imported if one is wrong.
        try text.replacing("office: astana-1", with: "office: astana-2")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let bad = queue.folder.appendingPathComponent("bad.yaml").path
        try text.replacing("slot-minutes: 20", with: "slot-minutes: 2")
            .write(toFile: bad, atomically: true, encoding: .utf8)
        let wrong = try await queue("office", "import", file, bad)
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("queue.slot-minutes: expected a number from 5 to 240"))
        #expect(try await queue("office", "show", "astana-2").status == 1)
    }

    @Test func aSlotIsHeldConfirmedMovedAndCancelled() async throws {
        let queue = try await RunningQueue()
        let slots = try await queue.laterSlots()
        let hold = [
            "hold", "astana-1", "--service", "acceptance", "--at", slots[0], "--reference", "a",
            "--request-id", "000102030405060708090a0b0c0d0e0f", "--json",
        ]
        let held = try await queue(hold)
        let id = try #require(held.booking?["id"] as? String, "\(held.errors)")
        #expect(held.booking?["state"] as? String == "held")
        #expect(held.object["requestId"] as? String == "000102030405060708090a0b0c0d0e0f")
        // The same id is the same command; the same applicant in another command is refused.
        #expect(try await queue(hold).output == held.output)
        let again = try await queue(Array(hold.prefix(8)) + ["--json"])
        #expect(again.reason == "alreadyBooked")
        let link = try #require(held.link)
        #expect(link.hasPrefix(id + "/") && link.count == id.count + 33)
        #expect(try await queue("confirm", link.dropLast() + "x").status == 64)
        let text = try await queue("confirm", link, "--language", "kk").output
        #expect(text.hasPrefix("Бронь расталды: \(id)\n") && text.contains(link))
        #expect(text.contains("Педагогтерді аттестаттауға құжаттар қабылдау"))
        let moved = try await queue("reschedule", id, "--to", slots[1], "--json")
        let new = try #require(moved.booking?["id"] as? String, "\(moved.errors)")
        #expect(moved.booking?["counterpart"] as? String == id)
        let old = try await queue("booking", id, "--json")
        #expect(old.booking?["state"] as? String == "moved")
        #expect(
            old.booking?["counterpartSecret"] as? String == moved.booking?["secret"] as? String)
        #expect(try await queue("cancel", new, "--by", "office", "--reason", "x").status == 0)
        #expect(try await queue("booking", new).output.contains("cancelled"))
        #expect(try await queue("release", new, "--json").reason == "wrongState")
    }

    /// Until when it is held is told by the office's clocks, whatever those here show.
    @Test func aHoldTellsWhenItEnds() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let hold = [
            "hold", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "a",
            "--request-id", "000102030405060708090a0b0c0d0e0f",
        ]
        let told = try await queue(hold).output
        let until = try await queue(hold + ["--json"]).booking?["heldUntil"] as? String
        let end = try #require(until?.firstMatch(of: /2026-03-19T(\d\d:\d\d):\d\d\+05:00/))
        #expect(told.contains("\nconfirm it by \(end.1): kezek confirm "), "\(told)")
    }

    @Test func aFullSlotIsRefusedWithTheFreeOnesNearIt() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let parts = slot.split(separator: "T").map(String.init)
        let slots = try await queue(
            "slots", "astana-1", "--service", "acceptance", "--date", parts[0], "--json")
        let day = try #require((slots.object["days"] as? [[String: Any]])?.first)
        let cell = try #require(
            (day["slots"] as? [[String: Any]])?.first {
                $0["startSecond"] as? String == parts[1]
            })
        let free = try #require(cell["free"] as? Int)
        #expect((1...5).contains(free))
        for number in 0..<free { _ = try await queue.book(slot, for: "applicant-\(number)") }
        let hold = [
            "hold", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "late",
        ]
        let refused = try await queue(hold + ["--json"])
        #expect(refused.reason == "slotTaken")
        let alternatives = try #require(refused.error["alternatives"] as? [String])
        #expect(!alternatives.isEmpty)
        #expect(!alternatives.contains { slot.hasPrefix($0) })
        let told = try await queue(hold)
        #expect(told.status == 1)
        #expect(told.errors.contains("free: \(alternatives.joined(separator: "  "))"))
        let table = try await queue(
            "slots", "astana-1", "--service", "acceptance", "--date", parts[0])
        #expect(table.output.contains(" –"))
        let days = try await queue(
            "slots", "astana-1", "--service", "acceptance", "--from", parts[0], "--to", parts[0],
            "--channel", "portal")
        #expect(days.output.hasPrefix(parts[0]))
    }

    @Test func aProviderTakesNobodyByBooking() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let run = try await queue(
            "hold", "almaty-edu", "--service", "acceptance", "--at", slot, "--reference", "a",
            "--json")
        #expect(run.status == 1)
        #expect(run.reason == "noBookings")
        #expect((run.error["message"] as? String)?.contains("row 7, R7.3") == true)
    }

    @Test func anIINIsReadFromStandardInputAndNeverShown() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        func hold(_ iin: String, input: String = "") async throws -> Run {
            try await queue(
                [
                    "hold", "astana-1", "--service", "acceptance", "--at", slot, "--iin", iin,
                    "--json",
                ], input: input)
        }
        let good = try await hold("-", input: "900101300017\n")
        #expect(good.booking?["state"] as? String == "held")
        #expect(!good.output.contains("900101300017"))
        #expect(try await hold("900101300017").reason == "alreadyBooked")
        let mistyped = try await hold("900101300018")
        #expect(mistyped.status == 64)
        #expect(!mistyped.errors.contains("900101300018"))
        let piped = try await hold("-", input: "900101300018\n")
        #expect(piped.status == 1)
        #expect(!piped.errors.contains("900101300018"))
    }

    @Test func aClosureTellsWhoseBookingsItMovesAndWaitsToBeApplied() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let id = try await queue.book(slot, for: "a")
        let close = [
            "office", "close", "astana-1", "--date", String(slot.prefix(10)), "--reason", "Repair",
            "--reason-ru", "Ремонт",
        ]
        let tried = try await queue(close)
        #expect(tried.status == 2)
        #expect(tried.output.contains(id))
        #expect(tried.errors.contains("--apply"))
        #expect(
            try await queue("booking", id, "--json").booking?["state"] as? String == "confirmed")
        let made = try await queue(close + ["--apply", "--json"])
        #expect(made.status == 0)
        let effects = made.part("effects")
        #expect(effects["done"] as? Bool == true)
        let displaced = try #require((effects["displaced"] as? [[String: Any]])?.first)
        let new = try #require(displaced["replacement"] as? [String: Any])
        let date = try #require((new["id"] as? String)?.split(separator: "/")[1])
        #expect(date > slot.prefix(10))
        #expect(
            try await queue("booking", id, "--json").booking?["counterpart"] as? String
                == new["id"] as? String)
        let hold = try await queue(
            "hold", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "b",
            "--language", "ru")
        #expect(hold.errors.contains("Ремонт"))
        #expect(
            try await queue("office", "reopen", "astana-1", "--date", String(slot.prefix(10)))
                .status == 0
        )
        #expect(try await queue("office", "recalculate", "astana-1").status == 0)
        _ = try await queue.book(slot, for: "b")
    }

    @Test func aRehearsalNeverMixesWithARealJournal() async throws {
        let folder = try TemporaryDirectory()
        let store = folder.url.appendingPathComponent("queue.sqlite").path
        let server = try await StartedServer(
            ["--store", store, "--create"], log: folder.url.appendingPathComponent("log"))
        await server.stop()
        let run = try await kezek("serve", "--store", store, "--rehearse", "2026-03-19T05:00:00Z")
        #expect(run.status != 0)
        #expect(run.errors.contains("Name a file that is not there"))
    }

    /// Started again, a rehearsal goes on: never back, and on when a later time is asked for.
    @Test func aRehearsalGoesOn() async throws {
        let folder = try TemporaryDirectory()
        let store = folder.url.appendingPathComponent("queue.sqlite").path
        var starts = 0
        func now(_ arguments: [String]) async throws -> Timestamp {
            starts += 1
            let server = try await StartedServer(
                ["--store", store] + arguments,
                log: folder.url.appendingPathComponent("log-\(starts)"))
            await server.stop()
            let time = server.lines.firstMatch(of: /now=(\S+)/)
            let text = String(try #require(time, "\(server.lines)").1)
            return try #require(Timestamp(text))
        }
        func time(_ text: String) -> Timestamp { Timestamp(text)! }
        let first = try await now(["--rehearse", "2026-03-19T05:00:00Z"])
        #expect(first >= time("2026-03-19T05:00:00Z") && first < time("2026-03-19T06:00:00Z"))
        for arguments in [[], ["--rehearse", "2026-03-18T05:00:00Z"]] {
            let again = try await now(arguments)
            #expect(again >= first && again < time("2026-03-19T06:00:00Z"), "\(arguments)")
        }
        let later = try await now(["--rehearse", "2026-03-20T05:00:00Z"])
        #expect(later >= time("2026-03-20T05:00:00Z") && later < time("2026-03-20T06:00:00Z"))
        // Without its journal there is nothing to go on with.
        for name in ["queue.sqlite", "queue.sqlite.key", "queue.sqlite-lock", "queue.sqlite-head"] {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
        let anew = try await now(["--rehearse", "2026-03-17T05:00:00Z"])
        #expect(anew >= time("2026-03-17T05:00:00Z") && anew < time("2026-03-17T06:00:00Z"))
        try Data("soon".utf8).write(to: URL(fileURLWithPath: store + ".rehearsal"))
        let wrong = try await kezek("serve", "--store", store)
        #expect(wrong.status == 1 && wrong.errors.contains("expected one whole number"))
    }
}
