// SPDX-License-Identifier: Apache-2.0

/// Everything that can be asked of calendars and standards.
///
/// None of it changes anything, so asking again is always safe.
public enum Question: Hashable, Sendable {
    case dueDate(DueDateQuestion)
    case dueDates(DueDatesQuestion)
    case latestStart(LatestStartQuestion)
    case timeLeft(TimeLeftQuestion)
    case workingTime(WorkingTimeQuestion)
    case officeHours(OfficeHoursQuestion)
    case addWorkingDays(AddWorkingDaysQuestion)
    case countWorkingDays(CountWorkingDaysQuestion)
    case calendarDays(CalendarDaysQuestion)
    case balance(BalanceQuestion)
    case calendarChanges(CalendarChangesQuestion)
    case standards
}
