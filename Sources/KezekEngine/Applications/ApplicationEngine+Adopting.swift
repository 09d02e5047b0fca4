// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekWire
import Parties
import Queue
import Synchronization

extension ApplicationEngine {
    /// What a decree did to one register.
    private struct Part: Sendable {
        let office: OfficeID
        let date: CivilDate
        let decision: RegisterCell.Decision
    }

    /// A register worked out as of a revision, its events encoded.
    private struct Prepared {
        /// Of the cell then: a revision that was lost may have come anew as another.
        let epoch: Int
        let revision: UInt32
        let outcome: DecreeReckoning.Outcome
        let body: [UInt8]
    }

    /// Moves what the decree moves, in one batch of the store; `handler` is told once it is there.
    func adopt(
        _ decree: Decree, _ mark: RequestMark, _ handler: @escaping DecreeHandler
    ) throws(ApplicationFault) {
        try requireNew(decree)
        var reckoning = decree.reckoning
        let registers = state.withLock { state in
            Self.sorted(state).map { ($0.stream, $0.office, $0.date, $0.epoch, $0.decided) }
        }
        let clocks = wallClocks(decree.time)
        var prepared: [StreamName: Prepared] = [:]
        for (stream, office, date, epoch, register) in registers {
            prepared[stream] = prepare(
                register, epoch, office, date, clocks, &reckoning)
        }
        let later = try foresee(
            decree,
            registers.compactMap { stream, office, date, _, register in
                prepared[stream].map {
                    Decree.Part(office: office, date: date, register: register, outcome: $0.outcome)
                }
            })
        // Offices are not changed from here until the decree is with the store.
        try queue.register.withLock { _ throws(ApplicationFault) in
            state.withLock { $0.decrees.isDecided = true }
            let writings: QueueEngine.DecreeWritings
            do throws(CommandFault) {
                writings = try queue.decideDecree(
                    decree.new, by: mark.caller, now: decree.time)
            } catch { throw .command(error) }
            // From here on nothing can fail but the store.
            release(decree, writings, prepared, clocks, later, &reckoning, mark, handler)
        }
    }

    /// Puts the decree's batch together and gives it to the store.
    private func release(
        _ decree: Decree, _ writings: QueueEngine.DecreeWritings,
        _ prepared: [StreamName: Prepared], _ clocks: WallClocks, _ later: Decree.Later,
        _ reckoning: inout DecreeReckoning, _ mark: RequestMark, _ handler: @escaping DecreeHandler
    ) {
        state.withLock { state in
            var (outcomes, entries, parts) = (
                [(office: OfficeID, outcome: DecreeReckoning.Outcome)](), [Entry](), [Part]()
            )
            for cell in Self.sorted(state) {
                var ready = prepared[cell.stream]
                // What other commands have changed since the look above is worked out once more.
                if ready?.revision != cell.decided.revision || ready?.epoch != cell.epoch {
                    ready = prepare(
                        cell.decided, cell.epoch, cell.office, cell.date,
                        clocks, &reckoning)
                }
                guard let ready else { continue }
                outcomes.append((cell.office, ready.outcome))
                guard !ready.outcome.events.isEmpty else { continue }
                let decision = cell.decide(ready.outcome.events)
                entries.append(
                    Entry(
                        stream: cell.stream, revision: decision.revision, at: decree.time,
                        request: nil, caller: mark.caller, claims: decision.claims,
                        body: ready.body))
                parts.append(Part(office: cell.office, date: cell.date, decision: decision))
            }
            reckoning.tellAllChanges()
            let effects = decree.effects(
                outcomes, reckoning.changes, writings.effects, later: later)
            let moved = (
                outcomes.reduce(0) { $0 + $1.outcome.moved.count },
                writings.effects.reduce(0) { $0 + $1.displaced.count }
            )
            let (record, recordEntry) = record(
                decree, effects, moved, mark, state.decrees.revision + 1)
            queue.inFlight.add(1, ordering: .relaxed)
            let sent = parts
            let batch = Batch(
                entries: [recordEntry] + entries + writings.entries, keys: writings.keys
            ) { [self] result in
                queue.note(result)
                queue.settle(writings, result, decree.new)
                settle(sent, writings, record, recordEntry, decree.new, result)
                handler(
                    result.map { effects }.mapError {
                        .command($0.fault)
                    })
                queue.inFlight.subtract(1, ordering: .releasing)
            }
            queue.release(batch, writings)
        }
    }

