// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// A crew's day by the town's own ways, beside what is told of it.
struct DayArithmetic {
    private let month: LiveMonth
    private let day: AreaPlan.CrewDay
    /// What differs, in words.
    private(set) var faults: [String] = []
    /// Seconds on the way.
    private(set) var travel: Int64 = 0

    // Where the crew is after the stops so far.
    private var place = Town.home
    /// When its next way begins, at the earliest and at the latest, each with the lunches since.
    private var early: (leaves: Int64, lunches: Int64)
    private var late: (leaves: Int64, lunches: Int64)
    private var free: Int64

    private var isToday: Bool { day.date == month.today }
    private var notes: CrewNotes { month.ledger.crews[day.crew] ?? CrewNotes() }

    init(_ month: LiveMonth, _ day: AreaPlan.CrewDay) {
        self.month = month
        self.day = day
        free = day.hours.start
        early = (free, 0)
        late = (free, 0)
        check()
    }

    private mutating func check() {
        if let hours = month.town.hours(day.crew, day.date) {
            if hours != day.hours.start...day.hours.end { faults.append("other hours") }
        } else if day.stops.contains(where: { !$0.isBegun }) {
            faults.append("has no shift, and something to do")
        }
        var hasBegun = true
        for stop in day.stops {
            if stop.isBegun, !hasBegun { faults.append("begins what comes later") }
            if hasBegun, !stop.isBegun { goOn() }
            hasBegun = stop.isBegun
            switch stop.kind {
            case .lunch: lunch(stop)
            case .visit(let number), .held(let number): visit(stop, month.ledger[number])
            }
        }
        if hasBegun { goOn() }
        checkBack()
    }

    /// From what has begun the crew goes on when it may: not before a delay is over, and with what is new
    /// in its route not before it was told of it.
    private mutating func goOn() {
        guard isToday else { return }
        let until = notes.delayedUntil ?? .min
        early.leaves = max(early.leaves, until)
        late = (max(free, until, notes.changed), 0)
        // A way counts from the end of a lunch that was told of.
        let afterLunch = max(free, until)
        if afterLunch < early.leaves + early.lunches { early = (afterLunch, 0) }
        let beforeLunch = max(early.leaves, notes.changed) + early.lunches
        if early.lunches > 0, beforeLunch > late.leaves { late.leaves = beforeLunch }
        free = max(free, until)
    }

    /// When the crew is at a place at the earliest, and at the latest.
    private func arrival(_ way: Int64) -> ClosedRange<Int64> {
        let first = max(free, early.leaves + early.lunches + way)
        return first...max(first, late.leaves + late.lunches + way)
    }

    private mutating func lunch(_ stop: AreaPlan.Stop) {
        if stop.start < free { faults.append("lunch too soon") }
        let length = Int64(month.town.rules.lunchMinutes) * 60
        if stop.end - stop.start != length, !stop.isBegun {
            faults.append("a lunch of another length")
        }
        let (from, to) = (
            TownCalendar.second(day.date, 12 * 3_600), TownCalendar.second(day.date, 15 * 3_600)
        )
        if !isToday, !(from...to).contains(stop.start) { faults.append("lunch at another time") }
        early.lunches += stop.end - stop.start
        late.lunches += stop.end - stop.start
        free = stop.end
    }

    private mutating func visit(_ stop: AreaPlan.Stop, _ entry: Entry) {
        let way = month.town.way(place, entry.place, by: day.crew)
        if Int64(stop.way) != way { faults.append("\(stop.way) s to \(entry.number), not \(way)") }
        travel += way
        let isFirst = stop == day.stops.first
        if stop.start < stop.arrival || stop.end < stop.start || (stop.arrival < free && !isFirst) {
            faults.append("time runs back at \(entry.number)")
        }
        if !stop.isBegun { checkAhead(stop, entry, way) }
        place = entry.place
        early = (stop.end, 0)
        late = (stop.end, 0)
        free = stop.end
    }

