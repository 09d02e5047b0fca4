// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Enquiries
import Foundation
import KezekClient
import KezekWire
import NIOCore
import NIOPosix
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Loopback is not trust: whoever else has a program on the machine reaches it too.
@Suite(.waits) struct LocalUserTests {
    private static let nobodyHere: UInt32 = 4_000_000_001

    /// One of each kind that is no watch and is about an office or nothing in particular.
    private static var questions: [(Call, CallName)] {
        (AccessCalls.calls(at: TestOffice.id) + AccessCalls.others).compactMap { call in
            switch call {
            case .watchBoard, .watchWorkingList, .watchVisitPlan, .health, .endWatch, .authenticate:
                return nil
            default:
                let name = CallName(call)!
                return name.isCommand ? nil : (call, name)
            }
        }
    }

    @Test func theServersOwnUserAndRootAreTaken() {
        #expect(LocalUsers.own.take(geteuid()))
        #expect(LocalUsers.own.take(0))
        #expect(!LocalUsers.own.take(Self.nobodyHere))
        #expect(!LocalUsers.own.take(nil))
        #expect(LocalUsers.any.take(nil))
        #expect(!LocalUsers.only([1]).take(2))
    }

    /// Of another user's socket each question about people is refused, each other is answered as ever, and
    /// health tells nothing of the machine.
    @Test func questionsAboutPeopleOfOtherUsersAreRefused() async throws {
        #expect(
            CallName.allCases.filter(\.isPersonal) == [
                .getVisit, .explainVisit, .getVisitPlan, .watchVisitPlan, .booking, .day,
                .application, .paper, .applicationStatus, .workingList, .findBookings,
                .waitingPlace, .waitingList,
            ])
        try await withFolder { folder in
            for (users, isTaken) in [(LocalUsers.own, true), (.only([Self.nobodyHere]), false)] {
                let queue = try await QueueServer.start(folder, localUsers: users)
                let client = queue.server.client
                var seen: Set<CallName> = []
                for (call, name) in Self.questions {
                    seen.insert(name)
                    var isRefused = false
                    do throws(ClientError) {
                        _ = try await client.reply(to: call, in: .en)
                    } catch {
                        if case .refused(let refusal) = error {
                            isRefused = refusal.reason == .permissionDenied
                        }
                    }
                    #expect(isRefused == (!isTaken && name.isPersonal), "\(name.name) \(isTaken)")
                }
                #expect(
                    seen.isSuperset(of: [.booking, .day, .board, .wait, .slots, .getVisitPlan]))
                // A watch tells no more than a question.
                var isWatched = true
                do {
                    for try await _ in client.watch(.watchVisitPlan(TestOffice.id, since: 0)) {
                        break
                    }
                } catch ClientError.refused(let refusal) {
                    isWatched = refusal.reason != .permissionDenied
                }
                #expect(isWatched == isTaken)
                let version = try await client.ask(.health, in: .en).parts.first {
                    $0.name == "server"
                }?.detail
                #expect(version != nil)
                await client.close()
                try await queue.stop()
            }
        }
    }

    /// Over TCP and a Unix socket, of another user's socket commands are refused and questions answered.
    @Test(arguments: [false, true])
    func commandsOfOtherUsersAreRefused(overUnixSocket: Bool) async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("k.sock").path
            for (users, isTaken) in [
                (LocalUsers.own, true), (.only([geteuid()]), true), (.any, true),
                (.only([Self.nobodyHere]), false),
            ] {
                let queue = try await QueueServer.start(
                    folder, address: overUnixSocket ? .unix(path: path) : nil, localUsers: users)
                let client = queue.server.client
                _ = try await client.ask(.standards, in: .en)
                do {
                    try await TestOffice.register(client)
                    #expect(isTaken)
                } catch let error as ClientError {
                    guard case .refused(let refusal) = error else { throw error }
                    #expect(!isTaken && refusal.reason == .permissionDenied)
                    #expect(refusal.message.contains("--any-local-user"))
                    #expect(queue.server.log.contains("commands of another user"))
                }
                await client.close()
                try await queue.stop()
            }
        }
    }

    /// The kernel is asked for one socket, and its tables say the same; of what is no connection, or is
    /// not open any more, nobody is the owner.
    @Test(arguments: ["127.0.0.1", "::1"])
    func theOwnerOfASocketIsFound(host: String) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let bound = try? await ServerBootstrap(group: group).bind(host: host, port: 0).get()
        guard let server = bound else {
            // A machine may have no IPv6.
            #expect(host == "::1")
            return
        }
        let own = try #require(server.localAddress)
        let client = try await ClientBootstrap(group: group).connect(to: own).get()
        let peer = try #require(client.localAddress)
        let ends = try #require(SocketEnds(peer, own))
        #expect(SocketOwner.user(at: peer, connectedTo: own) == geteuid())
        #expect([.found(geteuid()), .silent].contains(SocketDiagnosis.ask(ends)))
        #expect(SocketTable.user(of: ends) == geteuid())
        // The listening socket is nobody's peer.
        let wrong = try SocketAddress(ipAddress: host, port: 1)
        #expect(SocketOwner.user(at: own, connectedTo: wrong) == nil)
        #expect(SocketTable.user(of: try #require(SocketEnds(own, wrong))) == nil)
        try await client.close()
        #expect(
            try await eventually { SocketOwner.user(at: peer, connectedTo: own) == nil })
        #expect(SocketTable.user(of: ends) == nil)
        try await server.close()
    }

    @Test func aLineOfTheKernelsTableIsRead() {
        let line = """
              3: 0100007F:A2C4 0100007F:1D17 01 00000000:00000000 00:00000000 00000000  1000        0 48213 1
            """
        let peer = SocketTable.place([127, 0, 0, 1], 0xA2C4, false)
        let own = SocketTable.place([127, 0, 0, 1], 7_447, false)
        #expect(SocketTable.user(inLine: line, [peer, own]) == 1_000)
        #expect(SocketTable.user(inLine: line, [own, peer]) == nil)
        // Closed by its owner, and root's in the kernel's books.
        let orphan = line.replacing("48213", with: "0").replacing(" 1000 ", with: " 0 ")
        #expect(SocketTable.user(inLine: orphan, [peer, own]) == nil)
        #expect(
            SocketTable.place([127, 0, 0, 1], 7_447, true)
                == "0000000000000000FFFF00000100007F:1D17")
    }
}
