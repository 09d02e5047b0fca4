// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import KezekClient
import KezekWire
import NIOCore
import Parties
import TestKit
import Testing

@testable import KezekEngine
@testable import KezekServer

/// Which connections are looked at, and which strangers give way, without a server.
@Suite struct DoorRuleTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static func address(_ number: UInt32) -> PeerAddress { .version4(number) }

    /// Where nobody is a stranger, and as long as strangers have room, all are admitted; beyond a number
    /// the kernel keeps them.
    @Test(arguments: [nil, 5_000])
    func withoutACrowdAllAreLookedAt(places: Int?) {
        let keeper = Doorkeeper()
        for _ in 0..<Doorkeeper.waiting {
            #expect(keeper.takes(places: places))
            #expect(keeper.admits(Self.address(1), places: places, at: Self.start))
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
        for _ in 0..<places {
            #expect(keeper.admits(Self.address(1), places: places, at: Self.start))
        }
        // From now on it counts how often the address comes.
        for _ in 0..<Doorkeeper.ofAddressPerSecond {
            #expect(keeper.admits(Self.address(1), places: places, at: Self.start))
        }
        #expect(!keeper.admits(Self.address(1), places: places, at: Self.start))
        #expect(keeper.admits(Self.address(2), places: places, at: Self.start))
        // A bucket fills as time passes.
        let eighth = TimeAmount.milliseconds(1_000 / Int64(Doorkeeper.ofAddressPerSecond))
        let later = Self.start + eighth
        #expect(
            !keeper.admits(Self.address(1), places: places, at: later - .milliseconds(1)))
        #expect(keeper.admits(Self.address(1), places: places, at: later))
    }

    /// However many of others wait, somebody of an address that has none is looked at.
    @Test func inACrowdAnAddressHasOneThatWaits() {
        let keeper = Doorkeeper()
        for number in 0..<UInt32(Doorkeeper.waitingForAll) {
            #expect(keeper.admits(Self.address(number / 2), places: 0, at: Self.start))
        }
        #expect(!keeper.admits(Self.address(0), places: 0, at: Self.start))
        for number in UInt32(Doorkeeper.waitingForAll)..<UInt32(Doorkeeper.waitingInACrowd) {
            #expect(keeper.admits(Self.address(number), places: 0, at: Self.start))
            #expect(!keeper.admits(Self.address(number), places: 0, at: Self.start))
        }
        #expect(!keeper.admits(Self.address(.max), places: 0, at: Self.start))
        // They are taken from the kernel, and closed.
        #expect(keeper.takes(places: 0))
        keeper.wasSeen(Self.address(0))
        #expect(keeper.admits(Self.address(.max), places: 0, at: Self.start))
    }

    @Test func soManyAddressesAreRemembered() {
        let keeper = Doorkeeper()
        for number in 0..<UInt32(3 * Doorkeeper.addressesKept) {
            if keeper.admits(Self.address(number), places: 0, at: Self.start) {
                keeper.wasSeen(Self.address(number))
            }
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
