// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import ServiceStandards
import Texts
import WorkingDays

/// A service standard as text for a person: a heading for each part, and below it one thing after the
/// other, so that it can be read aloud in order.
struct StandardSheet {
    let standard: ServiceStandard
    /// The weeks of the standard's calendar.
    let weeks: [WeekPattern]
    /// Whose documents are told; nil for everybody's.
    let group: ApplicantGroup?
    let language: Language
    /// Characters to a line.
    let width: Int

    private var words: StandardWords { StandardWords(language: language) }

    var text: String {
        var lines = item("\(standard.id). \(standard.title[language])").map {
            Terminal.styled($0, .bold)
        }
        lines += [""]
        lines += item(words.act, standard.act.title[language])
        lines += item(words.provider, standard.provider[language])
        lines += item(words.calendar, "\(standard.calendar), \(standard.zone)")
        lines += part(words.ways, standard.channels.map(clock))
        lines += part(words.otherTerms, standard.eventTerms.map(clock))
        lines += part(words.offices, standard.offices.map(office))
        lines += part(words.keeping, standard.keeping.map(keeping))
        if group == nil {
            lines += part(
                words.applicants, standard.groups.map { point("\($0.title[language]) [\($0.id)]") })
        }
        lines += part(documentsHeading, documents.map(document))
        for stage in RefusalGround.Stage.allCases {
            let grounds = standard.refusals.filter { $0.at == stage }
            lines += part(
                words.refusals(stage),
                grounds.map { point("\($0.text[language]) \(cited($0.rule))") })
        }
        if let visit = standard.homeVisit {
            let phones = item(words.phones, visit.phones.joined(separator: ", "), indent: 2)
            lines += part(
                words.homeVisit, [point("\(visit.text[language]) \(cited(visit.rule))") + phones])
        }
        lines += part(words.provisions, standard.provisions.map(provision))
        lines += part(words.policies, standard.policies.map(policy))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The documents that are asked of somebody of the group, in the standard's order.
    private var documents: [Document] {
        standard.documents.filter { group == nil || $0.groups.contains(group?.id ?? "") }
    }

    private var documentsHeading: String {
        words.documents + (group.map { ": \($0.title[language])" } ?? "")
    }

    /// A part with its heading; nothing if there is nothing in it.
    private func part(_ heading: String, _ items: [[String]]) -> [String] {
        guard !items.isEmpty else { return [] }
        return ["", Terminal.styled(heading, .bold)] + items.flatMap { $0 }
    }

    private func item(_ text: String) -> [String] { text.wrapped(width) }

    /// A label and what it stands for.
    private func item(_ label: String, _ value: String, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return "\(label): \(value)".wrapped(width - indent, indent: 2).map { margin + $0 }
    }

    private func point(_ text: String) -> [String] { "- \(text)".wrapped(width, indent: 2) }

    /// Where the rule stands in the standard's act, behind what it is told for.
    private func cited(_ rule: RuleID) -> String {
        standard.place(of: rule, in: language).inBrackets
    }

    private func clock(_ channel: Channel) -> [String] {
        var lines = point("\(channel.title[language]) [\(channel.id)]")
        for (place, stage) in channel.stages.enumerated() {
            if let title = stage.title?[language] {
                lines += item(words.stage(place + 1), title, indent: 2)
            }
            for rule in stage.rules {
                let label = stage.choice == .only ? words.term : words.term(stage.choice)
                lines += term(rule, label, of: stage, channel)
            }
            if stage.title != nil, stage.office != channel.office {
                lines += item(words.office, title(ofOffice: stage.office), indent: 2)
            }
        }
        if channel.intake != .receptionHours {
            lines += item(words.intake, words.intake(channel.intake), indent: 2)
        }
        lines += item(words.office, title(ofOffice: channel.office), indent: 2)
        if !channel.warnings.isEmpty {
            let shares = channel.warnings.map { "\($0) %" }.joined(separator: ", ")
            lines += item(words.warnings, shares, indent: 2)
        }
        if !channel.policies.isEmpty {
            lines += item(words.byPolicy, channel.policies.joined(separator: ", "), indent: 2)
        }
        return lines
    }

    private func term(
        _ rule: Channel.TermRule, _ label: String, of stage: Channel.Stage, _ channel: Channel
    ) -> [String] {
        var lines = item(label, "\(language.term(rule.term)) \(cited(rule.rule))", indent: 2)
        if let event = channel.event, stage == channel.stages[0], rule == stage.rules[0] {
            lines += item(words.event, event[language], indent: 2)
        }
        if !rule.term.unit.isToTheSecond {
            let own = standard.offices.first { $0.id == stage.office }?.week
            lines += item(words.week, weekTitle(rule.week ?? own ?? ""), indent: 2)
            let first = words.firstDay(rule.term.firstDay)
            lines += item(
                words.firstDay, first + (rule.firstDayRule.map { " \(cited($0))" } ?? ""), indent: 2
            )
        }
        if rule.term.unit.isOfCalendarDays {
            lines += item(words.roll, words.roll(rule.term.roll), indent: 2)
        }
        return lines
    }

    private func title(ofOffice id: String) -> String {
        standard.offices.first { $0.id == id }?.title[language] ?? id
    }

    private func weekTitle(_ id: String) -> String {
        weeks.first { $0.id == id }?.title[language] ?? id
    }

    private func office(_ office: Office) -> [String] {
        var lines = point("\(office.title[language]) [\(office.id)] \(cited(office.rule))")
        lines += item(words.week, week(office.week), indent: 2)
        lines += hours(words.work, office.work)
        lines += hours(words.reception, office.reception)
        if let pause = office.pause, let open = office.work.open.onlyHours?.intervals {
            let gaps = zip(open, open.dropFirst()).map { "\($0.end)–\($1.start)" }
            lines += item(
                words.pause, "\(pause[language]), \(gaps.joined(separator: ", "))", indent: 2)
        }
        let queue = "\(words.queue(office.queue.policy)) \(cited(office.queue.rule))"
        lines += item(words.queue, queue, indent: 2)
        if let rule = office.queue.bookingRule {
            lines += item(words.booking, "\(words.possible) \(cited(rule))", indent: 2)
        }
        if let limit = office.longestWait {
            lines += item(words.longestWait, minutes(limit), indent: 2)
        }
        if let limit = office.longestService {
            lines += item(words.longestService, minutes(limit), indent: 2)
        }
        return lines
    }

    /// A week with the days on which it rests.
    private func week(_ id: String) -> String {
        guard let week = weeks.first(where: { $0.id == id }) else { return id }
        let days = Weekday.allCases.filter(week.restDays.contains).map(language.weekdayName)
        return "\(week.title[language]); \(words.rest): \(days.joined(separator: ", "))"
    }

    /// The first line has the rule; what differs by season, change or date stands below it.
    private func hours(_ label: String, _ hours: Office.Hours) -> [String] {
        let told = HoursText(language: language).lines(hours.open)
        return item(label, "\(told[0]) \(cited(hours.rule))", indent: 2)
            + told.dropFirst().flatMap { line in
                line.wrapped(width - 4, indent: 2).map { "    \($0)" }
            }
    }

    private func minutes(_ limit: Office.Limit) -> String {
        "\(language.count(limit.minutes, .minute)) \(cited(limit.rule))"
    }

    private func keeping(_ keeping: Keeping) -> [String] {
        func title(_ id: String) -> String {
            standard.eventTerms.first { $0.id == id }?.title[language] ?? id
        }
        let office = standard.offices.first { $0.id == keeping.office }
        var lines = point(office?.title[language] ?? keeping.office)
        lines += item(words.storage, title(keeping.storage), indent: 2)
        lines += item(words.storageFrom, words.storage(from: keeping.from), indent: 2)
        if let redelivery = keeping.redelivery {
            lines += item(words.redelivery, title(redelivery), indent: 2)
        }
        return lines
    }

    private func document(_ document: Document) -> [String] {
        let form = [
            words.form(document.form),
            document.givenBack ? words.givenBack : words.kept,
        ]
        var lines = point("\(document.title[language]) \(cited(document.rule))")
        lines += item(words.shown, form.joined(separator: ", "), indent: 2)
        if let condition = words.condition(document.required) {
            lines += item(words.asked, condition, indent: 2)
        }
        if group == nil, let whom = whom(document) { lines += item(words.groups, whom, indent: 2) }
        return lines
    }

    /// Of which groups a document is asked, in the shorter way; nil if of all.
    private func whom(_ document: Document) -> String? {
        let (asked, others) = (
            standard.groups.filter { document.groups.contains($0.id) },
            standard.groups.filter { !document.groups.contains($0.id) }
        )
        guard !others.isEmpty else { return nil }
        func names(_ groups: [ApplicantGroup]) -> String {
            groups.map { "\($0.title[language]) [\($0.id)]" }.joined(separator: "; ")
        }
        return asked.count > others.count ? words.allBut(names(others)) : names(asked)
    }

    private func provision(_ provision: Provision) -> [String] {
        point(
            "\(words.topic(provision.topic)): \(provision.text[language]) \(cited(provision.rule))")
    }

    private func policy(_ policy: Policy) -> [String] {
        let options = policy.options.joined(separator: ", ")
        return point("\(policy.name): \(policy.value) (\(words.options): \(options))")
            + item(
                words.meaning,
                policy.text[language] + (policy.rule.map { " \(cited($0))" } ?? ""), indent: 2)
    }
}
