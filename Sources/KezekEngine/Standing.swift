// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
public import Parties
public import Queue

/// In whose right somebody acts on bookings, tickets and home visits.
public struct Standing: Hashable, Sendable {
    /// Whether a number is enough; otherwise it takes a proof.
    public let actsByNumber: Bool
    public let proof: BookingProof?
    /// The percentage of a day's places that may be held at an office and not be confirmed, and of what crews
    /// can do that may be held in an area and not be promised; nil for no limit.
    public let holdPercent: Int?
    /// Through which channels the caller may book; nil for all.
    public let channels: [BookingChannel]?
    /// About which offices the caller may ask; nil for all.
    public let offices: Set<OfficeID>?

    public init(
        actsByNumber: Bool, proof: BookingProof?, holdPercent: Int?,
        channels: [BookingChannel]? = nil, offices: Set<OfficeID>? = nil
    ) {
        self.actsByNumber = actsByNumber
        self.proof = proof
        self.holdPercent = holdPercent
        self.channels = channels
        self.offices = offices
    }

    /// Whether the caller may ask about an office.
    func reaches(_ office: OfficeID) -> Bool { offices?.contains(office) ?? true }

    /// By which hashes the person is known for whom the caller has shown to speak; none where it showed
    /// something else.
    func person(_ keys: ApplicantKeys) -> [Applicant] {
        guard case .applicant(let name)? = proof else { return [] }
        return keys.all(name)
    }

    /// Of whose share a booking's new place is when it is moved: of its own channel, or of the caller's where
    /// the caller may not book through that.
    func channel(moving channel: BookingChannel) -> BookingChannel {
        guard let channels, !channels.contains(channel) else { return channel }
        return channels.first ?? channel
    }

    /// Whoever acts for the office.
    public static let office = Standing(actsByNumber: true, proof: nil, holdPercent: nil)
}

/// Why somebody may not act on a booking, a ticket or a home visit.
public enum ProofFault: Hashable, Sendable {
    case missing
    /// There is no such booking, or the proof is another's.
    case wrong
    /// The same of a ticket.
    case wrongTicket
    /// The same of a place on a waiting list.
    case wrongWaiting
    /// The same of a home visit.
    case wrongVisit
    /// A code checks in on the booking's day, and does nothing else.
    case codeDoesNoMore
    case tooManyTries
}

/// The wrong codes that were tried on the bookings of an office's present day.
struct WrongCodes {
    private var date: CivilDate?
    private var tries: [UInt32: Int] = [:]

    func count(_ booking: BookingID) -> Int {
        booking.date == date ? tries[booking.number, default: 0] : 0
    }

    mutating func add(_ booking: BookingID) {
        if booking.date != date { (date, tries) = (booking.date, [:]) }
        tries[booking.number, default: 0] += 1
    }
}

/// The places of an office that callers hold and have not confirmed, as far as their number is limited.
struct UnconfirmedHolds {
    struct Place: Hashable {
        let day: Int32
        let number: UInt32
    }

    private var places: [CallerID: [Place]] = [:]

    /// Notes a place that a caller has got, if it is to be confirmed.
    mutating func add(_ held: Held, on date: CivilDate, of caller: CallerID) {
        guard held.until != nil else { return }
        places[caller, default: []].append(Place(day: date.dayNumber, number: held.number))
    }

    /// The office moves what may be a place that a caller holds: it stays that caller's.
    mutating func follow(_ held: Held, on date: CivilDate) {
        guard held.until != nil, let from = held.movedFrom else { return }
        let old = Place(day: from.date.dayNumber, number: from.number)
        for (caller, its) in places {
            guard let index = its.firstIndex(of: old) else { continue }
            places[caller]?[index] = Place(day: date.dayNumber, number: held.number)
        }
    }

    /// How many a caller has, of those that `isHeld` knows; looked at in full only if there seem to be
    /// `limit`.
    mutating func count(
        of caller: CallerID, limit: Int, isHeld: (Place) -> Bool
    ) -> Int {
        let noted = places[caller, default: []].count
        guard noted >= limit else { return noted }
        let left = places[caller, default: []].filter(isHeld)
        places[caller] = left.isEmpty ? nil : left
        return left.count
    }
}

extension RoomState {
    /// Notes the places that a caller gets by what was decided.
    mutating func note(_ events: [DayEvent], on date: CivilDate, of caller: CallerID) {
        for case .held(let held) in events { unconfirmed.add(held, on: date, of: caller) }
    }
}
