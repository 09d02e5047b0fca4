// SPDX-License-Identifier: Apache-2.0

import Journal

/// Numbers, requests and claims as bytes, the highest byte of a number first.
extension [UInt8] {
    mutating func pack<Number: FixedWidthInteger>(_ number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    mutating func pack(_ request: RequestMark) {
        pack(request.id.high)
        pack(request.id.low)
        pack(request.fingerprint)
    }

    mutating func pack(_ claim: Claim) {
        pack(claim.high)
        pack(claim.low)
    }

    mutating func pack(_ change: ClaimChange) {
        switch change {
        case .taken(let claim):
            append(1)
            pack(claim)
        case .given(let claim):
            append(0)
            pack(claim)
        }
    }
}

enum Packed {
    static let requestSize = 24
    static let claimChangeSize = 17

    /// The request that the bytes pack; nil if they are not 24.
    static func request(_ bytes: UnsafeRawBufferPointer) -> RequestMark? {
        guard bytes.count == requestSize else { return nil }
        return RequestMark(
            id: RequestID(high: number(bytes, 0), low: number(bytes, 8)),
            fingerprint: number(bytes, 16))
    }

    /// The person whom the bytes name; nil if they are not 16.
    static func person(_ bytes: UnsafeRawBufferPointer) -> PersonName? {
        guard bytes.count == 16 else { return nil }
        return PersonName(high: number(bytes, 0), low: number(bytes, 8))
    }

    /// The changes that the bytes pack; nil if they are not a whole number of them, or if one is
    /// neither taken nor given.
    static func claimChanges(_ bytes: UnsafeRawBufferPointer) -> [ClaimChange]? {
        guard !bytes.isEmpty else { return [] }
        guard bytes.count % claimChangeSize == 0 else { return nil }
        var changes: [ClaimChange] = []
        changes.reserveCapacity(bytes.count / claimChangeSize)
        for start in stride(from: 0, to: bytes.count, by: claimChangeSize) {
            switch bytes[start] {
            case 1: changes.append(.taken(claim(bytes, start + 1)))
            case 0: changes.append(.given(claim(bytes, start + 1)))
            default: return nil
            }
        }
        return changes
    }

    /// Whether the changes that the bytes pack could be made: none takes what is held or gives up
    /// what is not.
    static func apply(_ bytes: UnsafeRawBufferPointer, to claims: inout Set<Claim>) -> Bool {
        guard let changes = claimChanges(bytes) else { return false }
        claims.reserveCapacity(claims.count + changes.count)
        for change in changes {
            switch change {
            case .taken(let claim): if !claims.insert(claim).inserted { return false }
            case .given(let claim): if claims.remove(claim) == nil { return false }
            }
        }
        return true
    }

    private static func claim(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Claim {
        Claim(high: number(bytes, start), low: number(bytes, start + 8))
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
}
