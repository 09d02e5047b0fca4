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
        /// The term stood still.
        case suspended(Suspension)
        /// The office's working time within the day.
        case workingTime
        /// The office's break within the day.
        case pause
        /// A term in months ends on this day.
        case monthsEnd
    }

    public let date: CivilDate
    /// The part of the day that the line speaks of; nil for the whole day.
    public let part: DayInterval?
    public let counted: Bool
    public let reason: Reason
}

extension TermClock {
    /// The proof of a due date: every day from the start to the end, each counted or passed over.
    ///
    /// For a term in months only the day of the event, the suspended days, the day on which the
    /// months end and the days it was rolled over are told, since its other days count alike.
    /// - Complexity: O(days from start to end).
    public func trace(
        of due: DueDate, _ suspensions: Suspensions = .none
    ) throws(DeadlineError) -> [TraceEntry] {
        do {
            return switch term.unit {
            case .workingMinutes: try traceOfMinutes(due, suspensions)
            case .workingDays: try traceOfDays(due, suspensions)
            case .calendarMonths: try traceOfMonths(due, suspensions)
            }
        } catch { throw .calendar(error) }
    }

    private func traceOfDays(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var entries: [TraceEntry] = []
        for date in due.start.date...max(due.start.date, due.date) {
            let status = try days.status(of: date)
            let (counted, reason): (Bool, TraceEntry.Reason) =
                if date == due.start.date, term.firstDay == .notCounted {
                    (false, .firstDay)
                } else if status.isWorking, let suspension = suspensions.over(date),
                    suspension.from < due.at
                {
                    (false, .suspended(suspension))
                } else {
                    (status.isWorking, .day(status))
                }
            entries.append(TraceEntry(date: date, part: nil, counted: counted, reason: reason))
        }
        return entries
    }

    private func traceOfMonths(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var entries: [TraceEntry] = []
        if term.firstDay == .notCounted {
            entries.append(
                TraceEntry(date: due.start.date, part: nil, counted: false, reason: .firstDay))
        }
        for date in due.start.date...max(due.start.date, due.nominal) {
            guard date > due.start.date || term.firstDay == .counted,
                let suspension = suspensions.over(date), suspension.from < endOfDay(due.nominal)
            else { continue }
            entries.append(
                TraceEntry(date: date, part: nil, counted: false, reason: .suspended(suspension)))
        }
        entries.append(
            TraceEntry(
                date: due.nominal, part: nil, counted: due.nominal == due.date, reason: .monthsEnd))
        // Rolling passes over the days between the two ends and lands on a working day.
        let passed = min(due.nominal, due.date)...max(due.nominal, due.date)
        for date in passed where due.nominal != due.date {
            entries.append(
                TraceEntry(
                    date: date, part: nil, counted: date == due.date,
                    reason: .day(try days.status(of: date))))
        }
        return entries
    }

    private func traceOfMinutes(
        _ due: DueDate, _ suspensions: Suspensions
    ) throws(CalendarError) -> [TraceEntry] {
        var entries: [TraceEntry] = []
        for date in due.start.date...due.date {
            let status = try office.calendar.status(of: date)
            guard status.isWorking else {
                entries.append(
                    TraceEntry(date: date, part: nil, counted: false, reason: .day(status)))
                continue
            }
            let first = date == due.start.date ? due.start.time : office.hours.opening
            let last = date == due.date ? due.at.time : office.hours.closing
            entries += partsOfDay(date, from: first, to: last, suspensions)
        }
        return entries
    }

    /// The stretches of a working day between two times, split where the office pauses and where
    /// a suspension begins or ends.
    private func partsOfDay(
        _ date: CivilDate, from first: TimeOfDay, to last: TimeOfDay, _ suspensions: Suspensions
    ) -> [TraceEntry] {
        var cuts = office.hours.intervals.flatMap { [$0.start, $0.end] } + [first, last]
        for moment in suspensions.list.flatMap({ [$0.from, $0.until].compactMap { $0 } })
        where moment.date == date { cuts.append(moment.time) }
        let times = Set(cuts).filter { first <= $0 && $0 <= last }.sorted()
        return zip(times, times.dropFirst()).map { from, to in
            let part = DayInterval(start: from, end: to)
            let suspension = suspensions.over(CivilDateTime(date, from))
            let reason: TraceEntry.Reason =
                if !office.hours.contains(from) {
                    .pause
                } else if let suspension {
                    .suspended(suspension)
                } else {
                    .workingTime
                }
            return TraceEntry(
                date: date, part: part, counted: reason == .workingTime, reason: reason)
        }
    }
}
