// SPDX-License-Identifier: Apache-2.0

#if Web
import Access
import CallLimits
import CivilTime
import Enquiries
import Foundation
import Journal
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

/// Runs a test against a server with a queue that listens for gRPC, too.
func withWeb(
    limits: ServerLimits = .patient, access: AccessGuard? = nil, localUsers: LocalUsers = .own,
    hosts: [String] = [], routes: any WebRoutes = NoRoutes(),
    _ body: (QueueServer, GRPCCaller, Endpoint) async throws -> Void
) async throws {
    try await withFolder { folder in
        let (ready, continuation) = AsyncStream.makeStream(of: Endpoint.self)
        let settings = WebSettings(
            address: .tcp(host: "127.0.0.1", port: 0), isTLS: false, hosts: hosts, routes: routes)
        let queue = try await QueueServer.start(
            folder, access: access, limits: limits, localUsers: localUsers,
            web: settings.listener { continuation.yield($0) })
        var endpoints = ready.makeAsyncIterator()
        let endpoint = try #require(await endpoints.next())
        let caller = try await GRPCCaller.connect(endpoint)
        do {
            try await body(queue, caller, endpoint)
            await caller.close()
            try await queue.stop()
        } catch {
            await caller.close()
            try? await queue.stop()
            throw error
        }
    }
}

/// The message of a call in the bytes of a request, and its request id.
func parts(of request: [UInt8], _ name: CallName) -> (message: [UInt8], id: [UInt8]) {
    var (message, id): ([UInt8], [UInt8]) = ([], [])
    var rest = request[...]
    func number() -> UInt64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while let byte = rest.popFirst() {
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { break }
            shift += 7
        }
        return value
    }
    while !rest.isEmpty {
        let tag = number()
        let value = number()
        guard tag & 7 == 2 else { continue }
        if tag >> 3 == UInt64(name.field) { message = Array(rest.prefix(Int(value))) }
        if tag >> 3 == 4 { id = Array(rest.prefix(Int(value))) }
        rest = rest.dropFirst(Int(value))
    }
    return (message, id)
}

/// gRPC, over a real socket.
@Suite(.waits) struct WebTests {
    static let now = Timestamp("2026-03-19T04:00Z")!
    static let english = [("accept-language", "en")]

    static func access(_ role: Role = .operator, connections: Int = 4) -> AccessGuard {
        AccessGuard(
            AccessList(entries: [
                AccessEntry(
                    id: "abc", role: role, offices: .all,
                    credential: .token(AccessToken.digest("kezek_right")),
                    connections: connections, issuedAt: now,
                    expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
            ]))
    }

    static func bearer(_ token: String) -> [(String, String)] {
        english + [("authorization", "Bearer \(token)")]
    }

    static func encoded(_ call: Call) -> [UInt8]? {
        RequestCodec.encode(
            WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: call),
            Arena(limit: CallLimit.decodedRequestBytes))
    }

    static func call(
        _ caller: GRPCCaller, _ call: Call, _ more: [(String, String)] = english
    ) async throws -> GRPCCaller.Answer {
        let name = CallName(call)!
        let (message, id) = parts(of: encoded(call)!, name)
        let known = id.isEmpty ? [] : [("kezek-request-id-bin", Data(id).base64EncodedString())]
        return try await caller.call(name.method, message, more + known)
    }

