// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The hours of one day on which an office is open: one or more intervals in rising order with gaps
/// between them.
///
/// Which days have which hours is for an ``HoursBook`` to say.
public struct OpeningHours: Hashable, Sendable {
    public let intervals: [DayInterval]

    /// Nil unless there is an interval, and each begins after the one before it has ended.
    public init?(_ intervals: [DayInterval]) {
        guard !intervals.isEmpty,
            zip(intervals, intervals.dropFirst()).allSatisfy({ $0.end.second < $1.start.second })
        else { return nil }
        self.intervals = intervals
    }

    public var opening: TimeOfDay { intervals[0].start }
    public var closing: EndTime { intervals[intervals.count - 1].end }

    /// Seconds of work in the whole day.
    public var secondsPerDay: Int64 { intervals.reduce(0) { $0 + Int64($1.seconds) } }

    /// Seconds of work before the time of day.
    public func seconds(before time: TimeOfDay) -> Int64 {
        intervals.reduce(0) { sum, interval in
            sum + Int64(max(0, min(time.second, interval.end.second) - interval.start.second))
        }
    }

    /// The earliest second of the day by which so many seconds of work (1…`secondsPerDay`) are done.
    func earliestSecond(having worked: Int64) -> Int32 {
        var left = Int32(worked)
        for interval in intervals {
            if left <= interval.seconds { return interval.start.second + left }
            left -= interval.seconds
        }
        return closing.second
    }

    /// The latest second of the day at which no more than so many seconds of work
    /// (0…`secondsPerDay` − 1) are done.
    func latestSecond(having worked: Int64) -> Int32 {
        var left = Int32(worked)
        for interval in intervals {
            if left < interval.seconds { return interval.start.second + left }
            left -= interval.seconds
        }
        return closing.second
    }

    /// Whether the time lies in an interval; its end does not.
    public func contains(_ time: TimeOfDay) -> Bool {
        intervals.contains { $0.contains(time) }
    }

    /// The hours without their last seconds of work; nil if nothing is left.
    ///
    /// A day from 9:00 to 13:00 and from 14:00 to 14:30 that is an hour shorter ends at 12:30.
    public func shortened(bySeconds seconds: Int32) -> OpeningHours? {
        var left = seconds
        var kept = intervals
        while left > 0, let last = kept.popLast() {
            guard let end = EndTime(second: last.end.second - min(left, last.seconds)) else {
                break
            }
            if let rest = DayInterval(start: last.start, until: end) { kept.append(rest) }
            left -= min(left, last.seconds)
        }
        return OpeningHours(kept)
    }

    /// The hours without a stretch of the day, such as a lunch break; nil if nothing is left.
    public func without(_ pause: DayInterval) -> OpeningHours? {
        OpeningHours(
            intervals.flatMap { interval in
                [
                    EndTime(second: min(interval.end.second, pause.start.second)).flatMap {
                        DayInterval(start: interval.start, until: $0)
                    },
                    TimeOfDay(second: max(interval.start.second, pause.end.second)).flatMap {
                        DayInterval(start: $0, until: interval.end)
                    },
                ].compactMap { $0 }
            })
    }
}
