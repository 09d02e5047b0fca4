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
        guard due < endOfDay(due.date) else { return due.date }
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
