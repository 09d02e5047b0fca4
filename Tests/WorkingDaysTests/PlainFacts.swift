// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import WorkingDays

/// What a country decided and when, drawn from a seed: the facts before anyone wrote a book of them.
///
/// The book under test is written from these facts (`book`), and the obvious calendar is told from
/// them day by day (``ObviousCalendar``), so the two share nothing but the facts.
struct PlainFacts {
    struct Observance {
        let known: CivilDate
        let years: ClosedRange<Int>
    }

    struct Fixed {
        let month: Int
        let day: Int
        let substituted: Bool
        /// In rising order of `known`.
        let versions: [Observance]
    }

    struct Told {
        let known: CivilDate
        let date: CivilDate
        /// Nil if announced.
        let withinDays: Int?
        let isTakenBack: Bool
    }

    struct Movable {
        let substituted: Bool
        let isNumbered: Bool
        /// In rising order of `known`; none where it is always observed.
        let versions: [Observance]
        /// What was told of each occurrence, in rising order of `known`.
        let occurrences: [[Told]]
    }

    struct Move {
        let working: CivilDate
        let rest: CivilDate
        /// Decided, taken back, decided again and so on.
        let decided: [CivilDate]
    }

    /// That a week has other rest days from a date on.
    struct Turn {
        let week: String
        let from: CivilDate
        let rest: Set<Weekday>
        /// Decided, taken back, decided again and so on.
        let decided: [CivilDate]
    }

    /// A holiday so many days after Orthodox Easter.
    struct Easter {
        let offset: Int
        let substituted: Bool
        /// In rising order of `known`.
        let versions: [Observance]
    }

    let years: ClosedRange<Int>
    let weeks: [(name: String, rest: Set<Weekday>)]
    let turns: [Turn]
    let easters: [Easter]
    let substitution: Bool
    let fixed: [Fixed]
    let movable: [Movable]
    let moves: [Move]
    /// Days of knowledge and the days before them.
    let asked: [CivilDate]

    static let minutes: [Weekday: Int] = [
        .monday: 480, .tuesday: 420, .wednesday: 475, .thursday: 450, .friday: 360, .saturday: 300,
        .sunday: 240,
    ]

    var book: CalendarBook {
        CalendarBook(
            id: "drawn", title: Books.text("drawn"), zone: "UTC", years: years,
            weeks: weeks.map { name, rest in
                WeekPattern(
                    id: name, title: Books.text(name), restDays: rest, act: Books.act,
                    balanceMinutes: Self.minutes.filter { !rest.contains($0.key) },
                    changes: turns.filter { $0.week == name }.flatMap { turn in
                        turn.decided.enumerated().map { number, known in
                            .init(
                                from: turn.from, known: known,
                                rule: number % 2 == 1
                                    ? nil
                                    : WeekRule(
                                        restDays: turn.rest, act: Books.act,
                                        balanceMinutes: Self.minutes.filter {
                                            !turn.rest.contains($0.key)
                                        }), act: Books.act)
                        }
                    })
            },
            substitution: substitution ? Books.act : nil,
            holidays: fixed.enumerated().map { number, fixed in
                FixedHoliday(
                    id: "f\(number)", name: Books.text("f\(number)"), month: fixed.month,
                    day: fixed.day, substituted: fixed.substituted,
                    versions: fixed.versions.map(Self.version))
            },
            movable: movable.enumerated().map { number, movable in
                MovableHoliday(
                    id: "m\(number)", name: Books.text("m\(number)"),
                    substituted: movable.substituted,
                    versions: movable.versions.map(Self.version),
                    dates: movable.occurrences.enumerated().flatMap { number, told in
                        told.map { told in
                            .init(
                                date: told.date, occurrence: movable.isNumbered ? number : nil,
                                known: told.known,
                                certainty: told.isTakenBack
                                    ? .takenBack
                                    : told.withinDays.map { .estimated(withinDays: $0) }
                                        ?? .announced,
                                act: Books.act)
                        }
                    })
            },
            computed: easters.enumerated().map { number, easter in
                ComputedHoliday(
                    id: "e\(number)", name: Books.text("e\(number)"),
                    substituted: easter.substituted,
                    rule: .init(easter: .orthodox, offset: easter.offset),
                    versions: easter.versions.map(Self.version))
            },
            transfers: moves.flatMap { move in
                move.decided.enumerated().map { number, known in
                    Transfer(
                        becomesWorking: move.working, becomesRest: move.rest, known: known,
                        act: Books.act, takesBack: number % 2 == 1)
                }
            })
    }
}

