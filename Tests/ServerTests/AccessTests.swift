// SPDX-License-Identifier: Apache-2.0

import Access
import Applications
import CallLimits
import CivilTime
import Deadlines
import Enquiries
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekEngine
import KezekFiles
import KezekWire
import NIOCore
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Who may do what: Docs/Access.md is the table.
@Suite(.waits) struct AccessTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!
    private static let own = OfficeID("astana-1")!
    private static let other = OfficeID("almaty-edu")!

    private static func entry(
        _ role: Role, _ offices: OfficeScope, id: String = "abc", token: String = "kezek_t",
        expires: String = "2027-01-01T00:00Z", revoked: Timestamp? = nil
    ) -> AccessEntry {
        AccessEntry(
            id: id, role: role, offices: offices, credential: .token(AccessToken.digest(token)),
            issuedAt: now, expiresAt: Timestamp(expires)!, revokedAt: revoked, note: "")
    }

    private static func name(_ call: Call) -> CallName {
        CallName(call)!
    }

    /// The marks of the document: for each call, the roles that may make it.
    private func document() throws -> [String: Set<Role>] {
        let columns: [Role] = [
            .kiosk, .portal, .clerk, .office, .dispatcher, .contactCentre, .operator,
        ]
        var table: [String: Set<Role>] = [:]
        for line in try Repository.text("Docs/Access.md").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 10, cells[1].hasPrefix("`") else { continue }
            let name = cells[1].trimmingCharacters(in: ["`"])
            table[name] = Set(zip(columns, cells[2...]).filter { $1 == "x" }.map(\.0))
        }
        return table
    }

    @Test func theDocumentsTableIsTheProgramsTable() throws {
        let table = try document()
        #expect(table.count == CallName.allCases.count)
        for kind in CallName.allCases {
            #expect(
                table[kind.name].map { Roles($0.map { Roles($0) }) } == kind.roles, "\(kind.name)")
        }
    }

    @Test func everyCallIsHeldToEveryRoleAndOffice() throws {
        let table = try document()
        var kinds: Set<CallName> = []
        for role in Role.allCases {
            let some = AccessGuard(AccessList(entries: [Self.entry(role, .only([Self.own]))]))
            let all = AccessGuard(AccessList(entries: [Self.entry(role, .all)]))
            func reason(_ access: AccessGuard, _ call: Call, _ caller: String?) -> Refusal.Reason? {
                access.refusal(
                    call, Self.name(call), by: caller, now: Self.now, clock: .now(), .en)?
                    .reason
            }
            func check(_ calls: [Call], inScope: Bool, everywhere: Bool = false) {
                for call in calls.map({ $0.asMade(by: role) }) {
                    let kind = Self.name(call)
                    kinds.insert(kind)
                    let may = table[kind.name]?.contains(role) == true
                    let isOpen = ["health", "authenticate", "end_watch"].contains(kind.name)
                    #expect(
                        reason(all, call, "abc") == (may ? nil : .permissionDenied),
                        "\(role) \(kind)")
                    #expect(
                        reason(some, call, "abc")
                            == (may && inScope && !everywhere ? nil : .permissionDenied),
                        "\(role) \(kind)")
                    for stranger in [nil, "xyz"] {
                        #expect(
                            reason(all, call, stranger) == (isOpen ? nil : .notAuthenticated),
                            "\(kind)")
                    }
                }
            }
            check(AccessCalls.calls(at: Self.own), inScope: true)
            check(AccessCalls.calls(at: Self.other), inScope: false)
            check(AccessCalls.others, inScope: true)
            check(AccessCalls.everywhere, inScope: true, everywhere: true)
        }
        #expect(kinds == Set(CallName.allCases))
        for call in AccessCalls.others { #expect(call.office == nil, "\(call)") }
    }

    @Test func eachRoleBooksThroughItsOwnChannelsAndCancelsForWhomItMay() {
        let channels: [Role: Set<BookingChannel>] = [
            .kiosk: [.kiosk], .portal: [.portal], .contactCentre: [.portal, .office],
            .clerk: [.portal, .kiosk, .office], .office: [.portal, .kiosk, .office],
        ]
        let booking = BookingID(office: Self.own, date: date("2026-03-19"), number: 1)
        for role in Role.allCases {
            let access = AccessGuard(AccessList(entries: [Self.entry(role, .all)]))
            func refusal(_ command: QueueCommand) -> Refusal? {
                let call = Call.command(RequestID(high: 1, low: 1), command)
                return access.refusal(
                    call, Self.name(call), by: "abc", now: Self.now, clock: .now(), .kk)
            }
            for channel in BookingChannel.allCases {
                let hold = HoldCommand(
                    office: Self.own, service: ServiceID("a")!, date: date("2026-03-19"),
                    start: TimeOfDay("10:00")!, channel: channel, applicant: .reference("r"))
                let refusal = refusal(.hold(hold))
                let may = channels[role]?.contains(channel) == true
                #expect((refusal == nil) == may, "\(role) \(channel)")
                #expect(refusal?.reason == (may ? nil : .permissionDenied))
                if !may, channels[role] != nil { #expect(refusal?.field == "channel") }
            }
            for canceller in Canceller.allCases {
                let refusal = refusal(.booking(booking, .cancel(by: canceller, reason: "")))
                let may =
                    channels[role] != nil
                    && (canceller == .applicant || role == .clerk || role == .office)
                #expect((refusal == nil) == may, "\(role) \(canceller)")
                if !may, channels[role] != nil { #expect(refusal?.field == "by") }
            }
        }
    }

    @Test func anEntryEndsWhenItExpiresOrIsRevoked() {
        let call = Call.standards
        let table: [(AccessEntry, Bool)] = [
            (Self.entry(.clerk, .all), true),
            (Self.entry(.clerk, .all, expires: "2026-03-19T04:00:01Z"), true),
            (Self.entry(.clerk, .all, expires: "2026-03-19T04:00Z"), false),
            (Self.entry(.clerk, .all, revoked: Self.now), false),
        ]
        for (entry, isValid) in table {
            let access = AccessGuard(AccessList(entries: [entry]))
            let refusal = access.refusal(
                call, .standards, by: "abc", now: Self.now, clock: .now(), .kk)
            #expect((refusal == nil) == isValid)
            func enter(_ bytes: [UInt8]) -> AccessGuard.Entrance {
                access.enter(.token(bytes), leaving: nil, now: Self.now)
            }
            #expect(enter(AccessToken.digest("kezek_t")) == (isValid ? .entered(entry) : .nobody))
            for wrong in ["kezek_u", ""] {
                #expect(enter(AccessToken.digest(wrong)) == .nobody)
            }
            #expect(enter([]) == .nobody)
        }
    }

    @Test func aServerHoldsItsConnectionsToTheList() async throws {
        let list = AccessList(entries: [
            Self.entry(.office, .only([TestOffice.id]), id: "boss", token: "kezek_boss"),
            Self.entry(.kiosk, .only([TestOffice.id]), id: "hall", token: "kezek_hall"),
            Self.entry(.kiosk, .only([Self.other]), id: "away", token: "kezek_away"),
        ])
        let access = AccessGuard(list)
        try await withFolder { folder in
            let server = try await QueueServer.start(folder, access: access)
            func client(_ token: String?) -> Client {
                var settings = ClientSettings.patient(server.server.endpoint)
                settings.token = token
                return Client(settings)
            }
            func reason(_ work: () async throws -> Void) async -> Refusal.Reason? {
                do {
                    try await work()
                    return nil
                } catch {
                    if case .refused(let refusal) = error as? ClientError { return refusal.reason }
                    Issue.record("\(error)")
                    return nil
                }
            }
            let ticket = QueueCommand.today(
                TestOffice.id, .takeTicket(service: TestOffice.acceptance))
            let (boss, hall, away) = (
                client("kezek_boss"), client("kezek_hall"), client("kezek_away")
            )
            let (nobody, wrong) = (client(nil), client("kezek_wrong"))
            try await TestOffice.register(boss)
            #expect(await reason { _ = try await hall.send(ticket, in: .en) } == nil)
            #expect(
                await reason { _ = try await away.send(ticket, in: .en) } == .permissionDenied)
            #expect(
                await reason { try await TestOffice.register(hall) } == .permissionDenied)
            #expect(
                await reason { _ = try await nobody.ask(.standards, in: .en) }
                    == .notAuthenticated)
            #expect(await reason { _ = try await nobody.ask(.health, in: .en) } == nil)
            #expect(
                await reason { _ = try await wrong.ask(.standards, in: .en) }
                    == .notAuthenticated)
            #expect(server.server.log.contains("authentication failed"))
            #expect(!server.server.log.contains("kezek_"))
            // A revocation holds on connections that are open, and on what they watch.
            var board = hall.watch(.watchBoard(TestOffice.id, .nothing)).makeAsyncIterator()
            #expect(try await board.next()?.isWhole == true)
            access.replace(
                AccessList(
                    entries: list.entries.map { $0.id == "hall" ? $0.revoked(at: Self.now) : $0 }))
            #expect(
                await reason { _ = try await hall.send(ticket, in: .en) } == .notAuthenticated)
            _ = try await boss.send(ticket, in: .en)
            #expect(await reason { _ = try await board.next() } == .notAuthenticated)
            for client in [boss, hall, away, nobody, wrong] { await client.close() }
            try await server.stop()
        }
    }

    /// A wrong token is answered late, takes away what an earlier right one gave, and the fifth in a
    /// row closes the connection, however fast they come.
    @Test func wrongTokensAreSlowedDownAndCutOff() async throws {
        let access = AccessGuard(
            AccessList(entries: [Self.entry(.clerk, .all, token: "kezek_right")]))
        let server = try await LiveServer.start(access: access, now: { Self.now })
        let connection = try RawConnection(server.endpoint)
        let (right, wrong) = (
            Call.authenticate(token: "kezek_right"), Call.authenticate(token: "kezek_wrong")
        )
        connection.send(frame(right, id: 1) + frame(.standards, id: 2))
        for id in [1, 2] as [UInt64] {
            let response = try #require(await connection.response())
            #expect(response.id == id && response.refusal == nil)
        }
        // What follows the wrong one is refused before the wrong one itself is answered.
        connection.send(frame(wrong, id: 3) + frame(.standards, id: 4))
        for id in [4, 3] as [UInt64] {
            let response = try #require(await connection.response())
            #expect(response.id == id && response.refusal?.reason == .notAuthenticated)
        }
        connection.send(frame(right, id: 5))
        #expect(await connection.response()?.refusal == nil)
        connection.send((6...10).flatMap { frame(wrong, id: $0) })
        #expect(await connection.readToEnd().isEmpty)
        #expect(server.log.contains("too many wrong tokens"))
        #expect(server.log.contains("attempt: 5") || server.log.contains("\"attempt\": 5"))
        #expect(!server.log.contains("kezek_"))
        // Others are served as before.
        var settings = ClientSettings.patient(server.endpoint)
        settings.token = "kezek_right"
        let client = Client(settings)
        #expect(try await client.ask(.health, in: .en).isServing)
        await client.close()
        try await server.stop()
    }

    @Test func aStoreIsNotOpenedToOtherMachinesWithoutAList() async throws {
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder)
            let server = Server(
                address: .tcp(host: "0.0.0.0", port: 0), tls: try TestTLS.server(),
                library: try Repository.library(), engine: queue.engine, version: "test",
                logger: LogLines().logger, now: { Self.now })
            await #expect(throws: Server.StartError.openStore(.tcp(host: "0.0.0.0", port: 0))) {
                try await server.run()
            }
            try await queue.stop()
        }
    }

    @Test func changesAtTheSameTimeAllHold() async throws {
        try await withFolder { folder in
            let file = AccessFile(url: folder.appendingPathComponent("access.json"))
            let (own, now) = (Self.own, Self.now)
            try await offThePool {
                DispatchQueue.concurrentPerform(iterations: 40) { number in
                    let entry = AccessEntry(
                        id: "\(number)", role: .kiosk, offices: .only([own]),
                        credential: .token(AccessToken.digest("\(number)")), issuedAt: now,
                        expiresAt: now, revokedAt: nil, note: "")
                    do {
                        try file.change { AccessList(entries: $0.entries + [entry]) }
                    } catch { Issue.record("\(error)") }
                }
            }
            let ids = try file.read().entries.map(\.id)
            #expect(Set(ids) == Set((0..<40).map { "\($0)" }))
        }
    }

    @Test func theListIsKeptInAFileWithoutSecrets() async throws {
        try await withFolder { folder in
            let file = AccessFile(url: folder.appendingPathComponent("access.json"))
            // No file is no list, least of all an empty one that locks everybody out.
            let none = #expect(throws: FileFaults.self) { try file.read() }
            #expect(none?.list.first?.problem.description.contains("is not there") == true)
            let list = AccessList(entries: [
                Self.entry(.contactCentre, .all, id: "one", token: "kezek_secret"),
                Self.entry(
                    .kiosk, .only([Self.own, Self.other]), id: "two", revoked: Self.now),
            ])
            try file.write(list)
            #expect(try file.read() == list)
            let text = try String(contentsOf: file.url, encoding: .utf8)
            #expect(!text.contains("kezek_secret"))
            let mode = try FileManager.default.attributesOfItem(atPath: file.url.path)
            #expect(mode[.posixPermissions] as? Int == 0o600)
            for (old, new) in [
                ("contact-centre", "caesar"), ("\"version\" : 2", "\"version\" : 3"),
                ("astana-1", "Astana"), ("2027-01-01", "never"), ("{", "["),
            ] {
                try text.replacing(old, with: new).write(
                    to: file.url, atomically: true, encoding: .utf8)
                #expect(throws: FileFaults.self, "\(new)") { try file.read() }
            }
        }
    }
}

extension Call {
    /// The call as a role makes it: booked through a channel of its own, and cancelled for the
    /// applicant.
    fileprivate func asMade(by role: Role) -> Call {
        switch self {
        case .command(let id, .hold(let hold)):
            .command(
                id,
                .hold(
                    HoldCommand(
                        office: hold.office, service: hold.service, date: hold.date,
                        start: hold.start,
                        channel: role == .kiosk ? .kiosk : role == .portal ? .portal : .office,
                        applicant: hold.applicant)))
        case .command(let id, .booking(let booking, .cancel(_, let reason))):
            .command(id, .booking(booking, .cancel(by: .applicant, reason: reason)))
        default: self
        }
    }
}
