// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// How the clocks of a day are set on or back, so that its times are those that a wall clock shows.
///
/// The times of a day rise without end. Where the clocks are set on, they skip the hour; where they
/// are set back, they stand still the first time that the hour passes, and run the second time. So
/// every time of the day has its moment, and a day ends with its own midnight.
public struct ClockChange: Hashable, Sendable {
    /// The seconds that have passed since the day began when the clocks are changed.
    public let after: Int32
    /// By how many seconds they are set on; less than 0 if they are set back.
    public let by: Int32

    public init(after: Int32, by: Int32) {
        self.after = after
        self.by = by
    }

    /// The time of the day once so many seconds have passed since it began.
    func time(after elapsed: Int64) -> Int64 {
        if elapsed >= Int64(after) { return elapsed + Int64(by) }
        return min(elapsed, Int64(after) + Int64(min(by, 0)))
    }

    /// For how many seconds the clocks have stood still once so many have passed since the day began; 0
    /// while they run.
    func stood(after elapsed: Int64) -> Int64 {
        // At the very moment of being set back they show the same time still.
        elapsed <= Int64(after) ? max(0, elapsed - Int64(after) - Int64(min(by, 0))) : 0
    }

    /// How many seconds have passed since the day began at a time of it; of a time that the clocks
    /// skip, when they do.
    func elapsed(at time: Int64) -> Int64 {
        if time <= Int64(after) + Int64(min(by, 0)) {
            // At the very moment of being set on, the clocks show the later time.
            return time
        }
        return max(Int64(after), time - Int64(by))
    }

    /// What becomes of the clocks of a zone on a date; nil if they go on as they are.
    ///
    /// - Precondition: at most one change on the date, as in every zone that there is.
    public init?(_ date: CivilDate, _ zone: TimeZoneRules, from start: Timestamp) {
        let next = date.adding(days: 1).flatMap { zone.timestamp(CivilDateTime($0, .midnight)) }
        guard let next else { return nil }
        let before = zone.offset(at: Timestamp(second: start.second - 1) ?? start).seconds
        let after = zone.offset(at: Timestamp(second: next.second - 1) ?? next).seconds
        guard before != after else { return nil }
        // The first second by whose offset the rest of the date goes.
        var (low, high) = (start.second, next.second - 1)
        while low < high {
            let middle = low + (high - low) / 2
            let offset = Timestamp(second: middle).map { zone.offset(at: $0).seconds }
            if offset == after { high = middle } else { low = middle + 1 }
        }
        self.init(after: Int32(low - start.second), by: Int32(after - before))
    }
}

extension DayPlan {
    /// A point in time as a time of the day, in seconds since its midnight as a wall clock counts them.
    @inline(__always)
    public func time(at timestamp: Timestamp) -> Int32 {
        let elapsed = timestamp.second - midnight
        guard let clockChange else { return Int32(clamping: elapsed) }
        return Int32(clamping: clockChange.time(after: elapsed))
    }

    /// For how many seconds the day's clock has stood still, where it is about to be set back; 0 while it
    /// runs.
    @inline(__always)
    public func stood(at timestamp: Timestamp) -> Int32 {
        guard let clockChange else { return 0 }
        return Int32(clamping: clockChange.stood(after: timestamp.second - midnight))
    }

    /// The moment that a point in time is on the day.
    public func moment(at timestamp: Timestamp) -> DayMoment {
        DayMoment(time(at: timestamp), stood: stood(at: timestamp))
    }

    /// The moment so many seconds of real time after another, whatever a wall clock shows.
    func moment(_ seconds: Int32, after moment: DayMoment) -> DayMoment {
        guard let clockChange else { return DayMoment(moment.time + seconds) }
        let elapsed = second(of: moment) - midnight + Int64(seconds)
        return DayMoment(
            Int32(clamping: clockChange.time(after: elapsed)),
            stood: Int32(clamping: clockChange.stood(after: elapsed)))
    }

    /// What a moment by another plan is by this one.
    func moment(when other: DayPlan, has moment: DayMoment) -> DayMoment {
        Timestamp(second: other.second(of: moment)).map { self.moment(at: $0) } ?? moment
    }

    /// The point in time of a moment, in seconds since the epoch.
    @inline(__always)
    public func second(of moment: DayMoment) -> Int64 {
        second(of: moment.time) + Int64(moment.stood)
    }

    /// Whether a wall clock shows the same by both plans, whenever it is looked at.
    public func hasClock(of other: DayPlan) -> Bool {
        midnight == other.midnight && clockChange == other.clockChange
    }

    /// What a wall clock shows by this plan when it shows a time by another.
    public func time(when other: DayPlan, shows time: Int32) -> Int32 {
        Timestamp(second: other.second(of: time)).map { self.time(at: $0) } ?? time
    }

    /// The first point in time at which it is that time of the day or later, in seconds since the epoch.
    ///
    /// Of a time that the clocks skip, it is when they do; of one that they show twice, the second time,
    /// as they stand still in the first.
    @inline(__always)
    public func second(of time: Int32) -> Int64 {
        guard let clockChange else { return midnight + Int64(time) }
        return midnight + clockChange.elapsed(at: Int64(time))
    }
}
