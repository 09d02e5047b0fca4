// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// What the events of a register must not be.
public enum RegisterViolation: Error, Hashable, Sendable {
    /// A register begins with its terms, and never loses a name of them.
    case termsLost
    /// Numbers are given out from 1, without gaps.
    case numberOutOfOrder(UInt32)
    case unknownNumber(UInt32)
    /// Papers without a consent, or with a name that the terms do not have.
    case badHandIn(UInt32)
    /// What happened cannot happen where the application stands.
    case impossible(UInt32, ApplicationEvent)
    /// Something happened before what happened to the same application before it.
    case timeRunsBack(UInt32)
    /// A clock ends before it starts, or on the day that does not count (R3.4).
    case clockEndsTooEarly(UInt32)
    /// A result went back to the provider before the time of storage was over (R5.3).
    case returnedTooEarly(UInt32)
    /// A clock was moved that does not run.
    case noClock(UInt32)
    /// A term was judged of something that was not done, or had its end by a calendar; or by an end
    /// that no calendar has, or before what was promised.
    case nothingToJudge(UInt32)
}

/// Proves a register from its events alone; it shares no code with the register.
///
/// It holds that numbers have no gaps, that each application goes along the roads of R3 to R5 and no
/// other, so that every clock that was started is stopped once, and that nothing is returned too early.
public struct RegisterChecker: Sendable {
    /// An application as far as the rules need to know.
    private struct Known {
        /// What may happen next, by the name of the event.
        var next: Set<String>
        var last: CivilDateTime
        /// The end of the clock that runs.
        var clock: CivilDateTime?
        var isRunning: Bool
        /// The end of the term while it runs, as it was promised.
        var term: Deadline?
        /// The end that was promised for what is done, where it is in a year that nobody had published.
        var unjudged: CivilDateTime?
    }

    private static let roads: [String: Set<String>] = [
        "accepted": ["suspended", "completed", "withdrawn", "moved"],
        "suspended": ["reviewed", "resumed", "withdrawn"],
        "reviewed": ["reviewed", "resumed", "withdrawn"],
        "resumed": ["suspended", "completed", "withdrawn", "moved"],
        "completed": ["handed over", "returned", "moved"],
        "redelivered": ["handed over", "returned", "moved"],
        "returned": ["requested", "handed over"],
        "requested": ["redelivered", "moved"],
        "handed over": [], "withdrawn": [], "declined": [],
    ]
    private static let running: Set<String> = [
        "accepted", "suspended", "reviewed", "resumed", "completed", "redelivered", "requested",
    ]

    private var applications: [Known] = []
    private var names: [[String]]?

    public init() {}

    /// How many clocks run.
    public var running: Int { applications.count { $0.isRunning } }

    /// Whether a clock runs, or something done waits for a year that nobody has published.
    public var isOpen: Bool { applications.contains { $0.isRunning || $0.unjudged != nil } }

    /// Takes the events of the register's next entry.
    public mutating func check(_ events: [ApplicationEvent]) throws(RegisterViolation) {
        for event in events { try check(event) }
    }

