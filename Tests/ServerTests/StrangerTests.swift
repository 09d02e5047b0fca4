// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Logging
import NIOCore
import TestKit
import Testing
import Texts

@testable import KezekEngine
@testable import KezekServer

/// What a connection may cost before somebody has said who is calling.
@Suite(.waits) struct StrangerTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!
    private static let right = Call.authenticate(token: "kezek_right")
    private static let wrong = Call.authenticate(token: "kezek_wrong")

    private static func access(_ role: Role = .operator) -> AccessGuard {
        AccessGuard(
            AccessList(entries: [
                AccessEntry(
                    id: "abc", role: role, offices: .all,
                    credential: .token(AccessToken.digest("kezek_right")), issuedAt: now,
                    expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
            ]))
    }

    private func withAccess(
        _ limits: ServerLimits = .patient, _ body: (LiveServer) async throws -> Void
    ) async throws {
        let server = try await LiveServer.start(
            limits: limits, access: Self.access(), now: { Self.now })
        do {
            try await body(server)
            try await server.stop()
        } catch {
            try? await server.stop()
            throw error
        }
    }

    /// A frame of 4 KiB is read, a longer one ends the connection at its first bytes; with a token it is
    /// as long as ever, also when it comes with the token.
    @Test func framesOfStrangersAreShort() async throws {
        try await withAccess { server in
            // A field that nobody knows fills the frame.
            func health(_ length: Int) -> [UInt8] {
                let call = Array(frame(.health(watch: false), id: 7).dropFirst())
                let fill = length - call.count - 4
                return framed(
                    call + [0xFA, 0x7F, UInt8(fill & 0x7F | 0x80), UInt8(fill >> 7)]
                        + Array(repeating: 0, count: fill))
            }
            #expect(health(4_096).count == 4_098)
            let one = try RawConnection(server.endpoint)
            one.send(health(4_096))
            #expect(await one.response()?.id == 7)
            one.send(Array(health(4_097).prefix(2)))
            let told = await one.response()
            #expect(told?.id == 0 && told?.refusal?.reason == .frameTooLarge)
            #expect(told?.refusal?.message.contains("authenticate") == true)
            #expect(await one.readToEnd().isEmpty)
            let other = try RawConnection(server.endpoint)
            other.send(frame(Self.right, id: 1) + health(16_000))
            #expect(await other.response()?.refusal == nil)
            #expect(await other.response()?.id == 7)
        }
    }

    @Test func whoSaysNothingOfThemselvesIsClosedInTime() async throws {
        var limits = ServerLimits.patient
        limits.strangerSeconds = 2
        try await withAccess(limits) { server in
            let known = try RawConnection(server.endpoint)
            known.send(frame(Self.right, id: 1))
            #expect(await known.response()?.refusal == nil)
            // However busily it asks what anybody may.
            let stranger = try RawConnection(server.endpoint)
            let isClosed = try await eventually {
                !stranger.send(frame(.health(watch: false), id: 2))
            }
            #expect(isClosed)
            #expect(server.log.contains("nobody said in time who is calling"))
            known.send(frame(.health(watch: false), id: 3))
            #expect(await known.response()?.id == 3)
        }
    }

    /// Health is told once without a stream; with a token it is a stream.
    @Test func strangersWatchNothing() async throws {
        try await withAccess { server in
            let connection = try RawConnection(server.endpoint)
            connection.send(frame(.health(watch: true), id: 1))
            #expect(await connection.response()?.more == false)
            connection.send(frame(Self.right, id: 2) + frame(.health(watch: true), id: 3))
            #expect(await connection.response()?.refusal == nil)
            #expect(await connection.response()?.more == true)
        }
    }

    /// A stranger hears nothing of the machine, a caller how much there is, an operator why it fails.
    @Test(arguments: [Role.kiosk, .operator])
    func healthTellsStrangersNothingOfTheMachine(role: Role) async throws {
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder, access: Self.access(role))
            func parts(_ token: String?) async throws -> [String: String] {
                var settings = ClientSettings.patient(queue.server.endpoint)
                settings.token = token
                let client = Client(settings)
                let parts = try await client.ask(.health, in: .en).parts
                await client.close()
                return Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.detail) })
            }
            let stranger = try await parts(nil)
            #expect(stranger["server"] == "running" && stranger["journal"] == "is written")
            let caller = try await parts("kezek_right")
            #expect(caller["server"] == "test" && caller["journal"] == "0 offices")
            // The disk is gone, as far as the engine can see.
            queue.engine.note(
                .failure(.unavailable("the disk that holds \(folder.path) is full")))
            #expect(try await parts(nil)["journal"]?.contains(folder.path) == false)
            #expect(
                try await parts("kezek_right")["journal"]?.contains(folder.path)
                    == (role == .operator))
            try await queue.stop()
        }
    }

    /// Beyond their share strangers take the place of those that have been there for longest, so whoever
    /// holds connections open keeps nobody out; those with a token stay.
    @Test func whoeverHoldsConnectionsOpenKeepsNobodyOut() async throws {
        var limits = ServerLimits.patient
        limits.threads = 1
        limits.strangers = 8
        try await withAccess(limits) { server in
            let known = try RawConnection(server.endpoint)
            known.send(frame(Self.right, id: 1))
            #expect(await known.response()?.refusal == nil)
            // Each from an address of its own, and with as much of a frame as it may have.
            let held = try (1...8).map {
                try RawConnection(server.endpoint, from: "127.0.1.\($0)")
            }
            for one in held {
                one.send(Array(framed(Array(repeating: 8, count: 4_096)).dropLast()))
            }
            let isIn = try await eventually {
                let late = try RawConnection(server.endpoint)
                late.send(frame(Self.right, id: 2))
                let told = await late.response()
                return told?.id == 2 && told?.refusal == nil
            }
            #expect(isIn)
            #expect(server.log.contains("a stranger gave way"))
            known.send(frame(.health(watch: false), id: 3))
            #expect(await known.response()?.id == 3)
        }
    }

    @Test func anAddressHasSoManyStrangers() async throws {
        var limits = ServerLimits.patient
        limits.strangersOfAddress = 2
        try await withAccess(limits) { server in
            let mine = try (1...2).map { _ in try RawConnection(server.endpoint) }
            for one in mine {
                one.send(frame(.health(watch: false)))
                #expect(await one.response()?.id == 1)
            }
            // Whether it is told so or takes an earlier one's place, there are never three.
            let third = try RawConnection(server.endpoint)
            third.send(frame(.health(watch: false)))
            let told = await third.response()
            let isReplaced = told?.refusal == nil
            #expect(isReplaced || told?.refusal?.reason == .tooManyConnections)
            #expect(
                try await eventually {
                    server.log.contains("a stranger gave way")
                        || server.log.contains("an address has all the connections of strangers")
                })
            let elsewhere = try RawConnection(server.endpoint, from: "127.0.0.77")
            elsewhere.send(frame(.health(watch: false), id: 9))
            #expect(await elsewhere.response()?.id == 9)
        }
    }

    @Test func aWrongTokenAfterARightOneMakesAStranger() async throws {
        try await withAccess { server in
            let connection = try RawConnection(server.endpoint)
            connection.send(frame(Self.right, id: 1))
            #expect(await connection.response()?.refusal == nil)
            connection.send(frame(Self.wrong, id: 2))
            #expect(await connection.response()?.refusal?.reason == .notAuthenticated)
            connection.send([0xFF, 0x7F])
            #expect(await connection.response()?.refusal?.reason == .frameTooLarge)
        }
    }

    /// After some wrong tokens of an address each waits, right or wrong, and what is sent behind it waits
    /// too; another address does not.
    @Test func wrongTokensSlowTheirAddress() async throws {
        try await withAccess { server in
            for _ in 0...Strangers.freeFailures {
                let guess = try RawConnection(server.endpoint, from: "127.0.2.1")
                guess.send(frame(Self.wrong))
                #expect(await guess.response()?.refusal?.reason == .notAuthenticated)
            }
            func seconds(from address: String) async throws -> Double {
                let connection = try RawConnection(server.endpoint, from: address)
                let began = NIODeadline.now()
                connection.send(frame(Self.right, id: 1) + frame(.standards, id: 2))
                let first = await connection.response()
                #expect(first?.id == 1 && first?.refusal == nil)
                let took = Double((NIODeadline.now() - began).nanoseconds) / 1e9
                let second = await connection.response()
                #expect(second?.id == 2 && second?.refusal == nil)
                return took
            }
            #expect(try await seconds(from: "127.0.2.1") >= 1)
            #expect(try await eventually { try await seconds(from: "127.0.2.2") < 1 })
        }
    }
}

