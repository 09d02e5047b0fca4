// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekWire
import Parties
import Queue
import Texts

extension DayEvent {
    /// The event's name and fields as an export shows them; times are seconds since midnight.
    ///
    /// Those of which each part is one text are told by the names of the records.
    var exported: (name: String, fields: [String: String]) {
        switch self {
        case .planned(let plan):
            (
                "planned",
                [
                    "windows": "\(plan.windows.count)", "services": "\(plan.services.count)",
                    "calendar": plan.calendarVersion, "closed": plan.closedBecause?.en ?? "",
                ]
            )
        case .held(let held): ("held", held.exported)
        case .cancelled(let it):
            (
                "cancelled",
                [
                    "booking": "\(it.number)", "by": "\(it.by)", "reason": it.reason,
                    "freeFrom": it.freeFrom.exported,
                ]
            )
        case .moved(let number, let date, let new):
            ("moved", ["booking": "\(number)", "to": "\(date)/\(new)"])
        case .arrived(let it):
            ("arrived", ["booking": "\(it.booking)", "ticket": "\(it.label)"])
        case .ticketTaken(let it): ("ticket_taken", it.exported)
        case .numbersLeased(let it):
            (
                "numbers_leased",
                [
                    "lease": "\(it.id)", "letter": String(UnicodeScalar(it.letter)),
                    "first": "\(it.first)", "count": "\(it.count)", "kiosk": it.kiosk,
                ]
            )
        case .ticketReported(let it): ("ticket_reported", it.exported)
        case .leaseEnded(let id, let used):
            ("lease_ended", ["lease": "\(id)", "used": "\(used)"])
        case .waitingJoined(let it):
            (
                "waiting_joined",
                [
                    "waiting": "\(it.number)", "service": "\(it.service)", "from": "\(it.from)",
                    "to": "\(it.to)", "channel": "\(it.channel)",
                    "applicant": it.applicant.exported,
                    "booking": it.booking.map { "\($0.date)/\($0.number)" } ?? "",
                ]
            )
        case .placeOffered(let it):
            (
                "place_offered",
                [
                    "booking": "\(it.booking)", "waiting": "\(it.waiting)", "start": "\(it.start)",
                    "until": it.until.exported,
                ]
            )
        case .offerAccepted(let it):
            (
                "offer_accepted",
                [
                    "booking": "\(it.booking)",
                    "movedFrom": it.movedFrom.map { "\($0.date)/\($0.number)" } ?? "",
                ]
            )
        default: told
        }
    }
}

extension Applicant {
    fileprivate var exported: String { String(format: "%016lx%016lx", high, low) }
}

extension Held {
    fileprivate var exported: [String: String] {
        var fields = [
            "booking": "\(number)", "service": "\(service)", "start": "\(start)",
            "channel": "\(channel)", "until": until?.exported ?? "",
            "applicant": applicant.exported,
            "movedFrom": movedFrom.map { "\($0.date)/\($0.number)" } ?? "",
        ]
        if isMovedByOffice { fields["movedBy"] = "office" }
        if let further {
            fields["further"] = further.services.map { "\($0)" }.joined(separator: " ")
            fields["windows"] = further.isAtOneWindow ? "one" : "any"
        }
        return fields
    }
}

extension DayMoment {
    /// Seconds since midnight, and where the clock stands still, for how many it has: `82800+1800`.
    fileprivate var exported: String { stood == 0 ? "\(time)" : "\(time)+\(stood)" }
}

extension TicketTaken {
    fileprivate var exported: [String: String] {
        var fields = ["ticket": "\(label)", "service": "\(service)", "at": "\(at)"]
        if let reason { fields["reason"] = reason.description }
        return fields
    }
}
