// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// What happens in a register, for ever.
///
/// Numbers are those of applications; moments are on the office's wall clock.
public enum ApplicationEvent: Hashable, Sendable {
    /// What the register is kept by: its first event, and again when the standard gains names.
    case opened(RegisterTerms)
    case accepted(RegisteredHandIn, due: Deadline)
    /// Papers that were not accepted (R9.3).
    case declined(RegisteredHandIn, failing: [RegisteredProblem])
    case suspended(UInt32, at: CivilDateTime, review: Deadline, reason: String)
    /// The suspension is to be looked at by another day; its reason is empty where the former one holds.
    case reviewSet(UInt32, at: CivilDateTime, review: Deadline, reason: String)
    case resumed(UInt32, at: CivilDateTime, due: Deadline)
    case completed(UInt32, at: CivilDateTime, ServiceOutcome, storage: Storage?)
    case handedOver(UInt32, at: CivilDateTime, Recipient)
    /// Not collected in time: back to the provider (R5.4).
    case returned(UInt32, at: CivilDateTime)
    /// Asked of the provider again (R5.5).
    case requested(UInt32, at: CivilDateTime, redelivery: Deadline)
    case redelivered(UInt32, at: CivilDateTime, storage: Storage?)
    case withdrawn(UInt32, at: CivilDateTime, reason: String)
    /// A decree has moved the clock that runs.
    case clockMoved(UInt32, to: Deadline)
    /// The year has come in which the term of something done ended: that end decides whether it was in
    /// time.
    case termJudged(UInt32, by: Deadline)

    /// The application's number; nil for the register's own event.
    public var number: UInt32? {
        switch self {
        case .opened: nil
        case .accepted(let handIn, _), .declined(let handIn, _): handIn.number
        case .suspended(let number, _, _, _), .reviewSet(let number, _, _, _),
            .resumed(let number, _, _), .completed(let number, _, _, _),
            .handedOver(let number, _, _), .returned(let number, _),
            .requested(let number, _, _), .redelivered(let number, _, _),
            .withdrawn(let number, _, _), .clockMoved(let number, _),
            .termJudged(let number, _):
            number
        }
    }
}
