// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekWire
import Parties
import Queue
import Synchronization

/// The entries that a command makes for one day.
struct Writing {
    let cell: DayCell
    /// By the clock of the plan in force before all of it, and never before the day's last entry.
    let moment: DayMoment
    var at: Int32 { moment.time }
    /// When it happens, also if the day has entries of a time that is not here yet, as the clock was ahead
    /// then and is believed now (``QueueEngine/acceptClock``).
    private let now: Timestamp
    /// Who has what is decided, time aside, unless a request says so.
    let caller: CallerID
    private(set) var decisions: [Decision] = []
    private(set) var claims: [[ClaimChange]] = []
    /// What counts of what each person has booked, and how many of these changes are made in memory already.
    private(set) var booked: [BookChange] = []
    private var made = 0
    /// What decisions saw before anything was due.
    private var before: DayCell.Seen?

    init(cell: DayCell, now: Timestamp, by caller: CallerID = .time) {
        self.cell = cell
        self.now = now
        moment = cell.moment(now)
        self.caller = caller
    }

    /// First, what time has brought about: an entry of its own, before that of the command.
    mutating func sweep() {
        let isDue = cell.nextDue.map { $0 <= at } ?? false
        guard isDue || cell.hasFollowUps(now) else { return }
        before = cell.seen
        let (events, changes) = cell.withDecided { day in
            let events = isDue ? day.due(at: moment) : []
            return (events, day.claimChanges(events))
        }
        if !events.isEmpty || cell.hasFollowUps(now) { add(events, changes, nil, by: .time) }
        // The bound may have been reached by something that has ended otherwise.
        if isDue { cell.settleDue() }
    }

    /// Takes back what was due, as the command is refused: a refusal writes nothing, and what is due is
    /// written by the next tick.
    mutating func takeBack() {
        guard let before, !decisions.isEmpty else { return }
        cell.goBack(to: before)
        (decisions, claims, booked) = ([], [], [])
    }

    /// Adds an entry; `changes` are its claims, asked for before.
    ///
    /// `isCounted` says that what its bookings count for their persons is noted already.
    mutating func add(
        _ events: [DayEvent], _ changes: [ClaimChange], _ mark: RequestMark?,
        by caller: CallerID? = nil, isCounted: Bool = false
    ) {
        let hasPlan = events.contains { if case .planned = $0 { true } else { false } }
        let before = hasPlan ? countedPlaces : []
        if !hasPlan {
            booked += cell.withDecided { $0.bookChanges(events, cell.office, cell.date) }
        }
        defer {
            if hasPlan {
                // By another plan they may count under other limits.
                let after = countedPlaces
                booked += before.subtracting(after).map(BookChange.given)
                booked += after.subtracting(before).map(BookChange.taken)
            }
            if isCounted { made = booked.count }
        }
        let (revision, plan) = cell.withDecided { ($0.revision, $0.plan) }
        // The first entry of a day says what the day is.
        let events = revision == 0 ? [.planned(plan)] + events : events
        claims.append(changes)
        cell.decide(events, at: at)
        let followUps = cell.followUp(now)
        decisions.append(
            Decision(
                events: followUps.isEmpty ? events : events + followUps, revision: revision + 1,
                at: at, mark: mark,
                caller: caller ?? self.caller))
    }

    private var countedPlaces: Set<BookedPlace> {
        Set(cell.withDecided { $0.countedPlaces(cell.office, cell.date) })
    }

    /// What is taken of what counts, and not made in memory yet.
    var untaken: [BookedPlace] {
        booked[made...].compactMap { if case .taken(let place) = $0 { place } else { nil } }
    }

    /// The bookings that count no more once the entries are with the store.
    var given: Set<BookingID> {
        Set(booked.compactMap { if case .given(let place) = $0 { place.id } else { nil } })
    }

    /// The entries; the keys by which their words are sealed are added to `keys`.
    func entries(_ arena: Arena, _ vault: Vault, _ keys: inout [PersonKey]) -> [Entry] {
        var used: [PersonKey] = []
        defer { keys += used }
        let words = WordSealing { [cell] number, words in
            let applicant = cell.withDecided { $0.bookings[Int(number) - 1].applicant }
            let sealed = vault.seal(words, about: applicant, on: cell.date)
            used.append(sealed.key)
            return sealed.bytes
        }
        return zip(decisions, claims).map { decision, claims in
            Entry(
                stream: cell.stream, revision: decision.revision, at: now,
                request: decision.mark, caller: decision.caller, claims: claims,
                body: DayEventCodec.encode(decision.events, arena, words: words))
        }
    }
}

