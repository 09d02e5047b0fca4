// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Journal
import Parties
import Queue
import Texts

/// `BookingName`, `LocalizedText` and the names of offices, services, windows and tickets.
extension WireWriter {
    /// A ticket as it is printed; empty for none.
    @inline(__always)
    func label(_ label: TicketLabel?) throws(Full) -> ProtobufCBinaryData {
        guard let label else { return ProtobufCBinaryData(len: 0, data: nil) }
        let memory = try allocate(6, of: UInt8.self)
        let number = label.number
        memory[0] = label.letter
        memory[1] = UInt8(ascii: "-")
        var count = 2
        for place: UInt16 in [1000, 100, 10, 1] where place < 1000 || number >= 1000 {
            memory[count] = UInt8(ascii: "0") + UInt8(number / place % 10)
            count += 1
        }
        return ProtobufCBinaryData(len: count, data: memory)
    }

    /// A single letter, given in ASCII.
    func letter(_ letter: UInt8) throws(Full) -> ProtobufCBinaryData {
        let memory = try allocate(1, of: UInt8.self)
        memory[0] = letter
        return ProtobufCBinaryData(len: 1, data: memory)
    }

    @inline(__always)
    func name(_ id: BookingID) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BookingName> {
        try message(kezek__v1__booking_name__init) { (message) throws(Full) in
            message.office = try text(id.office.description)
            message.day = id.date.dayNumber
            message.number = id.number
        }
    }

    func localized(
        _ value: LocalizedText
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__LocalizedText> {
        try message(kezek__v1__localized_text__init) { (message) throws(Full) in
            message.kk = try text(value.kk)
            message.ru = try text(value.ru)
            message.en = try text(value.en)
        }
    }

    /// The 16 bytes of a request id.
    func requestID(_ id: RequestID) throws(Full) -> ProtobufCBinaryData {
        let memory = UnsafeMutableRawPointer(try allocate(16, of: UInt8.self))
        memory.storeBytes(of: id.high.bigEndian, as: UInt64.self)
        memory.storeBytes(of: id.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        return ProtobufCBinaryData(
            len: 16, data: memory.assumingMemoryBound(to: UInt8.self))
    }
}

extension WireReader {
    @inline(__always) @discardableResult
    func office(
        _ bytes: ProtobufCBinaryData, _ field: StaticString = "office"
    ) throws(Refusal) -> OfficeID {
        guard let id = OfficeID(try name(bytes, field)) else { throw invalidName(field, 32) }
        return id
    }

    @inline(__always)
    func service(
        _ bytes: ProtobufCBinaryData, _ field: StaticString = "service"
    ) throws(Refusal) -> ServiceID {
        guard let id = ServiceID(try name(bytes, field)) else { throw invalidName(field, 32) }
        return id
    }

    func window(
        _ bytes: ProtobufCBinaryData, _ field: StaticString = "window"
    ) throws(Refusal) -> WindowID {
        guard let id = WindowID(try name(bytes, field)) else { throw invalidName(field, 8) }
        return id
    }

    /// The code of a reason in an office's own list.
    func listed(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> ListedCode {
        guard let code = ListedCode(try name(bytes, field)) else { throw invalidName(field, 32) }
        return code
    }

    /// By what an office names who sits at a window.
    func seat(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> SeatName {
        let text = try name(bytes, field)
        try requireNoIIN(text, field)
        guard let who = SeatName(text) else { throw invalidName(field, 32) }
        return who
    }

    func invalidName(_ field: StaticString, _ limit: Int) -> Refusal {
        invalid(
            "\(field)", kk: "1–\(limit) кіші латын әрпі, цифр және сызықша күтілді.",
            ru: "ожидались строчные латинские буквы, цифры и дефисы, от 1 до \(limit).",
            en: "expected 1 to \(limit) lower-case Latin letters, digits and hyphens.")
    }

    func label(
        _ bytes: ProtobufCBinaryData, _ field: StaticString = "ticket"
    ) throws(Refusal) -> TicketLabel {
        guard let label = TicketLabel(try name(bytes, field)) else {
            throw invalid(
                "\(field)", kk: "A-017 сияқты талон күтілді.",
                ru: "ожидался талон, такой как A-017.", en: "expected a ticket such as A-017.")
        }
        return label
    }

    /// A single letter from A to Z, in ASCII.
    func letter(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> UInt8 {
        guard bytes.len == 1, let letter = bytes.data?.pointee,
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
        else {
            throw invalid(
                "\(field)", kk: "A–Z әрпі күтілді.", ru: "ожидалась буква от A до Z.",
                en: "expected a letter from A to Z.")
        }
        return letter
    }

    @inline(__always)
    func booking(
        _ message: UnsafeMutablePointer<Kezek__V1__BookingName>?
    ) throws(Refusal) -> BookingID {
        guard let message = message?.pointee else { throw missing("booking") }
        guard message.number > 0 else { throw missing("booking.number") }
        return BookingID(
            office: try office(message.office, "booking.office"),
            date: try date(message.day, "booking.day"), number: message.number)
    }

    /// A text in three languages, each of at most so many bytes and on one line; empty texts where there
    /// is none.
    func localized(
        _ message: UnsafeMutablePointer<Kezek__V1__LocalizedText>?, _ field: StaticString,
        limit: Int
    ) throws(Refusal) -> LocalizedText {
        guard let message = message?.pointee else { return LocalizedText(kk: "", ru: "", en: "") }
        func read(
            _ bytes: ProtobufCBinaryData, _ language: StaticString
        ) throws(Refusal) -> String {
            // In journals of before there may be others.
            isRequest
                ? try line(bytes, language, limit: limit) : try text(bytes, language, limit: limit)
        }
        return try within("\(field)") { () throws(Refusal) in
            LocalizedText(
                kk: try read(message.kk, "kk"), ru: try read(message.ru, "ru"),
                en: try read(message.en, "en"))
        }
    }

    @inline(__always)
    func requestID(
        _ bytes: ProtobufCBinaryData, _ field: StaticString = "request_id"
    ) throws(Refusal) -> RequestID {
        guard bytes.len == 16, let data = bytes.data else {
            throw invalid(
                "\(field)", kk: "кездейсоқ таңдалған 16 байт күтілді.",
                ru: "ожидались 16 байт, выбранных случайно.",
                en: "expected 16 bytes, chosen at random.")
        }
        let memory = UnsafeRawPointer(data)
        return RequestID(
            high: UInt64(bigEndian: memory.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}
