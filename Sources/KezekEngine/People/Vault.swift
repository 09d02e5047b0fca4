// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Crypto
import Foundation
import Journal
import KezekWire
import Parties
import Synchronization
import Texts

/// Seals the words that are typed about people, each person's with a key of their own
/// (AES-256-GCM), and keeps those keys, themselves encrypted by the journal's key.
///
/// Destroying a person's key makes their words unreadable wherever copies of the entries lie, and
/// leaves the chain of the journal as it is.
///
/// Sealed words are a 1, the key's id with its highest byte first, a nonce of 12 bytes, the
/// encrypted words, and 16 bytes that show a change.
final class Vault: Sendable {
    private struct Held {
        let row: PersonKey
        let key: SymmetricKey
    }

    private struct State {
        var keys: [UInt64: Held] = [:]
        var ofPerson: [PersonName: UInt64] = [:]
    }

    private static let version: UInt8 = 1
    private let keys: ApplicantKeys
    private let state = Mutex(State())

    init(_ keys: ApplicantKeys) { self.keys = keys }

    /// Takes the keys that the store has.
    ///
    /// - Returns: those that an earlier key of the journal encrypted, encrypted by the present one,
    ///   to be kept in their place; and the ids of those that cannot be opened, whose words stay locked.
    /// - Throws: if every key was encrypted by another key of a journal.
    func load(
        _ rows: [PersonKey]
    ) throws(StoreFailure) -> (renewed: [PersonKey], locked: [UInt64]) {
        var state = State()
        var renewed: [PersonKey] = []
        var locked: [UInt64] = []
        guard rows.isEmpty || rows.contains(where: { keys.opens($0) }) else {
            throw StoreFailure(
                "the words about people were sealed by another key than the one beside the "
                    + "journal: restore the key that belongs to it")
        }
        for row in rows {
            guard let (key, isEarlier) = unwrap(row) else {
                locked.append(row.id)
                continue
            }
            let kept = isEarlier ? wrap(key, id: row.id, row.person, used: row.used) : row
            if isEarlier { renewed.append(kept) }
            state.keys[row.id] = Held(row: kept, key: key)
            state.ofPerson[row.person] = row.id
        }
        let loaded = state
        self.state.withLock { $0 = loaded }
        return (renewed, locked)
    }

    /// Seals words about a person; `key` is to be kept with the entry in which they stand.
    func seal(
        _ words: String, about applicant: Applicant, on date: CivilDate
    ) -> (bytes: [UInt8], key: PersonKey) {
        let held = state.withLock { state in
            let held = use(PersonName(applicant), date, &state)
            state.keys[held.row.id] = held
            state.ofPerson[held.row.person] = held.row.id
            return held
        }
        let head = Self.head(held.row.id)
        // Only a key of another length than 32 bytes makes it fail.
        let box = try! AES.GCM.seal(Data(words.utf8), using: held.key, authenticating: head)
        return (head + Array(box.combined!), held.row)
    }

    private func use(_ person: PersonName, _ date: CivilDate, _ state: inout State) -> Held {
        if let known = state.ofPerson[person].flatMap({ state.keys[$0] }) {
            guard known.row.used < date else { return known }
            return Held(
                row: PersonKey(
                    id: known.row.id, person: person, wrapped: known.row.wrapped, used: date),
                key: known.key)
        }
        let key = SymmetricKey(size: .bits256)
        var id = UInt64.random(in: .min ... .max)
        while state.keys[id] != nil { id = UInt64.random(in: .min ... .max) }
        return Held(row: wrap(key, id: id, person, used: date), key: key)
    }

    /// The words in sealed bytes.
    func unseal(_ bytes: [UInt8]) -> WordUnsealing.Outcome {
        guard let id = Self.key(of: bytes) else { return .damaged }
        let head = Array(bytes[..<9])
        guard let key = state.withLock({ $0.keys[id]?.key }) else { return .locked }
        guard let box = try? AES.GCM.SealedBox(combined: bytes[9...]),
            let words = try? AES.GCM.open(box, using: key, authenticating: head),
            let text = String(validating: words, as: UTF8.self)
        else { return .damaged }
        return .words(text)
    }

    /// How records are read with these keys.
    var unsealing: WordUnsealing { WordUnsealing { self.unseal($0) } }

    // MARK: Forgetting

    /// Takes the keys of people out: from now on nothing of theirs can be read, and new words get a
    /// new key.
    func take(_ people: [PersonName]) -> [PersonKey] {
        state.withLock { state in
            people.compactMap { person in
                state.ofPerson.removeValue(forKey: person)
                    .flatMap { state.keys.removeValue(forKey: $0) }?.row
            }
        }
    }

    /// Puts keys back whose destruction was lost on the way to the disk.
    func putBack(_ rows: [PersonKey]) {
        state.withLock { state in
            for row in rows {
                guard let (key, _) = unwrap(row) else { continue }
                state.keys[row.id] = Held(row: row, key: key)
                // Somebody may have got another key meanwhile, which then stays theirs.
                if state.ofPerson[row.person] == nil { state.ofPerson[row.person] = row.id }
            }
        }
    }

    /// The people whose words were sealed last before a day.
    func unused(since date: CivilDate) -> [PersonName] {
        state.withLock { $0.keys.values.filter { $0.row.used < date }.map(\.row.person) }
    }

    var count: Int { state.withLock { $0.keys.count } }

    // MARK: Keys encrypted

    private func wrap(
        _ key: SymmetricKey, id: UInt64, _ person: PersonName, used: CivilDate
    ) -> PersonKey {
        let generation = keys.generations[0]
        let plain = key.withUnsafeBytes { Data($0) }
        let box = try! AES.GCM.seal(
            plain, using: generation.master, authenticating: Self.head(id))
        return PersonKey(
            id: id, person: person, wrapped: generation.tag + Array(box.combined!), used: used)
    }

    private func unwrap(_ row: PersonKey) -> (key: SymmetricKey, isEarlier: Bool)? {
        guard row.wrapped.count > 4,
            let generation = keys.generation(Array(row.wrapped[..<4])),
            let box = try? AES.GCM.SealedBox(combined: row.wrapped[4...]),
            let plain = try? AES.GCM.open(
                box, using: generation.master, authenticating: Self.head(row.id)),
            plain.count == ApplicantKeys.length
        else { return nil }
        return (SymmetricKey(data: plain), generation.tag != keys.generations[0].tag)
    }

    fileprivate static func key(of bytes: [UInt8]) -> UInt64? {
        guard bytes.count >= 9, bytes[0] == version else { return nil }
        return bytes[1..<9].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func head(_ id: UInt64) -> [UInt8] {
        [version] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: id >> $0) }
    }
}

/// What sealed words tell of themselves without a key.
package enum SealedBytes {
    /// The id of the key that they are sealed with; nil if the bytes are no sealed words.
    package static func key(of bytes: [UInt8]) -> UInt64? { Vault.key(of: bytes) }
}

extension PersonName {
    init(_ applicant: Applicant) { self.init(high: applicant.high, low: applicant.low) }
}
