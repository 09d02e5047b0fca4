// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import KezekTables

/// What the command line reads line by line: the first byte says as which table, the second in
/// chunks of which length it comes.
enum TableAttempts {
    static func table(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2 else { return }
        let data = Data(bytes.dropFirst(2))
        let lines = lines(data, chunk: max(1, Int(bytes[1])))
        let whole = self.lines(data, chunk: max(1, data.count))
        expect(lines == whole, "lines depend on the chunks in which they come")
        switch bytes[0] % 4 {
        case 0: acceptances(lines, .csv)
        case 1: acceptances(lines, .jsonl)
        case 2: bookings(lines)
        default: tickets(lines)
        }
        for line in lines { if case .success(let line) = line { fields(line.text) } }
    }

    private struct Line: Equatable {
        let number: Int
        let text: String
    }

    private static func lines(_ data: Data, chunk: Int) -> [Result<Line, BadLine>] {
        var left = data
        var reader = LineReader {
            defer { left = left.dropFirst(chunk) }
            return left.prefix(chunk)
        }
        var lines: [Result<Line, BadLine>] = []
        while let line = try? reader.next() {
            lines.append(line.map { Line(number: $0.number, text: $0.text) })
        }
        return lines
    }

    private static func acceptances(_ lines: [Result<Line, BadLine>], _ format: BulkFormat) {
        var parser = BulkParser(format: format)
        for case .success(let line) in lines {
            guard case .success(let row)? = parser.row(line.text, line: line.number) else {
                continue
            }
            expect(row.line == line.number, "a row has another line's number")
            // As the command writes its lines.
            if !row.object.isEmpty {
                let written = try? JSONSerialization.data(withJSONObject: row.object)
                expect(written != nil, "an object that was read cannot be written")
            }
        }
    }

    private static func bookings(_ lines: [Result<Line, BadLine>]) {
        var parser = BookingParser()
        for case .success(let line) in lines {
            guard let row = try? parser.row(line.text, line: line.number) else { continue }
            expect(
                (1...BookingParser.referenceLimit).contains(row.reference.utf8.count),
                "a reference is too long")
        }
    }

    private static func tickets(_ lines: [Result<Line, BadLine>]) {
        var parser = TicketParser()
        for case .success(let line) in lines {
            _ = try? parser.ticket(line.text, line: line.number)
        }
    }

    /// Fields that were read are written and read again as the same.
    private static func fields(_ text: String) {
        guard let fields = CSVLine.fields(of: text) else { return }
        let written = fields.map { CSVLine.text(of: $0) }.joined(separator: ",")
        expect(CSVLine.fields(of: written) == fields, "fields change as they are written and read")
    }
}
