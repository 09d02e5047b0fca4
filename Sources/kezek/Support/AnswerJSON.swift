// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries

/// What an answer rests on, as JSON.
struct BasisJSON: Encodable {
    struct Estimate: Encodable {
        let date: String
        let withinDays: Int
        let name: String
        let act: String
    }

    let calendar: String
    let calendarVersion: String
    let asKnownOn: String
    let provisional: Bool
    let provisionalDates: [Estimate]

    init(_ basis: Basis) {
        calendar = basis.calendar
        calendarVersion = basis.version
        asKnownOn = basis.asKnownOn.description
        provisional = basis.isProvisional
        provisionalDates = basis.estimates.map {
            Estimate(
                date: $0.date.description, withinDays: $0.withinDays, name: $0.name, act: $0.act)
        }
    }
}

/// A value together with its basis, in one flat object.
struct WithBasis<Value: Encodable>: Encodable {
    let value: Value
    let basis: Basis

    init(_ value: Value, _ basis: Basis) {
        self.value = value
        self.basis = basis
    }

    func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
        try BasisJSON(basis).encode(to: encoder)
    }
}

/// A day's reason, as JSON.
struct ReasonJSON: Encodable {
    let kind: String
    let reason: String
    let act: String
    /// Only of a day that rests by an estimate: how far the announced holiday may lie away.
    let withinDays: Int?

    init(_ reason: Proof.Reason) {
        kind = "\(reason.kind)"
        self.reason = reason.text
        act = reason.act
        withinDays = reason.withinDays
    }
}
