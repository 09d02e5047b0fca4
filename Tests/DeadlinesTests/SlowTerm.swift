// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import TestKit
import WorkingDays

/// The slow, obvious twin of `TermClock`: it walks seconds and days, looks at one after the other, and
/// shares no code with it.
///
/// Seconds are counted from 1970-01-01 on the wall clock.
struct SlowTerm {
    struct Stop {
        let from: Int
        /// Nil while it lasts.
        let until: Int?

        func covers(_ second: Int) -> Bool {
            guard second >= from else { return false }
            guard let until else { return true }
            return second < until
        }
    }

    enum End: Equatable {
        case at(Int)
        case stopped(Int)
    }

    let term: Term
    /// The working days, counted from 1970-01-01, of the week of the term.
    let workingDays: Set<Int>
    /// The same of the week of the office.
    let officeDays: Set<Int>
    /// Seconds of the day, each range without its end.
    let hours: [Range<Int>]
    let stops: [Stop]
    /// The suspensions in which somebody works, by their beginnings.
    private let costly: Set<Int>

    init(
        term: Term, workingDays: Set<Int>, officeDays: Set<Int>, hours: [Range<Int>],
        stops: [Stop]
    ) {
        self.term = term
        self.workingDays = workingDays
        self.officeDays = officeDays
        self.hours = hours
        self.stops = Self.joined(stops)
        costly = Set(
            self.stops.filter { Self.takesWork($0, workingDays, hours) }.map(\.from))
    }

    /// Suspensions that touch or overlap are one: pairs are joined until there are none.
    private static func joined(_ stops: [Stop]) -> [Stop] {
        for (place, one) in stops.enumerated() {
            for (other, two) in stops.enumerated() where other != place && one.from <= two.from {
                guard (one.until ?? .max) >= two.from else { continue }
                let until = max(one.until ?? .max, two.until ?? .max)
                let rest = stops.indices.filter { $0 != place && $0 != other }.map { stops[$0] }
                return joined(
                    rest + [Stop(from: one.from, until: until == .max ? nil : until)])
            }
        }
        return stops
    }

    static let day = 86_400

    private var closing: Int { hours.last!.upperBound }

    private func works(_ day: Int) -> Bool { workingDays.contains(day) }

    /// The seconds of the office's work on a day from one moment to another, one after the other.
    private func workingSeconds(_ day: Int, from: Int, to: Int = .max, _ visit: (Int) -> Bool)
        -> Bool
    {
        guard officeDays.contains(day) else { return true }
        for range in hours {
            var second = max(day * Self.day + range.lowerBound, from)
            let end = min(day * Self.day + range.upperBound, to)
            while second < end {
                if !visit(second) { return false }
                second += 1
            }
        }
        return true
    }

    private func stands(_ second: Int) -> Bool {
        for stop in stops where stop.covers(second) { return true }
        return false
    }

    func end(from start: Int) -> End {
        switch term.unit {
        case .workingMinutes: endOfWork(from: start, left: term.length * 60)
        case .workingHours: endOfWork(from: start, left: term.length * 3600)
        case .calendarHours: endOfHours(from: start)
        case .workingDays, .calendarDays, .calendarWeeks, .calendarMonths, .calendarYears:
            endOfDays(from: start)
        }
    }

    /// Whether it is counted in working time or on the clock, and not by days.
    var isToTheSecond: Bool {
        [.workingMinutes, .workingHours, .calendarHours].contains(term.unit)
    }

    private var isOfCalendarDays: Bool { !isToTheSecond && term.unit != .workingDays }

    private func endOfHours(from start: Int) -> End {
        var (second, left) = (start, term.length * 3600)
        while true {
            if let open = stops.first(where: { $0.until == nil && $0.covers(second) }) {
                return .stopped(open.from)
            }
            if !stands(second) { left -= 1 }
            second += 1
            if left == 0 { return .at(second) }
        }
    }

    private func endOfWork(from start: Int, left: Int) -> End {
        var left = left
        let open = stops.first { $0.until == nil }?.from
        var end: End?
        var day = start / Self.day
        while end == nil {
            _ = workingSeconds(day, from: start) { second in
                if let open, second >= open {
                    end = .stopped(open)
                    return false
                }
                if !stands(second) { left -= 1 }
                if left == 0 { end = .at(second + 1) }
                return left > 0
            }
            day += 1
        }
        return end!
    }

