// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

/// Puts the proof of a due date into words.
struct Prover {
    let chosen: Desk.ChosenClock
    let language: Language

    private var rule: Channel.TermRule { chosen.clock.channel.termRule }
    private var standard: ServiceStandard { chosen.standard.standard }

    func proof(
        of due: DueDate, accepted: CivilDateTime, _ entries: [TraceEntry], _ basis: Basis
    ) -> Proof {
        var table = Distinct<TraceEntry.Reason>()
        let lines = entries.map {
            Proof.Line(
                date: $0.date, part: $0.part, counted: $0.counted,
                reason: table.index(of: $0.reason))
        }
        let reasons = table.values.map(reason)
        let policies = rule.policies.compactMap { name in
            standard.policies.first { $0.name == name }
        }.map {
            Proof.AppliedPolicy(name: $0.name, value: $0.value, text: $0.text[language])
        }
        return Proof(
            rule: rule.rule.description, lines: lines, reasons: reasons, policies: policies,
            sentence: sentence(due, accepted, lines, reasons, policies, basis))
    }

    private func reason(_ reason: TraceEntry.Reason) -> Proof.Reason {
        switch reason {
        case .day(let status): language.reason(status)
        case .firstDay:
            Proof.Reason(
                kind: .firstDay, text: firstDay[language],
                // Where no rule of the service says so, none is named for it.
                act: rule.firstDayRule.map { citation($0) } ?? "")
        case .suspended(let suspension):
            suspended(since: language.moment(suspension.from))
        case .workingTime:
            Proof.Reason(
                kind: .workingTime,
                text: LocalizedText(
                    kk: "жұмыс уақыты", ru: "рабочее время", en: "working time")[language],
                act: citation(chosen.clock.office.work.rule))
        case .pause:
            Proof.Reason(
                kind: .pause,
                text: (chosen.clock.office.pause
                    ?? LocalizedText(kk: "үзіліс", ru: "перерыв", en: "break"))[language],
                act: citation(chosen.clock.office.work.rule))
        case .outsideReception:
            Proof.Reason(
                kind: .outsideReception,
                text: LocalizedText(
                    kk: "қабылдау уақытынан тыс", ru: "вне часов приёма",
                    en: "outside the hours of reception")[language],
                act: citation(chosen.clock.office.reception.rule))
        case .closed:
            Proof.Reason(
                kind: .closed,
                text: LocalizedText(
                    kk: "жұмыс уақытынан тыс", ru: "вне рабочего времени",
                    en: "outside the working hours")[language],
                act: citation(chosen.clock.office.work.rule))
        case .monthsEnd(let status): monthsEnd(status)
        }
    }

    /// The last day of a term in months; if it is no working day and so the term may roll off it, why.
    private func monthsEnd(_ status: DayStatus) -> Proof.Reason {
        let text = LocalizedText(
            kk: "мерзімнің соңғы күні", ru: "последний день срока", en: "the last day of the term")[
                language]
        guard !status.isWorking, rule.term.roll != .none else {
            return Proof.Reason(kind: .monthsEnd, text: text, act: citation(rule.rule))
        }
        let day = language.reason(status)
        return Proof.Reason(kind: .monthsEnd, text: "\(text), \(day.text)", act: day.act)
    }

    private var firstDay: LocalizedText {
        guard !chosen.clock.startsAtReception else {
            return LocalizedText(
                kk: "қабылдау күні есепке алынбайды", ru: "день приёма не засчитывается",
                en: "the day of acceptance does not count")
        }
        let event = chosen.clock.channel.event
        return LocalizedText(
            kk: "оқиға күні есепке алынбайды"
                + (event.map { " (\(Language.kk.quoted($0.kk)))" } ?? ""),
            ru: "день события не засчитывается"
                + (event.map { " (\(Language.ru.quoted($0.ru)))" } ?? ""),
            en: "the day of the event does not count" + (event.map { " (\($0.en))" } ?? ""))
    }

