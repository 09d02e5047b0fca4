// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// The examples that stand in the documentation of the dispatcher's tools, on one small day.
@Suite struct VisitExampleTests {
    /// An office and two places on one road, ten minutes apart; crew "north" has both visits, crew
    /// "south" has none.
    private let problem: RoutingProblem
    private let plan: Plan
    private let caller = Caller(Visit(id: VisitID(7), place: Place(1), service: 1_200))
    private let morning = TimeWindow(39_600, 43_200)!
    private let night = TimeWindow(70_000, 73_600)!

    init() throws {
        let hours = TimeWindow(32_400, 64_800)!
        let lunch = LunchBreak(number: 1, length: 1_800, windows: [TimeWindow(43_200, 46_800)!])
        problem = try RoutingProblem(
            visits: [
                Visit(
                    id: VisitID(4), place: Place(1), service: 1_200,
                    promise: Promise(window: TimeWindow(33_000, 36_600)!)),
                Visit(
                    id: VisitID(9), place: Place(2), service: 1_200,
                    promise: Promise(window: TimeWindow(36_000, 36_600)!)),
            ],
            shifts: [
                Shift(
                    id: ShiftID(1), crew: "north", day: 0, start: Place(0), end: Place(0),
                    hours: hours, lunches: [lunch]),
                Shift(
                    id: ShiftID(2), crew: "south", day: 0, start: Place(0), end: Place(0),
                    hours: hours),
            ],
            travel: TravelMatrix(size: 3, seconds: [0, 600, 1_200, 600, 0, 600, 1_200, 600, 0]))
        plan = Plan(
            routes: [
                Route(
                    shift: ShiftID(1),
                    stops: [.visit(VisitID(4)), .visit(VisitID(9)), .lunch(1)])
            ])
    }

    @Test func callers() throws {
        let visit = Visit(id: VisitID(7), place: Place(0), service: 1_200, due: 518_400)
        let next = Caller(visit, from: [900, 300, 300], to: [900, 300, 240])
        #expect(next.visit.place == Place(3))
        let larger = try problem.adding(next, promising: morning)
        #expect(larger.visits.count == problem.visits.count + 1)
        #expect(larger.travel[Place(2), Place(3)] == 240)
    }

    @Test func offers() throws {
        let board = OfferBoard(problem, plan)
        #expect(board.brokenShifts == [])
        #expect(board.plan == plan)
        let answer = try board.answer(caller, in: [morning, night])
        #expect(answer.offers.map(\.window) == [morning])
        #expect(answer.refusals.map(\.reason) == [.noShift])
        #expect(answer.refusals.map(\.window) == [night])
        #expect(answer.offers.count + answer.refusals.count == 2)
        let offer = try #require(answer.offers.first)
        #expect(offer.shift == ShiftID(1) && offer.position == 2 && offer.extraTravel == 0)
        #expect(offer.starts == morning)
        let larger = board.plan(accepting: offer, by: VisitID(7))
        #expect(larger.shifts[VisitID(7)] == offer.shift)
        #expect(larger.routes[0].visits == [4, 9, 7].map(VisitID.init))
    }

    @Test func boards() {
        let silent = Plan(
            routes: [Route(shift: ShiftID(1), stops: [4, 9].map { .visit(VisitID($0)) })])
        var board = OfferBoard(problem, silent)
        #expect(board.route(ShiftID(1))?.stops.last == .lunch(1))
        #expect(board.route(ShiftID(3)) == nil)
        let isFree = board.update(Route(shift: ShiftID(1), stops: []))
        #expect(isFree)
        #expect(board.plan.unassigned == [4, 9].map(VisitID.init))
        let late = Route(shift: ShiftID(1), stops: [9, 4].map { .visit(VisitID($0)) })
        let isKept = board.update(late)
        #expect(!isKept)
        #expect(board.brokenShifts == [ShiftID(1)])
    }

