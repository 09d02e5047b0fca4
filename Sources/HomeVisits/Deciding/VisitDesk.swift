// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Parties
import Texts
import Visits

/// Decides what happens to the visits of an area.
///
/// It has the area's book, the ways that were measured, and a board of the plan that answers callers
/// quickly. It decides nothing by itself: what it returns is taken in once somebody has written it
/// down.
///
/// ```swift
/// let events = try desk.decide(.cancel(id, by: .applicant, reason: ""), nil, terms, now: now)
/// desk.take(events, at: now)
/// ```
public struct VisitDesk: Sendable {
    public private(set) var book: VisitBook
    var ways: WayTable
    /// The plan made ready to answer callers; nil if it has to be made first.
    var board: PlanBoard?

    public init(_ book: VisitBook, _ ways: WayTable) {
        self.book = book
        self.ways = ways
    }

    /// Takes in an entry of the journal; false if it does not follow from what was before.
    public mutating func take(_ events: [VisitEvent], at: Int64) -> Bool {
        if !events.isEmpty { board = nil }
        return book.take(events, at: at)
    }

    /// The book as it was before something that was lost on its way, with the ways known since.
    public mutating func goBack(to book: VisitBook) {
        self.book = book
        board = nil
    }

    /// Knows no more what was typed about some people.
    public mutating func forget(_ people: Set<Applicant>) { book.forget(people) }

    // MARK: Time

    /// What time has brought about by now: holds that ran out.
    public mutating func due(_ now: Int64, _ terms: AreaTerms) -> [VisitEvent] {
        let over = book.open.sorted().filter { (book[$0]?.hold?.until ?? .max) <= now }
        guard !over.isEmpty else { return [] }
        let events =
            over.map { .released($0) } + VisitEvent.routes(book.removing(held: Set(over)))
        // A plan that is no problem still gives up what is held.
        return (try? withProgress(keepingLater(events, terms, Int(now)), terms, Int(now))) ?? events
    }

    /// When `due` next has something to say, in seconds since the epoch.
    public var nextDue: Int64? { book.open.compactMap { book[$0]?.hold?.until }.min() }

    // MARK: Commands

