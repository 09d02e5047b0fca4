// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

@Suite(.waits) struct QueueLineTests {
    @Test func aTicketIsTakenCalledServedAndCounted() async throws {
        let queue = try await RunningQueue()
        let taken = try await queue("ticket", "astana-1", "--service", "acceptance", "--json")
        #expect(taken.ticket?["label"] as? String == "A-001")
        #expect(try await queue("window", "open", "astana-1", "1").output == "window 1: open\n")
        let second = try await queue(
            "ticket", "astana-1", "--service", "results", "--language", "ru")
        #expect(second.output.contains("Услуга: Выдача готовых документов"))
        #expect(second.output.contains("██"))
        let wait = try await queue("wait", "astana-1", "--ticket", "B-001", "--json")
        #expect(wait.object["ahead"] as? Int == 1)
        #expect(wait.object["openWindows"] as? Int == 1)
        let newcomer = try await queue("wait", "astana-1", "--service", "acceptance")
        #expect(newcomer.output.contains("in nine of ten cases"))
        // Nobody is passed over.
        let call = try await queue("call", "astana-1", "1", "B-001", "--json")
        #expect(call.reason == "wouldOvertake")
        let next = try await queue("next", "astana-1", "1", "--json")
        #expect(next.ticket?["label"] as? String == "A-001")
        #expect(next.ticket?["window"] as? String == "1")
        let board = try await queue("board", "astana-1", "--once", "--json")
        let windows = try #require(board.object["windows"] as? [[String: Any]])
        #expect(windows.first { $0["id"] as? String == "1" }?["ticket"] as? String == "A-001")
        #expect(
            try await queue("board", "astana-1", "--once").output.contains("waiting: 1\n  B-001\n"))
        for command in [
            ["begin", "A-001"], ["transfer", "A-001", "--service", "results"], ["next"],
            ["recall", "A-001"], ["skip", "A-001"], ["resume", "A-001"], ["next"],
            ["park", "B-001"], ["next"], ["finish", "A-001", "--outcome", "refused"],
        ] {
            let arguments =
                command == ["next"]
                ? ["next", "astana-1", "1"]
                : [command[0], "astana-1"] + command[1...]
            let run = try await queue(arguments)
            #expect(run.status == 0, "\(arguments): \(run.errors)")
        }
        #expect(try await queue("call", "astana-1", "1", "B-001").status == 0)
        #expect(try await queue("finish", "astana-1", "B-001").output.contains("served"))
        for word in ["break", "back", "close"] {
            #expect(try await queue("window", word, "astana-1", "1").status == 0)
        }
        try await statisticsTell(queue)
    }

    private func statisticsTell(_ queue: RunningQueue) async throws {
        let stats = try await queue("stats", "astana-1", "--json")
        let services = try #require(stats.object["services"] as? [[String: Any]])
        #expect(services.reduce(0) { $0 + ($1["served"] as? Int ?? 0) } == 1)
        #expect(services.reduce(0) { $0 + ($1["refused"] as? Int ?? 0) } == 1)
        let csv = try await queue("stats", "astana-1", "--csv").output
        #expect(csv.hasPrefix("table,row,figure,value\n"))
        #expect(csv.contains("\nwindow,1,tickets,2\n"))
        #expect(try await queue("stats", "astana-1").output.contains("1 day with visitors"))
        let day = try await queue("day", "astana-1", "--json")
        #expect((day.object["tickets"] as? [Any])?.count == 2)
    }

    @Test func aKiosksNumbersAreLeasedAndTold() async throws {
        let queue = try await RunningQueue()
        let lease = try await queue(
            "lease", "astana-1", "--service", "acceptance", "--count", "5", "--kiosk", "hall",
            "--json")
        let wrong = try await queue(
            "report", "astana-1", "1", "-", input: "number,service,time\n1,acceptance\n,,\n")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("line 2: expected number,service,time"))
        #expect(wrong.errors.contains("line 3: "))
        let given = try #require(lease.object["lease"] as? [String: Any])
        #expect(given["first"] as? Int == 1)
        #expect(given["count"] as? Int == 5)
        let other = try await queue(
            "report", "astana-1", "1", "-", "--json", input: "3,acceptance,00:00\n")
        #expect(other.reason == "notInLease")
        #expect(try await queue("report", "astana-1", "1", "-", "--ends").status == 0)
        #expect(try await queue("report", "astana-1", "1", "-", "--json").reason == "unknownLease")
    }

    @Test func aDayIsWrittenAsICalendar() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let id = try await queue.book(slot, for: "a")
        let date = String(slot.prefix(10))
        let run = try await queue(
            "day", "astana-1", "--date", date, "--ics", "-", "--language", "kk")
        let text = run.output
        #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"))
        #expect(text.hasSuffix("END:VEVENT\r\nEND:VCALENDAR\r\n"))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
        let lines = text.replacingOccurrences(of: "\r\n ", with: "")
            .components(separatedBy: "\r\n")
        let digits = slot.filter(\.isNumber)
        #expect(lines.contains("UID:\(id.replacing("/", with: "-"))@kezek"))
        #expect(lines.contains("DTSTART:\(digits.prefix(8))T\(digits.suffix(6))"))
        #expect(lines.contains("X-WR-TIMEZONE:Asia/Almaty"))
        #expect(lines.contains("STATUS:CONFIRMED"))
        let place = try #require(lines.first { $0.hasPrefix("LOCATION:") })
        #expect(place.contains("Астана қаласы\\, Есіл ауданы\\, Мәңгілік Ел даңғылы\\, 30-үй"))
        // The same bookings give the same file.
        let file = queue.folder.appendingPathComponent("day.ics")
        let again = try await queue(
            "day", "astana-1", "--date", date, "--ics", file.path, "--language", "kk")
        #expect(again.status == 0)
        #expect(try Data(contentsOf: file) == Data(text.utf8))
    }

    @Test func bookingsAreImportedOnceHoweverOftenTheFileIsGiven() async throws {
        let queue = try await RunningQueue()
        let slot = try #require(try await queue.laterSlots().first)
        let (date, time) = (String(slot.prefix(10)), String(slot.suffix(8)))
        let csv = """
            reference,service,start
            a,acceptance,\(time)
            b,acceptance,25:00
            "c, d",acceptance,\(time)
            e,acceptance
            a,results,\(time)
            f,nothing,\(time)
            a,acceptance,\(time)
            """
        let first = try await queue("day", "astana-1", "--date", date, "--import", "-", input: csv)
        #expect(first.status == 2)
        #expect(first.output.split(separator: "\n").count == 4)
        #expect(
            first.errors.split(separator: "\n").compactMap { $0.split(separator: ":").first } == [
                "line 3", "line 5", "line 7",
            ])
        let second = try await queue("day", "astana-1", "--date", date, "--import", "-", input: csv)
        #expect(second.output == first.output)
        let day = try await queue("day", "astana-1", "--date", date, "--json")
        #expect((day.object["bookings"] as? [Any])?.count == 3)
        #expect(try await queue("day", "astana-1", "--date", date).output.contains("confirmed"))
        let headless = try await queue(
            "day", "astana-1", "--date", date, "--import", "-", input: "a,b\n")
        #expect(headless.status == 2)
        #expect(headless.errors.contains("line 1: the head line names no column 'start'"))
    }

    /// A line whose booking was given up since is turned away, told as it is, and not booked again.
    @Test func aLineWhoseBookingWasGivenUpIsTurnedAway() async throws {
        let queue = try await RunningQueue()
        let slots = Array(try await queue.laterSlots().prefix(4))
        let date = String(slots[0].prefix(10))
        try #require(slots.allSatisfy { $0.hasPrefix(date) })
        let csv =
            "reference,service,start\n"
            + zip(["a", "b", "c"], slots).map { "\($0),acceptance,\($1.suffix(8))\n" }.joined()
        func load(_ more: String...) async throws -> Run {
            try await queue(
                ["day", "astana-1", "--date", date, "--import", "-"] + more, input: csv)
        }
        let first = try await load("--json")
        #expect(first.status == 0, "\(first.errors)")
        let booked = try #require(first.object["booked"] as? [[String: Any]])
        let ids = booked.compactMap { $0["id"] as? String }
        try #require(ids.count == 3)
        #expect(try await queue("cancel", ids[0], "--by", "applicant").status == 0)
        #expect(try await queue("reschedule", ids[1], "--to", slots[3]).status == 0)
        let again = try await load("--json")
        #expect(again.status == 2)
        let left = again.object["booked"] as? [[String: Any]]
        #expect(left?.map { $0["id"] as? String } == [ids[2]])
        let bad = try #require(again.object["bad"] as? [[String: Any]], "\(again.errors)")
        #expect(bad.map { $0["line"] as? Int } == [2, 3])
        let given = bad.compactMap { $0["booking"] as? [String: Any] }
        #expect(given.map { $0["id"] as? String } == [ids[0], ids[1]])
        #expect(given.map { $0["state"] as? String } == ["cancelled", "moved"])
        let told = try await load()
        #expect(told.status == 2)
        #expect(told.output.split(separator: "\n").count == 1)
        let line = "line 2: booking \(ids[0]) was imported before and is cancelled now"
        #expect(told.errors.contains(line), "\(told.errors)")
        #expect(told.errors.contains("line 3: booking \(ids[1])"))
    }

    @Test(arguments: [
        (
            ["hold", "astana-1", "--service", "acceptance", "--at", "2026-03-19T10:00"],
            "one of them"
        ),
        (["slots", "astana-1", "--service", "acceptance", "--from", "2026-03-19"], "go together"),
        (["slots", "astana-1", "--service", "acceptance", "--first", "51"], "1 to 50"),
        (["slots", "Astana 1", "--service", "acceptance"], "Astana 1"),
        (["confirm", "astana-1/2026-03-19"], "astana-1/2026-03-19"),
        (["confirm", "astana-1/2026-03-19/1", "--request-id", "1f"], "1f"),
        (["call", "astana-1", "1", "A-10000"], "A-10000"),
        (["transfer", "astana-1", "A-1"], "--service, --window"),
        (["finish", "astana-1", "A-1", "--outcome", "gone"], "no-show"),
        (["wait", "astana-1"], "one of them"),
        (["lease", "astana-1", "--service", "a", "--count", "0", "--kiosk", "k"], "1 to 200"),
        (["office", "close", "astana-1", "--date", "2026-03-19"], "--reason"),
        (
            ["office", "close", "astana-1", "--date", "2026-03-19", "--hours", "17-15"], "17-15"
        ),
        (["stats", "astana-1", "--from", "2025-01-01", "--to", "2026-03-01"], "366 days"),
        (["stats", "astana-1", "--csv", "--json"], "exclude each other"),
    ])
    func wrongArgumentsSayWhatToDo(arguments: [String], text: String) async throws {
        let end = try #require(await ending(of: arguments))
        #expect(end.status == CommandStatus.usage.rawValue, "\(end.text)")
        #expect(end.text.contains(text), "\(end.text)")
    }

    @Test func withoutAServerItSaysSo() async throws {
        for arguments in [
            ["office", "list"], ["board", "astana-1"], ["next", "astana-1", "1"],
            ["stats", "astana-1"], ["metrics"],
        ] {
            let run = try await kezek(arguments + ["--server", "127.0.0.1:1"])
            #expect(run.status == CommandStatus.notReached.rawValue)
            #expect(run.errors.contains("nothing listens on"), "\(run.errors)")
        }
        let server = try await RunningServer()
        let run = try await kezek("office", "list", "--server", server.address, "--json")
        #expect(run.reason == "noQueue", "\(run.errors)")
    }

    @Test func everyCommandOfTheQueueHasHelpWithAnExample() async throws {
        for command in [
            "slots", "hold", "book", "confirm", "release", "cancel", "reschedule", "booking",
            "arrive", "ticket", "wait", "window", "next", "call", "recall", "begin", "skip",
            "park", "resume", "transfer", "finish", "lease", "report", "board", "day", "stats",
            "nearest", "bookings",
            "metrics",
        ] {
            let run = try await kezek(command, "--help")
            #expect(run.status == 0)
            #expect(run.output.contains("  kezek \(command)"), "\(command)")
        }
    }
}
