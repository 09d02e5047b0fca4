// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import TestKit
import Testing
import Texts
import WorkingDays

/// The calendars of four years, and the same with one estimated day a day earlier or later: libraries
/// that know nothing of one another.
///
/// An answer is to be provisional if, and only if, one of the others gives another.
private struct Worlds {
    let known: Library
    let others: [Library]
    /// The estimated days.
    let estimates: [CivilDate]

    /// `substituted` and `days` make another holiday of Kurban Ait: one that moves to a working day
    /// when it falls on a rest day, so many days later in each year.
    init(substituted: Bool, days: Int) throws {
        let library = try Repository.library()
        let kz = library.calendars["kz"]!.book
        let movable = kz.movable.map { holiday in
            MovableHoliday(
                id: holiday.id, name: holiday.name, substituted: substituted,
                dates: holiday.dates.filter { $0.date.year >= 2024 }.map {
                    .init(
                        date: $0.date.adding(days: days)!, known: $0.known, certainty: $0.certainty,
                        act: $0.act)
                })
        }
        let book = CalendarBook(
            id: kz.id, title: kz.title, zone: kz.zone, years: 2024...2027, weeks: kz.weeks,
            substitution: kz.substitution, holidays: kz.holidays, movable: movable,
            transfers: kz.transfers.filter { $0.becomesRest.year >= 2024 })
        func compiled(_ book: CalendarBook) throws -> Library {
            let zone = library.zone(book.zone)!
            let views = CalendarViews(book: book, zone: zone) { "\($0.hashValue)" }
            return try Library(
                calendars: [views],
                standards: library.standards.values
                    + [AllUnits.standard(like: library.standards["std-7"]!)],
                zones: library.zones)
        }
        known = try compiled(book)
        estimates = movable.flatMap(\.dates).filter { $0.certainty != .announced }.map(\.date)
        var others: [Library] = []
        for date in estimates {
            for shift in [-1, 1] { others.append(try compiled(book.moving(date, by: shift))) }
        }
        self.others = others
    }
}

extension CalendarBook {
    /// The book with one estimated day elsewhere, and nothing told to be an estimate.
    fileprivate func moving(_ date: CivilDate, by days: Int) -> CalendarBook {
        let movable = movable.map { holiday in
            MovableHoliday(
                id: holiday.id, name: holiday.name, substituted: holiday.substituted,
                dates: holiday.dates.map { dated in
                    let isMeant = dated.date == date && dated.certainty != .announced
                    return .init(
                        date: isMeant ? date.adding(days: days)! : dated.date, known: dated.known,
                        certainty: .announced, act: dated.act)
                })
        }
        return CalendarBook(
            id: id, title: title, zone: zone, years: years, weeks: weeks,
            substitution: substitution, holidays: holidays, movable: movable, transfers: transfers)
    }
}

/// Random questions of every kind.
private struct Asking {
    var random: SeededGenerator
    let estimates: [CivilDate]

    static let kinds = [
        "due", "due dates", "latest start", "left", "time", "hours", "add", "count", "days",
        "balance",
    ]

    mutating func date() -> CivilDate {
        // The last is open today, the others were once.
        let near =
            Bool.random(using: &random)
            ? estimates.last! : estimates.randomElement(using: &random)!
        guard Int.random(in: 0..<5, using: &random) > 0 else {
            return CivilDate(year: 2024, month: 1, day: 1)!.adding(
                days: Int.random(in: 0..<1461, using: &random))!
        }
        return near.adding(days: Int.random(in: -18...9, using: &random))!
    }

    mutating func moment() -> CivilDateTime {
        CivilDateTime(
            date(), TimeOfDay(second: Int32.random(in: 500...1240, using: &random) * 60)!)
    }

    mutating func knowledge() -> CivilDate? {
        guard Int.random(in: 0..<3, using: &random) == 0 else { return nil }
        return ["2024-03-01", "2024-12-30", "2025-11-05", "2025-11-06"]
            .randomElement(using: &random).map { TestKit.date($0) }
    }

