// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

extension CalendarFile {
    static func movableHoliday(
        _ field: Field, _ acts: Acts, _ years: ClosedRange<Int>
    ) throws(FileFault) -> MovableHoliday {
        var fields = try field.fields()
        let id = try fields.required("id").name()
        let name = try fields.required("name").localized()
        let substituted = try fields.required("substituted").bool()
        let versions =
            try fields.optional("versions").map { (field) throws(FileFault) in
                try CalendarFile.versions(field, acts)
            } ?? []
        let datesField = try fields.required("dates")
        var dates: [(field: Field, dated: MovableHoliday.Dated)] = []
        for item in try datesField.items() { dates.append((item, try dated(item, acts))) }
        try fields.finish()
        if let odd = dates.first(where: {
            ($0.dated.occurrence == nil) != (dates[0].dated.occurrence == nil)
        }) {
            throw odd.field.fault("expected 'occurrence' at every date of this holiday or at none")
        }
        let holiday = MovableHoliday(
            id: id, name: name, substituted: substituted, versions: versions,
            dates: dates.map(\.dated))
        let occurrences = Occurrences(holiday: holiday, list: datesField, dates: dates)
        try occurrences.check(years)
        return holiday
    }

    private static func dated(
        _ field: Field, _ acts: Acts
    ) throws(FileFault) -> MovableHoliday.Dated {
        enum Status { case announced, estimate, takenBack }
        var fields = try field.fields()
        let date = try fields.required("date").date()
        let occurrence = try fields.optional("occurrence")?.number(1...9999)
        let known = try fields.required("known").date()
        let status = try fields.required("status").word([
            "announced": Status.announced, "estimate": .estimate, "taken-back": .takenBack,
        ])
        let certainty: MovableHoliday.Certainty =
            switch status {
            case .announced: .announced
            case .estimate:
                .estimated(withinDays: try fields.required("within-days").number(1...31))
            case .takenBack: .takenBack
            }
        let act = try acts.act(fields.required("act"))
        try fields.optional("note")?.note()
        try fields.finish()
        return MovableHoliday.Dated(
            date: date, occurrence: occurrence, known: known, certainty: certainty, act: act)
    }
}

/// The occurrences of a movable holiday with the places of their dates in the file.
private struct Occurrences {
    let holiday: MovableHoliday
    let list: Field
    let dates: [(field: Field, dated: MovableHoliday.Dated)]

    /// Where the date stands.
    private func place(_ dated: MovableHoliday.Dated) -> Field {
        dates.first { $0.dated == dated }?.field ?? list
    }

    func check(_ years: ClosedRange<Int>) throws(FileFault) {
        for occurrence in holiday.occurrences {
            try checkSpread(occurrence)
            try checkHistory(occurrence.sorted { $0.known < $1.known })
        }
        try checkOrder()
        if let odd = dates.first(where: { !isEverObserved(in: $0.dated.date.year) }) {
            throw odd.field.member("date").fault(
                "expected a day of a year in which 'versions' have the holiday observed")
        }
        if let year = years.first(where: { year in
            holiday.isObserved(in: year, asKnownOn: .latest)
                && !dates.contains { $0.dated.date.year == year }
        }) {
            throw list.fault("expected a date for \(year); 'years' promises that year")
        }
        let observed = years.filter { holiday.isObserved(in: $0, asKnownOn: .latest) }
        if let first = observed.first, let last = observed.last, last - first < observed.count {
            try checkLunarYears(first...last)
        }
    }

    /// Dates too far from one another are not of one occurrence.
    private func checkSpread(_ occurrence: [MovableHoliday.Dated]) throws(FileFault) {
        let (first, last) = (occurrence[0], occurrence[occurrence.count - 1])
        let days = first.date.days(until: last.date)
        if first.occurrence != nil {
            guard days < LunarYear.days else {
                throw place(last).fault(
                    "expected another 'occurrence' than that of \(first.date), \(days) days before")
            }
        } else if days > MovableHoliday.reach {
            throw place(last).fault(
                "expected 'occurrence' at every date of this holiday, a number such as the lunar "
                    + "year: these dates from \(first.date) to \(last.date) lie too close together "
                    + "to tell which of them are of one occurrence")
        }
    }

