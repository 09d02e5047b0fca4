// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Crypto
import Foundation
public import Journal
import Parties
import Queue

/// Turns who somebody is into 16 bytes that do not tell, by a keyed hash (HMAC-SHA256).
///
/// Without the key, the twelve digits of an IIN could be found by trying them all. A key can be
/// followed by another: whoever comes anew is hashed with the latest, and what is under way by the
/// earlier ones is found as long as they are kept.
public struct ApplicantKeys: Sendable {
    /// Length of a key in bytes.
    public static let length = 32
    /// Keys at one time.
    public static let limit = 8
    /// Bytes by which a journal knows a key.
    public static let checkLength = 16

    /// One key, by what is made of it.
    struct Generation: Sendable {
        /// Of names of people.
        let prepared: KeyedHash
        /// The same of what bookings' secrets are made with.
        let links: KeyedHash
        /// From when on its secrets are taken no more; nil for as long as it is kept.
        let linksUntil: Timestamp?
        /// Encrypts the keys of people's words.
        let master: SymmetricKey
        /// Tells by which key something was encrypted, and nothing of the key.
        let tag: [UInt8]
        /// By what a journal knows the key.
        let check: [UInt8]

        init(_ key: SymmetricKey, linksUntil: Timestamp?) {
            prepared = key.withUnsafeBytes { KeyedHash($0) }
            links = Self.derived(key, "kezek booking links", 32).withUnsafeBytes { KeyedHash($0) }
            self.linksUntil = linksUntil
            master = Self.derived(key, "kezek words", 32)
            tag = Self.derived(key, "kezek key tag", 4).withUnsafeBytes { Array($0) }
            check = Self.derived(key, "kezek journal", ApplicantKeys.checkLength).withUnsafeBytes {
                Array($0)
            }
        }

        private static func derived(
            _ key: SymmetricKey, _ use: String, _ count: Int
        ) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Data(use.utf8), outputByteCount: count)
        }
    }

    /// The latest first.
    let generations: [Generation]

    /// Nil unless the key has 32 bytes.
    public init?(_ key: [UInt8]) { self.init(latestFirst: [key]) }

    /// Nil unless there are one to eight keys of 32 bytes each.
    ///
    /// `linksUntil` has for each key from when on the secrets of bookings that were made with it are
    /// taken no more; nil, and what it does not reach, is for as long as the key is kept.
    public init?(latestFirst keys: [[UInt8]], linksUntil: [Timestamp?] = []) {
        guard (1...ApplicantKeys.limit).contains(keys.count),
            keys.allSatisfy({ $0.count == ApplicantKeys.length })
        else { return nil }
        generations = keys.enumerated().map { place, key in
            Generation(
                SymmetricKey(data: key),
                linksUntil: place < linksUntil.count ? linksUntil[place] : nil)
        }
    }

    /// A key that nobody else has.
    public static func newKey() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// Who somebody is from now on.
    func applicant(_ name: ApplicantName) -> Applicant { generations[0].applicant(name) }

    /// Who somebody has been by the earlier keys.
    func earlier(_ name: ApplicantName) -> [Applicant] {
        generations.dropFirst().map { $0.applicant(name) }
    }

    /// Who somebody is or has been, the present first.
    func all(_ name: ApplicantName) -> [Applicant] { generations.map { $0.applicant(name) } }

    /// Who somebody has been the longest: stays the same when a key is added.
    func earliest(_ name: ApplicantName) -> Applicant {
        generations[generations.count - 1].applicant(name)
    }

    /// By what a journal knows its keys: 16 bytes of each, the present one first, which tell nothing of it.
    public var checks: [[UInt8]] { generations.map(\.check) }

    /// Whether one of these keys encrypted a key of a person's words.
    public func opens(_ key: PersonKey) -> Bool { generation(Array(key.wrapped.prefix(4))) != nil }

    /// The present key's generation, or the earlier one with that tag.
    func generation(_ tag: [UInt8]) -> Generation? { generations.first { $0.tag == tag } }
}

extension ApplicantKeys.Generation {
    func applicant(_ name: ApplicantName) -> Applicant {
        let (high, low) =
            switch name {
            case .iin(let iin): hash("i", iin.digits)
            case .reference(let reference): hash("r", reference)
            }
        return Applicant(high: high, low: low)
    }

    private func hash(_ kind: String, _ text: String) -> (UInt64, UInt64) {
        var text = kind + text
        let (high, low, _) = text.withUTF8 { prepared.numbers(of: UnsafeRawBufferPointer($0)) }
        return (high, low)
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
