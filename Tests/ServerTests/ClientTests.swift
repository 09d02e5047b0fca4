// SPDX-License-Identifier: Apache-2.0

import Deadlines
import Enquiries
import Foundation
import KezekClient
import KezekServer
import KezekWire
import NIOCore
import NIOPosix
import TestKit
import Testing
import Texts

@Suite(.waits) struct ClientTests {
    @Test func aServerThatStartsLateIsWaitedFor() async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-\(UUID().uuidString.prefix(8)).sock").path
        let client = Client(.patient(.unix(path: path)))
        async let health = client.ask(.health, in: .en)
        // Time to find nobody; if it is too short here, the client finds the server at once.
        await pause(milliseconds: 300)
        let server = try await LiveServer.start(.unix(path: path))
        #expect(try await health.isServing)
        await client.close()
        try await server.stop()
    }

    @Test func callsGoOnOverARestart() async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-\(UUID().uuidString.prefix(8)).sock").path
        let client = Client(.patient(.unix(path: path)))
        let answered = SharedLines()
        let asking = Task(executorPreference: OwnThreads.shared) {
            while !Task.isCancelled {
                do throws(ClientError) {
                    _ = try await client.ask(.standards, in: .en)
                } catch {
                    guard error == .cancelled else { throw error }
                    break
                }
                answered.add("answer")
                await pause(milliseconds: 2)
            }
        }
        // Each server in turn answers, and no call between them fails.
        for _ in 0..<4 {
            let server = try await LiveServer.start(.unix(path: path))
            let before = answered.all.count
            #expect(try await eventually { answered.all.count > before + 5 })
            try await server.stop()
        }
        asking.cancel()
        try await asking.value
        await client.close()
    }

    @Test func noServerIsAnErrorThatNamesTheAddress() async throws {
        var settings = ClientSettings(endpoint: .unix(path: "/nonexistent/kezek.sock"))
        settings.deadlineMilliseconds = 200
        let client = Client(settings)
        do {
            _ = try await client.ask(.health, in: .en)
            Issue.record("answered")
        } catch {
            #expect(error.description.contains("/nonexistent/kezek.sock"))
        }
        await client.close()
    }

    @Test func aSilentServerIsTimedOut() async throws {
        try await withImpostor { _ in
            []
        } body: { endpoint in
            var settings = ClientSettings(endpoint: endpoint)
            settings.deadlineMilliseconds = 200
            // On a busy machine the time may be over before there is a connection.
            let isTold = try await eventually {
                let client = Client(settings)
                let error = await #expect(throws: ClientError.self) {
                    _ = try await client.ask(.health, in: .en)
                }
                await client.close()
                return error == .timedOut(endpoint)
            }
            #expect(isTold)
        }
    }

    @Test func aServerThatSpeaksSomethingElseIsRecognised() async throws {
        try await withImpostor { _ in
            Array(String(repeating: "HTTP/1.1 400 Bad Request\r\n", count: 9).utf8)
        } body: {
            endpoint in
            let client = Client(.patient(endpoint))
            await #expect(throws: ClientError.badResponse(endpoint)) {
                _ = try await client.ask(.health, in: .en)
            }
            await client.close()
        }
    }

    @Test func tooLargeARequestIsNotSent() async throws {
        try await withServer { server in
            let client = server.client
            let question = DueDatesQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"),
                outsideReception: .refuse, asKnownOn: nil,
                startDays: Array(repeating: 0, count: 300_000), startSeconds: [])
            await #expect(throws: ClientError.requestTooLarge) {
                _ = try await client.ask(.dueDates(question), in: .en)
            }
            await client.close()
        }
    }

    @Test func healthIsWatchedUntilTheServerStops() async throws {
        let server = try await LiveServer.start()
        let client = server.client
        var states: [Bool] = []
        for try await health in client.watch(.watchHealth) {
            states.append(health.isServing)
            if states.count == 1 { await server.beginStopping() }
        }
        #expect(states == [true, false])
        await client.close()
        try await server.stop()
    }

    @Test func aCancelledCallEndsAtOnce() async throws {
        try await withImpostor { _ in
            []
        } body: { endpoint in
            // If cancelling did nothing, the deadline would end the call with another error.
            let client = Client(.patient(endpoint))
            let call = Task(executorPreference: OwnThreads.shared) {
                try await client.ask(.health, in: .en)
            }
            // Time to be under way; if it is too short here, the call is cancelled before.
            await pause(milliseconds: 200)
            call.cancel()
            await #expect(throws: ClientError.cancelled) { _ = try await call.value }
            await client.close()
        }
    }

    @Test func aClosedClientRefusesCalls() async throws {
        try await withServer { server in
            let client = server.client
            let health = try await client.ask(.health, in: .en)
            #expect(health.isServing)
            await client.close()
            await #expect(throws: ClientError.cancelled) {
                _ = try await client.ask(.health, in: .en)
            }
        }
    }

    /// A listener that answers whatever it reads with the bytes given.
    private func withImpostor(
        _ answer: @escaping @Sendable ([UInt8]) -> [UInt8], body: (Endpoint) async throws -> Void
    ) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Impostor(answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await body(.tcp(host: "127.0.0.1", port: port))
        try await channel.close()
    }
}

private final class Impostor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: @Sendable ([UInt8]) -> [UInt8]

    init(answer: @escaping @Sendable ([UInt8]) -> [UInt8]) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = answer(Array(unwrapInboundIn(data).readableBytesView))
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }
}
