// SPDX-License-Identifier: Apache-2.0

public import KezekProtoJSON
public import Texts

/// A response with its body, without anything of the listener's own.
public struct ConnectResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
}

/// What is answered by the Connect protocol.
public struct ConnectAnswer: Sendable {
    let form: ConnectForm
    let reply: MessageType

    public init(form: ConnectForm, reply: MessageType) {
        self.form = form
        self.reply = reply
    }

    private static let status = MessageType("Status")!

    /// Of whatever comes from the server, and may be about somebody: nobody else keeps it.
    private static let kept = (name: "cache-control", value: "no-store")

    // MARK: One answer

    public func response(_ message: [UInt8]) -> ConnectResponse {
        guard let body = form.told(reply, message) else {
            return Self.refused(.internal, Self.tooLarge, details: [])
        }
        return ConnectResponse(
            status: 200, headers: [("content-type", form.contentType), Self.kept], body: body)
    }

    private static let tooLarge = "The answer is larger than one may be."

    /// A refusal with the server's words; `details` are a serialised `kezek.v1.Status`.
    public static func refused(
        _ code: ConnectCode, _ text: String, details: [UInt8],
        retryAfterMilliseconds: UInt32 = 0
    ) -> ConnectResponse {
        var headers = [(name: "content-type", value: "application/json"), kept]
        if retryAfterMilliseconds > 0 {
            headers.append(("retry-after", "\((UInt64(retryAfterMilliseconds) + 999) / 1000)"))
        }
        if code == .unauthenticated { headers.append(("www-authenticate", "Bearer")) }
        return ConnectResponse(
            status: code.status, headers: headers, body: error(code, text, details: details))
    }

    public static func refused(_ fault: ConnectFault, _ language: Language) -> ConnectResponse {
        var response = refused(
            fault.code, fault.text[language], details: fault.details(language))
        if let status = fault.status { response.status = status }
        response.headers += fault.headers
        return response
    }

    /// An error as an object of JSON: the code, the words, and the details both as bytes and to read.
    private static func error(_ code: ConnectCode, _ text: String, details: [UInt8]) -> [UInt8] {
        var json = "{\"code\":\"\(code.name)\",\"message\":\(quoted(text))"
        if !details.isEmpty {
            let value = Base64Text.text(details, padded: false)
            json += ",\"details\":[{\"type\":\"kezek.v1.Status\",\"value\":\"\(value)\""
            if let told = try? JSONCodec.json(
                status, message: details, limits: ConnectForm.replyLimits)
            {
                json += ",\"debug\":\(String(decoding: told, as: UTF8.self))"
            }
            json += "}]"
        }
        return Array((json + "}").utf8)
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    // MARK: A stream

    /// What comes before the first message.
    public var head: ConnectResponse {
        ConnectResponse(
            status: 200, headers: [("content-type", form.contentType), Self.kept], body: [])
    }

    /// A message of the stream, and its end behind the last one.
    public func part(_ message: [UInt8], isLast: Bool) -> [UInt8] {
        guard let body = form.told(reply, message) else {
            return Self.end(.internal, Self.tooLarge, details: [])
        }
        let part = ConnectEnvelope.put(body)
        return isLast
            ? part + ConnectEnvelope.put(Array("{}".utf8), flags: ConnectEnvelope.end) : part
    }

    /// The end of a stream with an error.
    public static func end(_ code: ConnectCode, _ text: String, details: [UInt8]) -> [UInt8] {
        let error = error(code, text, details: details)
        return ConnectEnvelope.put(
            Array("{\"error\":".utf8) + error + Array("}".utf8), flags: ConnectEnvelope.end)
    }

    /// A refusal before the first message: a stream has only an end then.
    public func endOnly(_ code: ConnectCode, _ text: String, details: [UInt8]) -> ConnectResponse {
        var response = head
        response.body = Self.end(code, text, details: details)
        return response
    }

    /// How a request is refused that is none; `streams` if its body is of a stream.
    public static func refused(
        _ fault: ConnectFault, _ language: Language, contentType: String
    ) -> ConnectResponse {
        // What concerns HTTP itself has HTTP's status, whatever the body.
        guard fault.status == nil, let form = ConnectForm(contentType: contentType),
            form.isStream
        else { return refused(fault, language) }
        var response = ConnectResponse(
            status: 200, headers: [("content-type", form.contentType), kept],
            body: end(fault.code, fault.text[language], details: fault.details(language)))
        for header in fault.headers where header.name == "accept-encoding" {
            response.headers.append(("connect-accept-encoding", header.value))
        }
        return response
    }
}
