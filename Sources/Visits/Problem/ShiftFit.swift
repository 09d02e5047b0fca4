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

    init(draft: TableDraft, travel: UnsafeMutablePointer<Int32>) {
        shiftCount = draft.shifts.count
        table = [Bool](repeating: false, count: draft.visits.count * shiftCount)
        for (number, visit) in draft.visits.enumerated() {
            from.append(Int32(list.count))
            let named = Names(visit, draft.shiftIndex)
            for (index, shift) in draft.shifts.enumerated()
            where named.permit(index) && visit.skills.allSatisfy(shift.skills.contains)
                && Self.hasRoom(draft, number, index)
                && Self.hasTime(draft, travel, number, index)
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

    /// Whether the visit alone is within the hours; lunch is left out of account.
    private static func hasTime(
        _ draft: TableDraft, _ travel: UnsafeMutablePointer<Int32>, _ visit: Int, _ shift: Int
    ) -> Bool {
        let place = Int(draft.place[visit])
        let start = Int(draft.place[draft.visits.count + shift])
        let end = Int(draft.place[draft.visits.count + draft.shifts.count + shift])
        let earliest = draft.shiftOpens[shift] + travel[start * draft.stride + place]
        let back = draft.shiftCloses[shift] - travel[place * draft.stride + end]
        let latest = min(back, draft.due[visit]) - draft.service[visit]
        guard earliest <= latest else { return false }
        if draft.windowsFrom[visit] == draft.windowsTo[visit] {
            return draft.opens[visit] < draft.closes[visit]
        }
        return (Int(draft.windowsFrom[visit])..<Int(draft.windowsTo[visit])).contains {
            max(earliest, draft.windowStarts[$0]) <= min(latest, draft.windowEnds[$0])
        }
    }

    /// Whether every visit fits all shifts or none.
    var isUniform: Bool {
        from.indices.allSatisfy { to[$0] == from[$0] || Int(to[$0] - from[$0]) == shiftCount }
    }

    /// The shifts of each visit as bits, sixty-four in a word.
    func groups() -> ShiftBits {
        let words = max(1, (shiftCount + 63) / 64)
        var bits = [UInt64](repeating: 0, count: from.count * words)
        for visit in from.indices {
            for index in from[visit]..<to[visit] {
                let shift = Int(list[Int(index)])
                bits[visit * words + shift / 64] |= 1 << UInt64(shift % 64)
            }
        }
        return ShiftBits(words: words, bits: bits)
    }
}

/// Sets of shifts, one for each visit.
struct ShiftBits {
    let words: Int
    let bits: [UInt64]

    /// Whether the visits have a shift in common.
    func meet(_ one: Int, _ other: Int) -> Bool {
        bits.withUnsafeBufferPointer { bits in
            for word in 0..<words where bits[one * words + word] & bits[other * words + word] != 0 {
                return true
            }
            return false
        }
    }
}
