// SPDX-License-Identifier: Apache-2.0

import Applications
public import Enquiries
public import Parties
import Queue
import ServiceStandards
import Synchronization
public import Texts

/// Cites the rules of an office's standard in a refusal.
struct RuleWords {
    /// Nil where it is not known: a rule is then cited by its id alone.
    let standard: ServiceStandard?

    /// A rule as a plan of the day has it, between brackets.
    func cited(_ rule: String, _ language: Language) -> String {
        guard let standard, let id = RuleID(rule) else { return "(\(rule))" }
        return standard.citation(id, in: language).inBrackets
    }

    /// A rule of the standard, between brackets and behind a space; nothing where there is none.
    func behind(_ rule: (ServiceStandard) -> RuleID?, _ language: Language) -> String {
        guard let standard, let id = rule(standard) else { return "" }
        return " \(standard.citation(id, in: language).inBrackets)"
    }
}

extension QueueEngine {
    /// A refusal at an office as it travels, with the rules of the office's standard.
    public func refusal(
        for fault: CommandFault, at office: OfficeID, in language: Language
    ) -> Refusal {
        fault.refusal(in: language, by: standard(of: office))
    }

    /// The standard of an office; nil if one of them is not known.
    func standard(of office: OfficeID) -> ServiceStandard? {
        guard let room = room(office) else { return nil }
        return libraryInForce.standards[room.state.withLock { $0.office.standard }]
    }
}

extension ApplicationEngine {
    /// A refusal at an office as it travels, with the rules of the office's standard.
    public func refusal(
        for fault: ApplicationFault, at office: OfficeID, in language: Language
    ) -> Refusal {
        fault.refusal(in: language, by: queue.standard(of: office))
    }
}
