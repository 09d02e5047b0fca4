// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts
import WorkingDays

/// A year of applications, with both weeks, against a slow twin that counts day by day.
@Suite struct YearTests {
    /// The library with the working day of R3.2 and R3.3 defined by one week.
    private func library(week: String) throws -> Library {
        let library = try Repository.library()
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-year-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["Calendars", "Standards"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for file in ["Calendars/kz.yaml", "Calendars/zones.yaml", "Standards/std-7.yaml"] {
            let text = try Repository.text(file).replacingOccurrences(
                of: "value: five\n", with: "value: \(week)\n")
            try text.write(
                to: folder.appendingPathComponent(file), atomically: true, encoding: .utf8)
        }
        #expect(library.standards["std-7"]?.policies.first?.value == "five")
        return try DataFolder(root: folder).library()
    }

    /// Day by day, the N-th working day after a date as known on a day.
    private func slowDue(
        _ library: Library, week: String, from start: CivilDate, _ count: Int,
        skipping suspended: (CivilDate) -> Bool, knownOn: CivilDate
    ) throws -> CivilDate {
        let calendar = try library.calendars["kz"]!.view(asKnownOn: knownOn).week(week)
        var (day, left) = (start, count)
        while left > 0 {
            day = day.adding(days: 1)!
            let works = try calendar.status(of: day).kind.isWorking
            if works, !suspended(day) { left -= 1 }
        }
        return day
    }

    @Test(arguments: ["five", "six"], [UInt64(1), 2, 3])
    func everyClockOfAYearIsRightAndStopsOnce(week: String, seed: UInt64) async throws {
        let library = try library(week: week)
        try await offThePool { try year(library, week, seed) }
    }

    private func year(_ library: Library, _ week: String, _ seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        var accepted = 0
        var ended = 0
        var day = date("2025-01-01")
        var registers: [Clerk] = []
        while day < date("2026-01-01") {
            defer { day = day.adding(days: 1)! }
            var clerk = try Clerk(
                Bool.random(using: &dice) ? "corporation" : "provider", on: day.description,
                library: library)
            for _ in 0..<Int.random(in: 0...3, using: &dice) {
                let second = Int32.random(in: 8 * 3_600...20 * 3_600, using: &dice)
                let now = CivilDateTime(day, TimeOfDay(second: second)!)
                let channel =
                    clerk.kind == "provider"
                    ? "provider"
                    : Bool.random(using: &dice) ? "corporation" : "corporation-elsewhere"
                do {
                    try clerk.accept(now.description, try clerk.handIn(channel))
                    accepted += 1
                } catch let refusal as ApplicationRefusal {
                    // Nobody is accepted when the office does not receive.
                    guard case .clock(let why) = refusal else { throw refusal }
                    #expect(why.reason == .outsideReception)
                }
            }
            for number in 1...UInt32(max(1, clerk.register.applications.count))
            where clerk.register.application(number) != nil {
                ended += try live(&clerk, number, library, week, &dice)
            }
            registers.append(clerk)
        }
        #expect(accepted > 150)
        #expect(ended > accepted / 2)
        for clerk in registers {
            #expect(clerk.checker.running == clerk.register.open)
        }
    }

    /// One application's life; 1 if it came to its end.
    private func live(
        _ clerk: inout Clerk, _ number: UInt32, _ library: Library, _ week: String,
        _ dice: inout SeededGenerator
    ) throws -> Int {
        func at(_ application: Application, _ days: Int, _ dice: inout SeededGenerator) -> String {
            let second = Int32.random(in: 9 * 3_600..<20 * 3_600, using: &dice)
            return CivilDateTime(
                application.changedAt.date.adding(days: days)!, TimeOfDay(second: second)!
            ).description
        }
        let channels = clerk.register.terms.channels
        for _ in 0..<12 {
            let application = clerk.register.application(number)!
            try check(application, channels, library, week)
            let later = Int.random(in: 1...25, using: &dice)
            switch application.phase {
            case .accepted:
                let now = at(application, Int.random(in: 1...9, using: &dice), &dice)
                let isOver = moment(now) > application.due!.at
                #expect(application.isInTime(at: moment(now)) == (isOver ? false : nil))
                if Int.random(in: 0..<4, using: &dice) == 0, !isOver {
                    try clerk.act(
                        .suspend(reason: "r", reviewBy: moment(now).date.adding(days: 30)!), now,
                        number)
                } else {
                    let ground = Bool.random(using: &dice) ? nil : "requirements-not-met"
                    try clerk.act(.complete(ground: ground, note: ""), now, number)
                    #expect(
                        clerk.register.application(number)!.isInTime(at: moment(now))
                            == (moment(now) <= application.due!.at))
                }
            case .suspended: try clerk.act(.resume, at(application, later, &dice), number)
            case .ready where Int.random(in: 0..<3, using: &dice) > 0:
                try clerk.act(.handOver(.applicant), at(application, later, &dice), number)
            case .ready:
                let end = application.clock!.at
                #expect(refusal { try clerk.act(.returnUnclaimed, end.description, number) } != nil)
                let after = CivilDateTime(end.date.adding(days: 1)!, end.time)
                try clerk.act(.returnUnclaimed, after.description, number)
            case .unclaimed where clerk.kind == "provider":
                try clerk.act(.handOver(.representative), at(application, later, &dice), number)
            case .unclaimed: try clerk.act(.request, at(application, later, &dice), number)
            case .requested: try clerk.act(.redeliver, at(application, 1, &dice), number)
            case .handedOver, .declined, .withdrawn: return 1
            }
        }
        return 0
    }

