// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Crypto
import HomeVisits
import Parties
import Queue

/// The own secrets of bookings, tickets and home visits: made of the journal's key and their names, so that nothing is kept,
/// a repeated request gets the same, and those that were there before have one too.
extension ApplicantKeys {
    /// What the applicant of a booking acts on it with; `counterpart` is what it was given up for.
    func key(of booking: BookingID, counterpart: BookingID?) -> BookingKey {
        let (secret, code) = generations[0].link(booking)
        return BookingKey(
            secret: secret, code: code, counterpart: counterpart.map { generations[0].link($0).0 })
    }

    /// What the holder of a ticket asks about it with.
    func secret(of ticket: TicketLabel, _ office: OfficeID, _ date: CivilDate) -> BookingSecret {
        generations[0].link(ticket, office, date).0
    }

    func isSecret(_ secret: BookingSecret, of booking: BookingID, now: Timestamp) -> Bool {
        inForce(now).contains { $0.link(booking).0.matches(secret) }
    }

    func isSecret(
        _ secret: BookingSecret, of ticket: TicketLabel, _ office: OfficeID, _ date: CivilDate,
        now: Timestamp
    ) -> Bool {
        inForce(now).contains { $0.link(ticket, office, date).0.matches(secret) }
    }

    /// What somebody on a waiting list answers with.
    func secret(of waiting: WaitingID) -> BookingSecret { generations[0].link(waiting).0 }

    func isSecret(_ secret: BookingSecret, of waiting: WaitingID, now: Timestamp) -> Bool {
        inForce(now).contains { $0.link(waiting).0.matches(secret) }
    }

    /// What the applicant of a home visit acts on it with.
    func secret(of visit: HomeVisitID) -> BookingSecret { generations[0].link(visit).0 }

    func isSecret(_ secret: BookingSecret, of visit: HomeVisitID, now: Timestamp) -> Bool {
        inForce(now).contains { $0.link(visit).0.matches(secret) }
    }

    func isCode(_ code: CheckInCode, of booking: BookingID, now: Timestamp) -> Bool {
        inForce(now).contains { $0.link(booking).1 == code }
    }

    /// The keys whose secrets are taken now.
    private func inForce(_ now: Timestamp) -> [Generation] {
        generations.filter { $0.linksUntil.map { now < $0 } ?? true }
    }
}

extension ApplicantKeys.Generation {
    fileprivate func link(_ booking: BookingID) -> (BookingSecret, CheckInCode) {
        link { name in
            name.append(UInt8(ascii: "b"))
            name += booking.office.description.utf8
            name.append(UInt8(ascii: "/"))
            name += booking.date.description.utf8
            name.append(UInt8(ascii: "/"))
            name += String(booking.number).utf8
        }
    }

    fileprivate func link(
        _ ticket: TicketLabel, _ office: OfficeID, _ date: CivilDate
    ) -> (BookingSecret, CheckInCode) {
        link { $0 += "t\(office)/\(date)/\(ticket)".utf8 }
    }

    fileprivate func link(_ waiting: WaitingID) -> (BookingSecret, CheckInCode) {
        link { $0 += "w\(waiting)".utf8 }
    }

    fileprivate func link(_ visit: HomeVisitID) -> (BookingSecret, CheckInCode) {
        link { $0 += "v\(visit)".utf8 }
    }

    /// The first 16 bytes of the code are the secret, the next eight the six digits.
    private func link(_ write: (inout [UInt8]) -> Void) -> (BookingSecret, CheckInCode) {
        var name: [UInt8] = []
        name.reserveCapacity(64)
        write(&name)
        let (high, low, rest) = name.withUnsafeBytes { links.numbers(of: $0) }
        return (BookingSecret(high: high, low: low), CheckInCode(of: rest))
    }
}
