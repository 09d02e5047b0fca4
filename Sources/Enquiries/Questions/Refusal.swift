// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// Why a question was not answered, for a program and for a person.
public struct Refusal: Error, Hashable, Sendable {
    /// The canonical status codes of gRPC, by their numbers.
    public enum Code: UInt8, CaseIterable, Hashable, Sendable {
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case alreadyExists = 6
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case outOfRange = 11
        case unimplemented = 12
        case unavailable = 14
        case unauthenticated = 16
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
        case unknownService = 20
        case unknownWindow = 21
        case unknownBooking = 22
        case unknownTicket = 23
        case unknownLease = 24
        case noBookings = 25
        case officeClosed = 26
        case notASlot = 27
        case tooSoonToBook = 28
        case tooFarToBook = 29
        case slotTaken = 30
        case alreadyBooked = 31
        case wrongState = 32
        case notToday = 33
        case numbersExhausted = 34
        case notInLease = 35
        case windowBusy = 36
        case notServedThere = 37
        case nobodyWaiting = 38
        case wouldOvertake = 39
        case calledTooOften = 40
        case requestMismatch = 41
        case clockBehind = 42
        case storeUnavailable = 43
        case overloaded = 44
        case noQueue = 45
        case clockInDoubt = 47
        case unknownApplication = 50
        case unknownGroup = 51
        case unknownDocument = 52
        case unknownGround = 53
        case channelElsewhere = 54
        case papersIncomplete = 55
        case papersComplete = 56
        case consentMissing = 57
        case impossibleTime = 58
        case termOver = 59
        case stillKept = 60
        case registerFull = 61
        case badCalendar = 62
        case stillUnderWay = 63
        case notAuthenticated = 70
        case permissionDenied = 71
        case tooManyCalls = 72
        case tooManyTries = 73
        case tooManyHolds = 74
        case unknownArea = 80
        case unknownVisit = 81
        case unknownCrew = 82
        case visitState = 83
        case windowGone = 84
        case visitAlreadyAsked = 85
        case noShift = 86
        case breaksPromises = 87

        public var code: Code {
            switch self {
            case .malformedRequest, .invalidField, .textNotUTF8, .tooManyRows, .frameTooLarge,
                .impossibleTime, .badCalendar:
                .invalidArgument
            case .unknownCall, .noQueue: .unimplemented
            case .unknownStandard, .unknownClock, .unknownOffice, .unknownCalendar, .unknownWeek,
                .unknownService, .unknownWindow, .unknownBooking, .unknownTicket, .unknownLease,
                .unknownApplication, .unknownGroup, .unknownDocument, .unknownGround, .unknownArea,
                .unknownVisit, .unknownCrew:
                .notFound
            case .yearNotPublished, .outsideReception, .termSuspended, .noBookings,
                .officeClosed, .tooSoonToBook, .tooFarToBook, .wrongState, .notToday, .windowBusy,
                .notServedThere, .wouldOvertake, .calledTooOften, .nobodyWaiting, .channelElsewhere,
                .papersIncomplete, .papersComplete, .consentMissing, .termOver, .stillKept,
                .stillUnderWay, .visitState, .noShift, .breaksPromises:
                .failedPrecondition
            case .notAuthenticated: .unauthenticated
            case .permissionDenied, .tooManyTries: .permissionDenied
            case .dateOutOfRange: .outOfRange
            case .notASlot, .notInLease: .invalidArgument
            case .alreadyBooked, .requestMismatch, .visitAlreadyAsked: .alreadyExists
            case .slotTaken, .windowGone, .numbersExhausted, .registerFull, .overloaded,
                .tooManyConnections,
                .tooManyCalls, .tooManyHolds:
                .resourceExhausted
            case .deadlinePassed: .deadlineExceeded
            case .goingAway, .clockBehind, .clockInDoubt, .storeUnavailable: .unavailable
            }
        }

        /// Whether the same question may be answered if it is asked again, elsewhere or later.
        public var mayBeRetried: Bool {
            switch self {
            case .goingAway, .tooManyConnections, .tooManyCalls, .overloaded, .storeUnavailable,
                .clockBehind, .clockInDoubt:
                true
            default: false
            }
        }
    }

    public let reason: Reason
    /// A sentence that says what is wrong and what to do, in the caller's language.
    public let message: String
    /// The field of the question that is wrong; nil if it is none in particular.
    public let field: String?
    /// When the office accepts next, for `outsideReception`.
    public let nextOpening: CivilDateTime?
    /// The nearest free slots, for `slotTaken` and its like.
    public let alternatives: [CivilDateTime]
    /// Milliseconds after which it makes sense to repeat the call; 0 for what is not to be repeated
    /// unchanged, or at once.
    public let retryAfterMilliseconds: UInt32
    /// The booking or ticket that it is about; nil if it is about none in particular.
    public let subject: Subject?

    public init(
        _ reason: Reason, _ message: String, field: String? = nil,
        nextOpening: CivilDateTime? = nil, alternatives: [CivilDateTime] = [],
        retryAfterMilliseconds: UInt32 = 0, subject: Subject? = nil
    ) {
        self.reason = reason
        self.message = message
        self.field = field
        self.nextOpening = nextOpening
        self.alternatives = alternatives
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.subject = subject
    }

    /// What a refusal is about, by its name.
    public enum Subject: Hashable, Sendable {
        /// The booking that is there already, such as `astana-1/2026-03-19/17`.
        case booking(String)
        /// The ticket that comes first or is at the window, such as `A-017`.
        case ticket(String)
    }

    /// The same refusal, about something.
    public func about(_ subject: Subject) -> Refusal {
        Refusal(
            reason, message, field: field, nextOpening: nextOpening, alternatives: alternatives,
            retryAfterMilliseconds: retryAfterMilliseconds, subject: subject)
    }

    /// The same refusal, naming another field.
    public func naming(_ field: String) -> Refusal {
        Refusal(
            reason, message, field: field, nextOpening: nextOpening, alternatives: alternatives,
            retryAfterMilliseconds: retryAfterMilliseconds, subject: subject)
    }

    /// The same refusal in other words.
    public func saying(_ message: String) -> Refusal {
        Refusal(
            reason, message, field: field, nextOpening: nextOpening, alternatives: alternatives,
            retryAfterMilliseconds: retryAfterMilliseconds, subject: subject)
    }

    public var code: Code { reason.code }
}
