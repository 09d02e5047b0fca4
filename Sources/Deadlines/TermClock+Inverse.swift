// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

extension TermClock {
    /// The last second at which the term can start and still end by `due`.
    ///
    /// Where there are hours of reception it is the last second of reception that will do. Starting
    /// any later ends the term after `due`, or is refused.
    ///
    /// - Throws: `calendar` where a year is not published.
    public func latestStart(dueBy due: CivilDateTime) throws(DeadlineError) -> CivilDateTime {
        let moment =
            switch term.unit {
            case .workingMinutes: try latestStartInMinutes(due)
            case .workingDays: try latestStartInDays(due)
            case .calendarMonths: try latestStartInMonths(due)
            }
        guard let reception else { return moment }
        return try DeadlineError.wrapping { () throws(CalendarError) in
            try reception.lastOpenSecond(atOrBefore: moment)
        }
    }

    private func latestStartInMinutes(_ due: CivilDateTime) throws(DeadlineError) -> CivilDateTime {
        try DeadlineError.wrapping { () throws(CalendarError) in
            try office.shift(due, bySeconds: -Int64(term.length) * 60)
        }
    }

    /// The last whole day that ends by the moment, as days' terms end when the office closes.
    private func lastDay(by due: CivilDateTime) throws(DeadlineError) -> CivilDate {
        guard due.time < office.hours.closing else { return due.date }
        guard let eve = due.date.adding(days: -1) else { throw .outOfRange }
        return eve
    }

    private func latestStartInDays(_ due: CivilDateTime) throws(DeadlineError) -> CivilDateTime {
        let limit = try lastDay(by: due)
        // The N-th working day back, the last day among them, is the first that must be in the term.
        let first = try DeadlineError.wrapping { () throws(CalendarError) in
            let lastCounts = try days.isWorkingDay(limit)
            return try days.shift(limit, by: lastCounts ? 1 - term.length : -term.length)
        }
        let last = term.firstDay == .counted ? first : first.adding(days: -1)
        guard let last else { throw .outOfRange }
        return CivilDateTime(last, Self.lastSecond)
    }

    private func latestStartInMonths(_ due: CivilDateTime) throws(DeadlineError) -> CivilDateTime {
        let limit = try lastDay(by: due)
        // A month's end, a counted first day and a roll move the end by a few days at most, and a
        // later start never ends earlier: so from beyond the answer, go back to the first that fits.
        guard let back = limit.adding(months: -term.length),
            var candidate = back.adding(days: Self.monthSlack)
        else { throw .outOfRange }
        // A candidate whose end lies in a year that is not published is too late; that is the answer
        // only if all are.
        var failure = DeadlineError.outOfRange
        for _ in 0...2 * Self.monthSlack {
            let moment = CivilDateTime(candidate, Self.lastSecond)
            do throws(DeadlineError) {
                if try self.due(from: moment).date <= limit { return moment }
            } catch { failure = error }
            guard let earlier = candidate.adding(days: -1) else { throw .outOfRange }
            candidate = earlier
        }
        throw failure
    }

    private static let lastSecond = TimeOfDay(second: TimeOfDay.secondsPerDay - 1)!

    /// More days than months' ends and holidays in a row can shift a term's end.
    private static let monthSlack = 31
}

/// How much of a term is left.
public struct TimeLeft: Hashable, Sendable {
    public let due: DueDate
    /// Working days of the term's week after today up to and with the due date; 0 on the last day.
    public let workingDays: Int
    /// Seconds of the office's working time up to the end of the term; 0 once it has passed.
    public let workingSeconds: Int64
    /// Whether the end has passed.
    public let isOverdue: Bool
    /// Since when the term stands still, if it does at this moment.
    public let suspendedSince: CivilDateTime?
}

extension TermClock {
    /// How much of a term that runs from `start` is left at a moment.
    ///
    /// Days and seconds in which the term is suspended do not count.
    /// - Throws: `calendar` where a year is not published; `clockStopped` while an open suspension
    ///   keeps the term from having an end.
    public func timeLeft(
        from start: CivilDateTime, _ suspensions: Suspensions, at now: CivilDateTime
    ) throws(DeadlineError) -> TimeLeft {
        let due = try due(from: start, suspensions)
        var (workingDays, workingSeconds) = (0, Int64(0))
        if now <= due.at {
            let from = max(now, start)
            workingDays = try DeadlineError.wrapping { () throws(CalendarError) in
                guard from.date < due.date, let tomorrow = from.date.adding(days: 1),
                    let end = due.date.adding(days: 1)
                else { return 0 }
                return try days.count(from: tomorrow, to: end)
            }
            workingSeconds = try DeadlineError.wrapping { () throws(CalendarError) in
                try office.seconds(from: from, to: due.at)
            }
            (workingDays, workingSeconds) = try less(
                suspensions, from, due, (workingDays, workingSeconds))
        }
        return TimeLeft(
            due: due, workingDays: workingDays, workingSeconds: workingSeconds,
            isOverdue: now > due.at, suspendedSince: suspensions.over(now)?.from)
    }

    /// The same without what the suspensions still to come take away.
    private func less(
        _ suspensions: Suspensions, _ from: CivilDateTime, _ due: DueDate,
        _ left: (days: Int, seconds: Int64)
    ) throws(DeadlineError) -> (Int, Int64) {
        var left = left
        for suspension in suspensions.list {
            let until = min(suspension.until ?? due.at, due.at)
            guard until > from, suspension.from < until else { continue }
            left = try DeadlineError.wrapping { () throws(CalendarError) in
                let firstDay = max(suspension.from.date, from.date.adding(days: 1) ?? from.date)
                let days =
                    firstDay < until.date ? try days.count(from: firstDay, to: until.date) : 0
                let seconds = try office.seconds(from: max(suspension.from, from), to: until)
                return (left.days - days, left.seconds - seconds)
            }
        }
        return left
    }
}
