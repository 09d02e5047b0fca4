// SPDX-License-Identifier: Apache-2.0

import KezekEngine
import CivilTime
import Foundation
import KezekClient
import KezekFiles
import KezekServer
import KezekSimulator
import KezekSQLite
import KezekWire
import Logging
import Parties
import Queue
import ServiceLifecycle
import Synchronization
import Texts

/// A server of its own with a clock that is set, and somebody who talks to it over the network.
struct DemoOffice {
    let desk: QueueDesk
    private let clock: DemoClock
    private let folder: URL
    private let store: QueueStore
    private let group: ServiceGroup
    private let serving: Task<Void, any Error>

    static let id = OfficeID("demo-1")!
    static let acceptance = ServiceID("acceptance")!

    /// The time that the server sees.
    private final class DemoClock: Sendable {
        private let time = Mutex(Timestamp("2026-03-17T11:00Z")!)

        var now: Timestamp { time.withLock { $0 } }
        func set(_ now: Timestamp) { time.withLock { $0 = now } }
    }

    /// Starts the server and registers a small office of the Corporation.
    static func open(data: DataOption, language: Language) async throws -> DemoOffice {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let logger = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        let clock = DemoClock()
        let store = try QueueStore(
            path: folder.appendingPathComponent("kezek.sqlite").path, opening: .creating,
            data: try data.folder(), logger: logger,
            wordsKeptDays: ApplicationEngine.Limits.wordsKeptDays, replanSeconds: 0,
            now: { clock.now })
        let (ready, continuation) = AsyncStream.makeStream(of: Endpoint.self)
        let server = Server(
            address: .tcp(host: "127.0.0.1", port: 0), tls: nil, library: store.library,
            engine: store.engine, applications: store.applications, version: programVersion,
            logger: logger, now: { clock.now }, onReady: { continuation.yield($0) })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server)], logger: logger))
        let serving = Task {
            defer { continuation.finish() }
            try await group.run()
        }
        for await endpoint in ready {
            let client = Client(ClientSettings(endpoint: endpoint))
            let desk = QueueDesk(client: client, language: language)
            _ = try await desk.send(
                .changeOffice(OfficeChangeCommand(change: .put(described), dryRun: false)),
                .random())
            return DemoOffice(
                desk: desk, clock: clock, folder: folder, store: store, group: group,
                serving: serving)
        }
        try await serving.value
        throw CommandFailure("the server of the demonstration did not start")
    }

    /// Sets the clock to a moment in the office, five hours east of Greenwich.
    func at(_ moment: String) throws {
        guard let civil = CivilDateTime(moment),
            let now = Timestamp(
                second: Int64(civil.date.dayNumber) * 86_400 + Int64(civil.time.second)
                    - 5 * 3_600)
        else { throw CommandFailure("\(moment) is no moment of the demonstration") }
        clock.set(now)
    }

    /// What the journal proves of all that happened.
    func audit() throws -> JournalAudit {
        let reader = try SQLiteReader(path: folder.appendingPathComponent("kezek.sqlite").path)
        defer { reader.close() }
        return try JournalAudit { each in try reader.scan(after: 0, each) }
    }

    func close() async {
        await desk.client.close()
        await group.triggerGracefulShutdown()
        try? await serving.value
        store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    private static var described: QueueOffice {
        QueueOffice(
            id: id,
            title: LocalizedText(
                kk: "Халыққа қызмет көрсету бөлімі", ru: "Отдел обслуживания населения",
                en: "Public service department"),
            address: LocalizedText(kk: "Достық көшесі, 1", ru: "ул. Достык, 1", en: "1 Dostyk St"),
            standard: "std-7", kind: "corporation", zone: "",
            services: [
                QueueService(
                    id: acceptance, letter: UInt8(ascii: "A"),
                    title: LocalizedText(
                        kk: "Құжаттар қабылдау", ru: "Приём документов",
                        en: "Handing in documents"), minutes: nil)
            ],
            windows: [
                QueueWindow(
                    id: WindowID("1")!, services: [acceptance], roster: [:], breaks: [])
            ], exceptions: [], closures: [], rules: QueueRules())
    }
}
