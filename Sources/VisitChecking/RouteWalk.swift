// SPDX-License-Identifier: Apache-2.0

import Visits

/// A crew that is followed along its route, second by second of what it is told to do.
///
/// It drives, waits and works as early as it may, or when it is stated to, whichever is later.
struct RouteWalk {
    let shift: Shift
    let travel: TravelMatrix
    private(set) var faults: [PlanFault] = []
    private(set) var onTheWay = 0
    private(set) var waited = 0
    private(set) var worked = 0
    /// When the crew is free; at the end, when it is back.
    private(set) var clock: Int
    private(set) var began: Int

    private var place: Place?
    /// Seconds since the last place in which the crew was free to drive on.
    private var driven = 0
    /// Whether nobody is ahead of the crew: what follows from what has begun is no fault.
    private let isOver: Bool
    /// When it was free after what has begun; nil if nothing is known of that.
    private var freed: Int?
    /// The second before which it does not set out for the next visit; nil if it may at any.
    private var notBefore: Int?

    /// A crew that sets out when it is stated to, or else when its hours begin.
    init(_ shift: Shift, travel: TravelMatrix, leaves: Int?, isOver: Bool = false) {
        self.shift = shift
        self.travel = travel
        self.isOver = isOver
        place = shift.start
        clock = max(shift.hours.start, leaves ?? shift.hours.start)
        began = clock
        if let leaves, leaves < shift.hours.start {
            note(.beforeHours, by: shift.hours.start - leaves)
        }
    }

    private mutating func note(
        _ kind: PlanFault.Kind, _ visit: VisitID? = nil, item: Int? = nil, by amount: Int? = nil
    ) {
        faults.append(PlanFault(kind, visit: visit, shift: shift.id, item: item, by: amount))
    }

    /// The seconds of a way in totals; none where there is no way.
    private static func told(_ way: Int) -> Int { way == TravelMatrix.longest ? 0 : way }

    /// Drives to a place; what was driven before a lunch on the way counts.
    private mutating func drive(to next: Place?) {
        if let place, let next {
            let way = travel[place, next]
            onTheWay += Self.told(way)
            clock += max(0, way - driven)
        }
        driven = 0
        if let next { place = next }
    }

    /// Follows the crew where it was, with the times as they were: they are no fault.
    mutating func recall(_ done: DoneStop, at next: Place?) {
        if let next {
            if let place { onTheWay += Self.told(travel[place, next]) }
            place = next
            driven = 0
            waited += done.start - done.arrival
            worked += done.end - done.start
            began = min(began, done.arrival)
        } else {
            driven += max(0, done.start - clock)
        }
        clock = done.end
        freed = done.end
    }

    /// Until when it is at work; within its hours where that follows from what has begun alone.
    var end: Int { isOver ? min(clock, max(began, shift.hours.end)) : clock }

    /// Has what has begun behind it, at a second if one is known.
    mutating func goOn(at now: Int?) {
        guard let now else { return }
        freed = max(now, freed ?? shift.hours.start)
        notBefore = now
    }

    /// Whether a lunch need not be taken: its windows were over before the crew was free, and one of them was
    /// within its hours.
    func isExcused(_ lunch: LunchBreak) -> Bool {
        guard !isOver else { return true }
        guard let freed, !lunch.windows.isEmpty else { return false }
        return lunch.windows.allSatisfy { $0.end < freed }
            && lunch.windows.contains { $0.end >= shift.hours.start }
    }

    /// Begins at the stated second, or at the first that is allowed, but not before it is there.
    private mutating func begin(
        _ stated: Int?, _ allowed: [TimeWindow], _ visit: VisitID?, item: Int? = nil
    ) -> Int {
        if let stated, stated >= clock { return stated }
        if let stated { note(.impossibleTime, visit, item: item, by: clock - stated) }
        var first: Int?
        for window in allowed where window.end >= clock {
            let start = window.start > clock ? window.start : clock
            if first == nil || start < first! { first = start }
        }
        return first ?? clock
    }

    mutating func pay(_ visit: Visit, stated: Int?) {
        let before = place
        if let notBefore, clock < notBefore { (clock, driven) = (notBefore, 0) }
        notBefore = nil
        drive(to: visit.place)
        let start = begin(stated, Self.allowed(visit), visit.id)
        waited += start - clock
        if !visit.windows.isEmpty {
            let miss = Self.miss(start, visit.windows)
            if miss > 0 { note(.late, visit.id, by: miss) }
            if miss < 0 { note(.early, visit.id, by: -miss) }
        }
        let work = (before == visit.place ? 0 : visit.setup) + visit.service
        worked += work
        clock = start + work
        if let due = visit.due, clock > due { note(.afterDue, visit.id, by: clock - due) }
        checkPromise(visit, start)
        checkCrew(visit)
    }

    private mutating func checkPromise(_ visit: Visit, _ start: Int) {
        guard let promise = visit.promise else { return }
        let miss = Self.miss(start, [promise.window])
        if miss != 0 { note(.promisedTime, visit.id, by: abs(miss)) }
        if !promise.shifts.isEmpty, !promise.shifts.contains(shift.id) {
            note(.promisedShift, visit.id)
        }
    }

    private mutating func checkCrew(_ visit: Visit) {
        for skill in visit.skills where !shift.skills.contains(skill) {
            note(.lackingSkill, visit.id, item: skill.number)
        }
        if visit.avoided.contains(shift.id) { note(.avoidedShift, visit.id) }
        if let allowed = visit.allowed, !allowed.contains(shift.id) {
            note(.disallowedShift, visit.id)
        }
    }

    mutating func eat(_ lunch: LunchBreak, stated: Int?) {
        let start = begin(stated, lunch.windows, nil, item: lunch.number)
        if !lunch.windows.isEmpty, !isExcused(lunch) {
            let miss = Self.miss(start, lunch.windows)
            if miss != 0 { note(.lunchTime, item: lunch.number, by: abs(miss)) }
        }
        driven += start - clock
        clock = start + lunch.length
    }

    /// Drives home, if it must, and looks at the hours.
    mutating func goHome(stated: Int?) {
        drive(to: shift.end)
        if let stated {
            if stated < clock { note(.impossibleTime, by: clock - stated) }
            clock = max(clock, stated)
        }
        if clock > shift.hours.end, !isOver { note(.afterHours, by: clock - shift.hours.end) }
    }

    /// The seconds at which a visit may start, as windows that also keep its promise.
    private static func allowed(_ visit: Visit) -> [TimeWindow] {
        guard let promise = visit.promise?.window else { return visit.windows }
        guard !visit.windows.isEmpty else { return [promise] }
        return visit.windows.compactMap { window in
            TimeWindow(
                window.start > promise.start ? window.start : promise.start,
                window.end < promise.end ? window.end : promise.end)
        }
    }

    /// How far a moment lies behind the nearest window, before it if negative; 0 within one.
    private static func miss(_ moment: Int, _ windows: [TimeWindow]) -> Int {
        var nearest = Int.max
        for window in windows {
            let miss =
                moment > window.end
                ? moment - window.end : moment < window.start ? moment - window.start : 0
            if miss.magnitude < nearest.magnitude { nearest = miss }
        }
        return nearest
    }
}
