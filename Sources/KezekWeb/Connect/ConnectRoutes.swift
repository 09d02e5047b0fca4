// SPDX-License-Identifier: Apache-2.0

#if Web
import Enquiries
import KezekConnect
import KezekProtoJSON
import KezekServer
import KezekWire
public import NIOCore
import Texts

/// The calls by the Connect protocol, what OpenAPI says of them, and plain questions.
public struct ConnectRoutes: WebRoutes {
    private let openAPI = WebResponse(
        200,
        headers: [("content-type", "application/json"), ("cache-control", "max-age=3600")],
        body: ByteBuffer(staticString: OpenAPI.text))

    public init() {}

    public var bytesOfBodyForEachOfMessage: Int { ConnectForm.bytesOfJSON }

    public func step(_ head: WebHead, _ body: ByteBuffer) -> WebStep? {
        guard head.path != "/openapi.json" else { return document(head) }
        guard head.path.hasPrefix("/kezek.v1.") else { return PlainRoutes().step(head) }
        do throws(ConnectFault) {
            guard let entry = CallEntry(path: head.path),
                let name = CallName(method: head.path.dropFirst())
            else {
                throw ConnectFault(
                    .unimplemented, status: 404,
                    kk: "Мұндай шақыру жоқ; /openapi.json қараңыз.",
                    ru: "Такого вызова нет; см. /openapi.json.",
                    en: "There is no such call; see /openapi.json.")
            }
            let call = try ConnectCall(
                entry,
                ConnectRequest(
                    method: head.method, path: head.path, query: head.query,
                    header: { head[$0] },
                    body: Array(body.readableBytesView)))
            return step(call, name)
        } catch {
            return .respond(
                WebResponse(
                    ConnectAnswer.refused(
                        error, head.language, contentType: head["content-type"] ?? "")))
        }
    }

    private func document(_ head: WebHead) -> WebStep {
        guard head.method == "GET" || head.method == "HEAD" else {
            return .respond(WebResponse(405, headers: [("allow", "GET, HEAD")]))
        }
        return .respond(openAPI)
    }

    private func step(_ call: ConnectCall, _ name: CallName) -> WebStep {
        var asked = WebCall(
            name, ByteBuffer(bytes: call.message),
            deadlineMilliseconds: call.deadlineMilliseconds,
            proof: call.proof)
        asked.idempotencyKey = call.idempotencyKey
        let answer = ConnectAnswer(form: call.form, reply: call.entry.reply)
        guard call.form.isStream else {
            return .call(asked) { told in
                switch told {
                case .reply(let message, _):
                    return WebResponse(answer.response(Array(message.readableBytesView)))
                case .refused(let status):
                    return WebResponse(ConnectAnswer.refused(status))
                }
            }
        }
        return .stream(
            asked, head: WebResponse(answer.head),
            refused: { status in
                WebResponse(
                    answer.endOnly(
                        status.connectCode, status.refusal.message,
                        details: Array(status.details.readableBytesView)))
            },
            part: { told in
                switch told {
                case .reply(let message, let more):
                    return ByteBuffer(
                        bytes: answer.part(Array(message.readableBytesView), isLast: !more))
                case .refused(let status):
                    return ByteBuffer(
                        bytes: ConnectAnswer.end(
                            status.connectCode, status.refusal.message,
                            details: Array(status.details.readableBytesView)))
                }
            })
    }
}

extension WebStatus {
    fileprivate var connectCode: ConnectCode { ConnectCode(rawValue: code) ?? .unknown }
}

extension ConnectAnswer {
    static func refused(_ status: WebStatus) -> ConnectResponse {
        refused(
            status.connectCode, status.refusal.message,
            details: Array(status.details.readableBytesView),
            retryAfterMilliseconds: status.refusal.retryAfterMilliseconds)
    }
}

extension WebResponse {
    init(_ response: ConnectResponse) {
        self.init(
            response.status, headers: response.headers, body: ByteBuffer(bytes: response.body))
    }
}
#endif
