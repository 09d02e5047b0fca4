// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import TestKit
import Testing

@testable import KezekWire

@Suite struct RecordTests {
    private let arena = Arena(limit: 1 << 20)

    private func decode(_ bytes: [UInt8]) throws(RecordFailure) -> [DayEvent] {
        arena.reset()
        return try DayEventCodec.decode(bytes, arena, words: .locked)
    }

    private func encode(_ events: [DayEvent]) -> [UInt8] {
        arena.reset()
        return DayEventCodec.encode(events, arena, words: .plain)
    }

    @Test func everyEventComesBackAsItWas() throws {
        for event in RecordExamples.events {
            #expect(try decode(encode([event])) == [event])
        }
        #expect(try decode(encode(RecordExamples.events)) == RecordExamples.events)
        #expect(try decode(encode([])) == [])
    }

    @Test func anEntryBeyondTheArenaIsRecordedAllTheSame() throws {
        let events = Array(repeating: RecordExamples.events, count: 20).flatMap { $0 }
        let bytes = DayEventCodec.encode(events, Arena(limit: 1_000), words: .plain)
        #expect(try decode(bytes) == events)
    }

    @Test func wordsAreSealedAndFound() throws {
        let event = DayEvent.cancelled(
            Cancelled(number: 7, by: .office, reason: "words", freeFrom: 0))
        func read(_ outcome: WordUnsealing.Outcome) throws -> DayEvent? {
            arena.reset()
            let words = WordSealing { number, words in
                [UInt8(number)] + words.utf8.reversed()
            }
            let bytes = DayEventCodec.encode([event], arena, words: words)
            arena.reset()
            let unsealing = WordUnsealing { sealed in
                #expect(sealed == [7] + "sdrow".utf8)
                return outcome
            }
            return try DayEventCodec.decode(bytes, arena, words: unsealing).first
        }
        #expect(try read(.words("words")) == event)
        #expect(
            try read(.locked)
                == .cancelled(Cancelled(number: 7, by: .office, reason: "—", freeFrom: 0)))
        #expect(throws: RecordFailure.self) { try read(.damaged) }
        // Where nothing was typed, nothing is sealed.
        let silent = DayEvent.cancelled(
            Cancelled(number: 7, by: .office, reason: "", freeFrom: 0))
        let words = WordSealing { _, _ in [1] }
        arena.reset()
        #expect(DayEventCodec.encode([silent], arena, words: words) == encode([silent]))
    }

    @Test func whoWasForgottenComesBackAsItWas() throws {
        for cause in ForgottenPerson.Cause.allCases {
            let person = ForgottenPerson(keys: [0, 1, .max], cause: cause)
            arena.reset()
            let bytes = PeopleRecordCodec.encode(person, arena)
            arena.reset()
            #expect(try PeopleRecordCodec.decode(bytes, arena) == person)
        }
        for bytes: [UInt8] in [[], [8, 2], [8, 1], [8, 1, 24, 9]] {
            arena.reset()
            #expect(throws: RecordFailure.self) { try PeopleRecordCodec.decode(bytes, arena) }
        }
    }

    @Test func anAcceptedClockComesBackAsItWas() throws {
        for recorded in [0, -1, 1_773_896_400, Int64.max] {
            arena.reset()
            let bytes = ClockRecordCodec.encode(recorded: recorded, arena)
            arena.reset()
            #expect(try ClockRecordCodec.decode(bytes, arena) == recorded)
        }
        for bytes: [UInt8] in [[], [8, 2], [16, 1]] {
            arena.reset()
            #expect(throws: RecordFailure.self) { try ClockRecordCodec.decode(bytes, arena) }
        }
    }

    @Test func aHoldTakesFortyBytes() {
        #expect(encode([RecordExamples.held(-1_209_600)]).count <= 40)
        #expect(encode([.confirmed(1_234)]).count <= 8)
        #expect(encode([.called(RecordExamples.label, window: 12)]).count <= 10)
    }

    /// What is on somebody's disk must be read for ever: these bytes never change.
    @Test func theBytesOnDiskStayAsTheyAre() throws {
        let records: [(DayEvent, String)] = [
            (.confirmed(17), "08011202" + "1811"),
            (.windowOpened(0), "08011203" + "800100"),
            (.called(TicketLabel("B-017")!, window: 3), "08011207" + "7a0508a14e1003"),
            (
                .held(
                    Held(
                        number: 1, applicant: Applicant(high: 2, low: 3), service: 1,
                        start: 32_400, channel: .portal, until: -60, movedFrom: nil)),
                "0801" + "1220" + "121e" + "0801" + "110200000000000000"
                    + "190300000000000000" + "2001" + "28a0fa03" + "3001" + "3877"
            ),
            (
                .transferred(RecordExamples.label, service: 0, window: 0),
                "08011207" + "ca010408111800"
            ),
            (
                .finished(RecordExamples.label, .left),
                "08011207" + "d2010408111003"
            ),
        ]
        for (event, hex) in records {
            let bytes = encode([event])
            #expect(bytes.map { hexadecimal($0) }.joined() == hex, "\(event)")
        }
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    @Test func whatTheProgramDoesNotKnowIsRefused() {
        func event(_ bytes: [UInt8]) -> [UInt8] { number(1, 1) + nested(2, bytes) }
        let held = number(1, 1) + number(4, 0) + number(5, 0) + number(6, 1)
        #expect(throws: Never.self) { try decode(event(nested(2, held))) }
        let wrong: [[UInt8]] = [
            [], number(1, 0), number(1, 2), number(1, 2) + nested(2, number(3, 1)),
            event([]), event(number(99, 1)), event(nested(27, [])),
            // A number of 0, a service of 8, a window of 64, a label of none.
            event(number(3, 0)), event(nested(2, held + number(4, 8))),
            event(nested(2, held + number(6, 0))), event(nested(2, held + number(6, 4))),
            event(nested(2, held + number(5, zigzag(.max)))),
            event(nested(2, held + number(7, zigzag(.min)))),
            event(number(16, 64)), event(number(20, 0)), event(number(20, 10_000)),
            event(number(20, 260_001)), event(number(20, UInt64(UInt32.max))),
            event(nested(26, number(1, 17))), event(nested(26, number(1, 17) + number(2, 5))),
            event(nested(6, number(1, 1))), event(nested(1, [])),
            // A lease beyond the series.
            event(nested(12, number(1, 1) + number(2, 9_999) + number(3, 2))),
        ]
        for bytes in wrong {
            #expect(throws: RecordFailure.self, "\(bytes)") { try decode(bytes) }
        }
    }

    @Test func aPlanThatCannotBeIsRefused() {
        func plan(
            hours: [DayPlan.Span] = [], services: Int = 1, seconds: Int32 = 60, windows: Int = 1,
            spans: [DayPlan.Span] = [], slotMinutes: Int32 = 20
        ) -> DayPlan {
            var rules = QueueRules()
            rules.slotMinutes = slotMinutes
            return DayPlan(
                midnight: 0, policy: .walkInOnly, policyRule: "R7.3", hours: hours,
                closedBecause: nil,
                services: (0..<services).map {
                    .init(id: ServiceID("s\($0)")!, letter: 65, seconds: seconds)
                },
                windows: (0..<windows).map {
                    .init(id: WindowID("\($0)")!, services: 1, spans: spans)
                }, rules: rules, waitLimit: 0, serviceLimit: 0, calendarVersion: "")
        }
        func span(_ start: Int32, _ end: Int32) -> DayPlan.Span { .init(start: start, end: end) }
        #expect(throws: Never.self) {
            try decode(encode([.planned(plan(services: 8, windows: 64))]))
        }
        let wrong = [
            plan(services: 9), plan(windows: 65), plan(seconds: 0), plan(seconds: 86_401),
            plan(slotMinutes: 0), plan(slotMinutes: .max), plan(hours: [span(-1, 5)]),
            plan(hours: [span(5, 5)]), plan(hours: [span(0, 86_401)]),
            plan(hours: [span(10, 20), span(15, 30)]), plan(spans: [span(6, 5)]),
        ]
        for plan in wrong {
            #expect(throws: RecordFailure.self) { try decode(encode([.planned(plan)])) }
        }
    }

    @Test func everyTruncationIsRefusedOrShorter() {
        let bytes = encode(RecordExamples.events)
        for length in 0..<bytes.count {
            let events = try? decode(Array(bytes[..<length]))
            #expect(events.map { $0.count < RecordExamples.events.count } ?? true)
        }
    }

    @Test func mutatedRecordsNeverHarmAReader() {
        var random = SeededGenerator(seed: 47)
        let days = RecordExamples.events.map { encode([$0]) } + [encode(RecordExamples.events)]
        let offices = [QueueExamples.description, QueueExamples.plain].map {
            OfficeEventCodec.encode(
                OfficeEvent(office: $0, effects: QueueExamples.effects), arena)
        }
        let pack = EntryPackCodec.encode(RecordExamples.entries)
        var (read, refused) = (0, 0)
        for _ in 0..<6_000 {
            let day = days.randomElement(using: &random)!.mutated(using: &random)
            if (try? decode(day)) != nil { read += 1 } else { refused += 1 }
            arena.reset()
            _ = try? OfficeEventCodec.decode(
                offices.randomElement(using: &random)!.mutated(using: &random), arena)
            arena.reset()
            _ = try? EntryPackCodec.decode(
                pack.mutated(using: &random), stream: .offices, arena)
        }
        #expect(read > 100)
        #expect(refused > 100)
    }

    @Test func everyOfficeEventComesBackAsItWas() throws {
        for office in [QueueExamples.description, QueueExamples.plain] {
            for effects in [QueueExamples.effects, OfficeEffects.none] {
                let event = OfficeEvent(office: office, effects: effects)
                arena.reset()
                let bytes = OfficeEventCodec.encode(event, arena)
                arena.reset()
                #expect(try OfficeEventCodec.decode(bytes, arena) == event)
            }
        }
    }

    @Test func anOfficeThatCannotBeIsRefused() {
        for (office, _) in OfficeCheckTests.wrong where office.services.first?.minutes != 0 {
            let bytes = OfficeEventCodec.encode(
                OfficeEvent(office: office, effects: .none), Arena(limit: .max))
            #expect(throws: RecordFailure.self) {
                try OfficeEventCodec.decode(bytes, Arena(limit: .max))
            }
        }
        for bytes: [UInt8] in [[], number(1, 1), number(1, 2), number(1, 1) + nested(3, [])] {
            #expect(throws: RecordFailure.self) { try OfficeEventCodec.decode(bytes, arena) }
        }
    }

    // MARK: Packs

    @Test func aPackComesBackAsItWas() throws {
        let entries = RecordExamples.entries
        let stream = entries[0].stream
        for count in 0...entries.count {
            let some = Array(entries[..<count])
            let bytes = EntryPackCodec.encode(some)
            #expect(try EntryPackCodec.decode(bytes, stream: stream) == some)
        }
    }

    @Test func aPackThatContradictsItselfIsRefused() {
        // Two entries, the first with a request and a claim, and each column in turn one value short
        // or too long.
        func packed(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] { nested(field, bytes) }
        let columns: [UInt8: [UInt8]] = [
            2: [1, 1], 3: [2, 2], 4: [1, 0], 5: Array(repeating: 1, count: 24), 6: [1, 0],
            7: [1], 8: Array(repeating: 2, count: 16), 9: [1, 2], 10: [7, 8, 9],
        ]
        func pack(_ columns: [UInt8: [UInt8]]) -> [UInt8] {
            number(1, 1) + columns.keys.sorted().flatMap { packed($0, columns[$0]!) }
        }
        #expect(throws: Never.self) {
            try EntryPackCodec.decode(pack(columns), stream: .offices)
        }
        for (field, values) in columns {
            let width = field == 5 || field == 8 ? 8 : 1
            for changed in [[], values + values.prefix(width), values.dropLast(width)] {
                var columns = columns
                columns[field] = Array(changed)
                #expect(throws: RecordFailure.self, "\(field) \(changed)") {
                    try EntryPackCodec.decode(pack(columns), stream: .offices)
                }
            }
        }
        for (field, values) in [
            // Revisions that do not rise, lengths beyond the end, another version.
            (UInt8(2), [UInt8(1), 0]), (2, [0, 1]),
            (2, [1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), (9, [3, 1]), (9, [0x80, 1]), (6, [2, 0]),
            (3, [2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
        ] {
            var columns = columns
            columns[field] = values
            #expect(throws: RecordFailure.self, "\(field) \(values)") {
                try EntryPackCodec.decode(pack(columns), stream: .offices)
            }
        }
        #expect(throws: RecordFailure.self) {
            try EntryPackCodec.decode(number(1, 2), stream: .offices)
        }
    }
}