    /// The clock that runs is what the slow way of counting gives.
    private func check(
        _ application: Application, _ channels: [String], _ library: Library, _ week: String
    ) throws {
        guard let clock = application.clock else { return }
        let start = application.clockStart
        // The day of the event never counts.
        #expect(
            clock.at.date > start.date || channels[Int(application.handIn.channel)] == "provider")
        switch application.phase.clock {
        case .term where channels[Int(application.handIn.channel)] != "provider":
            let days = channels[Int(application.handIn.channel)] == "corporation" ? 3 : 7
            let due = try slowDue(
                library, week: week, from: start.date, days,
                skipping: { day in
                    application.suspended.contains {
                        $0.from.date <= day && ($0.until.map { day < $0.date } ?? true)
                    }
                }, knownOn: clock.asKnownOn)
            #expect(clock.at.date == due, "\(application)")
        case .redelivery:
            let due = try slowDue(
                library, week: "five", from: start.date, 1, skipping: { _ in false },
                knownOn: clock.asKnownOn)
            #expect(clock.at == CivilDateTime(due, TimeOfDay("18:30")!))
        case .storage:
            let month = start.date.adding(months: 1)!
            #expect((0...10).contains(month.days(until: clock.at.date)))
        default: break
        }
    }

    // MARK: A decree

    /// The law of 11 June 2026 moved Constitution Day's substitute; what was accepted before it was
    /// known is due by the calendar of then until somebody adopts what is known now.
    @Test func aDecreeMovesWhatItMovesAndSaysWhy() throws {
        let library = try Repository.library()
        var moves = 0
        for (standard, channel) in [
            ("std-7", "corporation"), ("std-8", "corporation-elsewhere"),
        ] {
            for offset in 0..<60 {
                let day = date("2026-08-01").adding(days: offset)!
                // Known on 1 June, before the law.
                let knownOn = date("2026-06-01")
                let calendar = try library.calendars["kz"]!.view(asKnownOn: knownOn).week("six")
                guard try calendar.isWorkingDay(day) else { continue }
                var clerk = try Clerk(on: day.description, standard: standard)
                let handIn = try clerk.handIn(channel)
                let clocks = clerk.clocks(moment("2026-06-01T10:00"))
                let start = CivilDateTime(day, TimeOfDay("10:00")!)
                // Accepted as if it were known then what was known on 1 June.
                let due = try clocks.deadline(channel, from: start)
                try clerk.record([.accepted(try record(clerk, handIn, start), due: due)])
                let now = library.zone("Asia/Almaty")!.timestamp(of: moment("2026-06-20T10:00"))
                var reckoning = DecreeReckoning(
                    old: library, new: library, now: now, language: .en)
                let outcome = reckoning.reckon(
                    clerk.register, clerk.office, clerk.date, at: moment("2026-06-20T10:00"))
                let events = outcome.events
                let days = channel == "corporation" ? 3 : 7
                let expected = try slowDue(
                    library, week: "five", from: day, days, skipping: { _ in false },
                    knownOn: date("2026-06-20"))
                #expect(outcome.running == 1)
                guard expected != due.at.date else {
                    #expect(events.isEmpty, "\(day)")
                    continue
                }
                moves += 1
                try clerk.record(events)
                #expect(clerk.application.due?.at.date == expected)
                #expect(clerk.application.due?.asKnownOn == date("2026-06-20"))
                let moved = try #require(outcome.moved.first)
                #expect(moved.from == due.at)
                #expect(moved.to.date == expected)
                let causes = reckoning.changes[moved.changes]
                #expect(!causes.isEmpty)
                for cause in causes {
                    #expect(cause.act.contains("306"))
                    #expect(day <= cause.date && cause.date <= max(due.at.date, expected))
                }
            }
        }
        #expect(moves > 8)
    }

    private func record(
        _ clerk: Clerk, _ handIn: HandIn, _ start: CivilDateTime
    ) throws -> RegisteredHandIn {
        let events = try clerk.register.accept(
            handIn, of: Clerk.applicant, at: start, clerk.clocks(start))
        guard case .accepted(let record, _) = events.last else { throw CancellationError() }
        return record
    }
}
