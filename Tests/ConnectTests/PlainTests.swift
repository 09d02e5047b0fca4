// SPDX-License-Identifier: Apache-2.0

import KezekJSON
import KezekProtoJSON
import Testing
import Texts

@testable import KezekConnect

/// Plain questions in a path, and what is answered.
@Suite struct PlainTests {
    private func question(
        _ message: String, _ query: String, more: [JSONValue.Member] = [],
        flags: [JSONValue.Member] = []
    ) throws -> String {
        let shape = try #require(MessageShape(message))
        let question = try PlainQuestion(shape, query, more: more, flags: flags)
        return try #require(shape.json(question.message[...])).text(indented: false)
    }

    @Test func parametersAreTheKeysOfJSON() throws {
        let slots = try question(
            "SlotsRequest",
            "office=a&service=b&channel=portal&fromDay=2026-03-19&toDay=2026-03-20")
        #expect(
            slots
                == #"{"office":"a","service":"b","channel":"portal","fromDay":"2026-03-19","toDay":"2026-03-20"}"#
        )
        let month = try question("CalendarDaysRequest", "calendar.calendar=kz&month=2024-02")
        #expect(
            month == #"{"calendar":{"calendar":"kz"},"fromDay":"2024-02-01","toDay":"2024-02-29"}"#)
        let free = try question("FirstFreeRequest", "office=a&count=3&from=2026-03-19T10:20")
        #expect(free.contains(#""from":"2026-03-19T10:20:00""#) && free.contains(#""count":3"#))
    }

    @Test(arguments: [
        ("SlotsRequest", "offise=a", "offise"), ("SlotsRequest", "fromDay=19.03.2026", "fromDay"),
        ("SlotsRequest", "office.id=a", "office.id"), ("BoardRequest", "watch=true", "watch"),
        ("FirstFreeRequest", "count=x", "count"), ("CalendarDaysRequest", "month=2026-13", "month"),
        ("CalendarDaysRequest", "calendar=kz", "calendar"),
        ("StatusRequest", "iin=900101300001", "iin"),
    ])
    func aParameterThatIsWrongIsNamed(message: String, query: String, field: String) throws {
        let fault = #expect(throws: ConnectFault.self) { try question(message, query) }
        #expect(fault?.field == field)
    }

    @Test func aStreamGoesOnFromAnEvent() throws {
        let shape = try #require(MessageShape("BoardRequest"))
        let flags = try PlainQuestion.members(
            afterEvent: "2026-03-19.17", ["day", "since"], shape)
        let asked = try question("BoardRequest", "office=a", flags: flags)
        #expect(asked.contains(#""since":17"#) && asked.contains(#""day":"2026-03-19""#))
        for id in ["", "17", "2026-03-19.17.1"] {
            #expect(throws: ConnectFault.self) {
                try PlainQuestion.members(afterEvent: id, ["day", "since"], shape)
            }
        }
    }

    @Test func anAnswerHasATagByWhichItIsNotToldAgain() throws {
        let shape = try #require(MessageShape("BoardRequest"))
        let message: [UInt8] = [0x0A, 1, 0x61]
        var answer = PlainAnswer(shape: shape, isPersonal: false)
        let first = answer.response(message)
        #expect(first.status == 200)
        let tag = try #require(first.headers.first { $0.name == "etag" }?.value)
        for known in [tag, "W/\(tag)", "\"x\" , \(tag)", "*"] {
            answer.known = known
            let again = answer.response(message)
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(again.headers.contains { $0 == ("etag", tag) })
        }
        answer.known = tag
        #expect(answer.response([0x0A, 1, 0x62]).status == 200)
        let personal = PlainAnswer(shape: shape, known: "*", isPersonal: true).response(message)
        #expect(personal.status == 200)
        #expect(personal.headers.contains { $0 == ("cache-control", "no-store") })
    }

    @Test func anEventIsNamedByTheReply() throws {
        let shape = try #require(MessageShape("BoardReply"))
        let answer = PlainAnswer(shape: shape, isPersonal: false)
        let reply = try shape.bytes(
            try #require(JSONValue(#"{"office":"a","day":"2026-03-19","revision":17}"#)))
        let event = String(
            decoding: answer.event(reply, named: ["day", "revision"]), as: UTF8.self)
        #expect(event.hasPrefix("id: 2026-03-19.17\ndata: {\"office\":\"a\","))
        #expect(event.hasSuffix("}\n\n"))
    }
}
