// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation

@testable import KezekTables

/// What the command line reads record by record: the first byte says as which table, the second in
/// chunks of which length it comes.
enum TableAttempts {
    static func table(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2 else { return }
        let data = Data(bytes.dropFirst(2))
        let chunk = max(1, Int(bytes[1]))
        expect(
            lines(data, chunk: chunk) == lines(data, chunk: max(1, data.count)),
            "lines depend on the chunks in which they come")
        switch bytes[0] % 4 {
        case 0: acceptances(data, chunk, .csv)
        case 1: acceptances(data, chunk, .jsonl)
        case 2: bookings(data, chunk)
        default: tickets(data, chunk)
        }
    }

    private static func input(_ data: Data, chunk: Int) -> ByteInput {
        var left = data
        return ByteInput {
            defer { left = left.dropFirst(chunk) }
            return left.prefix(chunk)
        }
    }

    private struct Line: Equatable {
        let number: Int
        let text: String
    }

    private static func lines(_ data: Data, chunk: Int) -> [Result<Line, BadLine>] {
        var reader = LineReader(input(data, chunk: chunk))
        var lines: [Result<Line, BadLine>] = []
        while let line = try? reader.next() {
            lines.append(line.map { Line(number: $0.number, text: $0.text) })
        }
        return lines
    }

    /// The records of a table, which do not depend on the chunks; each is written and read as the same.
    private static func records(
        _ data: Data, _ chunk: Int, _ isHead: ([String]) -> Bool
    ) -> [CSVRecord] {
        func read(_ chunk: Int) -> (CSVForm, [Result<CSVRecord, BadLine>])? {
            guard var reader = try? CSVReader(input(data, chunk: chunk), isHead: isHead) else {
                return nil
            }
            var records: [Result<CSVRecord, BadLine>] = []
            while let record = try? reader.next() { records.append(record) }
            return (reader.form, records)
        }
        let (parts, whole) = (read(chunk), read(max(1, data.count)))
        expect(
            parts?.0 == whole?.0 && parts?.1 == whole?.1,
            "records depend on the chunks in which they come")
        guard let (form, read) = whole else { return [] }
        let records = read.compactMap { try? $0.get() }
        for record in records {
            for text in [form.line(record.fields), form.line(record, adding: [])] {
                let again = self.record(text, form)
                expect(again == record.fields, "fields change as they are written and read")
            }
        }
        return records
    }

    private static func record(_ text: String, _ form: CSVForm) -> [String]? {
        // A mark in front would be taken for that of a file.
        let head = form.line(["x"])
        var reader = try? CSVReader(
            ByteInput(bytes: Array((head + text).utf8)), separator: form.separator
        ) { _ in false }
        _ = try? reader?.next()
        return try? reader?.next()?.get().fields
    }

    private static func acceptances(_ data: Data, _ chunk: Int, _ format: BulkFormat) {
        _ = records(data, chunk) { $0.contains("accepted") }
        guard let columns = try? BulkWriter.columns(input(data, chunk: chunk)),
            var reader = try? BulkReader(input(data, chunk: chunk)),
            let writer = try? BulkWriter(format, of: reader.source, columns: columns)
        else { return }
        let due = BulkDueDate(
            at: CivilDateTime(.earliest, .midnight), offset: .zero, isProvisional: true,
            version: "kz-0")
        while let read = try? reader.next() {
            guard case .success(let row) = read else { continue }
            let line = writer.line(row, due)
            switch format {
            case .jsonl:
                let again = try? JSONRecord(String(line.dropLast()))
                expect(again?.members.count ?? 0 > 4, "an object that was written cannot be read")
            case .csv: expect(line.contains("kz-0"), "a line lacks what is added")
            }
        }
    }

    private static func bookings(_ data: Data, _ chunk: Int) {
        var parser = BookingParser()
        for record in records(data, chunk, BookingParser.isHead) {
            guard let row = try? parser.row(record) else { continue }
            expect(
                (1...BookingParser.referenceLimit).contains(row.reference.utf8.count),
                "a reference is too long")
        }
    }

    private static func tickets(_ data: Data, _ chunk: Int) {
        var parser = TicketParser()
        for record in records(data, chunk, TicketParser.isHead) {
            _ = try? parser.ticket(record)
        }
    }
}
