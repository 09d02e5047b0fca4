// SPDX-License-Identifier: Apache-2.0

/// The guards that a problem passes before anything is computed from it.
struct ProblemCheck {
    let places: Int
    var profiles = 1

    func shifts(_ shifts: [Shift]) throws(ProblemError) -> [ShiftID: Int] {
        guard shifts.count <= ProblemLimits.shifts else {
            throw .tooMany("shifts", limit: ProblemLimits.shifts)
        }
        var index: [ShiftID: Int] = [:]
        var (first, last) = (Int.max, Int.min)
        for (number, shift) in shifts.enumerated() {
            guard index.updateValue(number, forKey: shift.id) == nil else {
                throw .repeatedShift(shift.id)
            }
            try check(shift)
            first = min(first, shift.hours.start)
            last = max(last, shift.hours.end)
        }
        guard shifts.isEmpty || last - first <= ProblemLimits.span else {
            throw .span(last - first)
        }
        return index
    }

    private func check(_ shift: Shift) throws(ProblemError) {
        let who = shift.id.description
        for place in [shift.start, shift.end] { try check(place, who) }
        guard (0..<profiles).contains(shift.profile) else {
            throw .number("the profile of \(who)", shift.profile)
        }
        try check(shift.hours, "the hours of \(who)")
        guard shift.capacity.count <= ProblemLimits.capacities else {
            throw .tooMany("capacities of \(who)", limit: ProblemLimits.capacities)
        }
        for amount in shift.capacity { try check(amount: amount, "a capacity of \(who)") }
        if let limit = shift.visitLimit { try check(amount: limit, "the visits of \(who)") }
        guard shift.lunches.count <= ProblemLimits.lunchesPerShift else {
            throw .tooMany("lunches of \(who)", limit: ProblemLimits.lunchesPerShift)
        }
        var numbers: Set<Int> = []
        for lunch in shift.lunches {
            guard numbers.insert(lunch.number).inserted else {
                throw .repeatedLunch(shift.id, number: lunch.number)
            }
            try check(duration: lunch.length, "the lunch of \(who)")
            try check(lunch.windows, "the lunch of \(who)")
        }
    }

    func visits(
        _ visits: [Visit], shifts: [ShiftID: Int]
    ) throws(ProblemError) -> [VisitID: Int] {
        guard visits.count <= ProblemLimits.visits else {
            throw .tooMany("visits", limit: ProblemLimits.visits)
        }
        guard visits.count * shifts.count <= ProblemLimits.pairs else {
            throw .tooMany("pairs of a visit and a shift", limit: ProblemLimits.pairs)
        }
        var index: [VisitID: Int] = [:]
        for (number, visit) in visits.enumerated() {
            guard index.updateValue(number, forKey: visit.id) == nil else {
                throw .repeatedVisit(visit.id)
            }
            try check(visit, shifts)
        }
        return index
    }

    private func check(_ visit: Visit, _ shifts: [ShiftID: Int]) throws(ProblemError) {
        let who = visit.id.description
        try check(visit.place, who)
        try check(duration: visit.service, "the service of \(who)")
        try check(duration: visit.setup, "the set-up of \(who)")
        try check(visit.windows, who)
        if let promise = visit.promise { try check(promise.window, "the promise of \(who)") }
        if let due = visit.due { try check(moment: due, "the due time of \(who)") }
        guard visit.demand.count <= ProblemLimits.capacities else {
            throw .tooMany("demands of \(who)", limit: ProblemLimits.capacities)
        }
        for amount in visit.demand { try check(amount: amount, "a demand of \(who)") }
        let named = visit.avoided + (visit.allowed ?? []) + (visit.promise?.shifts ?? [])
        if let unknown = named.first(where: { shifts[$0] == nil }) {
            throw .unknownShift(visit.id, unknown)
        }
    }

    private func check(_ place: Place?, _ who: String) throws(ProblemError) {
        guard let place, !(0..<places).contains(place.row) else { return }
        throw .unknownPlace(who, row: place.row)
    }

    private func check(_ windows: [TimeWindow], _ who: String) throws(ProblemError) {
        guard windows.count <= ProblemLimits.windowsPerVisit else {
            throw .tooMany("windows of \(who)", limit: ProblemLimits.windowsPerVisit)
        }
        for window in windows { try check(window, "a window of \(who)") }
    }

    private func check(_ window: TimeWindow, _ what: String) throws(ProblemError) {
        try check(moment: window.start, what)
        try check(moment: window.end, what)
    }

    private func check(moment: Int, _ what: String) throws(ProblemError) {
        let limit = ProblemLimits.moment
        guard (-limit...limit).contains(moment) else { throw .number(what, moment) }
    }

    private func check(duration: Int, _ what: String) throws(ProblemError) {
        guard (0...ProblemLimits.duration).contains(duration) else {
            throw .number(what, duration)
        }
    }

    private func check(amount: Int, _ what: String) throws(ProblemError) {
        guard (0...ProblemLimits.amount).contains(amount) else { throw .number(what, amount) }
    }
}
