// SPDX-License-Identifier: Apache-2.0

import Journal
import KezekDisk
import Synchronization
import Texts

/// Whether the files that are open are still those at their paths.
///
/// A file that was renamed or removed can be written as before, and nobody would find again what is
/// written. So the journal, its log and the log's index are looked at again and again: each must be the
/// file that was opened, and none may be shorter than it was known to be.
final class OpenFiles: Sendable {
    private struct Known {
        let identity: FileFacts.Identity
        /// It is at least as large.
        var size: Int64
    }

    private struct State {
        /// In the order of the parts; nil for one that is not open.
        var files = [Known?](repeating: nil, count: Part.allCases.count)
        var trouble: Phrase?
    }

    private enum Part: Int, CaseIterable {
        case journal, log, index

        /// What its file's name has behind the journal's.
        var suffix: String {
            switch self {
            case .journal: ""
            case .log: "-wal"
            case .index: "-shm"
            }
        }

        /// Bytes below which nothing but the program itself makes it.
        func floor(_ size: Int64) -> Int64 {
            switch self {
            case .journal: size
            // SQLite cuts it down to here when it begins anew at its front.
            case .log: min(size, Int64(Limits.bytesOfLog))
            // It only grows while it is open; what is cut off ends the process once it is touched (SIGBUS).
            case .index: size
            }
        }
    }

    /// The parts with their files' names: they are looked at with each commit.
    private let names: [(part: Part, name: String)]
    private let state = Mutex(State())

    init(path: String) { names = Part.allCases.map { ($0, path + $0.suffix) } }

    /// Why nothing may be written; nil if all is well, as far as has been looked.
    var trouble: Phrase? { state.withLock { $0.trouble } }

    /// Takes the files that are at the paths for those that have just been opened.
    func remember() {
        state.withLock { state in
            for (part, name) in names {
                state.files[part.rawValue] = FileFacts(name).map {
                    Known(identity: $0.identity, size: part.floor($0.size))
                }
            }
        }
    }

    /// Looks at the files.
    ///
    /// A file that is back in its place may be written again, one that has become shorter may not.
    ///
    /// - Returns: why nothing may be written; nil if all is well.
    @discardableResult
    func look() -> Phrase? {
        state.withLock { state in
            state.trouble = nil
            for (part, name) in names {
                guard let known = state.files[part.rawValue] else { continue }
                guard let found = FileFacts(name) else {
                    state.trouble = "\(name) was moved away or removed while it was open"
                    break
                }
                guard found.identity == known.identity else {
                    state.trouble = "\(name) is another file than the one that is open"
                    break
                }
                guard found.size >= known.size else {
                    state.trouble = "\(name) was cut off while it was open"
                    break
                }
                state.files[part.rawValue]?.size = max(known.size, part.floor(found.size))
            }
            return state.trouble
        }
    }

    /// Makes sure that the index has all that it had.
    ///
    /// It is mapped into memory, and to touch what was cut off ends the process; so whoever reads or writes by it
    /// looks first. What is cut off between that look and the touch ends the process all the same.
    ///
    /// - Throws: `StoreFailure` if a part was cut off.
    func requireIndex() throws(StoreFailure) {
        guard let known = state.withLock({ $0.files[Part.index.rawValue] }) else { return }
        let name = names[Part.index.rawValue].name
        let size = LogIndex.size(of: known.identity) ?? FileFacts(name)?.size ?? known.size
        guard size >= known.size else {
            throw StoreFailure(
                "\(name) was cut off while it was open, so nothing is read: stop the server and start it "
                    + "again")
        }
    }

    /// Runs what makes the log shorter, while nobody looks.
    func whileLogIsCut<Value>(_ body: () throws -> Value) rethrows -> Value {
        try state.withLock { state in
            state.files[Part.log.rawValue]?.size = 0
            return try body()
        }
    }

    /// Nothing is open any more.
    func forget() { state.withLock { $0 = State() } }
}
