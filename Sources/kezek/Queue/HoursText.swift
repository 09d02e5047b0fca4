// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

/// When an office is open, for a person.
struct HoursText {
    let language: Language

    /// The weeks of a book, then its changes and its dates, each with its act.
    func lines(_ book: HoursBook) -> [String] {
        var lines = schedule(book.base)
        for change in book.changes.sorted(by: { ($0.from, $0.known) < ($1.from, $1.known) }) {
            let from = language.pick(
                "\(change.from) бастап", "с \(change.from)", "from \(change.from)")
            let hours = change.schedule.map(schedule) ?? [takenBack]
            lines.append("\(from): \(hours.joined(separator: "; ")) (\(change.act[language]))")
        }
        for dated in book.dates.sorted(by: { ($0.date, $0.known) < ($1.date, $1.known) }) {
            let hours =
                switch dated.hours {
                case .open(let hours): times(hours.intervals)
                case .closed: closed
                case .takenBack: takenBack
                }
            let day = language.weekdayAbbreviation(dated.date.weekday)
            lines.append("\(dated.date) \(day): \(hours) (\(dated.act[language]))")
        }
        return lines
    }

    private func schedule(_ schedule: HoursBook.Schedule) -> [String] {
        [week(schedule.week)]
            + schedule.seasons.map { season in
                let act = season.act.map { " (\($0[language]))" } ?? ""
                return "\(season.first)…\(season.last): \(week(season.week))\(act)"
            }
    }

    private func week(_ week: WeekHours) -> String {
        switch week {
        case .everyWorkingDay(let hours): times(hours.intervals)
        case .weekdays(let table): weekdays(table.mapValues(\.intervals))
        }
    }

    /// The hours of a week, weekdays with the same hours together.
    func weekdays(_ table: [Weekday: [DayInterval]]) -> String {
        var groups: [(days: [Weekday], hours: [DayInterval])] = []
        for weekday in Weekday.allCases {
            guard let hours = table[weekday], !hours.isEmpty else { continue }
            if let last = groups.last, last.hours == hours,
                last.days.last?.rawValue == weekday.rawValue - 1
            {
                groups[groups.count - 1].days.append(weekday)
            } else {
                groups.append(([weekday], hours))
            }
        }
        return groups.map { group in
            let names = [group.days.first, group.days.last].compactMap { $0 }
                .map(language.weekdayAbbreviation)
            let days = group.days.count == 1 ? names[0] : names.joined(separator: "–")
            return "\(days) \(group.hours.map(\.text).joined(separator: " "))"
        }.joined(separator: ", ")
    }

    func times(_ intervals: [DayInterval]) -> String {
        intervals.map { "\($0.start)–\($0.end)" }.joined(separator: ", ")
    }

    private var closed: String { language.pick("жабық", "закрыто", "closed") }
    private var takenBack: String { language.pick("күші жойылды", "отменено", "taken back") }
}

/// When an office is open, as JSON: in the words of its file.
struct HoursJSON {
    let language: Language

    func book(_ book: HoursBook) -> JSONObject {
        [
            "schedule": schedule(book.base),
            "changes": book.changes.map { change in
                [
                    "from": change.from.description, "known": change.known.description,
                    "schedule": change.schedule.map(schedule), "act": change.act[language],
                ] as JSONObject
            },
            "dates": book.dates.map { dated in
                var hours: [String]?
                switch dated.hours {
                case .open(let open): hours = open.intervals.map(\.description)
                case .closed: hours = []
                case .takenBack: hours = nil
                }
                return [
                    "date": dated.date.description, "known": dated.known.description,
                    "hours": hours, "act": dated.act[language],
                ] as JSONObject
            },
        ]
    }

    private func schedule(_ schedule: HoursBook.Schedule) -> JSONObject {
        [
            "week": week(schedule.week),
            "seasons": schedule.seasons.map { season in
                [
                    "from": season.first.description, "to": season.last.description,
                    "week": week(season.week), "act": season.act?[language],
                ] as JSONObject
            },
        ]
    }

    private func week(_ week: WeekHours) -> [String: [String]] {
        switch week {
        case .everyWorkingDay(let hours): ["workingDay": hours.intervals.map(\.description)]
        case .weekdays(let table):
            Dictionary(
                uniqueKeysWithValues: table.map { ($0.name, $1.intervals.map(\.description)) })
        }
    }
}
