// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// One line of the proof of a due date: a day, or for a term in minutes a part of a day, that was
/// counted or passed over, and why.
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
        /// A term in months ends on this day, which is so in the week of the term.
        case monthsEnd(DayStatus)
    }

    public let date: CivilDate
    /// The part of the day that the line speaks of; nil for the whole day.
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
    /// months only the day of the event, the suspended days, the day on which the months end and the
    /// days it was rolled over are told, since its other days count alike.
    /// - Complexity: O(days from start to end).
    public func trace(
        of due: DueDate, _ suspensions: Suspensions = .none, accepted: CivilDateTime? = nil
    ) throws(DeadlineError) -> [TraceEntry] {
        do {
            let waited = try waiting(from: accepted ?? due.start, to: due.start)
            let entries =
                switch term.unit {
                case .workingMinutes: try traceOfMinutes(due, suspensions)
                case .workingDays: try traceOfDays(due, suspensions)
                case .calendarMonths: try traceOfMonths(due, suspensions)
                }
            return waited + entries
        } catch { throw .calendar(error) }
    }

    /// The days, or for a term in minutes the part of a day, from an acceptance outside the hours of
    /// reception to the next reception.
    private func waiting(
        from accepted: CivilDateTime, to start: CivilDateTime
    ) throws(CalendarError) -> [TraceEntry] {
        guard let reception else { return [] }
        guard accepted.date < start.date else {
            guard term.unit == .workingMinutes,
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

    private func traceOfMonths(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var lost: [LostDays] = []
        for suspension in suspensions.list where suspension.from < due.at {
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
            }
        }
        return entries
    }

    private func traceOfMinutes(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var entries: [TraceEntry] = []
        for date in due.start.date...due.date {
            let isLast = date == due.date
            // What ends at 24:00 ends with the day before.
            if isLast, due.at.time == .midnight, date > due.start.date { break }
            guard let hours = try office.hours(on: date) else {
                let status = try office.calendar.status(of: date)
                let reason: TraceEntry.Reason = status.isWorking ? .closed : .day(status)
                entries.append(TraceEntry(date, counted: false, reason))
                continue
            }
            let first = date == due.start.date ? due.start.time : hours.opening
            guard let last = isLast ? EndTime(second: due.at.time.second) : hours.closing,
                let span = DayInterval(start: first, until: last)
            else {
                entries.append(TraceEntry(date, counted: false, .closed))
                continue
            }
            entries += partsOfDay(date, hours, span, suspensions)
        }
        return entries
    }

    /// The stretches of a working day between two times, split where the office opens, pauses or
    /// closes and where a suspension begins or ends.
    private func partsOfDay(
        _ date: CivilDate, _ hours: OpeningHours, _ span: DayInterval, _ suspensions: Suspensions
    ) -> [TraceEntry] {
        let (first, last) = (span.start.second, span.end.second)
        var cuts = hours.intervals.flatMap { [$0.start.second, $0.end.second] } + [first, last]
        for moment in suspensions.list.flatMap({ [$0.from, $0.until].compactMap { $0 } })
        where moment.date == date { cuts.append(moment.time.second) }
        let seconds = Set(cuts).filter { first <= $0 && $0 <= last }.sorted()
        var parts: [TraceEntry] = []
        for (from, to) in zip(seconds, seconds.dropFirst()) {
            guard let from = TimeOfDay(second: from), let to = EndTime(second: to) else { continue }
            let reason: TraceEntry.Reason =
                if !hours.contains(from) {
                    from < hours.opening ? .closed : .pause
                } else if let suspension = suspensions.over(CivilDateTime(date, from)) {
                    .suspended(suspension)
                } else {
                    .workingTime
                }
            // A suspension that begins or ends in a pause does not divide it.
            let goesOn = parts.last?.reason == reason
            let start = goesOn ? parts.removeLast().part?.start ?? from : from
            parts.append(
                TraceEntry(
                    date, DayInterval(start: start, until: to), counted: reason == .workingTime,
                    reason))
        }
        return parts
    }
}
