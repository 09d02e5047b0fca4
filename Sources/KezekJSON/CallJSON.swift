// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
import Enquiries
public import Journal
public import KezekWire
public import Texts

/// A call and its answer as JSON: the field of `kezek.v1.Request` and `kezek.v1.Response` alone.
public enum CallJSON {
    /// What a call is asked with.
    public static func request(_ name: CallName) -> MessageShape {
        shape(of: name.name, in: "Request")
    }

    private static func shape(of field: String, in envelope: String) -> MessageShape {
        // The envelope's fields are those of the table of calls.
        let found = MessageShape(envelope)!.field(field)!
        guard case .message(let name) = found.form else { fatalError("\(field) is no message") }
        return MessageShape(name)!
    }

    /// The request that a value of JSON says; `request` is the id of a command.
    ///
    /// - Throws: a ``MessageFault``, or a `Refusal` as the server would give it.
    public static func call(
        _ name: CallName, _ value: JSONValue, proof: JSONValue?, request: RequestID,
        in language: Language
    ) throws -> WireRequest {
        let envelope = MessageShape("Request")!
        var members: [JSONValue.Member] = [
            .init("id", .number(1)), .init("language", .text("\(language)")),
            .init(name.name, value),
        ]
        if let proof { members.append(.init("proof", proof)) }
        var bytes = try envelope.bytes(.object(members))
        if name.isCommand {
            var builder = WireBuilder()
            let halves = [request.high, request.low]
            builder.field(
                4, halves.flatMap { half in withUnsafeBytes(of: half.bigEndian) { Array($0) } })
            bytes += builder.bytes
        }
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        switch bytes.withUnsafeBytes({ RequestCodec.decode($0, arena) }) {
        case .request(let request, _): return request
        case .refused(_, let refusal), .malformed(let refusal): throw refusal
        }
    }

    /// A reply as JSON; nil if it is larger than a frame.
    public static func json(
        _ reply: Reply, clock: (Timestamp) -> String = MessageShape.utc
    ) -> JSONValue? {
        EncodedReply(reply)?.json(clock: clock)
    }
}
