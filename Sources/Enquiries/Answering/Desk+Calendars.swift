// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Texts
import WorkingDays

extension Desk {
    public func addWorkingDays(
        _ question: AddWorkingDaysQuestion
    ) throws(Refusal) -> AddWorkingDaysAnswer {
        let week = try week(question.calendar)
        let date = try calendar { () throws(CalendarError) in
            try week.calendar.shift(question.date, by: question.count)
        }
        let days = min(date, question.date)...max(date, question.date)
        let basis = basis(week, over: days, date) {
            try? $0.shift(question.date, by: question.count)
        }
        return AddWorkingDaysAnswer(date: date, basis: basis)
    }

    public func countWorkingDays(
        _ question: CountWorkingDaysQuestion
    ) throws(Refusal) -> CountWorkingDaysAnswer {
        let week = try week(question.calendar)
        let count = try calendar { () throws(CalendarError) in
            try week.calendar.count(from: question.from, to: question.to)
        }
        let days = min(question.from, question.to)...max(question.from, question.to)
        let basis = basis(week, over: days, count) {
            try? $0.count(from: question.from, to: question.to)
        }
        return CountWorkingDaysAnswer(workingDays: count, basis: basis)
    }

    public func calendarDays(
        _ question: CalendarDaysQuestion
    ) throws(Refusal) -> CalendarDaysAnswer {
        guard question.first <= question.last else { throw refuse(.rangeReversed) }
        let length = question.first.days(until: question.last) + 1
        guard length <= CallLimit.calendarDays else {
            throw refuse(.tooManyRows(length, limit: CallLimit.calendarDays))
        }
        let week = try week(question.calendar)
        let days = question.first...question.last
        let (statuses, places) = try calendar { () throws(CalendarError) in
            try week.calendar.statuses(of: days)
        }
        let basis = basis(week, over: days, places.map { statuses[$0] }) {
            (try? $0.statuses(of: days)).map { statuses, places in places.map { statuses[$0] } }
        }
        let since = try self.calendar { () throws(CalendarError) in
            try week.views.knownSince(asKnownOn: week.asKnownOn)
        }
        return CalendarDaysAnswer(
            first: question.first, days: places, reasons: statuses.map(language.reason),
            basis: basis, knownSince: since)
    }

    public func balance(_ question: BalanceQuestion) throws(Refusal) -> BalanceAnswer {
        let week = try week(question.calendar)
        let months = try calendar { () throws(CalendarError) in
            try week.calendar.balance(year: question.year)
        }
        let basis = basis(week, over: try days(of: question.year), months) {
            try? $0.balance(year: question.year)
        }
        return BalanceAnswer(year: question.year, months: months, basis: basis)
    }

    public func calendarChanges(
        _ question: CalendarChangesQuestion
    ) throws(Refusal) -> CalendarChangesAnswer {
        let views = try views(question.calendar)
        let today = views.today(now)
        for (field, day) in [
            ("known_from_day", question.knownFrom), ("known_to_day", question.knownTo),
        ] {
            _ = try knowledge(day, today: today, field: field)
        }
        let days = try days(of: question.year)
        return try calendar { () throws(CalendarError) in
            let before = try views.view(asKnownOn: question.knownFrom)
            let after = try views.view(asKnownOn: question.knownTo)
            var changes: [CalendarChangesAnswer.Change] = []
            for date in days {
                for (old, new) in zip(before.weeks, after.weeks) {
                    let (was, isNow) = (try old.told(of: date), try new.told(of: date))
                    // A day whose act or name alone changed is as it was for everybody.
                    guard
                        was.kind != isNow.kind || was.withinDays != isNow.withinDays
                            || was.shortened?.minutes != isNow.shortened?.minutes
                    else { continue }
                    let days = [date] + [was.counterpart, isNow.counterpart].compactMap { $0 }
                    let act = views.book.act(
                        changing: days, between: question.knownFrom, and: question.knownTo)
                    changes.append(
                        CalendarChangesAnswer.Change(
                            date: date, week: old.week.id, before: language.reason(was),
                            after: language.reason(isNow),
                            act: (act ?? isNow.act).title[language]))
                }
            }
            return CalendarChangesAnswer(
                changes: changes,
                before: basis(views, before, question.knownFrom, openDays(views, before, days)),
                after: basis(views, after, question.knownTo, openDays(views, after, days)))
        }
    }

    /// The estimates that leave some day of a range open, in any week.
    private func openDays(
        _ views: CalendarViews, _ view: CalendarViews.View, _ days: ClosedRange<CivilDate>
    ) -> [EstimatedDay] {
        func statuses(_ weeks: [WorkingCalendar]) -> [DayStatus] {
            weeks.flatMap { week in days.compactMap { try? week.status(of: $0) } }
        }
        return deciding(views, view, over: days, statuses(view.weeks)) { statuses($0.weeks) }
    }

    private func days(of year: Int) throws(Refusal) -> ClosedRange<CivilDate> {
        guard let first = CivilDate(year: year, month: 1, day: 1),
            let last = CivilDate(year: year, month: 12, day: 31)
        else { throw refuse(DeskFault.dateOutOfRange) }
        return first...last
    }
}

extension WorkingCalendar {
    /// The status by which a day is compared: that of an estimated holiday also where another
    /// holiday gives the day its name, so that nobody misses when it becomes certain.
    fileprivate func told(of date: CivilDate) throws(CalendarError) -> DayStatus {
        let status = try status(of: date)
        guard status.kind == .holiday, status.withinDays == nil,
            let estimate = estimates.first(where: { $0.date == date })
        else { return status }
        return DayStatus(
            kind: status.kind, name: estimate.name, act: estimate.act,
            counterpart: status.counterpart, withinDays: estimate.withinDays,
            shortened: status.shortened, closedBy: status.closedBy)
    }
}

extension CalendarViews {
    /// The first day of the knowledge of a day: the earliest since which the version is the same.
    fileprivate func knownSince(asKnownOn day: CivilDate) throws(CalendarError) -> CivilDate {
        let place = try index(asKnownOn: day)
        let same = views[...place].reversed().prefix { $0.version == views[place].version }
        return same.last?.from ?? day
    }
}
