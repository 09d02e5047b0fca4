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
        var table = Distinct<Told>()
        let lines = entries.map {
            Proof.Line(
                date: $0.date, part: $0.part, counted: $0.counted,
                reason: table.index(of: Told(reason: $0.reason, ground: ground($0))))
        }
        let reasons = table.values.map { told in
            let reason = reason(told.reason)
            guard let ground = told.ground.flatMap(language.ground) else { return reason }
            return Proof.Reason(
                kind: reason.kind, text: "\(reason.text), \(ground.text)",
                act: ground.act ?? reason.act, withinDays: reason.withinDays)
        }
        let policies = rule.policies.compactMap { name in
            standard.policies.first { $0.name == name }
        }.map {
            Proof.AppliedPolicy(name: $0.name, value: $0.value, text: $0.text[language])
        }
        return Proof(
            rule: rule.rule.description, lines: lines, reasons: reasons, policies: policies,
            sentence: sentence(due, accepted, lines, reasons, policies, basis))
    }

    /// A reason, with what gives the day its hours where it speaks of them.
    private struct Told: Hashable {
        let reason: TraceEntry.Reason
        let ground: HoursOfDay.Ground?
    }

    private func ground(_ entry: TraceEntry) -> HoursOfDay.Ground? {
        switch entry.reason {
        case .workingTime, .pause, .closed: try? chosen.term.office.day(entry.date).ground
        case .outsideReception: try? chosen.term.reception?.day(entry.date).ground
        case .day, .firstDay, .suspended, .monthsEnd: nil
        }
    }

    private func reason(_ reason: TraceEntry.Reason) -> Proof.Reason {
        switch reason {
        case .day(let status): language.reason(status)
        case .firstDay:
            Proof.Reason(
                kind: .firstDay, text: firstDay,
                // Where no rule of the service says so, none is named for it.
                act: rule.firstDayRule.map { citation($0) } ?? "")
        case .suspended(let suspension):
            suspended(since: language.moment(suspension.from))
        case .workingTime:
            Proof.Reason(
                kind: .workingTime,
                text: language.pick(
                    "жұмыс уақыты", "рабочее время", "working time"),
                act: citation(chosen.clock.office.work.rule))
        case .pause:
            Proof.Reason(
                kind: .pause,
                text: chosen.clock.office.pause?[language]
                    ?? language.pick("үзіліс", "перерыв", "break"),
                act: citation(chosen.clock.office.work.rule))
        case .outsideReception:
            Proof.Reason(
                kind: .outsideReception,
                text: language.pick(
                    "қабылдау уақытынан тыс", "вне часов приёма",
                    "outside the hours of reception"),
                act: citation(chosen.clock.office.reception.rule))
        case .closed:
            Proof.Reason(
                kind: .closed,
                text: language.pick(
                    "жұмыс уақытынан тыс", "вне рабочего времени",
                    "outside the working hours"),
                act: citation(chosen.clock.office.work.rule))
        case .monthsEnd(let status): monthsEnd(status)
        }
    }

    /// The last day of a term in months; if it is no working day and so the term may roll off it, why.
    private func monthsEnd(_ status: DayStatus) -> Proof.Reason {
        let text = language.pick(
            "мерзімнің соңғы күні", "последний день срока", "the last day of the term")
        guard !status.isWorking, rule.term.roll != .none else {
            return Proof.Reason(kind: .monthsEnd, text: text, act: citation(rule.rule))
        }
        let day = language.reason(status)
        return Proof.Reason(kind: .monthsEnd, text: "\(text), \(day.text)", act: day.act)
    }

    private var firstDay: String {
        guard !chosen.clock.startsAtReception else {
            return language.pick(
                "қабылдау күні есепке алынбайды", "день приёма не засчитывается",
                "the day of acceptance does not count")
        }
        let event = chosen.clock.channel.event
        return language.pick(
            "оқиға күні есепке алынбайды" + (event.map { " (\(language.quoted($0.kk)))" } ?? ""),
            "день события не засчитывается"
                + (event.map { " (\(language.quoted($0.ru)))" } ?? ""),
            "the day of the event does not count" + (event.map { " (\($0.en))" } ?? ""))
    }

    /// What the term runs from, as it heads the sentence.
    private var startLabel: String {
        if let event = chosen.clock.channel.event { return event[language] }
        return language.pick(
            chosen.clock.startsAtReception ? "Қабылданды" : "Басталуы",
            chosen.clock.startsAtReception ? "Принято" : "Начало",
            chosen.clock.startsAtReception ? "Accepted" : "Starts")
    }

    private func suspended(since: String) -> Proof.Reason {
        Proof.Reason(
            kind: .suspended,
            text: language.pick(
                "мерзімнің өтуі тоқтатыла тұрды (\(since))",
                "течение срока приостановлено (\(since))",
                "the term is suspended (since \(since))"),
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
        var text = language.pick(
            "\(label): \(start). Мерзім: \(term) \(cited). "
                + "Аяқталуы: \(end).",
            "\(label): \(start). Срок: \(term) \(cited). "
                + "Исполнить не позднее: \(end).",
            "\(label): \(start). Term: \(term) \(cited). "
                + "Due by: \(end)."
        )
        if let closing = closing(due.at) { text += " \(closing)" }
        let passed = passedOver(lines, reasons)
        if !passed.isEmpty {
            let head = language.pick("Есепке алынбады", "Не засчитано", "Not counted")
            text += " \(head): \(passed.joined(separator: "; "))."
        }
        for policy in policies { text += " \(policy.text)" }
        for estimate in basis.estimates {
            text += " "
            text +=
                language.pick(
                    "Алдын ала есептелген: \(language.quoted(estimate.name)) күні "
                        + "(\(language.date(estimate.date))) болжам, өзгеруі мүмкін.",
                    "Предварительно: день \(language.quoted(estimate.name)) "
                        + "(\(language.date(estimate.date))) расчётный и может измениться.",
                    "Provisional: the day of \(language.quoted(estimate.name)) "
                        + "(\(language.date(estimate.date))) is an estimate and may still move."
                )
        }
        return text
    }

    /// Why the office closes when it does on the day on which a term in days or months ends; nil where the day
    /// has the hours that it has always had.
    private func closing(_ due: CivilDateTime) -> String? {
        guard rule.term.unit != .workingMinutes,
            let day = try? chosen.term.office.day(due.date), day.hours != nil,
            let ground = language.ground(day.ground)
        else { return nil }
        let act = ground.act.map { " (\($0))" } ?? ""
        return language.pick(
            "Бұл күні кеңсе \(due.time) жабылады: \(ground.text)\(act).",
            "В этот день офис работает до \(due.time): \(ground.text)\(act).",
            "The office closes at \(due.time) on that day: \(ground.text)\(act).")
    }

    /// The moment of the acceptance, and from when the term runs if that is another.
    private func beginning(_ accepted: CivilDateTime, _ start: CivilDateTime) -> String {
        let moment = language.moment(accepted)
        guard accepted != start else { return moment }
        let opening = language.moment(start)
        return moment
            + language.pick(
                ", қабылдау уақытынан тыс; мерзім келесі қабылдаудан басталады: \(opening)",
                ", вне часов приёма; срок идёт со следующего приёма: \(opening)",
                ", outside the hours of reception; the term runs from the next reception: "
                    + opening)
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
