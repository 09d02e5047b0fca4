// SPDX-License-Identifier: Apache-2.0

/// Some of the roles.
public struct Roles: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public init(_ role: Role) { rawValue = 1 << role.rawValue }

    public static let kiosk = Roles(.kiosk)
    public static let portal = Roles(.portal)
    public static let clerk = Roles(.clerk)
    public static let office = Roles(.office)
    public static let dispatcher = Roles(.dispatcher)
    public static let contactCentre = Roles(.contactCentre)
    public static let `operator` = Roles(.operator)
    public static let everybody = Roles(Role.allCases.map { Roles($0) })

    public func contains(_ role: Role) -> Bool { contains(Roles(role)) }
}
