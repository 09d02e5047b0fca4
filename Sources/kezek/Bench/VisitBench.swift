// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Visits

/// Asks a week of visits, and takes the time.
struct VisitBench {
    let week: VisitQuestions
    private let board: OfferBoard
    private let clock = ContinuousClock()

    init(_ week: VisitQuestions) {
        self.week = week
        board = OfferBoard(week.problem, week.plan)
    }

    /// Seconds that some work takes.
    private func seconds<Result>(_ work: () throws -> Result) rethrows -> (Double, Result) {
        let began = clock.now
        let result = try work()
        return ((clock.now - began) / .seconds(1), result)
    }

    private func caller(_ asking: VisitQuestions.Asking) -> Caller {
        let row = week.rows.row(from: asking.location)
        return Caller(asking.visit, from: row, to: row)
    }

    /// What it costs to make a problem, to add a visit to it, and to make its plan ready for questions.
    func making(rounds: Int) throws -> VisitBenchReport.Making {
        var (problems, larger, boards): ([Double], [Double], [Double]) = ([], [], [])
        let problem = week.problem
        let caller = caller(week.callers[0])
        for _ in 0..<rounds {
            problems.append(
                try seconds {
                    try RoutingProblem(
                        visits: problem.visits, shifts: problem.shifts, travel: problem.travel)
                }.0)
            larger.append(
                try seconds { try problem.adding(caller, promising: week.windows[0]) }.0)
            boards.append(seconds { OfferBoard(problem, week.plan) }.0)
        }
        return VisitBenchReport.Making(
            problemMilliseconds: Spread(problems, unit: 1e-3),
            addingMilliseconds: Spread(larger, unit: 1e-3),
            boardMilliseconds: Spread(boards, unit: 1e-3))
    }

    /// Every caller asks for all windows at once.
    func offers(rounds: Int) throws -> VisitBenchReport.Offers {
        var (rows, all): ([Double], [Double]) = ([], [])
        var offered = 0
        for round in 0..<rounds {
            for asking in week.callers {
                rows.append(seconds { week.rows.row(from: asking.location) }.0)
                let (time, answer) = try seconds {
                    try board.answer(caller(asking), in: week.windows)
                }
                all.append(time)
                if round == 0 { offered += answer.offers.count }
            }
        }
        return VisitBenchReport.Offers(
            offered: offered, rowMicroseconds: Spread(rows, unit: 1e-6),
            microseconds: Spread(all, unit: 1e-6))
    }

    /// The same, and room is made in the windows that have none.
    func rooms() throws -> VisitBenchReport.Rooms {
        let search = RoomSearch(board)
        var (all, found, inVain): ([Double], [Double], [Double]) = ([], [], [])
        var (direct, made) = (0, 0)
        for asking in week.callers {
            let (time, _) = try seconds {
                let caller = caller(asking)
                let answer = try board.answer(caller, in: week.windows)
                direct += answer.offers.count
                for refusal in answer.refusals {
                    let (time, rooms) = try seconds {
                        try search.rooms(for: caller, refused: [refusal])
                    }
                    if rooms.isEmpty { inVain.append(time) } else { found.append(time) }
                    made += rooms.count
                }
            }
            all.append(time)
        }
        return VisitBenchReport.Rooms(
            offered: direct + made, milliseconds: Spread(all, unit: 1e-3),
            foundMilliseconds: Spread(found, unit: 1e-3),
            inVainMilliseconds: Spread(inVain, unit: 1e-3))
    }

    /// Every day of the plan goes otherwise than planned, one way after the other.
    func repairs() throws -> [VisitBenchReport.Repairs] {
        [
            try repairs(.halfAnHourLate) { [.delay($0.shift, seconds: 1_800)] },
            try repairs(.longLate) { [.delay($0.shift, seconds: 5_400)] },
            try repairs(.absence, later: 0) { [.absent($0.shift)] },
            try cancellations(),
        ]
    }

    /// An incident on every route, so many seconds after the shift's start, or else at moments spread
    /// over eight hours.
    private func repairs(
        _ mishap: VisitBenchReport.Mishap, later: Int? = nil, _ incidents: (Route) -> [Incident]
    ) throws -> VisitBenchReport.Repairs {
        var measured = VisitBenchReport.Repairs(mishap)
        for (number, route) in week.plan.routes.enumerated() {
            try repair(route, later ?? number % 9 * 3_600, incidents(route), &measured)
        }
        return measured
    }

    private func cancellations() throws -> VisitBenchReport.Repairs {
        var measured = VisitBenchReport.Repairs(.cancellation)
        for route in week.plan.routes {
            for visit in route.visits { try repair(route, 0, [.cancelled(visit)], &measured) }
        }
        return measured
    }

    private func repair(
        _ route: Route, _ later: Int, _ incidents: [Incident],
        _ measured: inout VisitBenchReport.Repairs
    ) throws {
        guard let shift = week.problem.shift(route.shift) else { return }
        let now = shift.hours.start + later
        let log = DayLog(asPlanned: week.plan, week.problem, now: now)
        let windows = week.windows.filter { $0.start >= now }
        let (time, repair) = try seconds {
            try DayRepair(week.problem, week.plan, log, incidents, windows: windows)
        }
        measured.add(time, unkept: repair.unkept.count)
    }
}

extension VisitBench {

    /// Writes the offers to every caller, and the plans in which room is made.
    func write(to folder: URL, rooms: Bool) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for asking in week.callers {
            let caller = caller(asking)
            let answer = try board.answer(caller, in: week.windows)
            let made =
                rooms
                ? try RoomSearch(board).rooms(for: caller, refused: answer.refusals) : []
            for room in made {
                let problem = try week.problem.adding(caller, promising: room.window)
                let name = "\(asking.visit.id.number).\(room.window.start).plan.json"
                try WholeFile.write(
                    try PlanJSON.write(room.plan, of: problem),
                    to: folder.appendingPathComponent(name).path)
            }
            let job: JSONObject = [
                "id": asking.visit.id.number,
                "location": [asking.location.longitude, asking.location.latitude],
                "service": asking.visit.service, "skills": asking.visit.skills.map(\.number),
                "due": asking.visit.due,
            ]
            // The plans in which others make room stand beside this file.
            let file: JSONObject = [
                "job": job, "offers": answer.offers.map(given),
                "candidates": week.windows.map { [$0.start, $0.end] },
                "rooms": made.map { [$0.window.start, $0.window.end] },
            ]
            try WholeFile.write(
                Data(try JSONText.make(file, pretty: false).utf8),
                to: folder.appendingPathComponent("\(asking.visit.id.number).offers.json").path)
        }
    }

    /// With the visit before it, if it is not the first.
    private func given(_ offer: Offer) -> JSONObject {
        let stops = board.route(offer.shift)?.stops.prefix(offer.position) ?? []
        let before = stops.compactMap { if case .visit(let id) = $0 { id } else { nil } }.last
        return [
            "window": [offer.window.start, offer.window.end], "vehicle": offer.shift.number,
            "after": before?.number,
        ]
    }
}
