// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekClient
import KezekWire
import TestKit
import Testing

@testable import KezekServer

/// What opens something stays nowhere in a server's memory, where a core or a swapped page would have it.
@Suite(.waits) struct WipingTests {
    /// The built program has read a right and a wrong token, whole and in two parts, and has neither.
    @Test func noTokenStaysInMemory() async throws {
        let folder = try TemporaryDirectory()
        let list = folder.url.appendingPathComponent("access.json").path
        let issued = try await Run.of(
            try Repository.program,
            ["access", "issue", "--file", list, "--role", "operator", "--all-offices"])
        let right = issued.output.trimmingCharacters(in: .whitespacesAndNewlines)
        try #require(right.utf8.count > 40)
        let wrong = String(right.dropLast(3)) + "AAA"
        let journal = folder.url.appendingPathComponent("a-name-that-stays.sqlite").path
        let server = try await StartedServer(
            ["--access", list, "--create", "--store", journal],
            log: folder.url.appendingPathComponent("log"))
        let endpoint = try #require(Endpoint(server.address))
        var connections: [RawConnection] = []
        for token in [right, wrong, right] {
            let connection = try RawConnection(endpoint)
            let bytes = frame(.authenticate(token: Secret(token)), id: 1)
            connection.send(Array(bytes.prefix(20)))
            connection.send(Array(bytes.dropFirst(20)))
            let told = try #require(await connection.response())
            #expect((told.refusal == nil) == (token == right))
            connections.append(connection)
        }
        // Of both the middle, so that what is left of a part shows too.
        let middle = Data(right.utf8.dropFirst(24).prefix(12))
        #expect(try Self.memory(of: server.id, has: Data("a-name-that-stays".utf8)))
        #expect(try !Self.memory(of: server.id, has: middle))
        withExtendedLifetime(connections) {}
        await server.stop()
    }

    /// Whether the bytes are anywhere in what a process may write.
    private static func memory(of process: Int32, has bytes: Data) throws -> Bool {
        let memory = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        try #require(memory >= 0)
        defer { close(memory) }
        let maps = try String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
        for line in maps.split(separator: "\n") {
            guard let found = line.firstMatch(of: /^([0-9a-f]+)-([0-9a-f]+) rw/),
                let first = UInt64(found.1, radix: 16), let end = UInt64(found.2, radix: 16)
            else { continue }
            var place = first
            while place < end {
                // Parts overlap, so that nothing hides between two.
                var part = Data(count: Int(min(1 << 20, end - place)))
                let count = part.withUnsafeMutableBytes {
                    pread(memory, $0.baseAddress, $0.count, off_t(place))
                }
                guard count > 0 else { break }
                if part.prefix(count).range(of: bytes) != nil { return true }
                guard count > 64, place + UInt64(count) < end else { break }
                place += UInt64(count - 64)
            }
        }
        return false
    }

    @Test func aSecretTellsNothingOfItself() {
        let secret: Secret = "kezek_0123456789"
        #expect("\(secret)" == "(a secret)")
        #expect(secret == Secret("kezek_0123456789") && secret != Secret("kezek_012345678"))
        #expect(secret.hashValue == Secret("kezek_0123456789").hashValue)
        #expect(Secret("").count == 0)
    }
}
