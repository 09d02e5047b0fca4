// SPDX-License-Identifier: Apache-2.0

/// Travel times in whole seconds from every place to every other.
///
/// ```swift
/// let matrix = try TravelMatrix(size: 2, seconds: [0, 900, 840, 0])
/// matrix[Place(0), Place(1)]  // 900
/// ```
public struct TravelMatrix: Sendable {
    /// Places; the matrix has so many rows and columns.
    public let size: Int
    let tables: WayTables

    /// The longest way that is taken for one, in seconds: more than four years.
    public static let longest = 1 << 27
    /// The most places: a square of them must fit in memory twice.
    public static let placeLimit = 12_000

    /// The matrix of no places.
    public static let empty = TravelMatrix(size: 0, WayTables(size: 0, seconds: []))

    /// The ways from one more place to all others, in their order, and from them to it.
    public struct Ways: Hashable, Sendable {
        public let from: [Int32]
        public let to: [Int32]

        public init(from: [Int32], to: [Int32]) {
            self.from = from
            self.to = to
        }
    }

    /// A matrix of `size` rows given one after the other.
    ///
    /// From a place to itself it takes no time, whatever number stands there.
    ///
    /// - Throws: `matrixShape` unless there are `size` times `size` numbers and at most
    ///   `placeLimit` places; `travelTime` for a number that is negative or over `longest`.
    public init(size: Int, seconds: [Int32]) throws(ProblemError) {
        guard (0...Self.placeLimit).contains(size), seconds.count == size * size else {
            throw .matrixShape(size: size, numbers: seconds.count)
        }
        if let wrong = seconds.firstIndex(where: { !Self.isWay($0) }) {
            throw .travelTime(from: wrong / size, to: wrong % size, seconds: Int(seconds[wrong]))
        }
        self.init(size: size, WayTables(size: size, seconds: seconds))
    }

    private init(size: Int, _ tables: WayTables) {
        self.size = size
        self.tables = tables
    }

    static func isWay(_ seconds: Int32) -> Bool { (0...Int32(Self.longest)).contains(seconds) }

    /// The matrix with more places, each with the ways between it and all before it.
    ///
    /// ```swift
    /// try matrix.adding([TravelMatrix.Ways(from: [60, 70], to: [65, 75])]).size  // 3
    /// ```
    ///
    /// - Throws: `matrixShape` and `travelTime` as when all of it is given.
    /// - Complexity: linear in the numbers of the larger matrix.
    public func adding(_ ways: [Ways]) throws(ProblemError) -> TravelMatrix {
        guard !ways.isEmpty else { return self }
        let larger = size + ways.count
        guard larger <= Self.placeLimit else {
            throw .matrixShape(size: larger, numbers: larger * larger)
        }
        for (number, ways) in ways.enumerated() { try Self.check(ways, of: size + number) }
        return TravelMatrix(size: larger, WayTables(tables, adding: ways))
    }

    /// Looks at the ways of the place that comes after so many.
    static func check(_ ways: Ways, of place: Int) throws(ProblemError) {
        for line in [ways.from, ways.to] where line.count != place {
            throw .matrixShape(size: place, numbers: line.count)
        }
        if let to = ways.from.firstIndex(where: { !isWay($0) }) {
            throw .travelTime(from: place, to: to, seconds: Int(ways.from[to]))
        }
        if let from = ways.to.firstIndex(where: { !isWay($0) }) {
            throw .travelTime(from: from, to: place, seconds: Int(ways.to[from]))
        }
    }

    /// Seconds from one place to another.
    ///
    /// - Precondition: the matrix has both places.
    public subscript(from: Place, to: Place) -> Int {
        precondition((0..<size).contains(from.row) && (0..<size).contains(to.row))
        return Int(tables.from[from.row * tables.stride + to.row])
    }

    /// All of the seconds, row by row, put together anew each time.
    public var seconds: [Int32] { (0..<size).flatMap { row(Place($0)) } }

    /// Seconds from a place to all places.
    ///
    /// - Precondition: the matrix has the place.
    public func row(_ place: Place) -> [Int32] {
        precondition((0..<size).contains(place.row))
        return Array(
            UnsafeBufferPointer(start: tables.from + place.row * tables.stride, count: size))
    }
}

extension TravelMatrix: Hashable {
    public static func == (a: TravelMatrix, b: TravelMatrix) -> Bool {
        a.tables === b.tables || a.size == b.size && a.seconds == b.seconds
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(seconds) }
}
