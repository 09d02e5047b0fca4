// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
public import Queue
import Texts
import WorkingDays

extension OfficeFile {
    /// The file of an office; reading it gives the same office.
    public static func write(_ office: QueueOffice) -> String {
        var lines = ["office: \(YAMLText.name(office.id.description))"]
        lines += YAMLText.block("title", office.title)
        if office.address != .empty { lines += YAMLText.block("address", office.address) }
        lines.append("standard: \(YAMLText.name(office.standard))")
        lines.append("kind: \(YAMLText.name(office.kind))")
        if !office.zone.isEmpty { lines.append("zone: \(office.zone)") }
        if !office.calendar.isEmpty {
            lines.append("calendar: \(YAMLText.name(office.calendar))")
        }
        if let hours = office.hours { lines += HoursWriter.block(hours) }
        lines.append("services:")
        lines += office.services.flatMap(service)
        lines.append(office.windows.isEmpty ? "windows: {}" : "windows:")
        lines += office.windows.flatMap(window)
        if !office.exceptions.isEmpty {
            lines.append("exceptions:")
            lines += office.exceptions.map(exception)
        }
        if !office.closures.isEmpty {
            lines.append("closures:")
            lines += office.closures.flatMap(closure)
        }
        lines += rules(office.rules)
        lines += self.lines(office.reception ?? .standard)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func service(_ service: QueueService) -> [String] {
        var lines = [
            "  \(YAMLText.name(service.id.description)):",
            // A quoted letter is a text for every reader of YAML, N and Y too.
            "    letter: \"\(Character(UnicodeScalar(service.letter)))\"",
        ]
        if let minutes = service.minutes { lines.append("    minutes: \(minutes)") }
        return lines + YAMLText.block("title", service.title, indent: "    ")
    }

    private static func window(_ window: QueueWindow) -> [String] {
        let services = window.services.map { YAMLText.name($0.description) }
        var lines = [
            "  \"\(window.id)\":", "    services: [\(services.joined(separator: ", "))]",
        ]
        if !window.breaks.isEmpty { lines.append("    breaks: \(hours(window.breaks))") }
        if !window.roster.isEmpty {
            lines.append("    roster:")
            for weekday in Weekday.allCases {
                guard let intervals = window.roster[weekday] else { continue }
                lines.append("      \(weekday.name): \(hours(intervals))")
            }
        }
        return lines
    }

    private static func exception(_ exception: RosterException) -> String {
        "  - {date: \(exception.date), window: \"\(exception.window)\", "
            + "hours: \(hours(exception.hours))}"
    }

    private static func closure(_ closure: Closure) -> [String] {
        var lines = ["  - date: \(closure.date)"]
        if let interval = closure.hours {
            lines.append("    hours: \"\(interval.start)-\(interval.end)\"")
        }
        guard closure.reason != .empty else { return lines }
        return lines + YAMLText.block("reason", closure.reason, indent: "    ")
    }

    private static func hours(_ intervals: [DayInterval]) -> String {
        "[\(intervals.map { "\"\($0.start)-\($0.end)\"" }.joined(separator: ", "))]"
    }

    private static func rules(_ rules: QueueRules) -> [String] {
        func duration(_ name: String, _ seconds: Int32) -> String {
            seconds % 60 == 0
                ? "  \(name)-minutes: \(seconds / 60)" : "  \(name)-seconds: \(seconds)"
        }
        return [
            "queue:", duration("hold", rules.holdSeconds), duration("grace", rules.graceSeconds),
            duration("lead", rules.leadSeconds), "  horizon-days: \(rules.horizonDays)",
            duration("rerelease", rules.rereleaseSeconds),
            "  slot-minutes: \(rules.slotMinutes)", "  portal-percent: \(rules.portalPercent)",
            "  kiosk-percent: \(rules.kioskPercent)", "  calls: \(rules.callLimit)",
        ] + (rules.furtherServices > 0 ? ["  further-services: \(rules.furtherServices)"] : [])
    }
}
