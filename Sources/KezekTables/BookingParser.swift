// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Queue

/// One booking that a table asks for.
public struct BookingRow: Hashable, Sendable {
    public let line: Int
    public let start: TimeOfDay
    public let service: ServiceID
    /// Whom another system knows by it, of at most ``BookingParser/referenceLimit`` bytes.
    public let reference: String
}

/// Reads the lines of a CSV table as bookings; the head names the columns.
public struct BookingParser {
    /// The longest reference, in bytes.
    public static let referenceLimit = 64

    private var head: [String]?

    public init() {}

    /// Whether the table's head line is still to come.
    public var lacksHead: Bool { head == nil }

    /// The row in a line; nil for the head line and for empty lines.
    ///
    /// - Throws: what is wrong with the line; without a head no later line can be read.
    public mutating func row(_ text: String, line: Int) throws(BadLine) -> BookingRow? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        guard let fields = CSVLine.fields(of: text) else {
            throw BadLine(line: line, problem: "a quote is opened and not closed")
        }
        guard let head else {
            try readHead(fields, line)
            return nil
        }
        return try row(fields, head, line)
    }

    private mutating func readHead(_ fields: [String], _ line: Int) throws(BadLine) {
        for column in ["start", "service", "reference"] where !fields.contains(column) {
            throw BadLine(
                line: line,
                problem: "the head line names no column '\(column)': "
                    + fields.joined(separator: ","))
        }
        head = fields
    }

    private func row(
        _ fields: [String], _ head: [String], _ line: Int
    ) throws(BadLine) -> BookingRow {
        func bad(_ problem: String) -> BadLine { BadLine(line: line, problem: problem) }
        guard fields.count == head.count else {
            throw bad("expected \(head.count) columns, found \(fields.count)")
        }
        // The head has each of them.
        func value(_ name: String) -> String { fields[head.firstIndex(of: name)!] }
        guard let start = TimeOfDay(value("start")) else {
            throw bad("start: expected a time as 10:00, found '\(value("start"))'")
        }
        guard let service = ServiceID(value("service")) else {
            throw bad("service: expected a service's name, found '\(value("service"))'")
        }
        let reference = value("reference")
        guard (1...Self.referenceLimit).contains(reference.utf8.count) else {
            throw bad("reference: expected 1 to \(Self.referenceLimit) bytes")
        }
        return BookingRow(line: line, start: start, service: service, reference: reference)
    }
}
