// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

extension Desk {
    /// A clock in the state of knowledge that a question asks for.
    struct ChosenClock {
        let standard: CompiledStandard
        let clock: CompiledStandard.Clock
        let term: StagedClock
        let view: CalendarViews.View
        let asKnownOn: CivilDate
    }

    func standard(_ name: String) throws(Refusal) -> CompiledStandard {
        guard let found = library.compiled[name] else {
            throw refuse(.unknownStandard(name, known: library.compiled.keys.sorted()))
        }
        return found
    }

    /// The standard by the calendar of an office that has one of its own.
    ///
    /// An empty name is the standard's calendar; a refusal is thrown for one that does not extend it.
    func standard(_ name: String, by calendar: String) throws(Refusal) -> CompiledStandard {
        let found = try standard(name)
        if calendar.isEmpty || calendar == found.views.book.id { return found }
        if calendar == found.standard.calendar { return found }
        guard let own = library.working(by: calendar).compiled[name],
            own.views.book.id == calendar
        else {
            throw refuse(
                .unknownCalendar(calendar, known: library.calendars(of: found.standard)))
        }
        return own
    }

    func clock(
        _ name: ClockName, by calendar: String = "", asKnownOn asked: CivilDate?
    ) throws(Refusal) -> ChosenClock {
        let standard = try standard(name.standard, by: calendar)
        guard let clock = standard.clocks[name.channel] else {
            throw refuse(
                .unknownClock(
                    name.channel, standard: name.standard, known: standard.clocks.keys.sorted()))
        }
        let asKnownOn = try knowledge(asked, today: today(standard))
        let index = try self.calendar { () throws(CalendarError) in
            try standard.views.index(asKnownOn: asKnownOn)
        }
        return ChosenClock(
            standard: standard, clock: clock, term: clock.terms[index],
            view: standard.views.views[index], asKnownOn: asKnownOn)
    }

    func today(_ standard: CompiledStandard) -> CivilDate { standard.zone.civil(at: now).date }

    /// A week's calendar in one state of knowledge.
    struct ChosenWeek {
        let views: CalendarViews
        let view: CalendarViews.View
        let calendar: WorkingCalendar
        let asKnownOn: CivilDate
    }

    /// A week's calendar in the state of knowledge that a question asks for.
    func week(_ name: CalendarName) throws(Refusal) -> ChosenWeek {
        let views = try views(name.calendar)
        let asKnownOn = try knowledge(name.asKnownOn, today: views.today(now))
        return try calendar { () throws(CalendarError) in
            let view = try views.view(asKnownOn: asKnownOn)
            return ChosenWeek(
                views: views, view: view, calendar: try view.week(name.week), asKnownOn: asKnownOn)
        }
    }

    /// What the value of a question about a week rests on, `ask` answering it by any calendar.
    func basis<Value: Equatable>(
        _ week: ChosenWeek, over days: ClosedRange<CivilDate>, _ value: Value,
        _ ask: (WorkingCalendar) -> Value?
    ) -> Basis {
        let deciding = deciding(week.views, week.view, over: days, value) {
            $0.week(week.calendar.week.id).flatMap(ask)
        }
        return basis(week.views, week.view, week.asKnownOn, deciding)
    }

    func views(_ calendar: String) throws(Refusal) -> CalendarViews {
        guard let views = library.calendars[calendar] else {
            throw refuse(.unknownCalendar(calendar, known: library.calendars.keys.sorted()))
        }
        return views
    }

    /// What an answer rests on that these estimated days decide.
    func basis(
        _ views: CalendarViews, _ view: CalendarViews.View, _ asKnownOn: CivilDate,
        _ deciding: [EstimatedDay]
    ) -> Basis {
        Basis(
            calendar: views.book.id, version: view.version, asKnownOn: asKnownOn,
            estimates: deciding.map {
                Basis.Estimate(
                    date: $0.date, withinDays: $0.withinDays, name: $0.name[language],
                    act: $0.act.title[language])
            })
    }

    /// The day whose knowledge a question asks for: today, if it names none.
    ///
    /// A refusal is thrown for a day to come: what will be known then is not known yet.
    func knowledge(
        _ asked: CivilDate?, today: CivilDate, field: String = "as_known_on"
    ) throws(Refusal) -> CivilDate {
        guard let asked else { return today }
        guard asked <= today else { throw refuse(.notKnownYet(asked, today: today, field: field)) }
        return asked
    }

    /// The value of a calendar question, its error told as a refusal.
    func calendar<T>(_ question: () throws(CalendarError) -> T) throws(Refusal) -> T {
        do { return try question() } catch { throw refuse(error) }
    }

    /// The value of a question about a term, its error told as a refusal.
    func term<T>(_ question: () throws(DeadlineError) -> T) throws(Refusal) -> T {
        do { return try question() } catch { throw refuse(error) }
    }
}
