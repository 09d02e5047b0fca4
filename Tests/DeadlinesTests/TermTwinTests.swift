// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Foundation
import TestKit
import Testing
import WorkingDays

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
            // Suspensions that touch are one, and what is resumed is resumed whole.
            faults += try leftFaults(term, start, at, end, term.twin.stops, isKnown: true)
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
        var twin = RandomTerm.twin(term.clock, begun)
        var last = end
        if stands {
            guard case .at(let resumed) = twin.end(from: start) else { return ["it never ends"] }
            last = resumed
            // What begins when the term is over, had it been resumed, changes nothing.
            twin = RandomTerm.twin(term.clock, begun.filter { $0.from < resumed })
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
            stands && !twin.isToTheSecond
            && from % SlowTerm.day < twin.hours.last!.upperBound
        let eve = start / SlowTerm.day - (term.clock.term.firstDay == .counted ? 1 : 0)
        let days = twin.countedDays(
            after: max(counts ? today - 1 : today, eve), through: last / SlowTerm.day)
        if left.workingDays != days {
            faults.append("days left: \(left.workingDays) instead of \(days)")
        }
        let calendarDays = twin.calendarDays(
            after: max(counts ? today - 1 : today, eve), through: last / SlowTerm.day)
        if left.calendarDays != calendarDays {
            faults.append("calendar days left: \(left.calendarDays) instead of \(calendarDays)")
        }
        if last - from < 9 * SlowTerm.day,
            left.calendarSeconds != Int64(twin.clockSeconds(from: from, to: last))
        {
            faults.append("seconds left on the clock: \(left.calendarSeconds)")
        }
        let used = at > end ? 100 : twin.usedPercent(from: start, to: last, at: at)
        if left.usedPercent != used {
            faults.append("used: \(left.usedPercent) % instead of \(used) %")
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
        let length = term.clock.term.length
        let isFromStart =
            lines.map(\.date).uniqued == Array(min(accepted.date, due.date)...due.date)
        switch term.clock.term.unit {
        case .workingMinutes, .workingHours:
            let minutes = term.clock.term.unit == .workingHours ? length * 60 : length
            let seconds = counted.reduce(0) { $0 + Int($1.part?.seconds ?? 0) }
            if seconds != minutes * 60 { faults.append("counts \(seconds) s") }
            if !isFromStart { faults.append("a day is not told") }
        case .calendarHours:
            let seconds = counted.reduce(0) { $0 + Self.seconds(of: $1) }
            if seconds != length * 3600 { faults.append("counts \(seconds) s") }
            // A term that ends at midnight has no part of the day that begins.
            if !isFromStart, due.at.time != .midnight { faults.append("a day is not told") }
        case .workingDays:
            if counted.count != length { faults.append("counts \(counted.count)") }
            if lines.map(\.date) != Array(min(accepted.date, due.date)...due.date) {
                faults.append("a day is not told")
            }
        case .calendarDays:
            // Rolled back, a term has fewer days.
            let rolledBack = max(0, due.date.days(until: due.nominal))
            if counted.count != length - rolledBack { faults.append("counts \(counted.count)") }
            let last = max(due.date, due.nominal)
            if lines.map(\.date) != Array(accepted.date...last) {
                faults.append("a day is not told")
            }
            faults += calendarFaults(term, due, lines)
        case .calendarWeeks, .calendarMonths, .calendarYears:
            faults += calendarFaults(term, due, lines)
            if counted.map(\.date) != [due.date] { faults.append("counts another day") }
        }
        return faults
    }

    /// The seconds that a line speaks of, of a term that runs day and night.
    private static func seconds(of line: TraceEntry) -> Int {
        line.part.map { Int($0.seconds) } ?? SlowTerm.day
    }

    private static func calendarFaults(
        _ term: RandomTerm, _ due: DueDate, _ lines: [TraceEntry]
    ) -> [String] {
        var faults: [String] = []
        let end = term.twin.plainEnd(Int(due.start.date.dayNumber))
        let lost = lines.count { line in
            guard case .suspended = line.reason else { return false }
            return line.date <= due.nominal && line.date >= due.start.date
                && (line.date > due.start.date || term.clock.term.firstDay == .counted)
        }
        if end + lost != Int(due.nominal.dayNumber) { faults.append("\(lost) days lost") }
        if lines.count(where: { $0.date == due.nominal }) != 1 { faults.append("no last day") }
        let passed = lines.filter { $0.date >= min(due.nominal, due.date) }.map(\.date)
        let rolled = min(due.nominal, due.date)...max(due.nominal, due.date)
        if passed != Array(rolled) { faults.append("a rolled day is not told") }
        return faults
    }
}

extension Array where Element: Equatable {
    /// Each value of a row of equal ones once.
    fileprivate var uniqued: [Element] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
