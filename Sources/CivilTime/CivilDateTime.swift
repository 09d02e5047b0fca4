// SPDX-License-Identifier: Apache-2.0

/// A date and a time of day as a wall clock shows them, without a zone.
public struct CivilDateTime: Hashable, Comparable, Sendable {
    public let date: CivilDate
    public let time: TimeOfDay

    @inlinable
    public init(_ date: CivilDate, _ time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    @inlinable
    public static func < (a: CivilDateTime, b: CivilDateTime) -> Bool {
        (a.date, a.time) < (b.date, b.time)
    }
}

extension CivilDateTime: LosslessStringConvertible {
    /// A date and time written as `YYYY-MM-DDTHH:MM` or `…:SS`, with `T` or one space between.
    public init?(_ text: String) {
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == "T" || $0 == " " })
        guard parts.count == 2, let date = CivilDate(String(parts[0])),
            let time = TimeOfDay(String(parts[1]))
        else { return nil }
        self.init(date, time)
    }

    /// `YYYY-MM-DDTHH:MM`, and `:SS` only if the seconds are not zero.
    public var description: String { "\(date)T\(time)" }
}
