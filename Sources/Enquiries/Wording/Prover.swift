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
        let words = chosen.clock.words[language]
        var table = Distinct<StageReason>()
        var (lines, first): ([Proof.Line], [Int]) = ([], [])
        lines.reserveCapacity(entries.reduce(0) { $0 + $1.count })
        for (stage, entries) in entries.enumerated() {
            first.append(lines.count)
            let clock = chosen.term.stages[stage].clocks[run.ends[stage].deciding]
            for entry in entries {
                let reason = table.index(
                    of: StageReason(stage, entry.reason, ground(entry, clock)))
                lines.append(
                    Proof.Line(
                        date: entry.date, part: entry.part, counted: entry.counted,
                        reason: reason))
            }
        }
        let reasons = table.values.map { told in
            let stage = words.stages[told.stage][run.ends[told.stage].deciding]
            let reason = stage.reason(told.reason)
            guard let ground = told.ground.flatMap(language.ground) else { return reason }
            return Proof.Reason(
                kind: reason.kind, text: "\(reason.text), \(ground.text)",
                act: ground.act ?? reason.act, withinDays: reason.withinDays)
        }
        let stages =
            channel.isSimple
            ? []
            : zip(run.ends.indices, first).map { stage, first in
                told(stage, run.ends[stage], firstLine: first)
            }
        return Proof(
            rule: words.rule, lines: lines, reasons: reasons, policies: words.policies,
            sentence: sentence(words, run, accepted, stages, lines, reasons, basis),
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

    /// The whole answer: written into one text, as every office's page of a term asks for it.
    private func sentence(
        _ words: ClockWords, _ run: TermRun, _ accepted: CivilDateTime, _ stages: [Proof.Stage],
        _ lines: [Proof.Line], _ reasons: [Proof.Reason], _ basis: Basis
    ) -> String {
        let due = run.due
        var text = ""
        text.reserveCapacity(words.size + 3 * Language.bytesOfMoment + min(lines.count, 16) * 64)
        text += words.head
        writeBeginning(accepted, due.start, to: &text)
        text += words.middle
        language.write(due.at, to: &text)
        text += "."
        for (place, stage) in stages.enumerated() { text += " " + sentence(stage, place + 1) }
        if let closing = closing(run) { text += " \(closing)" }
        writePassedOver(lines, reasons, to: &text)
        text += words.tail
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
    private func writeBeginning(
        _ accepted: CivilDateTime, _ start: CivilDateTime, to text: inout String
    ) {
        language.write(accepted, to: &text)
        guard accepted != start else { return }
        if channel.intake == .receptionHours {
            text += language.pick(
                ", қабылдау уақытынан тыс; мерзім келесі қабылдаудан басталады: ",
                ", вне часов приёма; срок идёт со следующего приёма: ",
                ", outside the hours of reception; the term runs from the next reception: ")
        } else {
            text += language.pick(
                ", жұмыс уақытынан тыс; мерзім келесі ашылудан басталады: ",
                ", вне рабочего времени; срок идёт со следующего открытия: ",
                ", outside the working hours; the term runs from the next opening: ")
        }
        language.write(start, to: &text)
    }

    /// Days in a row that are passed over for one reason, or a part of a day.
    private struct PassedOver {
        let first: CivilDate
        var last: CivilDate
        let part: DayInterval?
        let reason: Int
    }

    /// The lines passed over, days in a row with one reason together; nothing if all count.
    private func writePassedOver(
        _ lines: [Proof.Line], _ reasons: [Proof.Reason], to text: inout String
    ) {
        var open: PassedOver?
        var isFirst = true
        func write(_ group: PassedOver, to text: inout String) {
            text +=
                isFirst
                ? language.pick(" Есепке алынбады: ", " Не засчитано: ", " Not counted: ") : "; "
            isFirst = false
            language.write(group.first, to: &text)
            if group.first != group.last {
                text += " – "
                language.write(group.last, to: &text)
            }
            text += " ("
            if let part = group.part { text += "\(part.start)–\(part.end) " }
            text += reasons[group.reason].text
            text += ")"
        }
        for line in lines where !line.counted {
            if let group = open {
                if group.part == nil, line.part == nil,
                    group.last.adding(days: 1) == line.date,
                    group.reason == line.reason
                        || reasons[group.reason].text == reasons[line.reason].text
                {
                    open?.last = line.date
                    continue
                }
                write(group, to: &text)
            }
            open = PassedOver(
                first: line.date, last: line.date, part: line.part, reason: line.reason)
        }
        guard let open else { return }
        write(open, to: &text)
        text += "."
    }
}
