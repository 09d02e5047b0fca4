// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import HomeVisits
public import Journal
import KezekWire
import Parties
import Queue
import Synchronization

extension VisitEngine {
    /// Carries a command out, once for each request id; `handler` is called when it is on disk, or
    /// refused.
    ///
    /// A repeat gets what was recorded; another command under the same id is refused. A command that
    /// brings a new place waits for its ways by road, if there is a server of roads. `standing` says in
    /// whose right it is sent.
    public func submit(
        _ command: VisitCommand, request: RequestID, by caller: CallerID = .local,
        as standing: Standing = .office, now: Timestamp, _ handler: @escaping VisitHandler
    ) {
        do throws(VisitFault) {
            let time = try settle(now)
            let room = try room(for: command, time)
            try room.state.withLock { state throws(VisitFault) in
                try prove(standing, command.visit, state.decided.book, time)
            }
            let mark = RequestMark(
                id: request, fingerprint: fingerprint(command), caller: caller)
            let questions = questionsFirst(command, mark, room, time)
            guard !questions.isEmpty else {
                return try carryOut(command, mark, standing, room, time, handler)
            }
            ask(questions, room, time) { [self] later in
                do throws(VisitFault) {
                    // Others were recorded meanwhile.
                    let latest = max(later.second, queue.latestRecorded)
                    let time = try settle(Timestamp(second: latest) ?? later)
                    try carryOut(command, mark, standing, room, time, handler)
                } catch { handler(.failure(error)) }
            }
        } catch { handler(.failure(error)) }
    }

    private func carryOut(
        _ command: VisitCommand, _ mark: RequestMark, _ standing: Standing, _ room: VisitRoom,
        _ time: Timestamp, _ handler: @escaping VisitHandler
    ) throws(VisitFault) {
        // The outcome is told after the lock is given back.
        let finish = try room.state.withLock {
            state throws(VisitFault) -> (@Sendable () -> Void)? in
            switch state.requests.known(mark) {
            case .new: break
            case .mismatch: throw .command(.requestMismatch)
            case .recorded(let revision): return repeated(room, revision, mark, handler)
            case .pending:
                state.requests.wait(for: mark.id, handler)
                return nil
            }
            if case .replan(_, let seconds) = command {
                return try replan(seconds, mark, room, &state, time, handler)
            }
            return try decide(command, mark, standing, room, &state, time, handler)
        }
        finish?()
    }

    /// The time to record, or why nothing can be now.
    func settle(_ now: Timestamp) throws(VisitFault) -> Timestamp {
        guard queue.inFlight.load(ordering: .relaxed) < QueueEngine.Limits.inFlight else {
            throw .command(.overloaded)
        }
        do throws(CommandFault) { return try queue.settle(now) } catch { throw .command(error) }
    }

    /// The area that a command is about; a new one for its first description.
    private func room(
        for command: VisitCommand, _ now: Timestamp
    ) throws(VisitFault) -> VisitRoom {
        if let room = room(command.area) { return room }
        guard case .describe(let area, _) = command else {
            throw .refused(unknown(command.area))
        }
        if let fault = area.fault { throw .refused(.fault(fault)) }
        _ = try terms(area, now)
        let ways = ways(area.id)
        let state = VisitRoomState(VisitDesk(VisitBook(area), ways.table))
        let room = VisitRoom(area.id, state, ways.surveys)
        return try rooms.withLock { rooms throws(VisitFault) in
            if let known = rooms[area.id] { return known }
            guard rooms.count < Limits.areas else { throw .refused(.full) }
            rooms[area.id] = room
            return room
        }
    }

