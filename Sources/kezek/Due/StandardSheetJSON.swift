// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import ServiceStandards
import Texts
import WorkingDays

/// A service standard whole, as JSON; its texts are in one language.
struct StandardSheetJSON: Encodable {
    struct Clock: Encodable {
        let id: String
        let title: String
        let event: String?
        let length: Int
        let unit: String
        let term: String
        let rule: String
        let firstDayCounts: Bool
        let firstDayRule: String?
        let week: String?
        let roll: String?
        let office: String
        let policies: [String]
    }

    struct Hours: Encodable {
        let open: [String]
        let rule: String
    }

    struct Limit: Encodable {
        let minutes: Int
        let rule: String
    }

    struct OfficeKind: Encodable {
        let id: String
        let title: String
        let rule: String
        let week: String
        let restDays: [String]
        let work: Hours
        let reception: Hours
        let pause: String?
        let queue: String
        let queueRule: String
        let bookingRule: String?
        let longestWait: Limit?
        let longestService: Limit?
    }

    struct Kept: Encodable {
        let office: String
        let storage: String
        let from: String
        let policy: String?
        let redelivery: String?
    }

    struct Paper: Encodable {
        let id: String
        let title: String
        let rule: String
        let shown: String
        let givenBack: Bool
        let required: String
        let groups: [String]
    }

    struct Told: Encodable {
        let topic: String
        let text: String
        let rule: String
    }

    struct Ground: Encodable {
        let id: String
        let at: String
        let text: String
        let rule: String
    }

    struct Choice: Encodable {
        let name: String
        let value: String
        let options: [String]
        let text: String
    }

    struct Group: Encodable {
        let id: String
        let title: String
    }

    struct Visit: Encodable {
        let phones: [String]
        let text: String
        let rule: String
    }

    let id: String
    let title: String
    let act: String
    let actDate: String?
    let provider: String
    let calendar: String
    let zone: String
    let channels: [Clock]
    let terms: [Clock]
    let offices: [OfficeKind]
    let keeping: [Kept]
    let groups: [Group]
    /// Whose documents these are; nil for everybody's.
    let group: String?
    let documents: [Paper]
    let refusals: [Ground]
    let homeVisit: Visit?
    let provisions: [Told]
    let policies: [Choice]

    init(
        _ standard: ServiceStandard, weeks: [WeekPattern], group: ApplicantGroup?,
        language: Language
    ) {
        id = standard.id
        title = standard.title[language]
        act = standard.act.title[language]
        actDate = standard.act.date?.description
        provider = standard.provider[language]
        calendar = standard.calendar
        zone = standard.zone
        channels = standard.channels.map { Clock($0, language) }
        terms = standard.eventTerms.map { Clock($0, language) }
        offices = standard.offices.map { OfficeKind($0, weeks, language) }
        keeping = standard.keeping.map {
            Kept(
                office: $0.office, storage: $0.storage, from: $0.from.rawValue, policy: $0.policy,
                redelivery: $0.redelivery)
        }
        groups = standard.groups.map { Group(id: $0.id, title: $0.title[language]) }
        self.group = group?.id
        documents = standard.documents
            .filter { group.map(\.id).map($0.groups.contains) ?? true }
            .map { document in
                Paper(
                    id: document.id, title: document.title[language],
                    rule: document.rule.description, shown: document.form.rawValue,
                    givenBack: document.givenBack, required: document.required.rawValue,
                    groups: standard.groups.map(\.id).filter(document.groups.contains))
            }
        refusals = standard.refusals.map {
            Ground(
                id: $0.id, at: $0.at.rawValue, text: $0.text[language], rule: $0.rule.description)
        }
        homeVisit = standard.homeVisit.map {
            Visit(phones: $0.phones, text: $0.text[language], rule: $0.rule.description)
        }
        provisions = standard.provisions.map {
            Told(topic: $0.topic, text: $0.text[language], rule: $0.rule.description)
        }
        policies = standard.policies.map {
            Choice(name: $0.name, value: $0.value, options: $0.options, text: $0.text[language])
        }
    }
}

extension StandardSheetJSON.Clock {
    fileprivate init(_ channel: Channel, _ language: Language) {
        let (rule, term) = (channel.termRule, channel.termRule.term)
        id = channel.id
        title = channel.title[language]
        event = channel.event?[language]
        length = term.length
        unit = "\(term.unit)"
        self.term = language.term(term)
        self.rule = rule.rule.description
        firstDayCounts = term.firstDay == .counted
        firstDayRule = rule.firstDayRule?.description
        week = rule.week
        roll = term.unit == .calendarMonths ? "\(term.roll)" : nil
        office = channel.office
        policies = rule.policies
    }
}

extension StandardSheetJSON.OfficeKind {
    fileprivate init(_ office: Office, _ weeks: [WeekPattern], _ language: Language) {
        func hours(_ hours: Office.Hours) -> StandardSheetJSON.Hours {
            StandardSheetJSON.Hours(
                open: hours.open.intervals.map { "\($0.start)-\($0.end)" },
                rule: hours.rule.description)
        }
        func limit(_ limit: Office.Limit) -> StandardSheetJSON.Limit {
            StandardSheetJSON.Limit(minutes: limit.minutes, rule: limit.rule.description)
        }
        let rest = weeks.first { $0.id == office.week }?.restDays ?? []
        id = office.id
        title = office.title[language]
        rule = office.rule.description
        week = office.week
        restDays = Weekday.allCases.filter(rest.contains).map(\.name)
        work = hours(office.work)
        reception = hours(office.reception)
        pause = office.pause?[language]
        queue = office.queue.policy.rawValue
        queueRule = office.queue.rule.description
        bookingRule = office.queue.bookingRule?.description
        longestWait = office.longestWait.map(limit)
        longestService = office.longestService.map(limit)
    }
}
