// SPDX-License-Identifier: Apache-2.0

#if Web
import Foundation
import KezekServer
import KezekWire
import TestKit
import Testing
import Texts

@testable import KezekWeb

/// How gRPC and HTTP write things, in tables.
@Suite struct WebWordsTests {
    @Test func base64IsThatOfFoundation() {
        var bytes: [UInt8] = []
        for number in 0..<70 {
            let padded = Data(bytes).base64EncodedString()
            let plain = padded.replacing("=", with: "")
            #expect(Base64.text(bytes) == plain)
            #expect(Base64.bytes(padded) == bytes && Base64.bytes(plain) == bytes)
            bytes.append(UInt8(truncatingIfNeeded: number &* 37 &+ 11))
        }
        for text in ["A", "A===", "AAAAA", "a-b_", "ab c", "ж"] {
            #expect(Base64.bytes(text) == nil, "\(text)")
        }
    }

    @Test func timesHaveAUnitAndAtMostEightDigits() {
        let table: [(String, UInt32?)] = [
            ("1H", 3_600_000), ("2M", 120_000), ("3S", 3_000), ("100m", 100), ("1500u", 1),
            ("1n", 1), ("0S", 1), ("99999999H", .max), ("99999999n", 99), ("123456789S", nil),
            ("", nil), ("S", nil), ("5", nil), ("5s", nil), ("-5S", nil), ("+5S", nil),
            ("5 S", nil),
        ]
        for (text, milliseconds) in table {
            #expect(GRPCWords.milliseconds(text) == milliseconds, "\(text)")
        }
    }

    @Test func messagesAreWrittenInPercent() {
        for text in ["plain words ~!", "100 %", "Кезек", "a\nb", "\u{7F}", ""] {
            let written = GRPCWords.percent(text)
            #expect(written.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(written.removingPercentEncoding == text)
        }
    }

    @Test func languagesAreChosenByTheirWeight() {
        let table: [(String?, Language)] = [
            (nil, .kk), ("", .kk), ("ru", .ru), ("en-GB,en;q=0.9", .en), ("de, en;q=0.5", .en),
            ("de", .kk), ("ru;q=0.2, kk;q=0.8, en;q=0.5", .kk), ("EN", .en), ("ru;q=0", .kk),
            ("ru;q=x", .kk), ("kk-KZ", .kk), ("en;q=0.7,ru;q=0.7", .en),
        ]
        for (header, language) in table {
            let head = WebHead(
                method: "POST", path: "/",
                headers: header.map { [(name: "accept-language", value: $0)] } ?? [])
            #expect(head.language == language, "\(header ?? "none")")
        }
    }

    @Test func aTokenIsOfTheSchemeBearer() {
        let table: [(String, String?)] = [
            ("Bearer kezek_a", "kezek_a"), ("bearer kezek_a", "kezek_a"), ("Bearer ", nil),
            ("Basic kezek_a", nil), ("kezek_a", nil), ("", nil),
        ]
        for (value, token) in table {
            let head = WebHead(
                method: "POST", path: "/", headers: [(name: "authorization", value: value)])
            let found = head.credential.token.map { secret in
                secret.withBytes { String(decoding: $0, as: UTF8.self) }
            }
            #expect(found == token, "\(value)")
        }
    }

    @Test func aUUIDIsItsBytes() {
        let id = UUID()
        let bytes = withUnsafeBytes(of: id.uuid) { Array($0) }
        #expect(UUIDText.bytes(id.uuidString) == bytes)
        #expect(UUIDText.bytes(id.uuidString.lowercased()) == bytes)
        #expect(UUIDText.bytes(id.uuidString.replacing("-", with: "")) == bytes)
        for text in ["", "0", "form 17", id.uuidString + "0", "g" + id.uuidString.dropFirst()] {
            #expect(UUIDText.bytes(text) == nil, "\(text)")
        }
        let misplaced = "00000000-00000-000-0000-000000000000"
        #expect(misplaced.count == 36 && UUIDText.bytes(misplaced) == nil)
    }

    /// Every truncation and every changed byte of what reflection is asked is answered or refused.
    @Test func noQuestionHarmsReflection() {
        let symbol = Array("kezek.v1.Queue".utf8)
        let request: [UInt8] = [10, 1, 0x78, 0x22, UInt8(symbol.count)] + symbol
        #expect(Reflection.shared.answer(request) != nil)
        for end in 0..<request.count { _ = Reflection.shared.answer(Array(request[..<end])) }
        for place in request.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = request
                changed[place] = byte
                _ = Reflection.shared.answer(changed)
            }
        }
    }

    @Test func everyMethodIsOneOfReflectionsSymbols() {
        for call in CallName.allCases {
            let name = call.method.replacing("/", with: ".")
            var request = SmallMessage.Writer()
            request.add(4, text: name)
            let answer = Reflection.shared.answer(request.bytes) ?? []
            let fields = SmallMessage.fields(answer[...]) ?? []
            #expect(fields.contains { $0.number == 4 }, "\(name)")
            #expect(CallName(method: call.method) == call)
        }
        #expect(Reflection.shared.services.count == 8)
    }
}
#endif
