// SPDX-License-Identifier: Apache-2.0

/// A caller's visit in the numbers of the problem's tables.
struct OfferRequest {
    /// -1 for a place that the problem lacks.
    let place: Int32
    let service: Int32
    let setup: Int32
    let due: Int32
    let demand: [Int]
    /// Per profile the seconds to the caller from every place and back, "anywhere" last.
    let toHere: [[Int32]]
    let fromHere: [[Int32]]
    let skills: [Skill]
    /// Per shift; nil if the visit names none.
    let isNamed: [Bool]?
    /// Where the start may fall, by their starts.
    let pieces: [Piece]

    /// A stretch in which the visit may start.
    struct Piece {
        let start: Int32
        let end: Int32
        /// The number of the window of which it is a part.
        let window: Int
    }

    init(_ caller: Caller, _ windows: [TimeWindow], _ problem: RoutingProblem) {
        let (visit, tables) = (caller.visit, problem.tables)
        if !caller.ways.isEmpty {
            place = -1
            toHere = caller.ways.map { $0.to + [0] }
            fromHere = caller.ways.map { $0.from + [0] }
        } else {
            place = Int32(visit.place.row)
            let row = place
            func seconds(_ table: UnsafeMutablePointer<Int32>) -> [Int32] {
                Array(
                    UnsafeBufferPointer(start: tables.row(table, row), count: tables.stride))
            }
            if tables.otherWays.isEmpty {
                (toHere, fromHere) = ([seconds(tables.to)], [seconds(tables.from)])
            } else {
                let all = [tables.ways] + tables.otherWays
                (toHere, fromHere) = (all.map { seconds($0.to) }, all.map { seconds($0.from) })
            }
        }
        func counted(_ moment: Int) -> Int32 {
            let limit = Int(ProblemTables.never)
            return Int32(max(-limit, min(limit, moment - tables.origin)))
        }
        service = Int32(visit.service)
        setup = Int32(visit.setup)
        due = visit.due.map(counted) ?? ProblemTables.never
        demand = visit.demand
        skills = visit.skills
        isNamed = Self.named(visit, problem)
        var pieces: [Piece] = []
        pieces.reserveCapacity(windows.count)
        for (number, window) in windows.enumerated() {
            let own = visit.windows
            let parts = own.isEmpty ? [window] : own.compactMap(window.intersection)
            for part in parts {
                pieces.append(
                    Piece(start: counted(part.start), end: counted(part.end), window: number))
            }
        }
        self.pieces = pieces.sorted { ($0.start, $0.window) < ($1.start, $1.window) }
    }

    private static func named(_ visit: Visit, _ problem: RoutingProblem) -> [Bool]? {
        guard !visit.avoided.isEmpty || visit.allowed != nil else { return nil }
        var named = [Bool](repeating: visit.allowed == nil, count: problem.shifts.count)
        for id in visit.allowed ?? [] { named[problem.shiftIndex[id]!] = true }
        for id in visit.avoided { named[problem.shiftIndex[id]!] = false }
        return named
    }
}