    /// `versions` are in the order in which they became known.
    private func checkHistory(_ versions: [MovableHoliday.Dated]) throws(FileFault) {
        if versions[0].certainty == .takenBack {
            throw place(versions[0]).fault("expected a date known before, which this takes back")
        }
        for (before, this) in zip(versions, versions.dropFirst()) {
            guard before.known != this.known else {
                throw place(this).fault(
                    "expected a 'known' day of its own: two dates of one occurrence, "
                        + "\(before.date) and \(this.date), known from \(this.known) on contradict")
            }
            guard this.certainty == .takenBack else { continue }
            guard before.certainty != .takenBack else {
                throw place(this).fault("expected a date in force; this one is taken back already")
            }
            guard before.date == this.date else {
                throw place(this).fault(
                    "expected \(before.date), the date in force until then, which this takes back")
            }
        }
    }

    /// Whether some version has the holiday observed in a year.
    private func isEverObserved(in year: Int) -> Bool {
        holiday.versions.isEmpty || holiday.versions.contains { $0.holds(in: year) }
    }

    /// A later occurrence lies on later days.
    private func checkOrder() throws(FileFault) {
        let inOrder = holiday.occurrences.sorted {
            ($0[0].occurrence ?? 0, $0[0].date) < ($1[0].occurrence ?? 0, $1[0].date)
        }
        for (before, this) in zip(inOrder, inOrder.dropFirst()) {
            guard let number = before[0].occurrence, this[0].date <= before[before.count - 1].date
            else { continue }
            throw place(this[0]).fault(
                "expected a day after those of the occurrence \(number), "
                    + "which go to \(before[before.count - 1].date)")
        }
    }

    /// Where the days are lunar years apart, a year may have two, of which the second is easily
    /// forgotten.
    private func checkLunarYears(_ years: ClosedRange<Int>) throws(FileFault) {
        let days = holiday.occurrences.compactMap { $0.max { $0.known < $1.known }?.date }
        guard let missing = LunarYear.missingDay(among: days, in: years) else { return }
        throw list.fault(
            "expected a date about \(missing) too; the others lie lunar years apart, and "
                + "'years' promises \(missing.year)")
    }
}

/// The lunar year of 354 or 355 days, by which the days of a holiday may follow one another.
enum LunarYear {
    static let days = 354
    /// How far an announced day may put the next off.
    private static let slack = 4

    /// About which day one is missing among days that lie lunar years apart; nil if none is, or if
    /// they do not.
    static func missingDay(among days: [CivilDate], in years: ClosedRange<Int>) -> CivilDate? {
        let gaps = zip(days, days.dropFirst()).map { $0.days(until: $1) }
        let near = (LunarYear.days - slack)...(LunarYear.days + 1 + slack)
        guard let first = days.first, let last = days.last, gaps.contains(where: near.contains),
            gaps.allSatisfy({ near.contains($0) || $0 > near.upperBound + near.lowerBound / 2 })
        else { return nil }
        for (day, gap) in zip(days, gaps) where !near.contains(gap) {
            return day.adding(days: LunarYear.days)
        }
        // What would fall outside the years within the slack is not missed.
        func isWithin(_ day: CivilDate?) -> Bool { day.map { years.contains($0.year) } ?? false }
        if isWithin(first.adding(days: -LunarYear.days - slack)) {
            return first.adding(days: -LunarYear.days)
        }
        if isWithin(last.adding(days: LunarYear.days + slack)) {
            return last.adding(days: LunarYear.days)
        }
        return nil
    }
}
