// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
public import Journal
import KezekEngine
import KezekWire
import Parties
public import Queue
import Synchronization

/// What a journal's events do not bear out.
public struct AuditFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}

/// Checks a whole journal from its events alone: each day by a checker that shares no code with the
/// engine, and by applying the events anew.
public struct JournalAudit {
    public private(set) var entries = 0
    /// Each day as its events make it.
    public private(set) var days: [StreamName: OfficeDay] = [:]
    var checkers: [StreamName: DayChecker] = [:]
    /// What each person has booked.
    public private(set) var persons = LimitChecker()
    private var registerCheckers: [StreamName: RegisterChecker] = [:]
    private var requests: [StreamName: Set<RequestID>] = [:]
    private var revisions: [StreamName: UInt32] = [:]
    private var held: Set<Claim> = []
    /// Where each day's latest time is from, and where a clock was last believed that had been set back.
    private var latest: [StreamName: UInt64] = [:]
    private var lastAccepted: UInt64 = 0
    private let arena = Arena(limit: 64 << 20)
    private let named = NamedKeys()

    /// The ids of the keys by which words in the entries are sealed.
    public var namedKeys: Set<UInt64> { named.all }

    private init() {}

    /// A whole journal, the claims that it leaves held included.
    ///
    /// - Throws: the first thing that does not hold, or why it cannot be read.
    public init(_ store: some JournalStore) throws(AuditFailure) {
        do { try self.init { each in try store.scan(after: 0, each) } } catch {
            throw error as? AuditFailure ?? AuditFailure(description: "\(error)")
        }
    }

