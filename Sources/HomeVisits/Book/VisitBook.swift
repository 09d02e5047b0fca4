// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Parties
public import Visits

/// The visits of one area: who has asked, what is promised, and the routes of the crews.
///
/// It changes by events alone; deciding what happens is a ``VisitDesk``'s.
public struct VisitBook: Hashable, Sendable {
    public private(set) var area: VisitArea
    /// How many entries it has taken in.
    public private(set) var revision: UInt32 = 0
    /// Every visit ever asked for; the one with number n is the n-th.
    public private(set) var visits = VisitList()
    /// Crews in the order in which they were first described.
    public private(set) var crews: [CrewID] = []
    /// How each of them travels, as it was last described.
    private var profiles: [TravelProfile] = []
    private(set) var shifts = ShiftRecords()
    public private(set) var closures: [RoadClosure] = []
    /// The visits that are not over, each with the shifts on which it has a place, its own or held.
    private var placesOf: [UInt32: Set<ShiftID>] = [:]
    /// The revision at which something changed last that every day rests on.
    private(set) var groundChange: UInt32 = 0
    /// Each applicant's latest visit that is not over.
    private(set) var openOf: [Applicant: UInt32] = [:]

    /// The book of a new area.
    public init(_ area: VisitArea) {
        self.area = area
        add(area.crews)
    }

    /// The visit of a number; nil if there is none.
    public subscript(number: UInt32) -> HomeVisit? {
        visits.indices.contains(Int(number) - 1) ? visits[Int(number) - 1] : nil
    }

    /// What is recorded of a crew's day.
    public subscript(shift: ShiftID) -> ShiftRecord { shifts[shift] }

