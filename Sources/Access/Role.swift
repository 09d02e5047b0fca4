// SPDX-License-Identifier: Apache-2.0

/// As what a system or a person calls.
///
/// The numbers are those of the wire.
public enum Role: UInt8, CaseIterable, Hashable, Sendable {
    /// A machine in the hall that gives out tickets and shows the board.
    case kiosk = 1
    /// The e-government portal, for applicants.
    case portal = 2
    /// Somebody at a window.
    case clerk = 3
    /// An office's system, or its manager.
    case office = 4
    /// Whoever plans visits to applicants at home.
    case dispatcher = 5
    /// The unified contact centre 1414.
    case contactCentre = 6
    /// Whoever runs the server.
    case `operator` = 7

    /// The name in files and on the command line, such as `contact-centre`.
    public var name: String { self == .contactCentre ? "contact-centre" : "\(self)" }

    /// Nil unless the text is the name of a role.
    public init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}
