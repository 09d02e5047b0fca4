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
                calendars: [views], standards: Array(library.standards.values),
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
        ClockName(
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

    mutating func question(_ kind: String) -> Question {
        let office = OfficeName(
            standard: "std-7", office: ["provider", "corporation"].randomElement(using: &random)!)
        switch kind {
        case "due": return .dueDate(due())
        case "due dates":
            let starts = (0..<8).map { _ in moment() }
            let (clock, alone) = (clock(), Bool.random(using: &random))
            return .dueDates(
                DueDatesQuestion(
                    clock: clock, outsideReception: .countFromOpening, asKnownOn: knowledge(),
                    startDays: starts.map(\.date.dayNumber),
                    startSeconds: alone && clock.channel != "provider"
                        ? [] : starts.map(\.time.second)))
        case "latest start":
            return .latestStart(
                LatestStartQuestion(clock: clock(), dueBy: moment(), asKnownOn: knowledge()))
        case "left":
            let due = due()
            let at = CivilDateTime(
                due.start.date.adding(days: Int.random(in: 0...35, using: &random))!, moment().time)
            return .timeLeft(TimeLeftQuestion(due: due, at: at))
        case "time":
            return .workingTime(
                WorkingTimeQuestion(
                    office: office, from: moment(), to: moment(), asKnownOn: knowledge()))
        case "hours":
            return .officeHours(
                OfficeHoursQuestion(office: office, at: moment(), asKnownOn: knowledge()))
        case "add":
            return .addWorkingDays(
                AddWorkingDaysQuestion(
                    calendar: week(), date: date(), count: Int.random(in: -20...20, using: &random))
            )
        case "count":
            return .countWorkingDays(
                CountWorkingDaysQuestion(calendar: week(), from: date(), to: date()))
        case "days":
            let first = date()
            let last = first.adding(days: Int.random(in: 0...12, using: &random))!
            return .calendarDays(
                CalendarDaysQuestion(calendar: week(), first: first, last: last))
        default:
            return .balance(
                BalanceQuestion(
                    calendar: week(), year: Int.random(in: 2024...2027, using: &random)))
        }
    }
}

extension Answer {
    /// What it tells, row by row, apart from what it rests on.
    fileprivate var told: [String] {
        switch self {
        case .dueDate(let answer): ["\(answer.start) \(answer.dueAt)"]
        case .dueDates(let answer):
            answer.dueDays.indices.map { row in
                answer.refused.contains { $0.row == row }
                    ? "none"
                    : "\(answer.dueDays[row]) \(answer.dueSeconds[answer.dueSeconds.count == 1 ? 0 : row])"
            }
        case .latestStart(let answer): ["\(answer.latestStart) \(answer.dueAt)"]
        case .timeLeft(let answer):
            [
                "\(answer.dueAt.map(\.description) ?? "-") \(answer.workingDays) \(answer.workingSeconds) \(answer.isOverdue)"
            ]
        case .workingTime(let answer): ["\(answer.workingDays) \(answer.workingSeconds)"]
        case .officeHours(let answer):
            [
                "\(answer.isWorking) \(answer.isReceiving) \(String(describing: answer.nextOpening)) "
                    + "\(String(describing: answer.nextClosing)) \(String(describing: answer.nextReception)) "
                    + "\(String(describing: answer.nextReceptionEnd))"
            ]
        case .addWorkingDays(let answer): ["\(answer.date)"]
        case .countWorkingDays(let answer): ["\(answer.workingDays)"]
        case .calendarDays(let answer): ["\(answer.days.map { answer.reasons[$0] })"]
        case .balance(let answer): ["\(answer.months)"]
        case .calendarChanges, .standards: []
        }
    }

    /// Whether each row is provisional.
    fileprivate var provisional: [Bool] {
        switch self {
        case .dueDate(let answer): [answer.basis.isProvisional]
        case .dueDates(let answer):
            answer.dueDays.indices.map { answer.provisionalRows.contains($0) }
        case .latestStart(let answer): [answer.basis.isProvisional]
        case .timeLeft(let answer): [answer.basis.isProvisional]
        case .workingTime(let answer): [answer.basis.isProvisional]
        case .officeHours(let answer): [answer.basis.isProvisional]
        case .addWorkingDays(let answer): [answer.basis.isProvisional]
        case .countWorkingDays(let answer): [answer.basis.isProvisional]
        case .calendarDays(let answer): [answer.basis.isProvisional]
        case .balance(let answer): [answer.basis.isProvisional]
        case .calendarChanges, .standards: []
        }
    }
}

/// `KEZEK_ESTIMATES=10000` asks so many questions of each kind.
@Suite struct EstimateTwinTests {
    private static let count =
        ProcessInfo.processInfo.environment["KEZEK_ESTIMATES"].flatMap(Int.init) ?? 60

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
                    guard let known = Self.ask(worlds.known, question) else { continue }
                    let others = worlds.others.map { Self.ask($0, question)?.told }
                    for (row, told) in known.told.enumerated() where told != "none" {
                        let differs = others.contains { $0?[row] != told }
                        if differs { open[kind, default: 0] += 1 }
                        if known.provisional[row] != differs {
                            wrong.append("\(question) row \(row): \(told), differs: \(differs)")
                        }
                    }
                }
            }
            return (wrong, open)
        }
        #expect(wrong.prefix(3) == [])
        #expect(open.count >= Asking.kinds.count - 2, "of each kind some are to be open: \(open)")
    }

    private static func ask(_ library: Library, _ question: Question) -> Answer? {
        try? library.answer(question, in: .en, now: Desk.now)
    }
}
