// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Journal
import KezekClient
import Parties

/// What came of a command on home visits, as JSON, with the id under which it may be repeated.
struct VisitReceiptJSON: Encodable {
    struct Offered: Encodable {
        let window: VisitWindowJSON
        let crew: String
        let extraTravelSeconds: Int32
        let held: Bool
        let moved: Int32

        init(_ window: OfferedWindow, _ clock: AreaClock) {
            self.window = VisitWindowJSON(window.window, clock)
            crew = window.crew.description
            extraTravelSeconds = window.extraTravel
            held = window.isHeld
            moved = window.moved
        }
    }

    struct Refused: Encodable {
        let window: VisitWindowJSON
        let reason: String
        /// With `noSlack`.
        let missingSeconds: Int32?

        init(_ refused: RefusedWindow, _ clock: AreaClock) {
            window = VisitWindowJSON(refused.window, clock)
            reason = "\(refused.reason)"
            missingSeconds = refused.reason == .noSlack ? refused.missing : nil
        }
    }

    struct Offer: Encodable {
        let heldUntil: String
        let due: String
        let windows: [Offered]
        let refused: [Refused]
        /// Where the ways are from: `estimated`, `roads`, or `roadsMissing`.
        let ways: String?
    }

    struct Late: Encodable {
        let start: String
        let crew: String
    }

    struct Unkept: Encodable {
        let visit: String
        let promise: VisitWindowJSON
        let late: Late?
        let alternatives: [Offered]
    }

    struct Replan: Encodable {
        let published: Bool
        let travelSecondsBefore: Int64
        let travelSecondsAfter: Int64
        let moved: Int32
        let regained: Int32
    }

    let requestId: String
    let area: String
    let revision: UInt32
    let visit: String?
    let state: String?
    let promise: VisitWindowJSON?
    let offer: Offer?
    let unkept: [Unkept]
    let replan: Replan?
    /// The visit with its secret, for its applicant.
    let link: String?

    init(_ receipt: VisitReceipt, _ id: RequestID, _ clock: AreaClock) {
        requestId = id.hex
        area = receipt.area.description
        revision = receipt.revision
        link = receipt.visit.flatMap { visit in
            receipt.secret.map { VisitReference(visit, $0).description }
        }
        visit = receipt.visit?.description
        state = receipt.state.map { "\($0)" }
        promise = receipt.promise.map { VisitWindowJSON($0, clock) }
        offer = receipt.offer.map { offer in
            Offer(
                heldUntil: clock.stamp(offer.until), due: clock.stamp(offer.due),
                windows: offer.windows.map { Offered($0, clock) },
                refused: offer.refused.map { Refused($0, clock) },
                ways: offer.ways.map { "\($0)" })
        }
        unkept = receipt.unkept.map { unkept in
            Unkept(
                visit: "\(receipt.area)/\(unkept.number)",
                promise: VisitWindowJSON(unkept.promise, clock),
                late: unkept.late.map {
                    Late(start: clock.stamp($0.start), crew: $0.crew.description)
                },
                alternatives: unkept.alternatives.map { Offered($0, clock) })
        }
        replan = receipt.replan.map {
            Replan(
                published: $0.isPublished, travelSecondsBefore: $0.travelBefore,
                travelSecondsAfter: $0.travelAfter, moved: $0.moved, regained: $0.regained)
        }
    }
}
