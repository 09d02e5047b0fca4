// SPDX-License-Identifier: Apache-2.0

/// Reads a table of separated values record by record (RFC 4180).
///
/// A field in quotes may hold separators, line breaks and, written twice, quotes. A quote within a
/// field that does not begin with one is a letter like others. Lines end with LF, CRLF or CR.
/// Lines with nothing but spaces on them are passed over.
///
/// A record is held in memory, a file never is.
public struct CSVReader {
    /// The longest record, in bytes.
    public static let limit = LineReader.limit
    /// How far the end of a longer field in quotes is looked for, in bytes.
    static let quoteLimit = 1 << 20

    /// How the file is written.
    public let form: CSVForm

    private var input: ByteInput
    private var chunk: [UInt8] = []
    private var position = 0
    /// The line of the next byte.
    private var line = 1
    private var followsReturn = false
    private var isOver = false

    /// Finds out how a table is written, and reads it.
    ///
    /// The separator is the first one with which the first record is what `isHead` looks for; a comma
    /// if it is so with none. A line such as `sep=;` above it, or the argument, decides before that.
    ///
    /// - Throws: a `BadLine` if the file is in UTF-16; what reading the file throws.
    public init(
        _ input: ByteInput, separator: CSVSeparator? = nil, isHead: ([String]) -> Bool
    ) throws {
        var input = input
        var start = try input.prefix(Self.limit + 16)
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw BadLine.utf16()
        }
        let isMarked = start.starts(with: CSVForm.mark)
        if isMarked {
            input.drop(3)
            start = start.dropFirst(3)
        }
        let told = Self.told(start)
        func first(_ separator: CSVSeparator) throws -> Scanned? {
            var reader = CSVReader(
                ByteInput(bytes: Array(start)), CSVForm(separator: separator))
            return try reader.firstScanned(isBehindLine: told != nil)
        }
        let separator =
            try separator ?? told
            ?? CSVSeparator.allCases.first {
                try first($0).map { isHead($0.strings) } ?? false
            }
        let chosen = separator ?? .comma
        let ended = try first(chosen)?.ended ?? []
        self.init(
            input,
            CSVForm(
                separator: chosen,
                lineEnd: ended.isEmpty ? "\n" : String(decoding: ended, as: UTF8.self),
                isMarked: isMarked, tellsSeparator: told != nil))
        if told != nil { _ = try scan() }
    }

    private init(_ input: ByteInput, _ form: CSVForm) {
        self.input = input
        self.form = form
    }

    /// The separator that a first line such as `sep=;` names.
    private static func told(_ start: ArraySlice<UInt8>) -> CSVSeparator? {
        let line = start.prefix { $0 != .lineFeed && $0 != .carriageReturn }
        guard line.count == 5, line.starts(with: Array("sep=".utf8)) else { return nil }
        return CSVSeparator.allCases.first { $0.byte == line.last }
    }

    /// The first record that is not blank, behind the line that tells the separator.
    private mutating func firstScanned(isBehindLine: Bool) throws -> Scanned? {
        if isBehindLine { _ = try scan() }
        while let scanned = try scan() { if !scanned.isBlank { return scanned } }
        return nil
    }

    /// The next record; nil after the last.
    ///
    /// A record that cannot be read is left out, and the one behind it is read all the same, but
    /// behind a quote that nothing closes there is none.
    /// - Throws: what reading the file throws.
    public mutating func next() throws -> Result<CSVRecord, BadLine>? {
        while let scanned = try scan() {
            if let problem = scanned.problem { return .failure(problem) }
            guard !scanned.isBlank else { continue }
            guard scanned.size <= Self.limit else {
                return .failure(.tooLong(scanned.line, limit: Self.limit))
            }
            guard let text = String(validating: scanned.raw, as: UTF8.self) else {
                return .failure(.notUTF8(scanned.line))
            }
            return .success(CSVRecord(line: scanned.line, fields: scanned.strings, text: text))
        }
        return nil
    }
}

