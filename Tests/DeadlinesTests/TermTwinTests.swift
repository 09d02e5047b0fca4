// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Foundation
import TestKit
import Testing
import WorkingDays

/// A random term with its suspensions, for the clock and for its twin.
private struct RandomTerm {
    let clock: TermClock
    let twin: SlowTerm
    let accepted: Int
    let stops: [SlowTerm.Stop]

    var suspensions: Suspensions {
        Suspensions(
            merging: stops.map {
                Suspension(
                    from: CivilDateTime(seconds: $0.from),
                    until: $0.until.map(CivilDateTime.init(seconds:)))!
            })
    }

    private static let hours = [
        Fixture.hours(("09:00", "20:00")), Fixture.hours(("09:00", "13:00"), ("14:30", "18:30")),
        Fixture.hours(("08:00", "10:00"), ("10:30", "12:00"), ("15:15", "16:00")),
        Fixture.hours(("00:00", "23:59:59")),
    ]

    init(_ random: inout SeededGenerator) {
        let unit = [Term.Unit.workingMinutes, .workingDays, .calendarMonths]
            .randomElement(using: &random)!
        let length =
            switch unit {
            case .workingMinutes: Int.random(in: 1...90, using: &random)
            case .workingDays: Int.random(in: 1...12, using: &random)
            case .calendarMonths: Int.random(in: 1...4, using: &random)
            }
        let term = Term(
            length: length, unit: unit,
            firstDay: Bool.random(using: &random) ? .counted : .notCounted,
            roll: [.none, .forward, .back].randomElement(using: &random)!)!
        let weeks = [Fixture.five, Fixture.six]
        let (days, week) = (
            weeks.randomElement(using: &random)!, weeks.randomElement(using: &random)!
        )
        let hours = Self.hours.randomElement(using: &random)!
        let office = OfficeClock(calendar: week, hours: hours)
        clock = TermClock(
            term: term, days: days, office: office,
            reception: Bool.random(using: &random) ? office : nil)
        let first = Int(date("2025-02-01").dayNumber)
        accepted =
            (first + Int.random(in: 0..<700, using: &random)) * SlowTerm.day
            + Self.time(hours, &random)
        let reach = [.workingMinutes: 2, .workingDays: 18, .calendarMonths: 130][unit]!
        var stops: [SlowTerm.Stop] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let day = accepted / SlowTerm.day + Int.random(in: -1...reach, using: &random)
            let from = day * SlowTerm.day + Self.time(hours, &random)
            let lengths = unit == .workingMinutes ? [0, 0, 0, 1] : [0, 0, 1, 1, 2, 4, 9]
            let length = lengths.randomElement(using: &random)!
            let until = (day + length) * SlowTerm.day + Self.time(hours, &random)
            let isOpen = Int.random(in: 0..<9, using: &random) == 0
            if isOpen || until > from {
                stops.append(.init(from: from, until: isOpen ? nil : until))
            }
        }
        // Nothing is suspended that stands still already.
        let open = stops.filter { $0.until == nil }.map(\.from).min() ?? .max
        self.stops = stops.compactMap { stop in
            guard let until = stop.until else { return stop.from == open ? stop : nil }
            return stop.from < open ? .init(from: stop.from, until: min(until, open)) : nil
        }
        twin = Self.twin(clock, self.stops)
    }

    /// A moment about which what is left is asked: one of the term, most often near its end.
    func momentToAsk(_ random: inout SeededGenerator) -> Int {
        let days =
            switch clock.term.unit {
            case .workingMinutes: 0...3
            case .workingDays: 0...clock.term.length * 2
            case .calendarMonths: clock.term.length * 30 - 5...clock.term.length * 30 + 12
            }
        let day = accepted / SlowTerm.day + Int.random(in: days, using: &random)
        return day * SlowTerm.day + Self.time(clock.office.onlyHours!, &random)
    }

    static func twin(_ clock: TermClock, _ stops: [SlowTerm.Stop]) -> SlowTerm {
        SlowTerm(
            term: clock.term, workingDays: workingDays[clock.days.week.id]!,
            officeDays: workingDays[clock.office.calendar.week.id]!,
            hours: clock.office.onlyHours!.intervals.map {
                Int($0.start.second)..<Int($0.end.second)
            },
            stops: stops)
    }

    static let workingDays: [String: Set<Int>] = {
        var found: [String: Set<Int>] = [:]
        for calendar in [Fixture.five, Fixture.six] {
            let days = calendar.covered.filter { try! calendar.status(of: $0).isWorking }
            found[calendar.week.id] = Set(days.map { Int($0.dayNumber) })
        }
        return found
    }()

    /// A time of day, most often one at or beside an edge of the hours.
    private static func time(_ hours: OpeningHours, _ random: inout SeededGenerator) -> Int {
        guard Int.random(in: 0..<3, using: &random) > 0 else {
            return Int.random(in: 0..<SlowTerm.day, using: &random)
        }
        let edges = hours.intervals.flatMap { [Int($0.start.second), Int($0.end.second)] } + [0]
        let time = edges.randomElement(using: &random)! + Int.random(in: -1...1, using: &random)
        return min(max(time, 0), SlowTerm.day - 1)
    }

    var told: String {
        let list = stops.map { stop in
            "\(CivilDateTime(seconds: stop.from))/"
                + (stop.until.map { "\(CivilDateTime(seconds: $0))" } ?? "")
        }
        return "\(clock.term) \(clock.days.week.id) \(clock.office.calendar.week.id) "
            + "\(CivilDateTime(seconds: accepted)) \(list)"
    }
}

