// SPDX-License-Identifier: Apache-2.0

import Deadlines
import ServiceStandards
import Texts
import Yams

/// Reads the channels and event terms of a standard, whose weeks and rolls may be policies.
struct TermSection {
    let policies: [Policy]
    /// The names under `policies` and `offices`, the wrong ones too: each fault is told once.
    let policyNames: [String]
    let offices: [String]

    /// A channel; or a term that runs from an event, which must be named.
    func channel(
        _ id: String, _ field: Field, hasEvent: Bool
    ) throws(FileFault) -> Channel {
        var fields = try field.fields()
        let title = try fields.required("title").localized()
        let event = hasEvent ? try fields.required("event").localized() : nil
        let officeField = try fields.required("office")
        let office = try officeField.name()
        guard offices.contains(office) else {
            throw officeField.fault("expected one of \(offices.joined(separator: ", "))")
        }
        let rule = try termRule(fields.required("term"))
        try fields.finish()
        return Channel(id: id, title: title, office: office, termRule: rule, event: event)
    }

    /// How a kind of office keeps results.
    func keeping(
        _ office: String, _ field: Field, terms: [String]
    ) throws(FileFault) -> Keeping {
        guard offices.contains(office) else {
            throw field.fault("expected one of \(offices.joined(separator: ", "))")
        }
        var fields = try field.fields()
        func term(_ field: Field) throws(FileFault) -> String {
            let name = try field.name()
            guard terms.contains(name) else {
                throw field.fault("expected one of \(terms.joined(separator: ", "))")
            }
            return name
        }
        let storage = try term(fields.required("storage"))
        var used: [String] = []
        let startField = try fields.required("storage-from")
        let start = try chosen(startField, &used).map { (name) throws(FileFault) in
            try self.start(startField, named: name)
        }
        let redelivery = try fields.optional("redelivery").map {
            (field) throws(FileFault) in try term(field)
        }
        try fields.finish()
        return Keeping(
            office: office, storage: storage, from: start ?? .ready, policy: used.first,
            redelivery: redelivery)
    }

    private func termRule(_ field: Field) throws(FileFault) -> Channel.TermRule {
        var fields = try field.fields()
        let length = try fields.required("length").number(1...Term.lengthLimit)
        let unit = try fields.required("unit").word([
            "working-minutes": Term.Unit.workingMinutes, "working-days": .workingDays,
            "calendar-months": .calendarMonths,
        ])
        let rule = try fields.required("rule").rule()
        let firstDayField = fields.optional("first-day")
        let firstDay =
            try firstDayField?.word(["counted": Term.FirstDay.counted, "not-counted": .notCounted])
            ?? .notCounted
        if unit == .workingMinutes, let firstDayField {
            throw firstDayField.fault("expected none: a term in minutes starts at its minute")
        }
        if unit != .workingMinutes, firstDayField == nil {
            throw field.fault("the field 'first-day' is missing")
        }
        let firstDayRule = try fields.optional("first-day-rule").map {
            (field) throws(FileFault) in try field.rule()
        }
        var used: [String] = []
        let weekField = fields.optional("week")
        let week = try weekField.flatMap { (field) throws(FileFault) in try chosen(field, &used) }
        if unit == .workingMinutes, let weekField {
            throw weekField.fault("expected none: minutes run by the office's own week")
        }
        var roll: Term.Roll?
        if let rollField = fields.optional("roll") {
            guard unit == .calendarMonths else {
                throw rollField.fault("expected none: only a term in months can end off work")
            }
            let name = try chosen(rollField, &used)
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

    private func start(
        _ field: Field, named name: String
    ) throws(FileFault) -> Keeping.Start {
        guard let start = Keeping.Start(rawValue: name) else {
            let known = Keeping.Start.allCases.map(\.rawValue).joined(separator: ", ")
            throw field.fault("expected one of \(known), found '\(name)'")
        }
        return start
    }

    private func roll(_ field: Field, named name: String) throws(FileFault) -> Term.Roll {
        switch name {
        case "none": return .none
        case "forward": return .forward
        case "back": return .back
        default: throw field.fault("expected one of none, forward, back, found '\(name)'")
        }
    }

    /// A value that stands there itself, or that a policy chooses: `{policy: NAME}`; nil if that policy
    /// is told to be wrong.
    private func chosen(_ field: Field, _ used: inout [String]) throws(FileFault) -> String? {
        guard case .mapping = field.node else { return try field.name() }
        var fields = try field.fields()
        let nameField = try fields.required("policy")
        let name = try nameField.name()
        try fields.finish()
        guard policyNames.contains(name) else {
            throw nameField.fault(
                "expected a policy of this file: \(policyNames.joined(separator: ", "))")
        }
        used.append(name)
        return policies.first { $0.name == name }?.value
    }
}
