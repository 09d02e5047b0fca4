// SPDX-License-Identifier: Apache-2.0

#if Web
import Enquiries
import KezekServer
import KezekWire
import NIOCore

/// Where the response of one request is written; each kind of HTTP has its own.
protocol WebPipe: AnyObject {
    /// Writes the head; `isLast` if nothing follows.
    func write(_ status: Int, _ headers: [(name: String, value: String)], isLast: Bool)
    /// Writes a part of the body; `sent` is called once it has left, or never will.
    func write(_ body: ByteBuffer, sent: @escaping () -> Void)
    func end(_ trailers: [(name: String, value: String)])
    func flush()
    /// No more of the request is wanted, though it has not come as a whole.
    func refuseRest()
}

/// One request with its response, whichever HTTP it came by.
///
/// It is of the connection's loop.
final class WebStream {
    /// What becomes of the body.
    private enum Work {
        case call(CallName)
        case reflection
        case healthCheck
        case healthWatch
        case route
        /// It was answered already.
        case none
    }

    private let settings: WebSettings
    private let connection: WebConnection
    private let pipe: any WebPipe
    private var head = WebHead(method: "", path: "")
    private var work = Work.none
    private var exchange: WebExchange?
    private var body = ByteBuffer()
    /// How many bytes the body, or a message in it, may have.
    private var limit = 0
    private var hasWrittenHead = false
    private(set) var isAnswered = false
    private var isOfGRPC = false
    /// Whether a stranger may ask what the server speaks; nil until the desk was asked.
    private var mayReflect: Bool?
    private var reflections = 0
    private var isWhole = false

    init(_ settings: WebSettings, _ connection: WebConnection, _ pipe: any WebPipe) {
        self.settings = settings
        self.connection = connection
        self.pipe = pipe
    }

    // MARK: What comes

    /// The head has come; `isWhole` if nothing follows.
    func receive(_ head: WebHead, isWhole: Bool) {
        self.head = head
        self.isWhole = isWhole
        guard settings.takes(host: head["host"]) else {
            return refuse(
                421, "This server is not \(head["host"] ?? "named here"); see --web-host.")
        }
        if let origin = head["origin"], !settings.takes(origin: origin) {
            return refuse(403, "Pages of \(origin) may not ask this server.")
        }
        let exchange = connection.exchange(head.credential)
        self.exchange = exchange
        limit = exchange.messageLimit
        guard let type = head["content-type"], isGRPC(type) else {
            work = .route
            limit *= settings.routes.bytesOfBodyForEachOfMessage
            return
        }
        isOfGRPC = true
        guard head.isHTTP2 else { return refuse(505, "gRPC needs HTTP/2.") }
        guard head.method == "POST" else { return refuse(405, "gRPC posts.") }
        let method = head.path.dropFirst()
        if let call = CallName(method: method) {
            work = .call(call)
        } else if Reflection.methods.contains(String(method)) {
            work = .reflection
        } else if method == "grpc.health.v1.Health/Check" {
            work = .healthCheck
        } else if method == "grpc.health.v1.Health/Watch" {
            work = .healthWatch
        } else {
            return fail(.unimplemented, "There is no method \(method).")
        }
        guard ["application/grpc", "application/grpc+proto"].contains(type) else {
            return fail(.unimplemented, "Messages are protobuf's: application/grpc+proto.")
        }
        guard ["identity", nil].contains(head["grpc-encoding"]) else {
            return fail(.unimplemented, "Messages are taken as they are: grpc-encoding identity.")
        }
        if let timeout = head["grpc-timeout"], GRPCWords.milliseconds(timeout) == nil {
            return fail(.invalidArgument, "grpc-timeout is at most eight digits and a unit.")
        }
    }

    private func isGRPC(_ type: String) -> Bool {
        type == "application/grpc" || type.hasPrefix("application/grpc+")
            || type.hasPrefix("application/grpc;")
    }

    func receive(_ bytes: ByteBuffer) {
        guard !isAnswered, let exchange else { return }
        let most = isOfGRPC ? limit + GRPCFrame.headLength : limit
        guard body.readableBytes + bytes.readableBytes <= most else {
            return refuseTooLong(exchange)
        }
        guard connection.gather(bytes.readableBytes) else { return refuseTooLong(exchange) }
        body.writeImmutableBuffer(bytes)
        if case .reflection = work { reflect() }
    }

