// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import WorkingDays

/// The description of an area, as JSON.
struct AreaJSON: Encodable {
    struct Need: Encodable {
        let need: String
        let title: [String: String]
    }

    struct Crew: Encodable {
        let crew: String
        let members: [String]
        let needs: [String]
        let weekdays: [String]
        let hours: String?
        let profile: String
    }

    struct Duty: Encodable {
        let member: String
        let date: String
    }

    let area: String
    let title: [String: String]
    let standard: String
    let kind: String
    let zone: String?
    let home: HomePointJSON
    let needs: [Need]
    let crews: [Crew]
    let duties: [Duty]
    /// The numbers by the names that they have in files.
    let rules: [String: Int]
    let lunch: String

    init(_ area: VisitArea) {
        self.area = area.id.description
        title = area.title.byLanguage
        standard = area.standard
        kind = area.kind
        zone = area.zone.isEmpty ? nil : area.zone
        home = HomePointJSON(area.home)
        needs = area.needs.map { Need(need: $0.id.description, title: $0.title.byLanguage) }
        crews = area.crews.map { crew in
            Crew(
                crew: crew.id.description, members: crew.members.map(\.description),
                needs: crew.needs.map(\.description),
                weekdays: Weekday.allCases.filter { crew.weekdays.contains($0) }.map(\.name),
                hours: crew.hours?.text, profile: crew.profile.name)
        }
        duties = area.duties.map {
            Duty(member: $0.member.description, date: $0.date.description)
        }
        rules = Dictionary(
            uniqueKeysWithValues: VisitRules.bounds.map {
                ($0.name, area.rules[keyPath: $0.value])
            })
        lunch = area.rules.lunch.text
    }
}
