// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

/// Puts the reasons of one stage's lines into words.
struct StageProver {
    let chosen: Desk.ChosenClock
    let language: Language
    /// The stage, and its term that decides.
    let stage: Int
    let rule: Channel.TermRule

    private var plan: ClockPlan { chosen.clock.plan }
    private var standard: ServiceStandard { chosen.standard.standard }
    /// The office whose hours run the stage.
    private var office: Office { plan.stages[stage] }

    func reason(_ reason: TraceEntry.Reason) -> Proof.Reason {
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
                act: citation(office.work.rule))
        case .pause:
            Proof.Reason(
                kind: .pause,
                text: office.pause?[language]
                    ?? language.pick("үзіліс", "перерыв", "break"),
                act: citation(office.work.rule))
        case .outsideReception: outsideReception
        case .closed:
            Proof.Reason(
                kind: .closed,
                text: language.pick(
                    "жұмыс уақытынан тыс", "вне рабочего времени",
                    "outside the working hours"),
                act: citation(office.work.rule))
        case .monthsEnd(let status): monthsEnd(status)
        case .calendarDay(let status): calendarDay(status)
        case .clockTime:
            Proof.Reason(
                kind: .clockTime,
                text: language.pick(
                    "тәулік бойы жүреді", "идёт круглосуточно", "runs day and night"),
                act: citation(rule.rule))
        case .stageDay:
            Proof.Reason(
                kind: .stageDay,
                text: language.pick(
                    "алдыңғы кезең аяқталған күн есепке алынбайды",
                    "день окончания предыдущего этапа не засчитывается",
                    "the day on which the stage before ended does not count"),
                act: rule.firstDayRule.map { citation($0) } ?? "")
        }
    }

    private var outsideReception: Proof.Reason {
        guard plan.channel.intake == .receptionHours else {
            return Proof.Reason(
                kind: .outsideReception,
                text: language.pick(
                    "жұмыс уақытынан тыс", "вне рабочего времени", "outside the working hours"),
                act: citation(plan.office.work.rule))
        }
        return Proof.Reason(
            kind: .outsideReception,
            text: language.pick(
                "қабылдау уақытынан тыс", "вне часов приёма",
                "outside the hours of reception"),
            act: citation(plan.office.reception.rule))
    }

    /// The last day of a term that runs over rest days; if it is no working day and so the term may roll
    /// off it, why.
    private func monthsEnd(_ status: DayStatus) -> Proof.Reason {
        let text = language.pick(
            "мерзімнің соңғы күні", "последний день срока", "the last day of the term")
        guard !status.isWorking, rule.term.roll != .none else {
            return Proof.Reason(kind: .monthsEnd, text: text, act: citation(rule.rule))
        }
        let day = language.reason(status)
        return Proof.Reason(kind: .monthsEnd, text: "\(text), \(day.text)", act: day.act)
    }

    /// A day that counts; if it is no working day, what it is all the same.
    private func calendarDay(_ status: DayStatus) -> Proof.Reason {
        let text = language.pick("күнтізбелік күн", "календарный день", "calendar day")
        return Proof.Reason(
            kind: .calendarDay,
            text: status.isWorking ? text : "\(text) (\(language.reason(status).text))",
            act: citation(rule.rule))
    }

    private var firstDay: String {
        guard !chosen.clock.startsAtReception else {
            return language.pick(
                "қабылдау күні есепке алынбайды", "день приёма не засчитывается",
                "the day of acceptance does not count")
        }
        let event = plan.channel.event
        return language.pick(
            "оқиға күні есепке алынбайды" + (event.map { " (\(language.quoted($0.kk)))" } ?? ""),
            "день события не засчитывается"
                + (event.map { " (\(language.quoted($0.ru)))" } ?? ""),
            "the day of the event does not count" + (event.map { " (\($0.en))" } ?? ""))
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
}
