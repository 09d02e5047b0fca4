// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Texts

/// The plan of an area for a person at a terminal: first what somebody has to act on.
struct PlanText {
    let plan: AreaPlan
    let clock: AreaClock
    var changes: ChangesSince?

    private var visits: [UInt32: VisitView] {
        Dictionary(plan.visits.map { ($0.id.number, $0) }) { _, last in last }
    }

    var lines: [String] {
        let dates = clock.days(plan.dates)
        let head =
            Terminal.styled("\(plan.area)", .bold) + "  \(dates), "
            + clock.pick(
                "\(plan.revision)-нұсқа", "версия \(plan.revision)", "revision \(plan.revision)")
        let changed = changes.map { [""] + ChangesText(changes: $0, clock: clock).lines } ?? []
        return [head, AreaTotals(plan).line(clock)] + unkept + waiting + crewDays + changed
    }

    private var unkept: [String] {
        guard !plan.unkept.isEmpty else { return [] }
        var table = QueueTable([
            visitHead, promisedHead, telephoneHead, nameHead,
            clock.pick("басқа уақыттар", "другое время", "other windows"),
        ])
        for visit in plan.unkept {
            table.add([
                "\(visit.id)", visit.promise.map(clock.window) ?? "–",
                visit.words?.telephone ?? "–", visit.words?.name ?? "–",
                Manner.current.hint("kezek visits offer --visit \(visit.id)"),
            ])
        }
        let call = clock.pick(
            "орындау мүмкін емес уәделер: қоңырау шалыңыз",
            "обещания, которые выполнить нельзя: позвоните",
            "promises that cannot be kept: call them")
        return ["", Terminal.styled(call, .red)] + table.lines
    }

    private var waiting: [String] {
        guard !plan.waiting.isEmpty else { return [] }
        var table = QueueTable([
            visitHead, stateHead, clock.pick("мерзімі", "срок", "due"), telephoneHead, nameHead,
        ])
        for visit in plan.waiting {
            let held =
                visit.heldUntil.map {
                    clock.pick(
                        " \(clock.time($0)) дейін", " до \(clock.time($0))",
                        " until \(clock.time($0))")
                } ?? ""
            table.add([
                "\(visit.id)", visit.state.words(clock) + held, clock.moment(visit.due),
                visit.words?.telephone ?? "–", visit.words?.name ?? "–",
            ])
        }
        let without = clock.pick("уәдесіз", "без обещания", "without a promise")
        return ["", Terminal.styled(without, .yellow)] + table.lines
    }

    private var visitHead: String { clock.pick("шақыру", "визит", "visit") }
    private var stateHead: String { clock.pick("күйі", "состояние", "state") }
    private var promisedHead: String { clock.pick("уәде", "обещано", "promised") }
    private var telephoneHead: String { clock.pick("телефон", "телефон", "telephone") }
    private var nameHead: String { clock.pick("аты-жөні", "имя", "name") }
    private var noVisits: String { clock.pick("шақыру жоқ", "визитов нет", "no visits") }
    private var lost: String {
        clock.pick("орындау мүмкін емес", "выполнить нельзя", "cannot be kept")
    }

    private var crewDays: [String] {
        let visits = visits
        return plan.crewDays.flatMap { [""] + lines($0, visits) }
    }

    private func lines(_ day: AreaPlan.CrewDay, _ visits: [UInt32: VisitView]) -> [String] {
        let head = Terminal.styled("\(clock.day(day.date))  \(day.crew)", .bold)
        if day.isAbsent, day.stops.isEmpty {
            return ["\(head)  " + clock.pick("жоқ", "отсутствует", "absent")]
        }
        guard !day.stops.isEmpty else { return ["\(head)  \(clock.times(day.hours))  \(noVisits)"] }
        var table = QueueTable([
            clock.pick("келеді", "приезд", "arrives"), clock.pick("бастайды", "начало", "begins"),
            clock.pick("бітіреді", "конец", "ends"), visitHead, stateHead, promisedHead,
            clock.pick("қайда", "где", "where"),
        ])
        for stop in day.stops {
            table.add(
                [clock.time(stop.arrival), clock.time(stop.start), clock.time(stop.end)]
                    + row(stop, visits))
        }
        let told =
            (day.isAbsent
                ? [
                    clock.pick(
                        "бұдан былай жоқ", "с этого времени отсутствует", "absent from now on")
                ]
                : []) + (back(day).map { [$0] } ?? []) + [
                clock.onTheWay(day.travel), clock.ofWaiting(day.waiting),
            ]
        return ["\(head)  \(clock.times(day.hours))  \(told.joined(separator: ", "))"]
            + table.lines.map { "  \($0)" }
    }

