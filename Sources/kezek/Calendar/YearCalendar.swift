// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries

/// The days of a year that are not as the week has them, as iCalendar (RFC 5545).
struct YearCalendar {
    let answer: CalendarDaysAnswer
    let name: CalendarOptions

    var text: String {
        let escaped = ICalendarText.escaped
        // The stamp is the day since which this is known, so the same knowledge gives the same file
        // whenever it is exported.
        let stamp = ICalendarText.digits(answer.knownSince ?? answer.basis.asKnownOn)
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kezek//Working calendar//EN",
            "X-WR-CALNAME:\(escaped("\(name.calendar) \(name.week)"))",
        ]
        for (date, reason) in answer.dated
        where reason.kind != .working && reason.kind != .weeklyRest {
            guard let next = date.adding(days: 1) else { continue }
            lines += [
                "BEGIN:VEVENT", "UID:\(name.calendar)-\(name.week)-\(date)@kezek",
                "DTSTAMP:\(stamp)T000000Z",
                "DTSTART;VALUE=DATE:\(ICalendarText.digits(date))",
                "DTEND;VALUE=DATE:\(ICalendarText.digits(next))",
                "SUMMARY:\(escaped(reason.text))", "DESCRIPTION:\(escaped(reason.act))",
                // 3.8.1.11: what an estimate alone has put there may yet move.
                "STATUS:\(reason.isEstimate ? "TENTATIVE" : "CONFIRMED")",
                "CATEGORIES:\("\(reason.kind)".uppercased())", "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        return ICalendarText.make(lines + ["END:VCALENDAR"])
    }
}
