// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Parties
import Queue

/// Which field of a request a refusal of the queue is about: the queue knows what is wrong, and not how it was
/// asked.
extension Refusal {
    func naming(fieldOf command: QueueCommand) -> Refusal {
        switch (command, field) {
        case (.hold(let hold), "applicant"):
            switch hold.applicant {
            case .iin: return naming("iin")
            case .reference: return naming("reference")
            }
        case (.reschedule, "day"): return naming("to_day")
        case (.booking, "day"): return naming("booking.day")
        // Tickets are of today, which no field says.
        case (.today, "day"): return naming("")
        case (.today(_, .reportTickets), "service"): return naming("tickets.service")
        default: break
        }
        return switch (reason, command) {
        case (.unknownOffice, .booking), (.unknownOffice, .reschedule): naming("booking.office")
        case (.unknownOffice, .changeOffice(let change)):
            change.change.officeField.map { naming($0) } ?? self
        case (.yearNotPublished, .hold): naming("day")
        case (.yearNotPublished, .reschedule): naming("to_day")
        case (.yearNotPublished, .booking): naming("booking.day")
        default: self
        }
    }

    func naming(fieldOf question: QueueQuestion) -> Refusal {
        switch (reason, question) {
        case (.unknownOffice, .booking): naming("booking.office")
        case (.yearNotPublished, .slots), (.yearNotPublished, .statistics): naming("from_day")
        case (.yearNotPublished, .firstFree): naming("from.day")
        case (.yearNotPublished, .day): naming("day")
        case (.yearNotPublished, .booking): naming("booking.day")
        default: self
        }
    }
}

extension OfficeChangeCommand.Change {
    /// The field that has the office of a change that needs one to be there.
    fileprivate var officeField: String? {
        switch self {
        case .put: nil
        case .close: "close.office"
        case .reopen: "reopen.office"
        case .recalculate: "recalculate"
        }
    }
}
