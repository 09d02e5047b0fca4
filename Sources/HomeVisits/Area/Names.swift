// SPDX-License-Identifier: Apache-2.0

public import Parties

/// The short name of a crew, such as `crew-1`: as an office's name, at most 16 long.
public struct CrewID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 16) else { return nil }
        description = text
    }

    public static func < (a: CrewID, b: CrewID) -> Bool { a.description < b.description }
}

/// The short name of something that a crew can do or has with it, such as `sign-language`: at most
/// 24 long.
public struct NeedID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 24) else { return nil }
        description = text
    }

    public static func < (a: NeedID, b: NeedID) -> Bool { a.description < b.description }
}

/// The short name of somebody who works in a crew: at most 32 long.
public struct MemberID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: MemberID, b: MemberID) -> Bool { a.description < b.description }
}

/// A visit by its area and its number there, such as `astana-1/17`.
public struct HomeVisitID: Hashable, Sendable, LosslessStringConvertible {
    public let area: OfficeID
    /// From 1 on, in the order in which visits were asked for.
    public let number: UInt32

    /// Nil for the number 0.
    public init?(area: OfficeID, number: UInt32) {
        guard number > 0 else { return nil }
        self.area = area
        self.number = number
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let area = OfficeID(String(parts[0])),
            let number = UInt32(parts[1])
        else { return nil }
        self.init(area: area, number: number)
    }

    public var description: String { "\(area)/\(number)" }
}
