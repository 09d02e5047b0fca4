// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import Foundation
import KezekClient
import KezekFiles
import KezekWire
import Queue
import Texts

struct SoakConnections: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connections",
        abstract: "Keep thousands of connections open for long, well and badly behaved.",
        discussion: """
            Starts a server of its own in a temporary folder. Most peers ask now and then, some
            all the time, some watch the board; others do not read, do not finish what they
            began, or leave before the answer, and come again when they are cut off. Every
            question must be answered, every acknowledged booking be there in the end, and
            the server's memory must stay where it was after the first third.

            Example:
              kezek soak connections --count 5000 --minutes 10
            """)

    @Option(help: "Connections at one time.")
    var count = 5_000

    @Option(help: "For how long.")
    var minutes = 10.0

    @OptionGroup var data: DataOption

    func validate() throws {
        guard (10...50_000).contains(count), (0.05...10_000).contains(minutes) else {
            throw Wrong.told("--count must be 10 to 50,000, --minutes 0.05 to 10,000.")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-soak-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let victim = Victim(
            folder: folder, data: try data.folder().root.path, port: try Self.freePort(),
            arguments: [
                "--max-connections", "\(count + 64)", "--frame-seconds", "5",
                "--write-stall-seconds", "5",
            ])
        do {
            try Self.raiseFileLimit(count + 256)
            try await victim.start()
            try await victim.register()
            let client = victim.client()
            var soak = try ConnectionSoak(
                count: count, victim.endpoint, try await victim.dates(client),
                process: await victim.processIdentifier ?? 0)
            try soak.run(seconds: minutes * 60)
            try await soak.requireBookings(client)
            await client.close()
            await victim.stop()
            try soak.requireMemory()
            try Terminal.line(soak.summary)
        } catch {
            await victim.kill()
            throw error
        }
    }

    private static func freePort() throws -> Int {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw CommandFailure("no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// The server inherits the limit.
    private static func raiseFileLimit(_ needed: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_max >= rlim_t(needed) else {
            throw CommandFailure(
                "\(needed) open files are needed, and \(limit.rlim_max) are allowed: ulimit -n")
        }
    }
}

/// Many peers in one thread, and what is seen of the server meanwhile.
struct ConnectionSoak {
    /// Seconds in which an answer must come.
    private static let patience = 60.0

    private let endpoint: Endpoint
    private let dates: [CivilDate]
    private let process: Int32
    private let arena = Arena(limit: CallLimit.decodedResponseBytes)
    private var peers: [SoakPeer] = []
    private var polled: [pollfd] = []
    private let start = ContinuousClock.now
    private var progress = Progress(said(kk: "секундтар", ru: "секунды", en: "seconds"))

    private(set) var answers = 0
    private(set) var cutOff = 0
    private(set) var bookings: [BookingID] = []
    /// The server's resident memory, in KiB, once a second.
    private(set) var memory: [Int] = []

    init(count: Int, _ endpoint: Endpoint, _ dates: [CivilDate], process: Int32) throws {
        self.endpoint = endpoint
        self.dates = dates
        self.process = process
        let manners = SoakPeer.Manner.allCases.flatMap { Array(repeating: $0, count: $0.share) }
        for index in 0..<count {
            // Their first acts are spread over the first ten seconds.
            let peer = try SoakPeer(
                manners[index % manners.count], endpoint, arena,
                next: 10 * Double(index) / Double(count))
            peers.append(peer)
            polled.append(Self.entry(peer))
        }
    }

    private static func entry(_ peer: SoakPeer) -> pollfd {
        pollfd(
            fd: peer.socket.descriptor, events: peer.isReading ? Int16(POLLIN) : 0, revents: 0)
    }

    private var time: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    mutating func run(seconds: Double) throws {
        var sampled = -1
        while time < seconds {
            let now = time
            if Int(now) > sampled {
                sampled = Int(now)
                memory.append(try residentKiB())
                progress.show(UInt64(now), of: UInt64(seconds))
            }
            for index in peers.indices where peers[index].next <= now { try act(index, now) }
            guard poll(&polled, nfds_t(polled.count), 50) > 0 else { continue }
            for index in polled.indices where polled[index].revents != 0 { try read(index) }
        }
        progress.end()
        for peer in peers { peer.close() }
    }

    private mutating func act(_ index: Int, _ now: Double) throws {
        if let asked = peers[index].asked, now - asked > Self.patience {
            throw CommandFailure("no answer came within \(Int(Self.patience)) seconds")
        }
        if peers[index].asked != nil {
            peers[index].next = now + 1
            return
        }
        // Whoever leaves is there again at once, as another connection.
        if peers[index].manner == .leaving { try reconnect(index, after: 1) }
        do { try peers[index].act(dates, at: now) } catch { return try reconnect(index, after: 5) }
        if peers[index].manner == .leaving { try reconnect(index, after: 5) }
        if peers[index].asked != nil { peers[index].next = now + 1 }
    }

    private mutating func read(_ index: Int) throws {
        let responses: [WireResponse]
        // Nothing is asked of it but whether it is gone.
        guard peers[index].isReading else {
            cutOff += 1
            return try reconnect(index, after: 5)
        }
        do { responses = try peers[index].receive() } catch {
            // Nobody who behaves is cut off.
            guard [.deaf, .stuttering, .leaving].contains(peers[index].manner) else {
                throw CommandFailure(
                    "a peer that behaves (\("\(peers[index].manner)")) was cut off")
            }
            cutOff += 1
            return try reconnect(index, after: 5)
        }
        for response in responses {
            answers += 1
            if case .success(.receipt(let receipt)) = response.result,
                let booking = receipt.booking?.id
            {
                bookings.append(booking)
            }
            guard peers[index].asked != nil else { continue }
            peers[index].asked = nil
            peers[index].next = time + pause(peers[index].manner)
        }
    }

    private func pause(_ manner: SoakPeer.Manner) -> Double {
        manner == .quiet ? Double.random(in: 10...30) : Double.random(in: 0.3...0.7)
    }

    private mutating func reconnect(_ index: Int, after seconds: Double) throws {
        peers[index].close()
        peers[index] = try SoakPeer(
            peers[index].manner, endpoint, arena, next: time + seconds)
        polled[index] = Self.entry(peers[index])
    }

    private func residentKiB() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let match = status.firstMatch(of: /VmRSS:\s+(\d+) kB/), let value = Int(match.1)
        else {
            throw CommandFailure("the server is gone")
        }
        return value
    }

    // MARK: What must hold in the end

    /// Every acknowledged booking is there.
    func requireBookings(_ client: Client) async throws {
        for id in bookings {
            _ = try await client.ask(.booking(id), in: .en)
        }
    }

    /// The last third needs no more than the second, but for what lies within the noise of a heap.
    func requireMemory() throws {
        let (middle, last) = thirds
        guard last <= middle + middle / 20 + 8_192 else {
            throw CommandFailure("memory grew from \(middle) KiB to \(last) KiB")
        }
    }

    private var thirds: (middle: Int, last: Int) {
        let third = memory.count / 3
        return (
            memory.dropFirst(third).dropLast(third).max() ?? 0, memory.suffix(third).max() ?? 0
        )
    }

    var summary: String {
        SoakWords.here.connections(
            peers.count, seconds: memory.count, responses: answers, bookings: bookings.count,
            cutOff: cutOff, mebibytes: (thirds.middle / 1_024, thirds.last / 1_024))
    }
}
