// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import Texts

/// What is wrong with the description of an area.
public struct AreaFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, such as `crews[2].members`.
    public let field: String
    public let problem: Phrase

    public init(field: String, problem: Phrase) {
        self.field = field
        self.problem = problem
    }

    public var description: String { "\(field): \(problem)" }
}

extension VisitArea {
    /// The first thing that is wrong with it; nil for a sound description.
    public var fault: AreaFault? {
        for bound in VisitRules.bounds where !bound.range.contains(rules[keyPath: bound.value]) {
            return AreaFault(
                field: "rules.\(bound.name)",
                problem: "must be \(bound.range.lowerBound) to \(bound.range.upperBound)")
        }
        if rules.frozenCrewDays < rules.frozenOrderDays {
            return AreaFault(
                field: "rules.frozen-crew-days",
                problem: "a visit whose order stays has its crew: at least frozen-order-days")
        }
        if needs.count > CallLimit.areaNeeds {
            return AreaFault(field: "needs", problem: "at most \(CallLimit.areaNeeds)")
        }
        if let twice = Self.repeated(needs.map(\.id)) {
            return AreaFault(field: "needs", problem: "\(twice) is there twice")
        }
        if crews.isEmpty || crews.count > Self.crewLimit {
            return AreaFault(field: "crews", problem: "1 to \(Self.crewLimit) are needed")
        }
        if let twice = Self.repeated(crews.map(\.id)) {
            return AreaFault(field: "crews", problem: "\(twice) is there twice")
        }
        for (index, crew) in crews.enumerated() {
            if let fault = fault(of: crew, "crews[\(index)]") { return fault }
        }
        // The same person is never booked twice.
        if let twice = Self.repeated(crews.flatMap(\.members)) {
            return AreaFault(field: "crews", problem: "\(twice) is a member more than once")
        }
        return dutyFault
    }

    private func fault(of crew: Crew, _ field: String) -> AreaFault? {
        if crew.members.isEmpty || crew.members.count > Self.memberLimit {
            return AreaFault(
                field: "\(field).members", problem: "1 to \(Self.memberLimit) are needed")
        }
        let known = Set(needs.map(\.id))
        if let unknown = crew.needs.first(where: { !known.contains($0) }) {
            return AreaFault(
                field: "\(field).needs", problem: "\(unknown) is not among the area's needs")
        }
        if let twice = Self.repeated(crew.needs) {
            return AreaFault(field: "\(field).needs", problem: "\(twice) is there twice")
        }
        return nil
    }

    private var dutyFault: AreaFault? {
        if duties.count > CallLimit.areaDuties {
            return AreaFault(field: "duties", problem: "at most \(CallLimit.areaDuties)")
        }
        let members = Set(crews.flatMap(\.members))
        for (index, duty) in duties.enumerated() where !members.contains(duty.member) {
            return AreaFault(
                field: "duties[\(index)].member", problem: "\(duty.member) is in no crew")
        }
        return nil
    }

    private static func repeated<Name: Hashable>(_ names: [Name]) -> Name? {
        var seen: Set<Name> = []
        return names.first { !seen.insert($0).inserted }
    }
}
