// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Who is put on a waiting list, or a booking that is to be earlier.
extension WaitingWish {
    public enum Who: Hashable, Sendable {
        case booking(BookingID)
        case person(Person)
    }

    public var office: OfficeID {
        switch who {
        case .booking(let id): id.office
        case .person(let person): person.office
        }
    }
}

/// What can be done with a place on a waiting list.
public enum WaitingAction: Hashable, Sendable {
    case leave
    case answer(OfferAnswer)
}

extension WaitingID: LosslessStringConvertible {
    /// Nil for a text that is not of this form.
    ///
    ///     WaitingID("astana-1/2026-03-19/w17")
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[2].first == "w", let office = OfficeID(parts[0]),
            let date = CivilDate(parts[1]), let number = UInt32(parts[2].dropFirst()), number > 0,
            parts[2] == "w\(number)"
        else { return nil }
        self.init(office: office, date: date, number: number)
    }

    public var description: String { "\(office)/\(date)/w\(number)" }
}

/// A place on a waiting list with its secret: all that its applicant needs.
///
///     WaitingLink("astana-1/2026-03-19/w17/00112233445566778899aabbccddeeff")
public struct WaitingLink: Hashable, Sendable, LosslessStringConvertible {
    public let waiting: WaitingID
    public let secret: BookingSecret

    public init(_ waiting: WaitingID, _ secret: BookingSecret) {
        self.waiting = waiting
        self.secret = secret
    }

    public init?(_ text: String) {
        guard let slash = text.lastIndex(of: "/"), let waiting = WaitingID(String(text[..<slash])),
            let secret = BookingSecret(String(text[text.index(after: slash)...]))
        else { return nil }
        self.init(waiting, secret)
    }

    public var description: String { "\(waiting)/\(secret)" }
}

/// What somebody wants who joins the waiting list of a day.
public struct WaitingEntry: Hashable, Sendable {
    public let service: ServiceID
    /// Slots that start from the one to the other, both included, in seconds since midnight.
    public let from: Int32
    public let to: Int32
    public let channel: BookingChannel
    public let applicant: Applicant
    /// The booking that is to be earlier; nil for somebody who has none.
    public let booking: Held.MovedFrom?
    /// When that booking starts, if it is one of this day: only earlier slots are wanted.
    public let before: Int32?

    public init(
        service: ServiceID, from: Int32, to: Int32, channel: BookingChannel, applicant: Applicant,
        booking: Held.MovedFrom?, before: Int32?
    ) {
        (self.service, self.from, self.to) = (service, from, to)
        (self.channel, self.applicant) = (channel, applicant)
        (self.booking, self.before) = (booking, before)
    }
}

/// Somebody who joined a day's waiting list, and how they stand.
public struct WaitingSpot: Hashable, Sendable {
    public let joined: WaitingJoined
    public internal(set) var state = WaitingState.waiting
    public internal(set) var end: WaitingEnd?
    /// The places that were offered, by their bookings' numbers.
    var offers: [UInt32] = []
    /// The starts that were offered and not taken: they are not offered again.
    var passed: [Int32] = []
    /// How many offers in a row were not answered.
    var silent = 0
    /// How many of the offers were declined, and not answered.
    var declined: Int32 = 0
    var unanswered: Int32 = 0

    init(_ joined: WaitingJoined) { self.joined = joined }

    /// Offers in a row that are not answered before somebody is taken off the list.
    static let patience = 3

    /// The place that is kept for an answer, or that was accepted, by its booking's number; nil for none.
    public var offer: UInt32? { state == .offered || state == .accepted ? offers.last : nil }

    /// Whether a place may be offered, or is.
    public var isLive: Bool { state == .waiting || state == .offered }

    /// Whether a slot that starts then is wanted.
    func wants(_ start: Int32) -> Bool {
        joined.from <= start && start <= joined.to && !passed.contains(start)
    }
}

extension WaitingRules {
    /// For how many seconds a place is kept.
    public var offerSeconds: Int32 { Int32(offerMinutes) * 60 }
}
