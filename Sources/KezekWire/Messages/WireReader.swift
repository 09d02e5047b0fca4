// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Texts

/// A number in another type; beyond that, the nearest that it has.
@inline(__always)
func fit<From: FixedWidthInteger, To: FixedWidthInteger>(_ number: From) -> To {
    To(clamping: number)
}

/// Turns fields of decoded messages into values, and refuses those that cannot be.
///
/// protobuf-c checks the wire format alone; what a field may hold is checked here.
struct WireReader {
    /// The language of refusals.
    let language: Language
    /// Whether a client has sent what is read; what was recorded or answered once is read as it is.
    var isRequest = false

    func invalid(_ field: String, _ expected: LocalizedText) -> Refusal {
        Refusal(.invalidField, "\(field): \(expected[language])", field: field)
    }

    func invalid(_ field: String, kk: String, ru: String, en: String) -> Refusal {
        invalid(field, LocalizedText(kk: kk, ru: ru, en: en))
    }

    /// A secret of at most so many bytes, of which no other copy is made.
    func secret(
        _ bytes: ProtobufCBinaryData, _ field: StaticString, limit: Int
    ) throws(Refusal) -> Secret {
        guard bytes.len <= limit else { throw tooLong(field, limit) }
        return Secret(UnsafeRawBufferPointer(start: bytes.data, count: bytes.len))
    }

    private func tooLong(_ field: StaticString, _ limit: Int) -> Refusal {
        invalid(
            "\(field)", kk: "мәтін \(limit) байттан аспауы керек.",
            ru: "в тексте должно быть байт не больше \(limit).",
            en: "the text must not be longer than \(limit) bytes.")
    }

    /// A text of at most so many bytes.
    @inline(__always)
    func text(
        _ bytes: ProtobufCBinaryData, _ field: StaticString, limit: Int
    ) throws(Refusal) -> String {
        guard let data = bytes.data, bytes.len > 0 else { return "" }
        guard bytes.len <= limit else { throw tooLong(field, limit) }
        let buffer = UnsafeBufferPointer(start: data, count: bytes.len)
        // Names are ASCII, for which checking is a fraction of the general way's time.
        if buffer.allSatisfy({ $0 < 0x80 }) { return String(decoding: buffer, as: UTF8.self) }
        guard let text = String(validating: buffer, as: UTF8.self) else {
            throw Refusal(
                .textNotUTF8, in: language, kk: "\(field): мәтін UTF-8 емес.",
                ru: "\(field): текст не в UTF-8.", en: "\(field): the text is not UTF-8.",
                field: "\(field)")
        }
        return text
    }

    /// A name in a request.
    @inline(__always)
    func name(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> String {
        let name = try text(bytes, field, limit: CallLimit.nameBytes)
        // An unknown one is told again, on a line of somebody's screen.
        if isRequest, !name.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            try requireOneLine(name, field)
        }
        return name
    }

    /// A text on one line.
    func line(
        _ bytes: ProtobufCBinaryData, _ field: StaticString, limit: Int
    ) throws(Refusal) -> String {
        let text = try text(bytes, field, limit: limit)
        try requireOneLine(text, field)
        guard !isRequest || !text.isBlank else {
            throw invalid(
                "\(field)",
                kk: "тек бос орын тұр; сөз жазыңыз, ал міндетті болмаса, бос қалдырыңыз.",
                ru: "одни пробелы; напишите слова, а если это не обязательно, оставьте пустым.",
                en: "there is nothing but blanks; write words, or leave it empty if it may be.")
        }
        return text
    }

    private func requireOneLine(_ text: String, _ field: StaticString) throws(Refusal) {
        guard text.isOnOneLine else {
            throw invalid(
                "\(field)", kk: "мәтінде жол ауыстыру немесе басқару таңбасы болмауы керек.",
                ru: "в тексте не должно быть переводов строк и управляющих символов.",
                en: "the text must not have line breaks or control characters.")
        }
        // What was kept by an earlier version is read as it is.
        guard !isRequest || text.isPlainLine else {
            throw invalid(
                "\(field)",
                kk: "мәтінде көрінбейтін немесе таңбалардың ретін өзгертетін таңба бар; оны "
                    + "қайта теріп жазыңыз.",
                ru:
                    "в тексте есть невидимый знак или знак, меняющий порядок других; наберите его "
                    + "заново.",
                en:
                    "the text has a character that nobody sees or that turns the order of others; "
                    + "type it anew.")
        }
    }