    /// What the term runs from, as it heads the sentence.
    private var startLabel: String {
        if let event = chosen.clock.channel.event { return event[language] }
        return LocalizedText(
            kk: chosen.clock.startsAtReception ? "Қабылданды" : "Басталуы",
            ru: chosen.clock.startsAtReception ? "Принято" : "Начало",
            en: chosen.clock.startsAtReception ? "Accepted" : "Starts")[language]
    }

    private func suspended(since: String) -> Proof.Reason {
        Proof.Reason(
            kind: .suspended,
            text: LocalizedText(
                kk: "мерзімнің өтуі тоқтатыла тұрды (\(since))",
                ru: "течение срока приостановлено (\(since))",
                en: "the term is suspended (since \(since))")[language],
            // The clause of a term says nothing of suspensions; the office knows its ground.
            act: "")
    }

    /// A rule of the standard, by the act and the row in which it stands.
    private func citation(_ rule: RuleID) -> String {
        standard.citation(rule, in: language).description
    }

    private func sentence(
        _ due: DueDate, _ accepted: CivilDateTime, _ lines: [Proof.Line],
        _ reasons: [Proof.Reason], _ policies: [Proof.AppliedPolicy], _ basis: Basis
    ) -> String {
        let start = beginning(accepted, due.start)
        let end = language.moment(due.at)
        let term = language.term(rule.term)
        let cited = standard.citation(rule.rule, in: language).inBrackets
        let label = startLabel
        var text = LocalizedText(
            kk: "\(label): \(start). Мерзім: \(term) \(cited). "
                + "Аяқталуы: \(end).",
            ru: "\(label): \(start). Срок: \(term) \(cited). "
                + "Исполнить не позднее: \(end).",
            en: "\(label): \(start). Term: \(term) \(cited). "
                + "Due by: \(end)."
        )[language]
        let passed = passedOver(lines, reasons)
        if !passed.isEmpty {
            let head = LocalizedText(kk: "Есепке алынбады", ru: "Не засчитано", en: "Not counted")
            text += " \(head[language]): \(passed.joined(separator: "; "))."
        }
        for policy in policies { text += " \(policy.text)" }
        for estimate in basis.estimates {
            text += " "
            text +=
                LocalizedText(
                    kk: "Алдын ала есептелген: \(language.quoted(estimate.name)) күні "
                        + "(\(language.date(estimate.date))) болжам, өзгеруі мүмкін.",
                    ru: "Предварительно: день \(language.quoted(estimate.name)) "
                        + "(\(language.date(estimate.date))) расчётный и может измениться.",
                    en: "Provisional: the day of \(language.quoted(estimate.name)) "
                        + "(\(language.date(estimate.date))) is an estimate and may still move."
                )[language]
        }
        return text
    }

    /// The moment of the acceptance, and from when the term runs if that is another.
    private func beginning(_ accepted: CivilDateTime, _ start: CivilDateTime) -> String {
        let moment = language.moment(accepted)
        guard accepted != start else { return moment }
        let opening = language.moment(start)
        return moment
            + LocalizedText(
                kk: ", қабылдау уақытынан тыс; мерзім келесі қабылдаудан басталады: \(opening)",
                ru: ", вне часов приёма; срок идёт со следующего приёма: \(opening)",
                en: ", outside the hours of reception; the term runs from the next reception: "
                    + opening)[language]
    }

    /// The lines passed over, days in a row with one reason together.
    private func passedOver(_ lines: [Proof.Line], _ reasons: [Proof.Reason]) -> [String] {
        var groups: [(first: CivilDate, last: CivilDate, what: String)] = []
        for line in lines where !line.counted {
            var what = reasons[line.reason].text
            if let part = line.part { what = "\(part.start)–\(part.end) \(what)" }
            if let last = groups.last, last.what == what, line.part == nil,
                last.last.adding(days: 1) == line.date
            {
                groups[groups.count - 1].last = line.date
            } else {
                groups.append((line.date, line.date, what))
            }
        }
        return groups.map { first, last, what in
            let days =
                first == last
                ? language.date(first) : "\(language.date(first)) – \(language.date(last))"
            return "\(days) (\(what))"
        }
    }
}
