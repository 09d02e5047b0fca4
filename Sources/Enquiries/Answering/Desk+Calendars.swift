// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

extension Desk {
    func add(_ question: AddWorkingDaysQuestion) throws(Refusal) -> AddWorkingDaysAnswer {
        let (view, calendar, asKnownOn) = try week(question.calendar)
        let date = try self.calendar { () throws(CalendarError) in
            try calendar.shift(question.date, by: question.count)
        }
        let days = min(date, question.date)...max(date, question.date)
        return AddWorkingDaysAnswer(date: date, basis: basis(view, asKnownOn, calendar, [days]))
    }

    func count(_ question: CountWorkingDaysQuestion) throws(Refusal) -> CountWorkingDaysAnswer {
        let (view, calendar, asKnownOn) = try week(question.calendar)
        let count = try self.calendar { () throws(CalendarError) in
            try calendar.count(from: question.from, to: question.to)
        }
        let days = min(question.from, question.to)...max(question.from, question.to)
        return CountWorkingDaysAnswer(
            workingDays: count, basis: basis(view, asKnownOn, calendar, [days]))
    }

    func days(_ question: CalendarDaysQuestion) throws(Refusal) -> CalendarDaysAnswer {
        guard question.first <= question.last else { throw refuse(.rangeReversed) }
        let length = question.first.days(until: question.last) + 1
        guard length <= CalendarDaysQuestion.dayLimit else {
            throw refuse(.tooManyRows(length, limit: CalendarDaysQuestion.dayLimit))
        }
        let (view, calendar, asKnownOn) = try week(question.calendar)
        let (statuses, places) = try self.calendar { () throws(CalendarError) in
            try calendar.statuses(of: question.first...question.last)
        }
        return CalendarDaysAnswer(
            first: question.first, days: places, reasons: statuses.map(language.reason),
            basis: basis(view, asKnownOn, calendar, [question.first...question.last]))
    }

    func balance(_ question: BalanceQuestion) throws(Refusal) -> BalanceAnswer {
        let (view, calendar, asKnownOn) = try week(question.calendar)
        let months = try self.calendar { () throws(CalendarError) in
            try calendar.balance(year: question.year)
        }
        let days = try days(of: question.year)
        return BalanceAnswer(
            year: question.year, months: months, basis: basis(view, asKnownOn, calendar, [days]))
    }

    func changes(_ question: CalendarChangesQuestion) throws(Refusal) -> CalendarChangesAnswer {
        let views = try views(question.calendar)
        let days = try days(of: question.year)
        return try calendar { () throws(CalendarError) in
            let before = try views.view(asKnownOn: question.knownFrom)
            let after = try views.view(asKnownOn: question.knownTo)
            var changes: [CalendarChangesAnswer.Change] = []
            for date in days {
                for (old, new) in zip(before.weeks, after.weeks) {
                    let (was, isNow) = (try old.status(of: date), try new.status(of: date))
                    // A day whose act or name alone changed is as it was for everybody.
                    guard was.kind != isNow.kind else { continue }
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
                before: basis(before, question.knownFrom, before.weeks[0], [days]),
                after: basis(after, question.knownTo, after.weeks[0], [days]))
        }
    }

    private func days(of year: Int) throws(Refusal) -> ClosedRange<CivilDate> {
        guard let first = CivilDate(year: year, month: 1, day: 1),
            let last = CivilDate(year: year, month: 12, day: 31)
        else { throw refuse(DeskFault.dateOutOfRange) }
        return first...last
    }
}
