// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Journal
import Parties
import Queue

/// Turns who somebody is into 16 bytes that do not tell, by a keyed hash (HMAC-SHA256).
///
/// Without the key, the twelve digits of an IIN could be found by trying them all.
public struct ApplicantKeys: Sendable {
    /// Length of a key in bytes.
    public static let length = 32

    /// A code that has taken the key in and nothing else: copied for each name.
    private let prepared: HMAC<SHA256>

    /// Nil unless the key has 32 bytes.
    public init?(_ key: [UInt8]) {
        guard key.count == ApplicantKeys.length else { return nil }
        prepared = HMAC<SHA256>(key: SymmetricKey(data: key))
    }

    /// A key that nobody else has.
    public static func newKey() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    func applicant(_ name: ApplicantName) -> Applicant {
        let (high, low) =
            switch name {
            case .iin(let iin): hash("i", iin.digits)
            case .reference(let reference): hash("r", reference)
            }
        return Applicant(high: high, low: low)
    }

    private func hash(_ kind: String, _ text: String) -> (UInt64, UInt64) {
        var code = prepared
        var text = kind + text
        text.withUTF8 { code.update(data: UnsafeRawBufferPointer($0)) }
        return code.finalize().withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

extension Journal.Claim {
    /// The claim to the one live booking that an applicant may have for a service.
    init(_ applicant: Applicant, _ service: ServiceID) {
        var mix = Fingerprint()
        mix.add(service.description)
        // The applicant's bytes are uniform already; the service shifts them elsewhere.
        self.init(high: applicant.high ^ mix.value, low: applicant.low)
    }
}
