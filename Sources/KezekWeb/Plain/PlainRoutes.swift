// SPDX-License-Identifier: Apache-2.0

#if Web
import KezekConnect
import KezekJSON
import KezekProtoJSON
import KezekServer
import KezekWire
import NIOCore
import Texts

/// Questions of pages and portals by GET, and streams as server-sent events.
struct PlainRoutes {
    /// Nil if the path is none of these.
    func step(_ head: WebHead) -> WebStep? {
        guard let path = PlainPath.all[head.path] else { return nil }
        do throws(ConnectFault) {
            return try step(path, head)
        } catch { return .respond(WebResponse(ConnectAnswer.refused(error, head.language))) }
    }

    private func step(_ path: PlainPath, _ head: WebHead) throws(ConnectFault) -> WebStep {
        guard head.method == "GET" else {
            throw ConnectFault(
                .unimplemented, status: 405, headers: [("allow", "GET")],
                kk: "Мұнда тек GET.", ru: "Здесь только GET.", en: "Here is only GET.")
        }
        let entry = path.entry
        // Every call is in both tables.
        let name = CallName(method: "kezek.v1.\(entry.service)/\(entry.method)")!
        let asked = MessageShape(entry.request.name)!
        var flags: [JSONValue.Member] = []
        if let stream = path.stream {
            if asked.fields.contains(where: { $0.name == "watch" }) {
                flags.append(.init("watch", .bool(true)))
            }
            if let id = head["last-event-id"], !stream.request.isEmpty {
                flags += try PlainQuestion.members(afterEvent: id, stream.request, asked)
            }
        }
        let question = try PlainQuestion(
            asked, head.query, more: try Self.applicant(head), flags: flags)
        let call = WebCall(name, ByteBuffer(bytes: question.message))
        let answer = PlainAnswer(
            shape: MessageShape(entry.reply.name)!, known: head["if-none-match"],
            isPersonal: name.isPersonal || name == .applicationStatus)
        guard let stream = path.stream else {
            return .call(call) { told in
                switch told {
                case .reply(let message, _):
                    WebResponse(answer.response(Array(message.readableBytesView)))
                case .refused(let status): Self.refused(status)
                }
            }
        }
        let names = stream.reply
        return .stream(
            call,
            head: WebResponse(
                200,
                headers: [("content-type", "text/event-stream"), ("cache-control", "no-store")]),
            refused: Self.refused,
            part: { told in
                switch told {
                case .reply(let message, _):
                    ByteBuffer(bytes: answer.event(Array(message.readableBytesView), named: names))
                case .refused(let status):
                    ByteBuffer(string: "event: error\ndata: \(Self.refused(status).text)\n\n")
                }
            })
    }

    /// The applicant of a header, `{"iin": "…"}` or `{"reference": "…"}`, as nobody should stand in a path.
    private static func applicant(_ head: WebHead) throws(ConnectFault) -> [JSONValue.Member] {
        guard let text = head["kezek-applicant"] else { return [] }
        guard case .object(let members)? = JSONValue(text),
            members.allSatisfy({ $0.key == "iin" || $0.key == "reference" })
        else {
            throw ConnectFault(
                field: "kezek-applicant",
                LocalizedText(
                    kk: "{\"iin\": …} не {\"reference\": …} болуы керек",
                    ru: "должно быть {\"iin\": …} или {\"reference\": …}",
                    en: "must be {\"iin\": …} or {\"reference\": …}"))
        }
        return members
    }

    private static func refused(_ status: WebStatus) -> WebResponse {
        WebResponse(ConnectAnswer.refused(status))
    }
}

extension WebResponse {
    fileprivate var text: String { String(buffer: body) }
}
#endif
