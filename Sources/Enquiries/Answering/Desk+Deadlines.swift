// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

extension Desk {
    public func dueDate(_ question: DueDateQuestion) throws(Refusal) -> DueDateAnswer {
        let chosen = try clock(question.clock, by: question.calendar, asKnownOn: question.asKnownOn)
        let run = try term { () throws(DeadlineError) in try chosen.term.run(question) }
        let due = run.due
        let days = min(question.start, due.start).date...max(due.start.date, due.date)
        let basis = basis(chosen, over: days, [due.start, due.at]) {
            (try? $0.due(question)).map { [$0.start, $0.at] }
        }
        var proof: Proof?
        if question.proof {
            let lines = try term { () throws(DeadlineError) in
                try chosen.term.trace(
                    of: run, question.suspensions, accepted: question.start)
            }
            proof = Prover(chosen: chosen, language: language)
                .proof(of: run, accepted: question.start, lines, basis)
        }
        return DueDateAnswer(
            start: due.start, dueAt: due.at, zone: chosen.standard.zone.name, basis: basis,
            proof: proof)
    }

    /// What the value of a question about a term rests on, `ask` answering it by any clock.
    private func basis<Value: Equatable>(
        _ chosen: ChosenClock, over days: ClosedRange<CivilDate>, _ value: Value,
        _ ask: (StagedClock) -> Value?
    ) -> Basis {
        let views = chosen.standard.views
        let deciding = deciding(views, chosen.view, over: days, value) {
            chosen.clock.term($0, asKnownOn: chosen.view.from).flatMap(ask)
        }
        return basis(views, chosen.view, chosen.asKnownOn, deciding)
    }

    public func latestStart(_ question: LatestStartQuestion) throws(Refusal) -> LatestStartAnswer {
        let chosen = try clock(question.clock, by: question.calendar, asKnownOn: question.asKnownOn)
        func ask(_ clock: StagedClock) throws(DeadlineError) -> [CivilDateTime] {
            let start = try clock.latestStart(dueBy: question.dueBy)
            return [start, try clock.due(from: start).at]
        }
        let found = try term { () throws(DeadlineError) in try ask(chosen.term) }
        let days = min(found[0], question.dueBy).date...max(found[1], question.dueBy).date
        return LatestStartAnswer(
            latestStart: found[0], dueAt: found[1],
            basis: basis(chosen, over: days, found) { try? ask($0) })
    }

    public func timeLeft(_ question: TimeLeftQuestion) throws(Refusal) -> TimeLeftAnswer {
        let chosen = try clock(
            question.due.clock, by: question.due.calendar, asKnownOn: question.due.asKnownOn)
        let at = question.at ?? chosen.standard.zone.civil(at: now)
        func ask(_ clock: StagedClock) throws(DeadlineError) -> TimeLeft {
            let start = try clock.start(question.due.start, question.due.outsideReception)
            return try clock.timeLeft(from: start, question.due.suspensions, at: at)
        }
        let left = try term { () throws(DeadlineError) in try ask(chosen.term) }
        let start = min(question.due.start, left.end.start)
        let basis = basis(chosen, over: start.date...max(start, left.end.at).date, left.figures) {
            (try? ask($0))?.figures
        }
        return TimeLeftAnswer(
            at: at, dueAt: left.due?.at, workingDays: left.workingDays,
            workingSeconds: left.workingSeconds, isOverdue: left.isOverdue,
            suspendedSince: left.suspendedSince, basis: basis, calendarDays: left.calendarDays,
            calendarSeconds: left.calendarSeconds, usedPercent: left.usedPercent,
            warningPercent: chosen.clock.channel.warning(at: left.usedPercent) ?? 0,
            stage: chosen.clock.channel.stages[left.stage].title?[language],
            runsOnRestDays: left.runsOnRestDays)
    }

    public func dueDates(_ question: DueDatesQuestion) throws(Refusal) -> DueDatesAnswer {
        let rows = question.startDays.count
        guard rows <= CallLimit.dueDatesRows else {
            throw refuse(.tooManyRows(rows, limit: CallLimit.dueDatesRows))
        }
        let chosen = try clock(question.clock, by: question.calendar, asKnownOn: question.asKnownOn)
        let isToTheSecond = chosen.term.clocks.contains { $0.term.unit.isToTheSecond }
        guard
            question.startSeconds.count == rows
                || (question.startSeconds.isEmpty && !isToTheSecond)
        else { throw refuse(.columnLength("start_second", question.startSeconds.count, rows)) }
        var columns = BulkColumns(
            clock: chosen.term, outsideReception: question.outsideReception)
        columns.fill(question.startDays, question.startSeconds)
        if let days = columns.days?.widened(by: Self.reach) {
            for doubt in chosen.standard.views.doubts(of: chosen.view, about: days) {
                columns.note(doubt, by: chosen.clock.term(doubt, asKnownOn: chosen.view.from))
            }
        }
        return DueDatesAnswer(
            dueDays: columns.dueDays, dueSeconds: columns.dueSeconds,
            provisionalRows: columns.provisionalRows, refused: columns.refused,
            basis: basis(
                chosen.standard.views, chosen.view, chosen.asKnownOn, columns.deciding))
    }

    public func standards() throws(Refusal) -> [StandardSummary] {
        library.compiled.values.sorted { $0.standard.id < $1.standard.id }.map { compiled in
            let standard = compiled.standard
            return StandardSummary(
                id: standard.id, title: standard.title[language],
                act: standard.act.title[language], calendar: standard.calendar,
                zone: standard.zone, offices: standard.offices.map(\.id),
                clocks: (standard.channels + standard.eventTerms).map { channel in
                    StandardSummary.Clock(
                        id: channel.id, title: channel.title[language],
                        rule: channel.termRule.rule.description,
                        term: language.term(channel), office: channel.office,
                        startsAtReception: standard.channels.contains(channel),
                        isAroundTheClock: channel.intake != .receptionHours)
                })
        }
    }
}

extension TermClock {
    /// The calendar whose days decide the term.
    var calendarOfTrace: WorkingCalendar {
        term.unit.isWorkingTime ? office.calendar : days
    }
}

extension StagedClock {
    /// When what the question speaks of is due.
    func due(_ question: DueDateQuestion) throws(DeadlineError) -> DueDate {
        let start = try start(question.start, question.outsideReception)
        return try due(from: start, question.suspensions)
    }

    /// How the term of what the question speaks of runs.
    func run(_ question: DueDateQuestion) throws(DeadlineError) -> TermRun {
        let start = try start(question.start, question.outsideReception)
        return try run(from: start, question.suspensions)
    }

    /// The office of the last stage: where it closes, a term ends that ends with a day.
    var last: OfficeClock { stages[stages.count - 1].clocks[0].office }
}

extension TimeLeft {
    /// What is told of it.
    fileprivate struct Figures: Equatable {
        let dueAt: CivilDateTime?
        let workingDays: Int
        let workingSeconds: Int64
        let isOverdue: Bool
        let calendarDays: Int
        let calendarSeconds: Int64
        let usedPercent: Int
        let stage: Int
    }

    fileprivate var figures: Figures {
        Figures(
            dueAt: due?.at, workingDays: workingDays, workingSeconds: workingSeconds,
            isOverdue: isOverdue, calendarDays: calendarDays, calendarSeconds: calendarSeconds,
            usedPercent: usedPercent, stage: stage)
    }
}
