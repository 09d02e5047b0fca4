// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A stretch of one day, from its start up to but not including its end.
public struct DayInterval: Hashable, Sendable {
    public let start: TimeOfDay
    public let end: TimeOfDay

    /// Nil unless the interval has some length.
    public init?(start: TimeOfDay, end: TimeOfDay) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// Length in seconds.
    public var seconds: Int32 { end.second - start.second }
}

/// The hours of a working day: one or more intervals in rising order with gaps between them.
///
/// They hold on every working day of the office's week; rest days and holidays have none.
public struct OpeningHours: Hashable, Sendable {
    public let intervals: [DayInterval]

    /// Nil unless there is an interval, and each begins after the one before it has ended.
    public init?(_ intervals: [DayInterval]) {
        guard !intervals.isEmpty,
            zip(intervals, intervals.dropFirst()).allSatisfy({ $0.end < $1.start })
        else { return nil }
        self.intervals = intervals
    }

    public var opening: TimeOfDay { intervals[0].start }
    public var closing: TimeOfDay { intervals[intervals.count - 1].end }

    /// Seconds of work in a whole day.
    public var secondsPerDay: Int64 { intervals.reduce(0) { $0 + Int64($1.seconds) } }

    /// Seconds of work before the time of day.
    public func seconds(before time: TimeOfDay) -> Int64 {
        intervals.reduce(0) { sum, interval in
            sum + Int64(max(0, min(time.second, interval.end.second) - interval.start.second))
        }
    }

    /// The earliest time of day by which so many seconds of work (1…`secondsPerDay`) are done.
    func earliestTime(having worked: Int64) -> TimeOfDay {
        var left = Int32(worked)
        for interval in intervals {
            if left <= interval.seconds { return TimeOfDay(second: interval.start.second + left)! }
            left -= interval.seconds
        }
        return closing
    }

    /// The latest time of day at which no more than so many seconds of work
    /// (0…`secondsPerDay` − 1) are done.
    func latestTime(having worked: Int64) -> TimeOfDay {
        var left = Int32(worked)
        for interval in intervals {
            if left < interval.seconds { return TimeOfDay(second: interval.start.second + left)! }
            left -= interval.seconds
        }
        return closing
    }

    /// Whether the time lies in an interval; its end does not.
    public func contains(_ time: TimeOfDay) -> Bool {
        intervals.contains { $0.start <= time && time < $0.end }
    }
}
