// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import HomeVisits
public import Journal
import KezekWire
public import Parties
import Synchronization

/// Who read whose name or address: one record a caller, person and minute, written in the background.
///
/// No answer waits for it. What cannot be written waits for the next time, as far as there is room; a crash
/// loses what was read in its last second.
public final class ReadLog: Sendable {
    public enum Limits {
        /// Records that wait for the disk.
        public static let waiting = 100_000
    }

    private struct Record: Hashable {
        let caller: CallerID
        let read: PersonRead
    }

    private struct State {
        weak var queue: QueueEngine?
        /// What was recorded in the present minute.
        var minute = Int64.min
        var seen: Set<Record> = []
        var waiting: [Record] = []
        /// When the oldest of those that wait was read, in seconds since the epoch.
        var waitingSince: Int64?
        /// What is on its way to the disk.
        var writing: [Record] = []
        /// The stream that was written last, and its revision; nil if it is to be looked up.
        var written: (date: CivilDate, revision: UInt32)?
        var lost: UInt64 = 0
    }

    private let state = Mutex(State())

    init() {}

    func begin(on queue: QueueEngine) { state.withLock { $0.queue = queue } }

    // MARK: Noting

    /// Notes the people whose names and addresses an answer has.
    public func note(_ answer: VisitAnswer, by caller: CallerID, now: Timestamp) {
        switch answer {
        case .visit(let view): note([view], .visit, caller, now)
        case .plan(let plan): note(plan.visits, .plan, caller, now)
        case .area, .windows, .explanation: break
        }
    }

    /// Notes that somebody has begun to watch the plan of an area.
    public func noteWatch(of area: OfficeID, by caller: CallerID, now: Timestamp) {
        note(now) { minute in
            [
                Record(
                    caller: caller,
                    read: PersonRead(kind: .watch, area: area, visit: 0, minute: minute))
            ]
        }
    }

    private func note(
        _ views: [VisitView], _ kind: PersonRead.Kind, _ caller: CallerID, _ now: Timestamp
    ) {
        note(now) { minute in
            views.filter { $0.words != nil }.map {
                Record(
                    caller: caller,
                    read: PersonRead(
                        kind: kind, area: $0.id.area, visit: $0.id.number, minute: minute))
            }
        }
    }

    private func note(_ now: Timestamp, _ records: (Int64) -> [Record]) {
        let minute = now.second / 60
        let records = records(minute)
        state.withLock { state in
            if state.minute != minute { (state.minute, state.seen) = (minute, []) }
            for record in records where state.seen.insert(record).inserted {
                guard state.waiting.count + state.writing.count < Limits.waiting else {
                    state.lost += 1
                    continue
                }
                state.waiting.append(record)
                state.waitingSince = state.waitingSince ?? now.second
            }
        }
    }

    // MARK: Figures

    /// For how many seconds the oldest record has waited for the disk; 0 if none does.
    public func waitingSeconds(now: Timestamp) -> Int64 {
        state.withLock { max(0, now.second - ($0.waitingSince ?? now.second)) }
    }

    /// Records that there was no room for.
    public var lost: UInt64 { state.withLock { $0.lost } }

    // MARK: Writing

    /// Sends what was noted to the store; to be called about once a second, on a thread that may read it.
    public func write(now: Timestamp) {
        guard let queue = state.withLock({ $0.queue }), let now = try? queue.settle(now),
            let date = CivilDate(dayNumber: Int32(now.second / 86_400))
        else { return }
        let stream = StreamName.reads(date)
        let isKnown = state.withLock { $0.waiting.isEmpty || $0.written?.date == date }
        let found = isKnown ? nil : try? queue.store.entries(of: stream, after: 0)
        guard isKnown || found != nil else { return }
        let entries = state.withLock { state -> [Entry] in
            guard state.writing.isEmpty, !state.waiting.isEmpty else { return [] }
            if let found { state.written = (date, found.last?.revision ?? 0) }
            guard let revision = state.written?.revision else { return [] }
            (state.writing, state.waiting) = (state.waiting, [])
            let entries = Self.entries(state.writing, stream, after: revision, at: now)
            state.written = (date, revision + UInt32(entries.count))
            return entries
        }
        guard !entries.isEmpty else { return }
        _ = queue.latest.max(now.second, ordering: .relaxed)
        queue.inFlight.add(1, ordering: .relaxed)
        queue.store.submit(
            Batch(entries: entries) { [self] result in
                queue.note(result)
                settle(result)
                queue.inFlight.subtract(1, ordering: .releasing)
            })
    }

    /// An entry for each caller, or several.
    private static func entries(
        _ records: [Record], _ stream: StreamName, after revision: UInt32, at now: Timestamp
    ) -> [Entry] {
        var reads: [CallerID: [PersonRead]] = [:]
        for record in records { reads[record.caller, default: []].append(record.read) }
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        var entries: [Entry] = []
        for (caller, reads) in reads.sorted(by: { $0.key.name < $1.key.name }) {
            for start in stride(from: 0, to: reads.count, by: ReadsRecordCodec.readLimit) {
                arena.reset()
                let part = reads[start..<min(start + ReadsRecordCodec.readLimit, reads.count)]
                entries.append(
                    Entry(
                        stream: stream, revision: revision + UInt32(entries.count) + 1, at: now,
                        request: nil, caller: caller, claims: [],
                        body: ReadsRecordCodec.encode(Array(part), arena)))
            }
        }
        return entries
    }

    private func settle(_ result: Result<Void, AppendFailure>) {
        state.withLock { state in
            if case .failure = result {
                state.waiting = state.writing + state.waiting
                // What is on disk is not known then.
                state.written = nil
            } else {

                let oldest = state.waiting.first?.read.minute
                state.waitingSince = oldest.map { $0 * 60 }
            }
            state.writing = []
        }
    }
}
