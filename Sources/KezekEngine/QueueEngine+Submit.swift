// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Journal
import KezekWire
import Parties
public import Queue
import Synchronization

extension QueueEngine {
    /// Carries a command out, once for each request id; `handler` is called when it is on disk, or
    /// refused.
    ///
    /// A repeat gets what was recorded; another command under the same id is refused. `caller` is recorded
    /// with it, and acts in the right of `standing`.
    public func submit(
        _ command: QueueCommand, request: RequestID, by caller: CallerID = .local,
        as standing: Standing = .office, now: Timestamp, _ handler: @escaping ReceiptHandler
    ) {
        do throws(CommandFault) {
            guard inFlight.load(ordering: .relaxed) < Limits.inFlight else { throw .overloaded }
            let now = try settle(now)
            if case .changeOffice(let change) = command {
                return try submit(change, request, caller, now, handler)
            }
            guard let room = room(command.office) else { throw .unknownOffice(command.office) }
            // The outcome is told after the lock is given back.
            let finish = room.state.withLock { state in
                attempt(command, request, caller, standing, now, room, &state, handler)
            }
            finish?()
        } catch { handler(.failure(error)) }
    }

    /// Decides under the lock; returns what is left to do without it.
    private func attempt(
        _ command: QueueCommand, _ request: RequestID, _ caller: CallerID, _ standing: Standing,
        _ now: Timestamp, _ room: OfficeRoom, _ state: inout RoomState,
        _ handler: @escaping ReceiptHandler
    ) -> (@Sendable () -> Void)? {
        do throws(CommandFault) {
            switch command {
            case .hold(let hold):
                let person = keys.all(hold.applicant)
                let command = DayCommand.hold(
                    service: hold.service, start: hold.start.second, channel: hold.channel,
                    applicant: applicant(
                        person, wanting: [hold.service] + (hold.further?.services ?? []),
                        isLimited: state.isLimited),
                    further: hold.further)
                return try decide(
                    command, hold.date, request, caller, standing, now, room, &state,
                    naming(hold, standing, handler), of: person)
            case .booking(let id, let action):
                try prove(standing, id, for: action, now, room, &state)
                return try decide(
                    action.command(id.number), id.date, request, caller, standing, now, room,
                    &state, handler)
            case .today(_, let command):
                return try decide(
                    command, state.today(now), request, caller, standing, now, room, &state,
                    handler)
            case .reschedule(let id, let date, let start):
                try prove(standing, id, for: nil, now, room, &state)
                return try move(
                    id, to: date, start.second, request, caller, standing, now, room, &state,
                    handler)
            case .changeOffice: return nil
            case .joinWaitingList(let wish):
                let call = WaitingCall(
                    request: request, caller: caller, standing: standing, now: now, room: room,
                    handler: handler)
                return try join(wish, call, &state)
            case .waiting(let id, let action):
                let call = WaitingCall(
                    request: request, caller: caller, standing: standing, now: now, room: room,
                    handler: handler)
                return try act(id, action, call, &state)
            }
        } catch {
            return { handler(.failure(error)) }
        }
    }

    /// Who somebody is who books a service, of all that they are by the keys, the present one first: by an
    /// earlier key as long as a booking of theirs under it is live, so that nobody has two; where one person
    /// may book so much and no more, as long as any booking of theirs under it counts.
    func applicant(
        _ person: [Applicant], wanting services: [ServiceID], isLimited: Bool
    ) -> Applicant {
        let earlier = person.dropFirst().first { applicant in
            claims.withLock { all in
                services.contains { all[Claim(applicant, $0), default: 0] > 0 }
            }
                || isLimited && persons.withLock { !$0.all([applicant]).isEmpty }
        }
        return earlier ?? person[0]
    }

