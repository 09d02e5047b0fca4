// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// What receipts tell, and why windows are refused.
extension LiveMonth {
    /// A receipt tells the visit's state right after the command; nil where it stays.
    mutating func checkState(_ receipt: VisitReceipt, _ state: HomeVisit.State?) {
        if receipt.state != state {
            fault("the receipt has \(text(receipt.state)), and it is \(text(state))")
        }
    }

    /// A crew's day in words, for faults.
    func text(_ day: AreaPlan.CrewDay?) -> String {
        guard let day else { return "no day" }
        let stops = day.stops.map {
            "\($0.kind) \(clock($0.arrival)) \(clock($0.start)) \(clock($0.end))"
                + ($0.isBegun ? " begun" : "")
        }
        return "\(day.crew) has \(stops.joined(separator: ", "))"
    }

    /// The day on which a visit stands, in words.
    func text(_ placed: Placed?, in plan: AreaPlan?) -> String {
        text(placed.flatMap { plan?.day($0.crew, $0.date) })
    }

    private func text(_ state: HomeVisit.State?) -> String { state.map { "\($0)" } ?? "no state" }

    /// Whether a crew has told of a visit that comes after another on its day.
    func hasLeft(_ crew: CrewID, _ number: UInt32) -> Bool {
        let stops = before.day(crew, today)?.stops ?? []
        guard let index = stops.lastIndex(where: { $0.kind == .visit(number) }) else {
            return false
        }
        return stops[(index + 1)...].contains { stop in
            guard case .visit(let other) = stop.kind, stop.isBegun else { return false }
            return ledger[other].state != .promised || ledger[other].vain.contains(today)
        }
    }

    /// What was told before has happened then: told again it takes no other time, unless it is not over by now.
    mutating func checkAgain(
        _ number: UInt32, _ report: VisitReport, _ stop: AreaPlan.Stop, _ planned: AreaPlan.Stop
    ) {
        var (arrival, start, end) = (planned.arrival, planned.start, planned.end)
        if report == .underWay, arrival < now {
            arrival = now
            end += max(0, now - start)
            start = max(start, now)
        }
        end = max(end, now)
        if [stop.arrival, stop.start, stop.end] != [arrival, start, end] {
            fault(
                "\(number) was told before, and is from \(clock(stop.arrival)), "
                    + "\(clock(stop.start)) to \(clock(stop.end))")
        }
    }

    /// A window is refused for the first hurdle that none of the town's crews takes.
    mutating func checkRefused(_ number: UInt32, _ offer: OfferList) {
        let entry = ledger[number]
        for refused in offer.refused {
            let (from, to) = (refused.window.start, refused.window.end)
            let date = TownCalendar.date(from)
            let serving = town.crews.filter { crew in
                guard let hours = town.hours(crew.id, date) else { return false }
                return ledger.absences[crew.id]?.contains(date) != true
                    && hours.lowerBound <= to && from <= hours.upperBound
            }
            let welcome = serving.filter { !entry.avoided.contains($0.id) }
            let able = welcome.filter { Set(entry.needs).isSubset(of: $0.needs) }
            let isLate = from + entry.service + entry.setup > offer.due
            let reason: RefusedWindow.Reason =
                serving.isEmpty
                ? .noShift
                : welcome.isEmpty ? .avoided : able.isEmpty ? .need : isLate ? .pastDue : .noSlack
            if refused.reason != reason {
                fault("\(clock(from)) is refused to \(number) as \(refused.reason), not \(reason)")
            }
        }
    }
}
