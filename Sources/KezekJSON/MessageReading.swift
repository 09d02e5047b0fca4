// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekFiles
public import Texts

/// What is wrong with the JSON of a message.
public struct MessageFault: Error, Hashable, Sendable {
    /// Where, such as `papers.documents[2].expires`; empty for the whole.
    public let path: String
    public let problem: LocalizedText
}

extension MessageShape {
    /// The bytes of the message that a value of JSON says.
    ///
    /// Keys are those that `json` writes; the names of the `.proto` files are taken too.
    public func bytes(_ value: JSONValue) throws(MessageFault) -> [UInt8] {
        try bytes(value, path: "")
    }

    fileprivate func bytes(_ value: JSONValue, path: String) throws(MessageFault) -> [UInt8] {
        guard case .object(let members) = value else {
            throw MessageFault(noObject: path)
        }
        var builder = WireBuilder()
        for member in members {
            let place = path.isEmpty ? member.key : "\(path).\(member.key)"
            if case .null = member.value { continue }
            guard let field = field(member.key) else {
                guard let rows = rows.first(where: { $0.isPlain && $0.key == member.key }) else {
                    throw MessageFault(unknown: place, among: fields.map(\.name))
                }
                try write(rows, member.value, place, into: &builder)
                continue
            }
            guard field.isMany else {
                try field.write(member.value, place, into: &builder)
                continue
            }
            guard case .list(let values) = member.value else {
                throw MessageFault(
                    place, kk: "тізім болуы керек", ru: "здесь нужен список", en: "must be a list")
            }
            for (index, value) in values.enumerated() {
                try field.write(value, "\(place)[\(index)]", into: &builder)
            }
        }
        return builder.bytes
    }

    /// Writes rows as the columns that they are.
    private func write(
        _ rows: RowShape, _ value: JSONValue, _ path: String, into builder: inout WireBuilder
    ) throws(MessageFault) {
        guard case .list(let values) = value else {
            throw MessageFault(
                path, kk: "тізім болуы керек", ru: "здесь нужен список", en: "must be a list")
        }
        for (index, value) in values.enumerated() {
            let place = "\(path)[\(index)]"
            guard case .object(let members) = value else { throw MessageFault(noObject: place) }
            let keys = rows.columns.map(\.key)
            if let odd = members.first(where: { !keys.contains($0.key) }) {
                throw MessageFault(unknown: "\(place).\(odd.key)", among: keys)
            }
            for (key, column) in rows.columns {
                // The generator knows that the column is there.
                let value = members.first { $0.key == key }?.value ?? .null
                try field(column)!.write(value, "\(place).\(key)", into: &builder)
            }
        }
    }

    /// The field of a key, as JSON or as the `.proto` files have it.
    func field(_ key: String) -> Field? {
        let words = key.split(separator: "_", omittingEmptySubsequences: false)
        let camel = words.dropFirst().reduce(String(words[0])) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
        return fields.first { $0.name == camel }
    }

    /// The first place in a value that says something about a person; nil for none.
    public func personalPlace(_ value: JSONValue, path: String = "") -> String? {
        guard case .object(let members) = value else { return nil }
        for member in members {
            guard let field = field(member.key) else { continue }
            let place = path.isEmpty ? member.key : "\(path).\(member.key)"
            if field.isPersonal { return place }
            guard case .message(let name) = field.form, let shape = MessageShape(name) else {
                continue
            }
            let values = if case .list(let values) = member.value { values } else { [member.value] }
            for value in values {
                if let found = shape.personalPlace(value, path: place) { return found }
            }
        }
        return nil
    }
}