    /// All of the request has come.
    func receiveEnd() {
        isWhole = true
        guard !isAnswered, let exchange else {
            exchange?.wasWhole()
            return
        }
        switch work {
        case .call(let name):
            guard let message = onlyMessage() else { return }
            make(name, message, exchange)
        case .healthCheck, .healthWatch:
            guard let message = onlyMessage() else { return }
            tellHealth(message, exchange)
        case .reflection:
            exchange.wasWhole()
            if body.readableBytes > 0 { return fail(.internal, "The last message is not whole.") }
            if mayReflect != nil || reflections == 0 { endGRPC(.init(.ok, "")) }
        case .route: takeRoute(exchange)
        case .none: exchange.wasWhole()
        }
    }

    /// The peer has gone, or all is done.
    func end() {
        isAnswered = true
        exchange?.end()
        releaseBody()
        exchange = nil
    }

    private func releaseBody() {
        connection.release(body.readableBytes)
        body = ByteBuffer()
    }

    // MARK: gRPC

    /// The message of a request that has one; nil if it was refused.
    private func onlyMessage() -> ByteBuffer? {
        switch GRPCFrame.next(body) {
        case .message(let message, let length):
            guard length == body.readableBytes else {
                fail(.unimplemented, "The method takes one message.")
                return nil
            }
            return message
        case .incomplete:
            fail(.unimplemented, "The method takes one message, which is not there as a whole.")
        case .compressed: fail(.unimplemented, "Messages are taken as they are, uncompressed.")
        }
        return nil
    }

    private func make(_ name: CallName, _ message: ByteBuffer, _ exchange: WebExchange) {
        guard let call = call(name, message) else { return }
        releaseBody()
        exchange.make(call) { [weak self] answer in self?.tell(answer) }
    }

    private func call(_ name: CallName, _ message: ByteBuffer) -> WebCall? {
        var call = WebCall(name, message)
        if let timeout = head["grpc-timeout"].flatMap(GRPCWords.milliseconds) {
            call.deadlineMilliseconds = timeout
        }
        if let id = head["kezek-request-id-bin"] {
            // What is no base64 has not the length of an id either.
            call.requestID = Base64.bytes(id) ?? [0]
        } else if let id = head["kezek-request-id"] {
            call.requestID = UUIDText.bytes(id) ?? [0]
        } else if let key = head["idempotency-key"] {
            call.idempotencyKey = key
        }
        if let proof = head["kezek-proof-bin"] {
            guard let bytes = Base64.bytes(proof) else {
                fail(.invalidArgument, "kezek-proof-bin is no base64.")
                return nil
            }
            call.proof = bytes
        }
        return call
    }

    private func tell(_ answer: WebAnswer) {
        switch answer {
        case .reply(let message, let more):
            write(message)
            if !more { endGRPC(.init(.ok, "")) }
        case .refused(let status): endGRPC(.init(status))
        }
        pipe.flush()
    }

    private func write(_ message: ByteBuffer) {
        if !hasWrittenHead {
            hasWrittenHead = true
            pipe.write(200, Self.heads, isLast: false)
        }
        writeBody(GRPCFrame.bytes(message))
    }

    private func writeBody(_ bytes: ByteBuffer) {
        let (count, exchange) = (bytes.readableBytes, exchange)
        exchange?.wrote(count)
        pipe.write(bytes) { exchange?.sent(count) }
    }

    private static let heads = [(name: "content-type", value: "application/grpc")]

    private func endGRPC(_ status: GRPCWords.Status) {
        guard !isAnswered else { return }
        isAnswered = true
        work = .none
        if hasWrittenHead {
            pipe.end(status.trailers)
        } else {
            pipe.write(200, Self.heads + status.trailers, isLast: true)
        }
        pipe.flush()
        releaseBody()
        if !isWhole { pipe.refuseRest() }
    }

    private func fail(_ code: GRPCWords.Code, _ words: String) { endGRPC(.init(code, words)) }

    // MARK: Health and reflection

    private static let services = Set(CallName.allCases.map { $0.method.prefix { $0 != "/" } })