    /// The events that a command leads to; nothing has changed yet.
    ///
    /// What time has brought about must have been taken in before. `applicant` stands for the name in a
    /// new request. Of its guards the first that does not hold is the refusal: what is named must exist,
    /// then the visit's state, then the place in the plan.
    ///
    /// Last comes whether it breaks a promise to others.
    ///
    /// - Throws: a ``VisitRefusal`` with its reason.
    public mutating func decide(
        _ command: VisitCommand, _ applicant: Applicant?, _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> [VisitEvent] {
        var events = try withProgress(
            decideOnly(command, applicant, terms, Int(now)), terms, Int(now))
        if case .offer(let offer) = command, events.contains(where: { $0.broken != nil }) {
            // Who only asks harms nobody: of the present day nothing is held then.
            let today = terms.date(Int(now))
            events = try withProgress(
                self.offer(offer, applicant, terms, Int(now), sparing: today), terms, Int(now))
        }
        if let own = command.breaksNothingBut {
            let broken = Set(events.compactMap(\.broken)).subtracting([own])
            guard broken.isEmpty else { throw .breaksPromises(broken.sorted()) }
        }
        return events
    }

    private mutating func decideOnly(
        _ command: VisitCommand, _ applicant: Applicant?, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        switch command {
        case .describe(let area, _): return try describe(area, terms, now)
        case .offer(let offer): return try self.offer(offer, applicant, terms, now)
        case .promise(let id, let start, _): return try promise(id.number, start, terms, now)
        case .cancel(let id, let canceller, let reason, _):
            return try cancel(id.number, canceller, reason, terms, now)
        case .report(let id, let report, let crew):
            return try self.report(id.number, report, by: crew, terms, now)
        case .crew(_, let crew, let report): return try self.report(crew, report, terms, now)
        case .closeRoad(_, let closure):
            try requireReach(closure.centre)
            guard
                book.closures.count < RoadClosure.limit
                    || book.closures.contains(where: { $0.name == closure.name })
            else { throw .tooManyClosures }
            return try afterChange(.roadClosed(closure), terms, now)
        case .openRoad(_, let name):
            guard book.closures.contains(where: { $0.name == name }) else {
                throw .unknownClosure(name, known: book.closures.map(\.name))
            }
            return try afterChange(.roadOpened(name), terms, now)
        case .replan: return []
        }
    }

    private mutating func describe(
        _ area: VisitArea, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        if let fault = area.fault { throw .fault(fault) }
        let fresh = area.crews.filter { book.index(of: $0.id) == nil }.count
        guard book.crews.count + fresh <= PlanNumbers.nobody else {
            throw .fault(
                AreaFault(
                    field: "crews",
                    problem: "an area can have had \(PlanNumbers.nobody) names of crews in all; "
                        + "name a new crew as an earlier one"))
        }
        return try afterChange(.described(area), terms, now)
    }

    /// A change that concerns all days from now on, and what becomes of the plan.
    private mutating func afterChange(
        _ event: VisitEvent, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        var changed = self
        _ = changed.take([event], at: Int64(now))
        let dates = changed.book.datesAhead(terms, now)
        guard !dates.isEmpty else { return [event] }
        return [event] + (try changed.repair(dates, [], touching: nil, terms, now))
    }

    /// What becomes of routes of crews that work no more on their days, such as after a decree.
    ///
    /// - Throws: what makes the plan no problem; it is left as it is then.
    public mutating func repairVanished(
        _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> [VisitEvent] {
        let today = terms.date(Int(now))
        let dates = book.shifts.dates(from: today).filter { date in
            book.shifts.on(date).contains { shift, record in
                guard !record.stops.isEmpty, !record.isAbsent else { return false }
                let crew = book.area.crews.first { $0.id == book.crew(of: shift) }
                return crew.flatMap { book.hours(of: $0, date, terms) } == nil
            }
        }
        guard !dates.isEmpty else { return [] }
        let events = try repair(dates, [], touching: nil, terms, Int(now))
        return try withProgress(events, terms, Int(now))
    }
}

extension VisitCommand {
    /// The visit that alone may be kept no more by what its applicant wants; nil where others may, too.
    fileprivate var breaksNothingBut: UInt32? {
        switch self {
        case .promise(let id, _, false), .cancel(let id, _, _, false): id.number
        // It is no visit's: visits count from 1.
        case .describe(_, false): 0
        default: nil
        }
    }
}

extension VisitEvent {
    /// The visit whose promise is kept no more, or later than was said.
    var broken: UInt32? {
        if case .unkept(let promise) = self { promise.number } else { nil }
    }

    /// The event of routes that change; none if none does.
    static func routes(_ changes: [RouteChange]) -> [VisitEvent] {
        changes.isEmpty ? [] : [.routed(changes)]
    }
}

extension RouteChange {
    /// A route of these stops; an empty one if no visit is among them.
    init(shift: ShiftID, anyOf stops: [Stop]) {
        self.init(shift: shift, stops: stops.contains { $0.visit != nil } ? stops : [])
    }
}

extension ShiftID {
    /// The date of a shift.
    var date: CivilDate? { CivilDate(dayNumber: Int32(clamping: PlanNumbers.dayNumber(of: self))) }
}

extension VisitBook {
    /// Dates from one on for which there are routes.
    func plannedDates(from first: CivilDate) -> [CivilDate] {
        shifts.dates(from: first).filter { date in
            shifts.on(date).contains { !$0.record.stops.isEmpty }
        }
    }

    /// Dates from the present one on for which there are routes, or promises without a place.
    func datesAhead(_ terms: AreaTerms, _ now: Int) -> [CivilDate] {
        let today = terms.date(now)
        let lost = unkept.map { terms.date(Int($0.promise.start)) }.filter { $0 >= today }
        return Set(plannedDates(from: today) + lost).sorted()
    }

    /// The routes without the places that are held for some visits.
    func removing(held numbers: Set<UInt32>) -> [RouteChange] {
        removing(numbers) { PlanNumbers.held(of: $0) > 0 }
    }

    /// The routes without the places of a visit, its own and those that are held for it.
    func removing(_ number: UInt32, but kept: VisitID? = nil) -> [RouteChange] {
        removing([number]) { $0 != kept }
    }

    /// The routes without places of some visits.
    private func removing(
        _ numbers: Set<UInt32>, _ isGone: (VisitID) -> Bool
    ) -> [RouteChange] {
        numbers.reduce(into: Set()) { $0.formUnion(shifts(with: $1)) }.sorted().compactMap {
            shift in
            let stops = self[shift].stops
            let left = stops.filter { stop in
                guard let id = stop.visit else { return true }
                return
                    !(PlanNumbers.isAhead(id) && numbers.contains(PlanNumbers.number(of: id))
                    && isGone(id))
            }
            guard left.count < stops.count else { return nil }
            return RouteChange(shift: shift, anyOf: left)
        }
    }

    /// The shift on which a visit that is not over has its own place.
    func shift(of number: UInt32) -> ShiftID? { shift(with: PlanNumbers.visit(number)) }

    /// The shift on which there is a place of a visit that is not over.
    func shift(with id: VisitID) -> ShiftID? {
        shifts(with: PlanNumbers.number(of: id)).first { self[$0].stops.contains(.visit(id)) }
    }
}
