// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// The plan of an area as it was told, with what has changed since.
struct PlanPicture {
    private(set) var plan: AreaPlan?

    mutating func apply(_ change: AreaPlan) {
        guard let plan, !change.isWhole else {
            self.plan = change
            return
        }
        var crewDays = plan.crewDays
        for day in change.crewDays {
            if let index = crewDays.firstIndex(where: { $0.date == day.date && $0.crew == day.crew }
            ) {
                crewDays[index] = day
            } else {
                crewDays.append(day)
            }
        }
        // In order of dates; those of one date in the order in which they were told.
        let order = crewDays.enumerated().sorted {
            ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
        }
        var visits = Dictionary(uniqueKeysWithValues: plan.visits.map { ($0.id.number, $0) })
        for visit in change.visits { visits[visit.id.number] = visit }
        self.plan = AreaPlan(
            area: change.area, revision: change.revision, isWhole: true, from: change.from,
            days: change.days, crewDays: order.map(\.element),
            visits: visits.values.sorted { $0.id.number < $1.id.number }, at: change.at)
    }
}

extension AreaPlan {
    /// The dates that it covers, both ends included.
    var dates: ClosedRange<CivilDate> {
        from...max(from, from.adding(days: Int(days) - 1) ?? from)
    }

    /// The crews' days from a date on, and all the visits.
    func cut(from first: CivilDate?, days: Int) -> AreaPlan {
        let first = first ?? from
        return AreaPlan(
            area: area, revision: revision, isWhole: isWhole, from: first, days: Int32(days),
            crewDays: crewDays.filter { (0..<days).contains(first.days(until: $0.date)) },
            visits: visits, at: at)
    }

    /// Promised visits for which there is no place any more.
    var unkept: [VisitView] { visits.filter { $0.isUnkept && !$0.state.isOver } }

    /// Visits that wait for somebody to offer or choose a window.
    var waiting: [VisitView] {
        visits.filter {
            !$0.isUnkept && ($0.state == .requested || $0.state == .held || $0.state == .failed)
        }
    }
}
