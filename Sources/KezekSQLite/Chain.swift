// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The chain of hashes: one for every commit, over the one before it and the commit's entries.
///
/// An entry goes in as position (8 bytes), revision (4), second (8), stream's name, request, claims
/// and body, the last four with their length (4) before them; numbers have their highest byte
/// first, and request and claims are packed as in the table. From version 3 on its caller follows, with its
/// length (4) before it; an entry of an earlier version has none, and no entry after one that has. Before the first commit the hash is
/// 32 zeros. Whoever keeps the hash of some position elsewhere can tell later that nothing up to
/// there has been changed, removed or put in.
enum Chain {
    static let start = [UInt8](repeating: 0, count: 32)

    /// The hash of a commit.
    static func hash(after previous: [UInt8], entries bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        previous.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }

    /// Appends the part of an entry that comes before its request.
    static func append(
        to bytes: inout [UInt8], position: UInt64, revision: UInt32, second: Int64, name: [UInt8]
    ) {
        bytes.pack(position)
        bytes.pack(revision)
        bytes.pack(second)
        bytes.pack(UInt32(truncatingIfNeeded: name.count))
        bytes.append(contentsOf: name)
    }

    /// Appends bytes and their length before them.
    static func append(to bytes: inout [UInt8], field: UnsafeRawBufferPointer) {
        bytes.pack(UInt32(truncatingIfNeeded: field.count))
        bytes.append(contentsOf: field)
    }
}
