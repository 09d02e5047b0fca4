// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// Why a visit stays out of a day that has begun is true, by arithmetic of its own.
@Suite struct UnpaidCauseTests {
    private static let way = 100
    private static let asked = VisitID(7)

    private static func visit(
        _ service: Int, _ windows: [TimeWindow] = [], skills: [Int] = [], avoided: [Int] = [],
        demand: [Int] = []
    ) -> Visit {
        Visit(
            id: asked, place: Place(1), service: service, windows: windows,
            skills: skills.map { Skill($0) }, demand: demand, avoided: avoided.map { ShiftID($0) })
    }

    private static func shift(
        _ number: Int, _ hours: ClosedRange<Int>, skills: [Int] = [], capacity: [Int] = []
    ) -> Shift {
        Shift(
            id: ShiftID(number), start: Place(0), end: Place(0),
            hours: TimeWindow(hours.lowerBound, hours.upperBound)!, capacity: capacity,
            skills: Set(skills.map { Skill($0) }))
    }

    /// A day of some crews, each of which may have begun a visit of its own, number 10 and on.
    private struct Day {
        var shifts: [Shift]
        var begun: [ShiftID: ClosedRange<Int>] = [:]
        var now: Int?
        var visit: Visit

        private func own(_ id: ShiftID) -> Visit {
            Visit(id: VisitID(10 + id.number), place: Place(1), service: 0, demand: [1])
        }

        func cause() throws -> UnpaidCause? {
            let problem = try RoutingProblem(
                visits: [visit] + begun.keys.sorted().map(own), shifts: shifts,
                travel: TravelMatrix(size: 2, seconds: [0, Int32(way), Int32(way), 0]))
            let told = begun.map { shift, times in
                let done = DoneStop(
                    .visit(own(shift).id), arrival: times.lowerBound, start: times.lowerBound,
                    end: times.upperBound)
                return (shift, [DaySoFar.Begun(done)])
            }
            let soFar = DaySoFar(
                now: now, begun: Dictionary(told) { first, _ in first })
            let rest = try RestOfDay(problem, after: soFar)
            let plan = Planner(rest.problem).search { Double($0.steps) / 50 }.plan
            return PlanExplainer(rest, plan).cause(of: asked)
        }

        // What is true of a crew, whatever it is doing.
        func serves(_ shift: Shift) -> Bool {
            visit.windows.isEmpty
                || visit.windows.contains {
                    $0.start <= shift.hours.end && shift.hours.start <= $0.end
                }
        }
        func may(_ shift: Shift) -> Bool { !visit.avoided.contains(shift.id) }
        func isAble(_ shift: Shift) -> Bool { shift.skills.isSuperset(of: visit.skills) }
        func hasRoom(_ shift: Shift) -> Bool {
            guard let limit = shift.capacity.first, let load = visit.demand.first else {
                return true
            }
            return load + (begun[shift.id] == nil ? 0 : 1) <= limit
        }
        func hasTime(_ shift: Shift) -> Bool {
            let from = shift.hours.start + way
            let to = shift.hours.end - way - visit.service
            if visit.windows.isEmpty { return from <= to }
            return visit.windows.contains { max(from, $0.start) <= min(to, $0.end) }
        }
        func isBusy(_ shift: Shift) -> Bool {
            begun[shift.id].map { $0.upperBound > shift.hours.end } ?? false
        }
    }

