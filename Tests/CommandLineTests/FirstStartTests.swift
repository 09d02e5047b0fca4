// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// A first start that is ended before its end leaves nothing that stops the next one.
@Suite(.waits) struct FirstStartTests {
    private let folder: TemporaryDirectory
    private var store: String { path(0) }

    init() throws { folder = try TemporaryDirectory() }

    /// The journal of a folder of its own.
    private func path(_ number: Int) -> String {
        folder.url.appendingPathComponent("\(number)/kezek.sqlite").path
    }

    private func makeFolder(_ number: Int) throws {
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("\(number)"), withIntermediateDirectories: true)
    }

    private func names(_ number: Int) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appendingPathComponent("\(number)").path
        ).sorted()
    }

    private static let whole = ["", "-head", "-lock", ".key"].map { "kezek.sqlite" + $0 }

    private func serve(_ number: Int, _ words: [String]) -> [String] {
        ["serve", "--listen", "127.0.0.1:0", "--store", path(number)] + words
    }

    /// Starts the server, which ends before the step of this number as `kill -9` ends it, or comes to answer
    /// where there is no such step in a first start, and is killed then.
    ///
    /// - Returns: whether it was ended within the first start.
    private func isEnded(_ number: Int, before step: Int) async throws -> Bool {
        let library = try Repository.program.deletingLastPathComponent()
            .appendingPathComponent("libSuddenEnd.so").path
        do {
            let server = try await StartedServer(
                ["--store", path(number), "--create"],
                log: folder.url.appendingPathComponent("log-\(number)"),
                within: [
                    "/usr/bin/env", "LD_PRELOAD=\(library)", "SUDDEN_END_STEP=\(step)",
                    "SUDDEN_END_FOLDER=\(folder.url.appendingPathComponent("\(number)").path)",
                ])
            _ = try await eventually {
                kill(server.id, 0) != 0 || !FirstStart.isBegun(path(number))
            }
            await server.kill()
        } catch is StartedServer.NotStarted {}
        return try names(number).isEmpty || FirstStart.isBegun(path(number))
    }

    /// After each step of a first start: it is killed there, a start without a word tells what to do, and
    /// the next one with `--create` makes a journal that is whole.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["LD_PRELOAD"] == nil))
    func whereverItIsKilledTheNextOneMakesItAnew() async throws {
        let steps = try await withThrowingTaskGroup(of: Int?.self) { group in
            for step in 1...Self.most {
                group.addTask { try await isMadeAnew(step) ? step : nil }
            }
            return try await group.reduce(into: [Int]()) { steps, step in
                if let step { steps.append(step) }
            }.sorted()
        }
        // They come one after another, and end.
        #expect(steps.count > 15 && steps.count < Self.most, "\(steps)")
        #expect(steps == Array(1...max(1, steps.count)))
    }

    /// More than there are steps in a first start.
    private static let most = 80

    /// Whether a start ended before this step, and the next one made it anew.
    private func isMadeAnew(_ step: Int) async throws -> Bool {
        try makeFolder(step)
        guard try await isEnded(step, before: step) else {
            #expect(try Set(Self.whole).isSubset(of: names(step)), "\(step)")
            return false
        }
        let left = try names(step)
        let bare = try await kezek(serve(step, []))
        #expect(bare.status == 1 && bare.errors.contains("--create"), "\(left) \(bare.errors)")
        // Looking takes the log of what was killed into the journal.
        #expect(try Set(names(step)).isSubset(of: left), "\(step): \(left)")
        let server = try await StartedServer(
            ["--store", path(step), "--create"],
            log: folder.url.appendingPathComponent("again-\(step)"))
        #expect(await server.stop() == 0, "\(step): \(left)")
        #expect(try names(step) == Self.whole, "\(step): \(left)")
        let proof = try await kezek("journal", "verify", path(step))
        #expect(proof.status == 0, "\(step): \(left) \(proof.errors)")
        return true
    }

    /// Whatever part of a store lies beside the file of a first start: without entries it is made anew, with
    /// entries it never is.
    @Test func aJournalWithEntriesIsNeverTakenAway() async throws {
        try makeFolder(0)
        let server = try await StartedServer(
            ["--store", store, "--create"], log: folder.url.appendingPathComponent("log"))
        let office = try await kezek(
            "office", "import", "Examples/offices/almaty-provider.yaml", "--server",
            server.address)
        #expect(office.status == 0, "\(office.errors)")
        await server.kill()
        let ends = ["", "-wal", "-shm", "-head", "-lock", ".key"]
        let files = Dictionary(
            uniqueKeysWithValues: ends.compactMap { end in
                FileManager.default.contents(atPath: store + end).map { (end, $0) }
            })
        #expect(files.count == ends.count)
        // The journal, its log and its head file each tell that something was taken.
        for gone in [[], ["-wal", "-shm"], ["-head"], ["", "-wal", "-shm"], [".key"]] as [[String]]
        {
            for end in ends { unlink(store + end) }
            let left = files.filter { !gone.contains($0.key) }
            for (end, bytes) in left {
                try bytes.write(to: URL(fileURLWithPath: store + end))
                chmod(store + end, 0o600)
            }
            try Data().write(to: URL(fileURLWithPath: FirstStart.path(beside: store)))
            let first = try? StoreFiles(journal: store).require(.creating)
            #expect(first == nil, "\(gone)")
            // Whoever looks into a journal that was killed takes its log into it.
            for end in left.keys where !["-shm", "-wal"].contains(end) {
                #expect(FileManager.default.fileExists(atPath: store + end), "\(gone): \(end)")
            }
            #expect(!FirstStart.isBegun(store), "\(gone)")
        }
        // And it is a journal like others.
        for (end, bytes) in files {
            try bytes.write(to: URL(fileURLWithPath: store + end))
            chmod(store + end, 0o600)
        }
        try Data().write(to: URL(fileURLWithPath: FirstStart.path(beside: store)))
        let again = try await StartedServer(
            ["--store", store], log: folder.url.appendingPathComponent("log"))
        let listed = try await kezek("office", "list", "--server", again.address)
        #expect(listed.output.contains("almaty"), "\(listed.output) \(listed.errors)")
        await again.stop()
        #expect(!FirstStart.isBegun(store))
    }

    /// While one start is at it, and while a server has the journal open, nobody else begins anew.
    @Test func nobodyClearsWhatAnotherIsMaking() async throws {
        try makeFolder(0)
        let first = try #require(try StoreFiles(journal: store).require(.creating))
        let second = try await kezek(serve(0, ["--create"]))
        #expect(second.status == 1 && second.errors.contains("open in another server"))
        first.end()
        let server = try await StartedServer(
            ["--store", store, "--create"], log: folder.url.appendingPathComponent("log"))
        try Data().write(to: URL(fileURLWithPath: FirstStart.path(beside: store)))
        let third = try await kezek(serve(0, ["--create"]))
        #expect(third.status == 1 && third.errors.contains("open in another server"))
        #expect(try Set(Self.whole).isSubset(of: names(0)))
        await server.stop()
    }
}
