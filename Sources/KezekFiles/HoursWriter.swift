// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

/// Writes a book of hours as `HoursSection` reads it; a lunch break is written as the gap that it is.
enum HoursWriter {
    static func block(_ book: HoursBook) -> [String] {
        if let hours = book.onlyHours { return ["hours: \(times(hours.intervals))"] }
        var lines = ["hours:"] + schedule(book.base, "  ")
        if !book.changes.isEmpty {
            lines.append("  changes:")
            for change in book.changes {
                lines += ["    - from: \(change.from)", "      known: \(change.known)"]
                if let schedule = change.schedule {
                    lines += self.schedule(schedule, "      ")
                } else {
                    lines.append("      status: taken-back")
                }
                lines += YAMLText.block("act", change.act, indent: "      ")
            }
        }
        if !book.dates.isEmpty {
            lines.append("  dates:")
            for dated in book.dates {
                lines += ["    - date: \(dated.date)", "      known: \(dated.known)"]
                switch dated.hours {
                case .open(let hours): lines.append("      hours: \(times(hours.intervals))")
                case .closed: lines.append("      hours: []")
                case .takenBack: lines.append("      status: taken-back")
                }
                lines += YAMLText.block("act", dated.act, indent: "      ")
            }
        }
        return lines
    }

    private static func schedule(_ schedule: HoursBook.Schedule, _ indent: String) -> [String] {
        var lines = week(schedule.week, indent)
        guard !schedule.seasons.isEmpty else { return lines }
        lines.append("\(indent)seasons:")
        for season in schedule.seasons {
            lines.append("\(indent)  - from: \"\(season.first)\"")
            lines.append("\(indent)    to: \"\(season.last)\"")
            lines += week(season.week, "\(indent)    ")
            if let act = season.act {
                lines += YAMLText.block("act", act, indent: "\(indent)    ")
            }
        }
        return lines
    }

    private static func week(_ week: WeekHours, _ indent: String) -> [String] {
        switch week {
        case .everyWorkingDay(let hours): return ["\(indent)week: \(times(hours.intervals))"]
        case .weekdays(let table):
            return ["\(indent)week:"]
                + Weekday.allCases.compactMap { weekday in
                    table[weekday].map { "\(indent)  \(weekday.name): \(times($0.intervals))" }
                }
        }
    }

    private static func times(_ intervals: [DayInterval]) -> String {
        "[\(intervals.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
}
