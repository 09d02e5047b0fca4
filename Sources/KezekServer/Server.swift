// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Dispatch
public import Enquiries
public import KezekEngine
public import KezekWire
public import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
public import ServiceLifecycle

/// A TCP server that answers Kezek's calls until it is told to stop; then it drains.
public final class Server: Service {
    /// Why a server does not start.
    public enum StartError: Error, Hashable, CustomStringConvertible {
        /// Plain TCP on an address that other machines can reach.
        case plainTCP(Endpoint)
        /// Other machines could change what is kept, and nobody is asked who they are.
        case openStore(Endpoint)
        /// Metrics on an address that other machines can reach.
        case openMetrics(Endpoint)
        /// The address is taken, or not this machine's.
        case cannotListen(Endpoint, String)

        public var description: String {
            switch self {
            case .plainTCP(let address):
                "\(address) can be reached from other machines, and without TLS anybody there could "
                    + "read and change what is sent. Give --tls-certificate and --tls-key, or listen "
                    + "on 127.0.0.1 or on unix:PATH."
            case .openStore(let address):
                "\(address) can be reached from other machines, and nobody is asked who they are, "
                    + "so anybody there could book, call and close. Give --access FILE with tokens "
                    + "from 'kezek access issue', or listen on 127.0.0.1 or on unix:PATH."
            case .openMetrics(let address):
                "\(address) can be reached from other machines, and nobody is asked who reads the "
                    + "metrics, which tell how much goes on in each office. Give --metrics "
                    + "127.0.0.1:9464 or unix:PATH, and let a proxy that asks carry them further."
            case .cannotListen(let address, let why):
                "cannot listen on \(address): \(why). Is another server running there? "
                    + "Choose another address."
            }
        }
    }

    let address: Endpoint
    let tls: TLSIdentity?
    private let limits: ServerLimits
    let logger: Logger
    let metrics: MetricsSettings?
    private let library: Library
    private let engine: QueueEngine?
    private let applications: ApplicationEngine?
    private let visits: VisitEngine?
    private let access: AccessGuard?
    private let localUsers: LocalUsers
    private let version: String
    private let now: @Sendable () -> Timestamp
    private let onReady: @Sendable (Endpoint) -> Void
    let web: WebListener?

    /// A server that will listen on an address.
    ///
    /// `tls` is the certificate and key to use; nil for plain TCP, which is taken on loopback and
    /// Unix sockets alone. `engine` answers for the queue, `applications` for what is handed in, `visits` for home visits; nil
    /// for a server without a store. `access` says who may do what; nil to ask nobody, which a server
    /// with a store does on loopback and Unix sockets alone; there `localUsers` says whose commands
    /// are taken. `metrics` says where to tell metrics; nil for
    /// nowhere. `web` takes connections of another protocol, beside these. `now` is the wall clock. `onReady` is called with the address
    /// once connections are taken.
    public init(
        address: Endpoint, tls: TLSIdentity?, library: Library,
        engine: QueueEngine? = nil, applications: ApplicationEngine? = nil,
        visits: VisitEngine? = nil,
        access: AccessGuard? = nil, localUsers: LocalUsers = .own, version: String,
        limits: ServerLimits = ServerLimits(), metrics: MetricsSettings? = nil, logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        web: WebListener? = nil,
        onReady: @escaping @Sendable (Endpoint) -> Void = { _ in }
    ) {
        self.address = address
        self.tls = tls
        self.limits = limits
        self.metrics = metrics
        self.logger = logger
        self.library = library
        self.engine = engine
        self.applications = applications
        self.visits = visits
        self.access = access
        self.localUsers = localUsers
        self.version = version
        self.now = now
        self.web = web
        self.onReady = onReady
    }

