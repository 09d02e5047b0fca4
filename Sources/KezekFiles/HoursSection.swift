// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays
import Yams

/// Reads a book of hours: of a kind of office in a standard, or of one office.
enum HoursSection {
    /// The hours of a map; or of a list of times, which are those of every working day.
    static func book(_ field: Field) throws(FileFault) -> HoursBook {
        if case .sequence = field.node {
            return HoursBook(everyWorkingDay: try field.openingHours())
        }
        var fields = try field.fields()
        let base = try schedule(&fields)
        let changeField = fields.optional("changes")
        var changes: [HoursBook.Change] = []
        for item in try changeField?.items() ?? [] { changes.append(try change(item)) }
        let dateField = fields.optional("dates")
        var dates: [HoursBook.Dated] = []
        for item in try dateField?.items() ?? [] { dates.append(try dated(item)) }
        try fields.finish()
        let book = HoursBook(base: base, changes: changes, dates: dates)
        if let fault = book.faults().first {
            throw field.inner(fault.field).fault(fault.problem)
        }
        return book
    }

    /// A week and its seasons, with the lunch break that is taken out of each of their days.
    private static func schedule(_ fields: inout Fields) throws(FileFault) -> HoursBook.Schedule {
        let weekField = try fields.required("week")
        let lunch = try fields.optional("lunch").map {
            (field) throws(FileFault) in try field.interval()
        }
        let week = try week(weekField, lunch)
        var seasons: [HoursBook.Season] = []
        for item in try fields.optional("seasons")?.items() ?? [] {
            seasons.append(try season(item, lunch))
        }
        return HoursBook.Schedule(week: week, seasons: seasons)
    }

    private static func season(
        _ field: Field, _ lunch: DayInterval?
    ) throws(FileFault) -> HoursBook.Season {
        var fields = try field.fields()
        let what: Phrase = "a day of the year as 06-01"
        let first: MonthDay = try fields.required("from").value(what)
        let last: MonthDay = try fields.required("to").value(what)
        let own = try fields.optional("lunch").map {
            (field) throws(FileFault) in try field.interval()
        }
        let week = try week(fields.required("week"), own ?? lunch)
        let act = try fields.optional("act").map {
            (field) throws(FileFault) in try field.officeText()
        }
        try fields.optional("note")?.note()
        try fields.finish()
        return HoursBook.Season(first: first, last: last, week: week, act: act)
    }

    /// A list of times, those of every working day; or the times of each weekday, as `monday` or
    /// `monday-friday`.
    private static func week(_ field: Field, _ lunch: DayInterval?) throws(FileFault) -> WeekHours {
        if case .sequence = field.node {
            return .everyWorkingDay(try field.openingHours(without: lunch))
        }
        var table: [Weekday: OpeningHours] = [:]
        var named: Set<Weekday> = []
        for (key, value) in try field.entries() {
            for weekday in try weekdays(key, value) {
                guard named.insert(weekday).inserted else {
                    throw value.fault("expected each weekday once")
                }
                // No times are those of a weekday on which it is closed.
                if case .sequence(let items) = value.node, items.isEmpty { continue }
                table[weekday] = try value.openingHours(without: lunch)
            }
        }
        guard !table.isEmpty else {
            throw field.fault("expected at least one weekday that is open")
        }
        return .weekdays(table)
    }

    private static func weekdays(_ key: String, _ field: Field) throws(FileFault) -> [Weekday] {
        let names = key.split(separator: "-", omittingEmptySubsequences: false)
        guard names.count <= 2, let first = Weekday(name: names[0]),
            let last = Weekday(name: names[names.count - 1]), first.rawValue <= last.rawValue
        else { throw field.fault("expected a weekday, monday to sunday, or as monday-friday") }
        return Weekday.allCases.filter {
            first.rawValue <= $0.rawValue && $0.rawValue <= last.rawValue
        }
    }

    private static func change(_ field: Field) throws(FileFault) -> HoursBook.Change {
        var fields = try field.fields()
        let from = try fields.required("from").date()
        let known = try fields.required("known").date()
        let act = try fields.required("act").officeText()
        let isTakenBack = try takesBack(&fields)
        let schedule = isTakenBack ? nil : try schedule(&fields)
        try fields.optional("note")?.note()
        try fields.finish()
        return HoursBook.Change(from: from, known: known, schedule: schedule, act: act)
    }

    private static func dated(_ field: Field) throws(FileFault) -> HoursBook.Dated {
        var fields = try field.fields()
        let date = try fields.required("date").date()
        let known = try fields.required("known").date()
        let act = try fields.required("act").officeText()
        var hours = HoursBook.Dated.Hours.takenBack
        if try !takesBack(&fields) {
            let field = try fields.required("hours")
            let isClosed = try field.items().isEmpty
            hours = isClosed ? .closed : .open(try field.openingHours())
        }
        try fields.optional("note")?.note()
        try fields.finish()
        return HoursBook.Dated(date: date, known: known, hours: hours, act: act)
    }

    private static func takesBack(_ fields: inout Fields) throws(FileFault) -> Bool {
        try fields.optional("status")?.word(["in-force": false, "taken-back": true]) ?? false
    }
}

extension Field {
    /// One or more times in rising order, with gaps between them, and without a lunch break.
    fileprivate func openingHours(without lunch: DayInterval? = nil) throws(FileFault)
        -> OpeningHours
    {
        var intervals: [DayInterval] = []
        for item in try items() { intervals.append(try item.interval()) }
        guard let hours = OpeningHours(intervals) else {
            throw fault("expected one or more times in rising order, with gaps between them")
        }
        try require(intervals.count, in: 1...HoursLimits.intervals, "entries")
        guard let lunch else { return hours }
        guard let rest = hours.without(lunch) else {
            throw fault("expected times beside the lunch break \(lunch)")
        }
        return rest
    }

    /// The field of a path below this one, such as `changes[1].known`, or what of the path is there.
    fileprivate func inner(_ path: String) -> Field {
        var found = self
        for part in path.split(separator: ".") {
            let names = part.split(whereSeparator: { $0 == "[" || $0 == "]" })
            guard let name = names.first else { break }
            found = found.member(String(name))
            if names.count > 1, let index = Int(names[1]), let items = try? found.items(),
                items.indices.contains(index)
            {
                found = items[index]
            }
        }
        return found
    }
}
