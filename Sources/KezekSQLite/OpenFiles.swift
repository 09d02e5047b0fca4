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

    private struct Name {
        let part: Part
        let name: String
        let path: FileFacts.Path
    }

    /// The parts with their files' names, made once: they are looked at with each commit.
    private let names: [Name]
    private let state = Mutex(State())

    init(path: String) {
        names = Part.allCases.map { part in
            let name = path + part.suffix
            return Name(part: part, name: name, path: FileFacts.Path(name))
        }
    }

    /// Why nothing may be written; nil if all is well, as far as has been looked.
    var trouble: Phrase? { state.withLock { $0.trouble } }

    /// Takes the files that are at the paths for those that have just been opened.
    func remember() {
        state.withLock { state in
            for name in names {
                state.files[name.part.rawValue] = FileFacts(name.path).map {
                    Known(identity: $0.identity, size: name.part.floor($0.size))
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
            for name in names {
                let place = name.part.rawValue
                guard let known = state.files[place] else { continue }
                guard let found = FileFacts(name.path) else {
                    state.trouble = "\(name.name) was moved away or removed while it was open"
                    break
                }
                guard found.identity == known.identity else {
                    state.trouble = "\(name.name) is another file than the one that is open"
                    break
                }
                guard found.size >= known.size else {
                    state.trouble = "\(name.name) was cut off while it was open"
                    break
                }
                let floor = name.part.floor(found.size)
                if floor > known.size { state.files[place]?.size = floor }
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