    private mutating func checkAhead(_ stop: AreaPlan.Stop, _ entry: Entry, _ way: Int64) {
        let expected = arrival(way)
        if !expected.contains(stop.arrival) {
            faults.append(
                "is at \(entry.number) at \(month.clock(stop.arrival)), not \(month.text(expected))"
            )
        }
        if case .visit = stop.kind, let promise = entry.promise,
            stop.start != max(stop.arrival, promise.start)
        {
            faults.append("begins with \(entry.number) at \(month.clock(stop.start))")
        }
        let length = entry.service + (place == entry.place ? 0 : entry.setup)
        if stop.end - stop.start != length { faults.append("another time for \(entry.number)") }
        if (isToday ? stop.start : stop.end) > day.hours.end {
            faults.append("works after its hours")
        }
    }

    private mutating func checkBack() {
        guard day.stops.contains(where: { $0.kind != .lunch }) else {
            if day.back != nil || day.travel != 0 { faults.append("is back from nowhere") }
            return
        }
        let way = month.town.way(place, Town.home, by: day.crew)
        travel += way
        if Int64(day.travel) != travel {
            faults.append("\(day.travel) s on the way, not \(travel)")
        }
        guard let back = day.back else {
            faults.append("never comes back")
            return
        }
        let expected = arrival(way)
        if !expected.contains(back) {
            faults.append("is back at \(month.clock(back)), not \(month.text(expected))")
        }
        if !isToday, day.date > month.today, back > day.hours.end {
            faults.append("is back too late")
        }
    }
}

/// What a report or a delay makes of the crew's day.
extension LiveMonth {
    /// A report overrules what was expected.
    mutating func checkReport(
        _ number: UInt32, _ report: VisitReport, _ crew: CrewID, planned: AreaPlan.Stop?,
        isAgain: Bool
    ) throws {
        let plan = try plan()
        let entry = ledger[number]
        let stops = plan.day(crew, today)?.stops ?? []
        guard let index = stops.lastIndex(where: { $0.kind == .visit(number) }) else {
            if report.isLonger, planned?.isBegun == false { return }
            return fault("\(crew) has told of \(number), and does not have it")
        }
        let stop = stops[index]
        if report.isLonger {
            // One that is ahead may have no place any more, which is told.
            if let planned, planned.isBegun, stops[(index + 1)...].allSatisfy({ !$0.isBegun }),
                let old = report.seconds, stop.end != max(planned.end + old, now)
            {
                fault("\(number) takes longer until \(clock(stop.end))")
            }
            return
        }
        guard stop.isBegun else { return fault("\(number) has not begun") }
        // Of the next the crew has told before.
        let isLate = stops[(index + 1)...].contains { stop in
            guard case .visit(let other) = stop.kind, stop.isBegun else { return false }
            return ledger[other].state != .promised || ledger[other].vain.contains(today)
        }
        let before = stops[..<index].last
        let visited = stops[..<index].last { $0.kind != .lunch }.flatMap { stop in
            if case .visit(let other) = stop.kind { ledger[other].place } else { nil }
        }
        if isAgain, let planned { return checkAgain(number, report, stop, planned) }
        let opens = report == .nobodyHome ? now : entry.promise?.start ?? now
        let length = entry.service + (visited ?? Town.home == entry.place ? 0 : entry.setup)
        let free = max(now, before?.end ?? now)
        let way = town.way(visited ?? Town.home, entry.place, by: crew)
        if !report.isOver, !isLate {
            checkLunch(
                crew, stops[(index + 1)...], before: stop, free, report == .arrived ? 0 : way)
        }
        switch report {
        case .underWay:
            var arrival = free + way
            if let before, before.kind == .lunch, before.start >= now, before.end > before.start {
                // It is taken on the way, or while the crew waits.
                let leaves = max(now, stops[..<index].dropLast().last?.end ?? now)
                let there = leaves + way
                arrival =
                    before.start < there ? there + before.end - before.start : before.end
            }
            let start = max(arrival, opens)
            if [stop.arrival, stop.start, stop.end] != [arrival, start, start + length] {
                fault("\(number) is expected at \(clock(stop.arrival)), not \(clock(arrival))")
            }
        case .arrived:
            let start = max(free, opens)
            if [stop.arrival, stop.start, stop.end] != [free, start, start + length] {
                fault("\(crew) is with \(number) from \(clock(stop.start)) to \(clock(stop.end))")
            }
        case .done where isLate, .nobodyHome where isLate:
            if let planned,
                [stop.arrival, stop.start, stop.end]
                    != [planned.arrival, planned.start, planned.end]
            {
                fault("\(number) was told of late, and is at another time")
            }
        case .done: if stop.end != free { fault("\(number) ended at \(clock(stop.end))") }
        case .nobodyHome: if stop.end > free { fault("\(crew) stays with nobody") }
        case .longer: return
        }
    }

