// SPDX-License-Identifier: Apache-2.0

import CivilTime
import WorkingDays

/// The calendars of a state of knowledge as they would be were one estimated day announced for
/// another date.
struct Doubt: Sendable {
    let estimate: EstimatedDay
    let weeks: [WorkingCalendar]
    /// From the first to the last day that would be another, in any week.
    let changed: ClosedRange<CivilDate>

    /// Nil if no day would be another.
    init?(
        _ estimate: EstimatedDay, weeks: [WorkingCalendar], insteadOf known: [WorkingCalendar]
    ) {
        let changed = zip(weeks, known).compactMap { $0.differences(from: $1) }
        guard let first = changed.map(\.lowerBound).min(),
            let last = changed.map(\.upperBound).max()
        else { return nil }
        self.estimate = estimate
        self.weeks = weeks
        self.changed = first...last
    }

    /// The calendar of one week; nil if there is none of that name.
    func week(_ id: String) -> WorkingCalendar? { weeks.first { $0.week.id == id } }
}

extension Desk {
    /// The estimated days that decide a value: were one of them announced for another date, the value
    /// would be another, or there would be none.
    ///
    /// `days` are those that the value speaks of; the days looked at, such as those to the next opening,
    /// lie at most a month beside them. `otherwise` is the value by other calendars, nil if there is
    /// none.
    func deciding<Value: Equatable>(
        _ views: CalendarViews, _ view: CalendarViews.View, over days: ClosedRange<CivilDate>,
        _ value: Value, otherwise: (Doubt) -> Value?
    ) -> [EstimatedDay] {
        let days = days.widened(by: Desk.reach)
        var found: [EstimatedDay] = []
        for doubt in views.doubts(of: view, about: days) {
            // Both days beside an estimate speak of the same one.
            if found.last == doubt.estimate { continue }
            if otherwise(doubt) != value { found.append(doubt.estimate) }
        }
        return found
    }

    /// How many days a look reaches beyond the days that an answer speaks of: more than any row of
    /// rest days is long.
    static let reach = 31
}

extension ClosedRange<CivilDate> {
    /// The range with so many days more on either side, as far as there are dates.
    func widened(by days: Int) -> ClosedRange<CivilDate> {
        (lowerBound.adding(days: -days) ?? .earliest)...(upperBound.adding(days: days) ?? .latest)
    }
}
