// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Foundation
import KezekFiles

/// How messages are told.
struct Telling {
    let clock: (Timestamp) -> String
    /// Columns as rows.
    let inRows: Bool
    /// The texts of messages around this one.
    var around: [String: JSONValue] = [:]
}

extension MessageShape {
    /// The JSON of a message's bytes; nil if they are none.
    ///
    /// A number, a time of day, a yes or no and a list are there whatever they are, also 0, no and empty; of
    /// anything else, and of a number whose zero says that there is none, what is not there is left out.
    /// Timestamps are told by `clock`, as UTC has them if none is given. Columns are told as the messages have
    /// them, without `inRows`.
    public func json(
        _ bytes: ArraySlice<UInt8>, clock: (Timestamp) -> String = utc, inRows: Bool = true
    ) -> JSONValue? {
        withoutActuallyEscaping(clock) { clock in
            json(bytes, Telling(clock: clock, inRows: inRows))
        }
    }

    /// A timestamp as RFC 3339 has it, such as `2026-03-19T05:00:00Z`.
    public static func utc(_ timestamp: Timestamp) -> String {
        let utc = "\(timestamp)".dropLast()
        return CivilDateTime(String(utc)).map { Form.reading($0) + "Z" } ?? "\(timestamp)"
    }

    fileprivate func json(_ bytes: ArraySlice<UInt8>, _ telling: Telling) -> JSONValue? {
        var (messages, found) = ([(Field, WireFields.Content)](), [String: [JSONValue]]())
        var fields = WireFields(bytes)
        while !fields.isAtEnd {
            guard let (number, content) = fields.next() else { return nil }
            // What is newer than this program is passed over.
            guard let field = self.fields.first(where: { $0.number == number }) else { continue }
            if case .message = field.form {
                messages.append((field, content))
                continue
            }
            guard let values = field.values(content, telling) else { return nil }
            found[field.name, default: []] += values
        }
        // A message within may name what this one is about.
        var telling = telling
        for field in self.fields where field.form == .text && !field.isMany {
            telling.around[field.name] = found[field.name]?.last ?? telling.around[field.name]
        }
        for (field, content) in messages {
            guard let values = field.values(content, telling) else { return nil }
            found[field.name, default: []] += values
        }
        let members = self.fields.compactMap { field in
            let values = found[field.name]
            let told = field.isMany ? values.map { .list($0) } : values?.last
            return (told ?? field.zero(telling)).map { JSONValue.Member(field.name, $0) }
        }
        guard telling.inRows, !rows.isEmpty else { return .object(members) }
        return self.inRows(members, found, telling.around)
    }
}

extension MessageShape.Field {
    /// What is told of it where nothing stands on the wire; nil to leave it out.
    fileprivate func zero(_ telling: Telling) -> JSONValue? {
        if isMany { return .list([]) }
        guard !mayBeNone else { return nil }
        switch form {
        case .number: return .number(0)
        case .bool: return .bool(false)
        case .time: return form.told(0, telling.clock)
        case .enumeration:
            let name = form.told(0, telling.clock)
            return name == .text("unspecified") ? nil : name
        case .message(let name):
            let isList = MessageShape(name)?.rows.first?.isWhole == true
            return telling.inRows && isList ? .list([]) : nil
        default: return nil
        }
    }

    /// One value, or the many of a packed field.
    fileprivate func values(
        _ content: WireFields.Content, _ telling: Telling
    ) -> [JSONValue]? {
        if isMany, case .bytes(let packed) = content, let number = form.number {
            var (left, values) = (WireFields(packed), [JSONValue]())
            while !left.isAtEnd {
                let next: WireFields.Content? =
                    number == .fixed
                    ? left.fixed32().map { .fixed32($0) } : left.varint().map { .number($0) }
                guard let next, let value = form.value(next, telling) else { return nil }
                values.append(value)
            }
            return values
        }
        return form.value(content, telling).map { [$0] }
    }
}

extension MessageShape.Form {
    /// How its number travels; nil if it is none.
    var number: MessageShape.WireNumber? {
        switch self {
        case .number(let number), .date(let number), .time(let number), .timestamp(let number):
            number
        case .bool, .enumeration: .uint
        default: nil
        }
    }

    fileprivate func value(
        _ content: WireFields.Content, _ telling: Telling
    ) -> JSONValue? {
        if let number {
            guard let value = number.value(content) else { return nil }
            return told(value, telling.clock)
        }
        guard case .bytes(let bytes) = content else { return nil }
        switch self {
        case .text: return .text(String(decoding: bytes, as: UTF8.self))
        case .bytes:
            // Names of commands and secrets are hexadecimal elsewhere, too.
            return .text(
                bytes.count <= 32
                    ? bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                    : Data(bytes).base64EncodedString())
        case .message(let name): return MessageShape(name)?.json(bytes, telling)
        case .day(let name), .moment(let name), .name(let name), .place(let name):
            guard case .object(let members)? = MessageShape(name)?.json(bytes, telling) else {
                return nil
            }
            return text(members)
        default: return nil
        }
    }

    func told(_ value: Int128, _ clock: (Timestamp) -> String) -> JSONValue {
        switch self {
        case .bool: .bool(value != 0)
        case .enumeration(let name):
            UInt32(exactly: value).flatMap { ShapeBook.all.enumerations[name]?[$0] }.map {
                .text($0)
            }
                ?? .number(value)
        case .date: Self.date(value).map { .text($0.description) } ?? .number(value)
        case .time: Self.time(value).map { .text($0) } ?? .number(value)
        case .timestamp:
            Int64(exactly: value).flatMap { Timestamp(second: $0) }.map { .text(clock($0)) }
                ?? .number(value)
        default: .number(value)
        }
    }

    private static func date(_ value: Int128) -> CivilDate? {
        Int32(exactly: value).flatMap { CivilDate(dayNumber: $0) }
    }

    /// A time of day, the end of the day included.
    private static func time(_ value: Int128) -> String? {
        if value == 86_400 { return "24:00:00" }
        return Int32(exactly: value).flatMap { TimeOfDay(second: $0) }.map(reading)
    }

    /// `2026-03-19T10:20:00`, the seconds always.
    static func reading(_ moment: CivilDateTime) -> String {
        "\(moment.date)T\(reading(moment.time))"
    }

    /// `10:20:00`, the seconds always.
    static func reading(_ time: TimeOfDay) -> String {
        let parts = [time.second / 3_600, time.second / 60 % 60, time.second % 60]
        return parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }

    /// A small message as one text; its parts that are left out are their zero.
    private func text(_ members: [JSONValue.Member]) -> JSONValue {
        func part(_ key: String, or zero: String) -> String {
            switch members.first(where: { $0.key == key })?.value {
            case .text(let text): text
            case .number(let number): "\(number)"
            default: zero
            }
        }
        let day = part("day", or: "1970-01-01")
        switch self {
        case .moment: return .text("\(day)T\(part("second", or: "00:00:00"))")
        case .name("VisitName"): return .text("\(part("area", or: ""))/\(part("number", or: "0"))")
        case .name: return .text("\(part("office", or: ""))/\(day)/\(part("number", or: "0"))")
        case .place:
            let degrees = ["longitude", "latitude"].map { Int32(part($0, or: "0")) ?? 0 }
            return .text(degrees.map(Degrees.text).joined(separator: ","))
        default: return .text(day)
        }
    }
}