    @Test func rooms() throws {
        let search = RoomSearch(OfferBoard(problem, plan), seed: 1)
        let room = try #require(try search.room(for: caller, in: morning))
        #expect(room.plan.shifts[caller.visit.id] == room.shift)
        let next = try problem.adding(caller, promising: room.window)
        #expect(OfferBoard(next, room.plan).brokenShifts == [])
        let refused = try search.board.answer(caller, in: [night]).refusals
        #expect(try search.rooms(for: caller, refused: refused) == [])
    }

    @Test func logs() {
        let log = DayLog(asPlanned: plan, problem, now: 34_500)
        #expect(
            log.done[ShiftID(1)] == [
                DoneStop(.visit(VisitID(4)), arrival: 33_000, start: 33_000, end: 34_200),
                DoneStop(.visit(VisitID(9)), arrival: 34_800, start: 36_000, end: 37_200),
            ])
    }

    @Test func repairs() throws {
        let log = DayLog(asPlanned: plan, problem, now: 32_000)
        #expect(try DayRepair(problem, plan, log, [], windows: []).unkept == [])
        let incidents: [Incident] = [.delay(ShiftID(1), seconds: 5_400), .absent(ShiftID(2))]
        var repair = try DayRepair(problem, plan, log, incidents, windows: [morning])
        #expect(repair.unkept.map(\.visit) == [4, 9].map(VisitID.init))
        #expect(repair.unkept.map(\.late?.by) == [1_800, 2_400])
        #expect(repair.unkept[0].alternatives.map(\.window) == [morning])
        let accepted = try repair.choosing(.late, for: VisitID(4))
        #expect(accepted.plan.shifts[VisitID(4)] == repair.unkept[0].late?.offer.shift)
        for unkept in repair.unkept where unkept.late != nil {
            repair = try repair.choosing(.late, for: unkept.visit)
        }
        #expect(repair.unkept == [])
        #expect(repair.plan.routes[0].visits == [4, 9].map(VisitID.init))
        #expect(throws: RepairError.unknownShift(ShiftID(9))) {
            try DayRepair(problem, plan, log, [.absent(ShiftID(9))], windows: [])
        }
        #expect(RepairError.unknownShift(ShiftID(9)).description == "shift 9 is not there")
    }

    @Test func lateAlready() throws {
        let log = DayLog(asPlanned: plan, problem, now: 34_500)
        let repair = try DayRepair(
            problem, plan, log, [.delay(ShiftID(1), seconds: 2_400)], windows: [])
        #expect(repair.lateAlready.map(\.visit) == [VisitID(9)])
        #expect(repair.lateAlready[0].by == 600 && repair.unkept == [])
    }

    @Test func explanations() throws {
        let explainer = PlanExplainer(problem, plan)
        let told = try #require(explainer.explanation(of: VisitID(4)))
        #expect(told.shift == plan.shifts[VisitID(4)])
        #expect(told.slackAfter == 1_800 && told.lateBound == .visit(VisitID(9)))
        #expect(told.extraTravel == 0 && told.earlyBound == .arrival)
        #expect(explainer.explanation(of: VisitID(9))?.slackBefore == 1_200)
        #expect(explainer.explanation(of: VisitID(99)) == nil)
        let elsewhere = try #require(told.elsewhere.first)
        guard case .possible(let offer) = elsewhere.answer else {
            Issue.record("\(elsewhere)")
            return
        }
        #expect(offer.shift == ShiftID(2) && offer.extraTravel == 1_200)
    }

    @Test func totalsAndChanges() {
        let totals = PlanTotals(problem, plan)
        #expect(totals.promisesBroken == [] && totals.spread == 4_800)
        #expect(totals.waiting == 1_200)
        let other = Plan(
            routes: [
                Route(shift: ShiftID(1), stops: [.visit(VisitID(4)), .lunch(1)]),
                Route(shift: ShiftID(2), stops: [.visit(VisitID(9))]),
            ])
        let changes = PlanChanges(problem, from: plan, to: other).visits
        #expect(changes.count { $0.isOtherCrew } == 1)
        #expect(changes[0].visit == VisitID(9) && changes[0].movedBy == 0)
    }
}
