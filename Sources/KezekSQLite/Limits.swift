// SPDX-License-Identifier: Apache-2.0

/// The store's limits, together.
enum Limits {
    /// Entries that go to disk with one sync.
    ///
    /// A batch that is larger goes alone.
    static let entriesPerCommit = 4096

    /// Entries after which the heads of the streams and the claims are written down.
    ///
    /// At most so many entries are read again when the store opens.
    static let entriesPerCheckpoint: UInt64 = 100_000

    /// Bytes of changed claims that are kept beside the claims in any case, before all of them are
    /// written anew.
    static let bytesOfClaimChanges = 1 << 20

    /// Pages in the write-ahead log after which SQLite copies them into the file.
    static let pagesInLog = 4000

    /// Bytes to which the log is cut down when it begins anew at its front.
    static let bytesOfLog = pagesInLog * (pageSize + 24)

    /// Bytes of a page; SQLite's own default, named so that it stays.
    static let pageSize = 4096

    /// Bytes below which a disk that fails to take something is full.
    static let bytesOfFullDisk: UInt64 = 64 << 10

    /// KiB of pages that a connection keeps in memory.
    static let cacheKiB = 8_192

    /// Entries that a scan reads before it hands them on and lets go of the file.
    static let entriesPerRead = 1024

    /// Commits that a verification reads before it lets go of the file.
    static let commitsPerRead = 256

    /// Pages that are copied before it is told how far a copy has come.
    static let pagesPerStep: Int32 = 4096

    /// Seconds to wait for another program that holds the file locked.
    static let patience = 5.0
}
