// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekWire
import Parties
import Queue
import Synchronization

/// Batches that were decided after a decree and must reach the store after it.
///
/// A decree is one batch over all offices, but offices are decided one after the other, each under
/// its own lock. What an office decides after its turn follows from what the decree decided there,
/// so it waits here until the decree's batch is with the store.
struct HeldBack {
    /// The decree that is being put together; nil if none is.
    var decree: UInt64?
    /// Each with what it gives up.
    var waiting: [(batch: Batch, given: QueueEngine.GivenUp)] = []
    var lastDecree: UInt64 = 0
}

/// A decree as it stands in an office that it has decided.
struct PendingDecree {
    let number: UInt64
    /// What days are planned by on which nothing has happened yet; what is read stays by the library
    /// in force until the decree is on disk.
    let library: Library
}

extension QueueEngine {
    /// Hands a batch to the store, or keeps it back until the decree that it follows is there.
    ///
    /// From then on others may have the claims that it gives up: the store has them in this order.
    @inline(__always)
    func submit(_ batch: Batch, givingUp given: GivenUp, _ state: RoomState) {
        if let decree = state.decree?.number {
            let isHeld = heldBack.withLock { held in
                guard held.decree == decree else { return false }
                held.waiting.append((batch, given))
                return true
            }
            if isHeld { return }
        }
        store.submit(batch)
        give(given)
    }

    /// What a decree does to the queues.
    struct DecreeWritings {
        fileprivate var parts: [(room: OfficeRoom, sent: [Sent])] = []
        var entries: [Entry] = []
        var keys: [PersonKey] = []
        var effects: [OfficeEffects] = []
    }

    private var sortedRooms: [OfficeRoom] { allRooms.sorted { $0.id < $1.id } }

    /// What a new library would do to every office, without doing it.
    func dryDecree(_ library: Library, now: Timestamp) throws(CommandFault) -> [OfficeEffects] {
        var effects: [OfficeEffects] = []
        for room in sortedRooms {
            try room.state.withLock { state throws(CommandFault) in
                guard let terms = OfficeCatalog(library).terms(for: state.office) else {
                    throw .noTerms(room.id)
                }
                let replanning = try replan(
                    state.office, terms, now, room, &state, .calendar(library))
                let affected = affected(by: replanning, now, state)
                effects.append(OfficeEffects(isDone: false, replanning, affected, room.id))
            }
        }
        return effects
    }

    /// The bookings that lose their place on each of some days, in rising order, on which more becomes
    /// known; those of `already` have lost it before.
    func displacedLater(
        _ library: Library, on days: [CivilDate], already: Set<BookingID>
    ) -> [DecreeEffects.Later] {
        let catalog = OfficeCatalog(library)
        var (known, found) = (already, [DecreeEffects.Later]())
        for (room, day) in sortedRooms.flatMap({ room in days.map { (room, $0) } }) {
            room.state.withLock { state in
                guard let terms = catalog.terms(for: state.office),
                    let planner = catalog.planner(for: state.office, terms, knownOn: day)
                else { return }
                let cells = state.days.values.filter { $0.date >= day && $0.decided.revision > 0 }
                for cell in cells.sorted(by: { $0.date < $1.date }) {
                    let (date, decided) = (cell.date, cell.decided)
                    guard let plan = try? planner.plan(date), let new = try? decided.fitting(plan),
                        !new.isSameDay(as: decided.plan)
                    else { continue }
                    for number in decided.displaced(by: new) {
                        let id = BookingID(office: room.id, date: date, number: number)
                        guard known.insert(id).inserted,
                            let view = try? decided.view(
                                booking: number, office: room.id, date: date)
                        else { continue }
                        found.append(DecreeEffects.Later(knownOn: day, booking: view))
                    }
                }
            }
        }
        return found
    }

