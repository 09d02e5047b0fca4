// SPDX-License-Identifier: Apache-2.0

/// The best of all plans of a small problem, found by driving every one of them.
struct AllPlans {
    /// What is made small: required visits that nobody pays, visits that nobody pays, seconds on the way.
    struct Worth: Comparable {
        var required = 0
        var left = 0
        var travel = 0

        static func < (a: Worth, b: Worth) -> Bool {
            (a.required, a.left, a.travel) < (b.required, b.left, b.travel)
        }
    }

    let problem: TwinProblem
    private(set) var best = Worth(required: .max, left: .max, travel: .max)

    init(_ problem: TwinProblem) {
        self.problem = problem
        let routes = problem.vehicles.map { AllRoutes(problem, $0) }
        let begun = routes.reduce(0) { $0 | $1.begun }
        let out = problem.vehicles.indices.filter { problem.vehicles[$0].isOut }
        combine(routes, 0, begun, 0, Set(out))
    }

    /// The shifts that one crew cannot work beside another: those of its day, and those whose hours overlap.
    private func rivals(_ index: Int) -> Set<Int> {
        let own = problem.vehicles[index]
        func excludes(_ other: TwinProblem.Vehicle) -> Bool {
            guard let crew = own.crew, crew == other.crew else { return false }
            if let day = own.day, day == other.day { return true }
            guard let hours = own.time_window, let others = other.time_window else { return true }
            return max(hours[0], others[0]) < min(hours[1], others[1])
        }
        return Set(
            problem.vehicles.indices.filter { $0 != index && excludes(problem.vehicles[$0]) })
    }

    /// Gives each crew some of the visits that the crews before it have left.
    private mutating func combine(
        _ routes: [AllRoutes], _ index: Int, _ paid: Int, _ travel: Int, _ used: Set<Int>
    ) {
        guard index < routes.count else {
            var worth = Worth(travel: travel)
            for (number, job) in problem.jobs.enumerated() where paid & 1 << number == 0 {
                worth.left += 1
                if job.required ?? (job.promised != nil) { worth.required += 1 }
            }
            best = min(best, worth)
            return
        }
        combine(routes, index + 1, paid, travel + routes[index].idle, used)
        guard rivals(index).isDisjoint(with: used) else { return }
        for (visits, way) in routes[index].least where visits & ~routes[index].begun & paid == 0 {
            combine(routes, index + 1, paid | visits, travel + way, used.union([index]))
        }
    }
}

/// Every order in which a crew can pay some of the visits and take all of its breaks.
struct AllRoutes {
    private let problem: TwinProblem
    private let vehicle: TwinProblem.Vehicle
    private let ways: [[Int?]]
    /// Per set of visits that can be paid, with those that have begun and at least one more: the least seconds
    /// on the way.
    private(set) var least: [Int: Int] = [:]
    /// The visits that have begun and are paid.
    private(set) var begun = 0
    /// The seconds on the way of a crew that pays nobody another visit.
    private(set) var idle = 0
    /// When each break may begin; nil where it need not be taken.
    private var breaks: [[[Int]]?] = []

    /// What a way home that is not there counts.
    static let noWay = 1 << 27

    private struct Crew {
        var place: Int?
        var clock: Int
        /// Seconds that it could drive since it was free to go on.
        var driven = 0
        var travel = 0
        var visits = 0
        var breaks = 0
        var count = 0
        var loads: [Int]
    }

    init(_ problem: TwinProblem, _ vehicle: TwinProblem.Vehicle) {
        self.problem = problem
        self.vehicle = vehicle
        ways = problem.matrices[vehicle.profile ?? "car"]!.durations
        let opens = vehicle.time_window?[0] ?? -1_000_000_000
        breaks = (vehicle.breaks ?? []).map { $0.time_windows ?? [] }
        var crew = Crew(place: vehicle.start_index, clock: opens, loads: vehicle.capacity ?? [])
        for step in vehicle.begun ?? [] { recall(step, &crew) }
        begun = crew.visits
        if vehicle.isOut {
            idle = crew.travel
            if let home = vehicle.end_index, let here = crew.place, here != home {
                idle += ways[here][home] ?? Self.noWay
            }
        }
        if let now = problem.now, now > crew.clock { (crew.clock, crew.driven) = (now, 0) }
        let last = max(opens, vehicle.begun?.last?.end ?? opens)
        for (number, windows) in breaks.enumerated() where crew.breaks & 1 << number == 0 {
            guard let windows, !windows.isEmpty, windows.allSatisfy({ $0[1] < crew.clock }),
                windows.contains(where: { $0[1] >= opens })
            else { continue }
            if windows.contains(where: { $0[1] >= last }) {
                // It had nothing else to do then.
                breaks[number] = nil
                crew.breaks |= 1 << number
            } else {
                breaks[number] = [[crew.clock, crew.clock + 3_600]]
            }
        }
        go(on: crew)
    }

