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
    public private(set) var visits: [HomeVisit] = []
    /// Crews in the order in which they were first described.
    public private(set) var crews: [CrewID] = []
    /// What each crew does on its days; what is behind it comes first.
    public private(set) var routes: [ShiftID: [Stop]] = [:]
    /// How it went with crews' days so far, where it was told.
    public private(set) var progress: [ShiftID: [DoneStop]] = [:]
    public private(set) var absences: Set<ShiftID> = []
    /// The second before which a delayed crew does not go on.
    public private(set) var delays: [ShiftID: Int] = [:]
    public private(set) var closures: [RoadClosure] = []
    /// The revision at which a crew's day changed last: its route, its times, or whether it is there.
    private(set) var dayChanges: [ShiftID: UInt32] = [:]
    /// The revision at which something changed last that every day rests on.
    private(set) var groundChange: UInt32 = 0
    /// The visits that are not over.
    private(set) var open: Set<UInt32> = []
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

    /// The number of a crew in shifts; nil for one that was never described.
    func index(of crew: CrewID) -> Int? { crews.firstIndex(of: crew) }

    /// The crew of a shift.
    func crew(of shift: ShiftID) -> CrewID { crews[PlanNumbers.crew(of: shift)] }

    private mutating func add(_ described: [VisitArea.Crew]) {
        for crew in described where !crews.contains(crew.id) { crews.append(crew.id) }
    }

    /// The visit of one of these people that is not over.
    public func openVisit(of people: Set<Applicant>) -> UInt32? {
        people.compactMap { openOf[$0] }.min()
    }

    /// Knows no more what was typed about some people.
    public mutating func forget(_ people: Set<Applicant>) {
        for index in visits.indices where people.contains(visits[index].applicant) {
            visits[index].words = nil
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
                visit.isUnkept = false
                visit.saidLate = nil
            }
        case .cancelled(let number, _, _):
            return change(number) { visit in
                visit.hold = nil
                visit.isUnkept = false
                visit.state = .cancelled
            }
        case .reported(let number, let report): return take(report, number)
        case .unkept(let unkept):
            // Whoever is only late has a place.
            let isLost = shift(of: unkept.number) == nil
            return change(unkept.number) { visit in
                visit.isUnkept = isLost
                visit.saidLate = unkept.late?.start
            }
        case .delayed(let shift, let until):
            delays[shift] = max(delays[shift] ?? 0, Int(until))
            dayChanges[shift] = revision
            return isKnown(shift)
        case .absent(let shift):
            absences.insert(shift)
            dayChanges[shift] = revision
            return isKnown(shift)
        case .present(let shift):
            dayChanges[shift] = revision
            return absences.remove(shift) != nil
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
            progress[shift] = stops.isEmpty ? nil : stops
            dayChanges[shift] = revision
            let route = routes[shift] ?? []
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
        open.insert(asked.number)
        openOf[asked.applicant] = asked.number
        return true
    }

    private mutating func take(_ report: VisitReport, _ number: UInt32) -> Bool {
        if case .longer = report, let shift = shift(of: number) { dayChanges[shift] = revision }
        return change(number) { visit in
            switch report {
            case .underWay, .arrived: visit.state = .underWay
            case .done: visit.state = .done
            case .nobodyHome:
                visit.attempts += 1
                visit.state = .failed
                visit.promise = nil
                visit.isUnkept = false
            case .longer(let minutes): visit.service += minutes * 60
            }
        }
    }

    private mutating func take(_ change: RouteChange, _ at: Int64) -> Bool {
        guard isKnown(change.shift) else { return false }
        routes[change.shift] = change.stops.isEmpty ? nil : change.stops
        dayChanges[change.shift] = revision
        // What is new in it cannot have begun before.
        delays[change.shift] = max(delays[change.shift] ?? 0, Int(at))
        if let told = progress[change.shift] {
            // What was told of a route holds as far as the route begins so.
            let kept = zip(told, change.stops).prefix { $0.stop == $1 }.map(\.0)
            progress[change.shift] = kept.isEmpty ? nil : kept
        }
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

    private mutating func change(_ number: UInt32, _ change: (inout HomeVisit) -> Void) -> Bool {
        guard self[number] != nil else { return false }
        let index = Int(number) - 1
        change(&visits[index])
        visits[index].changed = revision
        let visit = visits[index]
        if visit.state.isOver {
            open.remove(number)
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
