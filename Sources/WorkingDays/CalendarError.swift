// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// Why a calendar has no answer.
///
/// Weekends alone are never a calendar: a year that nobody has published is an error.
public enum CalendarError: Error, Hashable, Sendable {
    /// What a year lacks.
    public enum Missing: Hashable, Sendable {
        /// The book does not speak of the year at all.
        case yearOutside(ClosedRange<Int>)
        /// This holiday's day was not known on the day asked; it first became known on `since`
        /// (nil if never).
        case movableHoliday(LocalizedText, since: CivilDate?)
    }

    /// The year has no published calendar (as known on the day asked).
    case yearNotPublished(year: Int, calendar: String, missing: Missing)
    /// The book has no week of this name; it has the others.
    case unknownWeek(String, known: [String])
}
