// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Queue

/// Reads records as what became of a kiosk's numbers: `17,acceptance,10:05`, or `18,,` for a void one.
///
/// A fourth field is for what a ticket was given without a booking, where that takes a reason.
public struct TicketParser {
    private var isFirst = true

    public init() {}

    /// Whether a record looks like one of such a table.
    public static func isHead(_ fields: [String]) -> Bool { (3...4).contains(fields.count) }

    /// The ticket in a record; nil for a head at the beginning.
    ///
    /// - Throws: what is expected of the record.
    public mutating func ticket(_ record: CSVRecord) throws(BadLine) -> ReportedTicket? {
        defer { isFirst = false }
        let fields = record.fields.map(Self.trimmed)
        guard !(isFirst && fields.first == "number") else { return nil }
        let number = UInt16(fields[0]).flatMap {
            (1...TicketLabel.numberLimit).contains(Int($0)) ? $0 : nil
        }
        if let number, [["", ""], ["", "", ""]].contains(Array(fields.dropFirst())) {
            return ReportedTicket(void: number)
        }
        let code = fields.count == 4 ? fields[3] : ""
        let isCode = code.isEmpty || ListedCode(code) != nil
        guard (3...4).contains(fields.count), isCode, let number,
            let service = ServiceID(fields[1]),
            let time = TimeOfDay(fields[2])
        else {
            let found = record.text.prefix(60)
            let expected = "number,service,time"
            throw BadLine(
                record.line,
                kk: "\(expected) күтілді, мысалы 17,acceptance,10:05, жарамсыз нөмірге 17,,; "
                    + "«\(found)» табылды",
                ru: "ожидалось \(expected), например 17,acceptance,10:05, для недействительного "
                    + "номера 17,,; найдено «\(found)»",
                en: "expected \(expected) as 17,acceptance,10:05, or 17,, for a void number; "
                    + "found '\(found)'")
        }
        return ReportedTicket(
            number: number, service: service, takenAt: time.second, reason: ListedCode(code))
    }

    private static func trimmed(_ text: String) -> String {
        let text = text.drop(while: \.isWhitespace)
        return String(
            text[
                ..<(text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex)]
        )
    }
}