extension MessageShape.Field {
    fileprivate func write(
        _ value: JSONValue, _ path: String, into builder: inout WireBuilder
    ) throws(MessageFault) {
        switch (form, value) {
        case (.text, .text(let text)): builder.field(number, text.utf8)
        case (.bytes, .text(let text)):
            guard let bytes = Self.hexadecimal(text) else { throw form.fault(path) }
            builder.field(number, bytes)
        case (.message(let name), _):
            // Each message that is named is in the table.
            builder.field(number, try MessageShape(name)!.bytes(value, path: path))
        case (.day(let name), .text(let text)), (.moment(let name), .text(let text)),
            (.name(let name), .text(let text)), (.place(let name), .text(let text)):
            guard let parts = form.parts(text) else { throw form.fault(path) }
            builder.field(number, try MessageShape(name)!.bytes(.object(parts), path: path))
        default:
            guard let kind = form.number, let told = form.number(value),
                kind.write(told, number, into: &builder)
            else { throw form.fault(path) }
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}

extension MessageShape.Form {
    /// The number that a value says; nil if it is none of the form.
    fileprivate func number(_ value: JSONValue) -> Int128? {
        switch (self, value) {
        case (.bool, .bool(let bool)): bool ? 1 : 0
        case (.number, .number(let number)): number
        case (.enumeration(let name), .text(let text)):
            ShapeBook.all.enumerations[name]?.first { $0.value == text }.map { Int128($0.key) }
        case (.date, .text(let text)): CivilDate(text).map { Int128($0.dayNumber) }
        case (.time, .text("24:00:00")): 86_400
        case (.time, .text(let text)): TimeOfDay(text).map { Int128($0.second) }
        case (.timestamp, .text(let text)): (Self.timestamp(text)?.second).map { Int128($0) }
        // What has no text of its form is a number.
        case (.enumeration, .number(let number)), (.date, .number(let number)),
            (.time, .number(let number)),
            (.timestamp, .number(let number)):
            told(number) { "\($0)" } == value ? number : nil
        default: nil
        }
    }

    private static func timestamp(_ text: String) -> Timestamp? {
        if let utc = Timestamp(text) { return utc }
        guard text.count > 6, let local = CivilDateTime(String(text.dropLast(6))),
            let offset = UTCOffset(String(text.suffix(6)))
        else { return nil }
        return Timestamp("\(local)Z").flatMap {
            Timestamp(second: $0.second - Int64(offset.seconds))
        }
    }

    /// The parts of a small message that is written as one text.
    fileprivate func parts(_ text: String) -> [JSONValue.Member]? {
        switch self {
        case .day:
            return CivilDate(text).map { [.init("day", .text("\($0)"))] }
        case .moment:
            guard let moment = CivilDateTime(text) else { return nil }
            return [
                .init("day", .text("\(moment.date)")),
                .init("second", .text(Self.reading(moment.time))),
            ]
        case .name(let name):
            let words = text.split(separator: "/", omittingEmptySubsequences: false).map(
                String.init)
            guard let number = words.last.flatMap({ Int128($0) }) else { return nil }
            if name == "VisitName" {
                return words.count == 2
                    ? [.init("area", .text(words[0])), .init("number", .number(number))] : nil
            }
            return words.count == 3
                ? [
                    .init("office", .text(words[0])), .init("day", .text(words[1])),
                    .init("number", .number(number)),
                ] : nil
        case .place:
            let degrees = text.split(separator: ",", omittingEmptySubsequences: false)
                .compactMap { Degrees.millionths($0) }
            guard degrees.count == 2 else { return nil }
            return zip(["longitude", "latitude"], degrees).map {
                .init($0, .number(Int128($1)))
            }
        default: return nil
        }
    }

    fileprivate func fault(_ path: String) -> MessageFault {
        MessageFault(
            path, kk: "мұнда былай болуы керек: \(example)", ru: "здесь нужно так: \(example)",
            en: "must be like this: \(example)")
    }
}

extension MessageShape.Form {
    /// What a value of the form looks like.
    public var example: String {
        switch self {
        case .text: "\"…\""
        case .bool: "true"
        case .bytes: "\"00ff\""
        case .number(.uint): "17"
        case .number: "-17"
        case .date, .day: "\"2026-03-19\""
        case .time: "\"10:20\""
        case .timestamp: "\"2026-03-19T10:20:00+05:00\""
        case .moment: "\"2026-03-19T10:20\""
        case .name("VisitName"): "\"astana-1/17\""
        case .name: "\"astana-1/2026-03-19/17\""
        case .place: "\"71.4306,51.1282\""
        case .message: "{…}"
        case .enumeration(let name):
            (ShapeBook.all.enumerations[name] ?? [:]).sorted { $0.key < $1.key }
                .map { "\"\($0.value)\"" }.joined(separator: ", ")
        }
    }
}

extension MessageFault {
    fileprivate init(noObject path: String) {
        self.init(
            path, kk: "объект болуы керек", ru: "здесь нужен объект", en: "must be an object")
    }

    fileprivate init(unknown path: String, among keys: [String]) {
        let list = keys.joined(separator: ", ")
        self.init(
            path, kk: "мұндай кілт жоқ; барлары: \(list)", ru: "такого ключа нет; есть: \(list)",
            en: "there is no such key; there are: \(list)")
    }

    fileprivate init(_ path: String, kk: String, ru: String, en: String) {
        self.init(path: path, problem: LocalizedText(kk: kk, ru: ru, en: en))
    }
}
