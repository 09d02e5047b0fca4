// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Dispatch
public import Journal
import KezekWire
import Parties
import Queue
import Synchronization

extension QueueEngine {
    /// Loads the offices and their days from the day before the last entry on, and earlier days on
    /// which somebody still has a claim.
    ///
    /// That is all that time may still change; the others stay in the store.
    ///
    /// - Throws: if the store cannot be read, or has something in it that cannot be understood.
    public func start(now: Timestamp) throws(StoreFailure) {
        let (renewed, locked) = try vault.load(try store.personKeys())
        lockedKeys.withLock { $0 = locked }
        if !renewed.isEmpty { store.submit(Batch(entries: [], keys: renewed) { _ in }) }
        let last = try findLatest()
        clock?.start(recorded: last)
        try loadRegister(min(now, last ?? now))
        try loadDays(of: room)
        try loadForgottenDays()
        try loadCountedDays()
    }

    /// Loads earlier days whose bookings time has not ended: a crash came between an entry of a later
    /// day and theirs.
    private func loadForgottenDays() throws(StoreFailure) {
        var left = try store.heldClaims()
        claims.withLock { claims in
            for claim in claims.keys { left.remove(claim) }
        }
        guard !left.isEmpty else { return }
        var days: [(stream: StreamName, room: OfficeRoom, date: CivilDate)] = []
        for (stream, _) in try store.streams() {
            if case .applications = stream { left.remove(Claim(openRegister: stream)) }
            guard case .officeDay(let name, let date) = stream, let id = OfficeID(name),
                let room = room(id)
            else { continue }
            let from = room.state.withLock { $0.loadedFrom }
            // Claims of an office whose standard is gone are never found, so it is not looked for ever.
            guard date < from, date.days(until: from) <= Limits.forgottenDays else { continue }
            days.append((stream, room, date))
        }
        // Latest first, as these are the likely ones.
        for day in days.sorted(by: { $0.date > $1.date }) where !left.isEmpty {
            let live = Set(
                try load(day.stream, day.room.id, day.date) { SlotGrid($0) }?.committed.liveClaims
                    ?? [])
            guard !left.isDisjoint(with: live) else { continue }
            left.subtract(live)
            try adopt(day.stream, day.room, day.date)
        }
    }

    /// Loads the days of offices for which there is a room, from the first day on that it loads.
    func loadDays(of roomOf: (OfficeID) -> OfficeRoom?) throws(StoreFailure) {
        var days: [(StreamName, OfficeRoom, CivilDate)] = []
        for (stream, _) in try store.streams() {
            guard case .officeDay(let name, let date) = stream, let id = OfficeID(name),
                let room = roomOf(id), date >= room.state.withLock({ $0.loadedFrom })
            else { continue }
            days.append((stream, room, date))
        }
        let failure = Mutex<StoreFailure?>(nil)
        let work = days
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            let (stream, room, date) = work[index]
            do throws(StoreFailure) {
                try adopt(stream, room, date)
            } catch { failure.withLock { $0 = $0 ?? error } }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    private func adopt(
        _ stream: StreamName, _ room: OfficeRoom, _ date: CivilDate
    ) throws(StoreFailure) {
        try room.state.withLock { state throws(StoreFailure) in
            guard let cell = try load(stream, room.id, date, &state) else { return }
            takeUp(cell)
            if date < state.countedFrom { state.countedEarlier.insert(date.dayNumber) }
            state.days[date.dayNumber] = cell
        }
    }

    /// The time of the last entry: the clock must not go back behind it.
    private func findLatest() throws(StoreFailure) -> Timestamp? {
        let last = try store.lastPosition()
        guard last > 0 else { return nil }
        try store.scan(after: last - 1) { placed in
            _ = latest.max(placed.entry.at.second, ordering: .relaxed)
            return true
        }
        return Timestamp(second: latest.load(ordering: .relaxed))
    }

    /// Brings about what time brings about; to be called about once a second.
    ///
    /// Days that are over are dropped from memory, and boards hear of a new day.
    public func tick(now: Timestamp) {
        guard let now = try? settle(now) else { return }
        var packed = 0
        for room in allRooms {
            let listeners = room.state.withLock { state in
                packed += pack(state, atMost: Limits.quietSnapshots - packed)
                return tick(room, &state, now)
            }
            for listener in listeners { listener() }
        }
    }

    /// Packs days on which nothing is going on; how many.
    private func pack(_ state: RoomState, atMost count: Int) -> Int {
        var packed = 0
        for cell in state.days.values where packed < count && cell.isAtRest {
            let saved = cell.savedRevision
            keepSnapshot(of: cell, every: Limits.entriesPerQuietSnapshot)
            if cell.savedRevision != saved { packed += 1 }
        }
        return packed
    }

    /// Packs every day that has changed since it was packed, for a quick start next time; to be
    /// called when nothing more is submitted.
    public func packDays() {
        for room in allRooms {
            room.state.withLock { state in
                for cell in state.days.values { keepSnapshot(of: cell, every: 2) }
            }
        }
    }

    private func tick(
        _ room: OfficeRoom, _ state: inout RoomState, _ now: Timestamp
    ) -> [@Sendable () -> Void] {
        for cell in state.days.values {
            cell.rest()
            guard let due = cell.nextDue, due <= cell.seconds(now) else { continue }
            var writing = Writing(cell: cell, now: now)
            writing.sweep()
            if !writing.decisions.isEmpty { send([writing], room, &state, nil) }
        }
        for cell in state.days.values { clearWaitingList(of: cell, room, &state, now) }
        let today = state.today(now)
        guard state.lastToday != today else { return [] }
        let isFirst = state.lastToday == nil
        state.lastToday = today
        let kept = today.adding(days: -1) ?? today
        if let date = kept.adding(days: -OfficeLimits.personDays.upperBound) {
            persons.withLock { $0.forget(before: date) }
        }
        state.loadedFrom = max(state.loadedFrom, kept)
        for (number, cell) in state.days
        where cell.date < kept && cell.inFlight == 0 && cell.nextDue == nil {
            state.days[number] = nil
        }
        return isFirst ? [] : state.listeners
    }
}