/// The clock beside its slow twin: `KEZEK_TERMS=100000` tries so many.
@Suite struct TermTwinTests {
    private static let count =
        ProcessInfo.processInfo.environment["KEZEK_TERMS"].flatMap(Int.init) ?? 500

    @Test func everyAnswerAgreesWithWalkingSecondBySecond() async throws {
        let count = Self.count
        let (wrong, tried) = try await offThePool {
            var random = SeededGenerator(seed: 2_026_1129)
            var (wrong, tried): ([String], [String: Int]) = ([], [:])
            for _ in 0..<count {
                let term = RandomTerm(&random)
                let at = term.momentToAsk(&random)
                let faults = try Self.faults(term, at: at, &tried)
                wrong += faults.map { "\($0) at \(CivilDateTime(seconds: at)): \(term.told)" }
            }
            return (wrong, tried)
        }
        #expect(wrong.prefix(5) == [])
        for kind in ["due", "stopped", "left", "left of a stopped one", "latest start"] {
            #expect(tried[kind, default: 0] > count / 50, "\(kind) was hardly tried")
        }
    }

    private static func faults(
        _ term: RandomTerm, at: Int, _ tried: inout [String: Int]
    ) throws -> [String] {
        let hasReception = term.clock.reception != nil
        let start = hasReception ? term.twin.opening(from: term.accepted) : term.accepted
        var faults: [String] = []
        let accepted = CivilDateTime(seconds: term.accepted)
        if try term.clock.start(accepted, .countFromOpening).seconds != start {
            faults.append("start")
        }
        let (found, unproved) = try end(term, start)
        faults += unproved
        let expected = term.twin.end(from: start)
        if !same(found, expected, term) { faults.append("due \(found) instead of \(expected)") }
        switch expected {
        case .at(let end):
            tried["due", default: 0] += 1
            faults += try leftFaults(term, start, at, end, term.stops, isKnown: true)
            tried["left", default: 0] += 1
        case .stopped:
            tried["stopped", default: 0] += 1
            // Suspensions that touch are one: what goes on without an end has no known one before.
            let stops = term.twin.stops.compactMap { stop -> SlowTerm.Stop? in
                guard stop.until == nil else { return stop }
                return stop.from < at ? .init(from: stop.from, until: at) : nil
            }
            guard case .at(let end) = RandomTerm.twin(term.clock, stops).end(from: start) else {
                return faults + ["a resumed term has no end"]
            }
            faults += try leftFaults(term, start, at, end, stops, isKnown: false)
            tried["left of a stopped one", default: 0] += 1
        }
        if term.stops.isEmpty {
            tried["latest start", default: 0] += 1
            let latest = try term.clock.latestStart(dueBy: CivilDateTime(seconds: at)).seconds
            let slow = term.twin.latestStart(by: at, hasReception: hasReception)
            if latest != slow { faults.append("latest start \(latest) instead of \(slow)") }
        }
        return faults
    }

    /// The end by the clock, and what is wrong with its proof.
    private static func end(
        _ term: RandomTerm, _ start: Int
    ) throws -> (SlowTerm.End, [String]) {
        do throws(DeadlineError) {
            let due = try term.clock.due(
                from: CivilDateTime(seconds: start), term.suspensions)
            return (.at(due.at.seconds), try proofFaults(term, due))
        } catch {
            guard case .clockStopped(let since) = error else { throw error }
            return (.stopped(since.seconds), [])
        }
    }

    /// Of several suspensions that touch, the twin names one, the clock the first.
    private static func same(
        _ found: SlowTerm.End, _ expected: SlowTerm.End, _ term: RandomTerm
    ) -> Bool {
        guard case .stopped(let since) = found, case .stopped(let twin) = expected else {
            return found == expected
        }
        return term.suspensions.over(CivilDateTime(seconds: twin))?.from.seconds == since
    }

