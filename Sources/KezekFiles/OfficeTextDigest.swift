// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// The first 16 bytes of a text's SHA-256.
///
/// The same lines of a file give the same digests, by which an import that is repeated is known for
/// the one it repeats.
public struct TextDigest: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(of text: String) {
        func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
        let digest = Array(SHA256.hash(data: Data(text.utf8)))
        high = number(digest[0..<8])
        low = number(digest[8..<16])
    }
}
