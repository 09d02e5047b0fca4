// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import TestKit
import Testing

@testable import kezek

/// Files that are not for everybody are their owner's, or the server does not take them.
@Suite(.waits) struct FileModeTests {
    private func set(_ mode: Int, _ url: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private static let refused = [0o644, 0o604, 0o666, 0o660, 0o620, 0o602, 0o601, 0o700]
    private static let taken = [0o600, 0o640, 0o400]

    /// The key of a journal and the access list: each mode on either side of the edge.
    @Test func aKeyOrListOfEverybodyIsRefused() async throws {
        let folder = try TemporaryDirectory()
        let store = folder.url.appendingPathComponent("k.sqlite")
        let list = folder.url.appendingPathComponent("access.json")
        let issued = try await kezek(
            "access", "issue", "--file", list.path, "--role", "operator", "--all-offices")
        try #require(issued.status == 0)
        let arguments = [
            "serve", "--listen", "127.0.0.1:0", "--store", store.path, "--create", "--access",
            list.path,
        ]
        func starts() async throws -> Bool {
            let server = try await StartedServer(
                Array(arguments.dropFirst(3)), log: folder.url.appendingPathComponent("log"))
            await server.stop()
            return true
        }
        #expect(try await starts())
        #expect(try mode(store.path) == 0o600)
        for file in [URL(fileURLWithPath: store.path + ".key"), list] {
            for mode in Self.refused {
                try set(mode, file)
                let run = try await kezek(arguments)
                #expect(run.status != 0, "\(file.lastPathComponent) \(String(mode, radix: 8))")
                #expect(run.errors.contains("chmod 600 \(file.path)"), "\(run.errors)")
            }
            for mode in Self.taken {
                try set(mode, file)
                #expect(try await starts(), "\(file.lastPathComponent) \(String(mode, radix: 8))")
            }
        }
    }

    /// How far a rehearsal's clock is ahead is its owner's alone, whatever the umask was, and keys that are added
    /// beside its journal go by it.
    @Test func aRehearsalsClockIsItsOwnersAndThatOfItsKeys() async throws {
        let folder = try TemporaryDirectory()
        let store = folder.url.appendingPathComponent("queue.sqlite")
        let file = store.path + ".rehearsal"
        for wide in [nil, 0o666, 0o644] {
            if let wide { try set(wide, URL(fileURLWithPath: file)) }
            let queue = try await RunningQueue(withOffices: false, store: store)
            #expect(try mode(file) == 0o600)
            await queue.stop()
        }
        // What a key is told to have begun with is the rehearsal's time, and so are the days of links.
        let (day, ahead) = (Int64(86_400), Int64(20))
        var began: [Int64] = []
        for days in [0, ahead] {
            try Data("\(days * day)\n".utf8).write(to: URL(fileURLWithPath: file))
            let added = try await kezek("key", "add", store.path, "--links", "14", "--json")
            let keys = try #require(added.object["keys"] as? [[String: Any]], "\(added.errors)")
            func second(_ key: [String: Any]?, _ name: String) throws -> Int64 {
                let text = try #require(key?[name] as? String, "\(name)")
                return try #require(Timestamp(text)).second
            }
            began.append(try second(keys.first, "since"))
            #expect(try second(keys.dropFirst().first, "linksUntil") == began.last! + 14 * day)
        }
        #expect(began[1] - began[0] >= ahead * day)
    }

    @Test func aPrivateKeyOfEverybodyIsRefused() async throws {
        let folder = try TemporaryDirectory()
        let made = try await kezek("cert", "dev", "--folder", folder.url.path)
        try #require(made.status == 0, "\(made.errors)")
        let key = folder.url.appendingPathComponent("server.key")
        try set(0o644, key)
        let run = try await kezek(
            "serve", "--listen", "127.0.0.1:0", "--tls-certificate",
            folder.url.appendingPathComponent("server.pem").path, "--tls-key", key.path)
        #expect(run.status != 0 && run.errors.contains("chmod 600 \(key.path)"), "\(run.errors)")
    }

    /// A journal that an earlier version left open to everybody is closed, and that is said.
    @Test func aJournalOfEverybodyIsClosed() async throws {
        let queue = try await RunningQueue(withOffices: false)
        await queue.stop()
        try set(0o644, queue.journal)
        try set(0o644, URL(fileURLWithPath: queue.journal.path + "-lock"))
        let again = try await RunningQueue(withOffices: false, store: queue.journal)
        for end in ["", "-wal", "-shm", "-lock"] {
            #expect(try mode(queue.journal.path + end) == 0o600, "\(end)")
        }
        #expect(again.lines.contains("could be read by others"))
        await again.stop()
    }

    /// The list is moved away, emptied or opened to everybody while the server runs: the earlier one holds,
    /// and the log has an error; once it is back it is read.
    @Test func theEarlierListHoldsWhileTheFileIsGone() async throws {
        let folder = try TemporaryDirectory()
        let list = folder.url.appendingPathComponent("access.json")
        let issued = try await kezek(
            "access", "issue", "--file", list.path, "--role", "operator", "--all-offices")
        let token = issued.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let queue = try await RunningQueue(withOffices: false, access: list, token: token)
        let away = folder.url.appendingPathComponent("away.json")
        func lines(_ text: String) -> Int { queue.lines.components(separatedBy: text).count - 1 }
        let error = "the access list cannot be read; the earlier one holds"
        let harms: [() throws -> Void] = [
            { try FileManager.default.moveItem(at: list, to: away) },
            { try Data().write(to: list) }, { try set(0o666, list) },
        ]
        for (number, harm) in harms.enumerated() {
            let text = try Data(contentsOf: list)
            try harm()
            #expect(try await eventually { lines(error) > number })
            let listed = try await queue("office", "list")
            #expect(listed.status == 0, "\(listed.errors)")
            try? FileManager.default.removeItem(at: list)
            try? FileManager.default.removeItem(at: away)
            try text.write(to: list)
            try set(0o600, list)
            #expect(try await eventually { lines("access list read") > number })
        }
        #expect(queue.lines.contains("error"))
        // And a list that is there and has nobody is one.
        try Data(#"{"version": 2, "entries": []}"#.utf8).write(to: list)
        #expect(try await eventually { try await queue("office", "list").status != 0 })
        await queue.stop()
    }

    /// The list, the key and the certificate are moved away, told by the log, health and figures
    /// (KezekKeyUnreadable, KezekAccessListUnreadable, KezekCertificateUnreadable), and read anew once they are
    /// back as they were.
    @Test func whatIsMovedAwayAndBackIsToldAndReadAnew() async throws {
        let alarms = try Repository.text("Examples/prometheus/alarms.yaml")
        for file in ["key", "access", "certificate"] {
            #expect(alarms.contains(#"expr: kezek_file_unreadable{file="\#(file)"} == 1"#))
        }
        let folder = try TemporaryDirectory()
        let list = folder.url.appendingPathComponent("access.json")
        let issued = try await kezek(
            "access", "issue", "--file", list.path, "--role", "operator", "--all-offices")
        let token = issued.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let tls = Repository.root.appendingPathComponent("Tests/Fixtures/tls")
        let shown = folder.url.appendingPathComponent("server.pem")
        let secret = folder.url.appendingPathComponent("server.key")
        for file in [shown, secret] {
            try Data(contentsOf: tls.appendingPathComponent(file.lastPathComponent)).write(to: file)
            chmod(file.path, 0o600)
        }
        let queue = try await RunningQueue(
            withOffices: false, access: list, token: token,
            serving: [
                "--metrics", "127.0.0.1:0", "--tls-certificate", shown.path, "--tls-key",
                secret.path,
            ])
        let key = URL(fileURLWithPath: queue.journal.path + ".key")
        func lines(_ text: String) -> Int { queue.lines.components(separatedBy: text).count - 1 }
        func part(_ name: String) async throws -> String? {
            let run = try await queue(
                "health", "--json", "--tls-ca", tls.appendingPathComponent("ca.pem").path)
            #expect(run.status == 0, "\(run.errors)")
            let parts = run.object["parts"] as? [[String: Any]] ?? []
            return parts.first { $0["name"] as? String == name }?["detail"] as? String
        }
        let metrics = try #require(queue.metrics)
        func figure(_ file: String) async throws -> String? {
            let page = try await metricsPage(at: metrics)
            return page.split(whereSeparator: \.isNewline).first {
                $0.hasPrefix("kezek_file_unreadable{file=\"\(file)\"}")
            }.flatMap { $0.split(separator: " ").last.map(String.init) }
        }
        for (file, name, gone, back) in [
            (list, "access", "the access list cannot be read", "access list read"),
            (key, "key", "the next start would not find the key", "the key has been read"),
            (shown, "certificate", "the certificate cannot be read", "certificate read"),
            (secret, "certificate", "the certificate cannot be read", "certificate read"),
        ] {
            #expect(try await eventually { try await part(name) == nil }, "\(name)")
            let away = folder.url.appendingPathComponent("away")
            let before = lines(gone)
            try FileManager.default.moveItem(at: file, to: away)
            #expect(try await eventually { lines(gone) == before + 1 }, "\(name)")
            #expect(try await part(name)?.contains(file.path) == true, "\(name)")
            #expect(try await figure(name) == "1", "\(name)")
            let earlier = lines(back)
            try FileManager.default.moveItem(at: away, to: file)
            #expect(try await eventually { lines(back) == earlier + 1 }, "\(name)")
            #expect(try await part(name) == nil, "\(name)")
            #expect(try await figure(name) == "0", "\(name)")
            // Moved away and back between two looks, too.
            try FileManager.default.moveItem(at: file, to: away)
            try FileManager.default.moveItem(at: away, to: file)
            #expect(try await eventually { lines(back) > earlier + 1 || lines(gone) > before + 1 })
        }
        await queue.stop()
    }

    /// Another file with the same name, size and time of writing is another file.
    @Test func anotherFileOfTheSameTimeIsNoticed() async throws {
        let folder = try TemporaryDirectory()
        let file = folder.url.appendingPathComponent("a")
        let other = folder.url.appendingPathComponent("b")
        let time = Date(timeIntervalSince1970: 1_773_900_000)
        for (url, text) in [(file, "one"), (other, "two")] {
            try Data(text.utf8).write(to: url)
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: url.path)
        }
        let before = FileStamps([file.path])
        #expect(FileStamps([file.path]) == before)
        try #require(rename(other.path, file.path) == 0)
        #expect(FileStamps([file.path]) != before)
        let replaced = FileStamps([file.path])
        // Written in place within the same moment, and set back.
        try Data("six".utf8).write(to: file, options: [])
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file.path)
        #expect(FileStamps([file.path]) != replaced)
        let written = FileStamps([file.path])
        unlink(file.path)
        #expect(FileStamps([file.path]) != written)
    }

    /// The service file lets no core of the process be written, and a mask that opens nothing.
    @Test func theUnitLetsNoCoreBeWritten() throws {
        let unit = try Repository.text("Examples/systemd/kezek.service")
        #expect(unit.contains("\nLimitCORE=0\n"))
        #expect(unit.contains("\nUMask=0077\n"))
    }
}
