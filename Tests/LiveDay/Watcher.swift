// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// Somebody who is told of each change, and knows the plan by that alone.
struct Watcher {
    private struct Key: Hashable {
        let crew: CrewID
        let date: CivilDate
    }

    private var days: [Key: AreaPlan.CrewDay] = [:]
    private var visits: [UInt32: VisitView] = [:]
    private(set) var seen: UInt32 = 0

    /// A visit as it is shown; nil for one that was never told.
    func visit(_ number: UInt32) -> VisitView? { visits[number] }

    mutating func hear(_ news: AreaPlan) {
        if news.isWhole { (days, visits) = ([:], [:]) }
        for day in news.crewDays { days[Key(crew: day.crew, date: day.date)] = day }
        for visit in news.visits { visits[visit.id.number] = visit }
        seen = news.revision
    }

    /// What it knows otherwise than the whole plan has it.
    func differences(_ plan: AreaPlan) -> [String] {
        // That something has begun comes with time alone.
        func times(_ day: AreaPlan.CrewDay?) -> [[Int64]] {
            (day?.stops ?? []).map { [$0.arrival, $0.start, $0.end] } + [[day?.back ?? 0]]
        }
        var found: [String] = []
        for day in plan.crewDays {
            let known = days[Key(crew: day.crew, date: day.date)]
            // Of a day that has just come within reach nothing was told, if there is nothing.
            if times(known) != times(day) || known?.stops.map(\.kind) ?? [] != day.stops.map(\.kind)
                || known?.isAbsent ?? false != day.isAbsent
            {
                found.append("whoever watches sees another day of \(day.crew) on \(day.date)")
            }
        }
        for visit in plan.visits where visits[visit.id.number] != visit {
            found.append("whoever watches knows \(visit.id) otherwise")
        }
        return found
    }
}
