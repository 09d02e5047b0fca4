// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Dispatch
import Enquiries
public import HomeVisits
public import Journal
import KezekWire
public import Parties
import Queue
import ServiceStandards
import Synchronization
import Texts

/// The home visits of all areas: decides commands, has them recorded, answers questions, and makes
/// plans anew in the background.
///
/// It keeps the promises of ``QueueEngine``, whose store and time it shares: a command is answered
/// once the store has it on disk, a repeat of it gets the same answer, and questions see only what is
/// on disk.
public final class VisitEngine: Sendable {
    /// What an engine takes.
    public enum Limits {
        public static let areas = 1_000
        /// Entries of an area after which it is packed for a quick start.
        public static let entriesPerSnapshot: UInt32 = 256
        /// Seconds between two plans made anew in the background, and how long one is searched for.
        public static let replanEvery: Int64 = 600
        public static let replanSeconds = 10
        /// The plan is kept ready for so many seconds after something was asked.
        static let askedWithin: Int64 = 600
        /// Seconds between two looks for crews that have no shift any more.
        static let sweepEvery: Int64 = 60
        /// Seconds for which nobody waits for a server of roads that gave no answer, and for which it is
        /// not asked again about a place that it has refused.
        static let roadPause: Int64 = 10
        static let refusedPause: Int64 = 600
    }

    let queue: QueueEngine
    let rooms = Mutex<[OfficeID: VisitRoom]>([:])
    /// Where the ways of an area are from.
    let ways: @Sendable (OfficeID) -> AreaWays
    /// Until when the servers of roads are not asked, in seconds since the epoch.
    let roadsRest = Mutex<[TravelProfile: Int64]>([:])
    /// Runs searches in the background, one after the other.
    let search: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// Runs those that somebody waits for.
    let wantedSearch: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// How long a plan is searched for in the background; 0 for not at all.
    let replanSeconds: Int
    private let lastWatcher = Atomic<UInt64>(0)

    /// Home visits beside a queue, over its store; `start` loads what is in it.
    ///
    /// `applications` forgets people, and asks here whether something of theirs is under way. `search`
    /// runs what takes seconds, and `wantedSearch` what takes them while somebody waits; a simulation runs
    /// both on the spot.
    public init(
        queue: QueueEngine, applications: ApplicationEngine,
        replanSeconds: Int = Limits.replanSeconds,
        ways: @escaping @Sendable (OfficeID) -> AreaWays,
        search: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
        wantedSearch: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.queue = queue
        self.ways = ways
        self.search = search
        self.wantedSearch = wantedSearch
        self.replanSeconds = replanSeconds
        applications.keepers.withLock { $0.append(self) }
    }

    func room(_ id: OfficeID) -> VisitRoom? { rooms.withLock { $0[id] } }

    /// The areas, in the order of their names.
    public var areas: [OfficeID] { rooms.withLock { $0.keys.sorted() } }

    // MARK: Loading

    /// Loads every area.
    ///
    /// - Throws: if the store cannot be read, or has something in it that cannot be understood.
    public func start() throws(StoreFailure) {
        for (stream, _) in try queue.store.streams() {
            guard case .visits(let name) = stream, let id = OfficeID(name),
                let state = try load(id)
            else { continue }
            let room = VisitRoom(id, state, ways(id).surveys)
            rooms.withLock { $0[id] = room }
        }
    }

    /// An area from the store; nil if it has no entry.
    func load(_ id: OfficeID) throws(StoreFailure) -> VisitRoomState? {
        let stream = StreamName.visits(id.description)
        guard let history = try queue.store.history(of: stream) else { return nil }
        var requests = RequestMemory<VisitHandler>()
        var book: VisitBook?
        for entry in history.entries {
            let events = try decode(entry)
            if book == nil, case .described(let area) = events.first { book = VisitBook(area) }
            guard book?.take(events, at: entry.at.second) == true else {
                throw StoreFailure(
                    "\(stream) at revision \(entry.revision) does not follow from what was before; "
                        + "check the journal")
            }
            if let request = entry.request { requests.record(request.id, entry.revision) }
        }
        guard let book else { return nil }
        var state = VisitRoomState(VisitDesk(book, ways(id).table))
        state.requests = requests
        state.savedRevision = history.savedRevision
        return state
    }

    func decode(_ entry: Entry) throws(StoreFailure) -> [VisitEvent] {
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        do throws(RecordFailure) {
            return try VisitEventCodec.decode(entry.body, arena, words: queue.vault.unsealing)
        } catch {
            throw StoreFailure(
                "\(entry.stream) at revision \(entry.revision): \(error.description)")
        }
    }

