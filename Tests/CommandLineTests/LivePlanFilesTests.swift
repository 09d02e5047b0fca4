// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import KezekVisitFiles
import KezekVisitPapers
import LiveDay
import TestKit
import Testing
import Texts
import VisitChecking
import Visits

@testable import kezek

/// Live days as files: what is written, and the sheets and maps made of it, say what the live plan says.
@Suite struct LivePlanFilesTests {
    /// `KEZEK_LIVE_PAPERS=50 swift test --filter LivePlanFilesTests` plays weeks.
    private static let weeks =
        UInt64(ProcessInfo.processInfo.environment["KEZEK_LIVE_PAPERS"] ?? "") ?? 0
    private static let seeds: ClosedRange<UInt64> = 1...max(4, weeks)

    @Test(arguments: seeds) func theFilesSayWhatTheLivePlanSays(_ seed: UInt64) async throws {
        let days = Self.weeks == 0 ? 2 : 7
        let (faults, looks) = try await offThePool {
            var month = try LiveMonth(seed: seed)
            month.look = { month, plan in
                try LivePapers(plan, month.town.area, month.terms.zone).faults
            }
            try month.play(days: days)
            return (month.faults, month.counts.values.reduce(0, +))
        }
        #expect(faults == [])
        #expect(looks > 20)
    }
}

/// The papers of a live plan, read again.
private struct LivePapers {
    /// What they say otherwise, in words.
    private(set) var faults: [String] = []
    private let live: AreaPlan
    private let area: VisitArea
    private let zone: TimeZoneRules
    private let document: VisitDocument
    private let problem: RoutingProblem
    private let written: TimedPlan

    init(_ live: AreaPlan, _ area: VisitArea, _ zone: TimeZoneRules) throws {
        self.live = live
        self.area = area
        self.zone = zone
        let files = try PlanFiles(live, area, AreaClock(zone: zone, language: .en))
        document = try VisitJSON.read(files.problemData)
        problem = try document.problem()
        written = try PlanJSON.readTimed(try files.planData()).recalling(document.soFar)
        for day in live.crewDays { try check(day) }
        checkWhoIsLeftOut()
        checkDriven()
        try checkMaps()
    }

    private func civil(_ second: Int64) -> CivilDateTime {
        zone.civil(at: Timestamp(second: second)!)
    }

    /// Whether a crew pays a visit at a stop, or is to; those have numbers on maps.
    private func isWritten(_ stop: AreaPlan.Stop) -> Bool {
        guard case .visit = stop.kind else { return false }
        return stop.outcome == nil
    }

    /// Whether a stop is on the sheet of its day: what was tried in vain is.
    private func isOnSheet(_ stop: AreaPlan.Stop) -> Bool {
        isWritten(stop) || stop.outcome != nil && stop.isBegun
    }

    /// Whether nothing of a day is left out: where a place is held in the same building, the next visit has its
    /// own set-up in the files, and may end later.
    private func isWhole(_ day: AreaPlan.CrewDay) -> Bool {
        !day.stops.contains { if case .held = $0.kind { true } else { false } }
    }

    private mutating func check(_ day: AreaPlan.CrewDay) throws {
        let number = live.from.days(until: day.date)
        let shift = problem.shifts.first {
            $0.crew == day.crew.description && $0.day == number
        }
        let stops = day.stops.filter(isOnSheet)
        let course = written.courses.first { $0.shift == shift?.id }
        guard let course else {
            if !stops.isEmpty { faults.append("\(day.crew) has no course on \(day.date)") }
            return
        }
        let sheet = DaySheet(
            course, problem, coordinates: document.coordinates, notes: document.notes,
            origin: Origin(live.from), after: document.soFar)
        guard let sheet else { return faults.append("\(day.crew) has no sheet") }
        let lines = sheet.lines.filter { if case .visit = $0.kind { true } else { false } }
        let told = stops.map { [civil($0.arrival), civil($0.start), civil($0.end)] }
        let said = lines.map { [$0.arrival, $0.begins, $0.ends] }
        let ids = lines.map { if case .visit(let id) = $0.kind { id.number } else { 0 } }
        if lines.map(\.isInVain) != stops.map({ $0.outcome != nil }) {
            faults.append("the sheet of \(day.crew) has other tries in vain")
        }
        if ids != stops.map(visit) { faults.append("the sheet of \(day.crew) has others") }
        if lines.map(\.address) != stops.map(address) {
            faults.append("the sheet of \(day.crew) has other addresses")
        }
        if isWhole(day) ? said != told : zip(said, told).contains(where: { $0[1] < $1[1] }) {
            faults.append("the sheet of \(day.crew) on \(day.date) has other times")
        }
        if zip(sheet.lines, sheet.lines.dropFirst()).contains(where: { $0.begins > $1.begins }) {
            faults.append("the sheet of \(day.crew) runs back")
        }
        if sheet.date != day.date || sheet.crew != day.crew.description {
            faults.append("the sheet is another crew's")
        }
        if isWhole(day), let back = day.back, sheet.lines.last?.begins != civil(back) {
            faults.append("\(day.crew) is back at another time on its sheet")
        }
    }

    private func visit(of stop: AreaPlan.Stop) -> Int {
        if case .visit(let number) = stop.kind { Int(number) } else { 0 }
    }

