// SPDX-License-Identifier: Apache-2.0

/// The answer to each kind of ``Question``, its texts in the language that was asked for.
public enum Answer: Hashable, Sendable {
    case dueDate(DueDateAnswer)
    case dueDates(DueDatesAnswer)
    case latestStart(LatestStartAnswer)
    case timeLeft(TimeLeftAnswer)
    case workingTime(WorkingTimeAnswer)
    case officeHours(OfficeHoursAnswer)
    case addWorkingDays(AddWorkingDaysAnswer)
    case countWorkingDays(CountWorkingDaysAnswer)
    case calendarDays(CalendarDaysAnswer)
    case balance(BalanceAnswer)
    case calendarChanges(CalendarChangesAnswer)
    case standards([StandardSummary])
}

extension Basis {
    public var isProvisional: Bool { !estimates.isEmpty }
}
