// SPDX-License-Identifier: Apache-2.0

import CivilTime
import ServiceStandards
import Texts
import WorkingDays
import Yams

/// Reads the acts of a standard, and compares the rules that they list with those that the file cites.
struct ActSection {
    /// The standard's own act, then the others.
    let sources: [RuleSource]
    private let listed: [(rule: RuleID, field: Field)]

    init(_ own: Field, others: Field?) throws(FileFault) {
        var listed: [(rule: RuleID, field: Field)] = []
        var sources = [try Self.source(own, &listed)]
        for other in try others?.items() ?? [] { sources.append(try Self.source(other, &listed)) }
        self.sources = sources
        self.listed = listed
    }

    /// The rules that are listed twice or for nothing, and those that are cited and not listed.
    func faults(citedIn root: Field) -> [FileFault] {
        let cited = Self.citations(in: root)
        var faults: [FileFault] = []
        for (index, (rule, field)) in listed.enumerated() {
            if listed[..<index].contains(where: { $0.rule == rule }) {
                faults.append(field.fault("another act lists the rule \(rule) already"))
            } else if !cited.contains(where: { $0.rule == rule }) {
                faults.append(
                    field.fault("nothing in this file cites the rule \(rule); take it out"))
            }
        }
        for (rule, field) in cited where !listed.contains(where: { $0.rule == rule }) {
            faults.append(
                field.fault("no act lists the rule \(rule); add its place to the rules of one"))
        }
        return faults
    }

    private static func source(
        _ field: Field, _ listed: inout [(rule: RuleID, field: Field)]
    ) throws(FileFault) -> RuleSource {
        var fields = try field.fields()
        let act = Act(
            title: try fields.required("title").localized(),
            date: try fields.required("date").date())
        let shortTitle = try fields.required("short").localized()
        let annex = try fields.optional("annex").map { (field) throws(FileFault) in
            try field.number(1...999)
        }
        var places: [RulePlace] = []
        for (key, field) in try fields.required("rules").entries() {
            guard let rule = RuleID(key) else { throw field.fault("expected a rule as R3.4") }
            places.append(try place(rule, field, hasRows: annex != nil))
            listed.append((rule, field))
        }
        try fields.finish()
        return RuleSource(base: act, shortTitle: shortTitle, annex: annex, places: places)
    }

    private static func place(
        _ rule: RuleID, _ field: Field, hasRows: Bool
    ) throws(FileFault) -> RulePlace {
        var fields = try field.fields()
        let rowField = fields.optional("row")
        if let rowField, !hasRows {
            throw rowField.fault("expected none: only an annex has rows")
        }
        if rowField == nil, hasRows { throw field.fault("the field 'row' is missing") }
        let row = try rowField.map { (field) throws(FileFault) in try field.number(1...999) }
        let itemField = fields.optional("item")
        if let itemField, row == nil {
            throw itemField.fault("expected none: an item stands in a row")
        }
        let item = try itemField.map { (field) throws(FileFault) in try field.number(1...999) }
        try fields.finish()
        return RulePlace(rule: rule, row: row, item: item)
    }

    /// Every rule that a value of the file rests on, in the file's order; what is no rule is told where
    /// it is read.
    private static func citations(in field: Field) -> [(rule: RuleID, field: Field)] {
        switch field.node {
        case .mapping:
            ((try? field.entries()) ?? []).flatMap { key, value -> [(RuleID, Field)] in
                guard key == "rule" || key.hasSuffix("-rule") else { return citations(in: value) }
                return (try? value.rule()).map { [($0, value)] } ?? []
            }
        case .sequence: ((try? field.items()) ?? []).flatMap(citations)
        case .scalar, .alias: []
        }
    }
}

extension Field {
    /// A clause of the regulation.
    func rule() throws(FileFault) -> RuleID {
        guard let rule = RuleID(try text()) else { throw fault("expected a rule as R3.4") }
        return rule
    }
}
