// SPDX-License-Identifier: Apache-2.0

/// How a crew gets from place to place.
///
/// The numbers never change.
public enum TravelProfile: UInt8, CaseIterable, Comparable, Hashable, Sendable {
    case car = 0
    case foot = 1
    case bicycle = 2
    case bus = 3

    /// The name in files.
    public var name: String { "\(self)" }

    /// Nil for a name that is none.
    public init?(name: String) {
        guard let profile = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = profile
    }

    public static func < (a: TravelProfile, b: TravelProfile) -> Bool { a.rawValue < b.rawValue }
}