    private static func leftFaults(
        _ term: RandomTerm, _ start: Int, _ at: Int, _ end: Int, _ stops: [SlowTerm.Stop],
        isKnown: Bool
    ) throws -> [String] {
        let left = try term.clock.timeLeft(
            from: CivilDateTime(seconds: start), term.suspensions, at: CivilDateTime(seconds: at))
        let stands = at <= end && term.stops.contains { $0.covers(at) && $0.from < end }
        // What stands still is told as if it were resumed at once.
        let begun = stops.filter { $0.from < end }.compactMap { stop -> SlowTerm.Stop? in
            guard stands, stop.covers(at) else { return stop }
            return stop.from < at ? SlowTerm.Stop(from: stop.from, until: at) : nil
        }
        let twin = RandomTerm.twin(term.clock, begun)
        var last = end
        if stands {
            guard case .at(let resumed) = twin.end(from: start) else { return ["it never ends"] }
            last = resumed
        }
        var faults: [String] = []
        if left.due?.at.seconds != (isKnown ? end : nil) { faults.append("due of what is left") }
        if left.isOverdue != (at > end) { faults.append("overdue") }
        if (left.suspendedSince != nil) != stands { faults.append("standing still") }
        let from = min(max(at, start), last)
        // No more than a day of seconds is walked.
        if last - from < SlowTerm.day,
            left.workingSeconds != Int64(twin.seconds(from: from, to: last))
        {
            faults.append("seconds left: \(left.workingSeconds)")
        }
        let today = from / SlowTerm.day
        let counts =
            stands && term.clock.term.unit != .workingMinutes
            && from % SlowTerm.day < twin.hours.last!.upperBound
        let eve = start / SlowTerm.day - (term.clock.term.firstDay == .counted ? 1 : 0)
        let days = twin.countedDays(
            after: max(counts ? today - 1 : today, eve), through: last / SlowTerm.day)
        if left.workingDays != days {
            faults.append("days left: \(left.workingDays) instead of \(days)")
        }
        return faults
    }

    /// Whether the proof tells each day and part once, and its sums are the term.
    private static func proofFaults(
        _ term: RandomTerm, _ due: DueDate
    ) throws(DeadlineError) -> [String] {
        let accepted = CivilDateTime(seconds: term.accepted)
        let lines = try term.clock.trace(of: due, term.suspensions, accepted: accepted)
        var faults: [String] = []
        for (line, next) in zip(lines, lines.dropFirst()) {
            let follows =
                next.date > line.date
                || (next.date == line.date && next.part != nil
                    && line.part?.end.second == next.part?.start.second)
            if !follows { faults.append("told twice or out of order: \(next.date)") }
            if next.date == line.date, next.reason == line.reason {
                faults.append("one part told as two: \(next.date)")
            }
        }
        let counted = lines.filter(\.counted)
        switch term.clock.term.unit {
        case .workingMinutes:
            let seconds = counted.reduce(0) { $0 + Int($1.part?.seconds ?? 0) }
            if seconds != term.clock.term.length * 60 { faults.append("counts \(seconds) s") }
            if lines.map(\.date).uniqued != Array(accepted.date...due.date) {
                faults.append("a day is not told")
            }
        case .workingDays:
            if counted.count != term.clock.term.length { faults.append("counts \(counted.count)") }
            if lines.map(\.date) != Array(min(accepted.date, due.date)...due.date) {
                faults.append("a day is not told")
            }
        case .calendarMonths:
            let end = term.twin.monthsEnd(Int(due.start.date.dayNumber))
            let lost = lines.count { line in
                guard case .suspended = line.reason else { return false }
                return line.date <= due.nominal && line.date >= due.start.date
                    && (line.date > due.start.date || term.clock.term.firstDay == .counted)
            }
            if end + lost != Int(due.nominal.dayNumber) { faults.append("\(lost) days lost") }
            if lines.count(where: { $0.date == due.nominal }) != 1 { faults.append("no last day") }
            if counted.map(\.date) != [due.date] { faults.append("counts another day") }
            let passed = lines.filter { $0.date >= min(due.nominal, due.date) }.map(\.date)
            let rolled = min(due.nominal, due.date)...max(due.nominal, due.date)
            if passed != Array(rolled) { faults.append("a rolled day is not told") }
        }
        return faults
    }
}

extension Array where Element: Equatable {
    /// Each value of a row of equal ones once.
    fileprivate var uniqued: [Element] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
