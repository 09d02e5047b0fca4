// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Deadlines
public import ServiceStandards
public import Texts
public import WorkingDays

extension Language {
    /// A date and time with its weekday, as it stands in a sentence.
    func moment(_ moment: CivilDateTime) -> String {
        var text = ""
        text.reserveCapacity(Self.bytesOfMoment)
        write(moment, to: &text)
        return text
    }

    /// Room in UTF-8 that a moment takes at most.
    static let bytesOfMoment = bytesOfDate + 40

    /// Writes a date and time with its weekday behind a text.
    func write(_ moment: CivilDateTime, to text: inout String) {
        text += weekdayName(moment.date.weekday)
        text += ", "
        write(moment.date, to: &text)
        text += ", "
        text += moment.time.description
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
            case .holiday: status.closedBy.map { "\(name) (\($0[self]))" } ?? name
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
        let told = status.withinDays.map { text + estimate(withinDays: $0) } ?? text
        guard let shortened = status.shortened else {
            return Proof.Reason(
                kind: Proof.Kind(status.kind), text: told, act: status.act.title[self],
                withinDays: status.withinDays)
        }
        return Proof.Reason(
            kind: Proof.Kind(status.kind), text: "\(told), \(shorter(by: shortened.minutes))",
            act: shortened.act.title[self], withinDays: status.withinDays,
            shortenedMinutes: shortened.minutes)
    }

    private func shorter(by minutes: Int) -> String {
        let time = hoursAndMinutes(minutes)
        return pick("\(time) қысқа", "короче на \(time)", "shorter by \(time)")
    }

    /// What says which hours a day has, in words, and the act where one is named; nil for the schedule that an
    /// office has always had.
    public func ground(_ ground: HoursOfDay.Ground) -> (text: String, act: String?)? {
        switch ground {
        case .base: return nil
        case .change(let from, let act):
            let day = date(from)
            return (
                pick("\(day) бастап жаңа кесте", "график с \(day)", "hours since \(day)"), act[self]
            )
        case .season(let first, let last, let act):
            let span = "\(first)…\(last)"
            return (
                pick(
                    "маусымдық кесте \(span)", "сезонный график \(span)",
                    "hours of the season \(span)"),
                act?[self]
            )
        case .date(let act):
            return (pick("осы күннің кестесі", "график этого дня", "hours of this date"), act[self])
        case .calendar(let status):
            let reason = reason(status)
            return (reason.text, reason.act)
        case .shortened(let minutes, let act):
            return (shorter(by: minutes), act.title[self])
        }
    }

    /// What is told behind a holiday that is not announced yet.
    private func estimate(withinDays days: Int) -> String {
        let word = pick("болжам", "предположительно", "estimate")
        return days == 0 ? " (\(word))" : " (\(word), ± \(days) \(pick("күн", "дн.", "d")))"
    }
}