    /// Runs until graceful shutdown: then no connection is taken any more, each peer is told, what
    /// it has sent is answered, and the connections are closed.
    public func run() async throws {
        for address in [address, web?.address].compactMap({ $0 }) where !address.isLocal {
            guard tls != nil else { throw StartError.plainTCP(address) }
            guard engine == nil || access != nil else { throw StartError.openStore(address) }
        }
        if let metrics, !metrics.address.isLocal { throw StartError.openMetrics(metrics.address) }
        let group = MultiThreadedEventLoopGroup(
            numberOfThreads: limits.threads > 0 ? limits.threads : System.coreCount)
        do {
            try await run(on: group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func run(on group: MultiThreadedEventLoopGroup) async throws {
        let loops = group.makeIterator().map { $0 }
        let statistics = loops.map { _ in NIOLockedValueBox(LoopStatistics()) }
        let isStopping = NIOLockedValueBox(false)
        let slow = DispatchQueue(label: "kezek.slow", attributes: .concurrent)
        let ordered = DispatchQueue(label: "kezek.applications")
        let visiting = DispatchQueue(label: "kezek.visits")
        let desk = CallDesk(
            library: library, engine: engine, applications: applications, visits: visits,
            access: access, identity: tls,
            strangers: Strangers(
                share: limits.strangersShare, ofAddress: limits.strangersOfAddress),
            localUsers: localUsers,
            log: BoundedLog(logger), version: version,
            limits: limits, now: now, started: .now(), statistics: statistics,
            isStopping: isStopping,
            background: { work in slow.async(execute: work) },
            inOrder: { work in ordered.async(execute: work) },
            visitsInOrder: { work in visiting.async(execute: work) })
        var contexts: [ObjectIdentifier: NIOLoopBoundBox<LoopContext>] = [:]
        let library = library
        for (loop, box) in zip(loops, statistics) {
            contexts[ObjectIdentifier(loop)] = try await loop.submit {
                let context = LoopContext(statistics: box, library: library, eventLoop: loop)
                context.sweep(each: .seconds(1)) { now in desk.log.sweep(at: now) }
                return NIOLoopBoundBox(context, eventLoop: loop)
            }.get()
        }
        let all = contexts
        let boxes = Array(all.values)
        applications?.watchLibrary { library in
            for box in boxes { box.eventLoop.execute { box.value.library = library } }
        }
        try await listenForReaders(group, desk)
        let channel: any Channel
        do { channel = try await listenForCalls(group, desk, contexts) } catch {
            metrics?.address.removeFile()
            throw error
        }
        let bound = address.bound(to: channel)
        let (door, lines) = try await openDoor(of: channel, group, desk) { socket, loop in
            self.take(socket, self.tls?.context, loop) { channel in
                try channel.pipeline.syncOperations.addHandler(
                    ConnectionHandler(
                        desk: desk, loop: all[ObjectIdentifier(loop)]!.value,
                        shakesHands: self.tls != nil))
            }
        }
        let other: (door: Door, lines: [WaitingLine])?
        do { other = try await listenForWeb(group, desk, contexts) } catch {
            door.shut()
            metrics?.address.removeFile()
            throw error
        }
        let ticking = tick(loops, on: slow)
        defer { ticking?.cancel() }
        logger.info("listening", metadata: ["address": "\(bound)", "version": "\(version)"])
        onReady(bound)
        await withGracefulShutdownHandler {
            _ = try? await channel.closeFuture.get()
        } onGracefulShutdown: {
            isStopping.withLockedValue { $0 = true }
            // Which closes the channel, too.
            door.shut()
            other?.door.shut()
        }
        logger.info("draining", metadata: ["seconds": "\(limits.drainSeconds)"])
        await drain(contexts, statistics)
        for line in lines + (other?.lines ?? []) { line.close() }
        engine?.reads.write(now: now())
        logger.info("stopped")
    }

    /// Once a second, what time brings about in the queues.
    private func tick(
        _ loops: [any EventLoop], on background: DispatchQueue
    ) -> RepeatedTask? {
        guard let engine, let loop = loops.first else { return nil }
        let (now, applications, visits) = (now, applications, visits)
        return loop.scheduleRepeatedTask(initialDelay: .zero, delay: .seconds(1)) { _ in
            engine.lookAtClock()
            engine.tick(now: now())
            // It may wait for a lock, which a loop must not.
            background.async {
                engine.lookAtStore()
                engine.reads.write(now: now())
                applications?.tick(now: now())
                visits?.tick(now: now())
            }
        }
    }

    /// Tells every peer, and waits until the connections are gone or the time is up.
    private func drain(
        _ contexts: [ObjectIdentifier: NIOLoopBoundBox<LoopContext>],
        _ statistics: [NIOLockedValueBox<LoopStatistics>]
    ) async {
        for box in contexts.values {
            box.eventLoop.execute { box.value.beginDraining() }
        }
        let end = NIODeadline.now() + .seconds(Int64(limits.drainSeconds) + 1)
        // What is on its way to the disk comes back to the loops, which must still be there.
        while NIODeadline.now() < end,
            statistics.contains(where: { $0.withLockedValue { $0.openConnections > 0 } })
                || engine?.isWriting == true
        {
            try? await Task.sleep(nanoseconds: 20_000_000)
        }
    }
}
