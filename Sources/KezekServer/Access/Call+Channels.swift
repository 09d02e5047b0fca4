// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import KezekWire
import Queue
import Texts

extension Role {
    /// Through which channels the role may book, the first of them its own; none for who books nothing.
    ///
    /// Each system books by its own, so that none takes another's share; the office by all of them, as
    /// it keeps the books.
    var bookingChannels: [BookingChannel] {
        switch self {
        case .kiosk: [.kiosk]
        case .portal: [.portal]
        // Who calls books what is left for those who come or call.
        case .contactCentre: [.portal, .office]
        case .clerk, .office: BookingChannel.allCases
        case .dispatcher, .operator: []
        }
    }

    /// Whether the number of a booking, a ticket or a home visit is enough to act on it: the office keeps
    /// the books, and dispatchers the plans.
    var actsByNumber: Bool {
        switch self {
        case .clerk, .office, .dispatcher: true
        case .kiosk, .portal, .contactCentre, .operator: false
        }
    }

    /// For whom the role may give a booking up: only the office does so for itself.
    var cancellers: Set<Canceller> {
        switch self {
        case .kiosk, .portal, .contactCentre: [.applicant]
        case .clerk, .office: Set(Canceller.allCases)
        case .dispatcher, .operator: []
        }
    }
}

extension Call {
    /// Why a role may not make this call though it may make such calls; nil if it may.
    func overreach(_ role: Role, _ language: Language) -> Refusal? {
        switch self {
        case .command(_, .hold(let hold)) where !role.bookingChannels.contains(hold.channel):
            AccessWording.otherChannel(role, language)
        case .command(_, .booking(_, .cancel(let by, _))) where !role.cancellers.contains(by):
            AccessWording.otherCanceller(role, language)
        case .command(_, .joinWaitingList(let wish)): wish.overreach(role, language)
        default: nil
        }
    }
}

extension WaitingWish {
    /// Why a role may not wait through the channel; nil for whoever has a booking, which is of one.
    fileprivate func overreach(_ role: Role, _ language: Language) -> Refusal? {
        guard case .person(let person) = who, !role.bookingChannels.contains(person.channel) else {
            return nil
        }
        return AccessWording.otherChannel(role, language)
    }
}
