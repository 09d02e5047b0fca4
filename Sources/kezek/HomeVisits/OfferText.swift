// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// What can be told to a caller, for a person at a terminal.
struct OfferText {
    let visit: HomeVisitID
    let offer: OfferList
    let clock: AreaClock

    var lines: [String] {
        ["\(Terminal.styled("\(visit)", .bold))  due \(clock.moment(offer.due))", ""]
            + WindowsText(windows: offer.windows, refused: offer.refused, clock: clock).lines
            + (offer.ways?.notes ?? []) + ending
    }

    private var ending: [String] {
        guard let first = offer.windows.first(where: \.isHeld) ?? offer.windows.first else {
            return []
        }
        let until = first.isHeld ? "held until \(clock.time(offer.until)); " : ""
        return [
            "", "\(until)to promise one: \(PromiseText.command(visit, first.window.start, clock))",
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
        guard !windows.isEmpty else { return ["no window can be promised"] }
        // Who is held, and whose crew changes, is told only if anybody is, and anybody's does.
        let holds = windows.contains(where: \.isHeld)
        let moves = windows.contains { $0.moved > 0 }
        var table = QueueTable(
            ["window", "crew", "min on the way"] + (holds ? ["held"] : [])
                + (moves ? ["others moved"] : []), figures: [2, holds ? 4 : 3])
        for window in windows {
            table.add(
                [
                    clock.window(window.window), window.crew.description,
                    "+\(wholeMinutes(window.extraTravel))",
                ] + (holds ? [window.isHeld ? "yes" : ""] : [])
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
            lines += ["", "not: \(reason.words)"]
            var dates: [(date: CivilDate, times: [String])] = []
            for window in windows {
                let date = clock.civil(window.window.start).date
                let minutes = reason == .noSlack ? " (\(wholeMinutes(window.missing)))" : ""
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
    var notes: [String] {
        guard self == .roadsMissing else { return [] }
        return [
            "",
            Terminal.styled(
                "ways to this place are estimated, some or all, as no road was known in time",
                .yellow),
        ]
    }
}

/// The command that promises a window.
enum PromiseText {
    static func command(_ visit: HomeVisitID, _ start: Int64, _ clock: AreaClock) -> String {
        "kezek visits promise \(visit) \(clock.argument(start))"
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
                Terminal.styled(
                    "\(visit) comes late: \(clock.moment(late.start)) by \(late.crew), "
                        + "\(minutes(late)) min after \(promise); call them", .yellow),
                "  if no crew is on its way to it: "
                    + PromiseText.command(visit, late.start, clock),
            ]
        }
        let ways = ways
        let width = ways.map(\.way.count).max() ?? 0
        return [Terminal.styled("\(visit) cannot be kept: \(promise); call them", .red)]
            + ways.map { "  \($0.way.padded(width))  \($0.command)" }
    }

    private func minutes(_ late: UnkeptPromise.Late) -> Int {
        wholeMinutes(late.start - unkept.promise.end)
    }

    private var ways: [(way: String, command: String)] {
        var ways: [(way: String, command: String)] = []
        if let late = unkept.late {
            ways.append(
                (
                    "\(clock.moment(late.start)) by \(late.crew), \(minutes(late)) min late",
                    PromiseText.command(visit, late.start, clock)
                ))
        }
        for window in unkept.alternatives.prefix(Self.windowLimit) {
            ways.append(
                (
                    "\(clock.window(window.window)) by \(window.crew), "
                        + "+\(wholeMinutes(window.extraTravel)) min on the way",
                    PromiseText.command(visit, window.window.start, clock)
                ))
        }
        if unkept.alternatives.count > Self.windowLimit {
            ways.append(
                (
                    "\(unkept.alternatives.count - Self.windowLimit) other windows",
                    "kezek visits offer --visit \(visit)"
                ))
        }
        if ways.isEmpty {
            ways.append(("no way out is known", "kezek visits cancel \(visit) --by office"))
        }
        return ways
    }
}