    private func tellHealth(_ message: ByteBuffer, _ exchange: WebExchange) {
        let asked = SmallMessage.fields(Array(message.readableBytesView)[...]) ?? []
        let name: String = asked.last { $0.number == 1 }?.value.text ?? ""
        let isWatch = if case .healthWatch = work { true } else { false }
        guard name.isEmpty || Self.services.contains(name[...]) else {
            guard isWatch else { return fail(.notFound, "There is no service \(name).") }
            exchange.wasWhole()
            write(healthReply(3))
            return endGRPC(.init(.ok, ""))
        }
        releaseBody()
        var question = SmallMessage.Writer()
        if isWatch { question.add(1, number: 1) }
        exchange.make(WebCall(.health, ByteBuffer(bytes: question.bytes))) { [weak self] answer in
            guard let self, case .reply(let reply, let more) = answer else {
                self?.tell(answer)
                return
            }
            // Our states have the numbers of gRPC's.
            let fields = SmallMessage.fields(Array(reply.readableBytesView)[...]) ?? []
            let state = fields.compactMap { field -> UInt64? in
                if case (1, .number(let state)) = field { state } else { nil }
            }
            self.tell(.reply(self.healthReply(state.last ?? 0), more: more))
        }
    }

    private func healthReply(_ state: UInt64) -> ByteBuffer {
        var reply = SmallMessage.Writer()
        reply.add(1, number: state)
        return ByteBuffer(bytes: reply.bytes)
    }

    /// Answers the messages that are whole, once the desk has said that the caller may ask.
    private func reflect() {
        guard let exchange else { return }
        guard let mayReflect else {
            guard reflections == 0, case .message = GRPCFrame.next(body) else { return }
            reflections = 1
            // Whoever may ask for `describe` may ask for parts of it.
            exchange.make(WebCall(.describe, ByteBuffer())) { [weak self] answer in
                guard let self else { return }
                if case .refused(let status) = answer { return self.endGRPC(.init(status)) }
                self.mayReflect = true
                self.reflect()
                if self.isWhole { self.endGRPC(.init(.ok, "")) }
            }
            return
        }
        guard mayReflect else { return }
        while !isAnswered {
            switch GRPCFrame.next(body) {
            case .incomplete: return pipe.flush()
            case .compressed: return fail(.unimplemented, "Messages are taken uncompressed.")
            case .message(let message, let length):
                body.moveReaderIndex(forwardBy: length)
                connection.release(length)
                reflections += 1
                guard reflections <= WebSettings.reflectionsOfAStream else {
                    return fail(.resourceExhausted, "Ask further questions in another stream.")
                }
                guard let answer = Reflection.shared.answer(Array(message.readableBytesView)) else {
                    return fail(.invalidArgument, "This is no ServerReflectionRequest.")
                }
                write(ByteBuffer(bytes: answer))
            }
        }
    }

    // MARK: Other requests

    private func takeRoute(_ exchange: WebExchange) {
        guard let step = settings.routes.step(head, body) else {
            exchange.wasWhole()
            return refuse(404, "There is nothing here.")
        }
        releaseBody()
        switch step {
        case .respond(let response):
            exchange.wasWhole()
            respond(response)
        case .call(let call, let response):
            exchange.make(call) { [weak self] answer in self?.respond(response(answer)) }
        case .stream(let call, let head, let refused, let part):
            exchange.make(call) { [weak self] answer in
                guard let self else { return }
                if case .refused(let status) = answer, !self.hasWrittenHead {
                    return self.respond(refused(status))
                }
                if !self.hasWrittenHead {
                    self.hasWrittenHead = true
                    self.pipe.write(head.status, head.headers, isLast: false)
                }
                self.writeBody(part(answer))
                if !answer.isFollowed {
                    self.isAnswered = true
                    self.pipe.end([])
                }
                self.pipe.flush()
            }
        }
    }

    private func respond(_ response: WebResponse) {
        guard !isAnswered else { return }
        isAnswered = true
        let length = response.body.readableBytes
        let headers = response.headers + [(name: "content-length", value: "\(length)")]
        let isBare = length == 0 || head.method == "HEAD"
        pipe.write(response.status, headers, isLast: isBare)
        if !isBare {
            writeBody(response.body)
            pipe.end([])
        }
        pipe.flush()
        if !isWhole { pipe.refuseRest() }
    }

    /// A request that is refused before it reaches the desk.
    private func refuse(_ status: Int, _ words: String) {
        work = .none
        releaseBody()
        respond(
            WebResponse(
                status, headers: [(name: "content-type", value: "text/plain; charset=utf-8")],
                body: ByteBuffer(string: words + "\n")))
    }

    private func refuseTooLong(_ exchange: WebExchange) {
        let words =
            "A message has at most \(limit) bytes here; say who is calling, or send less at once."
        guard isOfGRPC else { return refuse(413, words) }
        endGRPC(.init(exchange.refusal(Refusal(.frameTooLarge, words))))
    }
}
#endif
