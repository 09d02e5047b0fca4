// SPDX-License-Identifier: Apache-2.0

/// The ways of a matrix as the search reads them; all problems with this matrix share them.
///
/// Places keep their rows; one more stands for "anywhere" and is no way from all.
final class WayTables: @unchecked Sendable {
    /// Places in a row of `from` and `to`.
    let stride: Int
    /// Travel times row by row, from the row's place and, transposed, to it.
    ///
    /// They are one table if every way is as long as the way back, as the search waits for memory most.
    let from: UnsafeMutablePointer<Int32>
    let to: UnsafeMutablePointer<Int32>

    /// Columns and rows that are compared or turned over at once, so that both stay in the cache.
    private static let block = 64

    var isSymmetric: Bool { to == from }

    /// The ways of so many places, row by row.
    init(size: Int, seconds: [Int32]) {
        stride = size + 1
        let stride = stride
        from = .allocate(capacity: stride * stride)
        let from = from
        seconds.withUnsafeBufferPointer { seconds in
            for row in 0..<size {
                let line = from + row * stride
                for column in 0..<size { line[column] = seconds[row * size + column] }
                // Whoever is there has no way, whatever a file says of it.
                line[row] = 0
                line[size] = 0
            }
        }
        (from + size * stride).initialize(repeating: 0, count: stride)
        let isSymmetric = Self.blocks(size).allSatisfy { rows, columns in
            rows.allSatisfy { row in
                columns.allSatisfy { from[row * stride + $0] == from[$0 * stride + row] }
            }
        }
        to = isSymmetric ? from : Self.turned(from, stride)
    }

    /// The ways of an earlier table and of more places, each with those to and from all before it.
    init(_ old: WayTables, adding ways: [TravelMatrix.Ways]) {
        let size = old.stride - 1
        stride = old.stride + ways.count
        from = Self.grown(old.from, size, ways.map(\.from), ways.map(\.to))
        if old.isSymmetric {
            let isSymmetric = ways.allSatisfy { $0.from == $0.to }
            to = isSymmetric ? from : Self.turned(from, stride)
        } else {
            to = Self.grown(old.to, size, ways.map(\.to), ways.map(\.from))
        }
    }

    deinit {
        from.deallocate()
        if to != from { to.deallocate() }
    }

    /// A table with more rows, and their columns.
    private static func grown(
        _ old: UnsafeMutablePointer<Int32>, _ size: Int, _ rows: [[Int32]], _ columns: [[Int32]]
    ) -> UnsafeMutablePointer<Int32> {
        let (before, stride) = (size + 1, size + rows.count + 1)
        let table = UnsafeMutablePointer<Int32>.allocate(capacity: stride * stride)
        for row in 0..<size {
            (table + row * stride).initialize(from: old + row * before, count: size)
        }
        for (number, line) in rows.enumerated() {
            let place = size + number
            (table + place * stride).initialize(repeating: 0, count: stride)
            for column in 0..<place { table[place * stride + column] = line[column] }
            for row in 0..<place { table[row * stride + place] = columns[number][row] }
        }
        for row in 0..<stride { table[row * stride + stride - 1] = 0 }
        (table + (stride - 1) * stride).initialize(repeating: 0, count: stride)
        return table
    }

    /// The table with its rows as columns.
    private static func turned(
        _ from: UnsafeMutablePointer<Int32>, _ stride: Int
    ) -> UnsafeMutablePointer<Int32> {
        let to = UnsafeMutablePointer<Int32>.allocate(capacity: stride * stride)
        for (rows, columns) in blocks(stride) {
            for row in rows {
                for column in columns {
                    to[row * stride + column] = from[column * stride + row]
                    to[column * stride + row] = from[row * stride + column]
                }
            }
        }
        return to
    }

    /// Pairs of stretches that cover each pair of numbers below `size` in at least one order.
    private static func blocks(_ size: Int) -> [(Range<Int>, Range<Int>)] {
        let starts = Array(Swift.stride(from: 0, to: size, by: block))
        return starts.flatMap { row in
            starts.prefix { $0 <= row }.map { column in
                (row..<min(size, row + block), column..<min(size, column + block))
            }
        }
    }
}
