// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

/// Reads the calendar of a region or an office, which adds closed days to another.
enum ExtensionFile {
    /// The most entries of one file.
    static let closedLimit = 1_000

    /// The name of the calendar that a file extends; nil for the calendar of a country.
    static func base(_ root: Field) -> Field? {
        root.has("extends") ? root.member("extends") : nil
    }

    /// The calendar of a file that extends one of these.
    static func book(
        _ root: Field, among countries: [CalendarBook]
    ) throws(FileFaults) -> CalendarBook {
        let field = root.member("extends")
        guard let wanted = try? field.text(),
            let country = countries.first(where: { $0.id == wanted })
        else {
            throw FileFaults(list: [
                field.fault(
                    "expected one of \(countries.map(\.id).sorted().joined(separator: ", "))")
            ])
        }
        return try book(root, of: country)
    }

    /// The calendar of a file that extends another.
    static func book(_ root: Field, of country: CalendarBook) throws(FileFaults) -> CalendarBook {
        let collector = FaultCollector()
        let book = collector.attempt { () throws(FileFault) in
            try read(root, country, collector)
        }
        try collector.finish()
        // Without a fault there is a book.
        return book!
    }

    private static func read(
        _ root: Field, _ country: CalendarBook, _ collector: FaultCollector
    ) throws(FileFault) -> CalendarBook {
        var fields = try root.fields()
        let id = try fields.required("calendar").name()
        let title = try fields.required("title").localized()
        let extends = try fields.required("extends").name()
        let acts = try Acts(fields.required("acts"))
        let list = try fields.required("closed")
        let items = try list.items()
        guard items.count <= closedLimit else {
            throw list.fault("expected at most \(closedLimit) entries")
        }
        let closed = collector.each(items) { (item) throws(FileFault) in
            try entry(item, acts, country)
        }
        try fields.finish()
        let book = country.extended(
            by: CalendarExtension(id: id, title: title, extends: extends, closed: closed))
        let size = book.knownDates.count * book.years.count * book.weeks.count
        guard size <= CalendarFile.sizeLimit else {
            throw list.fault(
                "expected fewer years, weeks, or different 'known' days: their product is \(size), "
                    + "and at most \(CalendarFile.sizeLimit)")
        }
        if collector.faults.isEmpty {
            contradictions(closed, items).forEach(collector.add)
            if collector.faults.isEmpty {
                for index in book.idleClosedDays() {
                    collector.add(idle(items[index], closed[index]))
                }
            }
        }
        return book
    }

    private static func entry(
        _ field: Field, _ acts: Acts, _ country: CalendarBook
    ) throws(FileFault) -> ClosedDays {
        var fields = try field.fields()
        let name = try fields.required("name").localized()
        let days: ClosedDays.Days
        if let dayField = fields.optional("day") {
            guard let day = MonthDay(try dayField.text()) else {
                throw dayField.fault("expected a day of the year as MM-DD")
            }
            if let date = fields.optional("date") { throw date.fault("expected none beside 'day'") }
            let years = try CalendarFile.yearRange(fields.required("years"))
            days = .yearly(day, firstYear: years.first, lastYear: years.last)
        } else {
            let dateField = try fields.required("date")
            let date = try dateField.date()
            guard country.years.contains(date.year) else {
                throw dateField.fault(
                    "expected a day of \(country.years.lowerBound)-\(country.years.upperBound)")
            }
            days = .date(date)
        }
        var weeks: Set<String>?
        if let weeksField = fields.optional("weeks") {
            let known = country.weeks.map(\.id)
            var found: Set<String> = []
            for item in try weeksField.items() {
                let week = try item.text()
                guard known.contains(week) else {
                    throw item.fault("expected one of \(known.joined(separator: ", "))")
                }
                found.insert(week)
            }
            weeks = found
        }
        let entry = ClosedDays(
            days: days, name: name, weeks: weeks, known: try fields.required("known").date(),
            act: try acts.act(fields.required("act")),
            takesBack: try fields.optional("status")?.word([
                "in-force": false, "taken-back": true,
            ]) ?? false)
        try fields.optional("note")?.note()
        try fields.finish()
        return entry
    }

    /// Entries of the same days that became known on the same day.
    private static func contradictions(
        _ entries: [ClosedDays], _ fields: [Field]
    ) -> [FileFault] {
        struct Key: Hashable {
            let known: CivilDate
            let days: ClosedDays.Days
        }
        var first: [Key: [Int]] = [:]
        return entries.indices.compactMap { index in
            let entry = entries[index]
            let key = Key(known: entry.known, days: entry.days)
            let other = first[key, default: []].first { other in
                guard let one = entries[other].weeks, let two = entry.weeks else { return true }
                return !one.isDisjoint(with: two)
            }
            first[key, default: []].append(index)
            return other.map {
                fields[index].member("known").fault(
                    "expected a 'known' day of its own; \(fields[$0].place) speaks of the same days"
                )
            }
        }
    }

    private static func idle(_ field: Field, _ entry: ClosedDays) -> FileFault {
        guard entry.takesBack else {
            return field.member("date").fault(
                "expected a day that works in some week, as known on \(entry.known)")
        }
        return field.member("status").fault(
            "expected a closed day in force to take back, known before \(entry.known)")
    }
}
