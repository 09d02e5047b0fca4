// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Enquiries
import Foundation
import Histogram
import KezekWire
import Texts

/// A load in one thread: every connection keeps so many requests in flight until the time is up.
///
/// It is written on bare sockets so that the server is what is measured: responses are found by
/// their length alone, and only the first of each connection is decoded.
struct ClosedLoop {
    /// What a run measured.
    struct Result {
        let perSecond: Double
        /// Nanoseconds from the write of a batch to each of its responses.
        let latency: Histogram<UInt64>

        func microseconds(_ percentile: Double) -> Double {
            Double(latency.valueAtPercentile(percentile) / 100) / 10
        }
    }

    private struct Connection {
        let socket: Int32
        var sentAt: UInt64 = 0
        var waiting = 0
        var unread: [UInt8] = []
        var isChecked = false
    }

    private let batch: [UInt8]
    private let pipeline: Int
    private var connections: [Connection] = []
    private var latency = Histogram<UInt64>(
        highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
    private var answered = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 20)

    init(endpoint: Endpoint, message: [UInt8], connections: Int, pipeline: Int) throws {
        guard case .tcp(let host, let port) = endpoint else {
            throw CommandFailure("measure over TCP: --server 127.0.0.1:PORT")
        }
        var header = [UInt8](repeating: 0, count: FrameHeader.size(length: message.count))
        header.withUnsafeMutableBytes {
            FrameHeader.write(length: message.count, to: $0.baseAddress!)
        }
        batch = (0..<pipeline).flatMap { _ in header + message }
        self.pipeline = pipeline
        for _ in 0..<connections {
            self.connections.append(Connection(socket: try Self.connected(host, port)))
        }
    }

    private static func connected(_ host: String, _ port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
        address.sin_addr.s_addr = inet_addr(host)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            throw CommandFailure(
                "cannot connect to \(host):\(port): \(String(cString: strerror(errno)))")
        }
        var on: Int32 = 1
        setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }

    mutating func run(seconds: Double, expecting expected: Reply) throws -> Result {
        defer { for connection in connections { close(connection.socket) } }
        var sockets = connections.map {
            pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0)
        }
        for index in connections.indices { try send(index) }
        let warm = Self.now() + 500_000_000
        var (start, end) = (UInt64.max, UInt64.max)
        while true {
            _ = poll(&sockets, nfds_t(sockets.count), 1000)
            let now = Self.now()
            if start == .max, now >= warm {
                (start, end) = (now, now + UInt64(seconds * 1e9))
                latency.reset()
                answered = 0
            }
            if now >= end {
                return Result(
                    perSecond: Double(answered) / (Double(now - start) / 1e9), latency: latency)
            }
            for index in sockets.indices where sockets[index].revents != 0 {
                try receive(index, expected)
            }
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private mutating func send(_ index: Int) throws {
        connections[index].sentAt = Self.now()
        connections[index].waiting = pipeline
        var sent = 0
        while sent < batch.count {
            let count = batch.withUnsafeBytes {
                Glibc.send(
                    connections[index].socket, $0.baseAddress! + sent, batch.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw CommandFailure("the server closed a connection") }
            sent += count
        }
    }

    private mutating func receive(_ index: Int, _ expected: Reply) throws {
        let count = recv(connections[index].socket, &chunk, chunk.count, 0)
        guard count > 0 else { throw CommandFailure("the server closed a connection") }
        var consumed = 0
        if connections[index].unread.isEmpty {
            consumed = try chunk.withUnsafeBytes {
                try take(index, UnsafeRawBufferPointer(rebasing: $0[..<count]), expected)
            }
            if consumed < count {
                connections[index].unread = Array(chunk[consumed..<count])
            }
        } else {
            connections[index].unread += chunk[..<count]
            let unread = connections[index].unread
            consumed = try unread.withUnsafeBytes { try take(index, $0, expected) }
            connections[index].unread.removeFirst(consumed)
        }
        if connections[index].waiting == 0 { try send(index) }
    }

    /// Counts the whole responses; how many bytes they took.
    private mutating func take(
        _ index: Int, _ bytes: UnsafeRawBufferPointer, _ expected: Reply
    ) throws -> Int {
        let took = Self.now() - connections[index].sentAt
        var (consumed, waiting) = (0, connections[index].waiting)
        defer {
            let count = connections[index].waiting - waiting
            if count > 0 { latency.record(took, count: UInt64(count)) }
            answered += count
            connections[index].waiting = waiting
        }
        while waiting > 0 {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
            guard
                case .complete(let header, let length) = FrameHeader.read(
                    rest, limit: CallLimit.responseFrameBytes), rest.count >= header + length
            else { return consumed }
            if !connections[index].isChecked {
                let message = UnsafeRawBufferPointer(rebasing: rest[header..<header + length])
                try check(message, expected)
                connections[index].isChecked = true
            }
            consumed += header + length
            waiting -= 1
        }
        return consumed
    }

    private func check(_ message: UnsafeRawBufferPointer, _ expected: Reply) throws {
        let response = ResponseCodec.decode(message, Arena(limit: CallLimit.decodedResponseBytes))
        guard let response, case .success(let answer) = response.result else {
            throw CommandFailure("the server refused the question")
        }
        guard answer == expected else {
            throw CommandFailure("the server's answer is not the one computed here")
        }
    }
}
