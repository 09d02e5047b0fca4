// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// Everything that can be asked of the queue and changes nothing.
public enum QueueQuestion: Hashable, Sendable {
    case offices
    case office(OfficeID)
    case slots(SlotsQuestion)
    case firstFree(FirstFreeQuestion)
    case booking(BookingID)
    /// The board as it is, or what has changed on it since somebody saw it.
    case board(OfficeID, BoardSeen)
    case wait(OfficeID, WaitSubject)
    /// Every booking and ticket of a date.
    case day(OfficeID, CivilDate)
    case statistics(OfficeID, from: CivilDate, to: CivilDate)

    /// The board, or what has changed on it since a revision of the present day.
    public static func board(_ office: OfficeID, since revision: UInt32) -> QueueQuestion {
        .board(office, BoardSeen(revision: revision))
    }

    /// Whether it is about one applicant's booking or ticket.
    public var needsProof: Bool {
        switch self {
        case .booking, .wait(_, .ticket): true
        case .offices, .office, .slots, .firstFree, .board, .wait(_, .newcomer), .day, .statistics:
            false
        }
    }

    /// The office that it is about; nil for the list of them, which has nothing of any one's day in it.
    public var office: OfficeID? {
        switch self {
        case .offices: nil
        case .office(let id), .board(let id, _), .wait(let id, _), .day(let id, _),
            .statistics(let id, _, _):
            id
        case .slots(let question): question.office
        case .firstFree(let question): question.office
        case .booking(let id): id.office
        }
    }
}

/// What somebody has seen of a board.
public struct BoardSeen: Hashable, Sendable {
    /// The revision that was told last; 0 for nothing.
    public let revision: UInt32
    /// The date that it was of; nil for the present day.
    public let date: CivilDate?

    public init(revision: UInt32, date: CivilDate? = nil) {
        self.revision = revision
        self.date = date
    }

    public static let nothing = BoardSeen(revision: 0)
}

/// Asks for the slots of one or more dates, both ends included.
public struct SlotsQuestion: Hashable, Sendable {
    /// The most dates of one question.
    public static let dateLimit = CallLimit.slotsDates

    public let office: OfficeID
    public let service: ServiceID
    public let channel: BookingChannel
    public let from: CivilDate
    public let to: CivilDate

    public init(
        office: OfficeID, service: ServiceID, channel: BookingChannel, from: CivilDate,
        to: CivilDate
    ) {
        self.office = office
        self.service = service
        self.channel = channel
        self.from = from
        self.to = to
    }
}

/// Asks for the first free slots from a moment on.
public struct FirstFreeQuestion: Hashable, Sendable {
    /// The most slots of one question.
    public static let countLimit = CallLimit.firstFreeCount

    public let office: OfficeID
    public let service: ServiceID
    public let channel: BookingChannel
    public let from: CivilDateTime
    public let count: Int

    public init(
        office: OfficeID, service: ServiceID, channel: BookingChannel, from: CivilDateTime,
        count: Int
    ) {
        self.office = office
        self.service = service
        self.channel = channel
        self.from = from
        self.count = count
    }
}

/// Whose wait is asked for.
public enum WaitSubject: Hashable, Sendable {
    case ticket(TicketLabel)
    /// Of somebody who took a ticket for the service now.
    case newcomer(ServiceID)
}

/// What a question is answered with.
public enum QueueAnswer: Hashable, Sendable {
    case offices([OfficeSummary])
    indirect case office(QueueOffice)
    case slots([DaySlots])
    case firstFree([CivilDateTime])
    indirect case booking(BookingView)
    indirect case board(Board)
    indirect case wait(WaitAnswer)
    indirect case day(DayRecord)
    indirect case statistics(QueueStatistics)
}

/// The slots of one date, in columns.
public struct DaySlots: Hashable, Sendable {
    public let date: CivilDate
    /// The day's revision that this is of; 0 if nothing has happened on it.
    public let revision: UInt32
    /// Seconds since midnight.
    public let starts: [Int32]
    /// The places left in each, for the channel asked about.
    public let free: [Int32]

    public init(date: CivilDate, revision: UInt32, starts: [Int32], free: [Int32]) {
        self.date = date
        self.revision = revision
        self.starts = starts
        self.free = free
    }
}
