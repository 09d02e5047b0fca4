// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// What the desk tells, beside the ledger.
extension LiveMonth {
    /// Compares everything after an event.
    mutating func check() throws {
        guard faults.isEmpty else { return }
        let plan = try plan()
        watcher.hear(try desk.plan(nil, 14, since: watcher.seen, terms, now: now))
        near.hear(try desk.plan(nil, 2, since: near.seen, terms, now: now))
        for entry in ledger.entries { try checkPlace(entry, plan) }
        for day in plan.crewDays {
            for text in DayArithmetic(self, day).faults {
                let old = before.day(day.crew, day.date)
                fault(
                    "\(day.crew) on \(day.date): \(text); it was \(self.text(old)), and is "
                        + self.text(day))
            }
        }
        checkTotals(plan)
        for text in watcher.differences(plan) + near.differences(try self.plan(nil, 2)) {
            fault(text)
        }
        if let look { for text in try look(self, plan) { fault(text) } }
        for day in plan.crewDays where day.date == today {
            for stop in day.stops where stop.isBegun {
                if case .visit(let number) = stop.kind { begun.insert(number) }
            }
        }
    }

    /// What time alone has made of the plan: no crew is on its way before it has to be, be it after its lunch.
    mutating func checkSettingOut() {
        for day in before.crewDays where day.date == today {
            var (place, lunches) = (Town.home, [AreaPlan.Stop]())
            for stop in day.stops {
                switch stop.kind {
                case .lunch: lunches.append(stop)
                case .held(let number): (place, lunches) = (ledger[number].place, [])
                case .visit(let number):
                    let there = ledger[number].place
                    let isNew = !begun.contains(number) && ledger[number].teller == nil
                    if stop.isBegun, stop.outcome == nil, stop.start > now, isNew {
                        var (moment, way) = (stop.start, town.way(place, there, by: day.crew))
                        for lunch in lunches.reversed() where moment - lunch.end < way {
                            way -= max(0, moment - lunch.end)
                            moment = min(moment, lunch.start)
                        }
                        if moment - way > now {
                            fault(
                                "\(day.crew) is on its way to \(number), and may wait until "
                                    + clock(moment - way))
                        }
                    }
                    (place, lunches) = (there, [])
                }
            }
        }
    }

    /// A visit stands in one place, and its state is what was told.
    private mutating func checkPlace(_ entry: Entry, _ plan: AreaPlan) throws {
        let number = entry.number
        let answer = try desk.answer(.visit(Self.id(number)), terms, now: now)
        guard case .visit(let view) = answer else { return fault("\(number) is not there") }
        // What is on the watched days no more is shown as it is now, too.
        let shown = [watcher, near].compactMap { $0.visit(number) }
        if let shown = shown.first(where: { $0 != view }) {
            fault("\(number) is \(view.state), and whoever watches shows it \(shown.state)")
        }
        if view.state != entry.state {
            fault("\(number) is \(view.state), and was told to be \(entry.state)")
        }
        if entry.isAhead, view.promise != entry.promise {
            fault("\(number) is promised otherwise than was told")
        }
        if Int64(view.service) != entry.service + entry.setup {
            fault("\(number) takes \(view.service) s")
        }
        if view.isUnkept, !entry.isAhead { fault("\(number) is told to be without a place") }
        let held = plan.crewDays.flatMap(\.stops).filter { $0.kind == .held(number) }.count
        if held > entry.held.count { fault("\(number) has \(held) places held") }
        let own = plan.own(entry)
        let count = plan.stops(number).count
        let vain = entry.vain.filter { $0 >= today }.count
        if count - vain > 1 || count < vain { fault("\(number) is in the plan \(count) times") }
        // Each of its stops tells what came of it.
        let inVain = plan.stops(number).count { $0.stop.outcome == .nobodyHome }
        if inVain != vain { fault("\(number) was tried in vain \(vain) times, not \(inVain)") }
        if let own, (own.stop.outcome == .calledOff) != (entry.state == .cancelled) {
            fault("\(number) is \(entry.state), and its stop tells otherwise")
        }
        switch entry.state {
        case .requested, .held, .failed:
            if own != nil { fault("\(number) is planned, and promised nothing") }
            if entry.state != .held, !plan.visits.contains(where: { $0.id.number == number }) {
                fault("\(number) waits, and the plan does not say so")
            }
        case .cancelled:
            if let own, !own.stop.isBegun { fault("\(number) is called off, and planned") }
        case .promised, .underWay: checkAhead(entry, own, view, plan)
        case .done: checkDone(entry, own)
        }
    }

