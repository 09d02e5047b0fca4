// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// The alarms for Prometheus fit the server and the runbook.
@Suite(.waits) struct AlarmTests {
    private struct Alarm {
        let name: String
        let expression: String
        let runbook: String
    }

    private func alarms() throws -> [Alarm] {
        try Repository.text("Examples/prometheus/alarms.yaml").split(separator: "- alert: ")
            .dropFirst().map { part in
                let name = try #require(part.firstMatch(of: /^\w+/))
                let expression = try #require(part.firstMatch(of: /expr: (.+)/), "\(name.0)")
                let runbook = try #require(part.firstMatch(of: /runbook: "(.+)"/), "\(name.0)")
                return Alarm(
                    name: String(name.0), expression: String(expression.1),
                    runbook: String(runbook.1))
            }
    }

    /// Each name of a metric in an alarm is one that a running server tells, labels and all.
    @Test func everyAlarmWatchesWhatTheServerTells() async throws {
        let page = try await page()
        let told = Set(page.matches(of: /(?m)^([a-z_]+)(?:\{| )/).map { String($0.1) })
        #expect(told.count > 30)
        let alarms = try alarms()
        #expect(alarms.count > 12)
        for alarm in alarms {
            let names = alarm.expression.matches(of: /\b(?:kezek|process)_[a-z_]+/).map {
                String($0.0)
            }
            // `up` is Prometheus' own.
            #expect(!names.isEmpty || alarm.expression.hasPrefix("up{"), "\(alarm.name)")
            for name in names { #expect(told.contains(name), "\(alarm.name): \(name)") }
            for label in alarm.expression.matches(of: /(\w+)="(\w+)"/) where label.1 != "job" {
                #expect(page.contains("\(label.1)=\"\(label.2)\""), "\(alarm.name): \(label.0)")
            }
        }
    }

    @Test func everyAlarmNamesAHeadingOfTheRunbook() throws {
        let headings = Set(
            try Repository.text("Docs/Runbook.md").matches(of: /(?m)^## (.+)$/).map {
                String($0.1)
            })
        for alarm in try alarms() {
            #expect(headings.contains(alarm.runbook), "\(alarm.name): \(alarm.runbook)")
        }
    }

    /// Each alarm is tried by `promtool test rules`, which the machine need not have.
    @Test func everyAlarmHasATest() throws {
        let tests = try Repository.text("Examples/prometheus/alarms.test.yaml")
        for alarm in try alarms() {
            let cases = tests.matches(of: try Regex("alertname: \(alarm.name)\\b")).count
            // Once silent and once sounding.
            #expect(cases == 2, "\(alarm.name)")
        }
    }

    /// Somebody has brought about what each alarm is for: a test names it.
    @Test func everyAlarmIsTriedInASituation() throws {
        var named: Set<String> = []
        let tests = Repository.root.appendingPathComponent("Tests")
        for file in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
        where file.hasSuffix(".swift") {
            let text = try Repository.text("Tests/" + file)
            for line in text.split(separator: "\n") where line.contains("//") {
                for name in line.matches(of: /\bKezek[A-Z]\w+/) { named.insert(String(name.0)) }
            }
        }
        #expect(try alarms().map(\.name).filter { !named.contains($0) } == [])
    }

    /// KezekDiskNearlyFull: on a disk of its own the server tells what is free, and files of somebody else
    /// take it below both edges.
    ///
    /// The disk is memory that only the server's namespace sees; the kernel may forbid to mount it.
    @Test(
        .enabled(if: SmallDisk.canBeMade),
        arguments: [
            // Two gigabytes of a disk that is hardly larger; a tenth of one that has less.
            (2_064 << 20, 180 << 20), (200 << 20, 185 << 20),
        ])
    func aDiskThatIsNearlyFullIsTold(size: Int, taken: Int) async throws {
        let alarm = try #require(try alarms().first { $0.name == "KezekDiskNearlyFull" })
        let (free, all) = ("kezek_journal_disk_free_bytes", "kezek_journal_disk_bytes")
        #expect(alarm.expression == "\(free) < 2e9 or \(free) / \(all) < 0.1")
        let folder = try TemporaryDirectory()
        let disk = try SmallDisk(folder.url, size: size)
        let server = try await StartedServer(
            ["--metrics", "127.0.0.1:0", "--create", "--store", disk.journal],
            log: folder.url.appendingPathComponent("log"), within: disk.namespace)
        func figures() throws -> (free: Double, all: Double) {
            let page = try read(try #require(server.metrics))
            func figure(_ name: String) throws -> Double {
                let line = try #require(page.firstMatch(of: try Regex("(?m)^\(name) (.+)$")))
                return try #require(line.output[1].substring.flatMap { Double($0) })
            }
            return (try figure(free), try figure(all))
        }
        let before = try figures()
        #expect(before.all == Double(size))
        #expect((before.free < 2e9) == (size < 2_000_000_000) && before.free / before.all >= 0.1)
        try disk.fill(taken, server: server.id)
        let after = try figures()
        #expect(before.free - after.free >= Double(taken))
        #expect(after.free < 2e9 && (after.free / after.all < 0.1) == (size < 2_000_000_000))
        await server.stop()
    }

    /// KezekBackupOld and KezekVerifyOld: never, and then just now.
    @Test func backupsAndProofsAreToldWithTheirTimes() async throws {
        let expressions = try alarms().map(\.expression)
        for (kind, limit) in [("backup", "26 * 3600"), ("verify", "8 * 86400")] {
            #expect(
                expressions.contains(
                    "time() - kezek_journal_last_\(kind)_timestamp_seconds > \(limit)"))
        }
        let folder = try TemporaryDirectory()
        let journal = folder.url.appendingPathComponent("kezek.sqlite").path
        let server = try await StartedServer(
            ["--metrics", "127.0.0.1:0", "--create", "--store", journal],
            log: folder.url.appendingPathComponent("log"))
        func figure(_ name: String) throws -> Double {
            let page = try read(try #require(server.metrics))
            let line = try #require(page.firstMatch(of: try Regex("(?m)^\(name) (.+)$")))
            return try #require(line.output[1].substring.flatMap { Double($0) })
        }
        func told(_ kind: String) throws -> Double {
            try figure("kezek_journal_last_\(kind)_timestamp_seconds")
        }
        #expect(try told("backup") == 0 && told("verify") == 0)
        func run(_ arguments: String...) async throws {
            let run = try await Run.of(try Repository.program, ["journal"] + arguments)
            #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        }
        // By the server's clock, which is that of the programs, too.
        let before = try figure("kezek_clock_seconds").rounded(.down)
        try await run("verify", journal)
        #expect(try told("backup") == 0 && told("verify") >= before)
        try await run("backup", journal, folder.url.appendingPathComponent("copy.sqlite").path)
        #expect(try told("backup") >= before)
        for kind in ["backup", "verify"] {
            let mark = try FileManager.default.attributesOfItem(atPath: "\(journal).last-\(kind)")
            #expect(mark[.posixPermissions] as? Int == 0o600)
        }
        await server.stop()
    }

    /// KezekFilesNearLimit fires before the last file is taken, however low the limit is: a part of the files is
    /// never for connections.
    @Test func filesThatRunOutAreToldAlsoWhereTheLimitIsLow() async throws {
        let alarm = try #require(try alarms().first { $0.name == "KezekFilesNearLimit" })
        let (open, limit) = ("process_open_fds{job=\"kezek\"}", "process_max_fds{job=\"kezek\"}")
        #expect(alarm.expression == "\(open) > 0.8 * (\(limit) - 64)")
        let folder = try TemporaryDirectory()
        let server = try await StartedServer(
            ["--metrics", "127.0.0.1:0"], log: folder.url.appendingPathComponent("log"), files: 128)
        func fires() throws -> Bool {
            let page = try read(try #require(server.metrics))
            func value(_ name: String) throws -> Double {
                let line = try #require(page.firstMatch(of: try Regex("(?m)^\(name) (.+)$")))
                return try #require(line.output[1].substring.flatMap { Double($0) })
            }
            return try value("process_open_fds") > 0.8 * (value("process_max_fds") - 64)
        }
        #expect(try !fires())
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        for _ in 0..<55 { sockets.append(try connected(to: server.address)) }
        #expect(try await eventually { try fires() })
        await server.stop()
    }

    /// The page of a server of the built program that keeps a journal and shows a certificate.
    private func page() async throws -> String {
        let folder = try TemporaryDirectory()
        let tls = Repository.root.appendingPathComponent("Tests/Fixtures/tls")
        // The repository keeps no modes, and a key that others may read is refused.
        let key = folder.url.appendingPathComponent("server.key")
        try FileManager.default.copyItem(at: tls.appendingPathComponent("server.key"), to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        let server = try await StartedServer(
            [
                "--metrics", "127.0.0.1:0", "--rehearse", "2026-03-19T05:00:00Z",
                "--store", folder.url.appendingPathComponent("kezek.sqlite").path,
                "--tls-certificate", tls.appendingPathComponent("server.pem").path,
                "--tls-key", key.path,
            ], log: folder.url.appendingPathComponent("log"))
        let port = try #require(server.address.split(separator: ":").last)
        // An office, so that there are numbers of one, and a call, so that there are some of that.
        let office = try await Run.of(
            try Repository.program,
            [
                "office", "import", "Examples/offices/almaty-provider.yaml", "--server",
                "localhost:\(port)", "--tls-ca", tls.appendingPathComponent("ca.pem").path,
            ])
        try #require(office.status == 0, "\(office.errors)")
        let page = try read(try #require(server.metrics))
        await server.stop()
        return page
    }

    /// A GET over a bare socket: Foundation's own would need another library.
    private func read(_ address: String) throws -> String {
        let socket = try connected(to: address)
        defer { close(socket) }
        let request = Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        try #require(send(socket, request, request.count, 0) == request.count)
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &chunk, chunk.count, 0), count > 0 {
            answer += chunk[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private func connected(to address: String) throws -> Int32 {
        let port = try #require(UInt16(address.split(separator: ":")[1]))
        let socket = Glibc.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(port.bigEndian)
        name.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(socket)
            throw CancellationError()
        }
        return socket
    }
}
