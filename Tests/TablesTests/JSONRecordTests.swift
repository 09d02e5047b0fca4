// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import KezekTables

@Suite struct JSONRecordTests {
    @Test func membersAreKeptAsTheyAreWritten() throws {
        let text =
            #" { "id" : 7.10, "b":1e+3,"n":null, "t":true,"\u0061ccepted": "2026 \"x\" \u0416 \ud83d\ude00 \/","o": {"z":[1, {"a" :-0}],"y":""} } "#
        let record = try JSONRecord(text)
        #expect(record.members.map(\.name) == ["id", "b", "n", "t", "accepted", "o"])
        #expect(
            record.members.map(\.value.field) == [
                "7.10", "1e+3", "", "true", "2026 \"x\" Ж 😀 /", #"{"z":[1, {"a" :-0}],"y":""}"#,
            ])
        #expect(record.value("n") == nil && record.value("x") == nil)
        let written = record.text(adding: [("due", "\"x\""), ("p", "false")])
        #expect(
            written
                == text.dropFirst().dropLast(3) + #","due":"x","p":false}"#)
        #expect(try JSONRecord(written).members.count == 8)
        #expect(try JSONRecord("{ }").text(adding: [("a", "1")]) == "{\"a\":1}")
    }

    @Test(arguments: [
        "", "x", "[]", "{", "{}}", "{} x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
        "{\"a\":01}",
        "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":tru}",
        "{\"a\":\"\u{9}\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u00g0\"}", "{\"a\":\"\\u+0f0\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"x}",
        "{\"a\":[1,]}", "{\"a\":[1}", "{\"a\":{\"b\"}}", "{\"a\":NaN}", "{\"a\":1 2}", "{'a':1}",
    ])
    func whatIsNoObjectIsRefused(text: String) {
        #expect(throws: JSONRecord.Fault.notAnObject, "\(text)") { try JSONRecord(text) }
    }

    @Test func whatReadersSeeDifferentlyIsRefused() throws {
        #expect(throws: JSONRecord.Fault.nameTwice("a")) {
            try JSONRecord(#"{"a":1,"\u0061":2}"#)
        }
        func nested(_ depth: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}"
        }
        #expect(try JSONRecord(nested(JSONRecord.depthLimit)).members.count == 1)
        #expect(throws: JSONRecord.Fault.tooDeep) {
            try JSONRecord(nested(JSONRecord.depthLimit + 1))
        }
    }

    @Test func textsAreWrittenSoThatTheyAreRead() throws {
        let scalars = (0..<0x300).compactMap { Unicode.Scalar(UInt32($0)) } + ["\u{2028}", "😀"]
        let text = String(String.UnicodeScalarView(scalars))
        let record = try JSONRecord(JSONRecord.text([("a", JSONRecord.quoted(text))]))
        #expect(record.value("a") == .text(text))
    }

    /// Random objects, and the same with a byte changed: taken if Foundation takes them, and alike.
    @Test func foundationTakesTheSame() throws {
        var generator = SeededGenerator(seed: 19)
        let seeds = [
            #"{"id": 7, "accepted": "2026-03-19T16:05", "n": {"a": [1, null, 2.5e3, true]}}"#,
            #"{"a":"\u0416\ud83d\ude00\n","b":-0.5E-2,"c":{},"d":[[],[{}]],"e":""}"#,
        ]
        let letters = Array(#"{}[]",:\ue0123456789.+-Etrufalsn "#.utf8)
        var taken = 0
        for _ in 0..<6_000 {
            var bytes = Array(seeds.randomElement(using: &generator)!.utf8)
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = letters.randomElement(using: &generator)!
            case 1: bytes.remove(at: place)
            default: bytes.insert(letters.randomElement(using: &generator)!, at: place)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let ours = try? JSONRecord(text)
            let theirs =
                (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
            guard let ours else {
                // Foundation takes a name twice, and a comma behind the last member.
                let isTrailing = text.contains(/,\s*[}\]]/)
                guard theirs != nil, !isTrailing else { continue }
                var fault: JSONRecord.Fault?
                do { _ = try JSONRecord(text) } catch { fault = error }
                if case .nameTwice? = fault {} else { Issue.record("\(text): \(fault!)") }
                continue
            }
            taken += 1
            let found = try #require(theirs, "\(text)")
            #expect(Set(found.keys) == Set(ours.members.map(\.name)), "\(text)")
            for member in ours.members {
                switch member.value {
                case .text(let text): #expect(found[member.name] as? String == text)
                case .null: #expect(found[member.name] is NSNull)
                case .other: #expect(!(found[member.name] is String))
                }
            }
        }
        #expect(taken > 1_000)
    }
}
