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
        _ command: ApplicationCommand, request: RequestID, by caller: CallerID = .local,
        now: Timestamp, in language: Language, _ handler: @escaping ApplicationHandler
    ) {
        submit(command, request, caller, now, language, hasWaited: false, handler)
    }

    private func submit(
        _ command: ApplicationCommand, _ request: RequestID, _ caller: CallerID,
        _ now: Timestamp, _ language: Language, hasWaited: Bool,
        _ handler: @escaping ApplicationHandler
    ) {
        do throws(ApplicationFault) {
            let time = try settle(now)
            let place = try office(command.office, time)
            let date = command.date ?? place.today
            try ensureLoaded(place.office.id, date)
            let attempt = Attempt(
                command: command, mark: mark(command, request, caller), date: date, place: place,
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
                        command, request, caller, max(now, recorded), language,
                        hasWaited: true, handler)
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
            guard let clocks = clocks(attempt, cell) else { throw .command(.noTerms(office)) }
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

    /// The clocks of the standard by which an application was accepted; for new papers those of the
    /// office as it is.
    private func clocks(_ attempt: Attempt, _ cell: RegisterCell) -> ServiceClocks? {
        var (standard, kind) = (attempt.place.office.standard, attempt.place.office.kind)
        if case .act(let id, _) = attempt.command,
            let application = cell.decided.application(id.number)
        {
            (standard, kind) = (application.standard, application.kind)
        }
        return ServiceClocks(
            queue.libraryInForce.working(by: attempt.place.office.calendar), standard: standard,
            kind: kind, now: attempt.time, language: attempt.language)
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
    /// What names no date is looked for in the registers of the days before, too: rest days may lie
    /// between a request and its repeat.
    private func known(
        _ attempt: Attempt, _ cell: RegisterCell?, _ state: State
    ) throws(ApplicationFault) -> (@Sendable () -> Void)? {
        if let cell, let finish = try known(attempt, in: cell) { return finish }
        guard attempt.command.date == nil,
            let cells = state.offices[attempt.place.office.id]?.cells
        else { return nil }
        for days in 1...Int32(Limits.daysOfRequests) {
            guard let before = cells[attempt.date.dayNumber - days] else { continue }
            if let finish = try known(attempt, in: before) { return finish }
        }
        return nil
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

    func recorded(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate, _ revision: UInt32,
        _ mark: RequestMark
    ) -> Result<ApplicationView, ApplicationFault> {
        do throws(StoreFailure) {
            var register: ApplicationRegister?
            var last: [ApplicationEvent] = []
            let arena = Arena(limit: 64 << 20)
            let entries = try queue.store.history(of: stream)?.entries ?? []
            for entry in entries where entry.revision <= revision {
                last = try decode(entry, arena)
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

    private func mark(
        _ command: ApplicationCommand, _ request: RequestID, _ caller: CallerID
    ) -> RequestMark {
        RequestMark(
            id: request, fingerprint: Fingerprint(command, queue.keys).value, caller: caller)
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
