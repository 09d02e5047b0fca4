// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import KezekClient
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// What happens when there are too few open files.
@Suite(.serialized, .waits) struct OpenFilesTests {
    /// A server of the built program, started with a limit on its open files.
    private struct Program {
        let endpoint: Endpoint
        let metrics: Endpoint
        private let server: StartedServer

        init(_ folder: URL, files: Int) async throws {
            server = try await StartedServer(
                [
                    "--metrics", "127.0.0.1:0", "--threads", "2",
                    "--store", folder.appendingPathComponent("kezek.sqlite").path,
                    "--rehearse", "2026-03-19T05:00:00Z",
                ], log: folder.appendingPathComponent(UUID().uuidString), files: files)
            endpoint = try #require(Endpoint(server.address))
            metrics = try #require(server.metrics.flatMap { Endpoint($0) })
        }

        var lines: String { server.lines }

        /// Leaves it this many files besides those that are open now; nil for as many as at first.
        func leave(_ room: Int?) async throws {
            let open = try FileManager.default.contentsOfDirectory(
                atPath: "/proc/\(server.id)/fd"
            ).count
            let run = try await Run.of(
                "prlimit", "--pid", "\(server.id)",
                "--nofile=\(room.map { "\(open + $0)" } ?? "1000"):")
            try #require(run.status == 0, "\(run.errors)")
        }

        func kill() async { await server.kill() }
    }

    private static func office(_ name: String) -> QueueCommand {
        let office = TestOffice.described(windows: 1)
        let text = LocalizedText(kk: name, ru: name, en: name)
        return .changeOffice(
            OfficeChangeCommand(
                change: .put(
                    QueueOffice(
                        id: OfficeID(name)!, title: text, address: text, standard: office.standard,
                        kind: office.kind, zone: "", services: office.services,
                        windows: office.windows, exceptions: [], closures: [],
                        rules: office.rules)), dryRun: false))
    }

    private static func page(_ address: Endpoint) async throws -> Exposition {
        let connection = try RawConnection(address)
        connection.send(Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        let answer = String(decoding: await connection.readToEnd(), as: UTF8.self)
        let body = try #require(answer.range(of: "\r\n\r\n")).upperBound
        return try Exposition(String(answer[body...]))
    }

    /// Whoever would take the files that the server itself needs is told so.
    @Test func connectionsLeaveRoomForTheServersOwnFiles() async throws {
        try await withFolder { folder in
            let files = OpenFiles.reserve + 20
            let program = try await Program(folder, files: files)
            #expect(program.lines.contains("LimitNOFILE"))
            let client = Client(.patient(program.endpoint))
            let limits = try await client.ask(.describe, in: .en).limits
            #expect(limits.first { $0.name == "connections" }?.value == 20)
            let others = try (0..<60).map { _ in try RawConnection(program.endpoint) }
            var (served, refused) = (0, 0)
            for other in others {
                other.send(frame(.health(watch: false)))
                switch try #require(await other.response()).refusal?.reason {
                case nil: served += 1
                case .tooManyConnections: refused += 1
                case let reason?: Issue.record("\(reason)")
                }
            }
            #expect(served == 19 && refused == 41)
            _ = try await client.send(Self.office("one"), in: .en)
            await client.close()
        }
    }

    /// KezekTakesNoConnections: without a file left it serves who is there, writes its journal, and takes others up again.
    @Test func whenFilesRunOutTheOpenConnectionsGoOn() async throws {
        try await withFolder { folder in
            let program = try await Program(folder, files: 1_000)
            let client = Client(.patient(program.endpoint))
            _ = try await client.send(Self.office("before"), in: .en)
            let began = ContinuousClock.now
            try await program.leave(4)
            var others = try (0..<40).map { _ in try RawConnection(program.endpoint) }
            for other in others { other.send(frame(.health(watch: false))) }
            #expect(
                try await eventually { program.lines.contains("no connection can be taken") })
            // The last waits to be taken; whoever was there is served meanwhile.
            _ = try await client.ask(.standards, in: .en)
            _ = try await client.send(Self.office("meanwhile"), in: .en)
            let waiting = others.removeLast()
            others = []
            #expect(try #require(await waiting.response()).refusal == nil)
            try await program.leave(nil)
            let page = try await Self.page(program.metrics)
            let failures = try #require(page.value("kezek_accept_failures_total"))
            // Two sockets listen, and each rests for a quarter of a second after a failure.
            let most = 2 * ((ContinuousClock.now - began) / .milliseconds(250) + 1)
            #expect(failures >= 1 && failures <= most, "\(failures) of \(most)")
            let told = program.lines.matches(of: /no connection can be taken/).count
            #expect((1...2).contains(told))
            await client.close()

            await program.kill()
            let again = try await Program(folder, files: 1_000)
            let asker = Client(.patient(again.endpoint))
            let offices = try await asker.ask(.offices, in: .en)
            #expect(offices.map(\.id.description) == ["before", "meanwhile"])
            await asker.close()
        }
    }
}
