// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
public import Parties

/// The register of what was handed in at one office on one day, with all that came of it since.
///
/// It is the unit of consistency: an application's whole life lies in the register of its first day.
public struct ApplicationRegister: Hashable, Sendable {
    /// The most applications of an office and day.
    public static let applicationLimit = CallLimit.applicationsOfADay

    public private(set) var terms: RegisterTerms
    /// Counts the entries that made it.
    public private(set) var revision: UInt32 = 0
    /// By number, from 1.
    public private(set) var applications: [Application] = []
    /// How many of them have a clock that runs.
    public private(set) var open = 0
    /// How many of them a year that nobody has published is to decide over.
    public private(set) var unjudged = 0

    /// Whether a decree may change something in it.
    public var isOpen: Bool { open > 0 || unjudged > 0 }

    public init(terms: RegisterTerms) { self.terms = terms }

    /// The application of this number; nil if there is none.
    public func application(_ number: UInt32) -> Application? {
        guard number > 0, Int(number) <= applications.count else { return nil }
        return applications[Int(number) - 1]
    }

    /// Takes in what was decided, or what a store has.
    ///
    /// - Precondition: the events follow from this register.
    public mutating func apply(_ events: [ApplicationEvent], revision: UInt32) {
        self.revision = revision
        for event in events { apply(event) }
    }

    /// Takes in what a store has; false, and nothing more is taken in, at an event that cannot follow.
    ///
    /// A journal that is damaged, or was written by something else, must not bring a server down.
    public mutating func replay(_ events: [ApplicationEvent], revision: UInt32) -> Bool {
        for event in events {
            guard canFollow(event) else { return false }
            apply(event)
        }
        self.revision = revision
        return true
    }

    /// Whether everything that an event refers to is there.
    private func canFollow(_ event: ApplicationEvent) -> Bool {
        switch event {
        case .opened(let terms):
            let old = self.terms
            // What is recorded refers to names by their places.
            return [
                (old.channels, terms.channels), (old.groups, terms.groups),
                (old.documents, terms.documents), (old.grounds, terms.grounds),
            ].allSatisfy { $1.count <= RegisterTerms.nameLimit && $1.starts(with: $0) }
        case .accepted(let handIn, _): return canFollow(handIn)
        case .declined(let handIn, let failing):
            return canFollow(handIn)
                && failing.allSatisfy { Int($0.place) < terms.documents.count }
        case .resumed(let number, _, _), .reviewSet(let number, _, _, _):
            return application(number)?.suspended.isEmpty == false
        case .completed(let number, _, .refused(let ground, _), _):
            return application(number) != nil && Int(ground) < terms.grounds.count
        case .suspended(let number, _, _, _),
            .completed(let number, _, .granted(_), _), .handedOver(let number, _, _),
            .returned(let number, _), .requested(let number, _, _),
            .redelivered(let number, _, _), .withdrawn(let number, _, _),
            .clockMoved(let number, _), .termJudged(let number, _):
            return application(number) != nil
        }
    }

    private func canFollow(_ handIn: RegisteredHandIn) -> Bool {
        Int(handIn.number) == applications.count + 1
            && Int(handIn.channel) < terms.channels.count
            && Int(handIn.group) < terms.groups.count
            && handIn.documents.allSatisfy { Int($0.place) < terms.documents.count }
    }

    private mutating func apply(_ event: ApplicationEvent) {
        switch event {
        case .opened(let terms): self.terms = terms
        case .accepted(let handIn, let due):
            add(
                Application(
                    handIn: handIn, standard: terms.standard, kind: terms.kind, phase: .accepted,
                    due: due, clock: due, clockStart: handIn.at,
                    changedAt: handIn.at))
        case .declined(let handIn, let failing):
            add(
                Application(
                    handIn: handIn, standard: terms.standard, kind: terms.kind, phase: .declined,
                    due: nil, clock: nil, clockStart: handIn.at, changedAt: handIn.at,
                    failing: failing))
        case .suspended(let number, let at, let review, let reason):
            change(number) {
                $0.move(to: .suspended, at, clock: review, from: at)
                $0.due = nil
                $0.suspended.append(SuspendedTime(from: at, until: nil, reason: reason))
            }
        case .reviewSet(let number, let at, let review, let reason):
            change(number) {
                $0.move(to: .suspended, at, clock: review, from: at)
                $0.suspended[$0.suspended.count - 1].reviews.append(
                    SuspendedTime.Review(at: at, by: review.at, reason: reason))
            }
        case .resumed(let number, let at, let due):
            change(number) {
                $0.move(to: .accepted, at, clock: due, from: $0.handIn.at)
                $0.due = due
                $0.suspended[$0.suspended.count - 1].until = at
            }
        case .completed(let number, let at, let outcome, let storage):
            change(number) {
                $0.move(to: .ready, at, clock: storage?.until, from: storage?.from ?? at)
                $0.outcome = outcome
                $0.completedAt = at
                $0.due = $0.due?.settled
            }
        case .handedOver(let number, let at, let recipient):
            change(number) {
                $0.move(to: .handedOver, at, clock: nil, from: at)
                $0.recipient = recipient
            }
        case .returned(let number, let at):
            change(number) { $0.move(to: .unclaimed, at, clock: nil, from: at) }
        case .requested(let number, let at, let redelivery):
            change(number) { $0.move(to: .requested, at, clock: redelivery, from: at) }
        case .redelivered(let number, let at, let storage):
            change(number) {
                $0.move(to: .ready, at, clock: storage?.until, from: storage?.from ?? at)
            }
        case .withdrawn(let number, let at, let reason):
            change(number) {
                // What is taken back stands still no longer.
                if $0.phase == .suspended, let last = $0.suspended.indices.last {
                    $0.suspended[last].until = at
                }
                $0.move(to: .withdrawn, at, clock: nil, from: at)
                $0.withdrawal = reason
                $0.due = $0.due?.settled
            }
        case .clockMoved(let number, let deadline):
            change(number) {
                $0.clock = deadline
                if $0.phase == .accepted { $0.due = deadline }
            }
        case .termJudged(let number, let deadline):
            change(number) { $0.due = deadline.settled }
        }
    }

    /// Takes out what was typed about people, whose words nobody can read any more.
    public mutating func forget(_ people: Set<Applicant>) {
        for index in applications.indices
        where people.contains(applications[index].handIn.applicant) {
            applications[index].forgetWords()
        }
    }

    private mutating func add(_ application: Application) {
        applications.append(application)
        if application.phase.hasClock { open += 1 }
    }

    private mutating func change(_ number: UInt32, _ body: (inout Application) -> Void) {
        let index = Int(number) - 1
        let before = applications[index]
        body(&applications[index])
        let after = applications[index]
        open += (after.phase.hasClock ? 1 : 0) - (before.phase.hasClock ? 1 : 0)
        unjudged +=
            (after.isUnjudged ? 1 : 0) - (before.isUnjudged ? 1 : 0)
    }
}

extension Application {
    fileprivate mutating func move(
        to phase: Phase, _ at: CivilDateTime, clock: Deadline?, from start: CivilDateTime
    ) {
        self.phase = phase
        self.clock = clock
        clockStart = start
        changedAt = at
    }
}