    /// The first day that is the end by all the suspensions that began before its closing.
    private func endOfDays(from start: Int) -> End {
        var day = start / Self.day
        // A roll back over a row of rest days ends a month earlier at most.
        if isOfCalendarDays { day = max(day, plainEnd(day) - 31) }
        while true {
            let evening = day * Self.day + closing
            let begun = stops.filter { $0.from < evening }
            if let end = lastDay(from: start / Self.day, begun, until: day), end == day {
                return .at(evening)
            }
            if let open = begun.first(where: { $0.until == nil }) { return .stopped(open.from) }
            day += 1
        }
    }

    /// The last day of the term were these all the suspensions; nil if it lies after `limit`, as far
    /// as anybody looks.
    private func lastDay(from start: Int, _ stops: [Stop], until limit: Int) -> Int? {
        let first = term.firstDay == .counted ? start : start + 1
        var day = first
        if term.unit == .workingDays {
            var left = term.length
            while day <= limit {
                if works(day), !isLost(day, stops) { left -= 1 }
                if left == 0 { return day }
                day += 1
            }
            return nil
        }
        // So many days have to run as lie in the term.
        var left = plainEnd(start) - day + 1
        let costly = stops.filter { self.costly.contains($0.from) }
        while left > 0 {
            if !isLost(day, costly) { left -= 1 }
            if left > 0 { day += 1 }
            if day > limit + 40 { return nil }
        }
        return rolled(day, from: first, costly)
    }

    private func rolled(_ nominal: Int, from first: Int, _ stops: [Stop]) -> Int? {
        switch term.roll {
        case .none: return nominal
        case .back:
            var day = nominal
            while !isLost(day, stops), day >= first {
                if works(day) { return day }
                day -= 1
            }
            fallthrough
        case .forward:
            var day = nominal
            while !works(day) || isLost(day, stops) {
                day += 1
                if day > nominal + 400 { return nil }
            }
            return day
        }
    }

    /// Whether the term stands still in the last second of the day's hours.
    func isLost(_ day: Int, _ stops: [Stop]) -> Bool {
        stops.contains { $0.covers(day * Self.day + closing - 1) }
    }

    /// Whether somebody works in a second of the suspension, in the week of the term.
    private static func takesWork(
        _ stop: Stop, _ workingDays: Set<Int>, _ hours: [Range<Int>]
    ) -> Bool {
        guard let until = stop.until else { return true }
        return (stop.from / day...until / day).contains { date in
            workingDays.contains(date)
                && hours.contains { hours in
                    max(stop.from, date * day + hours.lowerBound)
                        < min(until, date * day + hours.upperBound)
                }
        }
    }

    /// The last day without suspensions and rolls: so many days on, or the day with the same number so
    /// many months later, the eve of it if the first day counts, and the month's last day where there is
    /// no such number.
    func plainEnd(_ start: Int) -> Int {
        let eve = term.firstDay == .counted ? start - 1 : start
        if term.unit == .calendarDays { return eve + term.length }
        if term.unit == .calendarWeeks { return eve + 7 * term.length }
        let first = CivilDate(dayNumber: Int32(start))!
        var (year, month) = (first.year, first.month)
        for _ in 0..<term.length * (term.unit == .calendarYears ? 12 : 1) {
            month += 1
            if month == 13 { (year, month) = (year + 1, 1) }
        }
        if let same = CivilDate(year: year, month: month, day: first.day) {
            return Int(same.dayNumber) - (term.firstDay == .counted ? 1 : 0)
        }
        return (28...31).compactMap { CivilDate(year: year, month: month, day: $0) }
            .map { Int($0.dayNumber) }.max()!
    }

    /// Seconds in which somebody works and the term runs.
    func seconds(from: Int, to: Int) -> Int {
        var sum = 0
        for day in from / Self.day...to / Self.day {
            _ = workingSeconds(day, from: from, to: to) { second in
                if !stands(second) { sum += 1 }
                return true
            }
        }
        return sum
    }

