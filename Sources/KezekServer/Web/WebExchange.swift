// SPDX-License-Identifier: Apache-2.0

import Access
public import Enquiries
import KezekEngine
import KezekWire
import NIOCore
import Queue
import Texts

/// One request of a ``WebConnection`` with what it is answered with.
///
/// Its listener begins it with the head of a request, makes its call once the body is whole, and ends it.
public final class WebExchange {
    let number: UInt64
    private let connection: WebConnection
    private let credential: WebCredential
    private var entrance: WebConnection.Entrance
    /// When its head came, in seconds of a monotonic clock.
    let began: Double
    private let arrived = NIODeadline.now()
    /// Whether all of the request has come.
    private(set) var isWhole = false
    var isOver = false
    private var call: WebCall?
    private var tell: ((WebAnswer) -> Void)?
    private var timers: [Scheduled<Void>] = []
    /// Bytes of its answers that have not left.
    private var unsent = 0
    /// Whether what it watches has changed since it was told last.
    private var hasNews = false

    init(_ number: UInt64, _ connection: WebConnection, _ credential: WebCredential) {
        self.number = number
        self.connection = connection
        self.credential = credential
        began = WebConnection.now
        entrance = connection.enter(credential)
    }

    /// How many bytes the message of the call may have: before somebody has said who is calling, few.
    public var messageLimit: Int {
        guard connection.desk.access != nil else { return ServerLimits.frame }
        if case .admitted(_?) = entrance { return ServerLimits.frame }
        return ServerLimits.strangerFrame
    }

    /// Makes the call; `tell` hears each answer, on the loop.
    public func make(_ call: WebCall, _ tell: @escaping (WebAnswer) -> Void) {
        (isWhole, self.call, self.tell) = (true, call, tell)
        connection.state.worked(requests: 1, partOfFrameLeft: false, at: WebConnection.now)
        resume()
    }

    /// All of the request has come, and it makes no call.
    public func wasWhole() {
        isWhole = true
        connection.state.worked(requests: 1, partOfFrameLeft: false, at: WebConnection.now)
    }

    /// Nothing more of it is wanted: the peer has gone, or was answered.
    public func end() {
        guard !isOver else { return }
        isOver = true
        (tell, call) = (nil, nil)
        for timer in timers { timer.cancel() }
        connection.forget(number)
        connection.sent(unsent)
        unsent = 0
    }

    /// The connection is closed.
    func cut() {
        isOver = true
        (tell, call) = (nil, nil)
        for timer in timers { timer.cancel() }
    }

    /// So many bytes of its answers were handed to the channel.
    public func wrote(_ bytes: Int) {
        guard !isOver else { return }
        unsent += bytes
        connection.wrote(bytes)
    }

    /// So many of them have left.
    public func sent(_ bytes: Int) {
        guard !isOver else { return }
        unsent -= bytes
        connection.sent(bytes)
        if unsent == 0, hasNews { tell(more: true) }
    }

    /// A refusal in words, as the desk's are, that the listener itself has to tell.
    public func refusal(_ refusal: Refusal) -> WebStatus {
        guard case .refused(let status) = encoded(.failure(refusal), more: false) else {
            preconditionFailure("a refusal fits a frame")
        }
        return status
    }

    // MARK: Making the call

    func resume() {
        guard !isOver, let call else { return }
        guard connection.state.takesRequests else {
            connection.waiting.append(number)
            return
        }
        switch entrance {
        case .admitted(let caller): make(call, by: caller)
        case .refused(let refusal, let pause):
            after(pause) { $0.finish(.failure(refusal), nil) }
        case .later(let pause):
            after(pause) { exchange in
                exchange.entrance = exchange.connection.enter(
                    exchange.credential, isPatient: true)
                exchange.resume()
            }
        }
    }

    private func after(_ pause: TimeAmount, _ body: @escaping (WebExchange) -> Void) {
        guard pause > .zero else { return body(self) }
        let loop = connection.channel.eventLoop
        let bound = NIOLoopBound((self, body), eventLoop: loop)
        timers.append(
            loop.scheduleTask(in: pause) {
                let (exchange, body) = bound.value
                guard !exchange.isOver else { return }
                body(exchange)
                exchange.connection.channel.flush()
            })
    }

