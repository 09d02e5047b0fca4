// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Everything that can be asked of a register and changes something.
///
/// Each is sent with a request id; sending it again changes nothing and gets the same receipt.
public enum ApplicationCommand: Hashable, Sendable {
    /// The papers are complete and accepted: the term runs (R3).
    case accept(HandIn)
    /// They are not: a refusal receipt is due (R9.3).
    case decline(HandIn)
    case act(ApplicationID, ApplicationAction)

    public var office: OfficeID {
        switch self {
        case .accept(let handIn), .decline(let handIn): handIn.office
        case .act(let id, _): id.office
        }
    }
}

/// What can be done with an application.
public enum ApplicationAction: Hashable, Sendable {
    /// The term stands still, for a reason, and is looked at again by a date.
    ///
    /// Of an application that is suspended already it sets another date; the reason may be left out
    /// then, and is kept beside the first if it is not.
    case suspend(reason: String, reviewBy: CivilDate)
    case resume
    /// The result is ready: granted, or refused on a ground of the standard with the provider's words.
    case complete(ground: String?, note: String)
    case handOver(Recipient)
    /// Not collected within the time of storage: back to the provider (R5.4).
    case returnUnclaimed
    /// The applicant turned up: the provider is asked to send it again (R5.5).
    case request
    case redeliver
    /// The reason may be left out.
    case withdraw(reason: String)
}

/// Why a register refuses a command.
///
/// The order is that in which they are looked at: what is named, the papers, the state, the time.
public enum ApplicationRefusal: Error, Hashable, Sendable {
    case unknownApplication(ApplicationID)
    case unknownChannel(String, known: [String])
    /// The channel belongs to offices of another kind.
    case channelElsewhere(String, kind: String)
    case intake(IntakeFault)
    /// The time told lies ahead, or on another day.
    case impossibleTime(CivilDateTime)
    /// The papers are incomplete or have expired; each document with what is wrong (R9.3).
    case incomplete([FailingDocument])
    /// Nothing is wrong with the papers, so they cannot be declined.
    case nothingMissing
    /// The applicant's consent was not recorded (R8.14).
    case consentMissing
    case unknownGround(String, known: [String])
    case reasonMissing
    /// A reason or note, by its field, of nothing but spaces.
    case wordsBlank(field: String)
    /// The term stood still as often as it may.
    case suspendedTooOften
    /// Where it stands allows it no more, or not yet.
    case phaseIs(ApplicationID, Phase)
    /// The term has run out, so there is nothing left to suspend.
    case overdue(since: CivilDateTime)
    /// The date of a review must lie ahead, and within a year.
    case reviewDate(CivilDate)
    /// It is kept for the applicant until then (R5.3).
    case stillKept(until: CivilDateTime)
    /// At this office it is handed over directly, and nobody need be asked.
    case nobodyToAsk
    /// The register of the day is full, or the standard has too many names for one.
    case registerFull
    /// The clock has no answer, such as outside the hours of reception; already in words.
    case clock(ClockRefusal)
}
