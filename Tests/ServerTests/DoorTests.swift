// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Parties
import TestKit
import Testing

@testable import KezekEngine
@testable import KezekServer

/// Which connections are looked at, and which strangers give way, without a server.
@Suite struct DoorRuleTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static func address(_ number: UInt32) -> PeerAddress { .version4(number) }

    /// Whether somebody is looked at, sooner or later.
    private static func admits(
        _ keeper: Doorkeeper, _ number: UInt32, _ places: Int?, at now: NIODeadline = start
    ) -> Bool { keeper.admits(address(number), places: places, at: now) != .closed }

    /// Where nobody is a stranger, and as long as strangers have room, all are admitted; beyond a number
    /// the kernel keeps them.
    @Test(arguments: [nil, 5_000])
    func withoutACrowdAllAreLookedAt(places: Int?) {
        let keeper = Doorkeeper()
        for _ in 0..<Doorkeeper.waitingWithoutACrowd {
            #expect(keeper.takes(places: places))
            #expect(
                keeper.admits(Self.address(1), places: places, at: Self.start)
                    == .waits(isSeldom: false))
        }
        #expect(!keeper.takes(places: places))
        keeper.wasSeen(Self.address(1))
        #expect(keeper.takes(places: places))
        #expect(keeper.addressesRemembered == 0)
    }

    /// Those that wait have places already, though no loop has counted them.
    @Test func aCrowdBeginsWithTheLastPlace() {
        let keeper = Doorkeeper()
        let places = 20
        for _ in 0..<places { #expect(Self.admits(keeper, 1, places)) }
        // From now on it counts how often the address comes.
        for _ in 0..<Doorkeeper.ofAddressPerSecond { #expect(Self.admits(keeper, 1, places)) }
        #expect(!Self.admits(keeper, 1, places))
        #expect(Self.admits(keeper, 2, places))
        // A bucket fills as time passes.
        let eighth = TimeAmount.milliseconds(1_000 / Int64(Doorkeeper.ofAddressPerSecond))
        let later = Self.start + eighth
        #expect(!Self.admits(keeper, 1, places, at: later - .milliseconds(1)))
        #expect(Self.admits(keeper, 1, places, at: later))
    }

    /// While the kernel's queue fills up there is a crowd, however many places are left, and it ends when
    /// hardly any waits there.
    @Test func aCrowdBeginsWhereTheKernelHasLittleRoom() {
        let keeper = Doorkeeper()
        func isCrowd() -> Bool {
            // An address that comes so often is closed in a crowd alone.
            (0..<2 * Doorkeeper.ofAddressPerSecond).contains { _ in
                guard Self.admits(keeper, 1, 5_000) else { return true }
                keeper.wasSeen(Self.address(1))
                return false
            }
        }
        for (queued, crowd) in [
            (0, false), (1_023, false), (1_024, true), (4_096, true), (256, true), (255, false),
            (1_023, false), (1_024, true),
        ] {
            keeper.kernel(has: queued, of: 4_096)
            #expect(isCrowd() == crowd, "\(queued)")
        }
        // Where nobody is a stranger the kernel keeps them.
        for _ in 0..<Doorkeeper.waitingWithoutACrowd { #expect(Self.admits(keeper, 1, nil)) }
        #expect(!keeper.takes(places: nil))
    }

    /// Where the loops come to connections late there is a crowd until they come in time, or nobody waits.
    @Test func aCrowdBeginsWhereLoopsAreLate() {
        let keeper = Doorkeeper()
        for _ in 0..<Doorkeeper.waitingWithoutACrowd { #expect(Self.admits(keeper, 1, 5_000)) }
        let late = Doorkeeper.longestDelay
        for (delay, crowd) in [(late - .milliseconds(1), false), (late, true), (.zero, false)] {
            keeper.wasSeen(Self.address(1), after: delay)
            // What is admitted takes the place of the one that was seen.
            #expect(Self.admits(keeper, 1, 5_000) != crowd)
            if crowd { #expect(keeper.takes(places: 5_000)) }
        }
        keeper.wasSeen(Self.address(1), after: late)
        for _ in 0..<Doorkeeper.waitingWithoutACrowd - 2 {
            keeper.wasSeen(Self.address(1), after: late)
        }
        #expect(Self.admits(keeper, 1, 5_000))
    }

    /// However many of others wait, somebody of an address that has none is looked at; and of one that comes
    /// seldom sooner than they.
    @Test func inACrowdAnAddressHasOneThatWaits() {
        let keeper = Doorkeeper()
        let second = Self.start + .seconds(1)
        // Each has come so often that it comes no more seldom.
        for number in 0..<UInt32(Doorkeeper.waiting) {
            for time in 0..<Doorkeeper.ofAddressPerSecond {
                let left = Double(Doorkeeper.ofAddressPerSecond - time - 1)
                let isSeldom = left >= Doorkeeper.leftToSeldom
                #expect(
                    keeper.admits(Self.address(number), places: 0, at: Self.start)
                        == .waits(isSeldom: isSeldom))
                keeper.wasSeen(Self.address(number))
            }
        }
        // Of whom so many have one chance again.
        let soon = Self.start + .milliseconds(126)
        for number in 0..<UInt32(Doorkeeper.waitingInACrowd) {
            #expect(
                keeper.admits(Self.address(number), places: 0, at: soon)
                    == .waits(isSeldom: false), "\(number)")
        }
        #expect(!Self.admits(keeper, UInt32(Doorkeeper.waitingInACrowd), 0, at: soon))
        // They are taken from the kernel, and closed.
        #expect(keeper.takes(places: 0))
        // An address that has one waiting has no second one, though it might come again.
        #expect(!Self.admits(keeper, 1, 0, at: second))
        // Who comes seldom is looked at all the same, as many as there is room for.
        for number in 0..<UInt32(Doorkeeper.waiting - Doorkeeper.waitingInACrowd) {
            #expect(
                keeper.admits(Self.address(10_000 + number), places: 0, at: second)
                    == .waits(isSeldom: true))
        }
        #expect(!Self.admits(keeper, 20_000, 0, at: second))
        keeper.wasSeen(Self.address(0))
        #expect(Self.admits(keeper, 20_000, 0, at: second))
    }

    @Test func soManyAddressesAreRemembered() {
        let keeper = Doorkeeper()
        for number in 0..<UInt32(3 * Doorkeeper.addressesKept) {
            if Self.admits(keeper, number, 0) { keeper.wasSeen(Self.address(number)) }
            #expect(keeper.addressesRemembered <= Doorkeeper.addressesKept)
        }
    }

    /// Beside a list that is looked through: the address that has most gives way, with its oldest.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theAddressThatHasMostGivesWay(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var line = StrangerLine()
        var listed: [(number: UInt64, address: PeerAddress)] = []
        let addresses = UInt32.random(in: 1...12, using: &random)
        for number in 1...400 as ClosedRange<UInt64> {
            if Bool.random(using: &random) || listed.isEmpty {
                let address = Self.address(.random(in: 0..<addresses, using: &random))
                line.add(number, of: address)
                listed.append((number, address))
            } else {
                let index = Int.random(in: 0..<listed.count, using: &random)
                let gone = listed.remove(at: index)
                line.remove(gone.number, of: gone.address)
                // Again, and of another address: nothing happens.
                line.remove(gone.number, of: gone.address)
            }
            let byAddress = Dictionary(grouping: listed, by: \.address)
            let most = byAddress.values.map(\.count).max() ?? 0
            let first = line.first
            #expect((first == nil) == listed.isEmpty)
            guard let first, let its = listed.first(where: { $0.number == first }) else { continue }
            #expect(byAddress[its.address]?.count == most)
            for (address, connections) in byAddress {
                #expect(line.first(of: address) == connections[0].number)
            }
            #expect(line.first(of: its.address) == first)
        }
    }

    /// Of addresses that have as many, the one that has had as many for longest.
    @Test func amongEqualsTheEarliestGivesWay() {
        var line = StrangerLine()
        for number in 1...3 as ClosedRange<UInt64> {
            line.add(number, of: Self.address(UInt32(number)))
        }
        #expect(line.first == 1)
        line.remove(1, of: Self.address(1))
        #expect(line.first == 2)
        line.add(4, of: Self.address(3))
        #expect(line.first == 3)
        line.remove(3, of: Self.address(3))
        // Now each has one: the second address for longer.
        #expect(line.first == 2)
        line.remove(2, of: Self.address(2))
        line.remove(4, of: Self.address(3))
        #expect(line.first == nil)
    }
}

