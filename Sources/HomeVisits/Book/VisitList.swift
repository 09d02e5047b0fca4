// SPDX-License-Identifier: Apache-2.0

/// The visits of an area in the order in which they were asked for, the first with the number 1.
///
/// A copy shares all but the stretches that change, as decisions are tried on copies and an area has
/// visits for years.
///
/// ```swift
/// book.visits[16].number  // 17
/// ```
public struct VisitList: Hashable, Sendable {
    /// Visits of a stretch.
    private static let length = 256

    /// All but the last are full.
    private var stretches: [[HomeVisit]] = []
    public private(set) var count = 0

    init() {}

    mutating func append(_ visit: HomeVisit) {
        if count % Self.length == 0 { stretches.append([]) }
        stretches[stretches.count - 1].append(visit)
        count += 1
    }
}

extension VisitList: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public internal(set) subscript(position: Int) -> HomeVisit {
        get { stretches[position / Self.length][position % Self.length] }
        _modify { yield &stretches[position / Self.length][position % Self.length] }
    }
}
