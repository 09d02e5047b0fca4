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
        ]
    }
}

/// Texts as they stand in a YAML file.
private enum YAMLText {
    /// A text in three languages, below its field.
    static func block(_ field: String, _ text: LocalizedText, indent: String = "") -> [String] {
        ["\(indent)\(field):"]
            + Language.allCases.map { "\(indent)  \($0): \(quoted(text[$0]))" }
    }

    /// A name, quoted only if it might be taken for something else.
    static func name(_ name: String) -> String {
        let isPlain = name.utf8.first.map { (97...122).contains($0) } ?? false
        return isPlain ? name : quoted(name)
    }

    /// A text between double quotes, with everything escaped that YAML does not take as it is.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: result += "\\\(scalar)"
            case 0x0A: result += "\\n"
            case 0x09: result += "\\t"
            // A star before a word might be taken for an alias.
            case 0x2A, 0x00..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
