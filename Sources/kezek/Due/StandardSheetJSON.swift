// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import ServiceStandards
import Texts
import WorkingDays

/// A service standard whole, as JSON; its texts are in one language.
struct StandardSheetJSON {
    let standard: ServiceStandard
    let weeks: [WeekPattern]
    /// Whose documents are told; nil for everybody's.
    let group: ApplicantGroup?
    let language: Language

    var json: JSONObject {
        [
            "id": standard.id, "title": standard.title[language],
            "act": standard.act.title[language], "actDate": standard.act.date?.description,
            "provider": standard.provider[language], "calendar": standard.calendar,
            "zone": standard.zone, "channels": standard.channels.map(clock),
            "terms": standard.eventTerms.map(clock), "offices": standard.offices.map(office),
            "keeping": standard.keeping.map(keeping),
            "groups": standard.groups.map {
                ["id": $0.id, "title": $0.title[language]] as JSONObject
            }, "group": group?.id, "documents": documents,
            "refusals": standard.refusals.map(ground),
            "homeVisit": standard.homeVisit.map(visit),
            "provisions": standard.provisions.map(provision),
            "policies": standard.policies.map(policy),
        ]
    }

    private func clock(_ channel: Channel) -> JSONObject {
        let rule = channel.termRule
        return [
            "id": channel.id, "title": channel.title[language], "event": channel.event?[language],
            "length": rule.term.length, "unit": "\(rule.term.unit)",
            "term": language.term(channel),
            "rule": rule.rule.description, "firstDayCounts": rule.term.firstDay == .counted,
            "firstDayRule": rule.firstDayRule?.description, "week": rule.week,
            "roll": roll(rule.term), "office": channel.office,
            "policies": channel.policies,
            "intake": channel.intake == .receptionHours ? nil : channel.intake.rawValue,
            "warnings": channel.warnings.isEmpty ? nil : channel.warnings,
            "stages": channel.isSimple ? nil : channel.stages.map(stage),
        ]
    }

    private func roll(_ term: Term) -> String? {
        term.unit.isOfCalendarDays ? "\(term.roll)" : nil
    }

    private func stage(_ stage: Channel.Stage) -> JSONObject {
        [
            "title": stage.title?[language], "office": stage.office, "choice": "\(stage.choice)",
            "terms": stage.rules.map(term),
        ]
    }

    private func term(_ rule: Channel.TermRule) -> JSONObject {
        [
            "length": rule.term.length, "unit": "\(rule.term.unit)",
            "term": language.term(rule.term), "rule": rule.rule.description,
            "firstDayCounts": rule.term.firstDay == .counted,
            "firstDayRule": rule.firstDayRule?.description, "week": rule.week,
            "roll": roll(rule.term), "policies": rule.policies,
        ]
    }

    private func office(_ office: Office) -> JSONObject {
        let rest = weeks.first { $0.id == office.week }?.restDays ?? []
        return [
            "id": office.id, "title": office.title[language], "rule": office.rule.description,
            "week": office.week,
            "restDays": Weekday.allCases.filter(rest.contains).map(\.name),
            "work": hours(office.work), "reception": hours(office.reception),
            "pause": office.pause?[language], "queue": office.queue.policy.rawValue,
            "queueRule": office.queue.rule.description,
            "bookingRule": office.queue.bookingRule?.description,
            "longestWait": office.longestWait.map(limit),
            "longestService": office.longestService.map(limit),
        ]
    }

    private func hours(_ hours: Office.Hours) -> JSONObject {
        [
            "open": hours.open.onlyHours?.intervals.map(\.description),
            "book": hours.open.onlyHours == nil
                ? HoursJSON(language: language).book(hours.open) : nil,
            "rule": hours.rule.description,
        ]
    }

    private func limit(_ limit: Office.Limit) -> JSONObject {
        ["minutes": limit.minutes, "rule": limit.rule.description]
    }

    private func keeping(_ kept: Keeping) -> JSONObject {
        [
            "office": kept.office, "storage": kept.storage, "from": kept.from.rawValue,
            "policy": kept.policy, "redelivery": kept.redelivery,
        ]
    }

    private var documents: [JSONObject] {
        standard.documents.filter { group.map(\.id).map($0.groups.contains) ?? true }.map { paper in
            [
                "id": paper.id, "title": paper.title[language], "rule": paper.rule.description,
                "shown": paper.form.rawValue, "givenBack": paper.givenBack,
                "required": paper.required.rawValue,
                "groups": standard.groups.map(\.id).filter(paper.groups.contains),
            ]
        }
    }

    private func ground(_ ground: RefusalGround) -> JSONObject {
        [
            "id": ground.id, "at": ground.at.rawValue, "text": ground.text[language],
            "rule": ground.rule.description,
        ]
    }

    private func visit(_ visit: HomeVisit) -> JSONObject {
        [
            "phones": visit.phones, "text": visit.text[language], "rule": visit.rule.description,
        ]
    }

    private func provision(_ provision: Provision) -> JSONObject {
        [
            "topic": provision.topic, "text": provision.text[language],
            "rule": provision.rule.description,
        ]
    }

    private func policy(_ policy: Policy) -> JSONObject {
        [
            "name": policy.name, "value": policy.value, "options": policy.options,
            "text": policy.text[language], "rule": policy.rule?.description,
        ]
    }
}
