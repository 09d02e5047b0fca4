// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Visits

/// What goes otherwise than planned.
extension LiveMonth {
    /// Where the plan before an event has a visit that a crew still has to pay, or pays.
    private func planned(_ number: UInt32) -> Placed? {
        ledger[number].isAhead ? before.own(ledger[number]) : nil
    }

    /// Where a visit stands on a day that is over.
    private mutating func pastPlace(_ number: UInt32) throws -> Placed? {
        guard ledger[number].isAhead else { return nil }
        var from = first
        while from < today {
            let days = min(14, from.days(until: today))
            if let own = try plan(from, days).own(ledger[number]) { return own }
            from = from.adding(days: 14)!
        }
        return nil
    }

    private mutating func anyCrew() -> CrewID { town.crews[roll(town.crews.count)].id }

    // MARK: Crews tell

    mutating func crewsTell() throws {
        for day in try plan(nil, 1).crewDays where faults.isEmpty && roll(4) > 0 {
            let next = day.stops.first { stop in
                guard case .visit(let number) = stop.kind else { return false }
                return ledger[number].isAhead
            }
            // Crews tell too early and too late, and of what comes after the next.
            let later = day.stops.filter { stop in
                guard case .visit(let number) = stop.kind else { return false }
                return ledger[number].isAhead
            }
            guard let next else { continue }
            let stop = roll(6) == 0 ? later[roll(later.count)] : next
            guard stop.arrival <= now + Int64(roll(2_400)), case .visit(let number) = stop.kind
            else { continue }
            // Now and then another crew than the plan's has the visit.
            let teller = roll(7) == 0 ? anyCrew() : roll(2) == 0 ? day.crew : nil
            try tell(number, by: teller, report())
            try check()
            try go(to: now + Int64(roll(90)))
        }
        // Of what has no place, or was called off, somebody tells, too.
        if roll(4) == 0 {
            let others = ledger.entries.filter { $0.state != .done }
            if !others.isEmpty {
                let entry = others[roll(others.count)]
                try tell(entry.number, by: roll(3) == 0 ? nil : anyCrew(), report())
            }
        }
    }

    private mutating func report() -> VisitReport {
        switch roll(9) {
        case 0: .nobodyHome
        case 1: .longer(minutes: 5 + roll(40))
        case 2, 3: .underWay
        case 4, 5: .arrived
        default: .done
        }
    }

    private mutating func tell(
        _ number: UInt32, by crew: CrewID?, _ report: VisitReport
    ) throws {
        let story = "report \(number) \(report) by \(crew.map { "\($0)" } ?? "its crew")"
        let past = try pastPlace(number)
        let old = try past.map { try plan($0.date, 1) }
        let result = try play(story, .report(Self.id(number), report, by: crew))
        let place = planned(number) ?? past
        let entry = ledger[number]
        switch result {
        case .success(let receipt):
            if let place, place.date < today, report.isOver, crew == nil || crew == place.crew {
                ledger.note(number, report, place.crew, place.date)
                if let old, try Self.times(plan(place.date, 1)) != Self.times(old) {
                    fault("\(number) was told of, and \(place.date) is another day")
                }
                return settle(receipt, trouble: false)
            }
            guard let teller = crew ?? place?.crew else {
                return fault("nobody is known who told it")
            }
            if crew == nil, place?.date != today { fault("it is not planned for today") }
            let isNew = (place?.crew, place?.date) != (teller, today)
            let isAgain =
                entry.state == .underWay && entry.told == report
                && entry.teller.map { $0 == (teller, today) } == true && !hasLeft(teller, number)
            // Whoever does not have it and tells that it takes longer is there.
            if report.isLonger, isNew { ledger.note(number, .arrived, teller, today) }
            if !report.isLonger || isNew { callElsewhere(teller, but: number, report) }
            ledger.note(number, report, teller, today)
            settle(receipt, trouble: true)
            checkState(receipt, report.isLonger && !isNew ? nil : ledger[number].state)
            let own: AreaPlan.Stop? =
                place?.crew == teller && place?.date == today ? place?.stop : nil
            try checkReport(number, report, teller, planned: own, isAgain: isAgain)
            if !report.isLonger || isNew {
                ledger.crews[teller, default: CrewNotes()].delayedUntil = nil
            }
            ledger.crews[teller, default: CrewNotes()].changed = now
        case .failure(let refusal):
            switch refusal {
            case .notToday:
                let isKnown = place.map { $0.date == today || $0.date < today && report.isOver }
                if crew != nil || isKnown == true { fault("a report is refused: \(refusal)") }
            case .visitIs(let state, _):
                // What has happened is taken, whatever was planned; only what is over is not told again.
                if state != entry.state || entry.isAhead || (report == .done && crew != nil) {
                    fault("a report is refused: \(refusal)")
                }
            case .fault where report.isLonger && entry.service > 70_000: return
            default: fault("a report is refused: \(refusal)")
            }
        }
    }

