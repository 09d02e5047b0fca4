// SPDX-License-Identifier: Apache-2.0

package import Applications
import CallLimits
public import CivilTime
import Dispatch
public import Enquiries
public import Journal
package import KezekWire
public import Parties
import Queue
import Synchronization
public import Texts

/// The applications of all offices: decides commands, has them recorded, and answers questions.
///
/// It keeps the promises of ``QueueEngine``, whose offices and time it shares: a command is answered
/// once the store has it on disk, a repeat of it gets the same answer, and questions see only what
/// is on disk. Nothing happens to an application by time alone; what a deadline means is worked out
/// when somebody asks.
public final class ApplicationEngine: Sendable {
    /// What an engine takes.
    public enum Limits {
        /// Changed applications of an office that a list can be told apart from a whole one.
        public static let changesKept = 2_000
        /// Entries of a register after which it is packed for a quick start.
        public static let entriesPerSnapshot: UInt32 = 64
        /// For so many days after its own an acceptance is known by its request id: longer than any
        /// holidays.
        public static let daysOfRequests = 14
        /// The rows of one answer on punctuality.
        public static let punctualityRows = CallLimit.punctualityRows
        /// For how many days what was typed about a person is kept, if nothing else is said, and at
        /// least: nothing is under way for so long.
        public static let wordsKeptDays: Int = 1_095
        public static let leastWordsKeptDays: Int = 366
        /// The registers that one question on punctuality may read.
        public static let punctualityRegisters = CallLimit.punctualityRegisters
    }

    /// What a calendar file's text makes of the data in force.
    public struct NewCalendar: Sendable {
        public let calendar: String
        public let library: Library
        /// The digests of the text, and of the one that it replaces; empty for a new calendar.
        public let digest: String
        public let earlierDigest: String

        public init(calendar: String, library: Library, digest: String, earlierDigest: String) {
            self.calendar = calendar
            self.library = library
            self.digest = digest
            self.earlierDigest = earlierDigest
        }
    }

    /// Why a text is no calendar file.
    public struct CalendarFaults: Error, Hashable, Sendable {
        public let list: [Phrase]

        public init(list: [Phrase]) { self.list = list }
    }

    let queue: QueueEngine
    /// For how many days what was typed about a person is kept.
    let wordsKeptDays: Int
    let state: Mutex<State>
    /// Numbers this run of the server, so that a list's revisions are not taken for another's.
    let run: UInt64
    /// Reads a calendar file's text into the data in force.
    let read: @Sendable (_ text: String, Library) -> Result<NewCalendar, CalendarFaults>
    /// Who else keeps what was typed about people.
    let keepers = Mutex<[any PeopleKeeper]>([])
    private let lastWatcher = Atomic<UInt64>(0)

    /// What the lock guards.
    struct State {
        var offices: [OfficeID: OfficeRegisters] = [:]
        var decrees = DecreeLedger()
        /// Commands that wait until a decree is on disk, or lost.
        var waitingForDecree: [@Sendable () -> Void] = []
        /// The last day on which it was seen whose words are old enough.
        var lastForgetting: CivilDate?
        /// When this run began; nil before it has loaded its journal.
        var startedAt: Timestamp?
        /// When it was last tried to move what became known.
        var lastMoving = Timestamp(second: 0)!
        /// The revision of the last entry about people, on disk or on its way.
        var peopleRevision: UInt32 = 0
        var libraryWatchers: [@Sendable (Library) -> Void] = []

        /// Forgets what changed on lists, as how urgent all else is has changed with the calendar.
        ///
        /// - Returns: the watchers of all lists, who are to be told.
        mutating func startListsAnew() -> [@Sendable () -> Void] {
            for office in offices.keys { offices[office]?.startListAnew() }
            return offices.values.flatMap { Array($0.watchers.values) }
        }
    }

    /// An office's registers that are in memory, and what changed in them lately.
    struct OfficeRegisters {
        var cells: [Int32: RegisterCell] = [:]
        var revision: UInt64 = 1
        /// The applications changed last, each with the revision of its change.
        private(set) var changes: [(revision: UInt64, id: ApplicationID)] = []
        /// Changes up to here are known no more.
        private(set) var forgotten: UInt64 = 1
        var watchers: [UInt64: @Sendable () -> Void] = [:]
        /// The day that watchers were last told of.
        var lastToday: CivilDate?

