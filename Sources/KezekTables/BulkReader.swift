// SPDX-License-Identifier: Apache-2.0

/// The form of bulk input and output.
public enum BulkFormat: String, CaseIterable, Sendable {
    case csv, jsonl
}

/// One row of a bulk input, such as an acceptance, with everything else that stood with it.
public struct BulkRow: Sendable {
    /// Where everything stood.
    public enum Origin: Hashable, Sendable {
        case table(CSVRecord)
        case object(JSONRecord)
    }

    /// The line on which it begins.
    public let line: Int
    /// The first of its moments: of an acceptance, when that was.
    public let accepted: WrittenMoment
    /// Its other moments by their columns.
    public let others: [String: WrittenMoment]
    /// The names that stood in it by their columns.
    public let names: [String: String]
    public let suspensions: [WrittenSuspension]
    public let origin: Origin

    public var standard: String? { names["standard"] }
    public var channel: String? { names["channel"] }
    public var office: String? { names["office"] }
}

/// Reads rows such as acceptances from CSV with a head line, or from lines of JSON objects.
public struct BulkReader {
    /// What the input turned out to be.
    public enum Source {
        /// CSV, with its head.
        case table(CSVForm, head: CSVRecord)
        case objects
        /// Neither: there is nothing in it.
        case nothing
    }

    public let source: Source
    private let shape: BulkShape
    private var table: CSVReader?
    private var lines: LineReader?

    /// Finds out which it is, and reads the head of a table.
    ///
    /// - Throws: a `BadLine` if there is no telling the lines from one another: a head that lacks the
    ///   column that is needed or has one twice, an array of JSON, UTF-16; what reading the input throws.
    public init(
        _ input: ByteInput, separator: CSVSeparator? = nil, shape: BulkShape = .due
    ) throws {
        var input = input
        self.shape = shape
        switch try Self.format(of: &input) {
        case .jsonl?:
            source = .objects
            lines = LineReader(input)
        case nil: source = .nothing
        case .csv?:
            var table = try CSVReader(input, separator: separator) {
                $0.contains(shape.moments[0])
            }
            guard let head = try table.next()?.get() else {
                source = .nothing
                return
            }
            try Self.check(head, shape)
            source = .table(table.form, head: head)
            self.table = table
        }
    }

    /// The form of what is still to come; nil if there is nothing.
    ///
    /// - Throws: a `BadLine` for an array of JSON; what reading the input throws.
    public static func format(of input: inout ByteInput) throws -> BulkFormat? {
        let start = try input.prefix(CSVReader.limit)
        let text = start.dropFirst(start.starts(with: CSVForm.mark) ? 3 : 0)
        switch text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "{"): return .jsonl
        case UInt8(ascii: "["):
            throw BadLine(
                1, kk: "JSON массиві; әр нысанды өз жолына жазыңыз",
                ru: "это массив JSON; запишите каждый объект на своей строке",
                en: "a JSON array; write each object on a line of its own")
        case nil: return nil
        default: return .csv
        }
    }

    /// The next acceptance; nil after the last.
    ///
    /// - Throws: what reading the input throws.
    public mutating func next() throws -> Result<BulkRow, BadLine>? {
        if case .table(_, let head) = source {
            while let read = try table?.next() {
                switch read {
                case .failure(let bad): return .failure(bad)
                case .success(let record):
                    // Spreadsheets save the rows below a table, which have nothing in them.
                    guard !record.hasNothing else { continue }
                    return Result { () throws(BadLine) in try row(record, head) }
                }
            }
            return nil
        }
        while let read = try lines?.next() {
            switch read {
            case .failure(let bad): return .failure(bad)
            case .success(let (line, text)):
                guard !text.allSatisfy(\.isWhitespace) else { continue }
                return Result { () throws(BadLine) in try row(text, line) }
            }
        }
        return nil
    }
}

extension BulkReader {
    /// Whether a column seems to say what the whole question says: it would be kept and change no date.
    private static func isOfTheQuestion(_ name: String, _ shape: BulkShape) -> Bool {
        if shape.read.contains(name) { return false }
        let plain = name.lowercased().filter(\.isLetter)
        return [
            "suspend", "suspended", "suspension", "suspensions", "asknownon", "countfromopening",
            "outsidereception",
        ].contains(plain)
    }

    private static func check(_ head: CSVRecord, _ shape: BulkShape) throws(BadLine) {
        for name in shape.moments where !head.fields.contains(name) {
            throw .lacks(name, in: head.text, head.line)
        }
        for name in shape.read
        where head.fields.filter({ $0 == name }).count > 1 {
            throw .twice(name, head.line)
        }
        for name in shape.added where head.fields.contains(name) {
            throw .isAdded(name, head.line)
        }
        for name in head.fields where isOfTheQuestion(name, shape) {
            throw .isOfTheQuestion(name, head.line)
        }
    }

    private func row(_ record: CSVRecord, _ head: CSVRecord) throws(BadLine) -> BulkRow {
        guard record.fields.count == head.fields.count else {
            throw .columns(record.line, found: record.fields.count, expected: head.fields.count)
        }
        func value(_ name: String) -> String? {
            // An empty field is one that the command line may fill.
            let field = head.fields.firstIndex(of: name).map { record.fields[$0] }
            return field.flatMap { $0.isEmpty ? nil : $0 }
        }
        return try row(record.line, .table(record)) { (name) throws(BadLine) in value(name) }
    }

