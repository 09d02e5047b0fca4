// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import KezekJSON
import Parties
import Texts

/// What of an area's plan is otherwise than it was published, on the dates that both cover.
struct ChangesSince {
    /// How a visit is paid otherwise; what weighs most is told.
    enum Kind: String, CaseIterable {
        case crew, day, time
        /// It was not on these dates.
        case new
        /// It is no longer on these dates.
        case gone
    }

    struct Change: Equatable {
        let visit: UInt32
        /// Nil if it was not, or is no longer, on the dates.
        let before: PlannedVisits.Place?
        let after: PlannedVisits.Place?

        var kind: Kind {
            guard let before else { return .new }
            guard let after else { return .gone }
            if before.crew != after.crew { return .crew }
            return before.date != after.date ? .day : .time
        }
    }

    let area: OfficeID
    /// The revision that was published.
    let revision: UInt32
    let dates: ClosedRange<CivilDate>
    /// In the order of the visits' numbers.
    let visits: [Change]

    func count(_ kind: Kind) -> Int { visits.count { $0.kind == kind } }

    /// - Throws: a sentence if no date is in both plans.
    init(_ published: PlannedVisits, to plan: AreaPlan) throws(CommandFailure) {
        let now = PlannedVisits(plan)
        let (old, new) = (published.dates, now.dates)
        guard old.overlaps(new) else {
            throw CommandFailure(
                "the published plan is of \(old.lowerBound) to \(old.upperBound), and none of these "
                    + "dates is shown; name them with --from and --days")
        }
        area = now.area
        revision = published.revision
        let dates = old.clamped(to: new)
        self.dates = dates
        let (before, after) = (published.last(on: dates), now.last(on: dates))
        visits = Set(before.keys).union(after.keys).sorted().compactMap { number in
            guard before[number] != after[number] else { return nil }
            return Change(visit: number, before: before[number], after: after[number])
        }
    }
}

/// The same for a person at a terminal.
struct ChangesText {
    let changes: ChangesSince
    let clock: AreaClock

    var lines: [String] {
        let (dates, revision) = (clock.days(changes.dates), changes.revision)
        guard !changes.visits.isEmpty else {
            return [
                clock.pick(
                    "\(dates): \(revision)-нұсқадан бері өзгеріс жоқ",
                    "\(dates): с версии \(revision) изменений нет",
                    "no changes on \(dates) since revision \(revision)")
            ]
        }
        let since = clock.pick(
            "\(dates): \(revision)-нұсқадан бергі өзгерістер",
            "\(dates): изменения с версии \(revision)",
            "changes on \(dates) since revision \(revision)")
        var table = QueueTable([
            clock.pick("шақыру", "визит", "visit"), clock.pick("бұрын", "раньше", "before"),
            clock.pick("қазір", "теперь", "now"),
        ])
        for change in changes.visits {
            let cells = cells(change)
            table.add(["\(changes.area)/\(change.visit)", cells.before, cells.now])
        }
        return [Terminal.styled(since, .bold)] + table.lines + [counts]
    }

    private func cells(_ change: ChangesSince.Change) -> (before: String, now: String) {
        // Seconds are told where they alone are others.
        let minutes = [change.before, change.after].map { $0.map { clock.moment($0.start) } }
        func cell(_ place: PlannedVisits.Place) -> String {
            let start =
                change.kind == .time && minutes[0] == minutes[1]
                ? clock.argument(place.start) : clock.moment(place.start)
            return "\(start) \(place.crew)"
        }
        return (
            change.before.map(cell)
                ?? clock.pick("бұл күндері болмаған", "не в эти дни", "not on these days"),
            change.after.map(cell) ?? ChangesSince.Kind.gone.words(clock)
        )
    }

    private var counts: String {
        ChangesSince.Kind.allCases.compactMap { kind in
            let count = changes.count(kind)
            return count == 0 ? nil : "\(count) \(kind.words(clock))"
        }.joined(separator: ", ")
    }
}

extension ChangesSince.Kind {
    fileprivate func words(_ clock: AreaClock) -> String {
        switch self {
        case .crew: clock.pick("басқа бригадада", "с другой бригадой", "with another crew")
        case .day: clock.pick("басқа күні", "в другой день", "on another day")
        case .time:
            clock.pick("тек басқа уақытта", "только в другое время", "at another time only")
        case .new: clock.pick("жаңа", "новых", "new")
        case .gone:
            clock.pick("бұл күндері енді жоқ", "больше не в эти дни", "no longer on these days")
        }
    }
}

extension ChangesSince {
    /// The same as JSON.
    func json(_ clock: AreaClock) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("sinceRevision", revision), .init("fromDay", dates.lowerBound.description),
            .init("days", dates.count),
        ]
        let kinds: [(String, Kind)] = [
            ("otherCrew", .crew), ("otherDay", .day), ("otherTime", .time), ("new", .new),
            ("gone", .gone),
        ]
        for (key, kind) in kinds { members.append(.init(key, count(kind))) }
        members.append(.init("visits", .list(visits.map { json($0, clock) })))
        return .object(members)
    }

    private func json(_ change: Change, _ clock: AreaClock) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("visit", "\(area)/\(change.visit)"), .init("change", change.kind.rawValue),
        ]
        for (key, place) in [("before", change.before), ("after", change.after)] {
            guard let place else { continue }
            members.append(
                .init(
                    key,
                    .object([
                        .init("crew", place.crew.description),
                        .init("day", place.date.description),
                        .init("start", clock.stamp(place.start)),
                    ])))
        }
        return .object(members)
    }
}

extension AreaTotals {
    /// What a plan adds up to, as JSON.
    var json: JSONValue {
        let crews: [JSONValue] = crews.map { crew in
            .object([
                .init("crew", crew.crew.description), .init("visits", crew.visits),
                .init("work", crew.work),
            ])
        }
        return .object([
            .init("visits", visits), .init("held", held), .init("usedShifts", usedShifts),
            .init("travel", travel), .init("waiting", waiting), .init("service", service),
            .init("overtime", overtime), .init("spread", spread), .init("crews", .list(crews)),
        ])
    }
}
