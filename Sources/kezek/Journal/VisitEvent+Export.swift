// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeVisits
import KezekWire
import Parties
import Visits

extension VisitEvent {
    /// The event's name and fields as an export shows them; of a visit's person nothing.
    ///
    /// Those of which each part is one text are told by the names of the records.
    var exported: (name: String, fields: [String: String]) {
        switch self {
        case .described(let area):
            ("area_described", ["crews": "\(area.crews.count)", "needs": "\(area.needs.count)"])
        case .asked(let visit): ("asked", visit.exported)
        case .offered(let number, let offer):
            (
                "offered",
                [
                    "number": "\(number)", "until": "\(offer.until)",
                    "windows": "\(offer.windows.count)",
                    "held": "\(offer.windows.count { $0.isHeld })",
                ]
            )
        case .promised(let number, let window):
            ("promised", window.exported.merging(["number": "\(number)"]) { $1 })
        case .cancelled(let number, let by, let reason):
            ("cancelled", ["number": "\(number)", "by": "\(by)", "reason": reason])
        case .reported(let number, let report):
            ("reported", ["number": "\(number)"].merging(report.exported) { $1 })
        case .roadClosed(let closure):
            (
                "road_closed",
                [
                    "name": "\(closure.name)", "radius": "\(closure.radius)",
                    "extra": "\(closure.extra)",
                ]
            )
        case .roadOpened(let name): ("road_opened", ["name": "\(name)"])
        case .unkept(let unkept):
            ("unkept", unkept.promise.exported.merging(["number": "\(unkept.number)"]) { $1 })
        case .routed(let changes):
            (
                "routed",
                [
                    "shifts": changes.map { "\($0.shift.number)" }.joined(separator: " "),
                    "stops": changes.map { "\($0.stops.count)" }.joined(separator: " "),
                ]
            )
        case .progressed(let shift, let stops):
            ("progressed", ["shift": "\(shift.number)", "stops": "\(stops.count)"])
        case .replanned(let figures):
            (
                "replanned",
                [
                    "published": "\(figures.isPublished)", "moved": "\(figures.moved)",
                    "before": "\(figures.travelBefore)", "after": "\(figures.travelAfter)",
                ]
            )
        default: told
        }
    }
}

extension AskedVisit {
    fileprivate var exported: [String: String] {
        [
            "number": "\(number)", "service": "\(service)", "setup": "\(setup)", "due": "\(due)",
            "needs": needs.map(\.description).joined(separator: " "),
            "avoided": avoided.map(\.description).joined(separator: " "),
            "applicant": String(format: "%016lx%016lx", applicant.high, applicant.low),
        ]
    }
}

extension VisitWindow {
    fileprivate var exported: [String: String] { ["start": "\(start)", "end": "\(end)"] }
}

extension VisitReport {
    fileprivate var exported: [String: String] {
        switch self {
        case .underWay: ["report": "under_way"]
        case .arrived: ["report": "arrived"]
        case .done: ["report": "done"]
        case .nobodyHome: ["report": "nobody_home"]
        case .longer(let minutes): ["report": "longer", "minutes": "\(minutes)"]
        }
    }
}
