// SPDX-License-Identifier: Apache-2.0

/// How long something may take, and how that is counted.
public struct Term: Hashable, Sendable {
    /// What a term is counted in.
    public enum Unit: CaseIterable, Hashable, Sendable {
        /// Minutes of the office's working time; breaks and closed days stop them.
        case workingMinutes
        /// Working days of the week that the standard names.
        case workingDays
        /// Calendar months, ending on the same day number or the month's last day.
        case calendarMonths
        /// Hours of the office's working time; breaks and closed days stop them.
        case workingHours
        /// Days of the calendar, rest days and holidays among them.
        case calendarDays
        /// Hours on the clock, day and night, on every day.
        case calendarHours
        /// Weeks, ending on the same day of the week.
        case calendarWeeks
        /// Years, ending on the same day of the same month, or the month's last day.
        case calendarYears

        /// Whether it runs in the office's working time, to the second.
        public var isWorkingTime: Bool { self == .workingMinutes || self == .workingHours }

        /// Whether it runs and ends to the second, and not with a day.
        public var isToTheSecond: Bool { isWorkingTime || self == .calendarHours }

        /// Whether it runs over whole days, the rest days among them, so that it may end on one.
        public var isOfCalendarDays: Bool { !isToTheSecond && self != .workingDays }
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

    /// The seconds that a term in minutes or hours runs; 0 for one that ends with a day.
    var seconds: Int64 {
        switch unit {
        case .workingMinutes: Int64(length) * 60
        case .workingHours, .calendarHours: Int64(length) * 3600
        case .workingDays, .calendarDays, .calendarWeeks, .calendarMonths, .calendarYears: 0
        }
    }
}
