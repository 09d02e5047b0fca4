// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// The working days and minutes of one month, as the published balance of working time has them.
public struct MonthBalance: Hashable, Sendable {
    /// 1…12.
    public let month: Int
    public let workingDays: Int
    public let workingMinutes: Int

    public init(month: Int, workingDays: Int, workingMinutes: Int) {
        self.month = month
        self.workingDays = workingDays
        self.workingMinutes = workingMinutes
    }
}

extension WorkingCalendar {
    /// The balance of working time of a year, month by month.
    ///
    /// A moved working day keeps the hours of the day it stands in for, and one that an act makes shorter
    /// has so many less.
    /// - Throws: `yearNotPublished` if the year is not covered.
    public func balance(year: Int) throws(CalendarError) -> [MonthBalance] {
        var months: [MonthBalance] = []
        for month in 1...12 {
            guard let first = CivilDate(year: year, month: month, day: 1) else {
                throw .yearNotPublished(
                    year: year, calendar: calendar,
                    missing: .yearOutside(bookYears))
            }
            var (days, minutes) = (0, 0)
            for offset in 0..<CivilDate.daysIn(month: month, year: year) {
                let date = first.adding(days: offset)!
                guard try isWorkingDay(date) else { continue }
                days += 1
                let kept = try hoursDate(of: date)
                let whole = weekRule(on: kept).balanceMinutes[kept.weekday] ?? 0
                let shortening = try status(of: date).shortened
                minutes += max(0, whole - (shortening?.minutes ?? 0))
            }
            months.append(
                MonthBalance(month: month, workingDays: days, workingMinutes: minutes))
        }
        return months
    }
}
