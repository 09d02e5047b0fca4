// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// The proof of terms that run to the second.
extension TermClock {
    func traceOfWorkingTime(
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

    /// The days of a term in hours on the clock, split where it begins and ends and where a suspension does.
    func traceOfHours(_ due: DueDate, _ suspensions: Suspensions) -> [TraceEntry] {
        let day = TimeOfDay.secondsPerDay
        var entries: [TraceEntry] = []
        for date in due.start.date...due.date {
            let first = date == due.start.date ? due.start.time.second : 0
            let last = date == due.date ? due.at.time.second : day
            guard first < last else { continue }
            let moments = suspensions.list.flatMap { [$0.from, $0.until].compactMap { $0 } }
            let cuts = moments.filter { $0.date == date }.map(\.time.second) + [first, last]
            let times = Set(cuts).filter { first <= $0 && $0 <= last }.sorted()
            var parts: [(from: Int32, to: Int32, reason: TraceEntry.Reason)] = []
            for (from, to) in zip(times, times.dropFirst()) {
                let over = TimeOfDay(second: from).flatMap {
                    suspensions.over(CivilDateTime(date, $0))
                }
                let reason = over.map(TraceEntry.Reason.suspended) ?? .clockTime
                if parts.last?.reason == reason {
                    parts[parts.count - 1].to = to
                } else {
                    parts.append((from, to, reason))
                }
            }
            for part in parts {
                let isWhole = part.from == 0 && part.to == day
                let interval = TimeOfDay(second: part.from).flatMap { start in
                    EndTime(second: part.to).flatMap { DayInterval(start: start, until: $0) }
                }
                // The last second of a day by itself is no part of it.
                guard isWhole || interval != nil else { continue }
                entries.append(
                    TraceEntry(
                        date, isWhole ? nil : interval, counted: part.reason == .clockTime,
                        part.reason))
            }
        }
        return entries
    }
}

extension StagedClock {
    /// The proof of each stage, by the term that decides it.
    ///
    /// `accepted` is the moment of the acceptance where the term runs from a later one.
    /// - Complexity: O(days from start to end).
    public func trace(
        of run: TermRun, _ suspensions: Suspensions = .none, accepted: CivilDateTime? = nil
    ) throws(DeadlineError) -> [[TraceEntry]] {
        var proofs: [[TraceEntry]] = []
        for (place, end) in run.ends.enumerated() {
            let lines = try stages[place].clocks[end.deciding].trace(
                of: end.due, suspensions, accepted: place == 0 ? accepted : nil)
            proofs.append(place == 0 ? lines : lines.map(\.ofLaterStage))
        }
        return proofs
    }
}

extension TraceEntry {
    /// The line as a stage has it that begins where another ended.
    fileprivate var ofLaterStage: TraceEntry {
        reason == .firstDay ? TraceEntry(date, part, counted: counted, .stageDay) : self
    }
}
