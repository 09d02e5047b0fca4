// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Parties
import Queue
import Texts

extension DayEvent {
    /// The event's name and fields as an export shows them; times are seconds since midnight.
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
        case .confirmed(let number): ("confirmed", ["booking": "\(number)"])
        case .released(let number): ("released", ["booking": "\(number)"])
        case .expired(let number): ("expired", ["booking": "\(number)"])
        case .cancelled(let it):
            (
                "cancelled",
                [
                    "booking": "\(it.number)", "by": "\(it.by)", "reason": it.reason,
                    "freeFrom": it.freeFrom.exported,
                ]
            )
        case .placeFreed(let number): ("place_freed", ["booking": "\(number)"])
        case .placedNearby(let number, let start):
            ("placed_nearby", ["booking": "\(number)", "start": start.map { "\($0)" } ?? ""])
        case .moved(let number, let date, let new):
            ("moved", ["booking": "\(number)", "to": "\(date)/\(new)"])
        case .missed(let number): ("missed", ["booking": "\(number)"])
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
        case .numberVoided(let label): ("number_voided", ["ticket": "\(label)"])
        case .leaseEnded(let id, let used):
            ("lease_ended", ["lease": "\(id)", "used": "\(used)"])
        case .windowOpened(let window): ("window_opened", ["window": "\(window)"])
        case .windowClosed(let window): ("window_closed", ["window": "\(window)"])
        case .breakBegun(let window): ("break_begun", ["window": "\(window)"])
        case .breakEnded(let window): ("break_ended", ["window": "\(window)"])
        case .called(let label, let window):
            ("called", ["ticket": "\(label)", "window": "\(window)"])
        case .recalled(let label): ("recalled", ["ticket": "\(label)"])
        case .servingBegun(let label): ("serving_begun", ["ticket": "\(label)"])
        case .skipped(let label): ("skipped", ["ticket": "\(label)"])
        case .parked(let label): ("parked", ["ticket": "\(label)"])
        case .resumed(let label): ("resumed", ["ticket": "\(label)"])
        case .transferred(let label, let service, let window):
            (
                "transferred",
                [
                    "ticket": "\(label)", "service": "\(service)",
                    "window": window.map { "\($0)" } ?? "",
                ]
            )
        case .finished(let label, let outcome):
            ("finished", ["ticket": "\(label)", "outcome": "\(outcome)"])
        }
    }
}

extension Held {
    fileprivate var exported: [String: String] {
        var fields = [
            "booking": "\(number)", "service": "\(service)", "start": "\(start)",
            "channel": "\(channel)", "until": until?.exported ?? "",
            "applicant": String(format: "%016lx%016lx", applicant.high, applicant.low),
            "movedFrom": movedFrom.map { "\($0.date)/\($0.number)" } ?? "",
        ]
        if isMovedByOffice { fields["movedBy"] = "office" }
        return fields
    }
}

extension DayMoment {
    /// Seconds since midnight, and where the clock stands still, for how many it has: `82800+1800`.
    fileprivate var exported: String { stood == 0 ? "\(time)" : "\(time)+\(stood)" }
}

extension TicketTaken {
    fileprivate var exported: [String: String] {
        ["ticket": "\(label)", "service": "\(service)", "at": "\(at)"]
    }
}
