// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// Why a question was not answered, for a program and for a person.
public struct Refusal: Error, Hashable, Sendable {
    /// The canonical status codes of gRPC, by their numbers.
    public enum Code: UInt8, CaseIterable, Hashable, Sendable {
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case resourceExhausted = 8
        case failedPrecondition = 9
        case outOfRange = 11
        case unimplemented = 12
        case unavailable = 14
    }

    /// The reasons.
    ///
    /// The numbers are part of the wire and never change.
    public enum Reason: UInt8, CaseIterable, Hashable, Sendable {
        case malformedRequest = 1
        case unknownCall = 2
        case invalidField = 3
        case textNotUTF8 = 4
        case tooManyRows = 5
        case frameTooLarge = 6
        case unknownStandard = 7
        case unknownClock = 8
        case unknownOffice = 9
        case unknownCalendar = 10
        case unknownWeek = 11
        case yearNotPublished = 12
        case outsideReception = 13
        case termSuspended = 14
        case dateOutOfRange = 15
        case deadlinePassed = 16
        case goingAway = 17
        case tooManyConnections = 18

        public var code: Code {
            switch self {
            case .malformedRequest, .invalidField, .textNotUTF8, .tooManyRows, .frameTooLarge:
                .invalidArgument
            case .unknownCall: .unimplemented
            case .unknownStandard, .unknownClock, .unknownOffice, .unknownCalendar, .unknownWeek:
                .notFound
            case .yearNotPublished, .outsideReception, .termSuspended: .failedPrecondition
            case .dateOutOfRange: .outOfRange
            case .deadlinePassed: .deadlineExceeded
            case .goingAway: .unavailable
            case .tooManyConnections: .resourceExhausted
            }
        }

        /// Whether the same question may be answered if it is asked again, elsewhere or later.
        public var mayBeRetried: Bool { self == .goingAway || self == .tooManyConnections }
    }

    public let reason: Reason
    /// A sentence that says what is wrong and what to do, in the caller's language.
    public let message: String
    /// The field of the question that is wrong; nil if it is none in particular.
    public let field: String?
    /// When the office accepts next, for `outsideReception`.
    public let nextOpening: CivilDateTime?

    public init(
        _ reason: Reason, _ message: String, field: String? = nil,
        nextOpening: CivilDateTime? = nil
    ) {
        self.reason = reason
        self.message = message
        self.field = field
        self.nextOpening = nextOpening
    }

    public var code: Code { reason.code }
}