    private func decide(
        _ command: VisitCommand, _ mark: RequestMark, _ standing: Standing, _ room: VisitRoom,
        _ state: inout VisitRoomState, _ now: Timestamp, _ handler: @escaping VisitHandler
    ) throws(VisitFault) -> (@Sendable () -> Void)? {
        let area =
            if case .describe(let area, _) = command { area } else { state.decided.book.area }
        let terms = try terms(area, now)
        state.lastAsked = now.second
        try admit(command, by: mark.caller, as: standing, terms, now, &state)
        var writing = VisitWriting(at: now)
        let before = state.decided.book
        try writing.add(state.decided.due(now.second, terms), nil, &state)
        let events: [VisitEvent]
        do throws(VisitRefusal) {
            events = try state.decided.decide(
                command, applicant(command, state), terms, now: now.second)
        } catch {
            // A refusal writes nothing: what is due is written by the next tick.
            if !writing.decisions.isEmpty { state.decided.goBack(to: before) }
            let fault = VisitFault.refused(error)
            guard state.inFlight > 0 else { return { handler(.failure(fault)) } }
            queue.store.submit(Batch(entries: []) { _ in handler(.failure(fault)) })
            return nil
        }
        try writing.add(events, mark, &state)
        if standing.holdPercent != nil { state.note(events, of: mark.caller) }
        state.requests.begin(mark, handler)
        send(writing, room, &state)
        // Whoever calls next finds the board made.
        return { [self] in refreshBoard(room, now) }
    }

    /// Who asks: by an earlier key as long as a visit of theirs under it is not over, so that nobody
    /// has two.
    private func applicant(_ command: VisitCommand, _ state: VisitRoomState) -> Applicant? {
        guard case .offer(let offer) = command, case .new(let new) = offer.subject else {
            return nil
        }
        let earlier = queue.keys.earlier(new.applicant).first {
            state.decided.book.openVisit(of: [$0]) != nil
        }
        return earlier ?? queue.keys.applicant(new.applicant)
    }

    /// Makes the plan ready in the background, on a copy, so that others are not held up meanwhile.
    func refreshBoard(_ room: VisitRoom, _ now: Timestamp) {
        queue.background { [self] in
            var copy = room.state.withLock { $0.decided }
            // A plan that is no problem is told to whoever asks next.
            guard let terms = try? terms(copy.book.area, now),
                (try? copy.refreshBoard(terms, now: now.second)) != nil
            else { return }
            room.state.withLock {
                $0.decided.adoptBoard(of: copy)
                $0.committed.adoptBoard(of: copy)
            }
        }
    }

    // MARK: Writing

    /// Hands what was decided to the store; called under the area's lock, so that the store gets its
    /// entries in order.
    func send(_ writing: VisitWriting, _ room: VisitRoom, _ state: inout VisitRoomState) {
        let (entries, keys) = writing.entries(room, state.decided.book, queue.vault)
        _ = queue.latest.max(writing.at.second, ordering: .relaxed)
        queue.inFlight.add(1, ordering: .relaxed)
        state.inFlight += 1
        queue.store.submit(
            Batch(entries: entries, keys: keys) { [self] result in
                queue.note(result)
                complete(writing, room, result)
                queue.inFlight.subtract(1, ordering: .releasing)
            })
    }

    /// What was decided is on disk, or lost.
    private func complete(
        _ writing: VisitWriting, _ room: VisitRoom,
        _ result: Result<Void, AppendFailure>
    ) {
        var told: [(VisitHandler, Result<VisitReceipt, VisitFault>)] = []
        let watchers = room.state.withLock { state -> [@Sendable () -> Void] in
            state.inFlight -= 1
            if case .failure = result { state.hasLost = true }
            for decision in writing.decisions {
                var outcome: Result<VisitReceipt, VisitFault>
                switch result {
                case .success:
                    _ = state.committed.take(decision.events, at: writing.at.second)
                    if let mark = decision.mark {
                        state.requests.record(mark.id, decision.revision)
                    }
                    outcome = .success(
                        keyed(
                            VisitReceipt(
                                room.id, revision: decision.revision, of: decision.events)))
                case .failure(let failure):
                    outcome = .failure(.command(failure.fault))
                }
                guard let mark = decision.mark else { continue }
                told += state.requests.finish(mark.id).map { ($0, outcome) }
            }
            if state.inFlight == 0, state.hasLost { reload(room, &state) }
            keepSnapshot(room, &state)
            return Array(state.watchers.values)
        }
        for (handler, outcome) in told { handler(outcome) }
        for watcher in watchers { watcher() }
    }

