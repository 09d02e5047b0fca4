// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Texts
import WorkingDays

/// Random hours of an office in plain numbers: minutes of the day, and days counted from 1970-01-01.
///
/// The book of hours is made of them, and so are the slow twin's minutes; the two share nothing else.
struct DrawnHours {
    struct Week {
        /// The minutes of each weekday, Monday first; empty for a closed one.
        var weekdays: [[Range<Int>]]
        var isOfWorkingDays: Bool
    }

    struct Season {
        var first: (month: Int, day: Int)
        var last: (month: Int, day: Int)
        var week: Week
    }

    struct Schedule {
        var week: Week
        var seasons: [Season]
    }

    struct Change {
        var from: Int
        var known: Int
        var schedule: Schedule?
    }

    struct Dated {
        var day: Int
        var known: Int
        /// Empty if closed; nil if taken back.
        var minutes: [Range<Int>]?
    }

    var lunch: Range<Int>?
    var base: Schedule
    var changes: [Change]
    var dates: [Dated]
    /// The day whose knowledge counts.
    let known: Int
    /// The first of the days that are walked.
    let first: Int

    static let walked = 9

    init(_ random: inout SeededGenerator) {
        first = Int.random(in: 18_300..<22_000, using: &random)
        known = first - Int.random(in: 0...40, using: &random)
        lunch = Bool.random(using: &random) ? 780..<Int.random(in: 800...900, using: &random) : nil
        base = Self.schedule(first, &random)
        (changes, dates) = ([], [])
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            // Few days, so that several speak of the same one.
            let from = first + Int.random(in: -2...6, using: &random)
            let known = self.known + Int.random(in: -3...1, using: &random)
            guard !changes.contains(where: { $0.from == from && $0.known == known }) else {
                continue
            }
            let isBack = Int.random(in: 0..<4, using: &random) == 0
            changes.append(
                Change(
                    from: from, known: known, schedule: isBack ? nil : Self.schedule(first, &random)
                ))
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let day = first + Int.random(in: 0..<Self.walked, using: &random)
            let known = self.known + Int.random(in: -3...1, using: &random)
            guard !dates.contains(where: { $0.day == day && $0.known == known }) else { continue }
            let minutes: [Range<Int>]? =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: nil
                case 1: []
                default: Self.minutes(&random)
                }
            dates.append(Dated(day: day, known: known, minutes: minutes))
        }
    }

    private static func schedule(_ first: Int, _ random: inout SeededGenerator) -> Schedule {
        var seasons: [Season] = []
        if Bool.random(using: &random) {
            let begins = CivilDate(
                dayNumber: Int32(first + Int.random(in: -30...5, using: &random)))!
            let ends = CivilDate(dayNumber: Int32(first + Int.random(in: 0...40, using: &random)))!
            seasons.append(
                Season(
                    first: (begins.month, begins.day), last: (ends.month, ends.day),
                    week: week(&random)))
        }
        return Schedule(week: week(&random), seasons: seasons)
    }

    private static func week(_ random: inout SeededGenerator) -> Week {
        if Int.random(in: 0..<3, using: &random) == 0 {
            let minutes = Self.minutes(&random)
            return Week(weekdays: Array(repeating: minutes, count: 7), isOfWorkingDays: true)
        }
        var weekdays = (0..<7).map { _ in
            Int.random(in: 0..<3, using: &random) == 0 ? [] : minutes(&random)
        }
        if weekdays.allSatisfy(\.isEmpty) { weekdays[0] = minutes(&random) }
        return Week(weekdays: weekdays, isOfWorkingDays: false)
    }

    /// One to three stretches with gaps, now and then from 0:00 or until 24:00.
    private static func minutes(_ random: inout SeededGenerator) -> [Range<Int>] {
        var edges: Set<Int> = []
        while edges.count < 2 * Int.random(in: 1...3, using: &random) || edges.count % 2 == 1 {
            edges.insert(Int.random(in: 0...96, using: &random) * 15)
        }
        var sorted = edges.sorted()
        if Int.random(in: 0..<5, using: &random) == 0 { sorted[sorted.count - 1] = 1_440 }
        if Int.random(in: 0..<5, using: &random) == 0 { sorted[0] = 0 }
        return stride(from: 0, to: sorted.count, by: 2).map { sorted[$0]..<sorted[$0 + 1] }
    }
}

