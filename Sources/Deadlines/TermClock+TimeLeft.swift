// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// How much of a term is left.
public struct TimeLeft: Hashable, Sendable {
    /// When the term is due; nil while a suspension without an end keeps it from having one.
    public let due: DueDate?
    /// The same, or where there is none, when the term would be due if it were resumed at once.
    public let end: DueDate
    /// Working days of the term's week after today up to and with the due date; 0 on the last day.
    ///
    /// Of a term that stands still, as if it were resumed at once; of one that ends with a day today too,
    /// where it would count then: so of a term in working days the number is the same on each day of a
    /// suspension.
    public let workingDays: Int
    /// The same in days of the calendar, rest days and holidays among them.
    public let calendarDays: Int
    /// Seconds of the office's working time up to the end of the term; 0 once it has passed.
    ///
    /// Of a term that stands still, as if it were resumed at once.
    public let workingSeconds: Int64
    /// The same in seconds on the clock.
    public let calendarSeconds: Int64
    /// The share of the term that is used, in whole per cent rounded down; 100 once it has ended.
    public let usedPercent: Int
    /// The place of the stage that runs at that moment, or is the next to.
    public let stage: Int
    /// Whether the term that decides that stage runs on rest days too.
    public let runsOnRestDays: Bool
    /// Whether the end has passed.
    public let isOverdue: Bool
    /// Since when the term stands still, if it does at this moment.
    public let suspendedSince: CivilDateTime?
}

extension TermClock {
    /// How much of a term that runs from `start` is left at a moment.
    ///
    /// - Throws: as ``StagedClock/timeLeft(from:_:at:)``.
    public func timeLeft(
        from start: CivilDateTime, _ suspensions: Suspensions, at now: CivilDateTime
    ) throws(DeadlineError) -> TimeLeft {
        try StagedClock(self).timeLeft(from: start, suspensions, at: now)
    }
}

extension StagedClock {
    /// How much of a term that runs from `start` is left at a moment.
    ///
    /// Days and seconds in which the term is suspended do not count. A suspension without an end does
    /// not keep the question from its answer: what was left when it began is left until it ends.
    ///
    /// - Throws: `calendar` where a year is not published.
    public func timeLeft(
        from start: CivilDateTime, _ suspensions: Suspensions, at now: CivilDateTime
    ) throws(DeadlineError) -> TimeLeft {
        let known = try knownRun(from: start, suspensions)
        let resumed = suspensions.resumed(at: now)
        let end = if let known { known } else { try run(from: start, resumed) }
        let isOverdue = now > end.due.at
        // One that begins when the term is over, to the second, changes nothing.
        let over = suspensions.over(now).flatMap { $0.from < end.due.at ? $0 : nil }
        let standing = isOverdue ? nil : over
        let counted = standing == nil && known != nil ? suspensions : resumed
        let last = standing == nil ? end : try run(from: start, resumed)
        var left = Left()
        for (stage, end) in zip(stages, last.ends) {
            let clock = stage.clocks[end.deciding]
            try left.add(clock, end.due, counted, at: now, isStanding: standing != nil)
        }
        let running = last.ends.firstIndex { now < $0.due.at } ?? stages.count - 1
        let unit = stages[running].clocks[last.ends[running].deciding].term.unit
        return TimeLeft(
            due: known?.due, end: end.due, workingDays: left.workingDays,
            calendarDays: left.calendarDays, workingSeconds: left.workingSeconds,
            calendarSeconds: left.calendarSeconds,
            usedPercent: isOverdue ? 100 : left.usedPercent,
            stage: running, runsOnRestDays: unit.isOfCalendarDays || unit == .calendarHours,
            isOverdue: isOverdue, suspendedSince: standing?.from)
    }

    /// How the term runs; nil where an open suspension keeps it from having an end.
    private func knownRun(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> TermRun? {
        do throws(DeadlineError) { return try run(from: start, suspensions) } catch {
            guard case .clockStopped = error else { throw error }
            return nil
        }
    }
}

/// What is left of the stages together.
private struct Left {
    var workingDays = 0
    var calendarDays = 0
    var workingSeconds: Int64 = 0
    var calendarSeconds: Int64 = 0
    /// The stages' lengths on the clock, from their beginnings to their ends, and how much of them is used.
    private var lengths: Int64 = 0
    private var used: Int64 = 0
    /// The used and the whole of the only stage, in what it counts.
    private var only: TermShare?
    private var stages = 0

    /// The share of the whole, in which stages weigh as long as they last on the clock.
    var usedPercent: Int {
        if stages == 1, let only { return Int(only.used * 100 / only.whole) }
        return lengths == 0 ? 0 : Int(used * 100 / lengths)
    }

    mutating func add(
        _ clock: TermClock, _ due: DueDate, _ suspensions: Suspensions, at now: CivilDateTime,
        isStanding: Bool
    ) throws(DeadlineError) {
        let from = min(max(now, due.start), due.at)
        let days = try clock.daysLeft(from, due, suspensions, isStanding: isStanding)
        workingDays += days.working
        calendarDays += days.calendar
        workingSeconds += try clock.workingSeconds(from, due, suspensions)
        calendarSeconds += clock.calendarSeconds(from, due, suspensions)
        let share = try clock.share(of: due, suspensions, at: now)
        let length = max(0, due.start.seconds(until: due.at))
        lengths += length
        used += length * share.used / share.whole
        (only, stages) = (share, stages + 1)
    }
}
