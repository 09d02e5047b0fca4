// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import KezekProtoJSON
import Texts

/// What came over HTTP, without anything of HTTP's own.
public struct ConnectRequest {
    var method: String
    var path: String
    var query = ""
    /// The first header of a name in small letters.
    var header: (String) -> String?
    var body: [UInt8] = []

    public init(
        method: String, path: String, query: String = "", header: @escaping (String) -> String?,
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.header = header
        self.body = body
    }
}

/// A call that a request makes by the Connect protocol.
public struct ConnectCall: Sendable {
    public let entry: CallEntry
    public let form: ConnectForm
    /// The bytes of the call's message.
    public let message: [UInt8]
    /// How long the caller waits, in milliseconds; 0 for as long as it takes.
    public let deadlineMilliseconds: UInt32
    /// Which command it is, as the caller says it; nil for none.
    public let idempotencyKey: String?
    /// A serialised `kezek.v1.BookingProof`; empty for none.
    public let proof: [UInt8]
    /// Whether it is a question by GET, whose answer has a tag.
    let isGet: Bool

    /// - Throws: a ``ConnectFault``, as the protocol has it.
    public init(_ entry: CallEntry, _ request: ConnectRequest) throws(ConnectFault) {
        self.entry = entry
        isGet = request.method == "GET"
        let isAsked = !entry.isCommand && !Self.alwaysStreams(entry)
        let methods = isAsked ? "GET, POST" : "POST"
        guard request.method == "POST" || (isGet && isAsked) else {
            throw ConnectFault(
                .unimplemented, status: 405, headers: [("allow", methods)],
                kk: "Бұл шақыру үшін әдіс: \(methods).", ru: "Метод этого вызова: \(methods).",
                en: "The method of this call is: \(methods).")
        }
        deadlineMilliseconds = try Self.deadline(request)
        idempotencyKey = try Self.key(entry, request)
        proof = try Self.proof(request)
        if isGet {
            (form, message) = try Self.asked(entry, request)
        } else {
            (form, message) = try Self.posted(entry, request)
        }
        if entry.streams, !form.isStream, Self.watches(entry, message) {
            throw Self.wrongType(entry)
        }
    }

    private static func alwaysStreams(_ entry: CallEntry) -> Bool {
        entry.streams && entry.request.number(of: "watch") == nil
    }

    /// Whether a call asks for more answers than one.
    private static func watches(_ entry: CallEntry, _ message: [UInt8]) -> Bool {
        guard let number = entry.request.number(of: "watch") else { return true }
        return entry.request.hasSet(number, in: message)
    }

    // MARK: Headers

