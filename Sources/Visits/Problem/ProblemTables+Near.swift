// SPDX-License-Identifier: Apache-2.0

/// Where the neighbours of a visit go, and how many there may be.
struct NearList {
    let visits: UnsafeMutablePointer<Int32>
    let limit: Int
}

extension ProblemTables {
    /// Lists the visits nearest to one by some measure, among those that `belongs` says yes to.
    ///
    /// Returns how many there are.
    func fill(
        _ list: NearList, _ visit: Int, _ belongs: (Int) -> Bool, by measure: (Int, Int) -> Int32
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: list.limit) { ways in
            var count = 0
            for other in 0..<visitCount where other != visit {
                let way = measure(visit, other)
                if count == list.limit, way >= ways[count - 1] { continue }
                guard belongs(other) else { continue }
                var index = count < list.limit ? count : count - 1
                while index > 0, ways[index - 1] > way {
                    ways[index] = ways[index - 1]
                    list.visits[index] = list.visits[index - 1]
                    index -= 1
                }
                ways[index] = way
                list.visits[index] = Int32(other)
                count = min(count + 1, list.limit)
            }
            return Int32(count)
        }
    }

    /// The way there and back.
    @inline(__always)
    func roundTrip(_ one: Int, _ other: Int) -> Int32 {
        let column = Int(place[other])
        return row(from, place[one])[column] &+ row(to, place[one])[column]
    }

    /// What it is to pay one visit just after the other, in the better order: the way, a fifth of the
    /// waiting that the windows force, and all that comes too late for them.
    @inline(__always)
    func detour(_ one: Int, _ other: Int) -> Int32 {
        min(following(one, other), following(other, one))
    }

    @inline(__always)
    private func following(_ one: Int, _ other: Int) -> Int32 {
        let way = row(from, place[one])[Int(place[other])]
        let spent = service[one] &+ way
        let waiting = max(0, opens[other] &- spent &- closes[one])
        let lateness = max(0, opens[one] &+ spent &- closes[other])
        return way &+ min(waiting, Self.never / 4) / 5 &+ min(lateness, Self.never / 4)
    }

    /// The row of a place in one of the two travel tables.
    @inline(__always)
    func row(_ table: UnsafeMutablePointer<Int32>, _ place: Int32) -> UnsafeMutablePointer<Int32> {
        table + Int(place) &* stride
    }
}
