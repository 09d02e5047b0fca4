// SPDX-License-Identifier: Apache-2.0

/// What a bulk command reads of each row and adds behind it.
public struct BulkShape: Sendable {
    /// The moments that a row has to have; the first tells the form in which others are written.
    public let moments: [String]
    /// Moments that a row may have, where the command line names none.
    public let further: [String]
    /// Names that may stand in a row in place of those of the command line.
    public let names: [String]
    /// Whether a row may tell in `suspend` when its term stood still.
    public let suspends: Bool
    /// The columns, or names, that are added.
    public let added: [String]

    private init(
        moments: [String], further: [String] = [], names: [String], suspends: Bool,
        added: [String]
    ) {
        self.moments = moments
        self.further = further
        self.names = names
        self.suspends = suspends
        self.added = added + ["provisional", "calendarVersion"]
    }

    /// When something is due.
    public static let due = BulkShape(
        moments: ["accepted"], names: ["standard", "channel"], suspends: true,
        added: ["dueDate", "dueAt"])
    /// How much of a term is left.
    public static let timeLeft = BulkShape(
        moments: ["accepted"], further: ["at"], names: ["standard", "channel"], suspends: true,
        added: [
            "dueAt", "workingDays", "workingMinutes", "calendarDays", "usedPercent", "overdue",
            "suspendedSince",
        ])
    /// The latest moment to start.
    public static let latestStart = BulkShape(
        moments: ["due"], names: ["standard", "channel"], suspends: false,
        added: ["latestStart", "dueAt"])
    /// The working time of an office between two moments.
    public static let workingTime = BulkShape(
        moments: ["from", "to"], names: ["standard", "office"], suspends: false,
        added: ["workingDays", "workingMinutes"])

    /// Those whose values are numbers or truth values, which JSON has without quotes.
    static let plain: Set<String> = [
        "workingDays", "workingMinutes", "calendarDays", "usedPercent", "overdue", "provisional",
    ]

    /// The columns that are read, each once in a table.
    var read: [String] { moments + further + names + (suspends ? [Self.suspend] : []) }

    static let suspend = "suspend"
}

/// A time over which a term stood still, as a row has it.
public struct WrittenSuspension: Hashable, Sendable {
    public let from: WrittenMoment
    /// Nil while it still does.
    public let until: WrittenMoment?

    /// Suspensions as `FROM/UNTIL`, or `FROM/` of one that lasts, with `;`, `,` or `|` between several;
    /// nil for any other text.
    static func list(_ text: String) -> [WrittenSuspension]? {
        var found: [WrittenSuspension] = []
        for part in text.split(whereSeparator: { ";,|".contains($0) }) {
            let ends = part.split(separator: "/", omittingEmptySubsequences: false)
            guard ends.count == 2, let from = WrittenMoment(String(ends[0])), from.time != nil
            else { return nil }
            let until = WrittenMoment(String(ends[1]))
            let isOpen = ends[1].allSatisfy(\.isWhitespace)
            guard isOpen || until?.time != nil else { return nil }
            found.append(WrittenSuspension(from: from, until: until))
        }
        return found
    }
}
