// SPDX-License-Identifier: Apache-2.0

import Texts

/// Elements and attributes of a small XML document, in their order.
///
/// What a table of days needs and nothing more: a declaration, comments, elements with attributes, text
/// that is passed over. There are no entities but the five of XML itself and characters by number; a document
/// type, in which others would be declared, is refused, as are processing instructions and CDATA.
struct XMLSubset {
    struct Element: Hashable {
        let name: String
        /// 0 for the outermost.
        let depth: Int
        let line: Int
        fileprivate(set) var attributes: [String: String] = [:]

        subscript(name: String) -> String? { attributes[name] }
    }

    /// The most that elements may lie within each other, and attributes of one of them.
    static let depthLimit = 16
    static let attributeLimit = 32

    private let bytes: [UInt8]
    private var place = 0
    private(set) var line = 1
    private var open: [String] = []
    private var hasRoot = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next element that begins; nil at the end of a document that is whole.
    mutating func next() throws(ProductionCalendar.Fault) -> Element? {
        while true {
            try skipText()
            guard place < bytes.count else {
                if let name = open.last { throw fault("expected </\(name)>") }
                return nil
            }
            if isAt("<!--") {
                try skip(past: "-->", "expected the end of a comment, -->")
            } else if isAt("<?xml"), !hasRoot {
                try skip(past: "?>", "expected the end of the declaration, ?>")
            } else if isAt("<!") || isAt("<?") {
                throw fault(
                    "expected elements; a document type, CDATA and instructions are refused")
            } else if isAt("</") {
                try close()
            } else {
                return try element()
            }
        }
    }

    private mutating func element() throws(ProductionCalendar.Fault) -> Element {
        let line = line
        advance()
        let name = try self.name()
        guard open.count < Self.depthLimit else {
            throw fault("expected elements at most \(Self.depthLimit) deep")
        }
        guard !open.isEmpty || !hasRoot else { throw fault("expected one outermost element") }
        hasRoot = true
        var element = Element(name: name, depth: open.count, line: line)
        while true {
            let hadSpace = skipSpace()
            if isAt("/>") {
                advance(2)
                return element
            }
            if isAt(">") {
                advance()
                open.append(name)
                return element
            }
            guard hadSpace, place < bytes.count else { throw fault("expected > or an attribute") }
            let attribute = try self.name()
            skipSpace()
            guard isAt("=") else { throw fault("expected = after the attribute '\(attribute)'") }
            advance()
            skipSpace()
            let value = try self.value()
            guard element.attributes.count < Self.attributeLimit,
                element.attributes.updateValue(value, forKey: attribute) == nil
            else { throw fault("expected the attribute '\(attribute)' once") }
        }
    }

    private mutating func close() throws(ProductionCalendar.Fault) {
        advance(2)
        let name = try self.name()
        skipSpace()
        guard isAt(">"), open.last == name else {
            guard let last = open.last else { throw fault("expected an element") }
            throw fault("expected </\(last)>")
        }
        advance()
        open.removeLast()
    }

    private mutating func value() throws(ProductionCalendar.Fault) -> String {
        guard place < bytes.count,
            bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'")
        else { throw fault("expected a value in quotes") }
        let quote = bytes[place]
        advance()
        var value: [UInt8] = []
        while place < bytes.count, bytes[place] != quote {
            if bytes[place] == UInt8(ascii: "<") { break }
            if bytes[place] == UInt8(ascii: "&") {
                value += try entity()
            } else {
                value.append(bytes[place])
                advance()
            }
        }
        guard place < bytes.count, bytes[place] == quote else {
            throw fault("expected the end of a value in quotes")
        }
        advance()
        guard let text = String(validating: value, as: UTF8.self) else {
            throw fault("expected UTF-8")
        }
        return text
    }

    /// One of the five entities, or a character by its number.
    private mutating func entity() throws(ProductionCalendar.Fault) -> [UInt8] {
        let end = bytes[place...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        guard let end else { throw fault("expected an entity as &amp;") }
        let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        let number =
            name.hasPrefix("#x")
            ? UInt32(name.dropFirst(2), radix: 16)
            : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        let text = known[name] ?? number.flatMap(Unicode.Scalar.init).map { String($0) }
        guard let text else { throw fault("expected an entity of XML itself, found '&\(name);'") }
        advance(end + 1 - place)
        return Array(text.utf8)
    }

    private mutating func name() throws(ProductionCalendar.Fault) -> String {
        let start = place
        while place < bytes.count, bytes[place].isInXMLName, place - start <= 64 { advance() }
        guard place > start, place - start <= 64 else { throw fault("expected a name") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    // MARK: Steps

    private func fault(_ problem: Phrase) -> ProductionCalendar.Fault {
        ProductionCalendar.Fault(line: line, problem: problem)
    }

    private func isAt(_ text: StaticString) -> Bool {
        guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    private mutating func advance(_ count: Int = 1) {
        for byte in bytes[place..<place + count] where byte == UInt8(ascii: "\n") { line += 1 }
        place += count
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = place
        while place < bytes.count, bytes[place].isXMLSpace { advance() }
        return place > start
    }

    /// Text between elements; outside of them only space.
    private mutating func skipText() throws(ProductionCalendar.Fault) {
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
            guard !open.isEmpty || bytes[place].isXMLSpace else {
                throw fault("expected an element")
            }
            advance()
        }
    }

    private mutating func skip(
        past text: StaticString, _ problem: Phrase
    ) throws(ProductionCalendar.Fault) {
        while place < bytes.count, !isAt(text) { advance() }
        guard place < bytes.count else { throw fault(problem) }
        advance(text.utf8CodeUnitCount)
    }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    fileprivate var isInXMLName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }
}
