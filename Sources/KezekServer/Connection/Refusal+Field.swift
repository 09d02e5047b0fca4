// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Parties
import Queue

/// Which field of a request a refusal of the queue is about: the queue knows what is wrong, and not how it was
/// asked.
extension Refusal {
    func naming(fieldOf command: QueueCommand) -> Refusal {
        switch command {
        case .hold(let hold):
            switch (field, hold.applicant) {
            case ("applicant", .iin): naming("iin")
            case ("applicant", .reference): naming("reference")
            default: naming(yearOf: "day")
            }
        case .booking:
            switch field {
            case "office", "day": naming("booking.\(field ?? "")")
            // Its time and its service are the booking's own.
            case "start_second", "service": naming("booking")
            default: naming(yearOf: "booking.day")
            }
        case .reschedule:
            switch field {
            case "office": naming("booking.office")
            // Whose it is, is the booking's own.
            case "applicant": naming("booking")
            // A date on which no window renders the booking's service.
            case "day", "service": naming("to_day")
            default: naming(yearOf: "to_day")
            }
        // Tickets are of today, which no field says.
        case .today: field == "day" ? naming("") : self
        case .joinWaitingList(let wish): naming(fieldOf: wish)
        case .waiting:
            switch field {
            case "office", "day": naming("waiting.\(field ?? "")")
            case "booking", "service", "applicant", "start_second": naming("waiting")
            default: naming(yearOf: "waiting.day")
            }
        case .changeOffice(let change): field == "office" ? naming(change.change.officeField) : self
        }
    }

    func naming(fieldOf question: QueueQuestion) -> Refusal {
        switch question {
        case .slots, .statistics: naming(yearOf: "from_day")
        case .firstFree: naming(yearOf: "from.day")
        case .nearestFree: field == "office" ? naming("offices") : naming(yearOf: "from.day")
        case .day: naming(yearOf: "day")
        case .booking: field == "office" ? naming("booking.office") : naming(yearOf: "booking.day")
        case .waitingList: naming(yearOf: "day")
        case .waitingPlace:
            field == "office" ? naming("waiting.office") : naming(yearOf: "waiting.day")
        // They are asked about today, which no field says.
        case .wait: field == "day" ? naming("") : self
        case .offices, .office, .board, .bookings: self
        }
    }

    private func naming(fieldOf wish: WaitingWish) -> Refusal {
        switch (field, wish.who) {
        case ("start_second", _): naming("from_second")
        case ("office", .booking): naming("booking.office")
        case ("service", .booking), ("applicant", .booking): naming("booking")
        case ("office", .person), ("service", .person): naming("person.\(field ?? "")")
        case ("applicant", .person(let person)):
            switch person.applicant {
            case .iin: naming("person.iin")
            case .reference: naming("person.reference")
            }
        default: naming(yearOf: "day")
        }
    }

    /// A year that nobody has published is that of the field which has the date.
    private func naming(yearOf field: String) -> Refusal {
        reason == .yearNotPublished ? naming(field) : self
    }
}

extension OfficeChangeCommand.Change {
    /// The field that has the office.
    fileprivate var officeField: String {
        switch self {
        case .put: "put.id"
        case .close: "close.office"
        case .reopen: "reopen.office"
        case .recalculate: "recalculate"
        }
    }
}