// The state machine.
extension CSVReader {
    private enum State {
        case beginning, plain, quoted
        /// Behind a quote in a quoted field: it closed the field, or is the first of two.
        case quote
    }

    /// A record as its bytes are walked over.
    private struct Scanned {
        let line: Int
        var raw: [UInt8] = []
        var size = 0
        var bytes: [UInt8] = []
        /// Where each field ends in `bytes`.
        var ends: [Int] = []
        var ended: [UInt8] = []
        var problem: BadLine?

        init(line: Int) { self.line = line }

        var fits: Bool { size <= CSVReader.limit }

        /// A line with nothing but spaces on it.
        var isBlank: Bool {
            problem == nil && fits && ends.count == 1
                && raw.allSatisfy { $0 == .space || $0 == .tab }
        }

        var strings: [String] {
            zip([0] + ends, ends).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }
        }

        mutating func add(_ byte: UInt8) { if fits { bytes.append(byte) } }
        mutating func endField() { if fits { ends.append(bytes.count) } }
    }

    /// The next record with its line end, whatever it is; nil at the end of the file.
    private mutating func scan() throws -> Scanned? {
        guard !isOver, try peek() != nil else { return nil }
        var record = Scanned(line: line)
        var state = State.beginning
        var quoteLine = line
        let separator = form.separator.byte
        while let byte = try peek() {
            if state != .quoted, byte == .lineFeed || byte == .carriageReturn {
                record.ended = try takeLineEnd()
                record.endField()
                return record
            }
            let here = line
            take(byte)
            record.size += 1
            if record.fits { record.raw.append(byte) }
            switch (state, byte) {
            case (.quoted, .quote): state = .quote
            case (.quoted, _):
                record.add(byte)
                guard record.size <= Self.quoteLimit else { return unclosed(record, quoteLine) }
            case (.beginning, .quote): (state, quoteLine) = (.quoted, here)
            case (.quote, .quote):
                record.add(byte)
                state = .quoted
            case (_, separator):
                record.endField()
                state = .beginning
            case (.quote, _):
                record.problem = record.problem ?? Self.behindQuote(here)
                state = .plain
            default:
                record.add(byte)
                state = .plain
            }
        }
        guard state != .quoted else { return unclosed(record, quoteLine) }
        record.endField()
        return record
    }

    /// What is behind a quote that nothing closes belongs to it, so nothing more is read.
    private mutating func unclosed(_ record: Scanned, _ line: Int) -> Scanned {
        isOver = true
        var record = record
        record.problem = BadLine(
            line, kk: "мұнда ашылған тырнақша жабылмаған; одан кейінгі ештеңе оқылмайды",
            ru: "открытая здесь кавычка не закрыта; после неё ничего не прочитать",
            en: "a quote is opened here and not closed; nothing behind it can be read")
        return record
    }

    private static func behindQuote(_ line: Int) -> BadLine {
        BadLine(
            line,
            kk: "жабылған тырнақшадан кейін мәтін тұр; өріс ішіндегі тырнақшаны екі рет жазыңыз",
            ru: "после закрытой кавычки стоит текст; кавычку внутри поля пишите дважды",
            en: "there is text behind a closing quote; write a quote within a field twice")
    }

    private mutating func peek() throws -> UInt8? {
        while position == chunk.count {
            guard let next = try input.next() else { return nil }
            (chunk, position) = (next, 0)
        }
        return chunk[position]
    }

    private mutating func take(_ byte: UInt8) {
        position += 1
        if byte == .carriageReturn || byte == .lineFeed && !followsReturn { line += 1 }
        followsReturn = byte == .carriageReturn
    }

    private mutating func takeLineEnd() throws -> [UInt8] {
        guard let first = try peek() else { return [] }
        take(first)
        guard first == .carriageReturn, try peek() == .lineFeed else { return [first] }
        take(.lineFeed)
        return [first, .lineFeed]
    }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let tab = UInt8(ascii: "\t")
}
