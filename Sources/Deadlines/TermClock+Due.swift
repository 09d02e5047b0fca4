// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// The three ways of counting.
///
/// Each repeats until the suspensions inside the term no longer move its end; every round takes in
/// at least one more suspended unit, so it ends.
extension TermClock {
    /// The due date of a term in working days that starts on a date and is never suspended.
    ///
    /// It is what ``due(from:_:)`` gives, without the rest: for answering in bulk.
    /// - Precondition: the term is one in working days.
    public func dueDate(startingOn start: CivilDate) throws(DeadlineError) -> CivilDate {
        guard term.firstDay == .notCounted else {
            guard let eve = start.adding(days: -1) else { throw .outOfRange }
            return try shiftDays(eve, term.length)
        }
        return try shiftDays(start, term.length)
    }

    func dueInDays(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        // With the first day counted, the N-th working day on or after the start.
        let eve = term.firstDay == .counted ? start.date.adding(days: -1) : start.date
        guard let eve else { throw .outOfRange }
        var suspended = 0
        while true {
            let date = try shiftDays(eve, term.length + suspended)
            let found = try suspendedWorkingDays(after: eve, through: date, suspensions)
            if found == suspended {
                return DueDate(start: start, at: endOfDay(date), nominal: date)
            }
            suspended = found
        }
    }

    @inline(__always)
    private func shiftDays(_ date: CivilDate, _ count: Int) throws(DeadlineError) -> CivilDate {
        do { return try days.shift(date, by: count) } catch { throw .calendar(error) }
    }

    /// The working days in `(after, through]` on which the term does not run.
    private func suspendedWorkingDays(
        after: CivilDate, through: CivilDate, _ suspensions: Suspensions
    ) throws(DeadlineError) -> Int {
        guard !suspensions.isEmpty else { return 0 }
        var sum = 0
        for suspension in suspensions.list where suspension.from < endOfDay(through) {
            guard let until = suspension.until else {
                throw .clockStopped(since: suspension.from)
            }
            let from = max(suspension.from.date, after.adding(days: 1) ?? after)
            let end = min(until.date, through.adding(days: 1) ?? through)
            guard from < end else { continue }
            sum += try DeadlineError.wrapping { () throws(CalendarError) in
                try days.count(from: from, to: end)
            }
        }
        return sum
    }

    func dueInMonths(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        let first = term.firstDay == .counted ? start.date.adding(days: -1) : start.date
        guard let first, let end = start.date.adding(months: term.length),
            let plain = term.firstDay == .counted ? end.adding(days: -1) : end
        else { throw .outOfRange }
        var nominal = plain
        while true {
            var suspended = 0
            for suspension in suspensions.list where suspension.from < endOfDay(nominal) {
                guard let until = suspension.until else {
                    throw .clockStopped(since: suspension.from)
                }
                let from = max(suspension.from.date, first.adding(days: 1) ?? first)
                let until_ = min(until.date, nominal.adding(days: 1) ?? nominal)
                suspended += max(0, from.days(until: until_))
            }
            guard let next = plain.adding(days: suspended) else { throw .outOfRange }
            if next == nominal { break }
            nominal = next
        }
        let date = try rolled(nominal)
        return DueDate(start: start, at: endOfDay(date), nominal: nominal)
    }

    /// Where the roll rule takes a term's last day.
    private func rolled(_ date: CivilDate) throws(DeadlineError) -> CivilDate {
        try DeadlineError.wrapping { () throws(CalendarError) in
            switch term.roll {
            case .none: date
            case .forward: try days.nextOrSame(date)
            case .back: try days.previousOrSame(date)
            }
        }
    }

    func dueInMinutes(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        let length = Int64(term.length) * 60
        var suspended: Int64 = 0
        while true {
            let total = length + suspended
            let end = try DeadlineError.wrapping { () throws(CalendarError) in
                try office.shift(start, bySeconds: total)
            }
            let found = try suspendedSeconds(from: start, to: end, suspensions)
            if found == suspended { return DueDate(start: start, at: end, nominal: end.date) }
            suspended = found
        }
    }

    /// The seconds of work in the range in which the term does not run.
    private func suspendedSeconds(
        from start: CivilDateTime, to end: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> Int64 {
        var sum: Int64 = 0
        for suspension in suspensions.list where suspension.from < end {
            let from = max(suspension.from, start)
            guard let until = suspension.until else {
                throw .clockStopped(since: suspension.from)
            }
            let stop = min(until, end)
            guard from < stop else { continue }
            sum += try DeadlineError.wrapping { () throws(CalendarError) in
                try office.seconds(from: from, to: stop)
            }
        }
        return sum
    }
}
