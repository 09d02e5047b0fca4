// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Deadlines
public import Parties

/// Where an application stands.
///
/// The numbers are those of the wire.
public enum Phase: UInt8, CaseIterable, Hashable, Sendable {
    /// The term of the service runs (R3).
    case accepted = 1
    /// The term stands still, for a reason.
    case suspended = 2
    /// The result waits to be collected, and the time of storage runs (R5.3).
    case ready = 3
    /// Nobody collected it: it lies with the provider (R5.4).
    case unclaimed = 4
    /// The applicant turned up after all, and the provider was asked for it (R5.5).
    case requested = 5
    /// The applicant has the result (R5.2).
    case handedOver = 6
    /// The papers were not accepted (R9.3).
    case declined = 7
    /// The applicant took the application back.
    case withdrawn = 8

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

/// What a running clock is about.
///
/// The numbers are those of the wire.
public enum ClockKind: UInt8, CaseIterable, Hashable, Sendable {
    /// The term of the service (R3).
    case term = 1
    /// The day by which a suspension is looked at again.
    case review = 2
    /// The time for which a result is kept (R5.3).
    case storage = 3
    /// Sending the result to the Corporation again (R5.5).
    case redelivery = 4
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

/// To whom a result was handed over (R5.2).
public enum Recipient: UInt8, CaseIterable, Hashable, Sendable {
    /// The applicant, against an identity document.
    case applicant = 1
    /// A representative with a notarised power of attorney.
    case representative = 2
}

/// A time over which an application's term stood still.
public struct SuspendedTime: Hashable, Sendable {
    public let from: CivilDateTime
    /// Nil while it still does.
    public internal(set) var until: CivilDateTime?
    public internal(set) var reason: String
    /// When it was looked at and left to last, in order.
    public internal(set) var reviews: [Review]

    /// Another day of review that was set, and why.
    public struct Review: Hashable, Sendable {
        public let at: CivilDateTime
        /// When it is to be looked at again.
        public let by: CivilDateTime
        /// Empty where the reason is still the former one.
        public internal(set) var reason: String

        public init(at: CivilDateTime, by: CivilDateTime, reason: String) {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    public init(
        from: CivilDateTime, until: CivilDateTime?, reason: String, reviews: [Review] = []
    ) {
        self.from = from
        self.until = until
        self.reason = reason
        self.reviews = reviews
    }
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

/// What was handed in, as it is recorded.
public struct RegisteredHandIn: Hashable, Sendable {
    public let number: UInt32
    /// A hash that stands for the person.
    public let applicant: Applicant
    /// Channel and group by their places in the register's terms.
    public let channel: UInt8
    public let group: UInt8
    public let isRetrained: Bool
    public let holdsCategory: Bool
    public let consent: Consent?
    public let documents: [RegisteredDocument]
    public let ticket: String
    public let at: CivilDateTime

    public init(
        number: UInt32, applicant: Applicant, channel: UInt8, group: UInt8, isRetrained: Bool,
        holdsCategory: Bool, consent: Consent?, documents: [RegisteredDocument], ticket: String,
        at: CivilDateTime
    ) {
        self.number = number
        self.applicant = applicant
        self.channel = channel
        self.group = group
        self.isRetrained = isRetrained
        self.holdsCategory = holdsCategory
        self.consent = consent
        self.documents = documents
        self.ticket = ticket
        self.at = at
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