    /// Takes the area as the store has it: a commit whose sync failed may have reached the disk.
    private func reload(_ room: VisitRoom, _ state: inout VisitRoomState) {
        state.hasLost = false
        do throws(StoreFailure) {
            guard let fresh = try load(room.id) else {
                // Nothing has happened in it after all.
                rooms.withLock { $0[room.id] = nil }
                return
            }
            state.committed.goBack(to: fresh.committed.book)
            state.decided.goBack(to: fresh.committed.book)
            state.requests.takeRecorded(from: fresh.requests)
        } catch {
            state.decided.goBack(to: state.committed.book)
        }
    }

    private func keepSnapshot(_ room: VisitRoom, _ state: inout VisitRoomState) {
        let revision = state.committed.book.revision
        // The more there is, the longer packing takes, and the less the last entries matter.
        guard
            revision - min(revision, state.savedRevision)
                >= max(Limits.entriesPerSnapshot, state.savedRevision / 8)
        else { return }
        state.savedRevision = revision
        let (stream, store) = (room.stream, queue.store)
        queue.background { store.pack(stream) }
    }

    // MARK: Repeats

    /// Answers a repeated request with what was recorded.
    private func repeated(
        _ room: VisitRoom, _ revision: UInt32, _ mark: RequestMark,
        _ handler: @escaping VisitHandler
    ) -> @Sendable () -> Void {
        { [self] in
            queue.background { [self] in
                do throws(StoreFailure) {
                    guard
                        let entry = try queue.store.entry(of: room.stream, revision: revision),
                        entry.request == mark
                    else { return handler(.failure(.command(.requestMismatch))) }
                    let events = try decode(entry)
                    handler(
                        .success(keyed(VisitReceipt(room.id, revision: revision, of: events))))
                } catch {
                    handler(.failure(.command(.unavailable(error.description))))
                }
            }
        }
    }
}

/// The entries that a command makes for an area.
struct VisitWriting: Sendable {
    struct Decision: Sendable {
        let events: [VisitEvent]
        let revision: UInt32
        let mark: RequestMark?
    }

    let at: Timestamp
    private(set) var decisions: [Decision] = []

    init(at: Timestamp) { self.at = at }

    /// Adds an entry, and takes it into what decisions see.
    ///
    /// - Throws: `unavailable` if it does not follow, which would be a fault of deciding: nothing of it
    ///   is written, and decisions see what is on disk again.
    mutating func add(
        _ events: [VisitEvent], _ mark: RequestMark?, _ state: inout VisitRoomState
    ) throws(VisitFault) {
        guard !events.isEmpty else { return }
        guard state.decided.take(events, at: at.second) else {
            state.decided.goBack(to: state.committed.book)
            throw .command(.unavailable("what was decided does not follow from what was before"))
        }
        decisions.append(
            Decision(events: events, revision: state.decided.book.revision, mark: mark))
    }

    /// The entries, and the keys by which their words are sealed.
    func entries(
        _ room: VisitRoom, _ book: VisitBook, _ vault: Vault
    ) -> (entries: [Entry], keys: [PersonKey]) {
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        var keys: [PersonKey] = []
        let day = CivilDate(dayNumber: Int32(clamping: at.second / 86_400)) ?? .earliest
        let words = WordSealing { number, words in
            guard let visit = book[number] else {
                preconditionFailure("words are about a visit that is there")
            }
            let sealed = vault.seal(words, about: visit.applicant, on: day)
            keys.append(sealed.key)
            return sealed.bytes
        }
        let entries = decisions.map { decision in
            arena.reset()
            return Entry(
                stream: room.stream, revision: decision.revision, at: at,
                request: decision.mark, claims: [],
                body: VisitEventCodec.encode(decision.events, arena, words: words))
        }
        return (entries, keys)
    }
}
