// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Synchronization
import Texts

extension QueueEngine {
    /// The office's description after a change.
    ///
    /// A closure that is there already is no other, and those of past dates are dropped as soon as
    /// one is added: they close nothing any more.
    func described(
        _ change: OfficeChangeCommand.Change, _ now: Timestamp
    ) throws(CommandFault) -> QueueOffice {
        if case .put(let office) = change { return office }
        guard let room = room(change.office) else { throw .unknownOffice(change.office) }
        let (office, today) = room.state.withLock { ($0.office, $0.today(now)) }
        switch change {
        case .put, .recalculate: return office
        case .close(_, let closure):
            guard closure.date >= today else { throw .badOffice(Self.pastClosure(today)) }
            let left = office.closures.filter { $0.date >= today }
            return office.with(closures: left.contains(closure) ? left : left + [closure])
        case .reopen(_, let date):
            return office.with(closures: office.closures.filter { $0.date != date })
        }
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
