// SPDX-License-Identifier: Apache-2.0

public import CivilTime

extension CalendarBook {
    /// The most years of a book; what lies beyond is not covered.
    public static let yearLimit = 150

    /// The working calendar of one kind of week as it was known on a day.
    ///
    /// Holidays first, then substitution in date order (Law of 13.12.2001 No. 267-II, art. 5: each
    /// collision takes the next day still working at that point), then transfers (Labour Code art.
    /// 85 p. 3), which act only where their source day rests in this week.
    ///
    /// `supposition` takes one estimated day to be announced for another date.
    ///
    /// - Throws: `unknownWeek` if the book has no such week; `yearNotPublished` if not even the
    ///   first year was known on that day.
    public func compile(
        week: String, asKnownOn known: CivilDate, supposing supposition: Supposition? = nil
    ) throws(CalendarError) -> WorkingCalendar {
        guard let pattern = weeks.first(where: { $0.id == week }) else {
            throw .unknownWeek(week, known: weeks.map(\.id))
        }
        // The tables number days with sixteen bits: 150 years and more.
        var lastYear = min(years.upperBound, years.lowerBound + Self.yearLimit - 1)
        var missing = CalendarError.Missing.yearOutside(years)
        search: for year in years.lowerBound...lastYear {
            for holiday in movable where holiday.day(in: year, asKnownOn: known) == nil {
                let since = holiday.dates.filter { $0.date.year == year }.map(\.known).min()
                missing = .movableHoliday(holiday.name, since: since)
                lastYear = year - 1
                break search
            }
        }
        guard lastYear >= years.lowerBound else {
            throw .yearNotPublished(year: years.lowerBound, calendar: id, missing: missing)
        }
        var placement = DayPlacement(pattern: pattern, years: years.lowerBound...lastYear)
        let observed = observedHolidays(
            years: years.lowerBound...lastYear, asKnownOn: known, supposition)
        placement.place(observed)
        if let substitution { placement.substitute(observed, by: substitution) }
        placement.apply(transfers.filter { $0.known <= known })
        return WorkingCalendar(
            calendar: id, week: pattern, asKnownOn: known, placement: placement,
            missingAfter: missing, bookYears: years,
            estimates: observed.compactMap(\.estimate))
    }

    /// Every holiday of these years, in date order.
    private func observedHolidays(
        years: ClosedRange<Int>, asKnownOn known: CivilDate, _ supposition: Supposition?
    ) -> [ObservedHoliday] {
        var found: [ObservedHoliday] = []
        for year in years {
            for holiday in holidays {
                guard let version = holiday.version(asKnownOn: known),
                    year >= version.firstYear, year <= version.lastYear ?? .max,
                    let date = CivilDate(year: year, month: holiday.month, day: holiday.day)
                else { continue }
                found.append(
                    ObservedHoliday(
                        date: date, name: holiday.name, substituted: holiday.substituted,
                        act: version.act, withinDays: nil))
            }
            for holiday in movable {
                guard let dated = holiday.day(in: year, asKnownOn: known) else { continue }
                var withinDays: Int?
                if case .estimated(let days) = dated.certainty { withinDays = days }
                let observed = ObservedHoliday(
                    date: dated.date, name: holiday.name, substituted: holiday.substituted,
                    act: dated.act, withinDays: withinDays)
                found.append(supposition?.moved(observed) ?? observed)
            }
        }
        return found.sorted { $0.date < $1.date }
    }
}

extension FixedHoliday {
    /// The version known last on that day; nil if none was known.
    func version(asKnownOn day: CivilDate) -> Version? {
        versions.filter { $0.known <= day }.max { $0.known < $1.known }
    }
}

extension MovableHoliday {
    /// The holiday's day in a year as it was known on a day; nil if it was not known.
    func day(in year: Int, asKnownOn day: CivilDate) -> Dated? {
        dates.filter { $0.known <= day && $0.date.year == year }.max { $0.known < $1.known }
    }
}
