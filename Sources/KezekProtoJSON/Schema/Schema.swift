// SPDX-License-Identifier: Apache-2.0

/// The table, read once and never freed.
struct Schema: @unchecked Sendable {
    static let all = Schema(MessageTable.text)

    let messages: UnsafeBufferPointer<MessageEntry>
    let fields: UnsafeBufferPointer<FieldEntry>
    let enums: UnsafeBufferPointer<EnumEntry>
    let calls: [CallEntry]
    /// How many words hold a bit for each field of a message, whichever it is.
    let wordsOfFields: Int

    private init(_ text: StaticString) {
        let parts = SchemaText(text)
        var fields: [FieldEntry] = []
        var messages: [MessageEntry] = []
        for (name, lines) in parts.messages {
            let first = fields.count
            for line in lines {
                let kind = FieldKind(line[3].text)!
                let target =
                    switch kind {
                    case .message: parts.messageIndex[line[6].text]!
                    case .enum: parts.enumIndex[line[6].text]!
                    default: -1
                    }
                fields.append(
                    FieldEntry(
                        number: UInt32(line[0].text)!, kind: kind, isMany: line[4].text == "*",
                        hasPresence: line[4].text == "?", oneof: Int(line[5].text) ?? -1,
                        target: target, jsonName: line[1], protoName: line[2],
                        written: Self.kept(Array("\"\(line[1].text)\":".utf8))))
            }
            messages.append(Self.message(name, first, fields[first...]))
        }
        wordsOfFields = (messages.map(\.fields.count).max()! + 63) / 64
        self.fields = Self.kept(fields)
        self.messages = Self.kept(messages)
        enums = Self.kept(parts.enums.map { Self.enumeration($0.name, $0.lines) })
        calls = parts.calls.map { CallEntry($0, parts) }
    }

    private static func message(
        _ name: Name, _ first: Int, _ fields: ArraySlice<FieldEntry>
    ) -> MessageEntry {
        var byNumber = [Int16](repeating: -1, count: Int(fields.map(\.number).max() ?? 0) + 1)
        var size = 4
        while size < fields.count * 4 { size *= 2 }
        var byName = [Int16](repeating: -1, count: size)
        for (place, field) in fields.enumerated() {
            byNumber[Int(field.number)] = Int16(place)
            var names = [field.jsonName]
            if field.protoName.text != field.jsonName.text { names.append(field.protoName) }
            for name in names {
                var slot = hash(name.start, name.count) & (size - 1)
                while byName[slot] >= 0 { slot = (slot + 1) & (size - 1) }
                byName[slot] = Int16(place)
            }
        }
        return MessageEntry(
            name: name, fields: first..<first + fields.count, byNumber: kept(byNumber),
            byName: kept(byName))
    }

    private static func enumeration(_ name: Name, _ lines: [[Name]]) -> EnumEntry {
        let values = lines.map { (Int32($0[0].text)!, $0[1]) }
        var byNumber = [Int16](repeating: -1, count: Int(values.map(\.0).max()!) + 1)
        for (place, value) in values.enumerated().reversed() where value.0 >= 0 {
            byNumber[Int(value.0)] = Int16(place)
        }
        return EnumEntry(name: name, values: values, byNumber: kept(byNumber))
    }

    private static func kept<T>(_ values: [T]) -> UnsafeBufferPointer<T> {
        let copy = UnsafeMutableBufferPointer<T>.allocate(capacity: values.count)
        _ = copy.initialize(from: values)
        return UnsafeBufferPointer(copy)
    }

    private static func kept(_ bytes: [UInt8]) -> Name {
        Name(start: (kept(bytes) as UnsafeBufferPointer<UInt8>).baseAddress!, count: bytes.count)
    }

    /// Where the search for a name begins: of its length, its ends and its middle.
    @inline(__always)
    static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard count > 0 else { return 0 }
        let first = UInt32(start[0])
        let middle = UInt32(start[count / 2])
        let last = UInt32(start[count - 1])
        let mixed = (first &* 0x9E37) ^ (middle &* 0x85EB_CA6B) ^ (last &* 0xC2B2_AE35)
        let spread = (mixed ^ UInt32(truncatingIfNeeded: count) &* 0x27D4_EB2F) &* 0x9E37_79B1
        return Int(spread >> 12)
    }

    /// The place of the field of this name, in JSON or in the `.proto` files; -1 if the message has none.
    @inline(__always)
    func field(
        named start: UnsafePointer<UInt8>, _ count: Int, of message: UnsafePointer<MessageEntry>
    ) -> Int {
        let table = message.pointee.byName
        let mask = table.count - 1
        var slot = Self.hash(start, count) & mask
        while table[slot] >= 0 {
            let place = Int(table[slot])
            let field = fields.baseAddress! + message.pointee.fields.lowerBound + place
            if field.pointee.jsonName.isEqual(to: start, count)
                || field.pointee.protoName.isEqual(to: start, count)
            {
                return place
            }
            slot = (slot + 1) & mask
        }
        return -1
    }
}

/// The text of the table, cut into words.
struct SchemaText {
    var messages: [(name: Name, lines: [[Name]])] = []
    var enums: [(name: Name, lines: [[Name]])] = []
    var calls: [[Name]] = []
    var messageIndex: [String: Int] = [:]
    var enumIndex: [String: Int] = [:]

    init(_ text: StaticString) {
        var isMessage = false
        let end = text.utf8Start + text.utf8CodeUnitCount
        var at = text.utf8Start
        while at < end {
            let words = Self.words(&at, end)
            guard let first = words.first else { continue }
            switch first.text {
            case "message":
                isMessage = true
                messageIndex[words[1].text] = messages.count
                messages.append((words[1], []))
            case "enum":
                isMessage = false
                enumIndex[words[1].text] = enums.count
                enums.append((words[1], []))
            case "call": calls.append(words)
            default:
                if isMessage {
                    messages[messages.count - 1].lines.append(words)
                } else {
                    enums[enums.count - 1].lines.append(words)
                }
            }
        }
    }

    /// The words of a line.
    private static func words(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
        -> [Name]
    {
        var words: [Name] = []
        var start = at
        while at < end {
            let byte = at.pointee
            let isEnd = byte == UInt8(ascii: "\n")
            if isEnd || byte == UInt8(ascii: " ") {
                if at > start { words.append(Name(start: start, count: at - start)) }
                start = at + 1
            }
            at += 1
            if isEnd { return words }
        }
        if at > start { words.append(Name(start: start, count: at - start)) }
        return words
    }
}
