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
        let office = try self.office(fields.required("office"))
        let stages = try TermRuleSection(choices: self).stages(
            fields.required("term"), of: office)
        var used: [String] = []
        var intake = Channel.Intake.receptionHours
        // An event can happen at any time as it is.
        if !hasEvent, let intakeField = fields.optional("around-the-clock") {
            let name = try chosen(intakeField, &used)
            intake =
                try name.map { (name) throws(FileFault) in
                    switch name {
                    case Channel.Intake.nextOpening.rawValue: .nextOpening
                    case Channel.Intake.moment.rawValue: .moment
                    default:
                        throw intakeField.fault(
                            "expected one of next-opening, moment, found '\(name)'")
                    }
                } ?? intake
        }
        let warnings = try fields.optional("warnings").map { (field) throws(FileFault) in
            try self.warnings(field)
        }
        try fields.finish()
        return Channel(
            id: id, title: title, office: office, stages: stages, intake: intake,
            intakePolicy: used.first, warnings: warnings ?? [], event: event)
    }

    /// An office of the file.
    func office(_ field: Field) throws(FileFault) -> String {
        let office = try field.name()
        guard offices.contains(office) else {
            throw field.fault("expected one of \(offices.joined(separator: ", "))")
        }
        return office
    }

    /// Shares in per cent.
    private func warnings(_ field: Field) throws(FileFault) -> [Int] {
        var shares: [Int] = []
        for item in try field.items() {
            let share = try item.number(1...99)
            guard shares.last.map({ $0 < share }) ?? true else {
                throw item.fault("expected a share higher than the one before it")
            }
            shares.append(share)
        }
        return shares
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

    private func start(
        _ field: Field, named name: String
    ) throws(FileFault) -> Keeping.Start {
        guard let start = Keeping.Start(rawValue: name) else {
            let known = Keeping.Start.allCases.map(\.rawValue).joined(separator: ", ")
            throw field.fault("expected one of \(known), found '\(name)'")
        }
        return start
    }

    /// A value that stands there itself, or that a policy chooses: `{policy: NAME}`; nil if that policy
    /// is told to be wrong.
    func chosen(_ field: Field, _ used: inout [String]) throws(FileFault) -> String? {
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
