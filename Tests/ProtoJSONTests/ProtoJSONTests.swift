// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekProtoJSON
import TestKit
import Testing
import Texts

/// Messages as ProtoJSON and back; what `Tests/ProtoJSON/run` compares with Python's at random stands here by name.
@Suite struct ProtoJSONTests {
    static let limits = JSONLimits(bytesIn: 1 << 20, bytesOut: 1 << 22, values: 1 << 18)

    private func message(_ name: String, _ json: String) throws -> [UInt8] {
        try JSONCodec.message(
            try #require(MessageType(name)), json: Array(json.utf8), limits: Self.limits)
    }

    private func json(_ name: String, _ message: [UInt8]) throws -> String {
        String(
            decoding: try JSONCodec.json(
                try #require(MessageType(name)), message: message, limits: Self.limits),
            as: UTF8.self)
    }

    private func fault(_ name: String, _ json: String) throws -> JSONFault? {
        #expect(throws: JSONFault.self, "\(json)") { try message(name, json) }
    }

    /// What is read, and how it is written, which is read as the same.
    @Test(arguments: [
        ("HoldRequest", "{}", "{}"),
        ("HoldRequest", " { \"office\" : \"\" , \"day\" : 0 , \"iin\" : null } ", "{}"),
        ("HoldRequest", #"{"iin":""}"#, #"{"iin":""}"#),
        (
            "HoldRequest", #"{"start_second":36000,"day":20531,"office":"astana-1"}"#,
            #"{"office":"astana-1","day":20531,"startSecond":36000}"#
        ),
        ("HoldRequest", #"{"day":"-3"}"#, #"{"day":-3}"#),
        ("HoldRequest", #"{"day":-2147483648}"#, #"{"day":-2147483648}"#),
        ("HoldRequest", #"{"day":1.5e1,"startSecond":"36e3"}"#, #"{"day":15,"startSecond":36000}"#),
        ("HoldRequest", #"{"day":0.0e99999999999999999999,"startSecond":-0}"#, "{}"),
        ("HoldRequest", #"{"day":1000000000000000000000000000e-25}"#, #"{"day":100}"#),
        ("HoldRequest", #"{"channel":1}"#, #"{"channel":"BOOKING_CHANNEL_PORTAL"}"#),
        ("HoldRequest", #"{"channel":77}"#, #"{"channel":77}"#),
        ("HoldRequest", #"{"channel":-1}"#, #"{"channel":-1}"#),
        ("HoldRequest", #"{"off\u0069ce":"\u0041\/\n\ud83d\ude00"}"#, "{\"office\":\"A/\\n😀\"}"),
        (
            "HoldRequest", "{\"office\":\"Ә І \u{7F}\u{2028}\"}",
            "{\"office\":\"Ә І \u{7F}\u{2028}\"}"
        ),
        ("Request", #"{"id":18446744073709551615}"#, #"{"id":"18446744073709551615"}"#),
        ("Request", #"{"id":"9007199254740993"}"#, #"{"id":"9007199254740993"}"#),
        ("Request", #"{"requestId":"-_8"}"#, #"{"requestId":"+/8="}"#),
        ("Request", #"{"requestId":"+/8="}"#, #"{"requestId":"+/8="}"#),
        ("Request", #"{"hold":{}}"#, #"{"hold":{}}"#),
        ("Request", #"{"hold":null,"confirm":{}}"#, #"{"confirm":{}}"#),
    ])
    func whatIsReadIsWrittenInOneForm(name: String, read: String, written: String) throws {
        let bytes = try message(name, read)
        #expect(try json(name, bytes) == written)
        #expect(try json(name, message(name, written)) == written)
    }

    /// What is refused, by the field that is told and what is told of it.
    @Test(arguments: [
        ("", "", "is no JSON: a value is expected here"),
        ("null", "", "must be an object: {…}"),
        ("[]", "", "must be an object: {…}"),
        ("{", "", "is no JSON: a field's name in quotation marks is expected here"),
        ("{} x", "", "is no JSON: the end is expected here"),
        (#"{"hold":{"day" 1}}"#, "hold", "is no JSON: a colon is expected here"),
        (
            #"{"hold":{"day":1,}}"#, "hold",
            "is no JSON: a field's name in quotation marks is expected here"
        ),
        (
            #"{"hold":{"day":01}}"#, "hold.day",
            "is no JSON: a value is expected here"
        ),
        (#"{"hold":{"day":+1}}"#, "hold.day", "is no JSON: a value is expected here"),
        (#"{"hold":{"day":1.}}"#, "hold.day", "is no JSON: a value is expected here"),
        (#"{"hold":{"day":NaN}}"#, "hold.day", "is no JSON: a value is expected here"),
        (
            #"{"hold":{"day":true}}"#, "hold.day",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"hold":{"day":2147483648}}"#, "hold.day",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"hold":{"day":"1_0"}}"#, "hold.day",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"hold":{"day":" 1"}}"#, "hold.day",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"hold":{"day":1.5}}"#, "hold.day",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"hold":{"startSecond":-1}}"#, "hold.start_second",
            "must be a whole number from 0 to 4294967295"
        ),
        (
            #"{"id":18446744073709551616}"#, "id",
            "must be a whole number from 0 to 18446744073709551615"
        ),
        (#"{"id":1e400}"#, "id", "must be a whole number from 0 to 18446744073709551615"),
        (#"{"hold":{"office":7}}"#, "hold.office", "must be a text in quotation marks"),
        (
            #"{"hold":{"office":"\x"}}"#, "hold.office",
            #"is no JSON: a character that may stand behind \ is expected here"#
        ),
        (
            "{\"hold\":{\"office\":\"\u{1}\"}}", "hold.office",
            #"is no JSON: a character that may stand behind \ is expected here"#
        ),
        (
            #"{"hold":{"office":"\ud800"}}"#, "hold.office",
            #"has half of a character alone (\uD800 to \uDFFF)"#
        ),
        (
            #"{"hold":{"office":"\udc00\ud800"}}"#, "hold.office",
            #"has half of a character alone (\uD800 to \uDFFF)"#
        ),
        (#"{"hold":{"office":"a}}"#, "hold.office", "is no JSON: a value is expected here"),
        (#"{"requestId":"a"}"#, "request_id", "must be a text in base64"),
        (#"{"requestId":"ab=c"}"#, "request_id", "must be a text in base64"),
        (#"{"requestId":"===="}"#, "request_id", "must be a text in base64"),
        (
            #"{"language":"KK"}"#, "language",
            "must be one of: LANGUAGE_UNSPECIFIED, LANGUAGE_KK, LANGUAGE_RU, LANGUAGE_EN"
        ),
        (
            #"{"language":"1"}"#, "language",
            "must be one of: LANGUAGE_UNSPECIFIED, LANGUAGE_KK, LANGUAGE_RU, LANGUAGE_EN"
        ),
        (#"{"board":{"watch":1}}"#, "board.watch", "must be true or false"),
        (#"{"hold":{"day":1,"day":1}}"#, "hold.day", "is there twice"),
        (#"{"hold":{"startSecond":1,"start_second":1}}"#, "hold.start_second", "is there twice"),
        (#"{"hold":{"day":null,"day":1}}"#, "hold.day", "is there twice"),
        (#"{"hold":{},"confirm":{}}"#, "confirm", "cannot be there together with 'hold'"),
        (#"{"standards":{"x":1}}"#, "standards.x", "there is no such field"),
        (#"{"dueDates":{"startDay":7}}"#, "due_dates.start_day", "must be a list: […]"),
        (
            #"{"dueDates":{"startDay":[1,2,"x"]}}"#, "due_dates.start_day[2]",
            "must be a whole number from -2147483648 to 2147483647"
        ),
        (
            #"{"dueDates":{"startDay":[1,null]}}"#, "due_dates.start_day[1]",
            "cannot be null in a list"
        ),
        (
            #"{"dueDates":{"startDay":[1,]}}"#, "due_dates.start_day[1]",
            "is no JSON: a value is expected here"
        ),
        (
            #"{"dueDates":{"startDay":[1 2]}}"#, "due_dates.start_day[0]",
            "is no JSON: a comma or a closing bracket is expected here"
        ),
    ])
    func whatIsWrongIsNamed(json: String, path: String, told: String) throws {
        let fault = try #require(try fault("Request", json))
        #expect(fault.path == path)
        #expect(fault.problem.told.en == told)
        for language in [Language.kk, .ru] { #expect(fault.problem.told[language] != told) }
    }

    @Test func anUnknownFieldIsToldWithThoseThatThereAre() throws {
        let fault = try #require(try fault("Request", #"{"hold":{"offise":"a"}}"#))
        #expect(fault.path == "hold.offise")
        #expect(fault.offset == 9)
        #expect(
            fault.problem.told.en.hasPrefix("there is no such field; there are: office, service, "))
    }

    @Test func textsMustBeUTF8() throws {
        let bad: [[UInt8]] = [
            [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
        ]
        let type = try #require(MessageType("HoldRequest"))
        for bytes in bad {
            let text = Array(#"{"office":""#.utf8) + bytes + Array(#""}"#.utf8)
            let fault = #expect(throws: JSONFault.self) {
                try JSONCodec.message(type, json: text, limits: Self.limits)
            }
            #expect(fault?.problem == .notUTF8, "\(bytes)")
            #expect(throws: JSONProblem.notUTF8, "\(bytes)") {
                try JSONCodec.json(
                    type, message: [0x0A, UInt8(bytes.count)] + bytes, limits: Self.limits)
            }
        }
    }

    @Test func whatIsBeyondTheLimitsIsRefused() throws {
        let type = try #require(MessageType("DueDatesRequest"))
        func problem(_ text: String, _ limits: JSONLimits) -> JSONProblem? {
            let fault = #expect(throws: JSONFault.self) {
                try JSONCodec.message(type, json: Array(text.utf8), limits: limits)
            }
            return fault?.problem
        }
        var limits = Self.limits
        limits.values = 4
        #expect(problem(#"{"startDay":[1,2,3,4]}"#, limits) == .tooManyValues(4))
        limits = Self.limits
        limits.bytesIn = 10
        #expect(problem(#"{"startDay":[1]}"#, limits) == .tooLarge(10))
        limits = Self.limits
        limits.bytesOut = 100
        let many = String(repeating: "1,", count: 200)
        #expect(problem("{\"startDay\":[\(many)1]}", limits) == .tooLarge(100))
        limits = Self.limits
        limits.depth = 1
        let request = try #require(MessageType("Request"))
        #expect(throws: JSONFault(path: "hold", offset: 9, problem: .tooDeep(1))) {
            try JSONCodec.message(request, json: Array(#"{"hold":{}}"#.utf8), limits: limits)
        }
        // What is no message is not gone into, however deep it is.
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem(deep, Self.limits) == .noObject)
        #expect(
            problem("{\"startDay\":\(deep)", Self.limits)?.told.en.hasPrefix("must be a whole")
                == true)
    }

    /// Bytes in any order, fields that come again, and what nobody knows.
    @Test func fieldsOfTheWireMayComeInAnyOrder() throws {
        // day 2, office "a", day 3, office "b", field 15: the last of each counts.
        let mixed: [UInt8] = [0x18, 4, 0x0A, 1, 0x61, 0x18, 6, 0x0A, 1, 0x62, 0x78, 1]
        #expect(try json("HoldRequest", mixed) == #"{"office":"b","day":3}"#)
        // iin, then reference of the same oneof.
        #expect(try json("HoldRequest", [0x32, 1, 0x31, 0x3A, 1, 0x32]) == #"{"reference":"2"}"#)
        #expect(try json("HoldRequest", [0x3A, 1, 0x32, 0x32, 1, 0x31]) == #"{"iin":"1"}"#)
        for bytes: [UInt8] in [
            [0x0A], [0x0A, 5, 1], [0x18], [0x18, 0x80], [0x00], [0x0B], [0x1A, 1, 1],
            [0x0D, 0, 0, 0, 0],
            [0x18] + [UInt8](repeating: 0xFF, count: 9) + [2],
        ] {
            #expect(throws: JSONProblem.malformedMessage, "\(bytes)") {
                try json("HoldRequest", bytes)
            }
        }
    }

    @Test func everyMessageOfTheFuzzersCorpusComesBack() throws {
        var count = 0
        for (folder, name) in [("requests", "Request"), ("responses", "Response")] {
            let url = Repository.root.appendingPathComponent("Fuzz/Corpus/\(folder)")
            for file in try FileManager.default.contentsOfDirectory(atPath: url.path) {
                let bytes = Array(try Data(contentsOf: url.appendingPathComponent(file)))
                guard let text = try? json(name, bytes) else {
                    #expect(!file.hasPrefix("example-"), "\(file)")
                    continue
                }
                let again = try message(name, text)
                #expect(try json(name, again) == text, "\(file)")
                if file.hasPrefix("example-") { #expect(again == bytes, "\(file)") }
                count += 1
            }
        }
        #expect(count > 150)
    }

    @Test func namesAreFoundWhateverTheirPlace() throws {
        // Each field alone as null, by either name; and each name with a letter more or less is unknown.
        for type in MessageType.all {
            let fault = try #require(try fault(type.name, #"{"":null}"#))
            guard case .unknownField("", let names) = fault.problem else {
                Issue.record("\(fault)")
                continue
            }
            for name in names {
                #expect(try message(type.name, "{\"\(name)\":null}") == [])
                #expect(try self.fault(type.name, "{\"\(name)_\":null}") != nil)
            }
        }
    }

    @Test func callsAreFoundByTheirPaths() throws {
        let hold = try #require(CallEntry(path: "/kezek.v1.Queue/Hold"))
        #expect(hold.requestField == 60 && hold.isCommand && !hold.streams)
        #expect(hold.request == MessageType("HoldRequest"))
        for path in [
            "", "/", "kezek.v1.Queue/Hold", "/kezek.v1.Queue/hold", "/kezek.v1.Queue/Hold/",
        ] {
            #expect(CallEntry(path: path) == nil)
        }
    }

    @Test func base64IsReadAndWritten() {
        for count in 0..<20 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ 251) }
            let data = Data(bytes).base64EncodedString()
            #expect(Base64Text.text(bytes, padded: true) == data)
            #expect(Base64Text.bytes(data) == bytes)
            #expect(Base64Text.bytes(Base64Text.text(bytes, padded: false)) == bytes)
        }
    }
}
