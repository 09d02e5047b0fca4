// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Deadlines
public import Parties

extension Phase {
    /// Whether a clock runs, so that somebody owes something by a moment.
    public var hasClock: Bool {
        switch self {
        case .accepted, .suspended, .ready, .requested: true
        case .unclaimed, .handedOver, .declined, .withdrawn: false
        }
    }

    /// Whether nothing can follow.
    public var isFinal: Bool {
        switch self {
        case .handedOver, .declined, .withdrawn: true
        case .accepted, .suspended, .ready, .unclaimed, .requested: false
        }
    }
}

extension Phase {
    /// The clock that runs; nil if none does.
    public var clock: ClockKind? {
        switch self {
        case .accepted: .term
        case .suspended: .review
        case .ready: .storage
        case .requested: .redelivery
        case .unclaimed, .handedOver, .declined, .withdrawn: nil
        }
    }
}

/// When a clock ends, and what that was worked out from.
///
/// It stays as it is, whatever becomes known later, until a decree moves it.
public struct Deadline: Hashable, Sendable {
    /// The last moment in time, on the office's wall clock.
    public let at: CivilDateTime
    /// The day whose knowledge of the calendar counted.
    public let asKnownOn: CivilDate
    /// The calendar's version; empty for a day that a person chose, and for one in a year that nobody
    /// has published.
    public let calendarVersion: String
    /// Whether an estimated day decides it, or it lies in a year that nobody has published.
    public let isProvisional: Bool

    /// Whether it lies in a year that nobody has published, and is put right when the year comes.
    public var isAwaitingYear: Bool { isProvisional && calendarVersion.isEmpty }

    /// The same of a term that is over: an estimate moves it no more, and only a year that nobody has
    /// published is still to decide.
    var settled: Deadline {
        isAwaitingYear
            ? self
            : Deadline(
                at: at, asKnownOn: asKnownOn, calendarVersion: calendarVersion,
                isProvisional: false)
    }

    public init(
        at: CivilDateTime, asKnownOn: CivilDate, calendarVersion: String, isProvisional: Bool
    ) {
        self.at = at
        self.asKnownOn = asKnownOn
        self.calendarVersion = calendarVersion
        self.isProvisional = isProvisional
    }
}

/// What the service came to (R5.1).
public enum ServiceOutcome: Hashable, Sendable {
    /// What was asked for, with the provider's words, if there are any.
    case granted(note: String)
    /// A reasoned refusal on the merits (R9.1, R9.2): its ground by the place in the register's terms,
    /// and the provider's words.
    case refused(ground: UInt8, note: String)
}

/// A document as it stands in a register: by its place in the register's terms.
public struct RegisteredDocument: Hashable, Sendable {
    public let place: UInt8
    public let original: Bool
    public let copy: Bool
    public let expires: CivilDate?

    public init(place: UInt8, original: Bool, copy: Bool, expires: CivilDate?) {
        self.place = place
        self.original = original
        self.copy = copy
        self.expires = expires
    }
}

/// What is wrong with a document of papers that were declined, as it stands in a register.
public struct RegisteredProblem: Hashable, Sendable {
    public let place: UInt8
    public let problems: [IntakeProblem]

    public init(place: UInt8, problems: [IntakeProblem]) {
        self.place = place
        self.problems = problems
    }
}

/// One application as its events have made it.
public struct Application: Hashable, Sendable {
    /// How often the term of one application may stand still.
    public static let suspensionLimit = CallLimit.applicationSuspensions
    /// How often another day of review may be set for one suspension.
    public static let reviewLimit = 100

    public let handIn: RegisteredHandIn
    /// The standard and the kind of office by which it was accepted, and which it is done by.
    public let standard: String
    public let kind: String
    public internal(set) var phase: Phase
    /// The end of the term, as last worked out; nil for what was declined, and while it stands still.
    public internal(set) var due: Deadline?
    /// The end of the clock that runs; nil if none does, or the standard sets no end.
    public internal(set) var clock: Deadline?
    /// The moment from which the clock that runs is counted.
    public internal(set) var clockStart: CivilDateTime
    public internal(set) var suspended: [SuspendedTime] = []
    public internal(set) var outcome: ServiceOutcome?
    /// When the result was ready.
    public internal(set) var completedAt: CivilDateTime?
    /// When it came to where it stands now.
    public internal(set) var changedAt: CivilDateTime
    public internal(set) var recipient: Recipient?
    /// Why the papers were declined (R9.3); empty if they were not.
    public internal(set) var failing: [RegisteredProblem] = []
    /// Why the applicant took it back; empty if nothing was said, or it was not.
    public internal(set) var withdrawal = ""

    public var number: UInt32 { handIn.number }

    /// The times over which the term stood still.
    ///
    /// A time that ended at the minute at which it began has stopped nothing.
    public var suspensions: Suspensions {
        Suspensions(merging: suspended.compactMap { Suspension(from: $0.from, until: $0.until) })
    }

    /// Takes out what was typed.
    mutating func forgetWords() {
        for index in suspended.indices {
            suspended[index].reason.forgetWords()
            for review in suspended[index].reviews.indices {
                suspended[index].reviews[review].reason.forgetWords()
            }
        }
        withdrawal.forgetWords()
        switch outcome {
        case .refused(let ground, var note):
            note.forgetWords()
            outcome = .refused(ground: ground, note: note)
        case .granted(var note):
            note.forgetWords()
            outcome = .granted(note: note)
        case nil: break
        }
    }

    /// Whether the result was ready by the end of the term; nil as long as neither can be said.
    ///
    /// The end is that which was in force when it was ready: no later decree judges what is done. What
    /// was taken back after the end was late by then. An end in a year that nobody has published is of
    /// no calendar: what came after it is late until the year comes and says otherwise.
    public func isInTime(at now: CivilDateTime) -> Bool? {
        guard let due else { return nil }
        if let completedAt { return completedAt <= due.at }
        return switch phase {
        case .accepted: now > due.at ? false : nil
        case .withdrawn: changedAt > due.at ? false : nil
        case .suspended, .ready, .unclaimed, .requested, .handedOver, .declined: nil
        }
    }

    /// Whether it was done, or taken back, while its end lay in a year that nobody had published, so
    /// that the year is to decide over it when it comes.
    public var isUnjudged: Bool {
        guard let due, due.isAwaitingYear else { return false }
        return switch phase {
        case .ready, .unclaimed, .requested, .handedOver, .withdrawn: true
        case .accepted, .suspended, .declined: false
        }
    }
}

extension String {
    /// Leaves a mark where words were.
    fileprivate mutating func forgetWords() {
        if !isEmpty { self = ForgottenWords.mark }
    }
}
