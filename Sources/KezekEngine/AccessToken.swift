// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
public import KezekWire

/// A token: 32 random bytes in words of the web, behind `kezek_`.
///
/// As nobody can guess one, its plain hash is as good as a slow one would be.
public enum AccessToken {
    /// A token that nobody else has.
    public static func new() -> String {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return "kezek_"
            + bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// What is kept of a token.
    public static func digest(_ token: String) -> [UInt8] {
        digest(Array(token.utf8))
    }

    /// What is kept of a token; no copy of it stays in memory.
    public static func digest(_ token: Secret) -> [UInt8] {
        var hash = SHA256()
        token.withBytes { hash.update(bufferPointer: $0) }
        let digest = Array(hash.finalize())
        // A token is shorter than the block in which the hash keeps what it has not worked in yet.
        hash.update(data: [UInt8](repeating: 0, count: SHA256.blockByteCount))
        return digest
    }

    /// The SHA-256 of a token's or a certificate's bytes.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
