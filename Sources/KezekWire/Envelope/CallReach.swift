// SPDX-License-Identifier: Apache-2.0

/// What a call touches, as far as roles are limited to offices.
public enum CallReach: Hashable, Sendable {
    /// No office in particular, and none is harmed.
    case nothing
    /// One office, or something of one.
    case office
    /// All of them.
    case allOffices
    /// The office that it names, or all of them if it names none.
    case officeOrAll
}
