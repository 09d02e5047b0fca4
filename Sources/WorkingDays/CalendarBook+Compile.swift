// SPDX-License-Identifier: Apache-2.0

public import CivilTime

extension CalendarBook {
    /// The most years of a book; what lies beyond is not covered.
    ///
    /// The tables number days with sixteen bits: 150 years and more.
    public static let yearLimit = 150

    /// The working calendar of one kind of week as it was known on a day.
    ///
    /// Holidays first, then substitution in date order (Law of 13.12.2001 No. 267-II, art. 5: each
    /// collision takes the next day still working at that point), then transfers (Labour Code art.
    /// 85 p. 3), which act only where their source day rests in this week, then the days that a region or an office closes,
    /// then days made shorter. Of a transfer between a
    /// covered year and one that was not known yet, the half in the covered year counts.
    ///
    /// `supposition` takes one estimated day to be announced for another date. `ahead` goes on for so
    /// many years after the last that was published: in these the week and the holidays on fixed days
    /// stand, and what was known of other days; so what is reckoned there is provisional.
    ///
    /// - Throws: `unknownWeek` if the book has no such week; `yearNotPublished` if not even the
    ///   first year was known on that day.
    public func compile(
        week: String, asKnownOn known: CivilDate, supposing supposition: Supposition? = nil,
        ahead: Int = 0
    ) throws(CalendarError) -> WorkingCalendar {
        guard let pattern = weeks.first(where: { $0.id == week }) else {
            throw .unknownWeek(week, known: weeks.map(\.id))
        }
        return try compile([pattern], known, supposition, ahead)[0]
    }

    /// The working calendars of all kinds of week, in their order, as they were known on a day.
    ///
    /// - Throws: `yearNotPublished` if not even the first year was known on that day.
    public func compileAll(
        asKnownOn known: CivilDate, supposing supposition: Supposition? = nil, ahead: Int = 0
    ) throws(CalendarError) -> [WorkingCalendar] {
        try compile(weeks, known, supposition, ahead)
    }

    /// What is known is the same for each kind of week.
    private func compile(
        _ patterns: [WeekPattern], _ known: CivilDate, _ supposition: Supposition?, _ ahead: Int
    ) throws(CalendarError) -> [WorkingCalendar] {
        let (lastYear, missing) = lastCoveredYear(asKnownOn: known)
        guard lastYear >= years.lowerBound else {
            throw .yearNotPublished(year: years.lowerBound, calendar: id, missing: missing)
        }
        let placed = placedYears(ahead: ahead)
        let observed = observedHolidays(asKnownOn: known, supposing: supposition, in: placed)
        let estimates = observed.compactMap(\.estimate)
        let moves = transfers(asKnownOn: known)
        return patterns.map { pattern in
            var placement = placement(pattern, observed, asKnownOn: known, in: placed)
            placement.apply(moves)
            if let local {
                placement.close(closed(of: pattern.id, asKnownOn: known), by: local.title)
            }
            placement.shorten(shortenings(of: pattern.id, asKnownOn: known)) {
                isFixedHoliday($0, asKnownOn: known)
            }
            let days = placement.days(throughYear: min(lastYear + ahead, placed.upperBound))
            let covered = placement.first...placement.first.adding(days: days.count - 1)!
            return WorkingCalendar(
                calendar: id, week: pattern, asKnownOn: known, covered: covered, days: days,
                statuses: placement.statuses, weekRules: placement.rules, missingAfter: missing,
                bookYears: years, estimates: estimates.filter { $0.span.overlaps(covered) })
        }
    }

    /// The years that are placed: all of the book's, so that a transfer's day in a year that is not
    /// known yet is still told to rest or work as far as the week and the known holidays say.
    var placedYears: ClosedRange<Int> { placedYears(ahead: 0) }

    private func placedYears(ahead: Int) -> ClosedRange<Int> {
        let last = min(years.upperBound + ahead, years.lowerBound + Self.yearLimit - 1)
        return years.lowerBound...min(last, CivilDate.latest.year)
    }

    /// The last year up to which every movable holiday was known, and what the next one lacks.
    private func lastCoveredYear(
        asKnownOn known: CivilDate
    ) -> (year: Int, missing: CalendarError.Missing) {
        for year in placedYears {
            for holiday in movable where !holiday.isKnown(in: year, asKnownOn: known) {
                let since = holiday.firstKnown(in: year, missingOn: known)
                return (year - 1, .movableHoliday(holiday.name, since: since))
            }
        }
        return (placedYears.upperBound, .yearOutside(years))
    }

    /// One kind of week with its holidays and their substitutes, before any transfer.
    func placement(
        _ pattern: WeekPattern, _ observed: [ObservedHoliday], asKnownOn known: CivilDate,
        in years: ClosedRange<Int>? = nil
    ) -> DayPlacement {
        var placement = DayPlacement(
            rules: pattern.rules(asKnownOn: known), years: years ?? placedYears)
        placement.place(observed)
        if let substitution { placement.substitute(observed, by: substitution) }
        return placement
    }

    /// Every holiday as known on a day, in date order; on one day fixed ones first.
    func observedHolidays(
        asKnownOn known: CivilDate, supposing supposition: Supposition? = nil,
        in years: ClosedRange<Int>? = nil
    ) -> [ObservedHoliday] {
        let placedYears = years ?? placedYears
        var found: [ObservedHoliday] = []
        for holiday in holidays {
            guard let version = holiday.versions.standing(asKnownOn: known) else { continue }
            for year in placedYears where version.holds(in: year) {
                guard let date = CivilDate(year: year, month: holiday.month, day: holiday.day)
                else { continue }
                found.append(
                    ObservedHoliday(
                        date: date, name: holiday.name, substituted: holiday.substituted,
                        act: holiday.versions.act(making: year, observedBy: version),
                        withinDays: nil))
            }
        }
        for holiday in computed {
            found += holiday.days(of: placedYears, asKnownOn: known)
        }
        for holiday in movable {
            for dated in holiday.days(asKnownOn: known)
            where dated.certainty != .takenBack
                && holiday.isObserved(in: dated.date.year, asKnownOn: known)
            {
                var withinDays: Int?
                if case .estimated(let days) = dated.certainty { withinDays = days }
                let observed = ObservedHoliday(
                    date: dated.date, name: holiday.name, substituted: holiday.substituted,
                    act: dated.act, withinDays: withinDays)
                found.append(supposition?.moved(observed) ?? observed)
            }
        }
        // Sorting may exchange equals, so the place among them is part of the order.
        return found.indices.sorted { (found[$0].date, $0) < (found[$1].date, $1) }
            .map { found[$0] }
    }
}

extension [Observance] {
    /// The version known last on that day; nil if none was known.
    func standing(asKnownOn day: CivilDate) -> Observance? {
        filter { $0.known <= day }.max { $0.known < $1.known }
    }

    /// The act that made the day a holiday in a year in which it is one by a version.
    ///
    /// A later act that lets it be one in that year, and ends or moves it in others, is no ground for it.
    func act(making year: Int, observedBy version: Observance) -> Act {
        let before = filter { $0.known < version.known }.sorted { $1.known < $0.known }
        return before.prefix { $0.holds(in: year) }.last?.act ?? version.act
    }
}

extension Observance {
    /// Whether the holiday is observed in the year.
    public func holds(in year: Int) -> Bool { firstYear <= year && year <= lastYear ?? year }
}
