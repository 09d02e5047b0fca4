// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A time over which a term does not run: from a moment up to, but not including, the resumption.
///
/// A term in minutes stands still for exactly that time. For a term in days the day of the
/// suspension does not count and the day of the resumption does, so a suspension taken back on the
/// same day changes nothing.
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

    func suspends(_ date: CivilDate) -> Bool {
        guard date >= from.date else { return false }
        guard let until else { return true }
        return date < until.date
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

    /// The suspension over a day, if the day is suspended.
    public func over(_ date: CivilDate) -> Suspension? { list.first { $0.suspends(date) } }

    /// The suspension over a moment, if the term stands still then.
    public func over(_ moment: CivilDateTime) -> Suspension? {
        list.first { $0.from <= moment && ($0.until.map { moment < $0 } ?? true) }
    }
}