/// Connections that wait for a loop, on a loop of its own.
@Suite(.waits) struct WaitingLineTests {
    private static func connection(_ number: UInt32) -> WaitingLine.Connection {
        WaitingLine.Connection(socket: -1, address: .version4(number), since: .now())
    }

    /// Those that come seldom first, each in the order in which they came.
    @Test func whoComesSeldomIsLookedAtFirst() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let seen = NIOLockedValueBox<[PeerAddress]>([])
        let line = WaitingLine(loop: group.any()) { one in
            seen.withLockedValue { $0.append(one.address) }
        }
        // All of them are there before the loop has its first turn.
        try await group.any().submit {
            for number in 0..<40 as Range<UInt32> {
                line.add(Self.connection(number), isSeldom: number >= 20)
            }
        }.get()
        #expect(try await eventually { seen.withLockedValue { $0.count } == 40 })
        let order: [UInt32] = Array(20..<40) + Array(0..<20)
        #expect(seen.withLockedValue { $0 } == order.map { .version4($0) })
        try await group.shutdownGracefully()
    }

    /// As long as there are more, the loop has its sockets read between the turns.
    @Test func aLoopServesItsSocketsBetweenTurns() async throws {
        final class Reader: ChannelInboundHandler, Sendable {
            typealias InboundIn = ByteBuffer
            let hasRead: NIOLockedValueBox<Bool>

            init(_ hasRead: NIOLockedValueBox<Bool>) { self.hasRead = hasRead }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                hasRead.withLockedValue { $0 = true }
            }
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var ends: [CInt] = [-1, -1]
        try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let hasRead = NIOLockedValueBox(false)
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(hasRead))
                }
            }.withConnectedSocket(ends[0]).get()
        let (own, looked) = (NIOLockedValueBox<WaitingLine?>(nil), NIOLockedValueBox(0))
        let line = WaitingLine(loop: group.any()) { one in
            // One more comes for each, so that the line never ends.
            looked.withLockedValue { $0 += 1 }
            if !hasRead.withLockedValue({ $0 }) {
                own.withLockedValue { $0 }?.add(one, isSeldom: false)
            }
        }
        own.withLockedValue { $0 = line }
        for number in 0..<64 as Range<UInt32> {
            line.add(Self.connection(number), isSeldom: false)
        }
        #expect(try await eventually { looked.withLockedValue { $0 } > 1_000 })
        var byte: UInt8 = 1
        #expect(write(ends[1], &byte, 1) == 1)
        #expect(try await eventually { hasRead.withLockedValue { $0 } })
        hasRead.withLockedValue { $0 = true }
        own.withLockedValue { $0 = nil }
        try await channel.close()
        close(ends[1])
        try await group.shutdownGracefully()
    }

    /// What waits when the server ends is closed, and what comes after it at once.
    @Test func whoeverWaitsIsClosedInTheEnd() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let seen = NIOLockedValueBox(0)
        let line = WaitingLine(loop: group.any()) { _ in seen.withLockedValue { $0 += 1 } }
        let pairs = try (0..<2).map { _ in
            var ends: [CInt] = [-1, -1]
            try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
            return (ends[0], ends[1])
        }
        @Sendable func add(_ socket: CInt) {
            line.add(
                WaitingLine.Connection(socket: socket, address: .local, since: .now()),
                isSeldom: false)
        }
        let first = pairs[0].0
        try await group.any().submit {
            add(first)
            line.close()
        }.get()
        add(pairs[1].0)
        for (_, other) in pairs {
            var byte: UInt8 = 0
            #expect(read(other, &byte, 1) == 0)
            close(other)
        }
        try await group.shutdownGracefully()
        #expect(seen.withLockedValue { $0 } == 0)
    }
}