    mutating func clock() -> ClockName {
        guard Bool.random(using: &random) else {
            return ClockName(
                standard: AllUnits.id, channel: AllUnits.clocks.randomElement(using: &random)!)
        }
        return ClockName(
            standard: "std-7",
            channel: [
                "provider", "corporation", "corporation-elsewhere", "storage",
                "storage-at-provider",
                "redelivery", "registration-report",
            ].randomElement(using: &random)!)
    }

    mutating func due() -> DueDateQuestion {
        let start = moment()
        var stops: [Suspension] = []
        if Int.random(in: 0..<3, using: &random) == 0 {
            let from = CivilDateTime(
                start.date.adding(days: Int.random(in: 0...12, using: &random))!, moment().time)
            let until = CivilDateTime(
                from.date.adding(days: Int.random(in: 1...9, using: &random))!, moment().time)
            stops.append(Suspension(from: from, until: until)!)
        }
        return DueDateQuestion(
            clock: clock(), start: start, suspensions: Suspensions(merging: stops),
            outsideReception: [.countFromOpening, .countFromMoment, .refuse]
                .randomElement(using: &random)!,
            asKnownOn: knowledge(), proof: false)
    }

    mutating func week() -> CalendarName {
        CalendarName(
            calendar: "kz", week: ["five", "six"].randomElement(using: &random)!,
            asKnownOn: knowledge())
    }

    mutating func question(_ kind: String) -> Asked {
        let office = OfficeName(
            standard: "std-7", office: ["provider", "corporation"].randomElement(using: &random)!)
        switch kind {
        case "due":
            let question = due()
            return Asked(question) { desk in
                let answer = try desk.dueDate(question)
                return [Told("\(answer.start) \(answer.dueAt)", answer.basis)]
            }
        case "due dates":
            let starts = (0..<8).map { _ in moment() }
            let (clock, alone) = (clock(), Bool.random(using: &random))
            let question = DueDatesQuestion(
                clock: clock, outsideReception: .countFromOpening, asKnownOn: knowledge(),
                startDays: starts.map(\.date.dayNumber),
                startSeconds: alone && clock.channel != "provider"
                    && !(clock.standard == AllUnits.id
                        && AllUnits.toTheSecond.contains(clock.channel))
                    ? [] : starts.map(\.time.second))
            return Asked(question) { try $0.dueDates(question).told }
        case "latest start":
            let question = LatestStartQuestion(
                clock: clock(), dueBy: moment(), asKnownOn: knowledge())
            return Asked(question) { desk in
                let answer = try desk.latestStart(question)
                return [Told("\(answer.latestStart) \(answer.dueAt)", answer.basis)]
            }
        case "left":
            let due = due()
            let at = CivilDateTime(
                due.start.date.adding(days: Int.random(in: 0...35, using: &random))!, moment().time)
            let question = TimeLeftQuestion(due: due, at: at)
            return Asked(question) { desk in
                let answer = try desk.timeLeft(question)
                return [
                    Told(
                        "\(answer.dueAt.map(\.description) ?? "-") \(answer.workingDays) "
                            + "\(answer.workingSeconds) \(answer.isOverdue) "
                            + "\(answer.calendarDays) \(answer.calendarSeconds) "
                            + "\(answer.usedPercent) \(answer.stage ?? "")", answer.basis)
                ]
            }
        case "time":
            let question = WorkingTimeQuestion(
                office: office, from: moment(), to: moment(), asKnownOn: knowledge())
            return Asked(question) { desk in
                let answer = try desk.workingTime(question)
                return [Told("\(answer.workingDays) \(answer.workingSeconds)", answer.basis)]
            }
        case "hours":
            let question = OfficeHoursQuestion(
                office: office, at: moment(), asKnownOn: knowledge())
            return Asked(question) { desk in
                let answer = try desk.officeHours(question)
                let next = [
                    answer.nextOpening, answer.nextClosing, answer.nextReception,
                    answer.nextReceptionEnd,
                ]
                return [
                    Told("\(answer.isWorking) \(answer.isReceiving) \(next)", answer.basis)
                ]
            }
        case "add":
            let question = AddWorkingDaysQuestion(
                calendar: week(), date: date(), count: Int.random(in: -20...20, using: &random))
            return Asked(question) { desk in
                let answer = try desk.addWorkingDays(question)
                return [Told("\(answer.date)", answer.basis)]
            }
        case "count":
            let question = CountWorkingDaysQuestion(calendar: week(), from: date(), to: date())
            return Asked(question) { desk in
                let answer = try desk.countWorkingDays(question)
                return [Told("\(answer.workingDays)", answer.basis)]
            }
        case "days":
            let first = date()
            let last = first.adding(days: Int.random(in: 0...12, using: &random))!
            let question = CalendarDaysQuestion(calendar: week(), first: first, last: last)
            return Asked(question) { desk in
                let answer = try desk.calendarDays(question)
                return [Told("\(answer.days.map { answer.reasons[$0] })", answer.basis)]
            }
        default:
            let question = BalanceQuestion(
                calendar: week(), year: Int.random(in: 2024...2027, using: &random))
            return Asked(question) { desk in
                let answer = try desk.balance(question)
                return [Told("\(answer.months)", answer.basis)]
            }
        }
    }
}

