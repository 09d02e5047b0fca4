// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekClient
import KezekServer
import KezekWire
import Queue
import TestKit
import Testing
import Texts

/// What is no request ends the connection: a browser, or whoever else speaks to the wrong port, must not
/// have a command carried out that hides in what it was made to send.
@Suite(.waits) struct OtherProtocolTests {
    private static let ticket = Call.command(
        .random(), .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)))

    private struct Greeting {
        let name: String
        let bytes: [UInt8]

        init(_ name: String, _ text: String, then bytes: [UInt8] = []) {
            self.name = name
            self.bytes = Array(text.utf8) + bytes
        }

        /// A request of HTTP/1.1; its words fill the first frame.
        init(method: String) {
            let head = """
                \(method) /a/path/that/is/long/enough/to/fill/the/first/frame/of/them HTTP/1.1\r
                Host: 127.0.0.1:7447\r
                Content-Type: text/plain\r
                \r

                """
            self.init(method, head)
        }
    }

    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
    ]

    /// What programs of other protocols say first.
    private static var greetings: [Greeting] {
        let settings: [UInt8] = [0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 0, 4, 2, 0, 0, 0]
        let zeros = [UInt8](repeating: 0, count: 64)
        let hello: [UInt8] = [0x16, 3, 1, 0, 0xC8, 1, 0, 0, 0xC4, 3, 3]
        let noise = [UInt8](repeating: 0x5A, count: 200)
        var greetings = methods.map { Greeting(method: $0) }
        greetings.append(
            Greeting("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", then: settings + zeros))
        greetings.append(Greeting("TLS", "", then: hello + noise))
        greetings.append(Greeting("SSH", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", then: noise))
        greetings.append(
            Greeting("RESP", "*3\r\n$3\r\nSET\r\n$5\r\nkezek\r\n$40\r\n", then: noise))
        return greetings
    }

    /// However the frames behind the greeting are placed, none of them is read.
    @Test func otherProtocolsEndAtTheirFirstFrame() async throws {
        try await withQueueServer { queue, client in
            try await TestOffice.register(client)
            for greeting in Self.greetings {
                let name = greeting.name
                for padding in 0..<4 {
                    let connection = try RawConnection(queue.server.endpoint)
                    let frames = (1...40).flatMap { frame(Self.ticket, id: $0) }
                    connection.send(
                        greeting.bytes + [UInt8](repeating: 0, count: padding) + frames)
                    let told = await connection.response()
                    #expect(told?.id == 0, "\(name)")
                    #expect(
                        [.malformedRequest, .invalidField, .frameTooLarge]
                            .contains(told?.refusal?.reason), "\(name)")
                    #expect(await connection.readToEnd().isEmpty, "\(name)")
                }
            }
            let calls = try await client.ask(.stats, in: .en).calls
            #expect(!calls.contains { $0.name == "take_ticket" })
        }
    }

    @Test func eachKindOfMalformedFrameIsToldOnceAndEndsTheConnection() async throws {
        let table: [([UInt8], Refusal.Reason)] = [
            ([0xFF, 0xFF], .malformedRequest), ([0x08], .malformedRequest),
            // The id as a text, and a call as a number.
            ([0x0A, 0x01, 0x07], .malformedRequest), ([0x08, 0x07, 0x40, 0x01], .malformedRequest),
            ([], .invalidField), ([0x08, 0x00], .invalidField), ([0x10, 0x05], .invalidField),
        ]
        try await withServer { server in
            for (bytes, reason) in table {
                let connection = try RawConnection(server.endpoint)
                connection.send(
                    frame(.standards, id: 1) + framed(bytes)
                        + frame(.standards, id: 2))
                #expect(await connection.response()?.id == 1)
                let told = await connection.response()
                #expect(told?.id == 0 && told?.refusal?.reason == reason, "\(bytes)")
                #expect(await connection.readToEnd().isEmpty, "\(bytes)")
            }
            #expect(server.log.contains("a frame is no request"))
            let client = server.client
            let stats = try await client.ask(.stats, in: .en)
            #expect(stats.closedForCause == UInt64(table.count))
            #expect(stats.calls.first { $0.name == "standards" }?.answered == UInt64(table.count))
            await client.close()
        }
    }

    /// What waits for the disk when the malformed frame comes is answered before the end.
    @Test func commandsBeforeAMalformedFrameGetTheirReceipts() async throws {
        try await withQueueServer { queue, client in
            try await TestOffice.register(client)
            for end: [UInt8] in [framed([0xFF]), [0xFF, 0xFF, 0xFF, 0x7F]] {
                let connection = try RawConnection(queue.server.endpoint)
                let commands = (1...20).flatMap { (id: UInt64) -> [UInt8] in
                    let hold = TestOffice.hold("\(end.count)-\(id)", at: "1\(id % 4):00")
                    return frame(.command(.random(), hold), id: id)
                }
                connection.send(commands + end)
                var answered: Set<UInt64> = []
                for _ in 1...20 { answered.insert(await connection.response()?.id ?? 0) }
                #expect(answered == Set(1...20))
                #expect(await connection.response()?.id == 0)
                #expect(await connection.readToEnd().isEmpty)
            }
        }
    }
}
