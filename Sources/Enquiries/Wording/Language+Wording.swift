// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Deadlines
public import ServiceStandards
public import Texts
import WorkingDays

extension Language {
    /// A date and time with its weekday, as it stands in a sentence.
    func moment(_ moment: CivilDateTime) -> String {
        "\(weekdayName(moment.date.weekday)), \(date(moment.date)), \(moment.time)"
    }

    /// The length of a term in words.
    public func term(_ term: Term) -> String {
        switch term.unit {
        case .workingMinutes: workingMinutes(term.length)
        case .workingHours: count(term.length, .workingHour)
        case .workingDays: workingDays(term.length)
        case .calendarHours: count(term.length, .hour)
        case .calendarDays: count(term.length, .calendarDay)
        case .calendarWeeks: count(term.length, .week)
        case .calendarMonths: calendarMonths(term.length)
        case .calendarYears: count(term.length, .year)
        }
    }

    /// The term of a clock in words, its stages in their order.
    ///
    ///     // "1 working day, then the longer of 10 working days and 15 calendar days"
    public func term(_ channel: Channel) -> String {
        channel.stages.map { term($0) { term($0.term) } }
            .joined(separator: pick(", содан кейін ", ", затем ", ", then "))
    }

    /// The terms of a stage in words.
    func term(_ stage: Channel.Stage, each: (Channel.TermRule) -> String) -> String {
        let terms = stage.rules.map(each)
        let (semicolons, and) = (terms.joined(separator: "; "), terms.joined(separator: " and "))
        return switch stage.choice {
        case .only: terms[0]
        case .longer:
            pick(
                "мерзімдердің ұзағы (\(semicolons))", "больший из сроков (\(semicolons))",
                "the longer of \(and)")
        case .shorter:
            pick(
                "мерзімдердің қысқасы (\(semicolons))", "меньший из сроков (\(semicolons))",
                "the shorter of \(and)")
        }
    }

    /// What a day is, in words, and by which act.
    func reason(_ status: DayStatus) -> Proof.Reason {
        let name = status.name?[self] ?? ""
        let other = status.counterpart.map(date) ?? ""
        let text =
            switch status.kind {
            case .working: pick("жұмыс күні", "рабочий день", "working day")
            case .movedWorking:
                pick(
                    "жұмыс күні (ауыстырылған күн: \(other))", "рабочий день (вместо \(other))",
                    "working day in place of \(other)")
            case .weeklyRest: pick("демалыс күні", "выходной день", "rest day")
            case .holiday: name
            case .substitute:
                pick(
                    "демалыс күні: \(name) (\(other)) демалысқа тура келді",
                    "выходной день: \(name) (\(other)) совпал с выходным",
                    "rest day for \(name) (\(other)), which fell on a rest day")
            case .movedRest:
                pick(
                    "демалыс күні (ауыстырылған күн: \(other))", "выходной день (вместо \(other))",
                    "rest day in place of \(other)")
            }
        return Proof.Reason(
            kind: Proof.Kind(status.kind),
            text: status.withinDays.map { text + estimate(withinDays: $0) } ?? text,
            act: status.act.title[self], withinDays: status.withinDays)
    }

    /// What is told behind a holiday that is not announced yet.
    private func estimate(withinDays days: Int) -> String {
        let word = pick("болжам", "предположительно", "estimate")
        return days == 0 ? " (\(word))" : " (\(word), ± \(days) \(pick("күн", "дн.", "d")))"
    }
}
