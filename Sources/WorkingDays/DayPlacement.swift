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
///
/// Thousands of days share a few statuses, so a day is an index into a table of them.
struct DayPlacement {
    /// The rules of the week, of which each has two statuses at the beginning of the table: that of its
    /// working days and that of its rest days.
    let rules: [WeekPattern.Standing]
    let first: CivilDate
    private(set) var days: [UInt32]
    private(set) var statuses: [DayStatus]
    /// The days on which a holiday fell on a rest day of the week, until they are substituted.
    private var collisions: Set<Int> = []

    /// The days up to the end of a year.
    func days(throughYear year: Int) -> ArraySlice<UInt32> {
        let last = CivilDate(year: year, month: 12, day: 31)!
        return days[...first.days(until: last)]
    }

    /// Every day as the week alone has it, by rules in rising order of which the first has always held.
    init(rules: [WeekPattern.Standing], years: ClosedRange<Int>) {
        let first = CivilDate(year: years.lowerBound, month: 1, day: 1)!
        let last = CivilDate(year: years.upperBound, month: 12, day: 31)!
        self.first = first
        self.rules = rules
        statuses = rules.flatMap { standing in
            [DayStatus.Kind.working, .weeklyRest].map {
                DayStatus(kind: $0, name: nil, act: standing.rule.act, counterpart: nil)
            }
        }
        let count = first.days(until: last) + 1
        var days: [UInt32] = []
        days.reserveCapacity(count + 7)
        for (place, standing) in rules.enumerated() {
            let next = place + 1 < rules.count ? rules[place + 1].from : nil
            let end = min(max(next.map { first.days(until: $0) } ?? count, days.count), count)
            let start = first.adding(days: days.count)!
            let week: [UInt32] = (0..<7).map { offset in
                let weekday = start.adding(days: offset)?.weekday
                let rests = weekday.map(standing.rule.restDays.contains) ?? false
                return UInt32(2 * place + (rests ? 1 : 0))
            }
            while days.count < end { days += week }
            days.removeLast(days.count - end)
        }
        self.days = days
    }

    /// How many statuses of the table a day has by the week alone.
    var weekStatuses: UInt32 { UInt32(2 * rules.count) }

    private func index(_ date: CivilDate) -> Int? {
        let index = first.days(until: date)
        return days.indices.contains(index) ? index : nil
    }

    private func isWorking(_ day: Int) -> Bool { statuses[Int(days[day])].isWorking }

    private mutating func set(_ day: Int, _ status: DayStatus) {
        days[day] = UInt32(statuses.count)
        statuses.append(status)
    }

    mutating func close(_ day: Int, _ status: DayStatus) { set(day, status) }

    mutating func shorten(_ day: Int, by shortening: Shortening) {
        let status = statuses[Int(days[day])]
        set(
            day,
            DayStatus(
                kind: status.kind, name: status.name, act: status.act,
                counterpart: status.counterpart, withinDays: status.withinDays,
                shortened: shortening, closedBy: status.closedBy))
    }

    /// Makes each holiday's day a holiday, whatever day of the week it is.
    mutating func place(_ holidays: [ObservedHoliday]) {
        for holiday in holidays {
            // Of two holidays on one day the first in the book names the day.
            guard let day = index(holiday.date), days[day] < weekStatuses else { continue }
            if !isWorking(day) { collisions.insert(day) }
            set(
                day,
                DayStatus(
                    kind: .holiday, name: holiday.name, act: holiday.act, counterpart: nil,
                    withinDays: holiday.withinDays))
        }
    }

    /// Makes the next day that still works a rest day, for each substituted holiday on a rest day,
    /// in date order.
    ///
    /// A substitute beyond the last year is left to that year's calendar.
    mutating func substitute(_ holidays: [ObservedHoliday], by rule: Act) {
        for holiday in holidays where holiday.substituted {
            guard let day = index(holiday.date), collisions.remove(day) != nil,
                let free = days.indices[day...].first(where: isWorking)
            else { continue }
            set(
                free,
                DayStatus(
                    kind: .substitute, name: holiday.name, act: rule, counterpart: holiday.date,
                    withinDays: holiday.withinDays))
        }
    }

    /// Why a transfer changes neither of its days in this week; nil where it acts.
    ///
    /// A day outside the placed years neither works nor rests, so it moves nothing.
    func obstacle(to transfer: Transfer) -> Transfer.Obstacle? {
        guard let source = index(transfer.becomesWorking), !isWorking(source) else {
            return .works
        }
        guard let target = index(transfer.becomesRest), isWorking(target) else { return .rests }
        return nil
    }

    /// Exchanges the days of each transfer whose source day rests in this week.
    mutating func apply(_ transfers: [Transfer]) {
        for transfer in transfers where obstacle(to: transfer) == nil {
            set(
                first.days(until: transfer.becomesWorking),
                DayStatus(
                    kind: .movedWorking, name: nil, act: transfer.act,
                    counterpart: transfer.becomesRest))
            set(
                first.days(until: transfer.becomesRest),
                DayStatus(
                    kind: .movedRest, name: nil, act: transfer.act,
                    counterpart: transfer.becomesWorking))
        }
    }
}
