// SPDX-License-Identifier: Apache-2.0

import Deadlines
import ServiceStandards
import Texts
import Yams

/// Reads how long something may take: one term, the longer or the shorter of several, or stages of them.
struct TermRuleSection {
    /// What may stand as a policy, and the offices.
    let choices: TermSection

    func stages(_ field: Field, of office: String) throws(FileFault) -> [Channel.Stage] {
        var fields = try field.fields()
        guard let stagesField = fields.optional("stages") else {
            return [try stage(field, &fields, title: nil, office: office)]
        }
        try fields.finish()
        let items = try stagesField.items()
        guard items.count > 1 else { throw stagesField.fault("expected two stages or more") }
        var stages: [Channel.Stage] = []
        for item in items {
            var fields = try item.fields()
            let title = try fields.required("title").localized()
            let own = try fields.optional("office").map { (field) throws(FileFault) in
                try choices.office(field)
            }
            stages.append(try stage(item, &fields, title: title, office: own ?? office))
        }
        return stages
    }

    /// A stage, of which the title and the office are read.
    private func stage(
        _ field: Field, _ fields: inout Fields, title: LocalizedText?, office: String
    ) throws(FileFault) -> Channel.Stage {
        let longer = fields.optional("longer-of")
        let shorter = fields.optional("shorter-of")
        guard let list = longer ?? shorter else {
            let rule = try rule(field, &fields)
            return Channel.Stage(title: title, office: office, choice: .only, rules: [rule])
        }
        if longer != nil, let shorter {
            throw shorter.fault("expected either 'longer-of' or 'shorter-of', not both")
        }
        try fields.finish()
        let items = try list.items()
        guard items.count > 1 else { throw list.fault("expected two terms or more") }
        var rules: [Channel.TermRule] = []
        for item in items {
            var fields = try item.fields()
            rules.append(try rule(item, &fields))
        }
        return Channel.Stage(
            title: title, office: office, choice: longer == nil ? .shorter : .longer, rules: rules)
    }

    private func rule(
        _ field: Field, _ fields: inout Fields
    ) throws(FileFault) -> Channel.TermRule {
        let length = try fields.required("length").number(1...Term.lengthLimit)
        let unit = try fields.required("unit").word(Self.units)
        let rule = try fields.required("rule").rule()
        var used: [String] = []
        let firstDay = try firstDay(field, fields.optional("first-day"), unit, &used)
        let firstDayRule = try fields.optional("first-day-rule").map {
            (field) throws(FileFault) in try field.rule()
        }
        let weekField = fields.optional("week")
        let week = try weekField.flatMap { (field) throws(FileFault) in
            try choices.chosen(field, &used)
        }
        if unit.isToTheSecond, let weekField {
            throw weekField.fault("expected none: minutes and hours run by the office's own week")
        }
        var roll: Term.Roll?
        if let rollField = fields.optional("roll") {
            guard unit.isOfCalendarDays else {
                throw rollField.fault(
                    "expected none: only a term that runs over rest days can end on one")
            }
            let name = try choices.chosen(rollField, &used)
            roll = try name.map { (name) throws(FileFault) in
                try self.roll(rollField, named: name)
            }
        }
        try fields.finish()
        // The length was checked above, so there is a term.
        let term = Term(
            length: length, unit: unit, firstDay: firstDay, roll: roll ?? Term.Roll.none)!
        return Channel.TermRule(
            term: term, rule: rule, firstDayRule: firstDayRule, week: week, policies: used)
    }

    static let units: KeyValuePairs<String, Term.Unit> = [
        "working-minutes": .workingMinutes, "working-days": .workingDays,
        "calendar-months": .calendarMonths, "working-hours": .workingHours,
        "calendar-hours": .calendarHours, "calendar-days": .calendarDays,
        "calendar-weeks": .calendarWeeks, "calendar-years": .calendarYears,
    ]

    private func firstDay(
        _ term: Field, _ field: Field?, _ unit: Term.Unit, _ used: inout [String]
    ) throws(FileFault) -> Term.FirstDay {
        if unit.isToTheSecond {
            guard let field else { return .notCounted }
            throw field.fault("expected none: a term in minutes or hours starts at its moment")
        }
        guard let field else { throw term.fault("the field 'first-day' is missing") }
        guard case .mapping = field.node else {
            return try field.word(["counted": Term.FirstDay.counted, "not-counted": .notCounted])
        }
        switch try choices.chosen(field, &used) {
        case nil, "not-counted": return .notCounted
        case "counted": return .counted
        case let name?: throw field.fault("expected one of counted, not-counted, found '\(name)'")
        }
    }

    private func roll(_ field: Field, named name: String) throws(FileFault) -> Term.Roll {
        switch name {
        case "none": return .none
        case "forward": return .forward
        case "back": return .back
        default: throw field.fault("expected one of none, forward, back, found '\(name)'")
        }
    }
}
