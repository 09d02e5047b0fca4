// SPDX-License-Identifier: Apache-2.0

import CivilTime
import WorkingDays

/// Terms in calendar days, weeks, months and years, which run on rest days too.
extension TermClock {
    func dueInCalendarDays(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        let first = try eve(of: start.date)
        guard let plain = plainEnd(from: start.date) else { throw .outOfRange }
        var walk = CalendarWalk(eve: first, left: first.days(until: plain))
        for suspension in suspensions.list {
            // A roll into a year that is not published is no end yet: a suspension may come first.
            if let end = try? rolled(try walk.nominal, walk.lost, after: first),
                suspension.from >= endOfDay(end)
            {
                break
            }
            guard days.covered.contains(suspension.from.date) else { break }
            let lost = try DeadlineError.wrapping { () throws(CalendarError) in
                try lostCalendarDays(suspension)
            }
            guard let lost else { continue }
            guard lost.last != nil else { throw .clockStopped(since: suspension.from) }
            walk.take(lost)
        }
        let nominal = try walk.nominal
        let date = try rolled(nominal, walk.lost, after: first)
        return DueDate(start: start, at: endOfDay(date), nominal: nominal)
    }

    /// The last day of the term, never suspended and not rolled; nil outside the calendar.
    ///
    /// Days and weeks count so many days, from the day of the start or from the next. Of months and years
    /// with the first day not counted it is the same day number so many months later, or that month's
    /// last day where there is no such number (Civil Code arts. 172–176). With the first day counted
    /// it is the day before the same number, or, again, the month's last day where there is no such
    /// number: a month from 30 January ends on 28 February, as one from 1 February does. The Civil
    /// Code does not speak of a counted first day; this is the rule of codes that do, such as the
    /// German Civil Code, §§ 187 (2), 188 (2) and (3).
    func plainEnd(from start: CivilDate) -> CivilDate? {
        guard let end = sameDay(start, times: 1) else { return nil }
        let isMonths = term.unit == .calendarMonths || term.unit == .calendarYears
        guard term.firstDay == .counted, !isMonths || end.day == start.day else { return end }
        return end.adding(days: -1)
    }

    /// The day that the term, its first day not counted, leads to from a date; or, -1 times, comes from.
    func sameDay(_ date: CivilDate, times: Int) -> CivilDate? {
        switch term.unit {
        case .calendarDays: date.adding(days: times * term.length)
        case .calendarWeeks: date.adding(days: times * term.length * 7)
        case .calendarMonths: date.adding(months: times * term.length)
        case .calendarYears: date.adding(months: times * term.length * 12)
        case .workingMinutes, .workingHours, .workingDays, .calendarHours: nil
        }
    }

    /// Where the roll rule takes a term's last day: to a working day on which the term runs.
    ///
    /// Back it goes over rest days only, and not to a day that is no part of the term. What is left of a
    /// term after a suspension lies after it, so where a lost day is in the way the term goes forward
    /// instead; and so it does where none of its days is a working day.
    private func rolled(
        _ nominal: CivilDate, _ lost: [LostDays], after eve: CivilDate
    ) throws(DeadlineError) -> CivilDate {
        try DeadlineError.wrapping { () throws(CalendarError) in
            switch term.roll {
            case .none: nominal
            case .forward: try forward(nominal, lost)
            case .back:
                if let day = try back(nominal, lost), eve < day {
                    day
                } else {
                    try forward(nominal, lost)
                }
            }
        }
    }

    private func forward(
        _ nominal: CivilDate, _ lost: [LostDays]
    ) throws(CalendarError) -> CivilDate {
        var day = try days.nextOrSame(nominal)
        for lost in lost where lost.contains(day) {
            day = try days.next(lost.last ?? day)
        }
        return day
    }

    private func back(_ nominal: CivilDate, _ lost: [LostDays]) throws(CalendarError) -> CivilDate?
    {
        let day = try days.previousOrSame(nominal)
        return (day...nominal).contains { date in lost.contains { $0.contains(date) } } ? nil : day
    }
}

/// A term in calendar days on its way over its suspensions.
private struct CalendarWalk {
    /// The last day that is behind it.
    var eve: CivilDate
    /// The days that it has to run.
    var left: Int
    /// In rising order.
    var lost: [LostDays] = []

    /// The day on which the last of them is run.
    var nominal: CivilDate {
        get throws(DeadlineError) {
            guard let day = eve.adding(days: left) else { throw .outOfRange }
            return day
        }
    }

    /// Takes days out of the way, whether before the last day or on the way that it is rolled.
    mutating func take(_ days: LostDays) {
        lost.append(days)
        guard let last = days.last else { return }
        let ran = max(0, eve.days(until: days.first) - 1)
        guard ran < left else { return }
        (eve, left) = (max(eve, last), left - ran)
    }
}
