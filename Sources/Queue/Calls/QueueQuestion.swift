// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Everything that can be asked of the queue and changes nothing.
public enum QueueQuestion: Hashable, Sendable {
    case offices
    case office(OfficeID)
    case slots(SlotsQuestion)
    case firstFree(FirstFreeQuestion)
    /// The first free slots over several offices.
    case nearestFree(NearestFreeQuestion)
    case booking(BookingID)
    /// The bookings of one person.
    case bookings(BookingsQuestion)
    /// The board as it is, or what has changed on it since somebody saw it.
    case board(OfficeID, BoardSeen)
    case wait(OfficeID, WaitSubject)
    /// Every booking and ticket of a date.
    case day(OfficeID, CivilDate)
    case statistics(OfficeID, from: CivilDate, to: CivilDate)
    /// How somebody stands on a waiting list.
    case waitingPlace(WaitingID)
    /// Everybody on the waiting list of a date.
    case waitingList(OfficeID, CivilDate)

    /// The board, or what has changed on it since a revision of the present day.
    public static func board(_ office: OfficeID, since revision: UInt32) -> QueueQuestion {
        .board(office, BoardSeen(revision: revision))
    }

    /// Whether it is about one applicant's booking or ticket.
    public var needsProof: Bool {
        switch self {
        case .booking, .wait(_, .ticket), .waitingPlace: true
        case .offices, .office, .slots, .firstFree, .nearestFree, .bookings, .board,
            .wait(_, .newcomer), .day, .statistics, .waitingList:
            false
        }
    }

    /// The office that it is about; nil for the list of them, which has nothing of any one's day in it, for several
    /// of them, and for all.
    public var office: OfficeID? {
        switch self {
        case .offices, .nearestFree: nil
        case .bookings(let question): question.office
        case .office(let id), .board(let id, _), .wait(let id, _), .day(let id, _),
            .statistics(let id, _, _), .waitingList(let id, _):
            id
        case .slots(let question): question.office
        case .firstFree(let question): question.office
        case .booking(let id): id.office
        case .waitingPlace(let id): id.office
        }
    }
}

extension BoardSeen {
    public static let nothing = BoardSeen(revision: 0)
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
    case nearestFree([OfficeSlot])
    indirect case booking(BookingView)
    case bookings([BookingView])
    indirect case board(Board)
    indirect case wait(WaitAnswer)
    indirect case day(DayRecord)
    indirect case statistics(QueueStatistics)
    indirect case waitingPlace(WaitingView)
    case waitingList([WaitingView])
}
