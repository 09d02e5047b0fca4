// SPDX-License-Identifier: Apache-2.0

/// A call as other protocols know it: a method of a service.
public struct CallEntry: Hashable, Sendable {
    /// The service, such as `Queue`, whose full name has `kezek.v1.` before it.
    public let service: String
    /// The method, such as `Hold`.
    public let method: String
    /// The call's name over TCP, such as `hold`.
    public let name: String
    /// Its field in `kezek.v1.Request`.
    public let requestField: UInt32
    /// The field of what it is answered with, in `kezek.v1.Response`.
    public let replyField: UInt32
    public let request: MessageType
    public let reply: MessageType
    /// Whether it changes something.
    public let isCommand: Bool
    /// Whether it is answered by a stream, if that is asked for.
    public let streams: Bool

    init(_ words: [Name], _ text: SchemaText) {
        service = words[1].text
        method = words[2].text
        name = words[3].text
        requestField = UInt32(words[4].text)!
        replyField = UInt32(words[5].text)!
        request = MessageType(index: text.messageIndex[words[6].text]!)
        reply = MessageType(index: text.messageIndex[words[7].text]!)
        isCommand = words[8].text == "command"
        streams = words[9].text == "stream"
    }

    /// Every call, in the order of `service.proto`.
    public static var all: [CallEntry] { Schema.all.calls }

    private static let byPath: [String: CallEntry] = Dictionary(
        uniqueKeysWithValues: all.map { ("/kezek.v1.\($0.service)/\($0.method)", $0) })

    /// The call of a path such as `/kezek.v1.Queue/Hold`; nil if there is none.
    public init?(path: String) {
        guard let entry = Self.byPath[path] else { return nil }
        self = entry
    }
}
