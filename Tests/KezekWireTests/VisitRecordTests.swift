// SPDX-License-Identifier: Apache-2.0

import Enquiries
import HomeVisits
import TestKit
import Testing
import Visits

@testable import KezekWire

/// The events of home visits on disk.
@Suite struct VisitRecordTests {
    private let arena = Arena(limit: 1 << 20)

    private func decode(
        _ bytes: [UInt8], words: WordUnsealing = .locked
    ) throws(RecordFailure) -> [VisitEvent] {
        arena.reset()
        return try VisitEventCodec.decode(bytes, arena, words: words)
    }

    private func encode(_ events: [VisitEvent], words: WordSealing = .plain) -> [UInt8] {
        arena.reset()
        return VisitEventCodec.encode(events, arena, words: words)
    }

    @Test func everyEventComesBackAsItWas() throws {
        for event in VisitExamples.events {
            #expect(try decode(encode([event])) == [event])
        }
        #expect(try decode(encode(VisitExamples.events)) == VisitExamples.events)
        #expect(try decode(encode([])) == [])
    }

    /// An entry that is cut short anywhere is refused or reads as fewer events, never as others.
    @Test func everyTruncationIsRefusedOrShorter() {
        let bytes = encode(VisitExamples.events)
        for length in bytes.indices {
            guard let events = try? decode(Array(bytes[..<length])) else { continue }
            #expect(events.count < VisitExamples.events.count)
            #expect(VisitExamples.events.starts(with: events))
        }
    }

    /// What was typed about a person is sealed as one text, and the reason of a cancellation too.
    @Test func wordsAreSealedAndFound() throws {
        let events = [
            VisitExamples.asked(VisitExamples.words),
            .cancelled(9, by: .applicant, reason: "words"),
        ]
        let texts = [VisitExamples.words.joined, "words"]
        var given: [String] = []
        let bytes = encode(
            events,
            words: WordSealing { number, text in
                given.append("\(number) \(text)")
                return text.utf8.map { ~$0 }
            })
        #expect(given == ["17 \(texts[0])", "9 \(texts[1])"])
        for word in ["Айгүл", "Кенесары", "701", "words", "71430600"] {
            let utf8 = Array(word.utf8)
            let isThere = bytes.indices.contains { bytes[$0...].starts(with: utf8) }
            #expect(!isThere, "\(word)")
        }
        let unsealing = WordUnsealing { .words(String(decoding: $0.map { ~$0 }, as: UTF8.self)) }
        #expect(try decode(bytes, words: unsealing) == events)
        let locked = [
            VisitExamples.asked(nil), .cancelled(9, by: .applicant, reason: "—"),
        ]
        #expect(try decode(bytes) == locked)
        #expect(throws: RecordFailure.self) {
            try decode(bytes, words: WordUnsealing { _ in .damaged })
        }
        // Another text than that of a person is damage, and never a person who was forgotten.
        #expect(throws: RecordFailure.self) {
            try decode(bytes, words: WordUnsealing { _ in .words("—") })
        }
        // Where nothing is known or typed, nothing is sealed.
        let silent = [VisitExamples.asked(nil), .cancelled(9, by: .office, reason: "")]
        #expect(encode(silent, words: WordSealing { _, _ in [1] }) == encode(silent))
    }

    /// What is on somebody's disk must be read for ever: these bytes never change.
    @Test func theBytesOnDiskStayAsTheyAre() {
        // As another library encodes the same messages.
        let records: [(VisitEvent, String)] = [
            (.released(17), "08011202" + "2011"),
            (
                .promised(17, VisitWindow(start: 100, end: 7_300)!),
                "0801120b" + "2a09" + "0811" + "1205" + "0864" + "108439"
            ),
            (.reported(1, .longer(minutes: 15)), "08011208" + "3a06" + "0801" + "1005" + "180f"),
            (.absent(ShiftID(64)), "08011203" + "488001"),
            (
                .routed([
                    RouteChange(shift: ShiftID(65), stops: [.visit(VisitID(16)), .lunch(65)])
                ]),
                "08011212" + "7210" + "0a028201" + "120102" + "1a03208201" + "22020001"
            ),
            (
                .progressed(
                    ShiftID(1), [DoneStop(.visit(VisitID(16)), arrival: 1, start: 2, end: 3)]),
                "08011213" + "7a11" + "0802" + "120120" + "1a0100" + "220101" + "2a0102"
                    + "320103"
            ),
        ]
        for (event, hex) in records {
            let found = encode([event]).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            #expect(found.joined() == hex, "\(event)")
        }
    }

    @Test func whatTheProgramDoesNotKnowIsRefused() {
        func event(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] {
            number(1, 1) + nested(2, nested(field, bytes))
        }
        let one = number(1, 1)
        let window = nested(2, number(1, 5) + number(2, 5))
        #expect(throws: Never.self) { try decode(event(5, one + window)) }
        let wrong: [[UInt8]] = [
            [], number(1, 2), [0xFF], number(1, 1) + nested(2, []), event(99, []),
            event(1, []), event(2, []), event(3, one), event(5, one), event(5, window),
            number(1, 1) + nested(2, number(4, 0)), event(5, one + nested(2, number(1, 6))),
            event(6, one), event(6, one + number(2, 3)), event(7, one + number(2, 6)),
            event(7, one + number(2, 5)), event(11, []), event(12, Array("?".utf8)),
            event(13, one),
            // A person's words that are none, and a need that is none.
            event(2, one + nested(4, "A")), event(2, one + nested(8, "?")),
            // Columns of different lengths, fewer or more stops than are there.
            event(14, nested(1, [2])), event(14, nested(1, [2]) + nested(2, [1])),
            event(14, nested(3, [2]) + nested(4, [0])), event(14, nested(3, [2])),
            event(14, nested(1, [2]) + nested(2, [2]) + nested(3, [2]) + nested(4, [0])),
            event(15, nested(2, [2])), event(15, nested(2, [2]) + nested(3, [0])),
            // A shift, and a time, with which nobody can reckon.
            number(1, 1) + nested(2, number(9, .max)),
            event(8, number(1, .max)),
            event(
                15,
                nested(2, [2]) + nested(3, [0]) + nested(4, varint(1 << 41)) + nested(5, [0])
                    + nested(6, [0])),
        ]
        for bytes in wrong {
            #expect(throws: RecordFailure.self, "\(bytes)") { try decode(bytes) }
        }
    }

    @Test func mutatedRecordsNeverHarmAReader() {
        var random = SeededGenerator(seed: 53)
        let records = VisitExamples.events.map { encode([$0]) }
        var (read, refused) = (0, 0)
        for _ in 0..<6_000 {
            let bytes = records.randomElement(using: &random)!.mutated(using: &random)
            guard let events = try? decode(bytes) else {
                refused += 1
                continue
            }
            read += 1
            #expect((try? decode(encode(events))) == events, "\(bytes)")
        }
        #expect(read > 100)
        #expect(refused > 100)
    }
}