extension PlainFacts {
    private static func version(_ observance: Observance) -> WorkingDays.Observance {
        .init(
            known: observance.known, firstYear: observance.years.lowerBound,
            lastYear: observance.years.upperBound, act: Books.act)
    }

    init(seed: UInt64) {
        var source = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &source) }
        func often(_ tenths: Int) -> Bool { draw(1...10) <= tenths }

        let first = draw(2001...2090)
        let years = first...first + draw(0...2)
        let start = CivilDate(year: first, month: 1, day: 1)!
        let length = start.days(until: CivilDate(year: years.upperBound, month: 12, day: 31)!)
        let pool = Set((0..<6).map { _ in start.adding(days: draw(-300...length))! }).sorted()
        /// So many days of the pool, each once, in rising order.
        func known(_ count: Int) -> [CivilDate] {
            Array(pool.shuffled(using: &source).prefix(count)).sorted()
        }

        self.years = years
        weeks = [
            ("five", [.saturday, .sunday]), ("six", [.sunday]),
            (
                "odd",
                [[.friday], [.thursday, .friday], [.friday, .saturday, .sunday]][draw(0...2)]
            ),
        ]
        substitution = often(8)
        var taken: Set<[Int]> = []
        fixed = (0..<draw(0...7)).compactMap { _ in
            // Days that follow one another, and days at the end of a year, meet more often.
            let month = often(5) ? [1, 12][draw(0...1)] : draw(1...12)
            let day = month == 12 ? draw(26...31) : draw(1...(month == 2 ? 29 : 6))
            guard taken.insert([month, day]).inserted else { return nil }
            return Fixed(
                month: month, day: day, substituted: often(7),
                versions: known(draw(1...3)).map { known in
                    let from = draw(first - 2...years.upperBound)
                    return Observance(known: known, years: from...from + draw(0...4))
                })
        }
        let always = (0..<draw(0...2)).map { _ in
            // A third lies about the turn of a year.
            var day = start.adding(days: often(3) ? draw(-365 - 6 ... -365 + 6) : draw(-365...0))!
            let isNumbered = often(5)
            var occurrences: [[Told]] = []
            while start.days(until: day) <= length + 10 {
                let count = draw(1...3)
                occurrences.append(
                    known(often(8) ? max(2, count) : 1).enumerated().map { number, known in
                        Told(
                            known: often(5) && number == 0 ? pool[0] : known,
                            date: day.adding(days: number == 0 || often(5) ? 0 : draw(-4...4))!,
                            withinDays: number == 0 ? draw(0...3) : nil,
                            isTakenBack: number == 2 && often(5))
                    })
                day = day.adding(days: draw(354...355))!
            }
            return Movable(
                substituted: often(5), isNumbered: isNumbered, versions: [],
                occurrences: occurrences)
        }
        var moved: Set<CivilDate> = []
        moves = (0..<draw(0...6)).compactMap { _ in
            let working = start.adding(days: draw(0...length))!
            guard let rest = working.adding(days: draw(-9...9)), years.contains(rest.year),
                working != rest, moved.isDisjoint(with: [working, rest])
            else { return nil }
            moved.formUnion([working, rest])
            return Move(working: working, rest: rest, decided: known(draw(1...4)))
        }
        // What came later is drawn last, so that a seed's other facts stay what they were.
        movable = always.map { movable in
            guard often(4) else { return movable }
            return Movable(
                substituted: movable.substituted, isNumbered: movable.isNumbered,
                versions: known(draw(1...2)).map { known in
                    let from = draw(first - 1...years.upperBound)
                    return Observance(known: known, years: from...from + draw(0...2))
                }, occurrences: movable.occurrences)
        }
        var begun: Set<CivilDate> = []
        turns = (0..<draw(0...3)).compactMap { _ in
            let from =
                often(5)
                ? CivilDate(year: draw(years), month: 1, day: 1)!
                : start.adding(days: draw(-20...length + 20))!
            guard begun.insert(from).inserted else { return nil }
            return Turn(
                week: ["five", "odd"][draw(0...1)], from: from,
                rest: [[.sunday], [.saturday, .sunday], [.friday], []][draw(0...3)],
                decided: known(draw(1...3)))
        }
        easters = (0..<draw(0...2)).map { number in
            Easter(
                offset: [0, 1, 9, -2][draw(0...1) + 2 * number], substituted: often(5),
                versions: known(draw(1...2)).map { known in
                    let from = draw(first - 1...years.upperBound)
                    return Observance(known: known, years: from...from + draw(0...2))
                })
        }
        asked = Set(pool + pool.map { $0.adding(days: -1)! }).sorted()
    }
}