    /// A calendar that the last decree on it put in force moves nothing a second time.
    private func requireNew(_ decree: Decree) throws(ApplicationFault) {
        guard let calendar = decree.calendar,
            let last = state.withLock({ $0.decrees.inForce[calendar.calendar] }),
            last.digest == calendar.digest,
            decree.old.calendars[calendar.calendar]?.source == calendar.digest
        else { return }
        throw .inForceAlready(calendar.calendar, since: last.at)
    }

    private func prepare(
        _ register: ApplicationRegister, _ epoch: Int, _ office: OfficeID, _ date: CivilDate,
        _ clocks: WallClocks, _ reckoning: inout DecreeReckoning
    ) -> Prepared {
        // Clocks alone: nobody has typed anything.
        let outcome = reckoning.reckon(
            register, office, date, by: clocks.calendar(of: office), at: clocks.moment(in: office))
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        return Prepared(
            epoch: epoch, revision: register.revision, outcome: outcome,
            body: outcome.events.isEmpty
                ? [] : RegisterEventCodec.encode(outcome.events, arena, words: .plain))
    }

    private func record(
        _ decree: Decree, _ effects: DecreeEffects, _ moved: (clocks: Int, bookings: Int),
        _ mark: RequestMark, _ revision: UInt32
    ) -> (DecreeRecord, Entry) {
        let record = DecreeRecord(
            calendar: decree.calendar?.calendar ?? "", text: decree.command.calendar,
            digest: decree.calendar?.digest ?? "",
            earlierDigest: decree.calendar?.earlierDigest ?? "", effects: effects,
            clocks: UInt32(clamping: moved.clocks), bookings: UInt32(clamping: moved.bookings))
        let entry = Entry(
            stream: .decrees, revision: revision, at: decree.time, request: mark, claims: [],
            body: DecreeRecordCodec.encode(record, Arena(limit: 64 << 20)))
        return (record, entry)
    }

    /// A decree is on disk, or lost.
    private func settle(
        _ parts: [Part], _ writings: QueueEngine.DecreeWritings, _ record: DecreeRecord,
        _ entry: Entry, _ new: Library, _ result: Result<Void, AppendFailure>
    ) {
        let watchers = state.withLock { state -> [@Sendable () -> Void] in
            for part in parts {
                guard let cell = state.offices[part.office]?.cells[part.date.dayNumber] else {
                    continue
                }
                finish(cell, part.decision, nil, result, &state)
            }
            guard case .success = result else { return [] }
            state.decrees.note(record, entry)
            return state.startListsAnew()
        }
        for watcher in watchers { watcher() }
        guard case .failure = result else {
            tell(new)
            return end()
        }
        // Whatever comes of this, the store has looked at its file again by then.
        queue.store.submit(
            Batch(entries: []) { [self] _ in
                recover(parts, writings)
                end()
            })
    }

    /// Another decree may come, once the commands that waited for this one are decided.
    ///
    /// Those that come meanwhile wait behind them, so that the order in which they came holds.
    func end() {
        let waiting = takeWaiting()
        guard !waiting.isEmpty else { return }
        queue.background { [self] in
            var waiting = waiting
            while !waiting.isEmpty {
                for command in waiting { command() }
                waiting = takeWaiting()
            }
        }
    }

    /// The commands that wait; if there are none, nobody waits any more.
    private func takeWaiting() -> [@Sendable () -> Void] {
        state.withLock { state in
            defer { state.waitingForDecree = [] }
            if state.waitingForDecree.isEmpty {
                state.decrees.isDecided = false
                state.decrees.isWriting = false
            }
            return state.waitingForDecree
        }
    }

    private func tell(_ library: Library) {
        for watcher in state.withLock({ $0.libraryWatchers }) { watcher(library) }
    }

    /// After a failure: takes in decrees that are on disk all the same, as those of a commit whose
    /// sync failed may be.
    private func recover(_ parts: [Part], _ writings: QueueEngine.DecreeWritings) {
        let last = state.withLock { $0.decrees.revision }
        guard let entries = try? queue.store.entries(of: .decrees, after: last), !entries.isEmpty
        else { return }
        var library = queue.libraryInForce
        for entry in entries {
            guard let record = try? DecreeLedger.decode(entry) else { return }
            if !record.text.isEmpty, case .success(let calendar) = read(record.text, library) {
                library = calendar.library
            }
            state.withLock { $0.decrees.note(record, entry) }
        }
        queue.putInForce(library)
        queue.reload(writings)
        let watchers = state.withLock { state in
            for part in parts {
                let cell = state.offices[part.office]?.cells[part.date.dayNumber]
                if let cell, cell.isAtRest { reload(cell, &state) }
            }
            return state.startListsAnew()
        }
        tell(library)
        for watcher in watchers { watcher() }
    }
}
