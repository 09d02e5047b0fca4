// SPDX-License-Identifier: Apache-2.0

/// A moment of a day: the time that its clock shows, and for how long it has shown it where it stands still.
///
/// Before clocks are set back, a day's clock stands still for as long as they will be (``ClockChange``): its
/// time alone does not tell the moments of that while apart. What lasts so many minutes of real time ends at a
/// moment.
public struct DayMoment: Hashable, Comparable, Sendable {
    /// Seconds since the day's midnight as its clock counts them.
    public let time: Int32
    /// For how many seconds the clock has stood still; 0 while it runs.
    public let stood: Int32

    public init(_ time: Int32, stood: Int32 = 0) {
        self.time = time
        self.stood = stood
    }

    public static func < (a: DayMoment, b: DayMoment) -> Bool {
        a.time < b.time || a.time == b.time && a.stood < b.stood
    }
}

extension DayMoment: ExpressibleByIntegerLiteral {
    public init(integerLiteral time: Int32) { self.init(time) }
}