/// The book of hours that says the same.
extension DrawnHours {
    var book: HoursBook {
        HoursBook(
            base: schedule(base),
            changes: changes.map {
                HoursBook.Change(
                    from: Self.date($0.from), known: Self.date($0.known),
                    schedule: $0.schedule.map(schedule), act: Books.text("change"))
            },
            dates: dates.map { dated in
                var hours = HoursBook.Dated.Hours.takenBack
                if let minutes = dated.minutes {
                    hours = Self.hours(minutes).map { .open($0) } ?? .closed
                }
                return HoursBook.Dated(
                    date: Self.date(dated.day), known: Self.date(dated.known), hours: hours,
                    act: Books.text("date"))
            })
    }

    static func date(_ day: Int) -> CivilDate { CivilDate(dayNumber: Int32(day))! }

    private func schedule(_ schedule: Schedule) -> HoursBook.Schedule {
        HoursBook.Schedule(
            week: week(schedule.week),
            seasons: schedule.seasons.map {
                HoursBook.Season(
                    first: MonthDay(month: $0.first.month, day: $0.first.day)!,
                    last: MonthDay(month: $0.last.month, day: $0.last.day)!, week: week($0.week))
            })
    }

    private func week(_ week: Week) -> WeekHours {
        let pause = lunch.flatMap { Self.interval($0) }
        func hours(_ minutes: [Range<Int>]) -> OpeningHours? {
            guard let pause else { return Self.hours(minutes) }
            return Self.hours(minutes)?.without(pause)
        }
        if week.isOfWorkingDays, let hours = hours(week.weekdays[0]) {
            return .everyWorkingDay(hours)
        }
        var table: [Weekday: OpeningHours] = [:]
        guard !week.isOfWorkingDays else { return .weekdays([:]) }
        for weekday in Weekday.allCases {
            table[weekday] = hours(week.weekdays[weekday.rawValue - 1])
        }
        return .weekdays(table)
    }

    private static func hours(_ minutes: [Range<Int>]) -> OpeningHours? {
        OpeningHours(minutes.map { interval($0)! })
    }

    private static func interval(_ minutes: Range<Int>) -> DayInterval? {
        DayInterval(
            start: TimeOfDay(second: Int32(minutes.lowerBound * 60))!,
            until: EndTime(second: Int32(minutes.upperBound * 60))!)
    }
}

/// Whether each minute of some days is open, by the rules said again in the plainest way.
extension DrawnHours {
    /// `kinds` are what the calendar makes of each day, with the weekday whose hours it keeps.
    func minutes(_ kinds: [(kind: DayStatus.Kind, weekday: Int)]) -> [Bool] {
        kinds.enumerated().flatMap { offset, day in
            let ranges = open(first + offset, day.kind, day.weekday)
            return (0..<1_440).map { minute in ranges.contains { $0.contains(minute) } }
        }
    }

    private func open(_ day: Int, _ kind: DayStatus.Kind, _ weekday: Int) -> [Range<Int>] {
        var dated: Dated?
        for entry in dates where entry.day == day && entry.known <= known {
            if dated == nil || dated!.known < entry.known { dated = entry }
        }
        if let minutes = dated?.minutes { return minutes }
        if kind == .holiday || kind == .substitute || kind == .movedRest { return [] }
        var schedule = base
        // From the first day backwards to long before any change.
        search: for from in stride(from: day, to: day - 100, by: -1) {
            var last: Change?
            for entry in changes where entry.from == from && entry.known <= known {
                if last == nil || last!.known < entry.known { last = entry }
            }
            if let found = last?.schedule {
                schedule = found
                break search
            }
        }
        var week = schedule.week
        let date = Self.date(day)
        for season in schedule.seasons {
            // The year is walked from the season's first day to its last.
            var (month, number) = (season.first.month, season.first.day)
            for _ in 0..<366 {
                if (month, number) == (date.month, date.day) { week = season.week }
                if (month, number) == (season.last.month, season.last.day) { break }
                number += 1
                if number > [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
                    (month, number) = (month % 12 + 1, 1)
                }
            }
        }
        if kind == .weeklyRest, week.isOfWorkingDays { return [] }
        let minutes = week.weekdays[weekday - 1]
        guard let lunch else { return minutes }
        return minutes.flatMap { range in
            [
                range.lowerBound..<max(range.lowerBound, min(range.upperBound, lunch.lowerBound)),
                min(range.upperBound, max(range.lowerBound, lunch.upperBound))..<range.upperBound,
            ]
        }
    }
}
