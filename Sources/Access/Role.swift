// SPDX-License-Identifier: Apache-2.0

extension Role {
    /// The name in files and on the command line, such as `contact-centre`.
    public var name: String { self == .contactCentre ? "contact-centre" : "\(self)" }

    /// Nil unless the text is the name of a role.
    public init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}