    @Test func onlyWhoIsBusyCouldNotPayItAnyway() throws {
        // Shift 1 serves until 9,000 and is busy until 9,500; shift 2 serves later.
        func cause(
            _ visit: Visit, capacity: [Int] = [], now: Int? = nil, end: Int = 9_500
        ) throws -> UnpaidCause? {
            try Day(
                shifts: [
                    Self.shift(1, 900...9_000, skills: [1], capacity: capacity),
                    Self.shift(2, 16_000...17_000),
                ], begun: [ShiftID(1): 1_000...end], now: now, visit: visit
            ).cause()
        }
        let window = [TimeWindow(1_500, 2_000)!]
        #expect(try cause(Self.visit(600, window)) == .busy)
        #expect(try cause(Self.visit(600, window, skills: [1])) == .busy)
        #expect(try cause(Self.visit(600, window, skills: [2])) == .hurdle(.skill))
        #expect(try cause(Self.visit(600, window, avoided: [1])) == .hurdle(.avoided))
        let heavy = Self.visit(600, window, demand: [1])
        #expect(try cause(heavy, capacity: [2]) == .busy)
        #expect(try cause(heavy, capacity: [1]) == .hurdle(.load))
        // From 1,500 on and back at 9,000 leaves 7,400 seconds.
        #expect(try cause(Self.visit(7_400, window)) == .busy)
        #expect(
            try cause(Self.visit(7_401, window))
                == .hurdle(.slack(missing: 1, ShiftID(1))))
        #expect(try cause(Self.visit(600, [TimeWindow(9_001, 9_100)!])) == .hurdle(.noShift))
        // It is busy until a second after its hours, or done with it, and its hours are over.
        #expect(try cause(Self.visit(600, window), now: 9_100, end: 9_001) == .busy)
        #expect(
            try cause(Self.visit(600, window), now: 9_100, end: 9_000)
                == .hurdle(.slack(missing: 7_100, ShiftID(1))))
        #expect(
            try cause(Self.visit(600, window, skills: [2]), now: 9_100, end: 9_000)
                == .hurdle(.skill))
    }

    /// Whose hours are over was at work; the seconds that are wanting count from the latest start there was.
    @Test func whoseHoursAreOverWasAtWork() throws {
        func cause(_ visit: Visit, now: Int) throws -> UnpaidCause? {
            try Day(shifts: [Self.shift(1, 900...9_000)], now: now, visit: visit).cause()
        }
        let window = [TimeWindow(8_000, 8_700)!]
        #expect(
            try cause(Self.visit(0, window), now: 9_001)
                == .hurdle(.slack(missing: 301, ShiftID(1))))
        #expect(
            try cause(Self.visit(600, window), now: 9_001)
                == .hurdle(.slack(missing: 601, ShiftID(1))))
        #expect(
            try cause(Self.visit(600), now: 9_001)
                == .hurdle(.slack(missing: 601, ShiftID(1))))
        #expect(
            try cause(Self.visit(600, [TimeWindow(9_001, 9_100)!]), now: 9_001)
                == .hurdle(.noShift))
    }

    @Test func theCauseOfRandomDaysIsTrue() throws {
        var told: [String: Int] = [:]
        for seed in 1...2_000 {
            let day = Self.day(seed)
            guard let cause = try day.cause() else { continue }
            let serving = day.shifts.filter(day.serves)
            let welcome = serving.filter(day.may)
            let able = welcome.filter(day.isAble)
            let roomy = able.filter(day.hasRoom)
            let isTrue =
                switch cause {
                case .busy: roomy.contains { day.isBusy($0) && day.hasTime($0) }
                case .hurdle(.noShift): serving.isEmpty
                case .hurdle(.avoided): !serving.isEmpty && welcome.isEmpty
                case .hurdle(.skill): !welcome.isEmpty && able.isEmpty
                case .hurdle(.load): !able.isEmpty && roomy.isEmpty
                case .hurdle(.slack(let missing, let shift)):
                    missing > 0 && roomy.contains { $0.id == shift }
                case .hurdle(.noWay), .hurdle(.pastDue), .breaks: false
                }
            #expect(isTrue, "\(seed): \(cause) of \(day)")
            told["\(cause)".split(separator: "(").prefix(2).joined(separator: " "), default: 0] += 1
        }
        // Each of them is met.
        #expect(told.count >= 6 && told.values.allSatisfy { $0 > 20 }, "\(told)")
    }

    private static func day(_ seed: Int) -> Day {
        var random = RandomWeek(seed)
        let shifts = (1...1 + random.roll(3)).map { number in
            let from = 1_000 * random.roll(4)
            return shift(
                number, from...from + 1_000 + random.roll(3) * 500,
                skills: random.roll(2) == 0 ? [1] : [],
                capacity: random.roll(3) == 0 ? [1 + random.roll(2)] : [])
        }
        var begun: [ShiftID: ClosedRange<Int>] = [:]
        for shift in shifts where random.roll(5) > 1 {
            let start = shift.hours.start + way
            begun[shift.id] = start...start + random.roll(3_000)
        }
        let from = random.roll(8) * 500
        let windows = random.roll(4) == 0 ? [] : [TimeWindow(from, from + random.roll(3) * 250)!]
        return Day(
            shifts: shifts, begun: begun, now: random.roll(2) == 0 ? random.roll(6_000) : nil,
            visit: visit(
                random.roll(4) * 200, windows, skills: random.roll(3) == 0 ? [1] : [],
                avoided: shifts.map(\.id.number).filter { _ in random.roll(4) == 0 },
                demand: random.roll(2) == 0 ? [1] : []))
    }
}
