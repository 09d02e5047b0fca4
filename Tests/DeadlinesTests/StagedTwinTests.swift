// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Foundation
import TestKit
import Testing
import WorkingDays

/// Stages in a row, each of one term or the longer or the shorter of two, for the clock and for twins.
private struct RandomStages {
    let clock: StagedClock
    let accepted: Int
    let stops: [SlowTerm.Stop]

    init(_ random: inout SeededGenerator) {
        // Three stages of months lie within the calendar of the tests, before the start and after it.
        let span = moment("2026-02-10T00:00").seconds...moment("2026-08-01T00:00").seconds
        var first = RandomTerm(&random, of: Self.units)
        while !span.contains(first.accepted) {
            first = RandomTerm(&random, of: Self.units)
        }
        accepted = first.accepted
        stops = first.stops
        var stages: [StagedClock.Stage] = []
        for place in 0..<Int.random(in: 1...3, using: &random) {
            let own = place == 0 ? first.clock : RandomTerm(&random, of: Self.units).clock
            let other = RandomTerm(&random, of: Self.units).clock
            let choice = [StagedClock.Choice.only, .longer, .shorter]
                .randomElement(using: &random)!
            func clock(_ term: Term, _ days: WorkingCalendar) -> TermClock {
                TermClock(
                    term: term, days: days, office: own.office,
                    reception: place == 0 ? own.reception : nil)
            }
            let terms = [clock(own.term, own.days), clock(other.term, other.days)]
            stages.append(.init(choice, choice == .only ? [terms[0]] : terms))
        }
        clock = StagedClock(stages)
    }

    /// Those that no stage makes too long for the calendar of the tests.
    private static let units: [Term.Unit] = Term.Unit.allCases.filter { $0 != .calendarYears }

    var suspensions: Suspensions {
        Suspensions(
            merging: stops.map {
                Suspension(
                    from: CivilDateTime(seconds: $0.from),
                    until: $0.until.map(CivilDateTime.init(seconds:)))!
            })
    }

    /// The end of each stage by walking through it; nil if it stands still for ever.
    func ends(from start: Int, _ stops: [SlowTerm.Stop]) -> [(
        start: Int, end: Int, clock: TermClock
    )]? {
        var (ends, from): ([(start: Int, end: Int, clock: TermClock)], Int) = ([], start)
        for stage in clock.stages {
            let twins = stage.clocks.map { RandomTerm.twin($0, stops) }
            let found = twins.map { twin -> Int? in
                guard case .at(let end) = twin.end(from: from) else { return nil }
                return end
            }
            let known = found.compactMap { $0 }
            if stage.choice != .shorter, known.count < found.count { return nil }
            guard let end = stage.choice == .longer ? known.max() : known.min() else { return nil }
            ends.append((from, end, stage.clocks[found.firstIndex(of: end)!]))
            from = end
        }
        return ends
    }

    var told: String {
        let stages = clock.stages.map { stage in
            "\(stage.choice) "
                + stage.clocks.map { "\($0.term) \($0.days.week.id)" }.joined(separator: " | ")
                + " \(stage.clocks[0].office.calendar.week.id) \(stage.clocks[0].office.onlyHours!)"
        }
        let list = stops.map { stop in
            "\(CivilDateTime(seconds: stop.from))/"
                + (stop.until.map { "\(CivilDateTime(seconds: $0))" } ?? "")
        }
        return "\(stages) \(CivilDateTime(seconds: accepted)) \(list)"
    }
}

/// Terms in stages beside their slow twins: `KEZEK_TERMS=100000` tries so many.
@Suite struct StagedTwinTests {
    private static let count =
        ProcessInfo.processInfo.environment["KEZEK_TERMS"].flatMap(Int.init) ?? 300

    @Test func stagesEndWhereTheirTwinsDo() async throws {
        let count = Self.count
        let (wrong, tried) = try await offThePool {
            var random = SeededGenerator(seed: 66)
            var (wrong, tried): ([String], [String: Int]) = ([], [:])
            for _ in 0..<count {
                let stages = RandomStages(&random)
                let reach = Int.random(in: -1...90, using: &random) * SlowTerm.day
                let at = stages.accepted + reach + Int.random(in: 0..<SlowTerm.day, using: &random)
                let faults = try Self.faults(stages, at: at, &tried)
                wrong += faults.map { "\($0) at \(CivilDateTime(seconds: at)): \(stages.told)" }
            }
            return (wrong, tried)
        }
        #expect(wrong.prefix(5) == [])
        for kind in ["due", "stopped", "left", "latest start"] {
            #expect(tried[kind, default: 0] > count / 50, "\(kind) was hardly tried")
        }
    }

