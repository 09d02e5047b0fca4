// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

/// Reads the days of a calendar that acts make shorter.
struct ShortenedSection {
    let acts: Acts
    let years: ClosedRange<Int>
    let weeks: [String]

    func entry(_ field: Field) throws(FileFault) -> ShortenedDays {
        var fields = try field.fields()
        let before = fields.optional("before-holidays")
        let dateField = fields.optional("date")
        let days: ShortenedDays.Days
        if let before {
            if let dateField { throw dateField.fault("expected none beside 'before-holidays'") }
            let span = try CalendarFile.yearRange(before)
            days = .beforeHolidays(firstYear: span.first, lastYear: span.last)
        } else {
            guard let dateField else { throw field.fault("the field '\("date")' is missing") }
            let date = try dateField.date()
            guard years.contains(date.year) else {
                throw dateField.fault("expected a day of \(years.lowerBound)-\(years.upperBound)")
            }
            days = .date(date)
        }
        var named: Set<String>?
        if let field = fields.optional("weeks") {
            var found: Set<String> = []
            for item in try field.items() {
                let week = try item.text()
                guard weeks.contains(week) else {
                    throw item.fault("expected one of \(weeks.joined(separator: ", "))")
                }
                found.insert(week)
            }
            named = found
        }
        let entry = ShortenedDays(
            days: days, weeks: named, minutes: try fields.required("minutes").number(0...1440),
            known: try fields.required("known").date(), act: try acts.act(fields.required("act")))
        try fields.optional("note")?.note()
        try fields.finish()
        return entry
    }

    /// Entries that speak of the same days and became known on the same day.
    static func faults(_ entries: [ShortenedDays], _ fields: [Field]) -> [FileFault] {
        entries.indices.compactMap { index in
            let other = entries[..<index].firstIndex { one in
                one.known == entries[index].known && one.days == entries[index].days
                    && (one.weeks == nil || entries[index].weeks == nil
                        || !one.weeks!.isDisjoint(with: entries[index].weeks!))
            }
            return other.map {
                fields[index].member("known").fault(
                    "expected a 'known' day of its own; \(fields[$0].place) speaks of the same days"
                )
            }
        }
    }
}
