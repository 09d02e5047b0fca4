// SPDX-License-Identifier: Apache-2.0

#if Web
import Access
import CallLimits
import Enquiries
import KezekClient
import KezekWeb
import KezekWire
import NIOCore
import NIOHPACK
import NIOHTTP2
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekEngine
@testable import KezekServer

/// What callers of gRPC may do, and what a connection of theirs may cost.
@Suite(.waits) struct WebGuardTests {
    private typealias Caller = GRPCCaller

    @Test func callsAreHeldToTheTokenThatTheyShow() async throws {
        try await withWeb(access: WebTests.access(.portal)) { _, caller, _ in
            let standards = CallName.standards.method
            #expect(try await caller.call(standards).code == 16)
            #expect(try await caller.call(CallName.health.method).code == 0)
            #expect(
                try await caller.call("grpc.health.v1.Health/Check").messages.first?.first == 8)
            let right = WebTests.bearer("kezek_right")
            #expect(try await caller.call(standards, [], right).code == 0)
            // Each call shows its own: the connection remembers nothing of the one before.
            #expect(try await caller.call(standards).code == 16)
            let stats = try await caller.call(CallName.stats.method, [], right)
            #expect(stats.code == 7)
            let wrong = try await caller.call(standards, [], WebTests.bearer("kezek_wrong"))
            #expect(wrong.code == 16)
            #expect(wrong.message?.contains("wrong") == true)
            let basic = try await caller.call(standards, [], [("authorization", "Basic a2V6ZWs=")])
            #expect(basic.code == 16)
            // Reflection is a question like `describe`.
            let path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
            let stranger = try await caller.open(path)
            stranger.send(Caller.framed([0x3A, 0]), isLast: true)
            #expect(await stranger.answer().code == 16)
            let known = try await caller.open(path, right)
            known.send(Caller.framed([0x3A, 0]), isLast: true)
            #expect(await known.answer().code == 0)
        }
    }

    @Test func tellingATokenTellsItsRights() async throws {
        try await withWeb(access: WebTests.access(.clerk)) { queue, caller, _ in
            for (token, code) in [("kezek_right", 0), ("kezek_wrong", 16)] {
                let call = Call.authenticate(token: Secret(token))
                let answer = try await WebTests.call(caller, call)
                #expect(answer.code == code, "\(token)")
            }
        }
    }

    @Test func wrongTokensEndTheConnection() async throws {
        try await withWeb(access: WebTests.access()) { queue, caller, endpoint in
            for attempt in 1..<ServerLimits.wrongTokens {
                let answer = try await caller.call(
                    CallName.standards.method, [], WebTests.bearer("kezek_wrong_\(attempt)"))
                #expect(answer.code == 16)
            }
            _ = try await caller.call(
                CallName.standards.method, [], WebTests.bearer("kezek_wrong"))
            try await caller.channel.closeFuture.get()
            #expect(queue.server.log.contains("too many wrong tokens"))
        }
    }

    @Test func anEntryHasSoManyConnectionsHoweverTheyCome() async throws {
        try await withWeb(access: WebTests.access(connections: 1)) { queue, caller, endpoint in
            let right = WebTests.bearer("kezek_right")
            #expect(try await caller.call(CallName.standards.method, [], right).code == 0)
            let raw = try RawConnection(queue.server.endpoint)
            raw.send(frame(.authenticate(token: "kezek_right")))
            #expect(await raw.response()?.refusal?.reason == .tooManyConnections)
            let other = try await Caller.connect(endpoint)
            #expect(try await other.call(CallName.standards.method, [], right).code == 8)
            await other.close()
            // A connection that has entered is not counted again.
            #expect(try await caller.call(CallName.standards.method, [], right).code == 0)
        }
    }

    @Test func commandsOfOtherUsersOfTheMachineAreRefused() async throws {
        try await withWeb(localUsers: .only([])) { queue, caller, _ in
            let take = Call.command(
                .random(), .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)))
            let answer = try await WebTests.call(caller, take)
            #expect(answer.code == 7)
            #expect(answer.message?.contains("--any-local-user") == true)
            #expect(try await caller.call(CallName.standards.method).code == 0)
        }
    }

    // MARK: Limits

    @Test func messagesHaveAsManyBytesAsFrames() async throws {
        try await withWeb { _, caller, _ in
            // A field that nobody knows fills the message.
            func message(_ count: Int) -> [UInt8] {
                let fill = count - 5
                return [0xFA, 0x7F]
                    + [
                        UInt8(fill & 0x7F | 0x80), UInt8(fill >> 7 & 0x7F | 0x80),
                        UInt8(fill >> 14),
                    ]
                    + [UInt8](repeating: 0, count: fill)
            }
            let method = CallName.standards.method
            let limit = CallLimit.requestFrameBytes
            #expect(try await caller.call(method, message(limit)).code == 0)
            let long = try await caller.call(method, message(limit + 1))
            #expect(long.code == 3 || long.code == 8)
            #expect(long.message?.contains("\(limit)") == true)
            #expect(try await caller.call(method).code == 0)
        }
    }

    @Test func messagesOfStrangersAreShort() async throws {
        try await withWeb(access: WebTests.access()) { _, caller, _ in
            let long = [0xFA, 0x7F, 0x80, 0x20] + [UInt8](repeating: 0, count: 4_096)
            let stranger = try await caller.call(CallName.health.method, long)
            #expect(stranger.message?.contains("4096") == true)
            let known = try await caller.call(
                CallName.health.method, long, WebTests.bearer("kezek_right"))
            #expect(known.code == 0)
        }
    }

    @Test func whatIsBegunAndNotFinishedIsCounted() async throws {
        try await withWeb { _, caller, _ in
            let part = [UInt8](repeating: 0, count: 200 << 10)
            var open: [Caller.Stream] = []
            for _ in 0..<40 {
                let stream = try await caller.open("/" + CallName.standards.method)
                // The head of a message of 256 KiB.
                stream.send([0, 0, 4, 0, 0] + part)
                open.append(stream)
            }
            // Whichever is too much is refused, and the others wait for their rest.
            let code = await withTaskGroup(of: Int?.self) { group in
                for stream in open { group.addTask { await stream.answer().code } }
                let first = await group.next()
                for stream in open { stream.cancel() }
                return first ?? nil
            }
            #expect(code == 3 || code == 8)
            #expect(try await caller.call(CallName.standards.method).code == 0)
        }
    }

    @Test func aConnectionHasSoManyStreams() async throws {
        try await withWeb { _, caller, _ in
            var open: [Caller.Stream] = []
            for _ in 0..<CallLimit.webStreams {
                open.append(try await caller.open("/" + CallName.standards.method))
            }
            // NIO's client holds further ones back, as the server has told how many there may be.
            open[0].send(Caller.framed([]), isLast: true)
            #expect(await open[0].answer().code == 0)
            #expect(try await caller.call(CallName.standards.method).code == 0)
        }
    }

    @Test func watchesBeyondTheirNumberAreAnsweredOnce() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            await client.close()
            let watch = Call.watchBoard(TestOffice.id, .nothing)
            let (message, _) = parts(of: WebTests.encoded(watch)!, .board)
            var open: [Caller.Stream] = []
            for _ in 0..<ServerLimits.watches {
                let stream = try await caller.begin(CallName.board.method, message)
                #expect(await stream.message() != nil)
                open.append(stream)
            }
            let once = try await caller.call(CallName.board.method, message)
            #expect(once.code == 0 && once.messages.count == 1)
            // One that is cancelled makes room: what watches is ended by its deadline, what is told once before.
            open[0].cancel()
            var codes: Set<Int> = []
            while !codes.contains(4) {
                let answer = try await caller.call(
                    CallName.board.method, message, [("grpc-timeout", "50m")])
                codes.insert(try #require(answer.code))
            }
            #expect(codes.isSubset(of: [0, 4]))
        }
    }

    @Test func aPeerThatResetsStreamAfterStreamIsCutOff() async throws {
        try await withWeb { _, caller, _ in
            for _ in 0..<4_000 where caller.channel.isActive {
                guard let stream = try? await caller.open("/" + CallName.standards.method) else {
                    break
                }
                stream.cancel()
            }
            try await caller.channel.closeFuture.get()
        }
    }

    @Test func headersHaveTheirSize() async throws {
        try await withWeb { _, caller, endpoint in
            let method = CallName.standards.method
            let half = String(repeating: "a", count: 4_000)
            #expect(try await caller.call(method, [], [("x", half)]).code == 0)
            let long = try await Caller.connect(endpoint)
            let answer = try? await long.call(method, [], [("x", half), ("y", half), ("z", half)])
            #expect(answer?.code == nil)
            await long.close()
            let raw = try RawConnection(endpoint)
            let lines = String(repeating: "X: \(half)\r\n", count: 3)
            raw.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n".utf8))
            let text = String(decoding: await raw.readToEnd(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 4"))
        }
    }

    /// A block of headers that goes on and on in small frames.
    @Test func aFloodOfContinuationsEndsTheConnection() async throws {
        try await withWeb { _, _, endpoint in
            let raw = try RawConnection(endpoint)
            func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ bytes: [UInt8]) -> [UInt8]
            {
                [
                    0, UInt8(bytes.count >> 8), UInt8(bytes.count & 255), type, flags, 0, 0, 0,
                    stream,
                ]
                    + bytes
            }
            // A literal header without an index: a name of one byte, a value of one.
            let field: [UInt8] = [0, 1, 0x78, 1, 0x79]
            var bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(4, 0, 0, [])
            bytes += frame(1, 0, 1, field)
            for _ in 0..<1_000 { bytes += frame(9, 0, 1, field) }
            raw.send(bytes)
            // It is closed, whatever it goes on to send.
            _ = await raw.readToEnd()
        }
    }

    @Test func aSlowBodyEndsTheConnection() async throws {
        var limits = ServerLimits.patient
        limits.frameSeconds = 1
        try await withWeb(limits: limits) { queue, caller, _ in
            let slow = try await caller.open("/" + CallName.standards.method)
            slow.send([0])
            try await caller.channel.closeFuture.get()
            #expect(queue.server.log.contains("a frame was begun and not finished in time"))
        }
    }

    @Test func aStrangerIsClosedInTime() async throws {
        var limits = ServerLimits.patient
        limits.strangerSeconds = 1
        try await withWeb(limits: limits, access: WebTests.access()) { queue, caller, _ in
            try await caller.channel.closeFuture.get()
            #expect(queue.server.log.contains("nobody said in time who is calling"))
        }
    }

    @Test func strangersOfBothDoorsShareTheirPlaces() async throws {
        var limits = ServerLimits.patient
        limits.strangers = 2
        limits.threads = 1
        try await withWeb(limits: limits, access: WebTests.access()) { queue, caller, endpoint in
            #expect(try await caller.call(CallName.health.method).code == 0)
            let raw = try RawConnection(queue.server.endpoint)
            raw.send(frame(.health(watch: false)))
            #expect(await raw.response() != nil)
            // One more, and one of the two before gives way.
            let third = try await Caller.connect(endpoint)
            #expect(try await third.call(CallName.health.method).code == 0)
            #expect(queue.server.log.contains("a stranger gave way to one that came later"))
            await third.close()
        }
    }
}
#endif