    private func address(of stop: AreaPlan.Stop) -> String? {
        live.visits.first { Int($0.id.number) == visit(of: stop) }?.words?.address
    }

    private mutating func checkWhoIsLeftOut() {
        let planned = Set(written.courses.flatMap { $0.steps.compactMap(\.stop.visit) })
        let left = Set(written.unassigned)
        if !planned.isDisjoint(with: left) { faults.append("a visit is planned and left out") }
        for view in live.visits where view.isUnkept {
            if !left.contains(VisitID(Int(view.id.number))) {
                faults.append("\(view.id) is lost, and the files do not say so")
            }
        }
    }

    /// The checker drives the plan from where the crews are, and finds what the desk tells, too: promises
    /// without a place, and crews that come back after their hours.
    private mutating func checkDriven() {
        let report = PlanChecker(problem, after: document.soFar).check(written)
        for fault in report.faults {
            switch fault.kind {
            case .requiredUnpaid where isLost(fault.visit): continue
            case .afterHours where isOvertime(fault.shift): continue
            default: faults.append("the checker says: \(fault)")
            }
        }
        let totals = AreaTotals(live)
        guard live.crewDays.allSatisfy(isWhole) else { return }
        if report.paid != totals.visits || report.shiftsUsed != totals.usedShifts {
            faults.append(
                "\(report.paid) visits in \(report.shiftsUsed) shifts, and the plan tells of "
                    + "\(totals.visits) in \(totals.usedShifts)")
        }
        let isKnown = live.crewDays.allSatisfy { day in
            day.stops.isEmpty || area.crews.contains { $0.id == day.crew }
        }
        if isKnown, report.travel != Int(totals.travel) {
            faults.append("\(report.travel) s on the way, and the plan tells of \(totals.travel)")
        }
    }

    private func isLost(_ id: VisitID?) -> Bool {
        live.visits.contains { Int($0.id.number) == id?.number && $0.isUnkept }
    }

    private func isOvertime(_ id: ShiftID?) -> Bool {
        guard let shift = id.flatMap(problem.shift) else { return false }
        return live.crewDays.contains {
            $0.overtime > 0 && $0.crew.description == shift.crew
                && live.from.days(until: $0.date) == shift.day
        }
    }

    // MARK: Maps

    /// A picture and a page of the plan have the same stops in the same order, at the same times.
    private mutating func checkMaps() throws {
        let map = try RouteMap(
            written, problem, points: .earth(document.coordinates), notes: document.notes,
            units: .dated(Origin(live.from), SheetWords(.en)), after: document.soFar)
        let told = stopsOnMaps
        for (name, text) in [("picture", MapPicture(map).svg), ("page", MapPage(map).html)] {
            guard let drawn = DrawnMap(text) else {
                faults.append("the \(name) is not understood")
                continue
            }
            let isSame =
                drawn.stops.count == told.count
                && zip(drawn.stops, told).allSatisfy { $0 == $1.stop || $0.isElsewhen($1) }
            if !isSame {
                let other = zip(drawn.stops, told).first { $0 != $1.stop }
                faults.append(
                    "the \(name) has \(drawn.stops.count) stops, not \(told.count); the first other is "
                        + "\(other.map { "\($0)" } ?? "the last"))")
            }
            if drawn.unassigned != Set(written.unassigned.map(\.number)) {
                faults.append("the \(name) has others without a crew")
            }
        }
    }

    /// What maps are to show of the live plan.
    private var stopsOnMaps: [(stop: DrawnMap.Stop, isWhole: Bool)] {
        let days = live.crewDays.filter { $0.stops.contains(where: isOnSheet) }
        let dates = Set(days.map(\.date)).sorted()
        let promises = Dictionary(
            uniqueKeysWithValues: live.visits.map { ($0.id.number, $0.promise) })
        func clock(_ second: Int64) -> String { String("\(civil(second).time)".prefix(5)) }
        func range(_ from: Int64, _ to: Int64) -> String { "\(clock(from))–\(clock(to))" }
        func promised(_ window: VisitWindow, _ day: CivilDate) -> String {
            let date = civil(window.start).date
            return (date == day ? "" : "\(date) ") + range(window.start, window.end)
        }
        return days.sorted { ($0.date, $0.crew) < ($1.date, $1.crew) }.flatMap { day in
            day.stops.filter(isWritten).enumerated().map { index, stop in
                let promise = promises[UInt32(visit(of: stop))] ?? nil
                let drawn = DrawnMap.Stop(
                    crew: day.crew.description, day: dates.firstIndex(of: day.date)!,
                    number: index + 1, visit: visit(of: stop), times: range(stop.start, stop.end),
                    promised: promise.map { promised($0, day.date) },
                    isLate: promise.map { stop.start > $0.end } ?? false)
                return (drawn, isWhole(day))
            }
        }
    }
}

extension DrawnMap.Stop {
    /// Whether it is a stop of a day of which something is left out, and no other in anything but its times.
    fileprivate func isElsewhen(_ told: (stop: DrawnMap.Stop, isWhole: Bool)) -> Bool {
        !told.isWhole && [crew, promised] == [told.stop.crew, told.stop.promised]
            && [day, number, visit] == [told.stop.day, told.stop.number, told.stop.visit]
    }
}
