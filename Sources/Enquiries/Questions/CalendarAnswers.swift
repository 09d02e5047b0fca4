// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// The date so many working days away.
public struct AddWorkingDaysAnswer: Hashable, Sendable {
    public let date: CivilDate
    public let basis: Basis

    public init(date: CivilDate, basis: Basis) {
        self.date = date
        self.basis = basis
    }
}

/// How many working days lie in a range.
public struct CountWorkingDaysAnswer: Hashable, Sendable {
    public let workingDays: Int
    public let basis: Basis

    public init(workingDays: Int, basis: Basis) {
        self.workingDays = workingDays
        self.basis = basis
    }
}

/// The days of a range and what each is.
public struct CalendarDaysAnswer: Hashable, Sendable {
    public let first: CivilDate
    /// One per day from `first` on: its place in `reasons`.
    public let days: [Int]
    public let reasons: [Proof.Reason]
    public let basis: Basis
    /// The first day on which this was known, as the version of the basis has it; nil where a
    /// server does not tell.
    public let knownSince: CivilDate?

    public init(
        first: CivilDate, days: [Int], reasons: [Proof.Reason], basis: Basis,
        knownSince: CivilDate?
    ) {
        self.first = first
        self.days = days
        self.reasons = reasons
        self.basis = basis
        self.knownSince = knownSince
    }
}

/// The balance of working time of a year, month by month.
public struct BalanceAnswer: Hashable, Sendable {
    public let year: Int
    public let months: [MonthBalance]
    public let basis: Basis

    public init(year: Int, months: [MonthBalance], basis: Basis) {
        self.year = year
        self.months = months
        self.basis = basis
    }
}

/// The days that two states of knowledge see differently, or see with another certainty.
public struct CalendarChangesAnswer: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
        public let date: CivilDate
        public let week: String
        public let before: Proof.Reason
        public let after: Proof.Reason
        /// The act that changed it.
        public let act: String

        public init(
            date: CivilDate, week: String, before: Proof.Reason, after: Proof.Reason, act: String
        ) {
            self.date = date
            self.week = week
            self.before = before
            self.after = after
            self.act = act
        }
    }

    public let changes: [Change]
    public let before: Basis
    public let after: Basis

    public init(changes: [Change], before: Basis, after: Basis) {
        self.changes = changes
        self.before = before
        self.after = after
    }
}
