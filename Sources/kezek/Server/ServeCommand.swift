// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import CivilTime
import Clocks
import Dispatch
import Enquiries
import Foundation
import KezekEngine
import KezekFiles
import KezekSQLite
import KezekServer
import KezekWire
public import Logging
import ServiceLifecycle
import Synchronization
import Texts
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer over the network until told to stop.",
        discussion: """
            Speaks protobuf messages over TCP; Docs/Protocol.md describes them. SIGTERM or
            Ctrl-C stops it: what was asked is still answered.

            Plain TCP is taken on this machine alone (127.0.0.1, ::1, unix:PATH), and
            commands and questions about people from the server's own user and root, unless
            --access says who may call. For other machines give a certificate and its key; the
            files are read anew when they change. A key, a journal's key and an access list must
            be the server's user's or root's (mode 0600, 0640 or 0400).

            With --store it runs the queue (offices, bookings, tickets and windows) and keeps
            what is handed in. The store is a SQLite file; --create makes it where nothing of one
            is there, or a first start was ended before its end; a start without it never
            does. Beside it lies FILE.key, without
            which nobody can tell which applicant is which: keep it secret, and keep it.

            Examples:
              kezek serve
              kezek serve --store /var/lib/kezek/kezek.sqlite --create
              kezek serve --store /var/lib/kezek/kezek.sqlite --metrics 127.0.0.1:9464
              kezek serve --listen unix:/run/kezek/kezek.sock
              kezek serve --listen 0.0.0.0:7447 --tls-certificate server.pem \\
                        --tls-key server.key --access access.json --store kezek.sqlite
              kezek serve --store kezek.sqlite --ways Examples/visits/ways.yaml
              kezek serve --store training.sqlite --rehearse 2026-03-19T05:00:00Z
            """)

    @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port|unix:path"))
    var listen = Endpoint.tcp(host: "127.0.0.1", port: 7447)

    @OptionGroup var data: DataOption

    @Option(
        help: ArgumentHelp(
            "The journal of the queue; without it the server answers for deadlines alone.",
            valueName: "file"), completion: .file())
    var store: String?

    @Flag(
        help: ArgumentHelp(
            "Make the journal and its key if nothing of one is there. If all of it is there, it is "
                + "opened; if a part is missing, that is named, and nothing is made."))
    var create = false

    @Option(
        help: ArgumentHelp(
            "Go on with a journal that has lost what was confirmed after this position, its last one; "
                + "without it such a journal is refused, with both positions.",
            valueName: "position"))
    var acceptLoss: UInt64?

    @Option(
        help: ArgumentHelp(
            "The list of tokens that 'kezek access' keeps; without it nobody is asked who they "
                + "are, which a server with a store does on this machine alone.",
            valueName: "file"), completion: .file())
    var access: String?

    @Flag(
        help: ArgumentHelp(
            "Without --access: take commands and questions about people from every user of this "
                + "machine, not from the server's own and root alone. It is logged at each start."))
    var anyLocalUser = false

    @Option(
        help: ArgumentHelp("The server's certificate chain.", valueName: "pem-file"),
        completion: .file())
    var tlsCertificate: String?

    @Option(
        help: ArgumentHelp("The certificate's private key.", valueName: "pem-file"),
        completion: .file())
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "The authority of client certificates: who shows one of its, and is in the access "
                + "list, needs no token.", valueName: "pem-file"), completion: .file())
    var tlsClientCA: String?

    @Option(
        help: ArgumentHelp(
            "Where to tell metrics to Prometheus, over HTTP at /metrics: on this machine alone, as "
                + "nobody is asked who reads. Nowhere without it.",
            valueName: "host:port|unix:path"))
    var metrics: Endpoint?

    @Option(
        help: ArgumentHelp(
            "Where to answer over HTTP besides, in a program built with the trait Web: gRPC and JSON, with and "
                + "without TLS as --listen. Nowhere without it; 127.0.0.1:7480 is usual.",
            valueName: "host:port|unix:path"))
    var web: Endpoint?

    @Option(
        help: ArgumentHelp(
            "A name by which --web is asked for, besides those of this machine, such as queue.example.kz; "
                + "may be given several times.", valueName: "name"))
    var webHost: [String] = []

    @Option(help: "Seconds in which a TLS handshake must be done.")
    var handshakeSeconds = ServerLimits().handshakeSeconds

    @Option(help: "Open connections at one time.")
    var maxConnections = ServerLimits().connections

    @Option(help: "Seconds without a request after which a connection is closed.")
    var idleSeconds = ServerLimits().idleSeconds

    @Option(help: "Seconds in which a frame must be whole once it has begun.")
    var frameSeconds = ServerLimits().frameSeconds

    @Option(help: "Seconds for which a peer may leave its responses unread.")
    var writeStallSeconds = ServerLimits().writeStallSeconds

    @Option(help: "Seconds that connections have to finish when the server stops.")
    var drainSeconds = ServerLimits().drainSeconds

    @Option(
        help: ArgumentHelp(
            "Let the clock begin at this time instead of now, to train people or to try an office "
                + "on a Sunday; with a journal that is not there yet, or goes on with its rehearsal.",
            valueName: "utc-time"))
    var rehearse: Timestamp?

    @Option(
        help: ArgumentHelp(
            "For how long what was typed about a person is kept after the last of it; then its key "
                + "is destroyed.", valueName: "days"))
    var keepWordsDays = ApplicationEngine.Limits.wordsKeptDays

    @Option(
        help: ArgumentHelp(
            "How long a plan of home visits is searched for in the background, every ten minutes where "
                + "something has changed; 0 for not at all.", valueName: "seconds"))
    var replanSeconds = VisitEngine.Limits.replanSeconds

    @Option(
        help: ArgumentHelp(
            "Where the ways of home visits are from: a file that names a server with OSRM's table "
                + "service or a file of travel times; Examples/visits/README.md explains it. Without "
                + "it all ways are estimated.", valueName: "file"), completion: .file())
    var ways: String?

    @Option(help: "Threads that answer; 0 for one per processor.")
    var threads = 0

    @Option(help: "What to log: debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw Wrong.together("--tls-certificate", "--tls-key")
        }
        guard !anyLocalUser || access == nil else {
            throw Wrong.exclusive("--any-local-user", "--access")
        }
        guard tlsClientCA == nil || (tlsCertificate != nil && access != nil) else {
            throw Wrong.needs("--tls-client-ca", "--tls-certificate", "--access")
        }
        // Made-up times among real ones would never come out again.
        if let store, rehearse != nil, FileManager.default.fileExists(atPath: store),
            !RehearsalFile(beside: store).isThere
        {
            throw Wrong.told(
                "--rehearse needs a journal of its own, and \(store) is there already. Name a file "
                    + "that is not there.")
        }
        guard !create || store != nil else {
            throw Wrong.told("--create needs --store, the journal to make.")
        }
        guard acceptLoss == nil || store != nil else {
            throw Wrong.told(
                "--accept-loss needs --store, the journal that has lost something.")
        }
        guard webHost.isEmpty || web != nil else { throw Wrong.needs("--web-host", "--web") }
        guard ways == nil || store != nil else {
            throw Wrong.needs("--ways", "--store")
        }
        let least = ApplicationEngine.Limits.leastWordsKeptDays
        try Wrong.unless(keepWordsDays, in: least...36_500, "--keep-words-days")
        try Wrong.unless(replanSeconds, in: 0...60, "--replan-seconds")
        try Wrong.unless(threads, in: 0...256, "--threads")
        for value in [
            maxConnections, idleSeconds, frameSeconds, handshakeSeconds, writeStallSeconds,
            drainSeconds,
        ] where !(1...1_000_000).contains(value) {
            throw Wrong.told("A limit must be 1 to 1,000,000; found \(value).")
        }
    }

    func run() async throws {
        var logger = Logger(label: "kezek", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = logLevel
        let rehearsal = store.map { RehearsalFile(beside: $0) }
        let earlier = rehearsal?.content
        let start = Start()
        do { try await serve(start, logger) } catch {
            if !start.isDone { rehearsal?.putBack(earlier) }
            throw error
        }
    }

    /// Answers until it is told to stop.
    ///
    /// A start that fails leaves nothing new behind: what it needs beside the journal is read before, and a
    /// journal that was made is taken away.
    private func serve(_ start: Start, _ logger: Logger) async throws {
        let folder = try data.folder()
        let access = try access.map { try WatchedAccess(path: $0, logger: logger) }
        defer { access?.stop() }
        let tls = try watchedTLS(logger)
        defer { tls?.stop() }
        let roads = try ways.map { try AreaRoads(path: $0, logger: logger) } ?? AreaRoads()
        let (now, ahead) = try clock(logger)
        let queue = try store.map {
            try QueueStore(
                path: $0, opening: opening, acceptedLoss: acceptLoss, data: folder, logger: logger,
                wordsKeptDays: keepWordsDays, replanSeconds: replanSeconds, roads: roads,
                clock: Self.watch(ahead: ahead, logger), now: now)
        }
        defer { if start.isDone { queue?.close() } else { queue?.abandon() } }
        let library = try queue?.library ?? folder.library()
        var limits = ServerLimits()
        limits.connections = Self.connections(asked: maxConnections, logger)
        limits.idleSeconds = idleSeconds
        limits.frameSeconds = frameSeconds
        limits.handshakeSeconds = handshakeSeconds
        limits.writeStallSeconds = writeStallSeconds
        limits.drainSeconds = drainSeconds
        limits.threads = threads
        for (id, version) in library.calendarVersions(now: now()) {
            logger.info(
                "calendar loaded", metadata: ["calendar": "\(id)", "version": "\(version)"])
        }
        if anyLocalUser {
            logger.warning(
                "every user of this machine may change and read what is kept, as --any-local-user says"
            )
        }
        let settings = metrics.map { address in
            MetricsSettings(address: address) { queue?.families() ?? [] }
        }
        let server = Server(
            address: listen, tls: tls?.identity, library: library, engine: queue?.engine,
            applications: queue?.applications, visits: queue?.visits, access: access?.rules,
            localUsers: anyLocalUser ? .any : .own, version: programVersion, limits: limits,
            metrics: settings, logger: logger, now: now,
            web: try ServeWeb.listener(at: web, hosts: webHost, isTLS: tls != nil),
            onReady: { _ in
                start.end()
                queue?.hasStarted()
            })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    /// What a journal that is not there means; a rehearsal makes its own.
    private var opening: StoreFiles.Opening {
        if create { return .creating }
        return rehearse == nil ? .existing : .rehearsing
    }

    /// The machine's clock, or that of a rehearsal, and how far it is ahead of the machine's then.
    private func clock(
        _ logger: Logger
    ) throws -> (now: @Sendable () -> Timestamp, ahead: Int64?) {
        let file = store.map { RehearsalFile(beside: $0) }
        if opening != .existing, let store, let file,
            !FileManager.default.fileExists(atPath: store)
        {
            file.remove()
        }
        let ahead: Int64
        if let file, rehearse != nil || file.isThere {
            ahead = try file.secondsAhead(from: rehearse)
        } else if let rehearse {
            ahead = rehearse.second - Clock.now().second
        } else {
            return (Clock.now, nil)
        }
        let now = Clock.ahead(seconds: ahead)
        logger.warning("a rehearsal: the time is made up", metadata: ["now": "\(now())"])
        return (now, ahead)
    }

    /// Who doubts the clock; a rehearsal's may begin anywhere, but goes on from there.
    private static func watch(ahead: Int64?, _ logger: Logger) -> ClockWatch {
        ClockWatch(
            comparesRecord: ahead == nil,
            read: { Clock.reading(ahead: ahead ?? 0, asksKernel: $0) },
            onChange: { doubt in
                if let doubt {
                    logger.error("the clock is in doubt", metadata: ["cause": "\(doubt.sentence)"])
                } else {
                    logger.notice("the clock is believed again")
                }
            })
    }

    /// As many connections as were asked for, or as the open files leave room for.
    private static func connections(asked: Int, _ logger: Logger) -> Int {
        let files = OpenFiles.raise()
        let room = max(1, files - OpenFiles.reserve)
        guard asked > room else { return asked }
        logger.warning(
            "each connection takes an open file: raise their limit, by LimitNOFILE or ulimit -n",
            metadata: [
                "asked": "\(asked)", "taken": "\(room)", "files": "\(files)",
                "needed": "\(asked + OpenFiles.reserve)",
            ])
        return room
    }

    private func watchedTLS(_ logger: Logger) throws -> WatchedTLS? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return try WatchedTLS(
            certificate: tlsCertificate, key: tlsKey, clientAuthority: tlsClientCA, logger: logger)
    }
}

/// Whether the server takes connections.
private final class Start: Sendable {
    private let hasEnded = Atomic(false)

    var isDone: Bool { hasEnded.load(ordering: .acquiring) }

    func end() { hasEnded.store(true, ordering: .releasing) }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