    private mutating func check(_ event: ApplicationEvent) throws(RegisterViolation) {
        switch event {
        case .opened(let terms):
            let new = [terms.channels, terms.groups, terms.documents, terms.grounds]
            if let names {
                for (old, new) in zip(names, new) where Array(new.prefix(old.count)) != old {
                    throw .termsLost
                }
            }
            names = new
        case .accepted(let handIn, let due):
            guard handIn.consent != nil else { throw .badHandIn(handIn.number) }
            try add(handIn, "accepted", clock: due.at)
            applications[applications.count - 1].term = due
        case .declined(let handIn, let failing):
            // Papers are declined for what is wrong with them, and for nothing else (R9.3).
            guard !failing.isEmpty, failing.allSatisfy({ !$0.problems.isEmpty }) else {
                throw .badHandIn(handIn.number)
            }
            try add(handIn, "declined", clock: nil)
        case .suspended(let number, let at, let review, _):
            try step(number, "suspended", event, at, clock: review.at)
            applications[Int(number) - 1].term = nil
        case .reviewSet(let number, let at, let review, _):
            try step(number, "reviewed", event, at, clock: review.at)
        case .resumed(let number, let at, let due):
            try step(number, "resumed", event, at, clock: due.at, mayBePast: true)
            applications[Int(number) - 1].term = due
        case .completed(let number, let at, _, let storage):
            try step(number, "completed", event, at, clock: storage?.until.at)
            stop(number)
        case .handedOver(let number, let at, _):
            try step(number, "handed over", event, at, clock: nil)
        case .returned(let number, let at):
            let place = Int(number) - 1
            if applications.indices.contains(place), let end = applications[place].clock,
                at <= end
            {
                throw .returnedTooEarly(number)
            }
            try step(number, "returned", event, at, clock: nil)
        case .requested(let number, let at, let redelivery):
            try step(number, "requested", event, at, clock: redelivery.at)
        case .redelivered(let number, let at, let storage):
            try step(number, "redelivered", event, at, clock: storage?.until.at)
        case .withdrawn(let number, let at, _):
            try step(number, "withdrawn", event, at, clock: nil)
            stop(number)
        case .clockMoved(let number, let end): try move(number, event, to: end)
        case .termJudged(let number, let end): try judge(number, by: end)
        }
    }

    /// The term runs no more: its end is open if no calendar had it.
    private mutating func stop(_ number: UInt32) {
        let place = Int(number) - 1
        if let term = applications[place].term, term.isProvisional, term.calendarVersion == "" {
            applications[place].unjudged = term.at
        }
        applications[place].term = nil
    }

    private mutating func judge(_ number: UInt32, by end: Deadline) throws(RegisterViolation) {
        let place = Int(number) - 1
        guard applications.indices.contains(place) else { throw .unknownNumber(number) }
        guard let promised = applications[place].unjudged, end.at >= promised,
            end.calendarVersion != ""
        else { throw .nothingToJudge(number) }
        applications[place].unjudged = nil
    }

    private mutating func add(
        _ handIn: RegisteredHandIn, _ road: String, clock: CivilDateTime?
    ) throws(RegisterViolation) {
        guard let names else { throw .termsLost }
        guard Int(handIn.number) == applications.count + 1 else {
            throw .numberOutOfOrder(handIn.number)
        }
        guard Int(handIn.channel) < names[0].count, Int(handIn.group) < names[1].count,
            handIn.documents.allSatisfy({ Int($0.place) < names[2].count })
        else { throw .badHandIn(handIn.number) }
        if let clock, clock <= handIn.at { throw .clockEndsTooEarly(handIn.number) }
        applications.append(
            Known(
                next: Self.roads[road] ?? [], last: handIn.at, clock: clock,
                isRunning: Self.running.contains(road)))
    }

    private mutating func step(
        _ number: UInt32, _ road: String, _ event: ApplicationEvent, _ at: CivilDateTime,
        clock: CivilDateTime?, mayBePast: Bool = false
    ) throws(RegisterViolation) {
        let place = Int(number) - 1
        guard applications.indices.contains(place) else { throw .unknownNumber(number) }
        var known = applications[place]
        guard known.next.contains(road) else { throw .impossible(number, event) }
        guard at >= known.last else { throw .timeRunsBack(number) }
        // What the calendar counts ends on a later day than it starts: the first day does not count.
        if let clock, !mayBePast, clock.date <= at.date { throw .clockEndsTooEarly(number) }
        known.isRunning = Self.running.contains(road)
        known.clock = clock
        known.last = at
        known.next = Self.roads[road] ?? []
        applications[place] = known
    }

    private mutating func move(
        _ number: UInt32, _ event: ApplicationEvent, to end: Deadline
    ) throws(RegisterViolation) {
        let place = Int(number) - 1
        guard applications.indices.contains(place) else { throw .unknownNumber(number) }
        guard applications[place].next.contains("moved") else { throw .impossible(number, event) }
        guard applications[place].clock != nil else { throw .noClock(number) }
        applications[place].clock = end.at
        if applications[place].term != nil { applications[place].term = end }
    }
}
