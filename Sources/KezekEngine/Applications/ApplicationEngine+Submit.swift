// SPDX-License-Identifier: Apache-2.0

public import Applications
public import CivilTime
import Enquiries
public import Journal
import KezekWire
import Parties
import Queue
import Synchronization
public import Texts

extension ApplicationEngine {
    /// Carries a command out, once for each request id; `handler` is called when it is on disk, or
    /// refused.
    ///
    /// A repeat gets what was recorded; another command under the same id is refused.
    public func submit(
        _ command: ApplicationCommand, request: RequestID, now: Timestamp, in language: Language,
        _ handler: @escaping ApplicationHandler
    ) {
        submit(command, request, now, language, hasWaited: false, handler)
    }

    private func submit(
        _ command: ApplicationCommand, _ request: RequestID, _ now: Timestamp,
        _ language: Language, hasWaited: Bool, _ handler: @escaping ApplicationHandler
    ) {
        do throws(ApplicationFault) {
            let time = try settle(now)
            let place = try office(command.office, time)
            let date = command.date ?? place.today
            try ensureLoaded(place.office.id, date)
            let attempt = Attempt(
                command: command, mark: mark(command, request), date: date, place: place,
                time: time, language: language, handler: handler)
            // The outcome is told after the lock is given back.
            let finish = state.withLock { state -> (@Sendable () -> Void)? in
                guard state.decrees.isDecided, !hasWaited else { return decide(attempt, &state) }
                // A repeat that comes in time is told at once: waiting could make it too late.
                do throws(ApplicationFault) {
                    let cell = state.offices[place.office.id]?.cells[date.dayNumber]
                    if let finish = try known(attempt, cell, state) { return finish }
                } catch { return { handler(.failure(error)) } }
                // By which calendar it is to be decided is known once the decree is on disk.
                state.waitingForDecree.append { [self] in
                    // Others were recorded meanwhile; that it waited is not the clock's fault.
                    let recorded = Timestamp(second: queue.latestRecorded) ?? now
                    submit(
                        command, request, max(now, recorded), language, hasWaited: true, handler)
                }
                return nil
            }
            finish?()
        } catch { handler(.failure(error)) }
    }

    /// The time to record, or why nothing can be now.
    func settle(_ now: Timestamp) throws(ApplicationFault) -> Timestamp {
        guard queue.inFlight.load(ordering: .relaxed) < QueueEngine.Limits.inFlight else {
            throw .command(.overloaded)
        }
        do throws(CommandFault) { return try queue.settle(now) } catch { throw .command(error) }
    }

    /// An office as it is on disk, and the time there.
    struct Place {
        let office: QueueOffice
        let now: CivilDateTime

        var today: CivilDate { now.date }
    }

    func office(_ id: OfficeID, _ now: Timestamp) throws(ApplicationFault) -> Place {
        guard let room = queue.room(id) else { throw .command(.unknownOffice(id)) }
        return room.state.withLock {
            Place(office: $0.recorded, now: $0.terms.zone.civil(at: now))
        }
    }

    func ensureLoaded(_ office: OfficeID, _ date: CivilDate) throws(ApplicationFault) {
        let isThere = state.withLock { state in
            guard let cell = state.offices[office]?.cells[date.dayNumber] else { return false }
            cell.touch()
            return true
        }
        guard !isThere else { return }
        do throws(StoreFailure) { try adopt(office, date) } catch {
            throw .command(.unavailable(error.description))
        }
    }

    /// Whether the store has something of a register.
    private func isRecorded(_ office: OfficeID, _ date: CivilDate) -> Bool {
        let stream = StreamName.applications(office.description, date)
        return (try? queue.store.entry(of: stream, revision: 1)) != nil
    }

    private struct Attempt {
        let command: ApplicationCommand
        let mark: RequestMark
        let date: CivilDate
        let place: Place
        let time: Timestamp
        let language: Language
        let handler: ApplicationHandler
    }

