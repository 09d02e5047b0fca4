// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A contradiction between entries of a book, or an entry that says nothing.
///
/// Entries are told by their places in the book's lists.
public enum BookFault: Hashable, Sendable {
    /// Why a transfer acts in no week: its obstacle in each.
    public struct Idleness: Hashable, Sendable {
        public let week: String
        public let obstacle: Transfer.Obstacle
    }

    /// The transfer changed no day in any week when it became known.
    case idleTransfer(Int, [Idleness])
    /// The transfer moves a day that another transfer moves at the same time.
    case dayMovedTwice(Int, CivilDate, other: Int)
    /// Two transfers of the same two days became known on the same day.
    case contradictingTransfers(Int, other: Int)
    /// No transfer of these two days was in force when this took it back.
    case nothingToTakeBack(Int)
    /// Two fixed holidays lie on one day in this year, as known on this day.
    case holidaysOnOneDay(Int, other: Int, year: Int, known: CivilDate)

    /// The change of a week leaves it as it is; the week is told by its place.
    case idleWeekChange(week: Int, Int)
    /// Two changes of a week from one day became known on the same day.
    case contradictingWeekChanges(week: Int, Int, other: Int)
    /// No change of the week from this day was in force when this took it back.
    case noWeekChangeToTakeBack(week: Int, Int)

    /// Where it stands in the book: weeks before holidays before transfers, each list in its order.
    private var place: (list: Int, index: Int) {
        switch self {
        case .idleWeekChange(let week, let index),
            .contradictingWeekChanges(let week, let index, _),
            .noWeekChangeToTakeBack(let week, let index):
            (week - Int(UInt16.max), index)
        case .holidaysOnOneDay(let index, _, _, _): (0, index)
        case .idleTransfer(let index, _), .dayMovedTwice(let index, _, _),
            .contradictingTransfers(let index, _), .nothingToTakeBack(let index):
            (1, index)
        }
    }

    fileprivate static func inOrder(_ faults: [BookFault]) -> [BookFault] {
        faults.enumerated().sorted { one, other in
            let (a, b) = (one.element.place, other.element.place)
            return (a.list, a.index, one.offset) < (b.list, b.index, other.offset)
        }.map(\.element)
    }
}

extension CalendarBook {
    /// What contradicts itself or does nothing, in the order of the book's lists.
    public func faults() -> [BookFault] {
        BookFault.inOrder(
            weekFaults() + coincidingHolidays() + historyFaults() + daysMovedTwice()
                + idleTransfers())
    }

    /// Transfers that act in no week as known on the day on which they became known.
    private func idleTransfers() -> [BookFault] {
        var found: [BookFault] = []
        let moving = transfers.enumerated().filter { !$0.element.takesBack }
        for (known, group) in Dictionary(grouping: moving, by: \.element.known) {
            let observed = observedHolidays(asKnownOn: known)
            let placements = weeks.map { placement($0, observed, asKnownOn: known) }
            for (index, transfer) in group {
                let idle = zip(weeks, placements).compactMap { week, placement in
                    placement.obstacle(to: transfer).map {
                        BookFault.Idleness(week: week.id, obstacle: $0)
                    }
                }
                if idle.count == weeks.count { found.append(.idleTransfer(index, idle)) }
            }
        }
        return found
    }

    /// The transfers of each two days, in the order in which they became known.
    private func histories() -> [[(index: Int, transfer: Transfer)]] {
        Dictionary(grouping: transfers.enumerated(), by: \.element.days).values.map { entries in
            entries.sorted { ($0.element.known, $0.offset) < ($1.element.known, $1.offset) }
                .map { ($0.offset, $0.element) }
        }
    }

    /// Takings back without a transfer, and transfers of the same days that contradict.
    private func historyFaults() -> [BookFault] {
        var found: [BookFault] = []
        for history in histories() {
            if let (index, first) = history.first, first.takesBack {
                found.append(.nothingToTakeBack(index))
            }
            for (before, this) in zip(history, history.dropFirst()) {
                if before.transfer.known == this.transfer.known {
                    found.append(.contradictingTransfers(this.index, other: before.index))
                } else if before.transfer.takesBack, this.transfer.takesBack {
                    found.append(.nothingToTakeBack(this.index))
                }
            }
        }
        return found
    }

    /// A time in which a transfer holds: from its day on, up to the day that takes it back.
    private struct Holding {
        let index: Int
        let from: CivilDate
        let until: CivilDate?
    }

    /// Days that two transfers move at the same time, in whichever part.
    private func daysMovedTwice() -> [BookFault] {
        var holdings: [CivilDate: [Holding]] = [:]
        for history in histories() {
            for (place, (index, transfer)) in history.enumerated() where !transfer.takesBack {
                let end = history[place...].first { $0.transfer.takesBack }?.transfer.known
                let holding = Holding(index: index, from: transfer.known, until: end)
                // A day put in its own place is moved twice as well.
                holdings[transfer.becomesWorking, default: []].append(holding)
                holdings[transfer.becomesRest, default: []].append(holding)
            }
        }
        var found: [BookFault] = []
        for (day, all) in holdings.sorted(by: { $0.key < $1.key }) {
            let inOrder = all.sorted { ($0.from, $0.index) < ($1.from, $1.index) }
            for (before, this) in zip(inOrder, inOrder.dropFirst()) {
                // Of one taken back the end is known; what begins on that day does not meet it.
                if let until = before.until, until <= this.from { continue }
                found.append(.dayMovedTwice(this.index, day, other: before.index))
            }
        }
        return found
    }

    /// Fixed holidays that lie on one day in some year of the book, as known on some day.
    private func coincidingHolidays() -> [BookFault] {
        let groups = Dictionary(grouping: holidays.indices) { index in
            [holidays[index].month, holidays[index].day]
        }
        return groups.values.compactMap { group in
            let known = Set(group.flatMap { holidays[$0].versions.map(\.known) }).sorted()
            return known.lazy.compactMap { coincidence(of: group, asKnownOn: $0) }.first
        }
    }

    /// Two of these holidays that share a year, as known on a day.
    private func coincidence(of group: [Int], asKnownOn known: CivilDate) -> BookFault? {
        var holders: [Int: Int] = [:]
        for index in group {
            let holiday = holidays[index]
            let version = holiday.versions.standing(asKnownOn: known)
            for year in placedYears where version?.holds(in: year) == true {
                let date = CivilDate(year: year, month: holiday.month, day: holiday.day)
                guard date != nil else { continue }
                if let other = holders[year] {
                    return .holidaysOnOneDay(index, other: other, year: year, known: known)
                }
                holders[year] = index
            }
        }
        return nil
    }
}
