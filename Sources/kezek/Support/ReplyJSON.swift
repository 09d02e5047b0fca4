// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekClient
import KezekFiles
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

/// Replies as `kezek rpc` prints them, by the one mapping of messages.
extension JSONText {
    /// A reply; before it stands what it does not say itself, such as the command's id.
    ///
    /// - Throws: that it is larger than a frame.
    static func value(
        _ reply: Reply, with members: [JSONValue.Member] = [],
        clock: (Timestamp) -> String = MessageShape.utc
    ) throws -> JSONValue {
        guard let told = CallJSON.json(reply, clock: clock) else {
            throw CommandFailure(
                kk: "жауап кадрға сыймайды; жолдарды азырақ сұраңыз",
                ru: "ответ не помещается в кадр; спросите меньше строк",
                en: "the reply is larger than a frame may be; ask for fewer rows")
        }
        return told.adding(before: members)
    }

    static func print(
        _ reply: Reply, with members: [JSONValue.Member] = [],
        clock: (Timestamp) -> String = MessageShape.utc
    ) throws {
        try print(try value(reply, with: members, clock: clock))
    }

    static func print(_ value: JSONValue) throws { try Terminal.line(value.text(indented: true)) }

    /// Prints one of many, on a line of its own.
    static func line(_ value: JSONValue) throws { try Terminal.line(value.text(indented: false)) }
}

extension QueueDesk {
    /// Prints a reply with its timestamps on the clocks of an office; in UTC where those are not known.
    func print(
        _ reply: Reply, of office: OfficeID?, with members: [JSONValue.Member] = []
    ) async throws {
        var hasTimestamps = false
        let plain = try JSONText.value(reply, with: members) {
            hasTimestamps = true
            return MessageShape.utc($0)
        }
        guard hasTimestamps, let zone = await zone(of: office) else {
            return try JSONText.print(plain)
        }
        let clock = AreaClock(zone: zone, language: language)
        try JSONText.print(reply, with: members, clock: clock.stamp)
    }

    /// The clocks of an office; nil if it or its zone is not known here.
    private func zone(of office: OfficeID?) async -> TimeZoneRules? {
        guard let office, let found = try? await ask(.offices).first(where: { $0.id == office })
        else { return nil }
        return (try? DataFolder.located(nil))?.zone(named: found.zone)
    }
}

extension RequestID {
    /// As a command's reply has it before it.
    var member: JSONValue.Member { .init("requestId", .text(hex)) }
}

extension JSONValue {
    /// The object with other members before its own.
    func adding(before members: [Member]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(members + own)
    }

    /// The object with other members behind its own.
    func adding(_ members: [Member]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    /// The value of a key of an object; nil if there is none.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The object with what a value of a key is changed to.
    func changing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { $0.key == key ? Member(key, change($0.value)) : $0 })
    }

    /// A list with each of its values changed.
    func each(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .list(let values) = self else { return self }
        return .list(values.map(change))
    }
}

extension JSONValue.Member {
    init(_ key: String, _ number: some BinaryInteger) { self.init(key, .number(Int128(number))) }

    init(_ key: String, _ text: some StringProtocol) { self.init(key, .text(String(text))) }
}
