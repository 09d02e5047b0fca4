// SPDX-License-Identifier: Apache-2.0

import Deadlines
import Enquiries
import ServiceStandards
import TestKit
import Texts

/// A standard beside `std-7` that has a clock for every unit, for choices between terms and for stages.
enum AllUnits {
    static let id = "units"

    /// The names of its clocks.
    static let clocks = standard(of: nil).map { $0.id }

    /// Those that need a time of day, and not a date alone.
    static let toTheSecond = Set(
        standard(of: nil).filter { channel in
            channel.stages.flatMap(\.rules).contains { $0.term.unit.isToTheSecond }
        }.map(\.id))

    /// The same as another standard, with these clocks alone.
    static func standard(like other: ServiceStandard) -> ServiceStandard {
        ServiceStandard(
            id: id, title: other.title, sources: other.sources, calendar: other.calendar,
            zone: other.zone, provider: other.provider, policies: other.policies,
            offices: other.offices, channels: standard(of: other),
            eventTerms: [], keeping: [], provisions: other.provisions, groups: other.groups,
            documents: other.documents, refusals: other.refusals, homeVisit: other.homeVisit)
    }

    private static func text(_ text: String) -> LocalizedText {
        LocalizedText(kk: text, ru: text, en: text)
    }

    private static func rule(
        _ length: Int, _ unit: Term.Unit, _ firstDay: Term.FirstDay = .notCounted,
        _ roll: Term.Roll = .none, week: String? = nil
    ) -> Channel.TermRule {
        Channel.TermRule(
            term: Term(length: length, unit: unit, firstDay: firstDay, roll: roll)!,
            rule: RuleID("R3.2")!, firstDayRule: RuleID("R3.4"), week: week,
            policies: ["working-day-week"])
    }

    private static func stage(
        _ choice: StagedClock.Choice, _ rules: Channel.TermRule..., office: String = "provider",
        title: String? = nil
    ) -> Channel.Stage {
        Channel.Stage(
            title: title.map(text), office: office, choice: choice, rules: rules)
    }

    private static func standard(of _: ServiceStandard?) -> [Channel] {
        var channels: [Channel] = []
        func add(
            _ id: String, _ intake: Channel.Intake = .receptionHours, _ stages: Channel.Stage...
        ) {
            channels.append(
                Channel(
                    id: id, title: text(id), office: stages[0].office, stages: stages,
                    intake: intake, warnings: [50, 75]))
        }
        add("hours", .nextOpening, stage(.only, rule(9, .workingHours)))
        add("clock-hours", .moment, stage(.only, rule(70, .calendarHours)))
        add("clock-hours-of-reception", .nextOpening, stage(.only, rule(50, .calendarHours)))
        add("days", .nextOpening, stage(.only, rule(10, .calendarDays, .notCounted, .forward)))
        add("days-back", .receptionHours, stage(.only, rule(9, .calendarDays, .counted, .back)))
        add(
            "weeks", .moment,
            stage(.only, rule(2, .calendarWeeks, .notCounted, .forward, week: "six")))
        add("months", .nextOpening, stage(.only, rule(1, .calendarMonths, .notCounted, .back)))
        add(
            "longer", .receptionHours,
            stage(.longer, rule(7, .workingDays), rule(10, .calendarDays, .notCounted, .forward)))
        add(
            "shorter", .nextOpening,
            stage(.shorter, rule(5, .workingDays, week: "six"), rule(7, .calendarDays)))
        add(
            "stages", .receptionHours,
            stage(.only, rule(1, .workingDays, week: "six"), office: "corporation", title: "a"),
            stage(.only, rule(3, .workingDays), title: "b"),
            stage(.only, rule(2, .calendarDays, .notCounted, .forward), title: "c"))
        add(
            "stages-of-time", .nextOpening,
            stage(.only, rule(3, .workingHours), title: "a"),
            stage(.longer, rule(30, .calendarHours), rule(2, .workingDays), title: "b"))
        return channels
    }
}