/// A server at whose door there is a crowd.
@Suite(.waits) struct DoorTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!
    private static let right = Call.authenticate(token: "kezek_right")

    private func withCrowd(_ body: (LiveServer) async throws -> Void) async throws {
        var limits = ServerLimits.patient
        limits.threads = 1
        limits.strangers = 4
        let entry = AccessEntry(
            id: "abc", role: .operator, offices: .all,
            credential: .token(AccessToken.digest("kezek_right")), issuedAt: Self.now,
            expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
        let server = try await LiveServer.start(
            limits: limits, access: AccessGuard(AccessList(entries: [entry])),
            now: { Self.now })
        do {
            try await body(server)
            try await server.stop()
        } catch {
            try? await server.stop()
            throw error
        }
    }

    /// Who comes faster than is looked at is closed at once, and nobody from elsewhere.
    @Test func whoComesTooOftenIsClosedAtTheDoor() async throws {
        try await withCrowd { server in
            var crowd: [RawConnection] = []
            let cause = ConnectionState.Cause.tooManyAtTheDoor.rawValue
            let isClosed = try await eventually {
                for _ in 0..<40 {
                    crowd.append(try RawConnection(server.endpoint, from: "127.0.9.1"))
                }
                return server.log.contains(cause)
            }
            #expect(isClosed)
            let caller = try RawConnection(server.endpoint, from: "127.0.9.2")
            caller.send(frame(Self.right, id: 1))
            #expect(await caller.response()?.refusal == nil)
            withExtendedLifetime(crowd) {}
        }
    }

    /// Whoever has one connection stays, however many come of an address that has more.
    @Test func anAddressPushesOutItsOwn() async throws {
        try await withCrowd { server in
            let lonely = try RawConnection(server.endpoint, from: "127.0.9.3")
            lonely.send(frame(.health(watch: false), id: 1))
            #expect(await lonely.response()?.id == 1)
            var crowd: [RawConnection] = []
            let haveGivenWay = try await eventually {
                crowd.append(try RawConnection(server.endpoint, from: "127.0.9.4"))
                return crowd.count > 8 && server.log.contains("a stranger gave way")
            }
            #expect(haveGivenWay)
            lonely.send(frame(Self.right, id: 2))
            #expect(await lonely.response()?.id == 2)
            withExtendedLifetime(crowd) {}
        }
    }
}
