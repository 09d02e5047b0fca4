// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// An estimated day taken to be announced for another date.
///
/// An answer is final if it stays the same under each supposition about each estimated day.
public struct Supposition: Hashable, Sendable {
    public let estimate: EstimatedDay
    public let date: CivilDate

    public init(_ estimate: EstimatedDay, on date: CivilDate) {
        self.estimate = estimate
        self.date = date
    }

    /// The holiday on the supposed date; nil if it is not the estimated one.
    func moved(_ holiday: ObservedHoliday) -> ObservedHoliday? {
        guard holiday.estimate == estimate else { return nil }
        return ObservedHoliday(
            date: date, name: holiday.name, substituted: holiday.substituted, act: holiday.act,
            withinDays: holiday.withinDays)
    }
}

extension EstimatedDay {
    /// Each other date for which the day may be announced, in rising order.
    public var suppositions: [Supposition] {
        span.filter { $0 != date }.map { Supposition(self, on: $0) }
    }
}

extension WorkingCalendar {
    /// The days from the first to the last that are not the same in another calendar of the same week
    /// and years; nil if all are.
    public func differences(from other: WorkingCalendar) -> ClosedRange<CivilDate>? {
        func days(_ calendar: WorkingCalendar) -> Set<ExceptionalDay> {
            Set(calendar.exceptionalDays.map { ExceptionalDay(date: $0.date, status: $0.status) })
        }
        let changed = days(self).symmetricDifference(days(other)).map(\.date)
        guard let first = changed.min(), let last = changed.max() else { return nil }
        return first...last
    }
}

private struct ExceptionalDay: Hashable {
    let date: CivilDate
    let status: DayStatus
}
