// SPDX-License-Identifier: Apache-2.0

import KezekProtoJSON
import Testing
import Texts

@testable import KezekConnect

/// What is answered by the Connect protocol.
@Suite struct ConnectAnswerTests {
    private static let json = ConnectForm(isJSON: true, isStream: false)
    private static let stream = ConnectForm(isJSON: true, isStream: true)

    private func answer(_ form: ConnectForm) throws -> ConnectAnswer {
        ConnectAnswer(form: form, reply: try #require(MessageType("BookingRequest")))
    }

    private static let message: [UInt8] = [0x0A, 3, 0x0A, 1, 0x61]

    @Test func aReplyIsTheMessage() throws {
        let response = try answer(Self.json).response(Self.message)
        #expect(response.status == 200)
        #expect(
            String(decoding: response.body, as: UTF8.self) == #"{"booking":{"office":"a"}}"#)
        #expect(
            response.headers.first { $0.name == "content-type" }?.value == "application/json")
        let proto = try answer(ConnectForm(isJSON: false, isStream: false)).response(
            Self.message)
        #expect(proto.body == Self.message)
    }

    @Test func aFaultHasItsCodeFieldAndDetails() {
        var fault = ConnectFault(.invalidArgument, kk: "а", ru: "б", en: "\"c\"\n")
        fault.field = "day"
        let response = ConnectAnswer.refused(fault, .en)
        #expect(response.status == 400)
        // code 3, reason 3, the message, the field.
        let details: [UInt8] = [
            8, 3, 16, 3, 0x1A, 4, 0x22, 0x63, 0x22, 0x0A, 0x22, 3, 0x64, 0x61, 0x79,
        ]
        #expect(fault.details(.en) == details)
        let value = Base64Text.text(details, padded: false)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"code":"invalid_argument","message":"\"c\"\u000a","details":[{"type":"kezek.v1.Status","value":""#
                + value
                + #"","debug":{"code":"CODE_INVALID_ARGUMENT","reason":"REASON_INVALID_FIELD","message":"\"c\"\n","field":"day"}}]}"#
        )
    }

    @Test func statusesAreThoseOfTheProtocol() {
        let right: [String: Int] = [
            "canceled": 499, "unknown": 500, "invalid_argument": 400, "deadline_exceeded": 504,
            "not_found": 404, "already_exists": 409, "permission_denied": 403,
            "resource_exhausted": 429,
            "failed_precondition": 400, "aborted": 409, "out_of_range": 400,
            "unimplemented": 501,
            "internal": 500, "unavailable": 503, "data_loss": 500, "unauthenticated": 401,
        ]
        let all = ConnectCode.allCases.map { ($0.name, $0.status) }
        #expect(Dictionary(uniqueKeysWithValues: all) == right)
    }

    @Test func hintsAreHeadersToo() {
        let wait = ConnectAnswer.refused(
            .resourceExhausted, "w", details: [], retryAfterMilliseconds: 1001)
        #expect(wait.headers.contains { $0 == ("retry-after", "2") })
        let stranger = ConnectAnswer.refused(.unauthenticated, "w", details: [])
        #expect(stranger.headers.contains { $0 == ("www-authenticate", "Bearer") })
    }

    @Test func aStreamEndsWithAnEnvelopeOfItsOwn() throws {
        let answer = try answer(Self.stream)
        let body = Array(#"{"booking":{"office":"a"}}"#.utf8)
        #expect(answer.part(Self.message, isLast: false) == [0, 0, 0, 0, 26] + body)
        #expect(
            answer.part(Self.message, isLast: true) == [0, 0, 0, 0, 26] + body
                + [2, 0, 0, 0, 2, 0x7B, 0x7D])
        let refused = answer.endOnly(.notFound, "w", details: [])
        #expect(refused.status == 200)
        let error = Array(#"{"error":{"code":"not_found","message":"w"}}"#.utf8)
        #expect(refused.body == [2, 0, 0, 0, UInt8(error.count)] + error)
    }
}
