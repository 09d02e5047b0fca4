// SPDX-License-Identifier: Apache-2.0

extension ProblemTables {
    /// Lists the visits nearest to one, there and back, among those that `belongs` says yes to.
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

    /// The row of a place in one of the two travel tables.
    @inline(__always)
    func row(_ table: UnsafeMutablePointer<Int32>, _ place: Int32) -> UnsafeMutablePointer<Int32> {
        table + Int(place) &* stride
    }
}
