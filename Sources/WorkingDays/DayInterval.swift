// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The end of a stretch of a day: a time of day, or 24:00, the midnight after it.
public struct EndTime: Hashable, Comparable, Sendable {
    /// Seconds since midnight, 1…86,400.
    public let second: Int32

    /// The end of the day itself.
    public static let midnight = EndTime(second: TimeOfDay.secondsPerDay)!

    /// The end so many seconds after midnight; nil unless 1…86,400.
    public init?(second: Int32) {
        guard second > 0, second <= TimeOfDay.secondsPerDay else { return nil }
        self.second = second
    }

    /// The last time of day that is not after it: itself, or 23:59:59 for 24:00.
    ///
    /// A day that ends with a time of its own ends by it.
    public var time: TimeOfDay { TimeOfDay(second: min(second, TimeOfDay.secondsPerDay - 1))! }

    /// The moment at which a day's stretch ends; 24:00 is the next day's midnight.
    ///
    /// On the last date that there is, 24:00 is its last second.
    public func moment(on date: CivilDate) -> CivilDateTime {
        guard second == TimeOfDay.secondsPerDay, let next = date.adding(days: 1) else {
            return CivilDateTime(date, time)
        }
        return CivilDateTime(next, .midnight)
    }

    public static func < (a: EndTime, b: EndTime) -> Bool { a.second < b.second }
}

extension EndTime: LosslessStringConvertible {
    /// The end written as `HH:MM` or `HH:MM:SS`, `24:00` included; nil for any other text, and for 00:00.
    public init?(_ text: String) {
        if text == "24:00" || text == "24:00:00" {
            self = .midnight
        } else if let time = TimeOfDay(text) {
            self.init(second: time.second)
        } else {
            return nil
        }
    }

    public var description: String { second == TimeOfDay.secondsPerDay ? "24:00" : "\(time)" }
}

/// A stretch of one day, from its start up to but not including its end.
public struct DayInterval: Hashable, Sendable {
    public let start: TimeOfDay
    public let end: EndTime

    /// Nil unless the interval has some length.
    public init?(start: TimeOfDay, end: TimeOfDay) {
        guard let end = EndTime(second: end.second) else { return nil }
        self.init(start: start, until: end)
    }

    /// The same with an end that may be 24:00.
    public init?(start: TimeOfDay, until end: EndTime) {
        guard start.second < end.second else { return nil }
        self.start = start
        self.end = end
    }

    /// Length in seconds.
    public var seconds: Int32 { end.second - start.second }

    /// Whether the time lies in it; its end does not.
    public func contains(_ time: TimeOfDay) -> Bool { start <= time && time.second < end.second }
}

extension DayInterval: LosslessStringConvertible {
    /// Times as `09:00-13:00` or `18:00-24:00`, the first earlier; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = TimeOfDay(String(parts[0])),
            let end = EndTime(String(parts[1]))
        else { return nil }
        self.init(start: start, until: end)
    }

    public var description: String { "\(start)-\(end)" }
}