extension OfficeDay {
    /// The claims that events take and give up; to be asked before the events are applied.
    func claimChanges(_ events: [DayEvent]) -> [ClaimChange] {
        var changes: [ClaimChange] = []
        for event in events {
            switch event {
            // A move keeps the claim: one booking gives it to the other.
            case .held(let held) where held.movedFrom == nil:
                changes += claims(held.applicant, held.turns).map(ClaimChange.taken)
            case .offerAccepted(let accepted) where accepted.movedFrom == nil:
                changes += claims(of: accepted.booking).map(ClaimChange.taken)
            case .released(let number), .expired(let number), .missed(let number):
                changes += claims(of: number).map(ClaimChange.given)
            case .cancelled(let cancelled):
                changes += claims(of: cancelled.number).map(ClaimChange.given)
            case .finished(let label, _):
                guard let index = ticketIndex(label), tickets[index].booking > 0 else { break }
                changes += claims(of: tickets[index].booking).map(ClaimChange.given)
            default: break
            }
        }
        return changes
    }

    private func claim(_ applicant: Applicant, _ service: UInt8) -> Journal.Claim {
        Journal.Claim(applicant, plan.services[Int(service)].id)
    }

    /// A claim for each service, once, however many persons it is for.
    private func claims(_ applicant: Applicant, _ turns: [UInt8]) -> [Journal.Claim] {
        turns.indices.filter { !turns[..<$0].contains(turns[$0]) }
            .map { claim(applicant, turns[$0]) }
    }

    private func claims(of number: UInt32) -> [Journal.Claim] {
        let booking = bookings[Int(number) - 1]
        return claims(booking.applicant, booking.turns)
    }

    /// The service of a place that was offered and is taken by these events.
    func serviceOffered(by events: [DayEvent]) -> ServiceID? {
        guard case .offerAccepted(let accepted)? = events.first else { return nil }
        return plan.services[Int(bookings[Int(accepted.booking) - 1].service)].id
    }

    /// The claims of the live bookings.
    var liveClaims: [Journal.Claim] {
        bookings.filter { $0.state.isLive }.flatMap { claims($0.applicant, $0.turns) }
    }

    /// Of a booking that is to be made, the first service to which a claim could not be had.
    func service(of claim: Journal.Claim, in events: [DayEvent]) -> ServiceID? {
        for case .held(let held) in events {
            for turn in held.turns where self.claim(held.applicant, turn) == claim {
                return plan.services[Int(turn)].id
            }
        }
        return nil
    }
}

extension DayCell {
    /// A timestamp in the day's own time, as decisions see it.
    func seconds(_ now: Timestamp) -> Int32 { withDecided { $0.plan.time(at: now) } }
}

extension QueueEngine {
    /// Takes the claims of a new booking; the first that somebody has, and then none is taken.
    ///
    /// What the same batch gives up before may be taken again.
    func take(_ changes: [ClaimChange], _ writing: Writing) -> Journal.Claim? {
        for (index, change) in changes.enumerated() {
            guard case .taken(let claim) = change else { continue }
            if writing.claims.contains(where: { $0.contains(.given(claim)) }) {
                claims.hold(claim)
            } else if !claims.take(claim) {
                untake(Array(changes[..<index]))
                return claim
            }
        }
        return nil
    }

    /// Hands what was decided to the store, and arranges what follows.
    ///
    /// Called under the office's lock, so that the store gets each day's entries in order.
    func send(
        _ writings: [Writing], _ room: OfficeRoom, _ state: inout RoomState, _ request: RequestID?,
        record: Entry? = nil, then: (@Sendable (Result<Void, AppendFailure>) -> Void)? = nil
    ) {
        let (prepared, keys, sent) = prepare(writings, &state)
        let entries = record.map { prepared + [$0] } ?? prepared
        for entry in entries { _ = latest.max(entry.at.second, ordering: .relaxed) }
        inFlight.add(1, ordering: .relaxed)
        submit(
            Batch(entries: entries, keys: keys) { [self] result in
                complete(sent, room, request, result)
                then?(result)
                inFlight.subtract(1, ordering: .releasing)
            }, givingUp: GivenUp(by: sent), state)
    }

    /// The entries of what was decided, and what to remember until they are on disk.
    func prepare(
        _ writings: [Writing], _ state: inout RoomState
    ) -> (entries: [Entry], keys: [PersonKey], sent: [Sent]) {
        let arena = Arenas.take()
        var entries: [Entry] = []
        var keys: [PersonKey] = []
        for writing in writings { entries += writing.entries(arena, vault, &keys) }
        Arenas.give(arena)
        let untaken = writings.flatMap(\.untaken)
        if !untaken.isEmpty {
            persons.withLock { book in for place in untaken { book.take(place) } }
        }
        let sent = writings.map { writing in
            let number = writing.cell.date.dayNumber
            state.days[number] = writing.cell
            state.untouched[number] = nil
            writing.cell.sent()
            return Sent(
                date: writing.cell.date, decisions: writing.decisions, epoch: writing.cell.epoch,
                claims: writing.claims.flatMap { $0 }, booked: writing.booked)
        }
        return (entries, keys, sent)
    }

    /// From here on others may have what was given up: the store has it in this order.
    func giveUpClaims(of sent: [Sent]) {
        give(GivenUp(by: sent))
    }

    /// What was sent for one day.
    struct Sent: Sendable {
        let date: CivilDate
        let decisions: [Decision]
        let epoch: Int
        let claims: [ClaimChange]
        let booked: [BookChange]
    }

