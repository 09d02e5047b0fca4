// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import GRDB
import Journal
import KezekEngine
import KezekSQLite
import Synchronization

/// A folder that is removed with this value.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "kezek-store-" + UUID().uuidString
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var journal: String { path + "/journal.db" }
}

/// The stores that must keep the same promises.
enum StoreKind: String, CaseIterable, CustomStringConvertible, Sendable {
    case memory, sqlite

    var description: String { rawValue }

    /// Runs the body with an empty store.
    func withStore(_ body: (any JournalStore) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(MemoryStore())
        case .sqlite:
            let folder = TemporaryFolder()
            let store = try SQLiteStore(path: folder.journal)
            defer { store.close() }
            try await body(store)
        }
    }
}

/// A day of an office, by number.
func day(_ number: Int) -> StreamName {
    .officeDay("astana-\(number)", CivilDate("2026-03-19")!)
}

func claim(_ number: UInt64) -> Claim { Claim(high: 0xA5A5_0000_0000_0000, low: number) }

/// An entry with a request and a body of its own.
func entry(
    _ stream: StreamName, _ revision: UInt32, claims: [ClaimChange] = [], body: [UInt8]? = nil
) -> Entry {
    let number = UInt64(bitPattern: Int64(stream.hashValueForTests)) &+ UInt64(revision)
    return Entry(
        stream: stream, revision: revision,
        at: Timestamp(second: 1_773_900_000 + Int64(revision))!,
        request: RequestMark(
            id: RequestID(high: number, low: ~number), fingerprint: number &* 31),
        claims: claims, body: body ?? Array("\(stream) \(revision)".utf8))
}

extension StreamName {
    /// A number that is the same in every run, which `hashValue` is not.
    fileprivate var hashValueForTests: Int {
        description.utf8.reduce(7) { ($0 &* 131) &+ Int($1) }
    }
}

extension JournalStore {
    /// Appends a batch and waits for what is told.
    func append(_ entries: Entry...) async -> Result<Void, AppendFailure> {
        await append(all: entries)
    }

    func append(all entries: [Entry]) async -> Result<Void, AppendFailure> {
        await withCheckedContinuation { continuation in
            submit(Batch(entries: entries) { continuation.resume(returning: $0) })
        }
    }

    /// All entries, in order.
    func everything() throws -> [PlacedEntry] {
        var all: [PlacedEntry] = []
        try scan(after: 0) { entry in
            all.append(entry)
            return true
        }
        return all
    }

    /// The revision of every stream.
    func revisions() throws -> [StreamName: UInt32] {
        Dictionary(uniqueKeysWithValues: try streams().map { ($0.stream, $0.revision) })
    }
}

extension Result where Success == Void, Failure == AppendFailure {
    /// Nil if it succeeded.
    var failure: AppendFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }

    /// The sentence of `unavailable`; empty for anything else.
    var sentence: String {
        switch self {
        case .failure(.unavailable(let sentence)), .failure(.unconfirmed(let sentence)): sentence
        default: ""
        }
    }
}

/// What several threads add to.
final class Collected<Element: Sendable>: Sendable {
    private let list = Mutex<[Element]>([])

    func add(_ element: Element) { list.withLock { $0.append(element) } }

    var all: [Element] { list.withLock { $0 } }
}

/// Something to happen at the next commit, once.
final class Once: Sendable {
    private let action = Mutex<(@Sendable (Database) throws -> Void)?>(nil)

    func set(_ action: @escaping @Sendable (Database) throws -> Void) {
        self.action.withLock { $0 = action }
    }

    func run(_ db: Database) throws {
        let action = action.withLock { action in
            defer { action = nil }
            return action
        }
        try action?(db)
    }
}
