// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

@Suite struct OfficeClockTests {
    static let provider = OpeningHours([
        DayInterval(start: TimeOfDay("09:00")!, end: TimeOfDay("13:00")!)!,
        DayInterval(start: TimeOfDay("14:30")!, end: TimeOfDay("18:30")!)!,
    ])!
    static let corporation = OpeningHours([
        DayInterval(start: TimeOfDay("09:00")!, end: TimeOfDay("20:00")!)!
    ])!

    static func clock(_ week: String, _ hours: OpeningHours) throws -> OfficeClock {
        OfficeClock(
            calendar: try Books.century.compile(week: week, asKnownOn: date("2026-01-01")),
            hours: hours)
    }

    @Test func everyMinuteOfTwoWeeksAgreesWithWalkingMinuteByMinute() throws {
        for (week, hours) in [("five", Self.provider), ("six", Self.corporation)] {
            let clock = try Self.clock(week, hours)
            let minutes = (date("2020-01-01")...date("2020-01-14")).flatMap { day in
                (0..<1440).map { CivilDateTime(day, TimeOfDay(second: Int32($0 * 60))!) }
            }
            let isOpen = try minutes.map { moment in
                try clock.calendar.isWorkingDay(moment.date)
                    && hours.intervals.contains {
                        $0.start <= moment.time && moment.time.second < $0.end.second
                    }
            }
            var worked = [0]
            for open in isOpen { worked.append(worked.last! + (open ? 1 : 0)) }
            var wrong = 0
            for start in stride(from: 0, to: minutes.count, by: 37) {
                if try clock.isOpen(at: minutes[start]) != isOpen[start] { wrong += 1 }
                for end in stride(from: start, to: minutes.count, by: 61) {
                    let seconds = try clock.seconds(from: minutes[start], to: minutes[end])
                    if seconds != Int64(60 * (worked[end] - worked[start])) { wrong += 1 }
                }
                for length in [1, 20, 240, 241, 480, 1000] {
                    // The first moment by which so much is worked, by walking.
                    let target = worked[start] + length
                    guard let end = worked.firstIndex(of: target), end < minutes.count else {
                        continue
                    }
                    let found = try clock.shift(minutes[start], bySeconds: Int64(length * 60))
                    if found != minutes[end] { wrong += 1 }
                    // Back from there, the latest moment that leaves so much.
                    let back = try clock.shift(found, bySeconds: -Int64(length * 60))
                    let latest = worked.lastIndex(of: worked[start])!
                    if back != minutes[latest] { wrong += 1 }
                }
            }
            #expect(wrong == 0)
        }
    }

    @Test(arguments: [
        ("2026-03-19T12:40", 20, "2026-03-19T13:00"), ("2026-03-19T12:50", 20, "2026-03-19T14:40"),
        ("2026-03-19T13:30", 20, "2026-03-19T14:50"), ("2026-03-19T18:10", 20, "2026-03-19T18:30"),
        ("2026-03-19T18:20", 20, "2026-03-20T09:10"), ("2026-03-20T18:30", 1, "2026-03-26T09:01"),
        ("2026-03-19T09:00", 480, "2026-03-19T18:30"),
        ("2026-03-19T00:00", 480, "2026-03-19T18:30"),
    ])
    func minutesStopAtLunchAndAtNight(start: String, minutes: Int64, end: String) throws {
        let clock = try Self.clock("five", Self.provider)
        #expect(try clock.shift(moment(start), bySeconds: minutes * 60) == moment(end))
    }

    @Test(arguments: [
        ("2026-03-19T08:59", false, "2026-03-19T09:00", "2026-03-19T13:00"),
        ("2026-03-19T09:00", true, "2026-03-19T14:30", "2026-03-19T13:00"),
        ("2026-03-19T13:00", false, "2026-03-19T14:30", "2026-03-19T18:30"),
        ("2026-03-19T18:29:59", true, "2026-03-20T09:00", "2026-03-19T18:30"),
        ("2026-03-20T18:30", false, "2026-03-26T09:00", "2026-03-26T13:00"),
    ])
    func openingsAndClosingsAreTheNextOnes(
        at: String, isOpen: Bool, opening: String, closing: String
    ) throws {
        let clock = try Self.clock("five", Self.provider)
        #expect(try clock.isOpen(at: moment(at)) == isOpen)
        #expect(try clock.nextOpening(after: moment(at)) == moment(opening))
        #expect(try clock.nextClosing(after: moment(at)) == moment(closing))
    }

    @Test(arguments: [
        ("2026-03-19T10:00", "2026-03-19T10:00"), ("2026-03-19T13:00", "2026-03-19T12:59:59"),
        ("2026-03-19T23:00", "2026-03-19T18:29:59"), ("2026-03-19T08:00", "2026-03-18T18:29:59"),
        ("2026-03-25T12:00", "2026-03-20T18:29:59"),
    ])
    func theLastOpenSecondIsFoundGoingBack(at: String, last: String) throws {
        let clock = try Self.clock("five", Self.provider)
        #expect(try clock.lastOpenSecond(atOrBefore: moment(at)) == moment(last))
    }

    @Test func hoursThatTouchOrGoBackAreNone() {
        func interval(_ start: String, _ end: String) -> DayInterval? {
            DayInterval(start: TimeOfDay(start)!, end: TimeOfDay(end)!)
        }
        #expect(interval("09:00", "09:00") == nil)
        #expect(interval("10:00", "09:00") == nil)
        #expect(OpeningHours([]) == nil)
        #expect(OpeningHours([interval("09:00", "13:00")!, interval("13:00", "14:00")!]) == nil)
        #expect(OpeningHours([interval("14:00", "15:00")!, interval("09:00", "10:00")!]) == nil)
    }

    @Test func farBeyondTheCalendarIsAnError() throws {
        let clock = try Self.clock("five", Self.provider)
        for seconds in [Int64.max, .min, 1 << 40, -(1 << 40)] {
            #expect(throws: CalendarError.self) {
                try clock.shift(moment("2026-03-19T10:00"), bySeconds: seconds)
            }
        }
    }
}
