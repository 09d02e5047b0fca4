// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CivilTime
import Dispatch
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekFiles
import KezekSQLite
import KezekSimulator
import KezekWire
import Parties
import Queue
import ServiceStandards
import Synchronization
import Texts

struct BenchDecree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decree",
        abstract: "Measure a decree over many open applications.",
        discussion: """
            Fills a journal of its own in a temporary folder with open applications, then
            adds a holiday to the calendar and takes it away again, over and over: how long
            the dry run takes, the adoption with its commit, and the start of a server after
            it. Build for release first.

            Example:
              kezek bench decree --applications 100000
            """)

    @Option(help: "Open applications.")
    var applications = 100_000

    @Option(help: "Offices, each with the same share.")
    var offices = 500

    @Option(help: "Rounds; the medians are told.")
    var rounds = 5

    @OptionGroup var data: DataOption

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard applications > 0, (1...10_000).contains(offices), rounds > 0 else {
            throw Wrong.told("--applications, --offices and --rounds must be 1 or more.")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = try data.folder()
        let text = try String(
            contentsOf: data.root.appendingPathComponent("Calendars/kz.yaml"), encoding: .utf8)
        let path = folder.appendingPathComponent("kezek.sqlite").path
        var bench = try DecreeBench(
            path: path, library: try data.library(),
            // Wednesday 26 August 2026 is a holiday, and is none.
            texts: [HolidayText.adding(["08-26"], to: text), text])
        try bench.fill(applications: applications, offices: offices)
        var (checks, adoptions) = ([Double](), [Double]())
        var moved = 0
        for round in 0..<rounds {
            let (check, adoption, count) = try bench.round(round)
            checks.append(check)
            adoptions.append(adoption)
            moved = count
        }
        let memory = Self.residentMegabytes()
        let start = try bench.restart()
        let report = DecreeBenchReport(
            applications: applications, offices: offices, moved: moved,
            dryRunMilliseconds: Self.milliseconds(checks),
            adoptionMilliseconds: Self.milliseconds(adoptions),
            startMilliseconds: Self.milliseconds([start]), memoryMegabytes: memory)
        if json { return try JSONText.print(report) }
        for line in report.lines(.here) { try Terminal.line(line) }
    }

    private static func milliseconds(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2] * 1_000
    }

    private static func residentMegabytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1_024
    }
}

/// What was measured of a decree.
struct DecreeBenchReport: Encodable {
    let applications: Int
    let offices: Int
    let moved: Int
    let dryRunMilliseconds: Double
    let adoptionMilliseconds: Double
    let startMilliseconds: Double
    /// Of the process that did it all.
    let memoryMegabytes: Int

    /// The report for people.
    func lines(_ words: BenchWords) -> [String] {
        func time(_ milliseconds: Double) -> String {
            words.milliseconds(String(format: "%.0f", milliseconds))
        }
        let rows = [
            (words.openApplications, words.inOffices(applications, offices)),
            (words.movedClocks, "\(moved)"), (words.dryRun, time(dryRunMilliseconds)),
            (words.adoption, time(adoptionMilliseconds)),
            (words.startAfter, time(startMilliseconds)),
            (words.memory, words.megabytes(memoryMegabytes)),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { $0.0.padded(width + 2) + $0.1 }
    }
}

/// A journal with many open applications, and decrees over it.
private struct DecreeBench {
    private let path: String
    private let library: Library
    private let texts: [String]
    private var store: SQLiteStore
    private var queue: QueueEngine
    private var engine: ApplicationEngine
    private var requests: UInt64 = 0

    /// Monday 17 August 2026, 9:00 in Astana.
    private static let start = Timestamp("2026-08-17T04:00Z")!
    private static let keys = ApplicantKeys(Array(repeating: 5, count: ApplicantKeys.length))!

    init(path: String, library: Library, texts: [String]) throws {
        self.path = path
        self.library = library
        self.texts = texts
        store = try SQLiteStore(path: path)
        (queue, engine) = Self.engines(store, library)
    }

    private static func engines(
        _ store: SQLiteStore, _ library: Library
    ) -> (QueueEngine, ApplicationEngine) {
        let background = DispatchQueue(label: "kezek.bench")
        let queue = QueueEngine(
            store: store, library: library, keys: keys,
            background: { work in background.async(execute: work) })
        let engine = ApplicationEngine(queue: queue, run: 1) { text, library in
            ApplicationEngine.read(calendar: text, library)
        }
        return (queue, engine)
    }