    // MARK: Terms

    /// What the standard and the calendar fix for an area.
    func terms(_ area: VisitArea, _ now: Timestamp) throws(VisitFault) -> AreaTerms {
        let library = queue.libraryInForce
        guard let standard = library.standards[area.standard],
            let kind = standard.offices.first(where: { $0.id == area.kind })
        else { throw .refused(.unknownTerms("\(area.standard), \(area.kind)")) }
        let name = area.zone.isEmpty ? standard.zone : area.zone
        guard let zone = library.zone(name) else { throw .refused(.unknownTerms(name)) }
        let today = zone.civil(at: now).date
        guard let view = try? library.calendars[standard.calendar]?.view(asKnownOn: today),
            let week = try? view.week(kind.week)
        else { throw .refused(.unknownTerms(standard.calendar)) }
        return AreaTerms(zone: zone, hours: kind.work.open, calendar: week, knownOn: today)
    }

    // MARK: Questions

    /// The answer to a question, from what is on disk.
    ///
    /// - Throws: a ``VisitFault`` for what is named and not there, or not the caller's to ask about.
    public func answer(
        _ question: VisitQuestion, as standing: Standing = .office, now: Timestamp
    ) throws(VisitFault) -> VisitAnswer {
        try read(question.area, now) { (desk) throws(VisitFault) in
            try prove(standing, question.visit, desk.book, now)
            let terms = try terms(desk.book.area, now)
            do throws(VisitRefusal) {
                return keyed(try desk.answer(question, terms, now: now.second))
            } catch { throw .refused(error) }
        }
    }

    /// The plan from the present day on, as it is watched: what has changed since a revision.
    ///
    /// - Throws: a ``VisitFault`` for an area that is not there.
    public func plan(
        _ area: OfficeID, since revision: UInt32?, now: Timestamp
    ) throws(VisitFault) -> AreaPlan {
        try read(area, now) { (desk) throws(VisitFault) in
            let terms = try terms(desk.book.area, now)
            do throws(VisitRefusal) {
                return try desk.plan(nil, 7, since: revision, terms, now: now.second)
            } catch { throw .refused(error) }
        }
    }

    /// Reads an area that is on disk.
    private func read<Answer: Sendable>(
        _ id: OfficeID, _ now: Timestamp, _ body: (inout VisitDesk) throws(VisitFault) -> Answer
    ) throws(VisitFault) -> Answer {
        guard let room = room(id) else { throw .refused(unknown(id)) }
        return try room.state.withLock { state throws(VisitFault) in
            guard state.committed.book.revision > 0 else {
                throw .refused(.unknownArea(id, known: []))
            }
            state.lastAsked = now.second
            // Both are the same then, and decisions have the plan ready.
            return try state.isSettled ? body(&state.decided) : body(&state.committed)
        }
    }

    /// The refusal of an area that there is not, with those that there are.
    func unknown(_ area: OfficeID) -> VisitRefusal { .unknownArea(area, known: areas) }

    /// Calls `changed` after each change of an area's visits, until the watch is ended.
    ///
    /// `changed` is called on the store's thread and must not block. Nil for an unknown area.
    public func watch(
        _ area: OfficeID, _ changed: @escaping @Sendable () -> Void
    ) -> EngineWatch? {
        guard let room = room(area) else { return nil }
        let id = lastWatcher.add(1, ordering: .relaxed).newValue
        room.state.withLock { $0.watchers[id] = changed }
        return EngineWatch { room.state.withLock { $0.watchers[id] = nil } }
    }

    /// Packs every area that has changed since it was packed.
    public func packAreas() {
        for room in rooms.withLock({ Array($0.values) }) {
            let isChanged = room.state.withLock { state in
                defer { state.savedRevision = state.committed.book.revision }
                return state.savedRevision != state.committed.book.revision
            }
            let (stream, store) = (room.stream, queue.store)
            if isChanged { queue.background { store.pack(stream) } }
        }
    }
}

extension VisitEngine: PeopleKeeper {
    func underWay(_ people: Set<Applicant>) -> String? {
        for (id, room) in rooms.withLock({ $0 }) {
            let number = room.state.withLock {
                $0.committed.book.openVisit(of: people) ?? $0.decided.book.openVisit(of: people)
            }
            if let number { return "\(id)/\(number)" }
        }
        return nil
    }

    func forget(_ people: Set<Applicant>) {
        for room in rooms.withLock({ Array($0.values) }) {
            room.state.withLock {
                $0.committed.forget(people)
                $0.decided.forget(people)
            }
        }
    }
}
