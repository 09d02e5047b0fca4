// SPDX-License-Identifier: Apache-2.0

import CivilTime
import WorkingDays

/// How much of a term is used, in what it counts: days, or seconds.
struct TermShare {
    let used: Int64
    /// 1 or more.
    let whole: Int64
}

/// What is left of one term, and how much of it is used.
extension TermClock {
    /// Working days and days of the calendar after today up to and with the due date, without those that
    /// are suspended.
    func daysLeft(
        _ from: CivilDateTime, _ due: DueDate, _ suspensions: Suspensions, isStanding: Bool
    ) throws(DeadlineError) -> (working: Int, calendar: Int) {
        let countsToday = isStanding && !term.unit.isToTheSecond && from < endOfDay(from.date)
        let behind = countsToday ? from.date.adding(days: -1) : from.date
        guard let behind, let end = due.date.adding(days: 1),
            let after = max(behind, try eve(of: due.start.date)).adding(days: 1)
        else { throw .outOfRange }
        let first = min(after, end)
        let begun = suspensions.list.filter { $0.from < due.at }
        do throws(CalendarError) {
            var working = try days.count(from: first, to: end)
            for lost in begun.compactMap(lostDays) {
                guard let (from, next) = lost.between(first, due.date) else { continue }
                working -= try days.count(from: from, to: next)
            }
            var calendar = first.days(until: end)
            for suspension in begun {
                guard let (from, next) = try lost(suspension)?.between(first, due.date) else {
                    continue
                }
                calendar -= from.days(until: next)
            }
            return (working, calendar)
        } catch { throw .calendar(error) }
    }

    func workingSeconds(
        _ from: CivilDateTime, _ due: DueDate, _ suspensions: Suspensions
    ) throws(DeadlineError) -> Int64 {
        do throws(CalendarError) {
            var seconds = try office.seconds(from: from, to: due.at)
            for (since, until) in suspensions.parts(from, due.at) {
                seconds -= try office.seconds(from: since, to: until)
            }
            return seconds
        } catch { throw .calendar(error) }
    }

    func calendarSeconds(
        _ from: CivilDateTime, _ due: DueDate, _ suspensions: Suspensions
    ) -> Int64 {
        suspensions.parts(from, due.at).reduce(from.seconds(until: due.at)) {
            $0 - $1.since.seconds(until: $1.until)
        }
    }

    /// How much of the term is used at a moment: its days that have ended, or its seconds.
    ///
    /// A day ends when the office closes. The whole is what runs up to the end, the roll included, so
    /// that no more than everything is ever used.
    func share(
        of due: DueDate, _ suspensions: Suspensions, at now: CivilDateTime
    ) throws(DeadlineError) -> TermShare {
        guard now < due.at else { return TermShare(used: 1, whole: 1) }
        let from = max(now, due.start)
        if term.unit.isToTheSecond {
            let left =
                term.unit.isWorkingTime
                ? try workingSeconds(from, due, suspensions)
                : calendarSeconds(from, due, suspensions)
            return TermShare(used: term.seconds - left, whole: term.seconds)
        }
        // Days that have ended are those of a day before today, or today's after closing.
        let behind = from < endOfDay(from.date) ? from.date.adding(days: -1) : from.date
        guard let behind, let first = try eve(of: due.start.date).adding(days: 1),
            let next = due.date.adding(days: 1), let after = behind.adding(days: 1)
        else { throw .outOfRange }
        let whole = try running(first, next, due, suspensions)
        let used = try running(first, min(max(after, first), next), due, suspensions)
        return TermShare(used: Int64(min(used, whole)), whole: Int64(max(whole, 1)))
    }

    /// The days that a suspension takes from the term, by what it counts.
    private func lost(_ suspension: Suspension) throws(CalendarError) -> LostDays? {
        guard term.unit.isOfCalendarDays else { return lostDays(suspension) }
        guard days.covered.contains(suspension.from.date) else { return nil }
        return try lostCalendarDays(suspension)
    }

    /// The days that count from one up to but not including another.
    private func running(
        _ first: CivilDate, _ next: CivilDate, _ due: DueDate, _ suspensions: Suspensions
    ) throws(DeadlineError) -> Int {
        guard first < next, let last = next.adding(days: -1) else { return 0 }
        let isCalendar = term.unit.isOfCalendarDays
        do throws(CalendarError) {
            var count =
                isCalendar ? first.days(until: next) : try days.count(from: first, to: next)
            for suspension in suspensions.list where suspension.from < due.at {
                guard let (from, next) = try lost(suspension)?.between(first, last) else {
                    continue
                }
                count -= isCalendar ? from.days(until: next) : try days.count(from: from, to: next)
            }
            return count
        } catch { throw .calendar(error) }
    }
}

extension LostDays {
    /// Those from one day through another: the first of them, and the day after the last; nil if there
    /// are none, or no end of them is known.
    fileprivate func between(_ first: CivilDate, _ last: CivilDate) -> (CivilDate, CivilDate)? {
        guard let end = self.last, end >= first, let next = min(end, last).adding(days: 1)
        else { return nil }
        let from = max(first, self.first)
        return from < next ? (from, next) : nil
    }
}

extension Suspensions {
    /// The parts of them that lie between two moments.
    fileprivate func parts(
        _ from: CivilDateTime, _ to: CivilDateTime
    ) -> [(since: CivilDateTime, until: CivilDateTime)] {
        list.map { suspension in
            let until = max(from, min(suspension.until ?? to, to))
            return (min(max(suspension.from, from), until), until)
        }
    }
}
