// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Through which system a booking is made: each may have a share of a slot's places.
///
/// The numbers are part of the wire and the journal and never change.
public enum BookingChannel: UInt8, CaseIterable, Hashable, Sendable {
    /// The e-government portal (R7.6).
    case portal = 1
    case kiosk = 2
    /// The office itself; it may book every place.
    case office = 3

    var index: Int { Int(rawValue) - 1 }
}

/// A booking by its office, date and number: numbers count from 1 on each date.
///
///     BookingID("astana-1/2026-03-19/17")
public struct BookingID: Hashable, Sendable, LosslessStringConvertible {
    public let office: OfficeID
    public let date: CivilDate
    public let number: UInt32

    public init(office: OfficeID, date: CivilDate, number: UInt32) {
        self.office = office
        self.date = date
        self.number = number
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let office = OfficeID(parts[0]), let date = CivilDate(parts[1]),
            let number = UInt32(parts[2]), number > 0, parts[2] == String(number)
        else { return nil }
        self.init(office: office, date: date, number: number)
    }

    public var description: String { "\(office)/\(date)/\(number)" }
}

/// A place that somebody holds or has booked, on one day of one office.
public struct Booking: Hashable, Sendable {
    /// The numbers are part of the wire and never change.
    public enum State: UInt8, CaseIterable, Hashable, Sendable {
        /// Held until `until`.
        case held = 1
        case confirmed = 2
        /// The applicant is there and has a ticket.
        case arrived = 3
        case served = 4
        /// The hold was given back.
        case released = 5
        /// The hold ran out.
        case expired = 6
        case cancelled = 7
        /// The applicant did not come in time.
        case noShow = 8
        /// Given up for another slot.
        case moved = 9
        /// The applicant came, and left again before being served.
        case left = 10

        /// Whether the applicant may not book the service again while this stands.
        public var isLive: Bool { self == .held || self == .confirmed || self == .arrived }
    }

    public let applicant: Applicant
    /// When the slot starts, in seconds since midnight.
    public let start: Int32
    /// Until when the hold stands, or, of a cancelled booking, its place stays taken.
    public internal(set) var until: DayMoment
    /// The place of its ticket among the day's tickets; −1 before arrival.
    var ticket: Int32 = -1
    public let service: UInt8
    public let channel: BookingChannel
    public internal(set) var state: State
    /// Whether it takes a place of its slot.
    public internal(set) var takesPlace = true
}
