// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Deadlines
import ServiceStandards
public import Texts
public import WorkingDays

extension Library {
    /// The calendar that a kind of office works by, as known today; nil for an unknown office.
    public func officeCalendar(_ name: OfficeName, now: Timestamp) -> WorkingCalendar? {
        guard let standard = compiled[name.standard], let clocks = standard.offices[name.office],
            let index = try? standard.views.index(asKnownOn: standard.zone.civil(at: now).date)
        else { return nil }
        return clocks[index].work.calendar
    }

    /// When a kind of office closes on a day, or would by its weekday; 23:59:59 for an unknown office, and
    /// where it has no hours.
    public func endOfDay(
        _ date: CivilDate, at name: OfficeName, asKnownOn known: CivilDate
    ) -> CivilDateTime {
        let standard = compiled[name.standard]
        guard let standard, let clocks = standard.offices[name.office],
            let index = try? standard.views.index(asKnownOn: known)
        else { return CivilDateTime(date, EndTime.midnight.time) }
        return clocks[index].work.endOfDay(date)
    }

    /// The days that decide a clock and are no longer what they were in an earlier library.
    ///
    /// The clock was worked out by `earlier` as known on a day, and is by this library as known now.
    /// They are in date order; there are none if either library has no answer for its day.
    public func changedDays(
        of clock: ClockName, since earlier: Library, asKnownOn: CivilDate, in language: Language,
        now: Timestamp
    ) -> [CalendarChangesAnswer.Change] {
        guard let standard = compiled[clock.standard] else { return [] }
        let today = standard.zone.civil(at: now).date
        let old = earlier.calendars(of: clock, asKnownOn: asKnownOn)
        return calendars(of: clock, asKnownOn: today).flatMap { new in
            old.first { $0.week.id == new.week.id }.map {
                changedDays(standard, from: $0, to: new, since: asKnownOn, today, language)
            } ?? []
        }.sorted { $0.date < $1.date }
    }

    /// The same by one calendar.
    private func changedDays(
        _ standard: CompiledStandard, from old: WorkingCalendar, to new: WorkingCalendar,
        since asKnownOn: CivilDate, _ today: CivilDate, _ language: Language
    ) -> [CalendarChangesAnswer.Change] {
        var dates = Set((old.exceptionalDays + new.exceptionalDays).map(\.date))
        if !old.hasRulesOf(new) {
            // Ordinary days too may rest now, or work.
            let first = max(old.covered.lowerBound, new.covered.lowerBound)
            let last = min(old.covered.upperBound, new.covered.upperBound)
            if first <= last { dates.formUnion(first...last) }
        }
        return dates.sorted().compactMap { date in
            guard let was = try? old.status(of: date), let isNow = try? new.status(of: date),
                was.kind != isNow.kind
            else { return nil }
            let days = [date] + [was.counterpart, isNow.counterpart].compactMap { $0 }
            let changing = standard.views.book.act(
                changing: days, between: asKnownOn, and: today)
            // A day that becomes an ordinary one again does so by the act that made it another.
            let isOrdinary = isNow.kind == .working || isNow.kind == .weeklyRest
            let act = changing ?? (isOrdinary ? was.act : isNow.act)
            return CalendarChangesAnswer.Change(
                date: date, week: new.week.id, before: language.reason(was),
                after: language.reason(isNow), act: act.title[language])
        }
    }

    /// The calendars whose days decide a clock, one for each week.
    private func calendars(of clock: ClockName, asKnownOn: CivilDate) -> [WorkingCalendar] {
        guard let standard = compiled[clock.standard], let found = standard.clocks[clock.channel],
            let index = try? standard.views.index(asKnownOn: asKnownOn)
        else { return [] }
        return found.terms[index].clocks.map(\.calendarOfTrace).reduce(into: []) { calendars, one in
            if !calendars.contains(where: { $0.week.id == one.week.id }) { calendars.append(one) }
        }
    }
}

extension Library {
    /// How much of the term of something that was accepted is used at a moment, in whole per cent, and the
    /// highest share reached of which the standard warns; nil for an unknown clock, and where a year that
    /// it needs is not published.
    public func termShare(
        of name: ClockName, from accepted: CivilDateTime, _ suspensions: Suspensions,
        at moment: CivilDateTime, now: Timestamp
    ) -> (usedPercent: Int, warningPercent: Int?)? {
        let desk = Desk(library: self, language: .en, now: now)
        guard let chosen = try? desk.clock(name, asKnownOn: nil) else { return nil }
        let channel = chosen.clock.channel
        let rule: TermClock.OutsideReception =
            channel.intake == .nextOpening ? .countFromOpening : .countFromMoment
        guard let start = try? chosen.term.start(accepted, rule),
            let left = try? chosen.term.timeLeft(from: start, suspensions, at: moment)
        else { return nil }
        return (left.usedPercent, channel.warning(at: left.usedPercent))
    }
}

extension Library {
    /// What is told about a standard that is not among the data.
    public func unknownStandard(_ name: String, in language: Language) -> Refusal {
        let desk = Desk(library: self, language: language, now: Timestamp(second: 0)!)
        return desk.refuse(.unknownStandard(name, known: standards.keys.sorted()))
    }
}
