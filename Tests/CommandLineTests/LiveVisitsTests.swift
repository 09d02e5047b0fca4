// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Home visits on a running server, by the command line alone.
///
/// It is ten o'clock of Thursday, 19 March
/// 2026; Saturday to Tuesday are days off (Nauryz).
@Suite(.waits) struct LiveVisitsTests {
    private func offer(_ queue: RunningQueue, _ caller: Int) async throws -> Run {
        try await queue(
            "visits", "offer", "--area", "astana-1", "--place",
            "71.4\(10 + caller * 7),51.1\(10 + caller * 5)", "--address", "house \(caller)",
            "--name", "N \(caller)", "--telephone", "+7 701 000 00 0\(caller)", "--reference",
            "call-\(caller)", "--json")
    }

    private func windows(_ run: Run) throws -> [[String: Any]] {
        let offer = try #require(run.object["offer"] as? [String: Any], "\(run.errors)")
        return try #require(offer["windows"] as? [[String: Any]])
    }

    private func start(_ offered: [String: Any]?) throws -> String {
        try #require(offered?["start"] as? String)
    }

    @Test func callersArePromisedWindowsThatThePlanKeeps() async throws {
        let queue = try await RunningQueue(withOffices: false)
        let area = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
        #expect(area.status == 0, "\(area.errors)")
        var promised: [String] = []
        for caller in 1...6 {
            // What could be promised is asked first, and holds nothing.
            let asked = try await queue(
                "visits", "windows", "--area", "astana-1", "--place",
                "71.4\(10 + caller * 7),51.1\(10 + caller * 5)", "--json")
            let told = try #require(asked.object["windows"] as? [[String: Any]], "\(asked.errors)")
            #expect(told.allSatisfy { $0["held"] as? Bool == false })
            let run = try await offer(queue, caller)
            let all = try windows(run)
            #expect(
                try Set(told.map { try self.start($0) }).isSubset(
                    of: all.map { try self.start($0) }))
            // Nobody comes on the holidays or on a Sunday.
            for window in all {
                let start = try start(window)
                #expect(!["03-21", "03-22", "03-23", "03-24"].contains { start.contains($0) })
            }
            let held = try #require(all.first { $0["held"] as? Bool == true })
            let start = try start(held)
            let id = try #require(run.object["visit"] as? String)
            let promise = try await queue(["visits", "promise", id, start, "--json"])
            #expect(promise.object["state"] as? String == "promised", "\(promise.errors)")
            promised.append(id)
        }
        // What is written down passes the checker, which shares nothing with the planner.
        let problem = queue.folder.appendingPathComponent("problem.json").path
        let plan = queue.folder.appendingPathComponent("plan.json").path
        let written = try await queue(
            "visits", "plan", "--area", "astana-1", "--days", "7", "--problem", problem,
            "--output", plan)
        #expect(written.status == 0, "\(written.errors)")
        let check = try await kezek(["visits", "check", problem, plan])
        #expect(check.status == 0 && check.output.contains("6 of 6 visits"), "\(check.output)")
        let verdict = try await RefereeTests.judge([problem, plan])
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        let sheet = try await kezek(["visits", "sheet", problem, plan, "--origin", "2026-03-19"])
        #expect(sheet.status == 0 && sheet.output.contains("house 1"), "\(sheet.output)")
        // A crew that falls ill: others take over, or it is said with the ways out.
        let absent = try await queue(
            "visits", "absent", "--area", "astana-1", "--crew", "crew-1", "--json")
        #expect(absent.status == 0, "\(absent.errors)")
        // Without a date it is the server's day, on which the crew may be back, too.
        #expect(try await absentCrews(queue) == ["crew-1 2026-03-19"])
        let crew = ["--area", "astana-1", "--crew", "crew-1"]
        #expect(try await queue(["visits", "present"] + crew).status == 0)
        #expect(try await absentCrews(queue) == [])
        #expect(try await queue(["visits", "absent"] + crew).status == 0)
        let unkept = Set(
            (absent.object["unkept"] as? [[String: Any]] ?? []).compactMap {
                $0["visit"] as? String
            })
        for id in promised {
            let show = try await queue(["visits", "show", id, "--json"])
            #expect(
                (show.part("visit")["unkept"] as? Bool == true) == unkept.contains(id),
                "\(show.output)")
        }
        let text = try await queue("visits", "plan", "--area", "astana-1").output
        #expect(text.contains("crew-1") && text.contains("house 1"))
        let replan = try await queue("visits", "replan", "--area", "astana-1", "--seconds", "1")
        #expect(replan.status == 0, "\(replan.errors)")
    }

    /// The crews that are absent, with their dates.
    private func absentCrews(_ queue: RunningQueue) async throws -> [String] {
        let plan = try await queue(
            "visits", "plan", "--area", "astana-1", "--from", "2026-03-19", "--days", "14", "--json"
        )
        let days = try #require(plan.object["crewDays"] as? [[String: Any]], "\(plan.errors)")
        return days.filter { $0["absent"] as? Bool == true }.map {
            "\($0["crew"] ?? "") \($0["day"] ?? "")"
        }
    }

    /// Has a caller promised what is held, and tells the visit.
    private func promise(_ queue: RunningQueue, _ caller: Int) async throws -> String {
        let run = try await offer(queue, caller)
        let held = try windows(run).first { $0["held"] as? Bool == true }
        let id = try #require(run.object["visit"] as? String)
        let promise = try await queue(["visits", "promise", id, start(held), "--json"])
        #expect(promise.object["state"] as? String == "promised", "\(promise.errors)")
        return id
    }

    /// A crew pays two visits long before what was promised: the files of the live plan say so, and both who
    /// judge them find no fault.
    @Test func whatIsDoneBeforeItsTimeIsNoFaultOfTheFiles() async throws {
        let queue = try await RunningQueue(withOffices: false)
        _ = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
        var promised: [String] = []
        for caller in 1...5 { promised.append(try await promise(queue, caller)) }
        for (id, report) in zip(promised, ["done", "under-way"]) {
            let told = try await queue(["visits", "report", id, report, "--crew", "crew-1"])
            #expect(told.status == 0, "\(told.errors)")
        }
        let folder = try ShellFolder()
        let (problem, plan) = (folder.path("problem.json"), folder.path("plan.json"))
        let written = try await queue(
            "visits", "plan", "--area", "astana-1", "--days", "7", "--problem", problem,
            "--output", plan)
        #expect(written.status == 0, "\(written.errors)")
        let told = try folder.object("problem.json")
        #expect(told["now"] as? Int ?? 0 >= 36_000)
        let vehicles = try #require(told["vehicles"] as? [[String: Any]])
        let begun = vehicles.flatMap { $0["begun"] as? [[String: Any]] ?? [] }
        #expect(begun.count { $0["type"] as? String == "job" } == 2, "\(begun)")
        let new = folder.path("new.json")
        let solve = try await kezek([
            "visits", "solve", problem, "--steps", "100", "--start", plan, "--output", new,
        ])
        #expect(solve.status == 0 && solve.output.hasPrefix("5 of 5 visits"), "\(solve.output)")
        for file in [plan, new] {
            let check = try await kezek(["visits", "check", problem, file])
            #expect(check.status == 0, "\(check.output)")
            let verdict = try await RefereeTests.judge([problem, file])
            #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        }
    }

    @Test func whatChangedSinceThePlanWasPublishedIsListed() async throws {
        let queue = try await RunningQueue(withOffices: false)
        _ = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
        var promised: [String] = []
        for caller in 1...3 { promised.append(try await promise(queue, caller)) }
        let plan = ["visits", "plan", "--area", "astana-1", "--days", "7"]
        let published = try await queue(plan + ["--json"])
        let folder = try ShellFolder()
        let since = try folder.file("published.json", published.output)
        let same = try await queue(plan + ["--since", since])
        let revision = try #require(published.object["revision"] as? Int)
        #expect(same.status == 0, "\(same.errors)")
        #expect(same.output.hasSuffix("2026-03-25 We since revision \(revision)\n"))
        #expect(same.output.contains("\n\nno changes on 2026-03-19 Th to "))
        #expect(same.output.contains("\n3 visits in ") && same.output.contains("  back "))
        // One calls it off, another calls.
        let cancel = try await queue("visits", "cancel", promised[1], "--by", "applicant")
        #expect(cancel.status == 0, "\(cancel.errors)")
        let newcomer = try await promise(queue, 4)
        let now = try await queue(plan + ["--since", since, "--json"])
        let changes = try #require(now.object["changes"] as? [String: Any], "\(now.errors)")
        let visits = try #require(changes["visits"] as? [[String: Any]])
        #expect(changes["sinceRevision"] as? Int == revision)
        for (id, kind) in [(promised[1], "gone"), (newcomer, "new")] {
            let found = visits.filter { $0["change"] as? String == kind }
            #expect(found.map { $0["visit"] as? String } == [id])
            #expect(changes[kind] as? Int == 1)
        }
        let text = try await queue(plan + ["--since", since])
        #expect(text.output.contains("\(newcomer)  not on these days"), "\(text.output)")
        #expect(text.output.contains("no longer on these days"))
        // Of another area, or of other days.
        let other = try folder.file(
            "other.json",
            published.output.replacing(
                #""area": "astana-1""#, with: #""area": "astana-2""#))
        let wrong = try await queue(plan + ["--since", other])
        #expect(wrong.status == 1 && wrong.output == "")
        #expect(wrong.errors.contains("area: it is the plan of astana-2, not of astana-1"))
        let late = try await queue(plan + ["--from", "2026-03-26", "--since", since])
        #expect(late.status == 1 && late.errors.contains("none of these dates is shown"))
    }

    @Test func aServerThatIsKilledKeepsWhatItPromised() async throws {
        let queue = try await RunningQueue(withOffices: false)
        _ = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
        let run = try await offer(queue, 1)
        let id = try #require(run.object["visit"] as? String, "\(run.errors)")
        let start = try start(windows(run).last)
        let command = [
            "visits", "promise", id, start, "--request-id", "000102030405060708090a0b0c0d0e0f",
            "--json",
        ]
        let promised = try await queue(command)
        #expect(promised.object["state"] as? String == "promised", "\(promised.errors)")
        let before = try await queue("visits", "show", id, "--json").output
        await queue.kill()
        let again = try await RunningQueue(withOffices: false, store: queue.journal)
        #expect(try await again(["visits", "show", id, "--json"]).output == before)
        #expect(try await again(command).output == promised.output)
        // Who read the address is on record, also of the server that was stopped right after.
        await again.stop()
        let audit = try await kezek("audit", queue.journal.path, "--who", "local")
        #expect(audit.output.contains("  read \(id)\n"), "\(audit.output)\(audit.errors)")
        #expect(try await kezek("journal", "verify", queue.journal.path).status == 0)
    }

    @Test func refusalsSayWhatToDo() async throws {
        let queue = try await RunningQueue(withOffices: false)
        let none = try await offer(queue, 1)
        #expect(none.status == 1 && none.reason == "unknownArea", "\(none.output)")
        _ = try await queue("visits", "area", "import", "Examples/visits/area.yaml")
        _ = try await offer(queue, 1)
        #expect(try await offer(queue, 1).reason == "visitAlreadyAsked")
        let gone = try await queue("visits", "promise", "astana-1/1", "2026-03-19T03:00", "--json")
        #expect(gone.status == 1 && gone.reason == "notASlot", "\(gone.output)\(gone.errors)")
        let unknown = try await queue("visits", "show", "astana-1/9", "--json")
        #expect(unknown.reason == "unknownVisit")
        #expect(unknown.errors.contains("check its number"), "\(unknown.errors)")
        // Names that nobody has: those that there are.
        for (line, told) in [
            ("absent --area astana-1 --crew crew-9", "Нет бригады «crew-9»; есть: crew-1, crew-2"),
            ("report astana-1/1 done --crew crew-9", "Нет бригады «crew-9»; есть: crew-1, crew-2"),
            (
                "windows --area astana-1 --place 71.4,51.1 --need wings",
                "«wings»; есть: kazakh, russian, "
            ),
            ("windows --area astana-1 --place 71.4,51.1 --avoid c", "«c»; есть: crew-1, crew-2"),
            ("road open --area astana-1 bridge", "в районе нет ни одной"),
            ("plan --area astana-9", "Нет района «astana-9»; есть: astana-1."),
        ] {
            let words = line.split(separator: " ").map(String.init)
            let run = try await queue(["--language", "ru", "visits"] + words)
            #expect(run.status == 1 && run.errors.contains(told), "\(line): \(run.errors)")
        }
    }
}
