// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import TestKit
import WorkingDays

/// A random term with its suspensions, for the clock and for its twin.
struct RandomTerm {
    let clock: TermClock
    let twin: SlowTerm
    let accepted: Int
    let stops: [SlowTerm.Stop]

    var suspensions: Suspensions {
        Suspensions(
            merging: stops.map {
                Suspension(
                    from: CivilDateTime(seconds: $0.from),
                    until: $0.until.map(CivilDateTime.init(seconds:)))!
            })
    }

    static let hours = [
        Fixture.hours(("09:00", "20:00")), Fixture.hours(("09:00", "13:00"), ("14:30", "18:30")),
        Fixture.hours(("08:00", "10:00"), ("10:30", "12:00"), ("15:15", "16:00")),
        Fixture.hours(("00:00", "23:59:59")),
    ]

    /// A term of every unit, or of some.
    init(_ random: inout SeededGenerator, of units: [Term.Unit] = Term.Unit.allCases) {
        let unit = units.randomElement(using: &random)!
        let term = Self.term(unit, &random)
        let weeks = [Fixture.five, Fixture.six]
        let (days, week) = (
            weeks.randomElement(using: &random)!, weeks.randomElement(using: &random)!
        )
        let hours = Self.hours.randomElement(using: &random)!
        let office = OfficeClock(calendar: week, hours: hours)
        clock = TermClock(
            term: term, days: days, office: office,
            reception: Bool.random(using: &random) ? office : nil)
        let first = Int(date("2025-02-01").dayNumber)
        accepted =
            (first + Int.random(in: 0..<(unit == .calendarYears ? 200 : 700), using: &random))
            * SlowTerm.day
            + Self.time(hours, &random)
        stops = Self.stops(clock, accepted, &random)
        twin = Self.twin(clock, stops)
    }

    static func term(_ unit: Term.Unit, _ random: inout SeededGenerator) -> Term {
        let most =
            switch unit {
            case .workingMinutes: 90
            case .workingHours: 20
            case .workingDays: 12
            case .calendarHours: 60
            case .calendarDays: 45
            case .calendarWeeks: 6
            case .calendarMonths: 4
            case .calendarYears: 1
            }
        return Term(
            length: Int.random(in: 1...most, using: &random), unit: unit,
            firstDay: Bool.random(using: &random) ? .counted : .notCounted,
            roll: [.none, .forward, .back].randomElement(using: &random)!)!
    }

    /// Suspensions about the time that a term runs.
    static func stops(
        _ clock: TermClock, _ accepted: Int, _ random: inout SeededGenerator
    ) -> [SlowTerm.Stop] {
        let (hours, reach) = (clock.office.onlyHours!, Self.reach(clock.term))
        var stops: [SlowTerm.Stop] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let day = accepted / SlowTerm.day + Int.random(in: -1...reach, using: &random)
            let from = day * SlowTerm.day + time(hours, &random)
            let lengths = reach < 6 ? [0, 0, 0, 1] : [0, 0, 1, 1, 2, 4, 9]
            let length = lengths.randomElement(using: &random)!
            let until = (day + length) * SlowTerm.day + time(hours, &random)
            let isOpen = Int.random(in: 0..<9, using: &random) == 0
            if isOpen || until > from {
                stops.append(.init(from: from, until: isOpen ? nil : until))
            }
        }
        // Nothing is suspended that stands still already.
        let open = stops.filter { $0.until == nil }.map(\.from).min() ?? .max
        return stops.compactMap { stop in
            guard let until = stop.until else { return stop.from == open ? stop : nil }
            return stop.from < open ? .init(from: stop.from, until: min(until, open)) : nil
        }
    }

    /// So many days from the acceptance are looked at.
    private static func reach(_ term: Term) -> Int {
        switch term.unit {
        case .workingMinutes: 2
        case .workingHours, .calendarHours: 5
        case .workingDays: 18
        case .calendarDays: 55
        case .calendarWeeks: 50
        case .calendarMonths: 130
        case .calendarYears: 380
        }
    }

    /// A moment about which what is left is asked: one of the term, most often near its end.
    func momentToAsk(_ random: inout SeededGenerator) -> Int {
        let length = clock.term.length
        let days =
            switch clock.term.unit {
            case .workingMinutes: 0...3
            case .workingHours, .calendarHours: 0...5
            case .workingDays: 0...length * 2
            case .calendarDays: 0...length + 9
            case .calendarWeeks: max(0, length * 7 - 9)...length * 7 + 9
            case .calendarMonths: length * 30 - 5...length * 30 + 12
            case .calendarYears: 350...380
            }
        let day = accepted / SlowTerm.day + Int.random(in: days, using: &random)
        return day * SlowTerm.day + Self.time(clock.office.onlyHours!, &random)
    }

    static func twin(_ clock: TermClock, _ stops: [SlowTerm.Stop]) -> SlowTerm {
        SlowTerm(
            term: clock.term, workingDays: workingDays[clock.days.week.id]!,
            officeDays: workingDays[clock.office.calendar.week.id]!,
            hours: clock.office.onlyHours!.intervals.map {
                Int($0.start.second)..<Int($0.end.second)
            },
            stops: stops)
    }

    static let workingDays: [String: Set<Int>] = {
        var found: [String: Set<Int>] = [:]
        for calendar in [Fixture.five, Fixture.six] {
            let days = calendar.covered.filter { try! calendar.status(of: $0).isWorking }
            found[calendar.week.id] = Set(days.map { Int($0.dayNumber) })
        }
        return found
    }()

    /// A time of day, most often one at or beside an edge of the hours.
    static func time(_ hours: OpeningHours, _ random: inout SeededGenerator) -> Int {
        guard Int.random(in: 0..<3, using: &random) > 0 else {
            return Int.random(in: 0..<SlowTerm.day, using: &random)
        }
        let edges = hours.intervals.flatMap { [Int($0.start.second), Int($0.end.second)] } + [0]
        let time = edges.randomElement(using: &random)! + Int.random(in: -1...1, using: &random)
        return min(max(time, 0), SlowTerm.day - 1)
    }

    var told: String {
        let list = stops.map { stop in
            "\(CivilDateTime(seconds: stop.from))/"
                + (stop.until.map { "\(CivilDateTime(seconds: $0))" } ?? "")
        }
        return "\(clock.term) \(clock.days.week.id) \(clock.office.calendar.week.id) "
            + "\(CivilDateTime(seconds: accepted)) \(list)"
    }
}
