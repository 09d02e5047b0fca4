// SPDX-License-Identifier: Apache-2.0

/// The number by which a visit is known outside.
public struct VisitID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    public var description: String { "visit \(number)" }

    public static func < (a: VisitID, b: VisitID) -> Bool { a.number < b.number }
}

/// The number by which a shift, one crew on one day, is known outside.
public struct ShiftID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    public var description: String { "shift \(number)" }

    public static func < (a: ShiftID, b: ShiftID) -> Bool { a.number < b.number }
}

/// A place, by its row in the travel matrix.
public struct Place: Hashable, Sendable {
    public let row: Int

    public init(_ row: Int) { self.row = row }
}

/// Something a crew can do or has with it, such as a language, sign language or the mobile kit.
public struct Skill: Hashable, Comparable, Sendable {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    public static func < (a: Skill, b: Skill) -> Bool { a.number < b.number }
}
