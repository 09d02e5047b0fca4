// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts

/// A holiday on its day in one year.
struct ObservedHoliday {
    let date: CivilDate
    let name: LocalizedText
    let substituted: Bool
    let act: Act
    /// How far the day may still move; nil if it is announced.
    let withinDays: Int?

    var estimate: EstimatedDay? {
        withinDays.map { EstimatedDay(date: date, withinDays: $0, name: name, act: act) }
    }
}

/// The days of some years while they are being given their status.
struct CalendarCompiler {
    let first: CivilDate
    private(set) var statuses: [DayStatus]

    /// Every day as the week alone has it.
    init(pattern: WeekPattern, years: ClosedRange<Int>) {
        let first = CivilDate(year: years.lowerBound, month: 1, day: 1)!
        let last = CivilDate(year: years.upperBound, month: 12, day: 31)!
        let working = DayStatus(kind: .working, name: nil, act: pattern.act, counterpart: nil)
        let rest = DayStatus(kind: .weeklyRest, name: nil, act: pattern.act, counterpart: nil)
        self.first = first
        statuses = (first...last).map { pattern.restDays.contains($0.weekday) ? rest : working }
    }

    private func index(_ date: CivilDate) -> Int? {
        let index = first.days(until: date)
        return statuses.indices.contains(index) ? index : nil
    }

    /// Makes each holiday's day a holiday, whatever day of the week it is.
    mutating func place(_ holidays: [ObservedHoliday]) {
        for holiday in holidays {
            // Of two holidays on one day the first in the book names the day.
            guard let day = index(holiday.date), statuses[day].kind != .holiday else { continue }
            collisions[day] = statuses[day].kind == .weeklyRest
            statuses[day] = DayStatus(
                kind: .holiday, name: holiday.name, act: holiday.act, counterpart: nil)
        }
    }

    /// Whether a holiday's day was a rest day of the week anyway.
    private var collisions: [Int: Bool] = [:]

    /// Makes the next day that still works a rest day, for each substituted holiday on a rest day,
    /// in date order. A substitute beyond the last year is left to that year's calendar.
    mutating func substitute(_ holidays: [ObservedHoliday], by rule: Act) {
        for holiday in holidays where holiday.substituted {
            guard let day = index(holiday.date), collisions[day] == true,
                let free = statuses[day...].firstIndex(where: \.isWorking)
            else { continue }
            collisions[day] = false
            statuses[free] = DayStatus(
                kind: .substitute, name: holiday.name, act: rule, counterpart: holiday.date)
        }
    }

    /// Exchanges the days of each transfer whose source day rests in this week.
    mutating func apply(_ transfers: [Transfer]) {
        for transfer in transfers {
            guard let source = index(transfer.becomesWorking),
                let target = index(transfer.becomesRest),
                !statuses[source].isWorking, statuses[target].isWorking
            else { continue }
            statuses[source] = DayStatus(
                kind: .movedWorking, name: nil, act: transfer.act,
                counterpart: transfer.becomesRest)
            statuses[target] = DayStatus(
                kind: .movedRest, name: nil, act: transfer.act,
                counterpart: transfer.becomesWorking)
        }
    }
}
