// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

/// Reads a calendar book from its file.
///
/// `Calendars/README.md` explains the schema to a person.
enum CalendarFile {
    static func book(_ root: Field) throws(FileFaults) -> CalendarBook {
        let collector = FaultCollector()
        let book = collector.attempt { () throws(FileFault) in
            try read(root, collector)
        }
        try collector.finish()
        // Without a fault there is a book.
        return book!
    }

    private static func read(
        _ root: Field, _ collector: FaultCollector
    ) throws(FileFault) -> CalendarBook {
        var fields = try root.fields()
        let id = try fields.required("calendar").name()
        let title = try fields.required("title").localized()
        let zone = try fields.required("zone").text()
        let yearsField = try fields.required("years")
        let years = try yearRange(yearsField)
        guard let lastYear = years.last, lastYear - years.first < CalendarBook.yearLimit
        else {
            throw yearsField.fault("expected years as 2016-2027, at most 150")
        }
        let acts = try Acts(fields.required("acts"))
        let range = years.first...lastYear
        let weekFields = try fields.required("weeks").entries()
        let weeks = collector.each(weekFields) {
            (entry) throws(FileFault) in try week(entry.key, entry.value, acts, range)
        }
        guard !weeks.isEmpty || !collector.faults.isEmpty else {
            throw root.fault("weeks: expected at least one week")
        }
        var substitution: Act?
        if let field = fields.optional("substitution") {
            var inner = try field.fields()
            substitution = try acts.act(inner.required("act"))
            try inner.finish()
        }
        let movableItems = try fields.optional("movable")?.items() ?? []
        let entries = Entries(
            weeks: weekFields.map(\.value),
            holidays: try fields.optional("holidays")?.items() ?? [],
            movable: movableItems.filter { !$0.has("easter") },
            computed: movableItems.filter { $0.has("easter") },
            transfers: try fields.optional("transfers")?.items() ?? [])
        let holidays = collector.each(entries.holidays) { (field) throws(FileFault) in
            try holiday(field, acts)
        }
        let movable = collector.each(entries.movable) { (field) throws(FileFault) in
            try movableHoliday(field, acts, range)
        }
        let computed = collector.each(entries.computed) { (field) throws(FileFault) in
            try computedHoliday(field, acts)
        }
        let transfers = collector.each(entries.transfers) { (field) throws(FileFault) in
            try transfer(field, acts, range)
        }
        let shortenedItems = try fields.optional("shortened")?.items() ?? []
        let section = ShortenedSection(acts: acts, years: range, weeks: weeks.map(\.id))
        let shortened = collector.each(shortenedItems) { (field) throws(FileFault) in
            try section.entry(field)
        }
        try fields.finish()
        let book = CalendarBook(
            id: id, title: title, zone: zone, years: range, weeks: weeks,
            substitution: substitution, holidays: holidays, movable: movable, computed: computed,
            transfers: transfers, shortened: shortened)
        // Every state of knowledge is compiled over every year, for each week.
        let size = book.knownDates.count * range.count * weeks.count
        guard size <= sizeLimit else {
            throw yearsField.fault(
                "expected fewer years, weeks, or different 'known' days: their product is \(size), "
                    + "and at most \(sizeLimit)")
        }
        // The entries stand where the book has them only if none was left out.
        if collector.faults.isEmpty {
            entries.faults(of: book).forEach(collector.add)
            ShortenedSection.faults(shortened, shortenedItems).forEach(collector.add)
        }
        return book
    }

    /// The most states of knowledge times years times weeks of one calendar.
    static let sizeLimit = 24_000

    /// Years as `2016-2027`, or `2022-` without an end.
    static func yearRange(_ field: Field) throws(FileFault) -> (first: Int, last: Int?) {
        let what: Phrase = "years as 2016-2027 or 2022-"
        let parts = try field.text(what).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = year(parts[0]) else {
            throw field.fault("expected \(what)")
        }
        guard !parts[1].isEmpty else { return (first, nil) }
        guard let last = year(parts[1]), first <= last else {
            throw field.fault("expected \(what), the first not after the last")
        }
        return (first, last)
    }

    private static func year(_ text: Substring) -> Int? {
        guard text.utf8.count == 4, let year = Int(text), (1...9999).contains(year) else {
            return nil
        }
        return year
    }

    private static func holiday(_ field: Field, _ acts: Acts) throws(FileFault) -> FixedHoliday {
        var fields = try field.fields()
        let id = try fields.required("id").name()
        let name = try fields.required("name").localized()
        let dateField = try fields.required("date")
        // A leap year, so that a holiday on 29 February is possible.
        guard let date = CivilDate("2000-\(try dateField.text())") else {
            throw dateField.fault("expected a day of the year as MM-DD")
        }
        let substituted = try fields.required("substituted").bool()
        let versions = try versions(fields.required("versions"), acts)
        try fields.finish()
        return FixedHoliday(
            id: id, name: name, month: date.month, day: date.day, substituted: substituted,
            versions: versions)
    }

    private static func transfer(
        _ field: Field, _ acts: Acts, _ years: ClosedRange<Int>
    ) throws(FileFault) -> Transfer {
        var fields = try field.fields()
        let working = try fields.required("working")
        let rest = try fields.required("rest")
        let transfer = Transfer(
            becomesWorking: try working.date(), becomesRest: try rest.date(),
            known: try fields.required("known").date(), act: try acts.act(fields.required("act")),
            takesBack: try fields.optional("status")?.word([
                "in-force": false, "taken-back": true,
            ]) ?? false)
        try fields.optional("note")?.note()
        try fields.finish()
        guard transfer.becomesWorking != transfer.becomesRest else {
            throw rest.fault(
                "expected another day than 'working', with which it changes places")
        }
        for (field, date) in [
            (working, transfer.becomesWorking), (rest, transfer.becomesRest),
        ] where !years.contains(date.year) {
            throw field.fault("expected a day of \(years.lowerBound)-\(years.upperBound)")
        }
        return transfer
    }
}

/// The acts of a file by the keys under which its entries cite them.
struct Acts {
    private let byKey: [String: Act]

    init(_ field: Field) throws(FileFault) {
        var byKey: [String: Act] = [:]
        for (key, value) in try field.entries() {
            var fields = try value.fields()
            let title = try fields.required("title").localized()
            let date = try fields.optional("date")?.date()
            try fields.optional("note")?.note()
            try fields.finish()
            byKey[key] = Act(title: title, date: date)
        }
        self.byKey = byKey
    }

    func act(_ field: Field) throws(FileFault) -> Act {
        guard let act = byKey[try field.text()] else {
            throw field.fault("expected the key of an act in 'acts'")
        }
        return act
    }
}