    /// Seconds on the clock in which the term runs.
    func clockSeconds(from: Int, to: Int) -> Int { (from..<max(from, to)).count { !stands($0) } }

    /// The days of the term's week that count, after one day and through another.
    func countedDays(after: Int, through last: Int) -> Int {
        guard after < last else { return 0 }
        return (after + 1...last).count { works($0) && !isLost($0, stops) }
    }

    /// The days of the calendar that count, by what the term counts of suspensions.
    func calendarDays(after: Int, through last: Int) -> Int {
        guard after < last else { return 0 }
        return (after + 1...last).count { !isLost($0, stopsThatCost) }
    }

    private var stopsThatCost: [Stop] {
        isOfCalendarDays ? stops.filter { costly.contains($0.from) } : stops
    }

    /// The share that is used at a second of a term that ends at another, in whole per cent.
    func usedPercent(from start: Int, to end: Int, at: Int) -> Int {
        guard at < end else { return 100 }
        guard at > start || !isToTheSecond else { return 0 }
        switch term.unit {
        case .workingMinutes: return seconds(from: start, to: at) * 100 / (term.length * 60)
        case .workingHours: return seconds(from: start, to: at) * 100 / (term.length * 3600)
        case .calendarHours: return clockSeconds(from: start, to: at) * 100 / (term.length * 3600)
        case .workingDays, .calendarDays, .calendarWeeks, .calendarMonths, .calendarYears:
            let first = start / Self.day + (term.firstDay == .counted ? 0 : 1)
            guard first <= end / Self.day else { return 0 }
            let days = (first...end / Self.day).filter { day in
                !isLost(day, stopsThatCost) && (term.unit != .workingDays || works(day))
            }
            // What has not begun has used nothing.
            let ended = days.filter { $0 * Self.day + closing <= max(at, start) }
            return days.isEmpty ? 0 : ended.count * 100 / days.count
        }
    }

    /// The first second, this one or a later one, in which the office is open.
    func opening(from second: Int) -> Int {
        var found: Int?
        var day = second / Self.day
        while found == nil {
            _ = workingSeconds(day, from: second) { second in
                found = second
                return false
            }
            day += 1
        }
        return found!
    }

    /// The seconds in which the office is open, from this one back, until `visit` has enough.
    private func openSeconds(backFrom second: Int, _ visit: (Int) -> Bool) {
        var day = second / Self.day
        while true {
            for range in hours.reversed() where officeDays.contains(day) {
                var open = min(day * Self.day + range.upperBound - 1, second)
                while open >= day * Self.day + range.lowerBound {
                    if !visit(open) { return }
                    open -= 1
                }
            }
            day -= 1
        }
    }

    /// The latest second from which the term ends by another, in the hours of reception if there are
    /// any; without suspensions.
    func latestStart(by due: Int, hasReception: Bool) -> Int {
        var latest = due
        if term.unit == .calendarHours {
            latest = due - term.length * 3600
        } else if isToTheSecond {
            var left = term.length * (term.unit == .workingHours ? 3600 : 60)
            openSeconds(backFrom: due - 1) { second in
                left -= 1
                latest = second
                return left > 0
            }
        } else {
            var day = due / Self.day
            while ends(day, after: due) { day -= 1 }
            latest = day * Self.day + Self.day - 1
        }
        if hasReception {
            openSeconds(backFrom: latest) { second in
                latest = second
                return false
            }
        }
        return latest
    }

    private func ends(_ day: Int, after due: Int) -> Bool {
        // No roll leads back over a month, and the calendar of the tests has an end.
        if isOfCalendarDays, plainEnd(day) > due / Self.day + 31 { return true }
        guard case .at(let end) = end(from: day * Self.day) else { return true }
        return end > due
    }
}

extension CivilDateTime {
    /// Seconds since 1970-01-01T00:00 on the same clock.
    var seconds: Int { Int(date.dayNumber) * SlowTerm.day + Int(time.second) }

    init(seconds: Int) {
        self.init(
            CivilDate(dayNumber: Int32(seconds / SlowTerm.day))!,
            TimeOfDay(second: Int32(seconds % SlowTerm.day))!)
    }
}
