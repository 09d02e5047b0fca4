// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
public import Enquiries
import Journal
import KezekEngine
import KezekWire
import Parties
import Queue
import ServiceStandards
import Synchronization
import Texts

/// What a simulation of applications found.
public struct ApplicationSummary: Hashable, Sendable {
    public var commands = 0
    public var acknowledged = 0
    public var refused = 0
    public var repeated = 0
    public var crashes = 0
    public var lostCommits = 0
    public var decrees = 0
    public var movedClocks = 0
    public var movedBookings = 0
    public var entries = 0

    public init() {}

    public mutating func add(_ other: ApplicationSummary) {
        commands += other.commands
        acknowledged += other.acknowledged
        refused += other.refused
        repeated += other.repeated
        crashes += other.crashes
        lostCommits += other.lostCommits
        decrees += other.decrees
        movedClocks += other.movedClocks
        movedBookings += other.movedBookings
        entries += other.entries
    }
}

/// Clerks of two offices, crashes, a failing disk and decrees, all from one seed.
///
/// After every few steps the journal is proved by the checkers, what the engine has in memory is
/// compared with it, and every command that was ever acknowledged is told alike.
public struct ApplicationSimulation {
    /// Calendars that decrees go back and forth between, the first of them in force at the start.
    private let calendars: [Library]
    private let seed: UInt64
    private let world: World
    private var dice: Dice
    private var now: Timestamp
    private let store = MemoryStore(commitsByItself: false)
    private var queue: QueueEngine
    private var engine: ApplicationEngine
    private var inbox = Inbox()
    private var sent: [RequestID: (command: ApplicationCommand, at: Timestamp)] = [:]
    private var recent: [RequestID] = []
    private var receipts: [RequestID: ApplicationView] = [:]
    private var decrees: [RequestID: (command: DecreeCommand, effects: DecreeEffects)] = [:]
    private var applications: [ApplicationID] = []
    private var people = People()
    private let queueInbox = QueueInbox()
    private var step = 0
    private var summary = ApplicationSummary()

    private static let keys = ApplicantKeys(Array(repeating: 7, count: ApplicantKeys.length))!

    /// What came of commands, kept until the simulation looks.
    private final class Inbox: Sendable {
        struct Content {
            var views: [(RequestID, Result<ApplicationView, ApplicationFault>)] = []
            var decrees: [(RequestID, DecreeCommand, Result<DecreeEffects, ApplicationFault>)] = []
        }

        let content = Mutex(Content())

        func take() -> Content {
            content.withLock { content in
                defer { content = Content() }
                return content
            }
        }
    }

    /// What came of the queue's commands.
    private final class QueueInbox: Sendable {
        let receipts = Mutex<[Receipt]>([])
    }

    /// A simulation from a seed; `calendars` are the libraries that decrees change between.
    public init(seed: UInt64, calendars: [Library]) {
        self.calendars = calendars
        self.seed = seed
        dice = Dice(seed: seed)
        world = World(&dice)
        now = world.start
        (queue, engine) = Self.engines(store, calendars[0], calendars)
    }

    private static func engines(
        _ store: MemoryStore, _ library: Library, _ calendars: [Library]
    ) -> (QueueEngine, ApplicationEngine) {
        let queue = QueueEngine(
            store: store, library: library, keys: keys, background: { work in work() })
        let engine = ApplicationEngine(queue: queue, run: 1) { text, library in
            // The text of a calendar is its place among the libraries.
            guard let place = Int(text), calendars.indices.contains(place) else {
                return .failure(.init(list: ["no such calendar"]))
            }
            let earlier = calendars.firstIndex {
                $0.calendars["kz"]?.source == library.calendars["kz"]?.source
            }
            return .success(
                .init(
                    calendar: "kz", library: calendars[place], digest: text,
                    earlierDigest: earlier.map { "\($0)" } ?? ""))
        }
        return (queue, engine)
    }