    private func make(_ call: WebCall, by caller: String?) {
        let loop = connection.loop
        let head = PassedThrough.Head(
            id: number, deadlineMilliseconds: call.deadlineMilliseconds,
            language: credential.language, requestID: requestID(of: call, by: caller),
            proof: call.proof)
        var bytes = call.message.withUnsafeReadableBytes {
            PassedThrough.request(call.name, $0, head)
        }
        self.call = nil
        let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, loop.requests) }
        loop.requests.wipe()
        bytes.withUnsafeMutableBytes { $0.wipe() }
        switch decoded {
        case .refused(_, let refusal): finish(.failure(refusal), nil)
        // Of a connection with other requests it is the call alone that ends.
        case .malformed(let refusal): finish(.failure(refusal), nil)
        case .request(let request, let name):
            guard call.deadlineMilliseconds > 0 else { return answer(request, name, by: caller) }
            let patience = TimeAmount.milliseconds(Int64(call.deadlineMilliseconds))
            let refusal = ConnectionHandler.tooLate(credential.language)
            guard NIODeadline.now() - arrived <= patience else {
                return finish(.failure(refusal), name)
            }
            answer(request, name, by: caller)
            // What is answered later, or watched, ends when nobody waits for it any more.
            guard tell != nil else { return }
            after(max(.nanoseconds(1), patience - (.now() - arrived))) {
                $0.answer(.failure(refusal), more: false)
            }
        }
    }

    private func requestID(of call: WebCall, by caller: String?) -> [UInt8] {
        guard let key = call.idempotencyKey else { return call.requestID }
        if let id = UUIDText.bytes(key) { return id }
        // No caller's id has a zero byte, so the two cannot run into each other.
        let who = Array("\(connection.callerID(caller))".utf8)
        return Array(AccessToken.digest(who + [0] + Array(key.utf8)).prefix(16))
    }

    private func answer(_ request: WireRequest, _ name: CallName, by caller: String?) {
        let (desk, language) = (connection.desk, request.language)
        if let access = desk.access,
            let refusal = access.refusal(
                request.call, name, by: caller, now: desk.now(), clock: arrived, language)
        {
            return finish(.failure(refusal), name)
        }
        guard connection.localPeer?.takes(name) ?? true else {
            return finish(.failure(AccessWording.otherUser(language)), name)
        }
        let by = connection.callerID(caller)
        let standing = {
            desk.access?.standing(of: caller, showing: request.proof) ?? Standing.office
        }
        guard !desk.handOn(request, by: by, as: standing(), to: handOn(request, name)) else {
            return
        }
        switch request.call {
        case .authenticate(let token): authenticate(token, language)
        case .queue(let question) where question.needsProof:
            finish(desk.answer(question, as: standing(), in: language), name)
        case .watchBoard, .watchWorkingList, .watchVisitPlan: watch(request, name, by: caller)
        case .endWatch: finish(.success(.watchEnded(false)), name)
        case .health(let watch):
            let health = Reply.health(desk.health(to: connection.listener(caller)))
            let goesOn =
                watch && (desk.access == nil || caller != nil) && !connection.isGoingAway
                && connection.healthWatches.count < ServerLimits.watches
            if goesOn {
                connection.healthWatches.append(number)
                connection.state.beginWatch()
            }
            connection.count(name, .success(health), since: arrived)
            answer(.success(health), more: goesOn)
        default: finish(desk.answer(request.call, in: language, connection.loop.library), name)
        }
    }

    private func handOn(_ request: WireRequest, _ name: CallName) -> ReturnAddress {
        connection.state.handedOn()
        let call = LoopMailbox.HandedOn(
            request: number, name: name, language: request.language, arrived: arrived)
        return ReturnAddress(
            mailbox: connection.loop.mailbox, connection: connection.number, call: call)
    }

    /// Tells what a token that a call names comes to; requests go on by the one that they show.
    private func authenticate(_ token: Secret, _ language: Language) {
        guard let access = connection.desk.access else {
            return finish(
                .success(.authenticated(Authentication(rights: nil))), .authenticate)
        }
        entrance = connection.enter(WebCredential(token: token, language: language))
        func answer(_ exchange: WebExchange) {
            switch exchange.entrance {
            case .admitted(let id):
                guard let entry = access.entry(id) else {
                    return exchange.finish(
                        .failure(AccessWording.wrongToken(language)), .authenticate)
                }
                let rights = Authentication.Rights(
                    role: entry.role, offices: entry.offices, expiresAt: entry.expiresAt)
                exchange.finish(
                    .success(.authenticated(Authentication(rights: rights))), .authenticate)
            case .refused(let refusal, let pause):
                exchange.after(pause) { $0.finish(.failure(refusal), .authenticate) }
            case .later(let pause):
                exchange.after(pause) {
                    $0.entrance = $0.connection.enter(
                        WebCredential(token: token, language: language), isPatient: true)
                    answer($0)
                }
            }
        }
        answer(self)
    }

    // MARK: Watching

    private func watch(_ request: WireRequest, _ name: CallName, by caller: String?) {
        guard let subject = Watches.Subject(request.call) else { return }
        let (mailbox, line, id) = (connection.loop.mailbox, connection.number, number)
        let (desk, by) = (connection.desk, connection.callerID(caller))
        // However often it changes, one word of it waits for the loop.
        let isTold = Told()
        guard !connection.isGoingAway, connection.watches.count < ServerLimits.watches,
            let watch = desk.watch(
                subject, by: by,
                {
                    if isTold.begin() { mailbox?.post(.changed(request: id), to: line) }
                })
        else {
            // Told once, without a watch: the caller sees that no more follows.
            return finish(desk.once(subject, by: by, request, connection.loop.library), name)
        }
        connection.watches.add(number, subject, language: request.language, watch, isTold)
        connection.state.beginWatch()
        tell(more: true)
    }

    /// What it watches has changed.
    func changed() {
        hasNews = true
        // A slow reader is told later, and however much has changed by then, once.
        if unsent == 0 { tell(more: true) }
    }

    /// Tells what is new of what it watches.
    func tell(more: Bool) {
        let (desk, language) = (connection.desk, credential.language)
        hasNews = false
        guard let (call, name) = connection.watches.call(of: number),
            case .admitted(let caller) = entrance
        else { return }
        if let refusal = desk.access?.refusal(
            call, name, by: caller, now: desk.now(), clock: nil, language)
        {
            // What was begun by right is not told any more without it.
            return answer(.failure(refusal), more: false)
        }
        do throws(WatchFault) {
            let news = try connection.watches.news(of: number, desk, isLast: !more)
            if let news { answer(.success(news), more: more) }
        } catch { answer(.failure(error.refusal(in: language)), more: false) }
    }

    // MARK: Answering

    /// Counts the only answer, and tells it.
    private func finish(_ result: Result<Reply, Refusal>, _ name: CallName?) {
        connection.count(name, result, since: arrived)
        answer(result, more: false)
    }

    /// Tells an answer, after the last of which nothing is watched any more.
    func answer(_ result: Result<Reply, Refusal>, more: Bool) {
        guard !isOver, let tell else { return }
        let answer = encoded(result, more: more)
        if !answer.isFollowed {
            self.tell = nil
            for timer in timers { timer.cancel() }
            connection.endWatch(number)
        }
        tell(answer)
    }

    private func encoded(_ result: Result<Reply, Refusal>, more: Bool) -> WebAnswer {
        var buffer = ByteBuffer()
        var result = result
        let responses = connection.loop.responses
        func fits() -> Bool {
            responses.reset()
            return ResponseCodec.encode(
                WireResponse(id: number, result: result, more: more), responses
            ) { size, fill in
                buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
                    fill(target.baseAddress!)
                    return size
                }
            }
        }
        if !fits() {
            result = .failure(ConnectionHandler.tooManyRows)
            guard fits() else { preconditionFailure("a refusal fits a frame") }
        }
        let (parts, start) = buffer.withUnsafeReadableBytes {
            bytes -> (PassedThrough.Parts?, Int) in
            guard case .complete(let header, _) = FrameHeader.read(bytes, limit: bytes.count) else {
                return (nil, 0)
            }
            let message = UnsafeRawBufferPointer(rebasing: bytes[header...])
            return (PassedThrough.parts(of: message), header)
        }
        func part(_ range: Range<Int>?) -> ByteBuffer {
            range.flatMap { buffer.getSlice(at: start + $0.lowerBound, length: $0.count) }
                ?? ByteBuffer()
        }
        switch result {
        case .success: return .reply(part(parts?.reply), more: more)
        case .failure(let refusal):
            return .refused(
                WebStatus(refusal: refusal, details: part(parts?.status)))
        }
    }
}
