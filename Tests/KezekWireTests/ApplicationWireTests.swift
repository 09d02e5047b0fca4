// SPDX-License-Identifier: Apache-2.0

import Applications
import CallLimits
import CivilTime
import Enquiries
import Parties
import TestKit
import Testing

@testable import KezekWire

/// What is particular to applications; that all calls come back as they were, `RoundTripTests` show.
@Suite struct ApplicationWireTests {
    private let arena = Arena(limit: CallLimit.decodedRequestBytes)

    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        arena.reset()
        let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
        guard case .refused(_, let refusal) = decoded else { return nil }
        return refusal
    }

    /// A call in English with the request id of a command.
    private func call(_ field: UInt8, _ message: [UInt8], id: [UInt8]? = nil) -> [UInt8] {
        number(1, 7) + number(3, 3) + nested(4, id ?? Array(1...16)) + nested(field, message)
    }

    private func name(
        _ office: String = "astana-1", day: Int32 = 20_531, number count: UInt64 = 7
    ) -> [UInt8] {
        nested(1, nested(1, office) + number(2, zigzag(day)) + number(3, count))
    }

    private func handIn(
        office: String = "astana-1", applicant: [UInt8]? = nil, papers: [UInt8]? = nil,
        extra: [UInt8] = []
    ) -> [UInt8] {
        nested(1, office) + nested(2, "corporation") + (applicant ?? nested(4, "case-1"))
            + nested(5, papers ?? nested(1, "methodologist")) + extra
    }

    @Test func eachWrongFieldIsNamed() {
        let long = [UInt8](repeating: 97, count: 501)
        let document = nested(4, nested(1, "diploma"))
        let list = nested(1, "astana-1")
        let period = number(2, zigzag(20_000)) + number(3, zigzag(20_000))
        let cases: [([UInt8], Refusal.Reason, String?)] = [
            (call(90, handIn(), id: []), .invalidField, "request_id"),
            (call(90, handIn(office: "Astana")), .invalidField, "office"),
            (call(90, handIn(applicant: [])), .invalidField, "applicant"),
            (call(90, handIn(applicant: nested(3, "900101300018"))), .invalidField, "iin"),
            (call(90, handIn(applicant: nested(4, ""))), .invalidField, "reference"),
            (call(91, nested(1, "astana-1") + nested(4, "c")), .invalidField, "papers"),
            (
                call(90, handIn(papers: (0..<101).flatMap { _ in document })), .invalidField,
                "papers.documents"
            ),
            (
                call(90, handIn(papers: nested(4, nested(1, [0xFF])))), .textNotUTF8,
                "papers.documents[0].id"
            ),
            (
                call(90, handIn(papers: nested(4, nested(4, number(1, zigzag(.max)))))),
                .dateOutOfRange, "papers.documents[0].expires"
            ),
            (call(90, handIn(extra: number(6, 3))), .invalidField, "consent"),
            (call(90, handIn(extra: nested(7, number(2, 86_400)))), .invalidField, "at.second"),
            (call(90, handIn(extra: nested(8, "A-0000017"))), .invalidField, "ticket"),
            (call(92, []), .invalidField, "application"),
            (call(92, name(number: 0)), .invalidField, "application.number"),
            (call(92, name("?")), .invalidField, "application.office"),
            (call(92, name(day: .min)), .dateOutOfRange, "application.day"),
            (call(92, name() + nested(2, long)), .invalidField, "reason"),
            (call(92, name() + number(3, zigzag(.max))), .dateOutOfRange, "review_day"),
            (call(94, name() + nested(3, long)), .invalidField, "note"),
            (call(95, name()), .invalidField, "to"),
            (call(95, name() + number(2, 3)), .invalidField, "to"),
            (call(96, []), .invalidField, "application"),
            (call(97, name(), id: Array(1...15)), .invalidField, "request_id"),
            (call(99, name() + nested(2, [0xC3, 0x28])), .textNotUTF8, "reason"),
            (call(110, nested(3, "?")), .invalidField, "office"),
            (call(110, nested(1, [0xFF])), .textNotUTF8, "calendar"),
            (
                call(
                    110, nested(1, [UInt8](repeating: 97, count: CallLimit.calendarTextBytes + 1))),
                .invalidField, "calendar"
            ),
            (call(50, []), .invalidField, "papers"),
            (call(52, name()), .invalidField, "form"),
            (call(52, name() + number(2, 3)), .invalidField, "form"),
            (
                call(52, name() + number(2, 1) + nested(3, long)), .invalidField, "name"
            ),
            (call(53, name()), .invalidField, "applicant"),
            (call(54, []), .invalidField, "office"),
            (call(54, list + number(2, 251)), .invalidField, "within"),
            (call(55, period), .invalidField, "period"),
            (
                call(55, number(2, zigzag(20_001)) + number(3, zigzag(20_000)) + number(4, 1)),
                .invalidField, "to_day"
            ),
            (
                call(55, number(2, zigzag(20_000)) + number(3, zigzag(20_366)) + number(4, 1)),
                .invalidField, "to_day"
            ),
        ]
        for (bytes, reason, field) in cases {
            let refusal = refusal(bytes)
            #expect(refusal?.reason == reason, "\(field ?? "") \(String(describing: refusal))")
            #expect(refusal?.field == field, "\(String(describing: refusal))")
            #expect(refusal?.message.contains("900101300018") == false)
        }
    }

    /// What a person types is kept for ever: one line of it, and nobody's IIN.
    @Test func aRemarkHasOneLineAndNoIIN() {
        let review = number(3, zigzag(20_600))
        for good in ["asked the archive", "900101 300018", "12345678901", "1234567890123"] {
            #expect(refusal(call(92, name() + nested(2, good) + review)) == nil, "\(good)")
        }
        for bad in [
            "of 900101300017", "ИИН900101300017.", "900101 300017", "9001-0130-0017", "a\nb",
            "a\u{0}", "a\u{7F}", "a\u{85}b",
            "a\u{2028}b", "a\u{2029}b",
        ] {
            for bytes in [
                call(92, name() + nested(2, bad) + review), call(99, name() + nested(2, bad)),
            ] {
                let refusal = refusal(bytes)
                #expect(refusal?.reason == .invalidField, "\(bad)")
                #expect(refusal?.field == "reason")
                #expect(refusal?.message.contains("900101300017") == false)
            }
        }
    }

    /// A line break in a name would forge a line of the paper on which it is printed.
    @Test func namesTicketsAndReferencesHaveOneLine() {
        let paper = name() + number(2, 1)
        func calls(_ text: String) -> [(bytes: [UInt8], field: String)] {
            [
                (call(52, paper + nested(3, text)), "name"),
                (call(90, handIn(extra: nested(8, text))), "ticket"),
                (call(91, handIn(applicant: nested(4, text))), "reference"),
            ]
        }
        for (bytes, field) in calls("A «1»") { #expect(refusal(bytes) == nil, "\(field)") }
        for separator in [
            "\n", "\r", "\r\n", "\t", "\u{0}", "\u{B}", "\u{C}", "\u{1B}", "\u{7F}", "\u{85}",
            "\u{2028}", "\u{2029}",
        ] {
            for (bytes, field) in calls("A\(separator)1") {
                #expect(refusal(bytes)?.field == field, "\(field)")
                #expect(refusal(bytes)?.reason == .invalidField)
            }
        }
    }

    @Test func columnsOfDifferentLengthsAreNoReply() {
        let list = nested(1, "astana-1") + number(2, zigzag(20_000)) + nested(6, [0, 2])
        for reply in [list, nested(1, "?")] {
            let response = number(1, 1) + nested(54, reply)
            arena.reset()
            #expect(response.withUnsafeBytes { ResponseCodec.decode($0, arena) } == nil)
        }
    }

    /// A hundred thousand moved clocks fit a frame.
    @Test func theLargestDecreeFitsAFrame() {
        let clock = ApplicationExamples.effects.clocks[0]
        let effects = DecreeEffects(
            isDone: false, calendar: "kz", version: "kz-1", moving: CallLimit.decreeClocks,
            running: CallLimit.decreeClocks, unanswered: 0,
            movingBookings: 0, changes: ApplicationExamples.effects.changes,
            clocks: Array(repeating: clock, count: CallLimit.decreeClocks),
            bookings: ApplicationExamples.nothing.bookings)
        let bytes = encoded(
            WireResponse(id: .max, result: .success(.decree(effects)), more: false))
        #expect(!bytes.isEmpty)
        #expect(bytes.count < CallLimit.responseFrameBytes)
    }

    // MARK: Records

    @Test func everyEventComesBackAsItWas() throws {
        func encode(_ events: [ApplicationEvent]) -> [UInt8] {
            arena.reset()
            return RegisterEventCodec.encode(events, arena, words: .plain)
        }
        func decode(_ bytes: [UInt8]) throws -> [ApplicationEvent] {
            arena.reset()
            return try RegisterEventCodec.decode(bytes, arena, words: .locked)
        }
        for event in ApplicationExamples.events {
            #expect(try decode(encode([event])) == [event])
        }
        #expect(try decode(encode(ApplicationExamples.events)) == ApplicationExamples.events)
        // An entry that is cut short anywhere is refused or reads as fewer events, never as others.
        let bytes = encode(ApplicationExamples.events)
        for end in bytes.indices {
            if let events = try? decode(Array(bytes[..<end])) {
                #expect(ApplicationExamples.events.starts(with: events))
            }
        }
    }

    /// What is on somebody's disk must be read for ever: these bytes never change.
    @Test func theBytesOnDiskStayAsTheyAre() {
        let (day, at) = (date("2026-03-19"), moment("2026-03-19T10:00"))
        // As another library encodes the same messages.
        let records: [(ApplicationEvent, String)] = [
            (.returned(17, at: at), "0801120e4a0c0811120808e6c00210a09902"),
            // Of before reasons of reviews and notes on granted results were kept.
            (
                .reviewSet(
                    2, at: at,
                    review: Deadline(
                        at: moment("2026-03-26T20:00"), asKnownOn: day, calendarVersion: "",
                        isProvisional: false), reason: ""),
                "0801121e2a1c0802120808e6c00210a099021a0e0a0808f4c00210c0b20410e6c002"
            ),
            (
                .completed(4, at: at, .granted(note: ""), storage: nil),
                "0801120e3a0c0804120808e6c00210a09902"
            ),
            (.handedOver(1, at: at, .representative), "08011210420e0801120808e6c00210a099021802"),
            (
                .clockMoved(
                    3,
                    to: Deadline(
                        at: moment("2026-03-26T20:00"), asKnownOn: day, calendarVersion: "kz-1",
                        isProvisional: true)),
                "0801121c6a1a080312160a0808f4c00210c0b20410e6c0021a046b7a2d312001"
            ),
            (
                .declined(
                    RegisteredHandIn(
                        number: 1, applicant: Applicant(high: 2, low: 3), channel: 1, group: 2,
                        isRetrained: true, holdsCategory: false, consent: .given,
                        documents: [
                            RegisteredDocument(place: 0, original: true, copy: true, expires: day),
                            RegisteredDocument(
                                place: 5, original: true, copy: false, expires: nil),
                        ], ticket: "A-017", at: at),
                    failing: [
                        RegisteredProblem(place: 1, problems: [.missing]),
                        RegisteredProblem(place: 5, problems: [.copyMissing, .expired]),
                    ]),
                "0801124b1a490a3f080111020000000000000019030000000000000020012802300140014a020005"
                    + "520203015a08e6c002ffffffff0f6205412d3031376a0808e6c00210a09902120201051a0201"
                    + "0c"
            ),
        ]
        for (event, hex) in records {
            arena.reset()
            let bytes = RegisterEventCodec.encode([event], arena, words: .plain)
            let found = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(found == hex, "\(event)")
            arena.reset()
            #expect((try? RegisterEventCodec.decode(bytes, arena, words: .locked)) == [event])
        }
    }

    @Test func aDecreeComesBackAsItWas() throws {
        for effects in [ApplicationExamples.effects, ApplicationExamples.nothing] {
            let record = DecreeRecord(
                calendar: "kz", text: "calendar: kz\n# қ\n", digest: "1", earlierDigest: "",
                effects: effects, clocks: 100_001, bookings: .max)
            arena.reset()
            let bytes = DecreeRecordCodec.encode(record, arena)
            arena.reset()
            #expect(try DecreeRecordCodec.decode(bytes, arena) == record)
        }
    }

    @Test func whatTheProgramDoesNotKnowIsRefused() {
        func event(_ bytes: [UInt8]) -> [UInt8] { number(1, 1) + nested(2, bytes) }
        let at = nested(2, number(1, zigzag(20_000)) + number(2, 36_000))
        let cases: [[UInt8]] = [
            number(1, 2), [], [0xFF], event([]), event(nested(99, [])),
            event(nested(9, number(1, 0) + at)), event(nested(9, number(1, 10_001) + at)),
            event(nested(9, number(1, 1))), event(nested(8, number(1, 1) + at)),
            event(nested(8, number(1, 1) + at + number(3, 3))),
            event(nested(13, number(1, 1))),
            event(nested(3, number(1, 1) + nested(13, number(2, 1)) + number(4, 200))),
            event(nested(3, number(1, 1) + nested(13, number(2, 1)) + nested(9, [0]))),
        ]
        for bytes in cases {
            arena.reset()
            #expect(throws: RecordFailure.self, "\(bytes)") {
                try RegisterEventCodec.decode(bytes, arena, words: .locked)
            }
        }
    }
}
