// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A small problem as its file says it; what is made of it here shares no code with the planner.
struct TwinProblem: Encodable {
    struct Job: Encodable {
        struct Promised: Encodable {
            var window: [Int]
            var vehicles: [Int]?
        }
        var id: Int
        var location_index: Int
        var service: Int
        var setup: Int?
        var time_windows: [[Int]]?
        var skills: [Int]?
        var delivery: [Int]?
        var due: Int?
        var promised: Promised?
        var required: Bool?
        var forbidden_vehicles: [Int]?
        var allowed_vehicles: [Int]?
    }

    struct Break: Encodable {
        var id: Int
        var service: Int
        var time_windows: [[Int]]?
    }

    struct Vehicle: Encodable {
        var id: Int
        var profile: String?
        var crew: String?
        var day: Int?
        var start_index: Int?
        var end_index: Int?
        var time_window: [Int]?
        var capacity: [Int]?
        var skills: [Int]?
        var breaks: [Break]?
        var max_tasks: Int?
        var begun: [Begun]?

        /// Whether its crew has been with somebody, be it in vain.
        var isOut: Bool { begun?.contains { $0.type == "job" } ?? false }
    }

    struct Begun: Encodable {
        var type: String
        var id: Int
        var arrival: Int
        var start: Int
        var end: Int
        var in_vain: Bool?
    }

    struct Matrix: Encodable {
        /// Nil where there is no way.
        var durations: [[Int?]]
    }

    var now: Int?
    var matrices: [String: Matrix]
    var vehicles: [Vehicle]
    var jobs: [Job]

    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return try encoder.encode(self)
        }
    }
}

/// Random numbers from a seed.
struct TwinDice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func roll(_ below: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(below))
    }

    /// Whether one of so many rolls hits.
    mutating func one(in number: Int) -> Bool { roll(number) == 0 }
}

extension TwinProblem {
    /// A problem with everything that the model has, as the dice bring it.
    init(seed: Int) {
        var dice = TwinDice(seed)
        for _ in 0..<20 { _ = dice.roll(2) }
        let places = 2 + dice.roll(5)
        let kind = dice.roll(4)
        // From a midnight, or as seconds since 1970.
        let origin = dice.one(in: 4) ? 1_773_630_000 : 0
        matrices = ["car": Matrix(durations: Self.ways(places, kind, &dice))]
        let crews = 1 + dice.roll(3)
        vehicles = (1...crews).map { Self.vehicle($0, places, origin, &dice) }
        if dice.one(in: 4) {
            matrices["foot"] = Matrix(durations: Self.ways(places, dice.roll(4), &dice))
            for index in vehicles.indices where dice.one(in: 2) {
                vehicles[index].profile = "foot"
            }
        }
        jobs = (1...1 + dice.roll(5)).map { Self.job($0, places, crews, origin, &dice) }
        shareCrew(origin, seed)
        guard dice.one(in: 2) else { return }
        if dice.one(in: 2) { now = origin + dice.roll(5_000) }
        for index in vehicles.indices where !dice.one(in: 3) { begin(index, origin, &dice) }
    }

    /// Now and then all shifts are one crew's, the next begun before the last one is over, on some days or
    /// none; by dice of its own, so that the rest of a problem stays as it is.
    private mutating func shareCrew(_ origin: Int, _ seed: Int) {
        var dice = TwinDice(1_000_000 + seed)
        for _ in 0..<20 { _ = dice.roll(2) }
        guard dice.one(in: 6) else { return }
        for index in vehicles.indices {
            vehicles[index].crew = "crew 0"
            vehicles[index].day = dice.one(in: 2) ? nil : dice.roll(2)
            let opens = origin + 2_000 * index + dice.roll(1_500)
            vehicles[index].time_window = [opens, opens + 1_500 + dice.roll(2_500)]
        }
    }

    /// Has a vehicle begun some of its day, as nobody would plan it, but within its loads and limits.
    private mutating func begin(_ index: Int, _ origin: Int, _ dice: inout TwinDice) {
        let vehicle = vehicles[index]
        // A crew has begun one shift at most.
        let others = vehicles.filter { $0.crew != nil && $0.crew == vehicle.crew }
        guard !others.contains(where: \.isOut) else { return }
        var begun: [Begun] = []
        var clock = vehicle.time_window?[0] ?? origin
        for _ in 0...dice.roll(3) where clock < vehicle.time_window?[1] ?? .max {
            let arrival = clock + dice.roll(700)
            guard arrival <= vehicle.time_window?[1] ?? .max else { break }
            let start = arrival + dice.roll(300)
            if let pause = vehicle.breaks?.first(where: { pause in
                !begun.contains { $0.type == "break" && $0.id == pause.id }
            }), dice.one(in: 4) {
                clock = start + pause.service
                begun.append(
                    Begun(type: "break", id: pause.id, arrival: start, start: start, end: clock))
                continue
            }
            let job = jobs[dice.roll(jobs.count)]
            clock = start + dice.roll(700)
            let step = Begun(type: "job", id: job.id, arrival: arrival, start: start, end: clock)
            if dice.one(in: 3) {
                begun.append(
                    Begun(
                        type: "job", id: job.id, arrival: arrival, start: start, end: clock,
                        in_vain: true))
            } else if !isPaid(job.id, begun), hasRoom(vehicle, begun + [step]) {
                begun.append(step)
            }
            clock = begun.last?.end ?? clock
        }
        if !begun.isEmpty { vehicles[index].begun = begun }
    }

