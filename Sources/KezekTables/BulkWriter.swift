// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// When an acceptance is due, as it is written behind it.
public struct BulkDueDate: Hashable, Sendable {
    public let at: CivilDateTime
    /// The offset of the standard's zone then, for a row that was written with one.
    public let offset: UTCOffset?
    public let isProvisional: Bool
    public let version: String

    public init(at: CivilDateTime, offset: UTCOffset?, isProvisional: Bool, version: String) {
        self.at = at
        self.offset = offset
        self.isProvisional = isProvisional
        self.version = version
    }
}

/// Writes rows as they were read, with their answers behind them.
///
/// What stood in a row is copied, never written anew, as long as the form is the same: a number keeps
/// its digits, a date its way of being written, and the due date is written in the same way.
public struct BulkWriter {
    /// The most columns of a table that is made of objects.
    public static let columnLimit = 1_000

    private enum Way {
        case tableAsRead(CSVForm, head: CSVRecord)
        case tableOfObjects(CSVForm, columns: [String])
        case objectsOfTable(names: [String])
        case objectsAsRead
    }

    private let way: Way
    private let shape: BulkShape

    /// Writes rows of a source in a format; a table of objects has these columns.
    ///
    /// - Throws: a column of the source that no name of an object can be: it has none, or another's;
    ///   a table of nothing, which has no head.
    public init(
        _ format: BulkFormat, of source: BulkReader.Source, columns: [String] = [],
        separator: CSVSeparator? = nil, shape: BulkShape = .due
    ) throws(BadLine) {
        self.shape = shape
        switch (format, source) {
        case (.csv, .table(let form, let head)): way = .tableAsRead(form, head: head)
        case (.csv, .nothing):
            throw BadLine(
                1, kk: "ештеңе жоқ; бірінші жолы атаулар болатын CSV немесе JSON жолдары күтілді",
                ru: "ничего нет; ожидались CSV с именами столбцов в первой строке или строки JSON",
                en: "there is nothing; expected CSV with a head line, or lines of JSON")
        case (.csv, .objects):
            way = .tableOfObjects(CSVForm(separator: separator ?? .comma), columns: columns)
        case (.jsonl, .table(_, let head)):
            way = .objectsOfTable(names: head.fields)
            for (index, name) in head.fields.enumerated() {
                guard !name.isEmpty else {
                    throw BadLine(
                        head.line, kk: "\(index + 1)-бағанның атауы жоқ; JSON үшін ол керек",
                        ru: "у столбца \(index + 1) нет имени; для JSON оно нужно",
                        en: "column \(index + 1) has no name, which JSON needs")
                }
                guard !head.fields[..<index].contains(name) else { throw .twice(name, head.line) }
            }
        case (.jsonl, .objects), (.jsonl, .nothing): way = .objectsAsRead
        }
    }

    /// What stands above all rows: the head of a table.
    public var head: String {
        switch way {
        case .tableAsRead(let form, let head): form.preamble + form.line(head, adding: shape.added)
        case .tableOfObjects(let form, let columns): form.line(columns + shape.added)
        case .objectsOfTable, .objectsAsRead: ""
        }
    }

    /// A row with its due date, and with its line end.
    public func line(_ row: BulkRow, _ due: BulkDueDate) -> String {
        let form = row.accepted.form
        return line(
            row,
            [
                form.text(due.at.date), form.text(due.at, offset: due.offset),
                "\(due.isProvisional)", due.version,
            ])
    }

    /// A row with the values of the added columns, and with its line end.
    public func line(_ row: BulkRow, _ added: [String]) -> String {
        switch (way, row.origin) {
        case (.tableAsRead(let form, _), .table(let record)):
            return form.line(record, adding: added)
        case (.tableOfObjects(let form, let columns), .object(let object)):
            var fields: [String: String] = [:]
            for member in object.members { fields[member.name] = member.value.field }
            return form.line(columns.map { fields[$0] ?? "" } + added)
        case (.objectsOfTable(let names), .table(let record)):
            let own = zip(names, record.fields).map { (name: $0, value: JSONRecord.quoted($1)) }
            return JSONRecord.text(own + members(added)) + "\n"
        case (.objectsAsRead, .object(let object)):
            return object.text(adding: members(added)) + "\n"
        // A writer of one source is not given rows of another.
        default: return ""
        }
    }

    private func members(_ values: [String]) -> [(name: String, value: String)] {
        zip(shape.added, values).map { name, value in
            // What is not known has no value.
            guard !value.isEmpty else { return (name, "null") }
            return (name, BulkShape.plain.contains(name) ? value : JSONRecord.quoted(value))
        }
    }

    /// The names in all objects of an input, in the order in which they first appear.
    ///
    /// - Throws: a `BadLine` where they become more than ``columnLimit``; what reading throws.
    public static func columns(_ input: ByteInput, shape: BulkShape = .due) throws -> [String] {
        var lines = LineReader(input)
        var (columns, known) = ([String](), Set<String>())
        while let read = try lines.next() {
            guard case .success(let (line, text)) = read, let object = try? JSONRecord(text) else {
                continue
            }
            for member in object.members where !shape.added.contains(member.name) {
                guard known.insert(member.name).inserted else { continue }
                columns.append(member.name)
                guard columns.count <= columnLimit else {
                    throw BadLine(
                        line, kk: "\(columnLimit) атаудан көп; кестеде сонша баған болмайды",
                        ru: "различных имён больше \(columnLimit); столько столбцов в таблице нет",
                        en: "more than \(columnLimit) names, and a table has no more columns")
                }
            }
        }
        return columns
    }
}
