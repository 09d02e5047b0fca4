// SPDX-License-Identifier: Apache-2.0

import Parties

/// The short name of a service that is queued for, such as `acceptance`.
///
/// Two offices that name a service alike render the same service: an applicant may have one live
/// booking for it in all of them together.
public struct ServiceID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: ServiceID, b: ServiceID) -> Bool { a.description < b.description }
}

/// The name of a window as it hangs above it, such as `3` or `vip-2`: as an office's name, at most
/// 8 long.
public struct WindowID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 8) else { return nil }
        description = text
    }

    public static func < (a: WindowID, b: WindowID) -> Bool { a.description < b.description }
}

/// The code of a reason in a list of an office's own, such as `disability`: as a service's name.
public struct ListedCode: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: ListedCode, b: ListedCode) -> Bool { a.description < b.description }
}

/// By what an office names who sits at a window, such as `clerk-7`: as a service's name, and no IIN.
///
/// It tells nobody else who that is, and is told in statistics and in the journal alone.
public struct SeatName: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 32), !IIN.isWithin(text) else { return nil }
        description = text
    }

    public static func < (a: SeatName, b: SeatName) -> Bool { a.description < b.description }
}
