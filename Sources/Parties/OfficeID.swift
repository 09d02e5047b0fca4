// SPDX-License-Identifier: Apache-2.0

/// The short name of an office, such as `astana-1`: 1 to 32 lower-case letters, digits and hyphens.
public struct OfficeID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard ShortName.isSound(text, limit: 32) else { return nil }
        description = text
    }

    public static func < (a: OfficeID, b: OfficeID) -> Bool { a.description < b.description }
}

/// The form of short names: lower-case Latin letters, digits and hyphens.
package enum ShortName {
    package static func isSound(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
