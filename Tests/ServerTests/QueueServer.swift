// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Clocks
import Enquiries
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekEngine
import KezekFiles
import KezekServer
import KezekSQLite
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Texts

/// A clock that a test sets.
final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ text: String) { time = Mutex(Timestamp(text)!) }

    var now: Timestamp { time.withLock { $0 } }

    func set(_ text: String) { time.withLock { $0 = Timestamp(text)! } }
}

/// The clock that nobody sets, which a test sets.
final class TestBoot: Sendable {
    private let state = Mutex<(milliseconds: Int64, isSynchronised: Bool)>((1_000_000, false))

    func pass(seconds: Int64) { state.withLock { $0.milliseconds += seconds * 1_000 } }

    func set(synchronised: Bool) { state.withLock { $0.isSynchronised = synchronised } }

    func reading(wall: Timestamp, asksKernel: Bool) -> ClockReading {
        state.withLock {
            ClockReading(
                wall: wall.second * 1_000, boot: $0.milliseconds,
                isSynchronised: asksKernel ? $0.isSynchronised : nil)
        }
    }
}

/// Ways of ten minutes, from everywhere to everywhere else.
private struct TenMinutes: WaySource {
    private var count = 0

    func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
        (Array(repeating: 600, count: count), Array(repeating: 600, count: count))
    }

    mutating func add(_ place: HomePoint) { count += 1 }

    mutating func keep(_ numbers: [Int]) { count = numbers.count }
}

/// A server with a queue whose journal lies in a folder of its own.
struct QueueServer {
    let server: LiveServer
    let engine: QueueEngine
    let applications: ApplicationEngine
    let clock: TestClock
    private let position: @Sendable () throws -> UInt64
    private let close: @Sendable () -> Void

    /// Thursday 19 March 2026, 9:00 in Astana.
    static let morning = "2026-03-19T04:00Z"

    /// The keys of a journal of the tests.
    static let keys = ApplicantKeys(Array(repeating: 1, count: ApplicantKeys.length))!

    static func start(
        _ folder: URL, address: Endpoint? = nil, at time: String = morning,
        keys: ApplicantKeys = keys, access: AccessGuard? = nil,
        limits: ServerLimits = .patient, localUsers: LocalUsers = .own,
        metrics: MetricsSettings? = nil, boot: TestBoot? = nil, web: WebListener? = nil
    ) async throws -> QueueServer {
        let store = try SQLiteStore(path: folder.appendingPathComponent("kezek.sqlite").path)
        return try await start(
            on: store, address: address, at: time, keys: keys, access: access, limits: limits,
            localUsers: localUsers, metrics: metrics, boot: boot, web: web,
            close: { store.close() })
    }

    /// A server whose journal is any store; `close` is called when it has stopped.
    static func start(
        on store: any JournalStore, address: Endpoint? = nil, at time: String = morning,
        keys: ApplicantKeys = keys, access: AccessGuard? = nil,
        limits: ServerLimits = .patient, localUsers: LocalUsers = .own,
        metrics: MetricsSettings? = nil, boot: TestBoot? = nil, web: WebListener? = nil,
        close: @escaping @Sendable () -> Void = {}
    ) async throws -> QueueServer {
        let clock = TestClock(time)
        let background = DispatchQueue(label: "background")
        let engine = QueueEngine(
            store: store, library: try Repository.library(), keys: keys,
            background: { work in background.async(execute: work) },
            clock: boot.map { boot in
                ClockWatch(read: { boot.reading(wall: clock.now, asksKernel: $0) })
            })
        try engine.start(now: clock.now)
        let applications = ApplicationEngine(queue: engine, run: 1) { text, library in
            do {
                let (name, new) = try library.replacing(calendar: text)
                return .success(
                    .init(
                        calendar: name, library: new, digest: new.calendars[name]?.source ?? "",
                        earlierDigest: library.calendars[name]?.source ?? ""))
            } catch { return .failure(.init(list: ["\(String(describing: error))"])) }
        }
        try applications.start(now: clock.now)
        let visits = VisitEngine(
            queue: engine, applications: applications, replanSeconds: 0,
            ways: { _ in AreaWays(estimate: TenMinutes()) },
            search: { work in background.async(execute: work) },
            wantedSearch: { work in background.async(execute: work) })
        try visits.start()
        let server = try await LiveServer.start(
            address ?? .tcp(host: "127.0.0.1", port: 0), limits: limits, engine: engine,
            applications: applications, visits: visits, access: access,
            localUsers: localUsers, metrics: metrics, web: web,
            now: { clock.now })
        return QueueServer(
            server: server, engine: engine, applications: applications, clock: clock,
            position: { try store.lastPosition() }, close: close)
    }

    /// The position of the last entry on disk.
    func lastPosition() throws -> UInt64 { try position() }

    func stop() async throws {
        defer { close() }
        try await server.stop()
    }
}

/// Commits what a journal in memory is given, as a disk does, until it is stopped.
final class Disk: Sendable {
    private let task: Task<Void, Never>

    init(of store: MemoryStore) {
        task = Task {
            while !Task.isCancelled {
                store.commit()
                try? await Task.sleep(nanoseconds: 2_000_000)
            }
        }
    }

    func stop() async {
        task.cancel()
        await task.value
    }
}

/// Runs a test against a queue server in a temporary folder.
func withQueueServer(_ body: (QueueServer, Client) async throws -> Void) async throws {
    try await withFolder { folder in
        let server = try await QueueServer.start(folder)
        let client = server.server.client
        do { try await body(server, client) } catch {
            await client.close()
            try? await server.stop()
            throw error
        }
        await client.close()
        try await server.stop()
    }
}

func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("kezek-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
}

/// A small office that the tests of the server use.
enum TestOffice {
    static let id = OfficeID("astana-1")!
    static let acceptance = ServiceID("acceptance")!
    static let date = CivilDate("2026-03-20")!
    private static let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")

    static func described(
        _ id: OfficeID = id, windows: Int, kind: String = "corporation"
    ) -> QueueOffice {
        var rules = QueueRules()
        rules.leadSeconds = 0
        return QueueOffice(
            id: id, title: text, address: text, standard: "std-7", kind: kind, zone: "",
            services: [
                QueueService(id: acceptance, letter: UInt8(ascii: "A"), title: text, minutes: nil)
            ],
            windows: (1...windows).map {
                QueueWindow(
                    id: WindowID("\($0)")!, services: [acceptance], roster: [:], breaks: [])
            }, exceptions: [], closures: [], rules: rules)
    }

    static func register(
        _ client: Client, _ id: OfficeID = id, windows: Int = 2, kind: String = "corporation"
    ) async throws {
        _ = try await client.send(
            .changeOffice(
                OfficeChangeCommand(
                    change: .put(described(id, windows: windows, kind: kind)), dryRun: false)),
            in: .en)
    }

    static func hold(
        _ who: String, at time: String = "10:00", on date: CivilDate = date,
        office: OfficeID = id, channel: BookingChannel = .portal
    ) -> QueueCommand {
        .hold(
            HoldCommand(
                office: office, service: acceptance, date: date, start: TimeOfDay(time)!,
                channel: channel, applicant: .reference(who)))
    }
}
