// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension BookingChannel {
    var index: Int { Int(rawValue) - 1 }
}

extension BookingID: LosslessStringConvertible {
    /// Nil for a text that is not of this form.
    ///
    ///     BookingID("astana-1/2026-03-19/17")
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
    /// What it is for beside `service`.
    var visit = PackedTurns()

    /// What it is for beside `service`; nil if that is all.
    public var further: FurtherTurns? { visit.turns }
}

extension Booking.State {
    /// Whether the applicant may not book the service again while this stands.
    public var isLive: Bool { self == .held || self == .confirmed || self == .arrived }
}
