// SPDX-License-Identifier: Apache-2.0

public import Journal
import Synchronization

/// A journal in a SQLite file, for one server at a time.
///
/// What is told to have succeeded has been synced to the device. `SQLiteReader` reads the file
/// beside it, from the same or another process.
public final class SQLiteStore: JournalStore {
    private let writer: Writer
    private let reader: SQLiteReader

    /// Opens the journal at this path, and creates it if there is none; if that fails, nothing new is left.
    ///
    /// A journal that ends before what was confirmed, as the head file beside it says, is opened only if
    /// `acceptedLoss` is its last position.
    ///
    /// - Throws: if another server has it open, if it is not a journal, if a newer version wrote
    ///   it, if it is damaged or cannot be written, or if it has lost something.
    public convenience init(
        path: String, acceptingLossAt acceptedLoss: UInt64? = nil
    ) throws(StoreFailure) {
        try self.init(path: path, acceptingLossAt: acceptedLoss, faults: StoreFaults())
    }

    init(
        path: String, acceptingLossAt acceptedLoss: UInt64? = nil, faults: StoreFaults
    ) throws(StoreFailure) {
        let writer = try Writer(path: path, acceptedLoss: acceptedLoss, faults: faults)
        self.writer = writer
        do throws(StoreFailure) {
            reader = try SQLiteReader(
                path: path, before: { () throws(StoreFailure) in try writer.requireIndex() })
        } catch {
            _ = writer.abandon()
            throw error
        }
    }

    /// Makes sure that the keys beside the journal are its own, and remembers them; a journal that knows none
    /// yet takes them.
    ///
    /// - Parameters:
    ///   - keys: those of the key file, the one in use first.
    ///   - retired: the values of those that the file says were destroyed on purpose or given up.
    /// - Returns: earlier keys that it did not know, as beside a journal of an earlier version, which knew the one
    ///   in use alone.
    /// - Throws: if one that it knows is not among them and was not retired, or if they are not in order.
    @discardableResult
    public func requireKeys(
        _ keys: [KeyCheck], retired: Set<[UInt8]> = []
    ) throws(StoreFailure) -> [KeyCheck] {
        try writer.requireKeys(keys, retired: retired)
    }

    /// Writes what has been submitted and closes the file.
    ///
    /// What is submitted from now on fails as unavailable. It waits, and must not be called from a
    /// batch's completion.
    public func close() {
        writer.finish()
        // The last connection to close copies the log into the file, which a reader cannot.
        reader.close()
        writer.close()
    }

    /// Closes the file as `close` does, and takes the journal away if there was none before it was opened and
    /// nothing has been written to it: for a start that fails later on.
    ///
    /// - Returns: whether it was taken away.
    @discardableResult
    public func abandon() -> Bool {
        writer.finish()
        reader.close()
        return writer.abandon()
    }

    public func submit(_ batch: Batch) { writer.submit(batch) }

    public func save(_ snapshots: [Snapshot]) { writer.save(snapshots) }

    public func streams() throws(StoreFailure) -> [(stream: StreamName, revision: UInt32)] {
        writer.heads.withLock { $0.settledStreams }
    }

    public func heldClaims() throws(StoreFailure) -> Set<Claim> {
        writer.heads.withLock { $0.claims }
    }

    public func personKeys() throws(StoreFailure) -> [PersonKey] {
        try reader.personKeys(writer.findings)
    }

    public func entries(
        of stream: StreamName, after revision: UInt32
    ) throws(StoreFailure) -> [Entry] {
        try reader.entries(of: stream, from: end(of: stream), after: revision)
    }

    public func entry(of stream: StreamName, revision: UInt32) throws(StoreFailure) -> Entry? {
        try reader.entry(of: stream, revision: revision, from: end(of: stream))
    }

    /// Where a stream ends, as the writer knows it; what is read from there is held to the chain.
    private func end(of stream: StreamName) -> SQLiteReader.StreamEnd {
        writer.heads.withLock { heads in
            SQLiteReader.StreamEnd(
                id: Int64((heads.number(of: stream) ?? -1) + 1),
                position: heads.settledHead(of: stream).position, proof: writer.proof)
        }
    }

    public func scan(
        after position: UInt64, _ body: (PlacedEntry) -> Bool
    ) throws(StoreFailure) {
        try reader.scan(after: position, body)
    }

    public func lastPosition() throws(StoreFailure) -> UInt64 {
        writer.heads.withLock { $0.settledPosition }
    }

    public func snapshot(of stream: StreamName) throws(StoreFailure) -> Snapshot? {
        guard let number = writer.heads.withLock({ $0.number(of: stream) }) else { return nil }
        return try reader.snapshot(of: stream, id: Int64(number + 1), writer.findings)
    }

    /// What has been found damaged since this was last asked, and was done without: a checkpoint or
    /// snapshot that is made anew, a person's key whose words cannot be read.
    public func takeFindings() -> [String] { writer.findings.take() }

    public func look() -> String? { writer.look() }

    /// How the commits went since the journal was opened.
    public var commitStatistics: CommitStatistics { writer.statistics.withLock { $0 } }

    /// How much the journal holds.
    public func statistics() throws(StoreFailure) -> JournalStatistics { try reader.statistics() }
}
