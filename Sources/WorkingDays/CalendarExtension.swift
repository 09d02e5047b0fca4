// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// What a region or an office adds to the calendar of its country: days on which it is closed.
///
/// It only adds. A day that rests in the country rests here, by the country's act; no rest day becomes
/// working, and no closed day has a substitute.
public struct CalendarExtension: Hashable, Sendable {
    /// The short name of the calendar that this makes, such as `kz-almaty`.
    public let id: String
    public let title: LocalizedText
    /// The short name of the calendar that it adds to.
    public let extends: String
    public let closed: [ClosedDays]

    public init(id: String, title: LocalizedText, extends: String, closed: [ClosedDays]) {
        self.id = id
        self.title = title
        self.extends = extends
        self.closed = closed
    }
}

/// Days on which a region or an office is closed by an act of its own, or the taking back of them.
///
/// Of several entries that speak of a day the one known last holds.
public struct ClosedDays: Hashable, Sendable {
    public enum Days: Hashable, Sendable {
        case date(CivilDate)
        /// The same day of these years; without a last year for ever.
        case yearly(MonthDay, firstYear: Int, lastYear: Int?)

        func contains(_ date: CivilDate) -> Bool {
            switch self {
            case .date(let other): other == date
            case .yearly(let day, let first, let last):
                day == MonthDay(date) && first <= date.year && date.year <= last ?? date.year
            }
        }
    }

    public let days: Days
    public let name: LocalizedText
    /// The kinds of week in which they are closed; nil for all.
    public let weeks: Set<String>?
    public let known: CivilDate
    public let act: Act
    /// Whether the days are open again, as far as this calendar goes.
    public let takesBack: Bool

    public init(
        days: Days, name: LocalizedText, weeks: Set<String>? = nil, known: CivilDate, act: Act,
        takesBack: Bool = false
    ) {
        self.days = days
        self.name = name
        self.weeks = weeks
        self.known = known
        self.act = act
        self.takesBack = takesBack
    }
}

extension CalendarBook {
    /// This calendar with the closed days of a region or an office.
    public func extended(by local: CalendarExtension) -> CalendarBook {
        CalendarBook(
            id: local.id, title: local.title, zone: zone, years: years, weeks: weeks,
            substitution: substitution, holidays: holidays, movable: movable, computed: computed,
            transfers: transfers, shortened: shortened, local: local)
    }

    /// The closed days of one kind of week as known on a day, the one known last first.
    func closed(of week: String, asKnownOn known: CivilDate) -> [ClosedDays] {
        let all = local?.closed ?? []
        return all.indices.filter {
            all[$0].known <= known && all[$0].weeks?.contains(week) ?? true
        }.sorted { (all[$1].known, $1) < (all[$0].known, $0) }.map { all[$0] }
    }

    /// The entries of the extension, by their places, that close no day in any week when they became
    /// known, or take back none.
    public func idleClosedDays() -> [Int] {
        guard let local else { return [] }
        return local.closed.indices.filter { index in
            let entry = local.closed[index]
            guard case .date(let date) = entry.days else { return false }
            let observed = observedHolidays(asKnownOn: entry.known)
            return !weeks.contains { week in
                guard entry.weeks?.contains(week.id) ?? true else { return false }
                var days = placement(week, observed, asKnownOn: entry.known)
                days.apply(transfers(asKnownOn: entry.known))
                let earlier = closed(of: week.id, asKnownOn: entry.known).filter {
                    $0.known < entry.known
                }
                let isClosed = earlier.first { $0.days.contains(date) }?.takesBack == false
                return days.works(on: date) && isClosed == entry.takesBack
            }
        }
    }
}

extension DayPlacement {
    func works(on date: CivilDate) -> Bool {
        let day = first.days(until: date)
        return days.indices.contains(day) && statuses[Int(days[day])].isWorking
    }

    /// Closes working days; of the entries, the first that speaks of a day holds.
    mutating func close(_ entries: [ClosedDays], by calendar: LocalizedText) {
        guard !entries.isEmpty else { return }
        for day in days.indices where statuses[Int(days[day])].isWorking {
            let date = first.adding(days: day)!
            guard let entry = entries.first(where: { $0.days.contains(date) }), !entry.takesBack
            else { continue }
            close(
                day,
                DayStatus(
                    kind: .holiday, name: entry.name, act: entry.act, counterpart: nil,
                    closedBy: calendar))
        }
    }
}
