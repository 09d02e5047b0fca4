// SPDX-License-Identifier: Apache-2.0

import KezekProtoJSON
import Testing
import Texts

@testable import KezekConnect

/// Requests of the Connect protocol as calls, and what is refused.
@Suite struct ConnectCallTests {
    private static let json = ["content-type": "application/json", "idempotency-key": "a"]

    private func call(
        _ path: String, by method: String = "POST", query: String = "",
        _ headers: [String: String],
        _ body: [UInt8] = []
    ) throws -> ConnectCall {
        let entry = try #require(CallEntry(path: "/kezek.v1.\(path)"))
        return try ConnectCall(
            entry,
            ConnectRequest(
                method: method, path: path, query: query, header: { headers[$0] }, body: body))
    }

    private func fault(
        _ path: String, by method: String = "POST", query: String = "",
        _ headers: [String: String],
        _ body: [UInt8] = []
    ) throws -> ConnectFault? {
        #expect(throws: ConnectFault.self) {
            try call(path, by: method, query: query, headers, body)
        }
    }

    private static let office: [UInt8] = [0x0A, 1, 0x61]
    private static let officeJSON = Array(#"{"office":"a"}"#.utf8)

    @Test func aCommandIsPostedAsJSONOrBytes() throws {
        let json = try call("Queue/CallNext", Self.json, Self.officeJSON)
        #expect(json.message == Self.office)
        #expect(json.idempotencyKey == "a")
        #expect(json.form == ConnectForm(isJSON: true, isStream: false))
        let proto = try call(
            "Queue/CallNext",
            ["content-type": "application/proto", "idempotency-key": "\"b c\""], Self.office)
        #expect(proto.message == Self.office)
        #expect(proto.idempotencyKey == "b c")
        for type in ["application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
            var headers = Self.json
            headers["content-type"] = type
            #expect(try call("Queue/CallNext", headers, Self.officeJSON).message == Self.office)
        }
    }

    @Test(arguments: [
        (#"message=%7B%22office%22%3A%22a%22%7D"#, true),
        (#"message={"office":+"a"}&encoding=json&connect=v1"#, true),
        ("message=eyJvZmZpY2UiOiJhIn0&base64=1&encoding=json", true),
        ("message=eyJvZmZpY2UiOiJhIn0%3D&base64=1", true),
        ("message=CgFh&base64=1&encoding=proto", false),
        ("message=%0A%01a&encoding=proto&base64=0&other=1", false),
    ])
    func aQuestionIsAskedByGET(query: String, isJSON: Bool) throws {
        let call = try call("Queue/Office", by: "GET", query: query, [:])
        #expect(call.message == Self.office)
        #expect(call.form.isJSON == isJSON)
        #expect(call.isGet && call.idempotencyKey == nil)
    }

    @Test(arguments: [
        ("message=%7", ""), ("message=%zz", ""), ("message={}&message={}", ""),
        ("encoding=xml", "encoding"),
        ("connect=v2", "connect"), ("base64=2", "base64"), ("message=a&base64=1", "message"),
        (#"message={"offise":"a"}"#, "offise"),
    ])
    func aQuestionThatIsNotWrittenRightIsRefused(query: String, field: String) throws {
        let fault = try #require(try fault("Queue/Office", by: "GET", query: query, [:]))
        #expect(fault.code == .invalidArgument)
        #expect(fault.field == field)
    }

    @Test func methodsAreThoseOfTheCall() throws {
        for (path, method, allowed) in [
            ("Queue/Hold", "GET", "POST"), ("Queue/Office", "PUT", "GET, POST"),
            ("Queue/Office", "HEAD", "GET, POST"), ("Visits/WatchVisitPlan", "GET", "POST"),
        ] {
            let fault = try #require(try fault(path, by: method, Self.json))
            #expect(fault.status == 405)
            #expect(fault.headers.first?.value == allowed)
        }
    }

    @Test func typesAreThoseOfTheCall() throws {
        for (path, type) in [
            ("Queue/Hold", ""), ("Queue/Hold", "text/plain"),
            ("Queue/Hold", "application/connect+json"),
            ("Queue/Hold", "application/json; charset=koi8-r"),
            ("Visits/WatchVisitPlan", "application/json"),
            ("Queue/Hold", "application/grpc"),
        ] {
            let fault = try fault(
                path, ["content-type": type, "idempotency-key": "a"], Self.officeJSON)
            #expect(fault?.status == 415, "\(path) \(type)")
            #expect(fault?.headers.first?.name == "accept-post")
        }
    }

    /// A board is asked once by either, and watched by a stream alone.
    @Test func aStreamIsAskedForInEnvelopes() throws {
        let watching = Array(#"{"office":"a","watch":true}"#.utf8)
        #expect(try call("Queue/Board", Self.json, Self.officeJSON).form.isStream == false)
        #expect(try fault("Queue/Board", Self.json, watching)?.status == 415)
        let stream = ["content-type": "application/connect+json"]
        let call = try call("Queue/Board", stream, ConnectEnvelope.put(watching))
        #expect(call.form.isStream)
        let wrong: [[UInt8]] = [
            [], watching, ConnectEnvelope.put(watching) + [0],
            ConnectEnvelope.put(watching, flags: 2),
            ConnectEnvelope.put(watching) + ConnectEnvelope.put(watching),
            [0, 255, 255, 255, 255],
        ]
        for body in wrong {
            #expect(try fault("Queue/Board", stream, body)?.code == .invalidArgument)
        }
    }

    @Test func headersAreRead() throws {
        var headers = Self.json
        headers["connect-timeout-ms"] = "1500"
        headers["kezek-proof"] = #"{"secret":"AAEC"}"#
        let call = try call("Queue/CallNext", headers, Self.officeJSON)
        #expect(call.deadlineMilliseconds == 1500)
        headers["kezek-proof"] = nil
        headers["kezek-proof-bin"] = Base64Text.text(call.proof, padded: false)
        #expect(try self.call("Queue/CallNext", headers, Self.officeJSON).proof == call.proof)
        headers["connect-timeout-ms"] = "9999999999"
        #expect(
            try self.call("Queue/CallNext", headers, Self.officeJSON).deadlineMilliseconds
                == .max)
    }

    @Test(arguments: [
        ("connect-timeout-ms", "-1"), ("connect-timeout-ms", "0"),
        ("connect-timeout-ms", "1.5"),
        ("connect-timeout-ms", "99999999999"),
        ("connect-timeout-ms", ""), ("connect-protocol-version", "2"), ("idempotency-key", ""),
        ("idempotency-key", "Ә"), ("idempotency-key", String(repeating: "k", count: 256)),
        ("kezek-proof-bin", "a"), ("kezek-proof", "{"),
    ])
    func aHeaderThatIsWrongIsNamed(name: String, value: String) throws {
        var headers = Self.json
        headers[name] = value
        #expect(try fault("Queue/CallNext", headers, Self.officeJSON)?.field == name)
    }

    @Test func aCommandNeedsItsKey() throws {
        let headers = ["content-type": "application/json"]
        #expect(
            try fault("Queue/CallNext", headers, Self.officeJSON)?.field == "idempotency-key")
        #expect(try call("Queue/Office", headers, Self.officeJSON).idempotencyKey == nil)
    }

    @Test func compressionIsUnpackedOrNamed() throws {
        var headers = Self.json
        headers["content-encoding"] = "gzip"
        #expect(try call("Queue/CallNext", headers, GzipTests.office).message == Self.office)
        #expect(try fault("Queue/CallNext", headers, Self.officeJSON)?.code == .invalidArgument)
        headers["content-encoding"] = "br"
        let fault = try #require(try fault("Queue/CallNext", headers, Self.officeJSON))
        #expect(fault.code == .unimplemented)
        #expect(fault.headers.first?.value == "gzip, identity")
    }

    @Test func wordsOfFaultsAreInThreeLanguages() throws {
        let fault = try #require(
            try fault("Queue/CallNext", Self.json, Array(#"{"office":1}"#.utf8)))
        let texts = Language.allCases.map { fault.text[$0] }
        #expect(Set(texts).count == 3)
        #expect(texts[2] == "office: must be a text in quotation marks.")
    }
}