    /// What was sent is on disk, or lost.
    func complete(
        _ sent: [Sent], _ room: OfficeRoom, _ request: RequestID?,
        _ result: Result<Void, AppendFailure>
    ) {
        note(result)
        if case .failure = result { returnClaims(sent) }
        let (handlers, outcome, listeners) = room.state.withLock { state in
            finish(sent, room, request, result, &state)
        }
        for handler in handlers { handler(outcome) }
        for listener in listeners { listener() }
    }

    private func finish(
        _ sent: [Sent], _ room: OfficeRoom, _ request: RequestID?,
        _ result: Result<Void, AppendFailure>, _ state: inout RoomState
    ) -> ([ReceiptHandler], Result<Receipt, CommandFault>, [@Sendable () -> Void]) {
        var handlers: [ReceiptHandler] = []
        var outcome = Result<Receipt, CommandFault>.failure(
            .unavailable("the journal could not be written"))
        for part in sent {
            // A day with something on its way is not dropped from memory.
            guard let cell = state.days[part.date.dayNumber] else { continue }
            switch result {
            case .success:
                if cell.commit(part.decisions) == false { reload(cell, room.id, &state) }
                keepSnapshot(of: cell)
                if let last = part.decisions.last, last.mark != nil {
                    let receipt = cell.committed.receipt(
                        of: last.events, office: room.id, date: part.date)
                    outcome = .success(keyed(receipt, room.id, part.date))
                }
            case .failure(let failure):
                cell.lose(epoch: part.epoch)
                outcome = .failure(failure.fault)
            }
            if let request { handlers += cell.requests.finish(request) }
            if case .failure = result, cell.inFlight == 0 { reload(cell, room.id, &state) }
            // Nothing has happened on it after all.
            if cell.inFlight == 0, cell.committed.revision == 0 {
                state.days[part.date.dayNumber] = nil
            }
        }
        // Boards show the present day alone.
        let isSeen = sent.contains { $0.date == state.lastToday ?? $0.date }
        return (handlers, outcome, isSeen ? state.listeners : [])
    }

    /// After a failure, or when an entry is missing in memory: takes the day as the store has it.
    ///
    /// A commit whose sync failed may still have reached the disk; then it counts, and a repeat of
    /// its request gets its receipt.
    private func reload(_ cell: DayCell, _ office: OfficeID, _ state: inout RoomState) {
        guard let fresh = try? load(cell.stream, cell.office, cell.date, &state),
            fresh.committed.revision != cell.committed.revision
        else { return }
        for claim in cell.committed.liveClaims { claims.give(claim) }
        let places = cell.committed.countedPlaces(cell.office, cell.date)
        persons.withLock { book in for place in places { book.give(place) } }
        takeUp(fresh)
        cell.replace(with: fresh)
    }

    /// What the bookings of a day have that comes from the store.
    func takeUp(_ cell: DayCell) {
        for claim in cell.committed.liveClaims { claims.hold(claim) }
        let places = cell.committed.countedPlaces(cell.office, cell.date)
        persons.withLock { book in for place in places { book.take(place) } }
    }

    /// A day that a failure has left behind, as the store has it.
    func reload(_ date: CivilDate, _ room: OfficeRoom, _ state: inout RoomState) {
        if let cell = state.days[date.dayNumber] {
            if cell.inFlight == 0 { reload(cell, room.id, &state) }
            return
        }
        let stream = StreamName.officeDay(room.id.description, date)
        guard let cell = try? load(stream, room.id, date, &state) else { return }
        takeUp(cell)
        state.days[date.dayNumber] = cell
    }

    private func returnClaims(_ sent: [Sent]) {
        for change in sent.flatMap(\.claims) {
            switch change {
            case .taken(let claim): claims.give(claim)
            case .given(let claim): claims.hold(claim)
            }
        }
        persons.withLock { book in
            for change in sent.flatMap(\.booked).reversed() {
                switch change {
                case .taken(let place): book.give(place)
                case .given(let place): book.take(place)
                }
            }
        }
    }
}

extension AppendFailure {
    /// Why a command brought no receipt.
    var fault: CommandFault {
        switch self {
        case .unavailable(let why): .unavailable(why)
        case .unconfirmed(let why): .unconfirmed(why)
        case .conflict, .claimed: .unavailable("an earlier change could not be written")
        }
    }
}

/// Memory for encoding and decoding entries, kept between uses.
enum Arenas {
    private static let spare = Mutex<[ArenaBox]>([])

    /// An arena is one thread's while it is taken.
    private struct ArenaBox: @unchecked Sendable { let arena: Arena }

    static func take() -> Arena {
        let spare = spare.withLock { $0.popLast() }
        guard let spare else { return Arena(limit: 16 << 20) }
        spare.arena.reset()
        return spare.arena
    }

    static func give(_ arena: Arena) {
        let box = ArenaBox(arena: arena)
        spare.withLock { $0.append(box) }
    }
}
