// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import TestKit
import WorkingDays

/// What an office owes and to whom, reckoned day by day: the slow twin of registers, clocks and decrees.
///
/// It shares no code with them. Of the calendar it asks for single days alone.
struct OfficeModel {
    struct End: Equatable {
        var at: CivilDateTime
        var isProvisional: Bool
    }

    struct Paper {
        let id: ApplicationID
        /// The term, in working days of the five-day week.
        let days: Int
        let at: CivilDateTime
        var phase = Phase.accepted
        var due: End?
        var clock: End?
        var storageFrom: CivilDateTime?
        var doneAt: CivilDateTime?
        var withdrawnAt: CivilDateTime?
        var stood: [(from: CivilDateTime, until: CivilDateTime?)] = []
    }

    static let closing = TimeOfDay("20:00")!
    static let providersClosing = TimeOfDay("18:30")!

    /// What a decree does.
    struct Effects: Equatable {
        struct Move: Hashable {
            let id: ApplicationID
            let kind: ClockKind
            let from: CivilDateTime
            let to: CivilDateTime
        }

        var moves: Set<Move> = []
        var running = 0
        /// Firm ends in a year that the calendar has lost: they stay.
        var unanswered = 0
        var awaitingYear = 0
    }

    /// How often the year decided, and how.
    struct Judged {
        /// Done by the end that was promised, which is firm then.
        var kept = 0
        var inTime = 0
        var late = 0
    }

    private(set) var library: Library
    /// The exchanges of days in it.
    private var moves: [CalendarDraft.Move] = []
    var now: CivilDateTime
    var papers: [Paper] = []
    /// The day of the last decree.
    var reckoned: CivilDate
    private(set) var judged = Judged()

    // MARK: Days

    private func week(_ name: String) -> WorkingCalendar {
        try! library.calendars["kz"]!.view(asKnownOn: now.date).week(name)
    }

    /// Days of rest of 2028 besides those of the week, as nobody has published the year.
    private static let rest: [String: Set<CivilDate>] = {
        let both = [
            "01-01", "01-02", "01-03", "01-07", "03-08", "03-15", "03-21", "03-22", "03-23",
        ]
        func dates(_ days: [String]) -> Set<CivilDate> { Set(days.map { date("2028-\($0)") }) }
        // New Year's Day is a Saturday, which works in the six-day week and is substituted in the other.
        return ["five": dates(both + ["01-04"]), "six": dates(both)]
    }()

    func works(_ day: CivilDate, _ name: String) -> Bool {
        let calendar = week(name)
        if calendar.covered.contains(day) { return try! calendar.status(of: day).kind.isWorking }
        for move in moves where move.known <= now.date && acts(move, calendar, name) {
            if day == move.working { return true }
            if day == move.rest { return false }
        }
        return worksUnmoved(day, name)
    }

    /// Whether two days are exchanged in a week, one of which at least lies in the missing year.
    private func acts(
        _ move: CalendarDraft.Move, _ calendar: WorkingCalendar, _ name: String
    ) -> Bool {
        for day in [move.working, move.rest] where calendar.covered.contains(day) {
            let kind = try! calendar.status(of: day).kind
            return kind == .movedWorking || kind == .movedRest
        }
        return !worksUnmoved(move.working, name) && worksUnmoved(move.rest, name)
    }

    private func worksUnmoved(_ day: CivilDate, _ name: String) -> Bool {
        precondition(day < date("2028-05-01"), "the model knows no more of 2028")
        let isWeekend = day.weekday == .sunday || day.weekday == .saturday && name == "five"
        return !isWeekend && !Self.rest[name]!.contains(day)
    }

    private func end(_ day: CivilDate, _ time: TimeOfDay = OfficeModel.closing) -> End {
        End(
            at: CivilDateTime(day, time),
            isProvisional: isLost(day))
    }

    private func next(_ day: CivilDate, _ name: String) -> CivilDate {
        var day = day
        repeat { day = day.adding(days: 1)! } while !works(day, name)
        return day
    }

    private func term(_ paper: Paper) -> End {
        var (day, left) = (paper.at.date, paper.days)
        while left > 0 {
            day = next(day, "five")
            let close = CivilDateTime(day, Self.closing)
            // A day counts if the term runs in its last second.
            let stands = paper.stood.contains {
                $0.from < close && ($0.until.map { close <= $0 } ?? true)
            }
            if !stands { left -= 1 }
        }
        return end(day)
    }

    private func storage(from start: CivilDateTime) -> End {
        let last = start.date.adding(months: 1)!
        return end(works(last, "six") ? last : next(last, "six"))
    }

    private func redelivery(from start: CivilDateTime) -> End {
        end(next(start.date, "five"), Self.providersClosing)
    }

    /// The first moment at which the office closes from now on.
    private func close(_ name: String, _ time: TimeOfDay) -> CivilDateTime {
        let isToday = now.time <= time && works(now.date, name)
        return CivilDateTime(isToday ? now.date : next(now.date, name), time)
    }

    // MARK: What is done

    /// Whether papers are taken; if they are, they are.
    mutating func accept(_ id: ApplicationID, days: Int) -> Bool {
        guard receives else { return false }
        var paper = Paper(id: id, days: days, at: now)
        paper.due = term(paper)
        paper.clock = paper.due
        papers.append(paper)
        return true
    }

    var receives: Bool {
        works(now.date, "six") && now.time >= TimeOfDay("09:00")! && now.time < Self.closing
    }

