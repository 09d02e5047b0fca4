// SPDX-License-Identifier: Apache-2.0

import Parties

/// Somebody who keeps what was typed about people, and can forget it.
protocol PeopleKeeper: Sendable {
    /// What of these people is under way; nil if nothing is.
    func underWay(_ people: Set<Applicant>) -> String?

    /// Their keys are destroyed.
    func forget(_ people: Set<Applicant>)
}
