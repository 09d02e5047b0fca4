// SPDX-License-Identifier: Apache-2.0

public import Visits

/// One thing that is wrong with a plan: where, and by how much.
public struct PlanFault: Hashable, Sendable {
    /// What is wrong; its raw value is the name in JSON.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The problem has no such shift, visit or lunch.
        case unknownShift, unknownVisit, unknownLunch
        /// The shift has two routes; a visit is paid or listed twice; a lunch is taken twice.
        case repeatedShift, repeatedVisit, repeatedLunch
        /// A visit is neither on a route nor among the unassigned, or it is both.
        case missingVisit, paidAndUnassigned
        /// A visit that must be paid is not.
        case requiredUnpaid
        /// The start lies so many seconds before or behind the nearest window.
        case early, late
        /// The start lies so many seconds outside what the applicant was told, or the shift is
        /// not one that was told.
        case promisedTime, promisedShift
        /// The service ends so many seconds behind the due time.
        case afterDue
        /// The crew lacks a skill, whose number is `item`.
        case lackingSkill
        /// The shift must not pay this visit, or is not among those that may.
        case avoidedShift, disallowedShift
        /// A load is so much over the capacity, whose place from 0 is `item`.
        case overload
        /// So many more visits than the shift may pay.
        case tooManyVisits
        /// The crew leaves so many seconds before its hours, or is at work so many behind them.
        case beforeHours, afterHours
        /// A lunch, whose number is `item`, is not taken, or starts so many seconds outside its
        /// windows.
        case missingLunch, lunchTime
        /// The crew has another shift, `item`, on the same day, or for so many seconds at the
        /// same time.
        case secondShift, twoPlaces
        /// What is stated to begin does so many seconds before the crew can be there.
        case impossibleTime
        /// The stated seconds on the way are so many more, or if negative fewer, than they are.
        case statedTravel
        /// A fixed visit is not on the shift that the published plan has it on, `item`.
        case movedFixed
        /// So many more visits than the limit are on another shift than published.
        case movedTooMany
        /// The route does not begin with what its crew has begun.
        case begunOtherwise
    }

    public let kind: Kind
    public let visit: VisitID?
    public let shift: ShiftID?
    /// The number of a lunch, skill, capacity or other shift, as the kind says.
    public let item: Int?
    /// By how much, in the unit that the kind says.
    public let amount: Int?

    init(
        _ kind: Kind, visit: VisitID? = nil, shift: ShiftID? = nil, item: Int? = nil,
        by amount: Int? = nil
    ) {
        self.kind = kind
        self.visit = visit
        self.shift = shift
        self.item = item
        self.amount = amount
    }
}

extension PlanFault.Kind {
    /// What an amount of a fault counts.
    public enum Measure: Hashable, Sendable {
        case seconds, loads, visits
    }

    /// What the amount of such a fault counts; nil if it has none.
    public var measure: Measure? {
        switch self {
        case .early, .late, .promisedTime, .afterDue, .beforeHours, .afterHours, .lunchTime,
            .twoPlaces, .impossibleTime, .statedTravel:
            .seconds
        case .overload: .loads
        case .tooManyVisits, .movedTooMany: .visits
        case .unknownShift, .unknownVisit, .unknownLunch, .repeatedShift, .repeatedVisit,
            .repeatedLunch, .missingVisit, .paidAndUnassigned, .requiredUnpaid, .promisedShift,
            .lackingSkill, .avoidedShift, .disallowedShift, .missingLunch, .secondShift,
            .movedFixed, .begunOtherwise:
            nil
        }
    }
}

extension PlanFault: CustomStringConvertible {
    /// The fault as a sentence without an end, such as `visit 7 on shift 2: 300 s behind its window`.
    public var description: String {
        let unit = kind.measure == .seconds ? " s" : ""
        return sentence("\(amount ?? 0)\(unit)")
    }

    /// The same sentence with the amount in other words, as where a problem's seconds are parts of some unit.
    public func sentence(_ amount: String) -> String {
        let place = [visit?.description, shift.map { "\($0)" }].compactMap { $0 }
            .joined(separator: " on ")
        let words = words(amount)
        return place.isEmpty ? words : "\(place): \(words)"
    }

    private func words(_ amount: String) -> String {
        let item = "\(item ?? 0)"
        return switch kind {
        case .unknownShift: "the problem has no such shift"
        case .unknownVisit: "the problem has no such visit"
        case .unknownLunch: "the shift has no lunch \(item)"
        case .repeatedShift: "has two routes"
        case .repeatedVisit: "is there twice"
        case .repeatedLunch: "lunch \(item) is taken twice"
        case .missingVisit: "neither paid nor listed as unassigned"
        case .paidAndUnassigned: "paid, and listed as unassigned"
        case .requiredUnpaid: "must be paid and is not"
        case .early: "starts \(amount) before its window"
        case .late: "starts \(amount) behind its window"
        case .promisedTime: "starts \(amount) outside the promised window"
        case .promisedShift: "another crew was promised"
        case .afterDue: "ends \(amount) after it is due"
        case .lackingSkill: "the crew lacks skill \(item)"
        case .avoidedShift: "this crew must not pay it"
        case .disallowedShift: "only other crews may pay it"
        case .overload: "load \(item) is \(amount) over the capacity"
        case .tooManyVisits: "\(amount) visits too many"
        case .beforeHours: "sets out \(amount) before its hours"
        case .afterHours: "at work \(amount) after its hours"
        case .missingLunch: "lunch \(item) is not taken"
        case .lunchTime: "lunch \(item) starts \(amount) outside its windows"
        case .secondShift: "the crew also works shift \(item) on that day"
        case .twoPlaces: "the crew is on shift \(item) for \(amount) of it"
        case .impossibleTime: "stated \(amount) before the crew can be there"
        case .statedTravel: "the stated time on the way is off by \(amount)"
        case .movedFixed: "is fixed and was published on shift \(item)"
        case .movedTooMany: "\(amount) visits more than the limit were moved"
        case .begunOtherwise: "does not begin with what has begun"
        }
    }
}
