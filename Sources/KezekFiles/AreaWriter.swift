// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import HomeVisits
import Parties
import WorkingDays

extension AreaFile {
    /// The file of an area; reading it gives the same area.
    public static func write(_ area: VisitArea) -> String {
        var lines = ["area: \(YAMLText.name(area.id.description))"]
        lines += YAMLText.block("title", area.title)
        lines.append("standard: \(YAMLText.name(area.standard))")
        lines.append("kind: \(YAMLText.name(area.kind))")
        if !area.zone.isEmpty { lines.append("zone: \(area.zone)") }
        lines += [
            "home:", "  longitude: \(Degrees.text(area.home.longitude))",
            "  latitude: \(Degrees.text(area.home.latitude))",
        ]
        if !area.needs.isEmpty { lines.append("needs:") }
        for need in area.needs {
            lines.append("  \(YAMLText.name(need.id.description)):")
            lines += YAMLText.block("title", need.title, indent: "    ")
        }
        lines.append("crews:")
        lines += area.crews.flatMap(crew)
        if !area.duties.isEmpty { lines.append("duties:") }
        for duty in area.duties {
            lines.append(
                "  - {member: \(YAMLText.name(duty.member.description)), date: \(duty.date)}")
        }
        lines.append("rules:")
        for bound in VisitRules.bounds {
            lines.append("  \(bound.name): \(area.rules[keyPath: bound.value])")
        }
        lines.append("  lunch: \(hours(area.rules.lunch))")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func crew(_ crew: VisitArea.Crew) -> [String] {
        var lines = [
            "  \(YAMLText.name(crew.id.description)):", "    members: \(list(crew.members))",
        ]
        if !crew.needs.isEmpty { lines.append("    needs: \(list(crew.needs))") }
        if !crew.weekdays.isEmpty {
            let names = Weekday.allCases.filter { crew.weekdays.contains($0) }.map(\.name)
            lines.append("    weekdays: [\(names.joined(separator: ", "))]")
        }
        if let interval = crew.hours { lines.append("    hours: \(hours(interval))") }
        if crew.profile != .car { lines.append("    profile: \(crew.profile.name)") }
        return lines
    }

    private static func list(_ names: [some CustomStringConvertible]) -> String {
        "[\(names.map { YAMLText.name($0.description) }.joined(separator: ", "))]"
    }

    private static func hours(_ interval: DayInterval) -> String {
        "\"\(interval.start)-\(interval.end)\""
    }
}