    private static func deadline(_ request: ConnectRequest) throws(ConnectFault) -> UInt32 {
        if let version = request.header("connect-protocol-version"), version != "1" {
            throw ConnectFault(
                field: "connect-protocol-version",
                LocalizedText(kk: "1 болуы керек", ru: "должно быть 1", en: "must be 1"))
        }
        guard let text = request.header("connect-timeout-ms") else { return 0 }
        let isNumber =
            (1...10).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) }
        // Whoever waits no time at all asks for nothing.
        guard isNumber, let value = UInt64(text), value > 0 else {
            throw ConnectFault(
                field: "connect-timeout-ms",
                LocalizedText(
                    kk: "1-ден бастап 10 цифрға дейінгі миллисекунд саны болуы керек",
                    ru: "должно быть число миллисекунд от 1 и до 10 цифр",
                    en: "must be milliseconds from 1 up, in up to 10 digits"))
        }
        return UInt32(clamping: value)
    }

    /// The key of a command, with the quotation marks of a structured field or without.
    private static func key(
        _ entry: CallEntry, _ request: ConnectRequest
    ) throws(ConnectFault) -> String? {
        guard let header = request.header("idempotency-key") else {
            guard entry.isCommand else { return nil }
            throw ConnectFault(
                field: "idempotency-key",
                LocalizedText(
                    kk: "әр бұйрықта болуы керек: оны қайталағанда да сол мән (мысалы, UUID)",
                    ru: "нужен у каждой команды: тот же и при её повторе (например, UUID)",
                    en:
                        "must be there on each command, and the same when it is sent again (such as a UUID)"
                ))
        }
        var text = header[...]
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
            text = text.dropFirst().dropLast()
        }
        let isPlain = text.utf8.allSatisfy {
            (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C
        }
        guard isPlain, (1...255).contains(text.utf8.count) else {
            throw ConnectFault(
                field: "idempotency-key",
                LocalizedText(
                    kk: "ASCII таңбаларының 1–255 аралығы болуы керек",
                    ru: "должно быть от 1 до 255 знаков ASCII",
                    en: "must be 1 to 255 characters of ASCII"))
        }
        return entry.isCommand ? String(text) : nil
    }

    /// For whom the caller speaks: JSON of `kezek.v1.BookingProof`, or its bytes in base64.
    private static func proof(_ request: ConnectRequest) throws(ConnectFault) -> [UInt8] {
        if let text = request.header("kezek-proof-bin") {
            guard let bytes = Base64Text.bytes(text) else {
                throw ConnectFault(field: "kezek-proof-bin", JSONProblem.noBase64.told)
            }
            return bytes
        }
        guard let text = request.header("kezek-proof") else { return [] }
        // It is in the table, as every message is.
        let type = MessageType("BookingProof")!
        do throws(JSONFault) {
            return try JSONCodec.message(
                type, json: Array(text.utf8),
                limits: JSONLimits(bytesIn: 4096, bytesOut: 4096, values: 16))
        } catch {
            let place = error.path.isEmpty ? "kezek-proof" : "kezek-proof.\(error.path)"
            throw ConnectFault(field: place, error.problem.told)
        }
    }

    // MARK: Bodies

    private static func wrongType(_ entry: CallEntry) -> ConnectFault {
        let streams = "application/connect+json, application/connect+proto"
        let plain = "application/json, application/proto"
        let types =
            !entry.streams ? plain : alwaysStreams(entry) ? streams : "\(plain), \(streams)"
        return ConnectFault(
            .unimplemented, status: 415, headers: [("accept-post", types)],
            kk:
                "Content-Type мынаның бірі болуы керек: \(types); ағын сұрайтын шақыруға: \(streams).",
            ru:
                "Content-Type должен быть одним из: \(types); для вызова, который просит поток: \(streams).",
            en:
                "Content-Type must be one of: \(types); for a call that asks for a stream: \(streams)."
        )
    }

    private static func unpacked(
        _ bytes: [UInt8], _ packing: String?
    ) throws(ConnectFault) -> [UInt8] {
        switch packing?.lowercased() {
        case nil, "", "identity": return bytes
        case "gzip":
            let limit = ConnectForm.requestLimits.bytesIn
            guard let unpacked = Gzip.unpack(bytes, limit: limit) else {
                throw ConnectFault(
                    .invalidArgument,
                    kk: "Дене gzip емес, не ашылғанда \(limit) байттан асады.",
                    ru: "Тело — не gzip либо в распакованном виде больше \(limit) байтов.",
                    en: "The body is not gzip, or unpacked it is larger than \(limit) bytes.")
            }
            return unpacked
        default:
            throw ConnectFault(
                .unimplemented, headers: [("accept-encoding", "gzip, identity")],
                kk: "Қысудың бұл түрі жоқ; барлары: gzip, identity.",
                ru: "Такого сжатия нет; есть: gzip, identity.",
                en: "There is no such compression; there are: gzip, identity.")
        }
    }

    private static func posted(
        _ entry: CallEntry, _ request: ConnectRequest
    ) throws(ConnectFault) -> (ConnectForm, [UInt8]) {
        guard let form = ConnectForm(contentType: request.header("content-type") ?? ""),
            form.isStream ? entry.streams : !alwaysStreams(entry)
        else { throw wrongType(entry) }
        var body = request.body
        if form.isStream {
            guard let (flags, message) = ConnectEnvelope.take(body),
                flags & ~ConnectEnvelope.packed == 0
            else {
                throw ConnectFault(
                    .invalidArgument, kk: "Денеде конверттегі бір хабар болуы керек.",
                    ru: "В теле должно быть одно сообщение в конверте.",
                    en: "The body must be one message in its envelope.")
            }
            body = message
            if flags == ConnectEnvelope.packed {
                body = try unpacked(body, request.header("connect-content-encoding") ?? "none")
            }
        } else {
            body = try unpacked(body, request.header("content-encoding"))
        }
        return (form, try form.message(entry.request, body))
    }

    /// A question in the path's parameters.
    private static func asked(
        _ entry: CallEntry, _ request: ConnectRequest
    ) throws(ConnectFault) -> (ConnectForm, [UInt8]) {
        guard let query = ConnectQuery(request.query) else {
            throw ConnectFault(
                .invalidArgument,
                kk: "Жолдың параметрлері дұрыс жазылмаған, не біреуі екі рет берілген.",
                ru: "Параметры пути записаны неверно, либо один указан дважды.",
                en:
                    "The path's parameters are not written as they should be, or one is there twice."
            )
        }
        func refuse(_ name: String, _ kk: String, _ ru: String, _ en: String) -> ConnectFault {
            ConnectFault(field: name, LocalizedText(kk: kk, ru: ru, en: en))
        }
        if let version = query.text("connect"), version != "v1" {
            throw refuse("connect", "v1 болуы керек", "должно быть v1", "must be v1")
        }
        let encoding = query.text("encoding") ?? "json"
        guard encoding == "json" || encoding == "proto" else {
            throw refuse(
                "encoding", "json немесе proto болуы керек", "должно быть json или proto",
                "must be json or proto")
        }
        let form = ConnectForm(isJSON: encoding == "json", isStream: false)
        var bytes = query["message"] ?? []
        switch query.text("base64") {
        case nil, "0": break
        case "1":
            guard let decoded = Base64Text.bytes(String(decoding: bytes, as: UTF8.self)) else {
                throw ConnectFault(field: "message", JSONProblem.noBase64.told)
            }
            bytes = decoded
        default:
            throw refuse(
                "base64", "0 немесе 1 болуы керек", "должно быть 0 или 1", "must be 0 or 1")
        }
        bytes = try unpacked(bytes, query.text("compression"))
        if bytes.isEmpty, form.isJSON { bytes = Array("{}".utf8) }
        return (form, try form.message(entry.request, bytes))
    }
}
