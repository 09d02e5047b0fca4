// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A time over which a term does not run: from a moment up to, but not including, the resumption.
///
/// A term in minutes or hours stands still for exactly that time. What it costs a term that ends with a
/// day is said at ``TermClock/lostDays(_:)``.
public struct Suspension: Hashable, Sendable {
    public let from: CivilDateTime
    /// The resumption; nil while the term is still suspended.
    public let until: CivilDateTime?

    /// Nil unless the resumption is later than the suspension.
    public init?(from: CivilDateTime, until: CivilDateTime?) {
        if let until, until <= from { return nil }
        self.from = from
        self.until = until
    }
}

/// Suspensions in rising order that do not touch each other.
public struct Suspensions: Hashable, Sendable {
    public static let none = Suspensions(merging: [])
    public let list: [Suspension]

    /// The same times in order, with those that overlap or touch made one.
    public init(merging suspensions: [Suspension]) {
        var merged: [Suspension] = []
        for next in suspensions.sorted(by: { $0.from < $1.from }) {
            guard let last = merged.last, last.until.map({ next.from <= $0 }) ?? true else {
                merged.append(next)
                continue
            }
            let until: CivilDateTime? =
                if let a = last.until, let b = next.until { max(a, b) } else { nil }
            // The end is later than the start, as it was in both.
            merged[merged.count - 1] = Suspension(from: last.from, until: until)!
        }
        list = merged
    }

    public var isEmpty: Bool { list.isEmpty }

    /// The suspension over a moment, if the term stands still then.
    public func over(_ moment: CivilDateTime) -> Suspension? {
        list.first { $0.from <= moment && ($0.until.map { moment < $0 } ?? true) }
    }

    /// The same with the suspension over `moment` ended then, and one that has no end yet; without it,
    /// if it begins then or later.
    func resumed(at moment: CivilDateTime) -> Suspensions {
        let over = over(moment)
        return Suspensions(
            merging: list.compactMap {
                $0.until == nil || $0 == over ? Suspension(from: $0.from, until: moment) : $0
            })
    }
}
