// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// Hours by weekday, season, change and date against walking minute by minute.
@Suite struct HoursTwinTests {
    private static let five = try? Books.century.compile(
        week: "five", asKnownOn: date("1999-01-01"))
    private static let six = try? Books.century.compile(week: "six", asKnownOn: date("1999-01-01"))

    @Test(arguments: 0..<8)
    func randomHoursAgreeWithWalkingMinuteByMinute(part: Int) throws {
        var random = SeededGenerator(seed: UInt64(6_400 + part))
        var (wrong, tried) = ([String](), [0, 0, 0, 0])
        for number in 0..<300 {
            let drawn = DrawnHours(&random)
            let calendar = try #require(Bool.random(using: &random) ? Self.five : Self.six)
            #expect(
                drawn.book.faults().isEmpty || drawn.changes.contains { $0.schedule == nil }
                    || drawn.dates.contains { $0.minutes == nil })
            let clock = OfficeClock(
                calendar: calendar, hours: drawn.book, asKnownOn: DrawnHours.date(drawn.known))
            let faults = try Self.faults(drawn, clock, &random, &tried)
            wrong += faults.map { "\(part)/\(number) from \(DrawnHours.date(drawn.first)): \($0)" }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5).joined(separator: "\n"))")
        #expect(tried.allSatisfy { $0 > 200 }, "\(tried)")
    }

    private static func faults(
        _ drawn: DrawnHours, _ clock: OfficeClock, _ random: inout SeededGenerator,
        _ tried: inout [Int]
    ) throws -> [String] {
        let kinds = try (0..<DrawnHours.walked).map { offset in
            let date = DrawnHours.date(drawn.first + offset)
            let status = try clock.calendar.status(of: date)
            let weekday = status.kind == .movedWorking ? status.counterpart!.weekday : date.weekday
            return (status.kind, weekday.rawValue)
        }
        let open = drawn.minutes(kinds)
        func moment(_ minute: Int) -> CivilDateTime {
            CivilDateTime(
                DrawnHours.date(drawn.first + minute / 1_440),
                TimeOfDay(second: Int32(minute % 1_440 * 60))!)
        }
        var faults: [String] = []
        for _ in 0..<4 {
            // The first minute has no minute before it, so it neither opens nor closes for the twin.
            let start = Int.random(in: 1..<open.count / 2, using: &random)
            let end = Int.random(in: start..<open.count, using: &random)
            let worked = open[start..<end].count { $0 }
            if try clock.seconds(from: moment(start), to: moment(end)) != Int64(worked * 60) {
                faults.append("work from \(moment(start)) to \(moment(end)) is not \(worked)")
            }
            if try clock.isOpen(at: moment(start)) != open[start] {
                faults.append("open at \(moment(start))")
            }
            if worked > 0 {
                tried[0] += 1
                let length = Int.random(in: 1...worked, using: &random)
                var (left, minute) = (length, start)
                while left > 0 {
                    if open[minute] { left -= 1 }
                    minute += 1
                }
                if try clock.shift(moment(start), bySeconds: Int64(length * 60)) != moment(minute) {
                    faults.append("\(length) after \(moment(start)) is not \(moment(minute))")
                }
                (left, minute) = (length, end)
                while left > 0 {
                    minute -= 1
                    if open[minute] { left -= 1 }
                }
                if try clock.shift(moment(end), bySeconds: -Int64(length * 60)) != moment(minute) {
                    faults.append("\(length) before \(moment(end)) is not \(moment(minute))")
                }
            }
            let opens = (start + 1..<open.count).first { open[$0] && !open[$0 - 1] }
            if let opens {
                tried[1] += 1
                let found = try clock.nextOpening(after: moment(start))
                if found != moment(opens) {
                    faults.append("opening after \(moment(start)): \(found), not \(moment(opens))")
                }
            }
            let closes = (start + 1..<open.count).first { !open[$0] && open[$0 - 1] }
            if let closes {
                tried[2] += 1
                let found = try clock.nextClosing(after: moment(start))
                if found != moment(closes) {
                    faults.append("closing after \(moment(start)): \(found), not \(moment(closes))")
                }
            }
            if let last = open[...end].lastIndex(of: true) {
                tried[3] += 1
                var expected = moment(last)
                if last < end {
                    expected = CivilDateTime(
                        expected.date, TimeOfDay(second: expected.time.second + 59)!)
                }
                let found = try clock.lastOpenSecond(atOrBefore: moment(end))
                if found != expected { faults.append("last before \(moment(end)): \(found)") }
            }
        }
        return faults
    }
}