    private func isPaid(_ id: Int, _ begun: [Begun]) -> Bool {
        (vehicles.flatMap { $0.begun ?? [] } + begun).contains {
            $0.type == "job" && $0.id == id && $0.in_vain != true
        }
    }

    private func hasRoom(_ vehicle: Vehicle, _ begun: [Begun]) -> Bool {
        let paid = begun.filter { $0.type == "job" && $0.in_vain != true }.map { step in
            jobs.first { $0.id == step.id }!
        }
        guard paid.count <= vehicle.max_tasks ?? .max else { return false }
        return (vehicle.capacity ?? []).enumerated().allSatisfy { kind, limit in
            paid.reduce(0) { $0 + (($1.delivery ?? []).dropFirst(kind).first ?? 0) } <= limit
        }
    }

    /// Ways over a plane, uphill, or each as the dice fall, some of them closed, or none at all.
    private static func ways(_ size: Int, _ kind: Int, _ dice: inout TwinDice) -> [[Int?]] {
        let points = (0..<size).map { _ in (dice.roll(800), dice.roll(800), dice.roll(300)) }
        return (0..<size).map { from in
            (0..<size).map { to in
                guard from != to else { return 0 as Int? }
                let (a, b) = (points[from], points[to])
                let plain = abs(a.0 - b.0) + abs(a.1 - b.1)
                switch kind {
                case 0: return plain
                case 1: return plain + max(0, b.2 - a.2)
                case 2: return dice.roll(1_200)
                default:
                    guard dice.one(in: 4) else { return plain }
                    return dice.one(in: 3) ? nil : 6_000 + dice.roll(9_000)
                }
            }
        }
    }

    private static func window(_ from: Int, _ dice: inout TwinDice, _ length: Int) -> [Int] {
        let start = from + dice.roll(5_000)
        return [start, start + dice.roll(length)]
    }

    private static func vehicle(
        _ number: Int, _ places: Int, _ origin: Int, _ dice: inout TwinDice
    ) -> Vehicle {
        let opens = origin + dice.roll(1_500)
        var vehicle = Vehicle(id: number, time_window: [opens, opens + 1_500 + dice.roll(6_000)])
        if dice.one(in: 6) { vehicle.time_window = nil }
        if dice.one(in: 3) {
            vehicle.crew = "crew \(dice.roll(2))"
            if !dice.one(in: 3) { vehicle.day = dice.one(in: 3) ? dice.roll(2) : 0 }
        }
        if !dice.one(in: 4) { vehicle.start_index = dice.roll(places) }
        if !dice.one(in: 4) { vehicle.end_index = dice.roll(places) }
        if dice.one(in: 2) { vehicle.end_index = vehicle.start_index }
        if vehicle.start_index == nil, vehicle.end_index == nil { vehicle.start_index = 0 }
        if dice.one(in: 3) { vehicle.capacity = [dice.roll(5), dice.roll(5)] }
        if dice.one(in: 2) { vehicle.skills = [1] }
        if dice.one(in: 4) { vehicle.max_tasks = dice.roll(4) }
        if dice.one(in: 2) {
            vehicle.breaks = (1...1 + dice.roll(2)).map { number in
                var windows: [[Int]]?
                if !dice.one(in: 4) {
                    windows = (0...dice.roll(2)).map { _ in window(origin, &dice, 2_500) }
                }
                return Break(id: number, service: dice.roll(600), time_windows: windows)
            }
        }
        return vehicle
    }

    private static func job(
        _ number: Int, _ places: Int, _ crews: Int, _ origin: Int, _ dice: inout TwinDice
    ) -> Job {
        var job = Job(id: number, location_index: dice.roll(places), service: dice.roll(700))
        if dice.one(in: 3) { job.setup = dice.roll(400) }
        if dice.one(in: 2) {
            job.time_windows = (0...dice.roll(2)).map { _ in window(origin, &dice, 2_000) }
        }
        if dice.one(in: 4) { job.skills = [1] }
        if dice.one(in: 3) { job.delivery = [dice.roll(3), dice.roll(3)] }
        if dice.one(in: 5) { job.due = origin + 1_500 + dice.roll(6_000) }
        if dice.one(in: 5) {
            job.promised = Job.Promised(window: window(origin, &dice, 3_000))
            if dice.one(in: 3) { job.promised!.vehicles = [1 + dice.roll(crews)] }
        }
        if dice.one(in: 6) { job.required = dice.one(in: 2) }
        if dice.one(in: 6) { job.forbidden_vehicles = [1 + dice.roll(crews)] }
        if dice.one(in: 6) {
            job.allowed_vehicles = (1...crews).filter { _ in !dice.one(in: 3) }
        }
        return job
    }
}
