// SPDX-License-Identifier: Apache-2.0

/// Travel times in whole seconds from every place to every other.
public struct TravelMatrix: Sendable {
    /// Places; the matrix has so many rows and columns.
    public let size: Int
    /// Row by row: from the row's place to the column's.
    public let seconds: [Int32]
    let tables: WayTables

    /// The longest way that is taken for one, in seconds: more than four years.
    public static let longest = 1 << 27
    /// The most places: a square of them must fit in memory twice.
    public static let placeLimit = 12_000

    /// A matrix of `size` rows given one after the other.
    ///
    /// - Throws: `matrixShape` unless there are `size` times `size` numbers and at most
    ///   `placeLimit` places; `travelTime` for a number that is negative or over `longest`.
    public init(size: Int, seconds: [Int32]) throws(ProblemError) {
        guard (0...Self.placeLimit).contains(size), seconds.count == size * size else {
            throw .matrixShape(size: size, numbers: seconds.count)
        }
        if let wrong = seconds.firstIndex(where: { $0 < 0 || Int($0) > Self.longest }) {
            throw .travelTime(from: wrong / size, to: wrong % size, seconds: Int(seconds[wrong]))
        }
        self.init(checked: seconds, size: size)
    }

    /// A matrix of numbers that are known to be in order.
    init(checked seconds: [Int32], size: Int, isSymmetric: Bool? = nil) {
        self.size = size
        self.seconds = seconds
        tables = WayTables(size: size, seconds: seconds, isSymmetric: isSymmetric)
    }

    /// Seconds from one place to another.
    @inlinable
    public subscript(from: Place, to: Place) -> Int { Int(seconds[from.row * size + to.row]) }
}

extension TravelMatrix: Hashable {
    public static func == (a: TravelMatrix, b: TravelMatrix) -> Bool { a.seconds == b.seconds }

    public func hash(into hasher: inout Hasher) { hasher.combine(seconds) }
}
