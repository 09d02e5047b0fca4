// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// A source of law (or, for an estimate, of computation) that a calendar entry rests on.
public struct Act: Hashable, Sendable {
    /// How an office cites it.
    public let title: LocalizedText
    /// The day of the act; nil if it was not found.
    public let date: CivilDate?

    public init(title: LocalizedText, date: CivilDate?) {
        self.title = title
        self.date = date
    }
}
