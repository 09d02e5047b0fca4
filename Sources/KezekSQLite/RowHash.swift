// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The hashes of rows beside the entries: eight bytes of SHA-256, which show damage.
///
/// Against somebody who changes a file on purpose the chain stands, and the hash that was kept elsewhere.
enum RowHash {
    static let size = 8

    /// What is hashed first, so that a row of one kind is none of another.
    private enum Kind: UInt8 { case name = 1, head, checkpoint, snapshot, personKey, keyCheck }

    static func name(_ id: Int64, _ name: some Collection<UInt8>) -> [UInt8] {
        of(.name) {
            $0.pack(id)
            $0.append(contentsOf: name)
        }
    }

    static func head(_ id: Int64, position: UInt64, revision: Int64) -> [UInt8] {
        of(.head) {
            $0.pack(id)
            $0.pack(position)
            $0.pack(revision)
        }
    }

    /// What a row of `streams` has: the hash of its name, which stays, and that of its head.
    static func stream(
        _ id: Int64, _ bytes: some Collection<UInt8>, position: UInt64, revision: Int64
    ) -> [UInt8] {
        name(id, bytes) + head(id, position: position, revision: revision)
    }

    /// `previous` is the hash of the checkpoint before it; none before the first.
    static func checkpoint(
        after previous: [UInt8], position: UInt64, streams: Int64,
        claims: some Collection<UInt8>
    ) -> [UInt8] {
        of(.checkpoint) {
            $0.append(contentsOf: previous)
            $0.pack(position)
            $0.pack(streams)
            $0.append(contentsOf: claims)
        }
    }

    static func snapshot(
        of stream: some Collection<UInt8>, revision: Int64, body: some Collection<UInt8>
    ) -> [UInt8] {
        of(.snapshot) {
            $0.pack(UInt32(truncatingIfNeeded: stream.count))
            $0.append(contentsOf: stream)
            $0.pack(revision)
            $0.append(contentsOf: body)
        }
    }

    static func personKey(
        _ id: Int64, person: some Collection<UInt8>, wrapped: some Collection<UInt8>, used: Int64
    ) -> [UInt8] {
        of(.personKey) {
            $0.pack(id)
            $0.pack(used)
            $0.pack(UInt32(truncatingIfNeeded: person.count))
            $0.append(contentsOf: person)
            $0.append(contentsOf: wrapped)
        }
    }

    static func keyCheck(_ value: some Collection<UInt8>) -> [UInt8] {
        of(.keyCheck) { $0.append(contentsOf: value) }
    }

    private static func of(_ kind: Kind, _ fill: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes = [kind.rawValue]
        fill(&bytes)
        return Array(SHA256.hash(data: bytes).prefix(size))
    }
}
