// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import KezekFiles
import KezekVisitFiles
import KezekVisitPapers
import Parties
import TestKit
import Testing
import Texts
import VisitChecking
import Visits

@testable import kezek

/// The plan of an area as files, judged by what reads them.
@Suite struct PlanFilesTests {
    private func area() throws -> VisitArea {
        try AreaFile.read(Repository.root.appendingPathComponent("Examples/visits/area.yaml"))
    }

    @Test func thePlanBecomesAProblemAndItsPlan() throws {
        let files = try PlanFiles(VisitValues.plan, try area(), VisitValues.clock)
        // The crew that is absent all day has no shift; the forgotten are nowhere.
        #expect(files.problem.shifts.map(\.crew) == ["crew-1", "crew-1"])
        #expect(files.problem.shifts.map(\.day) == [0, 1])
        #expect(files.problem.shifts[1].hours == TimeWindow(86_400 + 32_400, 86_400 + 64_800))
        #expect(files.problem.shifts[0].lunches.map(\.windows) == [[TimeWindow(43_200, 54_000)!]])
        #expect(files.leftOut.map(\.number) == [2, 5])
        #expect(files.problem.visits.map(\.id.number) == [1, 3, 4])
        let first = files.problem.visits[0]
        #expect(first.promise?.window == TimeWindow(32_400, 39_600))
        #expect(first.service == 1_500)
        #expect(first.due == 6 * 86_400 + 72_000)
        #expect(files.problem.visits.map(\.isFixed) == [true, false, false])
        #expect(files.problem.visits.map(\.isRequired) == [true, true, false])
        // The area's fourth need.
        #expect(first.skills == [Skill(4)])
        #expect(files.notes.skills[Skill(4)] == "Portable ramp")
        #expect(files.notes.visits[first.id] == "House 1")
        #expect(files.notes.shifts[ShiftID(1)] == "ainur, bolat")
        #expect(
            files.plan.plan.routes == [
                Route(shift: ShiftID(1), stops: [.visit(VisitID(1)), .lunch(1)])
            ])
        #expect(files.plan.unassigned.map(\.number) == [3, 4])
    }

    /// The checker, which shares nothing with this, finds what the area's server says too: the promise
    /// that has no place.
    ///
    /// That the ramp is with another crew has happened, and is no fault any more.
    @Test func whatIsWrittenIsReadAndChecked() throws {
        let files = try PlanFiles(VisitValues.plan, try area(), VisitValues.clock)
        let document = try VisitJSON.read(files.problemData)
        let problem = try document.problem()
        #expect(problem.visits == files.problem.visits)
        #expect(problem.shifts == files.problem.shifts)
        let plan = try PlanJSON.readTimed(try files.planData())
        #expect(plan.plan == files.plan.plan)
        let report = PlanChecker(problem, after: document.soFar).check(plan)
        #expect(report.faults.map(\.kind.rawValue) == ["requiredUnpaid"])
        #expect(report.paid == 1)
        let blind = PlanChecker(problem).check(plan)
        #expect(blind.faults.map(\.kind.rawValue).sorted() == ["lackingSkill", "requiredUnpaid"])
    }

    /// A crew of the afternoon has no lunch, one whose lunch must end with its hours begins it early.
    @Test func lunchIsWithinTheHours() throws {
        let day = VisitValues.plan.crewDays[2]
        func lunches(_ start: String, _ end: String) throws -> [[TimeWindow]] {
            let hours = VisitValues.window("2026-12-02T\(start)", "2026-12-02T\(end)")
            let plan = VisitValues.change(
                [
                    AreaPlan.CrewDay(
                        crew: day.crew, date: day.date, hours: hours, isAbsent: false, travel: 0,
                        waiting: 0, stops: [], back: nil)
                ], [], revision: 1)
            return try PlanFiles(plan, try area(), VisitValues.clock).problem.shifts[0].lunches
                .map(\.windows)
        }
        let noon = 86_400 + 12 * 3_600
        #expect(try lunches("15:30", "20:00").isEmpty)
        #expect(try lunches("13:00", "20:00") == [[TimeWindow(noon + 3_600, noon + 10_800)!]])
        #expect(try lunches("09:00", "14:00") == [[TimeWindow(noon, noon + 3_600)!]])
    }

    /// A crew on foot has its own ways in the files: those that it goes as the plan tells them, others estimated.
    @Test func crewsOnFootHaveAMatrixOfTheirOwn() throws {
        let plain = try area()
        let crews = plain.crews.map { crew in
            VisitArea.Crew(
                id: crew.id, members: crew.members, needs: crew.needs, weekdays: [],
                hours: crew.hours, profile: crew.id.description == "crew-1" ? .foot : .car)
        }
        let area = VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind,
            zone: plain.zone, home: plain.home, needs: plain.needs, crews: crews, duties: [],
            rules: plain.rules)
        func day(_ crew: String, _ number: UInt32, _ way: Int32) -> AreaPlan.CrewDay {
            let start = VisitValues.second("2026-12-01T10:00")
            return AreaPlan.CrewDay(
                crew: CrewID(crew)!, date: TestKit.date("2026-12-01"),
                hours: VisitValues.window("2026-12-01T09:00", "2026-12-01T18:00"),
                isAbsent: false, travel: 2 * way, waiting: 0,
                stops: [
                    AreaPlan.Stop(
                        kind: .visit(number), arrival: start, start: start, end: start + 1_500,
                        isBegun: false, way: way)
                ], back: start + 1_500 + Int64(way))
        }
        let plan = VisitValues.change(
            [day("crew-1", 1, 1_700), day("crew-2", 3, 300)],
            [VisitValues.view(1, .promised), VisitValues.view(3, .promised)], revision: 1)
        let files = try PlanFiles(plan, area, VisitValues.clock)
        let document = try VisitJSON.read(files.problemData)
        let problem = try document.problem()
        #expect(problem.shifts == files.problem.shifts)
        #expect(problem.shifts.map(\.profile) == [1, 0])
        #expect(document.notes.profiles == ["car", "foot"])
        let (first, third) = (problem.visits[0].place, problem.visits[1].place)
        #expect(problem.others[0][Place(0), first] == 1_700)
        #expect(problem.travel[Place(0), third] == 300)
        // A metre or two on foot takes a second or two, and with a car three minutes.
        #expect(problem.others[0][first, third] < 10 && problem.travel[first, third] > 179)
        let report = PlanChecker(problem, after: document.soFar).check(
            try PlanJSON.readTimed(try files.planData()))
        #expect(report.travel == 2 * 1_700 + 2 * 300)
    }

    /// What a crew was at in vain is in the files as that: a visit that nobody asks for any more with its place, one
    /// that is still to be paid among the jobs, and a crew that only drove in vain with its course.
    @Test func whatWasTriedInVainIsNoVisitThatIsPaid() throws {
        func stop(
            _ number: UInt32, _ clock: String, _ outcome: AreaPlan.Stop.Outcome?
        ) -> AreaPlan.Stop {
            let start = VisitValues.second("2026-12-01T\(clock)")
            return AreaPlan.Stop(
                kind: .visit(number), arrival: start, start: start, end: start + 60,
                isBegun: true, way: 600, outcome: outcome)
        }
        func day(_ crew: String, _ stops: [AreaPlan.Stop], _ back: String) -> AreaPlan.CrewDay {
            AreaPlan.CrewDay(
                crew: CrewID(crew)!, date: TestKit.date("2026-12-01"),
                hours: VisitValues.window("2026-12-01T09:00", "2026-12-01T18:00"),
                isAbsent: false, travel: Int32(stops.count + 1) * 600, waiting: 0, stops: stops,
                back: VisitValues.second("2026-12-01T\(back)"))
        }
        let plan = VisitValues.change(
            [
                day("crew-1", [stop(1, "09:10", .calledOff)], "09:21"),
                day("crew-2", [stop(4, "09:10", .nobodyHome), stop(3, "09:30", nil)], "09:41"),
            ],
            [
                VisitValues.view(1, .cancelled), VisitValues.view(3, .done),
                VisitValues.view(4, .failed),
            ], revision: 1)
        let files = try PlanFiles(plan, try area(), VisitValues.clock)
        #expect(files.problem.visits.map(\.id.number) == [3, 4])
        #expect(files.plan.unassigned.map(\.number) == [4])
        #expect(files.soFar.begun[ShiftID(1)]?.map(\.isInVain) == [true])
        #expect(files.soFar.begun[ShiftID(2)]?.map(\.isInVain) == [true, false])
        let document = try VisitJSON.read(files.problemData)
        let problem = try document.problem()
        let read = try PlanJSON.readTimed(try files.planData()).recalling(document.soFar)
        #expect(read.courses.map(\.route.visits) == [[], [VisitID(3)]])
        let report = PlanChecker(problem, after: document.soFar).check(read)
        #expect(report.faults.map(\.kind) == [])
        #expect(report.paid == 1 && report.shiftsUsed == 2 && report.travel == 3_000)
        let sheets = read.courses.compactMap {
            DaySheet(
                $0, problem, coordinates: document.coordinates, notes: document.notes,
                origin: Origin(TestKit.date("2026-12-01")), after: document.soFar)
        }
        #expect(sheets.map(\.visitCount) == [0, 1] && sheets.map(\.travel) == [1_200, 1_800])
        let words = SheetWords(.en)
        #expect(
            sheets.map { $0.lines.map { $0.title(words) } } == [
                ["set out", "visit 1, in vain", "back"],
                ["set out", "visit 4, in vain", "visit 3", "back"],
            ])
        #expect(sheets[0].lines[1].promised == nil && sheets[0].lines[1].coordinate != nil)
        #expect(sheets[0].lines[1].address == VisitValues.view(1, .cancelled).words?.address)
    }

    /// A crew that found nobody at home comes again: the files have the visit once, with the ways and times
    /// that the plan tells, and its set-up apart.
    @Test func filesSayWhatThePlanSays() throws {
        func moment(_ clock: String) -> Int64 { VisitValues.second("2026-12-01T\(clock)") }
        func stop(
            _ kind: AreaPlan.Stop.Kind, _ arrival: String, _ start: String, _ end: String,
            _ way: Int32
        ) -> AreaPlan.Stop {
            AreaPlan.Stop(
                kind: kind, arrival: moment(arrival), start: moment(start), end: moment(end),
                isBegun: false, way: way)
        }
        func view(_ number: UInt32) -> VisitView {
            let plain = VisitValues.view(number, .promised)
            return VisitView(
                id: plain.id, state: .promised, words: plain.words, needs: [], avoided: [],
                service: 1_500, setup: 600, askedAt: plain.askedAt, due: plain.due, promise: nil,
                heldUntil: nil, isUnkept: false)
        }
        let day = AreaPlan.CrewDay(
            crew: CrewID("crew-1")!, date: TestKit.date("2026-12-01"),
            hours: VisitValues.window("2026-12-01T09:00", "2026-12-01T18:00"), isAbsent: false,
            travel: 9_000, waiting: 0,
            stops: [
                stop(.visit(1), "09:10", "09:12", "09:20", 600),
                stop(.visit(3), "10:00", "10:05", "10:30", 2_400),
                stop(.lunch, "12:10", "12:10", "13:10", 0),
                stop(.visit(1), "14:00", "14:20", "14:45", 2_900),
            ], back: moment("15:40"))
        let plan = VisitValues.change([day], [view(1), view(3)], revision: 1)
        let files = try PlanFiles(plan, try area(), VisitValues.clock)
        #expect(files.plan.courses.map(\.route.visits) == [[VisitID(3), VisitID(1)]])
        #expect(files.problem.visits.map(\.service) == [900, 900])
        #expect(files.problem.visits.map(\.setup) == [600, 600])
        let (first, third) = (files.problem.visits[0].place, files.problem.visits[1].place)
        let ways = files.problem.travel
        #expect(ways[third, first] == 2_900 && ways[first, Place(0)] == 3_100)
        // Nobody drove from the office to the third.
        #expect(ways[Place(0), third] < 2_400)
        let read = try PlanJSON.readTimed(try files.planData())
        #expect(read.courses[0].steps.map(\.start) == [36_300, 43_800, 51_600])
        #expect(read.courses[0].returns == 56_400)
        let document = try VisitJSON.read(files.problemData)
        #expect(document.notes.name == "astana-1")
        let sheet = try #require(
            DaySheet(
                read.courses[0], try document.problem(), coordinates: document.coordinates,
                notes: document.notes, origin: Origin(TestKit.date("2026-12-01"))))
        #expect(
            sheet.lines.map { String($0.begins.time.description.prefix(5)) } == [
                "09:00", "10:05", "12:10", "14:20", "15:40",
            ])
        #expect(sheet.lines.map(\.waiting) == [0, 300, 0, 1_200, 0])
    }
}
