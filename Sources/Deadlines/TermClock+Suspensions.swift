// SPDX-License-Identifier: Apache-2.0

import CivilTime
import WorkingDays

/// Days that do not count because a term stands still at their end.
struct LostDays: Hashable, Sendable {
    let suspension: Suspension
    let first: CivilDate
    /// Nil while the term is still suspended.
    let last: CivilDate?

    func contains(_ date: CivilDate) -> Bool {
        first <= date && (last.map { date <= $0 } ?? true)
    }
}

extension TermClock {
    /// The days that a suspension takes from a term that ends with a day; nil if it takes none.
    ///
    /// A day ends with the office's working time, and it counts if the term runs in that last second
    /// (Docs/Decisions/0023). So the day on which a term is suspended does not count, the day on
    /// which it is resumed does, and one that is resumed on the same day costs nothing. What is
    /// suspended after closing and resumed before the next closing costs nothing either. A longer
    /// suspension never costs less.
    ///
    ///     // An office that closes at 20:00.
    ///     // 24 November 10:00 to 27 November 10:00  takes the 24th, 25th and 26th
    ///     // 24 November 23:59 to 25 November 00:01  takes nothing
    func lostDays(_ suspension: Suspension) -> LostDays? {
        let from = suspension.from
        let isBefore = from < endOfDay(from.date)
        guard let first = isBefore ? from.date : from.date.adding(days: 1) else { return nil }
        guard let until = suspension.until else {
            return LostDays(suspension: suspension, first: first, last: nil)
        }
        let isOver = until >= endOfDay(until.date)
        let last = isOver ? until.date : until.date.adding(days: -1)
        guard let last, first <= last else { return nil }
        return LostDays(suspension: suspension, first: first, last: last)
    }

    /// The same for a term in calendar days, weeks, months or years, whose rest days count like all
    /// others: a suspension in which nobody works, such as one over a Sunday alone, takes none.
    func lostCalendarDays(_ suspension: Suspension) throws(CalendarError) -> LostDays? {
        guard let lost = lostDays(suspension) else { return nil }
        guard let until = suspension.until else { return lost }
        return try office.opening(atOrAfter: suspension.from, inWeekOf: days) < until ? lost : nil
    }
}
