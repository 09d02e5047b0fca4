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
            case .working:
                LocalizedText(kk: "жұмыс күні", ru: "рабочий день", en: "working day")
            case .movedWorking:
                LocalizedText(
                    kk: "жұмыс күні (ауыстырылған күн: \(other))",
                    ru: "рабочий день (вместо \(other))",
                    en: "working day in place of \(other)")
            case .weeklyRest:
                LocalizedText(kk: "демалыс күні", ru: "выходной день", en: "rest day")
            case .holiday: LocalizedText(kk: name, ru: name, en: name)
            case .substitute:
                LocalizedText(
                    kk: "демалыс күні: \(name) (\(other)) демалысқа тура келді",
                    ru: "выходной день: \(name) (\(other)) совпал с выходным",
                    en: "rest day for \(name) (\(other)), which fell on a rest day")
            case .movedRest:
                LocalizedText(
                    kk: "демалыс күні (ауыстырылған күн: \(other))",
                    ru: "выходной день (вместо \(other))",
                    en: "rest day in place of \(other)")
            }
        return Proof.Reason(
            kind: Proof.Kind(status.kind),
            text: text[self] + (status.withinDays.map(estimate) ?? ""),
            act: status.act.title[self], withinDays: status.withinDays)
    }

    /// What is told behind a holiday that is not announced yet.
    private func estimate(withinDays days: Int) -> String {
        let word = LocalizedText(kk: "болжам", ru: "предположительно", en: "estimate")
        let unit = LocalizedText(kk: "күн", ru: "дн.", en: "d")
        return days == 0 ? " (\(word[self]))" : " (\(word[self]), ± \(days) \(unit[self]))"
    }
}
