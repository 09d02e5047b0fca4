// SPDX-License-Identifier: Apache-2.0

import Texts

/// The stated distances of a VRPLIB text while they are read, in one of TSPLIB's orders.
struct WeightMatrix {
    /// A triangle is symmetric, so one by columns is the other by rows.
    private enum Shape {
        case full
        case lower(withDiagonal: Bool)
        case upper(withDiagonal: Bool)
    }

    private static let shapes: [String: Shape] = [
        "FULL_MATRIX": .full,
        "LOWER_ROW": .lower(withDiagonal: false), "UPPER_COL": .lower(withDiagonal: false),
        "LOWER_DIAG_ROW": .lower(withDiagonal: true), "UPPER_DIAG_COL": .lower(withDiagonal: true),
        "UPPER_ROW": .upper(withDiagonal: false), "LOWER_COL": .upper(withDiagonal: false),
        "UPPER_DIAG_ROW": .upper(withDiagonal: true), "LOWER_DIAG_COL": .upper(withDiagonal: true),
    ]

    private let shape: Shape
    private let size: Int
    private let expected: Int
    private var numbers: [Double] = []

    init(_ format: String, size: Int, line: Int) throws(VisitFileFault) {
        guard let shape = Self.shapes[format] else {
            throw VisitFileFault(
                line: line,
                "EDGE_WEIGHT_FORMAT must stand above and be one of "
                    + "\(Self.shapes.keys.sorted().joined(separator: ", "))")
        }
        guard size <= VisitFileLimits.statedNodes else {
            throw VisitFileFault(
                line: line, "more than \(VisitFileLimits.statedNodes) nodes with stated distances")
        }
        self.shape = shape
        self.size = size
        expected =
            switch shape {
            case .full: size * size
            case .lower(let diagonal), .upper(let diagonal):
                size * (diagonal ? size + 1 : size - 1) / 2
            }
    }

    mutating func take(_ values: [Double], line: Int) throws(VisitFileFault) {
        guard numbers.count + values.count <= expected else {
            throw VisitFileFault(
                line: line, "EDGE_WEIGHT_SECTION has more than the \(expected) numbers it needs")
        }
        guard values.allSatisfy({ $0 >= 0 }) else {
            throw VisitFileFault(line: line, "a distance must not be negative")
        }
        numbers += values
    }

    /// All distances row by row; none from a node to itself.
    func finished() throws(VisitFileFault) -> [Double] {
        guard numbers.count == expected else {
            throw VisitFileFault(
                "EDGE_WEIGHT_SECTION has \(numbers.count) numbers, \(expected) are expected")
        }
        var all = [Double](repeating: 0, count: size * size)
        var next = 0
        for row in 0..<size {
            let columns: Range<Int> =
                switch shape {
                case .full: 0..<size
                case .lower(let diagonal): 0..<(diagonal ? row + 1 : row)
                case .upper(let diagonal): (diagonal ? row : row + 1)..<size
                }
            for column in columns {
                if row != column {
                    all[row * size + column] = numbers[next]
                    if case .full = shape {} else { all[column * size + row] = numbers[next] }
                }
                next += 1
            }
        }
        return all
    }
}
