// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

extension CalendarFile {
    /// A kind of week: its rule of the beginning, and the rules that follow.
    static func week(
        _ id: String, _ field: Field, _ acts: Acts, _ years: ClosedRange<Int>
    ) throws(FileFault) -> WeekPattern {
        var fields = try field.fields()
        let title = try fields.required("title").localized()
        let base = try weekRule(&fields, acts)
        var changes: [WeekPattern.Change] = []
        if let list = fields.optional("changes") {
            let items = try list.items()
            guard items.count <= weekChangeLimit else {
                throw list.fault("expected at most \(weekChangeLimit) entries")
            }
            for item in items { changes.append(try weekChange(item, acts, years)) }
        }
        try fields.finish()
        return WeekPattern(
            id: id, title: title, restDays: base.restDays, act: base.act,
            balanceMinutes: base.balanceMinutes, changes: changes)
    }

    /// The most changes of one week.
    static let weekChangeLimit = 50

    private static func weekChange(
        _ field: Field, _ acts: Acts, _ years: ClosedRange<Int>
    ) throws(FileFault) -> WeekPattern.Change {
        var fields = try field.fields()
        let fromField = try fields.required("from")
        let from = try fromField.date()
        guard years.contains(from.year) else {
            throw fromField.fault("expected a day of \(years.lowerBound)-\(years.upperBound)")
        }
        let known = try fields.required("known").date()
        let takesBack =
            try fields.optional("status").map { (field) throws(FileFault) in
                try field.word(["in-force": false, "taken-back": true])
            } ?? false
        var rule: WeekRule?
        let act: Act
        if takesBack {
            act = try acts.act(fields.required("act"))
        } else {
            let read = try weekRule(&fields, acts)
            (rule, act) = (read, read.act)
        }
        try fields.optional("note")?.note()
        try fields.finish()
        return WeekPattern.Change(from: from, known: known, rule: rule, act: act)
    }

    private static func weekRule(
        _ fields: inout Fields, _ acts: Acts
    ) throws(FileFault) -> WeekRule {
        var restDays: Set<Weekday> = []
        let rest = try fields.required("rest")
        for item in try rest.items() {
            guard restDays.insert(try weekday(item)).inserted else {
                throw item.fault("expected each weekday once")
            }
        }
        guard restDays.count < 7 else {
            throw rest.fault("expected at least one weekday that works")
        }
        let act = try acts.act(fields.required("act"))
        var minutes: [Weekday: Int] = [:]
        let hours = try fields.required("hours")
        for (name, value) in try hours.entries() {
            guard let weekday = Weekday(name: name), !restDays.contains(weekday) else {
                throw value.fault("expected the weekdays that work, monday to sunday")
            }
            minutes[weekday] = try value.number(1...24) * 60
        }
        guard minutes.count + restDays.count == 7 else {
            throw hours.fault("expected the hours of every weekday that is not a rest day")
        }
        return WeekRule(restDays: restDays, act: act, balanceMinutes: minutes)
    }

    private static func weekday(_ field: Field) throws(FileFault) -> Weekday {
        guard let weekday = Weekday(name: try field.text()) else {
            throw field.fault("expected a weekday, monday to sunday")
        }
        return weekday
    }
}