    /// When crews were where on the days of a plan, and back.
    private static func times(_ plan: AreaPlan) -> [[Int64]] {
        plan.crewDays.map { day in
            day.stops.flatMap { [$0.arrival, $0.start, $0.end] } + [day.back ?? 0]
        }
    }

    /// A crew that tells of a visit is not on its way to another any more, unless it told of that later.
    private mutating func callElsewhere(
        _ crew: CrewID, but number: UInt32, _ report: VisitReport
    ) {
        let stops = before.day(crew, today)?.stops ?? []
        let own = stops.firstIndex { $0.kind == .visit(number) && $0.isBegun }
        for (index, stop) in stops.enumerated() where index != own {
            guard case .visit(let other) = stop.kind, ledger[other].state == .underWay,
                ledger[other].teller.map({ $0 == (crew, today) }) == true
            else { continue }
            let isLater = own.map { $0 < index } ?? false
            if stop.start <= now || isLater && report.isOver { continue }
            ledger[other].state = .promised
            ledger[other].teller = nil
        }
    }

    /// Of days that are over it is told later how a visit went.
    mutating func tellOfThePast() throws {
        let past = ledger.entries.filter { entry in
            guard entry.isAhead, let promise = entry.promise else { return false }
            return TownCalendar.date(promise.end) < today
        }
        guard !past.isEmpty else { return }
        let number = past[roll(past.count)].number
        try tell(number, by: nil, roll(3) == 0 ? .nobodyHome : .done)
    }

    // MARK: Crews

    mutating func delay() throws {
        let crew = anyCrew()
        let minutes = 5 + roll(90)
        let result = try play(
            "delay \(crew) \(minutes)", .crew(Town.id, crew, .delayed(minutes: minutes)))
        guard case .success(let receipt) = result else {
            if town.hours(crew, today) != nil,
                before.crewDays.first(where: { $0.crew == crew && $0.date == today })?.isAbsent
                    == false
            {
                fault("a delay is refused")
            }
            return
        }
        settle(receipt, trouble: true)
        try checkDelay(crew, Int64(minutes) * 60)
    }

    mutating func absence() throws {
        let crew = anyCrew()
        let date = today.adding(days: roll(3))!
        let isBack = roll(2) == 0
        let report: CrewReport = isBack ? .present(date) : .absent(date)
        let result = try play(
            "\(isBack ? "present" : "absent") \(crew) \(date)", .crew(Town.id, crew, report))
        guard case .success(let receipt) = result else { return }
        if isBack {
            ledger.absences[crew]?.remove(date)
        } else {
            ledger.absences[crew, default: []].insert(date)
            // What it has ended is done.
            let day = before.crewDays.first { $0.crew == crew && $0.date == date }
            let ended = (day?.stops ?? []).filter { $0.end <= now }.compactMap { stop in
                if case .visit(let number) = stop.kind { number } else { nil as UInt32? }
            }
            ledger.noteAbsent(crew, date, but: Set(ended))
        }
        settle(receipt, trouble: !isBack)
    }

    // MARK: The town

    mutating func road() throws {
        let name = NeedID("road-\(roll(3))")!
        if roll(2) == 0 {
            let result = try play("open \(name)", .openRoad(Town.id, name))
            guard case .success(let receipt) = result else { return }
            town.closures.removeAll { $0.name == name }
            settle(receipt, trouble: false)
        } else {
            let (centre, most) = try closedPlace()
            let closure = RoadClosure(
                name: name, centre: centre, radius: 301, extra: 120 + roll(most))!
            let result = try play("close \(name)", .closeRoad(Town.id, closure))
            guard case .success(let receipt) = result else { return fault("no road is closed") }
            town.closures.removeAll { $0.name == name }
            town.closures.append(closure)
            settle(receipt, trouble: true)
            checkLost(receipt)
        }
    }