    /// Each call by gRPC gives, byte for byte, what it gives over TCP: its reply's message, or its status.
    @Test func everyCallIsAnsweredAsOverTCP() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            await client.close()
            var seen: Set<CallName> = []
            let calls =
                AccessCalls.calls(at: TestOffice.id)
                + AccessCalls.calls(at: OfficeID("nowhere")!)
                + AccessCalls.others + AccessCalls.everywhere
            for call in calls {
                let name = CallName(call)!
                // Its figures are another each time, and a clock is accepted once.
                guard ![.stats, .acceptClock].contains(name), let request = Self.encoded(call)
                else { continue }
                seen.insert(name)
                let raw = try RawConnection(queue.server.endpoint)
                raw.send(framed(request))
                raw.closeInput()
                let frame = await raw.readToEnd()
                let (start, length) = frame.withUnsafeBytes { bytes -> (Int, Int) in
                    guard
                        case .complete(let start, let length) = FrameHeader.read(
                            bytes, limit: CallLimit.responseFrameBytes)
                    else { return (0, 0) }
                    return (start, length)
                }
                let response = Array(frame[start..<start + length])
                let told = response.withUnsafeBytes { PassedThrough.parts(of: $0) }
                let (message, id) = parts(of: request, name)
                let known =
                    id.isEmpty ? [] : [("kezek-request-id-bin", Data(id).base64EncodedString())]
                let stream = try await caller.begin(name.method, message, Self.english + known)
                if let reply = told?.reply {
                    let first = await stream.message()
                    #expect(first == Array(response[reply]), "\(name)")
                    stream.cancel()
                } else {
                    let answer = await stream.answer()
                    let status = try #require(told?.status.map { Array(response[$0]) }, "\(name)")
                    #expect(answer.code ?? 0 > 0, "\(name)")
                    #expect(answer.messages.isEmpty)
                    // The whole of it is the last part of the one detail.
                    #expect(Array(answer.details.suffix(status.count)) == status, "\(name)")
                }
            }
            #expect(seen.count > CallName.allCases.count - 5)
        }
    }

    @Test func aHoldIsMadeOnceUnderItsIdHoweverItComes() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            let id = RequestID(high: 7, low: 8)
            let take = Call.command(
                id, .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)))
            let first = try await Self.call(caller, take)
            #expect(first.code == 0 && first.messages.count == 1)
            let again = try await Self.call(caller, take)
            #expect(again.messages == first.messages)
            // Without an id it is refused, and the field named.
            let name = CallName.takeTicket
            let (message, _) = parts(of: Self.encoded(take)!, name)
            let refused = try await caller.call(name.method, message, Self.english)
            #expect(refused.code == 3)
            #expect(String(decoding: refused.details, as: UTF8.self).contains("request_id"))
            // A UUID is its 16 bytes; a key is the caller's own.
            let uuid = "00000000-0000-0007-0000-000000000008"
            let same = try await caller.call(
                name.method, message, Self.english + [("kezek-request-id", uuid)])
            #expect(same.messages == first.messages)
            let keyed = try await caller.call(
                name.method, message, Self.english + [("idempotency-key", "form 17")])
            let keyedAgain = try await caller.call(
                name.method, message, Self.english + [("idempotency-key", "form 17")])
            #expect(keyed.code == 0 && keyed.messages == keyedAgain.messages)
            #expect(keyed.messages != first.messages)
            await client.close()
        }
    }

    @Test func refusalsAreToldInTheCallersLanguage() async throws {
        try await withWeb { _, caller, _ in
            let call = Call.queue(.office(OfficeID("nowhere")!))
            for language in Language.allCases {
                let answer = try await Self.call(
                    caller, call, [("accept-language", "\(language)-KZ,de;q=0.1")])
                #expect(answer.code == 5)
                #expect(answer.status == "200")
                let raw = answer.headers.last?.first(name: "grpc-message") ?? ""
                #expect(raw.utf8.allSatisfy { (0x20...0x7E).contains($0) })
                let details = String(decoding: answer.details, as: UTF8.self)
                #expect(details.contains("type.googleapis.com/kezek.v1.Status"))
                #expect(details.contains(answer.message ?? "-"))
            }
        }
    }

    @Test func whatIsNoCallIsRefusedInGRPCsWay() async throws {
        try await withWeb { _, caller, _ in
            for path in ["kezek.v1.Queue/Nothing", "kezek.v2.Queue/Hold", "Hold", ""] {
                let answer = try await caller.call(path)
                #expect(answer.code == 12, "\(path)")
                #expect(answer.status == "200")
            }
            let method = CallName.standards.method
            let compressed = try await caller.call(method, [], [("grpc-encoding", "gzip")])
            #expect(compressed.code == 12)
            let json = try await caller.open("/" + method, type: "application/grpc+json")
            #expect(await json.answer().code == 12)
            let none = try await caller.open("/" + method, isLast: true)
            #expect(await none.answer().code == 12)
            let two = try await caller.open("/" + method)
            two.send(GRPCCaller.framed([]) + GRPCCaller.framed([]), isLast: true)
            #expect(await two.answer().code == 12)
            let part = try await caller.open("/" + method)
            part.send([0, 0, 0, 0, 9, 1], isLast: true)
            #expect(await part.answer().code == 12)
            let flagged = try await caller.open("/" + method)
            flagged.send([1, 0, 0, 0, 0], isLast: true)
            #expect(await flagged.answer().code == 12)
            for timeout in ["", "5", "5s", "123456789S", "-1S", "S"] {
                let answer = try await caller.call(method, [], [("grpc-timeout", timeout)])
                #expect(answer.code == 3, "\(timeout)")
            }
            let malformed = try await caller.call(method, [0xFF])
            #expect(malformed.code == 3)
            // The connection goes on.
            #expect(try await caller.call(method).code == 0)
        }
    }

    /// Requests that are not gRPC's find nothing here, and pages of strangers less.
    @Test func hostsAndOriginsAreThoseOfAList() async throws {
        try await withWeb(hosts: ["queue.example.kz"]) { _, caller, endpoint in
            let path = "/" + CallName.standards.method
            func status(_ host: String, _ headers: [(String, String)] = []) async throws -> String?
            {
                let stream = try await caller.open(path, headers, authority: host)
                stream.send(GRPCCaller.framed([]), isLast: true)
                return await stream.answer().status
            }
            for host in ["localhost", "127.0.0.1:7480", "[::1]:80", "QUEUE.example.kz:7480"] {
                #expect(try await status(host) == "200", "\(host)")
            }
            for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7480"] {
                #expect(try await status(host) == "421", "\(host)")
            }
            for origin in ["http://localhost:3000", "https://queue.example.kz"] {
                #expect(try await status("localhost", [("origin", origin)]) == "200", "\(origin)")
            }
            for origin in ["null", "https://evil.example", "file://", "http://localhost/x", ""] {
                #expect(try await status("localhost", [("origin", origin)]) == "403", "\(origin)")
            }
            let preflight = try await caller.open(
                path, [("origin", "http://localhost"), ("access-control-request-method", "POST")],
                type: "", method: "OPTIONS", isLast: true)
            let answer = await preflight.answer()
            #expect(answer.status == "404")
            #expect(
                !answer.headers.contains { $0.contains { $0.name.hasPrefix("access-control") } })
            // The same over HTTP/1.1.
            let raw = try RawConnection(endpoint)
            raw.send(Array("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".utf8))
            raw.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
            let text = String(decoding: await raw.readToEnd(), as: UTF8.self)
            #expect(text.contains("HTTP/1.1 421 "))
            #expect(text.contains("HTTP/1.1 404 "))
        }
    }

    // MARK: Streams

    @Test func aBoardIsToldAsItChangesAndResumed() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            let watch = Call.watchBoard(TestOffice.id, .nothing)
            let (message, _) = parts(of: Self.encoded(watch)!, .board)
            let stream = try await caller.begin(CallName.board.method, message, Self.english)
            let whole = try #require(await stream.message())
            for number in 1...3 {
                let take = Call.command(
                    .random(), .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)))
                #expect(try await Self.call(caller, take).code == 0)
                let next = try #require(await stream.message(), "\(number)")
                #expect(next != whole)
            }
            stream.cancel()
            // Whoever has seen a revision is told what came after it.
            let board = try await client.ask(.board(TestOffice.id, .nothing), in: .en)
            let seen = BoardSeen(revision: board.revision - 1, date: board.date)
            let (rest, _) = parts(of: Self.encoded(.watchBoard(TestOffice.id, seen))!, .board)
            let resumed = try await caller.begin(CallName.board.method, rest, Self.english)
            let news = try #require(await resumed.message())
            #expect(news.count < whole.count + 60)
            resumed.cancel()
            await client.close()
        }
    }

    @Test func aDeadlineEndsWhatIsWatched() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            await client.close()
            let watch = Call.watchBoard(TestOffice.id, .nothing)
            let answer = try await Self.call(
                caller, watch, Self.english + [("grpc-timeout", "100m")])
            #expect(answer.code == 4)
            #expect(answer.messages.count == 1)
        }
    }

    @Test func stoppingTellsStreamsAndEndsThem() async throws {
        try await withWeb { queue, caller, _ in
            let client = queue.server.client
            try await TestOffice.register(client)
            await client.close()
            let (board, _) = parts(
                of: Self.encoded(.watchBoard(TestOffice.id, .nothing))!, .board)
            let boards = try await caller.begin(CallName.board.method, board, Self.english)
            let health = try await caller.begin("grpc.health.v1.Health/Watch")
            #expect(await boards.message() != nil)
            #expect(await health.message() == [8, 1])
            await queue.server.beginStopping()
            let last = await health.answer()
            #expect(last.messages == [[8, 2]])
            #expect(last.code == 0)
            #expect(await boards.answer().code == 0)
        }
    }

    // MARK: gRPC's own services

    @Test func healthIsToldInGRPCsWay() async throws {
        try await withWeb { _, caller, _ in
            let name = Array("kezek.v1.Queue".utf8)
            for message in [[], [10, UInt8(name.count)] + name] {
                let answer = try await caller.call("grpc.health.v1.Health/Check", message)
                #expect(answer.code == 0 && answer.messages == [[8, 1]])
            }
            let unknown = try await caller.call("grpc.health.v1.Health/Check", [10, 1, 0x78])
            #expect(unknown.code == 5)
            let watched = try await caller.call("grpc.health.v1.Health/Watch", [10, 1, 0x78])
            #expect(watched.messages == [[8, 3]])
        }
    }

    @Test func reflectionNamesEveryServiceOfBothKinds() async throws {
        try await withWeb { _, caller, _ in
            for version in ["v1", "v1alpha"] {
                let path = "/grpc.reflection.\(version).ServerReflection/ServerReflectionInfo"
                let stream = try await caller.open(path)
                stream.send(GRPCCaller.framed([0x3A, 0]))
                let list = String(decoding: try #require(await stream.message()), as: UTF8.self)
                for call in CallName.allCases {
                    #expect(list.contains(call.method.prefix { $0 != "/" }))
                }
                #expect(list.contains("grpc.health.v1.Health"))
                let symbol = Array("kezek.v1.Queue.Hold".utf8)
                let asked = [0x22, UInt8(symbol.count)] + symbol
                stream.send(
                    GRPCCaller.framed(asked) + GRPCCaller.framed([0x22, 1, 0x78]), isLast: true)
                let rest = await stream.answer()
                #expect(rest.code == 0 && rest.messages.count == 2)
                let file = String(decoding: rest.messages.first ?? [], as: UTF8.self)
                #expect(file.contains("kezek/v1/service.proto"))
                // Kezek's own options are not for others.
                #expect(!file.contains("kezek/options.proto"))
                #expect(
                    String(decoding: rest.messages.last ?? [], as: UTF8.self)
                        .contains("there is no symbol"))
            }
        }
    }
}
#endif
