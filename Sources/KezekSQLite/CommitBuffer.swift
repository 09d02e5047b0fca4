// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal

/// The rows of one commit, as the bytes that the chain hashes.
///
/// The rows' blobs lie in these bytes too, so they are bound to the statement in place and no row
/// needs memory of its own. The buffer is kept from commit to commit.
struct CommitBuffer {
    struct Row {
        let place: Heads.Place
        let revision: UInt32
        let second: Int64
        let request: Range<Int>
        let claims: Range<Int>
        let body: Range<Int>
        let caller: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    private(set) var rows: [Row] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
    }

    mutating func append(_ entry: Entry, at place: Heads.Place, name: [UInt8]) {
        Chain.append(
            to: &bytes, position: place.position, revision: entry.revision,
            second: entry.at.second, name: name)

        let requestSize = entry.request == nil ? 0 : Packed.requestSize
        bytes.pack(UInt32(requestSize))
        let request = bytes.count..<bytes.count + requestSize
        if let mark = entry.request { bytes.pack(mark) }

        let claimsSize = entry.claims.count * Packed.claimChangeSize
        bytes.pack(UInt32(claimsSize))
        let claims = bytes.count..<bytes.count + claimsSize
        for change in entry.claims { bytes.pack(change) }

        bytes.pack(UInt32(truncatingIfNeeded: entry.body.count))
        let body = bytes.count..<bytes.count + entry.body.count
        bytes.append(contentsOf: entry.body)

        let callerName = (entry.caller ?? .time).name.utf8
        bytes.pack(UInt32(truncatingIfNeeded: callerName.count))
        let caller = bytes.count..<bytes.count + callerName.count
        bytes.append(contentsOf: callerName)

        rows.append(
            Row(
                place: place, revision: entry.revision, second: entry.at.second,
                request: request, claims: claims, body: body, caller: caller))
    }
}