    private static func faults(
        _ stages: RandomStages, at: Int, _ tried: inout [String: Int]
    ) throws -> [String] {
        let clock = stages.clock
        let start = try clock.start(
            CivilDateTime(seconds: stages.accepted), .countFromOpening)
        var faults: [String] = []
        let expected = stages.ends(from: start.seconds, stages.stops)
        var run: TermRun?
        do throws(DeadlineError) { run = try clock.run(from: start, stages.suspensions) } catch {
            guard case .clockStopped = error else { throw error }
        }
        if run?.ends.map(\.due.at.seconds) != expected?.map(\.end) {
            faults.append(
                "ends \(run?.ends.map(\.due.at) ?? []) instead of "
                    + "\(expected?.map { CivilDateTime(seconds: $0.end) } ?? [])")
        }
        tried[expected == nil ? "stopped" : "due", default: 0] += 1
        if let run, let expected {
            faults += try proofFaults(stages, run)
            if !stages.stops.contains(where: { $0.covers(at) }) {
                faults += try leftFaults(stages, start, at, expected)
                tried["left", default: 0] += 1
            }
        }
        if stages.stops.isEmpty {
            tried["latest start", default: 0] += 1
            faults += try inverseFaults(stages, at)
        }
        return faults
    }

    /// Whether each stage tells its own days, from where the one before it ended.
    private static func proofFaults(
        _ stages: RandomStages, _ run: TermRun
    ) throws(DeadlineError) -> [String] {
        let lines = try stages.clock.trace(
            of: run, stages.suspensions, accepted: CivilDateTime(seconds: stages.accepted))
        var faults: [String] = []
        for (place, (own, end)) in zip(lines, run.ends).enumerated() {
            if place > 0, own.contains(where: { $0.reason == .firstDay }) {
                faults.append("a later stage speaks of the day of acceptance")
            }
            if own.contains(where: { $0.date < end.due.start.date && place > 0 }) {
                faults.append("a stage tells days before it began")
            }
            if !own.contains(where: { $0.counted && $0.date == end.due.date }),
                end.due.at.time != .midnight
            {
                faults.append("stage \(place) does not count its last day")
            }
        }
        return faults
    }

    private static func leftFaults(
        _ stages: RandomStages, _ start: CivilDateTime, _ at: Int,
        _ ends: [(start: Int, end: Int, clock: TermClock)]
    ) throws -> [String] {
        let left = try stages.clock.timeLeft(
            from: start, stages.suspensions, at: CivilDateTime(seconds: at))
        var (working, calendar, weight, used) = (0, 0, 0, 0)
        for stage in ends {
            // What begins when the stage is over changes nothing of it.
            let twin = RandomTerm.twin(stage.clock, stages.stops.filter { $0.from < stage.end })
            let from = min(max(at, stage.start), stage.end) / SlowTerm.day
            let first = stage.start / SlowTerm.day
            let eve = twin.term.firstDay == .counted ? first - 1 : first
            working += twin.countedDays(
                after: max(from, eve), through: stage.end / SlowTerm.day)
            calendar += twin.calendarDays(
                after: max(from, eve), through: stage.end / SlowTerm.day)
            weight += stage.end - stage.start
            used +=
                (stage.end - stage.start)
                * twin.usedPercent(from: stage.start, to: stage.end, at: at)
        }
        var faults: [String] = []
        if left.workingDays != working {
            faults.append("days left: \(left.workingDays), \(working)")
        }
        if left.calendarDays != calendar {
            faults.append("calendar days left: \(left.calendarDays), \(calendar)")
        }
        // The twin rounds each stage by itself.
        let share = weight == 0 ? 0 : used / weight
        if at <= ends.last!.end, abs(left.usedPercent - share) > 1 {
            faults.append("used: \(left.usedPercent) %, \(share) %")
        }
        if left.isOverdue != (at > ends.last!.end) { faults.append("overdue") }
        if left.isOverdue, left.usedPercent != 100 { faults.append("all is used") }
        let running = ends.firstIndex { at < $0.end } ?? ends.count - 1
        if left.stage != running { faults.append("stage \(left.stage) instead of \(running)") }
        return faults
    }

    /// The start that is found will do, and no later one.
    private static func inverseFaults(_ stages: RandomStages, _ due: Int) throws -> [String] {
        let latest = try stages.clock.latestStart(dueBy: CivilDateTime(seconds: due))
        var faults: [String] = []
        if stages.ends(from: latest.seconds, [])!.last!.end > due {
            faults.append("starts too late")
        }
        var next = latest.seconds + 1
        if let office = stages.clock.first.reception {
            next = RandomTerm.twin(
                TermClock(
                    term: stages.clock.first.term, days: office.calendar, office: office,
                    reception: nil), []
            ).opening(from: next)
        }
        for later in [next, next + SlowTerm.day, next + 5 * SlowTerm.day]
        where stages.ends(from: later, [])!.last!.end <= due {
            faults.append("could start later, at \(CivilDateTime(seconds: later))")
        }
        return faults
    }
}
