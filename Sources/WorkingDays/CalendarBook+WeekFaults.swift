// SPDX-License-Identifier: Apache-2.0

import CivilTime

extension CalendarBook {
    /// Changes of weeks that contradict one another, take back nothing or change nothing.
    func weekFaults() -> [BookFault] {
        weeks.indices.flatMap { week in
            Dictionary(grouping: weeks[week].changes.indices) { weeks[week].changes[$0].from }
                .values.flatMap { histories(of: week, $0) }
                + weeks[week].changes.indices.compactMap { idle(week, $0) }
        }
    }

    /// Faults of the changes of one week that begin on one day.
    private func histories(of week: Int, _ group: [Int]) -> [BookFault] {
        let changes = weeks[week].changes
        let inOrder = group.sorted { (changes[$0].known, $0) < (changes[$1].known, $1) }
        var found: [BookFault] = []
        var (isInForce, before) = (false, Int?.none)
        for index in inOrder {
            if let before, changes[before].known == changes[index].known {
                found.append(.contradictingWeekChanges(week: week, index, other: before))
            } else if changes[index].rule == nil, !isInForce {
                found.append(.noWeekChangeToTakeBack(week: week, index))
            }
            (isInForce, before) = (changes[index].rule != nil, index)
        }
        return found
    }

    /// A change to the rule that holds already, as known when it became known.
    private func idle(_ week: Int, _ index: Int) -> BookFault? {
        let change = weeks[week].changes[index]
        guard let rule = change.rule, let eve = change.from.adding(days: -1),
            weeks[week].rule(on: eve, asKnownOn: change.known).isAs(rule)
        else { return nil }
        return .idleWeekChange(week: week, index)
    }
}
