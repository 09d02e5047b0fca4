// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

/// The register of offices as far as writing it needs to know.
struct Register {
    /// The revision that the next entry follows.
    var revision: UInt32 = 0
    var recorded: UInt32 = 0
    /// Counts how often a change on its way was lost: those decided before then are void.
    var epoch = 0
    /// The rooms of offices that are not on disk yet.
    var rooms: [OfficeID: OfficeRoom] = [:]
    var requests: [UInt64: (mark: RequestMark, effects: OfficeEffects, revision: UInt32)] = [:]
    var pending: [RequestID: (fingerprint: UInt64, waiting: [ReceiptHandler])] = [:]
}

extension QueueEngine {
    /// Loads the register of offices.
    func loadRegister(_ now: Timestamp) throws(StoreFailure) {
        try register.withLock { register throws(StoreFailure) in try load(&register, now) }
    }

    /// Takes in what is on disk and not in memory yet.
    private func load(_ register: inout Register, _ now: Timestamp) throws(StoreFailure) {
        let arena = Arena(limit: 64 << 20)
        for entry in try store.entries(of: .offices, after: register.recorded) {
            arena.reset()
            let event: OfficeEvent
            do throws(RecordFailure) {
                event = try OfficeEventCodec.decode(entry.body, arena)
            } catch {
                throw StoreFailure("offices, revision \(entry.revision): \(error.description)")
            }
            adopt(event.office, now)
            register.revision = entry.revision
            register.recorded = entry.revision
            if let mark = entry.request {
                register.requests[mark.id.hash64] = (mark, event.effects, entry.revision)
            }
        }
    }

    /// An office as it is on disk now; one whose standard is gone stays away until it is back.
    private func adopt(_ office: QueueOffice, _ now: Timestamp) {
        guard let terms = catalog.terms(for: office) else { return }
        if let room = room(office.id) {
            return room.state.withLock { state in
                state.office = office
                state.recorded = office
                state.terms = terms
                state.forgetPlans()
            }
        }
        let today = terms.zone.civil(at: now).date
        let state = RoomState(
            office: office, terms: terms, loadedFrom: today.adding(days: -1) ?? today)
        let room = OfficeRoom(id: office.id, state: state)
        rooms.withLock { $0[office.id] = room }
    }

    /// Changes an office and the plans of its days in one batch, or says what that would do.
    func submit(
        _ command: OfficeChangeCommand, _ request: RequestID, _ caller: CallerID,
        _ now: Timestamp,
        _ handler: @escaping ReceiptHandler
    ) throws(CommandFault) {
        let mark = RequestMark(
            id: request, fingerprint: Fingerprint(command).value, caller: caller)
        // One change at a time is decided, each over the one before.
        let finish = register.withLock { register in
            if let finish = known(mark, &register, handler) { return finish }
            do throws(CommandFault) {
                let office = try described(command.change, now)
                guard let terms = catalog.terms(for: office) else {
                    throw catalog.unknownName(in: office)
                }
                if let fault = office.faults().first { throw .badOffice(fault) }
                let today = terms.zone.civil(at: now).date
                if let fault = office.hoursNotKnown(on: today) { throw .badOffice(fault) }
                if let fault = office.policyFault(policy: terms.policy, rule: terms.policyRule) {
                    throw .badOffice(fault)
                }
                let room = try room(office, terms, now, &register)
                return try change(command, office, terms, mark, now, room, &register, handler)
            } catch {
                let fault = error.naming(fieldsOf: command.change)
                return { handler(.failure(fault)) }
            }
        }
        finish()
    }

    /// What to do for a request that is known: nothing more than to wait, or to tell it again.
    private func known(
        _ mark: RequestMark, _ register: inout Register, _ handler: @escaping ReceiptHandler
    ) -> (@Sendable () -> Void)? {
        if let pending = register.pending[mark.id] {
            guard pending.fingerprint == mark.fingerprint else {
                return { handler(.failure(.requestMismatch)) }
            }
            register.pending[mark.id]?.waiting.append(handler)
            return {}
        }
        guard let known = register.requests[mark.id.hash64] else { return nil }
        let isSame = known.mark == mark
        let receipt = Receipt(revision: known.revision, effects: known.effects)
        return { handler(isSame ? .success(receipt) : .failure(.requestMismatch)) }
    }

