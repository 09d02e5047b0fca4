// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

extension Desk {
    func dueDate(_ question: DueDateQuestion) throws(Refusal) -> DueDateAnswer {
        let chosen = try clock(question.clock, asKnownOn: question.asKnownOn)
        let due = try due(question, chosen)
        let basis = basis(
            chosen.view, chosen.asKnownOn, chosen.term.calendarOfTrace,
            chosen.term.examinedDays(due))
        var proof: Proof?
        if question.proof {
            let lines = try term { () throws(DeadlineError) in
                try chosen.term.trace(of: due, question.suspensions)
            }
            proof = Prover(chosen: chosen, language: language).proof(of: due, lines, basis)
        }
        return DueDateAnswer(
            start: due.start, dueAt: due.at, zone: chosen.standard.zone.name, basis: basis,
            proof: proof)
    }

    private func due(
        _ question: DueDateQuestion, _ chosen: ChosenClock
    ) throws(Refusal) -> DueDate {
        do {
            let start = try chosen.term.start(question.start, question.outsideReception)
            return try chosen.term.due(from: start, question.suspensions)
        } catch { throw refuse(error) }
    }

    func latestStart(_ question: LatestStartQuestion) throws(Refusal) -> LatestStartAnswer {
        let chosen = try clock(question.clock, asKnownOn: question.asKnownOn)
        let (start, due) = try term { () throws(DeadlineError) in
            let start = try chosen.term.latestStart(dueBy: question.dueBy)
            return (start, try chosen.term.due(from: start))
        }
        let days = [start.date...max(start.date, due.date, question.dueBy.date)]
        return LatestStartAnswer(
            latestStart: start, dueAt: due.at,
            basis: basis(chosen.view, chosen.asKnownOn, chosen.term.calendarOfTrace, days))
    }

    func timeLeft(_ question: TimeLeftQuestion) throws(Refusal) -> TimeLeftAnswer {
        let chosen = try clock(question.due.clock, asKnownOn: question.due.asKnownOn)
        let at = question.at ?? chosen.standard.zone.civil(at: now)
        let left = try term { () throws(DeadlineError) in
            let start = try chosen.term.start(question.due.start, question.due.outsideReception)
            return try chosen.term.timeLeft(from: start, question.due.suspensions, at: at)
        }
        return TimeLeftAnswer(
            at: at, dueAt: left.due.at, workingDays: left.workingDays,
            workingSeconds: left.workingSeconds, isOverdue: left.isOverdue,
            suspendedSince: left.suspendedSince,
            basis: basis(
                chosen.view, chosen.asKnownOn, chosen.term.calendarOfTrace,
                chosen.term.examinedDays(left.due)))
    }

    func dueDates(_ question: DueDatesQuestion) throws(Refusal) -> DueDatesAnswer {
        let rows = question.startDays.count
        guard rows <= DueDatesQuestion.rowLimit else {
            throw refuse(.tooManyRows(rows, limit: DueDatesQuestion.rowLimit))
        }
        let chosen = try clock(question.clock, asKnownOn: question.asKnownOn)
        let inMinutes = chosen.term.term.unit == .workingMinutes
        guard question.startSeconds.count == rows || (question.startSeconds.isEmpty && !inMinutes)
        else { throw refuse(.columnLength("start_second", question.startSeconds.count, rows)) }
        var columns = BulkColumns(
            clock: chosen.term, outsideReception: question.outsideReception,
            calendar: chosen.term.calendarOfTrace)
        columns.fill(question.startDays, question.startSeconds)
        let estimates = chosen.term.calendarOfTrace.estimates
            .filter { columns.decisive.contains($0) }
        return DueDatesAnswer(
            dueDays: columns.dueDays, dueSeconds: columns.dueSeconds,
            provisionalRows: columns.provisionalRows, refused: columns.refused,
            basis: Basis(
                calendar: chosen.standard.standard.calendar, version: chosen.view.version,
                asKnownOn: chosen.asKnownOn,
                estimates: estimates.map {
                    Basis.Estimate(
                        date: $0.date, withinDays: $0.withinDays, name: $0.name[language],
                        act: $0.act.title[language])
                }))
    }

    func workingTime(_ question: WorkingTimeQuestion) throws(Refusal) -> WorkingTimeAnswer {
        let (chosen, view, asKnownOn) = try office(question.office, question.asKnownOn)
        let clock = chosen.work
        let (from, to) = (question.from, question.to)
        let (days, seconds) = try calendar { () throws(CalendarError) in
            (
                try clock.calendar.count(from: from.date, to: to.date),
                try clock.seconds(from: from, to: to)
            )
        }
        return WorkingTimeAnswer(
            workingDays: days, workingSeconds: seconds,
            basis: basis(
                view, asKnownOn, clock.calendar,
                [min(from.date, to.date)...max(from.date, to.date)]))
    }

    func officeHours(_ question: OfficeHoursQuestion) throws(Refusal) -> OfficeHoursAnswer {
        let (office, view, asKnownOn) = try office(question.office, question.asKnownOn)
        let standard = try standard(question.office.standard)
        let at = question.at ?? standard.zone.civil(at: now)
        return try calendar { () throws(CalendarError) in
            let opening = try office.work.nextOpening(after: at)
            let closing = try office.work.nextClosing(after: at)
            let reception = try office.reception.nextOpening(after: at)
            let last = max(opening, closing, reception).date
            return OfficeHoursAnswer(
                at: at, isWorking: try office.work.isOpen(at: at),
                isReceiving: try office.reception.isOpen(at: at), nextOpening: opening,
                nextClosing: closing, nextReception: reception,
                nextReceptionEnd: try office.reception.nextClosing(after: at),
                basis: basis(view, asKnownOn, office.work.calendar, [at.date...last]))
        }
    }

    private func office(
        _ name: OfficeName, _ asked: CivilDate?
    ) throws(Refusal) -> (CompiledStandard.OfficeClocks, CalendarViews.View, CivilDate) {
        let standard = try standard(name.standard)
        guard let perView = standard.offices[name.office] else {
            throw refuse(
                .unknownOffice(
                    name.office, standard: name.standard, known: standard.offices.keys.sorted()))
        }
        let asKnownOn = asked ?? today(standard)
        let index = try calendar { () throws(CalendarError) in
            try standard.views.index(asKnownOn: asKnownOn)
        }
        return (perView[index], standard.views.views[index], asKnownOn)
    }

    func standardSummaries() -> [StandardSummary] {
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
                        term: language.term(channel.termRule.term), office: channel.office,
                        startsAtReception: standard.channels.contains(channel))
                })
        }
    }
}

extension TermClock {
    /// The calendar whose days decide the term.
    var calendarOfTrace: WorkingCalendar {
        term.unit == .workingMinutes ? office.calendar : days
    }
}

extension TermClock {
    /// The days whose status a due date rests on.
    ///
    /// The uncounted first day matters only where the office must be open on it, and of a term in
    /// months only the days over which its end may roll.
    func examinedDays(_ due: DueDate) -> [ClosedRange<CivilDate>] {
        let start = due.start.date
        let reception = reception == nil ? [] : [start...start]
        switch term.unit {
        case .workingMinutes: return [start...max(start, due.date)]
        case .workingDays:
            let first = term.firstDay == .counted ? start : start.adding(days: 1) ?? start
            return reception + [min(first, due.date)...max(first, due.date)]
        case .calendarMonths:
            guard term.roll != .none else { return reception }
            return reception + [min(due.nominal, due.date)...max(due.nominal, due.date)]
        }
    }
}