    /// A whole journal that `scan` hands over entry by entry, for as long as it is told to go on.
    ///
    /// - Throws: `AuditFailure` for the first thing that does not hold, or what `scan` throws.
    public init(scan: (_ each: (PlacedEntry) -> Bool) throws -> Void) throws {
        self.init()
        var failure: AuditFailure?
        try scan { placed in
            do throws(AuditFailure) { try add(placed) } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
        try checkClaims()
        try checkBreaches()
        try checkMoves()
    }

    /// Takes the journal's next entry.
    private mutating func add(_ placed: PlacedEntry) throws(AuditFailure) {
        let entry = placed.entry
        entries += 1
        guard Int(placed.position) == entries else {
            throw failure(placed, "position \(entries) is missing")
        }
        let last = revisions[entry.stream] ?? 0
        guard entry.revision == last + 1 else {
            throw failure(placed, "revision \(last + 1) is missing")
        }
        revisions[entry.stream] = entry.revision
        if let request = entry.request?.id {
            guard requests[entry.stream, default: []].insert(request).inserted else {
                throw failure(placed, "the request was carried out twice")
            }
        }
        try change(placed)
        arena.reset()
        switch entry.stream {
        case .officeDay: try addDay(placed)
        case .applications: try addRegister(placed)
        case .offices, .decrees, .people, .clock, .visits, .reads:
            do throws(RecordFailure) {
                switch entry.stream {
                case .offices: _ = try OfficeEventCodec.decode(entry.body, arena)
                case .clock:
                    _ = try ClockRecordCodec.decode(entry.body, arena)
                    lastAccepted = placed.position
                case .people: _ = try PeopleRecordCodec.decode(entry.body, arena)
                case .reads: _ = try ReadsRecordCodec.decode(entry.body, arena)
                case .visits:
                    _ = try VisitEventCodec.decode(entry.body, arena, words: named.unsealing)
                default: _ = try DecreeRecordCodec.decode(entry.body, arena)
                }
            } catch { throw failure(placed, error.description) }
        }
    }

    private mutating func addRegister(_ placed: PlacedEntry) throws(AuditFailure) {
        let entry = placed.entry
        let events: [ApplicationEvent]
        do throws(RecordFailure) {
            events = try RegisterEventCodec.decode(entry.body, arena, words: named.unsealing)
        } catch { throw failure(placed, error.description) }
        var checker = registerCheckers.removeValue(forKey: entry.stream) ?? RegisterChecker()
        do throws(RegisterViolation) {
            try checker.check(events)
        } catch { throw failure(placed, "\(error)") }
        registerCheckers[entry.stream] = checker
    }

    /// How many registers of applications there are.
    public var registers: Int { registerCheckers.count }

    private mutating func change(_ placed: PlacedEntry) throws(AuditFailure) {
        for change in placed.entry.claims {
            switch change {
            case .taken(let claim):
                guard held.insert(claim).inserted else {
                    throw failure(placed, "a claim that somebody holds was taken")
                }
            case .given(let claim):
                guard held.remove(claim) != nil else {
                    throw failure(placed, "a claim that nobody holds was given up")
                }
            }
        }
    }

    private mutating func addDay(_ placed: PlacedEntry) throws(AuditFailure) {
        let entry = placed.entry
        let events: [DayEvent]
        do throws(RecordFailure) {
            events = try DayEventCodec.decode(entry.body, arena, words: named.unsealing)
        } catch { throw failure(placed, error.description) }
        // Taken out, so that it is changed in place.
        var day = days.removeValue(forKey: entry.stream)
        if day == nil, case .planned(let plan) = events.first { day = OfficeDay(plan: plan) }
        guard var day else { throw failure(placed, "the day does not begin with a plan") }
        let moment = try moment(placed, day)
        let (at, isSetBack) = (moment.time, moment.time < day.lastAt)
        var checker = checkers.removeValue(forKey: entry.stream) ?? DayChecker()
        do throws(Violation) {
            try checker.check(
                events, revision: entry.revision, at: moment, isSetBack: isSetBack
            ) {
                var after = day
                after.apply(events, revision: entry.revision, at: at)
                return after.seating
            }
        } catch { throw failure(placed, "\(error)") }
        checkers[entry.stream] = checker
        try count(events, placed)
        day.apply(events, revision: entry.revision, at: at)
        days[entry.stream] = day
    }

    /// Nobody has booked more than one person may.
    private mutating func count(
        _ events: [DayEvent], _ placed: PlacedEntry
    ) throws(AuditFailure) {
        guard case .officeDay(let name, let date) = placed.entry.stream, let office = OfficeID(name)
        else { return }
        do throws(Violation) {
            try persons.check(events, office: office, date: date, revision: placed.entry.revision)
        } catch { throw failure(placed, "\(error)") }
    }

    /// When the entry happened on its day: not before the one before it, unless somebody had the clock
    /// believed that was set back since.
    ///
    /// From then on a day that is under way stands still until its time is here, and any other goes by the
    /// clock.
    private mutating func moment(
        _ placed: PlacedEntry, _ day: OfficeDay
    ) throws(AuditFailure) -> DayMoment {
        let (stream, moment) = (placed.entry.stream, day.plan.moment(at: placed.entry.at))
        guard moment.time < day.lastAt else {
            if moment.time > day.lastAt { latest[stream] = placed.position }
            return moment
        }
        guard latest[stream, default: 0] < lastAccepted else {
            throw failure(placed, "it happened before the entry before it")
        }
        guard !day.isUnderWay else { return DayMoment(day.lastAt) }
        latest[stream] = placed.position
        return moment
    }

    private func failure(_ placed: PlacedEntry, _ problem: String) -> AuditFailure {
        AuditFailure(
            description: "position \(placed.position), \(placed.entry.stream), revision "
                + "\(placed.entry.revision): \(problem)")
    }

    /// Every request that was carried out.
    public var allRequests: Set<RequestID> {
        requests.values.reduce(into: []) { $0.formUnion($1) }
    }

    /// The claims that the journal's entries leave held are those of the live bookings.
    private func checkClaims() throws(AuditFailure) {
        var live: Set<Claim> = []
        for checker in checkers.values {
            for booking in checker.liveClaims {
                let claim = QueueEngine.claim(booking.applicant, booking.service)
                guard live.insert(claim).inserted else {
                    throw AuditFailure(description: "two live bookings have one claim")
                }
            }
        }
        let bookings = live.count
        live.formUnion(openRegisters)
        guard live == held else {
            throw AuditFailure(
                description: "\(held.count) claims are held, but \(bookings) bookings are live and "
                    + "\(live.count - bookings) registers may be changed by a decree")
        }
    }

    /// Each day's register of breaches is what its events say turn by turn, when the last of them
    /// happened and after midnight.
    private func checkBreaches() throws(AuditFailure) {
        for (stream, day) in days {
            guard case .officeDay(let office, let date) = stream, let office = OfficeID(office),
                let checker = checkers[stream]
            else { continue }
            for now in [day.lastAt, .max] {
                let register = day.statistics(office: office, date: date, at: now).breaches
                guard register == checker.breaches(date: date, at: now) else {
                    throw AuditFailure(
                        description: "\(stream): its register of breaches is not what its events "
                            + "say")
                }
            }
        }
    }

    // MARK: Comparing with an engine

    /// What the engine has in memory is what the journal says.
    func compare(with engine: QueueEngine, _ office: OfficeID) throws(AuditFailure) {
        for (date, day) in engine.daysInMemory(of: office) {
            let stream = StreamName.officeDay(office.description, date)
            guard var replayed = days[stream] else {
                guard day.revision == 0 else {
                    throw AuditFailure(description: "\(stream) is in memory and not in the journal")
                }
                continue
            }
            var live = day
            // When time is next due is a bound, and may be stale.
            live.settleDue()
            replayed.settleDue()
            guard live == replayed else {
                throw AuditFailure(description: "\(stream) in memory is not what the journal says")
            }
            let counted = engine.countedBookings.filter { $0.office == office && $0.date == date }
            guard Set(counted.map(\.number)) == persons.counted(office: office, date: date) else {
                throw AuditFailure(
                    description: "\(stream): what counts for persons is not what the journal says"
                )
            }
        }
    }

    func compareClaims(with engine: QueueEngine) throws(AuditFailure) {
        try checkClaims()
        // The claims of registers are for a start, and not kept in memory.
        let bookings = held.subtracting(openRegisters)
        guard bookings == engine.heldClaims else {
            throw AuditFailure(
                description: "the engine holds \(engine.heldClaims.count) claims, the journal "
                    + "\(bookings.count)")
        }
    }

    private var openRegisters: Set<Claim> {
        let open = registerCheckers.filter(\.value.isOpen)
        return Set(open.keys.map { ApplicationEngine.claim(openRegister: $0) })
    }

    /// Every request that was acknowledged is in the journal.
    func require(_ acknowledged: some Collection<RequestID>) throws(AuditFailure) {
        let all = allRequests
        for id in acknowledged where !all.contains(id) {
            throw AuditFailure(description: "the acknowledged command \(id) is lost")
        }
    }
}

/// Notes by which keys words are sealed, and reads none.
private final class NamedKeys: Sendable {
    private let ids = Mutex<Set<UInt64>>([])

    var all: Set<UInt64> { ids.withLock { $0 } }

    var unsealing: WordUnsealing {
        WordUnsealing { [self] bytes in
            if let id = SealedBytes.key(of: bytes) { ids.withLock { _ = $0.insert(id) } }
            return .locked
        }
    }
}
