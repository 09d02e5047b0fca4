// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// An office that receives by booking alone, at the command line.
@Suite(.waits) struct ReceptionLineTests {
    @Test func anOfficeReceivesByBookingAlone() async throws {
        let queue = try await RunningQueue()
        let path = "Examples/offices/astana-bookings-only.yaml"
        let imported = try await queue("office", "import", path)
        #expect(imported.status == 0, "\(imported.errors)")
        let shown = try await queue("office", "show", "astana-2").output
        #expect(shown.contains("by booking alone: order of the head of the branch No. 17"))
        #expect(shown.contains("for one person: 3 bookings within 10 days in a row · astana"))
        // Without a booking it takes a reason, and the refusal tells what else can be had.
        let without = try await queue("ticket", "astana-2", "--service", "acceptance")
        #expect(without.status == CommandStatus.refused.rawValue)
        #expect(without.errors.contains("receives by booking alone"), "\(without.errors)")
        #expect(without.errors.contains("veteran (a veteran)"), "\(without.errors)")
        let unlisted = try await queue(
            "ticket", "astana-2", "--service", "acceptance", "--reason", "hurry")
        #expect(unlisted.errors.contains("no code 'hurry'"), "\(unlisted.errors)")
        let taken = try await queue(
            "ticket", "astana-2", "--service", "acceptance", "--reason", "veteran")
        #expect(taken.output.contains("Without a booking: a veteran"), "\(taken.errors)")
        for line in [
            ["window", "open", "astana-2", "1", "--who", "clerk-7"], ["next", "astana-2", "1"],
            ["finish", "astana-2", "A-001", "--outcome", "refused", "--ending", "papers-expired"],
            ["window", "break", "astana-2", "1", "--reason", "lunch"],
        ] {
            let run = try await queue(line)
            #expect(run.status == 0, "\(line): \(run.errors)")
        }
        let stats = try await queue("stats", "astana-2", "--hours").output
        for row in ["veteran", "papers-expired", "lunch", "clerk-7", "planned min"] {
            #expect(stats.contains(row), "\(stats)")
        }
        let free = try await queue(
            "nearest", "astana-1", "astana-2", "--service", "acceptance", "--first", "2")
        #expect(free.output.contains("astana-1") && free.output.contains("astana-2"))
        let held = try await queue(
            "book", "astana-2", "--service", "results", "--at", "2026-03-20T12:00", "--reference",
            "a")
        #expect(held.status == 0, "\(held.errors)")
        let found = try await queue("bookings", "--reference", "a").output
        #expect(found.contains("astana-2/2026-03-20/1"), "\(found)")
        let again = try await queue(
            "hold", "astana-1", "--service", "results", "--at", "2026-03-20T13:00", "--reference",
            "a")
        #expect(again.errors.contains("20 March 2026, 12:00"), "\(again.errors)")
    }

    /// A provider receives in order of arrival (R7.3): its file is told with the line.
    @Test(arguments: ["kk", "ru", "en"])
    func aProvidersFileIsToldWithItsLine(language: String) async throws {
        let queue = try await RunningQueue()
        let text = try Repository.text("Examples/offices/astana-bookings-only.yaml")
            .replacing("kind: corporation", with: "kind: provider")
        let file = queue.folder.appendingPathComponent("office.yaml")
        try Data(text.utf8).write(to: file)
        let line = try #require(
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex(of: "    order:"))
        let wrong = try await queue("office", "import", file.path, "--language", language)
        #expect(wrong.status == CommandStatus.refused.rawValue)
        let place = "office.yaml:\(line + 1): reception.bookings-only: "
        #expect(wrong.errors.contains(place), "\(wrong.errors)")
        #expect(wrong.errors.contains("R7.3"), "\(wrong.errors)")
    }
}
