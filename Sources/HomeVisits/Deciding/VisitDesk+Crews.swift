// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Parties
import Texts
import Visits

/// What is told of a crew.
extension VisitDesk {
    mutating func report(
        _ crew: CrewID, _ report: CrewReport, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        guard let index = book.index(of: crew),
            let known = book.area.crews.first(where: { $0.id == crew })
        else { throw book.unknownCrew(crew) }
        let today = terms.date(now)
        switch report {
        case .delayed(let minutes):
            let shift = PlanNumbers.shift(today, crew: index)
            guard CallLimit.crewDelayMinutes.contains(minutes) else {
                throw .fault(
                    AreaFault(
                        field: "minutes",
                        problem: "must be 1 to \(CallLimit.crewDelayMinutes.upperBound)"))
            }
            guard book.hours(of: known, today, terms) != nil else {
                throw .noShift(crew, on: today)
            }
            guard !book[shift].isAbsent else {
                throw .crewIs(crew, absent: true, on: today)
            }
            return try delayed(shift, by: minutes * 60, terms, now)
        case .absent(let date):
            try terms.requirePublished(date)
            let shift = PlanNumbers.shift(date, crew: index)
            guard book.hours(of: known, date, terms) != nil else {
                throw .noShift(crew, on: date)
            }
            guard date >= today else {
                throw .fault(AreaFault(field: "date", problem: "the day is over"))
            }
            guard !book[shift].isAbsent else {
                throw .crewIs(crew, absent: true, on: date)
            }
            return [.absent(shift)]
                + (try repair(
                    [date], [.absent(shift)], touching: shift, after: .absent(shift), terms, now))
        case .present(let date):
            let shift = PlanNumbers.shift(date, crew: index)
            guard book[shift].isAbsent else {
                throw .crewIs(crew, absent: false, on: date)
            }
            var back = self
            _ = back.take([.present(shift)], at: Int64(now))
            // Promises without a place may have one with the crew.
            return [.present(shift)]
                + (date >= today ? try back.repair([date], [], touching: nil, terms, now) : [])
        }
    }

    private mutating func delayed(
        _ shift: ShiftID, by seconds: Int, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let today = terms.date(now)
        let situation = try situation([today], terms, now)
        let last = situation.log.done[shift]?.last
        // A crew that drives or serves is late with that; one that is free goes on later.
        let isBusy = last.map { $0.end > now } ?? false
        let from = max(now, situation.problem.shift(shift)?.hours.start ?? now)
        // At lunch it may lose all its visits, and its route with them; it goes on no sooner for that.
        let isAtLunch = isBusy && last?.stop.visit == nil
        let free = isAtLunch ? last?.end ?? from : max(from, book[shift].notBefore ?? 0)
        let until = isBusy && !isAtLunch ? now : free + seconds
        let event = VisitEvent.delayed(shift, until: Int64(until))
        let events = try repair(
            situation, [isBusy ? .delay(shift, seconds: seconds) : .waits(shift, until: until)],
            touching: shift, after: event, terms, now)
        // Where the lunch holds its place the delay is a part of it. If it turns out later that the crew was
        // not at lunch, it is still delayed by so much, and has lunch then if there is time: that counts once.
        guard isAtLunch, let stop = last?.stop, events.tell(stop, of: shift),
            let lunch = situation.problem.shift(shift)?.lunches
                .first(where: { .lunch($0.number) == stop }),
            lunch.windows.contains(where: { $0.end >= until - lunch.length })
        else { return [event] + events }
        return [.delayed(shift, until: Int64(max(now, until - lunch.length)))] + events
    }
}

extension [VisitEvent] {
    /// Whether a stop is among those that they tell of a crew.
    fileprivate func tell(_ stop: Stop, of shift: ShiftID) -> Bool {
        contains { event in
            guard case .progressed(shift, let told) = event else { return false }
            return told.contains { $0.stop == stop }
        }
    }
}