        mutating func note(_ ids: [ApplicationID]) {
            revision += 1
            changes += ids.map { (revision, $0) }
            let surplus = changes.count - Limits.changesKept
            guard surplus > Limits.changesKept / 2 else { return }
            forgotten = changes[surplus - 1].revision
            changes.removeFirst(surplus)
        }

        /// From here on a list is told as a whole to whoever has seen an earlier one.
        mutating func startListAnew() {
            revision += 1
            forgotten = revision
            changes = []
        }

        /// What changed after a revision; nil if that is known no more.
        func changed(since revision: UInt64) -> Set<ApplicationID>? {
            guard revision >= forgotten else { return nil }
            // They are in the order of their revisions.
            var (low, high) = (0, changes.count)
            while low < high {
                let middle = (low + high) / 2
                if changes[middle].revision <= revision { low = middle + 1 } else { high = middle }
            }
            return Set(changes[low...].lazy.map(\.id))
        }
    }

    /// Applications beside a queue, over its store; `start` loads what is in it.
    ///
    /// `run` tells this run of the server from others. `read` turns the text of a calendar file into
    /// the data in force with that calendar in it. What was typed about a person is kept for
    /// `wordsKeptDays` after the last of it.
    public init(
        queue: QueueEngine, run: UInt64, wordsKeptDays: Int = Limits.wordsKeptDays,
        read: @escaping @Sendable (_ text: String, Library) -> Result<NewCalendar, CalendarFaults>
    ) {
        self.queue = queue
        self.wordsKeptDays = max(wordsKeptDays, Limits.leastWordsKeptDays)
        // With a day behind it, it must fit 64 bits.
        self.run = max(1, run & 0xFF_FFFF_FFFF)
        self.read = read
        state = Mutex(State())
    }

    /// The calendars and standards in force, and from now on each that follows.
    public func watchLibrary(_ changed: @escaping @Sendable (Library) -> Void) {
        state.withLock { $0.libraryWatchers.append(changed) }
        changed(queue.libraryInForce)
    }

    /// Calls `changed` after each change of an office's applications, until the watch is ended.
    ///
    /// `changed` is called on the store's thread and must not block. Nil for an unknown office.
    public func watch(
        _ office: OfficeID, _ changed: @escaping @Sendable () -> Void
    ) -> EngineWatch? {
        guard queue.room(office) != nil else { return nil }
        let id = lastWatcher.add(1, ordering: .relaxed).newValue
        state.withLock { $0.offices[office, default: OfficeRegisters()].watchers[id] = changed }
        return EngineWatch { [self] in
            state.withLock { $0.offices[office]?.watchers[id] = nil }
        }
    }

    // MARK: Loading

