// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Texts

/// What a book of hours may hold; a range may become wider, never narrower.
public enum HoursLimits {
    /// The most intervals of a day.
    public static let intervals = 16
    /// The most seasons of a schedule.
    public static let seasons = 12
    /// The most changes of the schedule, and the most single dates.
    public static let changes = 200
    public static let dates = 1_000
}

/// A contradiction between entries of a book of hours, or an entry that says nothing.
public struct HoursFault: Error, Hashable, Sendable {
    /// The field, such as `changes[2].known`.
    public let field: String
    public let problem: Phrase
}

extension HoursBook {
    /// What contradicts itself, says nothing or is too much, in the order of the book's lists.
    public func faults() -> [HoursFault] {
        var found = seasonFaults(of: base, "")
        for (index, change) in changes.enumerated() {
            if let schedule = change.schedule {
                found += seasonFaults(of: schedule, "changes[\(index)].")
            }
        }
        found += count(changes.count, HoursLimits.changes, "changes")
        found += historyFaults(
            changes.map { Entry(subject: $0.from, known: $0.known, takesBack: $0.schedule == nil) },
            "changes")
        found += count(dates.count, HoursLimits.dates, "dates")
        found += historyFaults(
            dates.map {
                Entry(subject: $0.date, known: $0.known, takesBack: $0.hours == .takenBack)
            },
            "dates")
        return found
    }

    private func count(_ count: Int, _ limit: Int, _ field: String) -> [HoursFault] {
        count <= limit
            ? [] : [HoursFault(field: field, problem: "expected at most \(limit) entries")]
    }

    private func seasonFaults(of schedule: Schedule, _ prefix: String) -> [HoursFault] {
        var found = count(schedule.seasons.count, HoursLimits.seasons, "\(prefix)seasons")
        for (index, season) in schedule.seasons.enumerated() {
            let other = schedule.seasons[..<index].firstIndex { $0.overlaps(season) }
            if let other {
                found.append(
                    HoursFault(
                        field: "\(prefix)seasons[\(index)].from",
                        problem:
                            "expected days that no other season has; seasons[\(other)] has some"))
            }
        }
        return found
    }

    /// An entry of a list of which the one known last holds.
    private struct Entry {
        let subject: CivilDate
        let known: CivilDate
        let takesBack: Bool
    }

    private func historyFaults(_ entries: [Entry], _ list: String) -> [HoursFault] {
        var found: [(index: Int, fault: HoursFault)] = []
        for group in Dictionary(grouping: entries.indices, by: { entries[$0].subject }).values {
            let inOrder = group.sorted { (entries[$0].known, $0) < (entries[$1].known, $1) }
            var isInForce = false
            for (place, index) in inOrder.enumerated() {
                let entry = entries[index]
                if place > 0, entries[inOrder[place - 1]].known == entry.known {
                    found.append(
                        (
                            index,
                            HoursFault(
                                field: "\(list)[\(index)].known",
                                problem: """
                                    expected a 'known' day of its own; \
                                    \("\(list)[\(inOrder[place - 1])]") speaks of \(entry.subject) and is \
                                    known from then on too
                                    """)
                        ))
                } else if entry.takesBack, !isInForce {
                    found.append(
                        (
                            index,
                            HoursFault(
                                field: "\(list)[\(index)].status",
                                problem:
                                    "expected an entry of \(entry.subject) in force to take back")
                        ))
                }
                isInForce = !entry.takesBack
            }
        }
        return found.sorted { $0.index < $1.index }.map(\.fault)
    }
}

extension HoursBook.Season {
    /// Whether the two have a day in common.
    fileprivate func overlaps(_ other: HoursBook.Season) -> Bool {
        contains(other.first) || other.contains(first)
    }
}
