// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Texts
import WorkingDays

extension Desk {
    /// A clock in the state of knowledge that a question asks for.
    struct ChosenClock {
        let standard: CompiledStandard
        let clock: CompiledStandard.Clock
        let term: TermClock
        let view: CalendarViews.View
        let asKnownOn: CivilDate
    }

    func standard(_ name: String) throws(Refusal) -> CompiledStandard {
        guard let found = library.compiled[name] else {
            throw refuse(.unknownStandard(name, known: library.compiled.keys.sorted()))
        }
        return found
    }

    func clock(
        _ name: ClockName, asKnownOn asked: CivilDate?
    ) throws(Refusal) -> ChosenClock {
        let standard = try standard(name.standard)
        guard let clock = standard.clocks[name.channel] else {
            throw refuse(
                .unknownClock(
                    name.channel, standard: name.standard, known: standard.clocks.keys.sorted()))
        }
        let asKnownOn = asked ?? today(standard)
        let index = try calendar { () throws(CalendarError) in
            try standard.views.index(asKnownOn: asKnownOn)
        }
        return ChosenClock(
            standard: standard, clock: clock, term: clock.terms[index],
            view: standard.views.views[index], asKnownOn: asKnownOn)
    }

    func today(_ standard: CompiledStandard) -> CivilDate { standard.zone.civil(at: now).date }

    /// A week's calendar in the state of knowledge that a question asks for.
    func week(
        _ name: CalendarName
    ) throws(Refusal) -> (CalendarViews.View, WorkingCalendar, CivilDate) {
        let views = try views(name.calendar)
        let asKnownOn = name.asKnownOn ?? views.today(now)
        return try calendar { () throws(CalendarError) in
            let view = try views.view(asKnownOn: asKnownOn)
            return (view, try view.week(name.week), asKnownOn)
        }
    }

    func views(_ calendar: String) throws(Refusal) -> CalendarViews {
        guard let views = library.calendars[calendar] else {
            throw refuse(.unknownCalendar(calendar, known: library.calendars.keys.sorted()))
        }
        return views
    }

    /// What an answer that rests on these days of a calendar rests on.
    func basis(
        _ view: CalendarViews.View, _ asKnownOn: CivilDate, _ calendar: WorkingCalendar,
        _ days: [ClosedRange<CivilDate>]
    ) -> Basis {
        Basis(
            calendar: calendar.calendar, version: view.version, asKnownOn: asKnownOn,
            estimates: calendar.estimates(touching: days).map {
                Basis.Estimate(
                    date: $0.date, withinDays: $0.withinDays, name: $0.name[language],
                    act: $0.act.title[language])
            })
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
