// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekVisitFiles
import KezekVisitPapers
import Visits

/// Day sheets as iCalendar (RFC 5545), in the time of the clock on the wall.
struct SheetCalendar {
    let sheets: [DaySheet]
    let words: SheetWords
    /// When the plan was made, in UTC; nil for the origin, so that the same plan gives the same file.
    let stamp: CivilDateTime?
    let origin: CivilDate
    /// What the file calls itself, such as its area; nil if it has no name.
    let name: String?

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kezek//Visits//EN", "CALSCALE:GREGORIAN",
            "X-WR-CALNAME:\(ICalendarText.escaped(words.title))",
        ]
        for sheet in sheets {
            var lunches = 0
            for line in sheet.lines {
                switch line.kind {
                case .start, .end: continue
                case .visit where line.isInVain: continue
                case .visit(let id): lines += event(line, "visit-\(id.number)", sheet)
                case .lunch:
                    lunches += 1
                    lines += event(line, "lunch-\(lunches)-\(sheet.crew)-\(sheet.date)", sheet)
                }
            }
        }
        return ICalendarText.make(lines + ["END:VCALENDAR"])
    }

    private func event(_ line: DaySheet.Line, _ name: String, _ sheet: DaySheet) -> [String] {
        let escaped = ICalendarText.escaped
        // A visit keeps its name whenever the plan is written, so that a calendar moves it. The numbers of
        // a file without a name mean something only together with its origin.
        let id = escaped("\(name)-\(self.name ?? "\(origin)")")
        let made = ICalendarText.digits(stamp ?? CivilDateTime(origin, .midnight)) + "Z"
        var lines = [
            "BEGIN:VEVENT", "UID:\(id)@kezek", "DTSTAMP:\(made)",
            "DTSTART:\(ICalendarText.digits(line.begins))",
            "DTEND:\(ICalendarText.digits(line.ends))",
            "SUMMARY:" + escaped("\(sheet.crew) · \(line.title(words))"),
        ]
        if !line.whereabouts.isEmpty { lines.append("LOCATION:" + escaped(line.whereabouts)) }
        if let point = line.coordinate {
            let degrees = [point.latitude, point.longitude].map { Coordinate.decimal($0) }
            lines.append("GEO:\(degrees[0]);\(degrees[1])")
        }
        let remarks = line.remarks(words, on: sheet.date)
        if !remarks.isEmpty {
            lines.append("DESCRIPTION:" + escaped(remarks.joined(separator: "\n")))
        }
        return lines + ["END:VEVENT"]
    }
}