    /// A remark of a person, which is kept for ever: on one line, and without anybody's IIN.
    func remark(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> String {
        let text = try line(bytes, field, limit: CallLimit.reasonBytes)
        try requireNoIIN(text, field)
        return text
    }

    func requireNoIIN(_ text: String, _ field: StaticString) throws(Refusal) {
        guard !IIN.isWithin(text) else {
            throw invalid(
                "\(field)", kk: "мәтінде ЖСН бар; оны мұнда жазуға болмайды.",
                ru: "в тексте есть ИИН; здесь его писать нельзя.",
                en: "the text has an IIN in it, which must not be written here.")
        }
    }

    /// A text in a response: as long as the frame lets it be.
    func text(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> String {
        try text(bytes, field, limit: CallLimit.responseFrameBytes)
    }

    @inline(__always)
    func date(_ day: Int32, _ field: StaticString) throws(Refusal) -> CivilDate {
        guard let date = CivilDate(dayNumber: day) else {
            throw Refusal(
                .dateOutOfRange, in: language,
                kk: "\(field): күн 1 жылдан 9999 жылға дейін болуы керек.",
                ru: "\(field): дата должна лежать в годах с 1 по 9999.",
                en: "\(field): the date must lie in the years 1 to 9999.", field: "\(field)")
        }
        return date
    }

    @inline(__always)
    func moment(
        _ moment: UnsafeMutablePointer<Kezek__V1__CivilDateTime>?, _ field: StaticString
    ) throws(Refusal) -> CivilDateTime {
        let moment = try given(moment, field)
        do throws(Refusal) {
            return CivilDateTime(try date(moment.day, "day"), try time(moment.second, "second"))
        } catch { throw error.within("\(field)") }
    }

    /// A part of a message: a refusal of it names its field by the path from the whole.
    func within<T>(
        _ place: @autoclosure () -> String, _ read: () throws(Refusal) -> T
    ) throws(Refusal) -> T {
        do throws(Refusal) { return try read() } catch { throw error.within(place()) }
    }

    /// A part that must be there.
    func part<M, T>(
        _ message: UnsafeMutablePointer<M>?, _ field: StaticString,
        _ read: (M) throws(Refusal) -> T
    ) throws(Refusal) -> T {
        let message = try given(message, field)
        return try within("\(field)") { () throws(Refusal) in try read(message) }
    }

    func moments(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__CivilDateTime>?>?,
        _ field: StaticString
    ) throws(Refusal) -> [CivilDateTime] {
        var moments: [CivilDateTime] = []
        for index in 0..<count {
            moments.append(
                try within("\(field)[\(index)]") { () throws(Refusal) in
                    try moment(items![index], "")
                })
        }
        return moments
    }

    /// A second of the day.
    @inline(__always)
    func time(_ second: UInt32, _ field: StaticString) throws(Refusal) -> TimeOfDay {
        guard let second = Int32(exactly: second), let time = TimeOfDay(second: second) else {
            throw invalid(
                "\(field)", kk: "тәулік секунды 0-ден 86399-ға дейін болуы керек.",
                ru: "секунда суток должна быть от 0 до 86399.",
                en: "the second of the day must be 0 to 86399.")
        }
        return time
    }

    func missing(_ field: String) -> Refusal {
        invalid(
            field, kk: "өріс толтырылмаған.", ru: "поле не заполнено.", en: "the field is missing.")
    }

    /// A message that must be there.
    @inline(__always) @discardableResult
    func given<M>(
        _ message: UnsafeMutablePointer<M>?, _ field: StaticString
    ) throws(Refusal) -> M {
        guard let message else { throw missing("\(field)") }
        return message.pointee
    }

    /// Refuses a oneof of which no field is there.
    func chosen(_ field: UInt32, _ name: StaticString) throws(Refusal) {
        guard field != 0 else { throw missing("\(name)") }
    }

    /// What stands for a oneof of which no field is there.
    func none<T>(_ field: StaticString) throws(Refusal) -> T { throw missing("\(field)") }

    func number(
        _ value: UInt32, _ range: ClosedRange<Int>, _ field: StaticString
    ) throws(Refusal) -> Int {
        let number = Int(value)
        guard range.contains(number) else {
            let (low, high) = (range.lowerBound, range.upperBound)
            throw invalid(
                "\(field)", kk: "\(low)–\(high) аралығындағы сан күтілді.",
                ru: "ожидалось число от \(low) до \(high).",
                en: "expected a number from \(low) to \(high).")
        }
        return number
    }

    /// A number that is not 0.
    func positive(_ number: UInt32, _ field: StaticString) throws(Refusal) -> UInt32 {
        guard number > 0 else { throw missing("\(field)") }
        return number
    }

    func unknownValue(_ field: String) -> Refusal {
        invalid(
            field, kk: "мәні белгісіз.", ru: "значение неизвестно.", en: "the value is not known.")
    }

    /// The value of an enum whose numbers are those of the wire; its 0 is none.
    @inline(__always)
    func choice<Value: RawRepresentable<UInt8>>(
        _ number: UInt32, _ field: StaticString
    ) throws(Refusal) -> Value {
        guard let raw = UInt8(exactly: number), let value = Value(rawValue: raw) else {
            throw unknownValue("\(field)")
        }
        return value
    }

    /// Refuses more values of a repeated field than there may be.
    func limit(_ count: Int, _ limit: Int, _ field: StaticString) throws(Refusal) {
        guard count <= limit else {
            throw invalid(
                "\(field)", kk: "\(limit) мәннен аспауы керек.", ru: "значений не больше \(limit).",
                en: "at most \(limit) values.")
        }
    }

    /// The values of a repeated field, each read by the closure.
    func list<M, T>(
        _ count: Int, _ items: UnsafeMutablePointer<UnsafeMutablePointer<M>?>?,
        _ read: (M) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var values: [T] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            // protobuf-c never leaves a hole in a repeated field.
            values.append(try read(items![index]!.pointee))
        }
        return values
    }

    /// The values of a repeated field of a request, each read by the closure, which names fields as they
    /// are called within one.
    func list<M, T>(
        _ count: Int, _ items: UnsafeMutablePointer<UnsafeMutablePointer<M>?>?,
        at field: StaticString, _ read: (M) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var index = -1
        do throws(Refusal) {
            return try list(count, items) { (message) throws(Refusal) in
                index += 1
                return try read(message)
            }
        } catch { throw error.within("\(field)[\(index)]") }
    }

    /// The values of a repeated field that has no messages, each read by the closure.
    func each<V, T>(
        _ count: Int, _ items: UnsafeMutablePointer<V>?, _ read: (V) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var values: [T] = []
        values.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: items, count: items == nil ? 0 : count) {
            values.append(try read(item))
        }
        return values
    }

