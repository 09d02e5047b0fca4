// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Synchronization
import Texts

extension CommandFault {
    /// The same, naming the field by which the change has what is wrong.
    func naming(fieldsOf change: OfficeChangeCommand.Change) -> CommandFault {
        guard case .badOffice(let fault) = self else { return self }
        let field =
            switch change {
            case .put where fault.field.hasPrefix("put."): fault.field
            case .put: "put.\(fault.field)"
            case .close where fault.field.hasPrefix("close."): fault.field
            // What keeps it from being closed is in its description.
            case .close where fault.field != "closures": "close.office"
            case .close: "close.closure"
            case .reopen: "reopen.office"
            case .recalculate: "recalculate"
            }
        return .badOffice(OfficeFault(field, fault.expected))
    }
}

extension QueueEngine {
    /// The office's description after a change.
    ///
    /// A closure that is there already is no other, and those of past dates are dropped as soon as
    /// one is added: they close nothing any more.
    func described(
        _ change: OfficeChangeCommand.Change, _ now: Timestamp
    ) throws(CommandFault) -> QueueOffice {
        if case .put(let office) = change {
            return office.with(closures: Self.withoutRepeats(office.closures))
        }
        guard let room = room(change.office) else { throw .unknownOffice(change.office) }
        let (office, today) = room.state.withLock { ($0.office, $0.today(now)) }
        switch change {
        case .put, .recalculate: return office
        case .close(_, let closure):
            guard closure.date >= today else { throw .badOffice(Self.pastClosure(today)) }
            let left = office.closures.filter { $0.date >= today }
            return office.with(closures: Self.withoutRepeats(left + [closure]))
        case .reopen(_, let date):
            return office.with(closures: office.closures.filter { $0.date != date })
        }
    }

    /// Of closures of the same hours the last, whose reason is told, in the place of the first.
    private static func withoutRepeats(_ closures: [Closure]) -> [Closure] {
        var kept: [Closure] = []
        for closure in closures {
            let place = kept.firstIndex { $0.date == closure.date && $0.hours == closure.hours }
            if let place { kept[place] = closure } else { kept.append(closure) }
        }
        return kept
    }

    private static func pastClosure(_ today: CivilDate) -> OfficeFault {
        OfficeFault(
            "close.closure.day",
            LocalizedText(
                kk: "өткен күнді жабуға болмайды; бүгін — \(today).",
                ru: "прошедший день закрыть нельзя; сегодня \(today).",
                en: "a past date cannot be closed; today is \(today)."))
    }

    /// Who is here, and which kiosks have numbers, for whom a change leaves no window of the present
    /// day (``OfficeDay/affected(by:at:)``).
    func affected(
        by replanning: Replanning, _ now: Timestamp, _ state: RoomState
    ) -> OfficeDay.Affected {
        let today = state.today(now)
        guard let cell = state.days[today.dayNumber],
            case .planned(let plan)? = replanning.steps.first(where: { $0.date == today })?
                .events.first
        else { return OfficeDay.Affected() }
        return cell.withDecided { $0.affected(by: plan, at: cell.seconds(now)) }
    }
}
