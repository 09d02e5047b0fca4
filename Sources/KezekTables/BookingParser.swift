// SPDX-License-Identifier: Apache-2.0

import CallLimits
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

/// Reads the records of a CSV table as bookings; the head names the columns.
public struct BookingParser {
    /// The longest reference, in bytes.
    public static let referenceLimit = CallLimit.referenceBytes

    private static let columns = ["start", "service", "reference"]
    private var head: [String]?

    public init() {}

    /// Whether a record is the head of such a table.
    public static func isHead(_ fields: [String]) -> Bool { columns.allSatisfy(fields.contains) }

    /// Whether the table's head is still to come.
    public var lacksHead: Bool { head == nil }

    /// The row in a record; nil for the head.
    ///
    /// - Throws: what is wrong with the record; without a head no later one can be read.
    public mutating func row(_ record: CSVRecord) throws(BadLine) -> BookingRow? {
        guard let head else {
            for column in Self.columns {
                switch record.fields.filter({ $0 == column }).count {
                case 0: throw .lacks(column, in: record.text, record.line)
                case 1: break
                default: throw .twice(column, record.line)
                }
            }
            self.head = record.fields
            return nil
        }
        return try row(record, head)
    }

    private func row(_ record: CSVRecord, _ head: [String]) throws(BadLine) -> BookingRow {
        let (line, fields) = (record.line, record.fields)
        guard fields.count == head.count else {
            throw .columns(line, found: fields.count, expected: head.count)
        }
        // The head has each of them.
        func value(_ name: String) -> String { fields[head.firstIndex(of: name)!] }
        guard let start = TimeOfDay(value("start")) else {
            throw BadLine(
                line, kk: "start: уақыт күтілді, мысалы 10:00, «\(value("start"))» табылды",
                ru: "start: ожидалось время, например 10:00, найдено «\(value("start"))»",
                en: "start: expected a time as 10:00, found '\(value("start"))'")
        }
        guard let service = ServiceID(value("service")) else {
            throw BadLine(
                line, kk: "service: қызметтің атауы күтілді, «\(value("service"))» табылды",
                ru: "service: ожидалось имя услуги, найдено «\(value("service"))»",
                en: "service: expected a service's name, found '\(value("service"))'")
        }
        let reference = value("reference")
        guard (1...Self.referenceLimit).contains(reference.utf8.count) else {
            throw BadLine(
                line, kk: "reference: 1–\(Self.referenceLimit) байт күтілді",
                ru: "reference: ожидалось от 1 до \(Self.referenceLimit) байт",
                en: "reference: expected 1 to \(Self.referenceLimit) bytes")
        }
        return BookingRow(line: line, start: start, service: service, reference: reference)
    }
}
