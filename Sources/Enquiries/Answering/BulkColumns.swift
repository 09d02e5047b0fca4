// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import WorkingDays

/// Fills the columns of a bulk answer, one row per start.
struct BulkColumns {
    let clock: TermClock
    let outsideReception: TermClock.OutsideReception
    let calendar: WorkingCalendar
    private(set) var dueDays: [Int32] = []
    private(set) var dueSeconds: [Int32] = []
    private(set) var provisionalRows: [Int] = []
    private(set) var refused: [DueDatesAnswer.RefusedRow] = []
    private(set) var decisive: Set<EstimatedDay> = []

    init(
        clock: TermClock, outsideReception: TermClock.OutsideReception, calendar: WorkingCalendar
    ) {
        self.clock = clock
        self.outsideReception = outsideReception
        self.calendar = calendar
    }

    mutating func fill(_ startDays: [Int32], _ startSeconds: [Int32]) {
        dueDays.reserveCapacity(startDays.count)
        if startSeconds.isEmpty {
            fillByDate(startDays)
        } else {
            fillByMoment(startDays, startSeconds)
        }
    }

    /// Starts known by date alone.
    ///
    /// The time of day of a term in days is closing time on every row.
    private mutating func fillByDate(_ startDays: [Int32]) {
        dueSeconds = [clock.office.hours.closing.second]
        if clock.term.unit == .workingDays {
            fillWorkingDays(startDays)
            return
        }
        for day in startDays {
            do throws(DeadlineError) {
                guard let date = CivilDate(dayNumber: day) else { throw DeadlineError.outOfRange }
                let start = CivilDateTime(date, .midnight)
                let due = try clock.due(from: start)
                dueDays.append(due.date.dayNumber)
                noteEstimates(clock.examinedDays(due))
            } catch { refuse(error) }
        }
    }

    /// The same for a term in working days, which is a look-up in a table.
    private mutating func fillWorkingDays(_ startDays: [Int32]) {
        let firstOpen = calendar.firstOpenDay ?? .latest
        for day in startDays {
            do throws(DeadlineError) {
                guard let start = CivilDate(dayNumber: day) else { throw .outOfRange }
                let date = try clock.dueDate(startingOn: start)
                dueDays.append(date.dayNumber)
                if date >= firstOpen { noteEstimates([first(start)...date]) }
            } catch { refuse(error) }
        }
    }

    /// The first day of a term in working days that starts on a date by its date alone.
    private func first(_ start: CivilDate) -> CivilDate {
        clock.term.firstDay == .counted ? start : start.adding(days: 1) ?? start
    }

    private mutating func fillByMoment(_ startDays: [Int32], _ startSeconds: [Int32]) {
        dueSeconds.reserveCapacity(startDays.count)
        for (day, second) in zip(startDays, startSeconds) {
            do throws(DeadlineError) {
                guard let date = CivilDate(dayNumber: day), let time = TimeOfDay(second: second)
                else { throw DeadlineError.outOfRange }
                let start = try clock.start(CivilDateTime(date, time), outsideReception)
                let due = try clock.due(from: start)
                dueDays.append(due.date.dayNumber)
                dueSeconds.append(due.at.time.second)
                noteEstimates(clock.examinedDays(due))
            } catch {
                refuse(error)
                dueSeconds.append(0)
            }
        }
    }

    private mutating func noteEstimates(_ days: [ClosedRange<CivilDate>]) {
        let deciding = calendar.estimates(touching: days)
        guard !deciding.isEmpty else { return }
        provisionalRows.append(dueDays.count - 1)
        decisive.formUnion(deciding)
    }

    private mutating func refuse(_ error: DeadlineError) {
        refused.append(
            DueDatesAnswer.RefusedRow(row: dueDays.count, reason: Refusal.Reason(error)))
        dueDays.append(0)
    }
}