    private func decide(_ attempt: Attempt, _ state: inout State) -> (@Sendable () -> Void)? {
        let (office, handler) = (attempt.place.office.id, attempt.handler)
        do throws(ApplicationFault) {
            let cell = try cell(attempt, state)
            if let finish = try known(attempt, cell, state) { return finish }
            guard
                let clocks = ServiceClocks(
                    queue.libraryInForce, standard: cell.decided.terms.standard,
                    kind: cell.decided.terms.kind, now: attempt.time, language: attempt.language)
            else { throw .command(.noTerms(office)) }
            do throws(ApplicationRefusal) {
                let events = try events(attempt, cell, clocks)
                state.offices[office, default: OfficeRegisters()].cells[attempt.date.dayNumber] =
                    cell
                cell.requests.begin(attempt.mark, handler)
                send(cell, events, attempt.mark, attempt.time)
                return nil
            } catch {
                return refuse(.refused(error), cell, handler)
            }
        } catch { return { handler(.failure(error)) } }
    }

    /// The register that a command is about; a new one for the first papers of a day.
    private func cell(
        _ attempt: Attempt, _ state: State
    ) throws(ApplicationFault) -> RegisterCell {
        let office = attempt.place.office
        if let cell = state.offices[office.id]?.cells[attempt.date.dayNumber] { return cell }
        if case .act(let id, _) = attempt.command {
            // It may have been let go of since it was loaded.
            if isRecorded(id.office, id.date) { throw .command(.overloaded) }
            throw .refused(.unknownApplication(id))
        }
        guard let standard = queue.libraryInForce.standards[office.standard],
            let terms = RegisterTerms(standard, kind: office.kind)
        else { throw .command(.noTerms(office.id)) }
        return RegisterCell(office.id, attempt.date, ApplicationRegister(terms: terms))
    }