    /// The crew after what it has begun: as it was, whether it could be so or not.
    private func recall(_ step: TwinProblem.Begun, _ crew: inout Crew) {
        if step.type == "job" {
            let number = problem.jobs.firstIndex { $0.id == step.id }!
            let job = problem.jobs[number]
            if let here = crew.place, here != job.location_index {
                crew.travel += ways[here][job.location_index] ?? 0
            }
            (crew.place, crew.driven) = (job.location_index, 0)
            if step.in_vain != true {
                crew.visits |= 1 << number
                crew.count += 1
                for (kind, amount) in (job.delivery ?? []).enumerated()
                where kind < crew.loads.count { crew.loads[kind] -= amount }
            }
        } else {
            crew.breaks |= 1 << vehicle.breaks!.firstIndex { $0.id == step.id }!
            crew.driven += max(0, step.start - crew.clock)
        }
        crew.clock = step.end
    }

    private mutating func go(on crew: Crew) {
        end(crew)
        for (number, job) in problem.jobs.enumerated() where crew.visits & 1 << number == 0 {
            if let next = pay(job, number, crew) { go(on: next) }
        }
        for (number, pause) in (vehicle.breaks ?? []).enumerated()
        where crew.breaks & 1 << number == 0 {
            if let next = rest(pause, number, crew) { go(on: next) }
        }
    }

    /// False if there is no way.
    private func drive(_ crew: inout Crew, to place: Int) -> Bool {
        if let here = crew.place {
            guard let way = here == place ? 0 : ways[here][place] else { return false }
            crew.travel += way
            crew.clock += max(0, way - crew.driven)
        }
        crew.driven = 0
        crew.place = place
        return true
    }

    /// The first moment from one on that lies in one of each list of windows.
    private func first(_ moment: Int, _ lists: [[[Int]]]) -> Int? {
        let candidates = [moment] + lists.joined().map { $0[0] }.filter { $0 > moment }
        return candidates.filter { start in
            lists.allSatisfy { $0.contains { $0[0] <= start && start <= $0[1] } }
        }.min()
    }

    private func pay(_ job: TwinProblem.Job, _ number: Int, _ crew: Crew) -> Crew? {
        let id = vehicle.id
        guard (job.skills ?? []).allSatisfy((vehicle.skills ?? []).contains),
            job.forbidden_vehicles?.contains(id) != true,
            job.allowed_vehicles?.contains(id) != false,
            crew.count < vehicle.max_tasks ?? .max
        else { return nil }
        if let told = job.promised?.vehicles, !told.isEmpty, !told.contains(id) { return nil }
        var crew = crew
        for (kind, amount) in (job.delivery ?? []).enumerated() where kind < crew.loads.count {
            crew.loads[kind] -= amount
            if crew.loads[kind] < 0 { return nil }
        }
        let setup = crew.place == job.location_index ? 0 : job.setup ?? 0
        guard drive(&crew, to: job.location_index) else { return nil }
        var lists: [[[Int]]] = []
        if let windows = job.time_windows, !windows.isEmpty { lists.append(windows) }
        if let promised = job.promised { lists.append([promised.window]) }
        guard let start = first(crew.clock, lists) else { return nil }
        crew.clock = start + setup + job.service
        if let due = job.due, crew.clock > due { return nil }
        crew.visits |= 1 << number
        crew.count += 1
        return crew.clock <= vehicle.time_window?[1] ?? .max ? crew : nil
    }

    private func rest(_ pause: TwinProblem.Break, _ number: Int, _ crew: Crew) -> Crew? {
        let windows = breaks[number] ?? []
        guard let start = first(crew.clock, windows.isEmpty ? [] : [windows]) else { return nil }
        var crew = crew
        // What it drives before the break counts.
        crew.driven += start - crew.clock
        crew.clock = start + pause.service
        crew.breaks |= 1 << number
        return crew.clock <= vehicle.time_window?[1] ?? .max ? crew : nil
    }

    private mutating func end(_ crew: Crew) {
        guard crew.visits != begun, crew.breaks == 1 << breaks.count - 1 else { return }
        var crew = crew
        if let home = vehicle.end_index { guard drive(&crew, to: home) else { return } }
        guard crew.clock <= vehicle.time_window?[1] ?? .max else { return }
        least[crew.visits] = min(least[crew.visits] ?? .max, crew.travel)
    }
}