/// A question, and how it is answered.
private struct Asked {
    let question: any Sendable
    let answer: (Enquiries.Desk) throws -> [Told]

    init(
        _ question: any Sendable, _ answer: @escaping (Enquiries.Desk) throws -> [Told]
    ) {
        self.question = question
        self.answer = answer
    }

    /// What a library tells; nil if it refuses.
    func told(by library: Library) -> [Told]? {
        try? answer(library.desk(in: .en, now: Desk.now))
    }
}

/// A row of an answer.
private struct Told {
    /// What it tells, apart from what it rests on.
    let text: String
    let isProvisional: Bool

    init(_ text: String, _ basis: Basis) {
        (self.text, isProvisional) = (text, basis.isProvisional)
    }

    init(_ text: String, isProvisional: Bool) {
        (self.text, self.isProvisional) = (text, isProvisional)
    }
}

extension DueDatesAnswer {
    fileprivate var told: [Told] {
        dueDays.indices.map { row in
            let second = dueSeconds[dueSeconds.count == 1 ? 0 : row]
            return Told(
                refused.contains { $0.row == row } ? "none" : "\(dueDays[row]) \(second)",
                isProvisional: provisionalRows.contains(row))
        }
    }
}

/// `KEZEK_ESTIMATES=10000` asks so many questions of each kind.
@Suite struct EstimateTwinTests {
    private static let count =
        ProcessInfo.processInfo.environment["KEZEK_ESTIMATES"].flatMap(Int.init) ?? 100

    @Test(arguments: [(false, 0), (true, 0), (true, 3)])
    func anAnswerIsProvisionalIfAndOnlyIfADayMoreOrLessWouldChangeIt(
        substituted: Bool, days: Int
    ) async throws {
        let count = Self.count
        let (wrong, open) = try await offThePool {
            let worlds = try Worlds(substituted: substituted, days: days)
            var asking = Asking(
                random: SeededGenerator(seed: 15), estimates: worlds.estimates)
            var (wrong, open): ([String], [String: Int]) = ([], [:])
            for kind in Asking.kinds {
                for _ in 0..<count {
                    let question = asking.question(kind)
                    guard let known = question.told(by: worlds.known) else { continue }
                    let others = worlds.others.map { question.told(by: $0) }
                    for (row, told) in known.enumerated() where told.text != "none" {
                        let differs = others.contains { $0?[row].text != told.text }
                        if differs { open[kind, default: 0] += 1 }
                        if told.isProvisional != differs {
                            wrong.append(
                                "\(question.question) row \(row): \(told.text), "
                                    + "differs: \(differs)")
                        }
                    }
                }
            }
            return (wrong, open)
        }
        #expect(wrong.prefix(3) == [])
        #expect(open.count >= Asking.kinds.count - 2, "of each kind some are to be open: \(open)")
    }
}
