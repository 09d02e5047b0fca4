// SPDX-License-Identifier: Apache-2.0

import Visits

/// New places whose ways are to be measured by road: among themselves, and from and to known ones.
public struct RoadQuestion: Hashable, Sendable {
    public let places: [HomePoint]
    public let known: [HomePoint]
    /// Which edition of the measured ways it is about.
    fileprivate let edition: Int
}

/// The seconds that were measured, nil where there is no road.
public struct RoadAnswer: Hashable, Sendable {
    /// From each of the places to the known ones and then to the places, in their order.
    public let from: [[Int32?]]
    /// From each of the known ones to each of the places: a row for each place.
    public let to: [[Int32?]]

    public init(from: [[Int32?]], to: [[Int32?]]) {
        self.from = from
        self.to = to
    }
}

/// Ways between places that were measured by road.
///
/// A place is settled once all ways between it and the other settled ones were asked for, whether there
/// are roads or not.
///
/// ```swift
/// if let question = ways.question(about: [home]) { ways.take(measured, to: question) }
/// ways.seconds(from: office, to: home)
/// ```
public struct MeasuredWays: Sendable {
    /// The longest way, in seconds: what is more than a day away is not gone to by road.
    public static let longest: Int32 = 86_400

    private static let unasked: Int32 = -1
    private static let noRoad: Int32 = -2

    private var numbers: [HomePoint: Int] = [:]
    private var places: [HomePoint] = []
    /// For each place the seconds to, and from, those before it.
    private var from: [[Int32]] = []
    private var to: [[Int32]] = []
    private var settled: [HomePoint] = []
    private var isSettled: [Bool] = []
    private var edition = 0

    /// No ways yet.
    public init() {}

    /// All ways between some places: row by row, nil where there is no road.
    ///
    /// Nil unless there is a number for each pair of them, and no place is there twice.
    public init?(_ places: [HomePoint], seconds: [Int32?]) {
        guard Set(places).count == places.count, seconds.count == places.count * places.count
        else { return nil }
        let size = places.count
        for (row, place) in places.enumerated() {
            add(place)
            settle(place)
            for other in 0..<row {
                from[row][other] = Self.kept(seconds[row * size + other])
                to[row][other] = Self.kept(seconds[other * size + row])
            }
        }
    }

    public var count: Int { places.count }

    /// Whether the ways of a place were asked for.
    public func isSettled(_ place: HomePoint) -> Bool {
        numbers[place].map { isSettled[$0] } ?? false
    }

    /// What is to be asked about some places; nil if all of them are settled.
    public func question(about wanted: [HomePoint]) -> RoadQuestion? {
        var seen: Set<HomePoint> = []
        let new = wanted.filter { !isSettled($0) && seen.insert($0).inserted }
        return new.isEmpty ? nil : RoadQuestion(places: new, known: settled, edition: edition)
    }

    /// Takes in what was measured.
    ///
    /// If others were settled since the question was asked, its places are not: they will be asked
    /// about again. An answer of another shape than the question is left alone.
    public mutating func take(_ answer: RoadAnswer, to question: RoadQuestion) {
        let (places, known) = (question.places, question.known)
        let all = known + places
        guard answer.from.count == places.count, answer.to.count == places.count,
            answer.from.allSatisfy({ $0.count == all.count }),
            answer.to.allSatisfy({ $0.count == known.count })
        else { return }
        let isWhole = question.edition == edition && known.count == settled.count
        for place in places where numbers[place] == nil { add(place) }
        for (row, place) in places.enumerated() {
            for (column, other) in all.enumerated() {
                put(place, other, answer.from[row][column])
            }
            for (column, other) in known.enumerated() { put(other, place, answer.to[row][column]) }
            if isWhole { settle(place) }
        }
    }

    /// Seconds from one place to another; nil if they were not measured, or there is no road.
    public func seconds(from start: HomePoint, to end: HomePoint) -> Int32? {
        guard start != end else { return 0 }
        guard let a = numbers[start], let b = numbers[end] else { return nil }
        let seconds = a > b ? from[a][b] : to[b][a]
        return seconds >= 0 ? seconds : nil
    }

    /// Whether both ways between two places were measured.
    func isWhole(_ a: HomePoint, _ b: HomePoint) -> Bool {
        seconds(from: a, to: b) != nil && seconds(from: b, to: a) != nil
    }

    /// Ways between a place and some others, with what was measured in place of what was not.
    func over(
        _ ways: TravelMatrix.Ways, of place: HomePoint, _ others: ArraySlice<HomePoint>
    ) -> TravelMatrix.Ways {
        guard numbers[place] != nil else { return ways }
        return TravelMatrix.Ways(
            from: zip(ways.from, others).map { seconds(from: place, to: $1) ?? $0 },
            to: zip(ways.to, others).map { seconds(from: $1, to: place) ?? $0 })
    }

    /// Knows only some of its places any more.
    public mutating func keep(_ wanted: Set<HomePoint>) {
        let kept = places.indices.filter { wanted.contains(places[$0]) }
        from = kept.enumerated().map { number, row in kept[..<number].map { from[row][$0] } }
        to = kept.enumerated().map { number, row in kept[..<number].map { to[row][$0] } }
        isSettled = kept.map { isSettled[$0] }
        settled = settled.filter(wanted.contains)
        places = kept.map { places[$0] }
        numbers = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
        edition += 1
    }

    private mutating func add(_ place: HomePoint) {
        let blank = [Int32](repeating: Self.unasked, count: places.count)
        numbers[place] = places.count
        places.append(place)
        from.append(blank)
        to.append(blank)
        isSettled.append(false)
    }

    private mutating func settle(_ place: HomePoint) {
        guard let number = numbers[place], !isSettled[number] else { return }
        isSettled[number] = true
        settled.append(place)
    }

    private mutating func put(_ start: HomePoint, _ end: HomePoint, _ seconds: Int32?) {
        // A known place may have been forgotten since.
        guard let a = numbers[start], let b = numbers[end], a != b else { return }
        if a > b { from[a][b] = Self.kept(seconds) } else { to[b][a] = Self.kept(seconds) }
    }

    private static func kept(_ seconds: Int32?) -> Int32 {
        seconds.flatMap { (0...longest).contains($0) ? $0 : nil } ?? noRoad
    }
}
