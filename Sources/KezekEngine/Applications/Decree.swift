// SPDX-License-Identifier: Apache-2.0

import Applications
import CallLimits
import CivilTime
import Enquiries
import KezekWire
import Parties
import Queue
import Texts

/// A decree that is worked out.
struct Decree: Sendable {
    let command: DecreeCommand
    let calendar: ApplicationEngine.NewCalendar?
    /// The calendar of which more became known, where that is why all is worked out anew.
    let becameKnown: String
    let old: Library
    let new: Library
    let time: Timestamp
    let language: Language

    /// What it does to one register.
    struct Part: Sendable {
        let office: OfficeID
        let date: CivilDate
        /// As it is before the decree.
        let register: ApplicationRegister
        let outcome: DecreeReckoning.Outcome
    }

    /// What moves on the days to come on which more becomes known.
    struct Later: Sendable {
        var clocks: [DecreeEffects.LaterClock] = []
        var bookings: [DecreeEffects.Later] = []
    }

    var reckoning: DecreeReckoning {
        DecreeReckoning(old: old, new: new, now: time, language: language)
    }

    /// What is told: of one office alone, if the command names it.
    func effects(
        _ outcomes: [(office: OfficeID, outcome: DecreeReckoning.Outcome)],
        _ changes: [CalendarChangesAnswer.Change], _ queues: [OfficeEffects], later: Later
    ) -> DecreeEffects {
        let told = outcomes.filter { isTold($0.office) }.map(\.outcome)
        let displaced = queues.flatMap(\.displaced).filter { isTold($0.booking.id.office) }
        let clocks = later.clocks.filter { isTold($0.id.office) }
        let name = calendar?.calendar ?? becameKnown
        return DecreeEffects(
            isDone: !command.dryRun, calendar: name,
            version: new.calendarVersions(now: time).first { $0.id == name }?.version ?? "",
            moving: told.reduce(0) { $0 + $1.moved.count },
            running: told.reduce(0) { $0 + $1.running },
            unanswered: told.reduce(0) { $0 + $1.unanswered },
            movingBookings: displaced.count, changes: changes,
            clocks: Array(told.lazy.flatMap(\.moved).prefix(CallLimit.decreeClocks)),
            bookings: OfficeEffects(
                isDone: !command.dryRun,
                dates: Array(Set(queues.flatMap(\.dates))).sorted(),
                displaced: first(displaced),
                tickets: first(queues.flatMap(\.tickets).filter { isTold($0.office) }),
                leases: first(queues.flatMap(\.leases).filter { isTold($0.office) })),
            awaitingYear: told.reduce(0) { $0 + $1.withoutYear },
            knownLater: new.knownLater(than: time).map(\.day),
            later: first(later.bookings.filter { isTold($0.booking.id.office) }),
            laterClocks: first(clocks),
            movingLater: Set(clocks.map { ClockOf(id: $0.id, kind: $0.kind) }).count)
    }

    /// One clock, which may move on several days.
    private struct ClockOf: Hashable {
        let id: ApplicationID
        let kind: ClockKind
    }

    private func isTold(_ office: OfficeID?) -> Bool {
        command.office == nil || command.office == office
    }

    private func first<Item>(_ items: [Item]) -> [Item] {
        Array(items.prefix(CallLimit.decreeBookings))
    }
}