    private func back(_ day: AreaPlan.CrewDay) -> String? {
        guard let back = day.back else { return nil }
        let time = clock.time(back)
        let told = clock.pick("\(time) оралады", "вернётся в \(time)", "back \(time)")
        guard day.overtime > 0 else { return told }
        let minutes = wholeMinutes(day.overtime)
        let after = clock.pick(
            "жұмыс уақытынан \(minutes) мин кейін", "на \(minutes) мин после своих часов",
            "\(minutes) min after its hours")
        return Terminal.styled("\(told), \(after)", .yellow)
    }

    private func row(_ stop: AreaPlan.Stop, _ visits: [UInt32: VisitView]) -> [String] {
        switch stop.kind {
        case .lunch:
            return [
                clock.pick("түскі үзіліс", "обед", "lunch"),
                stop.isBegun ? clock.pick("басталды", "начат", "begun") : "", "", "",
            ]
        case .held(let number):
            return ["\(plan.area)/\(number)", HomeVisit.State.held.words(clock), "", ""]
        case .visit(let number):
            guard let visit = visits[number] else { return ["\(plan.area)/\(number)", "", "", ""] }
            // A visit that is promised counts as begun once its crew cannot be called away.
            let begun =
                stop.isBegun && visit.state == .promised
                ? ", " + clock.pick("бекітілген", "закреплён", "fixed") : ""
            let place =
                visit.words.map { "\($0.address) · \($0.name)" }
                ?? clock.pick("ұмытылған", "забыт", "forgotten")
            // What came of the visit since is no matter of a crew that was there in vain.
            if let outcome = stop.outcome {
                return ["\(visit.id)", outcome.state.words(clock), "–", place]
            }
            return [
                "\(visit.id)", visit.state.words(clock) + begun,
                visit.promise.map { clock.times($0) + late(stop, visit, $0) } ?? "–",
                place,
            ]
        }
    }

    /// By how much a visit that keeps its place begins after what was promised; empty if it does not, or is over.
    private func late(
        _ stop: AreaPlan.Stop, _ visit: VisitView, _ promise: VisitWindow
    ) -> String {
        guard stop.start > promise.end, !visit.state.isOver else { return "" }
        let minutes = wholeMinutes(stop.start - promise.end)
        return clock.pick(
            ", \(minutes) мин кешігеді", ", опоздание \(minutes) мин", ", \(minutes) min late")
    }

    /// A line for each change, for a log.
    var log: [String] {
        let at = "\(plan.area) \(plan.revision)"
        return plan.crewDays.map { day in
            let visits = day.stops.compactMap { stop in
                if case .visit(let number) = stop.kind {
                    "\(number) " + clock.pick("", "в ", "at ") + clock.time(stop.start)
                } else {
                    nil
                }
            }
            let told = visits.isEmpty ? noVisits : visits.joined(separator: ", ")
            return
                "\(at)  \(clock.day(day.date)) \(day.crew)"
                + (day.isAbsent ? " " + clock.pick("жоқ", "отсутствует", "absent") : "")
                + ": \(told)"
        }
            + plan.visits.map { visit in
                let promise = visit.promise.map { " \(clock.window($0))" } ?? ""
                let unkept = visit.isUnkept && !visit.state.isOver ? ", \(lost)" : ""
                return "\(at)  \(visit.id) \(visit.state.words(clock))\(promise)\(unkept)"
            }
    }
}

extension AreaPlan.Stop.Outcome {
    /// The state that the visit had then.
    fileprivate var state: HomeVisit.State {
        switch self {
        case .nobodyHome: .failed
        case .calledOff: .cancelled
        }
    }
}

extension AreaTotals {
    /// What a plan adds up to, in a line for a person at a terminal.
    fileprivate func line(_ clock: AreaClock) -> String {
        let words = clock.language
        let (counted, shifts) = (words.count(visits, .visit), words.count(usedShifts, .shift))
        var parts = [
            clock.pick(
                "\(shifts) ішінде \(counted)", "\(counted), \(shifts)", "\(counted) in \(shifts)")
        ]
        if held > 0 {
            let places = words.count(held, .place)
            parts.append(
                clock.pick("ұсталған \(places)", "удержано: \(places)", "\(places) held"))
        }
        let (served, apart, after) = (
            wholeMinutes(service), wholeMinutes(spread), wholeMinutes(overtime)
        )
        parts += [
            clock.onTheWay(travel), clock.ofWaiting(waiting),
            clock.pick(
                "өтініш берушілермен \(served) мин", "\(served) мин у заявителей",
                "\(served) min with applicants"),
        ]
        if crews.count > 1 {
            parts.append(
                clock.pick(
                    "ең бос емес пен ең бос бригаданың айырмасы \(apart) мин",
                    "между самой занятой и самой свободной бригадой \(apart) мин",
                    "busiest and idlest crew \(apart) min apart"))
        }
        if overtime > 0 {
            parts.append(
                Terminal.styled(
                    clock.pick(
                        "жұмыс уақытынан кейін \(after) мин", "\(after) мин после часов работы",
                        "\(after) min after hours"), .yellow))
        }
        return parts.joined(separator: ", ")
    }
}
