// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Visits

/// What is offered and not promised: how much of it there is, and how much one caller may bring about.
extension VisitDesk {
    /// Whether windows are held for a visit, which nobody else is promised meanwhile.
    public func isHeld(_ number: UInt32, now: Int64) -> Bool {
        book[number]?.hold.map { now < $0.until } ?? false
    }

    /// Whether a visit is asked for and nothing is promised, so that it has one of the area's places until it
    /// is due.
    public func isUnpromised(_ number: UInt32, now: Int64) -> Bool {
        guard let visit = book[number] else { return false }
        return (visit.state == .requested || visit.state == .held) && now <= visit.due
    }

    /// The visits for which windows may be held at one time by whoever may have so many percent of what the
    /// crews could do; at least one.
    ///
    /// What they could do are visits of the usual length one after the other, without ways, on the days for
    /// which windows are offered; each visit takes as many of them as windows are held for it.
    public func heldLimit(percent: Int, _ terms: AreaTerms, now: Int64) -> Int {
        max(1, places(terms, Int(now)) * percent / 100 / book.area.rules.heldWindows)
    }

    /// The visits that may be asked for and not be promised by whoever may have so many percent of an area's.
    public static func askedLimit(percent: Int) -> Int { max(1, openLimit * percent / 100) }

    private func places(_ terms: AreaTerms, _ now: Int) -> Int {
        let rules = book.area.rules
        let length = (rules.visitMinutes + rules.setupMinutes) * 60
        let dates = terms.workingDays(from: terms.date(now), count: rules.horizonDays)
        var count = 0
        for date in dates {
            for crew in book.area.crews {
                let shift = PlanNumbers.shift(date, crew: book.index(of: crew.id)!)
                guard let hours = book.hours(of: crew, date, terms), !book[shift].isAbsent else {
                    continue
                }
                let lunch = terms.lunch(rules, on: date, within: hours)
                let pause = lunch == nil ? 0 : rules.lunchMinutes * 60
                count += max(0, hours.end - hours.start - pause) / length
            }
        }
        return count
    }
}
