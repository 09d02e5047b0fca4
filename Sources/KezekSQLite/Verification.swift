// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal
public import Texts

/// The first place where a journal is not what was committed.
public struct ChainFault: Hashable, Sendable {
    public let position: UInt64
    /// What is wrong, as a sentence.
    public let problem: Phrase
}

/// What verifying a journal found.
public struct ChainReport: Hashable, Sendable {
    /// Entries, commits and streams that are as they were committed.
    public let entries: UInt64
    public let commits: UInt64
    public let streams: Int
    /// The position of the last of these entries.
    public let lastPosition: UInt64
    /// The chain's hash there, in hexadecimal.
    ///
    /// A hash kept elsewhere together with its position shows later whether the end has been cut
    /// off, which the file alone cannot.
    public let lastHash: String
    /// What is wrong with the entry after them; nil if all is well.
    public let fault: ChainFault?
}

extension SQLiteReader {
    /// Whether every entry is what was committed: hashes, positions without gaps, revisions, links
    /// and claims; and whether what stands beside them is what was written: names and heads of streams,
    /// checkpoints, snapshots, people's keys, and how the file's pages fit together.
    ///
    /// What a server commits meanwhile is not looked at.
    /// - Parameter progress: told now and then how many entries of how many are done.
    /// - Returns: how far the journal is whole, and what is wrong after that.
    /// - Throws: if the file cannot be read.
    public func verifyChain(
        progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
    ) throws(StoreFailure) -> ChainReport {
        var check = try read { db in try ChainCheck(db) }
        while check.fault == nil, !check.isAtEnd {
            try read { db in try check.nextCommits(db) }
            progress(check.done, check.total)
        }
        try read { db in try check.finish(db) }
        return check.report
    }
}
