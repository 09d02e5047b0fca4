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
    /// Per stretch the revision at which one of its visits changed last.
    private var latest: [UInt32] = []
    public private(set) var count = 0

    init() {}

    mutating func append(_ visit: HomeVisit) {
        if count % Self.length == 0 {
            stretches.append([])
            latest.append(0)
        }
        let last = stretches.count - 1
        stretches[last].append(visit)
        latest[last] = Swift.max(latest[last], visit.changed)
        count += 1
    }

    /// The visits that have changed after a revision, by their numbers.
    func changed(since revision: UInt32) -> [HomeVisit] {
        latest.indices.filter { latest[$0] > revision }
            .flatMap { stretches[$0].filter { $0.changed > revision } }
    }
}

extension VisitList: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public internal(set) subscript(position: Int) -> HomeVisit {
        get { stretches[position / Self.length][position % Self.length] }
        _modify {
            let stretch = position / Self.length
            yield &stretches[stretch][position % Self.length]
            let changed = stretches[stretch][position % Self.length].changed
            latest[stretch] = Swift.max(latest[stretch], changed)
        }
    }
}
