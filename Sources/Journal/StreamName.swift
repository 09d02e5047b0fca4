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
    /// The register of what was handed in at one office on one day, by the office's id.
    case applications(String, CivilDate)
    /// The home visits of one office's area, by the office's id.
    case visits(String)
    /// The decrees that have changed calendars.
    case decrees
    /// The people who were forgotten.
    case people
    /// When somebody said that the clock is right.
    case clock
    /// Who read whose name or address on one day, by UTC.
    case reads(CivilDate)
}

extension StreamName: LosslessStringConvertible {
    /// The stream with this text, as `description` gives it; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("offices", 1): self = .offices
        case ("decrees", 1): self = .decrees
        case ("people", 1): self = .people
        case ("clock", 1): self = .clock
        case ("reads", 2):
            guard let date = CivilDate(parts[1]) else { return nil }
            self = .reads(date)
        case ("visits", 2):
            guard !parts[1].isEmpty else { return nil }
            self = .visits(parts[1])
        case ("queue", 3), ("applications", 3):
            guard !parts[1].isEmpty, let date = CivilDate(parts[2]) else { return nil }
            self =
                parts[0] == "queue"
                ? .officeDay(parts[1], date) : .applications(parts[1], date)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .offices: "offices"
        case .officeDay(let office, let date): "queue/\(office)/\(date)"
        case .applications(let office, let date): "applications/\(office)/\(date)"
        case .visits(let area): "visits/\(area)"
        case .decrees: "decrees"
        case .people: "people"
        case .clock: "clock"
        case .reads(let date): "reads/\(date)"
        }
    }
}
