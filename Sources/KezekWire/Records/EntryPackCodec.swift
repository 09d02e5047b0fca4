// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
public import Journal

/// The entries of one stream together from and to bytes: `kezek.journal.v1.EntryPack`.
public enum EntryPackCodec {
    /// The bytes of entries of one stream, in the order of their revisions.
    public static func encode(
        _ entries: [Entry], _ arena: Arena = Arena(limit: .max)
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__entry_pack__get_packed_size,
            pack: kezek__journal__v1__entry_pack__pack
        ) { (writer) throws(WireWriter.Full) in try writer.pack(entries) }
    }

    /// The entries in the bytes, which are the stream's.
    ///
    /// Their bodies are not looked into.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, contradict
    ///   themselves, or need more memory than the arena has.
    public static func decode(
        _ bytes: [UInt8], stream: StreamName, _ arena: Arena = Arena(limit: .max)
    ) throws(RecordFailure) -> [Entry] {
        try Records.read(
            bytes, arena, "EntryPack", unpack: kezek__journal__v1__entry_pack__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.entries(message, stream) }
    }
}

extension WireWriter {
    fileprivate func pack(
        _ entries: [Entry]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__EntryPack> {
        var (revision, second) = (UInt32(0), Int64(0))
        var (revisions, seconds): ([UInt32], [Int64]) = ([], [])
        var (requests, claims): ([UInt64], [UInt64]) = ([], [])
        var (taken, bodies): ([protobuf_c_boolean], [UInt8]) = ([], [])
        for entry in entries {
            revisions.append(entry.revision &- revision)
            seconds.append(entry.at.second - second)
            (revision, second) = (entry.revision, entry.at.second)
            if let mark = entry.request {
                requests += [mark.id.high, mark.id.low, mark.fingerprint]
            }
            for change in entry.claims {
                switch change {
                case .taken(let claim):
                    taken.append(1)
                    claims += [claim.high, claim.low]
                case .given(let claim):
                    taken.append(0)
                    claims += [claim.high, claim.low]
                }
            }
            bodies += entry.body
        }
        return try message(kezek__journal__v1__entry_pack__init) { (message) throws(Full) in
            message.version = Records.version
            try column(revisions, &message.n_revision_step, &message.revision_step)
            try column(seconds, &message.n_at_step, &message.at_step)
            try column(
                entries.map { protobuf_c_boolean($0.request == nil ? 0 : 1) },
                &message.n_requested, &message.requested)
            try column(requests, &message.n_request, &message.request)
            try column(
                entries.map { UInt32($0.claims.count) }, &message.n_claims, &message.claims)
            try column(taken, &message.n_claim_taken, &message.claim_taken)
            try column(claims, &message.n_claim, &message.claim)
            try column(
                entries.map { UInt32($0.body.count) }, &message.n_body_length,
                &message.body_length)
            message.bodies = try bytes(bodies)
        }
    }
}

extension WireReader {
    fileprivate func entries(
        _ message: Kezek__Journal__V1__EntryPack, _ stream: StreamName
    ) throws(Refusal) -> [Entry] {
        guard var columns = PackColumns(message) else { throw missing("columns") }
        var (revision, second) = (UInt32(0), Int64(0))
        var entries: [Entry] = []
        entries.reserveCapacity(columns.count)
        for index in 0..<columns.count {
            let (next, isBeyond) = revision.addingReportingOverflow(columns.revisionSteps[index])
            guard !isBeyond, next > revision else { throw unknownValue("revision_step") }
            let (time, isLate) = second.addingReportingOverflow(columns.secondSteps[index])
            guard !isLate, let at = Timestamp(second: time) else { throw unknownValue("at_step") }
            (revision, second) = (next, time)
            entries.append(
                Entry(
                    stream: stream, revision: revision, at: at,
                    request: columns.nextRequest(index),
                    // A pack is for going on quickly; who had it written stands in the journal.
                    recordedCaller: nil, claims: columns.nextClaims(index),
                    body: columns.nextBody(index)))
        }
        return entries
    }
}

/// The columns of a pack, and how far those with more or fewer values than entries have been read.
private struct PackColumns {
    let revisionSteps: UnsafeBufferPointer<UInt32>
    let secondSteps: UnsafeBufferPointer<Int64>
    private let requested: UnsafeBufferPointer<protobuf_c_boolean>
    private let claimCounts: UnsafeBufferPointer<UInt32>
    private let bodyLengths: UnsafeBufferPointer<UInt32>
    private let requests: UnsafeBufferPointer<UInt64>
    private let taken: UnsafeBufferPointer<protobuf_c_boolean>
    private let claims: UnsafeBufferPointer<UInt64>
    private let bodies: UnsafeBufferPointer<UInt8>
    private var (request, claim, body) = (0, 0, 0)

    /// Nil unless each column has as many values as the others say.
    init?(_ message: Kezek__Journal__V1__EntryPack) {
        func column<T>(_ count: Int, _ start: UnsafeMutablePointer<T>?) -> UnsafeBufferPointer<T> {
            UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
        }
        revisionSteps = column(message.n_revision_step, message.revision_step)
        secondSteps = column(message.n_at_step, message.at_step)
        requested = column(message.n_requested, message.requested)
        claimCounts = column(message.n_claims, message.claims)
        bodyLengths = column(message.n_body_length, message.body_length)
        requests = column(message.n_request, message.request)
        taken = column(message.n_claim_taken, message.claim_taken)
        claims = column(message.n_claim, message.claim)
        bodies = column(message.bodies.len, message.bodies.data)
        guard secondSteps.count == count, requested.count == count, claimCounts.count == count,
            bodyLengths.count == count,
            requests.count == requested.reduce(0, { $0 + ($1 != 0 ? 3 : 0) }),
            taken.count == claimCounts.reduce(0, { $0 + Int($1) }),
            claims.count == 2 * taken.count,
            bodies.count == bodyLengths.reduce(0, { $0 + Int($1) })
        else { return nil }
    }

    var count: Int { revisionSteps.count }

    mutating func nextRequest(_ index: Int) -> RequestMark? {
        guard requested[index] != 0 else { return nil }
        defer { request += 3 }
        return RequestMark(
            id: RequestID(high: requests[request], low: requests[request + 1]),
            fingerprint: requests[request + 2])
    }

    mutating func nextClaims(_ index: Int) -> [ClaimChange] {
        let first = claim
        claim += Int(claimCounts[index])
        return (first..<claim).map { place in
            let claim = Claim(high: claims[2 * place], low: claims[2 * place + 1])
            return taken[place] != 0 ? .taken(claim) : .given(claim)
        }
    }

    mutating func nextBody(_ index: Int) -> [UInt8] {
        let first = body
        body += Int(bodyLengths[index])
        return Array(bodies[first..<body])
    }
}
