// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files of a store, by which a new one is told from one that has lost a part.
///
/// A journal that is made anew in the place of one that was moved away, or whose disk is not mounted,
/// would give every place a second time.
struct StoreFiles {
    /// What is to happen where no journal is.
    enum Opening {
        /// It is an error.
        case existing
        /// One is made, if nothing of one is there; where something is, all of it must be.
        case creating
        /// One is made, if nothing of one is there.
        case rehearsing
    }

    let journal: String

    private var key: String { KeyFile.path(beside: journal) }
    private var log: String { journal + "-wal" }
    private var head: String { journal + "-head" }
    private var lock: String { journal + "-lock" }

    /// - Returns: whether a journal is to be made, as nothing of one is there.
    /// - Throws: what is missing, and what to do.
    func require(_ opening: Opening) throws -> Bool {
        let there = [journal, log, key, head, lock].filter(Self.hasName)
        guard !there.isEmpty else {
            guard opening == .existing else { return true }
            throw CommandFailure(
                "there is no journal \(journal): is its disk mounted? Restore it from a copy ('kezek "
                    + "journal restore'), or make a new one with --create")
        }
        // The log is there while a journal is open and after a crash.
        let needed = opening == .creating ? [journal, key, head, lock] : [journal, key]
        let missing = needed.filter { !FileManager.default.fileExists(atPath: $0) }
        guard missing.isEmpty else {
            throw CommandFailure(
                "\(Self.list(missing)) missing, but \(Self.list(there)) there. Put back what is "
                    + "missing, or restore a copy ('kezek journal restore')"
                    + (opening == .creating
                        ? "; if the journal is whole without it, start without --create"
                        : "; nothing is made anew beside what is left of a store"))
        }
        // SQLite would throw the log of an empty file away and begin anew.
        guard let size = Self.size(journal), size > 0 else {
            throw CommandFailure(
                "the journal \(journal) is empty: restore it from a copy ('kezek journal restore'). If "
                    + "it never was more, remove all files named \(journal)* and start with --create"
            )
        }
        return false
    }

    private static func list(_ paths: [String]) -> String {
        paths.joined(separator: ", ") + (paths.count == 1 ? " is" : " are")
    }

    /// Whether there is something of this name, also a link that leads nowhere.
    private static func hasName(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }

    private static func size(_ path: String) -> Int64? {
        var found = stat()
        return stat(path, &found) == 0 ? Int64(found.st_size) : nil
    }
}
