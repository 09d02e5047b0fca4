// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The date whose midnight is second 0 of a problem.
///
/// For seconds since 1970 it is 1970-01-01. Moments are those of the clock on the wall.
public struct Origin: Hashable, Sendable {
    public let date: CivilDate

    public init(_ date: CivilDate) { self.date = date }

    /// The moment so many seconds after the origin; nil outside the years 1 to 9999.
    public func moment(_ seconds: Int) -> CivilDateTime? {
        let day = Self.day(of: seconds)
        guard let date = date.adding(days: day),
            let time = TimeOfDay(second: Int32(seconds - day * Self.secondsPerDay))
        else { return nil }
        return CivilDateTime(date, time)
    }

    private static let secondsPerDay = 86_400

    /// The day in which a second lies, counted from 0.
    static func day(of seconds: Int) -> Int {
        seconds >= 0 ? seconds / secondsPerDay : -((secondsPerDay - 1 - seconds) / secondsPerDay)
    }

    /// The time of day of a second as `09:05`.
    static func clock(_ seconds: Int) -> String {
        let minutes = (seconds - day(of: seconds) * secondsPerDay) / 60
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}
