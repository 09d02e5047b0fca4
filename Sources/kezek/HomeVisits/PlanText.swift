// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Texts

/// The plan of an area for a person at a terminal: first what somebody has to act on.
struct PlanText {
    let plan: AreaPlan
    let clock: AreaClock
    var changes: ChangesSince?

    private var visits: [UInt32: VisitView] {
        Dictionary(plan.visits.map { ($0.id.number, $0) }) { _, last in last }
    }

    var lines: [String] {
        let dates = clock.days(plan.dates)
        let head = Terminal.styled("\(plan.area)", .bold) + "  \(dates), revision \(plan.revision)"
        let changed = changes.map { [""] + ChangesText(changes: $0, clock: clock).lines } ?? []
        return [head, AreaTotals(plan).line] + unkept + waiting + crewDays + changed
    }

    private var unkept: [String] {
        guard !plan.unkept.isEmpty else { return [] }
        var table = QueueTable(["visit", "promised", "telephone", "name", "other windows"])
        for visit in plan.unkept {
            table.add([
                "\(visit.id)", visit.promise.map(clock.window) ?? "–",
                visit.words?.telephone ?? "–", visit.words?.name ?? "–",
                "kezek visits offer --visit \(visit.id)",
            ])
        }
        return ["", Terminal.styled("promises that cannot be kept: call them", .red)] + table.lines
    }

    private var waiting: [String] {
        guard !plan.waiting.isEmpty else { return [] }
        var table = QueueTable(["visit", "state", "due", "telephone", "name"])
        for visit in plan.waiting {
            let held = visit.heldUntil.map { " until \(clock.time($0))" } ?? ""
            table.add([
                "\(visit.id)", visit.state.words + held, clock.moment(visit.due),
                visit.words?.telephone ?? "–", visit.words?.name ?? "–",
            ])
        }
        return ["", Terminal.styled("without a promise", .yellow)] + table.lines
    }

    private var crewDays: [String] {
        let visits = visits
        return plan.crewDays.flatMap { [""] + lines($0, visits) }
    }

    private func lines(_ day: AreaPlan.CrewDay, _ visits: [UInt32: VisitView]) -> [String] {
        let head = Terminal.styled("\(clock.day(day.date))  \(day.crew)", .bold)
        if day.isAbsent, day.stops.isEmpty { return ["\(head)  absent"] }
        guard !day.stops.isEmpty else { return ["\(head)  \(clock.times(day.hours))  no visits"] }
        var table = QueueTable(["arrives", "begins", "ends", "visit", "state", "promised", "where"])
        for stop in day.stops {
            table.add(
                [clock.time(stop.arrival), clock.time(stop.start), clock.time(stop.end)]
                    + row(stop, visits))
        }
        let told =
            (day.isAbsent ? ["absent from now on"] : []) + (back(day).map { [$0] } ?? []) + [
                "\(wholeMinutes(day.travel)) min on the way",
                "\(wholeMinutes(day.waiting)) min of waiting",
            ]
        return ["\(head)  \(clock.times(day.hours))  \(told.joined(separator: ", "))"]
            + table.lines.map { "  \($0)" }
    }

    private func back(_ day: AreaPlan.CrewDay) -> String? {
        guard let back = day.back else { return nil }
        let told = "back \(clock.time(back))"
        guard day.overtime > 0 else { return told }
        return Terminal.styled(
            "\(told), \(wholeMinutes(day.overtime)) min after its hours", .yellow)
    }

    private func row(_ stop: AreaPlan.Stop, _ visits: [UInt32: VisitView]) -> [String] {
        switch stop.kind {
        case .lunch: return ["lunch", stop.isBegun ? "begun" : "", "", ""]
        case .held(let number): return ["\(plan.area)/\(number)", "held", "", ""]
        case .visit(let number):
            guard let visit = visits[number] else { return ["\(plan.area)/\(number)", "", "", ""] }
            // A visit that is promised counts as begun once its crew cannot be called away.
            let begun = stop.isBegun && visit.state == .promised ? ", fixed" : ""
            let place = visit.words.map { "\($0.address) · \($0.name)" } ?? "forgotten"
            return [
                "\(visit.id)", visit.state.words + begun, visit.promise.map(clock.times) ?? "–",
                place,
            ]
        }
    }

    /// A line for each change, for a log.
    var log: [String] {
        let at = "\(plan.area) \(plan.revision)"
        return plan.crewDays.map { day in
            let visits = day.stops.compactMap { stop in
                if case .visit(let number) = stop.kind {
                    "\(number) at \(clock.time(stop.start))"
                } else {
                    nil
                }
            }
            let told = visits.isEmpty ? "no visits" : visits.joined(separator: ", ")
            return
                "\(at)  \(clock.day(day.date)) \(day.crew)\(day.isAbsent ? " absent" : ""): \(told)"
        }
            + plan.visits.map { visit in
                let promise = visit.promise.map { " \(clock.window($0))" } ?? ""
                let unkept = visit.isUnkept && !visit.state.isOver ? ", cannot be kept" : ""
                return "\(at)  \(visit.id) \(visit.state.words)\(promise)\(unkept)"
            }
    }
}

extension AreaTotals {
    /// What a plan adds up to, in a line for a person at a terminal.
    fileprivate var line: String {
        let words = Language.en
        var parts = [words.count(visits, .visit) + " in " + words.count(usedShifts, .shift)]
        if held > 0 { parts.append("\(words.count(held, .place)) held") }
        parts += [
            "\(wholeMinutes(travel)) min on the way", "\(wholeMinutes(waiting)) min of waiting",
            "\(wholeMinutes(service)) min with applicants",
        ]
        if crews.count > 1 {
            parts.append("busiest and idlest crew \(wholeMinutes(spread)) min apart")
        }
        if overtime > 0 {
            parts.append(Terminal.styled("\(wholeMinutes(overtime)) min after hours", .yellow))
        }
        return parts.joined(separator: ", ")
    }
}
