// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// What the search reads instead of a matrix and of lists of all visits.
@Suite struct WayTests {
    private static func matrix(
        _ size: Int, _ random: inout RandomWeek, isSymmetric: Bool
    ) throws -> TravelMatrix {
        var seconds = (0..<size * size).map { _ in Int32(random.roll(9_000)) }
        for row in 0..<size where isSymmetric {
            for column in 0..<row { seconds[column * size + row] = seconds[row * size + column] }
        }
        return try TravelMatrix(size: size, seconds: seconds)
    }

    private static func check(_ matrix: TravelMatrix) {
        let (tables, size) = (matrix.tables, matrix.size)
        #expect(tables.stride == size + 1)
        for row in 0...size {
            for column in 0...size {
                let way =
                    row < size && column < size ? matrix[Place(row), Place(column)] : 0
                guard tables.from[row * tables.stride + column] == way,
                    tables.to[column * tables.stride + row] == way
                else {
                    Issue.record("\(size) places, from \(row) to \(column)")
                    return
                }
            }
        }
    }

    /// Around the sizes at which tables are read in stretches.
    @Test(arguments: [0, 1, 2, 5, 62, 63, 64, 65, 127, 128, 130, 200])
    func theTablesHaveEveryWay(_ size: Int) throws {
        var random = RandomWeek(size)
        for isSymmetric in [true, false] {
            let matrix = try Self.matrix(size, &random, isSymmetric: isSymmetric)
            Self.check(matrix)
            #expect(matrix.tables.isSymmetric == (isSymmetric || size < 2))
            guard size > 1, isSymmetric else { continue }
            // A single way that differs from the way back is found wherever it is.
            for _ in 0..<20 {
                let from = random.roll(size)
                let to = (from + 1 + random.roll(size - 1)) % size
                var seconds = matrix.seconds
                seconds[from * size + to] += 1
                let other = try TravelMatrix(size: size, seconds: seconds)
                #expect(!other.tables.isSymmetric && other != matrix)
                Self.check(other)
            }
        }
    }

    @Test(arguments: 1...30) func aPlaceMoreIsAsIfItHadAlwaysBeenThere(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let size = 1 + random.roll(80)
        let matrix = try Self.matrix(size, &random, isSymmetric: seed % 2 == 0)
        let from = (0..<size).map { _ in Int32(random.roll(9_000)) }
        let to = seed % 3 == 0 ? from : (0..<size).map { _ in Int32(random.roll(9_000)) }
        let problem = try RoutingProblem(
            visits: [],
            shifts: [
                Shift(id: ShiftID(1), start: nil, end: nil, hours: TimeWindow(0, 100)!)
            ], travel: matrix)
        let caller = Caller(
            Visit(id: VisitID(1), place: Place(0), service: 1), from: from, to: to)
        let larger = try problem.adding(caller, promising: TimeWindow(0, 100)!).travel
        var seconds: [Int32] = []
        for row in 0..<size {
            seconds += matrix.seconds[row * size..<(row + 1) * size]
            seconds.append(to[row])
        }
        let fresh = try TravelMatrix(size: size + 1, seconds: seconds + from + [0])
        #expect(larger == fresh && larger.hashValue == fresh.hashValue)
        #expect(larger.tables.isSymmetric == fresh.tables.isSymmetric)
        Self.check(larger)
        // Who is at a place that is there shares its tables.
        let here = Caller(Visit(id: VisitID(2), place: Place(0), service: 1))
        let same = try problem.adding(here, promising: TimeWindow(0, 100)!)
        #expect(same.travel.tables === matrix.tables)
    }

    /// Grown in any steps, a matrix is the one that is made at once.
    @Test(arguments: 1...30) func placesMoreAreAsIfTheyHadAlwaysBeenThere(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let size = 1 + random.roll(90)
        var seconds = try Self.matrix(size, &random, isSymmetric: seed % 2 == 0).seconds
        for place in 0..<size { seconds[place * size + place] = 0 }
        let whole = try TravelMatrix(size: size, seconds: seconds)
        var grown = TravelMatrix.empty
        while grown.size < size {
            let count = 1 + random.roll(size - grown.size)
            grown = try grown.adding(
                (grown.size..<grown.size + count).map { place in
                    TravelMatrix.Ways(
                        from: Array(whole.row(Place(place)).prefix(place)),
                        to: (0..<place).map { Int32(whole[Place($0), Place(place)]) })
                })
            Self.check(grown)
        }
        #expect(grown == whole && grown.tables.isSymmetric == whole.tables.isSymmetric)
        let short = TravelMatrix.Ways(from: [], to: Array(repeating: 0, count: size))
        #expect(throws: ProblemError.matrixShape(size: size, numbers: 0)) {
            try whole.adding([short])
        }
        var long = Array(repeating: Int32(0), count: size)
        long[size - 1] = -1
        let wrong = TravelMatrix.Ways(from: long.map { _ in 0 }, to: long)
        #expect(throws: ProblemError.travelTime(from: size - 1, to: size, seconds: -1)) {
            try whole.adding([wrong])
        }
    }

    /// The nearest visits that some shift could pay too, as sorting all of them finds them.
    @Test(arguments: 1...20) func theNearestVisitsAreListed(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let problem = try random.problem(visits: seed % 4 == 0 ? 240 : 30, shifts: 5)
        let (tables, travel) = (problem.tables, problem.travel)
        let near = NearVisits(tables)
        func way(_ a: Int, _ b: Int) -> Int {
            let (here, there) = (problem.visits[a].place, problem.visits[b].place)
            return travel[here, there] + travel[there, here]
        }
        for visit in [3, 0, 29, 3] {
            let others = problem.visits.indices.filter { other in
                other != visit
                    && problem.shifts.indices.contains {
                        tables.fits[visit * 5 + $0] && tables.fits[other * 5 + $0]
                    }
            }
            let sorted = others.sorted { (way(visit, $0), $0) < (way(visit, $1), $1) }
            let expected = Array(sorted.prefix(160))
            #expect(near.list(of: visit).map { Int($0) } == expected, "seed \(seed)")
        }
    }
}
