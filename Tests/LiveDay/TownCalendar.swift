// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
public import HomeVisits
import TestKit
import WorkingDays

/// Which days a town works, written down by hand from the acts, beside the calendar that the desk asks.
public struct TownCalendar: Sendable {
    /// Rest days that are no weekend.
    let rest: Set<CivilDate>
    let hasSaturdays: Bool
    /// Working days of a weekend, each with the weekday in whose place it is worked.
    let moved: [CivilDate: Weekday]
    /// The terms of the desk.
    public let terms: AreaTerms

    static let opening: Int64 = 9 * 3_600
    static let closing: Int64 = 20 * 3_600
    /// Seconds by which the town's clocks are ahead of UTC.
    static let ahead: Int64 = 5 * 3_600

    /// The weekday by whose shifts crews work on a date; nil on a rest day.
    func weekday(_ date: CivilDate) -> Weekday? {
        if let moved = moved[date] { return moved }
        if rest.contains(date) || date.weekday == .sunday { return nil }
        return date.weekday == .saturday && !hasSaturdays ? nil : date.weekday
    }

    static func second(_ date: CivilDate, _ time: Int64) -> Int64 {
        Int64(date.dayNumber) * 86_400 + time - ahead
    }

    static func date(_ second: Int64) -> CivilDate {
        CivilDate(dayNumber: Int32((second + ahead) / 86_400))!
    }

    private static func terms(
        _ week: String, asKnownOn day: String
    ) throws -> AreaTerms {
        let zone = TimeZoneRules(
            name: "town", firstOffset: UTCOffset("+05:00")!, transitions: [])!
        let open = DayInterval(
            start: TimeOfDay(hour: 9, minute: 0)!, end: TimeOfDay(hour: 20, minute: 0)!)!
        let hours = OpeningHours([open])!
        let calendar = try Repository.library().calendars["kz"]!
        return AreaTerms(
            zone: zone, hours: hours,
            calendar: try calendar.view(asKnownOn: CivilDate(day)!).week(week))
    }

    private static func dates(_ texts: String) -> Set<CivilDate> {
        Set(texts.split(separator: " ").map { CivilDate(String($0))! })
    }

    /// The weeks of six and of five days of March 2026, of which a decree makes one the other.
    static func nauryz() throws -> [TownCalendar] {
        [
            TownCalendar(
                rest: dates("2026-03-09 2026-03-21 2026-03-23 2026-03-24"), hasSaturdays: true,
                moved: [:], terms: try terms("six", asKnownOn: "2026-03-01")),
            TownCalendar(
                rest: dates("2026-03-09 2026-03-23 2026-03-24 2026-03-25"), hasSaturdays: false,
                moved: [:], terms: try terms("five", asKnownOn: "2026-03-01")),
        ]
    }

    /// April and May 2018 before and after the act that moved two Saturdays.
    static func victory() throws -> [TownCalendar] {
        let holidays = "2018-05-01 2018-05-07 2018-05-09"
        return [
            TownCalendar(
                rest: dates(holidays), hasSaturdays: false, moved: [:],
                terms: try terms("five", asKnownOn: "2017-01-01")),
            TownCalendar(
                rest: dates(holidays + " 2018-04-30 2018-05-08"), hasSaturdays: false,
                moved: [CivilDate("2018-04-28")!: .monday, CivilDate("2018-05-05")!: .tuesday],
                terms: try terms("five", asKnownOn: "2018-12-31")),
        ]
    }
}