    /// A row of the values that its columns have.
    private func row(
        _ line: Int, _ origin: BulkRow.Origin, _ value: (String) throws(BadLine) -> String?
    ) throws(BadLine) -> BulkRow {
        let first = shape.moments[0]
        let accepted = try moment(first, value(first), line)
        var others: [String: WrittenMoment] = [:]
        for name in shape.moments.dropFirst() {
            others[name] = try moment(name, value(name), line)
        }
        for name in shape.further {
            guard let text = try value(name) else { continue }
            others[name] = try moment(name, text, line)
        }
        var names: [String: String] = [:]
        for name in shape.names { names[name] = try value(name) }
        var suspensions: [WrittenSuspension] = []
        if shape.suspends, let text = try value(BulkShape.suspend) {
            guard let read = WrittenSuspension.list(text) else {
                throw .suspension(text, line)
            }
            suspensions = read
        }
        return BulkRow(
            line: line, accepted: accepted, others: others, names: names,
            suspensions: suspensions, origin: origin)
    }

    private func row(_ text: String, _ line: Int) throws(BadLine) -> BulkRow {
        let object: JSONRecord
        do throws(JSONRecord.Fault) { object = try JSONRecord(text) } catch {
            throw BadLine(line, error)
        }
        func value(_ name: String) throws(BadLine) -> String? {
            switch object.value(name) {
            case .text(let text)?: return text
            case nil, .null?: return nil
            // A value of another type must not pass for one that is absent.
            case .other?:
                throw BadLine(
                    line, kk: "\(name): мәтін күтілді", ru: "\(name): ожидался текст",
                    en: "\(name): expected a text")
            }
        }
        for name in shape.added where object.members.contains(where: { $0.name == name }) {
            throw .isAdded(name, line)
        }
        for member in object.members where Self.isOfTheQuestion(member.name, shape) {
            throw .isOfTheQuestion(member.name, line)
        }
        return try row(line, .object(object), value)
    }

    private func moment(
        _ name: String, _ text: String?, _ line: Int
    ) throws(BadLine) -> WrittenMoment {
        if let moment = text.flatMap({ WrittenMoment($0) }) { return moment }
        let found = LocalizedWord.found(text)
        let examples = "2026-03-19T16:05, 19.03.2026 16:05"
        throw BadLine(
            line, kk: "\(name): күн мен уақыт күтілді, мысалы \(examples), \(found.kk)",
            ru: "\(name): ожидались дата и время, например \(examples), \(found.ru)",
            en: "\(name): expected a date and time as \(examples), \(found.en)")
    }
}

extension CSVRecord {
    /// Whether it has no more than separators.
    fileprivate var hasNothing: Bool { fields.allSatisfy(\.isEmpty) && !text.contains("\"") }
}

/// What was found where something else was expected.
private enum LocalizedWord {
    static func found(_ text: String?) -> (kk: String, ru: String, en: String) {
        guard let text else { return ("ештеңе табылмады", "ничего не найдено", "found nothing") }
        let shown = text.count > 60 ? "\(text.prefix(60))…" : text
        return ("«\(shown)» табылды", "найдено «\(shown)»", "found '\(shown)'")
    }
}

extension BadLine {
    fileprivate init(_ line: Int, _ fault: JSONRecord.Fault) {
        switch fault {
        case .notAnObject:
            self.init(
                line, kk: "JSON нысаны емес", ru: "это не объект JSON", en: "not a JSON object")
        case .nameTwice(let name):
            self.init(
                line, kk: "«\(name)» атауы екі рет тұр", ru: "имя «\(name)» стоит дважды",
                en: "the name '\(name)' stands twice")
        case .tooDeep:
            let limit = JSONRecord.depthLimit
            self.init(
                line, kk: "мәндердің кірігу тереңдігі \(limit) деңгейден асады",
                ru: "глубина вложенности больше \(limit)",
                en: "values lie more than \(limit) deep in one another")
        }
    }

    fileprivate static func suspension(_ text: String, _ line: Int) -> BadLine {
        let found = LocalizedWord.found(text)
        let example = "2026-03-20T10:00/2026-03-25T09:00"
        return BadLine(
            line,
            kk: "suspend: \(example) түрі күтілді, бірнешеуінің арасында ; тұрады, \(found.kk)",
            ru: "suspend: ожидалось \(example), между несколькими ;, \(found.ru)",
            en: "suspend: expected \(example), with ; between several, \(found.en)")
    }

    static func twice(_ name: String, _ line: Int) -> BadLine {
        BadLine(
            line, kk: "«\(name)» бағаны екі рет тұр", ru: "столбец «\(name)» стоит дважды",
            en: "the column '\(name)' stands twice")
    }

    fileprivate static func isOfTheQuestion(_ name: String, _ line: Int) -> BadLine {
        BadLine(
            line,
            kk: "«\(name)» мұнда оқылмайды: жеке «kezek due» сұраңыз (--suspend, --as-known-on, "
                + "--count-from-opening) немесе бағанның атауын өзгертіңіз",
            ru:
                "«\(name)» здесь не читается: спросите отдельно «kezek due» (--suspend, --as-known-on, "
                + "--count-from-opening) или переименуйте столбец",
            en: "'\(name)' is not read here: ask for it by itself with 'kezek due' (--suspend, "
                + "--as-known-on, --count-from-opening), or rename the column")
    }

    fileprivate static func isAdded(_ name: String, _ line: Int) -> BadLine {
        BadLine(
            line, kk: "«\(name)» осы жерде қосылады; оны алып тастаңыз немесе атауын өзгертіңіз",
            ru: "«\(name)» добавляется здесь; уберите его или переименуйте",
            en: "'\(name)' is added here; leave it out or rename it")
    }
}