    /// The office's room; a new office's is among the others once it is on disk.
    private func room(
        _ office: QueueOffice, _ terms: OfficeTerms, _ now: Timestamp, _ register: inout Register
    ) throws(CommandFault) -> OfficeRoom {
        if let room = room(office.id) ?? register.rooms[office.id] { return room }
        guard rooms.withLock({ $0.count }) < Limits.offices else { throw .overloaded }
        let today = terms.zone.civil(at: now).date
        let room = OfficeRoom(
            id: office.id,
            state: RoomState(
                office: office, terms: terms, loadedFrom: today.adding(days: -1) ?? today))
        do throws(StoreFailure) {
            // An office that was away, as its standard was, finds its days again.
            try loadDays { $0 == office.id ? room : nil }
        } catch { throw .unavailable(error.description) }
        register.rooms[office.id] = room
        return room
    }

    private func change(
        _ command: OfficeChangeCommand, _ office: QueueOffice, _ terms: OfficeTerms,
        _ mark: RequestMark, _ now: Timestamp, _ room: OfficeRoom, _ register: inout Register,
        _ handler: @escaping ReceiptHandler
    ) throws(CommandFault) -> @Sendable () -> Void {
        let (revision, epoch) = (register.revision + 1, register.epoch)
        if office.reception?.limits.contains(where: { $0.days > 1 }) == true {
            do throws(StoreFailure) { try loadCountedDays(of: [room]) } catch {
                throw .unavailable(error.description)
            }
        }
        let effects = try room.state.withLock { state throws(CommandFault) in
            // By which calendar the days are to be planned is known once the decree is on disk.
            guard state.decree == nil else { throw .overloaded }
            var replanning = try replan(office, terms, now, room, &state)
            let affected = affected(by: replanning, now, state)
            let effects = OfficeEffects(
                isDone: !command.dryRun, replanning, affected, office.id)
            if command.dryRun { return effects }
            let writings = replanning.write(now, &state, self, by: mark.caller)
            let record = Entry(
                stream: .offices, revision: revision, at: now, request: mark, claims: [],
                body: OfficeEventCodec.encode(
                    OfficeEvent(office: office, effects: effects), Arena(limit: 16 << 20)))
            state.office = office
            state.terms = terms
            state.changesOnTheirWay += 1
            state.forgetPlans()
            send(writings, room, &state, nil, record: record) { [self] result in
                settled(office, room, mark, effects, revision, epoch, result)
            }
            return effects
        }
        guard effects.isDone else {
            let receipt = Receipt(revision: register.recorded, effects: effects)
            return { handler(.success(receipt)) }
        }
        register.revision = revision
        register.pending[mark.id] = (mark.fingerprint, [handler])
        return {}
    }

    /// A change of an office is on disk, or lost.
    private func settled(
        _ office: QueueOffice, _ room: OfficeRoom, _ mark: RequestMark, _ effects: OfficeEffects,
        _ revision: UInt32, _ epoch: Int, _ result: Result<Void, AppendFailure>
    ) {
        let (waiting, listeners) = register.withLock { register in
            switch result {
            case .success:
                register.recorded = revision
                register.requests[mark.id.hash64] = (mark, effects, revision)
                rooms.withLock { $0[office.id] = room }
                register.rooms[office.id] = nil
            // What was decided after it is lost with it, as its revision is missing.
            case .failure where epoch == register.epoch:
                register.epoch += 1
                register.revision = register.recorded
                // A commit whose sync failed may have reached the disk after all.
                if let now = Timestamp(second: latest.load(ordering: .relaxed)) {
                    try? load(&register, now)
                }
            case .failure: break
            }
            let listeners = room.state.withLock { state in
                settle(office, result, &state)
                return state.listeners
            }
            return (register.pending.removeValue(forKey: mark.id)?.waiting ?? [], listeners)
        }
        // Boards show windows by the description that now holds, even of a day without a ticket.
        for listener in listeners { listener() }
        for handler in waiting {
            switch result {
            case .success: handler(.success(Receipt(revision: revision, effects: effects)))
            case .failure(let failure): handler(.failure(failure.fault))
            }
        }
    }

    private func settle(
        _ office: QueueOffice, _ result: Result<Void, AppendFailure>, _ state: inout RoomState
    ) {
        if case .success = result { state.recorded = office }
        endChange(&state)
    }

    /// One of the changes that were on their way is on disk, or lost.
    ///
    /// After the last of them decisions go by what is recorded, whichever of them was lost.
    func endChange(_ state: inout RoomState) {
        state.changesOnTheirWay -= 1
        guard state.changesOnTheirWay == 0, state.office != state.recorded else { return }
        state.office = state.recorded
        plan(&state)
    }
}
