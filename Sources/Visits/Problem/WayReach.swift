// SPDX-License-Identifier: Apache-2.0

/// How long a way is at least, directly or over other places.
///
/// A direct way may be longer than one over another place, such as where a road is closed.
final class WayReach {
    private let size: Int
    private let stride: Int
    private let travel: UnsafeMutablePointer<Int32>
    /// Per place: the shortest way from it to another place, and to it from another.
    private lazy var shortest = findShortest()

    init(_ draft: TableDraft, _ travel: UnsafeMutablePointer<Int32>) {
        size = draft.travel.size
        stride = draft.stride
        self.travel = travel
    }

    /// The direct way.
    func direct(_ from: Int32, _ to: Int32) -> Int32 { travel[Int(from) * stride + Int(to)] }

    /// A bound: a way over others has a first part and a last, each no shorter than the shortest there is.
    func least(_ from: Int32, _ to: Int32) -> Int32 {
        let direct = direct(from, to)
        guard from < size, to < size, from != to else { return direct }
        return min(direct, shortest.from[Int(from)] + shortest.to[Int(to)])
    }

    private func findShortest() -> (from: [Int32], to: [Int32]) {
        var from = [Int32](repeating: Int32(TravelMatrix.longest), count: size)
        var to = from
        for row in 0..<size {
            let line = travel + row * stride
            for column in 0..<size where column != row {
                from[row] = min(from[row], line[column])
                to[column] = min(to[column], line[column])
            }
        }
        return (from, to)
    }
}
