// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts

extension ProductionCalendar {
    /// `<calendar year= country=>` with `<days><day d="MM.DD" t="1|2|3"/></days>`.
    ///
    /// Saturdays and Sundays rest unless their `t` is 2 or 3; every other day works unless its `t` is 1.
    /// Holidays' names and other attributes are passed over.
    init(xml bytes: [UInt8], year asked: Int?) throws(Fault) {
        var reader = XMLSubset(bytes)
        guard let root = try reader.next(), root.name == "calendar", root.depth == 0 else {
            throw Fault(line: reader.line, problem: "expected <calendar>")
        }
        let year = try Self.year(of: root, asked)
        let first = Self.firstDay(of: year)!
        var days: [Day] = (0..<Self.length(of: year)).map { offset in
            let weekday = first.adding(days: offset)?.weekday
            return weekday == .saturday || weekday == .sunday ? .rest : .working
        }
        var told: Set<CivilDate> = []
        var isInDays = false
        while let element = try reader.next() {
            if element.depth == 1 { isInDays = element.name == "days" }
            guard element.depth == 2, isInDays, element.name == "day" else { continue }
            let (date, day) = try Self.day(element, year)
            guard told.insert(date).inserted else {
                throw Fault(line: element.line, problem: "expected the day \(date) once")
            }
            days[first.days(until: date)] = day
        }
        guard !told.isEmpty else {
            throw Fault(line: reader.line, problem: "expected days in <days>")
        }
        self.init(
            form: .xmlcalendar, year: year, country: root["country"]?.lowercased(), days: days)
    }

    private static func year(of root: XMLSubset.Element, _ asked: Int?) throws(Fault) -> Int {
        guard let text = root["year"] else {
            guard let asked, firstDay(of: asked) != nil else {
                throw Fault(line: root.line, problem: "expected a 'year' of <calendar>, or --year")
            }
            return asked
        }
        guard text.utf8.count == 4, let year = number(text[...]), firstDay(of: year) != nil else {
            throw Fault(line: root.line, problem: "expected a 'year' as 2026, found '\(text)'")
        }
        guard asked == nil || asked == year else {
            throw Fault(line: root.line, problem: "expected the year \(asked!), found \(year)")
        }
        return year
    }

    /// A number of digits alone.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int(text) : nil
    }

    private static func day(
        _ element: XMLSubset.Element, _ year: Int
    ) throws(Fault) -> (CivilDate, Day) {
        let text = element["d"] ?? ""
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count == 5, parts.count == 2, let month = number(parts[0]),
            let day = number(parts[1]), let date = CivilDate(year: year, month: month, day: day)
        else {
            throw Fault(
                line: element.line,
                problem: "expected 'd', a day of \(year) as MM.DD, found '\(text)'")
        }
        switch element["t"] {
        case "1": return (date, .rest)
        case "2": return (date, .shortened)
        case "3": return (date, .working)
        case let type:
            throw Fault(
                line: element.line,
                problem: "expected 't' of the day \(date) to be 1, 2 or 3, found '\(type ?? "")'")
        }
    }
}