    /// Takes so many steps, then checks everything once more.
    ///
    /// - Throws: the first thing that is not as it must be.
    public mutating func run(steps: Int) throws(SimulationFailure) -> ApplicationSummary {
        for office in world.offices {
            queue.submit(
                .changeOffice(.init(change: .put(office), dryRun: false)), request: newID(),
                now: now
            ) { _ in }
        }
        store.commit()
        while step < steps {
            step += 1
            try takeStep()
            try takeOutcomes()
        }
        store.commit()
        try takeOutcomes()
        try check()
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

    private var local: CivilDateTime {
        let local = now.second + 5 * 3_600
        return CivilDateTime(
            CivilDate(dayNumber: Int32(local / 86_400))!,
            TimeOfDay(second: Int32(local % 86_400))!)
    }

    private mutating func takeStep() throws(SimulationFailure) {
        switch dice.number(0...99) {
        case 0..<45: send(command(), newID())
        case 45..<60: visit()
        case 60..<67: if let id = recent.randomElement(using: &dice) { repeatRequest(id) }
        case 67..<80: store.commit(atMost: dice.once(in: 3) ? dice.number(0...3) : nil)
        case 80..<83:
            summary.lostCommits += 1
            store.commit(atMost: dice.number(1...4), failing: .unavailable("the disk is full"))
        case 83..<84: try crash()
        case 84..<93: advance(by: dice.number(1...2_000))
        case 93..<95: advance(by: dice.number(1...(dice.once(in: 4) ? 20 : 3)) * 86_400)
        case 95..<98: decree(newID())
        default:
            queue.tick(now: now)
            engine.tick(now: now)
        }
        if dice.once(in: 40) {
            store.commit()
            try takeOutcomes()
            try check()
        }
    }

    private mutating func advance(by seconds: Int) {
        // The offices sleep from eight to nine.
        people.newDay()
        let second = Int(local.time.second)
        let rest = second > 20 * 3_600 ? 86_400 - second + 9 * 3_600 : 0
        now = Timestamp(second: now.second + Int64(seconds + rest)) ?? now
        // What no calendar covers is of no use here.
        if now.second > Timestamp("2027-06-01T00:00Z")!.second {
            now = Timestamp("2027-06-01T06:00Z")!
        }
    }

    // MARK: Commands

    /// Somebody does something in the queue: decrees move bookings too.
    private mutating func visit() {
        let command = people.command(
            world, today: local.date, second: local.time.second, &dice)
        let inbox = queueInbox
        queue.submit(command, request: newID(), now: now) { result in
            if case .success(let receipt) = result {
                inbox.receipts.withLock { $0.append(receipt) }
            }
        }
    }

    private mutating func command() -> ApplicationCommand {
        guard !applications.isEmpty, !dice.once(in: 3) else {
            let handIn = handIn()
            return dice.once(in: 8) ? .decline(handIn) : .accept(handIn)
        }
        let id = dice.once(in: 3) ? dice.pick(applications) : dice.pick(applications.suffix(10))
        let actions: [ApplicationAction] = [
            .suspend(reason: "мұрағат", reviewBy: local.date.adding(days: 20)!), .resume,
            .complete(ground: nil, note: ""),
            .complete(ground: "requirements-not-met", note: "өтілі жоқ"), .handOver(.applicant),
            .returnUnclaimed, .request, .redeliver, .withdraw(reason: ""),
        ]
        return .act(id, dice.pick(actions))
    }

    private mutating func handIn() -> HandIn {
        let isProvider = dice.once(in: 4)
        let standard = calendars[0].standards["std-7"]!
        let profile = ApplicantProfile(
            group: dice.pick(standard.groups.map(\.id)), isRetrained: dice.once(in: 2),
            holdsCategory: dice.once(in: 2))
        var documents =
            (try? standard.check([], of: profile, on: local.date))?.lines.map {
                PresentedDocument(id: $0.document.id, original: true, copy: true)
            } ?? []
        if dice.once(in: 6) { documents.removeFirst() }
        return HandIn(
            office: isProvider ? world.provider : world.corporation,
            channel: isProvider
                ? "provider" : dice.pick(["corporation", "corporation-elsewhere"]),
            applicant: .reference("person-\(dice.number(1...40))"), profile: profile,
            documents: documents, consent: dice.once(in: 20) ? nil : .given)
    }

    private mutating func send(_ command: ApplicationCommand, _ id: RequestID) {
        summary.commands += 1
        sent[id] = (command, now)
        recent.append(id)
        if recent.count > 30 { recent.removeFirst() }
        submit(command, id)
    }

    private func submit(_ command: ApplicationCommand, _ id: RequestID) {
        let inbox = inbox
        engine.submit(command, request: id, now: now, in: .en) { result in
            inbox.content.withLock { $0.views.append((id, result)) }
        }
    }

    private mutating func repeatRequest(_ id: RequestID) {
        guard let (command, at) = sent[id] else { return }
        // What names no date is remembered for some days after its own.
        let remembered = Int64(ApplicationEngine.Limits.daysOfRequests) * 86_400
        if case .act = command {} else if now.second - at.second > remembered { return }
        summary.repeated += 1
        submit(command, id)
    }

    private mutating func decree(_ id: RequestID) {
        let calendar = dice.once(in: 3) ? "" : "\(dice.number(0...calendars.count - 1))"
        decree(DecreeCommand(calendar: calendar, dryRun: dice.once(in: 3)), id)
    }

    private func decree(_ command: DecreeCommand, _ id: RequestID) {
        let inbox = inbox
        engine.submit(command, request: id, now: now, in: .en) { result in
            inbox.content.withLock { $0.decrees.append((id, command, result)) }
        }
    }

    // MARK: Outcomes

    private mutating func takeOutcomes() throws(SimulationFailure) {
        for receipt in queueInbox.receipts.withLock({ $0 }) { people.learn(receipt) }
        queueInbox.receipts.withLock { $0 = [] }
        let content = inbox.take()
        for (id, outcome) in content.views {
            switch outcome {
            case .failure: summary.refused += 1
            case .success(let view):
                if let before = receipts[id] {
                    guard before == view else {
                        throw fail("\(sent[id]!) got \(before), then \(view)")
                    }
                } else {
                    summary.acknowledged += 1
                    receipts[id] = view
                    if !applications.contains(view.id) { applications.append(view.id) }
                }
            }
        }
        for (id, command, outcome) in content.decrees {
            guard case .success(let effects) = outcome, effects.isDone else { continue }
            if let before = decrees[id] {
                guard before.effects == effects else { throw fail("a decree was told otherwise") }
            } else {
                summary.decrees += 1
                summary.movedClocks += effects.moving
                summary.movedBookings += effects.movingBookings
                decrees[id] = (command, effects)
            }
        }
    }

    private mutating func crash() throws(SimulationFailure) {
        summary.crashes += 1
        store.crash()
        inbox = Inbox()
        do throws(StoreFailure) {
            // The calendar that the last decree put in force, as a start finds it.
            let last = try DecreeLedger.calendars(in: store).last
            let library = last.flatMap { Int($0.text) }.map { calendars[$0] } ?? calendars[0]
            (queue, engine) = Self.engines(store, library, calendars)
            try queue.start(now: now)
            try engine.start(now: now)
        } catch { throw fail("the journal cannot be loaded: \(error)") }
        // A decree that was adopted is told alike ever after.
        for (id, known) in decrees.sorted(by: { $0.key.high < $1.key.high }).suffix(3) {
            decree(known.command, id)
        }
        try takeOutcomes()
    }

    private func fail(_ problem: String) -> SimulationFailure {
        SimulationFailure(seed: seed, step: step, problem: problem)
    }

    // MARK: Checking

    private mutating func check() throws(SimulationFailure) {
        guard store.queued == 0 else { return }
        do throws(AuditFailure) {
            let audit = try JournalAudit(store)
            summary.entries = audit.entries
            for office in [world.corporation, world.provider] {
                try audit.compare(with: queue, office)
            }
            try audit.compareClaims(with: queue)
            try audit.require(receipts.keys)
            try audit.require(decrees.keys)
            try RegisterAudit.compare(store, with: engine)
            try RegisterAudit.checkLists(of: engine, [world.corporation, world.provider], now: now)
        } catch { throw fail(error.description) }
    }
}