    /// Somewhere, or half way between the office and where a crew is that is out, and by how much ways through
    /// it may be longer.
    private mutating func closedPlace() throws -> (HomePoint, Int) {
        let days = try plan(nil, 1).crewDays
        let out = days.compactMap { day in
            day.stops.last { $0.isBegun && $0.kind != .lunch }
        }
        if roll(2) == 0, let stop = out.first, case .visit(let number) = stop.kind {
            let there = ledger[number].place
            let centre = HomePoint(
                longitude: (Town.home.longitude + there.longitude) / 2,
                latitude: (Town.home.latitude + there.latitude) / 2)!
            return (centre, 14_000)
        }
        let centre = HomePoint(
            longitude: Town.home.longitude + Int32(roll(40) - 20) * 1_000,
            latitude: Town.home.latitude + Int32(roll(30) - 15) * 1_000)!
        return (centre, 3_000)
    }

    /// No promise is told to be lost that the crew which has it next, and nothing else ahead, can keep.
    private mutating func checkLost(_ receipt: VisitReceipt) {
        for day in before.crewDays where day.date == today && !day.isAbsent {
            let ahead = day.stops.filter { !$0.isBegun }
            let begun = day.stops.filter(\.isBegun)
            guard ahead.count == 1, case .visit(let number) = ahead[0].kind,
                receipt.unkept.contains(where: { $0.number == number }),
                let promise = ledger[number].promise, let hours = town.hours(day.crew, today)
            else { continue }
            let last = begun.last { $0.kind != .lunch }
            var here = Town.home
            if case .visit(let other)? = last?.kind { here = ledger[other].place }
            let entry = ledger[number]
            let until = ledger.crews[day.crew]?.delayedUntil ?? .min
            let free = max(now, begun.last?.end ?? hours.lowerBound, hours.lowerBound, until)
            let start = max(free + town.way(here, entry.place, by: day.crew), promise.start)
            let back =
                start + entry.service + entry.setup + town.way(entry.place, Town.home, by: day.crew)
            if start <= promise.end, back <= hours.upperBound {
                let stops = (try? plan().day(day.crew, today)?.stops) ?? []
                let now = stops.map { "\($0.kind) \(clock($0.start))–\(clock($0.end))" }
                fault(
                    "\(number) is told to be lost, and \(day.crew) could be back by \(clock(back)); it "
                        + "has \(now.joined(separator: ", "))")
            }
        }
    }

    /// Crews serve in the office on some date, one is described no more, or again, or goes on foot instead of
    /// by car.
    mutating func describeAnew() throws {
        var other = town
        switch roll(4) {
        case 0: other.duties.append((anyCrew(), today.adding(days: roll(4))!))
        case 1: other.duties = []
        case 2: other.onFoot.formSymmetricDifference([anyCrew()])
        default:
            if other.crews.count == Town.crews.count {
                other.crews.remove(at: roll(other.crews.count))
            } else {
                other.crews = Town.crews
            }
            other.duties.removeAll { duty in !other.crews.contains { $0.id == duty.crew } }
        }
        let result = try play("describe anew", .describe(other.area, breaking: true))
        guard case .success(let receipt) = result else { return fault("a description is refused") }
        town = other
        settle(receipt, trouble: true)
    }

    /// An act makes other days working days.
    mutating func decree() throws {
        guard roll(3) == 0 else { return }
        try time()
        story = "decree"
        before = try plan()
        town.inForce = 1 - town.inForce
        let events = try desk.repairVanished(terms, now: now)
        take(events)
        counts["decree", default: 0] += 1
        settle(VisitReceipt(Town.id, revision: desk.book.revision, of: events), trouble: true)
    }

    mutating func replan() throws {
        try time()
        story = "replan"
        before = try plan()
        guard let search = try desk.replanning(terms, now: now) else { return }
        let found = search.run(seed: 1) { Double($0.steps) / 60 }
        let events = try desk.replanned(found, terms, now: now, wanted: true)
        take(events)
        counts["replan", default: 0] += 1
        settle(VisitReceipt(Town.id, revision: desk.book.revision, of: events), trouble: false)
    }
}

extension VisitReport {
    var isLonger: Bool { if case .longer = self { true } else { false } }
    var isOver: Bool { self == .done || self == .nobodyHome }
}