    /// `check` is asked before the day is, of what it does not know.
    func decide(
        _ command: DayCommand, _ date: CivilDate, _ request: RequestID, _ caller: CallerID,
        _ standing: Standing, _ now: Timestamp, _ room: OfficeRoom, _ state: inout RoomState,
        _ handler: @escaping ReceiptHandler, of person: [Applicant] = [],
        check: ((RoomState) throws(QueueRefusal) -> Void)? = nil
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        let cell = try cell(of: date, room.id, now, &state)
        let mark = RequestMark(
            id: request, fingerprint: Fingerprint(command).value, caller: caller)
        switch cell.requests.known(mark) {
        case .new: break
        case .mismatch: throw .requestMismatch
        case .pending:
            cell.requests.wait(for: request, handler)
            return nil
        case .recorded(let revision):
            return repeated(cell.stream, room.id, date, revision, mark, handler)
        }
        if let finish = repeatedFromYesterday(command, date, mark, room, state, handler) {
            return finish
        }
        if let service = command.service {
            try admit(service, on: cell, caller, standing, now, &state)
        }
        var writing = Writing(cell: cell, now: now)
        let moment = writing.moment
        // Other commands than a hold and a join do not ask how far away the day is.
        let daysAhead = command.asksHowFar ? state.today(now).days(until: date) : 0
        writing.sweep()
        do throws(QueueRefusal) {
            try check?(state)
            let (events, changes) = try cell.withDecided { day throws(QueueRefusal) in
                let events = try day.decide(command, at: moment, daysAhead: daysAhead)
                return (events, day.claimChanges(events))
            }
            if let taken = take(changes, writing) {
                let service = cell.withDecided { $0.service(of: taken, in: events) }
                throw QueueRefusal.alreadyBooked(
                    service ?? command.service ?? cell.decided.serviceOffered(by: events)
                        ?? cell.committed.plan.services[0].id)
            }
            if let beyond = book(events, of: person, writing) {
                untake(changes)
                throw beyond
            }
            writing.add(events, changes, mark, isCounted: true)
            if standing.holdPercent != nil { state.note(events, on: date, of: caller) }
        } catch {
            let alternatives = self.alternatives(
                to: error, command, date, now, room.id, &state, for: standing)
            let isOfSlot = command.asksHowFar
            let nobody =
                isOfSlot ? nil : receivesNobody(error, date, now, room.id, &state)
            let fault =
                alreadyBooked(command, error, room.id, state) ?? nobody
                ?? CommandFault.refused(error, on: date, alternatives: alternatives)
            // The claim may be one that is on its way on another day, or in another office.
            let isOnItsWay =
                switch error {
                case .alreadyBooked, .beyondLimit: true
                default: false
                }
            return refuse(fault, writing, room, &state, isOnItsWay: isOnItsWay, handler)
        }
        cell.requests.begin(mark, handler)
        send([writing], room, &state, mark.id)
        return nil
    }

    /// The refusal that names the booking which is there already; nil for another refusal, and where
    /// the booking is in another office, which is not everybody's to know.
    private func alreadyBooked(
        _ command: DayCommand, _ refusal: QueueRefusal, _ office: OfficeID, _ state: RoomState
    ) -> CommandFault? {
        guard case .alreadyBooked(let service) = refusal,
            case .hold(_, _, _, let applicant, _) = command
        else { return nil }
        for cell in state.days.values.sorted(by: { $0.date < $1.date }) {
            let number = cell.withDecided { day in
                day.bookings.firstIndex {
                    $0.state.isLive && $0.applicant == applicant
                        && $0.turns.contains { day.plan.services[Int($0)].id == service }
                }
            }
            guard let number else { continue }
            return .bookedAlready(
                BookingID(office: office, date: cell.date, number: UInt32(number + 1)), service,
                at: cell.withDecided { TimeOfDay(second: $0.bookings[number].start) })
        }
        return nil
    }

    /// The answer to a command on the present day that was carried out on the day before.
    ///
    /// Such commands name no date, so a repeat that comes after midnight is looked for there too.
    private func repeatedFromYesterday(
        _ command: DayCommand, _ date: CivilDate, _ mark: RequestMark, _ room: OfficeRoom,
        _ state: RoomState, _ handler: @escaping ReceiptHandler
    ) -> (@Sendable () -> Void)? {
        guard command.isOfToday, let before = state.days[date.dayNumber - 1] else { return nil }
        switch before.requests.known(mark) {
        case .new: return nil
        case .mismatch: return { handler(.failure(.requestMismatch)) }
        case .recorded(let revision):
            return repeated(before.stream, room.id, before.date, revision, mark, handler)
        case .pending:
            before.requests.wait(for: mark.id, handler)
            return {}
        }
    }

    /// Tells a refusal once everything that it rests on is on disk, and writes nothing.
    ///
    /// `isOnItsWay` says that something else than the day's own changes may be on its way.
    func refuse(
        _ fault: CommandFault, _ writing: Writing, _ room: OfficeRoom, _ state: inout RoomState,
        isOnItsWay: Bool, _ handler: @escaping ReceiptHandler
    ) -> (@Sendable () -> Void)? {
        var writing = writing
        writing.takeBack()
        guard isOnItsWay || writing.cell.inFlight > 0 else { return { handler(.failure(fault)) } }
        submit(Batch(entries: []) { _ in handler(.failure(fault)) }, givingUp: GivenUp(), state)
        return nil
    }
}

extension BookingAction {
    func command(_ number: UInt32) -> DayCommand {
        switch self {
        case .confirm: .confirm(number)
        case .release: .release(number)
        case .cancel(let by, let reason): .cancel(number, by: by, reason: reason)
        case .arrive: .arrive(number)
        }
    }
}

extension DayCommand {
    /// Whether it names no date and means the present day.
    var isOfToday: Bool {
        switch self {
        case .hold, .confirm, .release, .cancel, .arrive, .join, .leaveWaitingList, .declineOffer,
            .acceptOffer:
            false
        case .takeTicket, .leaseNumbers, .reportTickets, .openWindow, .closeWindow, .beginBreak,
            .endBreak, .callNext, .call, .recall, .serve, .skip, .park, .resume, .transfer,
            .finish:
            true
        }
    }

    /// Whether it is refused for a day that is too far away.
    fileprivate var asksHowFar: Bool {
        switch self {
        case .hold, .join: true
        default: false
        }
    }

    /// The service that a booking command names.
    var service: ServiceID? {
        guard case .hold(let service, _, _, _, _) = self else { return nil }
        return service
    }
}
