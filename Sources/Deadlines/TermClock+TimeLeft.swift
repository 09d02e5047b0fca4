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
    /// Of a term that stands still, as if it were resumed at once; of one in days or months today too,
    /// where it would count then: so of a term in working days the number is the same on each day of a
    /// suspension.
    public let workingDays: Int
    /// Seconds of the office's working time up to the end of the term; 0 once it has passed.
    ///
    /// Of a term that stands still, as if it were resumed at once.
    public let workingSeconds: Int64
    /// Whether the end has passed.
    public let isOverdue: Bool
    /// Since when the term stands still, if it does at this moment.
    public let suspendedSince: CivilDateTime?
}

extension TermClock {
    /// How much of a term that runs from `start` is left at a moment.
    ///
    /// Days and seconds in which the term is suspended do not count. A suspension without an end does
    /// not keep the question from its answer: what was left when it began is left until it ends.
    ///
    /// - Throws: `calendar` where a year is not published.
    public func timeLeft(
        from start: CivilDateTime, _ suspensions: Suspensions, at now: CivilDateTime
    ) throws(DeadlineError) -> TimeLeft {
        let due = try knownDue(from: start, suspensions)
        let resumed = suspensions.resumed(at: now)
        let end = if let due { due } else { try self.due(from: start, resumed) }
        let isOverdue = now > end.at
        // One that begins when the term is over, to the second, changes nothing.
        let over = suspensions.over(now).flatMap { $0.from < end.at ? $0 : nil }
        let standing = isOverdue ? nil : over
        let known = standing == nil && due != nil ? suspensions : resumed
        let last = standing == nil ? end : try self.due(from: start, resumed)
        let from = min(max(now, start), last.at)
        return TimeLeft(
            due: due, end: end,
            workingDays: try workingDays(from, last, known, standing: standing != nil),
            workingSeconds: try workingSeconds(from, last, known), isOverdue: isOverdue,
            suspendedSince: standing?.from)
    }

    /// The due date; nil where an open suspension keeps the term from having one.
    private func knownDue(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate? {
        do throws(DeadlineError) { return try due(from: start, suspensions) } catch {
            guard case .clockStopped = error else { throw error }
            return nil
        }
    }

    private func workingDays(
        _ from: CivilDateTime, _ due: DueDate, _ suspensions: Suspensions, standing: Bool
    ) throws(DeadlineError) -> Int {
        let countsToday =
            standing && term.unit != .workingMinutes && from < endOfDay(from.date)
        let behind = countsToday ? from.date.adding(days: -1) : from.date
        guard let behind, let end = due.date.adding(days: 1),
            let after = max(behind, try eve(of: due.start.date)).adding(days: 1)
        else { throw .outOfRange }
        let first = min(after, end)
        return try DeadlineError.wrapping { () throws(CalendarError) in
            var count = try days.count(from: first, to: end)
            for suspension in suspensions.list where suspension.from < due.at {
                guard let lost = lostDays(suspension), let last = lost.last, last >= first,
                    let next = min(last, due.date).adding(days: 1)
                else { continue }
                count -= try days.count(from: min(max(first, lost.first), next), to: next)
            }
            return count
        }
    }

    private func workingSeconds(
        _ from: CivilDateTime, _ due: DueDate, _ suspensions: Suspensions
    ) throws(DeadlineError) -> Int64 {
        try DeadlineError.wrapping { () throws(CalendarError) in
            var seconds = try office.seconds(from: from, to: due.at)
            for suspension in suspensions.list {
                let until = max(from, min(suspension.until ?? due.at, due.at))
                let since = min(max(suspension.from, from), until)
                seconds -= try office.seconds(from: since, to: until)
            }
            return seconds
        }
    }
}
