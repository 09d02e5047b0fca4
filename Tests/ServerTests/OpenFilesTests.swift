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
@Suite(.serialized, .timeLimit(.minutes(2))) struct OpenFilesTests {
    /// A server of the built program, started with a limit on its open files.
    private final class Program {
        let endpoint: Endpoint
        let metrics: Endpoint
        private let process = Process()
        private let log: URL

        init(_ folder: URL, files: Int) throws {
            log = folder.appendingPathComponent(UUID().uuidString)
            try Data().write(to: log)
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c", "ulimit -n \(files) && exec \"$0\" \"$@\"", try Repository.program.path,
                "serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--store",
                folder.appendingPathComponent("kezek.sqlite").path, "--threads", "2",
            ]
            process.currentDirectoryURL = Repository.root
            process.standardError = try FileHandle(forWritingTo: log)
            try process.run()
            var (calls, readers): (Endpoint?, Endpoint?)
            var text = ""
            for _ in 0..<500 where calls == nil {
                usleep(20_000)
                text = try String(contentsOf: log, encoding: .utf8)
                readers = text.firstMatch(of: /at=(127\.0\.0\.1:\d+)/)
                    .flatMap { Endpoint(String($0.1)) }
                calls = text.firstMatch(of: /address=(127\.0\.0\.1:\d+)/)
                    .flatMap { Endpoint(String($0.1)) }
            }
            endpoint = try #require(calls, "\(text)")
            metrics = try #require(readers)
        }

        var lines: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

        /// Leaves it this many files besides those that are open now; nil for as many as at first.
        func leave(_ room: Int?) throws {
            let open = try FileManager.default.contentsOfDirectory(
                atPath: "/proc/\(process.processIdentifier)/fd"
            ).count
            let prlimit = Process()
            prlimit.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
            prlimit.arguments = [
                "--pid", "\(process.processIdentifier)",
                "--nofile=\(room.map { "\(open + $0)" } ?? "1000"):",
            ]
            try prlimit.run()
            prlimit.waitUntilExit()
            try #require(prlimit.terminationStatus == 0)
        }

        func kill() {
            guard process.isRunning else { return }
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        deinit { kill() }
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
            let program = try Program(folder, files: files)
            #expect(program.lines.contains("LimitNOFILE"))
            let client = Client(ClientSettings(endpoint: program.endpoint))
            let limits = try await client.describe().limits
            #expect(limits.first { $0.name == "connections" }?.value == 20)
            let others = try (0..<60).map { _ in try RawConnection(program.endpoint) }
            var (served, refused) = (0, 0)
            for other in others {
                other.send(frame(.health(watch: false)))
                switch await other.response()?.refusal?.reason {
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

    /// Without a file left it serves who is there, writes its journal, and takes others up again.
    @Test func whenFilesRunOutTheOpenConnectionsGoOn() async throws {
        try await withFolder { folder in
            let program = try Program(folder, files: 1_000)
            let client = Client(ClientSettings(endpoint: program.endpoint))
            _ = try await client.send(Self.office("before"), in: .en)
            let began = Date()
            try program.leave(4)
            var others = try (0..<40).map { _ in try RawConnection(program.endpoint) }
            for other in others { other.send(frame(.health(watch: false))) }
            #expect(
                try await eventually { program.lines.contains("no connection can be taken") })
            // The last waits to be taken; whoever was there is served meanwhile.
            _ = try await client.ask(.standards, in: .en)
            _ = try await client.send(Self.office("meanwhile"), in: .en)
            let waiting = others.removeLast()
            others = []
            #expect(await waiting.response()?.refusal == nil)
            try program.leave(nil)
            let page = try await Self.page(program.metrics)
            let failures = try #require(page.value("kezek_accept_failures_total"))
            // Two sockets listen, and each rests for a quarter of a second after a failure.
            let most = 2 * (Date().timeIntervalSince(began) / 0.25 + 1)
            #expect(failures >= 1 && failures <= most, "\(failures) of \(most)")
            let told = program.lines.matches(of: /no connection can be taken/).count
            #expect((1...2).contains(told))
            await client.close()

            program.kill()
            let again = try Program(folder, files: 1_000)
            let asker = Client(ClientSettings(endpoint: again.endpoint))
            guard case .offices(let offices) = try await asker.ask(.offices, in: .en) else {
                Issue.record("no offices")
                return
            }
            #expect(offices.map(\.id.description) == ["before", "meanwhile"])
            await asker.close()
        }
    }
}
