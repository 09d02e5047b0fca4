// SPDX-License-Identifier: Apache-2.0

/// A table for people: as wide as its words, with a head.
struct QueueTable {
    private let head: [String]
    /// Columns of figures, which end below each other.
    private let figures: Set<Int>
    private var rows: [[String]] = []

    init(_ head: [String], figures: Set<Int> = []) {
        self.head = head
        self.figures = figures
    }

    /// A head as one text, with bars between its columns.
    init(_ head: String, figures: Set<Int> = []) {
        self.init(head.split(separator: "|").map(String.init), figures: figures)
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var lines: [String] {
        let widths = head.indices.map { column in
            ([head] + rows).reduce(0) { max($0, $1[column].count) }
        }
        func line(_ row: [String]) -> String {
            let cells = row.indices.map { column in
                figures.contains(column)
                    ? row[column].leftPadded(widths[column]) : row[column].padded(widths[column])
            }
            return cells.joined(separator: "  ").withoutTrailingSpaces
        }
        return [Terminal.styled(line(head), .bold)] + rows.map(line)
    }
}