    /// Whether an action goes through; if it does, it is done.
    mutating func act(_ action: ApplicationAction, _ place: Int) -> Bool {
        var paper = papers[place]
        switch (action, paper.phase) {
        case (.suspend(_, let day), .accepted):
            guard now < paper.due!.at else { return false }
            paper.phase = .suspended
            paper.stood.append((now, nil))
            paper.due = nil
            paper.clock = End(at: CivilDateTime(day, Self.closing), isProvisional: false)
        case (.suspend(_, let day), .suspended):
            paper.clock = End(at: CivilDateTime(day, Self.closing), isProvisional: false)
        case (.resume, .suspended):
            paper.phase = .accepted
            paper.stood[paper.stood.count - 1].until = now
            var due = term(paper)
            if due.at < now { due.at = close("five", Self.closing) }
            paper.due = due
            paper.clock = due
        case (.complete, .accepted):
            paper.phase = .ready
            paper.doneAt = now
            keep(&paper, from: max(now, paper.due!.at))
        case (.withdraw, .accepted), (.withdraw, .suspended):
            if paper.phase == .suspended { paper.stood[paper.stood.count - 1].until = now }
            paper.phase = .withdrawn
            paper.withdrawnAt = now
            paper.clock = nil
        case (.handOver, .ready):
            paper.phase = .handedOver
            paper.clock = nil
        case (.returnUnclaimed, .ready):
            guard now > paper.clock!.at else { return false }
            paper.phase = .unclaimed
            paper.clock = nil
        case (.request, .unclaimed):
            paper.phase = .requested
            paper.storageFrom = now
            paper.clock = redelivery(from: now)
        case (.redeliver, .requested):
            paper.phase = .ready
            keep(&paper, from: now)
        default: return false
        }
        papers[place] = paper
        return true
    }

    private func keep(_ paper: inout Paper, from start: CivilDateTime) {
        paper.storageFrom = start
        paper.clock = storage(from: start)
    }

    init(library: Library, now: CivilDateTime) {
        (self.library, self.now, reckoned) = (library, now, now.date)
    }

    /// Another calendar is in force from here on; it moves nothing by itself.
    mutating func take(_ library: Library, _ moves: [CalendarDraft.Move]) {
        (self.library, self.moves, reckoned) = (library, moves, now.date)
    }

    /// Everything is worked out anew.
    mutating func adopt() -> Effects {
        reckoned = now.date
        var effects = Effects()
        for place in papers.indices {
            judge(place, &effects)
            move(place, &effects)
        }
        return effects
    }

    private mutating func move(_ place: Int, _ effects: inout Effects) {
        let paper = papers[place]
        guard let before = paper.clock else { return }
        effects.running += 1
        var after: End
        let (kind, first): (ClockKind, CivilDateTime)
        switch paper.phase {
        case .accepted:
            after = term(paper)
            (kind, first) = (.term, close("five", Self.closing))
        case .ready:
            after = storage(from: paper.storageFrom!)
            (kind, first) = (.storage, close("six", Self.closing))
        case .requested:
            after = redelivery(from: paper.storageFrom!)
            (kind, first) = (.redelivery, close("five", Self.providersClosing))
        default: return
        }
        // What was firm does not become provisional because the calendar has lost its year.
        if after.isProvisional, !before.isProvisional, isLost(before.at.date) {
            effects.unanswered += 1
            return
        }
        if after.isProvisional { effects.awaitingYear += 1 }
        after.at = max(after.at, min(before.at, first))
        if after.at != before.at {
            effects.moves.insert(.init(id: paper.id, kind: kind, from: before.at, to: after.at))
        }
        papers[place].clock = after
        if paper.phase == .accepted { papers[place].due = after }
    }

    private func isLost(_ day: CivilDate) -> Bool { day > week("five").covered.upperBound }

    /// What was done while no calendar had its end, by the year that has come.
    private mutating func judge(_ place: Int, _ effects: inout Effects) {
        let paper = papers[place]
        guard let promised = paper.due, promised.isProvisional,
            let done = paper.doneAt ?? paper.withdrawnAt
        else { return }
        var end = term(paper)
        guard !end.isProvisional else { return }
        effects.running += 1
        end.at = max(end.at, promised.at)
        papers[place].due = end
        if done <= promised.at {
            judged.kept += 1
        } else if done > end.at {
            judged.late += 1
        } else {
            judged.inTime += 1
        }
        guard end.at > promised.at else { return }
        effects.moves.insert(.init(id: paper.id, kind: .term, from: promised.at, to: end.at))
    }

    // MARK: What is told

    func isOverdue(_ paper: Paper) -> Bool {
        paper.phase == .accepted && now > paper.due!.at
    }

    /// In time, late, running, overdue, withdrawn.
    var figures: [Int] {
        var figures = [0, 0, 0, 0, 0]
        for paper in papers {
            let place: Int
            if let done = paper.doneAt {
                place = done <= paper.due!.at ? 0 : 1
            } else if let withdrawn = paper.withdrawnAt {
                place = paper.due.map { withdrawn > $0.at } ?? false ? 1 : 4
            } else if isOverdue(paper) {
                place = 3
            } else {
                place = 2
            }
            figures[place] += 1
        }
        return figures
    }

    /// What each running clock asks for.
    func urgency(_ paper: Paper, within: Int) -> Urgency? {
        guard let end = paper.clock else { return nil }
        if paper.phase == .ready { return now > end.at ? .toBeReturned : .waiting }
        if now > end.at { return .overdue }
        if now.date == end.at.date { return .dueToday }
        var (day, count) = (now.date, 0)
        while day < end.at.date {
            day = day.adding(days: 1)!
            if works(day, "six") { count += 1 }
        }
        return count <= within ? .dueSoon : .later
    }
}
