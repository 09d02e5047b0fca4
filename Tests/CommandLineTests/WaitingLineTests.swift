// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// Waiting lists at the command line, over a server.
@Suite(.waits) struct WaitingLineTests {
    @Test func whoeverWaitsTakesWhatIsKept() async throws {
        let queue = try await RunningQueue()
        let imported = try await queue(
            "office", "import", "Examples/offices/astana-bookings-only.yaml")
        #expect(imported.status == 0, "\(imported.errors)")
        let shown = try await queue("office", "show", "astana-2").output
        #expect(shown.contains("waiting list: a place is kept for 30 min"), "\(shown)")
        let booked = try await queue(
            "book", "astana-2", "--service", "results", "--at", "2026-03-20T12:00", "--reference",
            "a")
        #expect(booked.status == 0, "\(booked.errors)")
        // Something is free before it: it is kept at once.
        let joined = try await queue(
            "waiting", "join", "--booking", "astana-2/2026-03-20/1", "--on", "2026-03-20",
            "--from", "11:00", "--until", "11:40")
        #expect(joined.output.contains("11:00"), "\(joined.errors)")
        let link = try #require(
            joined.output.split(whereSeparator: { " \n".contains($0) })
                .first { $0.contains("/w1/") }.map(String.init))
        let place = try await queue("waiting", "show", link)
        #expect(place.output.contains("offered") && place.output.contains("11:00–"))
        let list = try await queue("waiting", "list", "astana-2", "--on", "2026-03-20")
        #expect(list.output.contains("w1") && list.output.contains("offered"), "\(list.errors)")
        let accepted = try await queue("waiting", "accept", link)
        #expect(accepted.output.contains("astana-2/2026-03-20/2"), "\(accepted.errors)")
        #expect(try await queue("booking", "astana-2/2026-03-20/1").output.contains("moved"))
        let again = try await queue("waiting", "accept", link)
        #expect(again.status == CommandStatus.refused.rawValue)
        #expect(again.errors.contains("No place is kept for no. w1"), "\(again.errors)")
        let other = try await queue(
            "waiting", "join", "--office", "astana-2", "--service", "acceptance", "--reference",
            "b", "--on", "2026-03-20", "--json")
        #expect(other.status == 0, "\(other.errors)")
        let declined = try await queue("waiting", "decline", "astana-2/2026-03-20/w2")
        #expect(declined.status == 0, "\(declined.errors)")
        let left = try await queue("waiting", "leave", "astana-2/2026-03-20/w2")
        #expect(left.output.contains("off the list: left"), "\(left.errors)")
        let stats = try await queue(
            "stats", "astana-2", "--from", "2026-03-20", "--to", "2026-03-20")
        #expect(stats.output.contains("waiting list"), "\(stats.errors)")
        // An office without a list says so.
        let none = try await queue(
            "waiting", "join", "--office", "astana-1", "--service", "acceptance", "--reference",
            "c", "--on", "2026-03-20")
        #expect(none.errors.contains("keeps no waiting list"), "\(none.errors)")
        let verified = try await queue.verify()
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func whatIsNotSaidWellIsTold() async throws {
        for line in [
            ["waiting", "join", "--on", "2026-03-20"],
            ["waiting", "join", "--on", "2026-03-20", "--office", "o", "--service", "a"],
            ["waiting", "show", "astana-2/2026-03-20/2"],
        ] {
            let run = try await kezek(line)
            #expect(run.status == CommandStatus.usage.rawValue, "\(line): \(run.errors)")
        }
    }
}

extension RunningQueue {
    /// What its journal proves.
    fileprivate func verify() async throws -> Run {
        try await kezek(["journal", "verify", journal.path])
    }
}
