// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit

/// Messages of waiting lists with everything in them.
extension QueueExamples {
    static let waiting = WaitingID(office: office, date: day, number: 3)

    static let wishes: [WaitingWish] = [
        WaitingWish(date: day, from: .midnight, to: time("23:59:59"), who: .booking(booking)),
        WaitingWish(
            date: day, from: time("09:20"), to: time("09:20"),
            who: .person(
                .init(
                    office: office, service: acceptance, channel: .kiosk,
                    applicant: .iin(IIN("900101300017")!)))),
        WaitingWish(
            date: day, from: time("09:20"), to: time("11:00"),
            who: .person(
                .init(
                    office: office, service: issue, channel: .portal,
                    applicant: .reference("crm-4711")))),
    ]

    static func view(_ state: WaitingState, _ end: WaitingEnd? = nil) -> WaitingView {
        WaitingView(
            id: waiting, service: acceptance, from: time("09:20"), to: time("23:59"),
            channel: .office,
            state: state, end: end, ahead: 2, booking: state == .waiting ? booking : nil,
            offer: state == .offered ? view(Booking.State.offered) : nil,
            secret: state == .ended ? nil : secret)
    }

    static let places =
        WaitingState.allCases.filter { $0 != .ended }.map { view($0) }
        + WaitingEnd.allCases.map { view(.ended, $0) }
}