    /// Decides for every office what a new library makes of its days.
    ///
    /// One decree at a time, with the register of offices locked. Unless it throws, it must be ended
    /// by `release`.
    ///
    /// `caller` is who adopts it, and is recorded with what it moves.
    func decideDecree(
        _ library: Library, by caller: CallerID, now: Timestamp
    ) throws(CommandFault) -> DecreeWritings {
        let decree = heldBack.withLock { held in
            held.lastDecree += 1
            held.decree = held.lastDecree
            return PendingDecree(number: held.lastDecree, library: library)
        }
        var writings = DecreeWritings()
        do throws(CommandFault) {
            for room in sortedRooms { try decide(decree, caller, now, room, &writings) }
        } catch {
            release(nil, writings)
            // Not the store's fault, and no trouble with it.
            settle(writings, .failure(.conflict(.decrees)), library)
            throw error
        }
        return writings
    }

    private func decide(
        _ decree: PendingDecree, _ caller: CallerID, _ now: Timestamp, _ room: OfficeRoom,
        _ writings: inout DecreeWritings
    ) throws(CommandFault) {
        try room.state.withLock { state throws(CommandFault) in
            guard let terms = OfficeCatalog(decree.library).terms(for: state.office) else {
                throw .noTerms(room.id)
            }
            var replanning = try replan(
                state.office, terms, now, room, &state, .calendar(decree.library))
            let affected = affected(by: replanning, now, state)
            let (entries, keys, sent) = prepare(
                replanning.write(now, &state, self, by: caller), &state)
            state.terms = terms
            state.forgetPlans()
            state.decree = decree
            // Days on which nothing has happened are read by what is on disk.
            state.changesOnTheirWay += 1
            writings.entries += entries
            writings.keys += keys
            writings.parts.append((room, sent))
            writings.effects.append(OfficeEffects(isDone: true, replanning, affected, room.id))
        }
    }

    /// Gives the decree's batch to the store, and after it what was kept back; nil for a decree that
    /// did not come about.
    func release(_ batch: Batch?, _ writings: DecreeWritings) {
        if let batch {
            for entry in batch.entries { _ = latest.max(entry.at.second, ordering: .relaxed) }
        }
        let waiting = heldBack.withLock { held in
            if let batch { store.submit(batch) }
            for waiting in held.waiting { store.submit(waiting.batch) }
            defer {
                held.waiting = []
                held.decree = nil
            }
            return held.waiting
        }
        for part in writings.parts { giveUpClaims(of: part.sent) }
        for waiting in waiting { give(waiting.given) }
    }

    /// A decree is on disk, and its library is in force; or it is lost.
    func settle(
        _ writings: DecreeWritings, _ result: Result<Void, AppendFailure>, _ library: Library
    ) {
        if case .success = result { self.library.withLock { $0 = library } }
        for part in writings.parts {
            complete(part.sent, part.room, nil, result)
            part.room.state.withLock { state in
                state.decree = nil
                if case .failure = result { plan(&state) }
                endChange(&state)
            }
        }
    }

    /// Puts a library in force that the journal turned out to have.
    func putInForce(_ library: Library) {
        self.library.withLock { $0 = library }
        for room in allRooms { room.state.withLock { plan(&$0) } }
    }

    /// After a failure: takes the days that a decree has changed as the store has them.
    func reload(_ writings: DecreeWritings) {
        for part in writings.parts {
            let listeners = part.room.state.withLock { state in
                for sent in part.sent { reload(sent.date, part.room, &state) }
                return state.listeners
            }
            for listener in listeners { listener() }
        }
    }

    /// An office's days are planned by the library in force.
    func plan(_ state: inout RoomState) {
        state.terms = catalog.terms(for: state.office) ?? state.terms
        state.forgetPlans()
    }
}

extension OfficeEffects {
    init(
        isDone: Bool, _ replanning: Replanning, _ affected: OfficeDay.Affected,
        _ office: OfficeID
    ) {
        self.init(
            isDone: isDone, dates: replanning.dates, displaced: replanning.displaced,
            tickets: affected.tickets.map { Here(office: office, ticket: $0) },
            leases: affected.leases.map { Leased(office: office, lease: $0) })
    }
}
