// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dispatch
import Foundation
import Journal
import KezekEngine
import KezekSQLite
import Synchronization
import Texts

struct JournalBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Copy a journal, also while a server writes it, and prove that the copy is whole.",
        discussion: """
            The copy is as the journal was at one moment: one file, readable by its owner
            alone. Keep the position and hash that are printed, and keep the key
            (FILE.key) in other hands than the copy.

            Example:
              kezek journal backup /var/lib/kezek/kezek.sqlite /backup/kezek-2026-11-27.sqlite
            """)

    @OptionGroup var options: JournalOptions

    @Argument(
        help: ArgumentHelp("The copy, which must not be there yet.", valueName: "copy"),
        completion: .file())
    var copy: String

    func run() async throws {
        try JournalCopying.copy(from: options.file, to: copy, until: nil)
        let proof = try JournalCopying.prove(copy, nil)
        JournalMark.backup.note(beside: options.file, proof.last)
        // What was proved is what the journal had in it.
        JournalMark.verify.note(beside: options.file, proof.last)
        try proof.show(json: options.json)
    }
}

struct JournalRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a journal of a copy, as it was at its end or at an earlier position.",
        discussion: """
            The copy is proved first, then the journal that is made of it; its days are packed,
            so that the server starts quickly. A journal that is there is never replaced: stop
            the server and move FILE, FILE-wal, FILE-shm and FILE-head away first. FILE.key must be the
            key that belongs to the copy.

            With --at, people who were forgotten after that position stay so: the copy has
            their keys no more, and the entries that say so come along.

            Examples:
              kezek journal restore /backup/kezek-2026-11-27.sqlite kezek.sqlite
              kezek journal restore copy.sqlite kezek.sqlite --at 4712
              kezek journal restore copy.sqlite kezek.sqlite --expect 4712:9f86d081884c7d65…
            """)

    @Argument(help: ArgumentHelp("The copy.", valueName: "copy"), completion: .file())
    var copy: String

    @Argument(help: ArgumentHelp("The journal to make.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp(
            "Leave out what was committed after this position.", valueName: "position"))
    var at: UInt64?

    @Option(
        help: ArgumentHelp(
            "A position and the hash that was printed for it when the copy was made.",
            valueName: "position:hash"))
    var expect: ExpectedHash?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        for end in ["", "-wal", "-shm", "-head"] {
            guard !FileManager.default.fileExists(atPath: file + end) else {
                throw CommandFailure(
                    "\(file + end) is there already: stop its server, and move \(file), "
                        + "\(file)-wal, \(file)-shm and \(file)-head away")
            }
        }
        let end = try JournalCopying.prove(copy, expect).lastPosition
        if let at, at > end {
            throw CommandFailure(
                kk:
                    "--at \(at): көшірме \(end)-орында бітеді; \(end) немесе одан кішісін беріңіз",
                ru: "--at \(at): копия кончается на позиции \(end); укажите \(end) или меньше",
                en: "--at \(at): the copy ends at \(end); give \(end) or less")
        }
        try JournalCopying.copy(from: copy, to: file, until: at)
        let proof: JournalProof
        do {
            if at != nil { try JournalCopying.keepForgotten(from: copy, in: file) }
            proof = try JournalCopying.prove(file, nil)
            try JournalCopying.pack(file)
        } catch {
            // What was not proved does not stay under this name, and the command can be repeated.
            for end in ["-wal", "-shm", "-head", "", "-lock"] { unlink(file + end) }
            throw error
        }
        try proof.show(json: json)
        let key = KeyFile.path(beside: file)
        if !FileManager.default.fileExists(atPath: key) {
            Terminal.note("the key is missing: put the one that belongs to the copy at \(key)")
        }
    }
}

/// The steps of a backup and of restoring one, each with its progress.
enum JournalCopying {
    static func copy(from file: String, to copy: String, until position: UInt64?) throws {
        let reader = try JournalOptions.reader(of: file)
        defer { reader.close() }
        var progress = Progress(said(kk: "көшіру", ru: "копирование", en: "copying"))
        try reader.copy(to: copy, until: position) { done, total in
            progress.show(done, of: total)
        }
        progress.end()
    }

    /// Takes over who was forgotten after the end of a journal that was cut off: their keys are destroyed, and its
    /// words would be sealed by keys of which nobody knows what became of them.
    static func keepForgotten(from copy: String, in file: String) throws {
        let reader = try JournalOptions.reader(of: copy)
        defer { reader.close() }
        let store = try SQLiteStore(path: file)
        defer { store.close() }
        var later: [Entry] = []
        try reader.scan(after: try store.lastPosition()) { placed in
            if placed.entry.stream == .people { later.append(placed.entry) }
            return true
        }
        guard !later.isEmpty else { return }
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Void, AppendFailure>>(.success(()))
        store.submit(
            Batch(entries: later) { result in
                outcome.withLock { $0 = result }
                done.signal()
            })
        done.wait()
        if case .failure(let failure) = outcome.withLock({ $0 }) {
            throw CommandFailure("\(file): \(Phrase(sentence: "\(failure)"))")
        }
    }

    static func prove(_ file: String, _ expect: ExpectedHash?) throws -> JournalProof {
        let reader = try JournalOptions.reader(of: file)
        defer { reader.close() }
        return try JournalProof(reader, file: file, expect: expect)
    }

    /// - Returns: how many streams there were to pack.
    @discardableResult
    static func pack(_ file: String) throws -> Int {
        let store = try SQLiteStore(path: file)
        defer { store.close() }
        var progress = Progress(said(kk: "жинақтау", ru: "упаковка", en: "packing"))
        defer { progress.end() }
        return try JournalPacking.packAll(store) { done, total in
            progress.show(UInt64(done), of: UInt64(total))
        }
    }
}
