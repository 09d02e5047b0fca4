// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// Backing a journal up and restoring it, from the shell.
@Suite(.waits) struct BackupCommandTests {
    @Test func aBackupOfARunningServerIsRestored() async throws {
        let queue = try await RunningQueue()
        let slots = try await queue.laterSlots()
        let kept = try await queue.book(slots[0], for: "a")
        func file(_ name: String) -> URL { queue.folder.appendingPathComponent(name) }
        let copy = file("copy.sqlite").path
        let backup = try await kezek("journal", "backup", queue.journal.path, copy, "--json")
        #expect(backup.status == 0, "\(backup.errors)")
        let position = try #require(backup.object["lastPosition"] as? Int)
        let hash = try #require(backup.object["lastHash"] as? String)
        // The server goes on meanwhile; what comes after the copy is not in it.
        let later = try await queue.book(slots[1], for: "b")
        let second = file("second.sqlite").path
        #expect(try await kezek("journal", "backup", queue.journal.path, second).status == 0)

        // Of the first copy, and of the second one as it was at the position of the first.
        for (number, arguments) in [
            [copy, file("restored-0.sqlite").path, "--expect", "\(position):\(hash)"],
            [second, file("restored-1.sqlite").path, "--at", "\(position)"],
        ].enumerated() {
            let restored = file("restored-\(number).sqlite")
            let run = try await kezek(["journal", "restore"] + arguments)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("\(position):\(hash)"))
            #expect(run.errors.contains("the key is missing"))
            // The key, and by how much the rehearsal's clock is ahead.
            for end in ["key", "rehearsal"] {
                try FileManager.default.copyItem(
                    at: file("queue.sqlite.\(end)"), to: file("restored-\(number).sqlite.\(end)"))
            }
            let server = try await RunningQueue(withOffices: false, store: restored)
            #expect(try await server("booking", kept).status == 0)
            #expect(try await server("booking", later).status == 1)
            // The applicant is known, and still has one booking.
            let again = try await server(
                "book", "astana-1", "--service", "acceptance", "--at", slots[2], "--reference",
                "a", "--json")
            #expect(again.reason == "alreadyBooked", "\(again.errors)")
            #expect(try await server.book(slots[1], for: "b") == later)
        }
    }

    /// What could not be proved and packed does not stay, so that the same command does it later.
    @Test func aRestoreThatFailsLeavesNothing() async throws {
        let queue = try await RunningQueue()
        let copy = queue.folder.appendingPathComponent("copy.sqlite").path
        #expect(try await kezek("journal", "backup", queue.journal.path, copy).status == 0)
        let restored = queue.folder.appendingPathComponent("restored.sqlite").path
        // Nobody can lock it, once it is there.
        let lock = restored + "-lock"
        try FileManager.default.createDirectory(
            atPath: lock, withIntermediateDirectories: false)
        let failed = try await kezek("journal", "restore", copy, restored)
        #expect(failed.status == 1 && failed.errors.contains(lock), "\(failed.errors)")
        for end in ["", "-wal", "-shm", "-head"] {
            #expect(!FileManager.default.fileExists(atPath: restored + end), "\(end)")
        }
        try FileManager.default.removeItem(atPath: lock)
        let again = try await kezek("journal", "restore", copy, restored)
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test func whatIsThereIsNotReplacedAndWhatIsDamagedIsNotRestored() async throws {
        let queue = try await RunningQueue()
        let copy = queue.folder.appendingPathComponent("copy.sqlite").path
        #expect(try await kezek("journal", "backup", queue.journal.path, copy).status == 0)
        let again = try await kezek("journal", "backup", queue.journal.path, copy)
        #expect(again.status == 1 && again.errors.contains("is there already"))
        let over = try await kezek("journal", "restore", copy, queue.journal.path)
        #expect(over.status == 1 && over.errors.contains("stop its server"))
        let fresh = queue.folder.appendingPathComponent("fresh.sqlite").path
        let other = try await kezek(
            "journal", "restore", copy, fresh, "--expect", "1:0000000000000000")
        #expect(other.status == 1 && other.errors.contains("cut off or written anew"))
        // What is no hash proves nothing, and is no alarm either.
        for wrong in ["9", "9:b", "9:b2a6de80f7b8fd3", "x:b2a6de80f7b8fd3a", "9:b2a6de80f7b8fd3ag"]
        {
            let end = await ending(of: ["journal", "verify", copy, "--expect", wrong])
            #expect(end?.status == CommandStatus.usage.rawValue, "\(wrong): \(end?.text ?? "")")
        }
        // To its end a copy can be restored, and no further.
        let proof = try await kezek("journal", "verify", copy, "--json")
        let last = try #require(proof.object["lastPosition"] as? Int)
        for (at, told) in [(last + 1, "ends at \(last); give \(last) or less"), (last, nil)] {
            let part = queue.folder.appendingPathComponent("part-\(at).sqlite").path
            let end = await ending(of: ["journal", "restore", copy, part, "--at", "\(at)"])
            #expect((end == nil) == (told == nil), "\(end?.text ?? "")")
            #expect(told.map { end?.text.contains($0) == true } != false, "\(end?.text ?? "")")
            #expect(FileManager.default.fileExists(atPath: part) == (told == nil))
        }
        // The first digits do, in either case, as documents have them.
        let hash = try #require(proof.object["lastHash"] as? String)
        for digits in [hash, hash.prefix(16) + "…", hash.uppercased(), String(hash.prefix(20))] {
            let end = await ending(of: ["journal", "verify", copy, "--expect", "\(last):\(digits)"])
            #expect(end == nil, "\(digits): \(end?.text ?? "")")
        }
        // Beside a head file that says more was confirmed, the same journal is not whole.
        let cut = queue.folder.appendingPathComponent("cut.sqlite").path
        try FileManager.default.copyItem(atPath: copy, toPath: cut)
        let slots = try await queue.laterSlots()
        _ = try await queue.book(slots[0], for: "later")
        try FileManager.default.copyItem(
            atPath: queue.journal.path + "-head", toPath: cut + "-head")
        let lost = await ending(of: ["journal", "verify", cut])
        #expect(lost?.text.contains("was confirmed, and the journal ends at \(last)") == true)
        #expect(!FileManager.default.fileExists(atPath: cut + ".last-verify"))
        let empty = queue.folder.appendingPathComponent("empty.sqlite").path
        try Data().write(to: URL(fileURLWithPath: empty))
        #expect(await ending(of: ["journal", "verify", empty])?.text.contains("is empty") == true)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        let place = try #require(bytes.range(of: Data("astana-1".utf8), options: .backwards))
        bytes[place.lowerBound] ^= 1
        try bytes.write(to: URL(fileURLWithPath: copy))
        let damaged = try await kezek("journal", "restore", copy, fresh)
        #expect(damaged.status == 1 && damaged.errors.contains("copy.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: fresh))
    }
}
