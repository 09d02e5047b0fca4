// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import Texts
import WorkingDays

/// The reasons of one stage's lines in words; those that speak of no day are worded once.
struct StageWords: Sendable {
    private let language: Language
    private let roll: Term.Roll
    /// The rule of the term, by the act and the row in which it stands.
    private let rule: String
    private let firstDay: Proof.Reason
    private let outsideReception: Proof.Reason
    private let workingTime: Proof.Reason
    private let pause: Proof.Reason
    private let closed: Proof.Reason
    private let clockTime: Proof.Reason
    private let stageDay: Proof.Reason

    /// `rule` is that of the stage's term that decides.
    init(
        _ plan: ClockPlan, _ standard: ServiceStandard, _ language: Language, stage: Int,
        rule: Channel.TermRule
    ) {
        self.language = language
        roll = rule.term.roll
        // A rule of the standard, by the act and the row in which it stands.
        func citation(_ rule: RuleID) -> String {
            standard.citation(rule, in: language).description
        }
        // The office whose hours run the stage.
        let office = plan.stages[stage]
        let (ownRule, hoursRule) = (citation(rule.rule), citation(office.work.rule))
        // Where no rule of the service says so, none is named for it.
        let firstDayRule = rule.firstDayRule.map { citation($0) } ?? ""
        self.rule = ownRule
        firstDay = Proof.Reason(
            kind: .firstDay, text: Self.firstDay(plan, language), act: firstDayRule)
        outsideReception = Self.outsideReception(plan, language, citation)
        workingTime = Proof.Reason(
            kind: .workingTime,
            text: language.pick("жұмыс уақыты", "рабочее время", "working time"), act: hoursRule)
        pause = Proof.Reason(
            kind: .pause,
            text: office.pause?[language] ?? language.pick("үзіліс", "перерыв", "break"),
            act: hoursRule)
        closed = Proof.Reason(
            kind: .closed,
            text: language.pick(
                "жұмыс уақытынан тыс", "вне рабочего времени", "outside the working hours"),
            act: hoursRule)
        clockTime = Proof.Reason(
            kind: .clockTime,
            text: language.pick(
                "тәулік бойы жүреді", "идёт круглосуточно", "runs day and night"), act: ownRule)
        stageDay = Proof.Reason(
            kind: .stageDay,
            text: language.pick(
                "алдыңғы кезең аяқталған күн есепке алынбайды",
                "день окончания предыдущего этапа не засчитывается",
                "the day on which the stage before ended does not count"), act: firstDayRule)
    }

    func reason(_ reason: TraceEntry.Reason) -> Proof.Reason {
        switch reason {
        case .day(let status): language.reason(status)
        case .firstDay: firstDay
        case .suspended(let suspension): suspended(since: language.moment(suspension.from))
        case .workingTime: workingTime
        case .pause: pause
        case .outsideReception: outsideReception
        case .closed: closed
        case .monthsEnd(let status): monthsEnd(status)
        case .calendarDay(let status): calendarDay(status)
        case .clockTime: clockTime
        case .stageDay: stageDay
        }
    }

    private static func outsideReception(
        _ plan: ClockPlan, _ language: Language, _ citation: (RuleID) -> String
    ) -> Proof.Reason {
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
        guard !status.isWorking, roll != .none else {
            return Proof.Reason(kind: .monthsEnd, text: text, act: rule)
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
            act: rule)
    }

    private static func firstDay(_ plan: ClockPlan, _ language: Language) -> String {
        guard !plan.startsAtReception else {
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
}