    /// Nobody waits for a window and has lunch behind it who has the time before.
    private mutating func checkLunch(
        _ crew: CrewID, _ later: ArraySlice<AreaPlan.Stop>, before stop: AreaPlan.Stop,
        _ free: Int64, _ way: Int64
    ) {
        guard let lunch = later.first(where: { $0.kind == .lunch }),
            let hours = town.hours(crew, today)
        else { return }
        let length = lunch.end - lunch.start
        let from = max(free, TownCalendar.second(today, 12 * 3_600), hours.lowerBound)
        let last = min(TownCalendar.second(today, 15 * 3_600), hours.upperBound - length)
        let there = max(from + length, from < free + way ? free + way + length : 0)
        if from <= last, there <= stop.start {
            fault("\(crew) has lunch at \(clock(lunch.start)), and the time from \(clock(from))")
        }
    }

    /// A delay is counted once.
    mutating func checkDelay(_ crew: CrewID, _ seconds: Int64) throws {
        let old = before.day(crew, today)?.stops.last(where: \.isBegun)
        var notes = ledger.crews[crew] ?? CrewNotes()
        guard let old, old.end > now else {
            let opens = town.hours(crew, today)?.lowerBound ?? now
            notes.delayedUntil = max(now, opens, notes.delayedUntil ?? now) + seconds
            ledger.crews[crew] = notes
            return
        }
        // Where a crew was in vain it may come again.
        let day = try plan().day(crew, today)
        let new = day?.stops.last { $0.kind == old.kind && $0.isBegun }
        // What it does takes longer; what it drives to waits for its window no less.
        let drives = old.start > now && old.kind != .lunch
        let arrival = drives ? old.arrival + seconds : old.arrival
        let start = drives ? max(old.start, arrival) : old.start
        let end = drives ? old.end + start - old.start : old.end + seconds
        if let new, [new.arrival, new.start, new.end] == [arrival, start, end] {
            if old.kind == .lunch, let hours = town.hours(crew, today) {
                // If it was not at lunch, as is told later, it has lunch after the delay, if there is time.
                let length = Int64(town.rules.lunchMinutes) * 60
                let last = min(
                    TownCalendar.second(today, 15 * 3_600), hours.upperBound - length)
                let least = end - length <= last ? max(now, end - length) : end
                notes.delayedUntil = max(least, notes.delayedUntil ?? least)
                ledger.crews[crew] = notes
            }
            return
        }
        if new == nil, old.kind == .lunch, day?.stops.isEmpty != false {
            // Whoever has lost all visits at lunch goes on when that would be over.
            notes.delayedUntil = end
            ledger.crews[crew] = notes
            return
        }
        fault(
            "the delay of \(crew) is counted otherwise than once: \(text(before.day(crew, today))), then "
                + text(day))
    }
}

extension VisitReport {
    /// By how much a visit takes longer.
    var seconds: Int64? { if case .longer(let minutes) = self { Int64(minutes) * 60 } else { nil } }
}