    private func events(
        _ attempt: Attempt, _ cell: RegisterCell, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> [ApplicationEvent] {
        let now = attempt.place.now
        return switch attempt.command {
        case .accept(let handIn):
            try cell.decided.accept(
                handIn, of: queue.keys.applicant(handIn.applicant), at: now, clocks)
        case .decline(let handIn):
            try cell.decided.decline(
                handIn, of: queue.keys.applicant(handIn.applicant), at: now, clocks)
        case .act(let id, let action):
            try cell.decided.decide(action, on: id, at: now, clocks)
        }
    }

    /// What to do for a request that is known already; nil for a new one.
    ///
    /// What names no date is looked for in the register of the day before, too.
    private func known(
        _ attempt: Attempt, _ cell: RegisterCell?, _ state: State
    ) throws(ApplicationFault) -> (@Sendable () -> Void)? {
        if let cell, let finish = try known(attempt, in: cell) { return finish }
        guard attempt.command.date == nil,
            let before = state.offices[attempt.place.office.id]?.cells[attempt.date.dayNumber - 1]
        else { return nil }
        return try known(attempt, in: before)
    }

    private func known(
        _ attempt: Attempt, in cell: RegisterCell
    ) throws(ApplicationFault) -> (@Sendable () -> Void)? {
        switch cell.requests.known(attempt.mark) {
        case .new: return nil
        case .mismatch: throw .command(.requestMismatch)
        case .recorded(let revision):
            return repeated(cell, revision, attempt.mark, attempt.handler)
        case .pending:
            cell.requests.wait(for: attempt.mark.id, attempt.handler)
            return {}
        }
    }

    /// Tells a refusal once everything that it rests on is on disk.
    private func refuse(
        _ fault: ApplicationFault, _ cell: RegisterCell, _ handler: @escaping ApplicationHandler
    ) -> (@Sendable () -> Void)? {
        guard !cell.isAtRest else { return { handler(.failure(fault)) } }
        queue.store.submit(Batch(entries: []) { _ in handler(.failure(fault)) })
        return nil
    }

    // MARK: Writing

    /// Hands what was decided to the store; called under the lock, so that the store gets each
    /// register's entries in order.
    private func send(
        _ cell: RegisterCell, _ events: [ApplicationEvent], _ mark: RequestMark, _ time: Timestamp
    ) {
        let decision = cell.decide(events)
        let entry = entry(cell, decision, mark, time)
        _ = queue.latest.max(time.second, ordering: .relaxed)
        queue.inFlight.add(1, ordering: .relaxed)
        let (office, date) = (cell.office, cell.date)
        queue.store.submit(
            Batch(entries: [entry]) { [self] result in
                queue.note(result)
                complete(office, date, decision, mark, result)
                queue.inFlight.subtract(1, ordering: .releasing)
            })
    }

    func entry(
        _ cell: RegisterCell, _ decision: RegisterCell.Decision, _ mark: RequestMark?,
        _ time: Timestamp
    ) -> Entry {
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        return Entry(
            stream: cell.stream, revision: decision.revision, at: time, request: mark,
            claims: decision.claims, body: RegisterEventCodec.encode(decision.events, arena))
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
            outcome = .failure(.command(.unavailable(failure.explanation)))
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

    // MARK: Repeats

    /// Answers a repeated request with what was recorded: the register is made again as it was then.
    private func repeated(
        _ cell: RegisterCell, _ revision: UInt32, _ mark: RequestMark,
        _ handler: @escaping ApplicationHandler
    ) -> @Sendable () -> Void {
        let (stream, office, date) = (cell.stream, cell.office, cell.date)
        return { [self] in
            queue.background { [self] in
                handler(recorded(stream, office, date, revision, mark))
            }
        }
    }

    private func recorded(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate, _ revision: UInt32,
        _ mark: RequestMark
    ) -> Result<ApplicationView, ApplicationFault> {
        do throws(StoreFailure) {
            var register: ApplicationRegister?
            var last: [ApplicationEvent] = []
            let arena = Arena(limit: 64 << 20)
            let entries = try queue.store.history(of: stream)?.entries ?? []
            for entry in entries where entry.revision <= revision {
                last = try Self.decode(entry, arena)
                if entry.revision == revision, entry.request != mark {
                    return .failure(.command(.requestMismatch))
                }
                if case .opened(let terms) = last.first, register == nil {
                    register = ApplicationRegister(terms: terms)
                }
                guard register?.replay(last, revision: entry.revision) == true else {
                    return .failure(.command(.unavailable("\(stream) cannot be read")))
                }
            }
            guard let number = last.compactMap(\.number).first,
                let view = register?.view(
                    ApplicationID(office: office, date: date, number: number))
            else { return .failure(.command(.unavailable("\(stream) cannot be read"))) }
            return .success(view)
        } catch { return .failure(.command(.unavailable(error.description))) }
    }

    private func mark(_ command: ApplicationCommand, _ request: RequestID) -> RequestMark {
        RequestMark(id: request, fingerprint: Fingerprint(command, queue.keys).value)
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

extension ApplicationCommand {
    /// The day of the register that it names; nil for the present one.
    fileprivate var date: CivilDate? {
        switch self {
        case .accept, .decline: nil
        case .act(let id, _): id.date
        }
    }
}

extension Fingerprint {
    /// The fingerprint of a command on applications.
    ///
    /// Who applies goes in as the keyed hash: the fingerprint is recorded, and must not tell.
    init(_ command: ApplicationCommand, _ keys: ApplicantKeys) {
        self.init()
        switch command {
        case .accept(let handIn):
            add(40)
            add(handIn, keys)
        case .decline(let handIn):
            add(41)
            add(handIn, keys)
        case .act(let id, let action):
            add(id.number)
            add(action)
        }
    }

    private mutating func add(_ handIn: HandIn, _ keys: ApplicantKeys) {
        add(keys.applicant(handIn.applicant))
        add(handIn.channel)
        add(handIn.profile.group)
        add((handIn.profile.isRetrained ? 1 : 0) + (handIn.profile.holdsCategory ? 2 : 0))
        add(handIn.consent?.rawValue ?? 0)
        add(handIn.at?.date.dayNumber ?? 0)
        add(handIn.at?.time.second ?? -1)
        add(handIn.ticket)
        for document in handIn.documents {
            add(document.id)
            add((document.original ? 1 : 0) + (document.copy ? 2 : 0))
            add(document.expires?.dayNumber ?? .min)
        }
    }

    private mutating func add(_ action: ApplicationAction) {
        switch action {
        case .suspend(let reason, let date):
            add(42)
            add(reason)
            add(date.dayNumber)
        case .resume: add(43)
        case .complete(let ground, let note):
            add(44)
            add(ground ?? "")
            add(note)
        case .handOver(let recipient):
            add(45)
            add(recipient.rawValue)
        case .returnUnclaimed: add(46)
        case .request: add(47)
        case .redeliver: add(48)
        case .withdraw(let reason):
            add(49)
            add(reason)
        }
    }
}
