// SPDX-License-Identifier: Apache-2.0

/// Visits near a visit, the nearest first; those that no shift could pay too are left out.
///
/// A visit's list is made when it is first asked for: most searches end long before they need all.
final class NearVisits {
    private static let limit = 160

    private let tables: ProblemTables
    private let lists: UnsafeMutablePointer<Int32>
    /// How many of the `limit` places of a visit's list are filled; -1 for a list that is not made.
    private let counts: UnsafeMutablePointer<Int32>
    private lazy var shifts = ShiftBits(tables)

    init(_ tables: ProblemTables) {
        self.tables = tables
        lists = .allocate(capacity: max(1, tables.visitCount * Self.limit))
        counts = RouteState.table(tables.visitCount, -1)
    }

    deinit {
        lists.deallocate()
        counts.deallocate()
    }

    @inline(__always)
    func list(of visit: Int) -> UnsafeBufferPointer<Int32> {
        if counts[visit] < 0 { find(visit) }
        return UnsafeBufferPointer(
            start: lists + visit &* Self.limit,
            count: Int(truncatingIfNeeded: counts[visit]))
    }

    /// Makes the list of a visit, by the ways there and back.
    private func find(_ visit: Int) {
        let shifts = shifts
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.limit) { ways in
            let list = lists + visit * Self.limit
            let place = tables.place[visit]
            let (there, back) = (tables.row(tables.from, place), tables.row(tables.to, place))
            var count = 0
            for other in 0..<tables.visitCount where other != visit {
                let column = Int(tables.place[other])
                let way = there[column] &+ back[column]
                if count == Self.limit, way >= ways[count - 1] { continue }
                guard shifts.meet(visit, other) else { continue }
                var index = count < Self.limit ? count : count - 1
                while index > 0, ways[index - 1] > way {
                    ways[index] = ways[index - 1]
                    list[index] = list[index - 1]
                    index -= 1
                }
                ways[index] = way
                list[index] = Int32(other)
                count = min(count + 1, Self.limit)
            }
            counts[visit] = Int32(count)
        }
    }
}

/// The shifts that could pay each visit as bits, sixty-four in a word.
private struct ShiftBits {
    private let words: Int
    private var bits: [UInt64]

    init(_ tables: ProblemTables) {
        words = max(1, (tables.shiftCount + 63) / 64)
        bits = [UInt64](repeating: 0, count: tables.visitCount * words)
        for visit in 0..<tables.visitCount {
            for index in tables.shiftListFrom[visit]..<tables.shiftListTo[visit] {
                let shift = Int(tables.shiftList[Int(index)])
                bits[visit * words + shift / 64] |= 1 << UInt64(shift % 64)
            }
        }
    }

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