    /// Loads the decrees, every register that a decree may change, and those whose requests may come again.
    ///
    /// - Throws: if the store cannot be read, or has something in it that cannot be understood.
    public func start(now: Timestamp) throws(StoreFailure) {
        let decrees = try DecreeLedger(queue.store)
        let streams = try queue.store.streams()
        let people = streams.first { $0.stream == .people }?.revision ?? 0
        state.withLock { state in
            state.decrees = decrees
            state.peopleRevision = people
            state.startedAt = now
        }
        let recent = Self.oldestOfRequests(now)
        let held = try queue.store.heldClaims()
        var work: [(StreamName, OfficeID, CivilDate)] = []
        for (stream, _) in streams {
            guard case .applications(let name, let date) = stream, let office = OfficeID(name)
            else { continue }
            let isOpen = held.contains(Claim(openRegister: stream))
            if isOpen || date >= recent { work.append((stream, office, date)) }
        }
        let failure = Mutex<StoreFailure?>(nil)
        let registers = work
        DispatchQueue.concurrentPerform(iterations: registers.count) { index in
            let (_, office, date) = registers[index]
            do throws(StoreFailure) { try adopt(office, date) } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Reads a register from the store and keeps it, if nobody else did meanwhile.
    func adopt(_ office: OfficeID, _ date: CivilDate) throws(StoreFailure) {
        guard let loaded = try load(office, date) else { return }
        let cell = Transferred(loaded)
        state.withLock { state in
            let known = state.offices[office]?.cells[date.dayNumber]
            guard known == nil else { return }
            state.offices[office, default: OfficeRegisters()].cells[date.dayNumber] = cell.value
        }
    }

    /// A register that one thread has read and another takes over.
    private struct Transferred: @unchecked Sendable {
        let value: RegisterCell

        init(_ value: RegisterCell) { self.value = value }
    }

    /// A register from the store; nil if it has no entry.
    func load(_ office: OfficeID, _ date: CivilDate) throws(StoreFailure) -> RegisterCell? {
        let stream = StreamName.applications(office.description, date)
        guard let history = try queue.store.history(of: stream) else { return nil }
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        var cell: RegisterCell?
        for entry in history.entries {
            let events = try decode(entry, arena)
            if case .opened(let terms) = events.first, cell == nil {
                cell = RegisterCell(office, date, ApplicationRegister(terms: terms))
            }
            guard let cell else {
                throw StoreFailure("\(stream) does not begin with its terms; check the journal")
            }
            guard cell.replay(events, entry) else {
                throw StoreFailure(
                    "\(stream) at revision \(entry.revision) does not follow from what was before; "
                        + "check the journal")
            }
        }
        cell?.savedRevision = history.savedRevision
        return cell
    }

    func decode(
        _ entry: Entry, _ arena: Arena
    ) throws(StoreFailure) -> [ApplicationEvent] {
        arena.reset()
        do throws(RecordFailure) {
            return try RegisterEventCodec.decode(
                entry.body, arena, words: queue.vault.unsealing)
        } catch {
            throw StoreFailure(
                "\(entry.stream) at revision \(entry.revision): \(error.description)")
        }
    }

    // MARK: Once a second

    /// Packs registers for a quick start, lets go of those that no decree may change, tells whoever
    /// watches a list that another day has begun, forgets each day whose words are old enough, and moves
    /// clocks when more of a calendar becomes known.
    public func tick(now: Timestamp) {
        // By a clock that is not believed nothing is due.
        guard (try? settle(now)) != nil else { return }
        forgetDaily(now)
        moveWhatBecameKnown(now)
        for watcher in watchersOfANewDay(now) { watcher() }
        let oldest = Self.oldestOfRequests(now)
        state.withLock { state in
            for (id, office) in state.offices {
                for (number, cell) in office.cells where cell.isAtRest {
                    keepSnapshot(of: cell, every: Limits.entriesPerSnapshot)
                    // One that somebody has just read is about to be used.
                    let isIdle = cell.rest()
                    guard isIdle, cell.date < oldest, !cell.committed.isOpen else { continue }
                    state.offices[id]?.cells[number] = nil
                }
            }
        }
    }

    /// Whatever the zone, no request of an earlier day can come again.
    private static func oldestOfRequests(_ now: Timestamp) -> CivilDate {
        let day = now.second / 86_400 - Int64(Limits.daysOfRequests) - 2
        return CivilDate(dayNumber: Int32(clamping: day)) ?? .earliest
    }

    private func watchersOfANewDay(_ now: Timestamp) -> [@Sendable () -> Void] {
        let watched = state.withLock { state in
            state.offices.filter { !$0.value.watchers.isEmpty }.map(\.key)
        }
        var days: [(OfficeID, CivilDate)] = []
        for id in watched {
            if let place = try? office(id, now) { days.append((id, place.today)) }
        }
        return state.withLock { state in
            days.flatMap { id, today -> [@Sendable () -> Void] in
                guard let known = state.offices[id], known.lastToday != today else { return [] }
                state.offices[id]?.lastToday = today
                // Whoever hears of it for nothing finds no news.
                return Array(known.watchers.values)
            }
        }
    }

    /// Packs every register that has changed since it was packed; to be called when nothing more is
    /// submitted.
    public func packRegisters() {
        state.withLock { state in
            for office in state.offices.values {
                for cell in office.cells.values { keepSnapshot(of: cell, every: 2) }
            }
        }
    }

    func keepSnapshot(of cell: RegisterCell, every count: UInt32) {
        let revision = cell.committed.revision
        // The more there is, the longer packing takes, and the less the last entries matter.
        guard revision - cell.savedRevision >= max(count, cell.savedRevision / 8) else { return }
        cell.savedRevision = revision
        let (stream, store) = (cell.stream, queue.store)
        queue.background { store.pack(stream) }
    }

    /// The claim that a register which a decree may change holds, for checking.
    package static func claim(openRegister stream: StreamName) -> Journal.Claim {
        Claim(openRegister: stream)
    }

    /// How what was typed is read, for checking.
    package var unsealing: WordUnsealing { queue.vault.unsealing }

    /// Everything in memory, for checking.
    package func registersInMemory() -> [StreamName: ApplicationRegister] {
        state.withLock { state in
            let cells = state.offices.values.flatMap(\.cells.values)
            return Dictionary(uniqueKeysWithValues: cells.map { ($0.stream, $0.committed) })
        }
    }
}
