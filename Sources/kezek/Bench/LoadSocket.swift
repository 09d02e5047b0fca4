// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Foundation
import KezekWire
import Texts

/// A bare socket of a load generator: what is to be sent is gathered, and whole frames are found in
/// what arrives.
struct LoadSocket {
    let descriptor: Int32
    private var unsent: [UInt8] = []
    private var unread: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 256 << 10)

    /// Connects over TCP to an IPv4 address.
    init(_ endpoint: Endpoint) throws {
        guard case .tcp(let host, let port) = endpoint else {
            throw CommandFailure("measure over TCP: --server 127.0.0.1:PORT")
        }
        descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
        address.sin_addr.s_addr = inet_addr(host)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            throw CommandFailure(
                "cannot connect to \(host):\(port): \(String(cString: strerror(errno)))")
        }
        var on: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Puts a message behind its length into what is sent next.
    mutating func add(_ message: [UInt8]) {
        var header: (UInt64, UInt16) = (0, 0)
        let size = FrameHeader.size(length: message.count)
        withUnsafeMutableBytes(of: &header) { bytes in
            FrameHeader.write(length: message.count, to: bytes.baseAddress!)
            unsent += bytes.prefix(size)
        }
        unsent += message
    }

    /// Sends what was gathered.
    mutating func flush() throws {
        var sent = 0
        while sent < unsent.count {
            let count = unsent.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress! + sent, unsent.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw CommandFailure("the server closed a connection") }
            sent += count
        }
        unsent.removeAll(keepingCapacity: true)
    }

    /// Sends bytes as they are.
    func sendRaw(_ bytes: [UInt8]) throws {
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw CommandFailure("the server closed a connection")
        }
    }

    /// Reads what has arrived, and hands each whole message on.
    mutating func receive(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { throw CommandFailure("the server closed a connection") }
        if unread.isEmpty {
            let used = try chunk.withUnsafeBytes {
                try Self.frames(UnsafeRawBufferPointer(rebasing: $0[..<count]), body)
            }
            if used < count { unread = Array(chunk[used..<count]) }
        } else {
            unread += chunk[..<count]
            let used = try unread.withUnsafeBytes { try Self.frames($0, body) }
            unread.removeFirst(used)
        }
    }

    /// How many bytes the whole frames took.
    private static func frames(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        var used = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[used...])
            guard
                case .complete(let header, let length) = FrameHeader.read(
                    rest, limit: CallLimit.responseFrameBytes), rest.count >= header + length
            else { return used }
            try body(UnsafeRawBufferPointer(rebasing: rest[header..<header + length]))
            used += header + length
        }
    }
}