    /// What is recorded of all crews' days, put together anew each time.
    public var shiftRecords: [ShiftID: ShiftRecord] {
        let all = shifts.dates(from: nil).flatMap { shifts.on($0) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.shift, $0.record) })
    }

    /// The visits that are not over.
    var open: some Collection<UInt32> { placesOf.keys }

    /// The shifts on which a visit that is not over has a place, its own or one that is held for it.
    func shifts(with number: UInt32) -> Set<ShiftID> { placesOf[number] ?? [] }

    /// The number of a crew in shifts; nil for one that was never described.
    func index(of crew: CrewID) -> Int? { crews.firstIndex(of: crew) }

    /// How the crew of a shift travels; nil for a shift of nobody's.
    func profile(of shift: ShiftID) -> TravelProfile? {
        let crew = PlanNumbers.crew(of: shift)
        return profiles.indices.contains(crew) ? profiles[crew] : nil
    }

    /// The crew of a shift.
    func crew(of shift: ShiftID) -> CrewID { crews[PlanNumbers.crew(of: shift)] }

    private mutating func add(_ described: [VisitArea.Crew]) {
        for crew in described {
            if let index = index(of: crew.id) {
                profiles[index] = crew.profile
            } else {
                crews.append(crew.id)
                profiles.append(crew.profile)
            }
        }
    }

    /// The visit of one of these people that is not over.
    public func openVisit(of people: Set<Applicant>) -> UInt32? {
        people.compactMap { openOf[$0] }.min()
    }

    /// Knows no more what was typed about some people.
    public mutating func forget(_ people: Set<Applicant>) {
        for index in visits.indices where people.contains(visits[index].applicant) {
            visits[index].words = nil
            if !visits[index].reason.isEmpty { visits[index].reason = ForgottenWords.mark }
        }
    }

    /// Takes in one entry of its journal.
    ///
    /// - Returns: false if it does not follow from what was before; the book is of no use then.
    public mutating func take(_ events: [VisitEvent], at: Int64) -> Bool {
        revision += 1
        for event in events {
            guard take(event, at) else { return false }
        }
        return true
    }

    private mutating func take(_ event: VisitEvent, _ at: Int64) -> Bool {
        switch event {
        case .described(let area):
            self.area = area
            add(area.crews)
            groundChange = revision
            return crews.count <= PlanNumbers.nobody
        case .asked(let asked): return take(asked, at)
        case .offered(let number, let list):
            return change(number) { visit in
                let held = list.windows.filter(\.isHeld).map(\.window)
                visit.hold = held.isEmpty ? nil : HomeVisit.Hold(until: list.until, windows: held)
                if visit.promise == nil { visit.state = held.isEmpty ? .requested : .held }
            }
        case .released(let number):
            return change(number) { visit in
                visit.hold = nil
                if visit.state == .held { visit.state = .requested }
            }
        case .promised(let number, let window):
            return change(number) { visit in
                visit.hold = nil
                visit.promise = window
                visit.state = .promised
                visit.told = nil
                visit.isUnkept = false
                visit.saidLate = nil
            }
        case .cancelled(let number, _, let reason):
            return change(number) { visit in
                visit.reason = reason
                visit.hold = nil
                visit.isUnkept = false
                visit.state = .cancelled
            }
        case .reported(let number, let report): return take(report, number)
        case .unkept(let unkept):
            // Whoever is only late has a place.
            let isOver = self[unkept.number]?.state.isOver ?? false
            let isLost = !isOver && shift(of: unkept.number) == nil
            return change(unkept.number) { visit in
                visit.isUnkept = isLost
                visit.saidLate = unkept.late?.start
            }
        case .delayed(let shift, let until):
            shifts[shift].delay(until: Int(until))
            shifts[shift].changed = revision
            return isKnown(shift)
        case .absent(let shift):
            shifts[shift].isAbsent = true
            shifts[shift].changed = revision
            return isKnown(shift)
        case .present(let shift):
            defer {
                shifts[shift].isAbsent = false
                shifts[shift].changed = revision
            }
            return shifts[shift].isAbsent
        case .roadClosed(let closure):
            closures.removeAll { $0.name == closure.name }
            closures.append(closure)
            groundChange = revision
            return closures.count <= RoadClosure.limit
        case .roadOpened(let name):
            guard let index = closures.firstIndex(where: { $0.name == name }) else { return false }
            closures.remove(at: index)
            groundChange = revision
            return true
        case .routed(let changes): return changes.allSatisfy { take($0, at) }
        case .progressed(let shift, let stops):
            shifts[shift].told = stops
            shifts[shift].changed = revision
            let route = shifts[shift].stops
            callBack(Self.own(route).subtracting(Self.own(stops.map(\.stop))))
            return isKnown(shift) && stops.count <= route.count
                && zip(stops, route).allSatisfy { $0.stop == $1 }
        case .replanned: return true
        }
    }

    private func isKnown(_ shift: ShiftID) -> Bool {
        shift.number >= 0 && crews.indices.contains(PlanNumbers.crew(of: shift))
    }

    private mutating func take(_ asked: AskedVisit, _ at: Int64) -> Bool {
        guard Int(asked.number) == visits.count + 1 else { return false }
        visits.append(
            HomeVisit(asked, at: at, changed: revision))
        placesOf[asked.number] = []
        openOf[asked.applicant] = asked.number
        return true
    }

    private mutating func take(_ report: VisitReport, _ number: UInt32) -> Bool {
        let shift = shift(of: number) ?? lastShift(of: number)
        if let shift {
            shifts[shift].changed = revision
            let stays = if case .longer = report { true } else { false }
            if !stays { shifts[shift].goOn() }
        }
        return change(number) { visit in
            switch report {
            case .underWay, .arrived:
                visit.state = .underWay
                visit.told = shift.map { HomeVisit.Told(report: report, shift: $0) }
            case .done: visit.state = .done
            case .nobodyHome:
                visit.told = nil
                visit.attempts += 1
                visit.state = .failed
                visit.promise = nil
                visit.isUnkept = false
            case .longer(let minutes): visit.service += minutes * 60
            }
        }
    }

    /// The shift of the latest date on which a visit stands that was over: its crew may still have paid it.
    private func lastShift(of number: UInt32) -> ShiftID? {
        guard self[number]?.state.isOver == true else { return nil }
        let own = Stop.visit(PlanNumbers.visit(number))
        for date in shifts.dates(from: nil).reversed() {
            if let found = shifts.on(date).first(where: { $0.record.stops.contains(own) }) {
                return found.shift
            }
        }
        return nil
    }

    private mutating func take(_ change: RouteChange, _ at: Int64) -> Bool {
        guard isKnown(change.shift) else { return false }
        var record = shifts[change.shift]
        for number in Self.numbers(record.stops) { placesOf[number]?.remove(change.shift) }
        callBack(Self.own(record.stops).subtracting(Self.own(change.stops)))
        for number in Self.numbers(change.stops) { placesOf[number]?.insert(change.shift) }
        record.stops = change.stops
        record.changed = revision
        record.changeRoute(at: Int(at), day: PlanNumbers.dayNumber(of: change.shift))
        // What was told of a route holds as far as the route begins so.
        record.told = zip(record.told, change.stops).prefix { $0.stop == $1 }.map(\.0)
        shifts[change.shift] = record
        for case .visit(let id) in change.stops where PlanNumbers.held(of: id) == 0 {
            let number = PlanNumbers.number(of: id)
            guard self[number] != nil else { return false }
            // A promise without a place has found one again.
            if visits[Int(number) - 1].isUnkept {
                visits[Int(number) - 1].isUnkept = false
                visits[Int(number) - 1].changed = revision
            }
        }
        return true
    }

    /// No crew is on its way any more to visits that it has given away, or that it has turned from.
    private mutating func callBack(_ numbers: Set<UInt32>) {
        for number in numbers where self[number]?.state == .underWay {
            visits[Int(number) - 1].state = .promised
            visits[Int(number) - 1].told = nil
            visits[Int(number) - 1].changed = revision
        }
    }

    /// The visits that have a place of their own among stops.
    private static func own(_ stops: [Stop]) -> Set<UInt32> {
        Set(
            stops.compactMap(\.visit).filter { PlanNumbers.held(of: $0) == 0 }
                .map(PlanNumbers.number))
    }

    /// The visits that have a place of their own, or a held one, among stops.
    private static func numbers(_ stops: [Stop]) -> Set<UInt32> {
        Set(stops.compactMap(\.visit).filter(PlanNumbers.isAhead).map(PlanNumbers.number))
    }

    private mutating func change(_ number: UInt32, _ change: (inout HomeVisit) -> Void) -> Bool {
        guard self[number] != nil else { return false }
        let index = Int(number) - 1
        change(&visits[index])
        visits[index].changed = revision
        let visit = visits[index]
        if visit.state.isOver {
            placesOf[number] = nil
            if openOf[visit.applicant] == number { openOf[visit.applicant] = nil }
        }
        return true
    }
}

extension HomeVisit {
    /// A visit that has just been asked for.
    init(_ asked: AskedVisit, at: Int64, changed: UInt32) {
        self.init(
            number: asked.number, applicant: asked.applicant, words: asked.words,
            service: Int(asked.service), setup: Int(asked.setup), needs: asked.needs,
            avoided: asked.avoided, askedAt: at, due: asked.due, state: .requested,
            changed: changed)
    }
}
