// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing
import Texts

@testable import kezek

/// What goes wrong between a command and a server that is there.
@Suite(.waits) struct ServerMistakeTests {
    /// Runs a command in each language at the same time, with as much patience as is given, and looks for
    /// a part of what is told.
    private func toldByProgram(
        _ arguments: [String], patience: Int = Patience.seconds, _ parts: LocalizedText
    ) async throws {
        try await withThrowingTaskGroup(of: (Language, Run).self) { group in
            for language in Language.allCases {
                group.addTask {
                    (
                        language,
                        try await kezek(
                            arguments + ["--language", "\(language)"],
                            environment: ["KEZEK_PATIENCE": "\(patience)"])
                    )
                }
            }
            for try await (language, run) in group {
                #expect(run.status == CommandStatus.notReached.rawValue, "\(run.errors)")
                #expect(run.errors.contains(parts[language]), "\(run.errors)")
                #expect(!run.errors.contains("NIO") && !run.errors.contains(".cc:"))
            }
        }
    }

    /// Whoever says nothing until the deadline is not asked anew: the deadline is the whole of it.
    @Test func aSilentServerIsAskedOnce() async throws {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listening) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
                guard bind(listening, address, size) == 0, listen(listening, 16) == 0,
                    getsockname(listening, address, &size) == 0
                else { return nil }
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    UInt16(bigEndian: $0.pointee.sin_port)
                }
            }
        }
        let run = try await kezek(
            ["health", "--server", "127.0.0.1:\(try #require(port))"],
            environment: ["KEZEK_PATIENCE": "1"])
        #expect(run.status == CommandStatus.notReached.rawValue)
        #expect(run.errors.contains("did not answer in time"), "\(run.errors)")
        _ = fcntl(listening, F_SETFL, O_NONBLOCK)
        var connections = 0
        while case let accepted = accept(listening, nil, nil), accepted >= 0 {
            connections += 1
            close(accepted)
        }
        #expect(connections == 1)
    }

    /// An authority of its own, another one, and a server with a certificate of the first.
    @Test func plainAndTLSAreToldApart() async throws {
        let folder = try TemporaryDirectory()
        func made(_ name: String) async throws -> String {
            let path = folder.url.appendingPathComponent(name).path
            let run = try await kezek("cert", "dev", "--folder", path)
            try #require(run.status == 0, "\(run.errors)")
            return path
        }
        let (own, other) = (try await made("own"), try await made("other"))
        let secret = try await StartedServer(
            ["--tls-certificate", "\(own)/server.pem", "--tls-key", "\(own)/server.key"],
            log: folder.url.appendingPathComponent("secret"))
        let plain = try await StartedServer([], log: folder.url.appendingPathComponent("plain"))
        let health = ["health", "--server"]
        // It is told once repeating has run to its deadline.
        try await toldByProgram(
            health + [secret.address], patience: 20,
            LocalizedText(
                kk: "TLS арқылы сөйлесетін", ru: "говорит по TLS: укажите --tls-ca",
                en: "seems to speak TLS: give --tls-ca"))
        try await toldByProgram(
            health + [plain.address, "--tls-ca", "\(own)/ca.pem"],
            LocalizedText(
                kk: "TLS арқылы сөйлеспейтін", ru: "не говорит по TLS", en: "not to speak TLS"))
        try await toldByProgram(
            health + [secret.address, "--tls-ca", "\(other)/ca.pem"],
            LocalizedText(
                kk: "қол қоймаған", ru: "подписан не тем", en: "is not signed by the authority"))
        // As an environment says where the server is and whom to trust.
        for (variables, status) in [
            (["KEZEK_SERVER": secret.address, "KEZEK_TLS_CA": "\(own)/ca.pem"], Int32(0)),
            (["KEZEK_SERVER": plain.address], 0), (["KEZEK_SERVER": "nowhere"], 64),
        ] {
            let run = try await kezek(["health"], environment: variables)
            #expect(run.status == status, "\(variables) \(run.errors)")
        }
        await secret.stop()
        await plain.stop()
    }

    /// A certificate that has ended is told as that, and so is a client's that the server does not take.
    @Test func whatIsWrongWithACertificateIsTold() async throws {
        let folder = try TemporaryDirectory()
        let tls = Repository.root.appendingPathComponent("Tests/Fixtures/tls").path
        func copied(_ names: String...) throws -> [String] {
            try names.map { name in
                let path = folder.url.appendingPathComponent(name).path
                try FileManager.default.copyItem(atPath: "\(tls)/\(name)", toPath: path)
                try #require(chmod(path, 0o600) == 0)
                return path
            }
        }
        let ended = try copied("ended.pem", "ended.key")
        let log = folder.url.appendingPathComponent("ended.log")
        let old = try await StartedServer(
            ["--tls-certificate", ended[0], "--tls-key", ended[1]], log: log)
        let port = old.address.split(separator: ":")[1]
        try await toldByProgram(
            ["health", "--server", "localhost:\(port)", "--tls-ca", ended[0]],
            LocalizedText(
                kk: "мерзімі біткен: 2020-01-31", ru: "истёк: 2020-01-31", en: "ended on 2020-01-31"
            ))
        #expect(try String(contentsOf: log, encoding: .utf8).contains("certificate has ended"))
        await old.stop()

        let own = try copied("server.pem", "server.key")
        let list = folder.url.appendingPathComponent("access.json").path
        let issued = try await kezek(
            "access", "issue", "--file", list, "--role", "clerk", "--all-offices")
        try #require(issued.status == 0, "\(issued.errors)")
        let server = try await StartedServer(
            [
                "--tls-certificate", own[0], "--tls-key", own[1], "--tls-client-ca",
                "\(tls)/client-ca.pem", "--access", list,
            ], log: folder.url.appendingPathComponent("log"))
        let asked = [
            "health", "--server", "localhost:\(server.address.split(separator: ":")[1])",
            "--tls-ca",
            "\(tls)/ca.pem", "--tls-client",
        ]
        // Of an authority that the server does not take.
        try await toldByProgram(
            asked + [ended[0]], patience: 20,
            LocalizedText(
                kk: "клиент сертификатын қабылдамады", ru: "не принял сертификат клиента",
                en: "did not take the client's certificate"))
        // Its key is another's: the authority's file is not to blame.
        let torn = folder.url.appendingPathComponent("torn.pem").path
        try FileManager.default.copyItem(atPath: "\(tls)/client.pem", toPath: torn)
        try FileManager.default.copyItem(
            atPath: ended[1], toPath: folder.url.appendingPathComponent("torn.key").path)
        let run = try await kezek(asked + [torn])
        #expect(
            run.status == 1 && run.errors.contains("torn.pem and its .key file"), "\(run.errors)")
        await server.stop()
    }

    /// A port that is taken names the option that it came from.
    @Test func aPortThatIsTakenNamesItsOption() async throws {
        let folder = try TemporaryDirectory()
        let other = try await StartedServer([], log: folder.url.appendingPathComponent("log"))
        for (option, rest) in [("--listen", []), ("--metrics", ["--listen", "127.0.0.1:0"])] {
            let run = try await kezek(["serve", option, other.address] + rest)
            #expect(run.status == CommandStatus.refused.rawValue)
            #expect(run.errors.contains("cannot listen on \(other.address)"), "\(run.errors)")
            #expect(run.errors.contains("another address with \(option)."), "\(run.errors)")
        }
        await other.stop()
    }

    /// Names that nobody knows: the choices are told, and by the names of the command line.
    @Test func unknownNamesAreToldWithTheChoices() async throws {
        let queue = try await RunningQueue()
        let slots = ["slots", "astana-1", "--service", "acceptance"]
        for (line, language, part) in [
            (
                ["slots", "almaty", "--service", "acceptance"], "kk",
                "Барлары: almaty-edu, astana-1"
            ),
            (["slots", "almaty", "--service", "acceptance"], "ru", "Есть: almaty-edu, astana-1"),
            (["slots", "astana-1", "--service", "accept"], "en", "there are: acceptance"),
            (["slots", "astana-1", "--service", "accept"], "ru", "есть: acceptance"),
            // Beyond the horizon, and before today.
            (slots + ["--date", "2026-06-01"], "en", "14 days ahead, to 2026-04-02"),
            (slots + ["--date", "2026-03-18"], "ru", "2026-03-18 уже прошло"),
            (
                ["application", "check", "std-7", "--group", "nobody"], "en",
                "--group: 'nobody' is not known; there are:"
            ),
            (["window", "open", "astana-1", "99"], "ru", "нет окна 99; есть: 1, "),
            // A time is told with its date.
            (
                ["hold", "--service", "acceptance", "--at", "2026-03-19T09:00", "--reference", "a"]
                    + ["astana-1"], "en", "09:00 on 19 March 2026 has passed already"
            ),
            (
                ["book", "--service", "acceptance", "--at", "2026-03-20T03:00", "--reference", "a"]
                    + ["astana-1"], "ru", "20 марта 2026 года, 03:00"
            ),
        ] {
            let run = try await queue(line + ["--language", language])
            #expect(run.status == CommandStatus.refused.rawValue, "\(line)")
            #expect(run.errors.contains(part), "\(run.errors)")
        }
        let office = try Repository.text("Examples/offices/astana-corporation.yaml")
            .replacing("kind: corporation", with: "kind: corporatoin")
        let file = queue.folder.appendingPathComponent("office.yaml")
        try Data(office.utf8).write(to: file)
        let line = try #require(
            office.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex(of: "kind: corporatoin"))
        let wrong = try await queue("office", "import", file.path)
        let told = "office.yaml:\(line + 1): kind: expected one of corporation, provider"
        #expect(wrong.status == CommandStatus.refused.rawValue)
        #expect(wrong.errors.contains(told), "\(wrong.errors)")
        // What was held is confirmed by a command that reaches the same server.
        let free = try await queue.laterSlots()
        let held = try await queue(
            "hold", "astana-1", "--service", "acceptance", "--at", free[0], "--reference", "a")
        #expect(held.output.contains(" --server \(queue.address)"), "\(held.output)")
    }
}
