// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A map read again from its picture or its page, as somebody reads it who points at each mark.
struct DrawnMap {
    struct Stop: Hashable {
        let crew: String
        /// The so-many-th of the map's days, from 0.
        let day: Int
        /// The so-many-th of its route, from 1.
        let number: Int
        let visit: Int
        /// From when to when, and what was promised, as the map has it.
        let times: String
        let promised: String?
        let isLate: Bool
    }

    /// In the order of days, crews and routes.
    let stops: [Stop]
    /// Visits that are drawn as nobody's.
    let unassigned: Set<Int>

    /// Reads the text of a map; nil if a mark says something that is not understood.
    init?(_ text: String) {
        var stops: [Stop] = []
        for route in text.components(separatedBy: "<g class=\"c").dropFirst() {
            guard let day = route.firstMatch(of: /^[0-9]+ d([0-9]+)"/).flatMap({ Int($0.1) }) else {
                return nil
            }
            // A route ends where its last mark does.
            for mark in route.matches(of: /<g class="s(?: l)?"><title>([^<]*)<\/title>/) {
                for title in mark.1.components(separatedBy: "\n\n") {
                    guard let stop = Self.stop(title, day) else { return nil }
                    stops.append(stop)
                }
            }
        }
        self.stops = stops.sorted { ($0.day, $0.crew, $0.number) < ($1.day, $1.crew, $1.number) }
        let nobodys = text.matches(
            of: /<path class="u"[^>]*><title>visit ([0-9]+),[^<]*unassigned<\/title>/)
        unassigned = Set(nobodys.compactMap { Int($0.1) })
    }

    /// A mark's words, such as `crew-1, 2: visit 17, block 3`, and below them its times.
    private static func stop(_ title: String, _ day: Int) -> Stop? {
        let lines = title.components(separatedBy: "\n")
        guard lines.count > 1,
            let head = lines[0].wholeMatch(of: /(.+), ([0-9]+): visit ([0-9]+)(?:, .*)?/),
            let number = Int(head.2), let visit = Int(head.3)
        else { return nil }
        let promised = lines.first { $0.hasPrefix("promised ") }.map { $0.dropFirst(9) }
        return Stop(
            crew: String(head.1), day: day, number: number, visit: visit, times: lines[1],
            promised: promised.map(String.init), isLate: lines.contains("LATE"))
    }
}
