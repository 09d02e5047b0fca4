// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Texts

extension PersonWords {
    /// The field that is too long or has a control character in it; nil if all are sound.
    public var fault: AreaFault? {
        let fields = [
            ("name", name, CallLimit.personNameBytes),
            ("address", address, CallLimit.personAddressBytes),
            ("telephone", telephone, CallLimit.personTelephoneBytes),
        ]
        for (field, text, limit) in fields {
            if text.utf8.count > limit {
                return AreaFault(field: field, problem: "at most \(limit) bytes")
            }
            if !text.isPlainLine {
                return AreaFault(
                    field: field,
                    problem: "a line break, control character or one that nobody sees is in it")
            }
        }
        return nil
    }

    /// What is told of a person in words.
    public enum Field: String, CaseIterable, Sendable {
        case name, address, telephone
    }

    /// What is left empty: without it the crew stands before an unknown door, or nobody can be told of a
    /// promise that cannot be kept.
    public var missing: [Field] {
        [(Field.name, name), (.address, address), (.telephone, telephone)]
            .filter { $0.1.isEmpty || $0.1.isBlank }.map(\.0)
    }

    private static let separator = "\u{1F}"

    /// All of it as one text, to be sealed as one.
    public var joined: String {
        ["\(place.longitude)", "\(place.latitude)", name, address, telephone]
            .joined(separator: Self.separator)
    }

    /// What was joined; nil for any other text.
    public init?(joined: String) {
        let parts = joined.split(separator: "\u{1F}", omittingEmptySubsequences: false)
        guard parts.count == 5, let longitude = Int32(parts[0]), let latitude = Int32(parts[1]),
            let place = HomePoint(longitude: longitude, latitude: latitude)
        else { return nil }
        self.init(
            name: String(parts[2]), address: String(parts[3]), telephone: String(parts[4]),
            place: place)
    }
}
