// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The unit of consistency: everything that a decision looks at lies in one stream, or in two that
/// are changed at once.
///
///     StreamName.officeDay("astana-1", CivilDate("2026-03-19")!).description  // "queue/astana-1/2026-03-19"
public enum StreamName: Hashable, Sendable {
    /// The register of offices.
    case offices
    /// One office's day in the queue, by the office's id.
    case officeDay(String, CivilDate)
}

extension StreamName: LosslessStringConvertible {
    /// The stream with this text, as `description` gives it; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("offices", 1): self = .offices
        case ("queue", 3):
            guard !parts[1].isEmpty, let date = CivilDate(parts[2]) else { return nil }
            self = .officeDay(parts[1], date)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .offices: "offices"
        case .officeDay(let office, let date): "queue/\(office)/\(date)"
        }
    }
}