/// The rules of the budget, without a server.
@Suite struct StrangerRuleTests {
    /// The log names a stranger as people write addresses: of IPv6 the network, as that is what is counted.
    @Test func addressesAreNamedAsPeopleWriteThem() throws {
        for (text, told) in [
            ("192.0.2.7", "192.0.2.7"), ("127.0.0.1", "127.0.0.1"), ("0.0.0.255", "0.0.0.255"),
            ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::/64"),
            ("2001:db8:0:7:8::9", "2001:db8:0:7::/64"), ("::1", "::/64"),
        ] {
            let address = try SocketAddress(ipAddress: text, port: 7_447)
            #expect("\(PeerAddress(address))" == told)
        }
        #expect("\(PeerAddress(nil))" == "a local socket")
        let path = try SocketAddress(unixDomainSocketPath: "/run/kezek.sock")
        #expect("\(PeerAddress(path))" == "a local socket")
    }

    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test func theShareAndEachAddressHaveTheirNumber() {
        let strangers = Strangers(share: 5, ofAddress: 2)
        let (one, other) = (PeerAddress.version4(1), PeerAddress.version6(1))
        #expect(
            (0..<3).map { _ in strangers.admit(one) } == [.admitted, .admitted, .addressIsFull])
        #expect(strangers.admit(other) == .admitted)
        // A Unix socket is held to the share alone.
        #expect(
            (0..<3).map { _ in strangers.admit(.local) } == [.admitted, .admitted, .shareIsFull])
        #expect(strangers.count == 5)
        strangers.leave(one)
        #expect(strangers.admit(one) == .admitted)
        #expect(strangers.admit(one) == .shareIsFull)
    }

    @Test func anAddressIsSlowedAndForgiven() {
        let strangers = Strangers(share: 1, ofAddress: 1)
        let (one, other) = (PeerAddress.version4(1), PeerAddress.version4(2))
        for _ in 0..<Strangers.freeFailures { strangers.failed(one, at: Self.start) }
        #expect(strangers.pause(of: one, at: Self.start) == .zero)
        strangers.failed(one, at: Self.start)
        #expect(strangers.pause(of: one, at: Self.start) == Strangers.pause)
        #expect(strangers.pause(of: other, at: Self.start) == .zero)
        let later = Self.start + Strangers.remembered
        #expect(strangers.pause(of: one, at: later - .nanoseconds(1)) == Strangers.pause)
        #expect(strangers.pause(of: one, at: later) == .zero)
        // And counted from the beginning.
        strangers.failed(one, at: later)
        #expect(strangers.pause(of: one, at: later) == .zero)
    }

    /// However many addresses an attacker has, they take no more than a bounded memory.
    @Test func soManyAddressesAreRemembered() {
        let strangers = Strangers(share: 1, ofAddress: 1)
        for number in 0..<UInt32(3 * Strangers.addressesKept) {
            strangers.failed(.version4(number), at: Self.start)
            #expect(strangers.addressesRemembered <= Strangers.addressesKept)
        }
    }

    @Test func addressesOfOneNetworkAreOne() throws {
        func address(_ text: String) throws -> PeerAddress {
            PeerAddress(try SocketAddress(ipAddress: text, port: 7))
        }
        #expect(try address("10.0.0.5") == .version4(0x0A00_0005))
        #expect(try address("::ffff:10.0.0.5") == .version4(0x0A00_0005))
        #expect(try address("2001:db8:1:2::1") == address("2001:db8:1:2:ffff::9"))
        #expect(try address("2001:db8:1:2::1") != address("2001:db8:1:3::1"))
        #expect(try PeerAddress(SocketAddress(unixDomainSocketPath: "/x")) == .local)
        #expect(PeerAddress(nil) == .local)
    }

    /// Of each message so many lines a minute, and one that counts the others.
    @Test func theLogOfPeersIsBounded() {
        let lines = LogLines()
        let log = BoundedLog(lines.logger)
        for number in 0..<10_000 {
            log.log(.notice, "authentication failed", ["peer": "p\(number)"], at: Self.start)
        }
        log.log(.notice, "connection closed", ["peer": "q"], at: Self.start)
        #expect(lines.count == BoundedLog.lines + 1)
        log.sweep(at: Self.start + .seconds(59))
        #expect(lines.count == BoundedLog.lines + 1)
        log.sweep(at: Self.start + .seconds(60))
        #expect(lines.count == BoundedLog.lines + 2)
        #expect(lines.contains("\(10_000 - BoundedLog.lines)"))
        log.log(.notice, "authentication failed", ["peer": "r"], at: Self.start + .seconds(61))
        #expect(lines.count == BoundedLog.lines + 3)
    }

    /// Idle connections have no timer of their own.
    ///
    /// What repeats is a look of each loop at all of its connections, and the server's tick. What a timer for each
    /// connection takes is seen with thousands of them alone.
    @Test func onlyLoopsHaveTimersThatRepeat() throws {
        let repeating = try Repository.swiftFiles("Sources/KezekServer").filter {
            try Repository.text($0).contains("scheduleRepeated")
        }
        #expect(
            repeating == [
                "Sources/KezekServer/Connection/LoopContext.swift",
                "Sources/KezekServer/Server.swift",
            ])
        // Whoever is looked at is whoever time has brought something about for.
        #expect(
            try Repository.text(repeating[0]).contains(
                "check(connections.values.filter { $0.isDue(at: now) }"))
    }

    /// A stranger's share of memory: what is unread on both sides, and what the reading takes.
    @Test func aStrangersBuffersAreSmall() {
        let buffers = ServerLimits.strangerBuffers
        #expect(buffers.reading <= 4_096 && buffers.unsentHigh <= 8_192)
        var limits = ServerLimits()
        #expect(limits.strangersShare == 2_500)
        limits.connections = 10
        #expect(limits.strangersShare == 10)
        limits.strangers = 3
        #expect(limits.strangersShare == 3)
    }
}
