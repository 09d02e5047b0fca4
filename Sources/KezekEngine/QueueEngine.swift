// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Clocks
public import Enquiries
public import Journal
import KezekWire
public import Parties
import Queue
import Synchronization

/// The queues of all offices: decides commands, has them recorded, and answers questions.
///
/// A command is decided in memory, under its office's lock, over what is on disk and on its way
/// there; its receipt is given once the store has it on disk. Questions see only what is on disk.
public final class QueueEngine: Sendable {
    /// What an engine takes.
    public enum Limits {
        /// Commands on their way to the disk.
        ///
        /// What is admitted waits for those before it, so this bounds how long: at 20,000 a second, the
        /// slowest disk that was measured with many clients, 0.4 s.
        public static let inFlight = CallLimit.commandsInFlight
        /// Milliseconds after which a caller may try again for whom there was no room.
        static let overloadedPause: UInt32 = 100
        /// Seconds by which the clock may go back without anybody noticing.
        public static let clockSlack: Int64 = 5
        /// Entries of a day after which it is packed for a quick restart, at the least.
        public static let entriesPerSnapshot: UInt32 = 256
        /// The same for a day on which nothing is going on, and how many of those in one second.
        public static let entriesPerQuietSnapshot: UInt32 = 16
        public static let quietSnapshots = 100
        /// Wrong codes after which a booking takes none any more.
        public static let wrongCodes = CallLimit.bookingCodeTries
        /// The slots that a refusal offers instead.
        public static let alternatives = 5
        /// How far back a start looks for bookings that time has not ended, in days.
        public static let forgottenDays = 92
        /// Offices of one store.
        public static let offices = 10_000
    }

    let store: any JournalStore
    /// The calendars and standards in force.
    let library: Mutex<Library>
    let keys: ApplicantKeys
    let vault: Vault
    /// Runs what takes long or reads the disk.
    let background: @Sendable (@escaping @Sendable () -> Void) -> Void
    let rooms: Mutex<[OfficeID: OfficeRoom]>
    let register: Mutex<Register>
    /// How often each claim is held: once, but for moments in which changes on their way are lost
    /// that took it or gave it up.
    let claims: Mutex<[Journal.Claim: Int]>
    /// What each person has booked.
    let persons = Mutex(PersonBook())
    /// The latest time that is recorded, in seconds since the epoch.
    let latest: Atomic<Int64>
    let inFlight = Atomic<Int>(0)
    /// Who reads whose name or address.
    public let reads = ReadLog()
    /// What waits for a decree that is being written.
    let heldBack = Mutex(HeldBack())
    private let writingTrouble = Mutex<String?>(nil)
    private let keyFault = Mutex<String?>(nil)
    /// Why the store writes nothing, as it said when it was last looked at.
    private let storeTrouble = Mutex<String?>(nil)
    private let onTrouble: @Sendable (String?) -> Void
    /// Keys of people that could not be opened.
    let lockedKeys = Mutex<[UInt64]>([])
    /// Nil where the times that are given are believed, such as in a simulation.
    let clock: ClockWatch?
    private let lastWatcher = Atomic<UInt64>(0)

    /// An engine over a store; `start` loads what is in it.
    ///
    /// `background` runs long work; a simulation runs it on the spot. `onTrouble` is told why nothing
    /// can be written, and nil once it can be again. `clock` reads the clocks by which the times that
    /// are given are doubted; without it they are believed.
    public init(
        store: any JournalStore, library: Library, keys: ApplicantKeys,
        background: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
        clock: ClockWatch? = nil,
        onTrouble: @escaping @Sendable (String?) -> Void = { _ in }
    ) {
        self.clock = clock
        self.onTrouble = onTrouble
        self.store = store
        self.library = Mutex(library)
        self.keys = keys
        vault = Vault(keys)
        self.background = background
        rooms = Mutex([:])
        register = Mutex(Register())
        claims = Mutex([:])
        latest = Atomic(.min)
        reads.begin(on: self)
    }

    /// The calendars and standards in force.
    public var libraryInForce: Library { library.withLock { $0 } }

    var catalog: OfficeCatalog { OfficeCatalog(libraryInForce) }

    /// The latest time on record, in seconds since the epoch: for checking.
    package var latestRecorded: Int64 { latest.load(ordering: .relaxed) }

