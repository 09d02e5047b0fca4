// SPDX-License-Identifier: Apache-2.0

/// What a message of `kezek.v1` is made of, as its JSON has it.
public struct MessageShape: Sendable {
    /// One field.
    public struct Field: Sendable {
        public let number: UInt32
        /// Its key in JSON, such as `startSecond`.
        public let name: String
        /// It may be there many times: a list in JSON.
        public let isMany: Bool
        /// Its zero says that there is none.
        let mayBeNone: Bool
        public let form: Form
        /// It is about a person.
        public let isPersonal: Bool
    }

    /// How a field is written.
    public enum Form: Hashable, Sendable {
        case text, bool, bytes
        case number(WireNumber)
        /// `2026-03-19`, a number of days since 1970-01-01.
        case date(WireNumber)
        /// `10:20:00`, a number of seconds since midnight.
        case time(WireNumber)
        /// `2026-03-19T10:20:00+05:00`, a number of seconds since 1970-01-01T00:00:00Z.
        case timestamp(WireNumber)
        case enumeration(String)
        case message(String)
        /// A message of one day, as a date.
        case day(String)
        /// A message of a day and a second, as `2026-03-19T10:20:00`.
        case moment(String)
        /// A message of an office, a day perhaps, and a number, as `astana-1/2026-03-19/17`.
        case name(String)
        /// A message of a place, in degrees as `71.4306,51.1282`, the longitude first.
        case place(String)
    }

    /// How a number travels.
    public enum WireNumber: String, Hashable, Sendable {
        case uint, int, sint, fixed
    }

    public let name: String
    public let fields: [Field]
    /// How fields that belong together are written.
    public let rows: [RowShape]

    /// The message of this name; nil if there is none.
    public init?(_ name: String) {
        guard let fields = ShapeBook.all.messages[name] else { return nil }
        self.name = name
        self.fields = fields
        rows = ShapeBook.all.rows[name] ?? []
    }
}

/// All messages and enums, read once from the generated table.
struct ShapeBook: Sendable {
    var messages: [String: [MessageShape.Field]] = [:]
    var rows: [String: [RowShape]] = [:]
    /// The names of an enum's values by their numbers.
    var enumerations: [String: [UInt32: String]] = [:]

    static let all = ShapeBook(ShapeTable.text)

    init(_ table: String) {
        var (message, enumeration): (String?, String?)
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "message":
                (message, enumeration) = (words[1], nil)
                messages[words[1]] = []
            case "enum":
                (message, enumeration) = (nil, words[1])
                enumerations[words[1]] = [:]
            case "rows", "cell":
                if let message { rows[message, default: []].append(RowShape(words)) }
            default:
                guard let number = UInt32(words[0]) else { continue }
                if let enumeration { enumerations[enumeration]![number] = words[1] }
                if let message, let field = MessageShape.Field(number, words) {
                    messages[message]!.append(field)
                }
            }
        }
    }
}

extension MessageShape.Field {
    /// A field of the table: `2 day* date.sint`, `4 estimates* message Estimate`, `5 withinDays? uint`.
    fileprivate init?(_ number: UInt32, _ words: [String]) {
        guard words.count >= 3,
            let form = MessageShape.Form(words[2], words.count > 3 ? words[3] : "")
        else { return nil }
        self.number = number
        mayBeNone = words[1].hasSuffix("?")
        let word = mayBeNone ? words[1].dropLast() : words[1][...]
        isMany = word.hasSuffix("*")
        name = String(isMany ? word.dropLast() : word)
        self.form = form
        isPersonal = words.last == "personal"
    }
}

extension MessageShape.Form {
    fileprivate init?(_ word: String, _ type: String) {
        let parts = word.split(separator: ".").map(String.init)
        let number = MessageShape.WireNumber(rawValue: parts.last!)
        switch (parts[0], number) {
        case ("text", _): self = .text
        case ("bool", _): self = .bool
        case ("bytes", _): self = .bytes
        case ("enum", _): self = .enumeration(type)
        case ("message", _): self = .message(type)
        case ("date", nil): self = .day(type)
        case ("moment-of-the-wall", _): self = .moment(type)
        case ("name", _): self = .name(type)
        case ("place", _): self = .place(type)
        case ("date", let number?): self = .date(number)
        case ("time", let number?): self = .time(number)
        case ("timestamp", let number?): self = .timestamp(number)
        case (_, let number?): self = .number(number)
        default: return nil
        }
    }
}
