// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import Journal
import KezekEngine
import KezekFiles
import KezekSQLite
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

struct BenchJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Fill a journal with past days, for measuring how a server starts on it.",
        discussion: """
            Each past office-day has 40 bookings that were held, confirmed and missed. Let
            'kezek bench queue' add days ahead, then start the server again: it logs how
            long it took to load.

            Example:
              kezek bench journal /tmp/bench.sqlite --entries 10000000
            """)

    @Argument(help: ArgumentHelp("The journal to fill.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: "How many entries.")
    var entries = 10_000_000

    @Option(help: "Offices, named bench-1, bench-2, …")
    var offices = 500

    @Flag(help: "Print JSON.")
    var json = false

    /// Bookings of one day.
    private static let bookings = 40

    func run() async throws {
        let store = try SQLiteStore(path: file)
        defer { store.close() }
        var progress = Progress(said(kk: "жазбалар", ru: "записи", en: "entries"))
        // Three days back it is a past day in every zone.
        let today = AreaClock.utc.civil(at: Clock.now()).date
        var (written, date) = (0, today.adding(days: -400) ?? .earliest)
        let last = today.adding(days: -3) ?? .earliest
        let history = PastDay(bookings: Self.bookings)
        while written < entries, date < last {
            for office in 1...offices where written < entries {
                let day = history.entries(office: "bench-\(office)", date)
                try append(day, to: store)
                written += day.count
                progress.show(UInt64(written), of: UInt64(entries))
            }
            date = date.adding(days: 1) ?? last
        }
        progress.end()
        if json { return try JSONText.print(["entries": written]) }
        try Terminal.line(BenchWords.here.pastEntries(written))
    }

    /// Appends, and waits now and then so that the queue of the store stays short.
    private func append(_ entries: [Entry], to store: SQLiteStore) throws {
        let failure = Mutex<AppendFailure?>(nil)
        let done = DispatchSemaphore(value: 0)
        store.submit(
            Batch(entries: entries) { result in
                if case .failure(let error) = result { failure.withLock { $0 = error } }
                done.signal()
            })
        done.wait()
        if let failure = failure.withLock({ $0 }) {
            throw CommandFailure(Phrase(sentence: "\(failure)"))
        }
    }
}

/// The entries of a past day that went like every other.
private struct PastDay {
    private let bookings: Int
    private let arena = Arena(limit: 16 << 20)

    init(bookings: Int) { self.bookings = bookings }

    func entries(office: String, _ date: CivilDate) -> [Entry] {
        let midnight = Int64(date.dayNumber) * 86_400 - 5 * 3_600
        let stream = StreamName.officeDay(office, date)
        var day = OfficeDay(plan: plan(midnight))
        var entries: [Entry] = []
        func add(_ events: [DayEvent], at: Int32, request: Bool) {
            arena.reset()
            let all = day.revision == 0 ? [.planned(day.plan)] + events : events
            day.apply(all, revision: day.revision + 1, at: at)
            let id = RequestID(high: UInt64(midnight), low: UInt64(entries.count))
            entries.append(
                Entry(
                    stream: stream, revision: day.revision,
                    at: Timestamp(second: midnight + Int64(at)) ?? Timestamp(second: 0)!,
                    request: request ? RequestMark(id: id, fingerprint: 1) : nil, claims: [],
                    body: DayEventCodec.encode(all, arena, words: .plain)))
        }
        for number in 1...UInt32(bookings) {
            let held = Held(
                number: number,
                applicant: Applicant(high: UInt64(number), low: UInt64(midnight)), service: 0,
                start: 32_400 + Int32(number % 33) * 1_200, channel: .office, until: 600,
                movedFrom: nil)
            add([.held(held)], at: -86_400, request: true)
            add([.confirmed(number)], at: -86_300, request: true)
        }
        add((1...UInt32(bookings)).map { .missed($0) }, at: 86_400, request: false)
        return entries
    }

    private func plan(_ midnight: Int64) -> DayPlan {
        let hours = [DayPlan.Span(start: 32_400, end: 72_000)]
        return DayPlan(
            midnight: midnight, policy: .electronicQueue, policyRule: "R7.5", hours: hours,
            closedBecause: nil,
            services: [
                DayPlan.Service(
                    id: ServiceID("acceptance")!, letter: UInt8(ascii: "A"), seconds: 1_200)
            ],
            windows: (1...5).map {
                DayPlan.Window(id: WindowID("\($0)")!, services: 1, spans: hours)
            }, rules: QueueRules(), waitLimit: 1_200, serviceLimit: 1_200, calendarVersion: "bench")
    }
}
