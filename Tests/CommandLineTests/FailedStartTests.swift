// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A start that fails leaves nothing new behind, so that the next one finds what this one found.
@Suite(.waits) struct FailedStartTests {
    private let folder: ShellFolder
    private let logs: TemporaryDirectory
    private var store: String { folder.path("k.sqlite") }
    private static let words = [["--create"], ["--rehearse", "2026-03-19T05:00:00Z"]]

    init() throws {
        folder = try ShellFolder()
        logs = try TemporaryDirectory()
    }

    /// What is in the folder, by name; a folder or a socket has no bytes.
    private var files: [String: Data] {
        get throws {
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
            return Dictionary(
                uniqueKeysWithValues: names.map {
                    ($0, FileManager.default.contents(atPath: folder.path($0)) ?? Data())
                })
        }
    }

    private func file(_ name: String, _ text: String, mode: Int) throws -> String {
        let path = try folder.file(name, text)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// A folder of data in which one file has a key that nobody knows.
    private func data(_ name: String, wrong file: String, _ key: String) throws -> String {
        let url = folder.url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for part in ["Calendars", "Standards"] {
            try FileManager.default.copyItem(
                at: Repository.root.appendingPathComponent(part),
                to: url.appendingPathComponent(part))
        }
        let text = try Repository.text(file)
        _ = try folder.file("\(name)/\(file)", text.replacing("\(key):", with: "x\(key):"))
        return url.path
    }

    /// Every way in which a start fails: its name, and the options that bring it about.
    private func ways(taken: String) throws -> [(name: String, options: [String])] {
        let (none, text) = (folder.path("none"), try file("text", "x\n", mode: 0o600))
        let open = try file("open", #"{"version":2,"entries":[]}"#, mode: 0o644)
        let fixtures = Repository.root.appendingPathComponent("Tests/Fixtures/tls")
        let pem = fixtures.appendingPathComponent("server.pem").path
        let content = try String(
            contentsOf: fixtures.appendingPathComponent("server.key"), encoding: .utf8)
        let key = try file("server.key", content, mode: 0o600)
        let openKey = try file("open.key", content, mode: 0o644)
        let empty = folder.path("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        let long = "unix:" + folder.path(String(repeating: "x", count: 120))
        func tls(_ certificate: String, _ key: String) -> [String] {
            ["--tls-certificate", certificate, "--tls-key", key]
        }
        return [
            ("no access list", ["--access", none]),
            ("an access list of everybody", ["--access", open]),
            ("an access list that is none", ["--access", text]),
            ("no certificate", tls(none, key)), ("no certificate's key", tls(pem, none)),
            ("a certificate that is none", tls(text, key)),
            ("a key that is none", tls(pem, text)),
            ("a key of everybody", tls(pem, openKey)),
            ("TLS for others, and nobody is asked", tls(pem, key) + ["--listen", "0.0.0.0:0"]),
            ("no TLS for others", ["--listen", "0.0.0.0:0"]),
            ("an address that is taken", ["--listen", taken]),
            ("another machine's address", ["--listen", "192.0.2.1:0", "--any-local-user"]),
            ("a socket in no folder", ["--listen", "unix:\(none)/k.sock"]),
            ("a socket that is a folder", ["--listen", "unix:\(empty)"]),
            ("a socket with a long path", ["--listen", long]),
            ("metrics for others", ["--metrics", "0.0.0.0:0"]),
            ("metrics where it is taken", ["--metrics", taken]),
            ("metrics in no folder", ["--metrics", "unix:\(none)/k.sock"]),
            (
                "metrics, and an address that is taken",
                ["--metrics", "unix:" + folder.path("metrics.sock"), "--listen", taken]
            ),
            ("no data", ["--data", none]), ("empty data", ["--data", empty]),
            (
                "a calendar with a fault",
                ["--data", try data("calendars", wrong: "Calendars/kz.yaml", "years")]
            ),
            (
                "a standard with a fault",
                ["--data", try data("standards", wrong: "Standards/std-7.yaml", "act")]
            ),
            ("no file of ways", ["--ways", none]), ("ways that are none", ["--ways", text]),
        ]
    }

    private func fail(_ options: [String], _ words: [String]) async throws -> Run {
        let address = options.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]
        return try await kezek(["serve"] + address + ["--store", store] + words + options)
    }

    private func server(_ arguments: [String]) async throws -> StartedServer {
        try await StartedServer(arguments, log: logs.url.appendingPathComponent("log"))
    }

    /// Neither a journal nor anything beside it; then it is made as if nothing had been.
    @Test func nothingNewIsLeftOfAStartThatFails() async throws {
        let other = try await server([])
        let ways = try ways(taken: other.address)
        let before = try files
        for way in ways {
            for words in Self.words {
                let run = try await fail(way.options, words)
                #expect(run.status == 1 && !run.errors.isEmpty, "\(way.name): \(run.errors)")
                #expect(try files == before, "\(way.name) \(words[0])")
            }
        }
        for words in Self.words.reversed() {
            await (try await server(["--store", store] + words)).stop()
            for end in ["", ".key", "-lock", "-head"] {
                #expect(FileManager.default.fileExists(atPath: store + end))
            }
            // The rehearsal is gone with its journal.
            for name in try files.keys where before[name] == nil && name != "k.sqlite.rehearsal" {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
        }
        await other.stop()
    }

    /// A journal that was there stays as it was, and a rehearsal's clock where it was.
    @Test func whatWasThereStays() async throws {
        let other = try await server([])
        let ways = try ways(taken: other.address)
        await (try await server(["--store", store] + Self.words[1])).stop()
        let before = try files
        #expect(before["k.sqlite.rehearsal"] != nil)
        for way in ways {
            let run = try await fail(way.options, ["--rehearse", "2026-05-01T05:00:00Z"])
            #expect(run.status == 1, "\(way.name): \(run.errors)")
            let left = try files
            #expect(left.keys.sorted() == before.keys.sorted(), "\(way.name)")
            for end in [".rehearsal", ".key"] {
                #expect(left["k.sqlite" + end] == before["k.sqlite" + end], "\(way.name)")
            }
        }
        await (try await server(["--store", store, "--create"])).stop()
        await other.stop()
    }
}
