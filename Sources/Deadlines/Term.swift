// SPDX-License-Identifier: Apache-2.0

/// How long something may take, and how that is counted.
public struct Term: Hashable, Sendable {
    /// What a term is counted in.
    public enum Unit: Hashable, Sendable {
        /// Minutes of the office's working time; breaks and closed days stop them.
        case workingMinutes
        /// Working days of the week that the standard names.
        case workingDays
        /// Calendar months, ending on the same day number or the month's last day.
        case calendarMonths
    }

    /// Whether the day of the event (acceptance, registration) is the first day of the term.
    public enum FirstDay: Hashable, Sendable {
        case counted
        /// The term starts the day after (R3.4; Civil Code arts. 172–176).
        case notCounted
    }

    /// Where a term goes whose last day is not a working day.
    public enum Roll: Hashable, Sendable {
        /// It stays on that day.
        case none
        /// To the next working day.
        case forward
        /// To the previous working day.
        case back
    }

    /// More than any term of law; keeps every sum far from overflow.
    public static let lengthLimit = 100_000

    public let length: Int
    public let unit: Unit
    public let firstDay: FirstDay
    public let roll: Roll

    /// Nil unless the length is 1 to ``lengthLimit``.
    public init?(length: Int, unit: Unit, firstDay: FirstDay = .notCounted, roll: Roll = .none) {
        guard (1...Term.lengthLimit).contains(length) else { return nil }
        self.length = length
        self.unit = unit
        self.firstDay = firstDay
        self.roll = roll
    }
}
