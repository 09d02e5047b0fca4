// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// What an answer rests on.
public struct Basis: Hashable, Sendable {
    /// The calendar's book, such as `kz`.
    public let calendar: String
    /// The content hash of the calendar as known on that day: same version, same answer.
    public let version: String
    public let asKnownOn: CivilDate
    /// The estimated days that decide the answer.
    ///
    /// If there is any, the answer is provisional.
    public let estimates: [Estimate]

    /// A day whose place in the calendar may still move.
    public struct Estimate: Hashable, Sendable {
        public let date: CivilDate
        /// How far the announced day may lie away, in days either way.
        public let withinDays: Int
        public let name: String
        public let act: String

        public init(date: CivilDate, withinDays: Int, name: String, act: String) {
            self.date = date
            self.withinDays = withinDays
            self.name = name
            self.act = act
        }
    }

    public init(calendar: String, version: String, asKnownOn: CivilDate, estimates: [Estimate]) {
        self.calendar = calendar
        self.version = version
        self.asKnownOn = asKnownOn
        self.estimates = estimates
    }

    public var isProvisional: Bool { !estimates.isEmpty }
}

/// When something is due, with the proof.
public struct DueDateAnswer: Hashable, Sendable {
    /// The moment from which the term ran.
    public let start: CivilDateTime
    /// The last moment in time, on the wall clock of `zone`.
    ///
    /// Its date is the due date.
    public let dueAt: CivilDateTime
    public let zone: String
    public let basis: Basis
    /// Nil if it was not asked for.
    public let proof: Proof?

    public init(
        start: CivilDateTime, dueAt: CivilDateTime, zone: String, basis: Basis, proof: Proof?
    ) {
        self.start = start
        self.dueAt = dueAt
        self.zone = zone
        self.basis = basis
        self.proof = proof
    }
}

/// Due dates in columns, a row per start in the order asked.
public struct DueDatesAnswer: Hashable, Sendable {
    /// A row that has no due date, and why.
    public struct RefusedRow: Hashable, Sendable {
        public let row: Int
        public let reason: Refusal.Reason

        public init(row: Int, reason: Refusal.Reason) {
            self.row = row
            self.reason = reason
        }
    }

    /// Days since 1970-01-01; 0 in a refused row.
    public let dueDays: [Int32]
    /// Seconds since midnight; one for each row, or a single one that holds for all.
    public let dueSeconds: [Int32]
    /// The rows whose date is provisional, in rising order.
    public let provisionalRows: [Int]
    public let refused: [RefusedRow]
    public let basis: Basis

    public init(
        dueDays: [Int32], dueSeconds: [Int32], provisionalRows: [Int], refused: [RefusedRow],
        basis: Basis
    ) {
        self.dueDays = dueDays
        self.dueSeconds = dueSeconds
        self.provisionalRows = provisionalRows
        self.refused = refused
        self.basis = basis
    }
}

/// The latest moment at which a term can start.
public struct LatestStartAnswer: Hashable, Sendable {
    public let latestStart: CivilDateTime
    /// When the term ends if it starts then.
    public let dueAt: CivilDateTime
    public let basis: Basis

    public init(latestStart: CivilDateTime, dueAt: CivilDateTime, basis: Basis) {
        self.latestStart = latestStart
        self.dueAt = dueAt
        self.basis = basis
    }
}

/// How much of a term is left.
public struct TimeLeftAnswer: Hashable, Sendable {
    public let at: CivilDateTime
    /// Nil while a suspension without an end keeps the term from having one.
    public let dueAt: CivilDateTime?
    /// Working days after today up to and with the due date; 0 on the last day.
    ///
    /// Of a term that stands still, as if it were resumed at once; today is then among them if it
    /// would count.
    public let workingDays: Int
    /// Of a term that stands still with no end known, as if it were resumed at once.
    public let workingSeconds: Int64
    public let isOverdue: Bool
    /// Since when the term stands still, if it does.
    public let suspendedSince: CivilDateTime?
    public let basis: Basis

    public init(
        at: CivilDateTime, dueAt: CivilDateTime?, workingDays: Int, workingSeconds: Int64,
        isOverdue: Bool, suspendedSince: CivilDateTime?, basis: Basis
    ) {
        self.at = at
        self.dueAt = dueAt
        self.workingDays = workingDays
        self.workingSeconds = workingSeconds
        self.isOverdue = isOverdue
        self.suspendedSince = suspendedSince
        self.basis = basis
    }
}

/// The working time between two moments.
public struct WorkingTimeAnswer: Hashable, Sendable {
    /// Working days in the half-open range of the two dates.
    public let workingDays: Int
    public let workingSeconds: Int64
    public let basis: Basis

    public init(workingDays: Int, workingSeconds: Int64, basis: Basis) {
        self.workingDays = workingDays
        self.workingSeconds = workingSeconds
        self.basis = basis
    }
}

/// Whether an office is open, and what comes next.
public struct OfficeHoursAnswer: Hashable, Sendable {
    public let at: CivilDateTime
    public let isWorking: Bool
    public let isReceiving: Bool
    /// Each the first one strictly after `at`; nil where the calendar is not published that far.
    public let nextOpening: CivilDateTime?
    public let nextClosing: CivilDateTime?
    public let nextReception: CivilDateTime?
    public let nextReceptionEnd: CivilDateTime?
    /// Why one of them is not known, as a sentence; nil if all are.
    public let unknown: String?
    public let basis: Basis

    public init(
        at: CivilDateTime, isWorking: Bool, isReceiving: Bool, nextOpening: CivilDateTime?,
        nextClosing: CivilDateTime?, nextReception: CivilDateTime?,
        nextReceptionEnd: CivilDateTime?, unknown: String?, basis: Basis
    ) {
        self.at = at
        self.isWorking = isWorking
        self.isReceiving = isReceiving
        self.nextOpening = nextOpening
        self.nextClosing = nextClosing
        self.nextReception = nextReception
        self.nextReceptionEnd = nextReceptionEnd
        self.unknown = unknown
        self.basis = basis
    }
}

/// A standard in brief: what a client needs to choose a clock.
public struct StandardSummary: Hashable, Sendable {
    public struct Clock: Hashable, Sendable {
        public let id: String
        public let title: String
        public let rule: String
        /// The term in words.
        public let term: String
        public let office: String
        /// Whether it starts with an acceptance in the office's hours of reception.
        public let startsAtReception: Bool

        public init(
            id: String, title: String, rule: String, term: String, office: String,
            startsAtReception: Bool
        ) {
            self.id = id
            self.title = title
            self.rule = rule
            self.term = term
            self.office = office
            self.startsAtReception = startsAtReception
        }
    }

    public let id: String
    public let title: String
    public let act: String
    public let calendar: String
    public let zone: String
    public let offices: [String]
    public let clocks: [Clock]

    public init(
        id: String, title: String, act: String, calendar: String, zone: String,
        offices: [String], clocks: [Clock]
    ) {
        self.id = id
        self.title = title
        self.act = act
        self.calendar = calendar
        self.zone = zone
        self.offices = offices
        self.clocks = clocks
    }
}
