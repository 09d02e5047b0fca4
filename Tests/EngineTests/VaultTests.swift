// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekWire
import Parties
import Testing

@testable import KezekEngine

/// The words about people, sealed each with a key of their own.
@Suite struct VaultTests {
    private static let day = CivilDate("2026-03-19")!
    private static let (first, second) = (Applicant(high: 1, low: 2), Applicant(high: 3, low: 4))
    private static let words = "справка из больницы, қайталап келді"

    private static func keys(_ bytes: UInt8...) -> ApplicantKeys {
        ApplicantKeys(
            latestFirst: bytes.map { Array(repeating: $0, count: ApplicantKeys.length) })!
    }

    @Test func wordsComeBackAndHideInBetween() {
        let vault = Vault(Self.keys(1))
        for words in ["", "a longer one", Self.words, String(repeating: "ә", count: 4_000)] {
            let sealed = vault.seal(words, about: Self.first, on: Self.day)
            #expect(vault.unseal(sealed.bytes) == .words(words))
            #expect(sealed.key.person == PersonName(high: 1, low: 2))
            #expect(sealed.bytes.count == words.utf8.count + 37)
            #expect(words.isEmpty || !contains(sealed.bytes, Array(words.utf8)))
        }
        // The same words twice are not the same bytes, and a person has one key.
        let (one, two) = (
            vault.seal("a", about: Self.first, on: Self.day),
            vault.seal("a", about: Self.first, on: Self.day)
        )
        #expect(one.bytes != two.bytes)
        #expect(one.key == two.key)
        #expect(vault.seal("a", about: Self.second, on: Self.day).key.id != one.key.id)
        #expect(vault.count == 2)
    }

    @Test func whatWasChangedIsNeverTakenForWords() {
        let vault = Vault(Self.keys(1))
        let sealed = vault.seal(Self.words, about: Self.first, on: Self.day).bytes
        for index in sealed.indices {
            var bytes = sealed
            bytes[index] ^= 0x40
            // Where the key's name is changed, there is no such key.
            #expect(vault.unseal(bytes) == ((1...8).contains(index) ? .locked : .damaged))
            #expect(vault.unseal(Array(sealed[..<index])) == .damaged)
        }
        #expect(vault.unseal(sealed + [0]) == .damaged)
    }

    /// Without a key it is known which one is needed: by the nine bytes before the words, and no fewer.
    @Test func sealedBytesNameTheirKey() {
        let sealed = Vault(Self.keys(1)).seal("", about: Self.first, on: Self.day)
        #expect(SealedBytes.key(of: sealed.bytes) == sealed.key.id)
        #expect(SealedBytes.key(of: Array(sealed.bytes.prefix(9))) == sealed.key.id)
        #expect(SealedBytes.key(of: Array(sealed.bytes.prefix(8))) == nil)
        #expect(SealedBytes.key(of: [sealed.bytes[0] ^ 1] + sealed.bytes.dropFirst()) == nil)
    }

    @Test func aKeyThatIsTakenOpensNothingAndTheNextIsAnother() {
        let vault = Vault(Self.keys(1))
        let sealed = vault.seal(Self.words, about: Self.first, on: Self.day)
        let other = vault.seal(Self.words, about: Self.second, on: Self.day)
        let taken = vault.take([sealed.key.person, PersonName(high: 9, low: 9)])
        #expect(taken == [sealed.key])
        #expect(vault.take([sealed.key.person]).isEmpty)
        #expect(vault.unseal(sealed.bytes) == .locked)
        #expect(vault.unseal(other.bytes) == .words(Self.words))
        let after = vault.seal("b", about: Self.first, on: Self.day)
        #expect(after.key.id != sealed.key.id)
        // What could not be destroyed is readable again, and the newer key stays in use.
        vault.putBack(taken)
        #expect(vault.unseal(sealed.bytes) == .words(Self.words))
        #expect(vault.seal("c", about: Self.first, on: Self.day).key.id == after.key.id)
    }

    @Test func keysAreLoadedAndWrappedAnewByALaterKey() throws {
        let vault = Vault(Self.keys(1))
        let sealed = vault.seal(Self.words, about: Self.first, on: Self.day)
        let loaded = Vault(Self.keys(1))
        #expect(try loaded.load([sealed.key]).renewed.isEmpty)
        #expect(loaded.unseal(sealed.bytes) == .words(Self.words))

        let rotated = Vault(Self.keys(2, 1))
        let renewed = try rotated.load([sealed.key]).renewed
        #expect(renewed.map(\.id) == [sealed.key.id])
        #expect(renewed[0].wrapped != sealed.key.wrapped)
        #expect(rotated.unseal(sealed.bytes) == .words(Self.words))
        // Then the earlier key is needed no more.
        #expect(!Self.keys(2).opens(sealed.key) && Self.keys(2).opens(renewed[0]))
        #expect(try Vault(Self.keys(2)).load(renewed).renewed.isEmpty)

        for wrong in [Self.keys(3), Self.keys(2)] {
            #expect(throws: StoreFailure.self) { try Vault(wrong).load([sealed.key]) }
        }
        let moved = PersonKey(
            id: sealed.key.id ^ 1, person: sealed.key.person, wrapped: sealed.key.wrapped,
            used: Self.day)
        // One that was changed loses its words and nothing else.
        let some = Vault(Self.keys(1))
        let other = vault.seal(Self.words, about: Self.second, on: Self.day)
        #expect(try some.load([moved, other.key]).locked == [moved.id])
        #expect(some.unseal(sealed.bytes) == .locked)
        #expect(some.unseal(other.bytes) == .words(Self.words))
    }

    @Test func theLastUseOfAKeyIsRemembered() {
        let vault = Vault(Self.keys(1))
        let (early, late) = (CivilDate("2026-01-12")!, CivilDate("2027-01-12")!)
        _ = vault.seal("a", about: Self.first, on: late)
        #expect(vault.seal("a", about: Self.first, on: early).key.used == late)
        _ = vault.seal("a", about: Self.second, on: early)
        #expect(vault.unused(since: early).isEmpty)
        #expect(vault.unused(since: late) == [PersonName(high: 3, low: 4)])
        #expect(vault.unused(since: late.adding(days: 1)!).count == 2)
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }
}
