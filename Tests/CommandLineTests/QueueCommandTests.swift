// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@Suite struct QueueCommandTests {
    @Test func officesAreImportedShownAndExported() throws {
        let queue = try RunningQueue()
        let list = try queue("office", "list")
        #expect(list.output.contains("almaty-edu"))
        #expect(list.output.contains("astana-1"))
        let show = try queue("office", "show", "astana-1", "--language", "kk")
        #expect(show.output.contains("дс–сн 11:00-20:00"))
        #expect(
            try queue("office", "show", "astana-1", "--json").object["kind"] as? String
                == "corporation")
        // What was exported changes nothing when it is imported, and is exported alike again.
        let file = queue.folder.appendingPathComponent("astana-1.yaml").path
        #expect(try queue("office", "export", "astana-1", file).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let back = try queue("office", "import", file, "--json")
        #expect(back.object["done"] as? Bool == true)
        #expect((back.object["displaced"] as? [Any])?.isEmpty == true)
        #expect(try queue("office", "export", "astana-1").output == text)
        // Of several files none is imported if one is wrong.
        try text.replacing("office: astana-1", with: "office: astana-2")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let bad = queue.folder.appendingPathComponent("bad.yaml").path
        try text.replacing("slot-minutes: 20", with: "slot-minutes: 2")
            .write(toFile: bad, atomically: true, encoding: .utf8)
        let wrong = try queue("office", "import", file, bad)
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("queue.slot-minutes: expected a number from 5 to 240"))
        #expect(try queue("office", "show", "astana-2").status == 1)
    }

    @Test func aSlotIsHeldConfirmedMovedAndCancelled() throws {
        let queue = try RunningQueue()
        let slots = try queue.laterSlots()
        let hold = [
            "hold", "astana-1", "--service", "acceptance", "--at", slots[0], "--reference", "a",
            "--request-id", "000102030405060708090a0b0c0d0e0f", "--json",
        ]
        let held = try queue(hold)
        let id = try #require(held.booking?["booking"] as? String, "\(held.errors)")
        #expect(held.booking?["state"] as? String == "held")
        #expect(held.object["requestId"] as? String == "000102030405060708090a0b0c0d0e0f")
        // The same id is the same command; the same applicant in another command is refused.
        #expect(try queue(hold).output == held.output)
        let again = try queue(Array(hold.prefix(8)) + ["--json"])
        #expect(again.reason == "alreadyBooked")
        let text = try queue("confirm", id, "--language", "kk").output
        #expect(text.hasPrefix("Бронь расталды: \(id)\n"))
        #expect(text.contains("Педагогтерді аттестаттауға құжаттар қабылдау"))
        let moved = try queue("reschedule", id, "--to", slots[1], "--json")
        let new = try #require(moved.booking?["booking"] as? String, "\(moved.errors)")
        #expect(moved.booking?["counterpart"] as? String == id)
        #expect(try queue("booking", id, "--json").object["state"] as? String == "moved")
        #expect(try queue("cancel", new, "--by", "office", "--reason", "x").status == 0)
        #expect(try queue("booking", new).output.contains("cancelled"))
        #expect(try queue("release", new, "--json").reason == "wrongState")
    }

    @Test func aFullSlotIsRefusedWithTheFreeOnesNearIt() throws {
        let queue = try RunningQueue()
        let slot = try #require(try queue.laterSlots().first)
        let parts = slot.split(separator: "T").map(String.init)
        let slots = try queue(
            "slots", "astana-1", "--service", "acceptance", "--date", parts[0], "--json")
        let day = try #require((slots.object["days"] as? [[String: Any]])?.first)
        let cell = try #require(
            (day["slots"] as? [[String: Any]])?.first { $0["start"] as? String == parts[1] })
        let free = try #require(cell["free"] as? Int)
        #expect((1...5).contains(free))
        for number in 0..<free { _ = try queue.book(slot, for: "applicant-\(number)") }
        let hold = [
            "hold", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "late",
        ]
        let refused = try queue(hold + ["--json"])
        #expect(refused.reason == "slotTaken")
        let alternatives = try #require(refused.error["alternatives"] as? [String])
        #expect(!alternatives.isEmpty)
        #expect(!alternatives.contains(slot))
        let told = try queue(hold)
        #expect(told.status == 1)
        #expect(told.errors.contains("free: \(alternatives.joined(separator: "  "))"))
        let table = try queue("slots", "astana-1", "--service", "acceptance", "--date", parts[0])
        #expect(table.output.contains(" –"))
        let days = try queue(
            "slots", "astana-1", "--service", "acceptance", "--from", parts[0], "--to", parts[0],
            "--channel", "portal")
        #expect(days.output.hasPrefix(parts[0]))
    }

    @Test func aProviderTakesNobodyByBooking() throws {
        let queue = try RunningQueue()
        let slot = try #require(try queue.laterSlots().first)
        let run = try queue(
            "hold", "almaty-edu", "--service", "acceptance", "--at", slot, "--reference", "a",
            "--json")
        #expect(run.status == 1)
        #expect(run.reason == "noBookings")
        #expect((run.error["message"] as? String)?.contains("R7.3") == true)
    }

    @Test func anIINIsReadFromStandardInputAndNeverShown() throws {
        let queue = try RunningQueue()
        let slot = try #require(try queue.laterSlots().first)
        func hold(_ iin: String, input: String = "") throws -> Run {
            try queue(
                [
                    "hold", "astana-1", "--service", "acceptance", "--at", slot, "--iin", iin,
                    "--json",
                ], input: input)
        }
        let good = try hold("-", input: "900101300017\n")
        #expect(good.booking?["state"] as? String == "held")
        #expect(!good.output.contains("900101300017"))
        #expect(try hold("900101300017").reason == "alreadyBooked")
        let mistyped = try hold("900101300018")
        #expect(mistyped.status == 64)
        #expect(!mistyped.errors.contains("900101300018"))
        let piped = try hold("-", input: "900101300018\n")
        #expect(piped.status == 1)
        #expect(!piped.errors.contains("900101300018"))
    }

    @Test func aClosureTellsWhoseBookingsItMovesAndWaitsToBeApplied() throws {
        let queue = try RunningQueue()
        let slot = try #require(try queue.laterSlots().first)
        let id = try queue.book(slot, for: "a")
        let close = [
            "office", "close", "astana-1", "--date", String(slot.prefix(10)), "--reason", "Repair",
            "--reason-ru", "Ремонт",
        ]
        let tried = try queue(close)
        #expect(tried.status == 2)
        #expect(tried.output.contains(id))
        #expect(tried.errors.contains("--apply"))
        #expect(try queue("booking", id, "--json").object["state"] as? String == "confirmed")
        let made = try queue(close + ["--apply", "--json"])
        #expect(made.status == 0)
        #expect(made.object["done"] as? Bool == true)
        let displaced = try #require((made.object["displaced"] as? [[String: Any]])?.first)
        let new = try #require(displaced["replacement"] as? [String: Any])
        #expect(new["date"] as? String ?? "" > slot.prefix(10))
        #expect(
            try queue("booking", id, "--json").object["counterpart"] as? String
                == new["booking"] as? String)
        let hold = try queue(
            "hold", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "b",
            "--language", "ru")
        #expect(hold.errors.contains("Ремонт"))
        #expect(
            try queue("office", "reopen", "astana-1", "--date", String(slot.prefix(10))).status == 0
        )
        #expect(try queue("office", "recalculate", "astana-1").status == 0)
        _ = try queue.book(slot, for: "b")
    }

    @Test func aRehearsalNeverMixesWithARealJournal() throws {
        let queue = try RunningQueue()
        let free = try queue(
            "slots", "astana-1", "--service", "acceptance", "--first", "1", "--json")
        #expect((free.object["slots"] as? [String])?.first?.hasPrefix("2026-03-19T10:") == true)
        let run = try kezek(
            "serve", "--store", queue.journal.path, "--rehearse", "2026-03-19T05:00:00Z")
        #expect(run.status != 0)
        #expect(run.errors.contains("Name a file that is not there"))
    }
}
