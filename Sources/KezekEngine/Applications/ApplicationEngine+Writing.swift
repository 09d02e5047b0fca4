// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Journal
import KezekWire
import Parties
import Synchronization

/// What was decided on its way to the disk, and what becomes of it there.
extension ApplicationEngine {
    /// Hands what was decided to the store; called under the lock, so that the store gets each
    /// register's entries in order.
    func send(
        _ cell: RegisterCell, _ events: [ApplicationEvent], _ mark: RequestMark, _ time: Timestamp
    ) {
        let decision = cell.decide(events)
        let (entry, keys) = entry(cell, decision, mark, time)
        _ = queue.latest.max(time.second, ordering: .relaxed)
        queue.inFlight.add(1, ordering: .relaxed)
        let (office, date) = (cell.office, cell.date)
        queue.store.submit(
            Batch(entries: [entry], keys: keys) { [self] result in
                queue.note(result)
                complete(office, date, decision, mark, result)
                queue.inFlight.subtract(1, ordering: .releasing)
            })
    }

    /// The entry of a decision, and the keys by which its words are sealed.
    private func entry(
        _ cell: RegisterCell, _ decision: RegisterCell.Decision, _ mark: RequestMark?,
        _ time: Timestamp
    ) -> (Entry, [PersonKey]) {
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        let vault = queue.vault
        var keys: [PersonKey] = []
        let register = cell.decided
        let day = CivilDate(dayNumber: Int32(clamping: time.second / 86_400)) ?? cell.date
        let words = WordSealing { number, words in
            guard let application = register.application(number) else {
                preconditionFailure("words are about an application that is there")
            }
            let sealed = vault.seal(words, about: application.handIn.applicant, on: day)
            keys.append(sealed.key)
            return sealed.bytes
        }
        let body = RegisterEventCodec.encode(decision.events, arena, words: words)
        let entry = Entry(
            stream: cell.stream, revision: decision.revision, at: time, request: mark,
            claims: decision.claims, body: body)
        return (entry, keys)
    }

    /// A decision is on disk, or lost.
    private func complete(
        _ office: OfficeID, _ date: CivilDate, _ decision: RegisterCell.Decision,
        _ mark: RequestMark, _ result: Result<Void, AppendFailure>
    ) {
        let (handlers, outcome, watchers) = state.withLock { state in
            settle(office, date, decision, mark, result, &state)
        }
        if let outcome {
            for handler in handlers { handler(outcome) }
        } else {
            // The register was read anew, and may be further on than this decision.
            let stream = StreamName.applications(office.description, date)
            queue.background { [self] in
                let outcome = recorded(stream, office, date, decision.revision, mark)
                for handler in handlers { handler(outcome) }
            }
        }
        for watcher in watchers { watcher() }
    }

    private func settle(
        _ office: OfficeID, _ date: CivilDate, _ decision: RegisterCell.Decision,
        _ mark: RequestMark, _ result: Result<Void, AppendFailure>, _ state: inout State
    ) -> (
        [ApplicationHandler], Result<ApplicationView, ApplicationFault>?, [@Sendable () -> Void]
    ) {
        guard let cell = state.offices[office]?.cells[date.dayNumber] else {
            preconditionFailure("a register with something on its way stays in memory")
        }
        let isApplied = finish(cell, decision, mark.id, result, &state)
        var outcome: Result<ApplicationView, ApplicationFault>?
        switch result {
        case .success:
            let ids = decision.ids(office, date)
            state.offices[office]?.note(ids)
            keepSnapshot(of: cell, every: Limits.entriesPerSnapshot)
            if isApplied {
                outcome = ids.first.flatMap { cell.committed.view($0) }.map { .success($0) }
            }
        case .failure(let failure):
            outcome = .failure(.command(failure.fault))
            if cell.isAtRest, cell.committed.revision == 0 {
                // Nothing has happened in it after all.
                state.offices[office]?.cells[date.dayNumber] = nil
            }
        }
        let watchers = state.offices[office].map { Array($0.watchers.values) } ?? []
        return (cell.requests.finish(mark.id), outcome, watchers)
    }

    /// Makes a decision part of what is read, or takes it back; false if the register had to be read
    /// anew instead.
    @discardableResult
    func finish(
        _ cell: RegisterCell, _ decision: RegisterCell.Decision, _ request: RequestID?,
        _ result: Result<Void, AppendFailure>, _ state: inout State
    ) -> Bool {
        switch result {
        case .success:
            if cell.commit(decision, request) { return true }
            reload(cell, &state)
            return false
        case .failure:
            cell.lose(decision)
            if cell.isAtRest { reload(cell, &state) }
            return true
        }
    }

    /// Takes the register as the store has it: a commit whose sync failed may have reached the disk.
    func reload(_ cell: RegisterCell, _ state: inout State) {
        guard let fresh = try? load(cell.office, cell.date),
            fresh.committed.revision != cell.committed.revision
        else { return }
        cell.replace(with: fresh)
        state.offices[cell.office]?.note(
            cell.committed.applications.map {
                ApplicationID(office: cell.office, date: cell.date, number: $0.number)
            })
    }
}

extension RegisterCell.Decision {
    /// The applications that it is about.
    func ids(_ office: OfficeID, _ date: CivilDate) -> [ApplicationID] {
        events.compactMap { event in
            event.number.map { ApplicationID(office: office, date: date, number: $0) }
        }
    }
}
