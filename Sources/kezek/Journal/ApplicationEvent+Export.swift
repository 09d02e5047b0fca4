// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Foundation
import KezekWire
import Parties

extension ApplicationEvent {
    /// The event's name and fields as an export shows them.
    var exported: (name: String, fields: [String: String]) {
        var (name, fields) = named
        if let number { fields["number"] = "\(number)" }
        return (name, fields)
    }

    private var named: (String, [String: String]) {
        switch self {
        case .opened(let terms):
            ("opened", ["standard": terms.standard, "kind": terms.kind])
        case .accepted(let handIn, let due):
            ("accepted", handIn.exported.merging(due.exported) { $1 })
        case .declined(let handIn, let failing):
            (
                "declined",
                handIn.exported.merging(["failing": "\(failing.count)"]) { $1 }
            )
        case .suspended(_, let at, let review, let reason):
            ("suspended", ["at": "\(at)", "review": "\(review.at)", "reason": reason])
        case .reviewSet(_, let at, let review, let reason):
            ("review_set", ["at": "\(at)", "review": "\(review.at)", "reason": reason])
        case .resumed(_, let at, let due):
            ("resumed", due.exported.merging(["at": "\(at)"]) { $1 })
        case .completed(_, let at, let outcome, let storage):
            (
                "completed",
                [
                    "at": "\(at)", "kept": storage.map { "\($0.until.at)" } ?? "",
                    "ground": outcome.ground.map { "\($0)" } ?? "",
                ]
            )
        case .requested(_, let at, let redelivery):
            ("requested", ["at": "\(at)", "until": "\(redelivery.at)"])
        case .redelivered(_, let at, let storage):
            ("redelivered", ["at": "\(at)", "kept": storage.map { "\($0.until.at)" } ?? ""])
        case .withdrawn(_, let at, let reason):
            ("withdrawn", ["at": "\(at)", "reason": reason])
        case .clockMoved(_, let end): ("clock_moved", end.exported)
        case .termJudged(_, let end): ("term_judged", end.exported)
        default: told
        }
    }
}

extension ServiceOutcome {
    fileprivate var ground: UInt8? {
        if case .refused(let ground, _) = self { ground } else { nil }
    }
}

extension Deadline {
    fileprivate var exported: [String: String] {
        ["until": "\(at)", "calendar": calendarVersion, "asKnownOn": "\(asKnownOn)"]
    }
}

extension RegisteredHandIn {
    fileprivate var exported: [String: String] {
        [
            "at": "\(at)", "channel": "\(channel)", "group": "\(group)",
            "documents": "\(documents.count)", "ticket": ticket,
            "applicant": String(format: "%016lx%016lx", applicant.high, applicant.low),
        ]
    }
}
