// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// Why a question was not answered, for a program and for a person.
public struct Refusal: Error, Hashable, Sendable {
    public let reason: Reason
    /// A sentence that says what is wrong and what to do, in the caller's language.
    public private(set) var message: String
    /// The field of the question that is wrong; nil if it is none in particular.
    public private(set) var field: String?
    /// When the office accepts next, for `outsideReception`.
    public let nextOpening: CivilDateTime?
    /// The nearest free slots, for `slotTaken` and its like.
    public let alternatives: [CivilDateTime]
    /// Milliseconds after which it makes sense to repeat the call; 0 for what is not to be repeated
    /// unchanged, or at once.
    public let retryAfterMilliseconds: UInt32
    /// The booking or ticket that it is about; nil if it is about none in particular.
    public private(set) var subject: Subject?
    /// Whether the command may have been carried out all the same: its record was written, and the sync that
    /// confirms it failed.
    public let isOutcomeUnknown: Bool

    public init(
        _ reason: Reason, _ message: String, field: String? = nil,
        nextOpening: CivilDateTime? = nil, alternatives: [CivilDateTime] = [],
        retryAfterMilliseconds: UInt32 = 0, subject: Subject? = nil,
        isOutcomeUnknown: Bool = false
    ) {
        self.reason = reason
        self.message = message
        self.field = field
        self.nextOpening = nextOpening
        self.alternatives = alternatives
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.subject = subject
        self.isOutcomeUnknown = isOutcomeUnknown
    }

    /// A refusal in words of three languages, told in one of them.
    public init(
        _ reason: Reason, in language: Language, kk: String, ru: String, en: String,
        field: String? = nil, nextOpening: CivilDateTime? = nil,
        retryAfterMilliseconds: UInt32 = 0, isOutcomeUnknown: Bool = false
    ) {
        self.init(
            reason, LocalizedText(kk: kk, ru: ru, en: en)[language], field: field,
            nextOpening: nextOpening, retryAfterMilliseconds: retryAfterMilliseconds,
            isOutcomeUnknown: isOutcomeUnknown)
    }

    /// What a refusal is about, by its name.
    public enum Subject: Hashable, Sendable {
        /// The booking that is there already, such as `astana-1/2026-03-19/17`.
        case booking(String)
        /// The ticket that comes first or is at the window, such as `A-017`.
        case ticket(String)
    }

    /// The same refusal, about something.
    public func about(_ subject: Subject) -> Refusal { changed { $0.subject = subject } }

    /// The same refusal, naming another field.
    public func naming(_ field: String) -> Refusal { changed { $0.field = field } }

    /// The same refusal of a part, naming its field by the path from the whole: `start_second` of
    /// `windows[2].breaks[0]` is `windows[2].breaks[0].start_second`.
    public func within(_ place: String) -> Refusal {
        let field = field ?? ""
        let path = field.isEmpty || place.isEmpty ? place + field : "\(place).\(field)"
        let isNamed = message.hasPrefix("\(field): ")
        return saying(isNamed ? path + message.dropFirst(field.count) : message).naming(path)
    }

    /// The same refusal in other words.
    public func saying(_ message: String) -> Refusal { changed { $0.message = message } }

    private func changed(_ change: (inout Refusal) -> Void) -> Refusal {
        var refusal = self
        change(&refusal)
        return refusal
    }

    public var code: Code { reason.code }
}
