// SPDX-License-Identifier: Apache-2.0

public import Texts

/// Why a batch was not appended.
public enum AppendFailure: Error, Hashable, Sendable {
    /// Another entry has this revision already, or the one before is not there.
    case conflict(StreamName)
    /// Another entry holds the claim.
    case claimed(Claim)
    /// The store cannot write now: a full disk, a read-only file, a failing device.
    ///
    /// Nothing of the batch is there, and it is safe to repeat.
    case unavailable(String)
    /// The device failed while the commit was written: whether it is there shows when the journal is opened
    /// anew. It is safe to repeat.
    case unconfirmed(String)
}

/// Why a store could not be opened or read.
public struct StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, in the language of whoever reads it.
    public let words: Phrase

    /// In English.
    public var description: String { words.description }

    public init(_ words: Phrase) { self.words = words }
}

/// Entries that are appended together or not at all, and whom to tell.
public struct Batch: Sendable {
    /// In their order; of one stream with rising revisions.
    public let entries: [Entry]
    /// Keys to be kept with the entries, in place of those of the same ids.
    public let keys: [PersonKey]
    /// The ids of keys to be destroyed with the entries.
    public let destroyedKeys: [UInt64]
    /// Called once, on a thread of the store's own, after the entries are on disk or cannot be.
    ///
    /// Batches are told in the order in which they were committed. It must not block.
    public let completion: @Sendable (Result<Void, AppendFailure>) -> Void

    public init(
        entries: [Entry], keys: [PersonKey] = [], destroyedKeys: [UInt64] = [],
        completion: @escaping @Sendable (Result<Void, AppendFailure>) -> Void
    ) {
        self.entries = entries
        self.keys = keys
        self.destroyedKeys = destroyedKeys
        self.completion = completion
    }
}

/// Where the journal is kept.
///
/// What every store promises, and one suite of tests holds all of them to:
/// - A batch is told to have succeeded only after all of it is on disk.
/// - An entry is appended only if its revision is the stream's last plus one; a claim is taken only
///   if nobody holds it. Otherwise nothing of the batch is there.
/// - A batch's keys are kept, and destroyed, together with its entries or not at all. Of a key that
///   is destroyed no byte stays in what the store writes.
/// - Reading sees whole batches, in the order of their positions, and only what is on disk.
public protocol JournalStore: Sendable {
    /// Queues a batch.
    ///
    /// Never blocks; what is queued while an earlier batch is written goes to disk with one sync.
    func submit(_ batch: Batch)

    /// Every stream with the revision of its last entry.
    func streams() throws(StoreFailure) -> [(stream: StreamName, revision: UInt32)]

    /// Every claim that is held, as of what is on disk or on its way there.
    func heldClaims() throws(StoreFailure) -> Set<Claim>

    /// Every key that is kept, in the order of their ids.
    func personKeys() throws(StoreFailure) -> [PersonKey]

    /// The stream's entries after a revision, in order.
    func entries(of stream: StreamName, after revision: UInt32) throws(StoreFailure) -> [Entry]

    /// The stream's entry of this revision; nil if there is none.
    func entry(of stream: StreamName, revision: UInt32) throws(StoreFailure) -> Entry?

    /// The journal's entries after a position, in order, until `body` returns false.
    func scan(
        after position: UInt64, _ body: (PlacedEntry) -> Bool
    ) throws(StoreFailure)

    /// The position of the last entry on disk; 0 if there is none.
    func lastPosition() throws(StoreFailure) -> UInt64

    /// The stream's latest snapshot; nil if there is none.
    func snapshot(of stream: StreamName) throws(StoreFailure) -> Snapshot?

    /// Looks whether what is written would be found again, such as in the file that was opened.
    ///
    /// To be called about once a second, not on a thread that must not wait.
    /// - Returns: why nothing is written from now on; nil if all is well.
    func look() -> String?

    /// Keeps snapshots in place of earlier ones of the same streams.
    ///
    /// Queued like a batch. They save time and nothing else: losing one loses nothing.
    func save(_ snapshots: [Snapshot])
}
