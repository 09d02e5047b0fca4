// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Texts

/// What can be told to a caller, for a person at a terminal.
struct OfferText {
    let visit: HomeVisitID
    let offer: OfferList
    let clock: AreaClock
    var secret: BookingSecret?

    var lines: [String] {
        [
            "\(Terminal.styled("\(visit)", .bold))  "
                + clock.pick("мерзімі", "срок", "due") + " \(clock.moment(offer.due))"
        ] + promise + [""]
            + WindowsText(windows: offer.windows, refused: offer.refused, clock: clock).lines
            + (offer.ways?.notes(clock) ?? []) + ending
    }

    /// What is promised already, and whether it stands.
    private var promise: [String] {
        guard let promise = offer.promise else { return [] }
        let window = clock.window(promise)
        return [
            offer.isUnkept
                ? Terminal.styled(
                    clock.pick(
                        "уәде етілген: \(window); орындау мүмкін емес",
                        "обещано: \(window); выполнить нельзя",
                        "promised: \(window); cannot be kept"), .red)
                : clock.pick(
                    "уәде етілген: \(window); басқасы уәде етілгенше күшінде",
                    "обещано: \(window); остаётся в силе, пока не обещано другое",
                    "promised: \(window); stands until another is promised")
        ]
    }

    private var ending: [String] {
        guard let first = offer.windows.first(where: \.isHeld) ?? offer.windows.first else {
            return []
        }
        let time = clock.time(offer.until)
        let until =
            first.isHeld
            ? clock.pick(
                "\(time) дейін ұсталған; ", "удержано до \(time); ", "held until \(time); ")
            : ""
        let promising = clock.pick("уәде ету үшін", "чтобы обещать", "to promise one")
        return [
            "",
            "\(until)\(promising): \(PromiseText.command(visit, first.window.start, clock, secret))",
        ]
    }
}

/// Windows that can be promised and those that cannot, for a person at a terminal.
struct WindowsText {
    let windows: [OfferedWindow]
    let refused: [RefusedWindow]
    let clock: AreaClock

    var lines: [String] { possible + notPossible }

    private var possible: [String] {
        guard !windows.isEmpty else {
            return [
                clock.pick(
                    "ешбір уақытты уәде етуге болмайды", "ни одного времени нельзя обещать",
                    "no window can be promised")
            ]
        }
        // Who is held, and whose crew changes, is told only if anybody is, and anybody's does.
        let holds = windows.contains(where: \.isHeld)
        let moves = windows.contains { $0.moved > 0 }
        var table = QueueTable(
            [
                clock.pick("уақыты", "время", "window"), clock.pick("бригада", "бригада", "crew"),
                clock.pick("жолда, мин", "мин в пути", "min on the way"),
            ] + (holds ? [clock.pick("ұсталған", "удержано", "held")] : [])
                + (moves
                    ? [clock.pick("басқалар ауысады", "другие переносятся", "others moved")] : []),
            figures: [2, holds ? 4 : 3])
        for window in windows {
            table.add(
                [
                    clock.window(window.window), window.crew.description,
                    "+\(wholeMinutes(window.extraTravel))",
                ] + (holds ? [window.isHeld ? clock.pick("иә", "да", "yes") : ""] : [])
                    + (moves ? ["\(window.moved)"] : []))
        }
        return table.lines
    }

    /// Reason by reason, a line for each date.
    private var notPossible: [String] {
        var lines: [String] = []
        for reason in RefusedWindow.Reason.allCases {
            let windows = refused.filter { $0.reason == reason }
            guard !windows.isEmpty else { continue }
            lines += ["", clock.pick("жоқ", "нет", "not") + ": \(reason.words(clock))"]
            var dates: [(date: CivilDate, times: [String])] = []
            for window in windows {
                let date = clock.civil(window.window.start).date
                let minutes = window.missing > 0 ? " (\(wholeMinutes(window.missing)))" : ""
                if dates.last?.date != date { dates.append((date, [])) }
                dates[dates.count - 1].times.append(clock.times(window.window) + minutes)
            }
            lines += dates.map { "  \(clock.day($0.date)) \($0.times.joined(separator: ", "))" }
        }
        return lines
    }
}