    /// The same of a request, of which each is named by its place.
    func each<V, T>(
        _ count: Int, _ items: UnsafeMutablePointer<V>?, at field: StaticString,
        _ read: (V) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var index = -1
        do throws(Refusal) {
            return try each(count, items) { (item) throws(Refusal) in
                index += 1
                return try read(item)
            }
        } catch { throw error.within("\(field)[\(index)]") }
    }

    /// The columns of a table are as long as the first of them.
    func same(
        _ counts: [Int], as count: Int, _ field: StaticString = "columns"
    ) throws(Refusal) {
        guard counts.allSatisfy({ $0 == count }) else { throw unknownValue("\(field)") }
    }

    /// The rows of columns, of which each is read by its place.
    func rows<T>(
        _ count: Int, _ others: [Int], _ field: StaticString,
        _ read: (Int) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        try same(others, as: count, field)
        var rows: [T] = []
        rows.reserveCapacity(count)
        for row in 0..<count { rows.append(try read(row)) }
        return rows
    }

    /// A value that cannot be made of everything.
    func known<T>(_ value: T?, _ field: StaticString) throws(Refusal) -> T {
        guard let value else { throw unknownValue("\(field)") }
        return value
    }

    /// The values of a packed column.
    func column<T>(_ count: Int, _ values: UnsafeMutablePointer<T>?) -> [T] {
        guard let values else { return [] }
        return Array(UnsafeBufferPointer(start: values, count: count))
    }
}
