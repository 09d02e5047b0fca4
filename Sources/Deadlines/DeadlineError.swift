// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// Why a question about a term has no answer.
public enum DeadlineError: Error, Hashable, Sendable {
    /// A date lies in a year without a published calendar.
    case calendar(CalendarError)
    /// The office does not accept anything at that moment; it does again from `nextOpening` on.
    case outsideReception(at: CivilDateTime, nextOpening: CivilDateTime)
    /// The term is suspended since then and was not resumed before its end, so it has none yet.
    case clockStopped(since: CivilDateTime)
    /// The result lies outside the years 1 to 9999.
    case outOfRange
}

extension DeadlineError {
    /// The value of a calendar question, its error wrapped.
    static func wrapping<T>(
        _ question: () throws(CalendarError) -> T
    ) throws(DeadlineError) -> T {
        do { return try question() } catch { throw .calendar(error) }
    }
}
