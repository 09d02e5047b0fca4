// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Queue

/// Reads records as tickets that a kiosk gave out: `17,acceptance,10:05`.
public struct TicketParser {
    private var isFirst = true

    public init() {}

    /// Whether a record looks like one of such a table.
    public static func isHead(_ fields: [String]) -> Bool { fields.count == 3 }

    /// The ticket in a record; nil for a head at the beginning.
    ///
    /// - Throws: what is expected of the record.
    public mutating func ticket(_ record: CSVRecord) throws(BadLine) -> ReportedTicket? {
        defer { isFirst = false }
        let fields = record.fields.map(Self.trimmed)
        guard !(isFirst && fields.first == "number") else { return nil }
        guard fields.count == 3, let number = UInt16(fields[0]),
            (1...TicketLabel.numberLimit).contains(Int(number)),
            let service = ServiceID(fields[1]), let time = TimeOfDay(fields[2])
        else {
            let found = record.text.prefix(60)
            let expected = "number,service,time"
            throw BadLine(
                record.line,
                kk: "\(expected) күтілді, мысалы 17,acceptance,10:05, «\(found)» табылды",
                ru: "ожидалось \(expected), например 17,acceptance,10:05, найдено «\(found)»",
                en: "expected \(expected) as 17,acceptance,10:05, found '\(found)'")
        }
        return ReportedTicket(number: number, service: service, takenAt: time.second)
    }

    private static func trimmed(_ text: String) -> String {
        let text = text.drop(while: \.isWhitespace)
        return String(
            text[
                ..<(text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex)]
        )
    }
}