extension WayOrigin {
    /// What somebody has to know of ways that are less than they could be.
    func notes(_ clock: AreaClock) -> [String] {
        guard self == .roadsMissing else { return [] }
        return [
            "",
            Terminal.styled(
                clock.pick(
                    "бұл орынға баратын жолдар, кейбірі немесе бәрі, шамамен алынған: жол уақытында белгісіз болды",
                    "пути к этому месту оценены, некоторые или все: дорога не стала известна вовремя",
                    "ways to this place are estimated, some or all, as no road was known in time"),
                .yellow),
        ]
    }
}

/// The command that promises a window.
enum PromiseText {
    /// With the visit's link where its secret was told.
    static func command(
        _ visit: HomeVisitID, _ start: Int64, _ clock: AreaClock, _ secret: BookingSecret? = nil
    ) -> String {
        Manner.current.hint(
            "kezek visits promise \(VisitReference(visit, secret)) \(clock.argument(start))")
    }
}

/// A promise that cannot be kept and its ways out, for a person at a terminal.
struct UnkeptText {
    /// The most windows that are told; a person at the telephone offers the best.
    static let windowLimit = 4

    let visit: HomeVisitID
    let unkept: UnkeptPromise
    let clock: AreaClock

    var lines: [String] {
        let promise = clock.window(unkept.promise)
        // Somebody whose crew is on its way, or there, can only be told so.
        if let late = unkept.late, unkept.alternatives.isEmpty {
            return [
                Terminal.styled(comesLate(late, promise), .yellow),
                "  "
                    + clock.pick(
                        "егер оған бригада шықпаса", "если к нему никто не едет",
                        "if no crew is on its way to it") + ": "
                    + PromiseText.command(visit, late.start, clock),
            ]
        }
        let ways = ways
        let width = ways.map(\.way.count).max() ?? 0
        let lost = clock.pick(
            "\(visit) орындау мүмкін емес: \(promise); қоңырау шалыңыз",
            "\(visit) выполнить нельзя: \(promise); позвоните",
            "\(visit) cannot be kept: \(promise); call them")
        return [Terminal.styled(lost, .red)]
            + ways.map { "  \($0.way.padded(width))  \($0.command)" }
    }

    private func comesLate(_ late: UnkeptPromise.Late, _ promise: String) -> String {
        let (start, minutes) = (clock.moment(late.start), minutes(late))
        return clock.pick(
            "\(visit) кешігеді: \(start), \(late.crew), \(promise) кейін \(minutes) мин; қоңырау шалыңыз",
            "\(visit) опоздает: \(start), \(late.crew), на \(minutes) мин после \(promise); позвоните",
            "\(visit) comes late: \(start) by \(late.crew), \(minutes) min after \(promise); call them"
        )
    }

    private func minutes(_ late: UnkeptPromise.Late) -> Int {
        wholeMinutes(late.start - unkept.promise.end)
    }

    private func others(_ count: Int) -> String {
        clock.pick(
            "басқа уақыттар: \(count)", "другое время, вариантов: \(count)",
            "\(count) other windows")
    }

    private var ways: [(way: String, command: String)] {
        var ways: [(way: String, command: String)] = []
        if let late = unkept.late {
            ways.append(
                (
                    clock.pick(
                        "\(clock.moment(late.start)) \(late.crew), \(minutes(late)) мин кеш",
                        "\(clock.moment(late.start)) \(late.crew), на \(minutes(late)) мин позже",
                        "\(clock.moment(late.start)) by \(late.crew), \(minutes(late)) min late"),
                    PromiseText.command(visit, late.start, clock)
                ))
        }
        for window in unkept.alternatives.prefix(Self.windowLimit) {
            ways.append(
                (
                    "\(clock.window(window.window)) "
                        + clock.pick("\(window.crew)", "\(window.crew)", "by \(window.crew)")
                        + ", +" + clock.onTheWay(window.extraTravel),
                    PromiseText.command(visit, window.window.start, clock)
                ))
        }
        if unkept.alternatives.count > Self.windowLimit {
            ways.append(
                (
                    others(unkept.alternatives.count - Self.windowLimit),
                    Manner.current.hint("kezek visits offer --visit \(visit)")
                ))
        }
        if ways.isEmpty {
            ways.append(
                (
                    clock.pick(
                        "басқа мүмкіндік белгісіз", "выход неизвестен", "no way out is known"),
                    Manner.current.hint("kezek visits cancel \(visit) --by office")
                ))
        }
        return ways
    }
}
