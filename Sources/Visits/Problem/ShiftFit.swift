// SPDX-License-Identifier: Apache-2.0

/// Which shifts could pay which visits, were nothing else planned.
struct ShiftFit {
    /// Per visit and shift.
    var table: [Bool]
    /// The same as lists: where those of a visit begin and end in `list`.
    var from: [Int32] = []
    var to: [Int32] = []
    var list: [Int32] = []
    let shiftCount: Int

    /// `travel` has the ways of each profile.
    init(draft: TableDraft, travel: [UnsafeMutablePointer<Int32>]) {
        let reaches = travel.map { WayReach(draft, $0) }
        shiftCount = draft.shifts.count
        table = [Bool](repeating: false, count: draft.visits.count * shiftCount)
        // Visits ask for the same few sets of skills.
        var skilled: [[Skill]: [Bool]] = [:]
        for (number, visit) in draft.visits.enumerated() {
            from.append(Int32(list.count))
            let named = Names(visit, draft.shiftIndex)
            let isSkilled =
                skilled[visit.skills]
                ?? draft.shifts.map { visit.skills.allSatisfy($0.skills.contains) }
            skilled[visit.skills] = isSkilled
            for index in 0..<shiftCount
            where isSkilled[index] && named.permit(index)
                && Self.hasRoom(draft, number, index)
                && Self.hasTime(draft, reaches[draft.shifts[index].profile], number, index)
            {
                table[number * shiftCount + index] = true
                list.append(Int32(index))
            }
            to.append(Int32(list.count))
        }
    }

    /// The shifts that a visit names, as sets to look up.
    private struct Names {
        let avoided: Set<Int>
        let allowed: Set<Int>?
        let promised: Set<Int>?

        init(_ visit: Visit, _ index: [ShiftID: Int]) {
            avoided = Set(visit.avoided.map { index[$0]! })
            allowed = visit.allowed.map { Set($0.map { index[$0]! }) }
            let shifts = visit.promise?.shifts ?? []
            promised = shifts.isEmpty ? nil : Set(shifts.map { index[$0]! })
        }

        func permit(_ shift: Int) -> Bool {
            !avoided.contains(shift) && allowed?.contains(shift) ?? true
                && promised?.contains(shift) ?? true
        }
    }

    private static func hasRoom(_ draft: TableDraft, _ visit: Int, _ shift: Int) -> Bool {
        (0..<draft.dimensions).allSatisfy {
            draft.demand[visit * draft.dimensions + $0]
                <= draft.capacity[shift * draft.dimensions + $0]
        }
    }

    /// Whether the visit is within the hours, alone or on a way over others; lunch and their services are
    /// left out of account.
    private static func hasTime(
        _ draft: TableDraft, _ reach: WayReach, _ visit: Int, _ shift: Int
    ) -> Bool {
        let (place, ends) = (draft.place[visit], draft.ends(of: shift))
        func hasTime(_ there: Int32, _ back: Int32) -> Bool {
            let earliest = max(draft.shiftOpens[shift], draft.shiftBase[shift] + there)
            let home = draft.shiftCloses[shift] - back
            let latest = min(home, draft.due[visit]) - draft.service[visit]
            guard earliest <= latest else { return false }
            if draft.windowsFrom[visit] == draft.windowsTo[visit] {
                return draft.opens[visit] < draft.closes[visit]
            }
            return (Int(draft.windowsFrom[visit])..<Int(draft.windowsTo[visit])).contains {
                max(earliest, draft.windowStarts[$0]) <= min(latest, draft.windowEnds[$0])
            }
        }
        if hasTime(reach.direct(ends.start, place), reach.direct(place, ends.end)) { return true }
        // What there is no time for without any way needs no look at the ways.
        guard hasTime(0, 0) else { return false }
        return hasTime(reach.least(ends.start, place), reach.least(place, ends.end))
    }

    /// Whether every visit fits all shifts or none.
    var isUniform: Bool {
        from.indices.allSatisfy { to[$0] == from[$0] || Int(to[$0] - from[$0]) == shiftCount }
    }
}
