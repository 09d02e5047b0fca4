// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Enquiries
import Journal
import KezekEngine
import Queue
import Synchronization

/// What went wrong in a simulation, and when: the same seed brings it about again.
public struct SimulationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let seed: UInt64
    public let step: Int
    public let problem: String

    public var description: String { "seed \(seed), step \(step): \(problem)" }
}

/// Applicants, kiosks, clerks, a clock, crashes and a store that fails, all driven by one seed.
///
/// Whatever they do, what was acknowledged stays, equal requests get equal receipts, and the
/// journal holds up to a checker that shares no code with the engine.
public struct QueueSimulation {
    /// What happened, for knowing that a simulation has tried something.
    public struct Summary: Hashable, Sendable {
        public var commands = 0
        public var acknowledged = 0
        public var refused = 0
        public var repeated = 0
        public var crashes = 0
        public var lostCommits = 0
        public var entries = 0

        public init() {}

        public mutating func add(_ other: Summary) {
            commands += other.commands
            acknowledged += other.acknowledged
            refused += other.refused
            repeated += other.repeated
            crashes += other.crashes
            lostCommits += other.lostCommits
            entries += other.entries
        }
    }

    private let seed: UInt64
    private let library: Library
    private let keys = ApplicantKeys(Array(repeating: 7, count: ApplicantKeys.length))!
    private let store = MemoryStore(commitsByItself: false)
    private let world: World
    private var dice: Dice
    private var engine: QueueEngine
    private var people = People()
    private var now: Timestamp
    private var step = 0
    private var summary = Summary()
    private var inbox = Inbox()
    /// Commands that were sent, by their ids.
    private var sent: [RequestID: QueueCommand] = [:]
    private var sentOn: [RequestID: CivilDate] = [:]
    private var recent: [RequestID] = []
    private var receipts: [RequestID: Receipt] = [:]

    /// A simulation of so many steps by the library's calendar and standards.
    ///
    /// `hasReceptions` says that offices add to how people are received: bookings only, limits per person, codes.
    /// `hasWaitingLists` says that one keeps waiting lists, and people wait.
    public init(
        seed: UInt64, library: Library, hasReceptions: Bool = false, hasWaitingLists: Bool = false
    ) {
        self.seed = seed
        self.library = library
        var dice = Dice(seed: seed)
        world = World(&dice, hasReceptions: hasReceptions, hasWaitingLists: hasWaitingLists)
        self.dice = dice
        now = world.start
        engine = QueueEngine(
            store: store, library: library, keys: keys, background: { work in work() })
    }

    /// Outcomes as they come: handlers run on the spot.
    private final class Inbox: Sendable {
        private let outcomes = Mutex<[(RequestID, Result<Receipt, CommandFault>)]>([])

        func put(_ id: RequestID, _ outcome: Result<Receipt, CommandFault>) {
            outcomes.withLock { $0.append((id, outcome)) }
        }

        func take() -> [(RequestID, Result<Receipt, CommandFault>)] {
            outcomes.withLock { outcomes in
                defer { outcomes = [] }
                return outcomes
            }
        }
    }

