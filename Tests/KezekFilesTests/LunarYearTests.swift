// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing

@testable import KezekFiles

/// About which day a date is missing, at the edges of what counts as a lunar year.
@Suite struct LunarYearTests {
    private static func missing(_ days: [CivilDate], _ years: ClosedRange<Int>) -> CivilDate? {
        LunarYear.missingDay(among: days, in: years)
    }

    @Test(arguments: [
        ("2039-01-06", "2039-12-26"), ("2039-01-07", "2039-12-27"), ("2039-01-08", nil),
    ])
    func aSecondDayIsAskedForIfItSurelyFallsIntoTheYears(last: String, asked: String?) {
        let days = [date("2038-01-17"), date(last)]
        #expect(Self.missing(days, 2038...2039) == asked.map { date($0) })
        #expect(Self.missing(days, 2038...2038) == nil)
    }

    @Test(arguments: [
        ("2039-12-26", "2039-01-06"), ("2039-12-25", "2039-01-05"), ("2039-12-24", nil),
    ])
    func aFirstDayIsAskedForAsWell(first: String, asked: String?) {
        let days = [date(first), date("2040-12-14")]
        #expect(Self.missing(days, 2039...2040) == asked.map { date($0) })
        #expect(Self.missing(days, 2040...2040) == nil)
    }

    @Test(arguments: [(349, false), (350, true), (354, true), (359, true), (360, false)])
    func aLunarYearIsAFewDaysShorterOrLonger(gap: Int, isLunar: Bool) {
        let last = date("2039-01-05")
        let days = [last.adding(days: -gap)!, last]
        #expect((Self.missing(days, 2038...2039) != nil) == isLunar)
    }

    @Test(arguments: [(534, false), (535, true), (708, true)])
    func aGapOfTwoYearsHidesADay(gap: Int, isHidden: Bool) {
        let days = [0, 354, 354 + gap].map { date("2030-06-01").adding(days: $0)! }
        #expect(
            Self.missing(days, 2030...2033)
                == (isHidden ? date("2030-06-01").adding(days: 708) : nil))
    }

    @Test func oneDayOrDaysOfTheSolarYearTellNothing() {
        #expect(Self.missing([], 2030...2039) == nil)
        #expect(Self.missing([date("2039-01-06")], 2039...2039) == nil)
        // Easter, early in the year or late.
        let easter = ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"].map { date($0) }
        #expect(Self.missing(easter, 2024...2027) == nil)
        let january = ["2038-01-04", "2039-01-03"].map { date($0) }
        #expect(Self.missing(january, 2038...2039) == nil)
    }
}
