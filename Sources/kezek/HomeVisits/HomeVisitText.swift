// SPDX-License-Identifier: Apache-2.0

import HomeVisits

/// A visit for a person at a terminal.
struct HomeVisitText {
    let visit: VisitView
    let clock: AreaClock

    var lines: [String] {
        let unkept =
            visit.isUnkept && !visit.state.isOver ? Terminal.styled("  cannot be kept", .red) : ""
        var lines = [
            "\(Terminal.styled("\(visit.id)", .bold))  \(visit.state.words)"
                + (visit.promise.map { "  \(clock.window($0))" } ?? "") + unkept
        ]
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { lines.append("\("\(name):".padded(12))\(text)") }
        }
        add("name", visit.words?.name ?? "forgotten")
        add("address", visit.words?.address)
        add("telephone", visit.words?.telephone)
        add("place", visit.words?.place.text)
        add("needs", visit.needs.map(\.description).joined(separator: ", "))
        add("not by", visit.avoided.map(\.description).joined(separator: ", "))
        add("takes", "\(wholeMinutes(visit.service)) min")
        add("asked", clock.moment(visit.askedAt))
        add("due", clock.moment(visit.due))
        add("held until", visit.heldUntil.map(clock.moment))
        return lines
    }
}

/// Why a visit stands where it stands, for a person at a terminal.
struct ExplainedText {
    let visit: VisitExplained
    let clock: AreaClock

    var lines: [String] {
        var lines = [
            "\(Terminal.styled("\(visit.id)", .bold))  \(clock.moment(visit.start)) by \(visit.crew)",
            "the crew arrives at \(clock.time(visit.arrival)) and "
                + (visit.waitsForWindow
                    ? "waits \(wholeMinutes(visit.start - visit.arrival)) min for the window"
                    : "begins as soon as it can"),
            "without it the crew would save \(wholeMinutes(visit.extraTravel)) min on the way",
            "it may begin \(visit.slack / 60) min later; \(bound)",
        ]
        guard !visit.elsewhere.isEmpty else { return lines }
        var table = QueueTable(["date", "crew", "instead"])
        for place in visit.elsewhere {
            let told =
                place.extraTravel.map { "+\(wholeMinutes($0)) min on the way" }
                ?? place.reason.map(Self.words) ?? "not possible"
            table.add([clock.day(place.date), place.crew.description, told])
        }
        lines += [""] + table.lines
        return lines
    }

    private var bound: String {
        switch visit.bound {
        case .promise: "then its promise would break"
        case .due: "then it would be past due"
        case .visit: "then \(visit.id.area)/\(visit.boundVisit) would be late"
        case .lunch: "then the crew would have its lunch too late"
        case .hours: "then the crew would be back too late"
        }
    }

    /// Why one crew cannot pay it.
    private static func words(_ reason: RefusedWindow.Reason) -> String {
        switch reason {
        case .noShift: "is on no shift"
        case .avoided: "must not come"
        case .need: "has not what the visit needs"
        case .pastDue: "only after it is due"
        case .noSlack: "has no time"
        }
    }
}
