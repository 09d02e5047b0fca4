// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
public import Queue

/// Reads lines as tickets that a kiosk gave out: `17,acceptance,10:05`.
public struct TicketParser {
    private var isFirst = true

    public init() {}

    /// The ticket in a line; nil for a head line at the beginning and for empty lines.
    ///
    /// - Throws: what is expected of the line.
    public mutating func ticket(_ text: String, line: Int) throws(BadLine) -> ReportedTicket? {
        defer { isFirst = false }
        guard !text.allSatisfy(\.isWhitespace), !(isFirst && text.hasPrefix("number,")) else {
            return nil
        }
        let fields = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard fields.count == 3, let number = UInt16(fields[0]),
            (1...TicketLabel.numberLimit).contains(Int(number)),
            let service = ServiceID(fields[1]), let time = TimeOfDay(fields[2])
        else {
            throw BadLine(
                line: line,
                problem: "expected number,service,time as 17,acceptance,10:05, found "
                    + "'\(text.prefix(60))'")
        }
        return ReportedTicket(number: number, service: service, takenAt: time.second)
    }
}
