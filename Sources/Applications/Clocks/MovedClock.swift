// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A clock that a decree moves.
public struct MovedClock: Hashable, Sendable {
    public let id: ApplicationID
    public let kind: ClockKind
    public let from: CivilDateTime
    public let to: CivilDateTime
    /// The changed days that moved it, by their places in the decree's list of changes.
    public let changes: Range<Int>

    public init(
        id: ApplicationID, kind: ClockKind, from: CivilDateTime, to: CivilDateTime,
        changes: Range<Int>
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.to = to
        self.changes = changes
    }
}
