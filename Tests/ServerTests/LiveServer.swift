// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekEngine
import KezekServer
import KezekWire
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import TestKit
import Testing
import Texts

/// A server on a port of its own, for the time of a test.
struct LiveServer {
    static let now = Timestamp("2026-11-22T07:00Z")!
    let endpoint: Endpoint
    private let group: ServiceGroup
    private let task: Task<Void, any Error>
    let log: LogLines

    static func start(
        _ address: Endpoint = .tcp(host: "127.0.0.1", port: 0), tls: TLSIdentity? = nil,
        limits: ServerLimits = .patient, engine: QueueEngine? = nil,
        applications: ApplicationEngine? = nil, visits: VisitEngine? = nil,
        access: AccessGuard? = nil,
        localUsers: LocalUsers = .own, metrics: MetricsSettings? = nil,
        web: WebListener? = nil,
        now: @escaping @Sendable () -> Timestamp = { now }
    ) async throws -> LiveServer {
        let log = LogLines()
        let (ready, continuation) = AsyncStream.makeStream(of: Endpoint.self)
        let server = Server(
            address: address, tls: tls, library: try Repository.library(), engine: engine,
            applications: applications, visits: visits, access: access, localUsers: localUsers,
            version: "test", limits: limits,
            metrics: metrics, logger: log.logger,
            now: now, web: web,
            onReady: { continuation.yield($0) })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server)], logger: log.logger))
        let task = Task(executorPreference: OwnThreads.shared) {
            defer { continuation.finish() }
            try await group.run()
        }
        for await endpoint in ready {
            return LiveServer(endpoint: endpoint, group: group, task: task, log: log)
        }
        try await task.value
        throw CancellationError()
    }

    func beginStopping() async { await group.triggerGracefulShutdown() }

    func stop() async throws {
        await beginStopping()
        try await task.value
    }

    /// Where it tells its metrics.
    var metrics: Endpoint? {
        log.match(/telling metrics.*"at": ?"?([0-9.]+:[0-9]+)/).flatMap { Endpoint($0) }
    }

    var client: Client { Client(.patient(endpoint)) }
}

extension ServerLimits {
    /// Of which none cuts off a peer that a busy machine keeps waiting.
    static var patient: ServerLimits {
        var limits = ServerLimits()
        limits.idleSeconds = Patience.seconds
        limits.frameSeconds = Patience.seconds
        limits.handshakeSeconds = Patience.seconds
        limits.writeStallSeconds = Patience.seconds
        limits.strangerSeconds = Patience.seconds
        return limits
    }
}

extension ClientSettings {
    /// Of a client that waits as long as a test does.
    static func patient(_ endpoint: Endpoint, tls: NIOSSLContext? = nil) -> ClientSettings {
        var settings = ClientSettings(endpoint: endpoint, tls: tls)
        settings.deadlineMilliseconds = Patience.milliseconds
        settings.connectMilliseconds = Patience.milliseconds
        if tls != nil { settings.tlsServerName = "localhost" }
        return settings
    }
}

/// Runs a test against a server and stops it whatever comes.
func withServer(
    limits: ServerLimits = .patient, _ body: (LiveServer) async throws -> Void
) async throws {
    let server = try await LiveServer.start(limits: limits)
    do {
        try await body(server)
        try await server.stop()
    } catch {
        try? await server.stop()
        throw error
    }
}

/// What a server logged.
final class LogLines: Sendable {
    private let lines = SharedLines()

    var logger: Logger {
        let lines = lines
        var logger = Logger(label: "test") { _ in Handler(lines: lines) }
        logger.logLevel = .debug
        return logger
    }

    /// What the first group of a pattern is in the first line that has it.
    func match(_ pattern: some RegexComponent<(Substring, Substring)>) -> String? {
        lines.all.lazy.compactMap { try? pattern.regex.firstMatch(in: $0) }.first
            .map { String($0.output.1) }
    }

    var count: Int { lines.all.count }

    func contains(_ text: String) -> Bool { lines.all.contains { $0.contains(text) } }

    private struct Handler: LogHandler {
        let lines: SharedLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
        }
    }
}

/// Lines that several threads write.
final class SharedLines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [String] = []

    func add(_ line: String) { lock.withLock { lines.append(line) } }
    var all: [String] { lock.withLock { lines } }
}

/// A bare connection, for sending what no client would.
///
/// It waits on threads of its own: a test that waits must not hold up those that answer it.
final class RawConnection: @unchecked Sendable {
    private let socket: Int32
    private let queue = DispatchQueue(label: "raw connection")
    private var unread: [UInt8] = []

    /// From an address of this machine, or the one that the kernel takes.
    init(_ endpoint: Endpoint, from source: String? = nil) throws {
        guard case .tcp(_, let port) = endpoint else { throw CancellationError() }
        // Nothing of it is left to a program that another test starts.
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
        socket = Glibc.socket(AF_INET, Int32(kind), 0)
        var timeout = timeval(tv_sec: Patience.seconds, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        if let source {
            var own = sockaddr_in()
            own.sin_family = sa_family_t(AF_INET)
            own.sin_addr.s_addr = inet_addr(source)
            let isBound = withUnsafePointer(to: &own) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            guard isBound else { throw CancellationError() }
        }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw CancellationError() }
    }

    deinit { close(socket) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    func sendNonBlocking(_ bytes: [UInt8]) -> Int {
        Glibc.send(
            socket, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }

    func closeInput() { shutdown(socket, Int32(SHUT_WR)) }

    /// Everything that comes until the server closes.
    func readToEnd() async -> [UInt8] {
        await waiting {
            while self.readMore() {}
            defer { self.unread = [] }
            return self.unread
        }
    }

    /// The next response; nil if the server closes before it is whole.
    func response() async -> WireResponse? {
        await waiting {
            while true {
                let header = self.unread.withUnsafeBytes {
                    FrameHeader.read($0, limit: CallLimit.responseFrameBytes)
                }
                if case .complete(let start, let length) = header,
                    self.unread.count >= start + length
                {
                    let arena = Arena(limit: CallLimit.decodedResponseBytes)
                    defer { self.unread.removeFirst(start + length) }
                    return self.unread.withUnsafeBytes {
                        ResponseCodec.decode(
                            UnsafeRawBufferPointer(rebasing: $0[start..<start + length]), arena)
                    }
                }
                guard header != .tooLong, self.readMore() else { return nil }
            }
        }
    }

    private func waiting<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    private func readMore() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        unread += chunk[..<count]
        return true
    }
}

/// A request's frame.
func frame(
    _ call: Call, id: UInt64 = 1, deadline: UInt32 = 0, in language: Language = .en
) -> [UInt8] {
    let arena = Arena(limit: CallLimit.decodedRequestBytes)
    let request = WireRequest(
        id: id, deadlineMilliseconds: deadline, language: language, call: call)
    return framed(RequestCodec.encode(request, arena) ?? [])
}

/// Any bytes with the header of a frame.
func framed(_ message: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: FrameHeader.size(length: message.count))
    header.withUnsafeMutableBytes {
        FrameHeader.write(length: message.count, to: $0.baseAddress!)
    }
    return header + message
}
