// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What `kezek decree` tells of what moves now, and of what moves later.
@Suite(.waits) struct DecreeCommandTests {
    private static let accept = [
        "application", "accept", "astana-1", "--channel", "corporation", "--group",
        "preschool-teacher", "--reference", "r", "--complete", "--consent", "--json",
    ]

    /// The repository's calendar under a name, with a Friday given for a Saturday.
    private func calendar(
        _ queue: RunningQueue, known: String, named name: String = "kz"
    ) throws -> String {
        let file = queue.folder.appendingPathComponent("\(name).yaml")
        let text = try Repository.text("Calendars/kz.yaml")
            .replacing("calendar: kz\n", with: "calendar: \(name)\n")
            .replacing(
                "\ntransfers:\n",
                with: "\ntransfers:\n  - {working: 2026-04-11, rest: 2026-03-20, known: \(known), "
                    + "act: order-109-2024}\n")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Three working days from Thursday 19 March end on the 27th, and on the 30th without the 20th.
    @Test func whatMovesLaterIsNamedBeforehandInThreeLanguages() async throws {
        let queue = try await RunningQueue()
        let accepted = try await queue(Self.accept)
        let name = try #require(accepted.object["application"] as? String, "\(accepted.errors)")
        let file = try calendar(queue, known: "2026-03-20")
        for (language, moves, later, head) in [
            (
                "kk", "1 мерзім ішінен 0 жылжиды", "сонда жылжиды: 1 мерзім, 0 бронь",
                "2026-03-20 жм"
            ),
            (
                "ru", "сдвинулось бы 0, всего 1 срок", "тогда сдвинется: 1 срок, 0 броней",
                "2026-03-20"
            ),
            ("en", "0 of 1 clock would move", "moved then: 1 clock, 0 bookings", "2026-03-20 Fr"),
        ] {
            let check = try await queue("decree", "check", file, "--language", language)
            #expect(check.output.contains(moves), "\(check.output)")
            #expect(check.output.contains(later), "\(check.output)")
            let line = try #require(
                check.output.split(separator: "\n").first { $0.contains(name) }, "\(check.output)")
            for part in ["2026-03-27", " → 2026-03-30", head] {
                #expect(line.contains(part), "\(line)")
            }
        }
        // Of another office alone there is nothing.
        let elsewhere = try await queue("decree", "check", file, "--office", "almaty-edu")
        #expect(elsewhere.output.contains("almaty-edu: 0 of 0 clocks would move"))
        #expect(elsewhere.output.contains("almaty-edu: moved then: 0 clocks, 0 bookings"))
        #expect(!elsewhere.output.contains(name))
        let few = try await queue("decree", "check", file, "--limit", "0")
        #expect(few.output.contains("… and 1 more") && !few.output.contains(name))
        let adopted = try await queue("decree", "adopt", file, "--json")
        let clocks = adopted.object["laterClocks"] as? [[String: Any]]
        #expect(adopted.object["movingLater"] as? Int == 1, "\(adopted.errors)")
        #expect(clocks?.first?["application"] as? String == name)
        #expect(clocks?.first?["knownDay"] as? String == "2026-03-20")
        #expect(clocks?.first?["from"] as? String == "2026-03-27T20:00:00")
        #expect(clocks?.first?["to"] as? String == "2026-03-30T20:00:00")
    }

    /// By no calendar in particular: the list says so in words.
    @Test func theListNamesWhatADecreeWentBy() async throws {
        let queue = try await RunningQueue()
        _ = try await queue("decree", "adopt", try calendar(queue, known: "2026-03-19"))
        _ = try await queue("decree", "adopt")
        for (language, words) in [
            ("kk", "күшіндегілер"), ("ru", "действующие"), ("en", "in force"),
        ] {
            let list = try await queue("decree", "list", "--language", language)
            #expect(list.output.contains("kz  ") && list.output.contains(words), "\(list.output)")
        }
    }

    /// A misspelt name is refused with those that there are, and names the file.
    @Test func aCalendarOfAnUnknownNameIsRefused() async throws {
        let queue = try await RunningQueue()
        let file = try calendar(queue, known: "2026-03-19", named: "kzz")
        for command in ["check", "adopt"] {
            let run = try await queue("decree", command, file)
            #expect(run.status == 1)
            #expect(run.errors.contains("\(file): 'kzz' is not known; there are: jo, kz"))
        }
    }
}