    private mutating func newID() -> RequestID {
        requests += 1
        return RequestID(high: 1, low: requests)
    }

    /// Fills the registers of the days from 17 to 25 August.
    mutating func fill(applications: Int, offices: Int) throws {
        let ids = (1...offices).compactMap { OfficeID("bench-\($0)") }
        let done = DispatchGroup()
        let failed = Counter()
        for id in ids {
            done.enter()
            queue.submit(
                .changeOffice(OfficeChangeCommand(change: .put(Self.office(id)), dryRun: false)),
                request: newID(), now: Self.start
            ) { result in
                if case .failure = result { failed.add() }
                done.leave()
            }
        }
        done.wait()
        let profile = ApplicantProfile(group: "general-secondary-teacher", holdsCategory: true)
        let documents = try library.standards["std-7"]!.check([], of: profile, on: .latest).lines
            .map { PresentedDocument(id: $0.document.id, original: true, copy: true) }
        let days = [0, 1, 2, 3, 4, 5, 7, 8]
        var progress = Progress(
            said(kk: "өтініштер", ru: "заявления", en: "applications"))
        for number in 0..<applications {
            // Day by day, since time does not go back.
            let day = days[number * days.count / applications]
            let now = Timestamp(
                second: Self.start.second + Int64(day) * 86_400
                    + Int64(number * days.count % applications) * 30_000 / Int64(applications))!
            done.enter()
            engine.submit(
                .accept(
                    HandIn(
                        office: ids[number % ids.count],
                        channel: number % 3 == 0 ? "corporation" : "corporation-elsewhere",
                        applicant: .reference("\(number)"), profile: profile,
                        documents: documents, consent: .given)),
                request: newID(), now: now, in: .en
            ) { result in
                if case .failure = result { failed.add() }
                done.leave()
            }
            if number % 10_000 == 9_999 {
                done.wait()
                progress.show(UInt64(number + 1), of: UInt64(applications))
            }
        }
        done.wait()
        progress.end()
        guard failed.value == 0 else {
            throw CommandFailure("\(failed.value) applications were not accepted")
        }
    }

    /// Seconds of the dry run and of the adoption, and how many clocks moved.
    mutating func round(_ number: Int) throws -> (Double, Double, Int) {
        let text = texts[number % 2]
        let (check, _) = try timed(DecreeCommand(calendar: text, dryRun: true))
        let (adoption, effects) = try timed(DecreeCommand(calendar: text, dryRun: false))
        return (check, adoption, effects.moving)
    }

    private mutating func timed(_ command: DecreeCommand) throws -> (Double, DecreeEffects) {
        let id = newID()
        let began = DispatchTime.now().uptimeNanoseconds
        let outcome = Outcome()
        engine.submit(command, request: id, now: Timestamp("2026-08-25T14:00Z")!, in: .en) {
            outcome.put($0)
        }
        let effects = try outcome.wait().get()
        let took = DispatchTime.now().uptimeNanoseconds - began
        return (Double(took) / 1e9, effects)
    }

    /// Seconds that a server takes to start on the journal.
    mutating func restart() throws -> Double {
        engine.packRegisters()
        queue.packDays()
        store.close()
        let began = DispatchTime.now().uptimeNanoseconds
        store = try SQLiteStore(path: path)
        (queue, engine) = Self.engines(store, library)
        let now = Timestamp("2026-08-26T04:00Z")!
        try queue.start(now: now)
        try engine.start(now: now)
        let took = DispatchTime.now().uptimeNanoseconds - began
        store.close()
        return Double(took) / 1e9
    }

    private static func office(_ id: OfficeID) -> QueueOffice {
        let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        let service = ServiceID("acceptance")!
        return QueueOffice(
            id: id, title: text, address: text, standard: "std-7", kind: "corporation", zone: "",
            services: [
                QueueService(id: service, letter: UInt8(ascii: "A"), title: text, minutes: nil)
            ],
            windows: [
                QueueWindow(id: WindowID("1")!, services: [service], roster: [:], breaks: [])
            ], exceptions: [], closures: [], rules: QueueRules())
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    private final class Outcome: Sendable {
        private let result = Mutex<Result<DecreeEffects, ApplicationFault>?>(nil)
        private let done = DispatchSemaphore(value: 0)

        func put(_ value: Result<DecreeEffects, ApplicationFault>) {
            result.withLock { $0 = value }
            done.signal()
        }

        func wait() -> Result<DecreeEffects, ApplicationFault> {
            done.wait()
            return result.withLock { $0! }
        }
    }
}
