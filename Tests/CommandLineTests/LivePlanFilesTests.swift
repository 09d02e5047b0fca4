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

/// Live days as files: what is written, and the sheets made of it, say what the live plan says.
@Suite struct LivePlanFilesTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func theFilesSayWhatTheLivePlanSays(_ seed: UInt64) async throws {
        let (faults, looks) = try await offThePool {
            var month = try LiveMonth(seed: seed)
            month.look = { month, plan in
                try LivePapers(plan, month.town.area, month.terms.zone).faults
            }
            try month.play(days: 2)
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
    private let zone: TimeZoneRules
    private let problem: RoutingProblem
    private let written: TimedPlan

    init(_ live: AreaPlan, _ area: VisitArea, _ zone: TimeZoneRules) throws {
        self.live = live
        self.zone = zone
        let files = try PlanFiles(live, area, AreaClock(zone: zone, language: .en))
        let document = try VisitJSON.read(files.problemData)
        problem = try document.problem()
        written = try PlanJSON.readTimed(try files.planData())
        for day in live.crewDays { try check(day, document) }
        checkWhoIsLeftOut()
    }

    private func civil(_ second: Int64) -> CivilDateTime {
        zone.civil(at: Timestamp(second: second)!)
    }

    /// A visit that was tried in vain is in the files once, where it was last.
    private func isWritten(_ stop: AreaPlan.Stop) -> Bool {
        guard case .visit = stop.kind else { return false }
        let all = live.crewDays.flatMap(\.stops).filter { $0.kind == stop.kind }
        return all.map(\.start).max() == stop.start
    }

    private mutating func check(
        _ day: AreaPlan.CrewDay, _ document: VisitDocument
    ) throws {
        let number = live.from.days(until: day.date)
        let shift = problem.shifts.first {
            $0.crew == day.crew.description && $0.day == number
        }
        let stops = day.stops.filter(isWritten)
        let course = written.courses.first { $0.shift == shift?.id }
        guard let course else {
            if !stops.isEmpty { faults.append("\(day.crew) has no course on \(day.date)") }
            return
        }
        let sheet = DaySheet(
            course, problem, coordinates: document.coordinates, notes: document.notes,
            origin: Origin(live.from))
        guard let sheet else { return faults.append("\(day.crew) has no sheet") }
        let lines = sheet.lines.filter { if case .visit = $0.kind { true } else { false } }
        let told = stops.map { [civil($0.arrival), civil($0.start), civil($0.end)] }
        // An end is told where nothing went otherwise; how long a visit takes is the file's.
        let said = lines.map { [$0.arrival, $0.begins] }
        if said != told.map({ Array($0[..<2]) }) {
            faults.append("the sheet of \(day.crew) on \(day.date) has other times")
        }
        if sheet.date != day.date || sheet.crew != day.crew.description {
            faults.append("the sheet is another crew's")
        }
        if let back = day.back, sheet.lines.last?.begins != civil(back) {
            faults.append("\(day.crew) is back at another time on its sheet")
        }
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
}
