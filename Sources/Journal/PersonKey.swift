// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The key of one person's words, as a store keeps it: beside the entries and outside their chain,
/// so that it can be destroyed.
public struct PersonKey: Hashable, Sendable {
    /// Chosen at random; what is sealed with the key names it.
    public let id: UInt64
    /// Who it belongs to, as the journal names people.
    public let person: PersonName
    /// The key, itself encrypted.
    public let wrapped: [UInt8]
    /// When words were last sealed with it.
    public let used: CivilDate

    public init(id: UInt64, person: PersonName, wrapped: [UInt8], used: CivilDate) {
        self.id = id
        self.person = person
        self.wrapped = wrapped
        self.used = used
    }
}

/// The 16 bytes by which the journal names a person.
public struct PersonName: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
