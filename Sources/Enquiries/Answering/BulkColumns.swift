// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import WorkingDays

/// Fills the columns of a bulk answer, one row per start.
struct BulkColumns {
    let clock: StagedClock
    let outsideReception: TermClock.OutsideReception
    private var startDays: [Int32] = []
    private var startSeconds: [Int32] = []
    private(set) var dueDays: [Int32] = []
    private(set) var dueSeconds: [Int32] = []
    private(set) var refused: [DueDatesAnswer.RefusedRow] = []
    /// The estimated days that decide some row, each once.
    private(set) var deciding: [EstimatedDay] = []
    private var provisional: Set<Int> = []

    init(clock: StagedClock, outsideReception: TermClock.OutsideReception) {
        self.clock = clock
        self.outsideReception = outsideReception
    }

    mutating func fill(_ startDays: [Int32], _ startSeconds: [Int32]) {
        (self.startDays, self.startSeconds) = (startDays, startSeconds)
        dueDays.reserveCapacity(startDays.count)
        if startSeconds.isEmpty {
            fillByDate(startDays)
        } else {
            fillByMoment(startDays, startSeconds)
        }
    }

    /// Starts known by date alone.
    ///
    /// The time of day of a term that ends with a day is closing time: on every row the same where all days of
    /// the office are alike.
    private mutating func fillByDate(_ startDays: [Int32]) {
        let closing = clock.last.onlyHours?.closing.time
        if let closing { dueSeconds = [closing.second] }
        if let single = clock.single, single.term.unit == .workingDays {
            fillWorkingDays(startDays, single)
        } else {
            for day in startDays {
                do throws(DeadlineError) {
                    dueDays.append(try clock.due(from: try start(day, nil)).date.dayNumber)
                } catch { refuse(error) }
            }
        }
        guard closing == nil else { return }
        let refused = Set(refused.map(\.row))
        dueSeconds = dueDays.indices.map { row in
            refused.contains(row)
                ? 0
                : clock.last.endOfDay(CivilDate(unchecked: dueDays[row])).time.second
        }
    }

    /// The same for a term in working days, which is a look-up in a table.
    private mutating func fillWorkingDays(_ startDays: [Int32], _ clock: TermClock) {
        for day in startDays {
            do throws(DeadlineError) {
                guard let start = CivilDate(dayNumber: day) else { throw .outOfRange }
                dueDays.append(try clock.dueDate(startingOn: start).dayNumber)
            } catch { refuse(error) }
        }
    }

    private mutating func fillByMoment(_ startDays: [Int32], _ startSeconds: [Int32]) {
        dueSeconds.reserveCapacity(startDays.count)
        for (day, second) in zip(startDays, startSeconds) {
            do throws(DeadlineError) {
                let due = try due(day, second, by: clock)
                dueDays.append(due.date.dayNumber)
                dueSeconds.append(due.time.second)
            } catch {
                refuse(error)
                dueSeconds.append(0)
            }
        }
    }

    private func start(_ day: Int32, _ second: Int32?) throws(DeadlineError) -> CivilDateTime {
        guard let date = CivilDate(dayNumber: day), let time = TimeOfDay(second: second ?? 0) else {
            throw .outOfRange
        }
        return CivilDateTime(date, time)
    }

    /// When a row is due; its reception is checked only if its time of day is known.
    private func due(
        _ day: Int32, _ second: Int32?, by clock: StagedClock
    ) throws(DeadlineError) -> CivilDateTime {
        let moment = try start(day, second)
        let start = second == nil ? moment : try clock.start(moment, outsideReception)
        return try clock.due(from: start).at
    }

    private mutating func refuse(_ error: DeadlineError) {
        refused.append(
            DueDatesAnswer.RefusedRow(row: dueDays.count, reason: Refusal.Reason(error)))
        dueDays.append(0)
    }
}

/// Which rows are provisional.
extension BulkColumns {
    /// The rows whose date an estimate decides, in rising order.
    var provisionalRows: [Int] { provisional.sorted() }

    /// The days that the rows speak of; nil if none has an answer.
    var days: ClosedRange<CivilDate>? {
        let refused = Set(refused.map(\.row))
        var found: ClosedRange<Int32>?
        for row in dueDays.indices where refused.isEmpty || !refused.contains(row) {
            let days = days(of: row)
            let last = found ?? days
            found =
                min(last.lowerBound, days.lowerBound)...max(last.upperBound, days.upperBound)
        }
        return found.map {
            CivilDate(unchecked: $0.lowerBound)...CivilDate(unchecked: $0.upperBound)
        }
    }

    private func days(of row: Int) -> ClosedRange<Int32> {
        min(startDays[row], dueDays[row])...max(startDays[row], dueDays[row])
    }

    /// Notes the rows that would have another date, or none, by the clock that a doubt leaves possible.
    mutating func note(_ doubt: Doubt, by clock: StagedClock?) {
        let changed = doubt.changed.widened(by: Desk.reach)
        let span = changed.lowerBound.dayNumber...changed.upperBound.dayNumber
        let refused = Set(refused.map(\.row))
        var decides = false
        for row in dueDays.indices where days(of: row).overlaps(span) && !refused.contains(row) {
            let second = startSeconds.isEmpty ? nil : startSeconds[row]
            let other = clock.flatMap { try? due(startDays[row], second, by: $0) }
            let same =
                other?.date.dayNumber == dueDays[row]
                && other?.time.second == dueSeconds[dueSeconds.count == 1 ? 0 : row]
            if !same {
                decides = true
                provisional.insert(row)
            }
        }
        if decides, !deciding.contains(doubt.estimate) { deciding.append(doubt.estimate) }
    }
}