    /// Why nothing could be written lately, or may be now; nil if all is well.
    public var trouble: String? { storeTrouble.withLock { $0 } ?? writingTrouble.withLock { $0 } }

    /// Looks whether the store may still be written; to be called about once a second, on a thread that
    /// may wait.
    public func lookAtStore() {
        let now = store.look()
        let hasChanged = storeTrouble.withLock { trouble in
            defer { trouble = now }
            return trouble != now
        }
        guard hasChanged else { return }
        // What could not be written meanwhile was refused for this.
        if now == nil { writingTrouble.withLock { $0 = nil } }
        onTrouble(now)
    }

    /// Whether the store writes nothing until its files are put back: for an alarm of its own.
    public var hasLostFiles: Bool { storeTrouble.withLock { $0 != nil } }

    /// The ids of people's keys that could not be opened at the start: words sealed by them stay locked.
    public var keysLocked: [UInt64] { lockedKeys.withLock { $0 } }

    /// Whether anything is on its way to the disk.
    public var isWriting: Bool { inFlight.load(ordering: .acquiring) > 0 }

    public var officeCount: Int { rooms.withLock { $0.count } }

    /// Remembers how the last writing went.
    func note(_ result: Result<Void, AppendFailure>) {
        var now: String?
        switch result {
        case .success: now = nil
        case .failure(.unavailable(let why)), .failure(.unconfirmed(let why)): now = why
        // A change that was built on a lost one: the cause was noted with that.
        case .failure(.conflict), .failure(.claimed): return
        }
        let hasChanged = writingTrouble.withLock { trouble in
            defer { trouble = now }
            return trouble != now
        }
        if hasChanged { onTrouble(now) }
    }

    /// Why the next start would not find its key as it is used now; nil if it would.
    ///
    /// It stops nothing as long as the server runs.
    public var keyTrouble: String? { keyFault.withLock { $0 } }

    /// Notes what became of the file of the key.
    public func noteKey(_ trouble: String?) { keyFault.withLock { $0 = trouble } }

    func room(_ id: OfficeID) -> OfficeRoom? { rooms.withLock { $0[id] } }

    var allRooms: [OfficeRoom] { rooms.withLock { Array($0.values) } }

    /// The time to record: never before what is recorded already.
    ///
    /// - Throws: `clockInDoubt` if the clock is not believed, `clockBehind` if it went back by more than
    ///   the slack.
    func settle(_ now: Timestamp) throws(CommandFault) -> Timestamp {
        if let doubt = clock?.doubt(about: now) { throw .clockInDoubt(doubt) }
        let recorded = latest.load(ordering: .relaxed)
        guard now.second < recorded else { return now }
        guard recorded - now.second <= Limits.clockSlack, let time = Timestamp(second: recorded)
        else { throw .clockBehind(recorded: Timestamp(second: recorded) ?? now) }
        return time
    }

    /// Calls `changed` after each change of an office's present day, until the watch is ended.
    ///
    /// `changed` is called on the store's thread and must not block. Nil for an unknown office.
    public func watch(
        _ office: OfficeID, _ changed: @escaping @Sendable () -> Void
    ) -> EngineWatch? {
        guard let room = room(office) else { return nil }
        let id = lastWatcher.add(1, ordering: .relaxed).newValue
        room.state.withLock { $0.watchers[id] = changed }
        return EngineWatch { room.state.withLock { $0.watchers[id] = nil } }
    }
}

/// Somebody who is told of changes.
public struct EngineWatch: Sendable {
    private let stop: @Sendable () -> Void

    init(_ stop: @escaping @Sendable () -> Void) { self.stop = stop }

    public func end() { stop() }
}

extension Mutex where Value == [Journal.Claim: Int] {
    /// Takes a claim that nobody holds; false if somebody does.
    func take(_ claim: Journal.Claim) -> Bool {
        withLock { claims in
            guard claims[claim, default: 0] <= 0 else { return false }
            claims.add(1, claim)
            return true
        }
    }

    func hold(_ claim: Journal.Claim) { withLock { $0.add(1, claim) } }

    func give(_ claim: Journal.Claim) { withLock { $0.add(-1, claim) } }
}

extension [Journal.Claim: Int] {
    fileprivate mutating func add(_ number: Int, _ claim: Journal.Claim) {
        let count = self[claim, default: 0] + number
        self[claim] = count == 0 ? nil : count
    }
}