    /// - Throws: what did not hold.
    public mutating func run(steps: Int) throws(SimulationFailure) -> Summary {
        for office in world.offices {
            send(.changeOffice(OfficeChangeCommand(change: .put(office), dryRun: false)), newID())
        }
        store.commit()
        try takeOutcomes()
        for _ in 0..<steps {
            step += 1
            try takeStep()
            try takeOutcomes()
        }
        store.commit()
        try takeOutcomes()
        try check()
        // Everything that was ever acknowledged is still told alike.
        for id in receipts.keys.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
            repeatRequest(id)
            store.commit()
            try takeOutcomes()
        }
        try crash()
        try check()
        return summary
    }

    private mutating func newID() -> RequestID { RequestID(high: dice.next(), low: dice.next()) }

    private var local: (date: CivilDate, second: Int32) {
        let local = now.second + 5 * 3_600
        return (
            CivilDate(dayNumber: Int32(local / 86_400)) ?? .earliest, Int32(local % 86_400)
        )
    }

    private mutating func takeStep() throws(SimulationFailure) {
        switch dice.number(0...99) {
        case 0..<60:
            let (date, second) = local
            send(people.command(world, today: date, second: second, &dice), newID())
        case 60..<66: if let id = recent.randomElement(using: &dice) { repeatRequest(id) }
        case 66..<67: try misuse()
        case 67..<82: store.commit(atMost: dice.once(in: 3) ? dice.number(0...3) : nil)
        case 82..<84:
            summary.lostCommits += 1
            store.commit(atMost: dice.number(1...4), failing: .unavailable("the disk is full"))
        case 84..<85: try crash()
        case 85..<96: advance(by: dice.number(1...400))
        case 96..<97: advance(by: dice.number(1_000...30_000))
        case 97..<98: try stepBack()
        default: engine.tick(now: now)
        }
        if dice.once(in: 60) {
            store.commit()
            try takeOutcomes()
            try check()
        }
    }

    private mutating func advance(by seconds: Int) {
        let before = local.date
        // After closing time, on to the next morning.
        let rest = local.second > 20 * 3_600 ? 86_400 - Int(local.second) + 9 * 3_600 : 0
        now = Timestamp(second: now.second + Int64(seconds + rest)) ?? now
        if local.date != before { people.newDay() }
    }

    private mutating func send(_ command: QueueCommand, _ id: RequestID) {
        summary.commands += 1
        sent[id] = command
        sentOn[id] = local.date
        recent.append(id)
        if recent.count > 30 { recent.removeFirst() }
        let inbox = inbox
        engine.submit(command, request: id, now: now) { inbox.put(id, $0) }
    }

    private mutating func repeatRequest(_ id: RequestID) {
        guard let command = sent[id], let date = sentOn[id] else { return }
        // What names no date is remembered until the end of the next day.
        if case .today = command, date.days(until: local.date) > 1 { return }
        summary.repeated += 1
        let inbox = inbox
        engine.submit(command, request: id, now: now) { inbox.put(id, $0) }
    }

    /// Another command under an id that was used on the same day is refused.
    private func misuse() throws(SimulationFailure) {
        guard let (id, receipt) = receipts.first, let booking = receipt.booking?.id,
            case .booking(booking, let action)? = sent[id]
        else { return }
        let other: BookingAction = action == .arrive ? .release : .arrive
        let inbox = Inbox()
        engine.submit(.booking(booking, other), request: id, now: now) { inbox.put(id, $0) }
        for (_, outcome) in inbox.take() where outcome != .failure(.requestMismatch) {
            throw fail("a used request id was taken for another command: \(outcome)")
        }
    }

    private mutating func takeOutcomes() throws(SimulationFailure) {
        for (id, outcome) in inbox.take() {
            switch outcome {
            case .failure: summary.refused += 1
            case .success(let receipt):
                if receipt.effects?.isDone == false { continue }
                if let before = receipts[id] {
                    guard before == receipt else {
                        throw fail("\(sent[id]!) got \(before), then \(receipt)")
                    }
                } else {
                    summary.acknowledged += 1
                    receipts[id] = receipt
                    people.learn(receipt)
                }
            }
        }
    }

    private mutating func crash() throws(SimulationFailure) {
        summary.crashes += 1
        store.crash()
        inbox = Inbox()
        engine = QueueEngine(
            store: store, library: library, keys: keys, background: { work in work() })
        do { try engine.start(now: now) } catch {
            throw fail("the journal cannot be loaded: \(error)")
        }
    }

    /// A clock that went far back is noticed, and nothing is done by it.
    private mutating func stepBack() throws(SimulationFailure) {
        store.commit()
        try takeOutcomes()
        guard let before = Timestamp(second: now.second - 3_600) else { return }
        // What is recorded may lie a little before now.
        let recorded = engine.latestRecorded
        let inbox = Inbox()
        let id = newID()
        engine.submit(
            .today(world.corporation, .takeTicket(service: world.services[0])),
            request: id, now: before
        ) { inbox.put(id, $0) }
        store.commit()
        guard recorded > before.second + QueueEngine.Limits.clockSlack else { return }
        for (_, outcome) in inbox.take() {
            guard case .failure(.clockBehind) = outcome else {
                throw fail("a clock that went back an hour brought \(outcome)")
            }
        }
    }

    func fail(_ problem: String) -> SimulationFailure {
        SimulationFailure(seed: seed, step: step, problem: problem)
    }

    private mutating func check() throws(SimulationFailure) {
        guard store.queued == 0 else { return }
        do throws(AuditFailure) {
            let audit = try JournalAudit(store)
            summary.entries = audit.entries
            for office in [world.corporation, world.provider] {
                try audit.compare(with: engine, office)
            }
            try audit.compareClaims(with: engine)
            try audit.require(receipts.keys)
        } catch { throw fail(error.description) }
    }
}
