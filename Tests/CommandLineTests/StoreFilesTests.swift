// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A journal is made where that is asked for and nothing of one is there, and nowhere else.
@Suite(.waits) struct StoreFilesTests {
    private let folder: TemporaryDirectory
    private var store: String { folder.url.appendingPathComponent("kezek.sqlite").path }

    init() throws { folder = try TemporaryDirectory() }

    private func refusal(_ arguments: String...) async throws -> String {
        let run = try await kezek(
            ["serve", "--listen", "127.0.0.1:0", "--store", store] + arguments)
        #expect(run.status == 1)
        return run.errors
    }

    private func starts(_ arguments: String...) async throws {
        let server = try await StartedServer(
            ["--store", store] + arguments, log: folder.url.appendingPathComponent("log"))
        await server.stop()
    }

    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                .filter { $0.hasPrefix("kezek") }.sorted()
        }
    }

    @Test func withoutAWordNoJournalIsMade() async throws {
        let told = try await refusal()
        #expect(told.contains("there is no journal \(store)") && told.contains("--create"))
        #expect(try names == [])
        try await starts("--create")
        // What was made is opened from then on, with the word and without.
        try await starts()
        try await starts("--create")
        let alone = try await kezek("serve", "--create")
        #expect(alone.status == 64 && alone.errors.contains("--create needs --store"))
    }

    /// Of a store that has lost a part nothing is made anew, and what is missing is named.
    @Test func whatIsMissingIsNamed() async throws {
        try await starts("--create")
        let parts = ["", ".key", "-lock", "-head"]
        let whole = try names
        func missing(_ ends: [String]) -> String {
            ends.map { store + $0 }.joined(separator: ", ") + (ends.count == 1 ? " is" : " are")
                + " missing"
        }
        let away = folder.url.appendingPathComponent("away")
        for ends in [[""], [".key"], ["", ".key"]] {
            try FileManager.default.createDirectory(at: away, withIntermediateDirectories: true)
            for end in ends {
                try FileManager.default.moveItem(
                    atPath: store + end, toPath: away.path + "/part" + end)
            }
            let left = try names
            for word in [[], ["--create"]] {
                let run = try await kezek(
                    ["serve", "--listen", "127.0.0.1:0", "--store", store] + word)
                #expect(run.status == 1 && run.errors.contains(missing(ends)), "\(run.errors)")
            }
            #expect(try names == left)
            for end in ends {
                try FileManager.default.moveItem(
                    atPath: away.path + "/part" + end, toPath: store + end)
            }
        }
        #expect(try names == whole)
        // A log alone is a part, too: the journal to it was moved away.
        for end in parts {
            try FileManager.default.moveItem(
                atPath: store + end, toPath: away.path + "/part" + end)
        }
        try Data([1]).write(to: URL(fileURLWithPath: store + "-wal"))
        #expect(try await refusal("--create").contains("\(store)-wal is there"))
        try FileManager.default.removeItem(atPath: store + "-wal")
        for end in parts {
            try FileManager.default.moveItem(
                atPath: away.path + "/part" + end, toPath: store + end)
        }
        // What is missing after it was restored elsewhere: it opens, but not as a new one.
        for end in ["-lock", "-head"] {
            try FileManager.default.removeItem(atPath: store + end)
            #expect(try await refusal("--create").contains("start without --create"))
            try await starts()
            try await starts("--create")
        }
    }

    @Test func anEmptyJournalIsNotTakenForANewOne() async throws {
        try await starts("--create")
        try Data().write(to: URL(fileURLWithPath: store))
        #expect(try await refusal().contains("the journal \(store) is empty"))
        #expect(try await refusal("--create").contains("is empty"))
    }

    /// Another journal's key is refused, also where nobody's words are sealed; a key that follows is not.
    @Test func anotherJournalsKeyIsRefused() async throws {
        try await starts("--create")
        let key = URL(fileURLWithPath: store + ".key")
        let own = try Data(contentsOf: key)
        let digits = String(repeating: "ab", count: 32)
        try Data("2026-01-01T00:00:00Z \(digits)\n".utf8).write(to: key)
        #expect(try await refusal().contains("the key beside it is not the one"))
        try own.write(to: key)
        #expect(try await kezek("key", "add", store).status == 0)
        // It may go only once the journal has been written by the one that follows.
        let early = try await kezek("key", "retire", store, "--early")
        #expect(early.status == 1 && early.errors.contains("start the server once"))
        try await starts()
        // An earlier copy of the key lacks the one in use.
        let both = try Data(contentsOf: key)
        try own.write(to: key)
        #expect(try await refusal().contains("the key beside it is not the one"))
        try both.write(to: key)
        #expect(try await kezek("key", "retire", store, "--early").status == 0)
        try await starts()
    }

    /// A key file that has lost an earlier key is refused, and told while the server runs, by `verify` and by `list`;
    /// until the key is back, or given up by its name.
    @Test func anEarlierKeyThatIsLostIsNamedUntilItIsBackOrGivenUp() async throws {
        try await starts("--create")
        #expect(try await kezek("key", "add", store).status == 0)
        let key = URL(fileURLWithPath: store + ".key")
        let log = folder.url.appendingPathComponent("log")
        let server = try await StartedServer(["--store", store], log: log)
        let whole = try String(contentsOf: key, encoding: .utf8)
        let lines = whole.split(separator: "\n").map(String.init)
        try #require(lines.count == 2)
        func put(_ lines: String...) throws {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: key)
        }
        try put(lines[0])
        let isTold = { server.lines.contains("lacks an earlier key") }
        #expect(try await eventually { isTold() })
        try Data(whole.utf8).write(to: key)
        #expect(try await eventually { server.lines.contains("the key has been read") })
        await server.stop()

        try put(lines[0])
        let since = String(try #require(lines[1].split(separator: " ").first))
        let told = try await refusal()
        #expect(told.contains("lacks an earlier key") && told.contains("(\(since) – "), "\(told)")
        let list = try await kezek("key", "list", store)
        #expect(list.output.contains(/\nmissing +[0-9a-f]{8} \(/), "\(list.output) \(list.errors)")
        let json = try await kezek("key", "list", store, "--json")
        let missing = (json.object["missing"] as? [[String: Any]])?.first
        let name = try #require(missing?["id"] as? String)
        #expect(told.contains(name) && missing?["since"] as? String == since)
        let verified = try await kezek("journal", "verify", store)
        #expect(verified.status == 1 && verified.errors.contains("lacks an earlier key"))
        // What is behind a key that follows is missed as well, and another key is none of the journal's.
        #expect(try await kezek("key", "add", store).status == 0)
        #expect(try await refusal().contains(name))
        let text = try String(contentsOf: key, encoding: .utf8)
        let two = text.split(separator: "\n").map(String.init)
        try put(two[0], two[1], "\(since) \(String(repeating: "0f", count: 32))")
        #expect(try await refusal().contains(name))
        try put(two[1], two[0])
        // Each is there: the latest one, of which the journal does not know, stands where an earlier one would.
        #expect(try await refusal().contains(name))
        try put(two[0], two[1], lines[1])
        try await starts()
        try put(two[1], two[0], lines[1])
        #expect(try await refusal().contains("put its lines in order"))

        try put(two[0], two[1])
        for wrong in ["00000000", String(two[0].prefix(8)), ""] {
            let run = try await kezek("key", "retire", store, "--lost", wrong)
            #expect(run.status == 1 && run.errors.contains("is missing"), "\(run.errors)")
        }
        let given = try await kezek("key", "retire", store, "--lost", name, "--json")
        let left = try #require(given.object["missing"] as? [[String: Any]], "\(given.errors)")
        #expect(given.status == 0 && left.isEmpty)
        try await starts()
        #expect(try await kezek("journal", "verify", store).status == 0)
        // One that is retired in order is not missed either.
        #expect(try await kezek("key", "retire", store, "--early").status == 0)
        try await starts()
        let file = try String(contentsOf: key, encoding: .utf8).split(separator: "\n")
        #expect(file.count == 3 && file.dropFirst().allSatisfy { $0.hasPrefix("retired ") })
    }

    /// An earlier copy in the place of the journal is refused with both positions, and opened when somebody
    /// says at which.
    @Test func aJournalBehindWhatWasConfirmedNeedsAWord() async throws {
        try await starts("--create")
        let earlier = try Data(contentsOf: URL(fileURLWithPath: store))
        let server = try await StartedServer(
            ["--store", store], log: folder.url.appendingPathComponent("log"))
        let office = try await kezek(
            "office", "import", "Examples/offices/almaty-provider.yaml", "--server",
            server.address)
        #expect(office.status == 0, "\(office.errors)")
        await server.stop()
        try earlier.write(to: URL(fileURLWithPath: store))
        let told = try await refusal()
        #expect(told.contains("position 1 was confirmed, and the journal ends at 0"), "\(told)")
        #expect(try await refusal("--accept-loss", "1").contains("--accept-loss 0"))
        try await starts("--accept-loss", "0")
        try await starts()
    }

    /// The unit never makes a journal: where its disk is not mounted, it does not start.
    @Test func theUnitNeverMakesAJournal() throws {
        #expect(!(try Repository.text("Examples/systemd/kezek.service").contains("--create")))
        #expect(!(try Repository.text("Examples/systemd/kezek.service").contains("--accept-loss")))
    }
}
