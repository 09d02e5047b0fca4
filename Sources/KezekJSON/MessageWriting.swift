// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Foundation

extension MessageShape {
    /// The JSON of a message's bytes; nil if they are none.
    ///
    /// What has the value that is left out on the wire is left out here, too. Timestamps are told by
    /// `clock`, as UTC has them if none is given.
    public func json(
        _ bytes: ArraySlice<UInt8>, clock: (Timestamp) -> String = { "\($0)" }
    ) -> JSONValue? {
        var found: [UInt32: [JSONValue]] = [:]
        var fields = WireFields(bytes)
        while !fields.isAtEnd {
            guard let (number, content) = fields.next() else { return nil }
            // What is newer than this program is passed over.
            guard let field = self.fields.first(where: { $0.number == number }) else { continue }
            guard let values = field.values(content, clock) else { return nil }
            found[number, default: []] += values
        }
        return .object(
            self.fields.compactMap { field in
                guard let values = found[field.number], let last = values.last else { return nil }
                return JSONValue.Member(field.name, field.isMany ? .list(values) : last)
            })
    }
}

extension MessageShape.Field {
    /// One value, or the many of a packed field.
    fileprivate func values(
        _ content: WireFields.Content, _ clock: (Timestamp) -> String
    ) -> [JSONValue]? {
        if isMany, case .bytes(let packed) = content, let number = form.number {
            var (left, values) = (WireFields(packed), [JSONValue]())
            while !left.isAtEnd {
                let next: WireFields.Content? =
                    number == .fixed
                    ? left.fixed32().map { .fixed32($0) } : left.varint().map { .number($0) }
                guard let next, let value = form.value(next, clock) else { return nil }
                values.append(value)
            }
            return values
        }
        return form.value(content, clock).map { [$0] }
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
        _ content: WireFields.Content, _ clock: (Timestamp) -> String
    ) -> JSONValue? {
        if let number {
            guard let value = number.value(content) else { return nil }
            return told(value, clock)
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
        case .message(let name): return MessageShape(name)?.json(bytes, clock: clock)
        case .day(let name), .moment(let name), .name(let name):
            guard case .object(let members)? = MessageShape(name)?.json(bytes, clock: clock) else {
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
        default: return .text(day)
        }
    }
}
