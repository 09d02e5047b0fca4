// SPDX-License-Identifier: Apache-2.0

import Applications
public import CivilTime
public import Journal
import KezekWire
public import Parties
import Queue
import Synchronization

/// Forgetting people: their keys are destroyed, and what was typed about them cannot be read again.
extension ApplicationEngine {
    /// Called with how many keys were destroyed.
    public typealias ForgettingHandler = @Sendable (Result<Int, ApplicationFault>) -> Void

    /// Forgets a person; `handler` is called when it is on disk, or refused.
    ///
    /// Repeating it is harmless: there is nothing left to destroy, and 0 is told. What the person
    /// types afterwards is sealed with a new key.
    public func forget(
        _ name: ApplicantName, request: RequestID, by caller: CallerID = .local, now: Timestamp,
        _ handler: @escaping ForgettingHandler
    ) {
        let people = Set(queue.keys.all(name))
        if let number = underWay(people) { return handler(.failure(.stillUnderWay(number))) }
        var command = Fingerprint()
        command.add("forget")
        command.add(queue.keys.earliest(name))
        let mark = RequestMark(id: request, fingerprint: command.value, caller: caller)
        forget(people, .asked, mark, now: now, handler)
    }

    /// Forgets everybody of whom nothing was typed since a day, and who has nothing under way.
    ///
    /// - Returns: how many people are being forgotten.
    @discardableResult
    public func forgetUnused(since date: CivilDate, now: Timestamp) -> Int {
        let people = queue.vault.unused(since: date).prefix(PeopleRecordCodec.keyLimit)
            .map { Applicant(high: $0.high, low: $0.low) }
            .filter { underWay([$0]) == nil }
        guard !people.isEmpty else { return 0 }
        forget(Set(people), .keptLongEnough, nil, now: now) { _ in }
        return people.count
    }

    /// Once on each day: `forgetUnused` by the days for which words are kept.
    func forgetDaily(_ now: Timestamp) {
        guard let today = CivilDate(dayNumber: Int32(clamping: now.second / 86_400)),
            let since = today.adding(days: -wordsKeptDays)
        else { return }
        let isNewDay = state.withLock { state in
            defer { state.lastForgetting = today }
            return state.lastForgetting != today
        }
        if isNewDay { forgetUnused(since: since, now: now) }
    }

    private func forget(
        _ people: Set<Applicant>, _ cause: ForgottenPerson.Cause, _ mark: RequestMark?,
        now: Timestamp, _ handler: @escaping ForgettingHandler
    ) {
        do throws(ApplicationFault) {
            let time = try settle(now)
            // Whose words are only kept long enough goes on waiting.
            if cause == .asked { queue.leaveWaitingLists(people, now: time) }
            // Under the lock, so that the entries reach the store in order.
            let count = state.withLock { state in
                let rows = queue.vault.take(people.map { PersonName($0) })
                guard !rows.isEmpty else { return 0 }
                let ids = rows.map(\.id).sorted()
                state.peopleRevision += 1
                let entry = Entry(
                    stream: .people, revision: state.peopleRevision, at: time, request: mark,
                    claims: [],
                    body: PeopleRecordCodec.encode(
                        ForgottenPerson(keys: ids, cause: cause), Arena(limit: 1 << 20)))
                _ = queue.latest.max(time.second, ordering: .relaxed)
                queue.inFlight.add(1, ordering: .relaxed)
                queue.store.submit(
                    Batch(entries: [entry], destroyedKeys: ids) { [self] result in
                        queue.note(result)
                        settle(people, rows, result)
                        handler(
                            result.map { ids.count }.mapError {
                                .command($0.fault)
                            })
                        queue.inFlight.subtract(1, ordering: .releasing)
                    })
                return ids.count
            }
            if count == 0 { handler(.success(0)) }
        } catch { handler(.failure(error)) }
    }

    /// The keys are destroyed on disk, or are there as before.
    private func settle(
        _ people: Set<Applicant>, _ rows: [PersonKey], _ result: Result<Void, AppendFailure>
    ) {
        switch result {
        case .success:
            state.withLock { state in
                for office in state.offices.values {
                    for cell in office.cells.values { cell.forget(people) }
                }
            }
            queue.forget(people)
            for keeper in keepers.withLock({ $0 }) { keeper.forget(people) }
        case .failure:
            queue.vault.putBack(rows)
            let last = try? queue.store.streams().first { $0.stream == .people }?.revision
            state.withLock { $0.peopleRevision = last ?? 0 }
        }
    }

    /// The number of a booking or application of these people that is under way; nil if none is.
    private func underWay(_ people: Set<Applicant>) -> String? {
        let application = state.withLock { state -> String? in
            for (office, registers) in state.offices {
                for cell in registers.cells.values {
                    for register in [cell.committed, cell.decided] {
                        let found = register.applications.first {
                            people.contains($0.handIn.applicant) && $0.phase.hasClock
                        }
                        guard let found else { continue }
                        return ApplicationID(
                            office: office, date: cell.date, number: found.number
                        ).description
                    }
                }
            }
            return nil
        }
        return application ?? queue.booking(of: people)?.description
            ?? keepers.withLock { $0 }.lazy.compactMap { $0.underWay(people) }.first
    }
}

extension QueueEngine {
    /// What was typed about these people is no longer in memory either.
    func forget(_ people: Set<Applicant>) {
        for room in allRooms {
            room.state.withLock { state in
                for cell in state.days.values { cell.forget(people) }
            }
        }
    }

    /// A live booking of one of these people, on disk or on its way.
    func booking(of people: Set<Applicant>) -> BookingID? {
        for room in allRooms {
            let found = room.state.withLock { state -> BookingID? in
                for cell in state.days.values {
                    let booking =
                        cell.committed.liveBooking(of: people)
                        ?? cell.withDecided { $0.liveBooking(of: people) }
                    if let booking {
                        return BookingID(office: room.id, date: cell.date, number: booking)
                    }
                }
                return nil
            }
            if let found { return found }
        }
        return nil
    }
}

extension OfficeDay {
    fileprivate func liveBooking(of people: Set<Applicant>) -> UInt32? {
        bookings.firstIndex { $0.state.isLive && people.contains($0.applicant) }
            .map { UInt32($0) + 1 }
    }
}
