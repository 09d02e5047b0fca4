// SPDX-License-Identifier: Apache-2.0

/// Reads JSON and writes the message that it says, in one pass.
///
/// What is not there and what is `null` or a plain field's 0 leaves nothing on the wire.
struct JSONReader: ~Copyable {
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var at: UnsafePointer<UInt8>
    var out: ByteBuffer
    let schema: Schema
    let limits: JSONLimits
    private var depth = 0
    private var valuesLeft: Int
    /// Of each level, a bit for each field that was there.
    private let seen: UnsafeMutablePointer<UInt64>
    /// The places of fields, and inverted those of items.
    private let path: UnsafeMutablePointer<Int>
    private var pathCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        schema = Schema.all
        self.limits = limits
        start = bytes.baseAddress!
        at = start
        end = start + bytes.count
        out = ByteBuffer(capacity: bytes.count / 2, limit: limits.bytesOut)
        valuesLeft = limits.values
        seen = .allocate(capacity: (limits.depth + 1) * schema.wordsOfFields)
        path = .allocate(capacity: 2 * limits.depth + 2)
    }

    deinit {
        seen.deallocate()
        path.deallocate()
    }

    /// Reads the whole text.
    mutating func readAll(_ type: MessageType) throws(JSONFault) {
        do throws(JSONProblem) {
            try read(schema.messages.baseAddress! + type.index)
            skipSpace()
            guard at == end else { throw .syntax(.end) }
        } catch { throw JSONFault(path: place(error), offset: at - start, problem: error) }
    }

    /// The path of what was being read.
    private borrowing func place(_ problem: JSONProblem) -> String {
        var text = ""
        for step in 0..<pathCount {
            if path[step] < 0 {
                text += "[\(~path[step])]"
            } else {
                text += (text.isEmpty ? "" : ".") + schema.fields[path[step]].protoName.text
            }
        }
        if case .unknownField(let key, _) = problem { text += (text.isEmpty ? "" : ".") + key }
        return text
    }

    // MARK: Space and literals

    @inline(__always)
    mutating func skipSpace() {
        while at < end, at.pointee <= 0x20 {
            guard
                at.pointee == 0x20 || at.pointee == 0x0A || at.pointee == 0x0D || at.pointee == 0x09
            else { return }
            at += 1
        }
    }

    /// The next byte; 0 at the end, which nothing begins with.
    @inline(__always)
    var next: UInt8 { at < end ? at.pointee : 0 }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard at < end, at.pointee == byte else { return false }
        at += 1
        return true
    }

    @inline(__always)
    mutating func takeWord(_ word: StaticString) -> Bool {
        guard end - at >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount where at[index] != word.utf8Start[index] {
            return false
        }
        at += word.utf8CodeUnitCount
        return true
    }

    // MARK: Messages

    private mutating func read(_ message: UnsafePointer<MessageEntry>) throws(JSONProblem) {
        skipSpace()
        guard take(UInt8(ascii: "{")) else { throw wrong(.noObject) }
        guard depth < limits.depth else { throw .tooDeep(limits.depth) }
        let seen = self.seen + depth * schema.wordsOfFields
        for word in 0..<((message.pointee.fields.count + 63) / 64) { seen[word] = 0 }
        depth += 1
        defer { depth -= 1 }
        var oneofs: UInt64 = 0
        var guess = message.pointee.fields.lowerBound
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        while true {
            guard valuesLeft > 0 else { throw .tooManyValues(limits.values) }
            valuesLeft -= 1
            let place = try key(message, guess)
            guess = place + 1
            path[pathCount] = place
            pathCount += 1
            let bit = place - message.pointee.fields.lowerBound
            guard seen[bit >> 6] & (1 << UInt64(bit & 63)) == 0 else { throw .repeatedField }
            seen[bit >> 6] |= 1 << UInt64(bit & 63)
            skipSpace()
            if next == UInt8(ascii: "n") {
                guard takeWord("null") else { throw .syntax(.value) }
            } else {
                let field = schema.fields.baseAddress! + place
                if field.pointee.oneof >= 0 {
                    let one: UInt64 = 1 << UInt64(field.pointee.oneof)
                    guard oneofs & one == 0 else { throw other(than: place, message, seen) }
                    oneofs |= one
                }
                if field.pointee.isMany { try list(field) } else { try value(field) }
            }
            pathCount -= 1
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
                continue
            }
            guard take(UInt8(ascii: "}")) else { throw .syntax(.commaOrEnd) }
            return
        }
    }

    private func other(
        than place: Int, _ message: UnsafePointer<MessageEntry>,
        _ seen: UnsafeMutablePointer<UInt64>
    ) -> JSONProblem {
        let first = message.pointee.fields.lowerBound
        let found = message.pointee.fields.first {
            $0 != place && schema.fields[$0].oneof == schema.fields[place].oneof
                && seen[($0 - first) >> 6] & (1 << UInt64(($0 - first) & 63)) != 0
        }
        return .secondOfOneof(found.map { schema.fields[$0].protoName.text } ?? "")
    }

    /// The place of the field whose name comes, which is often the one that is expected.
    @inline(__always)
    private mutating func key(
        _ message: UnsafePointer<MessageEntry>, _ guess: Int
    ) throws(JSONProblem) -> Int {
        guard next == UInt8(ascii: "\"") else { throw .syntax(.key) }
        let fields = message.pointee.fields
        if guess < fields.upperBound {
            let written = schema.fields.baseAddress![guess].written
            if end - at >= written.count, at[written.count - 1] == UInt8(ascii: ":") {
                if written.isEqual(to: at, written.count) {
                    at += written.count
                    return guess
                }
            }
        }
        let before = out.count
        let place = at
        try string()
        let size = out.count - before
        let found = schema.field(named: out.start + before, size, of: message)
        guard found >= 0 else {
            at = place
            throw unknown(before, message)
        }
        out.count = before
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw .syntax(.colon) }
        return fields.lowerBound + found
    }

    private borrowing func unknown(
        _ before: Int, _ message: UnsafePointer<MessageEntry>
    ) -> JSONProblem {
        let name = UnsafeBufferPointer(start: out.start + before, count: out.count - before)
        var key = String(decoding: name.prefix(64), as: UTF8.self)
        if name.count > 64 { key += "…" }
        return .unknownField(
            key, among: message.pointee.fields.map { schema.fields[$0].protoName.text })
    }

    // MARK: Fields

    /// The head of a field.
    @inline(__always)
    private mutating func tag(_ field: UnsafePointer<FieldEntry>, _ type: UInt32)
        throws(JSONProblem)
    {
        try out.reserve(24)
        out.put(varint: UInt64(field.pointee.number << 3 | type))
    }

    private mutating func list(_ field: UnsafePointer<FieldEntry>) throws(JSONProblem) {
        guard take(UInt8(ascii: "[")) else { throw wrong(.noList) }
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        let isPacked = field.pointee.kind.isPacked
        var body = 0
        if isPacked {
            try tag(field, 2)
            body = out.count
            out.put(0)
        }
        pathCount += 1
        var index = 0
        while true {
            path[pathCount - 1] = ~index
            guard valuesLeft > 0 else { throw .tooManyValues(limits.values) }
            valuesLeft -= 1
            skipSpace()
            if next == UInt8(ascii: "n") { throw takeWord("null") ? .nullInList : .syntax(.value) }
            if isPacked {
                try out.reserve(10)
                _ = try plain(field)
            } else {
                try value(field)
            }
            skipSpace()
            if take(UInt8(ascii: ",")) {
                index += 1
                continue
            }
            guard take(UInt8(ascii: "]")) else { throw .syntax(.commaOrEnd) }
            break
        }
        pathCount -= 1
        if isPacked { try out.closeLength(at: body) }
    }

    /// A field with one value, or one item of many that stand each in a field.
    private mutating func value(_ field: UnsafePointer<FieldEntry>) throws(JSONProblem) {
        let before = out.count
        let kind = field.pointee.kind
        try tag(field, kind.wireType)
        if kind.isPacked {
            let isZero = try plain(field)
            if isZero, !field.pointee.hasPresence { out.count = before }
            return
        }
        let body = out.count
        out.put(0)
        switch kind {
        case .message: try read(schema.messages.baseAddress! + field.pointee.target)
        case .string:
            guard next == UInt8(ascii: "\"") else { throw wrong(.noText) }
            try string()
        default:
            guard next == UInt8(ascii: "\"") else { throw wrong(.noBase64) }
            try base64()
        }
        if out.count == body + 1, !field.pointee.hasPresence, !field.pointee.isMany {
            out.count = before
        } else {
            try out.closeLength(at: body)
        }
    }

    /// Puts a number, a bool or a value of an enum where there is room; whether it is 0.
    @inline(__always)
    private mutating func plain(_ field: UnsafePointer<FieldEntry>) throws(JSONProblem) -> Bool {
        let kind = field.pointee.kind
        switch kind {
        case .bool:
            if takeWord("true") {
                out.put(1)
                return false
            }
            guard takeWord("false") else { throw wrong(.noBool) }
            out.put(0)
            return true
        case .enum:
            if next == UInt8(ascii: "\"") {
                let number = try enumName(schema.enums.baseAddress! + field.pointee.target)
                out.put(varint: UInt64(bitPattern: Int64(number)))
                return number == 0
            }
            let isNumber = next == UInt8(ascii: "-") || next &- UInt8(ascii: "0") < 10
            guard isNumber else { throw wrong(noValue(field.pointee.target)) }
            let number = try number(from: Int64(Int32.min), to: UInt64(Int32.max))
            out.put(varint: UInt64(bitPattern: number))
            return number == 0
        default: return try number(kind)
        }
    }

    private mutating func number(_ kind: FieldKind) throws(JSONProblem) -> Bool {
        switch kind {
        case .uint64, .fixed64:
            let value = UInt64(bitPattern: try number(from: 0, to: .max))
            if kind == .uint64 { out.put(varint: value) } else { out.put(fixed: value, 8) }
            return value == 0
        case .uint32, .fixed32:
            let value = UInt64(bitPattern: try number(from: 0, to: UInt64(UInt32.max)))
            if kind == .uint32 { out.put(varint: value) } else { out.put(fixed: value, 4) }
            return value == 0
        case .int64, .sint64, .sfixed64:
            let value = try number(from: .min, to: UInt64(Int64.max))
            put(value, kind)
            return value == 0
        default:
            let value = try number(from: Int64(Int32.min), to: UInt64(Int32.max))
            put(value, kind)
            return value == 0
        }
    }

    @inline(__always)
    private mutating func put(_ value: Int64, _ kind: FieldKind) {
        switch kind {
        case .sint32, .sint64: out.put(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
        case .sfixed32: out.put(fixed: UInt64(bitPattern: value), 4)
        case .sfixed64: out.put(fixed: UInt64(bitPattern: value), 8)
        default: out.put(varint: UInt64(bitPattern: value))
        }
    }

    // MARK: Enums

    private mutating func enumName(_ entry: UnsafePointer<EnumEntry>) throws(JSONProblem) -> Int32 {
        let before = out.count
        let place = at
        try string()
        let size = out.count - before
        let name = out.start + before
        let found = entry.pointee.values.first { $0.name.isEqual(to: name, size) }
        out.count = before
        // The name may have moved the buffer, in which the caller has made room.
        try out.reserve(10)
        guard let found else {
            at = place
            throw .noValue(
                of: entry.pointee.name.text, among: entry.pointee.values.map(\.name.text))
        }
        return found.number
    }

    private func noValue(_ target: Int) -> JSONProblem {
        let entry = schema.enums[target]
        return .noValue(of: entry.name.text, among: entry.values.map(\.name.text))
    }

    /// The problem of a value of another kind; of what no value begins with it is that it is no JSON.
    func wrong(_ problem: JSONProblem) -> JSONProblem {
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            problem
        default: .syntax(.value)
        }
    }
}
