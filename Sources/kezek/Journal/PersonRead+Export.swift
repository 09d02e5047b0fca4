// SPDX-License-Identifier: Apache-2.0

import KezekWire
import Parties

extension PersonRead {
    /// As an export shows it: whose record was read and how, and nothing of what it says.
    var exported: (name: String, fields: [String: String]) {
        var fields = ["area": area.description, "minute": "\(minute)"]
        switch kind {
        case .visit: fields["visit"] = "\(visit)"
        case .plan:
            fields["visit"] = "\(visit)"
            fields["within"] = "plan"
        case .watch: fields["within"] = "watch"
        }
        return ("read", fields)
    }
}
