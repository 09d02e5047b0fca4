// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// One line of the proof of a due date: a day, or for a term in minutes or hours a part of a day, that
/// was counted or passed over, and why.
public struct TraceEntry: Hashable, Sendable {
    /// Why a day or a part of it was counted or passed over.
    public enum Reason: Hashable, Sendable {
        /// What the day is in the week of the term.
        case day(DayStatus)
        /// The day of the event, which the term does not count (R3.4).
        case firstDay
        /// The office did not receive: what was handed in then counts from the next reception.
        case outsideReception
        /// The term stood still.
        case suspended(Suspension)
        /// The office's working time within the day.
        case workingTime
        /// The office's break within the day.
        case pause
        /// The time of a working day before the office opens or after it closes.
        case closed
        /// A term in calendar days, weeks, months or years ends on this day, which is so in the week of
        /// the term.
        case monthsEnd(DayStatus)
        /// A day of a term in calendar days, which counts whatever it is in the week of the term.
        case calendarDay(DayStatus)
        /// Time of a term in hours on the clock, which run day and night.
        case clockTime
        /// The day on which the stage before this one ended, which this one does not count.
        case stageDay
    }

    public let date: CivilDate
    /// The part of the day that the line speaks of; nil for the whole day.
    ///
    /// Of a term in hours on the clock, a part that ends at 23:59:59 goes on to midnight.
    public let part: DayInterval?
    public let counted: Bool
    public let reason: Reason

    init(_ date: CivilDate, _ part: DayInterval? = nil, counted: Bool, _ reason: Reason) {
        self.date = date
        self.part = part
        self.counted = counted
        self.reason = reason
    }
}

extension TermClock {
    /// The proof of a due date: every day from the acceptance to the end, each counted or passed
    /// over, and told once.
    ///
    /// `accepted` is the moment of the acceptance where the term runs from a later one. For a term in
    /// weeks, months or years only the day of the event, the suspended days, the day on which they end
    /// and the days it was rolled over are told, since its other days count alike. Where a term is
    /// rolled, the day that it is rolled to counts in place of the one that it ended on.
    /// - Complexity: O(days from start to end).
    public func trace(
        of due: DueDate, _ suspensions: Suspensions = .none, accepted: CivilDateTime? = nil
    ) throws(DeadlineError) -> [TraceEntry] {
        do {
            let waited = try waiting(from: accepted ?? due.start, to: due.start)
            let entries =
                switch term.unit {
                case .workingMinutes, .workingHours: try traceOfWorkingTime(due, suspensions)
                case .calendarHours: traceOfHours(due, suspensions)
                case .workingDays: try traceOfDays(due, suspensions)
                case .calendarDays, .calendarWeeks, .calendarMonths, .calendarYears:
                    try traceOfCalendarDays(due, suspensions)
                }
            return waited.isEmpty ? entries : waited + entries
        } catch { throw .calendar(error) }
    }

    /// The days, or for a term in minutes or hours the part of a day, from an acceptance outside the
    /// hours of reception to the next reception.
    private func waiting(
        from accepted: CivilDateTime, to start: CivilDateTime
    ) throws(CalendarError) -> [TraceEntry] {
        guard let reception else { return [] }
        guard accepted.date < start.date else {
            guard term.unit.isToTheSecond,
                let part = DayInterval(start: accepted.time, end: start.time)
            else { return [] }
            return [TraceEntry(accepted.date, part, counted: false, .outsideReception)]
        }
        var entries: [TraceEntry] = []
        for date in accepted.date..<start.date {
            let status = try reception.calendar.status(of: date)
            let reason: TraceEntry.Reason = status.isWorking ? .outsideReception : .day(status)
            entries.append(TraceEntry(date, counted: false, reason))
        }
        return entries
    }

    private func traceOfDays(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        let lost = suspensions.list.compactMap(lostDays)
        var entries: [TraceEntry] = []
        entries.reserveCapacity(due.start.date.days(until: due.date) + 1)
        for date in due.start.date...due.date {
            let status = try days.status(of: date)
            let (counted, reason): (Bool, TraceEntry.Reason) =
                if date == due.start.date, term.firstDay == .notCounted {
                    (false, .firstDay)
                } else if status.isWorking, let lost = lost.first(where: { $0.contains(date) }) {
                    (false, .suspended(lost.suspension))
                } else {
                    (status.isWorking, .day(status))
                }
            entries.append(TraceEntry(date, counted: counted, reason))
        }
        return entries
    }

    private func traceOfCalendarDays(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var lost: [LostDays] = []
        for suspension in suspensions.list where suspension.from < due.at {
            guard days.covered.contains(suspension.from.date) else { continue }
            if let days = try lostCalendarDays(suspension) { lost.append(days) }
        }
        let start = due.start.date
        let rolled = min(due.nominal, due.date)...max(due.nominal, due.date)
        var entries: [TraceEntry] = []
        for date in start...max(start, rolled.upperBound) {
            if date == due.nominal {
                let status = try days.status(of: date)
                entries.append(TraceEntry(date, counted: date == due.date, .monthsEnd(status)))
            } else if date == start, term.firstDay == .notCounted {
                entries.append(TraceEntry(date, counted: false, .firstDay))
            } else if let lost = lost.first(where: { $0.contains(date) }) {
                entries.append(TraceEntry(date, counted: false, .suspended(lost.suspension)))
            } else if rolled.contains(date) {
                // Rolling passes over the days between the two ends and lands on a working day.
                let status = try days.status(of: date)
                entries.append(TraceEntry(date, counted: date == due.date, .day(status)))
            } else if term.unit == .calendarDays {
                let status = try days.status(of: date)
                entries.append(TraceEntry(date, counted: true, .calendarDay(status)))
            }
        }
        return entries
    }
}
