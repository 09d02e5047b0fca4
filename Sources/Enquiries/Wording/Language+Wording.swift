// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Deadlines
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
        case .workingDays: workingDays(term.length)
        case .calendarMonths: calendarMonths(term.length)
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