    private mutating func checkAhead(
        _ entry: Entry, _ own: Placed?, _ view: VisitView, _ plan: AreaPlan
    ) {
        let number = entry.number
        guard let promise = entry.promise else { return fault("\(number) has no promise") }
        guard let own else {
            // Of days that are over, `checkAllDays` tells.
            let date = entry.teller?.date ?? TownCalendar.date(promise.end)
            if date < today, !view.isUnkept { return }
            if entry.state == .underWay { fault("a crew is on its way to \(number), and none is") }
            if !entry.isSaidLost || !view.isUnkept {
                fault("\(number) has no place, and nobody was told")
            }
            if !plan.visits.contains(where: { $0.id.number == number && $0.isUnkept }) {
                fault("\(number) is lost, and the plan does not say so")
            }
            return
        }
        ledger[number].isSaidLost = false
        if view.isUnkept { fault("\(number) has a place, and is told to have none") }
        if let teller = entry.teller, entry.state == .underWay,
            (own.crew, own.date) != teller
        {
            fault("\(number) is with \(own.crew), and \(teller.crew) has told of it")
        }
        let start = own.stop.start
        // Before its window nobody is visited but who is, as the crew tells.
        if start < promise.start, !own.stop.isBegun { fault("\(number) begins too early") }
        if start > max(promise.end, entry.saidStart ?? promise.end) {
            fault("\(number) begins at \(clock(start)), and nobody was told")
        }
        checkCrew(entry, own)
    }

    private mutating func checkCrew(_ entry: Entry, _ own: Placed) {
        // Whoever tells of a visit has it, and what is behind a crew is behind it.
        guard entry.teller == nil, !own.stop.isBegun else { return }
        if entry.avoided.contains(own.crew) { fault("\(own.crew) must not visit \(entry.number)") }
        let crew = town.crews.first { $0.id == own.crew }
        if !Set(entry.needs).isSubset(of: crew?.needs ?? []) {
            fault("\(own.crew) lacks what \(entry.number) needs")
        }
        if town.hours(own.crew, own.date) == nil {
            fault("\(own.crew) is to visit \(entry.number) on \(own.date), and has no shift")
        }
    }

    private mutating func checkDone(_ entry: Entry, _ own: Placed?) {
        guard let teller = entry.teller, teller.date == today else { return }
        guard let own, (own.crew, own.date) == teller else {
            return fault("\(entry.number) is done by \(teller.crew), and the plan does not say so")
        }
        if let times = entry.times {
            if (own.stop.arrival, own.stop.start, own.stop.end)
                != (times.arrival, times.start, times.end)
            {
                fault("\(entry.number) was done at another time than is told now")
            }
        } else {
            ledger[entry.number].times = own.stop
        }
    }

    private mutating func checkTotals(_ plan: AreaPlan) {
        let totals = AreaTotals(plan)
        let stops = plan.crewDays.flatMap(\.stops).filter { $0.kind != .lunch }
        var own: Set<UInt32> = []
        for stop in stops where stop.outcome == nil {
            if case .visit(let number) = stop.kind { own.insert(number) }
        }
        let told = [
            Int64(totals.visits), totals.waiting, totals.service, totals.travel,
            totals.crews.reduce(0) { $0 + $1.work },
        ]
        let travel = plan.crewDays.reduce(0) { $0 + DayArithmetic(self, $1).travel }
        let service = stops.reduce(0) { $0 + $1.end - $1.start }
        let counted = [
            Int64(own.count), stops.reduce(0) { $0 + $1.start - $1.arrival }, service, travel,
            service + travel,
        ]
        if told != counted { fault("the plan adds up to \(counted), and is told as \(told)") }
    }

    /// Each visit of the month stands once in all its days.
    mutating func checkAllDays() throws {
        guard faults.isEmpty else { return }
        var counts: [UInt32: Int] = [:]
        var date = first
        while date <= today.adding(days: 14)! {
            for day in try plan(date, 14).crewDays {
                for case .visit(let number) in day.stops.map(\.kind) {
                    counts[number, default: 0] += 1
                }
            }
            date = date.adding(days: 14)!
        }
        for entry in ledger.entries {
            let own = (counts[entry.number] ?? 0) - entry.vain.count
            let expected: ClosedRange<Int> =
                switch entry.state {
                case .requested, .held, .failed: 0...0
                case .promised, .underWay: entry.isSaidLost ? 0...0 : 1...1
                case .done: 1...(entry.wasUnderWay ? 2 : 1)
                case .cancelled: 0...(entry.wasUnderWay ? 1 : 0)
                }
            if !expected.contains(own) {
                fault("\(entry.number), \(entry.state), stands in \(own) places of the month")
            }
        }
    }
}
