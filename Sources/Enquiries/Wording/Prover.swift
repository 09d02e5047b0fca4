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

    private var channel: Channel { chosen.clock.channel }
    private var standard: ServiceStandard { chosen.standard.standard }

    /// A reason by the stage whose rules word it.
    private struct StageReason: Equatable {
        /// 0 for what is worded alike in all.
        let stage: Int
        let reason: TraceEntry.Reason
        /// What gives the day its hours, where the reason speaks of them.
        let ground: HoursOfDay.Ground?

        init(_ stage: Int, _ reason: TraceEntry.Reason, _ ground: HoursOfDay.Ground?) {
            (self.reason, self.ground) = (reason, ground)
            switch reason {
            case .day, .suspended: self.stage = 0
            case .firstDay, .outsideReception, .workingTime, .pause, .closed, .monthsEnd,
                .calendarDay, .clockTime, .stageDay:
                self.stage = stage
            }
        }
    }

    func proof(
        of run: TermRun, accepted: CivilDateTime, _ entries: [[TraceEntry]], _ basis: Basis
    ) -> Proof {
        let clocks = run.ends.enumerated().map { chosen.term.stages[$0].clocks[$1.deciding] }
        var table = Distinct<StageReason>()
        var (lines, first): ([Proof.Line], [Int]) = ([], [])
        for (stage, entries) in entries.enumerated() {
            first.append(lines.count)
            lines += entries.map {
                Proof.Line(
                    date: $0.date, part: $0.part, counted: $0.counted,
                    reason: table.index(
                        of: StageReason(stage, $0.reason, ground($0, clocks[stage]))))
            }
        }
        let provers = run.ends.enumerated().map { stage, end in
            StageProver(
                chosen: chosen, language: language, stage: stage,
                rule: channel.stages[stage].rules[end.deciding])
        }
        let reasons = table.values.map { told in
            let reason = provers[told.stage].reason(told.reason)
            guard let ground = told.ground.flatMap(language.ground) else { return reason }
            return Proof.Reason(
                kind: reason.kind, text: "\(reason.text), \(ground.text)",
                act: ground.act ?? reason.act, withinDays: reason.withinDays)
        }
        let policies = channel.policies.compactMap { name in
            standard.policies.first { $0.name == name }
        }.map { policy in
            Proof.AppliedPolicy(
                name: policy.name, value: policy.value, text: policy.text[language],
                source: policy.rule.map { standard.citation($0, in: language).description })
        }
        let stages =
            channel.isSimple
            ? []
            : zip(run.ends.indices, first).map { stage, first in
                told(stage, run.ends[stage], firstLine: first)
            }
        return Proof(
            rule: channel.termRule.rule.description, lines: lines, reasons: reasons,
            policies: policies,
            sentence: sentence(run, accepted, stages, lines, reasons, policies, basis),
            stages: stages)
    }

    private func ground(_ entry: TraceEntry, _ clock: TermClock) -> HoursOfDay.Ground? {
        switch entry.reason {
        case .workingTime, .pause, .closed: try? clock.office.day(entry.date).ground
        case .outsideReception: try? clock.reception?.day(entry.date).ground
        case .day, .firstDay, .suspended, .monthsEnd, .calendarDay, .clockTime, .stageDay: nil
        }
    }

    private func told(_ place: Int, _ end: StageEnd, firstLine: Int) -> Proof.Stage {
        let stage = channel.stages[place]
        let others = stage.rules.indices.filter { $0 != end.deciding }
        let choice: Proof.Choice =
            switch stage.choice {
            case .only: .only
            case .longer: .longer
            case .shorter: .shorter
            }
        return Proof.Stage(
            title: stage.title?[language], office: stage.office, choice: choice,
            terms: ([end.deciding] + others).map {
                Proof.StageTerm(
                    term: language.term(stage.rules[$0].term),
                    rule: stage.rules[$0].rule.description, dueAt: end.terms[$0]?.at)
            }, start: end.due.start, dueAt: end.due.at, firstLine: firstLine)
    }

    /// What the term runs from, as it heads the sentence.
    private var startLabel: String {
        if let event = channel.event { return event[language] }
        return language.pick(
            chosen.clock.startsAtReception ? "Қабылданды" : "Басталуы",
            chosen.clock.startsAtReception ? "Принято" : "Начало",
            chosen.clock.startsAtReception ? "Accepted" : "Starts")
    }

    private func sentence(
        _ run: TermRun, _ accepted: CivilDateTime, _ stages: [Proof.Stage], _ lines: [Proof.Line],
        _ reasons: [Proof.Reason], _ policies: [Proof.AppliedPolicy], _ basis: Basis
    ) -> String {
        let due = run.due
        let start = beginning(accepted, due.start)
        let end = language.moment(due.at)
        let term = channel.stages.map { stage in
            language.term(stage) { rule in
                "\(language.term(rule.term)) "
                    + standard.citation(rule.rule, in: language).inBrackets
            }
        }.joined(separator: language.pick(", содан кейін ", ", затем ", ", then "))
        let label = startLabel
        var text = language.pick(
            "\(label): \(start). Мерзім: \(term). "
                + "Аяқталуы: \(end).",
            "\(label): \(start). Срок: \(term). "
                + "Исполнить не позднее: \(end).",
            "\(label): \(start). Term: \(term). "
                + "Due by: \(end)."
        )
        for (place, stage) in stages.enumerated() { text += " " + sentence(stage, place + 1) }
        if let closing = closing(run) { text += " \(closing)" }
        let passed = passedOver(lines, reasons)
        text.reserveCapacity(
            policies.reduce(text.utf8.count + passed.utf8.count + 64) {
                $0 + $1.text.utf8.count + ($1.source?.utf8.count ?? 0) + 4
            })
        if !passed.isEmpty {
            text += " "
            text += language.pick("Есепке алынбады", "Не засчитано", "Not counted")
            text += ": "
            text += passed
            text += "."
        }
        for policy in policies {
            text += " "
            text += policy.text
            if let source = policy.source { text += " (\(source))" }
        }
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

    /// What a stage is and when it ends, and of several terms which decided.
    private func sentence(_ stage: Proof.Stage, _ number: Int) -> String {
        let terms = stage.terms.map { term in
            let end =
                term.dueAt.map(language.moment)
                ?? language.pick("аяқталмайды", "не оканчивается", "does not end")
            return "\(term.term): \(end)"
        }.joined(separator: "; ")
        guard let title = stage.title else {
            return language.pick(
                "Мерзімдердің аяқталуы: \(terms).", "Окончания сроков: \(terms).",
                "The terms end: \(terms).")
        }
        return language.pick(
            "\(number)-кезең, \(title): \(terms).", "Этап \(number), \(title): \(terms).",
            "Stage \(number), \(title): \(terms).")
    }

    /// Why the office closes when it does on the day on which a term ends that ends with a day; nil where the day
    /// has the hours that it has always had.
    private func closing(_ run: TermRun) -> String? {
        let (place, end) = (run.ends.count - 1, run.ends[run.ends.count - 1])
        let clock = chosen.term.stages[place].clocks[end.deciding]
        guard !clock.term.unit.isToTheSecond, let day = try? clock.office.day(end.due.date),
            day.hours != nil, let ground = language.ground(day.ground)
        else { return nil }
        let act = ground.act.map { " (\($0))" } ?? ""
        let time = end.due.at.time
        return language.pick(
            "Бұл күні кеңсе \(time) жабылады: \(ground.text)\(act).",
            "В этот день офис работает до \(time): \(ground.text)\(act).",
            "The office closes at \(time) on that day: \(ground.text)\(act).")
    }

    /// The moment of the acceptance, and from when the term runs if that is another.
    private func beginning(_ accepted: CivilDateTime, _ start: CivilDateTime) -> String {
        let moment = language.moment(accepted)
        guard accepted != start else { return moment }
        let opening = language.moment(start)
        guard channel.intake == .receptionHours else {
            return moment
                + language.pick(
                    ", жұмыс уақытынан тыс; мерзім келесі ашылудан басталады: \(opening)",
                    ", вне рабочего времени; срок идёт со следующего открытия: \(opening)",
                    ", outside the working hours; the term runs from the next opening: "
                        + opening)
        }
        return moment
            + language.pick(
                ", қабылдау уақытынан тыс; мерзім келесі қабылдаудан басталады: \(opening)",
                ", вне часов приёма; срок идёт со следующего приёма: \(opening)",
                ", outside the hours of reception; the term runs from the next reception: "
                    + opening)
    }

    /// The lines passed over, days in a row with one reason together.
    private func passedOver(_ lines: [Proof.Line], _ reasons: [Proof.Reason]) -> String {
        var groups: [(first: CivilDate, last: CivilDate, part: DayInterval?, reason: Int)] = []
        for line in lines where !line.counted {
            if let last = groups.last, last.part == nil, line.part == nil,
                last.last.adding(days: 1) == line.date,
                last.reason == line.reason || reasons[last.reason].text == reasons[line.reason].text
            {
                groups[groups.count - 1].last = line.date
            } else {
                groups.append((line.date, line.date, line.part, line.reason))
            }
        }
        var text = ""
        text.reserveCapacity(groups.reduce(0) { $0 + 64 + reasons[$1.reason].text.utf8.count })
        for (place, group) in groups.enumerated() {
            if place > 0 { text += "; " }
            text += language.date(group.first)
            if group.first != group.last {
                text += " – "
                text += language.date(group.last)
            }
            text += " ("
            if let part = group.part { text += "\(part.start)–\(part.end) " }
            text += reasons[group.reason].text
            text += ")"
        }
        return text
    }
}
