// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// A stop in the plan, and whose it is.
struct Placed {
    let crew: CrewID
    let date: CivilDate
    let stop: AreaPlan.Stop
}

extension AreaPlan {
    /// Every stop at a visit, also where nobody was at home.
    func stops(_ number: UInt32) -> [Placed] {
        crewDays.flatMap { day in
            day.stops.filter { $0.kind == .visit(number) }
                .map { Placed(crew: day.crew, date: day.date, stop: $0) }
        }
    }

    /// The visit's own stop: that of the crew that told of it, else the last of them, if there is one more than crews were there in vain.
    func own(_ entry: Entry) -> Placed? {
        let stops = stops(entry.number)
        let attempts = entry.vain.filter { (0..<Int(days)).contains(from.days(until: $0)) }.count
        guard stops.count > attempts else { return nil }
        if let teller = entry.teller,
            let told = stops.last(where: { ($0.crew, $0.date) == teller })
        {
            return told
        }
        return stops.max { ($0.date, $0.stop.start) < ($1.date, $1.stop.start) }
    }

    func day(_ crew: CrewID, _ date: CivilDate) -> CrewDay? {
        crewDays.first { $0.crew == crew && $0.date == date }
    }
}
