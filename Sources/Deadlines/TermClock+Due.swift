// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// Counting working days, working time and hours of the clock.
///
/// Each walks from one suspension to the next: what the term ran before it is taken off, and the rest
/// runs from the resumption on. A suspension that begins when the term is over no longer matters.
extension TermClock {
    /// The due date of a term in working days that starts on a date and is never suspended.
    ///
    /// It is what ``due(from:_:)`` gives, without the rest: for answering in bulk.
    /// - Precondition: the term is one in working days.
    public func dueDate(startingOn start: CivilDate) throws(DeadlineError) -> CivilDate {
        try shiftDays(try eve(of: start), term.length)
    }

    /// The day before the first that can count.
    @inline(__always)
    func eve(of start: CivilDate) throws(DeadlineError) -> CivilDate {
        guard term.firstDay == .counted else { return start }
        guard let eve = start.adding(days: -1) else { throw .outOfRange }
        return eve
    }

    /// The day on which so many working days after a date have been counted, 1 or more.
    ///
    /// The date may be the eve of the first published day, which is no part of the term.
    @inline(__always)
    private func shiftDays(_ date: CivilDate, _ count: Int) throws(DeadlineError) -> CivilDate {
        do throws(CalendarError) {
            let first = days.covered.lowerBound
            guard date.days(until: first) == 1 else {
                return try days.shift(date, by: count)
            }
            let counted = try days.nextOrSame(first)
            return count == 1 ? counted : try days.shift(counted, by: count - 1)
        } catch { throw .calendar(error) }
    }

    func dueInDays(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        var (eve, left) = (try eve(of: start.date), term.length)
        for suspension in suspensions.list {
            guard let lost = lostDays(suspension) else { continue }
            // Where the count of the days before it has no answer, nor has the end, or it is earlier.
            guard let tomorrow = eve.adding(days: 1),
                let ran = try? days.count(from: tomorrow, to: max(tomorrow, lost.first)),
                ran < left
            else { break }
            guard let last = lost.last else { throw .clockStopped(since: suspension.from) }
            (eve, left) = (max(eve, last), left - ran)
        }
        let date = try shiftDays(eve, left)
        return DueDate(start: start, at: endOfDay(date), nominal: date)
    }

    func dueInWorkingTime(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        try dueToTheSecond(from: start, suspensions) { (from, to) throws(DeadlineError) in
            try DeadlineError.wrapping { () throws(CalendarError) in
                try office.seconds(from: from, to: to)
            }
        } shift: { (from, seconds) throws(DeadlineError) in
            try DeadlineError.wrapping { () throws(CalendarError) in
                try office.shift(from, bySeconds: seconds)
            }
        }
    }

    func dueInHours(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> DueDate {
        try dueToTheSecond(from: start, suspensions) { (from, to) throws(DeadlineError) in
            from.seconds(until: to)
        } shift: { (from, seconds) throws(DeadlineError) in
            guard let end = from.adding(seconds: seconds) else { throw .outOfRange }
            return end
        }
    }

    private func dueToTheSecond(
        from start: CivilDateTime, _ suspensions: Suspensions,
        seconds: (CivilDateTime, CivilDateTime) throws(DeadlineError) -> Int64,
        shift: (CivilDateTime, Int64) throws(DeadlineError) -> CivilDateTime
    ) throws(DeadlineError) -> DueDate {
        var (from, left) = (start, term.seconds)
        for suspension in suspensions.list {
            guard let ran = try? seconds(from, max(from, suspension.from)), ran < left else {
                break
            }
            guard let until = suspension.until else {
                throw .clockStopped(since: suspension.from)
            }
            (from, left) = (max(from, until), left - ran)
        }
        let end = try shift(from, left)
        return DueDate(start: start, at: end, nominal: end.date)
    }
}

extension CivilDateTime {
    /// The seconds on the clock from this moment to another; negative if that is earlier.
    func seconds(until other: CivilDateTime) -> Int64 {
        Int64(date.days(until: other.date)) * Int64(TimeOfDay.secondsPerDay)
            + Int64(other.time.second) - Int64(time.second)
    }

    /// The moment so many seconds later on the clock, or earlier for a negative number; nil outside the
    /// years 1 to 9999.
    func adding(seconds: Int64) -> CivilDateTime? {
        let day = Int64(TimeOfDay.secondsPerDay)
        let (total, overflow) = seconds.addingReportingOverflow(Int64(time.second))
        guard !overflow else { return nil }
        let rest = ((total % day) + day) % day
        guard let days = Int(exactly: (total - rest) / day), let date = date.adding(days: days),
            let time = TimeOfDay(second: Int32(rest))
        else { return nil }
        return CivilDateTime(date, time)
    }
}
