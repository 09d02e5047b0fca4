// SPDX-License-Identifier: Apache-2.0

extension ProblemTables {
    /// Lists the visits nearest to one, there and back, among those that share a shift with it.
    func findNear(_ visit: Int, _ groups: ShiftBits) {
        findNear(visit) { groups.meet(visit, $0) }
        findLikely(visit) { groups.meet(visit, $0) }
    }

    /// Lists the visits nearest to one among those that `belongs` says yes to.
    func findNear(_ visit: Int, belongs: (Int) -> Bool) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.nearLimit) { ways in
            let list = near + visit * Self.nearLimit
            let (there, back) = (row(from, place[visit]), row(to, place[visit]))
            var count = 0
            for other in 0..<visitCount where other != visit {
                let column = Int(place[other])
                let way = there[column] &+ back[column]
                if count == Self.nearLimit, way >= ways[count - 1] { continue }
                guard belongs(other) else { continue }
                var index = count < Self.nearLimit ? count : count - 1
                while index > 0, ways[index - 1] > way {
                    ways[index] = ways[index - 1]
                    list[index] = list[index - 1]
                    index -= 1
                }
                ways[index] = way
                list[index] = Int32(other)
                count = min(count + 1, Self.nearLimit)
            }
            nearCount[visit] = Int32(count)
        }
    }

    /// Lists the visits that are likely to come right before or behind one on a route.
    ///
    /// Beside the way it counts the waiting between the two, a fifth of it, and the lateness,
    /// both at their least (after Vidal and others, Computers & Operations Research 40, 2013).
    func findLikely(_ visit: Int, belongs: (Int) -> Bool) {
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: Self.likelyLimit) { ways in
            let list = likely + visit * Self.likelyLimit
            var count = 0
            for other in 0..<visitCount where other != visit {
                let way = min(unlikeliness(visit, other), unlikeliness(other, visit))
                if count == Self.likelyLimit, way >= ways[count - 1] { continue }
                guard belongs(other) else { continue }
                var index = count < Self.likelyLimit ? count : count - 1
                while index > 0, ways[index - 1] > way {
                    ways[index] = ways[index - 1]
                    list[index] = list[index - 1]
                    index -= 1
                }
                ways[index] = way
                list[index] = Int32(other)
                count = min(count + 1, Self.likelyLimit)
            }
            likelyCount[visit] = Int32(count)
        }
    }

    private func unlikeliness(_ one: Int, _ next: Int) -> Int64 {
        let way = Int64(row(from, place[one])[Int(place[next])])
        let taken = Int64(service[one]) + way
        let waiting = max(0, Int64(opens[next]) - taken - Int64(closes[one]))
        let lateness = max(0, Int64(max(opens[one], 0)) + taken - Int64(closes[next]))
        return way * 5 + waiting + lateness * 5
    }

    /// The row of a place in one of the two travel tables.
    @inline(__always)
    func row(_ table: UnsafeMutablePointer<Int32>, _ place: Int32) -> UnsafeMutablePointer<Int32> {
        table + Int(place) &* stride
    }
}
